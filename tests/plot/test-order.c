#include "plot-colormap.h"
#include "plot-draw-private.h"

/* Members of a family: solid, seen on every background, and lighter from each to the next; those that are muted
 * are thinner. */
static void
test_order (void)
{
  const double x[] = { 1, 2 };
  guint n;
  const PlotTheme *themes = plot_themes (&n);

  for (guint t = 0; t < n; t++)
    {
      g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
      g_autoptr (PlotLayout) layout = NULL;
      double before = -1;

      for (guint i = 1; i <= 10; i++)
        plot_figure_add_series (figure, &(PlotSeries){ "s", "", 0, PLOT_STYLE_PRIMARY, 2, x, x, .order = i,
                                                       .n_orders = 10, .muted = i != 4 });
      layout = plot_layout_new (figure, &themes[t], NULL, 600, 400);
      for (guint i = 0; i < 10; i++)
        {
          PlotLook look
            = plot_series_look ((const PlotScene *) layout, plot_figure_get_series (figure, i));
          const double width = themes[t].looks[PLOT_STYLE_PRIMARY].width;

          g_assert_cmpfloat (plot_color_contrast (look.color, themes[t].background), >=, 3);
          g_assert_cmpfloat (plot_color_lightness (look.color), >, before);
          g_assert_cmpint (look.n_dash, ==, 0);
          g_assert_cmpint (look.mark, ==, PLOT_MARK_NONE);
          g_assert_true (i == 3 ? look.width == width : look.width < 0.8 * width);
          before = plot_color_lightness (look.color);
        }
    }
}

/* One alone is far from any background. */
static void
test_alone (void)
{
  const char *const themes[] = { "paper", "light", "dark", "paper-gray" };
  const double x[] = { 1, 2 };
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);

  plot_figure_add_series (figure, &(PlotSeries){ "s", "", 0, PLOT_STYLE_PRIMARY, 2, x, x, .order = 1,
                                                 .n_orders = 1 });
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      const PlotTheme *theme = plot_theme_find (themes[i]);
      g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 600, 400);
      const PlotLook look = plot_series_look ((const PlotScene *) layout, plot_figure_get_series (figure, 0));

      g_assert_cmpfloat (plot_color_contrast (look.color, theme->background), >, 10);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/order/family", test_order);
  g_test_add_func ("/plot/order/alone", test_alone);
  return g_test_run ();
}
