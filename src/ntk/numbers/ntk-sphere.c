#include "ntk-sphere.h"

#include <gsl/gsl_integration.h>
#include <math.h>

/* (k + D - 2) P_{k+1} = (2k + D - 2) t P_k - k P_{k-1}, from k = 1 on; the sphere in one dimension has no harmonics
 * above degree 1. */
static inline double
next_degree (int dim, int k, double t, double before, double P)
{
  return ((2.0 * k + dim - 2) * t * P - k * before) / (k + dim - 2.0);
}

void
ntk_gegenbauer (int dim, double t, int max_degree, double *P)
{
  g_return_if_fail (dim >= 1 && max_degree >= 0 && P != NULL);

  P[0] = 1;
  if (max_degree > 0)
    P[1] = t;
  for (int k = 1; k < max_degree; k++)
    P[k + 1] = dim == 1 ? 0 : next_degree (dim, k, t, P[k - 1], P[k]);
}

void
ntk_gegenbauer_next (int dim, int k, int count, const double *t, double *before, double *P)
{
  g_return_if_fail (dim >= 1 && k >= 0);

  for (int i = 0; i < count; i++)
    {
      const double next = k == 0 ? t[i] : dim == 1 ? 0 : next_degree (dim, k, t[i], before[i], P[i]);

      before[i] = P[i];
      P[i] = next;
    }
}

/* (2k + D - 2)/k binom (k + D - 3, k - 1), by recursion on the binomial. */
void
ntk_sphere_multiplicities (int dim, int n_degrees, double *m)
{
  double binomial = 1;

  m[0] = 1;
  for (int k = 1; k < n_degrees; k++)
    {
      if (k > 1)
        binomial *= (k + dim - 3.0) / (k - 1.0);
      m[k] = dim == 1 ? k == 1 : (2.0 * k + dim - 2) / k * binomial;
      if (!isfinite (m[k]))
        m[k] = 0;
    }
}

int
ntk_sphere_quadrature_order (int max_degree)
{
  return max_degree <= 64 ? 256 : max_degree <= 200 ? 512 : 1024;
}

/* Gauss-Legendre on [from, to] in the angle psi, t = sin psi, of cos^{D-2} psi dpsi. */
static void
fill_panel (int dim, double from, double to, int order, double *t, double *w)
{
  gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc (order);

  for (int i = 0; i < order; i++)
    {
      double psi, weight;

      gsl_integration_glfixed_point (from, to, i, &psi, &weight, table);
      t[i] = sin (psi);
      w[i] = weight * pow (cos (psi), dim - 2);
    }
  gsl_integration_glfixed_table_free (table);
}

int
ntk_sphere_quadrature (int dim, double kink, int order, double *t, double *w)
{
  /* In high dimension the weight is a Gaussian of deviation 1/sqrt(D) about the equator, and
   * polynomials of degree k reach 2 sqrt(k) of them. */
  const double range = MIN (G_PI_2, (12 + order / 16.0) / sqrt (MAX (dim - 2, 1)));
  const double split = CLAMP (asin (CLAMP (kink, -1, 1)), -range, range);
  double sum = 0;

  if (dim == 1)
    {
      t[0] = -1;
      t[1] = 1;
      w[0] = w[1] = 0.5;
      return 2;
    }
  fill_panel (dim, -range, split, order, t, w);
  fill_panel (dim, split, range, order, t + order, w + order);
  for (int i = 0; i < 2 * order; i++)
    sum += w[i];
  for (int i = 0; i < 2 * order; i++)
    w[i] /= sum;
  return 2 * order;
}
