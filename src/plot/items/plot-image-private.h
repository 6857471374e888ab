#pragma once

#include "plot-colormap.h"
#include "plot-item-private.h"

G_BEGIN_DECLS

/* The data of an item that is an image: cells by their edges, and the middle of each on its axis. */
typedef struct
{
  PlotImage image; /* first: the public part, with edges */
  const double *mid_x, *mid_y;
  PlotBounds values; /* of the finite ones, and the range asked for */
} PlotImageData;

/* What colours mean, the same in all images of a figure. FALSE: there is none. */
typedef struct
{
  double lo, hi;
  PlotColormap map;
} PlotColorRange;

gboolean plot_figure_find_colors (const PlotFigure *self, PlotColorRange *range);

/* PLOT_N_SHADES, as they are drawn in this view. */
void plot_scene_get_shades (const PlotScene *self, PlotColormap map, PlotColor *shades);

/* The pixels of an edge, which may be beyond the frame. */
double plot_image_edge (const PlotScene *self, const PlotItem *item, PlotAxis axis, guint edge);
/* The cell that a pixel is in along an axis; FALSE: it is in none. */
gboolean plot_image_cell_at (const PlotScene *self, const PlotItem *item, PlotAxis axis, double pixel,
                             guint *cell);

/* --- plot-image-draw.c */
void plot_image_draw (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr);
/* The cell of each of n pixels along an axis, `step` wide, the first one's middle at `from`, or PLOT_NO_CELL; free
 * with g_free(). */
#define PLOT_NO_CELL G_MAXUINT
guint *plot_image_find_cells (const PlotScene *scene, const PlotItem *item, PlotAxis axis, double from, double step,
                              int n);
/* Takes a picture whose pixels are 1 / scale wide, the corner of the first at (left, top). */
void plot_image_paint (cairo_surface_t *picture, double left, double top, double scale_x, double scale_y, cairo_t *cr);

G_END_DECLS
