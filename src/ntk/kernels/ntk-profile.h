#pragma once

#include "ntk-architecture.h"

G_BEGIN_DECLS

/* The kernels of infinite width between two points of the sphere of radius sqrt(D), by the angle u
 * between them, x.x'/D = cos u, at every depth up to max_depth: the recursion of ntk-infinite.h, of which
 * each depth is one step. arch->depth is not read.
 *
 * angle: count, in radians, 0 to pi. ntk, nngp: count x max_depth, column-major, a column a depth from 1
 * on; either may be NULL. For random features both are the NNGP, from a first layer of rows on the sphere
 * where that makes a difference (ntk-zonal.h, where angles below 1e-6 count as 0).
 *
 * The angle is what it starts from, not the cosine, which is 1 below 1e-8: piecewise linear activations,
 * whose NTK has a cusp at 0, keep all digits of any angle (1e-13 of the value at angle 0). The others are
 * smooth functions of cos u and lose nothing.
 *
 * A value that rounding decides is 0: one below 1e-14 of the value at angle 0 that is also below 1e-14 of what
 * it is a difference of. Products such as exp (r - p) keep their digits however small they are. The
 * double nearest to pi counts as pi.
 *
 * NTK_ERROR_NUMERICS where the kernel overflows, NTK_ERROR_DOMAIN where a variance is out of the reach of
 * ntk-hermite.h, and for the linear model, which has no layers. */
gboolean ntk_profile (const NtkArchitecture *arch, const double *angle, int count, int max_depth,
                      double *ntk, double *nngp, GError **error);

/* The angle in [0, pi] at which the NTK of arch->depth layers (or the NNGP) is least, and its share of the
 * value at angle 0: how much the kernel tells directions apart. 1/4 at every angle but 0 is the limit of
 * deep ReLU networks' NTK, 1 that of their NNGP. The angle to some 1e-7, the share to rounding, and of those
 * at which it is 0 to rounding the first;
 * NTK_ERROR_DOMAIN where the kernel is 0 at angle 0. */
gboolean ntk_profile_least (const NtkArchitecture *arch, gboolean nngp, double *angle,
                            double *share, GError **error);

G_END_DECLS
