#include "plot-export-private.h"
#include "plot-text-private.h"

#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>

G_DEFINE_QUARK (plot-error-quark, plot_error)

static const PlotFormat formats[] = {
  { "png", N_("Portable Network Graphics"), TRUE, TRUE },
  { "svg", N_("Scalable Vector Graphics"), FALSE, TRUE },
  { "pdf", N_("Portable Document Format"), FALSE, TRUE },
  { "csv", N_("Table of the values drawn"), FALSE, FALSE },
};

/* Same order as formats. */
static GBytes *(*const exporters[]) (const PlotJob *job,
                                     GError **error) = { plot_export_png, plot_export_svg,
                                                         plot_export_pdf, plot_export_csv };

const PlotFormat *
plot_formats (guint *n_formats)
{
  if (n_formats != NULL)
    *n_formats = G_N_ELEMENTS (formats);
  return formats;
}

const PlotFormat *
plot_format_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i].name, name) == 0)
      return &formats[i];
  return NULL;
}

const PlotFormat *
plot_format_for_path (const char *path)
{
  g_autofree char *base = path != NULL ? g_path_get_basename (path) : NULL;
  const char *dot = base != NULL ? strrchr (base, '.') : NULL;
  g_autofree char *extension = dot != NULL ? g_ascii_strdown (dot + 1, -1) : NULL;

  return plot_format_find (extension);
}

cairo_status_t
plot_append_bytes (void *array, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (array, data, length);
  return CAIRO_STATUS_SUCCESS;
}

gboolean
plot_check_surface (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, PLOT_ERROR, PLOT_ERROR_WRITE, _("Could not draw the figure: %s"),
               cairo_status_to_string (status));
  return FALSE;
}

/* Boxes in place of letters are no figure. */
static gboolean
check_fonts (gunichar missing, GError **error)
{
  char letter[7] = "";

  if (missing == 0)
    return TRUE;
  g_unichar_to_utf8 (missing, letter);
  g_set_error (error, PLOT_ERROR, PLOT_ERROR_FONT,
               _("Could not draw the figure: no font has “%s”; install one that does, such as "
                 "DejaVu Sans (package fonts-dejavu-core or dejavu-sans-fonts)"),
               letter);
  return FALSE;
}

/* Pango finds fonts in threads of its own, and ends the program where one cannot start. The room that they take
 * is asked for and not touched, whatever the allocator does to what it gives out. */
#define FONT_THREADS 3
#define FONT_BYTES (128 << 20)

static gpointer
wait_for (gpointer mutex)
{
  g_mutex_lock (mutex);
  g_mutex_unlock (mutex);
  return NULL;
}

static gboolean
can_look_for_fonts (void)
{
  void *room = mmap (NULL, FONT_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  GThread *threads[FONT_THREADS] = { NULL };
  gboolean can = room != MAP_FAILED;
  GMutex mutex;

  g_mutex_init (&mutex);
  g_mutex_lock (&mutex);
  for (int i = 0; i < FONT_THREADS; i++)
    {
      threads[i] = g_thread_try_new ("fonts", wait_for, &mutex, NULL);
      can = can && threads[i] != NULL;
    }
  g_mutex_unlock (&mutex);
  for (int i = 0; i < FONT_THREADS; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
  g_mutex_clear (&mutex);
  if (room != MAP_FAILED)
    munmap (room, FONT_BYTES);
  return can;
}

static gboolean
check_threads (GError **error)
{
  static gint checked = FALSE;

  if (g_atomic_int_get (&checked) || can_look_for_fonts ())
    {
      g_atomic_int_set (&checked, TRUE);
      return TRUE;
    }
  g_set_error_literal (error, PLOT_ERROR, PLOT_ERROR_WRITE,
                       _("Could not draw the figure: the limits of processes (ulimit -u) or of memory "
                         "(ulimit -v) leave no room to look for fonts: raise them"));
  return FALSE;
}

gboolean
plot_draw_surface (const PlotJob *job, cairo_surface_t *surface, double scale, GError **error)
{
  cairo_t *cr;
  cairo_status_t status = cairo_surface_status (surface);
  gunichar missing;

  if (!check_threads (error) || !plot_check_surface (status, error))
    return FALSE;
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  plot_text_watch (cr, &missing);
  plot_render (job->figure, job->theme, job->view, cr, job->width, job->height);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return plot_check_surface (status, error) && check_fonts (missing, error);
}

/* The sizes are checked before any memory is asked for. */
static gboolean
check_size (const PlotJob *job, const PlotFormat *format, GError **error)
{
  double scale = format->raster ? job->dpi / 96 : 1;
  double width = round (job->width * scale), height = round (job->height * scale);

  if (!isfinite (width) || !isfinite (height) || !(job->width > 0) || !(job->height > 0)
      || !(width >= 1) || !(height >= 1) || (format->raster && !(job->dpi > 0)))
    g_set_error (error, PLOT_ERROR, PLOT_ERROR_SIZE,
                 _("A picture of %g × %g pixels at %g dpi cannot be made: it must be at least "
                    "1 × 1 and at most %d × %d pixels"),
                 job->width, job->height, job->dpi, PLOT_MAX_SIDE, PLOT_MAX_SIDE);
  else if (width > PLOT_MAX_SIDE || height > PLOT_MAX_SIDE)
    g_set_error (error, PLOT_ERROR, PLOT_ERROR_SIZE,
                 _("A picture of %.0f × %.0f pixels is too large: the largest possible is "
                    "%d × %d pixels"),
                 width, height, PLOT_MAX_SIDE, PLOT_MAX_SIDE);
  else if (format->raster && width * height > PLOT_MAX_PIXELS)
    g_set_error (error, PLOT_ERROR, PLOT_ERROR_SIZE,
                 _("A picture of %.0f × %.0f pixels is too large: the largest possible is "
                    "%d pixels on a side and %u million pixels in all"),
                 width, height, PLOT_MAX_SIDE, PLOT_MAX_PIXELS / 1000000);
  else
    return TRUE;
  return FALSE;
}

GBytes *
plot_export (const PlotFigure *figure, const PlotTheme *theme, const PlotLimits *view,
             const PlotFormat *format, double width, double height, double dpi, GError **error)
{
  PlotLimits framed;
  g_autoptr (GArray) metadata = NULL;
  PlotJob job = { figure, theme, view, width, height, dpi, NULL };

  g_return_val_if_fail (figure != NULL && format != NULL, NULL);
  g_return_val_if_fail (theme != NULL || !format->picture, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (view == NULL)
    {
      plot_limits_init (&framed, figure);
      job.view = &framed;
    }
  job.metadata = metadata = plot_collect_metadata (figure, job.view);
  if (format->picture && !check_size (&job, format, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (format->name, formats[i].name))
      return exporters[i](&job, error);
  g_set_error (error, PLOT_ERROR, PLOT_ERROR_FORMAT, _("Unknown format “%s”"), format->name);
  return NULL;
}
