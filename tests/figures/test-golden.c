/* Files of releases are read for ever: tests/golden/VERSION holds every exhibit and preset in every
 * format as that version wrote it, and in asked.txt what it was asked for (tools/make-golden-files). */

#include <figures.h>
#include <math.h>
#include <string.h>

/* What rounding may differ by between processors, beside the size of the value, and of targets, which is
 * one. */
#define RELATIVE 1e-9
#define ABSOLUTE 1e-18

static const char *const versions[] = { "0.1.0" };

/* Theory that has been bettered since 0.1.0: what noise costs without ridge is up to 16 % less in low
 * dimension than the equations of the mean field alone say. */
static const struct
{
  const char *series;
  double relative;
} bettered[] = { { "mean-field-mirrored", 0.16 }, { "mean-field-standard", 0.16 } };

static const char *const formats[] = { "json", "csv", "png", "svg", "pdf" };

static void
assert_value (const LabSpec *spec, const char *name, const char *text)
{
  g_autoptr (LabSpec) wanted = lab_spec_copy (spec);
  GError *error = NULL;
  LabKey key;

  lab_parameter_find (name, &key, &error);
  g_assert_no_error (error);
  lab_spec_parse (wanted, key, text, &error);
  g_assert_no_error (error);
  if (!lab_value_equal (key, lab_spec_value (spec, key), lab_spec_value (wanted, key)))
    {
      g_autofree char *is = lab_spec_format (spec, key);

      g_error ("%s is %s, not %s", name, is, text);
    }
}

/* What the version wrote down as computed. */
static void
assert_parameters (const LabSpec *spec, JsonObject *root)
{
  g_autoptr (GList) names = NULL;
  JsonObject *parameters = json_object_get_object_member (root, "parameters");

  g_assert_cmpstr (lab_spec_exhibit (spec)->id, ==,
                   json_object_get_string_member (root, "exhibit"));
  names = json_object_get_members (parameters);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (parameters, l->data);
      g_autofree char *number = NULL;

      if (JSON_NODE_HOLDS_NULL (node))
        {
          g_assert_cmpstr (l->data, ==, "points");
          g_assert_false (lab_spec_is_set (spec, LAB_POINTS));
          continue;
        }
      if (json_node_get_value_type (node) == G_TYPE_INT64)
        number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
        number = g_strdup_printf ("%.17g", json_node_get_double (node));
      assert_value (spec, l->data, number != NULL ? number : json_node_get_string (node));
    }
}

static void
assert_asked (const LabSpec *spec, char **settings)
{
  for (gsize i = 0; settings[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (settings[i], "=", 2);

      assert_value (spec, pair[0], pair[1]);
    }
}

static JsonNode *
parse (const char *text)
{
  GError *error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* A missing one is NaN. */
static double
number (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return NAN;
  g_assert_true (json_node_get_value_type (node) != G_TYPE_STRING);
  return json_node_get_double (node);
}

static double
relative_of (const char *series, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bettered); i++)
    if (strcmp (series, bettered[i].series) == 0 && strcmp (key, "y") == 0)
      return bettered[i].relative;
  return RELATIVE;
}

static void
assert_array (JsonObject *made, JsonObject *kept, const char *key)
{
  double relative = relative_of (json_object_get_string_member (kept, "id"), key);
  gboolean theory = strcmp (key, "y") == 0 && json_object_has_member (made, "everywhere");
  JsonArray *a, *b;

  g_assert_cmpint (json_object_get_null_member (made, key), ==,
                   json_object_get_null_member (kept, key));
  if (json_object_get_null_member (kept, key))
    return;
  a = json_object_get_array_member (made, theory ? "everywhere" : key);
  b = json_object_get_array_member (kept, key);
  g_assert_cmpuint (json_array_get_length (a), ==, json_array_get_length (b));
  for (guint i = 0; i < json_array_get_length (b); i++)
    {
      double x = number (json_array_get_element (a, i)), y = number (json_array_get_element (b, i));

      g_assert_true (isnan (x) == isnan (y));
      if (fabs (x - y) > relative * fabs (y) + ABSOLUTE)
        g_error ("%s of %s, place %u: %.17g, not %.17g", key,
                 json_object_get_string_member (kept, "id"), i, x, y);
    }
}

/* What 0.1.0 had wrong: bands left out the products of the initial function with target and noise. */
static gboolean
is_corrected (const LabSpec *spec, const char *key)
{
  return lab_spec_real (spec, LAB_INIT_SCALE) > 0
         && (strcmp (key, "low") == 0 || strcmp (key, "high") == 0);
}

/* Run again, it comes to the same numbers. */
static void
assert_numbers (const LabSpec *spec, JsonObject *kept)
{
  static const char *const keys[] = { "x", "y", "low", "high", "count" };
  GError *error = NULL;
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  g_autoptr (LabResult) result = lab_job_run (spec, plan, 0, NULL, NULL, NULL, &error);
  g_autoptr (LabAnswer) answer = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) made = NULL;
  JsonArray *a, *b;

  g_assert_no_error (error);
  answer = lab_answer_new (result, spec);
  text = figures_to_json (answer, spec, -1);
  made = parse (text);
  a = json_object_get_array_member (json_node_get_object (made), "series");
  b = json_object_get_array_member (kept, "series");
  g_assert_cmpuint (json_array_get_length (a), ==, json_array_get_length (b));
  for (guint i = 0; i < json_array_get_length (b); i++)
    {
      JsonObject *series = json_array_get_object_element (b, i);

      g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (a, i), "id"),
                       ==, json_object_get_string_member (series, "id"));
      for (gsize k = 0; k < G_N_ELEMENTS (keys); k++)
        if (!is_corrected (spec, keys[k]))
          assert_array (json_array_get_object_element (a, i), series, keys[k]);
    }
}

/* A line of asked.txt: name, exhibit or preset, settings. */
static void
test_line (const char *folder, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autofree char *text = NULL, *json = g_strdup_printf ("%s/%s.json", folder, words[0]);
  g_autoptr (JsonNode) kept = NULL;
  g_autoptr (LabSpec) first = NULL;
  GError *error = NULL;

  g_file_get_contents (json, &text, NULL, &error);
  g_assert_no_error (error);
  kept = parse (text);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.%s", folder, words[0], formats[i]);
      g_autoptr (LabSpec) spec = figures_read_spec (path, &error);

      g_test_message ("%s", path);
      g_assert_no_error (error);
      assert_parameters (spec, json_node_get_object (kept));
      assert_asked (spec, words + 2);
      if (first == NULL)
        first = g_steal_pointer (&spec);
      else
        g_assert_true (lab_spec_equal (spec, first));
    }
  assert_numbers (first, json_node_get_object (kept));
}

static void
test_version (gconstpointer version)
{
  g_autofree char *folder = g_build_filename (g_getenv ("GOLDEN_DIR"), version, NULL);
  g_autofree char *path = g_build_filename (folder, "asked.txt", NULL), *text = NULL;
  g_auto (GStrv) lines = NULL;
  GError *error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, 15);
  for (gsize i = 0; lines[i] != NULL; i++)
    test_line (folder, lines[i]);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *name = g_strconcat ("/figures/golden/", versions[i], NULL);

      g_test_add_data_func (name, versions[i], test_version);
    }
  return g_test_run ();
}
