/* Pinned curves, and the words that set them apart. */

#include <figures.h>
#include <math.h>
#include <string.h>

static LabSpec *
make_spec (const char *name, const char *const *settings)
{
  g_autoptr (GError) error = NULL;
  LabSpec *spec = lab_spec_new_named (name, &error);

  lab_spec_assign_all (spec, settings, &error);
  g_assert_no_error (error);
  return spec;
}

/* What the second says of the first. */
static const struct
{
  const char *exhibit;
  const char *pinned[6], *present[6];
  const char *says;
} differences[] = {
  { "double-descent", { "depth=3" }, { NULL }, "<i>L</i> = 3" },
  { "double-descent", { NULL }, { "depth=3" }, "<i>L</i> = 1" },
  { "double-descent",
    { "depth=3", "init=mirrored" },
    { "depth=5", "init=standard" },
    "<i>L</i> = 3, mirrored" },
  { "double-descent", { "init-scale=0.25" }, { NULL }, "α = 0.25" },
  { "double-descent", { "ridge=0.1" }, { "ridge=0" }, "λ = 0.1" },
  { "double-descent", { "ridge=0" }, { "ridge=0.1" }, "ridgeless" },
  { "double-descent", { "model=random-features" }, { NULL }, "Random features" },
  { "double-descent", { "seeds=5", "seed=2" }, { NULL }, "Seeds: 5, Random seed: 2" },
  { "double-descent", { "to=100" }, { NULL }, "To: 100" },
  { "double-descent", { "seed=9223372036854775807" }, { NULL }, "Random seed: 9223372036854775807" },
  /* As many digits as it takes. */
  { "double-descent", { "noise=0.50004" }, { NULL }, "σ = 0.50004" },
  { "double-descent", { "sigma-w2=1.5" }, { NULL }, "σ<sub>w</sub>² = 1.5" },
  /* Nothing that is drawn. */
  { "double-descent", { NULL }, { NULL }, NULL },
  { "double-descent", { "width=20", "show=test" }, { "width=33" }, NULL },
  { "learning-curve",
    { "n-train=20", "fit-from=80", "fit-to=500", "reach=1e6" },
    { "n-train=30" },
    NULL },
  { "double-descent", { "noise=0.5" }, { NULL }, NULL },
  /* What means nothing beside the others; and the weight variance follows the activation. */
  { "double-descent", { "leak=0.3" }, { NULL }, NULL },
  { "double-descent", { NULL }, { "leak=0.3" }, NULL },
  { "double-descent", { "activation=leaky-relu" }, { NULL }, "Leaky ReLU" },
  { "double-descent",
    { "activation=leaky-relu", "leak=0.3" },
    { "activation=leaky-relu" },
    "Leak: 0.3" },
  { "double-descent", { "activation=erf" }, { NULL }, "erf" },
  { "learning-curve", { "kernel=laplace", "depth=3" }, { NULL }, "Laplace" },
  { "learning-curve", { NULL }, { "kernel=laplace", "depth=3" }, "<i>L</i> = 1, NTK" },
  /* In the words of titles; and nothing that the view is the same without. */
  { "kernel", { "kernel=laplace", "normalised=yes", "dim=2", "n-train=50" }, { "width=inf" }, "Laplace, normalised" },
  { "kernel", { NULL }, { "normalised=yes", "n-train=50", "max-depth=3" }, "not normalised" },
  { "learning-curve", { "width=50" }, { NULL }, "<i>m</i> = 50" },
  { "learning-curve", { NULL }, { "width=50" }, "<i>m</i> = ∞" },
  { "learning-curve", { "dim=6,11" }, { NULL }, "<i>D</i> = 6, 11" },
  { "learning-curve", { "init-scale=0.5" }, { NULL }, "α = 0.5" },
  { "learning-curve", { NULL }, { "init-scale=0.5" }, "α = 1" },
  { "learning-curve", { "target=teacher" }, { NULL }, "Target: Teacher" },
  { "learning-curve", { "stop=time", "time=inf" }, { "stop=time", "time=100" }, "<i>t</i> = ∞" },
};

static void
test_difference (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      g_autoptr (LabSpec) pinned = make_spec (differences[i].exhibit, differences[i].pinned);
      g_autoptr (LabSpec) present = make_spec (differences[i].exhibit, differences[i].present);
      g_autofree char *said = figures_difference (pinned, present);

      g_test_message ("%s", said != NULL ? said : "nothing");
      g_assert_cmpstr (said, ==, differences[i].says);
    }
}

static void
test_compare (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (LabSpec) a = make_spec ("double-descent", none);
  g_autoptr (LabSpec) b = make_spec ("learning-curve", none);
  g_autoptr (LabSpec) c = make_spec ("published-d5", none);

  g_assert_false (figures_can_compare (a, b));
  g_assert_true (figures_can_compare (b, c));
}

typedef struct
{
  LabSpec *spec;
  LabAnswer *answer;
} Case;

static void
case_clear (Case *self)
{
  lab_spec_free (self->spec);
  lab_answer_free (self->answer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static Case
make_case (const char *name, const char *const *settings)
{
  static const char *const small[] = { "n-train=30", "n-test=50", "seeds=3", "to=64", NULL };
  g_autoptr (GError) error = NULL;
  Case made = { .spec = make_spec (name, small) };
  g_autoptr (LabPlan) plan = NULL;
  g_autoptr (LabResult) result = NULL;

  for (gsize i = 0; settings[i] != NULL; i++)
    lab_spec_assign (made.spec, settings[i], NULL);
  plan = lab_plan_new (made.spec);
  result = lab_job_run (made.spec, plan, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  made.answer = lab_answer_new (result, made.spec);
  return made;
}

static const PlotSeries *
find (const PlotFigure *figure, const char *id, guint panel)
{
  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    {
      const PlotSeries *series = plot_figure_get_series (figure, i);

      if (g_str_equal (series->id, id) && series->panel == panel)
        return series;
    }
  return NULL;
}

static void
assert_is (const PlotFigure *figure, const char *id, guint panel, const LabSeries *pinned,
           const char *label)
{
  const PlotSeries *series = find (figure, id, panel);

  g_assert_nonnull (series);
  g_assert_cmpstr (series->label, ==, label);
  g_assert_true (series->style >= PLOT_STYLE_PIN_1 && series->style <= PLOT_STYLE_PIN_20 && series->low == NULL);
  g_assert_cmpmem (series->x, series->n * sizeof (double), pinned->x, pinned->n * sizeof (double));
  g_assert_cmpmem (series->y, series->n * sizeof (double), pinned->y, pinned->n * sizeof (double));
}

/* Without pins it is the figure as it was; with them the present comes first, and the file says
 * what made the present. */
static void
test_double_descent (void)
{
  g_auto (Case) now = make_case ("double-descent", (const char *[]){ "noise=0.01", NULL });
  g_auto (Case) before
    = make_case ("double-descent", (const char *[]){ "depth=2", "to=100", "noise=3", NULL });
  const FiguresPin pins[]
    = { { 1, before.answer, before.spec }, { 7, now.answer, now.spec } };
  g_autoptr (PlotFigure) plain = figures_build (now.answer, now.spec);
  g_autoptr (PlotFigure) figure = figures_build_with (now.answer, now.spec, pins, 2);
  guint n = plot_figure_get_n_series (plain);
  double lo, hi, low, high;

  g_assert_cmpuint (plot_figure_get_n_series (figure), ==, n + 1);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (plot_figure_get_series (figure, i)->id, ==,
                     plot_figure_get_series (plain, i)->id);
  assert_is (figure, "pin-1", 0, lab_answer_find (before.answer, "test"),
             "<i>L</i> = 2, σ = 3, To: 100");
  g_assert_null (find (figure, "pin-7", 0)); /* nothing differs */
  g_assert_false (figures_draws_pin (now.spec, now.spec));
  g_assert_true (figures_draws_pin (before.spec, now.spec));
  g_assert_cmpstr (plot_figure_get_title (figure), ==, plot_figure_get_title (plain));
  g_assert_cmpstr (plot_figure_get_description (figure), ==, plot_figure_get_description (plain));

  /* All of the pinned curve is in sight, though it is far above, beyond the bands of those of now. */
  plot_figure_frame (plain, PLOT_Y, &lo, &hi);
  plot_figure_frame (figure, PLOT_Y, &low, &high);
  g_assert_cmpfloat (high, >, 5 * hi);
  for (guint i = 0; i < find (figure, "pin-1", 0)->n; i++)
    g_assert_cmpfloat (find (figure, "pin-1", 0)->y[i], <, high);
  plot_figure_frame (figure, PLOT_X, &low, &high);
  g_assert_cmpfloat (high, >=, 100);
}

/* Every file says what each pinned curve is. */
static void
test_metadata (void)
{
  static const char *const formats[] = { "csv", "png", "svg", "pdf" };
  g_auto (Case) now = make_case ("double-descent", (const char *[]){ "noise=0.01", NULL });
  g_auto (Case) before = make_case ("double-descent", (const char *[]){ "depth=2", "noise=3", NULL });
  const FiguresPin pins[] = { { 3, before.answer, before.spec }, { 7, now.answer, now.spec } };
  g_autoptr (PlotFigure) figure = figures_build_with (now.answer, now.spec, pins, 2);
  g_autofree char *want = lab_spec_to_text (before.spec);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) bytes = plot_export (figure, plot_theme_find ("light"), NULL,
                                              plot_format_find (formats[i]), 500, 400, 96, NULL);
      g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_autofree char *line = g_strdup_printf ("\n# pin-3: %s\n", want), *spec = NULL, *differs = NULL;

      if (i == 0)
        {
          g_assert_nonnull (strstr (text->str, line));
          g_assert_nonnull (strstr (text->str, "\n# pin-3-differs: L = 2, σ = 3\n"));
          g_assert_nonnull (strstr (text->str, "\npin-3,"));
          g_assert_null (strstr (text->str, "pin-7"));
          continue;
        }
      spec = plot_read_metadata (bytes, "pin-3", NULL);
      differs = plot_read_metadata (bytes, "pin-3-differs", NULL);
      g_assert_cmpstr (spec, ==, want);
      g_assert_cmpstr (differs, ==, "L = 2, σ = 3");
      g_assert_null (plot_read_metadata (bytes, "pin-7", NULL));
    }
}

/* And where it is far below. */
static void
test_below (void)
{
  g_auto (Case) now = make_case ("double-descent", (const char *[]){ "noise=3", NULL });
  g_auto (Case) before = make_case (
    "double-descent", (const char *[]){ "target=linear", "noise=0", "ridge=1e-6", "from=60", NULL });
  const FiguresPin pin = { 1, before.answer, before.spec };
  g_autoptr (PlotFigure) figure = figures_build_with (now.answer, now.spec, &pin, 1);
  double low, high, least = 1e300;

  for (guint i = 0; i < find (figure, "pin-1", 0)->n; i++)
    least = MIN (least, find (figure, "pin-1", 0)->y[i]);
  plot_figure_frame (figure, PLOT_Y, &low, &high);
  g_assert_cmpfloat (low, <, least);
}

/* Of both families, each in the panel of its dimension. */
static void
test_learning_curve (void)
{
  g_auto (Case) now
    = make_case ("learning-curve", (const char *[]){ "dim=4,7", "from=16", "points=4", NULL });
  g_auto (Case) one = make_case (
    "learning-curve", (const char *[]){ "dim=7", "from=4", "points=4", "depth=2", NULL });
  g_auto (Case) other
    = make_case ("learning-curve", (const char *[]){ "dim=5", "from=16", "points=4", NULL });
  g_auto (Case) two = make_case (
    "learning-curve", (const char *[]){ "dim=3,4", "from=16", "points=4", "kernel=laplace", NULL });
  const FiguresPin pins[] = { { 1, one.answer, one.spec },
                              { 2, other.answer, other.spec },
                              { 3, two.answer, two.spec } };
  g_autoptr (PlotFigure) figure = figures_build_with (now.answer, now.spec, pins, 3);
  g_autoptr (LabSpec) hidden = lab_spec_copy (now.spec);
  g_autoptr (PlotFigure) without = NULL;
  double lo, hi;

  assert_is (figure, "pin-1-mirrored", 1, lab_answer_find (one.answer, "mirrored"),
             "<i>L</i> = 2, <i>D</i> = 7, From: 4, mirrored");
  assert_is (figure, "pin-1-standard", 1, lab_answer_find (one.answer, "standard"),
             "<i>L</i> = 2, <i>D</i> = 7, From: 4, standard");
  g_assert_null (find (figure, "pin-1-mirrored", 0));
  /* One dimension that none of the two panels has is not drawn. */
  g_assert_null (find (figure, "pin-2-mirrored", 0));
  g_assert_null (find (figure, "pin-2-mirrored", 1));
  /* No network, so that there is one family only. */
  g_assert_nonnull (find (figure, "pin-3-mirrored", 0));
  g_assert_null (find (figure, "pin-3-standard", 0));
  g_assert_true (plot_figure_get_reach (figure, PLOT_X, &lo, &hi));
  g_assert_cmpfloat (lo, ==, 4);

  lab_spec_parse (hidden, LAB_SHOW, "mirrored", NULL);
  without = figures_build_with (now.answer, hidden, pins, 3);
  g_assert_nonnull (find (without, "pin-1-mirrored", 1));
  g_assert_null (find (without, "pin-1-standard", 1));
}

/* Of one panel each: compared whatever their dimension. */
static void
test_dimensions (void)
{
  g_auto (Case) now
    = make_case ("learning-curve", (const char *[]){ "dim=4", "from=16", "points=4", NULL });
  g_auto (Case) other
    = make_case ("learning-curve", (const char *[]){ "dim=5", "from=16", "points=4", NULL });
  g_auto (Case) elsewhere = make_case ("double-descent", (const char *[]){ NULL });
  const FiguresPin pins[]
    = { { 1, other.answer, other.spec }, { 2, elsewhere.answer, elsewhere.spec } };
  g_autoptr (PlotFigure) figure = figures_build_with (now.answer, now.spec, pins, 2);

  assert_is (figure, "pin-1-mirrored", 0, lab_answer_find (other.answer, "mirrored"),
             "<i>D</i> = 5, mirrored");
  g_assert_null (find (figure, "pin-2", 0));
}

/* What is drawn is in the table; the file is made again from the present alone. */
static void
test_files (void)
{
  g_auto (Case) now = make_case ("double-descent", (const char *[]){ NULL });
  g_auto (Case) before = make_case ("double-descent", (const char *[]){ "depth=2", NULL });
  const FiguresPin pin = { 1, before.answer, before.spec };
  g_autoptr (PlotFigure) figure = figures_build_with (now.answer, now.spec, &pin, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) table = NULL, picture = NULL;
  g_autofree char *written = NULL, *made_from = lab_spec_to_text (now.spec);
  PlotLimits view;

  plot_limits_init (&view, figure);
  table = plot_export (figure, plot_theme_find ("paper"), &view, plot_format_find ("csv"), 600, 400,
                       96, &error);
  g_assert_no_error (error);
  g_assert_nonnull (
    g_strstr_len (g_bytes_get_data (table, NULL), g_bytes_get_size (table), "\npin-1,"));

  picture = plot_export (figure, plot_theme_find ("paper"), &view, plot_format_find ("png"), 600,
                         400, 96, &error);
  g_assert_no_error (error);
  written = plot_read_metadata (picture, "tangent-lab-spec", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (written, ==, made_from);
}

/* What wants more seeds says so: the sentence, the description, and a pin. */
static void
test_so_far (void)
{
  static const char *const settings[] = { "n-train=20", "dim=4", "n-test=50", "from=4", "to=60",
                                          "points=6", "seeds=2", NULL };
  g_auto (Case) made = make_case ("double-descent", settings);
  LabAnswer *answer = made.answer;
  LabDescentFacts *facts = (LabDescentFacts *) lab_descent_facts (answer);
  const LabSpec *spec = made.spec;
  g_autofree char *whole = NULL;
  g_autofree char *nothing = figures_so_far (answer);
  g_autoptr (LabSpec) other = lab_spec_copy (spec);
  FiguresPin pin = { 1, answer, other };

  g_assert_true (lab_spec_assign (other, "noise=0.7", NULL));
  facts->peak_x = NAN;
  facts->removed = LAB_REMOVED_BY_ENSEMBLE;
  whole = figures_verdict (answer, spec);
  g_assert_null (nothing);
  g_assert_null (strstr (whole, "so far"));
  answer->seeds = 20;
  {
    g_autofree char *part = figures_verdict (answer, spec);
    g_autofree char *expected = g_strconcat ("2 of 20 seeds so far. ", whole, NULL);
    g_autoptr (PlotFigure) figure = figures_build_with (answer, spec, &pin, 1);
    guint last = plot_figure_get_n_series (figure) - 1;

    g_assert_cmpstr (part, ==, expected);
    g_assert_cmpstr (plot_figure_get_description (figure), ==, expected);
    g_assert_cmpstr (plot_figure_get_series (figure, last)->label, ==, "σ = 0.7, 2 of 20 seeds");
  }
  /* Nor is it final that there is no peak. */
  facts->removed = LAB_REMOVED_BY_NOTHING;
  facts->threshold = 20;
  facts->top_x = 20;
  {
    g_autofree char *part = figures_verdict (answer, spec);

    g_assert_true (g_str_has_prefix (part, "2 of 20 seeds so far. No peak stands out of the scatter of "
                                           "the seeds yet. "));
  }
  answer->preview = TRUE;
  {
    g_autofree char *preview = figures_verdict_markup (answer, spec);

    g_assert_cmpstr (preview, ==, "A preview so far, of fewer points and seeds.");
  }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  if (!lab_init (&error))
    g_error ("%s", error->message);
  g_test_add_func ("/figures/pins/difference", test_difference);
  g_test_add_func ("/figures/pins/compare", test_compare);
  g_test_add_func ("/figures/pins/double-descent", test_double_descent);
  g_test_add_func ("/figures/pins/metadata", test_metadata);
  g_test_add_func ("/figures/pins/below", test_below);
  g_test_add_func ("/figures/pins/learning-curve", test_learning_curve);
  g_test_add_func ("/figures/pins/dimensions", test_dimensions);
  g_test_add_func ("/figures/pins/files", test_files);
  g_test_add_func ("/figures/pins/so-far", test_so_far);
  return g_test_run ();
}
