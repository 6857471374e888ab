#include "plot-pixels.h"
#include "plot-layout-private.h"
#include "plot-samples.h"

#include <math.h>

static void
test_frame (void)
{
  static const double sizes[][2] = { { 360, 300 }, { 700, 900 }, { 1400, 900 }, { 1920, 1080 } };
  guint n;
  const PlotSample *samples = plot_samples (&n);

  for (guint i = 0; i < n; i++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autoptr (PlotFigure) figure = samples[i].make ();
        g_autoptr (PlotLayout) layout = plot_layout_new (figure, plot_theme_find ("light"), NULL,
                                                         sizes[s][0], sizes[s][1]);

        g_assert_cmpfloat (layout->left, >=, 0);
        g_assert_cmpfloat (layout->top, >=, 0);
        g_assert_cmpfloat (layout->right, <, sizes[s][0]);
        g_assert_cmpfloat (layout->bottom, <, sizes[s][1]);
        /* most of the picture is the picture */
        g_assert_cmpfloat ((layout->right - layout->left) * (layout->bottom - layout->top), >,
                           (sizes[s][0] < 400                        ? 0.25
                            : plot_figure_get_n_series (figure) > 12 ? 0.4
                                                                     : 0.6)
                             * (figure->square ? pow (MIN (sizes[s][0], sizes[s][1]), 2)
                                               : sizes[s][0] * sizes[s][1]));
        for (int axis = 0; axis < PLOT_N_AXES; axis++)
          g_assert_cmpuint (layout->ticks[axis]->len, >=, 3);
        /* the legend stays on the sheet */
        g_assert_cmpfloat (layout->legend_x, >=, 0);
        g_assert_cmpfloat (layout->legend_x + layout->legend_width, <=, sizes[s][0]);
        g_assert_cmpfloat (layout->legend_y + layout->legend_height, <=, sizes[s][1]);
      }
}

static void
test_pixels (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autoptr (PlotLayout)
    layout = plot_layout_new (figure, plot_theme_find ("light"), NULL, 900, 600);
  const double ends[PLOT_N_AXES][2] = { { layout->left, layout->right },
                                        { layout->bottom, layout->top } };

  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      g_assert_cmpfloat_with_epsilon (plot_layout_to_pixel (layout, 0, axis, layout->view.lo[axis]),
                                      ends[axis][0], 1e-6);
      g_assert_cmpfloat_with_epsilon (plot_layout_to_pixel (layout, 0, axis, layout->view.hi[axis]),
                                      ends[axis][1], 1e-6);
      for (double p = 100; p < 500; p += 7.3)
        g_assert_cmpfloat_with_epsilon (
          plot_layout_to_pixel (layout, 0, axis, plot_layout_to_data (layout, 0, axis, p)), p,
          1e-6);
    }
}

static void
test_hit (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autoptr (PlotLayout)
    layout = plot_layout_new (figure, plot_theme_find ("light"), NULL, 900, 600);
  const PlotSeries *test = plot_figure_get_series (figure, 0);

  for (guint i = 0; i < test->n; i++)
    {
      double x = plot_layout_to_pixel (layout, 0, PLOT_X, test->x[i]);
      double y = plot_layout_to_pixel (layout, 0, PLOT_Y, test->y[i]);
      PlotHit hit = plot_layout_hit (layout, figure, x + 0.1, y - 0.1, 20);

      g_assert_cmpint (hit.series, >=, 0);
      g_assert_cmpfloat (hypot (hit.x - x, hit.y - y), <, 0.5);
    }
  g_assert_cmpint (
    plot_layout_hit (layout, figure, layout->left + 3, layout->bottom - 3, 10).series, ==, -1);
}

static void
test_legend_hit (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autoptr (PlotLayout)
    layout = plot_layout_new (figure, plot_theme_find ("light"), NULL, 900, 600);
  guint n = plot_figure_get_n_series (figure);

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (
      plot_layout_legend_hit (layout, layout->legend_x + 20,
                              layout->legend_y + layout->legend_height * (i + 0.5) / n),
      ==, (int) i);
  g_assert_cmpint (plot_layout_legend_hit (layout, layout->left, layout->bottom), ==, -1);
}

/* No click falls through a legend in the frame, and none beside it is taken. */
static void
test_legend_is_whole (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autoptr (PlotLayout)
    layout = plot_layout_new (figure, plot_theme_find ("light"), NULL, 900, 600);
  double right = layout->legend_x + layout->legend_width,
         bottom = layout->legend_y + layout->legend_height;

  for (double y = layout->legend_y; y <= bottom; y += 2)
    {
      for (double x = layout->legend_x; x <= right; x += 2)
        g_assert_cmpint (plot_layout_legend_hit (layout, x, y), >=, 0);
      g_assert_cmpint (plot_layout_legend_hit (layout, layout->legend_x - 1, y), ==, -1);
      g_assert_cmpint (plot_layout_legend_hit (layout, right + 1, y), ==, -1);
    }
  g_assert_cmpint (plot_layout_legend_hit (layout, right - 5, layout->legend_y - 1), ==, -1);
  g_assert_cmpint (plot_layout_legend_hit (layout, right - 5, bottom + 1), ==, -1);
}

/* A flat curve, and what is to be seen of it on axes that end at 10. */
static PlotFigure *
flat_figure (double height, PlotLimits *view)
{
  PlotFigure *figure = plot_figure_new (NULL);
  const double x[] = { 0, 10 }, y[] = { height, height };

  plot_figure_set_axis (figure, PLOT_X, "x", &plot_scale_linear);
  plot_figure_set_axis (figure, PLOT_Y, "y", &plot_scale_linear);
  plot_figure_add_series (figure, &(PlotSeries){ "a", "a curve", 0, PLOT_STYLE_CONTRAST, 2, x, y });
  plot_limits_init (view, figure);
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      view->lo[axis] = 0;
      view->hi[axis] = 10;
    }
  return figure;
}

/* Half of the way from the background to the curve's colour can be told from the background. */
static void
test_legend_shows_what_is_below (void)
{
  const PlotTheme *theme = plot_theme_find ("light");
  PlotLimits view;
  g_autoptr (PlotFigure) low = flat_figure (1, &view), high = NULL;
  g_autoptr (PlotLayout) before = plot_layout_new (low, theme, &view, 600, 400), after = NULL;
  double margin = before->legend_y + 3;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 600, 400);
  cairo_t *cr = cairo_create (surface);
  guint32 pixel;

  g_assert_cmpfloat (before->legend_width, >, 0);
  high = flat_figure (plot_layout_to_data (before, 0, PLOT_Y, margin), &view);
  view.like = before;
  after = plot_layout_new (high, theme, &view, 600, 400);
  g_assert_cmpfloat (after->legend_y, ==, before->legend_y);
  plot_layout_render (after, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixel = pixels_get (surface, (int) (after->legend_x + after->legend_width / 2), (int) margin);
  g_assert_cmpuint (pixel & 255, <, 255 - 0.35 * 255 * (1 - theme->looks[PLOT_STYLE_CONTRAST].color.b));
  cairo_surface_destroy (surface);
}

/* What is not drawn has no entry. */
static void
test_empty_series (void)
{
  static const double nothing[] = { NAN, NAN, NAN }, x[] = { 1, 2, 3 };
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autoptr (PlotLayout) before = NULL, layout = NULL;
  guint n = plot_figure_get_n_series (figure);

  before = plot_layout_new (figure, plot_theme_find ("light"), NULL, 900, 600);
  plot_figure_add_series (figure, &(PlotSeries){ "a", "all missing", 0, PLOT_STYLE_ACCENT_6, 3, x, nothing });
  plot_figure_add_series (figure, &(PlotSeries){ "b", "no points", 0, PLOT_STYLE_ACCENT_7, 0, x, x });
  layout = plot_layout_new (figure, plot_theme_find ("light"), NULL, 900, 600);
  g_assert_cmpuint (((const PlotScene *) layout)->legend->len, ==, n);
  g_assert_cmpfloat (layout->legend_height, ==, before->legend_height);
}

/* No drawn point of any sample lies under its legend. */
static void
test_legend_is_off_the_data (void)
{
  static const double sizes[][2] = { { 700, 500 }, { 900, 600 }, { 1400, 900 }, { 500, 700 } };
  guint n;
  const PlotSample *samples = plot_samples (&n);

  for (guint i = 0; i < n; i++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autoptr (PlotFigure) figure = samples[i].make ();
        g_autoptr (PlotLayout) layout = plot_layout_new (figure, plot_theme_find ("light"), NULL,
                                                         sizes[s][0], sizes[s][1]);
        guint under = 0;

        g_assert_true (layout->legend_width > 0 || plot_figure_get_n_series (figure) == 0);
        for (guint k = 0; k < plot_figure_get_n_series (figure); k++)
          {
            const PlotSeries *series = plot_figure_get_series (figure, k);

            for (guint p = 0; p < series->n; p++)
              {
                double x = plot_layout_to_pixel (layout, 0, PLOT_X, series->x[p])
                           - layout->legend_x;
                double y = plot_layout_to_pixel (layout, 0, PLOT_Y, series->y[p])
                           - layout->legend_y;

                under += x > 0 && x < layout->legend_width && y > 0 && y < layout->legend_height;
              }
          }
        g_assert_cmpuint (under, ==, 0);
      }
}

/* Text positions are those of the theme's type, whatever the resolution. */
static void
test_type_scale (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  PlotLimits view;
  PlotLayout *normal, *large;

  plot_limits_init (&view, figure);
  normal = plot_layout_new (figure, plot_theme_find ("light"), &view, 1920, 1080);
  view.type_scale = 1.5;
  large = plot_layout_new (figure, plot_theme_find ("light"), &view, 1920, 1080);
  g_assert_cmpfloat (large->left, >, 1.3 * normal->left);
  g_assert_cmpfloat (large->top, >, 1.3 * normal->top);
  g_assert_cmpfloat (large->legend_width, >, 1.4 * normal->legend_width);
  plot_layout_free (normal);
  plot_layout_free (large);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/layout/frame", test_frame);
  g_test_add_func ("/plot/layout/pixels", test_pixels);
  g_test_add_func ("/plot/layout/hit", test_hit);
  g_test_add_func ("/plot/layout/legend-hit", test_legend_hit);
  g_test_add_func ("/plot/layout/legend-is-whole", test_legend_is_whole);
  g_test_add_func ("/plot/layout/legend-shows-what-is-below", test_legend_shows_what_is_below);
  g_test_add_func ("/plot/layout/empty-series", test_empty_series);
  g_test_add_func ("/plot/layout/legend-is-off-the-data", test_legend_is_off_the_data);
  g_test_add_func ("/plot/layout/type-scale", test_type_scale);
  return g_test_run ();
}
