#include "lab-spec-private.h"

#include <glib/gi18n-lib.h>

#include "lab-experiment.h"

G_DEFINE_BOXED_TYPE (LabSpec, lab_spec, lab_spec_copy, lab_spec_free)

LabSpec *
lab_spec_new (const LabExhibit *exhibit)
{
  LabSpec *self = g_new0 (LabSpec, 1);

  self->exhibit = exhibit;
  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    self->values[key] = lab_parameter_fallback (lab_parameter (key));
  lab_spec_settle (self);
  return self;
}

static void
unknown_exhibit (const char *id, GError **error)
{
  guint n_exhibits, n_presets;
  const LabExhibit *const *exhibits = lab_exhibits (&n_exhibits);
  const LabPreset *presets = lab_presets (&n_presets);
  g_autofree const char **names = g_new0 (const char *, n_exhibits + n_presets + 1);
  g_autofree char *all = NULL, *quoted = lab_quote (id);
  const char *near;

  for (guint i = 0; i < n_exhibits; i++)
    names[i] = exhibits[i]->id;
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
  LabSpec *copy = g_memdup2 (self, sizeof *self);

  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    lab_type_ref (lab_parameter (key)->type, copy->values[key]);
  return copy;
}

void
lab_spec_free (LabSpec *self)
{
  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    lab_type_unref (lab_parameter (key)->type, self->values[key]);
  g_free (self);
}

/* A number of points that is set means just these; by default there may be more. */
static gboolean
same_value (const LabSpec *a, const LabSpec *b, LabKey key)
{
  if (key == LAB_POINTS && a->set[key] != b->set[key])
    return FALSE;
  return lab_value_equal (key, a->values[key], b->values[key]);
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
  if (a->exhibit != b->exhibit || lab_spec_work (a) != lab_spec_work (b)
      || lab_spec_axis (a) != lab_spec_axis (b))
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

const LabView *
lab_spec_view (const LabSpec *self)
{
  return &self->exhibit->views[self->values[LAB_VIEW].choice];
}

const LabExperiment *
lab_spec_work (const LabSpec *self)
{
  return lab_spec_view (self)->work;
}

const LabExhibit *
lab_spec_exhibit (const LabSpec *self)
{
  return self->exhibit;
}

LabValue
lab_spec_value (const LabSpec *self, LabKey key)
{
  return self->values[key];
}

const LabModelType *
lab_spec_model (const LabSpec *self)
{
  return lab_model_type (self->values[LAB_MODEL].choice);
}

gboolean
lab_spec_is_infinite (const LabSpec *self)
{
  return !lab_spec_model (self)->has_width;
}

gint64
lab_spec_integer (const LabSpec *self, LabKey key)
{
  LabType type = lab_parameter (key)->type;
  const LabValue *value = &self->values[key];

  g_return_val_if_fail (type == LAB_TYPE_INTEGER || type == LAB_TYPE_INTEGERS, 0);
  return type == LAB_TYPE_INTEGER ? value->integer : value->integers.item[0];
}

double
lab_spec_real (const LabSpec *self, LabKey key)
{
  g_return_val_if_fail (lab_parameter (key)->type == LAB_TYPE_REAL, 0);
  return self->values[key].real;
}

guint
lab_spec_choice (const LabSpec *self, LabKey key)
{
  LabType type = lab_parameter (key)->type;

  g_return_val_if_fail (type == LAB_TYPE_CHOICE || type == LAB_TYPE_VIEW, 0);
  return self->values[key].choice;
}

const char *
lab_spec_choice_name (const LabSpec *self, LabKey key)
{
  return lab_exhibit_choice (self->exhibit, key, lab_spec_choice (self, key));
}

const LabPair *
lab_spec_pairs (const LabSpec *self, LabKey key, guint *count)
{
  *count = 0;
  g_return_val_if_fail (lab_parameter (key)->type == LAB_TYPE_PAIRS, NULL);
  return lab_pairs_get (self->values[key].pairs, count);
}

const char *
lab_spec_path (const LabSpec *self, LabKey key)
{
  g_return_val_if_fail (lab_parameter (key)->type == LAB_TYPE_FILE, NULL);
  return lab_path_get (self->values[key].path);
}

gboolean
lab_spec_shows (const LabSpec *self, const char *series_id)
{
  int i = lab_exhibit_series (self->exhibit, series_id);

  if (self->values[LAB_VIEW].choice != 0)
    return lab_view_find_series (lab_spec_view (self), series_id) != NULL;
  return i >= 0 && (self->values[LAB_SHOW].set & (1u << i)) != 0;
}

guint
lab_spec_n_panels (const LabSpec *self)
{
  return self->values[LAB_DIM].integers.count;
}

LabSpec *
lab_spec_panel (const LabSpec *self, guint panel)
{
  LabSpec *copy = lab_spec_copy (self);
  int dim = self->values[LAB_DIM].integers.item[panel];

  g_return_val_if_fail (panel < lab_spec_n_panels (self), copy);
  copy->values[LAB_DIM] = (LabValue){ .integers = { 1, { dim } } };
  copy->set[LAB_DIM] = TRUE;
  lab_spec_settle (copy);
  return copy;
}

gboolean
lab_spec_can_show (const LabSpec *self, const char *series_id)
{
  const LabExperiment *work = lab_spec_work (self);

  return lab_view_find_series (lab_spec_view (self), series_id) != NULL
         && (work->has_series == NULL || work->has_series (self, series_id));
}

gboolean
lab_spec_matters (const LabSpec *self, LabKey key)
{
  return self->matters[key];
}

static gboolean
has_key (const LabKey *keys, LabKey key)
{
  for (; keys != NULL && *keys != LAB_N_KEYS; keys++)
    if (*keys == key)
      return TRUE;
  return FALSE;
}

/* A view that follows the cursor is of what lies there, but for ensembles: of these it is of the first model. */
gboolean
lab_spec_changes_view (const LabSpec *self, LabKey key)
{
  const LabView *view = lab_spec_view (self);

  return lab_spec_matters (self, key) && !has_key (view->unused, key)
         && (lab_spec_matters (self, LAB_SEEDS) || !has_key (view->unused_without_seeds, key))
         && (key != lab_spec_axis (self) || (view->follows_cursor && key != LAB_ENSEMBLE));
}

gboolean
lab_spec_is_set (const LabSpec *self, LabKey key)
{
  return self->set[key];
}

gboolean
lab_spec_is_default (const LabSpec *self, LabKey key)
{
  LabValue usual = lab_spec_default (self, key);
  gboolean equal = lab_value_equal (key, self->values[key], usual);

  lab_type_unref (lab_parameter (key)->type, usual);
  return equal;
}

/* `from` and `to` are values of what is swept: those of another axis are dropped. */
static void
follow_axis (LabSpec *self, LabKey before)
{
  LabKey axis = lab_spec_axis (self);

  if (axis == before)
    return;
  self->set[LAB_FROM] = self->set[LAB_TO] = FALSE;
  if (self->set[axis] && !lab_spec_accepts (self, axis, self->values[axis], NULL))
    self->set[axis] = FALSE;
  lab_spec_settle (self);
}

gboolean
lab_spec_set (LabSpec *self, LabKey key, LabValue value, GError **error)
{
  LabType type = lab_parameter (key)->type;
  LabKey axis = lab_spec_axis (self);

  if (type == LAB_TYPE_INTEGERS && value.integers.count > self->exhibit->max_panels)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE,
                   g_dngettext (GETTEXT_PACKAGE, "%s takes %u number in %s",
                                "%s takes up to %u numbers in %s", self->exhibit->max_panels),
                   lab_parameter (key)->key, self->exhibit->max_panels, self->exhibit->id);
      return FALSE;
    }
  if (!lab_spec_accepts (self, key, value, error))
    return FALSE;
  lab_type_ref (type, value);
  lab_type_unref (type, self->values[key]);
  self->values[key] = value;
  self->set[key] = TRUE;
  lab_spec_settle (self);
  follow_axis (self, axis);
  return TRUE;
}

void
lab_spec_unset (LabSpec *self, LabKey key)
{
  LabKey axis = lab_spec_axis (self);

  self->set[key] = FALSE;
  lab_spec_settle (self);
  follow_axis (self, axis);
}
