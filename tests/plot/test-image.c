#include "plot-colormap.h"
#include "plot-item-private.h"
#include "plot-pixels.h"
#include "plot-samples.h"

#include <math.h>
#include <string.h>

/* --- colours --- */

/* L* of what a screen shows, computed by the luminance alone. */
static double
lightness (PlotColor color)
{
  const double rgb[] = { round (color.r * 255) / 255, round (color.g * 255) / 255,
                         round (color.b * 255) / 255 };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double y = 0;

  for (int i = 0; i < 3; i++)
    y += weights[i] * (rgb[i] <= 0.04045 ? rgb[i] / 12.92 : pow ((rgb[i] + 0.055) / 1.055, 2.4));
  return y > 216.0 / 24389 ? 116 * cbrt (y) - 16 : y * 24389 / 27;
}

/* Equal steps of value are equal steps of lightness, and none goes back. */
static void
test_lightness (void)
{
  const PlotColor *up = plot_colormap_shades (PLOT_COLORMAP_SEQUENTIAL, FALSE);
  const PlotColor *both = plot_colormap_shades (PLOT_COLORMAP_DIVERGING, FALSE);
  const PlotColor *gray = plot_colormap_shades (PLOT_COLORMAP_SEQUENTIAL, TRUE);
  const PlotColor *maps[] = { up, gray };
  guint last = PLOT_N_SHADES - 1;

  for (guint m = 0; m < G_N_ELEMENTS (maps); m++)
    for (guint i = 0; i <= last; i++)
      {
        double first = lightness (maps[m][0]), span = lightness (maps[m][last]) - first;

        g_assert_cmpfloat (span, >, 70);
        g_assert_cmpfloat_with_epsilon (lightness (maps[m][i]), first + span * i / last, 1);
        g_assert_cmpfloat_with_epsilon (lightness (maps[m][i]), plot_color_lightness (maps[m][i]), 0.6);
        if (i >= 2)
          g_assert_cmpfloat (lightness (maps[m][i]), >, lightness (maps[m][i - 2]));
      }
  for (guint i = 0; i <= last / 2; i++)
    {
      double ends = lightness (both[0]), middle = lightness (both[last / 2]);

      g_assert_cmpfloat (middle - ends, >, 50);
      g_assert_cmpfloat_with_epsilon (lightness (both[i]), lightness (both[last - i]), 1);
      g_assert_cmpfloat_with_epsilon (lightness (both[i]), ends + (middle - ends) * 2 * i / last, 1);
    }
  for (guint i = 0; i <= last; i++)
    g_assert_true (fabs (gray[i].r - gray[i].g) < 1e-3 && fabs (gray[i].b - gray[i].g) < 1e-3);
}

/* The ends are those that were published. */
static void
test_published (void)
{
  const PlotColor *up = plot_colormap_shades (PLOT_COLORMAP_SEQUENTIAL, FALSE);
  const PlotColor *both = plot_colormap_shades (PLOT_COLORMAP_DIVERGING, FALSE);

  g_assert_cmphex (pixels_rgb (up[0]), ==, 0x440154);
  g_assert_cmphex (pixels_rgb (up[PLOT_N_SHADES - 1]), ==, 0xfde725);
  g_assert_cmphex (pixels_rgb (both[0]), ==, 0x3b4cc0);
}

/* Protanopes and deuteranopes lack one of two receptors: what they see of a colour (Viénot, Brettel and
 * Mollon 1999, in linear light) still goes from one side to the other. */
static PlotColor
as_seen (PlotColor color, gboolean deutan)
{
  const double lms[3][3] = { { 17.8824, 43.5161, 4.11935 },
                             { 3.45565, 27.1554, 3.86714 },
                             { 0.0299566, 0.184309, 1.46709 } };
  const double back[3][3] = { { 0.0809444479, -0.130504409, 0.116721066 },
                              { -0.0102485335, 0.0540193266, -0.113614708 },
                              { -0.000365296938, -0.00412161469, 0.693511405 } };
  double in[3] = { pow (color.r, 2.2), pow (color.g, 2.2), pow (color.b, 2.2) }, cone[3], out[3];

  for (int i = 0; i < 3; i++)
    cone[i] = lms[i][0] * in[0] + lms[i][1] * in[1] + lms[i][2] * in[2];
  if (deutan)
    cone[1] = 0.494207 * cone[0] + 1.24827 * cone[2];
  else
    cone[0] = 2.02344 * cone[1] - 2.52581 * cone[2];
  for (int i = 0; i < 3; i++)
    out[i] = back[i][0] * cone[0] + back[i][1] * cone[1] + back[i][2] * cone[2];
  return (PlotColor){ pow (fmax (out[0], 0), 1 / 2.2), pow (fmax (out[1], 0), 1 / 2.2),
                      pow (fmax (out[2], 0), 1 / 2.2), 1 };
}

static void
test_colour_blind (void)
{
  const PlotColor *both = plot_colormap_shades (PLOT_COLORMAP_DIVERGING, FALSE);

  for (int deutan = 0; deutan < 2; deutan++)
    for (guint i = 0; i < PLOT_N_SHADES / 4; i++)
      {
        PlotColor cool = as_seen (both[i], deutan), warm = as_seen (both[PLOT_N_SHADES - 1 - i], deutan);

        g_assert_cmpfloat (cool.b - cool.r - (warm.b - warm.r), >, 0.3);
      }
}

/* --- pictures --- */

static PlotFigure *
image_figure (guint nx, guint ny, const double *z, gboolean diverging)
{
  PlotFigure *figure = plot_figure_new ("an image");
  g_autofree double *x = g_new (double, nx + 1), *y = g_new (double, ny + 1);

  for (guint i = 0; i <= nx; i++)
    x[i] = i;
  for (guint j = 0; j <= ny; j++)
    y[j] = 10 + 2.0 * j;
  plot_figure_set_axis (figure, PLOT_X, "x", &plot_scale_linear);
  plot_figure_set_axis (figure, PLOT_Y, "y", &plot_scale_linear);
  plot_figure_add_image (figure, &(PlotImage){ .id = "grid", .label = "value", .nx = nx, .ny = ny,
                                               .x = x, .y = y, .z = z, .diverging = diverging });
  return figure;
}

static const double six[] = { 0, 1, 2, 3, NAN, 5 };

/* Every pixel of a cell has its colour, from the first beyond one edge to the last before the next. */
static void
test_crisp (void)
{
  g_autoptr (PlotFigure) figure = image_figure (3, 2, six, FALSE);
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 700, 500);
  const PlotColor *shades = plot_colormap_shades (PLOT_COLORMAP_SEQUENTIAL, FALSE);
  cairo_surface_t *surface = pixels_draw (figure, "light", NULL, 700, 500);

  for (guint k = 0; k < 6; k++)
    {
      int left = (int) ceil (plot_layout_to_pixel (layout, 0, PLOT_X, k % 3)) + 1;
      int right = (int) floor (plot_layout_to_pixel (layout, 0, PLOT_X, k % 3 + 1)) - 1;
      int bottom = (int) floor (plot_layout_to_pixel (layout, 0, PLOT_Y, 10 + 2.0 * (k / 3))) - 1;
      int top = (int) ceil (plot_layout_to_pixel (layout, 0, PLOT_Y, 12 + 2.0 * (k / 3))) + 1;
      guint wrong = 0, n = 0;

      for (int y = top; y < bottom; y++)
        for (int x = left; x < right; x++, n++)
          wrong += isnan (six[k])
                   || pixels_get (surface, x, y) != pixels_rgb (shades[lround (six[k] / 5 * 255)]);
      g_assert_cmpuint (n, >, 20000);
      g_assert_cmpuint (wrong, ==, isnan (six[k]) ? n : 0);
      /* what has no value is on the background, hatched, and of no colour of the map */
      if (isnan (six[k]))
        {
          guint plain = pixels_count (surface, theme->background, left, top, right, bottom);

          g_assert_cmpuint (plain, >, n / 2);
          g_assert_cmpuint (plain, <, n * 9 / 10);
        }
    }
  cairo_surface_destroy (surface);
}

/* The frame ends with the cells; from centres the edges lie half way, on a log axis too. */
static void
test_range (void)
{
  static const double centres[] = { 1, 10, 100 }, z[9] = { 1 };
  g_autoptr (PlotFigure) figure = image_figure (3, 2, six, FALSE), log = plot_figure_new (NULL);
  double lo, hi;

  plot_figure_frame (figure, PLOT_X, &lo, &hi);
  g_assert_cmpfloat (lo, ==, 0);
  g_assert_cmpfloat (hi, ==, 3);
  plot_figure_frame (figure, PLOT_Y, &lo, &hi);
  g_assert_cmpfloat (lo, ==, 10);
  g_assert_cmpfloat (hi, ==, 14);

  plot_figure_set_axis (log, PLOT_X, "x", &plot_scale_log);
  plot_figure_set_axis (log, PLOT_Y, "y", &plot_scale_linear);
  plot_figure_add_image (log, &(PlotImage){ .nx = 3, .ny = 3, .x = centres, .y = centres, .z = z,
                                            .centres = TRUE });
  plot_figure_frame (log, PLOT_X, &lo, &hi);
  g_assert_cmpfloat_with_epsilon (lo, sqrt (0.1), 1e-12);
  g_assert_cmpfloat_with_epsilon (hi, sqrt (1e5), 1e-9);
  plot_figure_frame (log, PLOT_Y, &lo, &hi);
  g_assert_cmpfloat (lo, ==, -3.5);
  g_assert_cmpfloat (hi, ==, 145);
  /* edges below zero have no place on a log axis, nor have numbers that only say which */
  g_assert_true (plot_figure_takes_scale (log, PLOT_X, &plot_scale_log));
  g_assert_false (plot_figure_takes_scale (log, PLOT_Y, &plot_scale_log));
  plot_figure_set_axis (log, PLOT_X, "point", &plot_scale_index);
  g_assert_false (plot_figure_takes_scale (log, PLOT_X, &plot_scale_log));
  g_assert_true (plot_figure_takes_scale (log, PLOT_X, &plot_scale_linear));
}

/* Which cell is under a pixel, in every panel; a point that is near comes first. */
static void
test_hit (void)
{
  g_autoptr (PlotFigure) figure = image_figure (3, 2, six, FALSE);
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 700, 500), both = NULL;
  const double at[] = { 1.5 }, level[] = { 11 };

  for (guint k = 0; k < 6; k++)
    {
      double px = plot_layout_to_pixel (layout, 0, PLOT_X, k % 3 + 0.9), x, y, z;
      double py = plot_layout_to_pixel (layout, 0, PLOT_Y, 10.1 + 2.0 * (k / 3));
      PlotHit hit = plot_layout_hit (layout, figure, px, py, 10);

      g_assert_cmpint (hit.series, ==, -1);
      g_assert_nonnull (hit.image);
      g_assert_cmpuint (hit.point, ==, k);
      plot_image_get_cell (hit.image, hit.point, &x, &y, &z);
      g_assert_cmpfloat (x, ==, k % 3 + 0.5);
      g_assert_cmpfloat (y, ==, 11 + 2.0 * (k / 3));
      g_assert_true (z == six[k] || (isnan (z) && isnan (six[k])));
      g_assert_cmpfloat_with_epsilon (hit.x, plot_layout_to_pixel (layout, 0, PLOT_X, x), 1e-9);
    }
  g_assert_null (plot_layout_hit (layout, figure, layout->left - 5, layout->bottom - 5, 10).image);
  g_assert_null (plot_layout_hit (layout, figure, layout->right + 5, layout->bottom - 5, 10).image);

  plot_figure_add_series (figure, &(PlotSeries){ "s", "", 0, PLOT_STYLE_CONTRAST, 1, at, level,
                                                 .points = TRUE });
  both = plot_layout_new (figure, theme, NULL, 700, 500);
  {
    double px = plot_layout_to_pixel (both, 0, PLOT_X, 1.5);
    double py = plot_layout_to_pixel (both, 0, PLOT_Y, 11);

    g_assert_cmpint (plot_layout_hit (both, figure, px + 4, py, 10).series, ==, 0);
    g_assert_null (plot_layout_hit (both, figure, px + 4, py, 10).image);
    g_assert_cmpint (plot_layout_hit (both, figure, px + 14, py, 10).series, ==, -1);
    g_assert_nonnull (plot_layout_hit (both, figure, px + 14, py, 10).image);
  }
}

/* What is said of a cell lies beside a frame that is narrower than the sheet, on the cell's side; where there is no
 * room beside, it is inside. */
static void
test_read_out (void)
{
  g_autoptr (PlotFigure) figure = image_figure (3, 2, six, FALSE);
  const PlotTheme *theme = plot_theme_find ("light");
  const int widths[] = { 900, 340 };

  plot_figure_set_square (figure, TRUE);
  for (guint i = 0; i < 4; i++)
    {
      const int width = widths[i / 2];
      const PlotRect all = { 0, 0, width, 300 };
      g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, width, 300);
      cairo_surface_t *before = pixels_draw (figure, "light", NULL, width, 300);
      cairo_surface_t *after = pixels_draw (figure, "light", NULL, width, 300);
      cairo_t *cr = cairo_create (after);
      PlotCrosshair crosshair = { .x = i % 2 == 0 ? 0.5 : 2.5, .y = 11, .markup = "two words\nand 0.5", .bare = TRUE };
      PlotRect box;

      plot_render_crosshair (figure, theme, layout, &crosshair, cr);
      cairo_destroy (cr);
      cairo_surface_flush (after);
      g_assert_cmpuint (pixels_changed (before, after, all, &box), >, 100);
      if (i / 2 == 1)
        g_assert_true (box.left >= layout->left && box.right <= layout->right);
      else if (i % 2 == 0)
        g_assert_true (box.left > 0 && box.right < layout->left - 20);
      else
        g_assert_true (box.left > layout->right + 20 && box.right < width);
      cairo_surface_destroy (before);
      cairo_surface_destroy (after);
    }
}

/* One cell is framed, and nothing else. */
static void
test_framed (void)
{
  g_autoptr (PlotFigure) figure = image_figure (3, 2, six, FALSE);
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 700, 500);
  cairo_surface_t *before = pixels_draw (figure, "light", NULL, 700, 500);
  cairo_surface_t *after = pixels_draw (figure, "light", NULL, 700, 500);
  cairo_t *cr = cairo_create (after);
  PlotHit hit = plot_layout_hit (layout, figure, plot_layout_to_pixel (layout, 0, PLOT_X, 1.2),
                                 plot_layout_to_pixel (layout, 0, PLOT_Y, 11.2), 10);
  PlotRect box;

  plot_render_cell (layout, theme, &hit, cr);
  cairo_destroy (cr);
  cairo_surface_flush (after);
  g_assert_cmpuint (pixels_changed (before, after, (PlotRect){ 0, 0, 700, 500 }, &box), >, 500);
  g_assert_cmpfloat_with_epsilon (box.left, plot_layout_to_pixel (layout, 0, PLOT_X, 1), 4);
  g_assert_cmpfloat_with_epsilon (box.right, plot_layout_to_pixel (layout, 0, PLOT_X, 2), 4);
  g_assert_cmpfloat_with_epsilon (box.top, plot_layout_to_pixel (layout, 0, PLOT_Y, 12), 4);
  g_assert_cmpfloat_with_epsilon (box.bottom, plot_layout_to_pixel (layout, 0, PLOT_Y, 10), 4);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

/* The figure with cells marked, light or dark. */
static cairo_surface_t *
draw_marked (const PlotFigure *figure, const char *theme_name, const guint8 *marked, int width, int height)
{
  const PlotTheme *theme = plot_theme_find (theme_name);
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, width, height);
  cairo_surface_t *surface = pixels_draw (figure, theme_name, NULL, width, height);
  cairo_t *cr = cairo_create (surface);

  plot_render_cells (layout, theme, "grid", marked, 1, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* A marked cell keeps its colour inside of an edge, and the others come closer to the background. */
static void
test_marked (gconstpointer theme_name)
{
  static const guint8 marked[6] = { 0, 0, 0, 0, 0, 1 };
  g_autoptr (PlotFigure) figure = image_figure (3, 2, six, FALSE);
  const PlotTheme *theme = plot_theme_find (theme_name);
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 700, 500);
  cairo_surface_t *before = pixels_draw (figure, theme_name, NULL, 700, 500);
  cairo_surface_t *after = draw_marked (figure, theme_name, marked, 700, 500);
  int left = (int) plot_layout_to_pixel (layout, 0, PLOT_X, 2), y = (int) plot_layout_to_pixel (layout, 0, PLOT_Y, 13);

  for (int cell = 0; cell < 6; cell++)
    {
      int px = (int) plot_layout_to_pixel (layout, 0, PLOT_X, cell % 3 + 0.5);
      int py = (int) plot_layout_to_pixel (layout, 0, PLOT_Y, cell / 3 * 2 + 11);

      if (marked[cell])
        g_assert_cmphex (pixels_get (after, px, py), ==, pixels_get (before, px, py));
      else if (cell != 4) /* which has no value: its hatching may have the background's colour here */
        g_assert_cmphex (pixels_get (after, px, py), !=, pixels_get (before, px, py));
    }
  g_assert_cmpuint (pixels_count (after, theme->foreground, left - 2, y - 5, left + 3, y + 5), >=, 8);
  g_assert_cmpuint (pixels_changed (before, after, (PlotRect){ 0, 0, 700, layout->top - 2 }, NULL), ==, 0);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

/* Of cells smaller than a pixel none is lost. */
static void
test_marked_small (void)
{
  const guint n = 900;
  g_autofree double *z = g_new (double, n * n);
  g_autofree guint8 *marked = g_new0 (guint8, n * n);
  g_autoptr (PlotFigure) figure = NULL;
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) layout = NULL;
  PlotRect frame;

  for (guint k = 0; k < n * n; k++)
    z[k] = k % n;
  figure = image_figure (n, n, z, FALSE);
  layout = plot_layout_new (figure, theme, NULL, 400, 300);
  frame = layout->frames[0];
  for (guint step = 0; step < 8; step++)
    {
      guint k = (450 + step) * n + 300 + step;
      cairo_surface_t *picture;

      marked[k] = 1;
      picture = draw_marked (figure, "light", marked, 400, 300);
      g_assert_cmpuint (pixels_count (picture, theme->foreground, frame.left + 3, frame.top + 3, frame.right - 3,
                                      frame.bottom - 3), ==, 1);
      cairo_surface_destroy (picture);
      marked[k] = 0;
    }
}

static void
test_csv (void)
{
  static const double x[] = { 1 }, y[] = { 2 };
  g_autoptr (PlotFigure) figure = image_figure (3, 2, six, FALSE);
  g_autoptr (GBytes) alone = plot_export (figure, NULL, NULL, plot_format_find ("csv"), 0, 0, 0, NULL);
  g_autoptr (GBytes) both = NULL;
  g_autofree char *one = g_strndup (g_bytes_get_data (alone, NULL), g_bytes_get_size (alone));
  g_autofree char *two = NULL;

  g_assert_cmpstr (one, ==,
                   "# title: an image\nseries,x,y,z\ngrid,0.5,11,0\ngrid,1.5,11,1\ngrid,2.5,11,2\n"
                   "grid,0.5,13,3\ngrid,1.5,13,\ngrid,2.5,13,5\n");
  plot_figure_add_series (figure, &(PlotSeries){ "s", "", 0, PLOT_STYLE_PRIMARY, 1, x, y });
  both = plot_export (figure, NULL, NULL, plot_format_find ("csv"), 0, 0, 0, NULL);
  two = g_strndup (g_bytes_get_data (both, NULL), g_bytes_get_size (both));
  g_assert_true (g_str_has_prefix (two, "# title: an image\nseries,x,y,low,high,count,z\n"
                                        "grid,0.5,11,,,,0\n"));
  g_assert_true (g_str_has_suffix (two, "grid,2.5,13,,,,5\ns,1,2,,,,\n"));
}

/* --- layout --- */

static PlotLayout *
lay_out (const PlotFigure *figure, double width, double height)
{
  return plot_layout_new (figure, plot_theme_find ("light"), NULL, width, height);
}

/* Square at every size, with row 1 at the top; the bar is beside it and as high, and inside of the sheet. */
static void
test_square (void)
{
  static const double sizes[][2] = { { 1400, 900 }, { 700, 500 }, { 400, 250 }, { 500, 900 } };
  g_autoptr (PlotFigure) figure = plot_sample_matrix ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (PlotLayout) layout = lay_out (figure, sizes[i][0], sizes[i][1]);
      const PlotBar *bar = &((const PlotScene *) layout)->bar;
      PlotRect frame = layout->frames[0];
      g_autofree char *left_out = plot_layout_left_out (layout);

      g_assert_null (left_out);
      g_assert_cmpfloat (frame.right - frame.left, ==, frame.bottom - frame.top);
      g_assert_cmpfloat (frame.right - frame.left, >, 0.5 * MIN (sizes[i][0], sizes[i][1]));
      g_assert_cmpfloat (plot_layout_to_pixel (layout, 0, PLOT_Y, 1), <,
                         plot_layout_to_pixel (layout, 0, PLOT_Y, 24));
      g_assert_cmpfloat (bar->rect.left, >, frame.right);
      g_assert_cmpfloat (bar->rect.top, ==, frame.top);
      g_assert_cmpfloat (bar->rect.bottom, ==, frame.bottom);
      g_assert_cmpfloat (bar->label.x + plot_text_height (bar->label.text), <, sizes[i][0]);
      g_assert_cmpuint (bar->ticks->len, >=, 3);
      for (guint t = 0; t < layout->ticks[PLOT_X]->len; t++)
        {
          double value = g_array_index (layout->ticks[PLOT_X], PlotTick, t).value;

          g_assert_cmpfloat (value, ==, round (value));
        }
    }
}

static void
test_equal (void)
{
  g_autoptr (PlotFigure) figure = image_figure (3, 2, six, FALSE);
  double unit;

  plot_figure_set_equal (figure, TRUE);
  for (int tall = 0; tall < 2; tall++)
    {
      g_autoptr (PlotLayout) layout = lay_out (figure, tall ? 500 : 900, tall ? 900 : 500);

      unit = plot_layout_to_pixel (layout, 0, PLOT_X, 1) - plot_layout_to_pixel (layout, 0, PLOT_X, 0);
      g_assert_cmpfloat_with_epsilon (plot_layout_to_pixel (layout, 0, PLOT_Y, 11)
                                        - plot_layout_to_pixel (layout, 0, PLOT_Y, 12),
                                      unit, 0.01 * unit);
    }
}

/* What is under the pointer stays there, and a box is what it holds, whichever way y grows. */
static void
test_downwards (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_matrix ();
  g_autoptr (PlotLayout) layout = lay_out (figure, 700, 500);
  double px = plot_layout_to_pixel (layout, 0, PLOT_X, 6), py = plot_layout_to_pixel (layout, 0, PLOT_Y, 6);
  PlotLimits view = layout->view;

  plot_limits_zoom (&view, figure, layout, px, py, 0.5, 0.5);
  {
    g_autoptr (PlotLayout) zoomed = plot_layout_new (figure, plot_theme_find ("light"), &view, 700, 500);

    g_assert_cmpfloat_with_epsilon (plot_layout_to_pixel (zoomed, 0, PLOT_Y, 6), py, 1e-6);
  }
  view = layout->view;
  plot_limits_pan (&view, figure, layout, 0, 30);
  {
    g_autoptr (PlotLayout) panned = plot_layout_new (figure, plot_theme_find ("light"), &view, 700, 500);

    g_assert_cmpfloat_with_epsilon (plot_layout_to_pixel (panned, 0, PLOT_Y, 6), py + 30, 1e-6);
  }
  view = layout->view;
  plot_limits_box (&view, figure, layout, 0,
                 (PlotRect){ px, py, plot_layout_to_pixel (layout, 0, PLOT_X, 12),
                             plot_layout_to_pixel (layout, 0, PLOT_Y, 12) });
  g_assert_cmpfloat_with_epsilon (view.lo[PLOT_Y], 6, 1e-9);
  g_assert_cmpfloat_with_epsilon (view.hi[PLOT_Y], 12, 1e-9);
}

/* Equal values have equal colours in both panels; zero is the middle. */
static void
test_shared_colours (void)
{
  static const double small[] = { -1, 0, 0.5, 1 }, large[] = { -1, 0, 4, 1 };
  static const double edges[] = { 0, 1, 2 };
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
  const PlotColor *shades = plot_colormap_shades (PLOT_COLORMAP_DIVERGING, FALSE);
  g_autoptr (PlotLayout) layout = NULL;
  cairo_surface_t *surface;

  plot_figure_set_panels (figure, 2, NULL);
  for (guint panel = 0; panel < 2; panel++)
    plot_figure_add_image (figure, &(PlotImage){ .panel = panel, .nx = 2, .ny = 2, .x = edges, .y = edges,
                                                 .z = panel == 0 ? small : large, .diverging = TRUE });
  layout = lay_out (figure, 800, 400);
  surface = pixels_draw (figure, "light", NULL, 800, 400);
  for (guint panel = 0; panel < 2; panel++)
    for (guint k = 0; k < 4; k++)
      {
        double z = panel == 0 ? small[k] : large[k];
        int x = (int) plot_layout_to_pixel (layout, panel, PLOT_X, k % 2 + 0.5);
        int y = (int) plot_layout_to_pixel (layout, panel, PLOT_Y, k / 2 + 0.5);

        g_assert_cmphex (pixels_get (surface, x, y), ==,
                         pixels_rgb (shades[lround ((z + 4) / 8 * (PLOT_N_SHADES - 1))]));
      }
  cairo_surface_destroy (surface);
}

/* Nothing to see, nothing finite, one value, one cell, infinities, edges at zero on a log axis. */
static void
test_odd_values (void)
{
  static const double none[] = { NAN, NAN, INFINITY, -INFINITY, NAN, NAN }, same[] = { 7, 7, 7, 7, 7, 7 };
  const double *values[] = { none, same, six };
  static const char *const formats[] = { "png", "svg", "pdf", "csv" };

  for (guint v = 0; v < G_N_ELEMENTS (values); v++)
    for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
      for (int log = 0; log < 2; log++)
        {
          g_autoptr (PlotFigure) figure = image_figure (3 - 2 * log, 2, values[v], v == 1);
          g_autoptr (GBytes) bytes = NULL;
          PlotLimits view;

          plot_limits_init (&view, figure);
          view.lo[PLOT_X] = log ? 0.1 : -5;
          view.scale[PLOT_X] = log ? &plot_scale_log : &plot_scale_linear;
          bytes = plot_export (figure, plot_theme_find ("dark"), &view, plot_format_find (formats[f]), 300,
                               200, 96, NULL);
          g_assert_nonnull (bytes);
        }
}

/* Many cells are a picture in files of lines, few are rectangles. */
static void
test_embedded (void)
{
  PlotFigure *figures[] = { plot_sample_matrix (), plot_sample_large_matrix () };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) svg = plot_export (figures[i], plot_theme_find ("light"), NULL,
                                            plot_format_find ("svg"), 300, 240, 96, NULL);
      gsize size;
      const char *text = g_bytes_get_data (svg, &size);

      g_assert_cmpint (g_strstr_len (text, size, "<image") != NULL, ==, i == 1);
      g_assert_cmpuint (size, <, 700000);
      plot_figure_unref (figures[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/colormap/lightness", test_lightness);
  g_test_add_func ("/plot/colormap/published", test_published);
  g_test_add_func ("/plot/colormap/colour-blind", test_colour_blind);
  g_test_add_func ("/plot/image/crisp", test_crisp);
  g_test_add_func ("/plot/image/range", test_range);
  g_test_add_func ("/plot/image/hit", test_hit);
  g_test_add_func ("/plot/image/framed", test_framed);
  g_test_add_func ("/plot/image/read-out", test_read_out);
  g_test_add_data_func ("/plot/image/marked-light", "light", test_marked);
  g_test_add_data_func ("/plot/image/marked-dark", "dark", test_marked);
  g_test_add_func ("/plot/image/marked-small", test_marked_small);
  g_test_add_func ("/plot/image/csv", test_csv);
  g_test_add_func ("/plot/image/square", test_square);
  g_test_add_func ("/plot/image/equal", test_equal);
  g_test_add_func ("/plot/image/downwards", test_downwards);
  g_test_add_func ("/plot/image/shared-colours", test_shared_colours);
  g_test_add_func ("/plot/image/odd-values", test_odd_values);
  g_test_add_func ("/plot/image/embedded", test_embedded);
  return g_test_run ();
}
