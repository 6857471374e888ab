#include "plot-pixels.h"
#include "plot-samples.h"

#include <math.h>

static PlotFigure *
window_figure (guint n_panels, double lo, double hi)
{
  PlotFigure *figure = plot_figure_new (NULL);

  plot_figure_set_panels (figure, n_panels, NULL);
  plot_figure_set_axis (figure, PLOT_X, "<i>n</i>", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "error", &plot_scale_log);
  plot_figure_set_reach (figure, PLOT_X, 10, 1e5);
  plot_figure_set_reach (figure, PLOT_Y, 1e-5, 1);
  if (lo < hi)
    plot_figure_set_window (figure, lo, hi);
  return figure;
}

static PlotLayout *
lay_out (const PlotFigure *figure)
{
  return plot_layout_new (figure, plot_theme_find ("light"), NULL, 1200, 700);
}

static void
test_value (void)
{
  g_autoptr (PlotFigure) with = window_figure (1, 128, 724), without = window_figure (1, 0, 0);
  double lo, hi;

  g_assert_true (plot_figure_get_window (with, &lo, &hi));
  g_assert_cmpfloat (lo, ==, 128);
  g_assert_cmpfloat (hi, ==, 724);
  g_assert_false (plot_figure_get_window (without, &lo, &hi));
}

/* Edges over the whole height in every panel, the body along the top alone. */
static void
test_hit (void)
{
  g_autoptr (PlotFigure) figure = window_figure (2, 128, 3000), none = window_figure (2, 0, 0);
  g_autoptr (PlotLayout) layout = lay_out (figure);

  for (guint panel = 0; panel < 2; panel++)
    {
      double lo = plot_layout_to_pixel (layout, panel, PLOT_X, 128);
      double hi = plot_layout_to_pixel (layout, panel, PLOT_X, 3000);
      double middle = (lo + hi) / 2;

      for (double y = layout->top + 1; y < layout->bottom; y += 7)
        {
          PlotWindowPart inside = y < layout->top + 12 ? PLOT_WINDOW_BODY : PLOT_WINDOW_NONE;

          for (double off = -7; off <= 7; off += 3.5)
            {
              g_assert_cmpint (plot_layout_window_hit (layout, figure, lo + off, y), ==,
                               PLOT_WINDOW_LO);
              g_assert_cmpint (plot_layout_window_hit (layout, figure, hi + off, y), ==,
                               PLOT_WINDOW_HI);
            }
          if (y < layout->top + 12 || y > layout->top + 20)
            g_assert_cmpint (plot_layout_window_hit (layout, figure, middle, y), ==, inside);
          g_assert_cmpint (plot_layout_window_hit (layout, figure, lo - 12, y), ==,
                           PLOT_WINDOW_NONE);
          g_assert_cmpint (plot_layout_window_hit (layout, figure, hi + 12, y), ==,
                           PLOT_WINDOW_NONE);
        }
      g_assert_cmpint (plot_layout_window_hit (layout, figure, lo, layout->top - 3), ==,
                       PLOT_WINDOW_NONE);
      g_assert_cmpint (plot_layout_window_hit (layout, figure, lo, layout->bottom + 3), ==,
                       PLOT_WINDOW_NONE);
      g_assert_cmpint (plot_layout_window_hit (layout, none, lo, layout->top + 50), ==,
                       PLOT_WINDOW_NONE);
    }
}

/* However narrow it is, each part can be taken hold of; edges out of sight cannot. */
static void
test_hit_at_limits (void)
{
  g_autoptr (PlotFigure) narrow = window_figure (1, 1000, 1040), wide = window_figure (1, 1, 1e9);
  g_autoptr (PlotLayout) layout = lay_out (narrow);
  double lo = plot_layout_to_pixel (layout, 0, PLOT_X, 1000);
  double hi = plot_layout_to_pixel (layout, 0, PLOT_X, 1040);
  double top = layout->top + 5, low = layout->bottom - 40;

  g_assert_cmpfloat (hi - lo, <, 8);
  g_assert_cmpint (plot_layout_window_hit (layout, narrow, lo + 0.5, low), ==, PLOT_WINDOW_LO);
  g_assert_cmpint (plot_layout_window_hit (layout, narrow, hi - 0.5, low), ==, PLOT_WINDOW_HI);
  g_assert_cmpint (plot_layout_window_hit (layout, narrow, lo - 6, low), ==, PLOT_WINDOW_LO);
  g_assert_cmpint (plot_layout_window_hit (layout, narrow, hi + 6, top), ==, PLOT_WINDOW_HI);
  g_assert_cmpint (plot_layout_window_hit (layout, narrow, (lo + hi) / 2, top), ==,
                   PLOT_WINDOW_BODY);

  g_assert_cmpint (plot_layout_window_hit (layout, wide, layout->left + 2, low), ==,
                   PLOT_WINDOW_NONE);
  g_assert_cmpint (plot_layout_window_hit (layout, wide, layout->right - 2, low), ==,
                   PLOT_WINDOW_NONE);
  g_assert_cmpint (plot_layout_window_hit (layout, wide, layout->left + 2, top), ==,
                   PLOT_WINDOW_BODY);
}

/* The shade is where the range is, in every panel and in every theme. */
static void
test_shade (void)
{
  static const char *const themes[] = { "light", "dark", "paper", "paper-gray" };

  for (guint t = 0; t < G_N_ELEMENTS (themes); t++)
    {
      g_autoptr (PlotFigure) figure = window_figure (2, 128, 3000), none = window_figure (2, 0, 0);
      g_autoptr (PlotLayout)
        layout = plot_layout_new (figure, plot_theme_find (themes[t]), NULL, 1200, 700);
      cairo_surface_t *before = pixels_draw (none, themes[t], NULL, 1200, 700);
      cairo_surface_t *after = pixels_draw (figure, themes[t], NULL, 1200, 700);
      guint all = pixels_changed (before, after, (PlotRect){ 0, 0, 1200, 700 }, NULL), within = 0;

      for (guint panel = 0; panel < 2; panel++)
        {
          double lo = plot_layout_to_pixel (layout, panel, PLOT_X, 128);
          double hi = plot_layout_to_pixel (layout, panel, PLOT_X, 3000);
          PlotRect band = { lo - 1, layout->top, hi + 2, layout->bottom };
          guint changed = pixels_changed (before, after, band, NULL);

          g_assert_cmpfloat (changed, >, 0.99 * (hi - lo) * (layout->bottom - layout->top));
          within += changed;
        }
      g_assert_cmpuint (within, ==, all);
      cairo_surface_destroy (before);
      cairo_surface_destroy (after);
    }
}

/* Grips only where they are asked for; the part under the pointer stands out, and no other. */
static void
test_grips (void)
{
  g_autoptr (PlotFigure) figure = window_figure (1, 128, 3000);
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) layout = lay_out (figure);
  double lo = plot_layout_to_pixel (layout, 0, PLOT_X, 128);
  double hi = plot_layout_to_pixel (layout, 0, PLOT_X, 3000);
  const PlotRect near[] = { { 0, 0, 1200, 700 },
                            { lo - 6, 0, lo + 6, 700 },
                            { hi - 6, 0, hi + 6, 700 },
                            { lo + 8, layout->top, hi - 8, layout->top + 20 } };
  cairo_surface_t *plain, *grips;
  PlotView view;

  plot_view_init (&view, figure);
  g_assert_false (view.handles);
  plain = pixels_draw (figure, "light", &view, 1200, 700);
  view.handles = TRUE;
  grips = pixels_draw (figure, "light", &view, 1200, 700);
  for (int part = PLOT_WINDOW_LO; part <= PLOT_WINDOW_BODY; part++)
    g_assert_cmpuint (pixels_changed (plain, grips, near[part], NULL), >, 40);
  /* by the axis */
  g_assert_cmpuint (pixels_changed (plain, grips,
                                    (PlotRect){ lo - 6, layout->bottom - 60, lo + 6, layout->bottom },
                                    NULL),
                    >, 40);
  for (int part = PLOT_WINDOW_NONE; part <= PLOT_WINDOW_BODY; part++)
    {
      cairo_surface_t *over = pixels_draw (figure, "light", &view, 1200, 700);
      cairo_t *cr = cairo_create (over);
      guint all;

      plot_render_window_part (figure, theme, layout, part, cr);
      cairo_destroy (cr);
      cairo_surface_flush (over);
      all = pixels_changed (grips, over, near[0], NULL);
      if (part == PLOT_WINDOW_NONE)
        g_assert_cmpuint (all, ==, 0);
      else
        g_assert_cmpuint (all, >, 40);
      g_assert_cmpuint (pixels_changed (grips, over, near[part], NULL), ==, all);
      cairo_surface_destroy (over);
    }
  cairo_surface_destroy (plain);
  cairo_surface_destroy (grips);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/window/value", test_value);
  g_test_add_func ("/plot/window/hit", test_hit);
  g_test_add_func ("/plot/window/hit-at-limits", test_hit_at_limits);
  g_test_add_func ("/plot/window/shade", test_shade);
  g_test_add_func ("/plot/window/grips", test_grips);
  return g_test_run ();
}
