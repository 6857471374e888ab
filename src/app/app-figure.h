#pragma once

#include <gdk/gdk.h>
#include <plot.h>

G_BEGIN_DECLS

/* A PlotFigure as the value of a property. */
#define APP_TYPE_FIGURE (app_figure_get_type ())
GType app_figure_get_type (void);

/* The figure as a picture of width x height pixels at a device scale. */
GdkTexture *app_figure_render (const PlotFigure *figure, const PlotTheme *theme,
                               const PlotView *view, int width, int height, int scale);

G_END_DECLS
