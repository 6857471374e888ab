/* Random specs: what files give back, and whole runs.
 *
 *   test-figures-specs [--count N] [--seed S] [-p /figures/specs/files] [-p /figures/specs/run]
 *
 * Spec number i is drawn with the seed S + i, so that --count 1 --seed S + i draws it again. Without
 * options a few are drawn. */

#include <figures.h>
#include <math.h>
#include <pango/pango.h>
#include <string.h>

#include "random-spec.h"

static int n_specs;
static int first_seed = 1;

static const char *const formats[] = { "json", "csv", "table.csv", "png", "svg", "pdf" };

static GBytes *
write_spec (const LabAnswer *answer, const LabSpec *spec, const char *format)
{
  const char *drawn = g_str_equal (format, "table.csv") ? "csv" : format;
  g_autoptr (PlotFigure) figure = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  GBytes *bytes;

  if (g_str_equal (format, "json"))
    text = figures_to_json (answer, spec, -1);
  else if (g_str_equal (format, "csv"))
    text = figures_to_csv (answer, spec);
  if (text != NULL)
    return g_bytes_new_take (text, strlen (text));
  figure = figures_build (answer, spec);
  bytes = plot_export (figure, plot_theme_find ("light"), NULL, plot_format_find (drawn), 120, 90,
                       96, &error);
  g_assert_no_error (error);
  return bytes;
}

/* Every value comes back, and what is set is what is not as usual. */
static void
assert_comes_back (const LabAnswer *answer, const LabSpec *spec, const char *format)
{
  g_autoptr (GBytes) bytes = write_spec (answer, spec, format);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSpec) back = figures_parse_spec (bytes, &error);
  g_autofree char *text = lab_spec_to_text (spec), *again = NULL;

  g_assert_no_error (error);
  again = lab_spec_to_text (back);
  g_assert_cmpstr (again, ==, text);
  g_assert_true (lab_spec_equal (back, spec));
  for (const LabKey *key = lab_spec_exhibit (spec)->keys; *key != LAB_N_KEYS; key++)
    if (*key == LAB_POINTS)
      g_assert_true (lab_spec_is_set (back, *key) == lab_spec_is_set (spec, *key));
    else
      g_assert_true (lab_spec_is_set (back, *key) != lab_spec_is_default (back, *key));
}

static double *
two (double a, double b)
{
  return g_memdup2 ((double[]){ a, b }, 2 * sizeof (double));
}

static void
add_series (LabAnswer *answer, const LabSpec *spec, guint panel, const char *id)
{
  const LabExhibit *exhibit = lab_spec_exhibit (spec);
  double from = lab_spec_real (spec, LAB_FROM), to = lab_spec_real (spec, LAB_TO);
  LabSeries *series = g_new0 (LabSeries, 1);

  series->type = &exhibit->views->series[lab_exhibit_series (exhibit, id)];
  series->panel = panel;
  series->n = from < to ? 2 : 1;
  series->x = two (from, to);
  series->y = two (0.5, 0.25);
  series->low = two (0.25, 0.125);
  series->high = two (1, 0.5);
  series->count = g_memdup2 ((int[]){ 1, 1 }, 2 * sizeof (int));
  g_ptr_array_add (answer->series, series);
}

static void
add_slope (LabAnswer *answer, const LabSpec *spec, guint panel, const char *id)
{
  const LabExhibit *exhibit = lab_spec_exhibit (spec);
  gboolean line = lab_spec_real (spec, LAB_FROM) < lab_spec_real (spec, LAB_TO);
  LabSlope slope = { .type = &exhibit->views->series[lab_exhibit_series (exhibit, id)],
                 .panel = panel,
                 .slope = line ? -0.5 : NAN,
                 .low = NAN,
                 .high = NAN,
                 .from = lab_spec_real (spec, LAB_FROM),
                 .to = lab_spec_real (spec, LAB_TO),
                 .points = line ? 2 : 1,
                 .trials = 1,
                 .at_x = lab_spec_real (spec, LAB_FROM),
                 .at_y = 0.5,
                 .theory = NAN,
                 .limit = NAN };

  g_array_append_val (answer->slopes, slope);
}

static void
free_series (gpointer data)
{
  LabSeries *series = data;

  g_free (series->x);
  g_free (series->y);
  g_free (series->low);
  g_free (series->high);
  g_free (series->count);
  g_free (series);
}

static void *
add_facts (LabAnswer *answer, const LabFactsType *type)
{
  answer->facts_type = type;
  return answer->facts = g_malloc0 (type->size);
}

/* A model that nobody trained. */
static LabLook *
make_look (const LabSpec *spec)
{
  LabLook *look = g_atomic_rc_box_new0 (LabLook);

  look->spec = lab_spec_copy (spec);
  look->n = look->n_angles = look->rank = 2;
  look->angle = two (-180, 180);
  look->target = two (1, -1);
  look->initial = two (0, 0);
  look->parts = g_new0 (double, 2 * LAB_LOOK_N_PARTS);
  look->points = g_new0 (LabLookPoint, 2);
  look->points[0].on_circle = TRUE;
  look->eigenvalues = two (1, 0.5);
  look->cutoff = 1e-10;
  look->condition = 2;
  return look;
}

static void
free_field (gpointer data)
{
  LabField *field = data;

  g_free (field->x);
  g_free (field->y);
  g_free (field->z);
  g_free (field);
}

static void
add_field (LabAnswer *answer, const LabSpec *spec, const char *id)
{
  LabField *field = g_new0 (LabField, 1);

  field->type = lab_view_find_series (lab_spec_view (spec), id);
  field->nx = 2;
  field->ny = 1;
  field->x = two (1, 2);
  field->y = two (1, 2);
  field->z = two (1, 0.5);
  g_ptr_array_add (answer->fields, field);
}

/* Kernels that nobody found. */
static void
make_kernel (LabAnswer *answer, const LabSpec *spec)
{
  const char *name = lab_spec_choice_name (spec, LAB_KERNEL);
  g_autofree char *id = g_strdup_printf ("%s-depth-1", name);

  LabKernelFacts *facts = add_facts (answer, &lab_kernel_facts_type);

  facts->comparison = lab_spec_choice (spec, LAB_KERNEL) > LAB_KERNEL_NNGP;
  facts->zero = TRUE;
  facts->constant = facts->deviation = facts->limit = NAN;
  if (lab_view_find_series (lab_spec_view (spec), "infinite") != NULL)
    add_field (answer, spec, facts->comparison ? "comparison" : "infinite");
  else
    add_series (answer, spec, 0, facts->comparison ? "comparison" : id);
}

static void
make_descent (LabAnswer *answer, const LabSpec *spec)
{
  LabDescentFacts *facts = add_facts (answer, &lab_descent_facts_type);

  facts->first_x = facts->top_x = lab_spec_real (spec, LAB_FROM);
  facts->last_x = facts->best_x = lab_spec_real (spec, LAB_TO);
  facts->first_y = facts->top_y = 0.5;
  facts->last_y = facts->best_y = 0.25;
  facts->threshold = facts->peak_x = facts->peak_y = facts->before_x = facts->before_y = NAN;
  facts->after_x = facts->after_y = facts->noise_share = facts->initial_share = NAN;
  facts->weights_share = facts->sampling_share = facts->unseen_share = NAN;
  facts->initial_before = facts->initial_last = facts->infinite_y = facts->peak_ridge = NAN;
  facts->n_ranks = lab_spec_real (spec, LAB_FROM) < lab_spec_real (spec, LAB_TO) ? 2 : 1;
  facts->rank_x = two (lab_spec_real (spec, LAB_FROM), lab_spec_real (spec, LAB_TO));
  facts->rank = two (1, 2);
  facts->dropped = two (0, 0);
  facts->parameters = two (1, 2);
  facts->n = lab_spec_integer (spec, LAB_N_TRAIN);
}

/* Curves that nobody computed, so that specs of any size can be written. */
static LabAnswer *
make_curves (const LabSpec *spec)
{
  LabAnswer *answer = g_new0 (LabAnswer, 1);
  LabValue dims = lab_spec_value (spec, LAB_DIM);
  gboolean descent = lab_exhibit_series (lab_spec_exhibit (spec), "test") >= 0;

  answer->series = g_ptr_array_new_with_free_func (free_series);
  answer->fields = g_ptr_array_new_with_free_func (free_field);
  answer->slopes = g_array_new (FALSE, FALSE, sizeof (LabSlope));
  answer->n_panels = dims.integers.count;
  memcpy (answer->dims, dims.integers.item, sizeof answer->dims);
  answer->seeds = answer->seeds_done = 1;
  if (lab_spec_view (spec)->follows_cursor)
    {
      *(LabLook **) add_facts (answer, &lab_look_facts_type) = make_look (spec);
      return answer;
    }
  if (lab_spec_exhibit (spec)->shows_kernel)
    {
      make_kernel (answer, spec);
      return answer;
    }
  for (guint panel = 0; panel < answer->n_panels; panel++)
    {
      add_series (answer, spec, panel, descent ? "test" : "mirrored");
      if (!descent)
        add_slope (answer, spec, panel, "mirrored");
    }
  if (descent)
    make_descent (answer, spec);
  else
    add_facts (answer, &lab_learning_facts_type);
  return answer;
}
static void
test_files (void)
{
  int count = n_specs > 0 ? n_specs : 100;

  for (int i = 0; i < count; i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (first_seed + i);
      g_autoptr (LabSpec) spec = random_spec (rand, FALSE);
      const char *format = formats[g_rand_int_range (rand, 0, G_N_ELEMENTS (formats))];
      g_autoptr (LabAnswer) answer = make_curves (spec);
      g_autofree char *text = lab_spec_to_text (spec);

      g_test_message ("seed %d, %s: %s", first_seed + i, format, text);
      if (lab_spec_real (spec, LAB_FROM) > lab_spec_real (spec, LAB_TO))
        format = "json"; /* the text alone: no figure has such an axis */
      assert_comes_back (answer, spec, format);
    }
}

static void
assert_one_line (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpstr (error->message, !=, "");
  g_assert_cmpuint (strlen (error->message), <, 1000);
  for (const char *p = error->message; *p != '\0'; p++)
    g_assert_false (g_ascii_iscntrl (*p));
}

/* Words of a sentence that no number may be. */
static void
assert_sentence (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_auto (GStrv) words = g_strsplit_set (lower, " ,;:()=\n", -1);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_assert_cmpstr (words[i], !=, "nan");
      g_assert_cmpstr (words[i], !=, "-nan");
      g_assert_cmpstr (words[i], !=, "inf");
      g_assert_cmpstr (words[i], !=, "-inf");
    }
}

static void
assert_curves (const LabAnswer *answer, const LabSpec *spec)
{
  for (guint i = 0; i < answer->series->len; i++)
    {
      const LabSeries *series = g_ptr_array_index (answer->series, i);

      g_assert_cmpint (series->n, >, 0);
      for (int k = 0; k < series->n; k++)
        {
          g_assert_true (isfinite (series->x[k]));
          g_assert_false (isinf (series->y[k]));
          g_assert_true (series->count == NULL || isfinite (series->y[k]));
          /* Errors are not negative; a function or a kernel may be. */
          g_assert_false (series->y[k] < 0 && !lab_spec_view (spec)->follows_cursor
                          && !lab_spec_exhibit (spec)->shows_kernel);
          if (series->low != NULL)
            g_assert_true (series->low[k] <= series->high[k]);
        }
    }
}

/* Everything that is said and written of it. */
static void
assert_told (const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *verdict = figures_verdict (answer, spec);
  g_autofree char *markup = figures_verdict_markup (answer, spec);
  g_autofree char *table = figures_to_table (answer, spec);
  g_auto (GStrv) notes = figures_notes (answer, spec);
  const LabSeries *first = answer->series->len > 0 ? g_ptr_array_index (answer->series, 0) : NULL;
  g_autoptr (GError) error = NULL;
  LabReading reading;

  assert_curves (answer, spec);
  assert_sentence (verdict);
  assert_sentence (table);
  pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; notes[i] != NULL; i++)
    {
      assert_sentence (notes[i]);
      g_assert_null (strchr (notes[i], '\n'));
    }
  if (first == NULL || !lab_answer_read (answer, spec, first->x[first->n / 2], &reading))
    return;
  for (guint panel = 0; panel < answer->n_panels; panel++)
    {
      g_autofree char *text = figures_reading (&reading, spec, panel);

      assert_sentence (text);
      pango_parse_markup (text, -1, 0, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

/* The same result with other values of what recombines. */
static void
assert_recombines (GRand *rand, const LabResult *result, const LabSpec *spec)
{
  static const LabKey keys[] = { LAB_NOISE, LAB_INIT_SCALE, LAB_SHOW };
  g_autoptr (LabSpec) other = lab_spec_copy (spec);
  g_autoptr (LabAnswer) answer = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    lab_spec_set (other, keys[i], random_value (rand, other, keys[i], TRUE), NULL);
  g_assert_true (lab_spec_same_work (spec, other));
  answer = lab_answer_new (result, other);
  assert_told (answer, other);
  assert_comes_back (answer, other, "json");
}

/* Text that is no value, with all that a text can hold. */
static char *
random_garbage (GRand *rand)
{
  static const char *const pieces[] = {
    "=",    "nan",  "inf",   "-1",   "1e999", "\n",     "\x1b[31m", "\xff",
    "é",    "0x",   ",",     "∞",    "noise", "relu",   "9",        " ",
    "\"",   "“",    "%s",    "%n",   "<b>",   "\u202e", "&",        "dim",
    "from", "axis", "width", "time", "init",  "model",  "show",     "99999999999"
  };
  GString *text = g_string_new (NULL);
  int count = g_rand_int_range (rand, 0, 6);

  if (g_rand_int_range (rand, 0, 40) == 0)
    count = 5000;
  for (int i = 0; i < count; i++)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

/* What is refused changes nothing and says why. */
static void
assert_refuses (GRand *rand, const LabSpec *spec)
{
  const LabExhibit *exhibit = lab_spec_exhibit (spec);
  g_autoptr (LabSpec) copy = lab_spec_copy (spec);
  g_autofree char *garbage = random_garbage (rand), *assignment = NULL;
  g_autoptr (GError) error = NULL;
  int n_keys = 0;

  while (exhibit->keys[n_keys] != LAB_N_KEYS)
    n_keys++;
  assignment = g_rand_boolean (rand)
                 ? g_strdup (garbage)
                 : g_strconcat (
                   lab_parameter (exhibit->keys[g_rand_int_range (rand, 0, n_keys)])->key, "=",
                   garbage, NULL);
  if (lab_spec_assign (copy, assignment, &error))
    return;
  assert_one_line (error);
  g_assert_true (lab_spec_equal (copy, spec));
}

/* Operations of a run: some tens of milliseconds. */
#define BUDGET 3e8

static gboolean
run_spec (GRand *rand, const LabSpec *spec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabPlan) plan = NULL;
  g_autoptr (LabResult) result = NULL;
  g_autoptr (LabAnswer) answer = NULL;
  LabKey blamed;

  assert_refuses (rand, spec);
  if (!lab_spec_check (spec, &blamed, &error))
    {
      assert_one_line (error);
      g_assert_cmpint (blamed, <, LAB_N_KEYS);
      return FALSE;
    }
  plan = lab_plan_new (spec);
  if (lab_plan_cost (plan, spec, 1) > BUDGET)
    return FALSE;
  result = lab_job_run (spec, plan, g_rand_int_range (rand, 1, 3), NULL, NULL, NULL, &error);
  if (result == NULL)
    {
      assert_one_line (error);
      return FALSE;
    }
  g_assert_no_error (error);
  answer = lab_answer_new (result, spec);
  assert_told (answer, spec);
  assert_comes_back (answer, spec, "json");
  assert_comes_back (answer, spec, formats[g_rand_int_range (rand, 1, G_N_ELEMENTS (formats))]);
  assert_recombines (rand, result, spec);
  return TRUE;
}

/* Specs that found a fault once. */
static const char *const found[] = {
  "{\"exhibit\": \"learning-curve\", \"parameters\": {\"leak\": 0.3789082848685644, \"noise\": 1.3, "
  "\"dim\": 7, \"n-train\": 7, \"n-test\": 8, \"time\": 0.034, \"from\": 6, \"to\": 24, \"points\": 4, "
  "\"reach\": 3000, \"seeds\": 1}}",
};

static void
test_found (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (500114);
      g_autoptr (GError) error = NULL;
      g_autoptr (LabSpec) spec = lab_spec_from_text (found[i], &error);

      g_assert_no_error (error);
      g_test_message ("%s", found[i]);
      g_assert_true (run_spec (rand, spec));
    }
}

static void
test_run (void)
{
  int count = n_specs > 0 ? n_specs : 40, whole = 0;

  for (int i = 0; i < count; i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (first_seed + i);
      g_autoptr (LabSpec) spec = random_spec (rand, TRUE);
      g_autofree char *text = lab_spec_to_text (spec);

      g_test_message ("seed %d: %s", first_seed + i, text);
      whole += run_spec (rand, spec);
    }
  g_test_message ("%d of %d specs ran whole", whole, count);
  g_assert_true (count < 10 || whole > count / 3);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "count", 0, 0, G_OPTION_ARG_INT, &n_specs, "How many specs are drawn", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &first_seed, "What the first is drawn with", "S" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GError *error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_parse (context, &argc, &argv, &error);
  g_assert_no_error (error);
  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/figures/specs/files", test_files);
  g_test_add_func ("/figures/specs/run", test_run);
  g_test_add_func ("/figures/specs/found", test_found);
  return g_test_run ();
}
