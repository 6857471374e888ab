#include "plot-item-private.h"
#include "plot-pixels.h"
#include "plot-samples.h"

#include <math.h>

#define WIDTH 900
#define HEIGHT 600

static const PlotRect sheet = { 0, 0, WIDTH, HEIGHT };

/* One curve amount * x^slope on log-log paper from 10 to 1e5, of the id "s". */
static PlotFigure *
power_figure (double slope, double amount)
{
  PlotFigure *figure = plot_figure_new (NULL);
  double x[17], y[17];

  plot_figure_set_axis (figure, PLOT_X, "x", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "y", &plot_scale_log);
  plot_figure_set_reach (figure, PLOT_Y, 1e-5, 1);
  for (guint i = 0; i < 17; i++)
    {
      x[i] = 10 * pow (10, i / 4.0);
      y[i] = amount * pow (x[i], slope);
    }
  plot_figure_add_series (figure, &(PlotSeries){ "s", "", 0, PLOT_STYLE_PRIMARY, 17, x, y });
  return figure;
}

static guint
difference (const PlotFigure *a, const PlotFigure *b, const PlotLimits *view, PlotRect *box)
{
  cairo_surface_t *one = pixels_draw (a, "light", view, WIDTH, HEIGHT);
  cairo_surface_t *two = pixels_draw (b, "light", view, WIDTH, HEIGHT);
  guint n = pixels_changed (one, two, sheet, box);

  cairo_surface_destroy (one);
  cairo_surface_destroy (two);
  return n;
}

static PlotLayout *
lay_out (const PlotFigure *figure)
{
  return plot_layout_new (figure, plot_theme_find ("light"), NULL, WIDTH, HEIGHT);
}

/* Every pixel it changes lies on the power law, and it reaches from end to end. */
static void
test_line (void)
{
  g_autoptr (PlotFigure) plain = power_figure (-0.2, 0.5), figure = power_figure (-0.2, 0.5);
  g_autoptr (PlotLayout) layout = lay_out (plain);
  double x0 = plot_layout_to_pixel (layout, 0, PLOT_X, 20);
  double x1 = plot_layout_to_pixel (layout, 0, PLOT_X, 2e4);
  /* 3 decades down at slope -1 from 0.02, in pixels */
  double y0 = plot_layout_to_pixel (layout, 0, PLOT_Y, 0.02);
  double y1 = plot_layout_to_pixel (layout, 0, PLOT_Y, 2e-5);
  cairo_surface_t *before, *after;
  guint changed = 0;
  PlotRect box;

  /* given by another of its points: 0.02 (200 / 20)^-1 */
  plot_figure_add_line (
    figure, &(PlotLine){ "fit", 0, 20, 2e4, -1, 200, 0.002, NULL, PLOT_STYLE_CONTRAST });
  before = pixels_draw (plain, "light", NULL, WIDTH, HEIGHT);
  after = pixels_draw (figure, "light", NULL, WIDTH, HEIGHT);
  pixels_changed (before, after, sheet, &box);
  g_assert_cmpfloat_with_epsilon (box.left, x0, 2);
  g_assert_cmpfloat_with_epsilon (box.right, x1, 2);
  g_assert_cmpfloat_with_epsilon (box.top, y0, 2);
  g_assert_cmpfloat_with_epsilon (box.bottom, y1, 2);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        if (pixels_get (before, x, y) == pixels_get (after, x, y))
          continue;
        changed++;
        g_assert_cmpfloat (fabs (y0 + (x + 0.5 - x0) / (x1 - x0) * (y1 - y0) - (y + 0.5)), <, 2.5);
      }
  g_assert_cmpuint (changed, >, x1 - x0);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

/* The label stands off the curve and inside the frame, however steep. */
static void
test_line_label (void)
{
  static const double slopes[] = { -2, -1, -0.5, -0.1, 0, 0.4 };

  for (guint k = 0; k < G_N_ELEMENTS (slopes); k++)
    {
      double slope = slopes[k], amount = 3e-3 * pow (600, -slope);
      PlotLine line = { "s", 0, 100, 2000, slope, 600, 3e-3, NULL, PLOT_STYLE_PRIMARY };
      g_autoptr (PlotFigure) plain = power_figure (slope, amount);
      g_autoptr (PlotFigure) figure = power_figure (slope, amount);
      g_autoptr (PlotLayout) layout = lay_out (plain);
      PlotRect box;
      double x, y;

      plot_figure_add_line (plain, &line);
      line.label = "slope −0.52 ± 0.02";
      plot_figure_add_line (figure, &line);
      g_assert_cmpuint (difference (plain, figure, NULL, &box), >, 200);
      g_assert_cmpfloat (box.right - box.left, >, 80);
      g_assert_cmpfloat (box.left, >=, layout->left);
      g_assert_cmpfloat (box.right, <=, layout->right);
      g_assert_cmpfloat (box.top, >=, layout->top);
      g_assert_cmpfloat (box.bottom, <=, layout->bottom);
      for (double u = 1; u < 5; u += 0.01)
        {
          x = plot_layout_to_pixel (layout, 0, PLOT_X, pow (10, u));
          y = plot_layout_to_pixel (layout, 0, PLOT_Y, amount * pow (10, u * slope));
          g_assert_false (x > box.left && x < box.right && y > box.top && y < box.bottom);
        }
      /* near its middle */
      x = plot_layout_to_pixel (layout, 0, PLOT_X, sqrt (100 * 2000));
      y = plot_layout_to_pixel (layout, 0, PLOT_Y, amount * pow (sqrt (100 * 2000), slope));
      g_assert_cmpfloat (hypot ((box.left + box.right) / 2 - x, (box.top + box.bottom) / 2 - y), <,
                         110);
    }
}

/* Nor on a neighbour, on whichever side it is. */
static void
test_line_label_avoids_neighbours (void)
{
  static const double factors[] = { 1.6, 1 / 1.6 };

  for (guint k = 0; k < G_N_ELEMENTS (factors); k++)
    {
      PlotLine line = { "s", 0, 100, 2000, -0.5, 600, 3e-3, NULL, PLOT_STYLE_PRIMARY };
      double amount = 3e-3 * sqrt (600),
             y[] = { factors[k] * amount / sqrt (10), factors[k] * amount / sqrt (1e5) };
      const double x[] = { 10, 1e5 };
      const PlotSeries neighbour = { "n", "", 0, PLOT_STYLE_CONTRAST, 2, x, y };
      g_autoptr (PlotFigure) plain = power_figure (-0.5, amount);
      g_autoptr (PlotFigure) figure = power_figure (-0.5, amount);
      g_autoptr (PlotLayout) layout = lay_out (plain);
      double middle, curve;
      PlotRect box;

      plot_figure_add_series (plain, &neighbour);
      plot_figure_add_series (figure, &neighbour);
      plot_figure_add_line (plain, &line);
      line.label = "slope −0.52 ± 0.02";
      plot_figure_add_line (figure, &line);
      g_assert_cmpuint (difference (plain, figure, NULL, &box), >, 200);
      middle = plot_layout_to_data (layout, 0, PLOT_X, (box.left + box.right) / 2);
      curve = plot_layout_to_pixel (layout, 0, PLOT_Y, amount / sqrt (middle));
      if (factors[k] > 1)
        g_assert_cmpfloat (box.top, >, curve);
      else
        g_assert_cmpfloat (box.bottom, <, curve);
    }
}

/* A power law is no straight line on linear paper. */
static void
test_line_on_linear_axes (void)
{
  g_autoptr (PlotFigure) plain = power_figure (-0.2, 0.5), figure = power_figure (-0.2, 0.5);
  g_autoptr (PlotLayout) layout = NULL;
  cairo_surface_t *before, *after;
  PlotLimits view;

  plot_figure_add_line (figure,
                        &(PlotLine){ "fit", 0, 1e4, 8e4, -1, 1e4, 0.9, NULL, PLOT_STYLE_CONTRAST });
  plot_limits_init (&view, plain);
  view.scale[PLOT_X] = view.scale[PLOT_Y] = &plot_scale_linear;
  plot_limits_frame (&view, plain);
  layout = plot_layout_new (plain, plot_theme_find ("light"), &view, WIDTH, HEIGHT);
  before = pixels_draw (plain, "light", &view, WIDTH, HEIGHT);
  after = pixels_draw (figure, "light", &view, WIDTH, HEIGHT);
  for (double x = 1.1e4; x < 7.9e4; x += 1e3)
    {
      int px = (int) plot_layout_to_pixel (layout, 0, PLOT_X, x);
      double py = plot_layout_to_pixel (layout, 0, PLOT_Y, 0.9 * 1e4 / x);

      g_assert_cmpuint (
        pixels_changed (before, after, (PlotRect){ px, py - 4, px + 1, py + 4 }, NULL), >, 0);
    }
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

/* The hypotenuse has the slope, and the right angle is away from the curve. */
static void
test_triangle (void)
{
  for (int below = 0; below < 2; below++)
    for (int rising = 0; rising < 2; rising++)
      {
        double slope = rising ? 0.5 : -0.5;
        double amount = rising ? 1e-4 : 3e-1, near = below ? 0.75 : 1.33;
        g_autoptr (PlotFigure) plain = power_figure (slope, amount);
        g_autoptr (PlotFigure) figure = power_figure (slope, amount);
        g_autoptr (PlotLayout) layout = lay_out (plain);
        double y0 = near * amount * pow (1000, slope), y1 = near * amount * pow (1e4, slope);
        double left = plot_layout_to_pixel (layout, 0, PLOT_X, 1000);
        double right = plot_layout_to_pixel (layout, 0, PLOT_X, 1e4);
        double top = plot_layout_to_pixel (layout, 0, PLOT_Y, MAX (y0, y1));
        double bottom = plot_layout_to_pixel (layout, 0, PLOT_Y, MIN (y0, y1));
        /* of the four corners of the box the right angle is at this one */
        double corner_x = (below != rising) ? left : right;
        double corner_y = below ? bottom : top;
        cairo_surface_t *before, *after;
        PlotRect box;

        plot_figure_add_triangle (
          figure, &(PlotTriangle){ "s", 0, slope, 1000, 1e4, y0, NULL, PLOT_STYLE_PRIMARY });
        difference (plain, figure, NULL, &box);
        g_assert_cmpfloat_with_epsilon (box.left, left, 2);
        g_assert_cmpfloat_with_epsilon (box.right, right, 2);
        g_assert_cmpfloat_with_epsilon (box.top, top, 2);
        g_assert_cmpfloat_with_epsilon (box.bottom, bottom, 2);
        before = pixels_draw (plain, "light", NULL, WIDTH, HEIGHT);
        after = pixels_draw (figure, "light", NULL, WIDTH, HEIGHT);
        for (int k = 0; k < 2; k++)
          {
            double x = k ? corner_x : left + right - corner_x;
            double y = k ? corner_y : top + bottom - corner_y;
            guint n;

            x = x < (left + right) / 2 ? x + 2 : x - 8;
            y = y < (top + bottom) / 2 ? y + 2 : y - 8;
            n = pixels_changed (before, after, (PlotRect){ x, y, x + 6, y + 6 }, NULL);
            if (k == 1)
              g_assert_cmpuint (n, >, 20);
            else
              g_assert_cmpuint (n, ==, 0);
          }
        cairo_surface_destroy (before);
        cairo_surface_destroy (after);
      }
}

/* The exponent stands beside the upright leg, the 1 at the other, if there is room. */
static void
test_triangle_labels (void)
{
  PlotTriangle triangle = { "s", 0, -0.5, 1000, 1e4, 3e-3, NULL, PLOT_STYLE_PRIMARY };
  g_autoptr (PlotFigure) plain = power_figure (-0.5, 0.3), figure = power_figure (-0.5, 0.3);
  g_autoptr (PlotLayout) layout = lay_out (plain);
  double left = plot_layout_to_pixel (layout, 0, PLOT_X, 1000);
  double right = plot_layout_to_pixel (layout, 0, PLOT_X, 1e4);
  double bottom = plot_layout_to_pixel (layout, 0, PLOT_Y, 3e-3 * pow (10, -0.5));
  PlotRect box;

  plot_figure_add_triangle (plain, &triangle);
  triangle.label = "−3/8";
  plot_figure_add_triangle (figure, &triangle);
  g_assert_cmpuint (difference (plain, figure, NULL, &box), >, 30);
  g_assert_cmpfloat (box.left, <, left - 15);
  g_assert_cmpfloat (box.left, >, left - 60);
  g_assert_cmpfloat (box.right, <, right);
  g_assert_cmpfloat (box.bottom, >, bottom + 5);
  g_assert_cmpfloat (box.bottom, <, bottom + 30);
}

static gboolean
on_curve (const PlotScene *scene, PlotRect rect)
{
  for (guint s = 0; s < scene->figure->series->len; s++)
    {
      const GArray *line = plot_series_line (scene, s);

      for (guint i = 1; i < line->len; i++)
        {
          PlotPoint a = g_array_index (line, PlotPoint, i - 1),
                    b = g_array_index (line, PlotPoint, i);

          if (plot_path_clip (rect, &a, &b))
            return TRUE;
        }
    }
  return FALSE;
}

static void
add_parallel (PlotFigure *figure, double amount)
{
  const double x[] = { 10, 1e5 }, y[] = { amount / sqrt (10), amount / sqrt (1e5) };

  plot_figure_add_series (figure, &(PlotSeries){ "p", "", 0, PLOT_STYLE_CONTRAST, 2, x, y });
}

/* Wherever the triangle is, even across one of the curves, no label of it lies on any. */
static void
test_triangle_labels_avoid_curves (void)
{
  for (double near = 0.3; near < 4; near *= 1.07)
    {
      g_autoptr (PlotFigure) figure = power_figure (-0.5, 0.3);
      g_autoptr (PlotLayout) layout = NULL;
      const PlotScene *scene;

      add_parallel (figure, 0.3 * 2.2);
      add_parallel (figure, 0.3 / 2.2);
      plot_figure_add_triangle (figure,
                                &(PlotTriangle){ "t", 0, -0.25, 1000, 1e4, near * 0.3 / sqrt (1000),
                                                 "−1/4", PLOT_STYLE_PRIMARY });
      layout = lay_out (figure);
      scene = (const PlotScene *) layout;
      g_assert_cmpuint (scene->guides->len, ==, 2);
      for (guint i = 0; i < scene->guides->len; i++)
        {
          const PlotGuideText *label = &g_array_index (scene->guides, PlotGuideText, i);

          g_test_message ("%g, label %u", near, i);
          g_assert_false (on_curve (scene, (PlotRect){ label->x, label->y,
                                                       label->x + plot_text_width (label->text),
                                                       label->y + plot_text_height (label->text) }));
        }
    }
}

/* What is named after a series is hidden with it. */
static void
test_hiding (void)
{
  g_autoptr (PlotFigure) plain = power_figure (-0.5, 0.3), figure = power_figure (-0.5, 0.3);
  PlotLimits view;

  plot_figure_add_line (
    figure, &(PlotLine){ "s", 0, 20, 2e3, -0.5, 20, 0.05, "slope", PLOT_STYLE_PRIMARY });
  plot_figure_add_triangle (
    figure, &(PlotTriangle){ "s", 0, -0.5, 1000, 1e4, 3e-3, "−1/2", PLOT_STYLE_PRIMARY });
  plot_limits_init (&view, plain);
  g_assert_cmpuint (difference (plain, figure, &view, NULL), >, 500);
  view.hidden = 1;
  g_assert_cmpuint (difference (plain, figure, &view, NULL), ==, 0);
}

/* Guides outside of the view, or only touching it, draw nothing outside of the frame. */
static void
test_out_of_sight (void)
{
  g_autoptr (PlotFigure) plain = power_figure (-0.5, 0.3), figure = power_figure (-0.5, 0.3);
  g_autoptr (PlotLayout) layout = lay_out (plain);
  PlotRect box;

  plot_figure_add_line (figure,
                        &(PlotLine){ "a", 0, 1e-9, 1e9, 3, 1000, 0.01, "a", PLOT_STYLE_CONTRAST });
  plot_figure_add_line (figure,
                        &(PlotLine){ "b", 0, 1e7, 1e9, -1, 1e8, 1e-9, "b", PLOT_STYLE_CONTRAST });
  plot_figure_add_line (
    figure, &(PlotLine){ "c", 0, 10, 1e3, 300, 1e300, 1e300, "c", PLOT_STYLE_CONTRAST });
  plot_figure_add_triangle (
    figure, &(PlotTriangle){ "d", 0, -0.5, 1e5, 1e9, 1e-3, "d", PLOT_STYLE_CONTRAST });
  plot_figure_add_triangle (
    figure, &(PlotTriangle){ "e", 0, -900, 1, 1e9, 1e-3, "e", PLOT_STYLE_CONTRAST });
  difference (plain, figure, NULL, &box);
  g_assert_cmpfloat (box.left, >=, layout->left);
  g_assert_cmpfloat (box.right, <=, layout->right + 1);
  g_assert_cmpfloat (box.top, >=, layout->top);
  g_assert_cmpfloat (box.bottom, <=, layout->bottom + 1);
}

/* A figure with a power law, whose label is returned, and above it a few curves that come and go. */
static PlotFigure *
labelled_figure (guint n_more)
{
  PlotFigure *figure = power_figure (-0.5, 0.3);

  for (guint i = 0; i < n_more; i++)
    add_parallel (figure, 0.3 * (1.5 + 0.35 * i));
  plot_figure_add_line (
    figure, &(PlotLine){ "s", 0, 20, 2e4, -0.5, 200, 0.3 / sqrt (200), "slope −0.50", PLOT_STYLE_PRIMARY });
  return figure;
}

static PlotRect
label_of (const PlotLayout *layout)
{
  const PlotScene *scene = (const PlotScene *) layout;
  PlotRect rect = { 0 };
  guint at = 0;

  g_assert_true (plot_scene_next_label (scene, 0, &at, &rect));
  g_assert_false (plot_scene_next_label (scene, 0, &at, &rect));
  return rect;
}

/* While a hand moves something, a label stays where it is beside its line, whatever else comes or goes. */
static void
test_label_stays (void)
{
  g_autoptr (PlotFigure) before = labelled_figure (0), after = labelled_figure (8);
  g_autoptr (PlotLayout) first = lay_out (before), free = lay_out (after), held = NULL;
  PlotRect was = label_of (first), is;
  PlotLimits view;

  is = label_of (free);
  g_assert_cmpfloat (fabs (is.left - was.left) + fabs (is.top - was.top), >, 5);
  plot_limits_init (&view, after);
  view.like = first;
  held = plot_layout_new (after, plot_theme_find ("light"), &view, WIDTH, HEIGHT);
  is = label_of (held);
  g_assert_cmpfloat_with_epsilon (is.left, was.left, 1);
  g_assert_cmpfloat_with_epsilon (is.top, was.top, 1);
}

/* What the line of a crosshair at x and its box change within a rectangle. */
static guint
crosshair_changes (const PlotFigure *figure, const PlotLayout *layout, double x, const char *markup,
                   PlotRect within)
{
  cairo_surface_t *before = pixels_draw (figure, "light", NULL, (int) layout->width, (int) layout->height);
  cairo_surface_t *after = pixels_draw (figure, "light", NULL, (int) layout->width, (int) layout->height);
  cairo_t *cr = cairo_create (after);
  guint n;

  plot_render_crosshair (figure, plot_theme_find ("light"), layout,
                         &(PlotCrosshair){ .x = x, .y = NAN, .markup = markup, .panel = 0 }, cr);
  cairo_destroy (cr);
  cairo_surface_flush (after);
  n = pixels_changed (before, after, within, NULL);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
  return n;
}

/* The line of a crosshair stops at a label and goes on behind it, and its box is on none, even where
 * there is no other room than on curves, as in a narrow figure. */
static void
test_crosshair_labels (void)
{
  g_autoptr (PlotFigure) figure = labelled_figure (0), crowded = labelled_figure (4);
  g_autoptr (PlotLayout)
    layout = lay_out (figure), narrow = plot_layout_new (crowded, plot_theme_find ("light"), NULL, 320, 213);
  PlotRect label = label_of (layout), inside = plot_rect_grow (label, -1), above = label;

  above.bottom = label.top - 2;
  above.top = label.top - 30;
  for (double share = 0.1; share < 1; share += 0.2)
    {
      double x = plot_layout_to_data (layout, 0, PLOT_X, label.left + share * (label.right - label.left));

      g_assert_cmpuint (crosshair_changes (figure, layout, x, NULL, inside), ==, 0);
      g_assert_cmpuint (crosshair_changes (figure, layout, x, NULL, above), >, 20);
    }
  label = plot_rect_grow (label_of (narrow), -1);
  for (double x = 12; x < 9e4; x *= 1.5)
    g_assert_cmpuint (crosshair_changes (crowded, narrow, x,
                                         "n = <b>219</b>\nstandard <b>0.445</b>\nmirrored 0.3\nmean field 12",
                                         label),
                      ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/guides/line", test_line);
  g_test_add_func ("/plot/guides/line-label", test_line_label);
  g_test_add_func ("/plot/guides/line-label-avoids-neighbours", test_line_label_avoids_neighbours);
  g_test_add_func ("/plot/guides/line-on-linear-axes", test_line_on_linear_axes);
  g_test_add_func ("/plot/guides/triangle", test_triangle);
  g_test_add_func ("/plot/guides/triangle-labels", test_triangle_labels);
  g_test_add_func ("/plot/guides/triangle-labels-avoid-curves", test_triangle_labels_avoid_curves);
  g_test_add_func ("/plot/guides/label-stays", test_label_stays);
  g_test_add_func ("/plot/guides/crosshair-labels", test_crosshair_labels);
  g_test_add_func ("/plot/guides/hiding", test_hiding);
  g_test_add_func ("/plot/guides/out-of-sight", test_out_of_sight);
  return g_test_run ();
}
