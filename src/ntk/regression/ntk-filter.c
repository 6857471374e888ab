#include "ntk-filter.h"

#include "ntk-vector.h"

#include <cblas.h>

/* g = (1 - exp (-t (l + R)/n))/(l + R), and the square of rho = 1 - g l = (R + l exp (...))/(l + R);
 * l + R > 0. */
NTK_CLONES static void
fill_filters (const double *restrict values, int count, double ridge, double rate,
              double *restrict g, double *restrict rho)
{
  for (int i = 0; i < count; i++)
    {
      const double l = values[i] > 0 ? values[i] : 0, sum = l + ridge;
      double minus_one;
      const double decay = ntk_vector_exp (-rate * sum, &minus_one);
      const double rest = (ridge + l * decay) / sum;

      g[i] = -minus_one / sum;
      rho[i] = rest * rest;
    }
}

/* Without ridge, eigenvalues under the cut-off count as 0: t/n, and 0 at the end. */
void
ntk_filter (const double *values, int n, int rank, int kept, const NtkStop *stop, double *g,
            double *rho)
{
  const int count = stop->ridge > 0 ? kept : rank;
  const double constant = isinf (stop->time) ? 0 : stop->time / n;

  fill_filters (values, count, stop->ridge, stop->time / n, g, rho);
  for (int i = count; i < kept; i++)
    {
      const double rest = 1 - constant * MAX (values[i], 0);

      g[i] = constant;
      rho[i] = rest * rest;
    }
}

void
ntk_describe_spectrum (const double *values, int n, int rank, int cut, double ridge,
                       NtkFitInfo *info)
{
  const int last = ridge > 0 ? n : MAX (rank, 1);
  const double largest = values[0] + ridge;

  *info = (NtkFitInfo){
    .rank = rank, .dropped = ridge > 0 ? 0 : n - rank, .cut = cut, .decomposed = TRUE
  };
  /* K = 0 has no direction to be ill-conditioned in. */
  info->condition = largest > 0 ? largest / (MAX (values[last - 1], 0) + ridge) : 1;
}

void
ntk_note_growth (NtkFitInfo *info, double norm, const double *alpha, int n, int k)
{
  for (int c = 0; c < MIN (k, NTK_FIT_COLUMNS); c++)
    {
      const double size = norm * cblas_dnrm2 (n, alpha + (gsize) c * n, 1);

      info->growth[c] = size * size / n;
    }
}
