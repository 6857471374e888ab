/* Double descent: what is computed along any axis, and what it costs. */

#include "lab-double-descent.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-spectra.h"
#include "lab-spec-ntk.h"
#include "lab-check-private.h"

/* Distances from the threshold at which points are packed. */
static const double packing[] = { 0.8, 0.9, 0.95, 0.98, 1, 1.02, 1.05, 1.1, 1.25 };

int
lab_descent_members (const LabSpec *spec)
{
  if (!lab_spec_is_ensemble (spec))
    return 1;
  return lab_spec_axis (spec) == LAB_ENSEMBLE ? LAB_AXIS_MEMBERS : LAB_MEMBERS;
}

int
lab_descent_width (const LabSpec *spec, double x)
{
  return lab_spec_axis (spec) == LAB_WIDTH ? x : lab_spec_integer (spec, LAB_WIDTH);
}

int
lab_descent_samples (const LabSpec *spec, double x)
{
  return lab_spec_axis (spec) == LAB_N_TRAIN ? x : lab_spec_integer (spec, LAB_N_TRAIN);
}

double
lab_descent_width_at (const LabSpec *spec, double x)
{
  return lab_spec_axis (spec) == LAB_WIDTH ? x : lab_spec_integer (spec, LAB_WIDTH);
}

double
lab_descent_samples_at (const LabSpec *spec, double x)
{
  return lab_spec_axis (spec) == LAB_N_TRAIN ? x : lab_spec_integer (spec, LAB_N_TRAIN);
}

double
lab_descent_ridge_at (const LabSpec *spec, double x)
{
  return lab_descent_samples_at (spec, x)
         * (lab_spec_axis (spec) == LAB_RIDGE ? x : lab_spec_real (spec, LAB_RIDGE));
}

NtkStop
lab_descent_stop (const LabSpec *spec, double x)
{
  LabKey axis = lab_spec_axis (spec);
  double ridge = axis == LAB_RIDGE ? x : lab_spec_real (spec, LAB_RIDGE);

  return (NtkStop){ axis == LAB_TIME ? x : lab_spec_real (spec, LAB_TIME),
                    lab_descent_samples (spec, x) * ridge };
}

gboolean
lab_descent_is_filter (const LabSpec *spec)
{
  LabKey axis = lab_spec_axis (spec);

  return axis == LAB_TIME || axis == LAB_RIDGE;
}

/* The features of weights on the sphere have a limit in closed form on the sphere, or where the length
 * of weights is a factor. */
gboolean
lab_descent_has_limit (const LabSpec *spec)
{
  const LabModelType *model = lab_spec_model (spec);
  NtkActivation activation;

  if (!model->weights_on_sphere)
    return model->has_limit;
  lab_spec_activation (spec, &activation);
  return lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_SPHERE
         || (activation.type->homogeneous && lab_spec_real (spec, LAB_SIGMA_B2) == 0);
}

int
lab_descent_model_pieces (const LabSpec *spec, const LabPlan *plan)
{
  return lab_spec_axis (spec) == LAB_ENSEMBLE ? 1 : plan->n_x;
}

static gboolean
wants_limit (const LabSpec *spec, const LabPlan *plan)
{
  return lab_descent_has_limit (spec) && (!plan->shown_only || lab_spec_shows (spec, "limit"));
}

int
lab_descent_limit_pieces (const LabSpec *spec, const LabPlan *plan)
{
  LabKey axis = lab_spec_axis (spec);

  if (!wants_limit (spec, plan))
    return 0;
  return axis == LAB_WIDTH || axis == LAB_ENSEMBLE ? 1 : plan->n_x;
}

int
lab_descent_model_kernels (const LabSpec *spec, const LabPlan *plan)
{
  LabKey axis = lab_spec_axis (spec);

  return axis == LAB_WIDTH || axis == LAB_N_TRAIN ? plan->n_x : 1;
}

int
lab_descent_limit_kernels (const LabSpec *spec, const LabPlan *plan)
{
  if (!wants_limit (spec, plan))
    return 0;
  return lab_spec_axis (spec) == LAB_N_TRAIN ? plan->n_x : 1;
}

static double
largest (const LabSpec *spec, LabKey key)
{
  return lab_spec_axis (spec) == key ? lab_spec_real (spec, LAB_TO) : lab_spec_integer (spec, key);
}

static double
memory (const LabSpec *spec)
{
  double n = largest (spec, LAB_N_TRAIN), n_points = n + lab_spec_integer (spec, LAB_N_TEST);
  double points = lab_spec_integer (spec, LAB_POINTS) + G_N_ELEMENTS (packing);
  gboolean widths = lab_spec_axis (spec) == LAB_WIDTH || lab_spec_axis (spec) == LAB_ENSEMBLE;
  NtkArchitecture arch;
  double sweep = 0, limit, modes = 0;

  lab_spec_architecture (spec, &arch);
  if (!lab_spec_is_infinite (spec))
    sweep = ntk_sweep_memory (&arch, largest (spec, LAB_WIDTH), widths ? n : n_points, n_points)
            + sizeof (double) * (widths ? 0 : n_points * n);
  /* Two kernels, and as many numbers three times to average over starts. */
  limit = sizeof (double) * 5 * n * n_points;
  if (lab_descent_is_filter (spec) || lab_spec_is_infinite (spec)
      || isfinite (lab_spec_real (spec, LAB_TIME)))
    modes = ntk_modes_memory (n, n_points - n);
  return MAX (sweep, limit) + modes
         + sizeof (double) * (4 * n_points * points + n_points * arch.dim);
}

static gboolean
check_axis (const LabSpec *spec, LabKey *blamed, GError **error)
{
  LabKey axis = lab_spec_axis (spec);

  *blamed = LAB_AXIS;
  if (axis == LAB_WIDTH && lab_spec_is_infinite (spec))
    {
      g_set_error_literal (error, LAB_ERROR, LAB_ERROR_CONTRADICTION,
                           _("what is infinitely wide has no width to sweep: choose another axis, or "
                              "model = linearised"));
      return FALSE;
    }
  if (axis == LAB_ENSEMBLE && !lab_spec_matters (spec, LAB_ENSEMBLE))
    {
      g_set_error_literal (error, LAB_ERROR, LAB_ERROR_CONTRADICTION,
                           _("an ensemble averages over random weights: choose another axis, or "
                              "model = random-features or linearised"));
      return FALSE;
    }
  return lab_check_range (spec, blamed, error);
}

gboolean
lab_descent_check (const LabSpec *spec, LabKey *blamed, GError **error)
{
  return check_axis (spec, blamed, error) && lab_check_target (spec, blamed, error);
}

static double
expected_width (const LabSpec *spec, const NtkArchitecture *arch)
{
  int n = lab_spec_integer (spec, LAB_N_TRAIN);
  int low = 1, high = lab_parameter (LAB_WIDTH)->maximum;

  if (ntk_rank_bound (arch, high) < n)
    return NAN;
  while (low < high)
    {
      int middle = (low + high) / 2;

      if (ntk_rank_bound (arch, middle) < n)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

double
lab_expected_threshold (const LabSpec *spec)
{
  LabKey axis = lab_spec_axis (spec);
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  if (axis == LAB_WIDTH)
    return expected_width (spec, &arch);
  if (axis == LAB_N_TRAIN && !lab_spec_is_infinite (spec))
    return ntk_rank_bound (&arch, lab_spec_integer (spec, LAB_WIDTH));
  return NAN;
}

/* Some more points are packed around the threshold, unless their number is given. */
static GArray *
grid (const LabSpec *spec, double from, double to, int points)
{
  gboolean pack = points == 0 && !lab_spec_is_set (spec, LAB_POINTS);
  double threshold = pack ? lab_expected_threshold (spec) : NAN;
  GArray *x = lab_grid_log (from, to, points > 0 ? points : lab_spec_integer (spec, LAB_POINTS),
                            !lab_descent_is_filter (spec));

  for (gsize i = 0; isfinite (threshold) && i < G_N_ELEMENTS (packing); i++)
    {
      double value = round (threshold * packing[i]);

      if (value >= from && value <= to)
        g_array_append_val (x, value);
    }
  lab_grid_sort (x);
  return x;
}

/* Previews from rich to poor; where even few points are dear, the widest, which cost the most,
 * are left to the full run. */
static const LabPreview previews[] = {
  { 24, 4, 500, 1 }, { 20, 2, 500, 1 }, { 18, 2, 300, 1 },  { 16, 2, 200, 1 },
  { 14, 1, 200, 1 }, { 10, 1, 150, 1 }, { 8, 1, 100, 1 },   { 6, 1, 100, 1 },
  { 5, 1, 64, 1 },   { 5, 1, 64, 0.5 }, { 5, 1, 64, 0.25 }, { 0 },
};

static gsize
piece_size (const LabSpec *spec)
{
  return sizeof (LabPiece);
}

static int
n_pieces (const LabSpec *spec, const LabPlan *plan)
{
  return lab_descent_model_pieces (spec, plan) + lab_descent_limit_pieces (spec, plan);
}

/* Neurons are nested in one hidden layer: a seed's widths together cost what the largest costs.
 * Deeper networks are formed anew at each width, the dearest first. */
static GArray *
units (const LabSpec *spec, const LabPlan *plan)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (LabUnit));
  int n_model = lab_descent_model_pieces (spec, plan),
      n_limit = lab_descent_limit_pieces (spec, plan);
  gboolean apart = lab_spec_axis (spec) == LAB_WIDTH && lab_spec_matters (spec, LAB_DEPTH)
                   && lab_spec_integer (spec, LAB_DEPTH) > 1;

  for (int seed = 0; seed < plan->n_seeds; seed++)
    {
      LabUnit limit = { seed, n_model, n_limit }, all = { seed, 0, n_model };

      if (!apart)
        g_array_append_val (array, all);
      for (int i = n_model - 1; apart && i >= 0; i--)
        {
          LabUnit piece = { seed, i, 1 };

          g_array_append_val (array, piece);
        }
      if (n_limit > 0)
        g_array_append_val (array, limit);
    }
  return array;
}

/* What a normal number and a dual activation cost, in operations at DGEMM's speed. */
#define NORMAL_COST 250
#define DUAL_COST 500
/* An eigendecomposition, with the products that leave the errors of any ridge and time. */
#define EIGEN_COST 40

/* Assembly, and a Cholesky factor, a pivoted one where the rank is below n, or an
 * eigendecomposition where the matrix is nearly singular; in operations at DGEMM's speed. */
static double
fit_cost (const LabSpec *spec, double x, double threshold, double n)
{
  NtkStop stop = lab_descent_stop (spec, x);
  double cube = isnan (threshold) || x >= threshold ? 1.2 : 3;

  if (isfinite (stop.time) || lab_descent_is_filter (spec))
    cube = EIGEN_COST;
  else if (stop.ridge == 0 && fabs (log (x / threshold)) < 0.05)
    cube = 25;
  return cube * n * n * n + 20 * n * n;
}

/* Kernels that are there already cost what it takes to read them. */
static double
kept_cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  double sum = 0;

  for (int i = 0; i < unit->count; i++)
    {
      double n = lab_descent_samples (spec, plan->x[(unit->first + i) % plan->n_x]);

      sum += 20 * n * n;
    }
  return sum;
}

/* Of all members. */
static double
model_cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  int last = unit->first + unit->count - 1;
  double n_max = lab_descent_samples (spec, plan->x[plan->n_x - 1]), n_points = n_max + plan->n_test;
  double threshold = lab_expected_threshold (spec), sum = 0;
  int kernels = lab_descent_is_filter (spec) ? 1 : unit->count;
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  for (int i = unit->first; i < unit->first + kernels; i++)
    {
      double width = lab_descent_width (spec, plan->x[i]);

      sum += fit_cost (spec, plan->x[i], threshold, lab_descent_samples (spec, plan->x[i]));
      if (lab_spec_is_infinite (spec))
        continue;
      sum += ntk_predict_flops (&arch, width, n_max, n_points, 3);
      if (arch.depth > 1 ? lab_spec_axis (spec) == LAB_WIDTH || i == unit->first
                         : i == unit->first + kernels - 1)
        sum += NORMAL_COST * width * (arch.dim + (arch.depth - 1) * width)
               + ntk_sweep_flops (&arch, width, n_max, n_points);
    }
  if (lab_spec_is_infinite (spec))
    sum += DUAL_COST * arch.depth * n_max * n_points;
  if (lab_descent_is_filter (spec))
    sum += 6 * n_max * n_max * (last + 1);
  return sum * lab_descent_members (spec);
}

static double
limit_cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  double n_max = lab_descent_samples (spec, plan->x[plan->n_x - 1]), n_points = n_max + plan->n_test;
  double sum = DUAL_COST * lab_spec_integer (spec, LAB_DEPTH) * n_max * n_points;
  int kernels = lab_descent_limit_kernels (spec, plan);

  for (int i = 0; i < kernels; i++)
    {
      double n = lab_descent_samples (spec, plan->x[i]);

      sum += fit_cost (spec, plan->x[i], NAN, n) + 3 * n * n * n + 4 * n * n * plan->n_test;
    }
  return sum;
}

static double
cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  if (plan->spectra != NULL && lab_spectra_are_complete (plan->spectra))
    return kept_cost (spec, plan, unit);
  return unit->first >= lab_descent_model_pieces (spec, plan) ? limit_cost (spec, plan, unit)
                                                              : model_cost (spec, plan, unit);
}

static int
spectra (const LabSpec *spec, const LabPlan *plan, double *bytes)
{
  int n_model = lab_descent_model_kernels (spec, plan),
      n_limit = lab_descent_limit_kernels (spec, plan);
  NtkArchitecture arch;

  *bytes = 0;
  if (lab_spec_is_ensemble (spec))
    return 0;
  lab_spec_architecture (spec, &arch);
  for (int i = 0; i < n_model + n_limit; i++)
    {
      double x = plan->x[i % n_model], n = lab_descent_samples (spec, x), rank = n;

      if (i < n_model && !lab_spec_is_infinite (spec))
        rank = MIN (n, ntk_rank_bound (&arch, lab_descent_width (spec, x)));
      /* Law of f_0 beside a triangular factor; and vectors. */
      *bytes += plan->n_seeds * sizeof (double) * (rank * rank / (i < n_model ? 2 : 1) + 12 * n);
    }
  return n_model + n_limit;
}

const LabExperiment lab_double_descent = {
  .check = lab_descent_check,
  .smaller = "n-train, n-test or to",
  .largest = LAB_N_TRAIN,
  .has_series = lab_descent_has_series,
  .grid = grid,
  .previews = previews,
  .piece_size = piece_size,
  .n_pieces = n_pieces,
  .memory = memory,
  .units = units,
  .cost = cost,
  .run = lab_descent_run,
  .spectra = spectra,
  .theory = lab_descent_theory,
  .combine = lab_double_descent_combine,
  .read = lab_double_descent_read,
};
