#include "ntk-learning-private.h"

#include "ntk-filter.h"
#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

/* A Cholesky factor and its solves cost about a quarter of an eigendecomposition and its
 * products. */
#define MOST_FACTORS 3

void
ntk_learning_task_init (NtkLearningTask *self, const NtkLearning *draw, int n)
{
  const gsize first = draw->n_max;

  *self = (NtkLearningTask){
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
  };
}

double
ntk_learning_variance (const NtkLearningTask *self)
{
  double sum = 0;

  for (gsize i = 0; i < self->n_test; i++)
    sum += self->draw->s_diag[self->draw->n_max + i];
  return sum / self->n_test;
}

double
ntk_learning_power (const NtkLearning *draw, int n, int column)
{
  const double *columns[N_COLUMNS] = { draw->f, draw->noise, draw->initial };
  double sum = 0;

  if (columns[column])
    return cblas_ddot (n, columns[column], 1, columns[column], 1) / n;
  if (column == COLUMN_NOISE)
    return 1;
  for (int i = 0; i < n && draw->S; i++)
    sum += draw->s_diag[i];
  return sum / n;
}

double
ntk_factor (const double *K, int ldk, int n, double ridge, double *L, double *space,
            double *norm)
{
  const gsize size = n;
  lapack_int *iwork = (lapack_int *) (space + 3 * size);
  double norm1, reciprocal = 0;

  for (gsize j = 0; j < size; j++)
    {
      memcpy (L + j * size + j, K + j * ldk + j, (size - j) * sizeof (double));
      L[j * size + j] += ridge;
    }
  norm1 = LAPACKE_dlansy_work (LAPACK_COL_MAJOR, '1', 'L', n, L, n, space);
  if (norm)
    *norm = norm1;
  if (!isfinite (norm1) || LAPACKE_dpotrf_work (LAPACK_COL_MAJOR, 'L', n, L, n) != 0
      || LAPACKE_dpocon_work (LAPACK_COL_MAJOR, 'L', n, L, n, norm1, &reciprocal, space, iwork) != 0)
    return INFINITY;
  return reciprocal > 0 ? 1 / reciprocal : INFINITY;
}

static double
factor (const NtkLearningTask *task, double ridge, double *L, double *space, double *norm)
{
  return ntk_factor (task->draw->K, task->ld, task->n, ridge, L, space, norm);
}

/* Pieces in closed form from A = K_*X (K + R I)^{-1}, n_test x n. */
static gboolean
add_closed (const NtkLearningTask *task, const double *L, NtkGram *out, GError **error)
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
  /* A variance, and a difference, which rounding may make negative. */
  out->bb = MAX (ntk_learning_variance (task) + (cblas_ddot (m * n, A, 1, B, 1) - 2 * cross) / m, 0);
  return TRUE;
}

/* Fills in what NtkFitInfo says of a stop with this norm and condition number; Y has the coefficients of what was
 * drawn. */
static void
describe (const NtkLearningTask *task, double norm, double condition, const double *Y,
          NtkFitInfo *info)
{
  *info = (NtkFitInfo){ .rank = task->n, .condition = condition };
  ntk_note_growth (info, norm, Y, task->n, N_COLUMNS);
  for (int c = 0; c < N_COLUMNS; c++)
    if (task->drawn[c] == NULL)
      info->growth[c] = condition * condition * ntk_learning_power (task->draw, task->n, c);
}

/* Pieces of the drawn columns: coefficients Y from L (n x N_COLUMNS), then what one product with K_*X
 * leaves. */
static gboolean
add_drawn (const NtkLearningTask *task, const double *L, double *Y, NtkGram *out, GError **error)
{
  const gsize n = task->n, m = task->n_test;
  g_autofree double *R = ntk_try_alloc (m, N_COLUMNS, "the residuals", error);

  if (R == NULL)
    return FALSE;
  memset (Y, 0, n * N_COLUMNS * sizeof (double));
  memset (R, 0, m * N_COLUMNS * sizeof (double));
  for (int c = 0; c < N_COLUMNS; c++)
    {
      if (task->drawn[c])
        memcpy (Y + c * n, task->drawn[c], n * sizeof (double));
      if (task->drawn_test[c])
        memcpy (R + c * m, task->drawn_test[c], m * sizeof (double));
    }
  LAPACKE_dpotrs_work (LAPACK_COL_MAJOR, 'L', n, N_COLUMNS, L, n, Y, n);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, m, N_COLUMNS, n, -1, task->K_test,
               task->ld, Y, n, 1, R, m);
  *out = ntk_gram (R, m, m);
  return TRUE;
}

typedef enum
{
  FACTOR_DONE,
  FACTOR_POOR, /* ill-conditioned: the eigendecomposition decides */
  FACTOR_FAILED,
} FactorResult;

static FactorResult
learn_factors (const NtkLearningTask *task, const NtkStop *stops, int n_stops, gboolean want_rank,
               NtkGram *out, NtkFitInfo *info, GError **error)
{
  const gsize n = task->n;
  g_autofree double *L = ntk_try_alloc (n, n, "the kernel matrix of the training points", error);
  g_autofree double *space = L ? ntk_try_alloc (n, NTK_FACTOR_SPACE, "the factorization", error)
                               : NULL;
  g_autofree double *Y = space ? ntk_try_alloc (n, N_COLUMNS, "the labels", error) : NULL;
  double norm;

  if (Y == NULL)
    return FACTOR_FAILED;
  /* With a ridge the rank of K has to be found apart. */
  if (want_rank && !(factor (task, 0, L, space, NULL) <= ntk_condition_limit (task->draw->cutoff)))
    return FACTOR_POOR;
  for (int s = 0; s < n_stops; s++)
    {
      const double limit = stops[s].ridge > 0 ? NTK_CONDITION_LIMIT
                                              : ntk_condition_limit (task->draw->cutoff);
      const double condition = factor (task, stops[s].ridge, L, space, &norm);

      if (!(condition <= limit))
        return FACTOR_POOR;
      if (!add_drawn (task, L, Y, &out[s], error))
        return FACTOR_FAILED;
      if (info)
        describe (task, norm, condition, Y, &info[s]);
      if ((task->noise_closed || task->initial_closed) && !add_closed (task, L, &out[s], error))
        return FACTOR_FAILED;
    }
  return FACTOR_DONE;
}

/* With few stops at the end and no ridge among them that hides the rank, factors are cheaper. */
static gboolean
prefers_factors (const NtkStop *stops, int n_stops)
{
  for (int s = 0; s < n_stops; s++)
    if (!isinf (stops[s].time))
      return FALSE;
  return n_stops <= MOST_FACTORS;
}

static gboolean
learn_modes (const NtkLearningTask *task, const NtkStop *stops, int n_stops, NtkGram *out,
             NtkFitInfo *info, GError **error)
{
  g_autoptr (NtkModes) modes = ntk_modes_make (task, FALSE, error);

  return modes != NULL && ntk_modes_eval (modes, stops, n_stops, out, NULL, info, error);
}

gboolean
ntk_grams_check (const NtkGram *grams, int count, GError **error)
{
  for (int i = 0; i < count; i++)
    if (!isfinite (grams[i].rr + grams[i].ra + grams[i].aa + grams[i].bb))
      {
        g_set_error_literal (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                             _("The errors of the fit left the range of finite numbers: choose variances nearer to 1"));
        return FALSE;
      }
  return TRUE;
}

gboolean
ntk_learning_at (const NtkLearning *self, int n, const NtkStop *stops, int n_stops, NtkGram *out,
                 NtkFitInfo *info, GError **error)
{
  double least_ridge = INFINITY;
  FactorResult result = FACTOR_POOR;
  NtkLearningTask task;

  g_return_val_if_fail (self != NULL && self->K != NULL && self->f != NULL, FALSE);
  g_return_val_if_fail (self->S == NULL || self->s_diag != NULL, FALSE);
  g_return_val_if_fail (n >= 1 && n <= self->n_max && self->n_points > self->n_max, FALSE);
  g_return_val_if_fail (self->cutoff > 0 && self->cutoff < 1, FALSE);
  g_return_val_if_fail (stops != NULL && n_stops >= 1 && out != NULL, FALSE);
  for (int s = 0; s < n_stops; s++)
    {
      g_return_val_if_fail (stops[s].time >= 0 && stops[s].ridge >= 0, FALSE);
      least_ridge = MIN (least_ridge, stops[s].ridge);
    }

  ntk_learning_task_init (&task, self, n);
  if (prefers_factors (stops, n_stops))
    result = learn_factors (&task, stops, n_stops, info && least_ridge > 0, out, info, error);
  if (result == FACTOR_FAILED
      || (result == FACTOR_POOR
          && !learn_modes (&task, stops, n_stops, out, info, error)))
    return FALSE;
  return ntk_grams_check (out, n_stops, error);
}
