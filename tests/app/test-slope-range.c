#include "app-slope-range.h"

#include <math.h>

#include "app-figure.h"
#include "app-overlay.h"

static LabDraft *
make_draft (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("learning-curve", NULL);

  return lab_draft_new (spec);
}

static void
assert_range (LabDraft *draft, int lo, int hi)
{
  g_assert_cmpint (lab_spec_integer (lab_draft_get_spec (draft), LAB_SLOPE_FROM), ==, lo);
  g_assert_cmpint (lab_spec_integer (lab_draft_get_spec (draft), LAB_SLOPE_TO), ==, hi);
}

static void
test_edges (void)
{
  g_autoptr (LabDraft) draft = make_draft ();

  assert_range (draft, 64, 1024);
  g_assert_false (app_slope_range_is_set (lab_draft_get_spec (draft)));
  app_slope_range_move (draft, FIGURES_SLOPE_RANGE_FROM, 128.4, NAN);
  assert_range (draft, 128, 1024);
  app_slope_range_move (draft, FIGURES_SLOPE_RANGE_TO, 500.5, NAN);
  assert_range (draft, 128, 501);
  g_assert_true (app_slope_range_is_set (lab_draft_get_spec (draft)));

  /* They meet, and do not cross. */
  app_slope_range_move (draft, FIGURES_SLOPE_RANGE_FROM, 800, NAN);
  assert_range (draft, 500, 501);
  app_slope_range_move (draft, FIGURES_SLOPE_RANGE_TO, 3, NAN);
  assert_range (draft, 500, 501);
}

/* At the ends of the axis the range goes along with it. */
static void
test_ends (void)
{
  g_autoptr (LabDraft) draft = make_draft ();

  app_slope_range_move (draft, FIGURES_SLOPE_RANGE_FROM, 100, NAN);
  app_slope_range_move (draft, FIGURES_SLOPE_RANGE_FROM, 3, NAN);
  app_slope_range_move (draft, FIGURES_SLOPE_RANGE_TO, 5000, NAN);
  g_assert_false (app_slope_range_is_set (lab_draft_get_spec (draft)));
  g_object_set (draft, "to", 2048.0, NULL);
  assert_range (draft, 64, 2048);

  app_slope_range_move (draft, FIGURES_SLOPE_RANGE, 100, 400);
  assert_range (draft, 100, 400);
  app_slope_range_reset (draft);
  g_assert_false (app_slope_range_is_set (lab_draft_get_spec (draft)));
  assert_range (draft, 64, 2048);
}

/* The body stops with its ratio. */
static void
test_body (void)
{
  g_autoptr (LabDraft) draft = make_draft ();

  app_slope_range_move (draft, FIGURES_SLOPE_RANGE, 100.2, 300.4);
  assert_range (draft, 100, 300);
  app_slope_range_move (draft, FIGURES_SLOPE_RANGE, 1000, 4000);
  assert_range (draft, 256, 1024);
  app_slope_range_move (draft, FIGURES_SLOPE_RANGE, 4, 16);
  assert_range (draft, 64, 256);
}

static PlotFigure *
make_figure (const PlotScale *y_scale)
{
  static const double x[] = { 1, 10, 100 }, y[] = { 100, 10, 0.01 }, far[] = { 1, 1000, 10000 };
  static const int count[] = { 3, 3, 3 };
  PlotFigure *figure = plot_figure_new ("");

  plot_figure_set_axis (figure, PLOT_X, "n", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "error", y_scale);
  plot_figure_add_series (
    figure, &(PlotSeries){ .id = "a", .label = "a", .n = 3, .x = x, .y = y, .count = count });
  plot_figure_add_series (figure,
                          &(PlotSeries){ .id = "b", .label = "b", .n = 3, .x = far, .y = y });

  return figure;
}

/* Steps go along the simulated points, then along theory. */
static void
test_next (void)
{
  g_autoptr (PlotFigure) figure = make_figure (&plot_scale_log);

  g_assert_cmpfloat (app_figure_next_x (figure, 5, 1, FALSE), ==, 10);
  g_assert_cmpfloat (app_figure_next_x (figure, 10, 1, FALSE), ==, 100);
  g_assert_cmpfloat (app_figure_next_x (figure, 100, 1, FALSE), ==, 1000);
  g_assert_true (isnan (app_figure_next_x (figure, 100, 1, TRUE)));
  g_assert_cmpfloat (app_figure_next_x (figure, 5000, -1, FALSE), ==, 100);
  g_assert_true (isnan (app_figure_next_x (figure, 1, -1, FALSE)));
}

static void
test_slope (void)
{
  g_autoptr (PlotFigure) figure = make_figure (&plot_scale_log);
  g_autoptr (PlotFigure) linear = make_figure (&plot_scale_linear);
  const PlotSeries *series = plot_figure_get_series (figure, 0);
  g_autofree char *markup = app_overlay_point_markup (series, 1, "Samples", "°", -2);

  g_assert_cmpfloat_with_epsilon (app_overlay_local_slope (figure, series, 0), -1, 1e-12);
  g_assert_cmpfloat_with_epsilon (app_overlay_local_slope (figure, series, 1), -2, 1e-12);
  g_assert_cmpfloat_with_epsilon (app_overlay_local_slope (figure, series, 2), -3, 1e-12);
  g_assert_true (isnan (app_overlay_local_slope (linear, series, 1)));
  g_assert_nonnull (strstr (markup, "Samples 10°:"));
  g_assert_nonnull (strstr (markup, "3 seeds"));
  g_assert_nonnull (strstr (markup, "local slope −2.00"));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  if (!lab_init (&error))
    g_error ("%s", error->message);
  g_test_add_func ("/app/slope-range/edges", test_edges);
  g_test_add_func ("/app/slope-range/ends", test_ends);
  g_test_add_func ("/app/slope-range/body", test_body);
  g_test_add_func ("/app/slope-range/next", test_next);
  g_test_add_func ("/app/slope-range/slope", test_slope);
  return g_test_run ();
}
