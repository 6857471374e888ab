#include "lab-spec-private.h"

#include <glib/gi18n-lib.h>
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
  g_autofree char *all = NULL;
  const char *near;

  for (guint i = 0; i < n_exhibits; i++)
    names[i] = exhibits[i].id;
  for (guint i = 0; i < n_presets; i++)
    names[n_exhibits + i] = presets[i].id;

  near = lab_nearest (id, names);
  all = g_strjoinv (", ", (char **) names);
  if (near != NULL)
    g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN,
                 _("unknown exhibit “%s”; did you mean “%s”?"), id, near);
  else
    g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _("unknown exhibit “%s”; there are %s"), id,
                 all);
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
  for (gsize i = 0; preset->settings[i] != NULL; i++)
    if (!lab_spec_assign (self, preset->settings[i], error))
      {
        lab_spec_free (self);
        return NULL;
      }
  return self;
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

gboolean
lab_spec_same_work (const LabSpec *a, const LabSpec *b)
{
  if (a->exhibit != b->exhibit)
    return FALSE;
  for (const LabKey *key = a->exhibit->keys; *key != LAB_N_KEYS; key++)
    if (lab_exhibit_effect (a->exhibit, *key) == LAB_EFFECT_COMPUTE && !same_value (a, b, *key))
      return FALSE;
  return TRUE;
}

const LabExhibit *
lab_spec_exhibit (const LabSpec *self)
{
  return self->exhibit;
}

static LabValue
default_value (const LabSpec *self, LabKey key)
{
  LabValue value = { 0 };

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
    return lab_spec_value (self, key == LAB_FIT_FROM ? LAB_FROM : LAB_TO);
  for (const LabDefault *d = self->exhibit->defaults; d->key != LAB_N_KEYS; d++)
    if (d->key == key)
      return lab_value_from_number (key, d->value);
  return lab_value_from_number (key, lab_parameter (key)->fallback);
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

/* The kernels to compare with know neither layers nor activations. */
static gboolean
has_network (const LabSpec *self)
{
  return !lab_exhibit_uses (self->exhibit, LAB_KERNEL)
         || lab_spec_choice (self, LAB_KERNEL) <= LAB_KERNEL_NNGP;
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
    case LAB_SIGMA_V2:
    case LAB_INIT_SCALE: return has_network (self);
    case LAB_LENGTH_SCALE: return !has_network (self);
    case LAB_KERNEL: return lab_spec_integer (self, LAB_WIDTH) == LAB_INFINITE;
    case LAB_TIME: return lab_spec_choice (self, LAB_STOP) == LAB_STOP_TIME;
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
lab_spec_set (LabSpec *self, LabKey key, LabValue value, GError **error)
{
  if (lab_parameter (key)->type == LAB_TYPE_INTEGERS
      && value.integers.count > self->exhibit->max_panels)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE,
                   g_dngettext (GETTEXT_PACKAGE, "%s takes %u number in %s",
                                "%s takes up to %u numbers in %s", self->exhibit->max_panels),
                   lab_parameter (key)->key, self->exhibit->max_panels, self->exhibit->id);
      return FALSE;
    }
  if (!lab_exhibit_check (self->exhibit, key, value, error))
    return FALSE;
  self->values[key] = value;
  self->set[key] = TRUE;
  return TRUE;
}

void
lab_spec_unset (LabSpec *self, LabKey key)
{
  self->set[key] = FALSE;
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
