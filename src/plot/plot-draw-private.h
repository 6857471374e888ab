#pragma once

#include "plot-layout-private.h"

G_BEGIN_DECLS

PlotColor plot_color_mix (PlotColor a, PlotColor b, double share_of_b);
void plot_set_color (cairo_t *cr, PlotColor color, double alpha);

/* The theme's look of a series, as it is drawn in this view. */
PlotLook plot_series_look (const PlotScene *self, guint series);

/* Line widths and marks grow with the type. */
double plot_pen (const PlotScene *self);

void plot_draw_series (const PlotScene *self, cairo_t *cr);
void plot_draw_mark (const PlotScene *self, const PlotLook *look, double radius, gboolean filled,
                     double x, double y, cairo_t *cr);
void plot_draw_legend (const PlotScene *self, cairo_t *cr);

void plot_draw_top_axis (const PlotScene *self, cairo_t *cr);

G_END_DECLS
