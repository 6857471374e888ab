#include "plot-pixels.h"
#include "plot-samples.h"

#include <math.h>

static PlotFigure *
range_figure (guint n_panels, double lo, double hi)
{
  PlotFigure *figure = plot_figure_new (NULL);

  plot_figure_set_panels (figure, n_panels, NULL);
  plot_figure_set_axis (figure, PLOT_X, "<i>n</i>", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "error", &plot_scale_log);
  plot_figure_set_reach (figure, PLOT_X, 10, 1e5);
  plot_figure_set_reach (figure, PLOT_Y, 1e-5, 1);
  if (lo < hi)
    plot_figure_add_movable_range (figure, "fit", lo, hi);
  return figure;
}

static PlotLayout *
lay_out (const PlotFigure *figure)
{
  return plot_layout_new (figure, plot_theme_find ("light"), NULL, 1200, 700);
}

/* The handles that a range has. */
enum
{
  NONE = -1,
  FROM,
  TO,
  WHOLE
};

static void
test_value (void)
{
  g_autoptr (PlotFigure) with = range_figure (1, 128, 724), without = range_figure (1, 0, 0);
  static const struct
  {
    const char *id;
    PlotHandleShape shape;
    double x;
  } rows[] = { { "fit-from", PLOT_HANDLE_EDGE, 128 },
               { "fit-to", PLOT_HANDLE_EDGE, 724 },
               { "fit", PLOT_HANDLE_SPAN, 128 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PlotHandle *handle = plot_figure_get_handle (with, i);

      g_assert_cmpstr (handle->id, ==, rows[i].id);
      g_assert_cmpint (handle->shape, ==, rows[i].shape);
      g_assert_cmpfloat (handle->x, ==, rows[i].x);
      g_assert_true (handle->free_x && !handle->free_y);
    }
  g_assert_cmpfloat (plot_figure_get_handle (with, WHOLE)->y, ==, 724);
  g_assert_null (plot_figure_get_handle (with, 3));
  g_assert_null (plot_figure_get_handle (without, 0));
}

/* Edges over the whole height in every panel, the body along the top alone. */
static void
test_hit (void)
{
  g_autoptr (PlotFigure) figure = range_figure (2, 128, 3000), none = range_figure (2, 0, 0);
  g_autoptr (PlotLayout) layout = lay_out (figure), empty = lay_out (none);

  for (guint panel = 0; panel < 2; panel++)
    {
      double lo = plot_layout_to_pixel (layout, panel, PLOT_X, 128);
      double hi = plot_layout_to_pixel (layout, panel, PLOT_X, 3000);
      double middle = (lo + hi) / 2;

      for (double y = layout->top + 1; y < layout->bottom; y += 7)
        {
          int inside = y < layout->top + 12 ? WHOLE : NONE;

          for (double off = -7; off <= 7; off += 3.5)
            {
              g_assert_cmpint (plot_layout_handle_hit (layout, lo + off, y), ==,
                               FROM);
              g_assert_cmpint (plot_layout_handle_hit (layout, hi + off, y), ==,
                               TO);
            }
          if (y < layout->top + 12 || y > layout->top + 20)
            g_assert_cmpint (plot_layout_handle_hit (layout, middle, y), ==, inside);
          g_assert_cmpint (plot_layout_handle_hit (layout, lo - 12, y), ==,
                           NONE);
          g_assert_cmpint (plot_layout_handle_hit (layout, hi + 12, y), ==,
                           NONE);
        }
      g_assert_cmpint (plot_layout_handle_hit (layout, lo, layout->top - 3), ==,
                       NONE);
      g_assert_cmpint (plot_layout_handle_hit (layout, lo, layout->bottom + 3), ==,
                       NONE);
      g_assert_cmpint (plot_layout_handle_hit (empty, lo, layout->top + 50), ==,
                       NONE);
    }
}

/* However narrow it is, each part can be taken hold of; edges out of sight cannot. */
static void
test_hit_at_limits (void)
{
  g_autoptr (PlotFigure) narrow = range_figure (1, 1000, 1040), wide = range_figure (1, 1, 1e9);
  g_autoptr (PlotLayout) layout = lay_out (narrow), wide_layout = lay_out (wide);
  double lo = plot_layout_to_pixel (layout, 0, PLOT_X, 1000);
  double hi = plot_layout_to_pixel (layout, 0, PLOT_X, 1040);
  double top = layout->top + 5, low = layout->bottom - 40;

  g_assert_cmpfloat (hi - lo, <, 8);
  g_assert_cmpint (plot_layout_handle_hit (layout, lo + 0.5, low), ==, FROM);
  g_assert_cmpint (plot_layout_handle_hit (layout, hi - 0.5, low), ==, TO);
  g_assert_cmpint (plot_layout_handle_hit (layout, lo - 6, low), ==, FROM);
  g_assert_cmpint (plot_layout_handle_hit (layout, hi + 6, top), ==, TO);
  g_assert_cmpint (plot_layout_handle_hit (layout, (lo + hi) / 2, top), ==,
                   WHOLE);

  g_assert_cmpint (plot_layout_handle_hit (wide_layout, layout->left + 2, low), ==,
                   NONE);
  g_assert_cmpint (plot_layout_handle_hit (wide_layout, layout->right - 2, low), ==,
                   NONE);
  g_assert_cmpint (plot_layout_handle_hit (wide_layout, layout->left + 2, top), ==,
                   WHOLE);
}

/* The shade is where the range is, in every panel and in every theme. */
static void
test_shade (void)
{
  static const char *const themes[] = { "light", "dark", "paper", "paper-gray" };

  for (guint t = 0; t < G_N_ELEMENTS (themes); t++)
    {
      g_autoptr (PlotFigure) figure = range_figure (2, 128, 3000), none = range_figure (2, 0, 0);
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
  g_autoptr (PlotFigure) figure = range_figure (1, 128, 3000);
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) layout = lay_out (figure);
  double lo = plot_layout_to_pixel (layout, 0, PLOT_X, 128);
  double hi = plot_layout_to_pixel (layout, 0, PLOT_X, 3000);
  const PlotRect near[] = { { 0, 0, 1200, 700 },
                            { lo - 6, 0, lo + 6, 700 },
                            { hi - 6, 0, hi + 6, 700 },
                            { lo + 8, layout->top, hi - 8, layout->top + 20 } };
  cairo_surface_t *plain, *grips;
  PlotLimits view;

  plot_limits_init (&view, figure);
  g_assert_false (view.handles);
  plain = pixels_draw (figure, "light", &view, 1200, 700);
  view.handles = TRUE;
  grips = pixels_draw (figure, "light", &view, 1200, 700);
  for (int part = FROM; part <= WHOLE; part++)
    g_assert_cmpuint (pixels_changed (plain, grips, near[part + 1], NULL), >, 40);
  /* by the axis */
  g_assert_cmpuint (pixels_changed (plain, grips,
                                    (PlotRect){ lo - 6, layout->bottom - 60, lo + 6, layout->bottom },
                                    NULL),
                    >, 40);
  for (int part = NONE; part <= WHOLE; part++)
    {
      cairo_surface_t *over = pixels_draw (figure, "light", &view, 1200, 700);
      cairo_t *cr = cairo_create (over);
      guint all;

      plot_render_handle (layout, theme, part, cr);
      cairo_destroy (cr);
      cairo_surface_flush (over);
      all = pixels_changed (grips, over, near[0], NULL);
      if (part == NONE)
        g_assert_cmpuint (all, ==, 0);
      else
        g_assert_cmpuint (all, >, 40);
      g_assert_cmpuint (pixels_changed (grips, over, near[part + 1], NULL), ==, all);
      cairo_surface_destroy (over);
    }
  cairo_surface_destroy (plain);
  cairo_surface_destroy (grips);
}

/* What is said at the cursor does not lie on a grip, however narrow the figure. */
static void
test_read_out (void)
{
  g_autoptr (PlotFigure) figure = range_figure (1, 400, 2500);
  g_autoptr (PlotLayout) layout = NULL;
  cairo_surface_t *before, *after;
  PlotLimits view;
  cairo_t *cr;

  plot_limits_init (&view, figure);
  view.handles = TRUE;
  layout = plot_layout_new (figure, plot_theme_find ("light"), &view, 420, 700);
  before = pixels_draw (figure, "light", &view, 420, 700);
  after = pixels_draw (figure, "light", &view, 420, 700);
  cr = cairo_create (after);
  plot_render_crosshair (figure, plot_theme_find ("light"), layout,
                         &(PlotCrosshair){ .x = 1000,
                                           .y = 3e-5,
                                           .markup = "standard 0.0280 (slope −0.60)\nmirrored 0.00418\n\n\nratio",
                                           .style = PLOT_STYLE_PRIMARY },
                         cr);
  cairo_destroy (cr);
  cairo_surface_flush (after);
  g_assert_cmpuint (pixels_changed (before, after, (PlotRect){ 0, 0, 420, 700 }, NULL), >, 1000);
  for (int part = FROM; part <= TO; part++)
    {
      const double x = plot_layout_to_pixel (layout, 0, PLOT_X, part == FROM ? 400 : 2500);

      g_assert_cmpuint (pixels_changed (before, after, (PlotRect){ x - 4, layout->bottom - 60, x + 4, layout->bottom },
                                        NULL),
                        ==, 0);
    }
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

/* A point is taken hold of from all sides and from far away, but only in its own panel and in sight; of two
 * the nearer one. */
static void
test_points (void)
{
  g_autoptr (PlotFigure) figure = range_figure (2, 0, 0);
  g_autoptr (PlotLayout) layout = NULL;
  double px, py, other;

  for (guint i = 0; i < 3; i++)
    plot_figure_add_handle (figure, &(PlotHandle){ .id = (const char *const[]){ "a", "b", "far" }[i],
                                                   .panel = 1,
                                                   .shape = PLOT_HANDLE_POINT,
                                                   .x = (const double[]){ 100, 130, 1e9 }[i],
                                                   .y = 1e-2,
                                                   .free_y = TRUE });
  layout = lay_out (figure);
  px = plot_layout_to_pixel (layout, 1, PLOT_X, 100);
  py = plot_layout_to_pixel (layout, 1, PLOT_Y, 1e-2);
  other = plot_layout_to_pixel (layout, 1, PLOT_X, 130);
  g_assert_cmpint (plot_layout_handle_hit (layout, px, py), ==, 0);
  g_assert_cmpint (plot_layout_handle_hit (layout, px - 9, py + 9), ==, 0);
  g_assert_cmpint (plot_layout_handle_hit (layout, px - 14, py - 14), ==, NONE);
  g_assert_cmpint (plot_layout_handle_hit (layout, other, py), ==, 1);
  g_assert_cmpint (plot_layout_handle_hit (layout, 0.4 * px + 0.6 * other, py), ==, 1);
  g_assert_cmpint (plot_layout_handle_hit (layout, plot_layout_to_pixel (layout, 0, PLOT_X, 100), py), ==,
                   NONE);
  /* it decides nothing about the ranges */
  g_assert_cmpfloat (layout->view.hi[PLOT_X], <, 1e6);
}

/* On screens and not in files: a knob, larger under the pointer. */
static void
test_knob (void)
{
  g_autoptr (PlotFigure) figure = range_figure (1, 0, 0);
  g_autoptr (PlotLayout) layout = NULL;
  cairo_surface_t *files, *screen, *over;
  PlotRect knob, strong;
  PlotLimits view;
  cairo_t *cr;

  plot_figure_add_handle (figure, &(PlotHandle){ .id = "a", .x = 300, .y = 1e-3, .free_x = TRUE });
  layout = lay_out (figure);
  plot_limits_init (&view, figure);
  files = pixels_draw (figure, "light", &view, 1200, 700);
  view.handles = TRUE;
  screen = pixels_draw (figure, "light", &view, 1200, 700);
  g_assert_cmpuint (pixels_changed (files, screen, (PlotRect){ 0, 0, 1200, 700 }, &knob), >, 60);
  g_assert_cmpfloat_with_epsilon ((knob.left + knob.right) / 2,
                                  plot_layout_to_pixel (layout, 0, PLOT_X, 300), 1);
  g_assert_cmpfloat_with_epsilon ((knob.top + knob.bottom) / 2,
                                  plot_layout_to_pixel (layout, 0, PLOT_Y, 1e-3), 1);
  over = pixels_draw (figure, "light", &view, 1200, 700);
  cr = cairo_create (over);
  plot_render_handle (layout, plot_theme_find ("light"), 0, cr);
  cairo_destroy (cr);
  cairo_surface_flush (over);
  pixels_changed (files, over, (PlotRect){ 0, 0, 1200, 700 }, &strong);
  g_assert_cmpfloat (strong.right - strong.left, >, knob.right - knob.left);
  cairo_surface_destroy (files);
  cairo_surface_destroy (screen);
  cairo_surface_destroy (over);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/handles/value", test_value);
  g_test_add_func ("/plot/handles/hit", test_hit);
  g_test_add_func ("/plot/handles/hit-at-limits", test_hit_at_limits);
  g_test_add_func ("/plot/handles/shade", test_shade);
  g_test_add_func ("/plot/handles/grips", test_grips);
  g_test_add_func ("/plot/handles/points", test_points);
  g_test_add_func ("/plot/handles/read-out", test_read_out);
  g_test_add_func ("/plot/handles/knob", test_knob);
  return g_test_run ();
}
