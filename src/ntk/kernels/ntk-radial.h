#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Kernels of the distance r = |x - x'|/(sqrt(D) ell), to compare the NTK with; 1 at distance 0 and
 * positive semidefinite. The Matern kernels are
 *   2^{1-nu}/Gamma(nu) z^nu K_nu(z), z = sqrt(2 nu) r
 * (Rasmussen and Williams 2006, equation 4.14), which for nu = 1/2 is Laplace's exp(-r) and for
 * large nu the Gaussian exp(-r^2/2). */
typedef struct
{
  const char *name;  /* "matern-3/2", as on the command line */
  const char *label; /* "Matérn 3/2" */
  double (*eval) (double nu, double r);
  double nu; /* smoothness; unused by those that are no Matern kernel */
} NtkRadialType;

/* The table; *n_types rows. rbf, laplace, matern-1/2, matern-3/2, matern-5/2. */
const NtkRadialType *ntk_radial_types (guint *n_types);

/* The Matern kernel of any nu > 0 at distance r >= 0, in units of the length scale. */
double ntk_radial_matern (double nu, double r);

/* X (dim x n_points, column-major, one point a column); kernel: n_points x n, column-major, all
 * points against the first n, the top n x n block symmetric to the bit and equal points exactly 1.
 * length_scale: ell > 0. Fails with NTK_ERROR_DOMAIN for an unknown name. */
gboolean ntk_radial_kernel (const char *name, double length_scale, const double *X, int dim, int n,
                            int n_points, double *kernel, GError **error);

/* The same between points of the sphere of radius sqrt(D) by the angle between them (count, radians), whose
 * distance is r = 2 sin (angle/2)/ell, to all digits however small it is. kernel: count. */
gboolean ntk_radial_profile (const char *name, double length_scale, const double *angle, int count,
                             double *kernel, GError **error);

G_END_DECLS
