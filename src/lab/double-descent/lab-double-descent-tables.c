/* The row of the exhibit: keys, series, views and presets. */

#include "lab-double-descent.h"

#include <glib/gi18n-lib.h>

static const LabKey keys[] = {
  LAB_MODEL,    LAB_WIDTH,        LAB_DEPTH,      LAB_NOISE,      LAB_INIT_SCALE, LAB_KERNEL,
  LAB_LENGTH_SCALE, LAB_ACTIVATION, LAB_LEAK,     LAB_SIGMA_W2,   LAB_SIGMA_B2,   LAB_SIGMA_V2,
  LAB_DIM,      LAB_INPUTS,       LAB_SLOW_DIMS,  LAB_SLOW_SCALE, LAB_SLOW_POWER, LAB_FAST_POWER,
  LAB_N_TRAIN,  LAB_N_TEST,       LAB_TARGET,     LAB_TIME,       LAB_RIDGE,      LAB_CUTOFF,
  LAB_AXIS,     LAB_FROM,         LAB_TO,         LAB_POINTS,     LAB_CENTER,     LAB_ENSEMBLE,
  LAB_SEEDS,    LAB_SEED,         LAB_SHOW,       LAB_VIEW,       LAB_N_KEYS,
};

static const LabKey chief[] = {
  LAB_MODEL, LAB_WIDTH, LAB_DEPTH, LAB_NOISE, LAB_INIT_SCALE, LAB_N_TRAIN, LAB_RIDGE, LAB_AXIS, LAB_N_KEYS,
};

static const LabSeriesType curve_series[] = {
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

/* One model is looked at, and what is averaged over models, seeds and test points is left to the
 * curve; of an ensemble is said whose model it is. */
static const LabKey look_unused[] = {
  LAB_N_TEST, LAB_FROM,  LAB_TO,   LAB_POINTS, LAB_CENTER,
  LAB_SEEDS,  LAB_SHOW,  LAB_N_KEYS,
};

static const LabView views[] = {
  { "curve", N_("Curve"), FALSE, curve_series, &lab_double_descent },
  { "fit", N_("Fit"), TRUE, fit_series, &lab_look_work, .unused = look_unused },
  { "spectrum", N_("Spectrum"), TRUE, spectrum_series, &lab_look_work, lab_spectrum_place_of,
    lab_spectrum_index_at, .unused = look_unused },
  { NULL },
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

static const LabPreset presets[] = {
  { .id = "random-features-double-descent",
    .title = N_("Random features"),
    .summary = N_(
      "Only the readout is trained; theory at finite D tells what the peak is made of"),
    .settings = random_features_settings },
  { .id = "small-ridge",
    .title = N_("A small ridge"),
    .summary = N_("A ridge of 0.0001 leaves only a bump"),
    .settings = ridge_settings },
  { .id = "ridge-removes-peak",
    .title = N_("A ridge removes the peak"),
    .summary = N_("With a ridge of 0.003 wider is always better"),
    .settings = no_peak_settings },
  { .id = "ridge-at-peak",
    .title = N_("Ridge, at the peak"),
    .summary = N_("What the error at the peak is made of, against the ridge"),
    .settings = ridge_axis_settings },
  { .id = "ensemble-at-peak",
    .title = N_("Ensemble, at the peak"),
    .summary = N_("The mean of networks with weights of their own loses what the weights cost"),
    .settings = ensemble_settings },
  { .id = "samples-linear",
    .title = N_("More data hurts"),
    .summary = N_("Linear regression against the number of samples: the smallest model with a peak"),
    .settings = samples_settings },
  { .id = "coordinates-linear",
    .title = N_("More coordinates"),
    .summary = N_("Linear regression that sees some coordinates only: those left out act as noise"),
    .settings = coordinates_settings },
  { .id = "epoch-wise-linear",
    .title = N_("Training time, linear"),
    .summary = N_("Two groups of coordinates are learned one after the other: two descents in time"),
    .settings = epochs_linear_settings },
  { .id = "epoch-wise-kernel",
    .title = N_("Training time, kernel"),
    .summary = N_("The same of an infinitely wide network of which the readout is trained"),
    .settings = epochs_kernel_settings },
  { .id = "initial-function-error",
    .title = N_("What a random start leaves"),
    .summary = N_("The initial function is forgotten while the rank is below n, and never beyond"),
    .settings = start_settings },
  { NULL },
};

const LabExhibit lab_exhibit_double_descent = {
  .id = "double-descent",
  .title = N_("Double descent"),
  .summary = N_(
    "Test and training error against width: the peak where the model can just interpolate"),
  .keys = keys,
  .chief = chief,
  .views = views,
  .max_panels = 1,
  .axes = lab_descent_axes,
  .axis = LAB_N_KEYS,
  .rules = lab_descent_rules,
  .presets = presets,
};
