#include "ntk-prior.h"

#include "ntk-infinite.h"
#include "ntk-init.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <lapacke.h>
#include <string.h>

#define LEAST_JITTER 1e-12
#define MOST_JITTER 1e-6

/* Test points first: f_0 there does not depend on how many training points follow. */
static double *
reorder (const double *X, int dim, int n, int n_points, GError **error)
{
  double *Z = ntk_try_alloc (dim, n_points, "the inputs", error);
  gsize train = (gsize) dim * n, test = (gsize) dim * (n_points - n);

  if (Z == NULL)
    return NULL;
  memcpy (Z, X + train, test * sizeof (double));
  memcpy (Z + test, X, train * sizeof (double));
  return Z;
}

/* The Cholesky factor L of S in its lower triangle; S itself survives above the diagonal. */
static gboolean
factorize (double *S, const double *diagonal, int N, GError **error)
{
  for (double jitter = LEAST_JITTER; jitter < 2 * MOST_JITTER; jitter *= 100)
    {
      for (int j = 0; j < N; j++)
        {
          S[(gsize) j * N + j] = diagonal[j] * (1 + jitter);
          for (int i = j + 1; i < N; i++)
            S[(gsize) j * N + i] = S[(gsize) i * N + j];
        }
      if (LAPACKE_dpotrf_work (LAPACK_COL_MAJOR, 'L', N, S, N) == 0)
        return TRUE;
    }
  g_set_error_literal (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                       _("The law of the initial function is too nearly singular to draw from"));
  return FALSE;
}

gboolean
ntk_prior_draw (const NtkArchitecture *arch, const double *X, int n, int n_points,
                NtkStreams *streams, double *f, GError **error)
{
  g_autofree double *Z = NULL, *kernel = NULL, *S = NULL, *diagonal = NULL;
  const int n_test = n_points - n;

  g_return_val_if_fail (arch != NULL && X != NULL && streams != NULL && f != NULL, FALSE);
  g_return_val_if_fail (n >= 0 && n_test >= 0 && n_points >= 1, FALSE);

  Z = reorder (X, arch->dim, n, n_points, error);
  kernel = Z ? ntk_try_alloc (n_points, n_points, "the law of the initial function", error) : NULL;
  S = kernel ? ntk_try_alloc (n_points, n_points, "the law of the initial function", error) : NULL;
  diagonal = S ? ntk_try_alloc (n_points, 1, "the law of the initial function", error) : NULL;
  if (diagonal == NULL
      || !ntk_infinite_kernel (arch, Z, n_points, n_points, kernel, S, diagonal, error)
      || !factorize (S, diagonal, n_points, error))
    return FALSE;

  ntk_streams_normal (streams, NTK_PURPOSE_FUNCTION, 0, 0, n_test, Z);
  ntk_streams_normal (streams, NTK_PURPOSE_FUNCTION, 0, 1, n, Z + n_test);
  cblas_dtrmv (CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, n_points, S, n_points, Z, 1);
  memcpy (f, Z + n_test, n * sizeof (double));
  memcpy (f + n, Z, n_test * sizeof (double));
  return TRUE;
}
