#include "ntk-regression.h"

#include "ntk-init.h"

#include <cblas.h>
#include <math.h>

/* out (cols x rows) = A^T, A rows x cols with leading dimension lda. */
static void
transpose (const double *A, gsize lda, gsize rows, gsize cols, double *out)
{
  for (gsize j = 0; j < cols; j++)
    for (gsize i = 0; i < rows; i++)
      out[i * cols + j] = A[j * lda + i];
}

static double
sum_of (const double *a, gsize count)
{
  double sum = 0;

  for (gsize i = 0; i < count; i++)
    sum += a[i];
  return sum;
}

gboolean
ntk_prior_error (const double *K, const double *S, const double *s_diag, int n, int n_points,
                 double ridge, double *out, GError **error)
{
  const gsize n_test = n_points - n, count = n * n_test;
  g_autofree double *A = NULL; /* A^T = (K + n lambda I)^{-1} K_X*, n x n_test */
  g_autofree double *T = NULL;
  double variance, cross;

  g_return_val_if_fail (K != NULL && S != NULL && s_diag != NULL && out != NULL, FALSE);
  g_return_val_if_fail (n >= 1 && n_points > n && ridge >= 0, FALSE);

  if (!(A = ntk_try_alloc (n, n_test, "the kernel between training and test points", error))
      || !(T = ntk_try_alloc (n, n_test, "the kernel between training and test points", error)))
    return FALSE;
  transpose (K + n, n_points, n_test, n, A);
  if (!ntk_fit (K, n_points, n, ridge, NTK_EIGENVALUE_CUTOFF, A, n_test, A, NULL, error))
    return FALSE;
  transpose (S + n, n_points, n_test, n, T);
  cross = cblas_ddot (count, A, 1, T, 1);
  cblas_dsymm (CblasColMajor, CblasLeft, CblasLower, n, n_test, 1, S, n_points, A, n, 0, T, n);
  variance = cblas_ddot (count, A, 1, T, 1);
  *out = (sum_of (s_diag + n, n_test) + variance - 2 * cross) / n_test;
  return TRUE;
}

NtkGram
ntk_gram (const double *R, int count, int ldr)
{
  const double *r = R, *a = R + ldr, *b = R + 2 * (gsize) ldr;
  NtkGram gram = { 0 };

  g_return_val_if_fail (R != NULL && count >= 1 && ldr >= count, gram);

  gram.rr = cblas_ddot (count, r, 1, r, 1) / count;
  gram.ra = cblas_ddot (count, r, 1, a, 1) / count;
  gram.aa = cblas_ddot (count, a, 1, a, 1) / count;
  gram.bb = cblas_ddot (count, b, 1, b, 1) / count;
  gram.rb = cblas_ddot (count, r, 1, b, 1) / count;
  gram.ab = cblas_ddot (count, a, 1, b, 1) / count;
  return gram;
}

double
ntk_gram_error (const NtkGram *self, double sigma, double alpha)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->rr + 2 * sigma * self->ra + sigma * sigma * self->aa + alpha * alpha * self->bb;
}

double
ntk_gram_error_drawn (const NtkGram *self, double sigma, double alpha)
{
  g_return_val_if_fail (self != NULL, NAN);

  /* A square, which rounding may make negative. */
  return MAX (ntk_gram_error (self, sigma, alpha) + 2 * alpha * (self->rb + sigma * self->ab), 0);
}

void
ntk_predict (const double *K, int ldk, int n_points, int n, const double *alpha, int k, double *f,
             int ldf)
{
  g_return_if_fail (K != NULL && alpha != NULL && f != NULL && k >= 1);
  g_return_if_fail (n >= 1 && n_points >= 0 && ldk >= n_points && ldf >= n_points);

  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n_points, k, n, 1, K, ldk, alpha, n, 0, f,
               ldf);
}
