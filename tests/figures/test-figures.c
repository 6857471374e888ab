#include <figures.h>
#include <glib/gstdio.h>
#include <math.h>
#include <pango/pango.h>

#include "lab-case.h"

/* Small, and the same on every machine to the digits that sentences show. */
#define SMALL "n-train=50", "dim=5", "seeds=9", "to=60", "n-test=300"

#define LEARNING "from=32", "to=256", "points=7", "seeds=6", "n-test=300"

/* As case_make(), but what differs from the last one only in what never starts a job has its result. */
static Case
make (const char *name, const char *const *settings)
{
  static LabSpec *last;
  static LabResult *result;
  GError *error = NULL;
  Case made = { .spec = lab_spec_new_named (name, &error) };

  g_assert_no_error (error);
  lab_spec_assign_all (made.spec, settings, &error);
  g_assert_no_error (error);
  if (last == NULL || !lab_spec_same_work (last, made.spec))
    {
      Case whole = case_make (name, 0, settings);

      g_clear_pointer (&last, lab_spec_free);
      g_clear_pointer (&result, lab_result_unref);
      last = lab_spec_copy (made.spec);
      result = lab_result_ref (whole.result);
      case_clear (&whole);
    }
  made.result = lab_result_ref (result);
  made.answer = lab_answer_new (result, made.spec);
  return made;
}

/* What the sentence must say in each situation. */
static const struct
{
  const char *name;
  const char *settings[12];
  const char *says[4];
} verdicts[] = {
  { "double-descent",
    { SMALL },
    { "Peak at width 10, where the rank meets n = 50", "times the best error before it",
      "of it is noise.", "ends lower" } },
  { "random-features-double-descent",
    { "seeds=9", "noise=0", "init-scale=1.5", "to=400", "points=8" },
    { "Peak at width 114", "The initial function makes up" } },
  { "double-descent",
    { SMALL, "to=8" },
    { "No peak in this range: at its end, width 8, the rank is 40, below n = 50." } },
  { "double-descent",
    { SMALL, "from=20" },
    { "No peak in this range: from its beginning, width 20, the model interpolates all n = 50 "
      "points." } },
  { "double-descent", { SMALL, "ridge=1" }, { "No peak: the ridge of 1 has removed it." } },
  { "double-descent", { SMALL, "to=14" }, { "Peak at width 10", "not below the first" } },
  { "double-descent",
    { "model=random-features", "target=cosine", "activation=erf", "noise=0", "ensemble=inf",
      "n-train=20", "n-test=1", "from=4", "to=40", "points=9", "seeds=3" },
    { "Peak at width 17 (n = 20): far above the best error before it (0 at width 13)." } },
  { "learning-curve",
    { LEARNING },
    { "At n = 256 a mirrored start is ", "times better than a random one", "mirrored −1.",
      "Both are pre-asymptotic: their limits are −1 and −3/8, far beyond these n. Theory has" } },
  { "learning-curve",
    { LEARNING, "fit-from=100", "fit-to=200" },
    { "too short: fewer than three points are in it." } },
  { "learning-curve",
    { LEARNING, "fit-from=100" },
    { "too short: it spans less than a factor of four in n." } },
  { "learning-curve",
    { "from=128", "to=512", "points=5", "seeds=6", "n-test=200" },
    { "The standard slope is pre-asymptotic: its limit is −3/8, far beyond these n. Theory has",
      "−0.40 at n = 10⁵." } },
  { "learning-curve",
    { "from=128", "to=512", "points=5", "seeds=6", "n-test=200", "reach=2.5e9" },
    { "at n = 2.5\u00a0×\u00a010⁹." } },
  { "learning-curve",
    { LEARNING, "noise=0", "seeds=20", "n-test=300" },
    { "are pre-asymptotic: their limits are −12/5 and −3/5" } },
  { "learning-curve",
    { LEARNING, "n-test=10" },
    { "The interval of a slope is wide: average over more seeds, or take a longer axis." } },
  { "learning-curve",
    { LEARNING, "n-test=4", "seeds=4", "fit-from=50" },
    { "too short for its interval: widen it, or average over more seeds." } },
  { "learning-curve",
    { LEARNING, "dim=1" },
    { "a mirrored start is no better than a random one" } },
  { "learning-curve", { LEARNING, "seeds=1" }, { "A single seed gives no interval" } },
  { "learning-curve",
    { LEARNING, "stop=end" },
    { "the noise is fitted too, and overfitting is tempered: noise costs 0.19 σ² in the limit. At n = 256 it "
      "costs 0.2" } },
  { "learning-curve",
    { LEARNING, "stop=end", "kernel=nngp", "dim=3" },
    { "overfitting is tempered: noise costs a finite multiple of σ² in the limit. At n = 256 it costs " } },
  { "learning-curve",
    { LEARNING, "stop=end", "kernel=rbf" },
    { "overfitting is catastrophic: but for the cut-off, what noise costs would grow without bound. At n = " } },
  { "learning-curve",
    { LEARNING, "stop=end", "activation=erf" },
    { "catastrophic" } },
  { "learning-curve",
    { LEARNING, "stop=end", "ridge=0.01" },
    { "With the ridge overfitting is benign: what noise costs goes to zero as n grows. At n = 256 it costs 0.0" } },
  { "learning-curve",
    { LEARNING, "stop=end", "width=64" },
    { "the noise is fitted too: the error does not go to zero." } },
  { "learning-curve",
    { LEARNING, "kernel=laplace" },
    { "At n = 256 the error is ", "Its slope is −" } },
  { "learning-curve",
    { LEARNING, "dim=6,11", "n-test=400" },
    { "D = 6: mirrored ", "D = 11: mirrored ", "pre-asymptotic, limit −3/13)" } },
};

static void
test_verdicts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_auto (Case) made = make (verdicts[i].name, verdicts[i].settings);
      g_autofree char *verdict = figures_verdict (made.answer, made.spec);
      g_autofree char *markup = figures_verdict_markup (made.answer, made.spec);

      g_test_message ("%s", verdict);
      for (int j = 0; j < 4 && verdicts[i].says[j] != NULL; j++)
        if (strstr (verdict, verdicts[i].says[j]) == NULL)
          g_error ("“%s” does not say “%s”", verdict, verdicts[i].says[j]);
      g_assert_null (strstr (verdict, "nan"));
      g_assert_null (strstr (verdict, "inf times"));
      g_assert_null (strchr (verdict, '<'));
      g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL));
    }
}

/* The numbers in the sentence are those of the curve. */
static void
test_verdict_numbers (void)
{
  static const char *const settings[] = { SMALL, NULL };
  g_auto (Case) made = make ("double-descent", settings);
  const LabSeries *test = lab_answer_find (made.answer, "test");
  g_autofree char *verdict = figures_verdict (made.answer, made.spec);
  double peak = 0, before = INFINITY, width, times;
  const char *colon = strstr (verdict, ": ");

  for (int i = 0; i < test->n; i++)
    if (test->y[i] > peak)
      peak = test->y[i];
  for (int i = 0; i < test->n && test->y[i] < peak; i++)
    before = MIN (before, test->y[i]);
  g_assert_cmpint (sscanf (verdict, "Peak at width %lf", &width), ==, 1);
  g_assert_cmpint (sscanf (colon, ": %lf times", &times), ==, 1);
  g_assert_cmpfloat (width, ==, 10);
  g_assert_cmpfloat (fabs (times / (peak / before) - 1), <, 0.06);
}

/* So are the factor and the slopes of learning curves. */
static void
test_learning_numbers (void)
{
  static const char *const settings[] = { LEARNING, NULL };
  g_auto (Case) made = make ("learning-curve", settings);
  const LabSeries *mirrored = lab_answer_find (made.answer, "mirrored"),
                  *standard = lab_answer_find (made.answer, "standard");
  g_autofree char *verdict = figures_verdict (made.answer, made.spec);
  const char *is = strstr (verdict, " start is "), *slope = strstr (verdict, "standard −");
  int last = mirrored->n - 1;
  double times, size;

  g_assert_cmpint (sscanf (is, " start is %lf times", &times), ==, 1);
  g_assert_cmpfloat (fabs (times * mirrored->y[last] / standard->y[last] - 1), <, 0.06);
  g_assert_cmpint (sscanf (slope, "standard −%lf", &size), ==, 1);
  g_assert_cmpfloat (fabs (size + lab_answer_find_slope (made.answer, "standard", 0)->slope), <=,
                     0.005);
}

/* Cut-offs used and domains of theory are said. */
static void
test_notes (void)
{
  static const struct
  {
    const char *name;
    const char *settings[12];
    const char *note;
  } cases[] = {
    { "random-features-double-descent",
      { "seeds=2", "to=200" },
      "Where it was not measured to be that close, it is left out. Medians are drawn, and lie below the mean" },
    { "random-features-double-descent",
      { "seeds=2", "to=200", "depth=2" },
      "one hidden layer without biases" },
    { "random-features-double-descent",
      { "seeds=2", "to=200", "ridge=0.01" },
      "Theory is within 5 % of the simulated mean where it is drawn in full." },
    { "double-descent",
      { "axis=ensemble", "width=5", "n-train=20", "n-test=10", "seeds=2", "points=3" },
      "K = 1 is their mean on each data set, above the median of single models" },
    { "learning-curve",
      { "from=16", "to=64", "points=3", "n-test=10", "seeds=2", "dim=3", "noise=0", "kernel=matern-5/2" },
      "is left out: it was not measured to be within 20 % of the simulated mean here." },
    { "random-features-double-descent",
      { "seeds=2", "to=200", "dim=3", "activation=erf" },
      "Theory is left out where the cut-off decides" },
    { "double-descent",
      { "dim=3", "n-train=60", "from=5", "to=40", "seeds=2", "activation=erf", "n-test=50", "cutoff=1e-06" },
      "eigenvalues below 10⁻⁶ of the largest count as zero" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Case) made = case_make (cases[i].name, 0, cases[i].settings);
      g_auto (GStrv) notes = figures_notes (made.answer, made.spec);
      g_autofree char *all = g_strjoinv ("\n", notes);

      if (cases[i].note == NULL)
        g_assert_cmpstr (all, ==, "");
      else if (strstr (all, cases[i].note) == NULL)
        g_error ("“%s” is not said in “%s”", cases[i].note, all);
    }
}

/* JSON: what is promised to scripts, and numbers that read back the same. */
static void
test_json (void)
{
  static const char *const settings[] = { SMALL, NULL };
  g_auto (Case) made = make ("double-descent", settings);
  g_autofree char *text = figures_to_json (made.answer, made.spec, 0.25);
  g_autofree char *reproducible = figures_to_json (made.answer, made.spec, -1);
  g_autoptr (JsonParser) parser = json_parser_new ();
  GError *error = NULL;
  JsonObject *root, *test;
  const LabSeries *series = lab_answer_find (made.answer, "test");

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (root, "program"), ==, figures_program ());
  g_assert_cmpstr (json_object_get_string_member (root, "exhibit"), ==, "double-descent");
  g_assert_cmpint (
    json_object_get_int_member (json_object_get_object_member (root, "parameters"), "n-train"), ==,
    50);
  g_assert_cmpfloat (json_object_get_double_member (root, "seconds"), ==, 0.25);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (root, "fits")), ==, 0);
  test = json_array_get_object_element (json_object_get_array_member (root, "series"), 0);
  g_assert_cmpstr (json_object_get_string_member (test, "id"), ==, "test");
  for (int i = 0; i < series->n; i++)
    {
      g_assert_cmpfloat (
        json_array_get_double_element (json_object_get_array_member (test, "y"), i), ==,
        series->y[i]);
      g_assert_cmpfloat (
        json_array_get_double_element (json_object_get_array_member (test, "high"), i), ==,
        series->high[i]);
      g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (test, "count"), i),
                       ==, 9);
    }
  g_assert_null (strstr (reproducible, "seconds"));
}

/* Whatever the program writes says how it was made. */
static void
test_specs_read_back (void)
{
  static const char *const settings[] = { SMALL, "noise=0.3", "activation=erf", NULL };
  static const char *const formats[] = { "png", "svg", "pdf", "csv" };
  g_auto (Case) made = make ("double-descent", settings);
  g_autoptr (PlotFigure) figure = figures_build (made.answer, made.spec);
  g_autofree char *folder = g_dir_make_tmp ("figures-XXXXXX", NULL);
  g_autofree char *json = figures_to_json (made.answer, made.spec, 1);
  g_autofree char *csv = figures_to_csv (made.answer, made.spec);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  PlotLimits view;

  plot_limits_init (&view, figure);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strconcat ("drawn.", formats[i], NULL);
      g_autoptr (GBytes) bytes = plot_export (figure, plot_theme_find ("paper"), &view,
                                              plot_format_find (formats[i]), 600, 400, 96, NULL);
      char *path = g_build_filename (folder, name, NULL);

      g_ptr_array_add (paths, path);
      g_assert_true (plot_write_file (path, bytes, FALSE, NULL));
    }
  g_ptr_array_add (paths, g_build_filename (folder, "run.json", NULL));
  g_assert_true (g_file_set_contents (g_ptr_array_index (paths, 4), json, -1, NULL));
  g_ptr_array_add (paths, g_build_filename (folder, "run.csv", NULL));
  g_assert_true (g_file_set_contents (g_ptr_array_index (paths, 5), csv, -1, NULL));

  for (guint i = 0; i < paths->len; i++)
    {
      GError *error = NULL;
      g_autoptr (LabSpec) back = figures_read_spec (g_ptr_array_index (paths, i), &error);

      g_assert_no_error (error);
      g_assert_true (lab_spec_equal (back, made.spec));
      g_unlink (g_ptr_array_index (paths, i));
    }
  g_rmdir (folder);
}

static void
test_unreadable (void)
{
  static const char *const contents[] = { "",         "hello",  "\x89PNG\r\n\x1a\n",
                                          "%PDF-1.5", "<svg/>", "# nothing\n",
                                          "{" };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), "unreadable", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, contents[i], -1, NULL));
      g_assert_null (figures_read_spec (path, &error));
      g_assert_nonnull (error);
      g_assert_true (g_str_has_prefix (error->message, path));
      g_unlink (path);
    }
}

/* As many curves, of a style each; pale parts are of the same. */
static void
assert_styles (const PlotFigure *figure, guint n)
{
  guint count = 0;

  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    {
      const PlotSeries *a = plot_figure_get_series (figure, i);
      gboolean first = TRUE;

      for (guint j = 0; j < i; j++)
        {
          const PlotSeries *b = plot_figure_get_series (figure, j);

          first = first && strcmp (a->id, b->id) != 0;
          g_assert_true ((a->style == b->style) == (strcmp (a->id, b->id) == 0));
        }
      count += first;
    }
  g_assert_cmpuint (count, ==, n);
}

/* The figure draws what is to be shown, and nothing else. */
static void
test_shown (void)
{
  static const char *const all[] = {
    "seeds=2", "to=200", "init=standard",
    "show=test,train,finite-d,limit,bias,sampling,weights,initial-function,noise", NULL
  };
  static const char *const some[] = { "seeds=2", "to=200", "show=test", NULL };
  g_auto (Case) many = case_make ("random-features-double-descent", 0, all);
  g_auto (Case) few = case_make ("random-features-double-descent", 0, some);
  g_autoptr (PlotFigure) full = figures_build (many.answer, many.spec);
  g_autoptr (PlotFigure) bare = figures_build (few.answer, few.spec);
  g_autofree char *verdict = figures_verdict (many.answer, many.spec);

  assert_styles (full, 9);
  g_assert_cmpint (plot_figure_get_n_series (bare), ==, 1);
  g_assert_cmpstr (plot_figure_get_description (full), ==, verdict);
  g_assert_nonnull (strstr (plot_figure_get_title (full), "standard"));
}

static void
test_reading (void)
{
  static const char *const settings[] = { SMALL, NULL };
  g_auto (Case) made = make ("double-descent", settings);
  LabReading reading;
  g_autofree char *exact = NULL, *between = NULL;

  g_assert_true (lab_answer_read (made.answer, made.spec, 10, &reading));
  g_assert_true (reading.exact);
  g_assert_cmpfloat (lab_descent_reading (&reading)->rank, ==, 50);
  g_assert_cmpfloat (lab_descent_reading (&reading)->parameters, ==, 60);
  exact = figures_reading (&reading, made.spec, 0);
  g_assert_nonnull (strstr (exact, "width <b>10</b>"));
  g_assert_true (g_regex_match_simple ("rank 50 \\([1-4][0-9]\u2060\u00a0–\u2060\u00a050\\) of <i>n</i> = 50", exact, 0, 0));
  g_assert_true (lab_answer_read (made.answer, made.spec, 10.5, &reading));
  between = figures_reading (&reading, made.spec, 0);
  g_assert_nonnull (strstr (between, "between points"));
  g_assert_false (lab_answer_read (made.answer, made.spec, 1000, &reading));
}

/* An empty frame does not stand without a word. */
static void
test_nothing_shown (void)
{
  static const char *const settings[][4] = { { "kernel", "kernel=laplace", "show=ntk-depth-1", NULL },
                                             { "kernel", "kernel=laplace", "show=comparison", NULL },
                                             { "kernel", "kernel=laplace", "view=matrix", NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LabSpec) spec = lab_spec_new_named (settings[i][0], &error);
      g_autoptr (LabPlan) plan = NULL;
      g_autoptr (LabResult) result = NULL;
      g_autoptr (LabAnswer) answer = NULL;
      g_auto (GStrv) notes = NULL;

      lab_spec_assign_all (spec, settings[i] + 1, &error);
      g_assert_no_error (error);
      plan = lab_plan_new (spec);
      result = lab_job_run (spec, plan, 1, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      answer = lab_answer_new (result, spec);
      notes = figures_notes (answer, spec);
      g_assert_true (g_strv_contains ((const char *const *) notes,
                                      "No curve is drawn: all that there are here are switched off.")
                     == (i == 0));
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/figures/nothing-shown", test_nothing_shown);
  g_test_add_func ("/figures/verdicts", test_verdicts);
  g_test_add_func ("/figures/verdict-numbers", test_verdict_numbers);
  g_test_add_func ("/figures/learning-numbers", test_learning_numbers);
  g_test_add_func ("/figures/notes", test_notes);
  g_test_add_func ("/figures/json", test_json);
  g_test_add_func ("/figures/specs-read-back", test_specs_read_back);
  g_test_add_func ("/figures/unreadable", test_unreadable);
  g_test_add_func ("/figures/shown", test_shown);
  g_test_add_func ("/figures/reading", test_reading);
  return g_test_run ();
}
