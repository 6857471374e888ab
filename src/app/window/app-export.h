#pragma once

#include <gio/gio.h>
#include <plot.h>

G_BEGIN_DECLS

/* How a figure goes into a file. Lengths in CSS pixels, 1/96 inch. */
typedef struct
{
  const PlotFormat *format;
  const PlotTheme *theme;
  guint width, height;
  guint dpi;     /* raster formats */
  PlotLimits view; /* what is seen of it; all zero: the whole */
} AppExportOptions;

/* Draws and writes off the main thread. The file is written whole or not at all; an existing one
 * only if @replace. */
void app_export_async (PlotFigure *figure, const AppExportOptions *options, const char *path,
                       gboolean replace, GAsyncReadyCallback callback, gpointer data);
gboolean app_export_finish (GAsyncResult *result, GError **error);

/* @name with the extension of @format, unless it has one that is known; free with g_free(). */
char *app_export_complete_name (const char *name, const PlotFormat *format);

G_END_DECLS
