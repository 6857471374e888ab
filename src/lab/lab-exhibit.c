#include "lab-exhibit.h"

#include <glib/gi18n.h>
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

static const LabExhibit exhibits[] = {
  { .id = "double-descent",
    .title = N_("Double descent"),
    .summary = N_(
      "Test and training error against width: the peak where the model can just interpolate"),
    .keys = double_descent_keys,
    .defaults = double_descent_defaults,
    .series = double_descent_series,
    .axis = LAB_WIDTH,
    .experiment = &lab_double_descent },
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

static const LabPreset presets[] = {
  { .id = "random-features-double-descent",
    .title = N_("Random features"),
    .summary = N_(
      "Only the readout is trained; theory at finite D tells what the peak is made of"),
    .exhibit = "double-descent",
    .settings = random_features_settings },
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
