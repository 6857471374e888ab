/* Results of random specs as `run` writes them, for check_sentences.py:
 *
 *   write-specs [--count N] [--seed S] [--cheap]
 *
 * A JSON array of documents; spec number i is drawn with the seed S + i, which stands in it as "drawn", with
 * the read-out at each computed place as "readings" and the sentence on one model as "look"; of double descent
 * also the test error that is drawn once noise is 0 ("without-noise"), and the initial function
 * ("without-start"). Jobs are tiny, but have seeds enough for every sentence. */

#include <figures.h>
#include <math.h>
#include <pango/pango.h>
#include <stdio.h>
#include <string.h>

#include "random-spec.h"

#include "../lab/view-test.h"

static int n_specs = 60;
static int first_seed = 1;
static gboolean cheap;

/* Operations of a run. */
#define BUDGET 1e8

#define MOST_SEEDS 9
#define MOST_POINTS 14

/* Spectra of kernels cost most of the time and change few sentences: in the short form few are computed. */
static gboolean
is_dear (const LabSpec *spec, int seed)
{
  gboolean descent = lab_exhibit_series (lab_spec_exhibit (spec), "test") >= 0;

  if (!cheap || seed % 80 == 8)
    return FALSE;
  if (!descent)
    return lab_spec_can_show (spec, "mean-field-mirrored");
  return lab_spec_choice (spec, LAB_MODEL) == LAB_MODEL_INFINITE || lab_spec_real (spec, LAB_SIGMA_B2) > 0;
}

/* Scatter has a meaning from four seeds on, and shapes need points; what is spoken of is nearly always
 * shown. */
static LabSpec *
draw_spec (int seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  LabSpec *spec = random_spec (rand, TRUE);
  LabValue show = lab_spec_value (spec, LAB_SHOW);

  if (g_rand_boolean (rand))
    lab_spec_set (spec, LAB_SEEDS, (LabValue){ .integer = g_rand_int_range (rand, 1, MOST_SEEDS) }, NULL);
  if (g_rand_boolean (rand))
    lab_spec_set (spec, LAB_POINTS, (LabValue){ .integer = g_rand_int_range (rand, 2, MOST_POINTS) }, NULL);
  if (g_rand_int_range (rand, 0, 10) > 0)
    {
      static const char *const ids[] = { "test", "mirrored", "standard", "mean-field-standard" };

      for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
        {
          int series = lab_exhibit_series (lab_spec_exhibit (spec), ids[i]);

          show.set |= series >= 0 ? 1u << series : 0;
        }
      lab_spec_set (spec, LAB_SHOW, show, NULL);
    }
  return spec;
}

static void
append_string (GString *out, const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (out, quoted);
}

static void
append_readings (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabSeries *first;
  LabReading reading;

  if (answer->series->len == 0)
    return;
  first = g_ptr_array_index (answer->series, 0);
  for (int i = 0; i < first->n; i++)
    for (guint panel = 0; panel < answer->n_panels; panel++)
      if (lab_answer_read (answer, spec, first->x[i], &reading))
        {
          g_autofree char *markup = figures_reading (&reading, spec, panel), *plain = NULL;

          g_assert_true (pango_parse_markup (markup, -1, 0, NULL, &plain, NULL, NULL));
          g_string_append (out, i + panel > 0 ? ", " : "");
          append_string (out, plain);
        }
}

/* Of double descent, where one kernel is looked at. */
static void
append_look (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabSeries *test = lab_answer_find (answer, "test");
  g_autoptr (LabSpec) fit = NULL;
  g_autoptr (LabAnswer) look = NULL;
  g_autofree char *sentence = NULL;

  if (test == NULL)
    return;
  look = curves_of_view (spec, "fit", test->x[test->n / 2], NULL, NULL);
  if (look == NULL)
    return;
  fit = spec_of_view (spec, "fit");
  sentence = figures_verdict (look, fit);
  g_string_append (out, ", \"look\": ");
  append_string (out, sentence);
}

/* The curve that is drawn once a value is 0, which only recombines. */
static void
append_without (GString *out, const LabResult *result, const LabSpec *spec, const char *name, LabKey key)
{
  g_autoptr (LabSpec) zero = lab_spec_copy (spec);
  g_autoptr (LabAnswer) answer = NULL;
  const LabSeries *test;

  g_assert_true (lab_spec_set (zero, key, (LabValue){ .real = 0 }, NULL));
  answer = lab_answer_new (result, zero);
  if ((test = lab_answer_find (answer, "test")) == NULL)
    return;
  g_string_append_printf (out, ", \"%s\": [", name);
  for (int i = 0; i < test->n; i++)
    g_string_append_printf (out, "%s%.17g", i > 0 ? ", " : "", test->y[i]);
  g_string_append_c (out, ']');
}

/* NULL where the spec is refused or large. */
static char *
run_spec (const LabSpec *spec, int seed)
{
  g_autoptr (LabPlan) plan = NULL;
  g_autoptr (LabResult) result = NULL;
  g_autoptr (LabAnswer) answer = NULL;
  g_autofree char *text = NULL;
  GString *out;

  if (!lab_spec_check (spec, NULL, NULL) || is_dear (spec, seed))
    return NULL;
  plan = lab_plan_new (spec);
  if (lab_plan_cost (plan, spec, 1) > BUDGET)
    return NULL;
  result = lab_job_run (spec, plan, 1, NULL, NULL, NULL, NULL);
  if (result == NULL)
    return NULL;
  answer = lab_answer_new (result, spec);
  text = figures_to_json (answer, spec, -1);
  out = g_string_new (text);
  g_string_truncate (out, strrchr (text, '}') - text);
  g_string_append_printf (out, ", \"drawn\": %d, \"readings\": [", seed);
  append_readings (out, answer, spec);
  g_string_append_c (out, ']');
  append_look (out, answer, spec);
  append_without (out, result, spec, "without-noise", LAB_NOISE);
  append_without (out, result, spec, "without-start", LAB_INIT_SCALE);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "count", 0, 0, G_OPTION_ARG_INT, &n_specs, "How many specs are drawn", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &first_seed, "What the first is drawn with", "S" },
    { "cheap", 0, 0, G_OPTION_ARG_NONE, &cheap, "Leave out most of what needs the spectrum of a kernel", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *separator = "[\n";

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !lab_init (&error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  for (int i = 0; i < n_specs; i++)
    {
      g_autoptr (LabSpec) spec = draw_spec (first_seed + i);
      g_autofree char *text = NULL;

      lab_spec_unset (spec, LAB_VIEW); /* what stands under the curve is said beside it */
      text = run_spec (spec, first_seed + i);
      if (text == NULL)
        continue;
      printf ("%s%s", separator, text);
      separator = ",\n";
    }
  printf ("%s]\n", *separator == '[' ? "[" : "");
  return fflush (stdout) == 0 ? 0 : 1;
}
