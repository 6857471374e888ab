/* Ticks, numbers and views of any range, and figures of any values. */

#include "fuzz.h"

#include <math.h>
#include <pango/pango.h>
#include <plot.h>

#define WIDEST 1e300
#define MOST_TICKS 12
#define MOST_SERIES 4
#define MOST_POINTS 12
#define MOST_GESTURES 8

static const PlotScale *const scales[] = { &plot_scale_linear, &plot_scale_log,
                                           &plot_scale_degrees };

static double
extent (const char *label, gpointer data)
{
  g_assert_true (pango_parse_markup (label, -1, 0, NULL, NULL, NULL, NULL));
  return 7 * g_utf8_strlen (label, -1);
}

static void
check_number (double x, int digits)
{
  g_autofree char *text = plot_format_number (x, digits);

  g_assert_true (pango_parse_markup (text, -1, 0, NULL, NULL, NULL, NULL));
}

/* Whether a range is one that a view may have. */
static gboolean
is_sound (const PlotScale *scale, double lo, double hi)
{
  if (scale == &plot_scale_log)
    return lo > 1 / WIDEST && hi < WIDEST && hi / lo - 1 >= 2 * PLOT_NARROWEST;
  return hi - lo >= 2 * PLOT_NARROWEST * MAX (fabs (lo), fabs (hi)) && hi - lo < WIDEST
         && hi - lo > 1 / WIDEST;
}

static void
check_ticks (const PlotScale *scale, double lo, double hi, double length)
{
  g_autoptr (GArray) ticks = scale->locate (lo, hi, length, extent, NULL);
  /* Ends that should be round are. */
  const double slack = 1e-9 * (scale == &plot_scale_log ? lo : hi - lo);
  const double top = hi + (scale == &plot_scale_log ? 1e-9 * hi : slack);
  guint n_major = 0;

  for (guint i = 0; i < ticks->len; i++)
    {
      const PlotTick *tick = &g_array_index (ticks, PlotTick, i);

      g_assert_cmpfloat (tick->value, >=, lo - slack);
      g_assert_cmpfloat (tick->value, <=, top);
      g_assert_cmpstr (tick->label, !=, tick->value == 0 ? "−0" : "");
      g_assert_true (i == 0 || tick->value > g_array_index (ticks, PlotTick, i - 1).value);
      n_major += tick->label != NULL;
    }
  g_assert_cmpuint (n_major, <=, MOST_TICKS);
}

static void
add_series (FuzzBytes *bytes, PlotFigure *figure)
{
  double x[MOST_POINTS], y[MOST_POINTS], low[MOST_POINTS], high[MOST_POINTS];
  const guint n = fuzz_below (bytes, MOST_POINTS + 1);
  const PlotSeries series = {
    .id = "test",
    .label = "test error",
    .style = fuzz_below (bytes, PLOT_N_STYLES),
    .n = n,
    .x = x,
    .y = y,
    .low = low,
    .high = high,
    .points = fuzz_below (bytes, 2),
  };
  double at = fabs (fuzz_finite (bytes, 1e12)) + 1e-9;

  for (guint i = 0; i < n; i++)
    {
      x[i] = at;
      at *= 1 + 9 * fuzz_unit (bytes) + 1e-6;
      y[i] = fuzz_double (bytes);
      y[i] = isinf (y[i]) ? NAN : y[i];
      low[i] = y[i] * (1 - fuzz_unit (bytes));
      high[i] = y[i] + fabs (y[i]) / 2;
      high[i] = isinf (high[i]) ? y[i] : high[i];
    }
  plot_figure_add_series (figure, &series);
}

static void
check_view (const PlotFigure *figure, const PlotLimits *view)
{
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      g_assert_true (isfinite (view->lo[axis]) && isfinite (view->hi[axis]));
      g_assert_cmpfloat (view->lo[axis], <, view->hi[axis]);
      if (plot_figure_get_scale (figure, axis) == &plot_scale_log)
        g_assert_cmpfloat (view->lo[axis], >, 0);
    }
}

static void
move (FuzzBytes *bytes, const PlotFigure *figure, const PlotLayout *layout, PlotLimits *view)
{
  const double x = 640 * fuzz_unit (bytes), y = 480 * fuzz_unit (bytes);

  switch (fuzz_below (bytes, 3))
    {
    case 0:
      plot_limits_zoom (view, figure, layout, x, y, pow (10, 8 * fuzz_unit (bytes) - 4),
                      pow (10, 8 * fuzz_unit (bytes) - 4));
      break;
    case 1:
      plot_limits_pan (view, figure, layout, 1e4 * (fuzz_unit (bytes) - 0.5),
                     1e4 * (fuzz_unit (bytes) - 0.5));
      break;
    default:
      plot_limits_box (view, figure, layout, 0,
                     (PlotRect){ x, y, x + 200 * fuzz_unit (bytes), y + 200 * fuzz_unit (bytes) });
      break;
    }
}

static void
check_figure (FuzzBytes *bytes)
{
  g_autoptr (PlotFigure) figure = plot_figure_new ("title");
  const PlotTheme *theme = plot_theme_find ("light");
  const int n_series = fuzz_below (bytes, MOST_SERIES);
  PlotLimits view;

  plot_figure_set_axis (figure, PLOT_X, "x", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "y", scales[fuzz_below (bytes, 2)]);
  for (int i = 0; i < n_series; i++)
    add_series (bytes, figure);
  plot_limits_init (&view, figure);
  check_view (figure, &view);
  for (int i = 0; i < MOST_GESTURES && bytes->size > 0; i++)
    {
      g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, &view, 640, 480);

      plot_layout_hit (layout, figure, 640 * fuzz_unit (bytes), 480 * fuzz_unit (bytes), 20);
      move (bytes, figure, layout, &view);
      check_view (figure, &view);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  FuzzBytes bytes = { data, size };
  const PlotScale *scale = scales[fuzz_below (&bytes, G_N_ELEMENTS (scales))];
  const gboolean wants_figure = fuzz_below (&bytes, 4) == 0;
  const double a = fuzz_double (&bytes), b = fuzz_double (&bytes);
  const double length = 1 + 4000 * fuzz_unit (&bytes);

  check_number (a, 1 + fuzz_below (&bytes, 17));
  if (isfinite (a) && isfinite (b) && is_sound (scale, MIN (a, b), MAX (a, b)))
    check_ticks (scale, MIN (a, b), MAX (a, b), length);
  if (wants_figure)
    check_figure (&bytes);
  return 0;
}
