/* Kernels against the angle: in closed form at every depth, and of networks of finite width at one. A piece is
 * the kernel of one network at one angle. */

#include "lab-kernel-tables.h"

#include <math.h>
#include <string.h>

#include "lab-kernels.h"
#include "lab-plan-private.h"
#include "lab-result-private.h"
#include "lab-rounding.h"
#include "lab-spec-ntk.h"

#define CURVE_ANGLES 181 /* whole degrees of the closed forms */
#define NETWORK_STEP 3   /* degrees between two places of the networks */

/* A network that takes more operations than this does not fit in a preview. */
#define PREVIEW_MOST 1e8

/* What holds for all networks of the spec. */
typedef struct
{
  LabTheory base;
  double angle[CURVE_ANGLES];                      /* degrees */
  double kernel[CURVE_ANGLES * LAB_KERNEL_DEPTHS]; /* a column a depth */
  double constant[CURVE_ANGLES]; /* as of ntk_network_deviation(), of `depth`; NaN: unknown */
  double least, least_angle;
  int reach; /* greatest depth that there is a curve of */
} Profile;

static double
radians (double degrees)
{
  return degrees == 180 ? G_PI : degrees * G_PI / 180;
}

/* The greatest depth drawn. That of `depth` is always drawn. */
static int
deepest (const LabSpec *spec)
{
  return MAX (lab_spec_integer (spec, LAB_MAX_DEPTH), lab_spec_integer (spec, LAB_DEPTH));
}

static gboolean
is_drawn (const LabSpec *spec, int depth)
{
  return depth <= lab_spec_integer (spec, LAB_MAX_DEPTH) || depth == lab_spec_integer (spec, LAB_DEPTH);
}

static LabEffect
effect (const LabSpec *spec, LabKey key)
{
  switch ((int) key)
    {
    case LAB_N_TRAIN:
    case LAB_NORMALISED:
    case LAB_SHOW:
    case LAB_VIEW: return LAB_EFFECT_RECOMBINE;
    default: return LAB_EFFECT_COMPUTE;
    }
}

static gboolean
has_series (const LabSpec *spec, const char *id)
{
  const char *stem = lab_kernel_is_nngp (spec) ? "nngp-depth-" : "ntk-depth-";

  if (strcmp (id, "comparison") == 0)
    return lab_kernel_comparison (spec) != NULL;
  if (strcmp (id, "empirical") == 0 || strcmp (id, "deviation") == 0)
    return lab_kernel_has_networks (spec);
  return lab_kernel_comparison (spec) == NULL && g_str_has_prefix (id, stem)
         && is_drawn (spec, atoi (id + strlen (stem)));
}

/* The angles at which networks are measured. The closed forms have places of their own. */
static GArray *
grid (const LabSpec *spec, double from, double to, int points)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (double));

  for (double degrees = 0; degrees <= 180; degrees += NETWORK_STEP)
    g_array_append_val (array, degrees);
  return array;
}

/* Previews differ in the number of networks alone. */
static const LabPreview previews[] = {
  { 2, 1000, 1, 1 }, { 2, 20, 1, 1 }, { 2, 4, 1, 1 }, { 2, 1, 1, 1 }, { 0 },
};

static gsize
piece_size (const LabSpec *spec)
{
  return sizeof (double);
}

static int
n_pieces (const LabSpec *spec, const LabPlan *plan)
{
  return plan->n_x;
}

static double
memory (const LabSpec *spec)
{
  NtkArchitecture arch;

  if (!lab_kernel_has_networks (spec))
    return 0;
  lab_spec_architecture (spec, &arch);
  return ntk_network_profile_memory (&arch, lab_spec_integer (spec, LAB_WIDTH), 180 / NETWORK_STEP + 1);
}

static GArray *
units (const LabSpec *spec, const LabPlan *plan)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (LabUnit));

  for (int seed = 0; seed < plan->n_seeds; seed++)
    {
      LabUnit unit = { seed, 0, plan->n_x };

      g_array_append_val (array, unit);
    }
  return array;
}

static double
network_cost (const LabSpec *spec, const LabPlan *plan)
{
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  return ntk_network_profile_flops (&arch, lab_spec_integer (spec, LAB_WIDTH), plan->n_x);
}

static double
cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  return lab_kernel_has_networks (spec) ? network_cost (spec, plan) : 1;
}

/* Nothing where there is no network, or no time for it in a preview. */
static gboolean
run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, void *pieces,
     GCancellable *cancellable, GError **error)
{
  double *value = pieces;
  const gboolean nngp = lab_kernel_is_nngp (spec);
  g_autofree double *angle = g_new (double, plan->n_x);
  g_autoptr (NtkStreams) streams = NULL;
  NtkArchitecture arch;

  if (!lab_kernel_has_networks (spec) || (plan->preview && network_cost (spec, plan) > PREVIEW_MOST))
    {
      for (int i = 0; i < plan->n_x; i++)
        value[i] = NAN;
      return TRUE;
    }
  for (int i = 0; i < plan->n_x; i++)
    angle[i] = radians (plan->x[i]);
  lab_spec_architecture (spec, &arch);
  streams = ntk_streams_new (lab_spec_integer (spec, LAB_SEED), unit->seed);
  return ntk_network_profile (&arch, lab_spec_integer (spec, LAB_WIDTH), streams, angle, plan->n_x,
                              lab_is_cancelled, cancellable, nngp ? NULL : value, nngp ? value : NULL,
                              error);
}

static void
profile_free (LabTheory *theory)
{
  g_free (theory);
}

/* The curves of as many depths as are within reach, where that of `depth` is. */
static gboolean
fill_depths (Profile *self, const LabSpec *spec, const NtkArchitecture *arch, const double *angle,
             GError **error)
{
  const gboolean nngp = lab_kernel_is_nngp (spec);
  GError *cause = NULL;

  self->reach = deepest (spec);
  while (!ntk_profile (arch, angle, CURVE_ANGLES, self->reach, nngp ? NULL : self->kernel,
                       nngp ? self->kernel : NULL, &cause))
    {
      if (self->reach == arch->depth || !g_error_matches (cause, NTK_ERROR, NTK_ERROR_DOMAIN))
        {
          g_propagate_error (error, cause);
          return FALSE;
        }
      g_clear_error (&cause);
      self->reach--;
    }
  return TRUE;
}

static gboolean
fill_network (Profile *self, const LabSpec *spec, const double *angle, GError **error)
{
  const gboolean nngp = lab_kernel_is_nngp (spec);
  const int depth = lab_spec_integer (spec, LAB_DEPTH);
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  if (!fill_depths (self, spec, &arch, angle, error))
    return FALSE;
  if (self->kernel[(depth - 1) * CURVE_ANGLES] > 0)
    {
      if (!ntk_profile_least (&arch, nngp, &self->least_angle, &self->least, error))
        return FALSE;
      self->least_angle *= 180 / G_PI;
    }
  return !lab_kernel_has_networks (spec)
         || ntk_network_deviation (&arch, angle, CURVE_ANGLES, nngp ? NULL : self->constant,
                                   nngp ? self->constant : NULL, error);
}

static LabTheory *
theory (const LabSpec *spec, const LabPlan *plan, GError **error)
{
  const char *comparison = lab_kernel_comparison (spec);
  Profile *self = g_new0 (Profile, 1);
  double angle[CURVE_ANGLES];
  gboolean filled;

  self->base = (LabTheory){ 1, profile_free };
  self->least = self->least_angle = NAN;
  for (int i = 0; i < CURVE_ANGLES; i++)
    {
      self->angle[i] = i;
      self->constant[i] = NAN;
      angle[i] = radians (i);
    }
  filled = comparison != NULL
             ? ntk_radial_profile (comparison, lab_spec_real (spec, LAB_LENGTH_SCALE), angle,
                                   CURVE_ANGLES, self->kernel, error)
             : fill_network (self, spec, angle, error);
  if (!filled)
    g_clear_pointer (&self, g_free);
  return (LabTheory *) self;
}

static void
take_curve (LabAnswer *answer, const LabSpec *spec, const Profile *profile, const char *id, int depth)
{
  const double *kernel = profile->kernel + (depth - 1) * CURVE_ANGLES;
  const double unit = lab_kernel_unit (spec, kernel[0]);
  LabSeries *series = lab_series_new (answer, spec, id, CURVE_ANGLES, profile->angle, FALSE);

  for (int i = 0; i < CURVE_ANGLES; i++)
    series->y[i] = kernel[i] / unit;
}

/* The limit and the deviation of networks of the chosen depth from it. */
static void
take_deviation (LabAnswer *answer, const LabSpec *spec, const Profile *profile, const double *kernel)
{
  const double unit = lab_kernel_unit (spec, kernel[0]);
  const double scale = kernel[0] / unit / sqrt (lab_spec_integer (spec, LAB_WIDTH));
  LabSeries *series;
  int known = 0;

  while (known < CURVE_ANGLES && !isnan (profile->constant[known]))
    known++;
  if (known == 0)
    return;
  series = lab_series_new (answer, spec, "deviation", known, profile->angle, TRUE);
  g_clear_pointer (&series->count, g_free);
  for (int i = 0; i < known; i++)
    {
      series->y[i] = kernel[i] / unit;
      series->low[i] = series->y[i] - profile->constant[i] * scale;
      series->high[i] = series->y[i] + profile->constant[i] * scale;
    }
}

/* Root mean square of how far n values are from the limit, relative to it. */
static void
measure_deviation (LabKernelFacts *facts, const double *values, int n, double limit)
{
  double square = 0;

  for (int i = 0; i < n; i++)
    square += pow (values[i] / limit - 1, 2) / n;
  facts->networks = n;
  if (n >= 2 && limit > 0)
    facts->deviation = lab_round (sqrt (square), lab_rounding_difference (1));
}

static void
take_networks (LabAnswer *answer, const LabResult *result, const LabSpec *spec, double at_zero)
{
  const LabPlan *plan = result->plan;
  const double unit = lab_kernel_unit (spec, at_zero);
  const double *first = lab_result_piece (result, 0, 0);
  g_autofree double *values = g_new (double, result->seeds_done);
  LabSeries *series;

  if (isnan (*first))
    return;
  series = lab_series_new (answer, spec, "empirical", plan->n_x, plan->x, TRUE);
  for (int i = 0; i < plan->n_x; i++)
    {
      for (int seed = 0; seed < result->seeds_done; seed++)
        values[seed] = *(const double *) lab_result_piece (result, seed, i);
      if (i == 0)
        measure_deviation (answer->facts, values, result->seeds_done, at_zero);
      for (int seed = 0; seed < result->seeds_done; seed++)
        values[seed] /= unit;
      lab_series_fill (series, spec, i, values, result->seeds_done);
    }
}

/* The limit is known for rectifiers that keep the signal's size (docs/theory.md, section 2). */
static double
find_limit (const LabSpec *spec)
{
  NtkActivation activation;

  lab_spec_activation (spec, &activation);
  if (strcmp (lab_spec_choice_name (spec, LAB_ACTIVATION), "relu") != 0
      || lab_spec_real (spec, LAB_SIGMA_B2) != 0
      || lab_spec_real (spec, LAB_SIGMA_W2) != ntk_activation_default_sigma_w2 (&activation))
    return NAN;
  return lab_kernel_is_nngp (spec) ? 1 : 0.25;
}

static void
combine_network (LabAnswer *answer, const LabResult *result, const LabSpec *spec,
                 const Profile *profile)
{
  const char *kind = lab_kernel_is_nngp (spec) ? "nngp" : "ntk";
  const int marked = lab_spec_integer (spec, LAB_DEPTH);
  const double *kernel = profile->kernel + (marked - 1) * CURVE_ANGLES;
  LabKernelFacts *facts = answer->facts;

  if (profile->reach < deepest (spec))
    facts->out_of_reach = profile->reach + 1;
  for (int depth = 1; depth <= profile->reach; depth++)
    {
      g_autofree char *id = g_strdup_printf ("%s-depth-%d", kind, depth);

      if (is_drawn (spec, depth))
        take_curve (answer, spec, profile, id, depth);
    }
  facts->zero = kernel[0] == 0;
  facts->least = profile->least;
  facts->least_angle = profile->least_angle;
  facts->limit = find_limit (spec);
  facts->constant = profile->constant[0];
  if (!lab_kernel_has_networks (spec) || isnan (lab_kernel_unit (spec, kernel[0])))
    return;
  take_networks (answer, result, spec, kernel[0]);
  take_deviation (answer, spec, profile, kernel);
}

static LabAnswer *
combine (const LabResult *result, const LabSpec *spec)
{
  const Profile *profile = (const Profile *) result->theory;
  LabAnswer *answer = lab_answer_alloc (result, spec);

  lab_kernel_facts_new (answer, spec);
  if (!lab_kernel_has_networks (spec))
    answer->seeds = answer->seeds_done = 0;
  if (lab_kernel_comparison (spec) != NULL)
    take_curve (answer, spec, profile, "comparison", 1);
  else
    combine_network (answer, result, spec, profile);
  return answer;
}

const LabExperiment lab_kernel_profile = {
  .effect = effect,
  .smaller = "width or depth",
  .largest = LAB_WIDTH,
  .has_series = has_series,
  .grid = grid,
  .previews = previews,
  .piece_size = piece_size,
  .n_pieces = n_pieces,
  .memory = memory,
  .units = units,
  .cost = cost,
  .run = run,
  .theory = theory,
  .combine = combine,
};
