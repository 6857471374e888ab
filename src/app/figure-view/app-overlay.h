#pragma once

#include "app-readout.h"

G_BEGIN_DECLS

/* What is drawn above a figure on screen, onto a recording: without any clip. */
typedef struct
{
  const PlotFigure *figure;
  const PlotTheme *theme;
  const PlotLayout *layout;
} AppOverlay;

/* How near the pointer must be to a point, in pixels. */
#define APP_HOVER_RADIUS 24

/* The cursor at x in every panel, with what is read there (or NULL), in words too where there is
 * room; where the axis does not reach that far, at its end. */
void app_overlay_draw_cursor (const AppOverlay *self, double x, const AppReadout *readout,
                              gboolean words, cairo_t *cr);

/* A line at the place that is pointed at in another figure. */
void app_overlay_draw_linked (const AppOverlay *self, double x, cairo_t *cr);

/* The part that a box zoom will show. */
void app_overlay_draw_box (const AppOverlay *self, PlotRect box, cairo_t *cr);

/* The point under the pointer; what is said of it keeps off the cursor (NaN: none). */
void app_overlay_draw_point (const AppOverlay *self, const PlotHit *hit, const char *axis_name,
                             double cursor, cairo_t *cr);

/* What is said about one point of a series: its name, x with its @unit, y, band, seeds and, unless NaN,
 * the slope of the line there, as Pango markup. @axis_name (Pango markup) stands before x, and may be NULL.
 * Free with g_free(). */
char *app_overlay_point_markup (const PlotSeries *series, guint point, const char *axis_name,
                                const char *unit, double slope);

/* d log y/d log x around a point, from its neighbours; NaN where there is no line on log-log
 * paper, or one of fewer than three points. */
double app_overlay_local_slope (const PlotFigure *figure, const PlotSeries *series, guint point);

/* The cell under the pointer: it is framed, and its place and value are read out, followed by @words (Pango markup,
 * or NULL). */
void app_overlay_draw_cell (const AppOverlay *self, const PlotHit *hit, const char *words, cairo_t *cr);
char *app_overlay_cell_markup (const PlotFigure *figure, const PlotImage *image, guint cell);

G_END_DECLS
