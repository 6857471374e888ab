#include "ntk-circle.h"

#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <math.h>
#include <string.h>

/* Below this sine of the angle between them two points count as on one line. */
#define SMALLEST_SINE 1e-8

/* Orthonormal vectors of the plane, e[0] along a. */
typedef struct
{
  double *e[2]; /* dim each */
  double length_a, length_b;
  double angle_b;
} Plane;

static void
plane_clear (Plane *self)
{
  g_free (self->e[0]);
  g_free (self->e[1]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plane, plane_clear)

static gboolean
plane_init (Plane *self, const double *a, const double *b, int dim, GError **error)
{
  double along, across;

  *self = (Plane){ .e = { g_memdup2 (a, dim * sizeof (double)),
                          g_memdup2 (b, dim * sizeof (double)) },
                   .length_a = cblas_dnrm2 (dim, a, 1),
                   .length_b = cblas_dnrm2 (dim, b, 1) };
  if (self->length_a > 0)
    cblas_dscal (dim, 1 / self->length_a, self->e[0], 1);
  along = cblas_ddot (dim, self->e[0], 1, b, 1);
  cblas_daxpy (dim, -along, self->e[0], 1, self->e[1], 1);
  /* Once more, for points that are nearly parallel. */
  cblas_daxpy (dim, -cblas_ddot (dim, self->e[0], 1, self->e[1], 1), self->e[0], 1, self->e[1], 1);
  across = cblas_dnrm2 (dim, self->e[1], 1);
  self->angle_b = atan2 (across, along);
  if (self->length_a > 0 && across > SMALLEST_SINE * self->length_b)
    {
      cblas_dscal (dim, 1 / across, self->e[1], 1);
      return TRUE;
    }
  g_set_error_literal (
    error, NTK_ERROR, NTK_ERROR_DOMAIN,
    _("The two points lie on one line through the origin, which does not say what circle goes "
       "through them: choose two others"));
  return FALSE;
}

/* |a| at angle 0, |b| at b's, and in between a power that runs as sin^2 along either arc. */
static double
radius_at (const Plane *self, double angle)
{
  const double turn = angle < 0 ? angle + 2 * G_PI : angle;
  const double along = turn < self->angle_b ? turn / self->angle_b
                                            : (2 * G_PI - turn) / (2 * G_PI - self->angle_b);
  const double root = sin (G_PI_2 * along);

  return self->length_a * pow (self->length_b / self->length_a, root * root);
}

gboolean
ntk_great_circle (const double *a, const double *b, int dim, int n_points, double *X,
                  double *angle_b, GError **error)
{
  g_auto (Plane) plane = { 0 };

  g_return_val_if_fail (a != NULL && b != NULL && X != NULL, FALSE);
  g_return_val_if_fail (dim >= 1 && n_points >= 1, FALSE);

  if (!plane_init (&plane, a, b, dim, error))
    return FALSE;
  for (int j = 0; j < n_points; j++)
    {
      const double angle = -G_PI + 2 * G_PI * j / n_points, radius = radius_at (&plane, angle);
      double *x = X + (gsize) j * dim;

      memset (x, 0, dim * sizeof (double));
      cblas_daxpy (dim, radius * cos (angle), plane.e[0], 1, x, 1);
      cblas_daxpy (dim, radius * sin (angle), plane.e[1], 1, x, 1);
    }
  if (angle_b)
    *angle_b = plane.angle_b;
  return TRUE;
}

/* Norm of x without its components u, v. */
static double
distance_from (const Plane *self, const double *x, int dim, double u, double v)
{
  double square = 0;

  for (int d = 0; d < dim; d++)
    {
      const double rest = x[d] - u * self->e[0][d] - v * self->e[1][d];

      square += rest * rest;
    }
  return sqrt (square);
}

gboolean
ntk_circle_distance (const double *a, const double *b, int dim, const double *X, int n_points,
                     double *angle, double *distance, GError **error)
{
  g_auto (Plane) plane = { 0 };

  g_return_val_if_fail (a != NULL && b != NULL && X != NULL, FALSE);
  g_return_val_if_fail (angle != NULL && distance != NULL && dim >= 1 && n_points >= 0, FALSE);

  if (!plane_init (&plane, a, b, dim, error))
    return FALSE;
  for (int i = 0; i < n_points; i++)
    {
      const double *x = X + (gsize) i * dim;
      const double u = cblas_ddot (dim, plane.e[0], 1, x, 1);
      const double v = cblas_ddot (dim, plane.e[1], 1, x, 1);

      angle[i] = atan2 (v, u);
      distance[i] = atan2 (distance_from (&plane, x, dim, u, v), hypot (u, v));
    }
  return TRUE;
}
