#pragma once

#include <gio/gio.h>

#include "plot-render.h"

G_BEGIN_DECLS

#define PLOT_ERROR (plot_error_quark ())

/**
 * PlotError:
 * @PLOT_ERROR_FORMAT: unknown format, or a file without the asked-for metadata
 * @PLOT_ERROR_SIZE: no surface of this size can be made; the message names the largest
 * @PLOT_ERROR_MEMORY: there is none for the picture
 * @PLOT_ERROR_WRITE: a surface failed while it was drawn
 * @PLOT_ERROR_FONT: no installed font has a character of the figure
 */
typedef enum
{
  PLOT_ERROR_FORMAT,
  PLOT_ERROR_SIZE,
  PLOT_ERROR_MEMORY,
  PLOT_ERROR_WRITE,
  PLOT_ERROR_FONT,
} PlotError;

GQuark plot_error_quark (void);

/* A row of the table of formats: png, svg, pdf, csv. */
typedef struct
{
  const char *name;      /* also the file's extension */
  const char *label;     /* "Portable Network Graphics"; the caller translates it */
  gboolean raster;       /* the resolution matters */
  gboolean picture;      /* not a table */
} PlotFormat;

const PlotFormat *plot_formats (guint *n_formats);
const PlotFormat *plot_format_find (const char *name); /* NULL if unknown */
/* From a file name's extension, whatever its case; NULL if unknown. */
const PlotFormat *plot_format_for_path (const char *path);

#define PLOT_MAX_SIDE 32767 /* pixels: what a Cairo image surface can be */

/* The figure in memory. width, height: in CSS pixels (1/96 inch); a PNG has
 * width * dpi / 96 by height * dpi / 96 pixels and says its resolution; SVG and PDF have this
 * size whatever dpi. csv: what is drawn, "series,x,y,low,high,count", before it the panel
 * where there are several, metadata as # lines.
 * PNG, SVG and PDF carry title, description and metadata. Same arguments, same bytes. */
GBytes *plot_export (const PlotFigure *figure, const PlotTheme *theme, const PlotLimits *view,
                     const PlotFormat *format, double width, double height, double dpi,
                     GError **error);

/* The value of a metadata key in a PNG, SVG or PDF made by plot_export(); "title" and "description"
 * are the figure's own where no metadata has that key. */
char *plot_read_metadata (GBytes *file, const char *key, GError **error);

/* Metadata of a file whose axes are not on the scales of the figure itself. */
#define PLOT_X_SCALE_KEY "x-scale"
#define PLOT_Y_SCALE_KEY "y-scale"

/* The scales that a PNG, SVG or PDF names so: PLOT_N_AXES of them, NULL for the figure's own and for names
 * that are no scale's. */
void plot_read_scales (GBytes *file, const PlotScale **scales);

/* Once, early, in a program that writes files: a signal that ends it takes unfinished files away, and a
 * file beyond the limit on sizes is an error. Programs started from this one inherit none of it. */
void plot_init (void);

/* All of it to an open descriptor, however often it has to wait. 0 or an errno. */
int plot_write_all (int fd, gconstpointer data, gsize size);

/* Writes the content of a file to a descriptor. 0 or an errno. */
typedef int (*PlotFill) (int fd, gpointer data);

/* Writes a file whole or not at all; an existing file is kept unless `replace`, with G_IO_ERROR_EXISTS.
 * Messages are one line and name the file.
 *
 * The content goes to a file without a name (or, where there is no such thing, under a temporary one) in
 * the same folder, to the disk, and then to their place. What a killed program has left behind in the
 * folder is removed. A new file has the mode that the umask and the folder give it. One that is
 * replaced keeps its mode, its access list, and owner and group where the system allows it; where it
 * does not, whoever they allowed something is allowed it no longer. Other names of the same file (hard
 * links) keep what it was before, and extended attributes are lost. Links are followed, but in a folder
 * for everybody only one's own and its owner's. Pipes, devices and open descriptors are written to as
 * they are. */
gboolean plot_fill_file (const char *path, PlotFill fill, gpointer data, gboolean replace,
                         GError **error);
/* The same with content that is in memory. */
gboolean plot_write_file (const char *path, GBytes *bytes, gboolean replace, GError **error);
/* The same refusals, without writing. */
gboolean plot_check_file (const char *path, gboolean replace, GError **error);
/* Whether two paths lead to one place for a file, through links of any kind, be there one yet or not. */
gboolean plot_same_file (const char *one, const char *other);

G_END_DECLS
