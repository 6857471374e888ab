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

PlotLook
plot_series_look (const PlotScene *self, guint index)
{
  const PlotSeries *series = plot_figure_get_series (self->figure, index);
  double fade = (series->faded ? 0.35 : 0) + (series->muted ? MUTED_FADE : 0);
  PlotLook look = plot_style_look (self, series->style, limit_fade (self, series->style, fade));

  if (series->muted)
    {
      look.width *= MUTED_WIDTH;
      look.band_alpha *= MUTED_WIDTH;
    }
  return look;
}

static void
draw_band (const PlotScene *self, guint index, cairo_t *cr)
{
  const GArray *band = g_ptr_array_index (self->bands, index);
  PlotLook look = plot_series_look (self, index);

  for (guint i = 0; i < band->len; i++)
    {
      PlotPoint point = g_array_index (band, PlotPoint, i);

      if (isnan (point.x))
        cairo_close_path (cr);
      else
        cairo_line_to (cr, point.x, point.y);
    }
  plot_set_color (cr, look.color, look.band_alpha);
  cairo_fill (cr);
}

static void
set_pen (const PlotScene *self, const PlotLook *look, cairo_t *cr)
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

#define DENSE 1000 /* points of a path */

/* Only what is near the frame is handed on: steep lines reach far outside. */
static void
draw_line (const PlotScene *self, guint index, cairo_t *cr)
{
  const GArray *line = g_ptr_array_index (self->lines, index);
  guint panel = plot_figure_get_series (self->figure, index)->panel;
  PlotRect clip = plot_rect_grow (self->layout.frames[panel], 20);
  PlotLook look = plot_series_look (self, index);
  PlotPoint end = { NAN, NAN };

  set_pen (self, &look, cr);
  if (line->len > DENSE || plot_style_is_pin (plot_figure_get_series (self->figure, index)->style))
    {
      /* thin lines by the dozen, or corners below a pixel: joins and fine edges are not seen, but would cost most of the time */
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
    }
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
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
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

/* Mean distance of the marks in sight. */
static double
mark_spacing (const PlotScene *self, const PlotSeries *series)
{
  PlotRect frame = self->layout.frames[series->panel];
  const PlotMap *maps = plot_scene_maps (self, series->panel);
  double first = INFINITY, last = -INFINITY;
  guint n = 0;

  for (guint i = 0; i < series->n; i++)
    {
      double x = plot_map (&maps[PLOT_X], series->x[i]);
      double y = plot_map (&maps[PLOT_Y], series->y[i]);

      if (!plot_rect_has (frame, x, y, 6))
        continue;
      first = MIN (first, x);
      last = MAX (last, x);
      n++;
    }
  return n > 2 ? (last - first) / (n - 1) : INFINITY;
}

/* Marks shrink where they crowd, and where they would become a string of pearls (0) are left
 * out: the line says it. */
static double
mark_radius (const PlotScene *self, guint index)
{
  const PlotSeries *series = plot_figure_get_series (self->figure, index);
  PlotLook look = plot_series_look (self, index);
  double radius = (1.2 + 0.85 * look.width) * plot_pen (self), spacing;

  if (series->points)
    return radius;
  if (look.mark == PLOT_MARK_NONE)
    return 0;
  spacing = mark_spacing (self, series);
  if (spacing < 1.9 * radius)
    return 0;
  return radius * CLAMP (spacing / (3.6 * radius), 0.7, 1);
}

static void
draw_marks (const PlotScene *self, guint index, cairo_t *cr)
{
  const PlotSeries *series = plot_figure_get_series (self->figure, index);
  PlotRect frame = self->layout.frames[series->panel];
  const PlotMap *maps = plot_scene_maps (self, series->panel);
  PlotLook look = plot_series_look (self, index);
  double radius = mark_radius (self, index);

  for (guint i = 0; i < series->n && radius > 0; i++)
    {
      double x = plot_map (&maps[PLOT_X], series->x[i]);
      double y = plot_map (&maps[PLOT_Y], series->y[i]);

      if (plot_rect_has (frame, x, y, 6))
        plot_draw_mark (self, &look, radius, series->points, x, y, cr);
    }
}

static gboolean
is_drawn (const PlotScene *self, guint index, guint panel)
{
  return plot_figure_get_series (self->figure, index)->panel == panel
         && !plot_figure_hides (self->figure, self->layout.view.hidden, index);
}

void
plot_draw_series (const PlotScene *self, guint panel, cairo_t *cr)
{
  guint n = self->figure->series->len;

  for (guint i = 0; i < n; i++)
    if (is_drawn (self, i, panel))
      draw_band (self, i, cr);
  for (int pins = 1; pins >= 0; pins--)
    for (guint i = 0; i < n; i++)
      {
        const PlotSeries *series = plot_figure_get_series (self->figure, i);

        if (!is_drawn (self, i, panel) || plot_style_is_pin (series->style) != pins)
          continue;
        if (!series->points)
          draw_line (self, i, cr);
        plot_draw_fit_lines (self, i, cr);
        draw_marks (self, i, cr);
      }
}

/* --- legend --- */

static void
draw_sample (const PlotScene *self, guint index, double x, double y, cairo_t *cr)
{
  const PlotSeries *series = plot_figure_get_series (self->figure, index);
  PlotLook look = plot_series_look (self, index);
  double length = self->legend_sample, half = 0.42 * self->size;
  double radius = mark_radius (self, index);

  if (series->low != NULL)
    {
      cairo_rectangle (cr, x, y - half, length, 2 * half);
      plot_set_color (cr, look.color, look.band_alpha);
      cairo_fill (cr);
    }
  if (!series->points)
    {
      set_pen (self, &look, cr);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x + length, y);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
  if (radius > 0)
    plot_draw_mark (self, &look, radius, series->points, x + length / 2, y, cr);
}

static void
draw_entry (const PlotScene *self, const PlotEntryText *entry, cairo_t *cr)
{
  gboolean hidden = plot_figure_hides (self->figure, self->layout.view.hidden, entry->index);
  double text_x = entry->x + entry->width - plot_text_width (entry->text);
  double baseline = entry->y + 0.34 * self->size;

  if (!hidden)
    draw_sample (self, entry->index, entry->x, entry->y, cr);
  plot_set_color (cr,
                  hidden ? plot_color_mix (self->theme->dim, self->theme->background, 0.4)
                         : self->theme->foreground,
                  1);
  plot_text_draw_baseline (cr, entry->text, text_x, baseline);
  if (!hidden)
    return;
  cairo_move_to (cr, text_x, round (entry->y) + 0.5);
  cairo_line_to (cr, entry->x + entry->width, round (entry->y) + 0.5);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
plot_draw_legend (const PlotScene *self, cairo_t *cr)
{
  const PlotLayout *layout = &self->layout;

  if (layout->legend_width <= 0)
    return;
  cairo_rectangle (cr, layout->legend_x, layout->legend_y, layout->legend_width,
                   layout->legend_height);
  plot_set_color (cr, self->theme->background, self->legend_over ? 0.55 : 0.88);
  cairo_fill (cr);
  for (guint i = 0; i < self->legend->len; i++)
    draw_entry (self, &g_array_index (self->legend, PlotEntryText, i), cr);
}
