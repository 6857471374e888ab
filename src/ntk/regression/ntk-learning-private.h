#pragma once

/* Shared by the sources of ntk-learning.h and ntk-modes.h. */

#include "ntk-modes.h"

G_BEGIN_DECLS

enum
{
  COLUMN_TARGET,
  COLUMN_NOISE,
  COLUMN_INITIAL,
  N_COLUMNS
};

/* Training on the first n points. */
typedef struct
{
  const NtkLearning *draw;
  gsize n, n_test, ld;
  const double *drawn[N_COLUMNS];      /* right-hand sides, NULL: 0 or in closed form */
  const double *drawn_test[N_COLUMNS]; /* what is to be predicted; NULL: 0 */
  gboolean noise_closed, initial_closed;
  const double *K_test, *S_test; /* n_test x n, leading dimension ld */
} NtkLearningTask;

void ntk_learning_task_init (NtkLearningTask *self, const NtkLearning *draw, int n);

/* Mean of S (x, x) over the test points. */
double ntk_learning_variance (const NtkLearningTask *self);

/* Cholesky factor of K + R I: K n x n with leading dimension ldk, lower triangle read; L n x n, its
 * upper triangle left as it was; space: n x NTK_FACTOR_SPACE. Returns an estimate of the condition
 * number in the 1-norm, infinite where K + R I is not finite or not positive definite; norm (may be NULL):
 * that of K + R I. */
#define NTK_FACTOR_SPACE 4
double ntk_factor (const double *K, int ldk, int n, double ridge, double *L, double *space,
                   double *norm);

/* growth[column] of NtkFitInfo is condition^2 times this at the most: the mean square of a column's labels at
 * n points, or its expectation. */
double ntk_learning_power (const NtkLearning *draw, int n, int column);

/* NTK_ERROR_NUMERICS where a piece is not finite. */
gboolean ntk_grams_check (const NtkGram *grams, int count, GError **error);

#define NTK_GRAM_ENTRIES 6

/* Columns of the triangular factor, and of the form of f_0, at a time: few enough for what is next to
 * the diagonal to be little, enough for BLAS 3. */
#define NTK_MODES_BLOCK 64
#define NTK_MODES_INITIAL_BLOCK 192

/* In the basis of the modes, with filters g and residual factors rho = 1 - g l, the residual of a
 * column is target - T (g o z) on test points, rotated, and rho o z on training points. */
struct _NtkModes
{
  gatomicrefcount references;
  int n, n_test;
  int rank, kept;       /* the first `kept` modes have a part in predictions */
  int cut;              /* as in NtkFitInfo */
  double *values;       /* n, descending */
  int columns;          /* those drawn, of N_COLUMNS, in their order */
  int place[N_COLUMNS]; /* among them, or -1 */
  gboolean noise_closed, initial_closed;

  double *z;       /* kept x columns: Q^T y */
  gboolean square; /* T is the triangular factor of C = K_*X Q, else C itself */
  int rows;        /* of T */
  double *T;       /* by blocks of columns, one after the other, of ntk_modes_block_rows() rows */
  double *target;  /* rows x columns */

  double *power; /* kept: |C_i|^2/n_test */
  /* (C^T C/n_test) o (Q^T S Q), lower triangle with twice what is below the diagonal, by blocks of
   * columns from their diagonal on; diag (C^T S_*X Q)/n_test; mean of S (x, x). */
  double *initial, *cross, variance;

  double *train; /* kept x NTK_GRAM_ENTRIES: squares and products of z, or their means, as in NtkGram */
  double outside[NTK_GRAM_ENTRIES]; /* their sums over the other modes */
};

static inline int
ntk_modes_block_rows (const NtkModes *self, int from)
{
  return self->square ? MIN (from + NTK_MODES_BLOCK, self->rows) : self->rows;
}

/* `reduce`: brings C to triangular form, which takes as long as many stops save. */
NtkModes *ntk_modes_make (const NtkLearningTask *task, gboolean reduce, GError **error);
void ntk_modes_describe (const NtkModes *self, double ridge, NtkFitInfo *info);

G_END_DECLS
