#pragma once

#include <math.h>

#include "plot-layout-private.h"

G_BEGIN_DECLS

void plot_set_color (cairo_t *cr, PlotColor color, double alpha);

/* The theme's look of a style, 0 <= fade < 1 of the way to the background, and that of a series, as
 * they are drawn in this view. */
PlotLook plot_style_look (const PlotScene *self, PlotStyle style, double fade);
PlotLook plot_series_look (const PlotScene *self, const PlotSeries *series);

/* Line widths and marks grow with the type. */
double plot_pen (const PlotScene *self);

/* Thin straight lines lie on whole pixels of the figure, whatever the surface. */
static inline double
plot_crisp (double pixel)
{
  return floor (pixel) + 0.5;
}

void plot_set_pen (const PlotScene *self, const PlotLook *look, cairo_t *cr);
/* Only what is near the frame is handed on: steep lines reach far outside. */
void plot_trace_line (const GArray *line, PlotRect clip, cairo_t *cr);

/* Closed, separated by NaN. */
void plot_trace_polygons (const GArray *polygons, cairo_t *cr);

void plot_draw_mark (const PlotScene *self, const PlotLook *look, double radius, gboolean filled,
                     double x, double y, cairo_t *cr);
void plot_draw_legend (const PlotScene *self, cairo_t *cr);

void plot_colorbar_draw (const PlotScene *self, cairo_t *cr);
void plot_draw_top_axis (const PlotScene *self, cairo_t *cr);

G_END_DECLS
