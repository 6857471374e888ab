#include "lab-spec-private.h"

#include <glib/gi18n-lib.h>
#include <errno.h>
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
  g_autofree char *all = NULL;
  const char *near;

  for (guint i = 0; i < n_exhibits; i++)
    names[i] = exhibits[i].id;
  for (guint i = 0; i < n_presets; i++)
    names[n_exhibits + i] = presets[i].id;

  near = lab_nearest (id, names);
  all = g_strjoinv (", ", (char **) names);
  if (near != NULL)
    g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _("unknown exhibit “%s”; did you mean “%s”?"),
                 id, near);
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

static gboolean
syntax_error (const LabSpec *self, LabKey key, const char *text, GError **error)
{
  const LabParameter *p = lab_parameter (key);
  g_autofree char *range = lab_exhibit_range_text (self->exhibit, key);

  if (p->type == LAB_TYPE_INTEGER || p->type == LAB_TYPE_INTEGERS)
    g_set_error (error, LAB_ERROR, LAB_ERROR_SYNTAX,
                 _("%s must be a whole number in %s, not “%s”"), p->key, range, text);
  else
    g_set_error (error, LAB_ERROR, LAB_ERROR_SYNTAX, _("%s must be a number in %s, not “%s”"),
                 p->key, range, text);
  return FALSE;
}

static gboolean
parse_integer (const LabSpec *self, LabKey key, const char *text, gint64 *value, GError **error)
{
  char *end;

  if (lab_parameter (key)->or_infinity && strcmp (text, "inf") == 0)
    {
      *value = LAB_INFINITE;
      return TRUE;
    }
  errno = 0;
  *value = g_ascii_strtoll (text, &end, 10);
  if (errno == ERANGE || end == text || *end != '\0')
    return syntax_error (self, key, text, error);
  return TRUE;
}

static gboolean
parse_integers (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint count = g_strv_length (words);

  value->integers.count = count;
  for (guint i = 0; i < MIN (count, LAB_MAX_PANELS); i++)
    {
      gint64 item;

      if (!parse_integer (self, key, g_strstrip (words[i]), &item, error))
        return FALSE;
      value->integers.item[i] = CLAMP (item, G_MININT, G_MAXINT);
    }
  return count > 0 || syntax_error (self, key, text, error);
}

static gboolean
parse_real (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error)
{
  char *end;

  value->real = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || isnan (value->real)
      || (isinf (value->real) && !lab_parameter (key)->or_infinity))
    return syntax_error (self, key, text, error);
  return TRUE;
}

static gboolean
parse_choice (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error)
{
  const LabParameter *p = lab_parameter (key);
  g_autofree char *range = NULL;

  for (value->choice = 0; p->choices[value->choice] != NULL; value->choice++)
    if (strcmp (p->choices[value->choice], text) == 0)
      return TRUE;

  range = lab_exhibit_range_text (self->exhibit, key);
  g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _("%s must be one of %s, not “%s”"), p->key, range,
               text);
  return FALSE;
}

static gboolean
parse_set (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  value->set = 0;
  for (gsize i = 0; words[i] != NULL; i++)
    {
      int series = lab_exhibit_series (self->exhibit, g_strstrip (words[i]));

      if (*words[i] == '\0')
        continue;
      if (series < 0)
        {
          g_autoptr (GString) all = g_string_new (NULL);

          for (int j = 0; self->exhibit->series[j].id != NULL; j++)
            g_string_append_printf (all, "%s%s", j > 0 ? ", " : "", self->exhibit->series[j].id);
          g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _("%s takes any of %s, not “%s”"),
                       lab_parameter (key)->key, all->str, words[i]);
          return FALSE;
        }
      value->set |= 1u << series;
    }
  return TRUE;
}

gboolean
lab_spec_parse (LabSpec *self, LabKey key, const char *text, GError **error)
{
  g_autofree char *word = g_strstrip (g_strdup (text));
  LabValue value = { 0 };
  gboolean good = FALSE;

  switch (lab_parameter (key)->type)
    {
    case LAB_TYPE_INTEGER: good = parse_integer (self, key, word, &value.integer, error); break;
    case LAB_TYPE_INTEGERS: good = parse_integers (self, key, word, &value, error); break;
    case LAB_TYPE_REAL: good = parse_real (self, key, word, &value, error); break;
    case LAB_TYPE_CHOICE: good = parse_choice (self, key, word, &value, error); break;
    case LAB_TYPE_SET: good = parse_set (self, key, word, &value, error); break;
    default: break;
    }
  return good && lab_spec_set (self, key, value, error);
}

/* The largest seed is a number like any other. */
static char *
format_integer (LabKey key, gint64 x)
{
  if (x == LAB_INFINITE && lab_parameter (key)->or_infinity)
    return g_strdup ("inf");
  return g_strdup_printf ("%" G_GINT64_FORMAT, x);
}

static char *
format_integers (LabValue value)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < value.integers.count; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? ", " : "", value.integers.item[i]);
  return g_string_free (text, FALSE);
}

/* The shortest text that reads back as the same number. */
static char *
format_real (double x)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isinf (x))
    return g_strdup ("inf");

  for (int digits = 6; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, x);
      if (g_ascii_strtod (text, NULL) == x)
        break;
    }
  return g_strdup (text);
}

char *
lab_spec_format (const LabSpec *self, LabKey key)
{
  LabValue value = lab_spec_value (self, key);
  g_autoptr (GString) set = NULL;

  switch (lab_parameter (key)->type)
    {
    case LAB_TYPE_INTEGER: return format_integer (key, value.integer);
    case LAB_TYPE_INTEGERS: return format_integers (value);
    case LAB_TYPE_REAL: return format_real (value.real);
    case LAB_TYPE_CHOICE: return g_strdup (lab_spec_choice_name (self, key));
    default: break;
    }

  set = g_string_new (NULL);
  for (guint i = 0; self->exhibit->series[i].id != NULL; i++)
    if ((value.set & (1u << i)) != 0)
      g_string_append_printf (set, "%s%s", set->len > 0 ? "," : "", self->exhibit->series[i].id);
  return g_string_free (g_steal_pointer (&set), FALSE);
}

static gboolean
assign_init (LabSpec *self, const char *text, GError **error)
{
  if (strcmp (text, "mirrored") != 0 && strcmp (text, "standard") != 0)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN,
                   _("init must be one of mirrored, standard, not “%s”"), text);
      return FALSE;
    }
  return lab_spec_set (self, LAB_INIT_SCALE, (LabValue){ .real = *text == 's' ? 1 : 0 }, error);
}

/* Where the width may be infinite, it says which model it is. */
static gboolean
assign_model (LabSpec *self, const char *text, GError **error)
{
  if (strcmp (text, "infinite") == 0)
    return lab_spec_set (self, LAB_WIDTH, (LabValue){ .integer = LAB_INFINITE }, error);
  if (strcmp (text, "linearised") == 0)
    {
      gint64 width = lab_spec_integer (self, LAB_WIDTH);

      if (width == LAB_INFINITE)
        width = lab_parameter (LAB_WIDTH)->fallback;
      return lab_spec_set (self, LAB_WIDTH, (LabValue){ .integer = width }, error);
    }
  g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN,
               _("model must be one of linearised, infinite in %s, not “%s”"), self->exhibit->id,
               text);
  return FALSE;
}

gboolean
lab_spec_assign (LabSpec *self, const char *assignment, GError **error)
{
  const char *equals = strchr (assignment, '=');
  g_autofree char *name = NULL;
  LabKey key;

  if (equals == NULL)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_SYNTAX, _("“%s” is not of the form KEY=VALUE"),
                   assignment);
      return FALSE;
    }
  name = g_strstrip (g_strndup (assignment, equals - assignment));
  if (strcmp (name, "init") == 0)
    return assign_init (self, equals + 1, error);
  if (strcmp (name, "model") == 0 && !lab_exhibit_uses (self->exhibit, LAB_MODEL))
    return assign_model (self, equals + 1, error);
  if (!lab_parameter_find (name, &key, error))
    return FALSE;
  if (!lab_exhibit_uses (self->exhibit, key))
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _("%s has no parameter “%s”"),
                   self->exhibit->id, name);
      return FALSE;
    }
  return lab_spec_parse (self, key, equals + 1, error);
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
