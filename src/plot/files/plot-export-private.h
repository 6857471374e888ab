#pragma once

#include "plot-export.h"
#include "plot-figure-private.h"

G_BEGIN_DECLS

/* What is to be exported. */
typedef struct
{
  const PlotFigure *figure;
  const PlotTheme *theme;
  const PlotLimits *view; /* never NULL */
  double width, height; /* CSS pixels */
  double dpi;
  const GArray *metadata; /* PlotEntry: those of the figure, and the scales that are not its own */
} PlotJob;

#define PLOT_MAX_PIXELS ((1u << 29) - 1) /* 2 GiB of them */

GBytes *plot_export_png (const PlotJob *job, GError **error);
GBytes *plot_export_svg (const PlotJob *job, GError **error);
GBytes *plot_export_pdf (const PlotJob *job, GError **error);
GBytes *plot_export_csv (const PlotJob *job, GError **error);

/* The value of a key, or NULL. "title" and "description" are those of the figure where no
 * metadata of this name was set. */
char *plot_read_png (const guint8 *data, gsize size, const char *key);
char *plot_read_svg (const guint8 *data, gsize size, const char *key);
char *plot_read_pdf (const guint8 *data, gsize size, const char *key);

/* A stream that appends to a GByteArray. */
cairo_status_t plot_append_bytes (void *array, const unsigned char *data, unsigned int length);

/* Draws the job on a surface that is then finished and destroyed; FALSE with an error if
 * anything failed. */
gboolean plot_draw_surface (const PlotJob *job, cairo_surface_t *surface, double scale,
                            GError **error);

gboolean plot_check_surface (cairo_status_t status, GError **error);

/* Free with g_array_unref(), before the figure. */
GArray *plot_collect_metadata (const PlotFigure *figure, const PlotLimits *view);

/* "key=value; key=value", with what would break it percent-encoded. */
char *plot_join_metadata (const PlotJob *job);
char *plot_find_joined (const char *joined, const char *key);

G_END_DECLS
