/* The figures of kernels: what is drawn, written and said. */

#include <figures.h>
#include <math.h>
#include <string.h>

#include "../lab/lab-test.h"

static LabAnswer *
curves_of (const char *name, const char *first, const char *second, LabSpec **spec)
{
  g_autoptr (LabResult) result = run_job (name, 2, spec, first, second, NULL);

  return lab_answer_new (result, *spec);
}

static guint
count_curves (const PlotFigure *figure, const char *prefix)
{
  guint count = 0;

  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    count += g_str_has_prefix (plot_figure_get_series (figure, i)->id, prefix);
  return count;
}

static const PlotSeries *
find_curve (const PlotFigure *figure, const char *id)
{
  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    if (g_str_equal (plot_figure_get_series (figure, i)->id, id))
      return plot_figure_get_series (figure, i);
  g_assert_not_reached ();
}

/* Depths have an order, and the chosen one alone is not muted. */
static void
test_depths (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("kernel", "depth=3", "max-depth=5", &spec);
  g_autoptr (PlotFigure) figure = figures_build (answer, spec);

  g_assert_cmpuint (count_curves (figure, "ntk-depth-"), ==, 5);
  g_assert_cmpuint (count_curves (figure, "empirical"), ==, 1);
  for (guint i = 0; i < 5; i++)
    {
      const PlotSeries *series = plot_figure_get_series (figure, i);

      g_assert_cmpuint (series->order, ==, i + 1);
      g_assert_cmpuint (series->n_orders, ==, 5);
      g_assert_true (series->muted == (i != 2));
    }
}

/* What has one id in the answer and in the figure has the same numbers; edges of a range have ids of their own. */
static void
check_numbers (const LabAnswer *answer, const PlotFigure *figure)
{
  const LabSeries *range = lab_answer_find (answer, "deviation");
  const PlotSeries *high = find_curve (figure, "deviation-high"), *low = find_curve (figure, "deviation-low");

  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    {
      const PlotSeries *drawn = plot_figure_get_series (figure, i);
      const LabSeries *series = lab_answer_find (answer, drawn->id);

      g_assert_true (series != NULL || g_str_has_prefix (drawn->id, "deviation-"));
      for (int j = 0; series != NULL && j < drawn->n; j++)
        g_assert_cmpfloat (drawn->y[j], ==, series->y[j]);
    }
  g_assert_cmpint (high->n, ==, range->n);
  for (int j = 0; j < range->n; j++)
    {
      g_assert_cmpfloat (high->y[j], ==, range->high[j]);
      g_assert_cmpfloat (low->y[j], ==, range->low[j]);
    }
}

/* Deviations have two edges, of which one is in the legend. */
static void
test_deviation (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("kernel", "seeds=5", NULL, &spec);
  g_autoptr (PlotFigure) figure = figures_build (answer, spec);

  check_numbers (answer, figure);
  g_assert_cmpuint (count_curves (figure, "deviation"), ==, 2);
  g_assert_cmpstr (find_curve (figure, "deviation-low")->label, ==, "");
  lab_spec_assign (spec, "show=ntk-depth-1", NULL);
  g_clear_pointer (&figure, plot_figure_unref);
  figure = figures_build (answer, spec);
  g_assert_cmpuint (plot_figure_get_n_series (figure), ==, 1);
}

static void
test_sentences (void)
{
  static const struct
  {
    const char *name, *first, *second, *says;
  } cases[] = {
    { "deep-kernels", "seed=1", NULL,
      "At depth 10 the NTK falls from 1 to 0.29 of its value at angle 0, at 167°; with depth it tends to 0.25 at "
      "every angle but 0." },
    { "kernel", "width=inf", "sigma-b2=10", "At depth 1 the NTK falls from 1 to 0.61 of its value at angle 0, at 180°." },
    { "deep-kernels", "kernel=nngp", "sigma-b2=10",
      "At depth 10 the NNGP hardly tells directions apart: 0.98…1 of its value at angle 0." },
    { "kernel", "width=inf", "kernel=nngp",
      "At depth 1 the NNGP falls from 1 to 0, to rounding, of its value at angle 0, first at 180°." },
    { "kernel", "activation=cos", "sigma-w2=0",
      "At depth 1 the NTK is the same at every angle, to rounding. 64 units: the kernels of 20 networks are the "
      "limit at angle 0, to rounding." },
    { "kernel", "kernel=rbf", "length-scale=0.01", "RBF kernel: from 1 at angle 0 to 0, to rounding, at 180°." },
    { "kernel", "kernel=laplace", "length-scale=0.01",
      "Laplace kernel: from 1 at angle 0 to 1.4\u00a0×\u00a010⁻⁸⁷ at 180°." },
    { "kernel", "view=matrix", "width=inf", "Between two of the 100 points the NTK has from −0.068 to 0.83 of its value at angle 0." },
    { "laplace-kernel", "view=matrix", "n-train=2", "Between any two points the Laplace kernel has 0.25 of its value at angle 0." },
    { "laplace-kernel", "view=matrix", "dim=2", "Between two of the 100 points the Laplace kernel has from 0.14 to 1.0 of its value at angle 0." },
    { "kernel", "width=inf", NULL, "At depth 1 the NTK falls from 1 to −0.068 of its value at angle 0, at 143°." },
    { "laplace-kernel", "seed=1", NULL, "Laplace kernel: from 1 at angle 0 to 0.14 at 180°." },
    { "kernel", "sigma-v2=0", "normalised=yes", "The kernel is zero: no signal passes through the layers." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LabSpec) spec = NULL;
      g_autoptr (LabAnswer) answer = curves_of (cases[i].name, cases[i].first, cases[i].second, &spec);
      g_autofree char *verdict = figures_verdict (answer, spec);

      g_assert_cmpstr (verdict, ==, cases[i].says);
    }
}

/* The law is named whatever the networks drawn have, and said to be what it is. */
static void
test_law (void)
{
  static const struct
  {
    const char *first, *second, *law, *label;
  } cases[] = {
    { "width=16", "depth=1", "; over all networks it is exactly 1.73/√m, 43 %.", "± standard deviation, exact" },
    { "width=128", "depth=2", "; over all networks it is 2.54/√m, 22 %, to leading order.",
      "± standard deviation, to leading order" },
    { "width=32", "depth=8", "; over all networks it is 5.31/√m, 94 %, to leading order.",
      "± standard deviation, to leading order" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LabSpec) spec = NULL;
      g_autoptr (LabAnswer) answer = curves_of ("kernel", cases[i].first, cases[i].second, &spec);
      g_autofree char *verdict = figures_verdict (answer, spec), *json = figures_to_json (answer, spec, -1);
      g_autofree char *label = g_strdup_printf ("\"deviation\", \"label\": \"%s\"", cases[i].label);
      g_auto (GStrv) notes = figures_notes (answer, spec);
      g_autoptr (PlotFigure) figure = figures_build (answer, spec);

      g_assert_true (g_str_has_suffix (verdict, cases[i].law));
      g_assert_nonnull (strstr (json, label));
      g_assert_cmpstr (find_curve (figure, "deviation-high")->label, ==, cases[i].label);
      g_assert_cmpuint (g_strv_length (notes), ==, i == 0 ? 0 : 1);
      g_assert_true (i == 0 || (strstr (notes[0], "So narrow") != NULL) == (i == 2));
      ((LabKernelFacts *) lab_kernel_facts (answer))->deviation *= 3;
      g_free (verdict);
      verdict = figures_verdict (answer, spec);
      g_assert_true (g_str_has_suffix (verdict, cases[i].law));
    }
}

/* Fields stand in JSON as rows of numbers and in CSV as a table of cells, and both name their spec. */
static void
test_fields (void)
{
  g_autoptr (LabSpec) spec = NULL, back = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("kernel", "n-train=3", "view=matrix", &spec);
  g_autofree char *json = figures_to_json (answer, spec, -1), *csv = figures_to_csv (answer, spec);
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_auto (GStrv) rows = g_strsplit (strstr (csv, "series,x,y,z\n"), "\n", -1);
  JsonArray *fields = json_object_get_array_member (json_node_get_object (root), "fields");

  g_assert_null (strstr (csv, "series,x,y,low"));
  g_assert_cmpuint (g_strv_length (rows), ==, 1 + 2 * 9 + 1);
  g_assert_cmpuint (json_array_get_length (fields), ==, 2);
  for (guint f = 0; f < 2; f++)
    {
      JsonObject *object = json_array_get_object_element (fields, f);
      const LabField *field = lab_answer_find_field (answer, json_object_get_string_member (object, "id"));
      JsonArray *z = json_object_get_array_member (object, "z");

      for (guint j = 0; j < 3; j++)
        for (guint i = 0; i < 3; i++)
          {
            g_auto (GStrv) cells = g_strsplit (rows[1 + 9 * f + 3 * j + i], ",", -1);
            const double want = field->z[3 * j + i];

            g_assert_cmpfloat (json_array_get_double_element (json_array_get_array_element (z, j), i), ==, want);
            g_assert_cmpfloat (g_ascii_strtod (cells[3], NULL), ==, want);
            g_assert_cmpfloat (g_ascii_strtod (cells[1], NULL), ==, i + 1);
            g_assert_cmpfloat (g_ascii_strtod (cells[2], NULL), ==, j + 1);
            g_assert_cmpstr (cells[0], ==, field->type->id);
          }
    }
  back = figures_parse_spec (bytes, NULL);
  g_assert_true (lab_spec_equal (back, spec));
}

/* A pin is the curve at its depth, told apart by what differs. */
static void
test_pin (void)
{
  g_autoptr (LabSpec) before = NULL, spec = NULL;
  g_autoptr (LabAnswer) pinned = curves_of ("kernel", "depth=2", "width=inf", &before);
  g_autoptr (LabAnswer) answer = curves_of ("laplace-kernel", "normalised=no", NULL, &spec);
  const FiguresPin pin = { 1, pinned, before };
  g_autoptr (PlotFigure) figure = figures_build_with (answer, spec, &pin, 1);
  const PlotSeries *series = NULL;

  g_assert_cmpuint (count_curves (figure, "pin-"), ==, 1);
  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    if (g_str_equal (plot_figure_get_series (figure, i)->id, "pin-1"))
      series = plot_figure_get_series (figure, i);
  g_assert_cmpfloat (series->y[0], ==, 3);
  g_assert_nonnull (strstr (series->label, "NTK"));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/figures/kernel/depths", test_depths);
  g_test_add_func ("/figures/kernel/deviation", test_deviation);
  g_test_add_func ("/figures/kernel/sentences", test_sentences);
  g_test_add_func ("/figures/kernel/law", test_law);
  g_test_add_func ("/figures/kernel/fields", test_fields);
  g_test_add_func ("/figures/kernel/pin", test_pin);
  return g_test_run ();
}
