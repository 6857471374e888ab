#include "plot-pixels.h"

#include <math.h>
#include <stdlib.h>

cairo_surface_t *
pixels_draw (const PlotFigure *figure, const char *theme, const PlotLimits *view, int width,
             int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (1, width),
                                                         MAX (1, height));
  cairo_t *cr = cairo_create (surface);

  plot_render (figure, plot_theme_find (theme), view, cr, width, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

cairo_surface_t *
pixels_copy (cairo_surface_t *surface)
{
  cairo_surface_t *copy = cairo_image_surface_create (CAIRO_FORMAT_RGB24, cairo_image_surface_get_width (surface),
                                                      cairo_image_surface_get_height (surface));
  cairo_t *cr = cairo_create (copy);

  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (copy);
  return copy;
}

static const guint32 *
pixels_row (cairo_surface_t *surface, int y)
{
  return (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (surface)
                                            + y * cairo_image_surface_get_stride (surface));
}

guint32
pixels_get (cairo_surface_t *surface, int x, int y)
{
  return pixels_row (surface, y)[x] & 0xffffff;
}

guint32
pixels_rgb (PlotColor color)
{
  return (guint32) round (color.r * 255) << 16 | (guint32) round (color.g * 255) << 8
         | (guint32) round (color.b * 255);
}

guint
pixels_count (cairo_surface_t *surface, PlotColor color, double left, double top, double right,
              double bottom)
{
  guint32 want = pixels_rgb (color);
  guint n = 0;

  for (int y = MAX (0, (int) top); y < MIN (bottom, cairo_image_surface_get_height (surface)); y++)
    for (int x = MAX (0, (int) left); x < MIN (right, cairo_image_surface_get_width (surface)); x++)
      {
        guint32 got = pixels_get (surface, x, y);
        int off = 0;

        for (int shift = 0; shift < 24 && off <= 6; shift += 8)
          off = MAX (off, abs ((int) (got >> shift & 255) - (int) (want >> shift & 255)));
        n += off <= 6 ? 1 : 0;
      }
  return n;
}

guint
pixels_changed (cairo_surface_t *a, cairo_surface_t *b, PlotRect within, PlotRect *box)
{
  PlotRect around = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  guint n = 0;

  for (int y = MAX (0, (int) within.top);
       y < MIN (within.bottom, cairo_image_surface_get_height (a)); y++)
    {
      const guint32 *p = pixels_row (a, y), *q = pixels_row (b, y);

      for (int x = MAX (0, (int) within.left);
           x < MIN (within.right, cairo_image_surface_get_width (a)); x++)
        {
          if (((p[x] ^ q[x]) & 0xffffff) == 0)
            continue;
          n++;
          around = (PlotRect){ MIN (around.left, x), MIN (around.top, y), MAX (around.right, x + 1),
                               MAX (around.bottom, y + 1) };
        }
    }
  if (box != NULL)
    *box = around;
  return n;
}
