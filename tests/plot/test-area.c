#include "plot-item-private.h"
#include "plot-pixels.h"
#include "plot-samples.h"

#include <math.h>
#include <stdlib.h>

static const double xs[] = { 1, 2, 3, 4, 5 };
static const double lower[] = { 2, 2, NAN, 2, 2 }, upper[] = { 1, 1, 1, 1, 1 }, top[] = { 3, 3, 3, 3, 3 };

static void
add_part (PlotFigure *figure, const char *id, gboolean labelled, PlotStyle style, const double *y, gboolean faded)
{
  plot_figure_add_series (figure, &(PlotSeries){ .id = id,
                                                 .label = labelled ? id : "",
                                                 .style = style,
                                                 .n = G_N_ELEMENTS (xs),
                                                 .x = xs,
                                                 .y = y,
                                                 .faded = faded,
                                                 .claim = PLOT_CLAIM_NEAR,
                                                 .stacked = TRUE });
}

static PlotFigure *
stack_figure (gboolean labelled)
{
  PlotFigure *figure = plot_figure_new (NULL);

  plot_figure_set_axis (figure, PLOT_X, "x", &plot_scale_linear);
  plot_figure_set_axis (figure, PLOT_Y, "y", &plot_scale_linear);
  add_part (figure, "top", labelled, PLOT_STYLE_ACCENT_1, top, FALSE);
  add_part (figure, "middle", labelled, PLOT_STYLE_ACCENT_2, upper, FALSE);
  add_part (figure, "bottom", labelled, PLOT_STYLE_ACCENT_3, lower, FALSE);
  return figure;
}

/* The colour in the middle of (x, y). */
static guint32
color_at (const PlotFigure *figure, const PlotLimits *view, double x, double y)
{
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, plot_theme_find ("light"), view, 800, 500);
  cairo_surface_t *surface = pixels_draw (figure, "light", view, 800, 500);
  guint32 color = pixels_get (surface, (int) plot_layout_to_pixel (layout, 0, PLOT_X, x),
                              (int) plot_layout_to_pixel (layout, 0, PLOT_Y, y));

  cairo_surface_destroy (surface);
  return color;
}

static void
fill_view (PlotLimits *view, const PlotFigure *figure, guint64 hidden)
{
  plot_limits_init (view, figure);
  view->hidden = hidden;
  view->lo[PLOT_Y] = 0;
  view->hi[PLOT_Y] = 7;
}

/* 2 + 1 + 3 from the bottom; a gap in one is one in all; hiding one lets those above it come down. */
static void
test_stack (void)
{
  g_autoptr (PlotFigure) figure = stack_figure (FALSE);
  guint32 ground, parts[3];
  PlotLimits view;

  fill_view (&view, figure, 0);
  ground = color_at (figure, &view, 1.4, 6.55);
  for (guint k = 0; k < 3; k++)
    {
      parts[k] = color_at (figure, &view, 1.4, (const double[]){ 4.5, 2.5, 1 }[k]);
      g_assert_cmphex (parts[k], !=, ground);
      for (guint other = 0; other < k; other++)
        g_assert_cmphex (parts[k], !=, parts[other]);
    }
  for (double y = 0.55; y < 6.6; y += 1)
    {
      guint32 in_gap = color_at (figure, &view, 2.9, y);

      g_assert_true (in_gap != parts[0] && in_gap != parts[1] && in_gap != parts[2]);
    }
  fill_view (&view, figure, 1 << 1); /* the middle one */
  g_assert_cmphex (color_at (figure, &view, 1.4, 1), ==, parts[2]);
  g_assert_cmphex (color_at (figure, &view, 1.4, 2.5), ==, parts[0]);
  g_assert_cmphex (color_at (figure, &view, 1.4, 5.4), ==, ground);
  /* without the one that has a gap there is none */
  fill_view (&view, figure, 1 << 2);
  g_assert_cmphex (color_at (figure, &view, 2.9, 0.5), ==, parts[1]);
  g_assert_cmphex (color_at (figure, &view, 2.9, 2.5), ==, parts[0]);
}

static void
test_range (void)
{
  g_autoptr (PlotFigure) figure = stack_figure (FALSE);
  PlotLimits view;

  plot_limits_init (&view, figure);
  g_assert_cmpfloat (view.lo[PLOT_Y], ==, 0);
  g_assert_cmpfloat (view.hi[PLOT_Y], >, 6);
  g_assert_cmpfloat (view.hi[PLOT_Y], <, 6.5);
  view.hidden = 1;
  plot_limits_frame (&view, figure);
  g_assert_cmpfloat (view.hi[PLOT_Y], >, 3);
  g_assert_cmpfloat (view.hi[PLOT_Y], <, 3.3);
}

/* On a log axis each is a line at its own height, as if it were not stacked, and there is no area; the
 * same figure switches with its view. */
static void
test_scale (void)
{
  g_autoptr (PlotFigure) figure = stack_figure (FALSE);
  PlotLimits view;
  double lo, hi;
  guint32 ground;

  g_assert_true (plot_figure_takes_scale (figure, PLOT_Y, &plot_scale_log));
  plot_limits_init (&view, figure);
  view.scale[PLOT_Y] = &plot_scale_log;
  plot_limits_frame (&view, figure);
  g_assert_cmpfloat (view.lo[PLOT_Y], <, 1);
  g_assert_cmpfloat (view.lo[PLOT_Y], >, 0.5);
  g_assert_cmpfloat (view.hi[PLOT_Y], >, 3);
  g_assert_cmpfloat (view.hi[PLOT_Y], <, 4);
  lo = view.lo[PLOT_Y];
  hi = view.hi[PLOT_Y];
  ground = color_at (figure, &view, 1.4, 2.5);
  g_assert_cmphex (color_at (figure, &view, 1.4, 1.4), ==, ground);
  g_assert_cmphex (color_at (figure, &view, 1.4, 1), !=, ground);
  g_assert_cmphex (color_at (figure, &view, 1.4, 2), !=, ground);
  g_assert_cmphex (color_at (figure, &view, 1.4, 3), !=, ground);
  view.scale[PLOT_Y] = &plot_scale_linear;
  plot_limits_frame (&view, figure);
  g_assert_cmpfloat (view.lo[PLOT_Y], <, lo);
  g_assert_cmpfloat (view.hi[PLOT_Y], >, hi);
  g_assert_cmphex (color_at (figure, &view, 1.4, 2.5), !=, ground);
}

/* A narrow spike of the leading line does not make areas a streak; one as wide as they are is seen whole, and
 * so is each on a log axis. */
static void
test_spike (void)
{
  double x[40], y[40], part[40];

  for (int width = 1; width <= 20; width += 19)
    {
      g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
      PlotLimits view;

      for (int i = 0; i < 40; i++)
        {
          x[i] = i + 1;
          y[i] = i >= 10 && i < 10 + width ? 500 : 2;
          part[i] = 1.5;
        }
      plot_figure_add_series (figure, &(PlotSeries){ "test", "", 0, PLOT_STYLE_PRIMARY, 40, x, y });
      plot_figure_add_series (figure, &(PlotSeries){ .id = "part", .label = "", .style = PLOT_STYLE_ACCENT_1,
                                                     .n = 40, .x = x, .y = part, .claim = PLOT_CLAIM_NEAR,
                                                     .stacked = TRUE });
      plot_limits_init (&view, figure);
      g_assert_cmpfloat (view.lo[PLOT_Y], ==, 0);
      if (width == 1)
        g_assert_cmpfloat (view.hi[PLOT_Y], <, 5);
      else
        g_assert_cmpfloat (view.hi[PLOT_Y], >, 500);
      g_assert_cmpfloat (view.hi[PLOT_Y], >, 2);
      view.scale[PLOT_Y] = &plot_scale_log;
      plot_limits_frame (&view, figure);
      g_assert_cmpfloat (view.hi[PLOT_Y], >, 500);
    }
}

/* A part that is pale where it is in another series: both lie at the same height, and none counts twice,
 * not even where they meet. */
static void
test_faded (void)
{
  static const double left[] = { 2, 2, 2, NAN, NAN }, right[] = { NAN, NAN, 2, 2, 2 };
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
  guint32 full, pale, ground;
  PlotLimits view;

  plot_figure_set_axis (figure, PLOT_X, "x", &plot_scale_linear);
  plot_figure_set_axis (figure, PLOT_Y, "y", &plot_scale_linear);
  add_part (figure, "top", TRUE, PLOT_STYLE_ACCENT_1, top, FALSE);
  add_part (figure, "bottom", TRUE, PLOT_STYLE_ACCENT_3, left, FALSE);
  add_part (figure, "bottom", TRUE, PLOT_STYLE_ACCENT_3, right, TRUE);
  fill_view (&view, figure, 0);
  ground = color_at (figure, &view, 1.4, 6.55);
  full = color_at (figure, &view, 1.4, 1);
  pale = color_at (figure, &view, 4.4, 1);
  g_assert_true (full != pale && full != ground && pale != ground);
  for (double x = 1.35; x < 5; x += 0.2)
    {
      g_assert_cmphex (color_at (figure, &view, x, 3.5), ==, color_at (figure, &view, 1.4, 4.5));
      g_assert_cmphex (color_at (figure, &view, x, 5.4), ==, ground);
    }
  fill_view (&view, figure, 1 << 1); /* both go */
  g_assert_cmphex (color_at (figure, &view, 1.4, 1), ==, color_at (figure, &view, 4.4, 1));
}

/* What is found under the pointer is the upper edge. */
static void
test_hit (void)
{
  g_autoptr (PlotFigure) figure = stack_figure (FALSE);
  g_autoptr (PlotLayout) layout = NULL;
  PlotLimits view;
  PlotHit hit;

  fill_view (&view, figure, 0);
  layout = plot_layout_new (figure, plot_theme_find ("light"), &view, 800, 500);
  hit = plot_layout_hit (layout, figure, plot_layout_to_pixel (layout, 0, PLOT_X, 2),
                         plot_layout_to_pixel (layout, 0, PLOT_Y, 6), 8);
  g_assert_cmpint (hit.series, ==, 0);
  g_assert_cmpuint (hit.point, ==, 1);
  g_assert_cmpfloat (plot_layout_height_of (layout, 0, 1), ==, 6);
  g_assert_cmpfloat (plot_layout_height_of (layout, 2, 1), ==, 2);
  g_assert_true (isnan (plot_layout_height_of (layout, 0, 2)));
}

/* An entry for each part, from the top; a click on one finds it. */
static void
test_legend (void)
{
  static const char *const names[] = { "top", "middle", "bottom" };
  g_autoptr (PlotFigure) figure = stack_figure (TRUE);
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, plot_theme_find ("light"), NULL, 800, 500);
  const PlotScene *scene = (const PlotScene *) layout;
  double last = -INFINITY;

  g_assert_cmpuint (plot_figure_get_n_curves (figure), ==, 3);
  g_assert_cmpuint (plot_figure_get_n_series (figure), ==, 3);
  g_assert_cmpuint (scene->legend->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const PlotEntryText *entry = &g_array_index (scene->legend, PlotEntryText, i);

      g_assert_cmpstr (plot_figure_get_curve (figure, i)->id, ==,
                       names[i]);
      g_assert_cmpfloat (entry->y + entry->x, >, last);
      g_assert_cmpint (plot_layout_legend_hit (layout, entry->x + 5, entry->y), ==, (int) i);
      last = entry->y + entry->x;
    }
}

/* The height of each part, not where it ends. */
static void
test_csv (void)
{
  g_autoptr (PlotFigure) figure = stack_figure (FALSE);
  PlotLimits view;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  fill_view (&view, figure, 1);
  bytes = plot_export (figure, NULL, &view, plot_format_find ("csv"), 0, 0, 0, NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (text, ==,
                   "series,x,y,low,high,count\n"
                   "middle,1,1,,,\nmiddle,2,1,,,\nmiddle,3,1,,,\nmiddle,4,1,,,\nmiddle,5,1,,,\n"
                   "bottom,1,2,,,\nbottom,2,2,,,\nbottom,3,,,,\nbottom,4,2,,,\nbottom,5,2,,,\n");
}

static const PlotStyle styles[] = { PLOT_STYLE_ACCENT_1, PLOT_STYLE_ACCENT_2, PLOT_STYLE_ACCENT_3,
                                    PLOT_STYLE_ACCENT_4, PLOT_STYLE_ACCENT_5 };

/* The pixel of a part between others, a stack of one fill for each bit of `parts`, with a band over all or not. */
static guint32
fill_color (const PlotTheme *theme, guint parts, guint part, gboolean band)
{
  static const double low[] = { 0.1, 0.1, 0.1, 0.1, 0.1 }, high[] = { 9, 9, 9, 9, 9 };
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
  g_autoptr (PlotLayout) layout = NULL;
  cairo_surface_t *surface;
  PlotLimits view;
  double y = 0.5;
  guint32 pixel;

  plot_figure_set_axis (figure, PLOT_X, "x", &plot_scale_linear);
  plot_figure_set_axis (figure, PLOT_Y, "y", &plot_scale_linear);
  plot_figure_add_series (figure, &(PlotSeries){ "test", "", 0, PLOT_STYLE_PRIMARY, 5, xs, high, band ? low : NULL,
                                                 band ? high : NULL });
  for (guint k = 0; k < G_N_ELEMENTS (styles); k++)
    {
      g_autofree char *id = g_strdup_printf ("part-%u", k);

      if ((parts & 1u << k) != 0)
        add_part (figure, id, FALSE, styles[k], upper, FALSE);
      y += k > part && (parts & 1u << k) != 0 ? 1 : 0;
    }
  fill_view (&view, figure, 0);
  layout = plot_layout_new (figure, theme, &view, 400, 300);
  surface = pixels_draw (figure, theme->name, &view, 400, 300);
  pixel = pixels_get (surface, (int) plot_layout_to_pixel (layout, 0, PLOT_X, 1.4),
                      (int) plot_layout_to_pixel (layout, 0, PLOT_Y, y));
  cairo_surface_destroy (surface);
  return pixel;
}

static double
lightness_of (guint32 pixel)
{
  return plot_color_lightness ((PlotColor){ (pixel >> 16 & 255) / 255.0, (pixel >> 8 & 255) / 255.0,
                                            (pixel & 255) / 255.0, 1 });
}

/* Parts are told apart without colour, by lightness, in every theme, whichever lie beside each other; none is
 * nearly the ground. */
static void
test_grays (void)
{
  guint n;
  const PlotTheme *themes = plot_themes (&n);

  for (guint t = 0; t < n; t++)
    for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
      {
        double own = lightness_of (fill_color (&themes[t], 31, i, FALSE));

        g_assert_cmpfloat (fabs (own - plot_color_lightness (themes[t].background)), >, 12);
        for (guint k = 0; k < i; k++)
          g_assert_cmpfloat (fabs (own - lightness_of (fill_color (&themes[t], 31, k, FALSE))), >, 5);
      }
}

/* A part has one colour, whichever others there are, and whatever band is beside it. */
static void
test_fixed (void)
{
  guint n;
  const PlotTheme *themes = plot_themes (&n);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      guint32 color = fill_color (&themes[0], 31, i, FALSE);

      g_assert_cmphex (fill_color (&themes[0], 1u << i, i, FALSE), ==, color);
      g_assert_cmphex (fill_color (&themes[0], 1u << i | 18, i, FALSE), ==, color);
      g_assert_cmphex (fill_color (&themes[0], 31, i, TRUE), ==, color);
    }
  g_assert_cmphex (fill_color (&themes[0], 0, 0, TRUE), !=, fill_color (&themes[0], 0, 0, FALSE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/area/stack", test_stack);
  g_test_add_func ("/plot/area/range", test_range);
  g_test_add_func ("/plot/area/scale", test_scale);
  g_test_add_func ("/plot/area/spike", test_spike);
  g_test_add_func ("/plot/area/faded", test_faded);
  g_test_add_func ("/plot/area/fixed", test_fixed);
  g_test_add_func ("/plot/area/hit", test_hit);
  g_test_add_func ("/plot/area/legend", test_legend);
  g_test_add_func ("/plot/area/csv", test_csv);
  g_test_add_func ("/plot/area/grays", test_grays);
  return g_test_run ();
}
