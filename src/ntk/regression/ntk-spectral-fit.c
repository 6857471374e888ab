#include "ntk-spectral-fit.h"

#include "ntk-eigen.h"
#include "ntk-filter.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

struct _NtkSpectralFit
{
  gatomicrefcount references;
  int n, n_points, rank;
  double cutoff;
  double *values; /* n, descending */
  double *Q;      /* n x n */
  double *P;      /* (n_points - n) x n: K Q at the other points */
};

/* P = K_*X Q; of the training points K Q is Q diag (l). */
static gboolean
project_points (NtkSpectralFit *self, const double *K, int ldk, GError **error)
{
  const int n = self->n, m = self->n_points - n;

  if (m == 0)
    return TRUE;
  self->P = ntk_try_alloc (m, n, "the kernel between the points and the eigenvectors", error);
  if (self->P == NULL)
    return FALSE;
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, m, n, n, 1, K + n, ldk, self->Q, n, 0,
               self->P, m);
  return TRUE;
}

NtkSpectralFit *
ntk_spectral_fit_new (const double *K, int ldk, int n, int n_points, double cutoff,
                      NtkStopFunc stop, gpointer data, GError **error)
{
  g_autoptr (NtkSpectralFit) self = NULL;

  g_return_val_if_fail (K != NULL && n >= 1 && n_points >= n && ldk >= n_points, NULL);
  g_return_val_if_fail (cutoff > 0 && cutoff < 1, NULL);

  self = g_new0 (NtkSpectralFit, 1);
  g_atomic_ref_count_init (&self->references);
  self->n = n;
  self->n_points = n_points;
  self->cutoff = cutoff;
  self->values = ntk_try_alloc (n, 1, "the eigenvalues", error);
  self->Q = self->values ? ntk_try_alloc (n, n, "the eigenvectors", error) : NULL;
  if (self->Q == NULL
      || !ntk_eigen (K, ldk, n, NTK_EIGEN_DESCENDING, stop, data, self->values, self->Q, error)
      || !project_points (self, K, ldk, error))
    return NULL;
  self->rank = ntk_eigen_rank (self->values, n, cutoff);
  return g_steal_pointer (&self);
}

NtkSpectralFit *
ntk_spectral_fit_ref (NtkSpectralFit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
ntk_spectral_fit_unref (NtkSpectralFit *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->values);
  g_free (self->Q);
  g_free (self->P);
  g_free (self);
}

const double *
ntk_spectral_fit_get_eigenvalues (const NtkSpectralFit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->values;
}

int
ntk_spectral_fit_get_rank (const NtkSpectralFit *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rank;
}

void
ntk_spectral_fit_describe (const NtkSpectralFit *self, double ridge, NtkFitInfo *info)
{
  const int certain = ntk_eigen_rank (self->values, self->n, ntk_rounding_share (self->n));

  g_return_if_fail (self != NULL && info != NULL && ridge >= 0);

  ntk_describe_spectrum (self->values, self->n, self->rank, MAX (0, certain - self->rank), ridge,
                         info);
}

void
ntk_spectral_fit_project (const NtkSpectralFit *self, const double *Y, int k, double *z)
{
  g_return_if_fail (self != NULL && Y != NULL && z != NULL && k >= 1);

  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, self->n, k, self->n, 1, self->Q, self->n, Y,
               self->n, 0, z, self->n);
}

/* h = g z, and beside it l h, of which Q makes predictions at training points. */
static void
fill_columns (const NtkSpectralFit *self, const double *z, int k, const double *g, double *h)
{
  const gsize n = self->n;
  double *lh = h + n * k;

  for (gsize c = 0; c < (gsize) k; c++)
    for (gsize i = 0; i < n; i++)
      {
        h[c * n + i] = g[i] * z[c * n + i];
        lh[c * n + i] = self->values[i] * h[c * n + i];
      }
}

/* alpha^T K alpha = h^T (l h) */
static void
fill_gram (int n, int k, const double *h, double *gram)
{
  for (int i = 0; i < k; i++)
    for (int j = 0; j <= i; j++)
      gram[j * k + i] = gram[i * k + j] = cblas_ddot (n, h + (gsize) i * n, 1,
                                                      h + (gsize) (k + j) * n, 1);
}

/* Coefficients and training predictions by one product, for which Q is read once. */
static void
multiply (const NtkSpectralFit *self, int k, const double *h, double *alpha, double *f)
{
  const gsize n = self->n, m = self->n_points - self->n, first = alpha ? 0 : k;
  const int columns = (alpha ? k : 0) + (f ? k : 0);
  g_autofree double *both = g_new (double, n *columns);

  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, columns, n, 1, self->Q, n,
               h + first * n, n, 0, both, n);
  if (alpha)
    memcpy (alpha, both, n * k * sizeof (double));
  for (int c = 0; c < k && f; c++)
    memcpy (f + c * (n + m), both + (columns - k + c) * n, n * sizeof (double));
  if (f && m > 0)
    cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, m, k, n, 1, self->P, m, h, n, 0, f + n,
                 n + m);
}

void
ntk_spectral_fit_eval (const NtkSpectralFit *self, const double *z, int k, const NtkStop *stop,
                       double *alpha, double *f, double *gram)
{
  g_autofree double *g = NULL;
  g_autofree double *h = NULL;

  g_return_if_fail (self != NULL && z != NULL && k >= 1);
  g_return_if_fail (stop != NULL && stop->ridge >= 0 && stop->time >= 0);

  g = g_new (double, 2 * (gsize) self->n);
  h = g_new (double, 2 * (gsize) self->n * k);
  ntk_filter (self->values, self->n, self->rank, self->n, stop, g, g + self->n);
  fill_columns (self, z, k, g, h);
  if (gram)
    fill_gram (self->n, k, h, gram);
  if (alpha != NULL || f != NULL)
    multiply (self, k, h, alpha, f);
}

double
ntk_spectral_fit_memory (int n, int n_points)
{
  const double size = n, points = n_points;

  return sizeof (double)
         * (size * size + MAX (2 * size * size + 10 * size, size * (points - size)));
}
