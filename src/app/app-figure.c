#include "app-figure.h"

G_DEFINE_BOXED_TYPE (PlotFigure, app_figure, plot_figure_ref, plot_figure_unref)

GdkTexture *
app_figure_render (const PlotFigure *figure, const PlotTheme *theme, const PlotView *view,
                   int width, int height, int scale)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  g_autoptr (GBytes) pixels = NULL;
  int stride;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  plot_render (figure, theme, view, cr, width, height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  /* The bytes keep the surface alive. */
  stride = cairo_image_surface_get_stride (surface);
  pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                       (gsize) stride * cairo_image_surface_get_height (surface),
                                       (GDestroyNotify) cairo_surface_destroy, surface);

  return gdk_memory_texture_new (width * scale, height * scale, GDK_MEMORY_DEFAULT, pixels, stride);
}
