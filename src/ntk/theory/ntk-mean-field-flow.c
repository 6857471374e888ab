#include "ntk-mean-field-flow.h"

#include "ntk-init.h"
#include "ntk-mean-field-contour.h"
#include "ntk-minimum.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The pieces of the flow's error, tabulated over log n and log t. */
#define FIRST_TIME NTK_MEAN_FIELD_FIRST_TIME
#define N_COLUMNS (NTK_FLOW_WINDOWS * NTK_FLOW_TIMES)
#define COLUMN_STEP (G_LN10 / NTK_FLOW_TIMES)
/* The best time is looked for between .1 and NTK_MEAN_FIELD_LAST_TIME. */
#define FIRST_BEST NTK_FLOW_TIMES
#define LAST_BEST ((NTK_FLOW_WINDOWS - 1) * NTK_FLOW_TIMES)
#define ROWS_PER_DECADE 8
#define ROW_STEP (G_LN10 / ROWS_PER_DECADE)
#define N_ROWS (10 * ROWS_PER_DECADE + 2)

/* A logarithm that changes by more from row to row is that of a step. */
#define STEEP 3

/* Where t (1 - g) kappa of the ridgeless fit is this large, the flow has ended. */
#define ENDED 1e3

struct _NtkMeanFieldFlow
{
  double pieces[N_ROWS][N_COLUMNS][NTK_FLOW_PIECES];
  double logs[N_ROWS][N_COLUMNS][NTK_FLOW_PIECES];
  double noise[N_ROWS][NTK_FLOW_WINDOWS][NTK_FLOW_PIECES]; /* 0 once the flow has ended */
};

/* ---- The table ---- */

static inline double
row_n (int row)
{
  return exp (row * ROW_STEP);
}

/* The flow has ended by the windows that are left. */
static void
fill_end (NtkMeanFieldFlow *self, const NtkMeanFieldPieces *end, int row, int window)
{
  memset (self->noise[row][window], 0,
          (NTK_FLOW_WINDOWS - window) * sizeof self->noise[row][window]);
  for (int column = window * NTK_FLOW_TIMES; column < N_COLUMNS; column++)
    {
      self->pieces[row][column][NTK_FLOW_B] = end->B;
      self->pieces[row][column][NTK_FLOW_V] = end->V;
      self->pieces[row][column][NTK_FLOW_INIT] = end->init;
    }
}

static gboolean
fill_table (NtkMeanFieldFlow *self, NtkFlowContour *contour, const NtkMeanField *field)
{
  for (int row = 0; row < N_ROWS; row++)
    {
      const double n = MIN (row_n (row), NTK_MEAN_FIELD_LARGEST);
      const NtkMeanFieldPieces end = ntk_mean_field_plain_end (field, n);
      /* Not known where there is no end within what is known of the spectrum. */
      const double rate = ntk_mean_field_kappa (field, n) / (1 + end.V);
      int window = 0;

      for (; window < NTK_FLOW_WINDOWS && !(FIRST_TIME * pow (10, window) * rate >= ENDED);
           window++)
        if (!ntk_flow_contour_eval (contour, row_n (row), window,
                                    self->pieces[row][window * NTK_FLOW_TIMES],
                                    self->noise[row][window]))
          return FALSE;
      fill_end (self, &end, row, window);
    }
  for (int row = 0; row < N_ROWS; row++)
    for (int column = 0; column < N_COLUMNS; column++)
      for (int piece = 0; piece < NTK_FLOW_PIECES; piece++)
        {
          const double value = self->pieces[row][column][piece];

          /* What is not known stays so. */
          self->logs[row][column][piece] = log (value < DBL_MIN ? DBL_MIN : value);
        }
  return TRUE;
}

NtkMeanFieldFlow *
ntk_mean_field_flow_new (const NtkZonalSeries *series, const NtkMeanField *field, GError **error)
{
  NtkMeanFieldFlow *self = g_new (NtkMeanFieldFlow, 1);
  NtkFlowContour *contour = ntk_flow_contour_new (series, NTK_FLOW_MERGED);

  if (!fill_table (self, contour, field))
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                           _ ("The mean field of gradient flow did not converge"));
      g_clear_pointer (&self, g_free);
    }
  ntk_flow_contour_free (contour);
  return self;
}

/* ---- Reading ---- */

/* Lagrange's cubic through the four knots around x, in steps. */
typedef struct
{
  int first;
  double weights[4], at; /* x - first */
} Cubic;

static Cubic
cubic (double x, int n_knots)
{
  const int first = CLAMP ((int) x - 1, 0, n_knots - 4);
  const double s = x - first;

  return (Cubic){ first,
                  { -(s - 1) * (s - 2) * (s - 3) / 6, s * (s - 2) * (s - 3) / 2,
                    -s * (s - 1) * (s - 3) / 2, s * (s - 1) * (s - 2) / 6 },
                  s };
}

/* Between rows, of their logarithms. Where a whole degree is learnt from one to the next, as by few points
 * and a kernel that is almost constant, the cubic would swing: there the straight line serves. */
static double
between_rows (const Cubic *row, const double logs[4])
{
  const int low = CLAMP ((int) row->at, 0, 2);
  double sum = 0;

  for (int i = 0; i < 3; i++)
    if (fabs (logs[i + 1] - logs[i]) > STEEP)
      return logs[low] + (row->at - low) * (logs[low + 1] - logs[low]);
  for (int i = 0; i < 4; i++)
    sum += row->weights[i] * logs[i];
  return sum;
}

static NtkMeanFieldPieces
read_pieces (const NtkMeanFieldFlow *self, const Cubic *row, double x)
{
  const Cubic column = cubic (x, N_COLUMNS);
  double sum[NTK_FLOW_PIECES];

  for (int piece = 0; piece < NTK_FLOW_PIECES; piece++)
    {
      double logs[4] = { 0 };

      for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
          logs[i] += column.weights[j] * self->logs[row->first + i][column.first + j][piece];
      sum[piece] = between_rows (row, logs);
    }
  return (NtkMeanFieldPieces){ .B = exp (sum[NTK_FLOW_B]),
                               .V = exp (sum[NTK_FLOW_V]),
                               .init = exp (sum[NTK_FLOW_INIT]),
                               /* Rounding must not take it beyond the end. */
                               .time = MIN (FIRST_TIME * exp (x * COLUMN_STEP),
                                            NTK_MEAN_FIELD_LAST_TIME) };
}

/* The same, with 0 for what is not told from noise at the knots around. */
static NtkMeanFieldPieces
read_known (const NtkMeanFieldFlow *self, const Cubic *row, double x)
{
  const Cubic column = cubic (x, N_COLUMNS);
  NtkMeanFieldPieces pieces = read_pieces (self, row, x);
  double noise[NTK_FLOW_PIECES] = { 0 };

  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j += 3)
      for (int piece = 0; piece < NTK_FLOW_PIECES; piece++)
        noise[piece] = MAX (
          noise[piece], self->noise[row->first + i][(column.first + j) / NTK_FLOW_TIMES][piece]);
  if (pieces.B <= NTK_FLOW_KNOWN * noise[NTK_FLOW_B])
    pieces.B = 0;
  if (pieces.init <= NTK_FLOW_KNOWN * noise[NTK_FLOW_INIT])
    pieces.init = 0;
  return pieces;
}

NtkMeanFieldPieces
ntk_mean_field_flow_at (const NtkMeanFieldFlow *self, double n, double t)
{
  const Cubic row = cubic (log (n) / ROW_STEP, N_ROWS);

  return read_known (self, &row, log (t / FIRST_TIME) / COLUMN_STEP);
}

static inline double
error_of (const NtkMeanFieldPieces *pieces, double sigma2, double alpha2)
{
  return pieces->B + sigma2 * pieces->V + alpha2 * pieces->init;
}

/* Column of least error in one row. */
static int
find_column (const NtkMeanFieldFlow *self, int row, double sigma2, double alpha2,
             const NtkRidgeless *noise)
{
  double least = INFINITY;
  int best = FIRST_BEST;

  for (int column = FIRST_BEST; column <= LAST_BEST; column++)
    {
      const double *pieces = self->pieces[row][column];
      const double error = pieces[NTK_FLOW_B]
                           + sigma2 * ntk_ridgeless_noise (noise, pieces[NTK_FLOW_V])
                           + alpha2 * pieces[NTK_FLOW_INIT];

      if (error < least)
        {
          least = error;
          best = column;
        }
    }
  return best;
}

typedef struct
{
  const NtkMeanFieldFlow *self;
  const Cubic *row;
  double sigma2, alpha2;
  const NtkRidgeless *noise;
} Objective;

static double
objective (double x, gconstpointer data)
{
  const Objective *o = data;
  NtkMeanFieldPieces pieces = read_pieces (o->self, o->row, x);

  pieces.V = ntk_ridgeless_noise (o->noise, pieces.V);
  return error_of (&pieces, o->sigma2, o->alpha2);
}

/* The best time between the neighbours of a column. */
static double
refine (const Objective *o, int column)
{
  const double x = ntk_minimum (objective, o, column - 1, column, column + 1, 1e-3);

  return CLAMP (x, FIRST_BEST, LAST_BEST);
}

NtkMeanFieldPieces
ntk_mean_field_flow_best (const NtkMeanFieldFlow *self, double n, double sigma, double alpha,
                          const NtkRidgeless *noise, const NtkMeanFieldPieces *end)
{
  const double x = log (n) / ROW_STEP, sigma2 = sigma * sigma, alpha2 = alpha * alpha;
  const Cubic row = cubic (x, N_ROWS);
  const int low = CLAMP ((int) x, 0, N_ROWS - 2);
  const int before = find_column (self, low, sigma2, alpha2, noise);
  const int after = find_column (self, low + 1, sigma2, alpha2, noise);
  const Objective o = { self, &row, sigma2, alpha2, noise };
  NtkMeanFieldPieces pieces;
  double best = refine (&o, before);

  if (before != after)
    {
      const double other = refine (&o, after);

      best = objective (other, &o) < objective (best, &o) ? other : best;
    }
  /* What rounding leaves of an error that has decayed is no better than an end below it. */
  if (objective (best, &o) >= error_of (end, sigma2, alpha2))
    return *end;
  /* Later times than there are here would be better still. */
  if (best > LAST_BEST - 0.01 && objective (best, &o) < (1 - 1e-4) * objective (LAST_BEST - 1, &o))
    return (NtkMeanFieldPieces){ NAN, NAN, NAN, 0, NAN };
  pieces = read_known (self, &row, best);
  pieces.V = ntk_ridgeless_noise (noise, pieces.V);
  return pieces;
}
