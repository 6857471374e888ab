#include "app-figure.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (PlotFigure, app_figure, plot_figure_ref, plot_figure_unref)

cairo_surface_t *
app_figure_draw (const PlotLayout *layout, double scale)
{
  cairo_surface_t *surface;
  cairo_t *cr;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (layout->width * scale),
                                        (int) ceil (layout->height * scale));
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  plot_layout_render (layout, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

GdkTexture *
app_figure_texture (cairo_surface_t *picture)
{
  int width = cairo_image_surface_get_width (picture);
  int height = cairo_image_surface_get_height (picture);
  int stride = cairo_image_surface_get_stride (picture);
  g_autoptr (GBytes) pixels = NULL;

  /* The bytes keep the surface alive. */
  pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (picture), (gsize) stride * height,
                                       (GDestroyNotify) cairo_surface_destroy, picture);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, pixels, stride);
}

static gboolean
is_pin (const PlotSeries *series)
{
  return series->style >= PLOT_STYLE_PIN_1 && series->style <= PLOT_STYLE_PIN_20;
}

static double
next_of_kind (const PlotFigure *figure, double x, int direction, gboolean simulated)
{
  double next = NAN;

  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    {
      const PlotSeries *series = plot_figure_get_series (figure, i);

      if ((series->count != NULL) != simulated || is_pin (series))
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
