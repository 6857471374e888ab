#include "ntk-zonal-spectrum.h"

#include "ntk-sphere.h"

#include <math.h>

/* The Gaussian kernel on the sphere, exp (-a (1 - t)), t = x.x'/D, a = 1/ell^2. Its eigenvalues are
 *   lambda_k = e^{-a} Gamma(nu + 1) (2/a)^nu I_{k+nu} (a), nu = (D - 2)/2,
 * the ratio of two of them the continued fraction of Bessel functions,
 *   I_m/I_{m-1} = 1/(2m/a + I_{m+1}/I_m),
 * run from where it is a/(2m), and their scale that of their sum N lambda = 1. They fall faster than
 * geometrically; by logarithms all are had that doubles hold. */

/* A share of the largest eigenvalue: smaller ones leave the range of doubles. */
#define SMALLEST 1e-305

/* log N_{k+1}/N_k */
static double
step_harmonics (int dim, double k)
{
  return k > 0 ? log ((2 * k + dim) / (2 * k + dim - 2) * (k + dim - 2) / (k + 1)) : log (dim);
}

double *
ntk_zonal_gauss (int dim, double length_scale, int *n_degrees)
{
  const double a = 1 / (length_scale * length_scale);
  const int last = 1000 + (int) (2 * a);
  double *lambda = g_new (double, last + 1);
  double ratio = a / (2 * last + dim), top = 0, log_term = 0, sum = 0, scale;

  for (int k = last; k > 0; k--)
    {
      ratio = 1 / ((2 * k + dim - 2) / a + ratio);
      lambda[k] = log (ratio);
    }
  lambda[0] = 0;
  /* The sum relative to its largest term so far. */
  for (int k = 0; k <= last; k++)
    {
      if (k > 0)
        {
          lambda[k] += lambda[k - 1];
          log_term += step_harmonics (dim, k - 1) + lambda[k] - lambda[k - 1];
        }
      if (log_term > top)
        {
          sum *= exp (top - log_term);
          top = log_term;
        }
      sum += exp (log_term - top);
    }
  scale = -top - log (sum);
  *n_degrees = 0;
  while (*n_degrees <= last && lambda[*n_degrees] > log (SMALLEST))
    {
      lambda[*n_degrees] = exp (lambda[*n_degrees] + scale);
      (*n_degrees)++;
    }
  return lambda;
}
