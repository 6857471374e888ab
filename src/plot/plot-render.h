#pragma once

#include <cairo.h>

#include "plot-theme.h"

G_BEGIN_DECLS

/* Which part of the figure is looked at, at which scale of type. */
typedef struct
{
  double lo[PLOT_N_AXES], hi[PLOT_N_AXES];
  const PlotScale *scale[PLOT_N_AXES]; /* NULL: the figure's own */
  double type_scale;                   /* 1; larger for a lecture hall */
  gboolean dimmed;                     /* the curve of older parameters, while new ones are computed */
  guint64 hidden;                      /* bit i: series i is not drawn, its legend entry struck */
} PlotView;

/* The view that fits the figure. */
void plot_view_init (PlotView *self, const PlotFigure *figure);
/* Sets the ranges anew, on the view's own scales and for the series it does not hide. */
void plot_view_fit (PlotView *self, const PlotFigure *figure);

/* Where things are: pure function of the arguments; serves drawing, hit testing and read-outs. */
typedef struct
{
  double width, height;
  double left, top, right, bottom;                  /* frame, pixels */
  double legend_x, legend_y, legend_width, legend_height; /* width 0: no legend */
  GArray *ticks[PLOT_N_AXES];                       /* PlotTick, ascending */
  PlotView view;
} PlotLayout;

PlotLayout *plot_layout_new (const PlotFigure *figure, const PlotTheme *theme, const PlotView *view,
                             double width, double height);
void plot_layout_free (PlotLayout *self);

/* Data to pixels and back along one axis. */
double plot_layout_to_pixel (const PlotLayout *self, PlotAxis axis, double value);
double plot_layout_to_data (const PlotLayout *self, PlotAxis axis, double pixel);

typedef struct
{
  int series;   /* -1: nothing near */
  guint point;
  double x, y;  /* pixels */
} PlotHit;

/* The drawn point nearest to a pixel, at most `radius` away. */
PlotHit plot_layout_hit (const PlotLayout *self, const PlotFigure *figure, double px, double py,
                         double radius);

/* The series whose legend entry is at a pixel, or -1. */
int plot_layout_legend_hit (const PlotLayout *self, double px, double py);

/* Draws the whole figure, background included. Reads nothing but its arguments. `view` NULL: the
 * one that fits. */
void plot_render (const PlotFigure *figure, const PlotTheme *theme, const PlotView *view,
                  cairo_t *cr, double width, double height);

/* Draws above a rendered figure, apart from it so that the figure can be cached: a vertical
 * line at data value x with a dot at (x, y) (y NaN: no dot) and a read-out box of markup lines
 * (NULL: none) that stays inside the frame and off the line. */
typedef struct
{
  double x, y;
  const char *markup;
  PlotStyle style;
  gboolean dashed;
} PlotCrosshair;

void plot_render_crosshair (const PlotFigure *figure, const PlotTheme *theme, const PlotLayout *layout,
                            const PlotCrosshair *crosshair, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotLayout, plot_layout_free)

G_END_DECLS
