#include "plot-pixels.h"
#include "plot-samples.h"

#include <math.h>
#include <string.h>

static PlotFigure *
panels_figure (guint n_panels)
{
  static const char *const titles[] = { "<i>D</i> = 6", "<i>D</i> = 12", "", "<i>D</i> = 40" };
  PlotFigure *figure = plot_figure_new ("Panels");

  plot_figure_set_panels (figure, n_panels, titles);
  plot_figure_set_axis (figure, PLOT_X, "<i>n</i>", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "error", &plot_scale_log);
  return figure;
}

static void
add (PlotFigure *figure, const char *id, PlotStyle style, guint panel, double amount)
{
  const double x[] = { 10, 100, 1000 }, y[] = { amount, amount / 5, amount / 20 };

  plot_figure_add_series (figure, &(PlotSeries){ id, id, 0, style, 3, x, y, .panel = panel });
}

/* Equal frames from left to right inside the sheet, all of them on the same ranges. */
static void
test_frames (void)
{
  static const double sizes[][2] = { { 1400, 900 }, { 1280, 720 }, { 700, 900 }, { 360, 300 } };

  for (guint n = 1; n <= PLOT_MAX_PANELS; n++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autoptr (PlotFigure) figure = panels_figure (n);
        g_autoptr (PlotLayout) layout = NULL;

        for (guint panel = 0; panel < n; panel++)
          add (figure, "test", PLOT_STYLE_PRIMARY, panel, 1 + panel);
        layout = plot_layout_new (figure, plot_theme_find ("light"), NULL, sizes[s][0],
                                  sizes[s][1]);
        g_assert_cmpuint (layout->n_panels, ==, n);
        g_assert_cmpfloat (layout->left, ==, layout->frames[0].left);
        g_assert_cmpfloat (layout->right, ==, layout->frames[n - 1].right);
        g_assert_cmpfloat (layout->right, <, sizes[s][0]);
        for (guint panel = 0; panel < n; panel++)
          {
            PlotRect frame = layout->frames[panel];
            double x = (frame.left + frame.right) / 2, y = (frame.top + frame.bottom) / 2;

            g_assert_cmpfloat (frame.right - frame.left, ==,
                               layout->frames[0].right - layout->frames[0].left);
            g_assert_cmpfloat (frame.right - frame.left, >, 0.5 * sizes[s][0] / n - 40);
            g_assert_cmpfloat (frame.top, ==, layout->top);
            g_assert_cmpfloat (frame.bottom, ==, layout->bottom);
            if (panel > 0)
              g_assert_cmpfloat (frame.left, >, layout->frames[panel - 1].right + 8);
            g_assert_cmpint (plot_layout_panel_at (layout, x, y), ==, (int) panel);
            g_assert_cmpint (plot_layout_panel_at (layout, frame.left - 4, y), ==, -1);
            g_assert_cmpint (plot_layout_panel_at (layout, x, frame.bottom + 4), ==, -1);
            g_assert_cmpfloat_with_epsilon (
              plot_layout_to_pixel (layout, panel, PLOT_X, layout->view.lo[PLOT_X]), frame.left,
              1e-6);
            g_assert_cmpfloat_with_epsilon (
              plot_layout_to_pixel (layout, panel, PLOT_X, layout->view.hi[PLOT_X]), frame.right,
              1e-6);
            g_assert_cmpfloat_with_epsilon (
              plot_layout_to_data (layout, panel, PLOT_X, x),
              sqrt (layout->view.lo[PLOT_X] * layout->view.hi[PLOT_X]),
              1e-6 * layout->view.hi[PLOT_X]);
            g_assert_cmpfloat_with_epsilon (
              plot_layout_to_pixel (layout, panel, PLOT_Y, layout->view.lo[PLOT_Y]), frame.bottom,
              1e-6);
          }
      }
}

/* Titles take a row only where there is one. */
static void
test_titles (void)
{
  g_autoptr (PlotFigure) titled = panels_figure (2), untitled = panels_figure (2);
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) with = NULL, without = NULL;
  cairo_surface_t *surface;

  plot_figure_set_panels (untitled, 2, NULL);
  with = plot_layout_new (titled, theme, NULL, 900, 600);
  without = plot_layout_new (untitled, theme, NULL, 900, 600);
  g_assert_cmpfloat (with->top, >, without->top + theme->font_size);
  surface = pixels_draw (titled, "light", NULL, 900, 600);
  for (guint panel = 0; panel < 2; panel++)
    {
      PlotRect frame = with->frames[panel];
      double x = (frame.left + frame.right) / 2, top = frame.top - theme->font_size;
      double all = 80 * (frame.top - floor (top));

      g_assert_cmpuint (pixels_count (surface, theme->background, x - 40, top, x + 40, frame.top),
                        <, all - 60);
    }
  cairo_surface_destroy (surface);
}

/* Numbers in y stand at the first panel alone, those in x under each. */
static void
test_tick_labels (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_learning_panels ();
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 1280, 720);
  cairo_surface_t *surface = pixels_draw (figure, "light", NULL, 1280, 720);

  for (guint panel = 0; panel < 2; panel++)
    {
      PlotRect frame = layout->frames[panel];
      double from = panel == 0 ? 0 : layout->frames[0].right + 1;

      g_assert_cmpuint (pixels_count (surface, theme->dim, frame.left, frame.bottom + 2,
                                      frame.right, frame.bottom + 24),
                        >, 30);
      if (panel == 0)
        g_assert_cmpuint (
          pixels_count (surface, theme->dim, from, frame.top, frame.left - 1, frame.bottom), >, 30);
      else
        g_assert_cmpuint (
          pixels_count (surface, theme->dim, from, frame.top, frame.left - 1, frame.bottom), ==, 0);
    }
  cairo_surface_destroy (surface);
}

/* Each point is found in its own panel. */
static void
test_hits (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_learning_panels ();
  g_autoptr (PlotLayout)
    layout = plot_layout_new (figure, plot_theme_find ("light"), NULL, 1280, 720);

  for (guint s = 0; s < plot_figure_get_n_series (figure); s++)
    {
      const PlotSeries *series = plot_figure_get_series (figure, s);

      for (guint i = 0; i < series->n; i++)
        {
          double x = plot_layout_to_pixel (layout, series->panel, PLOT_X, series->x[i]);
          double y = plot_layout_to_pixel (layout, series->panel, PLOT_Y, series->y[i]);
          PlotHit hit = plot_layout_hit (layout, figure, x + 0.1, y, 20);

          g_assert_cmpint (hit.series, >=, 0);
          g_assert_cmpuint (hit.panel, ==, series->panel);
          g_assert_cmpuint (plot_figure_get_series (figure, hit.series)->panel, ==, series->panel);
          g_assert_cmpint (plot_layout_panel_at (layout, x, y), ==, (int) series->panel);
        }
    }
}

/* The entries under a legend, as bits. */
static guint64
legend_bits (const PlotLayout *layout)
{
  guint64 bits = 0;

  for (double y = layout->legend_y; y < layout->legend_y + layout->legend_height; y += 3)
    for (double x = layout->legend_x; x < layout->legend_x + layout->legend_width; x += 6)
      {
        int series = plot_layout_legend_hit (layout, x, y);

        bits |= series >= 0 ? 1u << series : 0;
      }
  return bits;
}

/* One entry for what differs by its panel alone, and it hides all of them. */
static void
test_legend (void)
{
  g_autoptr (PlotFigure) figure = panels_figure (2);
  const PlotTheme *theme = plot_theme_find ("light");
  PlotColor blue = theme->looks[PLOT_STYLE_PRIMARY].color;
  g_autoptr (PlotLayout) layout = NULL, hiding = NULL;
  cairo_surface_t *surface;
  PlotLimits view;
  PlotRect frame;

  add (figure, "test", PLOT_STYLE_PRIMARY, 0, 1);
  add (figure, "other", PLOT_STYLE_CONTRAST, 0, 3);
  add (figure, "test", PLOT_STYLE_PRIMARY, 1, 2);
  add (figure, "test", PLOT_STYLE_PRIMARY, 1, 4); /* of the same panel: still the same entry */
  add (figure, "third", PLOT_STYLE_LIMIT, 1, 5);
  layout = plot_layout_new (figure, theme, NULL, 1000, 600);
  g_assert_cmphex (legend_bits (layout), ==, 1 | 2 | 16);

  plot_limits_init (&view, figure);
  frame = layout->frames[1];
  surface = pixels_draw (figure, "light", &view, 1000, 600);
  g_assert_cmpuint (pixels_count (surface, blue, frame.left, frame.top, frame.right, frame.bottom),
                    >, 100);
  cairo_surface_destroy (surface);
  view.hidden = 1;
  surface = pixels_draw (figure, "light", &view, 1000, 600);
  g_assert_cmpuint (pixels_count (surface, blue, 0, 0, 1000, 600), ==, 0);
  cairo_surface_destroy (surface);
  hiding = plot_layout_new (figure, theme, &view, 1000, 600);
  g_assert_cmpint (plot_layout_hit (hiding, figure, plot_layout_to_pixel (hiding, 1, PLOT_X, 100),
                                    plot_layout_to_pixel (hiding, 1, PLOT_Y, 0.4), 4)
                     .series,
                   ==, -1);
}

/* In the panel asked for, or in all of them. */
static void
test_crosshair (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_learning_panels ();
  const PlotTheme *theme = plot_theme_find ("dark");
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 1280, 720);
  cairo_surface_t *before = pixels_draw (figure, "dark", NULL, 1280, 720);

  for (int panel = -1; panel < 2; panel++)
    {
      cairo_surface_t *after = pixels_draw (figure, "dark", NULL, 1280, 720);
      cairo_t *cr = cairo_create (after);

      plot_render_crosshair (
        figure, theme, layout,
        &(PlotCrosshair){ 300, 1e-3, "<i>n</i> = 300", PLOT_STYLE_CONTRAST, FALSE, panel }, cr);
      cairo_destroy (cr);
      cairo_surface_flush (after);
      for (int k = 0; k < 2; k++)
        {
          guint changed = pixels_changed (before, after, layout->frames[k], NULL);

          if (panel < 0 || panel == k)
            g_assert_cmpuint (changed, >, 300);
          else
            g_assert_cmpuint (changed, ==, 0);
        }
      cairo_surface_destroy (after);
    }
  cairo_surface_destroy (before);
}

static char *
csv_of (const PlotFigure *figure)
{
  g_autoptr (GBytes)
    bytes = plot_export (figure, NULL, NULL, plot_format_find ("csv"), 1, 1, 1, NULL);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_csv (void)
{
  g_autoptr (PlotFigure) figure = panels_figure (3), one = panels_figure (1);
  g_autofree char *text = NULL, *single = NULL;

  add (figure, "test", PLOT_STYLE_PRIMARY, 1, 1);
  add (figure, "test", PLOT_STYLE_PRIMARY, 2, 2);
  text = csv_of (figure);
  g_assert_cmpstr (text, ==,
                   "# title: Panels\n"
                   "panel,series,x,y,low,high,count\n"
                   "D = 12,test,10,1,,,\n"
                   "D = 12,test,100,0.20000000000000001,,,\n"
                   "D = 12,test,1000,0.050000000000000003,,,\n"
                   "3,test,10,2,,,\n"
                   "3,test,100,0.40000000000000002,,,\n"
                   "3,test,1000,0.10000000000000001,,,\n");
  single = csv_of (one);
  g_assert_cmpstr (single, ==, "# title: Panels\nseries,x,y,low,high,count\n");
}

/* A figure without panels is one of one panel without a title. */
static void
test_one (void)
{
  g_autoptr (PlotFigure) plain = plot_sample_double_descent ();
  g_autoptr (PlotLayout)
    layout = plot_layout_new (plain, plot_theme_find ("light"), NULL, 900, 600);

  g_assert_cmpuint (plot_figure_get_n_panels (plain), ==, 1);
  g_assert_cmpuint (layout->n_panels, ==, 1);
  g_assert_cmpfloat (layout->frames[0].left, ==, layout->left);
  g_assert_cmpfloat (layout->frames[0].top, ==, layout->top);
  g_assert_cmpfloat (layout->frames[0].right, ==, layout->right);
  g_assert_cmpfloat (layout->frames[0].bottom, ==, layout->bottom);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/panels/frames", test_frames);
  g_test_add_func ("/plot/panels/titles", test_titles);
  g_test_add_func ("/plot/panels/tick-labels", test_tick_labels);
  g_test_add_func ("/plot/panels/hits", test_hits);
  g_test_add_func ("/plot/panels/legend", test_legend);
  g_test_add_func ("/plot/panels/crosshair", test_crosshair);
  g_test_add_func ("/plot/panels/csv", test_csv);
  g_test_add_func ("/plot/panels/one", test_one);
  return g_test_run ();
}
