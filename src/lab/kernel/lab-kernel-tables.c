/* The row of the exhibit `kernel`: keys, defaults, limits, series, views and presets. */

#include "lab-kernel-tables.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const LabKey keys[] = {
  LAB_WIDTH,    LAB_DEPTH,    LAB_KERNEL,   LAB_LENGTH_SCALE, LAB_ACTIVATION, LAB_LEAK,
  LAB_SIGMA_W2, LAB_SIGMA_B2, LAB_SIGMA_V2, LAB_MAX_DEPTH,    LAB_NORMALISED, LAB_DIM,
  LAB_N_TRAIN,  LAB_SEEDS,    LAB_SEED,     LAB_SHOW,         LAB_VIEW,       LAB_N_KEYS,
};

static const LabKey chief[] = {
  LAB_WIDTH, LAB_DEPTH, LAB_KERNEL, LAB_ACTIVATION, LAB_SIGMA_W2, LAB_SIGMA_B2, LAB_N_KEYS,
};

/* The center is the mean, since theory speaks of the mean. */
static const LabDefault defaults[] = {
  { LAB_WIDTH, 64 }, { LAB_N_TRAIN, 100 }, { LAB_CENTER, LAB_CENTER_MEAN }, { LAB_N_KEYS, 0 },
};

/* In one dimension there are two directions only, and cells of a larger matrix would be too small to see. */
static const LabLimit limits[] = {
  { LAB_DIM, 2, 1000 }, { LAB_N_TRAIN, 2, 400 }, { LAB_N_KEYS, 0, 0 },
};

static const LabSeriesType profile_series[] = {
  { "ntk-depth-1", "NTK, <i>L</i> = 1", TRUE },
  { "ntk-depth-2", "NTK, <i>L</i> = 2", TRUE },
  { "ntk-depth-3", "NTK, <i>L</i> = 3", TRUE },
  { "ntk-depth-4", "NTK, <i>L</i> = 4", TRUE },
  { "ntk-depth-5", "NTK, <i>L</i> = 5", TRUE },
  { "ntk-depth-6", "NTK, <i>L</i> = 6", TRUE },
  { "ntk-depth-7", "NTK, <i>L</i> = 7", TRUE },
  { "ntk-depth-8", "NTK, <i>L</i> = 8", TRUE },
  { "ntk-depth-9", "NTK, <i>L</i> = 9", TRUE },
  { "ntk-depth-10", "NTK, <i>L</i> = 10", TRUE },
  { "nngp-depth-1", "NNGP, <i>L</i> = 1", TRUE },
  { "nngp-depth-2", "NNGP, <i>L</i> = 2", TRUE },
  { "nngp-depth-3", "NNGP, <i>L</i> = 3", TRUE },
  { "nngp-depth-4", "NNGP, <i>L</i> = 4", TRUE },
  { "nngp-depth-5", "NNGP, <i>L</i> = 5", TRUE },
  { "nngp-depth-6", "NNGP, <i>L</i> = 6", TRUE },
  { "nngp-depth-7", "NNGP, <i>L</i> = 7", TRUE },
  { "nngp-depth-8", "NNGP, <i>L</i> = 8", TRUE },
  { "nngp-depth-9", "NNGP, <i>L</i> = 9", TRUE },
  { "nngp-depth-10", "NNGP, <i>L</i> = 10", TRUE },
  { "comparison", N_("kernel to compare with"), TRUE },
  { "empirical", N_("networks of finite width, mean and 10–90 %"), TRUE },
  { "deviation", N_("± standard deviation"), TRUE },
  { NULL },
};

static const LabSeriesType matrix_fields[] = {
  { "finite", N_("finite width"), TRUE },
  { "infinite", N_("infinite width"), TRUE },
  { "comparison", N_("kernel to compare with"), TRUE },
  { NULL },
};

/* The profile has no training points, and of infinite width nothing in it is random. The matrix has one
 * network. */
static const LabKey profile_unused[] = { LAB_N_TRAIN, LAB_N_KEYS };
static const LabKey profile_unused_without_seeds[] = { LAB_DIM, LAB_SEED, LAB_N_KEYS };
static const LabKey matrix_unused[] = { LAB_MAX_DEPTH, LAB_SEEDS, LAB_SHOW, LAB_N_KEYS };

static const LabView views[] = {
  { "profile", N_("Profile"), FALSE, profile_series, &lab_kernel_profile, .unused = profile_unused,
    .unused_without_seeds = profile_unused_without_seeds },
  { "matrix", N_("Matrix"), FALSE, matrix_fields, &lab_kernel_matrix, .unused = matrix_unused },
  { NULL },
};

static const char *const deep_kernel_settings[] = {
  "width=inf", "depth=10", "max-depth=10", "normalised=yes", NULL,
};
static const char *const finite_kernel_settings[] = { "width=16", "max-depth=1", "seeds=100", NULL };
static const char *const laplace_settings[] = { "kernel=laplace", "normalised=yes", NULL };

static const LabPreset presets[] = {
  { .id = "deep-kernels",
    .title = N_("Deep networks"),
    .summary = N_("The deeper a network, the less its kernel tells directions apart"),
    .settings = deep_kernel_settings },
  { .id = "finite-width-kernel",
    .title = N_("Sixteen units"),
    .summary = N_("The kernels of narrow networks scatter about the limit, by an amount that is known"),
    .settings = finite_kernel_settings },
  { .id = "laplace-kernel",
    .title = N_("Laplace’s kernel"),
    .summary = N_("A kernel without a network, with a cusp as the NTK of ReLU has"),
    .settings = laplace_settings },
  { NULL },
};

const LabExhibit lab_exhibit_kernel = {
  .id = "kernel",
  .title = N_("Kernels"),
  .summary = N_("NTK and NNGP against the angle between two inputs, at each depth"),
  .keys = keys,
  .chief = chief,
  .defaults = defaults,
  .views = views,
  .limits = limits,
  .axis = LAB_N_KEYS,
  .shows_kernel = TRUE,
  .max_panels = 1,
  .presets = presets,
};

const char *
lab_kernel_comparison (const LabSpec *spec)
{
  return lab_spec_choice (spec, LAB_KERNEL) > LAB_KERNEL_NNGP ? lab_spec_choice_name (spec, LAB_KERNEL)
                                                             : NULL;
}

gboolean
lab_kernel_is_nngp (const LabSpec *spec)
{
  return lab_spec_choice (spec, LAB_KERNEL) == LAB_KERNEL_NNGP;
}

gboolean
lab_kernel_has_networks (const LabSpec *spec)
{
  return lab_kernel_comparison (spec) == NULL && !lab_spec_is_infinite (spec);
}

gboolean
lab_kernel_deviation_is_exact (const LabSpec *spec)
{
  return lab_spec_integer (spec, LAB_DEPTH) == 1;
}

double
lab_kernel_unit (const LabSpec *spec, double at_zero)
{
  if (lab_spec_choice (spec, LAB_NORMALISED) == 0)
    return 1;
  return at_zero > 0 ? at_zero : NAN;
}

const LabFactsType lab_kernel_facts_type = { sizeof (LabKernelFacts) };

const LabKernelFacts *
lab_kernel_facts (const LabAnswer *answer)
{
  return answer->facts_type == &lab_kernel_facts_type ? answer->facts : NULL;
}

LabKernelFacts *
lab_kernel_facts_new (LabAnswer *answer, const LabSpec *spec)
{
  LabKernelFacts *self = lab_answer_add_facts (answer, &lab_kernel_facts_type);

  self->comparison = lab_kernel_comparison (spec) != NULL;
  self->least = self->least_angle = self->most = self->limit = NAN;
  self->constant = self->deviation = NAN;
  return self;
}
