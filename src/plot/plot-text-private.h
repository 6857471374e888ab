#pragma once

#include <pango/pangocairo.h>

#include "plot-theme.h"

G_BEGIN_DECLS

/* Text is laid out the same at every scale: no hinted metrics, no rounded glyph positions. */
PangoContext *plot_text_context (void);

/* Markup that does not parse is shown as it stands. */
PangoLayout *plot_text_new (PangoContext *context, const PlotTheme *theme, const char *markup,
                            double pixels, PangoWeight weight);

/* At most `lines` lines, ellipsized after that. */
void plot_text_wrap (PangoLayout *text, double width, int lines);

/* Between lines. */
void plot_text_set_spacing (PangoLayout *text, double pixels);

double plot_text_width (PangoLayout *text);
double plot_text_height (PangoLayout *text);

/* Without markup, for metadata. */
char *plot_text_plain (const char *markup);

/* At the top left corner (x, y) of an image; texts of the same key look the same. */
void plot_text_draw_mask (cairo_t *cr, PangoLayout *text, const char *key, double x, double y);

/* From now on, *missing is the first character drawn on cr for which there is no font, 0 as long as there
 * is none. */
void plot_text_watch (cairo_t *cr, gunichar *missing);

/* With the first baseline, or the top left corner, at (x, y). */
void plot_text_draw_baseline (cairo_t *cr, PangoLayout *text, double x, double y);
void plot_text_draw (cairo_t *cr, PangoLayout *text, double x, double y);

G_END_DECLS
