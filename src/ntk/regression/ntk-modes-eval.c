#include "ntk-learning-private.h"

#include "ntk-filter.h"
#include "ntk-init.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

/* Stops at a time: enough for BLAS 3, few enough for the cache. */
#define BATCH 32

/* A batch of stops. */
typedef struct
{
  const NtkModes *modes;
  const NtkStop *stops;
  int count;
  double *g, *rho;  /* kept x count: filters, and squared factors of training residuals */
  double *h;        /* kept x (columns count): g o z, the columns of a stop side by side */
  double *residual; /* rows x (columns count) */
  double *product;  /* NTK_MODES_INITIAL_BLOCK x count */
} Batch;

static void
fill_columns (Batch *self)
{
  const NtkModes *modes = self->modes;
  const gsize kept = modes->kept;
  double *h = self->h;

  for (int s = 0; s < self->count; s++)
    for (int c = 0; c < modes->columns; c++, h += kept)
      for (gsize i = 0; i < kept; i++)
        h[i] = self->g[s * kept + i] * modes->z[c * kept + i];
}

/* residual = target - T h, the blocks of T one after the other. */
static void
fill_residuals (Batch *self)
{
  const NtkModes *modes = self->modes;
  const gsize size = (gsize) modes->rows * modes->columns;
  const int columns = modes->columns * self->count;
  const double *T = modes->T;

  for (int s = 0; s < self->count; s++)
    memcpy (self->residual + s * size, modes->target, size * sizeof (double));
  for (int from = 0; from < modes->kept; from += NTK_MODES_BLOCK)
    {
      const int rows = ntk_modes_block_rows (modes, from);
      const int width = MIN (NTK_MODES_BLOCK, modes->kept - from);

      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, rows, columns, width, -1, T, rows,
                   self->h + from, modes->kept, 1, self->residual, modes->rows);
      T += (gsize) rows * width;
    }
}

static double
dot (const Batch *self, int stop, int a, int b)
{
  const NtkModes *modes = self->modes;
  const gsize rows = modes->rows;
  const double *residual = self->residual + stop * rows * modes->columns;

  if (modes->place[a] < 0 || modes->place[b] < 0)
    return 0;
  return cblas_ddot (rows, residual + modes->place[a] * rows, 1, residual + modes->place[b] * rows,
                     1)
         / modes->n_test;
}

/* tr (A A^T)/n_test = sum_i g_i^2 |C_i|^2/n_test. */
static double
expected_noise (const NtkModes *modes, const double *g)
{
  double sum = 0;

  for (int i = 0; i < modes->kept; i++)
    sum += g[i] * g[i] * modes->power[i];
  return sum;
}

/* Adds g^T [(C^T C/n_test) o (Q^T S Q)] g - 2 g.diag (C^T S_*X Q)/n_test to the variance. */
static void
add_expected_initial (Batch *self, NtkGram *test)
{
  const NtkModes *modes = self->modes;
  const int kept = modes->kept;
  const double *B = modes->initial;

  for (int s = 0; s < self->count; s++)
    test[s].bb = modes->variance - 2 * cblas_ddot (kept, modes->cross, 1, self->g + s * kept, 1);
  for (int from = 0; from < kept; from += NTK_MODES_INITIAL_BLOCK)
    {
      const int rows = kept - from, width = MIN (NTK_MODES_INITIAL_BLOCK, rows);

      cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, width, self->count, rows, 1, B, rows,
                   self->g + from, kept, 0, self->product, width);
      for (int s = 0; s < self->count; s++)
        test[s].bb += cblas_ddot (width, self->product + s * width, 1, self->g + s * kept + from,
                                  1);
      B += (gsize) rows * width;
    }
  /* A variance, and a difference, which rounding may make negative. */
  for (int s = 0; s < self->count; s++)
    test[s].bb = MAX (test[s].bb, 0);
}

static void
judge_test (Batch *self, NtkGram *test)
{
  fill_columns (self);
  fill_residuals (self);
  for (int s = 0; s < self->count; s++)
    {
      test[s].rr = dot (self, s, COLUMN_TARGET, COLUMN_TARGET);
      test[s].ra = dot (self, s, COLUMN_TARGET, COLUMN_NOISE);
      test[s].aa = self->modes->noise_closed
                     ? expected_noise (self->modes, self->g + (gsize) s * self->modes->kept)
                     : dot (self, s, COLUMN_NOISE, COLUMN_NOISE);
      test[s].bb = dot (self, s, COLUMN_INITIAL, COLUMN_INITIAL);
      test[s].rb = dot (self, s, COLUMN_TARGET, COLUMN_INITIAL);
      test[s].ab = dot (self, s, COLUMN_NOISE, COLUMN_INITIAL);
    }
  if (self->modes->initial_closed)
    add_expected_initial (self, test);
}

static double
train_piece (const Batch *self, int stop, int piece)
{
  const NtkModes *modes = self->modes;

  return (modes->outside[piece]
          + cblas_ddot (modes->kept, self->rho + (gsize) stop * modes->kept, 1,
                        modes->train + (gsize) piece * modes->kept, 1))
         / modes->n;
}

static void
judge_train (const Batch *self, NtkGram *train)
{
  for (int s = 0; s < self->count; s++)
    train[s] = (NtkGram){ train_piece (self, s, 0), train_piece (self, s, 1),
                          train_piece (self, s, 2), train_piece (self, s, 3),
                          train_piece (self, s, 4), train_piece (self, s, 5) };
}

/* From the squares of z, or their means. */
static void
describe (const Batch *self, int stop, double ridge, NtkFitInfo *info)
{
  static const int entries[NTK_FIT_COLUMNS] = { 0, 2, 3 }; /* r r, a a and b b of `train` */
  const NtkModes *modes = self->modes;
  const double *g = self->g + (gsize) stop * modes->kept;
  const double norm = modes->values[0] + ridge;

  ntk_modes_describe (modes, ridge, info);
  for (int c = 0; c < NTK_FIT_COLUMNS; c++)
    {
      const double *squares = modes->train + (gsize) entries[c] * modes->kept;
      double sum = 0;

      for (int i = 0; i < modes->kept; i++)
        sum += g[i] * g[i] * squares[i];
      info->growth[c] = norm * norm * sum / modes->n;
    }
}

/* All arrays of a batch in one. */
static double *
batch_init (Batch *self, const NtkModes *modes, int count, GError **error)
{
  const gsize kept = modes->kept, columns = modes->columns;
  const gsize each = kept * (2 + columns) + modes->rows * columns + NTK_MODES_INITIAL_BLOCK;
  double *space = ntk_try_alloc (each, count, "the errors at the stops", error);

  *self = (Batch){ .modes = modes };
  self->g = space;
  self->rho = self->g + kept * count;
  self->h = self->rho + kept * count;
  self->residual = self->h + kept * columns * count;
  self->product = self->residual + modes->rows * columns * count;
  return space;
}

gboolean
ntk_modes_eval (const NtkModes *self, const NtkStop *stops, int n_stops, NtkGram *test,
                NtkGram *train, NtkFitInfo *info, GError **error)
{
  g_autofree double *space = NULL;
  Batch batch;

  g_return_val_if_fail (self != NULL && stops != NULL && n_stops >= 1 && test != NULL, FALSE);
  for (int s = 0; s < n_stops; s++)
    g_return_val_if_fail (stops[s].time >= 0 && stops[s].ridge >= 0, FALSE);

  space = batch_init (&batch, self, MIN (n_stops, BATCH), error);
  if (space == NULL)
    return FALSE;
  for (int from = 0; from < n_stops; from += BATCH)
    {
      batch.count = MIN (BATCH, n_stops - from);
      for (int s = 0; s < batch.count; s++)
        ntk_filter (self->values, self->n, self->rank, self->kept, &stops[from + s],
                    batch.g + (gsize) s * self->kept, batch.rho + (gsize) s * self->kept);
      judge_test (&batch, test + from);
      if (train)
        judge_train (&batch, train + from);
      for (int s = 0; info && s < batch.count; s++)
        describe (&batch, s, stops[from + s].ridge, &info[from + s]);
    }
  return ntk_grams_check (test, n_stops, error)
         && (train == NULL || ntk_grams_check (train, n_stops, error));
}
