#include "ntk-radial.h"
#include <math.h>
gboolean
ntk_radial_kernel (const char *name, double length_scale, const double *X, int dim, int n,
                   int n_points, double *kernel, GError **error)
{
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n_points; i++)
      {
        double sum = 0;
        for (int k = 0; k < dim; k++)
          sum += (X[i * dim + k] - X[j * dim + k]) * (X[i * dim + k] - X[j * dim + k]);
        kernel[(gsize) j * n_points + i] = exp (-sqrt (sum / dim) / length_scale);
      }
  return TRUE;
}
