#include "ntk-eigen.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

/* LAPACK's order is ascending. */
static void
reverse (double *values, double *Q, gsize n)
{
  for (gsize i = 0, j = n - 1; i < j; i++, j--)
    {
      const double swap = values[i];

      values[i] = values[j];
      values[j] = swap;
      if (Q != NULL)
        cblas_dswap (n, Q + i * n, 1, Q + j * n, 1);
    }
}

static void
copy_lower (const double *A, gsize lda, gsize n, double *to)
{
  for (gsize j = 0; j < n; j++)
    memcpy (to + j * n + j, A + j * lda + j, (n - j) * sizeof (double));
}

static gboolean
lower_is_finite (const double *A, gsize n)
{
  gboolean finite = TRUE;

  for (gsize j = 0; j < n; j++)
    for (gsize i = j; i < n; i++)
      finite &= isfinite (A[j * n + i]) != 0;
  return finite;
}

/* The work space is allocated here, on a cache line, so that results repeat to the last bit. */
static gboolean
decompose (double *A, gsize n, gboolean vectors, double *values, gboolean *converged,
           GError **error)
{
  const gsize size = vectors ? 1 + 6 * n + 2 * n * n : 1 + 2 * n;
  const gsize isize = vectors ? 3 + 5 * n : 1;
  g_autofree double *work = ntk_try_alloc (size, 1, "the eigendecomposition", error);
  g_autofree lapack_int *iwork = g_new (lapack_int, isize);

  if (work == NULL)
    return FALSE;
  *converged = lower_is_finite (A, n)
               && LAPACKE_dsyevd_work (LAPACK_COL_MAJOR, vectors ? 'V' : 'N', 'L', n, A, n, values,
                                       work, size, iwork, isize)
                    == 0
               && isfinite (values[0]) && isfinite (values[n - 1]);
  return TRUE;
}

gboolean
ntk_eigen (const double *A, int lda, int n, NtkEigenOrder order, NtkStopFunc stop, gpointer data,
           double *values, double *Q, GError **error)
{
  g_autofree double *own = NULL;
  double *matrix = Q;
  gboolean converged = FALSE;

  g_return_val_if_fail (A != NULL && values != NULL && n >= 1 && lda >= n, FALSE);

  if (stop != NULL && stop (data))
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_STOPPED, "stopped");
      return FALSE;
    }
  if (matrix == NULL)
    matrix = own = ntk_try_alloc (n, n, "the eigendecomposition", error);
  if (matrix == NULL)
    return FALSE;
  copy_lower (A, lda, n, matrix);
  if (!decompose (matrix, n, Q != NULL, values, &converged, error))
    return FALSE;
  if (!converged)
    {
      g_set_error (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                   _ ("The eigenvalues of the %d x %d kernel matrix did not converge"), n, n);
      return FALSE;
    }
  if (order == NTK_EIGEN_DESCENDING)
    reverse (values, Q, n);
  return TRUE;
}

int
ntk_eigen_rank (const double *values, int n, double share)
{
  const double least = share * MAX (values[0], values[n - 1]);
  int rank = 0;

  for (int i = 0; i < n; i++)
    rank += values[i] > least;
  return rank;
}
