#include "ntk-learning-private.h"

#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

/* docs/theory.md, section 5: every stopping time and ridge from one eigendecomposition. */

/* Columns of the products at a time: enough for BLAS 3, few enough for the cache. */
#define BLOCK 192

typedef struct
{
  double *values, *Q; /* ascending; n x n */
  int rank;
  double *C; /* K_*X Q, n_test x n */
  double *G; /* filter of every eigenvalue at every stop, n x n_stops */
} Modes;

static void
modes_clear (Modes *self)
{
  g_free (self->values);
  g_free (self->Q);
  g_free (self->C);
  g_free (self->G);
}

static gboolean
decompose (const NtkLearningTask *task, Modes *self, GError **error)
{
  const gsize n = task->n;
  const gsize size = 1 + 6 * n + 2 * n * n, isize = 3 + 5 * n;
  g_autofree double *work = ntk_try_alloc (size, 1, "the eigendecomposition", error);
  g_autofree lapack_int *iwork = g_new (lapack_int, isize);

  if (work == NULL)
    return FALSE;
  for (gsize j = 0; j < n; j++)
    memcpy (self->Q + j * n + j, task->draw->K + j * task->ld + j, (n - j) * sizeof (double));
  if (LAPACKE_dsyevd_work (LAPACK_COL_MAJOR, 'V', 'L', n, self->Q, n, self->values, work, size,
                           iwork, isize)
      != 0)
    {
      g_set_error (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                   _("The eigenvalues of the %d x %d kernel matrix did not converge"), (int) n,
                   (int) n);
      return FALSE;
    }
  self->rank = 0;
  for (gsize i = 0; i < n; i++)
    self->rank += self->values[i] > NTK_EIGENVALUE_CUTOFF * self->values[n - 1];
  return TRUE;
}

/* (1 - exp (-t (l + R)/n))/(l + R), its limits t/n at l + R = 0 and 1/(l + R) at the end; 0 there
 * for an eigenvalue left out. */
static double
filter (const NtkStop *stop, double eigenvalue, gboolean kept, double n)
{
  const double l = (kept || stop->ridge > 0 ? MAX (eigenvalue, 0) : 0) + stop->ridge;

  if (!(l > 0))
    return isinf (stop->time) ? 0 : stop->time / n;
  return isinf (stop->time) ? 1 / l : -expm1 (-stop->time * l / n) / l;
}

static void
fill_filters (const NtkLearningTask *task, Modes *self)
{
  for (int s = 0; s < task->n_stops; s++)
    for (gsize i = 0; i < task->n; i++)
      self->G[s * task->n + i] = filter (&task->stops[s], self->values[i],
                                         i >= task->n - self->rank, task->n);
}

/* Predictions of the drawn columns, C (G o Q^T y). */
static gboolean
predict_drawn (const NtkLearningTask *task, const Modes *modes, GError **error)
{
  const gsize n = task->n, m = task->n_test;
  g_autofree double *R = ntk_try_alloc (m * task->n_stops, N_COLUMNS, "the residuals", error);
  g_autofree double *filtered = ntk_try_alloc (n, task->n_stops, "the filters", error);
  g_autofree double *y = ntk_try_alloc (n, 1, "the labels", error);

  if (R == NULL || filtered == NULL || y == NULL)
    return FALSE;
  for (int c = 0; c < N_COLUMNS; c++)
    {
      if (task->drawn[c] == NULL)
        continue;
      cblas_dgemv (CblasColMajor, CblasTrans, n, n, 1, modes->Q, n, task->drawn[c], 1, 0, y, 1);
      for (int s = 0; s < task->n_stops; s++)
        for (gsize i = 0; i < n; i++)
          filtered[s * n + i] = modes->G[s * n + i] * y[i];
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, m, task->n_stops, n, 1, modes->C, m,
                   filtered, n, 0, R + c * m * task->n_stops, m);
    }
  ntk_learning_fill (task, R);
  return TRUE;
}

/* tr (A A^T)/n_test = sum_i g_i^2 |C_i|^2/n_test. */
static void
add_noise (const NtkLearningTask *task, const Modes *modes)
{
  const gsize n = task->n, m = task->n_test;

  for (int s = 0; s < task->n_stops; s++)
    task->out[s].aa = 0;
  for (gsize i = 0; i < n; i++)
    {
      const double square = cblas_ddot (m, modes->C + i * m, 1, modes->C + i * m, 1) / m;

      for (int s = 0; s < task->n_stops; s++)
        task->out[s].aa += modes->G[s * n + i] * modes->G[s * n + i] * square;
    }
}

/* Adds to bb what columns from..from + count of the lower triangle of
 * B = (C^T C/n_test) o (Q^T S Q) bring to g^T B g, and of -2 g.diag (C^T S_*X Q)/n_test.
 * P: n x BLOCK; B, E: likewise. */
static void
add_initial_block (const NtkLearningTask *task, const Modes *modes, gsize from, gsize count,
                   double *P, double *B, double *E)
{
  const gsize n = task->n, m = task->n_test, rows = n - from;
  const double *Q = modes->Q + from * n, *C = modes->C + from * m, *G = modes->G + from;
  const CBLAS_ORDER order = CblasColMajor;

  cblas_dgemm (order, CblasNoTrans, CblasNoTrans, m, count, n, 1, task->S_test, task->ld, Q, n, 0,
               P, m);
  for (gsize j = 0; j < count; j++)
    {
      const double cross = 2 * cblas_ddot (m, C + j * m, 1, P + j * m, 1) / m;

      for (int s = 0; s < task->n_stops; s++)
        task->out[s].bb -= cross * G[s * n + j];
    }
  cblas_dgemm (order, CblasNoTrans, CblasNoTrans, n, count, n, 1, task->draw->S, task->ld, Q, n, 0,
               P, n);
  cblas_dgemm (order, CblasTrans, CblasNoTrans, rows, count, n, 1, Q, n, P, n, 0, B, rows);
  cblas_dgemm (order, CblasTrans, CblasNoTrans, rows, count, m, 1.0 / m, C, m, C, m, 0, E, rows);
  /* The square block on the diagonal is whole; what is below it stands for its mirror image too. */
  for (gsize j = 0; j < count; j++)
    for (gsize i = 0; i < rows; i++)
      B[j * rows + i] *= E[j * rows + i] * (i < count ? 1 : 2);
  cblas_dgemm (order, CblasTrans, CblasNoTrans, count, task->n_stops, rows, 1, B, rows, G, n, 0, P,
               count);
  for (int s = 0; s < task->n_stops; s++)
    task->out[s].bb += cblas_ddot (count, P + s * count, 1, G + s * n, 1);
}

static gboolean
add_initial (const NtkLearningTask *task, const Modes *modes, GError **error)
{
  const gsize n = task->n, m = task->n_test;
  const gsize width = MIN (BLOCK, n), height = MAX (MAX (n, m), (gsize) task->n_stops);
  g_autofree double *P = ntk_try_alloc (height, width, "the initial function", error);
  g_autofree double *B = ntk_try_alloc (n, width, "the initial function", error);
  g_autofree double *E = ntk_try_alloc (n, width, "the initial function", error);
  const double variance = ntk_learning_variance (task);

  if (P == NULL || B == NULL || E == NULL)
    return FALSE;
  for (int s = 0; s < task->n_stops; s++)
    task->out[s].bb = variance;
  for (gsize from = 0; from < n; from += width)
    add_initial_block (task, modes, from, MIN (width, n - from), P, B, E);
  return TRUE;
}

static void
describe_modes (const NtkLearningTask *task, const Modes *modes, NtkFitInfo *info)
{
  const gsize n = task->n;
  double ridge = INFINITY;
  gsize first;

  for (int s = 0; s < task->n_stops; s++)
    ridge = MIN (ridge, task->stops[s].ridge);
  first = ridge > 0 ? 0 : n - MAX (modes->rank, 1);
  info->rank = modes->rank;
  info->dropped = ridge > 0 ? 0 : n - modes->rank;
  info->decomposed = TRUE;
  /* K = 0 has no direction to be ill-conditioned in. */
  info->condition = modes->values[n - 1] + ridge > 0
                      ? (modes->values[n - 1] + ridge) / (MAX (modes->values[first], 0) + ridge)
                      : 1;
}

gboolean
ntk_learning_modes (const NtkLearningTask *task, NtkFitInfo *info, GError **error)
{
  const gsize n = task->n, m = task->n_test;
  Modes modes = { 0 };
  gboolean ok;

  ok = (modes.values = ntk_try_alloc (n, 1, "the eigenvalues", error))
       && (modes.Q = ntk_try_alloc (n, n, "the eigenvectors", error))
       && (modes.G = ntk_try_alloc (n, task->n_stops, "the filters", error))
       && decompose (task, &modes, error)
       && (modes.C = ntk_try_alloc (m, n, "the kernel between training and test points", error));
  if (ok)
    {
      fill_filters (task, &modes);
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, m, n, n, 1, task->K_test, task->ld,
                   modes.Q, n, 0, modes.C, m);
      describe_modes (task, &modes, info);
      ok = predict_drawn (task, &modes, error);
    }
  if (ok && task->noise_closed)
    add_noise (task, &modes);
  if (ok && task->initial_closed)
    ok = add_initial (task, &modes, error);
  modes_clear (&modes);
  return ok;
}
