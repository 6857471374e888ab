#include "ntk-learning-private.h"

#include "ntk-eigen.h"
#include "ntk-filter.h"
#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <float.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

/* docs/theory.md, section 5: every stopping time and ridge from one eigendecomposition. The
 * residuals on test points are those of y = C h with C = K_*X Q, n_test x n, whose norms and products
 * the triangular factor of (C, targets) has too. */

/* While one is made. */
typedef struct
{
  const NtkLearningTask *task;
  NtkModes *out;
  double *Q; /* n x n */
  double *C; /* n_test x (n + N_COLUMNS) */
} Maker;

static void
maker_clear (Maker *self)
{
  g_free (self->Q);
  g_free (self->C);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Maker, maker_clear)

static gboolean
alloc_into (double **where, gsize rows, gsize cols, GError **error)
{
  *where = ntk_try_alloc (MAX (rows, 1), MAX (cols, 1), "the modes of the kernel", error);
  return *where != NULL;
}

/* Modes under the cut-off take part where there is a ridge or an end: all up to the last one that
 * test points see by more than what rounding leaves of an eigenvalue 0. */
static void
find_kept (Maker *self, const double *power)
{
  NtkModes *out = self->out;
  const double rounding = 64 * DBL_EPSILON * MAX (out->values[0], 0);
  const int certain = ntk_eigen_rank (out->values, out->n, ntk_rounding_share (out->n));

  out->rank = ntk_eigen_rank (out->values, out->n, self->task->draw->cutoff);
  out->cut = MAX (0, certain - out->rank);
  for (int i = 0; i < out->n; i++)
    if (i < out->rank || power[i] * out->n > rounding * rounding)
      out->kept = i + 1;
}

/* C, and which modes are kept. */
static gboolean
project (Maker *self, GError **error)
{
  const NtkLearningTask *task = self->task;
  const gsize n = task->n, m = task->n_test;
  double *power, sum = 0;

  if (!alloc_into (&self->C, m, n + N_COLUMNS, error) || !alloc_into (&power, n, 1, error))
    return FALSE;
  self->out->power = power;
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, m, n, n, 1, task->K_test, task->ld,
               self->Q, n, 0, self->C, m);
  for (gsize i = 0; i < n; i++)
    {
      power[i] = cblas_ddot (m, self->C + i * m, 1, self->C + i * m, 1) / m;
      sum += power[i] + fabs (self->out->values[i]);
    }
  if (!isfinite (sum))
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                           _ ("The kernel matrix or the targets left the range of finite numbers"));
      return FALSE;
    }
  find_kept (self, power);
  return TRUE;
}

/* What training residuals are made of: kept x NTK_GRAM_ENTRIES, and the sums over the others. z: n x columns;
 * s: n, (Q^T S Q)_ii, or NULL. */
static void
fill_train (NtkModes *out, const double *z, const double *s)
{
  const double *r = z;
  const double *e = out->place[COLUMN_NOISE] < 0 ? NULL : z + out->place[COLUMN_NOISE] * out->n;
  const double *b = out->place[COLUMN_INITIAL] < 0 ? NULL : z + out->place[COLUMN_INITIAL] * out->n;

  for (int i = 0; i < out->n; i++)
    {
      const double entry[] = { r[i] * r[i],         e ? r[i] * e[i] : 0,
                               e ? e[i] * e[i] : 1, b ? b[i] * b[i] : s ? s[i] : 0,
                               b ? r[i] * b[i] : 0, b && e ? e[i] * b[i] : 0 };

      for (int c = 0; c < NTK_GRAM_ENTRIES; c++)
        if (i < out->kept)
          out->train[c * out->kept + i] = entry[c];
        else
          out->outside[c] += entry[c];
    }
}

/* z = Q^T y, and the training residuals. */
static gboolean
rotate_labels (Maker *self, const double *s, GError **error)
{
  const NtkLearningTask *task = self->task;
  NtkModes *out = self->out;
  const gsize n = task->n;
  g_autofree double *z = NULL;

  if (!alloc_into (&z, n, N_COLUMNS, error) || !alloc_into (&out->z, out->kept, out->columns, error)
      || !alloc_into (&out->train, out->kept, NTK_GRAM_ENTRIES, error))
    return FALSE;
  for (int c = 0; c < N_COLUMNS; c++)
    if (out->place[c] >= 0)
      cblas_dgemv (CblasColMajor, CblasTrans, n, n, 1, self->Q, n, task->drawn[c], 1, 0,
                   z + out->place[c] * n, 1);
  for (int c = 0; c < out->columns; c++)
    memcpy (out->z + (gsize) c * out->kept, z + c * n, out->kept * sizeof (double));
  fill_train (out, z, s);
  return TRUE;
}

/* A block of columns of the form of f_0, with B for its rows from the diagonal on; P, E: scratch.
 * Beyond the modes kept only the diagonal of Q^T S Q is wanted, in s. */
static void
form_initial_block (Maker *self, gsize from, gsize count, double *P, double *E, double *B,
                    double *s)
{
  const NtkLearningTask *task = self->task;
  const gsize n = task->n, m = task->n_test, kept = self->out->kept;
  const gsize rows = from < kept ? kept - from : 0, cols = MIN (count, rows);
  const double *Q = self->Q + from * n, *C = self->C + from * m;
  const CBLAS_ORDER order = CblasColMajor;

  cblas_dgemm (order, CblasNoTrans, CblasNoTrans, m, cols, n, 1, task->S_test, task->ld, Q, n, 0, P,
               m);
  for (gsize j = 0; j < cols; j++)
    self->out->cross[from + j] = cblas_ddot (m, C + j * m, 1, P + j * m, 1) / m;
  cblas_dgemm (order, CblasNoTrans, CblasNoTrans, n, count, n, 1, task->draw->S, task->ld, Q, n, 0,
               P, n);
  for (gsize j = 0; j < count; j++)
    s[from + j] = cblas_ddot (n, Q + j * n, 1, P + j * n, 1);
  if (cols == 0)
    return;
  cblas_dgemm (order, CblasTrans, CblasNoTrans, rows, cols, n, 1, Q, n, P, n, 0, B, rows);
  cblas_dgemm (order, CblasTrans, CblasNoTrans, rows, cols, m, 1.0 / m, C, m, C, m, 0, E, rows);
  /* The square block on the diagonal is whole; what is below it stands for its mirror image too. */
  for (gsize j = 0; j < cols; j++)
    for (gsize i = 0; i < rows; i++)
      B[j * rows + i] *= E[j * rows + i] * (i < cols ? 1 : 2);
}

/* Numbers in the blocks of the form of f_0. */
static gsize
initial_size (gsize kept)
{
  gsize size = 0;

  for (gsize from = 0; from < kept; from += NTK_MODES_INITIAL_BLOCK)
    size += (kept - from) * MIN (NTK_MODES_INITIAL_BLOCK, kept - from);
  return size;
}

/* s: n, filled with (Q^T S Q)_ii. */
static gboolean
form_initial (Maker *self, double *s, GError **error)
{
  NtkModes *out = self->out;
  const gsize n = out->n, width = MIN (NTK_MODES_INITIAL_BLOCK, n);
  g_autofree double *P = NULL;
  g_autofree double *E = NULL;
  double *B;

  if (!alloc_into (&P, MAX (n, (gsize) out->n_test), width, error)
      || !alloc_into (&E, n, width, error) || !alloc_into (&out->cross, out->kept, 1, error)
      || !alloc_into (&out->initial, initial_size (out->kept), 1, error))
    return FALSE;
  out->variance = ntk_learning_variance (self->task);
  B = out->initial;
  for (gsize from = 0; from < n; from += width)
    {
      form_initial_block (self, from, MIN (width, n - from), P, E, B, s);
      if (from < (gsize) out->kept)
        B += (out->kept - from) * MIN (width, out->kept - from);
    }
  return TRUE;
}

/* T = C, which changes hands. */
static gboolean
keep_projection (Maker *self, GError **error)
{
  NtkModes *out = self->out;
  const gsize m = out->n_test;

  if (!alloc_into (&out->target, m, out->columns, error))
    return FALSE;
  memcpy (out->target, self->C + out->kept * m, m * out->columns * sizeof (double));
  out->rows = m;
  out->T = g_steal_pointer (&self->C);
  return TRUE;
}

/* Numbers in the blocks of T. */
static gsize
factor_size (const NtkModes *self)
{
  gsize size = 0;

  for (int from = 0; from < self->kept; from += NTK_MODES_BLOCK)
    size += (gsize) ntk_modes_block_rows (self, from) * MIN (NTK_MODES_BLOCK, self->kept - from);
  return size;
}

/* Copies the first `rows` entries of column j of the factor, zeros for those below the diagonal. */
static void
copy_column (const Maker *self, gsize j, gsize rows, double *out)
{
  const gsize above = MIN (j + 1, rows);

  memcpy (out, self->C + j * self->out->n_test, above * sizeof (double));
  memset (out + above, 0, (rows - above) * sizeof (double));
}

/* T and the targets from the triangular factor of both. */
static gboolean
triangulate (Maker *self, GError **error)
{
  NtkModes *out = self->out;
  const gsize m = out->n_test, cols = out->kept + out->columns;
  g_autofree double *tau = NULL;
  g_autofree double *work = NULL;
  double *T;

  out->square = TRUE;
  out->rows = cols;
  if (!alloc_into (&tau, cols, 1, error) || !alloc_into (&work, cols, NTK_MODES_BLOCK, error)
      || !alloc_into (&out->T, factor_size (out), 1, error)
      || !alloc_into (&out->target, out->rows, out->columns, error))
    return FALSE;
  LAPACKE_dgeqrf_work (LAPACK_COL_MAJOR, m, cols, self->C, m, tau, work, cols * NTK_MODES_BLOCK);
  T = out->T;
  for (int j = 0; j < out->kept; j++)
    {
      const int rows = ntk_modes_block_rows (out, j - j % NTK_MODES_BLOCK);

      copy_column (self, j, rows, T);
      T += rows;
    }
  for (int c = 0; c < out->columns; c++)
    copy_column (self, out->kept + c, out->rows, out->target + (gsize) c * out->rows);
  return TRUE;
}

/* Puts what is to be predicted behind the modes kept in C. */
static void
append_targets (Maker *self)
{
  const NtkLearningTask *task = self->task;
  const gsize m = task->n_test;

  for (int c = 0; c < N_COLUMNS; c++)
    {
      double *column = self->C + (self->out->kept + self->out->place[c]) * m;

      if (self->out->place[c] >= 0 && task->drawn_test[c])
        memcpy (column, task->drawn_test[c], m * sizeof (double));
      else if (self->out->place[c] >= 0)
        memset (column, 0, m * sizeof (double));
    }
}

static NtkModes *
modes_alloc (const NtkLearningTask *task)
{
  NtkModes *self = g_new0 (NtkModes, 1);

  g_atomic_ref_count_init (&self->references);
  self->n = task->n;
  self->n_test = task->n_test;
  self->noise_closed = task->noise_closed;
  self->initial_closed = task->initial_closed;
  for (int c = 0; c < N_COLUMNS; c++)
    self->place[c] = task->drawn[c] ? self->columns++ : -1;
  return self;
}

NtkModes *
ntk_modes_make (const NtkLearningTask *task, gboolean reduce, GError **error)
{
  g_autoptr (NtkModes) out = modes_alloc (task);
  g_autofree double *s = NULL;
  g_auto (Maker) maker = { .task = task, .out = out };

  if (!alloc_into (&out->values, task->n, 1, error)
      || !alloc_into (&maker.Q, task->n, task->n, error)
      || !ntk_eigen (task->draw->K, task->ld, task->n, NTK_EIGEN_DESCENDING, NULL, NULL,
                     out->values, maker.Q, error)
      || !project (&maker, error)
      || (out->initial_closed
          && (!alloc_into (&s, task->n, 1, error) || !form_initial (&maker, s, error)))
      || !rotate_labels (&maker, s, error))
    return NULL;
  g_clear_pointer (&maker.Q, g_free);
  append_targets (&maker);
  reduce = reduce && out->n_test > out->kept + out->columns;
  if (!(reduce ? triangulate (&maker, error) : keep_projection (&maker, error)))
    return NULL;
  return g_steal_pointer (&out);
}

NtkModes *
ntk_modes_new (const NtkLearning *draw, int n, GError **error)
{
  NtkLearningTask task;

  g_return_val_if_fail (draw != NULL && draw->K != NULL && draw->f != NULL, NULL);
  g_return_val_if_fail (draw->S == NULL || draw->s_diag != NULL, NULL);
  g_return_val_if_fail (n >= 1 && n <= draw->n_max && draw->n_points > draw->n_max, NULL);
  g_return_val_if_fail (draw->cutoff > 0 && draw->cutoff < 1, NULL);

  ntk_learning_task_init (&task, draw, n);
  return ntk_modes_make (&task, TRUE, error);
}

NtkModes *
ntk_modes_ref (NtkModes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
ntk_modes_unref (NtkModes *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->values);
  g_free (self->z);
  g_free (self->T);
  g_free (self->target);
  g_free (self->power);
  g_free (self->initial);
  g_free (self->cross);
  g_free (self->train);
  g_free (self);
}

void
ntk_modes_describe (const NtkModes *self, double ridge, NtkFitInfo *info)
{
  ntk_describe_spectrum (self->values, self->n, self->rank, self->cut, ridge, info);
}

int
ntk_modes_get_n (const NtkModes *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n;
}

const double *
ntk_modes_get_eigenvalues (const NtkModes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->values;
}

int
ntk_modes_get_rank (const NtkModes *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rank;
}

gsize
ntk_modes_get_size (const NtkModes *self)
{
  gsize count;

  g_return_val_if_fail (self != NULL, 0);

  count = self->square ? factor_size (self) : (gsize) self->rows * (self->n + N_COLUMNS);
  count += 2 * (gsize) self->n + (gsize) self->kept * (self->columns + 4)
           + (gsize) self->rows * self->columns;
  if (self->initial_closed)
    count += initial_size (self->kept) + self->kept;
  return sizeof *self + count * sizeof (double);
}

double
ntk_modes_memory (int n, int n_test)
{
  const double size = n, m = n_test, block = MIN (NTK_MODES_INITIAL_BLOCK, n);
  /* dsyevd, with Q; later Q, C, the form of f_0 and its blocks; or C and its factor. */
  const double decomposition = 3 * size * size + 10 * size;
  const double form = size * size * 3 / 2 + m * (size + N_COLUMNS)
                      + block * (1.5 * size + MAX (size, m)) + 12 * size;

  return sizeof (double) * (MAX (decomposition, form) + NTK_MODES_BLOCK * size + 16 * size);
}
