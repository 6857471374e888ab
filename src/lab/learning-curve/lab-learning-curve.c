/* Learning curves: the error of kernel regression against n, for a start at zero and a random
 * one (Chen, Li, Lin, NeurIPS 2024). The kernel is the limit of infinite width, that of a finite
 * network, or one to compare with. */

#include "lab-learning-curve.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lab-spec-ntk.h"
#include "lab-check-private.h"

/* Times of stop = best, log-spaced, besides infinity. */
#define N_TIMES 40
#define FIRST_TIME 1e-1
#define LAST_TIME 1e6

/* Ridges of stop = ridge, two a decade, unnormalised. */
#define N_RIDGES 13
#define FIRST_RIDGE 1e-3

/* No screen shows more places than this apart. */
#define MOST_PLACES 4096

gboolean
lab_learning_has_initial (const LabSpec *spec)
{
  return lab_spec_choice (spec, LAB_KERNEL) <= LAB_KERNEL_NNGP;
}

gboolean
lab_learning_is_every (const LabSpec *spec)
{
  guint stop = lab_spec_choice (spec, LAB_STOP);

  return lab_spec_is_infinite (spec) && !lab_spec_is_set (spec, LAB_POINTS)
         && (stop == LAB_STOP_RIDGE
             || (stop == LAB_STOP_END && lab_spec_real (spec, LAB_RIDGE) == 0));
}

int
lab_learning_n_stops (const LabSpec *spec)
{
  switch (lab_spec_choice (spec, LAB_STOP))
    {
    case LAB_STOP_BEST: return N_TIMES + 1;
    case LAB_STOP_RIDGE: return N_RIDGES;
    default: return 1;
    }
}

void
lab_learning_fill_stops (const LabSpec *spec, int n, NtkStop *stops)
{
  guint rule = lab_spec_choice (spec, LAB_STOP);
  double ridge = n * lab_spec_real (spec, LAB_RIDGE);

  for (int i = 0; i < lab_learning_n_stops (spec); i++)
    if (rule == LAB_STOP_RIDGE)
      stops[i] = (NtkStop){ INFINITY, FIRST_RIDGE * pow (10, 0.5 * i) };
    else if (rule == LAB_STOP_BEST && i < N_TIMES)
      stops[i] = (NtkStop){ FIRST_TIME * pow (LAST_TIME / FIRST_TIME, i / (N_TIMES - 1.0)), ridge };
    else
      stops[i] = (NtkStop){ rule == LAB_STOP_TIME ? lab_spec_real (spec, LAB_TIME) : INFINITY,
                            ridge };
}

/* Errors nearer to each other than this have come to rest. */
#define AT_REST 1.02

/* Whether the error still falls from one rule to the next, which learns more. Near `start`, where nothing is learned,
 * an error that falls seems to rest: there the part learned so far is what has to grow. */
static gboolean
still_falls (double start, double error, double next)
{
  return error > AT_REST * next || start - next > AT_REST * (start - error);
}

gboolean
lab_learning_is_edge (const LabSpec *spec, const double *errors)
{
  const int n = lab_learning_n_stops (spec);
  int best = 0;

  for (int k = 1; k < n; k++)
    if (errors[k] < errors[best])
      best = k;
  if (lab_spec_choice (spec, LAB_STOP) == LAB_STOP_RIDGE)
    return best == 0     ? still_falls (errors[n - 1], errors[1], errors[0])
           : best == n - 1 ? errors[n - 2] > AT_REST * errors[n - 1]
                           : FALSE;
  if (lab_spec_choice (spec, LAB_STOP) != LAB_STOP_BEST)
    return FALSE;
  if (best == 0)
    return errors[1] > AT_REST * errors[0];
  if (best == N_TIMES - 1)
    return still_falls (errors[0], errors[best - 1], errors[best]);
  /* Without noise longer is better, and the end the best. */
  return best == N_TIMES && lab_spec_real (spec, LAB_NOISE) > 0
         && still_falls (errors[0], errors[N_TIMES - 1], errors[N_TIMES]);
}

gboolean
lab_learning_draws_start (const LabSpec *spec)
{
  return lab_learning_has_initial (spec)
         && (!lab_spec_is_infinite (spec)
             || lab_spec_choice (spec, LAB_AVERAGE) == LAB_AVERAGE_DRAWN);
}

/* Kernels, what a decomposition needs beside them, and at finite width the network. */
static double
memory (const LabSpec *spec)
{
  double n = lab_spec_real (spec, LAB_TO), n_test = lab_spec_integer (spec, LAB_N_TEST);
  double all = n + n_test;
  gboolean drawn = lab_spec_choice (spec, LAB_AVERAGE) == LAB_AVERAGE_DRAWN;
  NtkArchitecture arch;
  double network = 0;

  lab_spec_architecture (spec, &arch);
  if (!lab_spec_is_infinite (spec))
    network = ntk_sweep_memory (&arch, lab_spec_integer (spec, LAB_WIDTH), all, all);
  return network
         + sizeof (double)
             * ((drawn ? 2 : 0) * all * all + 2 * n * all + 6 * n * n + 3 * n * n_test
                + all * arch.dim);
}

static gboolean
check (const LabSpec *spec, LabKey *blamed, GError **error)
{
  if (!lab_check_range (spec, blamed, error) || !lab_check_target (spec, blamed, error))
    return FALSE;
  if (lab_spec_integer (spec, LAB_SLOPE_FROM) > lab_spec_integer (spec, LAB_SLOPE_TO))
    {
      *blamed = LAB_SLOPE_TO;
      g_set_error (
        error, LAB_ERROR, LAB_ERROR_CONTRADICTION,
        _("the range of the slopes ends (fit-to = %d) before it begins (fit-from = %d)"),
        (int) lab_spec_integer (spec, LAB_SLOPE_TO), (int) lab_spec_integer (spec, LAB_SLOPE_FROM));
      return FALSE;
    }
  if (!lab_spec_is_infinite (spec) && lab_spec_choice (spec, LAB_KERNEL) != LAB_KERNEL_NTK)
    {
      *blamed = LAB_WIDTH;
      g_set_error (error, LAB_ERROR, LAB_ERROR_CONTRADICTION,
                   _("kernel = %s is a limit of infinite width: set width = inf, or kernel = ntk"),
                   lab_spec_choice_name (spec, LAB_KERNEL));
      return FALSE;
    }
  return TRUE;
}

static GArray *
grid (const LabSpec *spec, double from, double to, int points)
{
  if (points == 0)
    points = lab_learning_is_every (spec) ? MIN (MOST_PLACES, 2 * (to - from) + 2)
                                          : lab_spec_integer (spec, LAB_POINTS);
  if (lab_learning_is_every (spec) && to - from < MOST_PLACES)
    {
      GArray *x = g_array_new (FALSE, FALSE, sizeof (double));

      for (double n = from; n <= to; n++)
        g_array_append_val (x, n);
      return x;
    }
  return lab_grid_log (from, to, points, TRUE);
}

static const LabPreview previews[] = {
  { 9, 4, 500, 1 },      { 9, 2, 500, 1 },
  { 9, 2, 300, 0.5 },    { 9, 2, 300, 0.25 },
  { 7, 2, 200, 0.25 },   { 6, 1, 200, 0.25 },
  { 5, 1, 200, 0.125 },  { 5, 1, 100, 0.0625 },
  { 4, 1, 64, 0.03125 }, { 0 },
};

gsize
lab_learning_piece_size (const LabSpec *spec)
{
  return offsetof (LabLearningPiece, at) + lab_learning_n_stops (spec) * sizeof (LabLearningStop);
}

static int
n_pieces (const LabSpec *spec, const LabPlan *plan)
{
  return lab_spec_n_panels (spec) * plan->n_x;
}

/* At infinite width each n is work of its own, the dearest first; a finite network is formed once
 * for all n, and so is a factor that serves every n. */
static GArray *
units (const LabSpec *spec, const LabPlan *plan)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (LabUnit));
  gboolean whole = lab_learning_is_every (spec) || !lab_spec_is_infinite (spec);
  int n_panels = lab_spec_n_panels (spec);

  for (int seed = 0; seed < plan->n_seeds; seed++)
    for (int i = plan->n_x - 1; i >= (whole ? plan->n_x - 1 : 0); i--)
      for (int panel = 0; panel < n_panels; panel++)
        {
          LabUnit unit = { seed, panel * plan->n_x + (whole ? 0 : i), whole ? plan->n_x : 1 };

          g_array_append_val (array, unit);
        }
  return array;
}

/* Operations for one entry of a kernel and layer, and a full decomposition, at DGEMM's speed. */
#define DUAL_COST 300
#define EIGEN_COST 80
#define CHOLESKY_COST 12
#define EVERY_COST 40

static double
fit_cost (const LabSpec *spec, double n, double n_test)
{
  guint stop = lab_spec_choice (spec, LAB_STOP);
  double each = stop == LAB_STOP_END ? CHOLESKY_COST : EIGEN_COST;

  return each * n * n * n + 8 * n * n * n_test;
}

static double
cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  int first = unit->first % plan->n_x;
  double last = plan->x[first + unit->count - 1], n_points = last + plan->n_test;
  double sum = DUAL_COST * lab_spec_integer (spec, LAB_DEPTH) * last * n_points;
  NtkArchitecture arch;

  if (lab_learning_is_every (spec))
    return sum
           + lab_learning_n_stops (spec) * (EVERY_COST * last * last + 12 * last * plan->n_test)
               * last;
  lab_spec_architecture (spec, &arch);
  if (!lab_spec_is_infinite (spec))
    sum = ntk_sweep_flops (&arch, lab_spec_integer (spec, LAB_WIDTH), n_points, n_points);
  for (int i = first; i < first + unit->count; i++)
    sum += fit_cost (spec, plan->x[i], plan->n_test);
  return sum;
}

const LabExperiment lab_learning_curve = {
  .check = check,
  .smaller = "to or n-test",
  .largest = LAB_TO,
  .has_series = lab_learning_has_series,
  .grid = grid,
  .previews = previews,
  .piece_size = lab_learning_piece_size,
  .n_pieces = n_pieces,
  .memory = memory,
  .units = units,
  .cost = cost,
  .run = lab_learning_run,
  .theory = lab_learning_theory,
  .combine = lab_learning_combine,
  .read = lab_learning_read,
  .complete = lab_learning_complete,
};
