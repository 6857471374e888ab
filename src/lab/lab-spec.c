#include "lab-spec-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <ntk.h>
#include <string.h>

#include "lab-experiment.h"

G_DEFINE_BOXED_TYPE (LabSpec, lab_spec, lab_spec_copy, lab_spec_free)

LabSpec *
lab_spec_new (const LabExhibit *exhibit)
{
  LabSpec *self = g_new0 (LabSpec, 1);

  self->exhibit = exhibit;
  return self;
}

static void
unknown_exhibit (const char *id, GError **error)
{
  guint n_exhibits, n_presets;
  const LabExhibit *exhibits = lab_exhibits (&n_exhibits);
  const LabPreset *presets = lab_presets (&n_presets);
  g_autofree const char **names = g_new0 (const char *, n_exhibits + n_presets + 1);
  g_autofree char *all = NULL, *quoted = lab_quote (id);
  const char *near;

  for (guint i = 0; i < n_exhibits; i++)
    names[i] = exhibits[i].id;
  for (guint i = 0; i < n_presets; i++)
    names[n_exhibits + i] = presets[i].id;

  near = lab_nearest (id, names);
  all = g_strjoinv (", ", (char **) names);
  if (near != NULL)
    g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN,
                 _("unknown exhibit “%s”; did you mean “%s”?"), quoted, near);
  else
    g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _("unknown exhibit “%s”; there are %s"),
                 quoted, all);
}

LabSpec *
lab_spec_new_named (const char *id, GError **error)
{
  const LabExhibit *exhibit = lab_exhibit_find (id);
  const LabPreset *preset = lab_preset_find (id);
  LabSpec *self;

  if (exhibit != NULL)
    return lab_spec_new (exhibit);
  if (preset == NULL)
    {
      unknown_exhibit (id, error);
      return NULL;
    }

  self = lab_spec_new (lab_exhibit_find (preset->exhibit));
  if (lab_spec_assign_all (self, preset->settings, error))
    return self;
  lab_spec_free (self);
  return NULL;
}

LabSpec *
lab_spec_copy (const LabSpec *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
lab_spec_free (LabSpec *self)
{
  g_free (self);
}

/* A given number of points is another statement than the same number by default. */
static gboolean
same_value (const LabSpec *a, const LabSpec *b, LabKey key)
{
  if (key == LAB_POINTS && a->set[key] != b->set[key])
    return FALSE;
  return lab_value_equal (key, lab_spec_value (a, key), lab_spec_value (b, key));
}

gboolean
lab_spec_equal (const LabSpec *a, const LabSpec *b)
{
  if (a->exhibit != b->exhibit)
    return FALSE;
  for (const LabKey *key = a->exhibit->keys; *key != LAB_N_KEYS; key++)
    if (!same_value (a, b, *key))
      return FALSE;
  return TRUE;
}

/* Whether all values agree whose change asks for one of the effects up to `last`. */
static gboolean
same_up_to (const LabSpec *a, const LabSpec *b, LabEffect last)
{
  if (a->exhibit != b->exhibit || lab_spec_axis (a) != lab_spec_axis (b))
    return FALSE;
  for (const LabKey *key = a->exhibit->keys; *key != LAB_N_KEYS; key++)
    if (lab_spec_effect (a, *key) <= last && !same_value (a, b, *key))
      return FALSE;
  return lab_spec_is_ensemble (a) == lab_spec_is_ensemble (b);
}

gboolean
lab_spec_same_work (const LabSpec *a, const LabSpec *b)
{
  return same_up_to (a, b, LAB_EFFECT_FILTER);
}

gboolean
lab_spec_same_spectra (const LabSpec *a, const LabSpec *b)
{
  return same_up_to (a, b, LAB_EFFECT_COMPUTE);
}

gboolean
lab_spec_is_ensemble (const LabSpec *self)
{
  return lab_exhibit_uses (self->exhibit, LAB_ENSEMBLE) && lab_spec_matters (self, LAB_ENSEMBLE)
         && (lab_spec_axis (self) == LAB_ENSEMBLE || lab_spec_integer (self, LAB_ENSEMBLE) != 1);
}

const LabExhibit *
lab_spec_exhibit (const LabSpec *self)
{
  return self->exhibit;
}

static gboolean
is_infinite (const LabSpec *self)
{
  return lab_exhibit_uses (self->exhibit, LAB_MODEL)
         && lab_spec_choice (self, LAB_MODEL) == LAB_MODEL_INFINITE;
}

/* Against samples the rank is met in the middle of the range. */
#define SAMPLES_WIDTH 20

/* A linear model has its peak in sight where its coordinates and the points can be as many. */
#define LINEAR_POINTS 100
#define LINEAR_COORDINATES 400 /* of which more and more are seen */

static double
linear_default (const LabSpec *self, LabKey key)
{
  if (key == LAB_WIDTH)
    return lab_spec_integer (self, LAB_DIM);
  if (key == LAB_DIM && lab_spec_axis (self) == LAB_WIDTH)
    return LINEAR_COORDINATES;
  return LINEAR_POINTS;
}

/* A cursor that its usual value would take off the axis stands in the middle. */
static double
default_number (const LabSpec *self, LabKey key)
{
  double x = lab_parameter (key)->fallback;
  gboolean chosen = self->exhibit->axis == LAB_N_KEYS;

  for (const LabDefault *d = self->exhibit->defaults; d->key != LAB_N_KEYS; d++)
    if (d->key == key)
      return d->value;
  if (chosen && (key == LAB_WIDTH || key == LAB_N_TRAIN || key == LAB_DIM)
      && lab_spec_choice (self, LAB_MODEL) == LAB_MODEL_LINEAR)
    return linear_default (self, key);
  if (chosen && key == LAB_WIDTH && lab_spec_axis (self) == LAB_N_TRAIN)
    return SAMPLES_WIDTH;
  if (chosen && (key == LAB_FROM || key == LAB_TO || key == LAB_POINTS))
    return lab_axis_default (self, key);
  if (chosen && (key == LAB_RIDGE || key == LAB_TIME || key == LAB_ENSEMBLE)
      && key == lab_spec_axis (self))
    {
      LabRange range = lab_spec_range (self, key);

      if (x < range.minimum || x > range.maximum || key == LAB_ENSEMBLE)
        {
          double middle = sqrt (lab_axis_default (self, LAB_FROM) * lab_axis_default (self, LAB_TO));
          double unit = pow (10, floor (log10 (middle) + 1e-9));

          x = round (middle / unit) * unit;
        }
    }
  return x;
}

static LabValue
default_value (const LabSpec *self, LabKey key)
{
  LabValue value = { 0 };

  /* What is infinitely wide has no width to sweep. */
  if (key == LAB_AXIS)
    return (LabValue){ .choice = is_infinite (self) ? 1 : 0 };
  if (key == LAB_FAST_POWER)
    return (LabValue){ .real = MAX (0, 1 - lab_spec_real (self, LAB_SLOW_POWER)) };

  if (key == LAB_SHOW)
    {
      for (guint i = 0; self->exhibit->series[i].id != NULL; i++)
        value.set |= self->exhibit->series[i].shown ? 1u << i : 0;
      return value;
    }
  if (key == LAB_SIGMA_W2)
    {
      NtkActivation activation;

      lab_spec_activation (self, &activation);
      return lab_value_from_number (key, ntk_activation_default_sigma_w2 (&activation));
    }
  if (key == LAB_FIT_FROM || key == LAB_FIT_TO)
    return lab_value_from_number (key,
                                  lab_spec_real (self, key == LAB_FIT_FROM ? LAB_FROM : LAB_TO));
  return lab_value_from_number (key, default_number (self, key));
}

LabValue
lab_spec_value (const LabSpec *self, LabKey key)
{
  return self->set[key] ? self->values[key] : default_value (self, key);
}

gint64
lab_spec_integer (const LabSpec *self, LabKey key)
{
  LabType type = lab_parameter (key)->type;
  LabValue value = lab_spec_value (self, key);

  g_return_val_if_fail (type == LAB_TYPE_INTEGER || type == LAB_TYPE_INTEGERS, 0);
  return type == LAB_TYPE_INTEGER ? value.integer : value.integers.item[0];
}

double
lab_spec_real (const LabSpec *self, LabKey key)
{
  g_return_val_if_fail (lab_parameter (key)->type == LAB_TYPE_REAL, 0);
  return lab_spec_value (self, key).real;
}

guint
lab_spec_choice (const LabSpec *self, LabKey key)
{
  g_return_val_if_fail (lab_parameter (key)->type == LAB_TYPE_CHOICE, 0);
  return lab_spec_value (self, key).choice;
}

const char *
lab_spec_choice_name (const LabSpec *self, LabKey key)
{
  return lab_parameter (key)->choices[lab_spec_choice (self, key)];
}

gboolean
lab_spec_shows (const LabSpec *self, const char *series_id)
{
  int i = lab_exhibit_series (self->exhibit, series_id);

  return i >= 0 && (lab_spec_value (self, LAB_SHOW).set & (1u << i)) != 0;
}

guint
lab_spec_n_panels (const LabSpec *self)
{
  return lab_spec_value (self, LAB_DIM).integers.count;
}

LabSpec *
lab_spec_panel (const LabSpec *self, guint panel)
{
  LabSpec *copy = lab_spec_copy (self);
  int dim = lab_spec_value (self, LAB_DIM).integers.item[panel];

  g_return_val_if_fail (panel < lab_spec_n_panels (self), copy);
  copy->values[LAB_DIM] = (LabValue){ .integers = { 1, { dim } } };
  copy->set[LAB_DIM] = TRUE;
  return copy;
}

gboolean
lab_spec_can_show (const LabSpec *self, const char *series_id)
{
  return lab_exhibit_series (self->exhibit, series_id) >= 0
         && self->exhibit->experiment->has_series (self, series_id);
}

/* Whether the kernel is that of an infinite width. */
static gboolean
has_kernel (const LabSpec *self)
{
  return lab_exhibit_uses (self->exhibit, LAB_MODEL) ? is_infinite (self)
                                                     : lab_spec_integer (self, LAB_WIDTH)
                                                         == LAB_INFINITE;
}

/* The kernels to compare with know neither layers nor activations. */
static gboolean
has_start (const LabSpec *self)
{
  return !has_kernel (self) || lab_spec_choice (self, LAB_KERNEL) <= LAB_KERNEL_NNGP;
}

static gboolean
has_network (const LabSpec *self)
{
  return has_start (self)
         && !(lab_exhibit_uses (self->exhibit, LAB_MODEL)
              && lab_spec_choice (self, LAB_MODEL) == LAB_MODEL_LINEAR);
}

static gboolean
has_two_scales (const LabSpec *self)
{
  return lab_spec_choice (self, LAB_INPUTS) == LAB_INPUTS_TWO_SCALE;
}

gboolean
lab_spec_matters (const LabSpec *self, LabKey key)
{
  switch ((int) key)
    {
    case LAB_LEAK:
      return has_network (self)
             && strcmp (lab_spec_choice_name (self, LAB_ACTIVATION), "leaky-relu") == 0;
    case LAB_DEPTH:
    case LAB_ACTIVATION:
    case LAB_SIGMA_W2:
    case LAB_SIGMA_B2:
    case LAB_SIGMA_V2: return has_network (self);
    case LAB_INIT_SCALE: return has_start (self);
    case LAB_LENGTH_SCALE: return !has_start (self);
    case LAB_KERNEL: return has_kernel (self);
    case LAB_WIDTH: return !is_infinite (self);
    case LAB_SLOW_DIMS:
    case LAB_SLOW_SCALE:
    case LAB_SLOW_POWER:
    case LAB_FAST_POWER: return has_two_scales (self);
    case LAB_ENSEMBLE: return has_network (self) && !is_infinite (self);
    case LAB_TIME:
      return !lab_exhibit_uses (self->exhibit, LAB_STOP)
             || lab_spec_choice (self, LAB_STOP) == LAB_STOP_TIME;
    case LAB_RIDGE:
      return !lab_exhibit_uses (self->exhibit, LAB_STOP)
             || lab_spec_choice (self, LAB_STOP) != LAB_STOP_RIDGE;
    default: return TRUE;
    }
}

gboolean
lab_spec_is_set (const LabSpec *self, LabKey key)
{
  return self->set[key];
}

gboolean
lab_spec_is_default (const LabSpec *self, LabKey key)
{
  return lab_value_equal (key, lab_spec_value (self, key), default_value (self, key));
}

/* A range is one of what is swept. */
static void
follow_axis (LabSpec *self, LabKey before)
{
  LabKey axis = lab_spec_axis (self);

  if (axis == before)
    return;
  self->set[LAB_FROM] = self->set[LAB_TO] = FALSE;
  if (self->set[axis] && !lab_spec_accepts (self, axis, self->values[axis], NULL))
    self->set[axis] = FALSE;
}

gboolean
lab_spec_set (LabSpec *self, LabKey key, LabValue value, GError **error)
{
  LabKey axis;

  if (lab_parameter (key)->type == LAB_TYPE_INTEGERS
      && value.integers.count > self->exhibit->max_panels)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE,
                   g_dngettext (GETTEXT_PACKAGE, "%s takes %u number in %s",
                                "%s takes up to %u numbers in %s", self->exhibit->max_panels),
                   lab_parameter (key)->key, self->exhibit->max_panels, self->exhibit->id);
      return FALSE;
    }
  if (!lab_spec_accepts (self, key, value, error))
    return FALSE;
  axis = lab_spec_axis (self);
  self->values[key] = value;
  self->set[key] = TRUE;
  follow_axis (self, axis);
  return TRUE;
}

void
lab_spec_unset (LabSpec *self, LabKey key)
{
  LabKey axis = lab_spec_axis (self);

  self->set[key] = FALSE;
  follow_axis (self, axis);
}

gboolean
lab_spec_check (const LabSpec *self, LabKey *key, GError **error)
{
  LabKey blamed = LAB_N_KEYS;
  gboolean good = self->exhibit->experiment->check (self, &blamed, error);

  if (key != NULL)
    *key = blamed;
  return good;
}
