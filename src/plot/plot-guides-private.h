#pragma once

#include "plot-draw-private.h"
#include "plot-item-private.h"

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

/* Those of one item. */
void plot_guide_draw_labels (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr);

static inline PlotRect
plot_guide_rect (double x, double y, double width, double height)
{
  return (PlotRect){ x, y, x + width, y + height };
}

G_END_DECLS
