#pragma once

#include "plot-render.h"

G_BEGIN_DECLS

/* Gestures on a figure, as functions of what is seen. Pixels are those of a layout of the same
 * size; it may have been made for earlier limits, since only its frames are read. An axis stays
 * as it is where a range would become too narrow (PLOT_NARROWEST), wider than 1e300, or not
 * positive on a log axis. */

/* What is at (px, py) stays there while the ranges are multiplied: below 1 shows less of an axis,
 * at 1 it stays. Beside the frames it is the nearest that counts. */
void plot_limits_zoom (PlotLimits *self, const PlotFigure *figure, const PlotLayout *layout, double px,
                     double py, double factor_x, double factor_y);

/* What was at a pixel is now (dx, dy) away from it. */
void plot_limits_pan (PlotLimits *self, const PlotFigure *figure, const PlotLayout *layout, double dx,
                    double dy);

/* What is in a rectangle of pixels fills the frame of a panel. */
void plot_limits_box (PlotLimits *self, const PlotFigure *figure, const PlotLayout *layout, guint panel,
                    PlotRect box);

/* The axis in whose strip of tick labels and axis label a pixel is, or -1. */
int plot_layout_axis_hit (const PlotLayout *self, double px, double py);

/* Whether a scale has a place for all that a figure holds along an axis. A log axis takes positive
 * x alone; of y it takes zeros too, which are drawn at its floor, where anything is positive. The numbers of
 * an index are names, and have no logarithms. */
gboolean plot_figure_takes_scale (const PlotFigure *self, PlotAxis axis, const PlotScale *scale);

/* All of the figure, with an axis on another scale; FALSE, and nothing is changed, where it has no place on
 * it. An axis of an index or of degrees is linear already. */
gboolean plot_limits_set_scale (PlotLimits *self, const PlotFigure *figure, PlotAxis axis,
                                const PlotScale *scale);

G_END_DECLS
