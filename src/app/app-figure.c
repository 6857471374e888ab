#include "app-figure.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (PlotFigure, app_figure, plot_figure_ref, plot_figure_unref)

GdkTexture *
app_figure_render (const PlotLayout *layout, int scale)
{
  int width = (int) layout->width * scale, height = (int) layout->height * scale;
  cairo_surface_t *surface;
  cairo_t *cr;
  g_autoptr (GBytes) pixels = NULL;
  int stride;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  plot_layout_render (layout, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  /* The bytes keep the surface alive. */
  stride = cairo_image_surface_get_stride (surface);
  pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                       (gsize) stride * cairo_image_surface_get_height (surface),
                                       (GDestroyNotify) cairo_surface_destroy, surface);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, pixels, stride);
}

static double
next_of_kind (const PlotFigure *figure, double x, int direction, gboolean simulated)
{
  double next = NAN;

  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    {
      const PlotSeries *series = plot_figure_get_series (figure, i);

      if ((series->count != NULL) != simulated)
        continue;
      for (guint j = 0; j < series->n; j++)
        if ((series->x[j] - x) * direction > 0
            && (isnan (next) || (next - series->x[j]) * direction > 0))
          next = series->x[j];
    }

  return next;
}

double
app_figure_next_x (const PlotFigure *figure, double x, int direction, gboolean simulated)
{
  double next = next_of_kind (figure, x, direction, TRUE);

  return !isnan (next) || simulated ? next : next_of_kind (figure, x, direction, FALSE);
}

gboolean
app_figure_same_axes (const PlotFigure *a, const PlotFigure *b)
{
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    if (plot_figure_get_scale (a, axis) != plot_figure_get_scale (b, axis)
        || g_strcmp0 (plot_figure_get_label (a, axis), plot_figure_get_label (b, axis)) != 0)
      return FALSE;

  return TRUE;
}
