#include "lab-exhibit.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-experiment.h"

extern const LabExperiment lab_double_descent, lab_look_work, lab_learning_curve;
double lab_spectrum_place_of (const LabAnswer *self, const LabAnswer *main, double index);
double lab_spectrum_index_at (const LabAnswer *self, const LabAnswer *main, double x);
extern const LabKey lab_kernel_keys[], lab_kernel_chief[];
extern const LabDefault lab_kernel_defaults[];
extern const LabLimit lab_kernel_limits[];
extern const LabView lab_kernel_views[];

static const LabKey double_descent_keys[] = {
  LAB_MODEL,    LAB_WIDTH,        LAB_DEPTH,      LAB_NOISE,      LAB_INIT_SCALE, LAB_KERNEL,
  LAB_LENGTH_SCALE, LAB_ACTIVATION, LAB_LEAK,     LAB_SIGMA_W2,   LAB_SIGMA_B2,   LAB_SIGMA_V2,
  LAB_DIM,      LAB_INPUTS,       LAB_SLOW_DIMS,  LAB_SLOW_SCALE, LAB_SLOW_POWER, LAB_FAST_POWER,
  LAB_N_TRAIN,  LAB_N_TEST,       LAB_TARGET,     LAB_TIME,       LAB_RIDGE,      LAB_CUTOFF,
  LAB_AXIS,     LAB_FROM,         LAB_TO,         LAB_POINTS,     LAB_CENTER,     LAB_ENSEMBLE,
  LAB_SEEDS,    LAB_SEED,         LAB_SHOW,       LAB_VIEW,       LAB_N_KEYS,
};

static const LabKey double_descent_chief[] = {
  LAB_MODEL, LAB_WIDTH, LAB_DEPTH, LAB_NOISE, LAB_INIT_SCALE, LAB_N_TRAIN, LAB_RIDGE, LAB_AXIS, LAB_N_KEYS,
};

static const LabDefault double_descent_defaults[] = { { LAB_N_KEYS, 0 } };

static const LabSeriesType double_descent_series[] = {
  { "test", N_("test error, median and 10–90 %"), TRUE },
  { "train", N_("training error"), TRUE },
  { "finite-d", N_("theory, finite <i>D</i>"), TRUE },
  { "asymptotic", N_("theory, <i>D</i> → ∞"), FALSE },
  { "limit", N_("infinite width"), TRUE },
  { "ensemble-limit", N_("infinite ensemble"), FALSE },
  { "tuned-ridge", N_("theory, best ridge"), FALSE },
  { "lower-bound", N_("lower bound of the noise"), FALSE },
  { "bias", N_("bias"), FALSE },
  { "sampling", N_("from sampling"), FALSE },
  { "weights", N_("from the weights drawn"), FALSE },
  { "initial-function", N_("from the initial function"), FALSE },
  { "noise", N_("from noise"), FALSE },
  { NULL },
};

static const LabKey learning_curve_keys[] = {
  LAB_WIDTH,      LAB_DEPTH,        LAB_NOISE,     LAB_INIT_SCALE, LAB_KERNEL,   LAB_LENGTH_SCALE,
  LAB_ACTIVATION, LAB_LEAK,         LAB_SIGMA_W2,  LAB_SIGMA_B2,   LAB_SIGMA_V2, LAB_DIM,
  LAB_N_TRAIN,    LAB_N_TEST,       LAB_TARGET,    LAB_STOP,       LAB_TIME,     LAB_RIDGE,
  LAB_CUTOFF,     LAB_FROM,         LAB_TO,        LAB_POINTS,     LAB_SLOPE_FROM, LAB_SLOPE_TO,
  LAB_REACH,      LAB_AVERAGE,      LAB_CENTER,    LAB_SEEDS,      LAB_SEED,     LAB_SHOW,
  LAB_VIEW,       LAB_N_KEYS,
};

static const LabKey learning_curve_chief[] = {
  LAB_WIDTH, LAB_DEPTH, LAB_NOISE, LAB_INIT_SCALE, LAB_KERNEL, LAB_DIM, LAB_STOP, LAB_N_KEYS,
};

/* stop = best, average = expected, center = mean. */
static const LabDefault learning_curve_defaults[] = {
  { LAB_WIDTH, INFINITY }, { LAB_NOISE, 0.3 },  { LAB_INIT_SCALE, 1 }, { LAB_SIGMA_B2, 2 },
  { LAB_DIM, 6 },          { LAB_STOP, 2 },     { LAB_FROM, 64 },      { LAB_TO, 1024 },
  { LAB_POINTS, 9 },       { LAB_AVERAGE, 1 },  { LAB_CENTER, 1 },
  { LAB_N_KEYS, 0 },
};

static const LabSeriesType learning_curve_series[] = {
  { "mirrored", N_("mirrored initialization"), TRUE },
  { "standard", N_("standard initialization"), TRUE },
  { "mean-field-mirrored", N_("mean field, mirrored"), TRUE },
  { "mean-field-standard", N_("mean field, standard"), TRUE },
  { "guide-mirrored", N_("exponent in the limit, mirrored"), TRUE },
  { "guide-standard", N_("exponent in the limit, standard"), TRUE },
  { NULL },
};

static const LabSeriesType fit_series[] = {
  { "fit", N_("fit"), TRUE },
  { "target", N_("target"), TRUE },
  { "initial", N_("at the start"), TRUE },
  { "points", N_("training points"), TRUE },
  { NULL },
};

static const LabSeriesType spectrum_series[] = {
  { "eigenvalues", N_("eigenvalues of the kernel matrix"), TRUE },
  { "cutoff", N_("cut-off: zero below"), TRUE },
  { "ridge", N_("<i>n</i>λ: damped below"), TRUE },
  { "time", N_("<i>n</i>/<i>t</i>: not learned yet below"), TRUE },
  { NULL },
};

static const LabView double_descent_views[] = {
  { "curve", N_("Curve"), FALSE, double_descent_series, &lab_double_descent },
  { "fit", N_("Fit"), TRUE, fit_series, &lab_look_work },
  { "spectrum", N_("Spectrum"), TRUE, spectrum_series, &lab_look_work, lab_spectrum_place_of,
    lab_spectrum_index_at },
  { NULL },
};

static const LabView learning_curve_views[] = {
  { "curve", N_("Curve"), FALSE, learning_curve_series, &lab_learning_curve },
  { NULL },
};

static const LabExhibit exhibits[] = {
  { .id = "double-descent",
    .title = N_("Double descent"),
    .summary = N_(
      "Test and training error against width: the peak where the model can just interpolate"),
    .keys = double_descent_keys,
    .chief = double_descent_chief,
    .defaults = double_descent_defaults,
    .views = double_descent_views,
    .axis = LAB_N_KEYS,
    .max_panels = 1 },
  { .id = "learning-curve",
    .title = N_("Generalization curves"),
    .summary = N_("Test error against the number of samples: what a random start costs"),
    .keys = learning_curve_keys,
    .chief = learning_curve_chief,
    .defaults = learning_curve_defaults,
    .views = learning_curve_views,
    .axis = LAB_N_TRAIN,
    .max_panels = LAB_MAX_PANELS },
  { .id = "kernel",
    .title = N_("Kernels"),
    .summary = N_("NTK and NNGP against the angle between two inputs, at each depth"),
    .keys = lab_kernel_keys,
    .chief = lab_kernel_chief,
    .defaults = lab_kernel_defaults,
    .views = lab_kernel_views,
    .limits = lab_kernel_limits,
    .axis = LAB_N_KEYS,
    .shows_kernel = TRUE,
    .max_panels = 1 },
};

static const char *const random_features_settings[] = {
  "model=random-features",
  "dim=20",
  "n-train=100",
  "from=5",
  "to=1600",
  "show=test,train,finite-d,limit,bias,sampling,weights,noise",
  NULL,
};

#define FEATURES "model=random-features", "dim=20", "n-train=100"

static const char *const ridge_settings[] = {
  FEATURES, "from=5", "to=1600", "ridge=0.0001", "seeds=60",
  "show=test,train,finite-d,tuned-ridge", NULL,
};
static const char *const no_peak_settings[] = {
  FEATURES, "from=5", "to=1600", "ridge=0.003", "seeds=60",
  "show=test,train,finite-d,tuned-ridge", NULL,
};
static const char *const ridge_axis_settings[] = {
  FEATURES,       "width=105", "axis=ridge",
  "from=1e-08",   "to=1",      "show=test,train,finite-d,bias,sampling,weights,noise",
  NULL,
};
static const char *const ensemble_settings[] = {
  FEATURES, "width=112", "axis=ensemble", "show=test,finite-d,ensemble-limit,limit,weights,noise",
  NULL,
};
static const char *const samples_settings[] = {
  "model=linear", "inputs=gaussian", "dim=100", "axis=n-train", "from=20", "to=400", "seeds=40",
  "show=test,train,finite-d,lower-bound", NULL,
};
static const char *const coordinates_settings[] = {
  "model=linear", "inputs=gaussian", "dim=400", "n-train=100", "noise=0.3",
  "from=5", "to=400", "show=test,train,finite-d", NULL,
};
static const char *const epochs_linear_settings[] = {
  "model=linear", "inputs=two-scale", "dim=110",      "slow-dims=10", "slow-scale=0.05",
  "slow-power=1", "fast-power=0.5",   "n-train=300",  "noise=1",      "axis=time",
  "from=1",       "to=1e+06",         "seeds=10",     NULL,
};
static const char *const epochs_kernel_settings[] = {
  "model=infinite", "kernel=nngp",    "activation=erf", "sigma-w2=1",   "inputs=two-scale",
  "dim=103",        "slow-dims=3",    "slow-scale=0.2", "slow-power=2", "fast-power=0.3",
  "n-train=300",    "noise=1",        "axis=time",      "from=1",       "to=1e+06",
  "seeds=10",       "show=test",   NULL,
};
static const char *const start_settings[] = {
  "init-scale=1", "noise=0", "show=test,train,limit,initial-function", NULL,
};

/* The inputs of the paper are normal vectors in d dimensions, scaled to the unit sphere and
 * extended by 1: D = d here, and biases as large as weights. */
#define PUBLISHED "target=published", "noise=0.2", "sigma-w2=2", "sigma-b2=2"

static const char *const published_d5_settings[] = { PUBLISHED, "dim=5", NULL };
static const char *const published_d10_settings[] = { PUBLISHED, "dim=10", NULL };
static const char *const two_dimensions_settings[] = { "dim=6,11", NULL };

static const char *const deep_kernel_settings[] = {
  "width=inf", "depth=10", "max-depth=10", "normalised=yes", NULL,
};
static const char *const finite_kernel_settings[] = { "width=16", "max-depth=1", "seeds=100", NULL };
static const char *const laplace_settings[] = { "kernel=laplace", "normalised=yes", NULL };

static const LabPreset presets[] = {
  { .id = "random-features-double-descent",
    .title = N_("Random features"),
    .summary = N_(
      "Only the readout is trained; theory at finite D tells what the peak is made of"),
    .exhibit = "double-descent",
    .settings = random_features_settings },
  { .id = "small-ridge",
    .title = N_("A small ridge"),
    .summary = N_("A ridge of 0.0001 leaves only a bump"),
    .exhibit = "double-descent",
    .settings = ridge_settings },
  { .id = "ridge-removes-peak",
    .title = N_("A ridge removes the peak"),
    .summary = N_("With a ridge of 0.003 wider is always better"),
    .exhibit = "double-descent",
    .settings = no_peak_settings },
  { .id = "ridge-at-peak",
    .title = N_("Ridge, at the peak"),
    .summary = N_("What the error at the peak is made of, against the ridge"),
    .exhibit = "double-descent",
    .settings = ridge_axis_settings },
  { .id = "ensemble-at-peak",
    .title = N_("Ensemble, at the peak"),
    .summary = N_("The mean of networks with weights of their own loses what the weights cost"),
    .exhibit = "double-descent",
    .settings = ensemble_settings },
  { .id = "samples-linear",
    .title = N_("More data hurts"),
    .summary = N_("Linear regression against the number of samples: the smallest model with a peak"),
    .exhibit = "double-descent",
    .settings = samples_settings },
  { .id = "coordinates-linear",
    .title = N_("More coordinates"),
    .summary = N_("Linear regression that sees some coordinates only: those left out act as noise"),
    .exhibit = "double-descent",
    .settings = coordinates_settings },
  { .id = "epoch-wise-linear",
    .title = N_("Training time, linear"),
    .summary = N_("Two groups of coordinates are learned one after the other: two descents in time"),
    .exhibit = "double-descent",
    .settings = epochs_linear_settings },
  { .id = "epoch-wise-kernel",
    .title = N_("Training time, kernel"),
    .summary = N_("The same of an infinitely wide network of which the readout is trained"),
    .exhibit = "double-descent",
    .settings = epochs_kernel_settings },
  { .id = "initial-function-error",
    .title = N_("What a random start leaves"),
    .summary = N_("The initial function is forgotten while the rank is below n, and never beyond"),
    .exhibit = "double-descent",
    .settings = start_settings },
  { .id = "published-d5",
    .title = N_("As published, d = 5"),
    .summary = N_("The setting of Chen, Li and Lin (NeurIPS 2024) in five dimensions"),
    .exhibit = "learning-curve",
    .settings = published_d5_settings },
  { .id = "published-d10",
    .title = N_("As published, d = 10"),
    .summary = N_("The setting of Chen, Li and Lin (NeurIPS 2024) in ten dimensions"),
    .exhibit = "learning-curve",
    .settings = published_d10_settings },
  { .id = "two-dimensions",
    .title = N_("Two dimensions side by side"),
    .summary = N_("The more dimensions, the more a random start costs"),
    .exhibit = "learning-curve",
    .settings = two_dimensions_settings },
  { .id = "deep-kernels",
    .title = N_("Deep networks"),
    .summary = N_("The deeper a network, the less its kernel tells directions apart"),
    .exhibit = "kernel",
    .settings = deep_kernel_settings },
  { .id = "finite-width-kernel",
    .title = N_("Sixteen units"),
    .summary = N_("The kernels of narrow networks scatter about the limit, by an amount that is known"),
    .exhibit = "kernel",
    .settings = finite_kernel_settings },
  { .id = "laplace-kernel",
    .title = N_("Laplace’s kernel"),
    .summary = N_("A kernel without a network, with a cusp as the NTK of ReLU has"),
    .exhibit = "kernel",
    .settings = laplace_settings },
};

const LabExhibit *
lab_exhibits (guint *n_exhibits)
{
  *n_exhibits = G_N_ELEMENTS (exhibits);
  return exhibits;
}

const LabExhibit *
lab_exhibit_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (exhibits); i++)
    if (strcmp (exhibits[i].id, id) == 0)
      return &exhibits[i];
  return NULL;
}

const LabPreset *
lab_presets (guint *n_presets)
{
  *n_presets = G_N_ELEMENTS (presets);
  return presets;
}

const LabPreset *
lab_preset_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    if (strcmp (presets[i].id, id) == 0)
      return &presets[i];
  return NULL;
}

static gboolean
has_key (const LabKey *keys, LabKey key)
{
  for (; *keys != LAB_N_KEYS; keys++)
    if (*keys == key)
      return TRUE;
  return FALSE;
}

gboolean
lab_exhibit_uses (const LabExhibit *self, LabKey key)
{
  return has_key (self->keys, key);
}

gboolean
lab_exhibit_is_chief (const LabExhibit *self, LabKey key)
{
  return has_key (self->chief, key);
}

const LabSeriesType *
lab_view_find_series (const LabView *self, const char *id)
{
  for (const LabSeriesType *type = self->series; type->id != NULL; type++)
    if (strcmp (type->id, id) == 0)
      return type;
  return NULL;
}

int
lab_exhibit_series (const LabExhibit *self, const char *id)
{
  const LabSeriesType *type = lab_view_find_series (self->views, id);

  return type != NULL ? (int) (type - self->views->series) : -1;
}

guint
lab_exhibit_n_choices (const LabExhibit *self, LabKey key)
{
  const LabParameter *p = lab_parameter (key);
  guint n = 0;

  if (p->type == LAB_TYPE_CHOICE)
    return g_strv_length ((char **) p->choices);
  g_return_val_if_fail (p->type == LAB_TYPE_VIEW, 0);
  while (self->views[n].id != NULL)
    n++;
  return n;
}

const char *
lab_exhibit_choice (const LabExhibit *self, LabKey key, guint i)
{
  if (i >= lab_exhibit_n_choices (self, key))
    return NULL;
  return lab_parameter (key)->type == LAB_TYPE_VIEW ? self->views[i].id : lab_parameter (key)->choices[i];
}

char *
lab_exhibit_list_choices (const LabExhibit *self, LabKey key)
{
  GString *out = g_string_new (NULL);
  const char *name;

  for (guint i = 0; (name = lab_exhibit_choice (self, key, i)) != NULL; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", name);
  return g_string_free (out, FALSE);
}
