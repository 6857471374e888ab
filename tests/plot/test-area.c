#include "plot-item-private.h"
#include "plot-pixels.h"
#include "plot-samples.h"

#include <math.h>
#include <stdlib.h>

static const double xs[] = { 1, 2, 3, 4, 5 };
static const double lower[] = { 2, 2, NAN, 2, 2 }, upper[] = { 1, 1, 1, 1, 1 }, top[] = { 3, 3, 3, 3, 3 };

static PlotFigure *
stack_figure (gboolean labelled)
{
  PlotFigure *figure = plot_figure_new (NULL);
  const PlotPart parts[] = { { "top", labelled ? "top" : "", PLOT_STYLE_ACCENT_1, top },
                             { "middle", labelled ? "middle" : "", PLOT_STYLE_ACCENT_2, upper },
                             { "bottom", labelled ? "bottom" : "", PLOT_STYLE_ACCENT_3, lower } };

  plot_figure_set_axis (figure, PLOT_X, "x", &plot_scale_linear);
  plot_figure_set_axis (figure, PLOT_Y, "y", &plot_scale_linear);
  plot_figure_add_area (figure, &(PlotArea){ .n = 5, .x = xs, .n_parts = 3, .parts = parts });
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
  g_assert_true (plot_figure_takes_scale (figure, PLOT_X, &plot_scale_log));
  g_assert_false (plot_figure_takes_scale (figure, PLOT_Y, &plot_scale_log));
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
  g_assert_cmpuint (plot_figure_get_n_series (figure), ==, 0);
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
                   "middle,1,1,2,3,\nmiddle,2,1,2,3,\nmiddle,3,1,,,\nmiddle,4,1,2,3,\nmiddle,5,1,2,3,\n"
                   "bottom,1,2,0,2,\nbottom,2,2,0,2,\nbottom,3,,,,\nbottom,4,2,0,2,\nbottom,5,2,0,2,\n");
}

/* Neighbours are told apart without colour, by lightness, in every theme. */
static void
test_grays (void)
{
  guint n;
  const PlotTheme *themes = plot_themes (&n);
  g_autoptr (PlotFigure) figure = stack_figure (FALSE);
  PlotLimits view;

  fill_view (&view, figure, 0);
  for (guint t = 0; t < n; t++)
    {
      g_autoptr (PlotLayout) layout = plot_layout_new (figure, &themes[t], &view, 800, 500);
      cairo_surface_t *surface = pixels_draw (figure, themes[t].name, &view, 800, 500);
      double before = plot_color_lightness (themes[t].background);

      for (guint k = 0; k < 3; k++)
        {
          guint32 pixel = pixels_get (
            surface, (int) plot_layout_to_pixel (layout, 0, PLOT_X, 1.4),
            (int) plot_layout_to_pixel (layout, 0, PLOT_Y, (const double[]){ 4.5, 2.5, 1 }[k]));
          double l = plot_color_lightness ((PlotColor){ (pixel >> 16 & 255) / 255.0,
                                                        (pixel >> 8 & 255) / 255.0,
                                                        (pixel & 255) / 255.0, 1 });

          g_test_message ("%s, part %u: %.1f", themes[t].name, k, l);
          g_assert_cmpfloat (fabs (l - before), >, 6);
          before = l;
        }
      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/area/stack", test_stack);
  g_test_add_func ("/plot/area/range", test_range);
  g_test_add_func ("/plot/area/legend", test_legend);
  g_test_add_func ("/plot/area/csv", test_csv);
  g_test_add_func ("/plot/area/grays", test_grays);
  return g_test_run ();
}
