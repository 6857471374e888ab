#include "plot-samples.h"

#include <math.h>
#include <string.h>

static PlotFigure *
log_figure (void)
{
  PlotFigure *figure = plot_figure_new ("t");

  plot_figure_set_axis (figure, PLOT_X, "x", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "y", &plot_scale_log);
  return figure;
}

static void
add (PlotFigure *figure, PlotStyle style, guint n, const double *x, const double *y)
{
  plot_figure_add_series (figure, &(PlotSeries){ "s", "s", 0, style, n, x, y,
                                                 .claim = plot_sample_claim (style) });
}

static void
fit (const PlotFigure *figure, PlotAxis axis, double *lo, double *hi)
{
  plot_figure_frame (figure, axis, lo, hi);
  g_assert_true (isfinite (*lo) && isfinite (*hi));
  g_assert_cmpfloat (*lo, <, *hi);
}

static void
assert_between (double x, double lo, double hi)
{
  g_assert_cmpfloat (x, >=, lo);
  g_assert_cmpfloat (x, <=, hi);
}

static void
test_copies (void)
{
  g_autoptr (PlotFigure) figure = log_figure ();
  char id[] = "test", label[] = "label";
  double x[] = { 1, 2, 3 }, y[] = { 4, NAN, 6 }, low[] = { 3, 4, 5 }, high[] = { 5, 6, 7 };
  int count[] = { 20, 19, 18 };
  const PlotSeries *series;

  plot_figure_add_series (
    figure, &(PlotSeries){ id, label, 1, PLOT_STYLE_LIMIT, 3, x, y, low, high, count });
  memset (x, 0, sizeof x);
  memset (y, 0, sizeof y);
  memset (low, 0, sizeof low);
  memset (high, 0, sizeof high);
  memset (count, 0, sizeof count);
  *id = *label = '-';
  series = plot_figure_get_series (figure, 0);
  g_assert_cmpstr (series->id, ==, "test");
  g_assert_cmpstr (series->label, ==, "label");
  g_assert_cmpint (series->indent, ==, 1);
  g_assert_cmpfloat (series->x[2], ==, 3);
  g_assert_true (isnan (series->y[1]));
  g_assert_cmpfloat (series->low[1], ==, 4);
  g_assert_cmpfloat (series->high[2], ==, 7);
  g_assert_cmpint (series->count[0], ==, 20);
  g_assert_cmpuint (plot_figure_get_n_series (figure), ==, 1);
  g_assert_true (plot_figure_get_scale (figure, PLOT_X) == &plot_scale_log);
}

static gpointer
ref_and_unref (gpointer figure)
{
  for (int i = 0; i < 10000; i++)
    plot_figure_unref (plot_figure_ref (figure));
  return NULL;
}

static void
test_references (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ref", ref_and_unref, figure);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (plot_figure_get_n_series (figure), >, 0);
}

static void
test_fit_empty (void)
{
  g_autoptr (PlotFigure) figure = log_figure ();
  double x[] = { 1, 2, -3 }, y[] = { NAN, -1, 0 }, lo, hi;

  fit (figure, PLOT_X, &lo, &hi);
  fit (figure, PLOT_Y, &lo, &hi);
  add (figure, PLOT_STYLE_PRIMARY, 3, x, y);
  fit (figure, PLOT_X, &lo, &hi);
  fit (figure, PLOT_Y, &lo, &hi);
  g_assert_cmpfloat (lo, >, 0);
}

static void
test_fit_one_value (void)
{
  static const double values[] = { 1, 1e-300, 1e300, 5e-324, 3.7 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (int log = 0; log < 2; log++)
      {
        g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
        double x[] = { 2, 3 }, y[] = { values[i], values[i] }, lo, hi;

        plot_figure_set_axis (figure, PLOT_Y, NULL, log ? &plot_scale_log : &plot_scale_linear);
        add (figure, PLOT_STYLE_PRIMARY, 1 + i % 2, x, y);
        fit (figure, PLOT_X, &lo, &hi);
        fit (figure, PLOT_Y, &lo, &hi);
        assert_between (values[i], lo, hi);
      }
}

/* The point of the rule: a training error of rounding size does not squash the test error. */
static void
test_fit_interpolation (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_interpolation ();
  double lo, hi;

  fit (figure, PLOT_Y, &lo, &hi);
  assert_between (lo, 0.005, 0.02);
  assert_between (hi, 30, 1500);
  fit (figure, PLOT_X, &lo, &hi);
  assert_between (lo, 4, 5);
  assert_between (hi, 1600, 2000);
}

static void
test_fit_shows_lines (void)
{
  g_autoptr (PlotFigure) figure = log_figure ();
  double x[] = { 1, 2, 3, 4 }, y[] = { 1, 10, NAN, 0.1 }, theory[] = { 0.001, 20, 5, 1 };
  double low[] = { 0.9, 9, NAN, 0.001 }, high[] = { 1.1, 1e9, NAN, 0.2 }, lo, hi;

  plot_figure_add_series (figure,
                          &(PlotSeries){ "test", "", 0, PLOT_STYLE_PRIMARY, 4, x, y, low, high });
  fit (figure, PLOT_Y, &lo, &hi);
  assert_between (hi, 316, 600);
  assert_between (lo, 0.01, 0.1);
  add (figure, PLOT_STYLE_THEORY, 4, x, theory);
  fit (figure, PLOT_Y, &lo, &hi);
  assert_between (lo, 0.0001, 0.001);
  assert_between (hi, 632, 1400);
}

/* The band at a peak is seen whole, as long as it reaches no more than a decade and a half above it. */
static void
test_fit_band (void)
{
  double x[] = { 1, 2, 3 }, y[] = { 1, 40, 1 }, low[] = { 0.9, 9, 0.9 }, high[] = { 1.1, 1200, 1.1 };
  g_autoptr (PlotFigure) figure = log_figure ();
  double lo, hi;

  plot_figure_add_series (figure,
                          &(PlotSeries){ "test", "", 0, PLOT_STYLE_PRIMARY, 3, x, y, low, high });
  fit (figure, PLOT_Y, &lo, &hi);
  assert_between (hi, 1200, 2400);
}

/* A spike of theory to 1e9 in one of forty points leaves through the top. */
static void
test_fit_spike (void)
{
  g_autoptr (PlotFigure) figure = log_figure ();
  double x[40], y[40], theory[40], lo, hi;

  for (guint i = 0; i < 40; i++)
    {
      x[i] = i + 1;
      y[i] = 1 + i % 2;
      theory[i] = i == 20 ? 1e9 : 1.5;
    }
  add (figure, PLOT_STYLE_PRIMARY, 40, x, y);
  add (figure, PLOT_STYLE_THEORY, 40, x, theory);
  fit (figure, PLOT_Y, &lo, &hi);
  assert_between (hi, 10, 60);
}

static void
test_fit_floor (void)
{
  g_autoptr (PlotFigure) figure = log_figure ();
  double x[] = { 1, 2, 3 }, y[] = { 1, 1e-9, 1e-30 }, lo, hi;
  const PlotTheme *theme = plot_theme_find ("light");
  double bottom;

  add (figure, PLOT_STYLE_PRIMARY, 3, x, y);
  fit (figure, PLOT_Y, &lo, &hi);
  assert_between (lo, 1e-13, 1e-12);
  {
    g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 600, 400);

    /* the smallest is drawn at the floor, in sight, and the note takes room under the axis */
    assert_between (plot_layout_to_pixel (layout, 0, PLOT_Y, 1e-30), layout->top, layout->bottom);
    g_assert_cmpfloat (plot_layout_to_pixel (layout, 0, PLOT_Y, 1e-30), ==,
                       plot_layout_to_pixel (layout, 0, PLOT_Y, 0));
    bottom = layout->bottom;
  }
  {
    g_autoptr (PlotFigure) other = log_figure ();
    double above[] = { 1, 1e-9, 1e-11 };
    PlotLayout *layout;

    add (other, PLOT_STYLE_PRIMARY, 3, x, above);
    layout = plot_layout_new (other, theme, NULL, 600, 400);
    g_assert_cmpfloat (layout->bottom, >, bottom);
    plot_layout_free (layout);
  }
}

static void
test_fit_linear (void)
{
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
  double x[] = { 0, 1, 2 }, y[] = { 0.2, 5, 1 }, other[] = { 99.5, 100, 99 }, lo, hi;

  add (figure, PLOT_STYLE_PRIMARY, 3, x, y);
  fit (figure, PLOT_Y, &lo, &hi);
  g_assert_cmpfloat (lo, ==, 0);
  assert_between (hi, 5, 5.5);
  g_clear_pointer (&figure, plot_figure_unref);
  figure = plot_figure_new (NULL);
  add (figure, PLOT_STYLE_ACCENT_1, 3, x, other);
  fit (figure, PLOT_Y, &lo, &hi);
  assert_between (lo, 98.8, 99);
  assert_between (hi, 100, 100.2);
}

static void
test_hidden_series (void)
{
  g_autoptr (PlotFigure) figure = log_figure ();
  double x[] = { 1, 2 }, small[] = { 1, 2 }, large[] = { 1000, 2000 };
  PlotLimits view;

  add (figure, PLOT_STYLE_PRIMARY, 2, x, small);
  add (figure, PLOT_STYLE_PRIMARY, 2, x, large);
  plot_limits_init (&view, figure);
  assert_between (view.hi[PLOT_Y], 2000, 5000);
  view.hidden = 2;
  plot_limits_frame (&view, figure);
  assert_between (view.hi[PLOT_Y], 2, 5);
  view.scale[PLOT_Y] = &plot_scale_linear;
  plot_limits_frame (&view, figure);
  assert_between (view.lo[PLOT_Y], -1, 1);
}

/* A second simulated curve decides as the first does, and so do the theories of both. */
static void
test_fit_contrast (void)
{
  static const PlotStyle theories[] = { PLOT_STYLE_PRIMARY_THEORY, PLOT_STYLE_CONTRAST_THEORY };
  double x[] = { 10, 100 }, mirrored[] = { 1e-2, 1e-3 }, standard[] = { 100, 10 }, lo, hi;
  double theory[] = { 1e-5, 1e-6 };
  g_autoptr (PlotFigure) figure = log_figure ();

  add (figure, PLOT_STYLE_PRIMARY, 2, x, mirrored);
  add (figure, PLOT_STYLE_CONTRAST, 2, x, standard);
  fit (figure, PLOT_Y, &lo, &hi);
  assert_between (lo, 1e-4, 1e-3);
  assert_between (hi, 100, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (theories); i++)
    {
      g_autoptr (PlotFigure) other = log_figure ();

      add (other, PLOT_STYLE_PRIMARY, 2, x, mirrored);
      add (other, theories[i], 2, x, theory);
      fit (other, PLOT_Y, &lo, &hi);
      assert_between (lo, 1e-7, 1e-6);
    }
}

/* It is the claim that decides, whatever the style. */
static void
test_fit_claims (void)
{
  static const struct
  {
    PlotClaim claim;
    double lo[2], hi[2], right[2]; /* between which each end is */
  } rows[] = {
    { PLOT_CLAIM_LEADS, { 1e-8, 1e-6 }, { 200, 600 }, { 20, 30 } },
    { PLOT_CLAIM_WHOLE, { 1e-8, 1e-6 }, { 20, 60 }, { 20, 30 } },
    { PLOT_CLAIM_NEAR, { 0.05, 0.1 }, { 20, 40 }, { 20, 30 } },
    { PLOT_CLAIM_NONE, { 0.5, 1 }, { 2, 3 }, { 10, 12 } },
  };
  const double x[] = { 1, 10 }, y[] = { 1, 2 };
  const double far[] = { 2, 3, 4, 5, 20 }, other[] = { 1e-6, 1e-6, 1e-6, 1e-6, 200 };

  for (guint style = 0; style < PLOT_N_STYLES; style++)
    for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
      {
        g_autoptr (PlotFigure) figure = log_figure ();
        double lo, hi;

        plot_figure_add_series (figure, &(PlotSeries){ "a", "", 0, style, 2, x, y });
        plot_figure_add_series (
          figure, &(PlotSeries){ "b", "", 0, style, 5, far, other, .claim = rows[r].claim });
        fit (figure, PLOT_Y, &lo, &hi);
        assert_between (lo, rows[r].lo[0], rows[r].lo[1]);
        assert_between (hi, rows[r].hi[0], rows[r].hi[1]);
        fit (figure, PLOT_X, &lo, &hi);
        assert_between (hi, rows[r].right[0], rows[r].right[1]);
      }
}

/* Curves go on beyond the reach, and what they do there is of no account. */
static void
test_fit_reach (void)
{
  g_autoptr (PlotFigure) figure = log_figure ();
  double x[] = { 64, 256, 1024 }, y[] = { 1e-1, 1e-2, 1e-3 }, lo, hi;
  double far[] = { 10, 100, 1000, 1e5, 1e10 }, theory[] = { 1, 0.05, 2e-3, 1e-6, 1e-11 };
  PlotLimits view;

  add (figure, PLOT_STYLE_PRIMARY, 3, x, y);
  add (figure, PLOT_STYLE_PRIMARY_THEORY, 5, far, theory);
  fit (figure, PLOT_X, &lo, &hi);
  assert_between (lo, 1, 10);
  assert_between (hi, 1e10, 1e11);
  fit (figure, PLOT_Y, &lo, &hi);
  assert_between (lo, 1e-12, 1e-11);

  plot_figure_set_reach (figure, PLOT_X, 64, 1024);
  fit (figure, PLOT_X, &lo, &hi);
  assert_between (lo, 55, 63.9);
  assert_between (hi, 1024.1, 1200);
  fit (figure, PLOT_Y, &lo, &hi);
  assert_between (lo, 3e-4, 1e-3);
  assert_between (hi, 0.1, 0.3);
  plot_figure_set_reach (figure, PLOT_Y, 1e-6, 1);
  plot_limits_init (&view, figure);
  assert_between (view.lo[PLOT_Y], 3e-7, 1e-6);
  assert_between (view.hi[PLOT_Y], 1, 3);
}

/* A reach that a log axis cannot show is as none. */
static void
test_fit_impossible_reach (void)
{
  g_autoptr (PlotFigure) figure = log_figure ();
  double x[] = { 64, 256, 1024 }, y[] = { 1e-1, 1e-2, 1e-3 }, lo, hi;

  add (figure, PLOT_STYLE_PRIMARY, 3, x, y);
  plot_figure_set_reach (figure, PLOT_X, -5, 2000);
  fit (figure, PLOT_X, &lo, &hi);
  assert_between (lo, 55, 64);
  assert_between (hi, 1024, 1200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/figure/copies", test_copies);
  g_test_add_func ("/plot/figure/references", test_references);
  g_test_add_func ("/plot/figure/fit/empty", test_fit_empty);
  g_test_add_func ("/plot/figure/fit/one-value", test_fit_one_value);
  g_test_add_func ("/plot/figure/fit/interpolation", test_fit_interpolation);
  g_test_add_func ("/plot/figure/fit/shows-lines", test_fit_shows_lines);
  g_test_add_func ("/plot/figure/fit/band", test_fit_band);
  g_test_add_func ("/plot/figure/fit/spike", test_fit_spike);
  g_test_add_func ("/plot/figure/fit/floor", test_fit_floor);
  g_test_add_func ("/plot/figure/fit/linear", test_fit_linear);
  g_test_add_func ("/plot/figure/fit/contrast", test_fit_contrast);
  g_test_add_func ("/plot/figure/fit/claims", test_fit_claims);
  g_test_add_func ("/plot/figure/fit/reach", test_fit_reach);
  g_test_add_func ("/plot/figure/fit/impossible-reach", test_fit_impossible_reach);
  g_test_add_func ("/plot/figure/hidden-series", test_hidden_series);
  return g_test_run ();
}
