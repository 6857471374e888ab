/* Cells of an image that belong together, as they stand out above it. All others lie under a veil of the
 * background, and an edge of the foreground runs around those that belong: that is seen whatever the colours
 * are. Cells too small for an edge are filled with it. */

#include "plot-draw-private.h"
#include "plot-image-private.h"

#define VEIL 0.7
#define LEAST_CELL 5.0 /* pixels of the figure: room for an edge and for the colour within */

typedef struct
{
  const PlotImage *image;
  const guint8 *marked;
  guint *columns, *rows; /* the cell of each pixel */
  int width, height;
  int edge; /* pixels wide */
  gboolean filled;
} Mask;

static gboolean
is_marked (const Mask *self, int x, int y)
{
  if (x < 0 || y < 0 || x >= self->width || y >= self->height)
    return FALSE;
  return self->columns[x] != PLOT_NO_CELL && self->rows[y] != PLOT_NO_CELL
         && self->marked[(gsize) self->rows[y] * self->image->nx + self->columns[x]] != 0;
}

/* Whether a pixel of a marked cell is at the edge towards one that is not. */
static gboolean
is_edge (const Mask *self, int x, int y)
{
  return self->filled || !is_marked (self, x - self->edge, y) || !is_marked (self, x + self->edge, y)
         || !is_marked (self, x, y - self->edge) || !is_marked (self, x, y + self->edge);
}

static guint32
pixel_of (const PlotColor *color, double alpha)
{
  return (guint32) lround (alpha * 255) << 24 | (guint32) lround (alpha * color->r * 255) << 16
         | (guint32) lround (alpha * color->g * 255) << 8 | (guint32) lround (alpha * color->b * 255);
}

static cairo_surface_t *
make_picture (const Mask *self, const PlotTheme *theme)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, self->width, self->height);
  guint32 veil = pixel_of (&theme->background, VEIL), edge = pixel_of (&theme->foreground, 1);
  guchar *data = cairo_image_surface_get_data (surface);

  for (int y = 0; data != NULL && y < self->height; y++)
    {
      guint32 *line = (guint32 *) (gpointer) (data + (gsize) y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < self->width; x++)
        if (!is_marked (self, x, y))
          line[x] = self->columns[x] != PLOT_NO_CELL && self->rows[y] != PLOT_NO_CELL ? veil : 0;
        else if (is_edge (self, x, y))
          line[x] = edge;
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* Pixels along an axis that hold the middles of cells. */
static int *
find_middles (const PlotScene *scene, const PlotItem *item, PlotAxis axis, guint n, double from, int scale)
{
  int *pixels = g_new (int, n);

  for (guint i = 0; i < n; i++)
    {
      double middle = (plot_image_edge (scene, item, axis, i) + plot_image_edge (scene, item, axis, i + 1)) / 2;

      pixels[i] = isfinite (middle) ? (int) floor ((middle - from) * scale) : -1;
    }
  return pixels;
}

/* Cells smaller than a pixel, of which some have no pixel's middle: no marked one gets lost. */
static void
add_small (const Mask *self, const int *columns, const int *rows, const PlotColor *color, cairo_surface_t *surface)
{
  guchar *data = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  for (guint j = 0; data != NULL && j < self->image->ny; j++)
    for (guint i = 0; i < self->image->nx; i++)
      if (self->marked[(gsize) j * self->image->nx + i] != 0 && columns[i] >= 0 && columns[i] < self->width
          && rows[j] >= 0 && rows[j] < self->height)
        ((guint32 *) (gpointer) (data + (gsize) rows[j] * stride))[columns[i]] = pixel_of (color, 1);
  cairo_surface_mark_dirty (surface);
}

static const PlotItem *
find_image (const PlotFigure *figure, const char *id)
{
  for (guint i = 0; i < figure->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (figure->items, i);

      if (item->type == &plot_image_type && g_str_equal (((const PlotImage *) item->data)->id, id))
        return item;
    }
  return NULL;
}

/* Pixels along a cell, on average. */
static double
cell_size (const PlotScene *scene, const PlotItem *item, PlotAxis axis, guint n)
{
  return fabs (plot_image_edge (scene, item, axis, n) - plot_image_edge (scene, item, axis, 0)) / n;
}

void
plot_render_cells (const PlotLayout *layout, const PlotTheme *theme, const char *id, const guint8 *marked,
                   int scale, cairo_t *cr)
{
  const PlotScene *scene = (const PlotScene *) layout;
  const PlotItem *item;
  const PlotImage *image;
  cairo_surface_t *picture;
  PlotRect frame;
  double left, top;
  Mask mask;

  g_return_if_fail (layout != NULL && theme != NULL && id != NULL && marked != NULL && scale > 0 && cr != NULL);
  item = find_image (scene->figure, id);
  g_return_if_fail (item != NULL);

  image = item->data;
  frame = layout->frames[item->panel];
  left = floor (frame.left * scale) / scale;
  top = floor (frame.top * scale) / scale;
  mask = (Mask) { .image = image, .marked = marked, .edge = scale };
  mask.width = (int) ceil ((frame.right - left) * scale);
  mask.height = (int) ceil ((frame.bottom - top) * scale);
  mask.columns = plot_image_find_cells (scene, item, PLOT_X, left + 0.5 / scale, 1.0 / scale, mask.width);
  mask.rows = plot_image_find_cells (scene, item, PLOT_Y, top + 0.5 / scale, 1.0 / scale, mask.height);
  mask.filled = MIN (cell_size (scene, item, PLOT_X, image->nx), cell_size (scene, item, PLOT_Y, image->ny))
                < LEAST_CELL;
  picture = make_picture (&mask, theme);
  if (mask.filled)
    {
      g_autofree int *columns = find_middles (scene, item, PLOT_X, image->nx, left, scale);
      g_autofree int *rows = find_middles (scene, item, PLOT_Y, image->ny, top, scale);

      add_small (&mask, columns, rows, &theme->foreground, picture);
    }
  plot_image_paint (picture, left, top, scale, scale, cr);
  g_free (mask.columns);
  g_free (mask.rows);
}
