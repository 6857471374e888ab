#include "ntk-sweep-private.h"

#include "ntk-init.h"

#include <cblas.h>
#include <math.h>

/* The sweep of a linear model: f = theta.x/sqrt(D) on the first p = min (width, D) coordinates, so
 * K = X_p^T X_p/D, to which a larger width adds the coordinates that join. */

/* Coordinates first..first + count - 1 join. */
static void
add_inputs (NtkSweep *self, int first, int count)
{
  const double *x = self->X + first;
  const int dim = self->arch.dim;

  cblas_dsyrk (CblasColMajor, CblasLower, CblasTrans, self->n, count, 1.0 / dim, x, dim, 1,
               self->theta, self->ldk);
  if (self->ldk > self->n)
    cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, self->ldk - self->n, self->n, count,
                 1.0 / dim, x + (gsize) self->n * dim, dim, x, dim, 1, self->theta + self->n,
                 self->ldk);
  cblas_dgemv (CblasColMajor, CblasTrans, count, self->rows, 1 / sqrt (dim), x, dim,
               self->v + first, 1, 1, self->f0, 1);
}

void
ntk_sweep_grow_linear (NtkSweep *self, int width)
{
  const int last = ntk_linear_inputs (&self->arch, width);
  int first = ntk_linear_inputs (&self->arch, self->width);

  for (; first < last && !ntk_sweep_is_stopped (self); first += NTK_BLOCK)
    add_inputs (self, first, MIN (NTK_BLOCK, last - first));
}

/* f = X_p^T (X_train,p alpha)/D at the test points. */
gboolean
ntk_sweep_predict_linear (NtkSweep *self, const double *alpha, int k, double *f, GError **error)
{
  const int n = self->n, dim = self->arch.dim, p = ntk_linear_inputs (&self->arch, self->width);
  g_autofree double *theta = ntk_try_alloc (p, k, "the coefficients of the inputs", error);

  if (theta == NULL)
    return FALSE;
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, p, k, n, 1.0 / dim, self->X, dim, alpha,
               n, 0, theta, p);
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, self->n_points - n, k, p, 1,
               self->X + (gsize) n * dim, dim, theta, p, 0, f + n, self->n_points);
  return TRUE;
}
