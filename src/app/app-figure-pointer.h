#pragma once

#include <plot.h>

G_BEGIN_DECLS

/* How near the pointer must be to a point, in pixels. */
#define APP_HOVER_RADIUS 24

/* What is said about one point of a series: its name, x, y, band and seeds, as Pango markup.
 * @axis_name (plain text) may be NULL. Free with g_free(). */
char *app_figure_point_markup (const PlotSeries *series, guint point, const char *axis_name);

G_END_DECLS
