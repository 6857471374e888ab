/* Values as text: what people type, and what files hold. */

#include "lab-spec-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static gboolean
syntax_error (const LabSpec *self, LabKey key, const char *text, GError **error)
{
  const LabParameter *p = lab_parameter (key);
  g_autofree char *range = lab_spec_range_text (self, key), *quoted = lab_quote (text);

  if (p->type == LAB_TYPE_INTEGER || p->type == LAB_TYPE_INTEGERS)
    g_set_error (error, LAB_ERROR, LAB_ERROR_SYNTAX,
                 _("%s must be a whole number in %s, not “%s”"), p->key, range, quoted);
  else
    g_set_error (error, LAB_ERROR, LAB_ERROR_SYNTAX, _("%s must be a number in %s, not “%s”"),
                 p->key, range, quoted);
  return FALSE;
}

static gboolean
read_integer (const LabSpec *self, LabKey key, const char *text, gint64 *value, GError **error)
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
parse_integer (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error)
{
  return read_integer (self, key, text, &value->integer, error);
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

      if (!read_integer (self, key, g_strstrip (words[i]), &item, error))
        return FALSE;
      value->integers.item[i] = CLAMP (item, G_MININT, G_MAXINT);
    }
  return count > 0 || syntax_error (self, key, text, error);
}

static gboolean
parse_real (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error)
{
  char *end;

  errno = 0;
  value->real = g_ascii_strtod (text, &end) + 0.0; /* no zero has a sign */
  if (end == text || *end != '\0' || isnan (value->real) || strpbrk (text, "xX") != NULL
      || (isinf (value->real) && !lab_parameter (key)->or_infinity)
      || (errno == ERANGE && fabs (value->real) < 1))
    return syntax_error (self, key, text, error);
  return TRUE;
}

static gboolean
find_choice (const LabSpec *self, LabKey key, const char *text, LabValue *value)
{
  const char *name;

  for (value->choice = 0; (name = lab_exhibit_choice (self->exhibit, key, value->choice)) != NULL;
       value->choice++)
    if (strcmp (name, text) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
parse_choice (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error)
{
  g_autofree char *names = NULL, *quoted = NULL;

  if (find_choice (self, key, text, value))
    return TRUE;
  names = lab_spec_range_text (self, key);
  quoted = lab_quote (text);
  g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _("%s must be one of %s, not “%s”"),
               lab_parameter (key)->key, names, quoted);
  return FALSE;
}

static gboolean
parse_view (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error)
{
  g_autofree char *names = NULL, *quoted = NULL;
  g_auto (GStrv) words = NULL;
  const char *near;

  if (find_choice (self, key, text, value))
    return TRUE;
  names = lab_exhibit_list_choices (self->exhibit, key);
  words = g_strsplit (names, ", ", -1);
  near = lab_nearest (text, (const char *const *) words);
  quoted = lab_quote (text);
  if (near != NULL)
    g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _("%s has no view “%s”; did you mean “%s”?"),
                 self->exhibit->id, quoted, near);
  else
    g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _("%s has no view “%s”; there are %s"),
                 self->exhibit->id, quoted, names);
  return FALSE;
}

static gboolean
parse_pairs (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error)
{
  value->pairs = lab_pairs_parse (lab_parameter (key), text, error);
  return value->pairs != NULL;
}

static gboolean
parse_path (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error)
{
  value->path = lab_path_new (lab_parameter (key), text, error);
  return value->path != NULL;
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
          g_autofree char *quoted = lab_quote (words[i]);

          for (int j = 0; self->exhibit->views->series[j].id != NULL; j++)
            g_string_append_printf (all, "%s%s", j > 0 ? ", " : "", self->exhibit->views->series[j].id);
          g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _("%s takes any of %s, not “%s”"),
                       lab_parameter (key)->key, all->str, quoted);
          return FALSE;
        }
      value->set |= 1u << series;
    }
  return TRUE;
}

/* The largest seed is a number like any other. */
static char *
format_integer (const LabSpec *self, LabKey key, LabValue value)
{
  if (value.integer == LAB_INFINITE && lab_parameter (key)->or_infinity)
    return g_strdup ("inf");
  return g_strdup_printf ("%" G_GINT64_FORMAT, value.integer);
}

static char *
format_integers (const LabSpec *self, LabKey key, LabValue value)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < value.integers.count; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? ", " : "", value.integers.item[i]);
  return g_string_free (text, FALSE);
}

static char *
format_real (const LabSpec *self, LabKey key, LabValue value)
{
  return lab_format_real (value.real);
}

static char *
format_choice (const LabSpec *self, LabKey key, LabValue value)
{
  return g_strdup (lab_exhibit_choice (self->exhibit, key, value.choice));
}

static char *
format_set (const LabSpec *self, LabKey key, LabValue value)
{
  GString *set = g_string_new (NULL);

  for (guint i = 0; self->exhibit->views->series[i].id != NULL; i++)
    if ((value.set & (1u << i)) != 0)
      g_string_append_printf (set, "%s%s", set->len > 0 ? "," : "", self->exhibit->views->series[i].id);
  return g_string_free (set, FALSE);
}

static char *
format_pairs (const LabSpec *self, LabKey key, LabValue value)
{
  return lab_pairs_format (value.pairs);
}

static char *
format_path (const LabSpec *self, LabKey key, LabValue value)
{
  return g_strdup (lab_path_get (value.path));
}

static const struct
{
  gboolean (*parse) (const LabSpec *self, LabKey key, const char *text, LabValue *value, GError **error);
  char *(*format) (const LabSpec *self, LabKey key, LabValue value);
} types[] = {
  [LAB_TYPE_INTEGER] = { parse_integer, format_integer },
  [LAB_TYPE_INTEGERS] = { parse_integers, format_integers },
  [LAB_TYPE_REAL] = { parse_real, format_real },
  [LAB_TYPE_CHOICE] = { parse_choice, format_choice },
  [LAB_TYPE_SET] = { parse_set, format_set },
  [LAB_TYPE_VIEW] = { parse_view, format_choice },
  [LAB_TYPE_PAIRS] = { parse_pairs, format_pairs },
  [LAB_TYPE_FILE] = { parse_path, format_path },
};

gboolean
lab_spec_parse (LabSpec *self, LabKey key, const char *text, GError **error)
{
  LabType type = lab_parameter (key)->type;
  g_autofree char *word = g_strdup (text);
  LabValue value = { 0 };
  gboolean good;

  /* In a path every character counts, blanks too. */
  if (type != LAB_TYPE_FILE)
    g_strstrip (word);
  if (!types[type].parse (self, key, word, &value, error))
    return FALSE;
  good = lab_spec_set (self, key, value, error);
  lab_type_unref (type, value);
  return good;
}

char *
lab_spec_format (const LabSpec *self, LabKey key)
{
  return types[lab_parameter (key)->type].format (self, key, self->values[key]);
}

static gboolean
assign_init (LabSpec *self, const char *text, GError **error)
{
  if (strcmp (text, "mirrored") != 0 && strcmp (text, "standard") != 0)
    {
      g_autofree char *quoted = lab_quote (text);

      g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN,
                   _("init must be one of mirrored, standard, not “%s”"), quoted);
      return FALSE;
    }
  return lab_spec_set (self, LAB_INIT_SCALE, (LabValue){ .real = *text == 's' ? 1 : 0 }, error);
}

/* Where the width may be infinite, it decides the model. */
static gboolean
assign_model (LabSpec *self, const char *text, GError **error)
{
  g_autofree char *quoted = lab_quote (text);

  if (strcmp (text, "infinite") == 0)
    return lab_spec_set (self, LAB_WIDTH, (LabValue){ .integer = LAB_INFINITE }, error);
  if (strcmp (text, "linearised") == 0)
    {
      gint64 width = lab_spec_is_infinite (self) ? (gint64) lab_parameter (LAB_WIDTH)->fallback
                                                 : lab_spec_integer (self, LAB_WIDTH);

      return lab_spec_set (self, LAB_WIDTH, (LabValue){ .integer = width }, error);
    }
  g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN,
               _("model must be one of linearised, infinite in %s, not “%s”"), self->exhibit->id,
               quoted);
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
      g_autofree char *quoted = lab_quote (assignment);

      g_set_error (error, LAB_ERROR, LAB_ERROR_SYNTAX, _("“%s” is not of the form KEY=VALUE"),
                   quoted);
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

static gboolean
comes_first (const char *assignment)
{
  g_autofree char *name = g_strstrip (g_strndup (assignment, strcspn (assignment, "=")));

  return strcmp (name, "model") == 0 || strcmp (name, "axis") == 0;
}

gboolean
lab_spec_assign_all (LabSpec *self, const char *const *assignments, GError **error)
{
  for (int pass = 0; pass < 2; pass++)
    for (gsize i = 0; assignments != NULL && assignments[i] != NULL; i++)
      if (comes_first (assignments[i]) == (pass == 0)
          && !lab_spec_assign (self, assignments[i], error))
        return FALSE;
  return TRUE;
}
