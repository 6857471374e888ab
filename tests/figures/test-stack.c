/* The parts of the error, which are stacked on a linear axis. */

#include <figures.h>
#include <math.h>
#include <string.h>

#include "lab-case.h"

#define SMALL "model=random-features n-train=20 dim=5 seeds=2 n-test=50 points=4 to=200 ridge=.01 "
#define ALL "show=test,finite-d,noise,initial-function,weights,sampling,bias"

static int
find (const PlotFigure *figure, const char *id)
{
  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    if (g_str_equal (plot_figure_get_series (figure, i)->id, id))
      return (int) i;
  return -1;
}

static gboolean
is_stacked (const PlotFigure *figure, const char *id)
{
  int i = find (figure, id);

  g_assert_cmpint (i, >=, 0);
  return plot_figure_get_series (figure, i)->stacked;
}

static gboolean
says (const Case *c, const char *text)
{
  g_auto (GStrv) notes = figures_notes (c->answer, c->spec);

  for (guint i = 0; notes[i] != NULL; i++)
    if (strstr (notes[i], text) != NULL)
      return TRUE;
  return FALSE;
}

static PlotLayout *
lay_out (const PlotFigure *figure, const PlotScale *scale)
{
  PlotLimits view;

  plot_limits_init (&view, figure);
  view.scale[PLOT_Y] = scale;
  plot_limits_frame (&view, figure);
  return plot_layout_new (figure, plot_theme_find ("light"), &view, 800, 500);
}

/* The uppermost part ends at the theory's test error on a linear axis, and the others in the order of the
 * legend below it; on a log axis each is at its own height. */
static void
test_sum (void)
{
  static const char *const ids[] = { "noise", "initial-function", "weights", "sampling", "bias" };
  g_auto (Case) c = case_parse ("double-descent", 1, SMALL ALL " init-scale=1 noise=1");
  g_autoptr (PlotFigure) figure = figures_build (c.answer, c.spec);
  g_autoptr (PlotLayout) linear = lay_out (figure, &plot_scale_linear),
                         logarithmic = lay_out (figure, &plot_scale_log);
  const PlotSeries *theory = plot_figure_get_series (figure, (guint) find (figure, "finite-d"));
  guint known = 0;

  g_assert_false (is_stacked (figure, "test"));
  g_assert_false (is_stacked (figure, "finite-d"));
  g_assert_false (says (&c, "stacked"));
  for (guint i = 0; i < theory->n; i++)
    {
      double above = theory->y[i];

      if (isnan (above))
        continue;
      known++;
      for (guint k = 0; k < G_N_ELEMENTS (ids); k++)
        {
          int series = find (figure, ids[k]);
          double own = plot_figure_get_series (figure, (guint) series)->y[i];
          double top = plot_layout_height_of (linear, (guint) series, i);

          g_assert_true (is_stacked (figure, ids[k]));
          g_assert_cmpint (series, ==, find (figure, ids[0]) + (int) k);
          g_assert_cmpfloat_with_epsilon (top, above, 1e-9 * theory->y[i]);
          g_assert_cmpfloat (plot_layout_height_of (logarithmic, (guint) series, i), ==, own);
          above = top - own;
        }
      g_assert_cmpfloat_with_epsilon (above, 0, 1e-9 * theory->y[i]);
    }
  g_assert_cmpuint (known, >, 20);
}

/* A stack that lacks a part says that it is lower than theory. */
static void
test_incomplete (void)
{
  g_auto (Case) c = case_parse ("double-descent", 1, SMALL "show=test,finite-d,noise,weights,bias");
  g_auto (Case) linear
    = case_parse ("double-descent", 1, "model=linear dim=5 n-train=20 seeds=2 n-test=20 ridge=.1 show=test,noise");
  g_autoptr (PlotFigure) figure = figures_build (c.answer, c.spec),
                         other = figures_build (linear.answer, linear.spec);

  g_assert_true (is_stacked (figure, "bias"));
  g_assert_true (says (&c, "add up to less than theory"));
  g_assert_true (is_stacked (other, "noise"));
  g_assert_true (says (&linear, "add up to less than theory"));
}

/* What is drawn to compare are lines. */
static void
test_pins (void)
{
  g_auto (Case) c = case_parse ("double-descent", 1, SMALL ALL);
  g_autoptr (LabSpec) spec = lab_spec_copy (c.spec);
  GError *error = NULL;
  g_autoptr (PlotFigure) figure = NULL;

  lab_spec_assign (spec, "noise=1", &error);
  g_assert_no_error (error);
  figure = figures_build_with (c.answer, spec, &(FiguresPin){ 1, c.answer, c.spec }, 1);
  g_assert_false (is_stacked (figure, "pin-1"));
  g_assert_true (is_stacked (figure, "weights"));
}

/* Measured parts are medians, which do not add up. */
static void
test_measured (void)
{
  g_auto (Case) c = case_parse ("double-descent", 1, "n-train=20 dim=5 seeds=2 n-test=20 points=3 show=test,noise");
  g_autoptr (PlotFigure) figure = figures_build (c.answer, c.spec);

  g_assert_false (is_stacked (figure, "noise"));
  g_assert_false (says (&c, "stacked"));
}

static void
test_negative (void)
{
  g_auto (Case) c = case_parse ("double-descent", 1, SMALL ALL);
  const LabSeries *part = lab_answer_find (c.answer, "weights");
  g_autoptr (PlotFigure) rounded = NULL, figure = NULL;
  int last = part->n - 1;

  part->y[last] = -1e-14;
  rounded = figures_build (c.answer, c.spec);
  g_assert_true (is_stacked (rounded, "weights"));
  part->y[last] = -0.01;
  figure = figures_build (c.answer, c.spec);
  g_assert_false (is_stacked (figure, "noise"));
  g_assert_false (is_stacked (figure, "weights"));
  g_assert_true (says (&c, "not stacked: some of them are below zero"));
}

/* The rows of a table, without its comments. */
static char *
rows_of (GBytes *bytes)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autofree char *whole = g_strndup (text, size);
  g_autoptr (GRegex) comments = g_regex_new ("^#.*\n", G_REGEX_MULTILINE, 0, NULL);

  return g_regex_replace (comments, whole, -1, 0, "", 0, NULL);
}

/* Files of both scales hold the height of each part itself, and every format can be written. */
static void
test_files (void)
{
  g_auto (Case) c = case_parse ("double-descent", 1, SMALL ALL);
  g_autoptr (PlotFigure) figure = figures_build (c.answer, c.spec);
  static const char *const formats[] = { "csv", "svg", "pdf", "png" };
  PlotLimits view;

  plot_limits_init (&view, figure);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const PlotFormat *format = plot_format_find (formats[i]);
      GError *error = NULL;
      g_autoptr (GBytes) log = NULL, linear = NULL;

      view.scale[PLOT_Y] = &plot_scale_log;
      plot_limits_frame (&view, figure);
      log = plot_export (figure, plot_theme_find ("light"), &view, format, 400, 300, 96, &error);
      g_assert_no_error (error);
      view.scale[PLOT_Y] = &plot_scale_linear;
      plot_limits_frame (&view, figure);
      linear = plot_export (figure, plot_theme_find ("light"), &view, format, 400, 300, 96, &error);
      g_assert_no_error (error);
      g_assert_false (g_bytes_equal (log, linear));
      if (i == 0)
        {
          g_autofree char *rows = rows_of (log), *same = rows_of (linear);

          g_assert_cmpstr (rows, ==, same);
        }
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  lab_init (&error);
  g_assert_no_error (error);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/stack/sum", test_sum);
  g_test_add_func ("/figures/stack/incomplete", test_incomplete);
  g_test_add_func ("/figures/stack/pins", test_pins);
  g_test_add_func ("/figures/stack/measured", test_measured);
  g_test_add_func ("/figures/stack/negative", test_negative);
  g_test_add_func ("/figures/stack/files", test_files);
  return g_test_run ();
}
