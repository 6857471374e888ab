#include "cli.h"

#include <stdio.h>
#include <string.h>

/* A row of what can be listed: fields by name, the first of which is its key. */
typedef struct
{
  GString *out;
  gboolean json, first;
  int rows;
} List;

static void
append_field (List *list, const char *name, const char *value)
{
  if (list->json)
    {
      g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), value);
      g_autofree char *quoted = json_to_string (node, FALSE);

      g_string_append_printf (list->out, "%s\"%s\": %s", list->first ? "" : ", ", name, quoted);
    }
  else if (list->first)
    g_string_append_printf (list->out, "%-30s", value);
  else if (*value != '\0')
    g_string_append_printf (list->out, "  %s", value);
  list->first = FALSE;
}

static void
begin_row (List *list)
{
  g_string_append (list->out, list->json ? (list->rows > 0 ? ",\n  {" : "\n  {") : "");
  list->first = TRUE;
  list->rows++;
}

static void
end_row (List *list)
{
  g_string_append (list->out, list->json ? "}" : "\n");
}

static void
list_exhibits (List *list)
{
  guint n;
  const LabExhibit *const *exhibits = lab_exhibits (&n);

  for (guint i = 0; i < n; i++)
    {
      begin_row (list);
      append_field (list, "id", exhibits[i]->id);
      append_field (list, "summary", exhibits[i]->summary);
      end_row (list);
    }
}

static void
list_presets (List *list)
{
  guint n;
  const LabPreset *presets = lab_presets (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *settings = g_strjoinv (" ", (char **) presets[i].settings);

      begin_row (list);
      append_field (list, "id", presets[i].id);
      append_field (list, "exhibit", presets[i].exhibit);
      append_field (list, "settings", settings);
      end_row (list);
    }
}

static char *
describe_default (const LabExhibit *exhibit, LabKey key)
{
  g_autoptr (LabSpec) spec = lab_spec_new (exhibit);

  return lab_spec_format (spec, key);
}

static char *
describe_range (const LabExhibit *exhibit, LabKey key)
{
  g_autoptr (LabSpec) spec = lab_spec_new (exhibit);

  return lab_spec_range_text (spec, key);
}

/* "10; NAME 6": what the first exhibit that uses the parameter says, and those that say
 * otherwise. */
static char *
list_each (LabKey key, char *(*describe) (const LabExhibit *exhibit, LabKey key))
{
  guint n;
  const LabExhibit *const *exhibits = lab_exhibits (&n);
  GString *out = g_string_new (NULL);
  g_autofree char *first = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = NULL;

      if (!lab_exhibit_uses (exhibits[i], key))
        continue;
      text = describe (exhibits[i], key);
      if (first == NULL)
        g_string_append (out, first = g_steal_pointer (&text));
      else if (strcmp (text, first) != 0 && key != LAB_SHOW)
        g_string_append_printf (out, "; %s %s", exhibits[i]->id, text);
    }
  return g_string_free (out, FALSE);
}

static void
list_parameters (List *list)
{
  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    {
      const LabParameter *p = lab_parameter (key);
      g_autofree char *value = list_each (key, describe_default);
      g_autofree char *range = list_each (key, describe_range);
      g_autofree char *shown = list->json ? g_strdup (value)
                                          : g_strdup_printf ("default %s", value);

      begin_row (list);
      append_field (list, "key", p->key);
      append_field (list, "range", range);
      append_field (list, "default", shown);
      append_field (list, "meaning", p->tooltip);
      end_row (list);
    }
}

static void
list_activations (List *list)
{
  const LabParameter *p = lab_parameter (LAB_ACTIVATION);

  for (gsize i = 0; p->choices[i] != NULL; i++)
    {
      begin_row (list);
      append_field (list, "id", p->choices[i]);
      append_field (list, "label", p->choice_labels[i]);
      end_row (list);
    }
}

static void
list_themes (List *list)
{
  guint n;
  const PlotTheme *themes = plot_themes (&n);

  for (guint i = 0; i < n; i++)
    {
      begin_row (list);
      append_field (list, "id", themes[i].name);
      append_field (list, "label", themes[i].label);
      end_row (list);
    }
}

static const struct
{
  const char *name;
  void (*list) (List *list);
} lists[] = {
  { "exhibits", list_exhibits },     { "presets", list_presets },
  { "parameters", list_parameters }, { "activations", list_activations },
  { "themes", list_themes },
};

gboolean
cli_list (int argc, char **argv, GError **error)
{
  gboolean json = FALSE, found = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "As a JSON array", NULL },
    { NULL },
  };
  char *word = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (!cli_parse (entries, &argc, argv, -1, &word,
                  "list [exhibits|presets|parameters|activations|themes]", error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      List list = { out, json };

      if (word != NULL ? strcmp (word, lists[i].name) != 0 : json && i > 0)
        continue;
      found = TRUE;
      if (word == NULL && !json)
        g_string_append_printf (out, "%s%s:\n", i > 0 ? "\n" : "", lists[i].name);
      g_string_append (out, json ? "[" : "");
      lists[i].list (&list);
      g_string_append (out, json ? "\n]\n" : "");
    }
  if (!found)
    {
      g_autofree char *quoted = lab_quote (word);

      g_set_error (
        error, CLI_ERROR, CLI_ERROR_USAGE,
        "nothing called “%s” to list; there are exhibits, presets, parameters, activations, themes",
        quoted);
      return FALSE;
    }
  bytes = g_bytes_new (out->str, out->len);
  return cli_write (NULL, bytes, FALSE, error);
}
