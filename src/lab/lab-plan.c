#include "lab-plan.h"

#include <math.h>
#include <string.h>

#include "lab-experiment.h"

/* Distances from the threshold at which points are packed. */
static const double packing[] = { 0.8, 0.9, 0.95, 0.98, 1, 1.02, 1.05, 1.1, 1.25 };

void
lab_plan_free (LabPlan *self)
{
  g_free (self->x);
  g_free (self);
}

double
lab_expected_threshold (const LabSpec *spec)
{
  int n = lab_spec_integer (spec, LAB_N_TRAIN);
  int low = 1, high = lab_parameter (LAB_WIDTH)->maximum;
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  if (ntk_rank_bound (&arch, high) < n)
    return NAN;
  while (low < high)
    {
      int middle = (low + high) / 2;

      if (ntk_rank_bound (&arch, middle) < n)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
keep_distinct (GArray *x)
{
  guint kept = 0;
  double *data = (double *) x->data;

  qsort (data, x->len, sizeof *data, compare_doubles);
  for (guint i = 0; i < x->len; i++)
    if (kept == 0 || data[i] != data[kept - 1])
      data[kept++] = data[i];
  g_array_set_size (x, kept);
}

static void
add_if_inside (GArray *x, double value, double from, double to)
{
  value = round (value);
  if (value >= from && value <= to)
    g_array_append_val (x, value);
}

/* Log-spaced whole numbers, and some packed around the threshold. */
static void
set_grid (LabPlan *self, const LabSpec *spec, double from, double to, int points, gboolean pack)
{
  double threshold = pack ? lab_expected_threshold (spec) : NAN;
  GArray *x = g_array_new (FALSE, FALSE, sizeof (double));

  for (int i = 0; i < points; i++)
    add_if_inside (x, from * pow (to / from, i / (points - 1.0)), from, to);
  for (gsize i = 0; isfinite (threshold) && i < G_N_ELEMENTS (packing); i++)
    add_if_inside (x, threshold * packing[i], from, to);
  keep_distinct (x);

  self->n_x = x->len;
  self->x = (double *) g_array_free (x, FALSE);
}

int
lab_plan_most_x (const LabSpec *spec)
{
  return lab_spec_integer (spec, LAB_POINTS) + G_N_ELEMENTS (packing);
}

LabPlan *
lab_plan_new (const LabSpec *spec)
{
  LabPlan *self = g_new0 (LabPlan, 1);

  set_grid (self, spec, lab_spec_integer (spec, LAB_FROM), lab_spec_integer (spec, LAB_TO),
            lab_spec_integer (spec, LAB_POINTS), !lab_spec_is_set (spec, LAB_POINTS));
  self->n_seeds = lab_spec_integer (spec, LAB_SEEDS);
  self->n_test = lab_spec_integer (spec, LAB_N_TEST);
  return self;
}

LabPlan *
lab_plan_new_at (const LabSpec *spec, double x)
{
  LabPlan *self = g_new0 (LabPlan, 1);

  self->n_x = 1;
  self->x = g_memdup2 (&x, sizeof x);
  self->n_seeds = lab_spec_integer (spec, LAB_SEEDS);
  self->n_test = lab_spec_integer (spec, LAB_N_TEST);
  return self;
}

/* Previews from rich to poor; where even few points are dear, the widest, which cost the most,
 * are left to the full run. */
static const struct
{
  int points, seeds, n_test;
  double reach;
} previews[] = {
  { 24, 4, 500, 1 }, { 20, 2, 500, 1 }, { 18, 2, 300, 1 },  { 16, 2, 200, 1 },
  { 14, 1, 200, 1 }, { 10, 1, 150, 1 }, { 8, 1, 100, 1 },   { 6, 1, 100, 1 },
  { 5, 1, 64, 1 },   { 5, 1, 64, 0.5 }, { 5, 1, 64, 0.25 },
};

LabPlan *
lab_plan_new_preview (const LabSpec *spec, int threads, double budget)
{
  LabPlan *self = g_new0 (LabPlan, 1);
  double from = lab_spec_integer (spec, LAB_FROM), to = lab_spec_integer (spec, LAB_TO);

  self->preview = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (previews); i++)
    {
      g_clear_pointer (&self->x, g_free);
      set_grid (self, spec, from, MAX (from, to * previews[i].reach),
                MIN (previews[i].points, lab_spec_integer (spec, LAB_POINTS)), FALSE);
      self->n_seeds = MIN (previews[i].seeds, lab_spec_integer (spec, LAB_SEEDS));
      self->n_test = MIN (previews[i].n_test, lab_spec_integer (spec, LAB_N_TEST));
      if (lab_plan_cost (self, spec, threads) <= budget)
        break;
    }
  return self;
}

/* What a normal number and a dual activation cost, in operations at DGEMM's speed. */
#define NORMAL_COST 250
#define DUAL_COST 500

/* Assembly, and a Cholesky factor, a pivoted one where the rank is below n, or an
 * eigendecomposition where the matrix is nearly singular; in operations at DGEMM's speed. */
static double
fit_cost (const LabSpec *spec, double x, double threshold, double n)
{
  double cube = x >= threshold ? 1.2 : 3;

  if (lab_spec_real (spec, LAB_RIDGE) == 0 && fabs (log (x / threshold)) < 0.05)
    cube = 25;
  return cube * n * n * n + 20 * n * n;
}

/* Forming the network at one width. */
static double
network_cost (const NtkArchitecture *arch, double x, double n, double n_points)
{
  return NORMAL_COST * x * (arch->dim + (arch->depth - 1) * x)
         + ntk_sweep_flops (arch, x, n, n_points);
}

static double
unit_cost (const LabPlan *self, const LabSpec *spec, const LabUnit *unit)
{
  double n = lab_spec_integer (spec, LAB_N_TRAIN), n_points = n + self->n_test;
  double threshold = lab_expected_threshold (spec), cost = 0;
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  for (int i = unit->first; i < unit->first + unit->count; i++)
    {
      if (i == self->n_x)
        {
          cost += DUAL_COST * arch.depth * n * n_points + 3 * n * n * n + 4 * n * n * n_points;
          continue;
        }
      cost += fit_cost (spec, self->x[i], threshold, n)
              + ntk_predict_flops (&arch, self->x[i], n, n_points, 3);
      if (arch.depth > 1 || i == unit->first + unit->count - 1)
        cost += network_cost (&arch, self->x[i], n, n_points);
    }
  return cost;
}

double
lab_plan_cost (const LabPlan *self, const LabSpec *spec, int threads)
{
  g_autoptr (GArray) units = lab_spec_exhibit (spec)->experiment->units (spec, self);
  double sum = 0, largest = 0;

  for (guint i = 0; i < units->len; i++)
    {
      double cost = unit_cost (self, spec, &g_array_index (units, LabUnit, i));

      sum += cost;
      largest = MAX (largest, cost);
    }
  return MAX (largest, sum / threads);
}
