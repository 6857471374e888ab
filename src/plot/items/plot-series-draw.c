/* How a line with its marks and its band is drawn. */

#include "plot-area-private.h"
#include "plot-series-private.h"

gboolean
plot_series_is_area_in (const PlotScene *self, const PlotItem *item)
{
  return plot_series_is_area (item->data, self->layout.view.scale[PLOT_Y]);
}

#define EDGE_ALPHA 0.7

static void
fill_band (const PlotScene *self, const PlotItem *item, cairo_t *cr)
{
  PlotLook look = plot_series_look (self, item->data);

  plot_trace_polygons (((const PlotSeriesTrace *) plot_scene_trace_of (self, item))->band, cr);
  plot_set_color (cr, look.color, look.band_alpha);
  cairo_fill (cr);
}

/* A band above areas would make colours that no legend has: it lies under those added after it, and its edges
 * above them. */
void
plot_series_draw_ground (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  const PlotSeriesTrace *trace = plot_scene_trace_of (self, item);

  if (plot_series_is_area_in (self, item))
    plot_area_draw (self, item, trace->band, trace->line, cr);
  else if (plot_area_is_in (self, item->panel))
    fill_band (self, item, cr);
}

void
plot_series_draw_band (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  PlotLook look = plot_series_look (self, item->data);

  if (plot_series_is_area_in (self, item))
    return;
  if (!plot_area_is_in (self, item->panel))
    {
      fill_band (self, item, cr);
      return;
    }
  plot_trace_polygons (((const PlotSeriesTrace *) plot_scene_trace_of (self, item))->band, cr);
  plot_set_color (cr, look.color, EDGE_ALPHA);
  cairo_set_line_width (cr, plot_pen (self));
  cairo_stroke (cr);
}

#define DENSE 1000 /* points of a path */

static void
draw_line (const PlotScene *self, const PlotItem *item, cairo_t *cr)
{
  const GArray *line = ((const PlotSeriesTrace *) plot_scene_trace_of (self, item))->line;
  const PlotSeries *series = item->data;
  PlotRect clip = plot_rect_grow (self->layout.frames[series->panel], 20);
  PlotLook look = plot_series_look (self, series);

  plot_set_pen (self, &look, cr);
  if (line->len > DENSE || plot_style_is_pin (series->style))
    {
      /* thin lines by the dozen, or corners below a pixel: joins and fine edges are not seen, but would
       * cost most of the time */
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
    }
  plot_trace_line (line, clip, cr);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
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
mark_radius (const PlotScene *self, const PlotSeries *series)
{
  PlotLook look = plot_series_look (self, series);
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
draw_marks (const PlotScene *self, const PlotSeries *series, cairo_t *cr)
{
  PlotRect frame = self->layout.frames[series->panel];
  const PlotMap *maps = plot_scene_maps (self, series->panel);
  PlotLook look = plot_series_look (self, series);
  double radius = mark_radius (self, series);

  for (guint i = 0; i < series->n && radius > 0; i++)
    {
      double x = plot_map (&maps[PLOT_X], series->x[i]);
      double y = plot_map (&maps[PLOT_Y], series->y[i]);

      if (plot_rect_has (frame, x, y, 6))
        plot_draw_mark (self, &look, radius, series->points, x, y, cr);
    }
}

static void
draw_curve (const PlotScene *self, const PlotItem *item, cairo_t *cr)
{
  const PlotSeries *series = item->data;

  if (!series->points)
    draw_line (self, item, cr);
  plot_items_draw_attached (self, item, cr);
  draw_marks (self, series, cr);
}

void
plot_series_draw_pin (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  if (plot_style_is_pin (((const PlotSeries *) item->data)->style))
    draw_curve (self, item, cr);
}

void
plot_series_draw_other (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  if (!plot_style_is_pin (((const PlotSeries *) item->data)->style) && !plot_series_is_area_in (self, item))
    draw_curve (self, item, cr);
}

void
plot_series_draw_sample (const PlotScene *self, const PlotItem *item, guint part, double x, double y, cairo_t *cr)
{
  const PlotSeries *series = item->data;
  PlotLook look = plot_series_look (self, series);
  double length = self->legend_sample, half = 0.42 * self->size;
  double radius = mark_radius (self, series);

  if (plot_series_is_area_in (self, item))
    {
      plot_area_draw_sample (self, item, x, y, cr);
      return;
    }
  if (series->low != NULL)
    {
      cairo_rectangle (cr, x, y - half, length, 2 * half);
      plot_set_color (cr, look.color, look.band_alpha);
      cairo_fill (cr);
    }
  if (!series->points)
    {
      plot_set_pen (self, &look, cr);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x + length, y);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
  if (radius > 0)
    plot_draw_mark (self, &look, radius, series->points, x + length / 2, y, cr);
}
