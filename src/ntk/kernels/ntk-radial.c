#include "ntk-radial.h"
#include "ntk-init.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_bessel.h>
#include <math.h>
#include <string.h>

/* Coordinates summed side by side. */
#define LANES 8

static double
eval_rbf (double nu, double r)
{
  return exp (-r * r / 2);
}

static double
eval_laplace (double nu, double r)
{
  return exp (-r);
}

/* What is left of 1 below the smallest z is rounding: the kernel falls as z^2 or, below nu = 1, as
 * z^{2 nu}. For large nu the factors leave the range of numbers, and logarithms do. */
double
ntk_radial_matern (double nu, double r)
{
  const double z = sqrt (2 * nu) * r, power = pow (z, nu), gamma = tgamma (nu);
  gsl_sf_result bessel;

  g_return_val_if_fail (nu > 0 && r >= 0, 0);
  if (pow (z, 2 * MIN (nu, 1)) < DBL_EPSILON * 1e-4)
    return 1;
  if (isfinite (gamma) && isnormal (power)
      && gsl_sf_bessel_Knu_scaled_e (nu, z, &bessel) == GSL_SUCCESS)
    return 2 * bessel.val * power * exp (-z - M_LN2 * nu) / gamma;
  gsl_sf_bessel_lnKnu_e (nu, z, &bessel);
  return exp (M_LN2 * (1 - nu) - lgamma (nu) + nu * log (z) + bessel.val);
}

static const NtkRadialType types[] = {
  { "rbf", "Gaussian", eval_rbf, 0 },
  { "laplace", "Laplace", eval_laplace, 0 },
  { "matern-1/2", "Matérn 1/2", ntk_radial_matern, 0.5 },
  { "matern-3/2", "Matérn 3/2", ntk_radial_matern, 1.5 },
  { "matern-5/2", "Matérn 5/2", ntk_radial_matern, 2.5 },
};

const NtkRadialType *
ntk_radial_types (guint *n_types)
{
  if (n_types)
    *n_types = G_N_ELEMENTS (types);
  return types;
}

/* |x - y|^2 from the differences: |x|^2 + |y|^2 - 2 x.y would leave noise where points are near,
 * to which kernels with a cusp at 0 are sensitive. */
static double
squared_distance (const double *x, const double *y, int dim)
{
  double lanes[LANES] = { 0 }, sum = 0;
  int d = 0;

  for (; d + LANES <= dim; d += LANES)
    for (int lane = 0; lane < LANES; lane++)
      {
        const double difference = x[d + lane] - y[d + lane];

        lanes[lane] += difference * difference;
      }
  for (; d < dim; d++)
    sum += (x[d] - y[d]) * (x[d] - y[d]);
  for (int lane = 0; lane < LANES; lane++)
    sum += lanes[lane];
  return sum;
}

static const NtkRadialType *
find_type (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, name) == 0)
      return &types[i];
  g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN, _("There is no kernel called “%s”"), name);
  return NULL;
}

gboolean
ntk_radial_kernel (const char *name, double length_scale, const double *X, int dim, int n,
                   int n_points, double *kernel, GError **error)
{
  const NtkRadialType *type = find_type (name, error);
  const double scale = 1 / (sqrt (dim) * length_scale);

  g_return_val_if_fail (length_scale > 0 && dim >= 1, FALSE);
  g_return_val_if_fail (X != NULL && kernel != NULL && n >= 1 && n_points >= n, FALSE);

  if (type == NULL)
    return FALSE;
  for (gsize j = 0; j < n; j++)
    for (gsize i = j; i < n_points; i++)
      {
        const double square = squared_distance (X + i * dim, X + j * dim, dim);
        const double value = type->eval (type->nu, sqrt (square) * scale);

        kernel[j * n_points + i] = value;
        if (i < n)
          kernel[i * n_points + j] = value;
      }
  return TRUE;
}

gboolean
ntk_radial_profile (const char *name, double length_scale, const double *angle, int count,
                    double *kernel, GError **error)
{
  const NtkRadialType *type = find_type (name, error);

  g_return_val_if_fail (length_scale > 0 && count >= 0, FALSE);
  g_return_val_if_fail (angle != NULL && kernel != NULL, FALSE);

  for (int i = 0; i < count && type != NULL; i++)
    kernel[i] = type->eval (type->nu, 2 * sin (fabs (angle[i]) / 2) / length_scale);
  return type != NULL;
}
