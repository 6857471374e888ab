#pragma once

#include "plot-item-private.h"

G_BEGIN_DECLS

/* Whether a series is an area on this scale of y. */
gboolean plot_series_is_area (const PlotSeries *self, const PlotScale *scale);

/* Of a series in a picture: the edges of its band (NULL: it has none) and the height of its line. Of an area
 * all of it and its upper edge, which are in *made; to be freed with g_free(). */
typedef struct
{
  const double *low, *high, *y;
} PlotEdges;

PlotEdges plot_series_edges (const PlotScene *self, const PlotItem *item, double **made);

/* Whether a panel of a picture has areas that are seen. */
gboolean plot_area_is_in (const PlotScene *self, int panel);

/* What an area says of the range in y. */
void plot_area_measure (const PlotItem *item, const PlotQuestion *question, PlotExtent *extent);

/* band: closed polygons; top: their upper edge. */
void plot_area_draw (const PlotScene *self, const PlotItem *item, const GArray *band, const GArray *top,
                     cairo_t *cr);
void plot_area_draw_sample (const PlotScene *self, const PlotItem *item, double x, double y, cairo_t *cr);

G_END_DECLS
