#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The closed curve around the origin in the plane of two points a, b (dim numbers each): the great
 * circle through them where both lie on one sphere. In polar coordinates a is at angle 0 and b at
 * angle_b, between 0 and pi; where |a| and |b| differ, the radius runs smoothly from one to the other
 * and back, as a power in between.
 *
 * X: dim x n_points, column-major, at angles -pi + 2 pi j/n_points; angle_b may be NULL.
 * NTK_ERROR_DOMAIN where a and b lie on one line through the origin. */
gboolean ntk_great_circle (const double *a, const double *b, int dim, int n_points, double *X,
                           double *angle_b, GError **error);

/* Where points X (dim x n_points) lie seen from that plane: `angle` in [-pi, pi] of the projection on
 * it, `distance` in [0, pi/2] the angle between point and plane (0: in the plane). n_points each. */
gboolean ntk_circle_distance (const double *a, const double *b, int dim, const double *X,
                              int n_points, double *angle, double *distance, GError **error);

G_END_DECLS
