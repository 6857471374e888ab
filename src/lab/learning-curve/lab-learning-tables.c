/* The row of the exhibit: keys, defaults, series, views and presets. */

#include "lab-learning-curve.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const LabKey keys[] = {
  LAB_WIDTH,      LAB_DEPTH,        LAB_NOISE,     LAB_INIT_SCALE, LAB_KERNEL,   LAB_LENGTH_SCALE,
  LAB_ACTIVATION, LAB_LEAK,         LAB_SIGMA_W2,  LAB_SIGMA_B2,   LAB_SIGMA_V2, LAB_DIM,
  LAB_N_TRAIN,    LAB_N_TEST,       LAB_TARGET,    LAB_STOP,       LAB_TIME,     LAB_RIDGE,
  LAB_CUTOFF,     LAB_FROM,         LAB_TO,        LAB_POINTS,     LAB_SLOPE_FROM, LAB_SLOPE_TO,
  LAB_REACH,      LAB_AVERAGE,      LAB_CENTER,    LAB_SEEDS,      LAB_SEED,     LAB_SHOW,
  LAB_VIEW,       LAB_N_KEYS,
};

static const LabKey chief[] = {
  LAB_WIDTH, LAB_DEPTH, LAB_NOISE, LAB_INIT_SCALE, LAB_KERNEL, LAB_DIM, LAB_STOP, LAB_N_KEYS,
};

/* stop = best, average = expected, center = mean. */
static const LabDefault defaults[] = {
  { LAB_WIDTH, INFINITY }, { LAB_NOISE, 0.3 },  { LAB_INIT_SCALE, 1 }, { LAB_SIGMA_B2, 2 },
  { LAB_DIM, 6 },          { LAB_STOP, 2 },     { LAB_FROM, 64 },      { LAB_TO, 1024 },
  { LAB_POINTS, 9 },       { LAB_AVERAGE, 1 },  { LAB_CENTER, 1 },
  { LAB_N_KEYS, 0 },
};

static const LabSeriesType curve_series[] = {
  { "mirrored", N_("mirrored initialization"), TRUE },
  { "standard", N_("standard initialization"), TRUE },
  { "mean-field-mirrored", N_("mean field, mirrored"), TRUE },
  { "mean-field-standard", N_("mean field, standard"), TRUE },
  { "guide-mirrored", N_("exponent in the limit, mirrored"), TRUE },
  { "guide-standard", N_("exponent in the limit, standard"), TRUE },
  { NULL },
};

static const LabView views[] = {
  { "curve", N_("Curve"), FALSE, curve_series, &lab_learning_curve },
  { NULL },
};

/* The inputs of the paper are normal vectors in d dimensions, scaled to the unit sphere and
 * extended by 1: D = d here, and biases as large as weights. */
#define PUBLISHED "target=published", "noise=0.2", "sigma-w2=2", "sigma-b2=2"

static const char *const published_d5_settings[] = { PUBLISHED, "dim=5", NULL };
static const char *const published_d10_settings[] = { PUBLISHED, "dim=10", NULL };
static const char *const two_dimensions_settings[] = { "dim=6,11", NULL };

static const LabPreset presets[] = {
  { .id = "published-d5",
    .title = N_("As published, d = 5"),
    .summary = N_("The setting of Chen, Li and Lin (NeurIPS 2024) in five dimensions"),
    .settings = published_d5_settings },
  { .id = "published-d10",
    .title = N_("As published, d = 10"),
    .summary = N_("The setting of Chen, Li and Lin (NeurIPS 2024) in ten dimensions"),
    .settings = published_d10_settings },
  { .id = "two-dimensions",
    .title = N_("Two dimensions side by side"),
    .summary = N_("The more dimensions, the more a random start costs"),
    .settings = two_dimensions_settings },
  { NULL },
};

const LabExhibit lab_exhibit_learning_curve = {
  .id = "learning-curve",
  .title = N_("Generalization curves"),
  .summary = N_("Test error against the number of samples: what a random start costs"),
  .keys = keys,
  .chief = chief,
  .defaults = defaults,
  .views = views,
  .axis = LAB_N_TRAIN,
  .max_panels = LAB_MAX_PANELS,
  .presets = presets,
};
