#pragma once

#include <plot.h>

G_BEGIN_DECLS

/* What is drawn above a figure on screen. */
typedef struct
{
  const PlotFigure *figure;
  const PlotTheme *theme;
  const PlotLayout *layout;
} AppOverlay;

/* How near the pointer must be to a point, in pixels. */
#define APP_HOVER_RADIUS 24

/* Lines end at the legend, so that it stays readable. */
void app_overlay_clip (const AppOverlay *self, cairo_t *cr);

/* The cursor at data (x, y) with its read-out (markup, or NULL); where the axis does not reach
 * that far, at its end. */
void app_overlay_draw_cursor (const AppOverlay *self, double x, double y, const char *reading,
                              cairo_t *cr);

/* The point under the pointer. */
void app_overlay_draw_point (const AppOverlay *self, const PlotHit *hit, const char *axis_name,
                             cairo_t *cr);

/* What is said about one point of a series: its name, x, y, band and seeds, as Pango markup.
 * @axis_name (plain text) may be NULL. Free with g_free(). */
char *app_overlay_point_markup (const PlotSeries *series, guint point, const char *axis_name);

G_END_DECLS
