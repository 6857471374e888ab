#include "lab-exhibit.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-experiment.h"

static const LabKey double_descent_keys[] = {
  LAB_MODEL,  LAB_WIDTH,    LAB_DEPTH,    LAB_NOISE,    LAB_INIT_SCALE, LAB_ACTIVATION,
  LAB_LEAK,   LAB_SIGMA_W2, LAB_SIGMA_B2, LAB_SIGMA_V2, LAB_DIM,        LAB_N_TRAIN,
  LAB_N_TEST, LAB_TARGET,   LAB_RIDGE,    LAB_FROM,     LAB_TO,         LAB_POINTS,
  LAB_SEEDS,  LAB_SEED,     LAB_SHOW,     LAB_N_KEYS,
};

static const LabDefault double_descent_defaults[] = { { LAB_N_KEYS, 0 } };

static const LabSeriesType double_descent_series[] = {
  { "test", N_("test error, median and 10–90 %"), TRUE },
  { "train", N_("training error"), TRUE },
  { "finite-d", N_("theory, finite <i>D</i>"), TRUE },
  { "limit", N_("infinite width"), TRUE },
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
  LAB_FROM,       LAB_TO,           LAB_POINTS,    LAB_FIT_FROM,   LAB_FIT_TO,   LAB_REACH,
  LAB_AVERAGE,    LAB_SEEDS,        LAB_SEED,      LAB_SHOW,       LAB_N_KEYS,
};

/* stop = best, average = expected. */
static const LabDefault learning_curve_defaults[] = {
  { LAB_WIDTH, INFINITY }, { LAB_NOISE, 0.3 },  { LAB_INIT_SCALE, 1 }, { LAB_SIGMA_B2, 2 },
  { LAB_DIM, 6 },          { LAB_STOP, 2 },     { LAB_FROM, 64 },      { LAB_TO, 1024 },
  { LAB_POINTS, 9 },       { LAB_AVERAGE, 1 },  { LAB_N_KEYS, 0 },
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

static const LabExhibit exhibits[] = {
  { .id = "double-descent",
    .title = N_("Double descent"),
    .summary = N_(
      "Test and training error against width: the peak where the model can just interpolate"),
    .keys = double_descent_keys,
    .defaults = double_descent_defaults,
    .series = double_descent_series,
    .axis = LAB_WIDTH,
    .max_panels = 1,
    .experiment = &lab_double_descent },
  { .id = "learning-curve",
    .title = N_("Generalization curves"),
    .summary = N_("Test error against the number of samples: what a random start costs"),
    .keys = learning_curve_keys,
    .defaults = learning_curve_defaults,
    .series = learning_curve_series,
    .axis = LAB_N_TRAIN,
    .max_panels = LAB_MAX_PANELS,
    .experiment = &lab_learning_curve },
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

/* The inputs of the paper are normal vectors in d dimensions, scaled to the unit sphere and
 * extended by 1: D = d here, and biases as large as weights. */
#define PUBLISHED "target=published", "noise=0.2", "sigma-w2=2", "sigma-b2=2"

static const char *const published_d5_settings[] = { PUBLISHED, "dim=5", NULL };
static const char *const published_d10_settings[] = { PUBLISHED, "dim=10", NULL };
static const char *const two_dimensions_settings[] = { "dim=6,11", NULL };

static const LabPreset presets[] = {
  { .id = "random-features-double-descent",
    .title = N_("Random features"),
    .summary = N_(
      "Only the readout is trained; theory at finite D tells what the peak is made of"),
    .exhibit = "double-descent",
    .settings = random_features_settings },
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

gboolean
lab_exhibit_uses (const LabExhibit *self, LabKey key)
{
  for (const LabKey *k = self->keys; *k != LAB_N_KEYS; k++)
    if (*k == key)
      return TRUE;
  return FALSE;
}

int
lab_exhibit_series (const LabExhibit *self, const char *id)
{
  for (int i = 0; self->series[i].id != NULL; i++)
    if (strcmp (self->series[i].id, id) == 0)
      return i;
  return -1;
}

LabRange
lab_exhibit_range (const LabExhibit *self, LabKey key)
{
  const LabParameter *p = lab_parameter (key);

  if (p->minimum == 0 && p->maximum == 0 && key != self->axis)
    {
      LabRange range = lab_exhibit_range (self, self->axis);

      range.whole = p->type == LAB_TYPE_INTEGER;
      return range;
    }
  return (LabRange){ p->minimum,
                     p->maximum,
                     p->or_zero,
                     p->or_infinity && key != self->axis,
                     p->type == LAB_TYPE_INTEGER || p->type == LAB_TYPE_INTEGERS,
                     p->scale };
}

char *
lab_exhibit_range_text (const LabExhibit *self, LabKey key)
{
  const LabParameter *p = lab_parameter (key);
  LabRange range = lab_exhibit_range (self, key);

  if (p->type == LAB_TYPE_CHOICE)
    return g_strjoinv (", ", (char **) p->choices);
  if (p->type == LAB_TYPE_SET)
    return g_strdup ("a comma list of series");
  if (key == LAB_SEED)
    return g_strdup_printf ("0..%" G_GINT64_FORMAT, G_MAXINT64);
  return g_strdup_printf ("%s%g..%g%s", range.or_zero ? "0, " : "", range.minimum, range.maximum,
                          range.or_infinity ? ", inf" : "");
}

static gboolean
in_range (const LabRange *range, double x)
{
  return (range->or_zero && x == 0) || (range->or_infinity && x == INFINITY)
         || (x >= range->minimum && x <= range->maximum);
}

/* The first of several values that is out of range, or NaN. */
static gboolean
find_outside (const LabExhibit *self, LabKey key, LabValue value, double *outside)
{
  LabRange range = lab_exhibit_range (self, key);
  guint count = lab_parameter (key)->type == LAB_TYPE_INTEGERS ? value.integers.count : 1;

  for (guint i = 0; i < count; i++)
    {
      *outside = count > 1 ? value.integers.item[i] : lab_value_to_number (key, value);
      if (!in_range (&range, *outside))
        return TRUE;
    }
  return FALSE;
}

gboolean
lab_exhibit_check (const LabExhibit *self, LabKey key, LabValue value, GError **error)
{
  const LabParameter *p = lab_parameter (key);
  g_autofree char *range = NULL;
  double x = 0;
  gboolean good = TRUE;

  if (p->type == LAB_TYPE_CHOICE)
    {
      x = value.choice;
      good = value.choice < g_strv_length ((char **) p->choices);
    }
  else if (key == LAB_SEED)
    {
      x = value.integer;
      good = value.integer >= 0;
    }
  else if (p->type != LAB_TYPE_SET)
    good = !find_outside (self, key, value, &x);
  if (good)
    return TRUE;

  range = lab_exhibit_range_text (self, key);
  if (isinf (x))
    g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE, _("%s must be in %s, not infinite"), p->key,
                 range);
  else if (p->type == LAB_TYPE_REAL)
    g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE, _("%s must be in %s, not %g"), p->key, range, x);
  else
    g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE, _("%s must be in %s, not %.0f"), p->key, range,
                 x);
  return FALSE;
}

LabEffect
lab_exhibit_effect (const LabExhibit *self, LabKey key)
{
  return key == self->axis ? LAB_EFFECT_CURSOR : lab_parameter (key)->effect;
}
