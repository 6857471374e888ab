#pragma once

#include "plot-draw-private.h"

G_BEGIN_DECLS

/* In pixels; of a hidden series there is none. Of an area: its upper edge, and all of it. */
typedef struct
{
  GArray *line, *band; /* PlotPoint */
} PlotSeriesTrace;

/* --- plot-series-draw.c: for each layer, and for the legend --- */

/* Whether it is an area as the axes are now. */
gboolean plot_series_is_area_in (const PlotScene *self, const PlotItem *item);
void plot_series_draw_ground (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr);
void plot_series_draw_band (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr);
void plot_series_draw_pin (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr);
void plot_series_draw_other (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr);
void plot_series_draw_sample (const PlotScene *self, const PlotItem *item, guint part, double x, double y,
                              cairo_t *cr);

G_END_DECLS
