/* How lines and marks look. */

#include "plot-colormap.h"
#include "plot-draw-private.h"

#include <math.h>

void
plot_set_color (cairo_t *cr, PlotColor color, double alpha)
{
  cairo_set_source_rgba (cr, color.r, color.g, color.b, color.a * alpha);
}

double
plot_pen (const PlotScene *self)
{
  return self->size / self->theme->font_size;
}

/* Fading mixes with the background instead of using alpha, so that crossings do not show. */
PlotLook
plot_style_look (const PlotScene *self, PlotStyle style, double fade)
{
  PlotLook look = self->theme->looks[style];

  fade += self->layout.view.dimmed ? 0.55 : 0;
  look.color = plot_color_mix (look.color, self->theme->background, MIN (fade, 0.75));
  return look;
}

#define MUTED_FADE 0.22
#define MUTED_WIDTH 0.62
#define LEAST_CONTRAST 3 /* with the background, of what is pale */

/* As pale as asked for, but never so that it vanishes. */
static double
limit_fade (const PlotScene *self, PlotStyle style, double fade)
{
  PlotColor color = self->theme->looks[style].color, background = self->theme->background;

  while (fade > 0
         && plot_color_contrast (plot_color_mix (color, background, fade), background)
              < LEAST_CONTRAST)
    fade -= 0.01;
  return MAX (0, fade);
}

/* Of place `order` among n: of the shades those that stand out from the background, in equal steps. One alone
 * has the one that stands out most. */
static PlotColor
order_color (const PlotTheme *theme, guint order, guint n)
{
  const PlotColor *shades = plot_colormap_shades (PLOT_COLORMAP_SEQUENTIAL, theme->gray);
  guint first = 0, last = PLOT_N_SHADES - 1;
  double t;

  while (first < last && plot_color_contrast (shades[first], theme->background) < LEAST_CONTRAST)
    first++;
  while (last > first && plot_color_contrast (shades[last], theme->background) < LEAST_CONTRAST)
    last--;
  t = n > 1 ? (order - 1) / (n - 1.0)
            : plot_color_contrast (shades[first], theme->background)
                < plot_color_contrast (shades[last], theme->background);
  return shades[first + (guint) (t * (last - first))];
}

static PlotLook
order_look (const PlotScene *self, const PlotSeries *series)
{
  PlotLook look = plot_style_look (self, series->style, 0);
  double fade = self->layout.view.dimmed ? 0.55 : 0;

  look.color = plot_color_mix (order_color (self->theme, series->order, series->n_orders),
                               self->theme->background, fade);
  look.dash = NULL;
  look.n_dash = 0;
  look.mark = PLOT_MARK_NONE;
  return look;
}

PlotLook
plot_series_look (const PlotScene *self, const PlotSeries *series)
{
  double fade = (series->faded ? 0.35 : 0) + (series->muted ? MUTED_FADE : 0);
  PlotLook look = series->order > 0
                    ? order_look (self, series)
                    : plot_style_look (self, series->style, limit_fade (self, series->style, fade));

  if (series->muted)
    {
      look.width *= MUTED_WIDTH;
      look.band_alpha *= MUTED_WIDTH;
    }
  return look;
}

void
plot_set_pen (const PlotScene *self, const PlotLook *look, cairo_t *cr)
{
  double pen = plot_pen (self), dash[8];
  int n = MIN (look->n_dash, (int) G_N_ELEMENTS (dash));

  for (int i = 0; i < n; i++)
    dash[i] = look->dash[i] * pen;
  cairo_set_dash (cr, dash, n, 0);
  cairo_set_line_width (cr, look->width * pen);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, n > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  plot_set_color (cr, look->color, 1);
}

void
plot_trace_line (const GArray *line, PlotRect clip, cairo_t *cr)
{
  PlotPoint end = { NAN, NAN };

  for (guint i = 1; i < line->len; i++)
    {
      PlotPoint a = g_array_index (line, PlotPoint, i - 1), b = g_array_index (line, PlotPoint, i);

      if (isnan (a.x) || isnan (b.x) || !plot_path_clip (clip, &a, &b))
        continue;
      if (a.x != end.x || a.y != end.y)
        cairo_move_to (cr, a.x, a.y);
      cairo_line_to (cr, b.x, b.y);
      end = b;
    }
}

void
plot_trace_polygons (const GArray *polygons, cairo_t *cr)
{
  gboolean begins = TRUE;

  for (guint i = 0; i < polygons->len; i++)
    {
      PlotPoint point = g_array_index (polygons, PlotPoint, i);

      if (isnan (point.x))
        cairo_close_path (cr);
      else if (begins)
        cairo_move_to (cr, point.x, point.y);
      else
        cairo_line_to (cr, point.x, point.y);
      begins = isnan (point.x);
    }
}

static void
trace_mark (int mark, double r, double x, double y, cairo_t *cr)
{
  switch (mark)
    {
    case PLOT_MARK_SQUARE:
      cairo_rectangle (cr, x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
      break;
    case PLOT_MARK_DIAMOND:
      cairo_move_to (cr, x - 1.25 * r, y);
      cairo_line_to (cr, x, y - 1.25 * r);
      cairo_line_to (cr, x + 1.25 * r, y);
      cairo_line_to (cr, x, y + 1.25 * r);
      cairo_close_path (cr);
      break;
    case PLOT_MARK_TRIANGLE:
      cairo_move_to (cr, x - 1.1 * r, y + 0.75 * r);
      cairo_line_to (cr, x, y - 1.2 * r);
      cairo_line_to (cr, x + 1.1 * r, y + 0.75 * r);
      cairo_close_path (cr);
      break;
    default: cairo_new_sub_path (cr); cairo_arc (cr, x, y, r, 0, 2 * G_PI);
    }
}

void
plot_draw_mark (const PlotScene *self, const PlotLook *look, double radius, gboolean filled,
                double x, double y, cairo_t *cr)
{
  trace_mark (look->mark, radius, x, y, cr);
  plot_set_color (cr, filled ? look->color : self->theme->background, 1);
  cairo_fill_preserve (cr);
  plot_set_color (cr, look->color, 1);
  cairo_set_line_width (cr, 0.62 * look->width * plot_pen (self));
  cairo_stroke (cr);
}
