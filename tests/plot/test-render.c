#include "plot-draw-private.h"
#include "plot-item-private.h"
#include "plot-pixels.h"
#include "plot-samples.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- pictures --- */

static void
test_sizes (void)
{
  static const int sizes[][2] = { { 1, 1 },    { 3, 200 },   { 200, 3 },    { 40, 40 },
                                  { 120, 90 }, { 360, 300 }, { 1400, 900 }, { 3000, 120 } };
  guint n, n_themes;
  const PlotSample *samples = plot_samples (&n);
  const PlotTheme *themes = plot_themes (&n_themes);

  for (guint i = 0; i < n; i++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autoptr (PlotFigure) figure = samples[i].make ();

        cairo_surface_destroy (
          pixels_draw (figure, themes[(i + s) % n_themes].name, NULL, sizes[s][0], sizes[s][1]));
      }
}

/* Views an application can get into: zoomed beyond reason, turned around, on the other scale. */
/* A second scale takes a row above the frame, where there is room, and its numbers are drawn. */
static void
test_top_axis (void)
{
  static const double x[] = { 2, 20, 400 }, value[] = { 22, 220, 4400 };
  g_autoptr (PlotFigure) plain = plot_sample_double_descent ();
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) before = plot_layout_new (plain, theme, NULL, 900, 600), after = NULL,
                         linear = NULL, small = NULL;
  cairo_surface_t *surface;
  PlotLimits view;

  plot_figure_set_top_axis (figure, "<i>P</i>", 3, x, value);
  after = plot_layout_new (figure, theme, NULL, 900, 600);
  g_assert_cmpfloat (after->top, >, before->top + theme->font_size);
  surface = pixels_draw (figure, "light", NULL, 900, 600);
  g_assert_cmpint (
    pixels_count (surface, theme->dim, after->left, before->top, after->right, after->top - 1), >,
    40);
  cairo_surface_destroy (surface);

  /* on a linear axis, which begins below zero, too */
  plot_limits_init (&view, figure);
  view.scale[PLOT_X] = &plot_scale_linear;
  view.lo[PLOT_X] = -5;
  linear = plot_layout_new (figure, theme, &view, 900, 600);
  surface = pixels_draw (figure, "light", &view, 900, 600);
  g_assert_cmpint (
    pixels_count (surface, theme->dim, linear->left, before->top, linear->right, linear->top - 1),
    >, 40);
  cairo_surface_destroy (surface);
  for (guint i = 0; i < 6; i++)
    {
      view.scale[PLOT_X] = i % 2 == 0 ? &plot_scale_linear : &plot_scale_log;
      view.lo[PLOT_X] = (const double[]){ -9, 1e-300, 1e-300 }[i / 2];
      view.hi[PLOT_X] = (const double[]){ -5, 1e-299, 1e300 }[i / 2];
      cairo_surface_destroy (pixels_draw (figure, "light", &view, 900, 600));
    }

  small = plot_layout_new (figure, theme, NULL, 300, 200);
  g_assert_cmpfloat (small->bottom - small->top, >, 60);
}

static void
test_odd_views (void)
{
  static const double ranges[][2] = {
    { 1, 1 + 1e-14 }, { 5, 1 }, { NAN, NAN }, { -1, 1 }, { 1e-300, 1e300 }, { 99.999, 100.001 },
  };
  guint n;
  const PlotSample *samples = plot_samples (&n);

  for (guint i = 0; i < n; i++)
    for (guint r = 0; r < G_N_ELEMENTS (ranges) * 4; r++)
      {
        g_autoptr (PlotFigure) figure = samples[i].make ();
        PlotLimits view;

        plot_limits_init (&view, figure);
        for (int axis = 0; axis < PLOT_N_AXES; axis++)
          {
            view.lo[axis] = ranges[r / 4][0];
            view.hi[axis] = ranges[r / 4][1];
            view.scale[axis] = (r >> axis & 1) != 0 ? &plot_scale_log : &plot_scale_linear;
          }
        view.type_scale = r % 3 == 0 ? NAN : 3;
        cairo_surface_destroy (pixels_draw (figure, "light", &view, 500, 400));
      }
}

/* A line of three points whose middle is missing leaves the middle of the frame empty. */
static void
test_gaps (void)
{
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
  const double x[] = { 0, 1, 2, 3, 4 }, y[] = { 1, 1, NAN, 1, 1 };
  const PlotTheme *theme = plot_theme_find ("light");
  PlotColor blue = theme->looks[PLOT_STYLE_PRIMARY].color;
  g_autoptr (PlotLayout) layout = NULL;
  cairo_surface_t *surface;
  double from, to;

  plot_figure_add_series (figure, &(PlotSeries){ "s", "", 0, PLOT_STYLE_PRIMARY, 5, x, y });
  layout = plot_layout_new (figure, theme, NULL, 600, 400);
  surface = pixels_draw (figure, "light", NULL, 600, 400);
  from = plot_layout_to_pixel (layout, 0, PLOT_X, 1.2);
  to = plot_layout_to_pixel (layout, 0, PLOT_X, 2.8);
  g_assert_cmpuint (pixels_count (surface, blue, from, layout->top, to, layout->bottom), ==, 0);
  g_assert_cmpuint (pixels_count (surface, blue, layout->left, layout->top, from, layout->bottom),
                    >, 50);
  g_assert_cmpuint (pixels_count (surface, blue, to, layout->top, layout->right, layout->bottom), >,
                    50);
  cairo_surface_destroy (surface);
}

/* Nor does a band fill the gap between its stretches. */
static void
test_band_gaps (void)
{
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
  const double x[] = { 0, 1, 2, 3, 4 }, y[] = { 1, 1, NAN, 3, 3 };
  const double low[] = { 0.5, 0.5, NAN, 2.5, 2.5 }, high[] = { 1.5, 1.5, NAN, 3.5, 3.5 };
  const PlotTheme *theme = plot_theme_find ("light");
  const PlotColor colors[] = { theme->background, theme->grid, theme->minor_grid };
  g_autoptr (PlotLayout) layout = NULL;
  cairo_surface_t *surface;
  double from, to;
  guint n_other;

  plot_figure_add_series (figure, &(PlotSeries){ "s", "", 0, PLOT_STYLE_PRIMARY, 5, x, y, low, high });
  layout = plot_layout_new (figure, theme, NULL, 600, 400);
  surface = pixels_draw (figure, "light", NULL, 600, 400);
  from = plot_layout_to_pixel (layout, 0, PLOT_X, 1.2);
  to = plot_layout_to_pixel (layout, 0, PLOT_X, 2.8);
  n_other = (guint) ((floor (to) - floor (from)) * (floor (layout->bottom) - ceil (layout->top)));
  for (guint i = 0; i < 3; i++)
    n_other -= MIN (n_other, pixels_count (surface, colors[i],
                                           from, ceil (layout->top), to, floor (layout->bottom)));
  g_assert_cmpuint (n_other, ==, 0);
  cairo_surface_destroy (surface);
}

static void
test_dimmed (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  PlotColor blue = plot_theme_find ("light")->looks[PLOT_STYLE_PRIMARY].color;
  PlotLimits view;
  cairo_surface_t *bright, *dimmed;

  plot_limits_init (&view, figure);
  bright = pixels_draw (figure, "light", &view, 900, 600);
  view.dimmed = TRUE;
  dimmed = pixels_draw (figure, "light", &view, 900, 600);
  g_assert_cmpuint (pixels_count (bright, blue, 0, 0, 900, 600), >, 300);
  g_assert_cmpuint (pixels_count (dimmed, blue, 0, 0, 900, 600), ==, 0);
  cairo_surface_destroy (bright);
  cairo_surface_destroy (dimmed);
}

static void
test_hiding (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  const PlotTheme *theme = plot_theme_find ("light");
  PlotColor red = theme->looks[PLOT_STYLE_ACCENT_1].color;
  PlotLimits view;
  cairo_surface_t *surface;

  plot_limits_init (&view, figure);
  surface = pixels_draw (figure, "light", &view, 900, 600);
  g_assert_cmpuint (pixels_count (surface, red, 0, 0, 900, 600), >, 100);
  cairo_surface_destroy (surface);
  view.hidden = 1 << 2;
  surface = pixels_draw (figure, "light", &view, 900, 600);
  g_assert_cmpuint (pixels_count (surface, red, 0, 0, 900, 600), ==, 0);
  cairo_surface_destroy (surface);
}

/* Between lines at full strength and pinned ones. */
static void
test_muted (void)
{
  const double x[] = { 1, 2 };
  const PlotTheme *theme = plot_theme_find ("light");
  PlotColor blue = theme->looks[PLOT_STYLE_PRIMARY].color;
  guint full[2], inked[2];

  for (int muted = 0; muted < 2; muted++)
    {
      g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
      cairo_surface_t *surface;

      plot_figure_add_series (
        figure, &(PlotSeries){ "s", "", 0, PLOT_STYLE_PRIMARY, 2, x, x, .muted = muted });
      surface = pixels_draw (figure, "light", NULL, 600, 400);
      full[muted] = pixels_count (surface, blue, 0, 0, 600, 400);
      inked[muted] = 600 * 400 - pixels_count (surface, theme->background, 0, 0, 600, 400);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (full[0], >, 300);
  g_assert_cmpuint (full[1], ==, 0);
  g_assert_cmpuint (inked[1], <, inked[0]);
}

/* Thousands of points: the one that stands out of its neighbours is still seen, in the line and in
 * the band. */
static void
test_dense (void)
{
  enum
  {
    COUNT = 6000
  };
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) layout = NULL;
  g_autofree double *numbers = g_new (double, 4 * COUNT);
  double *x = numbers, *y = x + COUNT, *low = y + COUNT, *high = low + COUNT;
  cairo_surface_t *surface;
  double at;

  for (guint i = 0; i < COUNT; i++)
    {
      x[i] = i;
      y[i] = i == 2001 ? 2 : 1;
      low[i] = y[i] - 0.1;
      high[i] = i == 4001 ? 3 : y[i] + 0.1;
    }
  plot_figure_add_series (figure,
                          &(PlotSeries){ "s", "", 0, PLOT_STYLE_PRIMARY, COUNT, x, y, low, high });
  layout = plot_layout_new (figure, theme, NULL, 700, 400);
  surface = pixels_draw (figure, "light", NULL, 700, 400);
  at = plot_layout_to_pixel (layout, 0, PLOT_X, 2001);
  g_assert_cmpuint (pixels_count (surface, theme->looks[PLOT_STYLE_PRIMARY].color, at - 3,
                                  plot_layout_to_pixel (layout, 0, PLOT_Y, 1.9), at + 3,
                                  plot_layout_to_pixel (layout, 0, PLOT_Y, 1.3)),
                    >, 20);
  at = plot_layout_to_pixel (layout, 0, PLOT_X, 4001);
  for (double value = 1.5; value < 2.5; value += 0.2)
    {
      int py = (int) plot_layout_to_pixel (layout, 0, PLOT_Y, value), tinted = 0;

      for (int px = (int) at - 2; px <= at + 2; px++)
        tinted += (pixels_get (surface, px, py) & 0xff) > (pixels_get (surface, px, py) >> 16) + 8;
      g_assert_cmpint (tinted, >, 0);
    }
  cairo_surface_destroy (surface);
}

/* --- crosshair --- */

/* What a crosshair changes: nothing outside of the frame; a box with text in it. */
static void
test_crosshair (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 900, 600);
  const PlotSeries *test = plot_figure_get_series (figure, 0);
  cairo_surface_t *before = pixels_draw (figure, "light", NULL, 900, 600);

  for (guint i = 0; i < test->n; i++)
    {
      cairo_surface_t *after = pixels_copy (before);
      cairo_t *cr = cairo_create (after);
      PlotRect box;
      double dot_x = plot_layout_to_pixel (layout, 0, PLOT_X, test->x[i]);
      double dot_y = plot_layout_to_pixel (layout, 0, PLOT_Y, test->y[i]);

      plot_render_crosshair (figure, theme, layout,
                             &(PlotCrosshair){ test->x[i], test->y[i],
                                               "width <b>219</b>\ntest <b>0.445</b> (0.35 – 0.64)",
                                               PLOT_STYLE_PRIMARY, i % 2 },
                             cr);
      cairo_destroy (cr);
      cairo_surface_flush (after);
      g_assert_cmpuint (pixels_changed (before, after, (PlotRect){ 0, 0, 900, 600 }, &box), >, 500);
      g_assert_cmpfloat (box.left, >=, layout->left - 7);
      g_assert_cmpfloat (box.right - 1, <=, layout->right + 7);
      g_assert_cmpfloat (box.top, >=, layout->top - 1);
      g_assert_cmpfloat (box.bottom - 1, <=, layout->bottom + 7);
      /* the dot is not covered by the box */
      g_assert_cmphex (pixels_get (after, (int) dot_x, (int) dot_y), ==,
                       pixels_rgb (theme->looks[PLOT_STYLE_PRIMARY].color));
      /* nor is the line, but for the dot and a label at which it stops */
      if (i % 2 == 0)
        g_assert_cmpuint (pixels_count (after, theme->frame, floor (dot_x), layout->top,
                                        floor (dot_x) + 1, layout->bottom),
                          >, layout->bottom - layout->top - 16 - 16);
      cairo_surface_destroy (after);
    }
  cairo_surface_destroy (before);
}

/* The box of a read-out: all that changes beside the line and the dot. */
static PlotRect
find_box (const PlotFigure *figure, const PlotLayout *layout, cairo_surface_t *before, const PlotCrosshair *crosshair)
{
  int width = (int) layout->width, height = (int) layout->height;
  cairo_surface_t *after = pixels_copy (before);
  cairo_t *cr = cairo_create (after);
  double x = plot_layout_to_pixel (layout, 0, PLOT_X, crosshair->x);
  PlotRect box = { 0 }, other = { 0 };
  guint n_left, n_right;

  plot_render_crosshair (figure, plot_theme_find ("light"), layout, crosshair, cr);
  cairo_destroy (cr);
  cairo_surface_flush (after);
  n_left = pixels_changed (before, after, (PlotRect){ 0, 0, x - 8, height }, &box);
  n_right = pixels_changed (before, after, (PlotRect){ x + 8, 0, width, height }, &other);
  cairo_surface_destroy (after);
  g_assert_cmpuint (n_left + n_right, >, 0);
  if (n_left == 0)
    return other;
  if (n_right > 0)
    box.right = other.right;
  return box;
}

static gboolean
hides (const PlotScene *scene, guint series, PlotRect rect)
{
  const GArray *line = plot_series_line (scene, series);

  for (guint i = 1; i < line->len; i++)
    {
      PlotPoint a = g_array_index (line, PlotPoint, i - 1), b = g_array_index (line, PlotPoint, i);

      if (!isnan (a.x) && !isnan (b.x) && plot_path_clip (rect, &a, &b))
        return TRUE;
    }
  return FALSE;
}

/* Beside the line, with room for it even where pins lie about the curve: off every curve, also one
 * that falls out of the frame, off the legend, and off another line. */
static void
test_crosshair_box (void)
{
  PlotFigure *figures[] = { plot_sample_interpolation (), plot_sample_pins (3) };

  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    {
      g_autoptr (PlotLayout)
        layout = plot_layout_new (figures[f], plot_theme_find ("light"), NULL, 900, 600);
      const PlotSeries *test = plot_figure_get_series (figures[f], 0);
      PlotRect legend = { layout->legend_x, layout->legend_y,
                          layout->legend_x + layout->legend_width,
                          layout->legend_y + layout->legend_height };
      cairo_surface_t *before = pixels_draw (figures[f], "light", NULL, 900, 600);

      for (guint i = 0; i < test->n; i += 3)
        {
          double other = plot_layout_to_data (
            layout, 0, PLOT_X, plot_layout_to_pixel (layout, 0, PLOT_X, test->x[i]) + 60);
          PlotCrosshair crosshair = { test->x[i], test->y[i], "width <b>219</b>\ntest <b>0.445</b>",
                                      PLOT_STYLE_PRIMARY, .other = &other };
          PlotRect box = find_box (figures[f], layout, before, &crosshair);
          double x = plot_layout_to_pixel (layout, 0, PLOT_X, test->x[i]);
          double line = plot_layout_to_pixel (layout, 0, PLOT_X, other);
          double gap = MAX (box.left - x, x - box.right);

          g_test_message ("figure %u, point %u, gap %g", f, i, gap);
          g_assert_cmpfloat (gap, <, 200);
          g_assert_true (box.right < line || box.left > line);
          g_assert_true (box.right <= legend.left || box.left >= legend.right
                         || box.bottom <= legend.top || box.top >= legend.bottom);
          for (guint s = 0; s < plot_figure_get_n_series (figures[f]); s++)
            g_assert_false (hides ((const PlotScene *) layout, s, box));
        }
      cairo_surface_destroy (before);
      plot_figure_unref (figures[f]);
    }
}

/* In a narrow figure, where a box beside the line would hide the peak, it hides a part of the line, and no point of
 * the curve. */
static void
test_crosshair_narrow (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_interpolation ();
  g_autoptr (PlotLayout)
    layout = plot_layout_new (figure, plot_theme_find ("light"), NULL, 620, 420);
  const PlotSeries *test = plot_figure_get_series (figure, 0);
  cairo_surface_t *before = pixels_draw (figure, "light", NULL, 620, 420);

  for (guint i = test->n * 3 / 5; i < test->n * 4 / 5; i++)
    {
      double x = plot_layout_to_pixel (layout, 0, PLOT_X, test->x[i]);
      double y = plot_layout_to_pixel (layout, 0, PLOT_Y, test->y[i]);
      PlotCrosshair crosshair = {
        test->x[i], test->y[i],
        "width <b>219</b>   test <b>0.445</b> (0.35 – 0.64, 20 seeds)\ntraining 0   limit 0.0918",
        PLOT_STYLE_PRIMARY
      };
      PlotRect box = find_box (figure, layout, before, &crosshair);

      g_test_message ("point %u", i);
      g_assert_false (plot_rect_has (box, x, y, 0));
      for (guint k = 0; k < test->n; k++)
        g_assert_false (plot_rect_has (box, plot_layout_to_pixel (layout, 0, PLOT_X, test->x[k]),
                                       plot_layout_to_pixel (layout, 0, PLOT_Y, test->y[k]), 0));
    }
  cairo_surface_destroy (before);
}

static void
test_crosshair_outside (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  const PlotTheme *theme = plot_theme_find ("dark");
  g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 300, 200);
  cairo_surface_t *surface = pixels_draw (figure, "dark", NULL, 300, 200);
  cairo_t *cr = cairo_create (surface);
  const double xs[] = { -1, 0, 1e9, NAN, 50 };

  for (guint i = 0; i < G_N_ELEMENTS (xs); i++)
    plot_render_crosshair (
      figure, theme, layout,
      &(PlotCrosshair){
        xs[i], NAN, i % 2 ? NULL : "a very <b>long</b> line of text indeed, wider than the frame",
        PLOT_STYLE_LIMIT },
      cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* --- themes --- */

static double
linear_light (double c)
{
  return c <= 0.03928 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
luminance (PlotColor color)
{
  return 0.2126 * linear_light (color.r) + 0.7152 * linear_light (color.g)
         + 0.0722 * linear_light (color.b);
}

/* WCAG 2. */
static double
contrast (PlotColor a, PlotColor b)
{
  double x = luminance (a), y = luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static void
test_themes (void)
{
  guint n;
  const PlotTheme *themes = plot_themes (&n);

  g_assert_cmpuint (n, ==, 4);
  for (guint t = 0; t < n; t++)
    {
      const PlotTheme *theme = &themes[t];

      g_assert_true (plot_theme_find (theme->name) == theme);
      g_assert_cmpfloat (contrast (theme->foreground, theme->background), >=, 7);
      g_assert_cmpfloat (contrast (theme->dim, theme->background), >=, 4.5);
      g_assert_cmpfloat (contrast (theme->frame, theme->background), >=, 3);
      g_assert_cmpfloat (contrast (theme->grid, theme->background), <, 2);
      for (int style = 0; style < PLOT_N_STYLES; style++)
        {
          if (contrast (theme->looks[style].color, theme->background) < 3)
            g_test_message ("%s, style %d", theme->name, style);
          g_assert_cmpfloat (contrast (theme->looks[style].color, theme->background), >=, 3);
        }
    }
  g_assert_null (plot_theme_find ("pink"));
  g_assert_null (plot_theme_find (NULL));
}

/* What is drawn pale, of any style on any background, does not vanish. */
static void
test_pale (void)
{
  const double x[] = { 1, 2 };
  guint n;
  const PlotTheme *themes = plot_themes (&n);

  for (guint t = 0; t < n; t++)
    for (int style = 0; style < PLOT_N_STYLES; style++)
      {
        g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
        g_autoptr (PlotLayout) layout = NULL;
        PlotLook look;

        plot_figure_add_series (figure, &(PlotSeries){ "s", "", 0, style, 2, x, x, .points = TRUE,
                                                       .faded = TRUE, .muted = TRUE });
        layout = plot_layout_new (figure, &themes[t], NULL, 600, 400);
        look = plot_series_look ((const PlotScene *) layout, plot_figure_get_series (figure, 0));
        g_assert_cmpfloat (contrast (look.color, themes[t].background), >=, 3);
        g_assert_cmpfloat (contrast (look.color, themes[t].background), <=,
                           contrast (themes[t].looks[style].color, themes[t].background));
      }
}

/* What a dash looks like, a letter for each piece: dots, short and long dashes, and wide gaps. */
static char *
rhythm (const PlotTheme *theme, const PlotLook *look)
{
  double unit = g_str_has_prefix (theme->name, "paper") ? 2 / 3.0 : 1;
  GString *out = g_string_new (NULL);

  for (int i = 0; i < look->n_dash; i++)
    if (i % 2 == 0)
      g_string_append_c (out, look->dash[i] <= 3 * unit                       ? '.'
                              : look->dash[i] <= 5 * unit && look->n_dash > 2 ? 'd'
                                                                              : 'D');
    else if (look->dash[i] >= 4.5 * unit)
      g_string_append_c (out, '_');
  return g_string_free (out, FALSE);
}

/* The same rhythm still tells if it is much faster. */
static gboolean
apart_by_dash (const PlotTheme *theme, const PlotLook *a, const PlotLook *b)
{
  g_autofree char *one = rhythm (theme, a), *two = rhythm (theme, b);
  double ratio = a->n_dash > 0 && b->n_dash > 0 ? a->dash[0] / b->dash[0] : 1;

  return !g_str_equal (one, two) || MAX (ratio, 1 / ratio) > 1.7;
}

static double
lightness (PlotColor color)
{
  double y = luminance (color);

  return y > 0.008856 ? 116 * cbrt (y) - 16 : 903.3 * y;
}

static gboolean
apart_by_lightness (const PlotLook *a, const PlotLook *b)
{
  return fabs (lightness (a->color) - lightness (b->color)) > 14;
}

static gboolean
is_pin (int style)
{
  return style >= PLOT_STYLE_PIN_1 && style <= PLOT_STYLE_PIN_20;
}

/* Any two styles are told apart without colour, all the more in the theme of grays: there twenty pins too,
 * which elsewhere need their colours. Marks tell where both have them: they are left out where they crowd. */
static void
test_second_code (void)
{
  guint n;
  const PlotTheme *themes = plot_themes (&n);

  for (guint t = 0; t < n; t++)
    for (int a = 0; a < PLOT_N_STYLES; a++)
      for (int b = 0; b < a; b++)
        {
          const PlotLook *one = &themes[t].looks[a], *two = &themes[t].looks[b];
          gboolean gray = g_str_equal (themes[t].name, "paper-gray");
          gboolean pins = is_pin (a) && is_pin (b);
          gboolean marks = one->mark != two->mark
                           && (!gray || (one->mark != PLOT_MARK_NONE && two->mark != PLOT_MARK_NONE));
          gboolean shades = memcmp (&one->color, &two->color, sizeof one->color) != 0
                            && (pins || gray) && (!gray || apart_by_lightness (one, two));

          if (!apart_by_dash (&themes[t], one, two) && !marks && !shades)
            g_error ("%s: styles %d and %d look alike", themes[t].name, b, a);
        }
}

/* A figure with markup that does not parse is still drawn, as it stands. */
static void
test_broken_markup (void)
{
  g_autoptr (PlotFigure) figure = plot_figure_new ("a < b & <i>c");
  const double x[] = { 1, 2 };

  plot_figure_set_axis (figure, PLOT_X, "<b>", &plot_scale_linear);
  plot_figure_add_series (figure, &(PlotSeries){ "s", "R&D <", 0, PLOT_STYLE_LIMIT, 2, x, x });
  plot_figure_add_marker (figure, &(PlotMarker){ "m", 1.5, "</i>" });
  plot_figure_add_note (figure, "x < y & \"z\"");
  cairo_surface_destroy (pixels_draw (figure, "paper", NULL, 500, 400));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/render/sizes", test_sizes);
  g_test_add_func ("/plot/render/odd-views", test_odd_views);
  g_test_add_func ("/plot/render/top-axis", test_top_axis);
  g_test_add_func ("/plot/render/gaps", test_gaps);
  g_test_add_func ("/plot/render/band-gaps", test_band_gaps);
  g_test_add_func ("/plot/render/dimmed", test_dimmed);
  g_test_add_func ("/plot/render/hiding", test_hiding);
  g_test_add_func ("/plot/render/muted", test_muted);
  g_test_add_func ("/plot/render/dense", test_dense);
  g_test_add_func ("/plot/render/broken-markup", test_broken_markup);
  g_test_add_func ("/plot/crosshair/place", test_crosshair);
  g_test_add_func ("/plot/crosshair/box", test_crosshair_box);
  g_test_add_func ("/plot/crosshair/narrow", test_crosshair_narrow);
  g_test_add_func ("/plot/crosshair/outside", test_crosshair_outside);
  g_test_add_func ("/plot/themes/contrast", test_themes);
  g_test_add_func ("/plot/themes/pale", test_pale);
  g_test_add_func ("/plot/themes/second-code", test_second_code);
  return g_test_run ();
}
