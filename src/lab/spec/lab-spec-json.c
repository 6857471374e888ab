#include <string.h>

#include <glib/gi18n-lib.h>
#include "lab-json.h"
#include "lab-spec-private.h"

static char *
quote_json (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

static gboolean
is_bare_number (LabKey key, const char *text)
{
  return lab_type_is_number (lab_parameter (key)->type) && strcmp (text, "inf") != 0
         && strchr (text, ',') == NULL;
}

static void
append_value (const LabSpec *self, LabKey key, GString *out)
{
  g_autofree char *text = lab_spec_format (self, key), *quoted = NULL;

  g_string_append_printf (out, "%s\"%s\": ", out->len > 1 ? ", " : "", lab_parameter (key)->key);
  if (key == LAB_POINTS && !lab_spec_is_set (self, key))
    g_string_append (out, "null");
  else if (is_bare_number (key, text))
    g_string_append (out, text);
  else
    g_string_append (out, quoted = quote_json (text));
}

/* The main view is not named: such files are the same as those of versions that knew no other view. */
static gboolean
is_written (const LabSpec *self, LabKey key)
{
  return key != LAB_VIEW || lab_spec_choice (self, LAB_VIEW) != 0;
}

char *
lab_spec_parameters_to_text (const LabSpec *self)
{
  GString *out = g_string_new ("{");

  for (const LabKey *key = self->exhibit->keys; *key != LAB_N_KEYS; key++)
    if (is_written (self, *key))
      append_value (self, *key, out);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

/* A JSON scalar as the command line would have it; NULL for anything else. */
static char *
scalar_to_text (JsonNode *node)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.17g", json_node_get_double (node)));
  return NULL;
}

/* Also of an array of scalars, a comma list. */
static char *
node_to_text (JsonNode *node)
{
  g_autoptr (GString) out = NULL;
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return scalar_to_text (node);
  array = json_node_get_array (node);
  out = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *item = scalar_to_text (json_array_get_element (array, i));

      if (item == NULL)
        return NULL;
      g_string_append_printf (out, "%s%s", i > 0 ? "," : "", item);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "KEY=VALUE" of every member, NULL-terminated. */
static char **
read_assignments (JsonObject *values, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autofree char *text = json_node_is_null (node) ? NULL : node_to_text (node);
      g_autofree char *assignment = NULL;

      if (json_node_is_null (node))
        continue;
      if (text == NULL)
        {
          g_autofree char *quoted = lab_quote (name);

          g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
                       _("the value of “%s” is neither a number nor a text nor a list of them"),
                       quoted);
          return NULL;
        }
      assignment = g_strconcat (name, "=", text, NULL);
      g_strv_builder_add (builder, assignment);
    }
  return g_strv_builder_end (builder);
}

/* A file gives every value. Those that equal their default are unset, so that they go on to follow
 * what they depend on; no value changes by that. A number of points that is set means something else
 * than the same number by default. */
static void
unset_defaults (LabSpec *self)
{
  for (const LabKey *key = self->exhibit->keys; *key != LAB_N_KEYS; key++)
    if (*key != LAB_POINTS && lab_spec_is_default (self, *key))
      self->set[*key] = FALSE;
}

static LabSpec *
read_spec (JsonObject *object, GError **error)
{
  JsonNode *exhibit = json_object_get_member (object, "exhibit");
  JsonNode *values = json_object_get_member (object, "parameters");
  g_autoptr (LabSpec) self = NULL;
  g_auto (GStrv) assignments = NULL;

  if (exhibit == NULL)
    {
      g_set_error_literal (error, LAB_ERROR, LAB_ERROR_FILE, _("the file names no exhibit"));
      return NULL;
    }
  if (!JSON_NODE_HOLDS_VALUE (exhibit) || json_node_get_value_type (exhibit) != G_TYPE_STRING)
    {
      g_set_error_literal (error, LAB_ERROR, LAB_ERROR_FILE, _("“exhibit” is not a text"));
      return NULL;
    }
  self = lab_spec_new_named (json_node_get_string (exhibit), error);
  if (self == NULL || values == NULL)
    return g_steal_pointer (&self);
  if (!JSON_NODE_HOLDS_OBJECT (values))
    {
      g_set_error_literal (error, LAB_ERROR, LAB_ERROR_FILE, _("“parameters” is not an object"));
      return NULL;
    }

  assignments = read_assignments (json_node_get_object (values), error);
  if (assignments == NULL
      || !lab_spec_assign_all (self, (const char *const *) assignments, error))
    return NULL;
  unset_defaults (self);
  return g_steal_pointer (&self);
}

char *
lab_spec_to_text (const LabSpec *self)
{
  g_autofree char *values = lab_spec_parameters_to_text (self);

  return g_strdup_printf ("{\"exhibit\": \"%s\", \"parameters\": %s}", self->exhibit->id, values);
}

LabSpec *
lab_spec_from_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) root = lab_json_parse (text, error);

  if (root == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (root))
    return read_spec (json_node_get_object (root), error);
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
               JSON_NODE_HOLDS_ARRAY (root)
                 ? _("this is a JSON array, not an object with “exhibit” and “parameters”")
                 : _("this is a single JSON value, not an object with “exhibit” and “parameters”"));
  return NULL;
}
