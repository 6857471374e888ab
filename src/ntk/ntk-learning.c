#include "ntk-private.h"

#include "ntk-init.h"
#include "ntk-learning.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

/* A Cholesky factor and its solves cost about a quarter of an eigendecomposition and its
 * products. */
#define MOST_FACTORS 3
/* Columns of the products of item 2 at a time: enough for BLAS 3, few enough for the cache. */
#define BLOCK 192

enum
{
  COLUMN_TARGET,
  COLUMN_NOISE,
  COLUMN_INITIAL,
  N_COLUMNS
};

/* One call: the first n training points. */
typedef struct
{
  const NtkLearning *draw;
  gsize n, n_test, ld;
  const double *drawn[N_COLUMNS];      /* right-hand sides, NULL: 0 or in closed form */
  const double *drawn_test[N_COLUMNS]; /* what is to be predicted; NULL: 0 */
  gboolean noise_closed, initial_closed;
  const double *K_test, *S_test; /* n_test x n, leading dimension ld */
  const NtkStop *stops;
  int n_stops;
  NtkGram *out;
} Task;

static void
task_init (Task *self, const NtkLearning *draw, int n, const NtkStop *stops, int n_stops,
           NtkGram *out)
{
  const gsize first = draw->n_max;

  *self = (Task){
    .draw = draw,
    .n = n,
    .n_test = draw->n_points - draw->n_max,
    .ld = draw->n_points,
    .drawn = { draw->f, draw->noise, draw->initial },
    .drawn_test = { draw->f + first, NULL, draw->initial ? draw->initial + first : NULL },
    .noise_closed = draw->noise == NULL,
    .initial_closed = draw->initial == NULL && draw->S != NULL,
    .K_test = draw->K + first,
    .S_test = draw->S ? draw->S + first : NULL,
    .stops = stops,
    .n_stops = n_stops,
    .out = out,
  };
}

/* Mean of S (x, x) over the test points. */
static double
mean_variance (const Task *self)
{
  double sum = 0;

  for (gsize i = 0; i < self->n_test; i++)
    sum += self->draw->s_diag[self->draw->n_max + i];
  return sum / self->n_test;
}

/* Gram matrices of the drawn residuals, from the predictions of the three columns in R: n_test x
 * n_stops each, one after the other. Overwrites R. */
static void
fill_drawn (const Task *self, double *R)
{
  const gsize m = self->n_test, stride = m * self->n_stops;

  for (int c = 0; c < N_COLUMNS; c++)
    for (int s = 0; s < self->n_stops; s++)
      {
        double *r = R + c * stride + s * m;

        if (self->drawn[c] == NULL)
          memset (r, 0, m * sizeof (double));
        else if (self->drawn_test[c])
          cblas_daxpy (m, -1, self->drawn_test[c], 1, r, 1);
      }
  for (int s = 0; s < self->n_stops; s++)
    {
      self->out[s] = ntk_gram (R + s * m, m, stride);
      /* r = f* - A f* has the sign opposite to what is above, a = A e has not. */
      self->out[s].ra = -self->out[s].ra;
    }
}

/* ---- Eigendecomposition: every stop ---- */

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
decompose (const Task *task, Modes *self, GError **error)
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
fill_filters (const Task *task, Modes *self)
{
  for (int s = 0; s < task->n_stops; s++)
    for (gsize i = 0; i < task->n; i++)
      self->G[s * task->n + i] = filter (&task->stops[s], self->values[i],
                                         i >= task->n - self->rank, task->n);
}

/* Predictions of the drawn columns, C (G o Q^T y). */
static gboolean
predict_drawn (const Task *task, const Modes *modes, GError **error)
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
  fill_drawn (task, R);
  return TRUE;
}

/* tr (A A^T)/n_test = sum_i g_i^2 |C_i|^2/n_test. */
static void
add_noise (const Task *task, const Modes *modes)
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
add_initial_block (const Task *task, const Modes *modes, gsize from, gsize count, double *P,
                   double *B, double *E)
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
add_initial (const Task *task, const Modes *modes, GError **error)
{
  const gsize n = task->n, m = task->n_test;
  const gsize width = MIN (BLOCK, n), height = MAX (MAX (n, m), (gsize) task->n_stops);
  g_autofree double *P = ntk_try_alloc (height, width, "the initial function", error);
  g_autofree double *B = ntk_try_alloc (n, width, "the initial function", error);
  g_autofree double *E = ntk_try_alloc (n, width, "the initial function", error);
  const double variance = mean_variance (task);

  if (P == NULL || B == NULL || E == NULL)
    return FALSE;
  for (int s = 0; s < task->n_stops; s++)
    task->out[s].bb = variance;
  for (gsize from = 0; from < n; from += width)
    add_initial_block (task, modes, from, MIN (width, n - from), P, B, E);
  return TRUE;
}

static void
describe_modes (const Task *task, const Modes *modes, NtkFitInfo *info)
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

static gboolean
learn_modes (const Task *task, NtkFitInfo *info, GError **error)
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

/* ---- Cholesky: to the end ---- */

double
ntk_factor (const double *K, int ldk, int n, double ridge, double *L, double *space)
{
  const gsize size = n;
  lapack_int *iwork = (lapack_int *) (space + 3 * size);
  double norm, reciprocal = 0;

  for (gsize j = 0; j < size; j++)
    {
      memcpy (L + j * size + j, K + j * ldk + j, (size - j) * sizeof (double));
      L[j * size + j] += ridge;
    }
  norm = LAPACKE_dlansy_work (LAPACK_COL_MAJOR, '1', 'L', n, L, n, space);
  if (!isfinite (norm) || LAPACKE_dpotrf_work (LAPACK_COL_MAJOR, 'L', n, L, n) != 0
      || LAPACKE_dpocon_work (LAPACK_COL_MAJOR, 'L', n, L, n, norm, &reciprocal, space, iwork) != 0)
    return INFINITY;
  return reciprocal > 0 ? 1 / reciprocal : INFINITY;
}

static double
factor (const Task *task, double ridge, double *L, double *space)
{
  return ntk_factor (task->draw->K, task->ld, task->n, ridge, L, space);
}

/* Pieces in closed form from A = K_*X (K + R I)^{-1}, n_test x n. */
static gboolean
add_closed (const Task *task, const double *L, NtkGram *out, GError **error)
{
  const gsize n = task->n, m = task->n_test;
  g_autofree double *A = ntk_try_alloc (m, n, "the kernel between training and test points", error);
  g_autofree double *B = NULL;
  double cross = 0;

  if (A == NULL)
    return FALSE;
  for (gsize j = 0; j < n; j++)
    memcpy (A + j * m, task->K_test + j * task->ld, m * sizeof (double));
  cblas_dtrsm (CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, m, n, 1, L, n, A,
               m);
  cblas_dtrsm (CblasColMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, m, n, 1, L, n, A,
               m);
  if (task->noise_closed)
    out->aa = cblas_ddot (m * n, A, 1, A, 1) / m;
  if (!task->initial_closed)
    return TRUE;
  if (!(B = ntk_try_alloc (m, n, "the kernel between training and test points", error)))
    return FALSE;
  for (gsize j = 0; j < n; j++)
    cross += cblas_ddot (m, A + j * m, 1, task->S_test + j * task->ld, 1);
  cblas_dsymm (CblasColMajor, CblasRight, CblasLower, m, n, 1, task->draw->S, task->ld, A, m, 0, B,
               m);
  out->bb = mean_variance (task) + (cblas_ddot (m * n, A, 1, B, 1) - 2 * cross) / m;
  return TRUE;
}

/* Pieces of the drawn columns: coefficients from L, then one product with K_*X. */
static gboolean
add_drawn (const Task *task, const double *L, NtkGram *out, GError **error)
{
  const gsize n = task->n, m = task->n_test;
  g_autofree double *Y = ntk_try_alloc (n, N_COLUMNS, "the labels", error);
  g_autofree double *R = ntk_try_alloc (m, N_COLUMNS, "the residuals", error);
  Task one = *task;

  if (Y == NULL || R == NULL)
    return FALSE;
  for (int c = 0; c < N_COLUMNS; c++)
    if (task->drawn[c])
      memcpy (Y + c * n, task->drawn[c], n * sizeof (double));
    else
      memset (Y + c * n, 0, n * sizeof (double));
  LAPACKE_dpotrs_work (LAPACK_COL_MAJOR, 'L', n, N_COLUMNS, L, n, Y, n);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, m, N_COLUMNS, n, 1, task->K_test,
               task->ld, Y, n, 0, R, m);
  one.n_stops = 1;
  one.out = out;
  fill_drawn (&one, R);
  return TRUE;
}

typedef enum
{
  FACTOR_DONE,
  FACTOR_POOR, /* ill-conditioned: the eigendecomposition decides */
  FACTOR_FAILED,
} FactorResult;

static FactorResult
learn_factors (const Task *task, gboolean want_rank, NtkFitInfo *info, GError **error)
{
  const gsize n = task->n;
  g_autofree double *L = ntk_try_alloc (n, n, "the kernel matrix of the training points", error);
  g_autofree double *space = ntk_try_alloc (n, NTK_FACTOR_SPACE, "the factorization", error);

  if (L == NULL || space == NULL)
    return FACTOR_FAILED;
  /* With a ridge the rank of K has to be found apart. */
  if (want_rank && !(factor (task, 0, L, space) <= NTK_CONDITION_LIMIT))
    return FACTOR_POOR;
  *info = (NtkFitInfo){ .rank = n };
  for (int s = 0; s < task->n_stops; s++)
    {
      const double condition = factor (task, task->stops[s].ridge, L, space);

      if (!(condition <= NTK_CONDITION_LIMIT))
        return FACTOR_POOR;
      info->condition = MAX (info->condition, condition);
      if (!add_drawn (task, L, &task->out[s], error))
        return FACTOR_FAILED;
      if ((task->noise_closed || task->initial_closed)
          && !add_closed (task, L, &task->out[s], error))
        return FACTOR_FAILED;
    }
  return FACTOR_DONE;
}

/* ---- */

/* With few stops at the end and no ridge among them that hides the rank, factors are cheaper. */
static gboolean
prefers_factors (const Task *task, gboolean *ridge_everywhere)
{
  *ridge_everywhere = TRUE;
  for (int s = 0; s < task->n_stops; s++)
    {
      *ridge_everywhere &= task->stops[s].ridge > 0;
      if (!isinf (task->stops[s].time))
        return FALSE;
    }
  return task->n_stops <= MOST_FACTORS;
}

gboolean
ntk_grams_check (const NtkGram *grams, int count, GError **error)
{
  for (int i = 0; i < count; i++)
    if (!isfinite (grams[i].rr + grams[i].ra + grams[i].aa + grams[i].bb))
      {
        g_set_error_literal (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                             _("The errors of the fit left the range of finite numbers"));
        return FALSE;
      }
  return TRUE;
}

gboolean
ntk_learning_at (const NtkLearning *self, int n, const NtkStop *stops, int n_stops, NtkGram *out,
                 NtkFitInfo *info, GError **error)
{
  NtkFitInfo found = { 0 };
  gboolean ridge_everywhere;
  FactorResult result = FACTOR_POOR;
  Task task;

  g_return_val_if_fail (self != NULL && self->K != NULL && self->f != NULL, FALSE);
  g_return_val_if_fail (self->S == NULL || self->s_diag != NULL, FALSE);
  g_return_val_if_fail (n >= 1 && n <= self->n_max && self->n_points > self->n_max, FALSE);
  g_return_val_if_fail (stops != NULL && n_stops >= 1 && out != NULL, FALSE);
  for (int s = 0; s < n_stops; s++)
    g_return_val_if_fail (stops[s].time >= 0 && stops[s].ridge >= 0, FALSE);

  task_init (&task, self, n, stops, n_stops, out);
  if (prefers_factors (&task, &ridge_everywhere))
    result = learn_factors (&task, info && ridge_everywhere, &found, error);
  if (result == FACTOR_FAILED || (result == FACTOR_POOR && !learn_modes (&task, &found, error)))
    return FALSE;
  if (info)
    *info = found;
  return ntk_grams_check (out, n_stops, error);
}
