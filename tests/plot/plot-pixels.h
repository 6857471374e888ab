#pragma once

#include "plot.h"

/* A figure as pixels, to look at what was drawn. */
cairo_surface_t *pixels_draw (const PlotFigure *figure, const char *theme, const PlotLimits *view,
                              int width, int height);

/* Another picture that is the same; cairo_surface_destroy(). */
cairo_surface_t *pixels_copy (cairo_surface_t *surface);
guint32 pixels_get (cairo_surface_t *surface, int x, int y);
guint32 pixels_rgb (PlotColor color);

/* Pixels of about this colour within a rectangle. */
guint pixels_count (cairo_surface_t *surface, PlotColor color, double left, double top,
                    double right, double bottom);

/* How many pixels of a rectangle differ, and in `box`, if not NULL, the rectangle around them. */
guint pixels_changed (cairo_surface_t *a, cairo_surface_t *b, PlotRect within, PlotRect *box);
