#pragma once

#include "plot-path-private.h"

G_BEGIN_DECLS

/* Where the frame is taken by data: a grid of cells with weights, summed so that the weight
 * under any rectangle is four look-ups. */
typedef struct
{
  PlotRect frame;
  int columns, rows;
  float *weight; /* columns x rows */
  double *sum;   /* (columns + 1) x (rows + 1), of all weights above and to the left */
  double *lines; /* likewise, the number of cells that a line, a label or the legend is in */
} PlotOccupancy;

void plot_occupancy_init (PlotOccupancy *self, PlotRect frame);
void plot_occupancy_clear (PlotOccupancy *self);

void plot_occupancy_add_line (PlotOccupancy *self, const GArray *path, float weight);
void plot_occupancy_add_band (PlotOccupancy *self, const GArray *band, float weight);
void plot_occupancy_add_rect (PlotOccupancy *self, PlotRect rect, float weight);

/* Mean weight of the cells under a rectangle, as they were at the last _sum. */
void plot_occupancy_sum (PlotOccupancy *self);
double plot_occupancy_under (const PlotOccupancy *self, PlotRect rect);
/* How many cells of lines, labels and legend are under it, for what must hide none of them. */
double plot_occupancy_lines_under (const PlotOccupancy *self, PlotRect rect);

G_END_DECLS
