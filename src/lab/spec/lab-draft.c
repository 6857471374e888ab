#include "lab-draft.h"

#include <math.h>

struct _LabDraft
{
  GObject parent;
  LabSpec *spec;
};

/* Property of key k is k + 1; then the spec. */
enum
{
  PROP_SPEC = LAB_N_KEYS + 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LabDraft, lab_draft, G_TYPE_OBJECT)

/* The default of some parameters follows others (the weight variance the activation), so every
 * value that has moved is notified. */
static void
take_spec (LabDraft *self, LabSpec *spec)
{
  g_autoptr (LabSpec) old = self->spec;
  gboolean moved = FALSE;

  self->spec = spec;
  g_object_freeze_notify (G_OBJECT (self));
  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    if (lab_spec_exhibit (old) != lab_spec_exhibit (spec)
        || !lab_value_equal (key, lab_spec_value (old, key), lab_spec_value (spec, key))
        || lab_spec_is_set (old, key) != lab_spec_is_set (spec, key))
      {
        moved = TRUE;
        g_object_notify_by_pspec (G_OBJECT (self), properties[key + 1]);
      }
  if (moved)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEC]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* ---- Properties by type ---- */

static void
get_integer (const LabSpec *spec, LabKey key, GValue *value)
{
  g_value_set_int64 (value, lab_spec_integer (spec, key));
}

static void
get_real (const LabSpec *spec, LabKey key, GValue *value)
{
  g_value_set_double (value, lab_spec_real (spec, key));
}

static void
get_choice (const LabSpec *spec, LabKey key, GValue *value)
{
  g_value_set_uint (value, lab_spec_choice (spec, key));
}

static void
get_set (const LabSpec *spec, LabKey key, GValue *value)
{
  g_value_set_uint (value, lab_spec_value (spec, key).set);
}

static void
get_text (const LabSpec *spec, LabKey key, GValue *value)
{
  g_value_take_string (value, lab_spec_format (spec, key));
}

static void
set_integer (LabDraft *self, LabKey key, const GValue *value)
{
  lab_draft_set_value (self, key, (LabValue){ .integer = g_value_get_int64 (value) }, NULL);
}

static void
set_list (LabDraft *self, LabKey key, const GValue *value)
{
  lab_draft_set_value (self, key, lab_value_from_number (key, g_value_get_int64 (value)), NULL);
}

static void
set_real (LabDraft *self, LabKey key, const GValue *value)
{
  lab_draft_set_value (self, key, (LabValue){ .real = g_value_get_double (value) }, NULL);
}

static void
set_choice (LabDraft *self, LabKey key, const GValue *value)
{
  lab_draft_set_value (self, key, (LabValue){ .choice = g_value_get_uint (value) }, NULL);
}

static void
set_set (LabDraft *self, LabKey key, const GValue *value)
{
  lab_draft_set_value (self, key, (LabValue){ .set = g_value_get_uint (value) }, NULL);
}

static void
set_text (LabDraft *self, LabKey key, const GValue *value)
{
  const char *text = g_value_get_string (value);

  lab_draft_parse (self, key, text != NULL ? text : "", NULL);
}

#define FLAGS (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

/* Ranges are checked by the table of parameters: a range here would clamp silently. */
static GParamSpec *
make_integer (const LabParameter *p)
{
  return g_param_spec_int64 (p->key, NULL, NULL, G_MININT64, G_MAXINT64, p->fallback, FLAGS);
}

static GParamSpec *
make_real (const LabParameter *p)
{
  return g_param_spec_double (p->key, NULL, NULL, -INFINITY, INFINITY, p->fallback, FLAGS);
}

static GParamSpec *
make_choice (const LabParameter *p)
{
  return g_param_spec_uint (p->key, NULL, NULL, 0, G_MAXUINT, p->fallback, FLAGS);
}

static GParamSpec *
make_text (const LabParameter *p)
{
  return g_param_spec_string (p->key, NULL, NULL, p->fallback_text, FLAGS);
}

static const struct
{
  GParamSpec *(*make) (const LabParameter *p);
  void (*get) (const LabSpec *spec, LabKey key, GValue *value);
  void (*set) (LabDraft *self, LabKey key, const GValue *value);
} types[] = {
  [LAB_TYPE_INTEGER] = { make_integer, get_integer, set_integer },
  [LAB_TYPE_INTEGERS] = { make_integer, get_integer, set_list },
  [LAB_TYPE_REAL] = { make_real, get_real, set_real },
  [LAB_TYPE_CHOICE] = { make_choice, get_choice, set_choice },
  [LAB_TYPE_SET] = { make_choice, get_set, set_set },
  [LAB_TYPE_VIEW] = { make_choice, get_choice, set_choice },
  [LAB_TYPE_PAIRS] = { make_text, get_text, set_text },
  [LAB_TYPE_FILE] = { make_text, get_text, set_text },
};

static void
lab_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabDraft *self = LAB_DRAFT (object);

  if (id == PROP_SPEC)
    g_value_set_boxed (value, self->spec);
  else
    types[lab_parameter (id - 1)->type].get (self->spec, id - 1, value);
}

static void
lab_draft_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LabDraft *self = LAB_DRAFT (object);

  if (id == PROP_SPEC)
    lab_draft_set_spec (self, g_value_get_boxed (value));
  else
    types[lab_parameter (id - 1)->type].set (self, id - 1, value);
}

static void
lab_draft_finalize (GObject *object)
{
  LabDraft *self = LAB_DRAFT (object);

  g_clear_pointer (&self->spec, lab_spec_free);
  G_OBJECT_CLASS (lab_draft_parent_class)->finalize (object);
}

static void
lab_draft_class_init (LabDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lab_draft_get_property;
  object_class->set_property = lab_draft_set_property;
  object_class->finalize = lab_draft_finalize;

  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    properties[key + 1] = types[lab_parameter (key)->type].make (lab_parameter (key));
  properties[PROP_SPEC] = g_param_spec_boxed ("spec", NULL, NULL, LAB_TYPE_SPEC, FLAGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lab_draft_init (LabDraft *self)
{
  guint n;

  self->spec = lab_spec_new (lab_exhibits (&n)[0]);
}

LabDraft *
lab_draft_new (const LabSpec *spec)
{
  return g_object_new (LAB_TYPE_DRAFT, "spec", spec, NULL);
}

const LabSpec *
lab_draft_get_spec (LabDraft *self)
{
  g_return_val_if_fail (LAB_IS_DRAFT (self), NULL);
  return self->spec;
}

void
lab_draft_set_spec (LabDraft *self, const LabSpec *spec)
{
  g_return_if_fail (LAB_IS_DRAFT (self));
  g_return_if_fail (spec != NULL);
  take_spec (self, lab_spec_copy (spec));
}

gboolean
lab_draft_parse (LabDraft *self, LabKey key, const char *text, GError **error)
{
  g_autoptr (LabSpec) spec = lab_spec_copy (self->spec);

  if (!lab_spec_parse (spec, key, text, error))
    return FALSE;
  take_spec (self, g_steal_pointer (&spec));
  return TRUE;
}

gboolean
lab_draft_set_value (LabDraft *self, LabKey key, LabValue value, GError **error)
{
  g_autoptr (LabSpec) spec = lab_spec_copy (self->spec);

  if (!lab_spec_set (spec, key, value, error))
    return FALSE;
  take_spec (self, g_steal_pointer (&spec));
  return TRUE;
}

void
lab_draft_reset (LabDraft *self, LabKey key)
{
  LabSpec *spec = lab_spec_copy (self->spec);

  lab_spec_unset (spec, key);
  take_spec (self, spec);
}
