#pragma once

#include "plot-draw-private.h"

G_BEGIN_DECLS

/* In units of the type size: from a guide to its label, from a label to the frame. */
#define PLOT_GUIDE_NEAR 0.4
#define PLOT_GUIDE_MARGIN 0.3

gboolean plot_on_log_paper (const PlotScene *self);

/* Deeper than its curve, so that a guide is seen on it and its label can be read. */
PlotColor plot_guide_color (const PlotScene *self, PlotStyle style);

PangoLayout *plot_guide_text (const PlotScene *self, const char *markup);

/* Keeps a label in the rectangle, if that is inside of the frame; takes its text. */
void plot_guide_take_label (PlotScene *self, const PlotGuideText *label, PlotRect rect);

/* Fitted lines: their paths first, that all labels keep off them. */
void plot_fit_lines_trace (PlotScene *self);
void plot_fit_lines_label (PlotScene *self);

void plot_triangles_place (PlotScene *self);

/* What is drawn in one panel; of the lines those that belong to none of its series. */
void plot_draw_other_fit_lines (const PlotScene *self, guint panel, cairo_t *cr);
void plot_draw_triangles (const PlotScene *self, guint panel, cairo_t *cr);

static inline PlotRect
plot_guide_rect (double x, double y, double width, double height)
{
  return (PlotRect){ x, y, x + width, y + height };
}

G_END_DECLS
