#pragma once

#include <gdk/gdk.h>
#include <plot.h>

G_BEGIN_DECLS

/* A PlotFigure as the value of a property. */
#define APP_TYPE_FIGURE (app_figure_get_type ())
GType app_figure_get_type (void);

/* A figure that is laid out, as pixels at a device scale. */
cairo_surface_t *app_figure_draw (const PlotLayout *layout, double scale);
GdkTexture *app_figure_texture (cairo_surface_t *picture); /* takes the picture */

/* The nearest x beyond @x (direction 1) or before it (-1) at which a series that is no pin has a
 * point; one of the simulated ones, which know their seeds, where there is any. With @simulated of
 * these alone. NaN if there is none. */
double app_figure_next_x (const PlotFigure *figure, double x, int direction, gboolean simulated);

/* Whether the same axes serve both. */
gboolean app_figure_same_axes (const PlotFigure *a, const PlotFigure *b);

G_END_DECLS
