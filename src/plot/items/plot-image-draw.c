/* An image as it is drawn: without interpolation and without seams. On pixels, each has the colour of the
 * cell that its middle is in; in files of lines, few cells are rectangles, each reaching under the next,
 * and many are a picture. */

#include "plot-draw-private.h"
#include "plot-image-private.h"

#define MOST_RECTANGLES 4096
#define MOST_PARTS 8    /* pixels of an embedded picture along a cell, where all cells are alike */
#define MOST_PIXELS 2048 /* and in all along a side, as far as each has one */
#define FINE 4.0         /* pixels along one of the figure, where cells differ */
#define UNDER 0.6      /* pixels that a rectangle reaches under the next */
#define HATCH 0.55     /* between lines, in units of the type size */
#define LARGEST 16384  /* pixels along a side of an embedded picture */

typedef struct
{
  const PlotScene *scene;
  const PlotItem *item;
  const PlotImage *image;
  PlotRect clip; /* of the frame, what the image takes */
  PlotColorRange range;
  PlotColor shades[PLOT_N_SHADES];
} Painter;

static gboolean
painter_init (Painter *self, const PlotScene *scene, const PlotItem *item, guint panel)
{
  const PlotImage *image = item->data;
  PlotRect frame = scene->layout.frames[panel];
  double left = plot_image_edge (scene, item, PLOT_X, 0);
  double right = plot_image_edge (scene, item, PLOT_X, image->nx);
  double one = plot_image_edge (scene, item, PLOT_Y, 0);
  double other = plot_image_edge (scene, item, PLOT_Y, image->ny);

  *self = (Painter){ .scene = scene, .item = item, .image = image };
  /* an edge at zero on a log axis is beyond the frame */
  self->clip.left = isnan (left) ? frame.left : MAX (left, frame.left);
  self->clip.right = MIN (right, frame.right);
  self->clip.top = fmax (fmin (one, other), frame.top);
  self->clip.bottom = fmin (isnan (one) || isnan (other) ? frame.bottom : MAX (one, other),
                            frame.bottom);
  plot_figure_find_colors (scene->figure, &self->range);
  plot_scene_get_shades (scene, self->range.map, self->shades);
  return self->clip.left < self->clip.right && self->clip.top < self->clip.bottom;
}

static const PlotColor *
shade_of (const Painter *self, double z)
{
  double t = (z - self->range.lo) / (self->range.hi - self->range.lo);

  return &self->shades[(guint) lround (t * (PLOT_N_SHADES - 1))];
}

/* --- no value --- */

/* Pixels of a cell, cut to what is seen. */
static PlotRect
cell_rect (const Painter *self, guint i, guint j)
{
  double left = plot_image_edge (self->scene, self->item, PLOT_X, i);
  double right = plot_image_edge (self->scene, self->item, PLOT_X, i + 1);
  double one = plot_image_edge (self->scene, self->item, PLOT_Y, j);
  double other = plot_image_edge (self->scene, self->item, PLOT_Y, j + 1);

  return (PlotRect){ fmax (left, self->clip.left), fmax (fmin (one, other), self->clip.top),
                     fmin (right, self->clip.right), fmin (fmax (one, other), self->clip.bottom) };
}

static gboolean
trace_missing (const Painter *self, cairo_t *cr)
{
  gboolean any = FALSE;

  for (guint j = 0; j < self->image->ny; j++)
    for (guint i = 0; i < self->image->nx; i++)
      if (!isfinite (self->image->z[(gsize) j * self->image->nx + i]))
        {
          PlotRect rect = cell_rect (self, i, j);

          if (!(rect.left < rect.right && rect.top < rect.bottom))
            continue;
          cairo_rectangle (cr, rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
          any = TRUE;
        }
  return any;
}

/* Thin slanting lines on the background, which is no colour of the map. */
static void
draw_missing (const Painter *self, cairo_t *cr)
{
  double step = HATCH * self->scene->size, height = self->clip.bottom - self->clip.top;

  if (!trace_missing (self, cr))
    return;
  cairo_save (cr);
  plot_set_color (cr, self->scene->theme->background, 1);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  for (double x = self->clip.left - height; x < self->clip.right; x += step)
    {
      cairo_move_to (cr, x, self->clip.bottom);
      cairo_line_to (cr, x + height, self->clip.top);
    }
  cairo_set_line_width (cr, 0.9 * plot_pen (self->scene));
  plot_set_color (cr, self->scene->theme->dim, 0.6);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* --- rectangles --- */

static void
draw_cell (const Painter *self, guint i, guint j, cairo_t *cr)
{
  double z = self->image->z[(gsize) j * self->image->nx + i];
  PlotRect rect = cell_rect (self, i, j);

  if (!isfinite (z) || !(rect.left < rect.right && rect.top < rect.bottom))
    return;
  rect.right = MIN (rect.right + UNDER, self->clip.right);
  rect.bottom = MIN (rect.bottom + UNDER, self->clip.bottom);
  cairo_rectangle (cr, rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
  plot_set_color (cr, *shade_of (self, z), 1);
  cairo_fill (cr);
}

/* From the left and from the top, so that what reaches under is under. */
static void
draw_rectangles (const Painter *self, cairo_t *cr)
{
  guint ny = self->image->ny;
  gboolean down = plot_image_edge (self->scene, self->item, PLOT_Y, ny)
                  > plot_image_edge (self->scene, self->item, PLOT_Y, 0);

  for (guint j = 0; j < ny; j++)
    for (guint i = 0; i < self->image->nx; i++)
      draw_cell (self, i, down ? j : ny - 1 - j, cr);
}

/* --- pixels --- */

guint *
plot_image_find_cells (const PlotScene *scene, const PlotItem *item, PlotAxis axis, double from, double step, int n)
{
  guint *cells = g_new (guint, n);

  for (int k = 0; k < n; k++)
    if (!plot_image_cell_at (scene, item, axis, from + k * step, &cells[k]))
      cells[k] = PLOT_NO_CELL;
  return cells;
}

static guint32
pixel_of (const PlotColor *color)
{
  return 0xff000000u | (guint32) lround (color->r * 255) << 16
         | (guint32) lround (color->g * 255) << 8 | (guint32) lround (color->b * 255);
}

/* Pixels 1 / scale wide, the corner of the first at (left, top). */
static cairo_surface_t *
make_picture (const Painter *self, double left, double top, int width, int height, double scale_x,
              double scale_y)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  g_autofree guint *columns = plot_image_find_cells (self->scene, self->item, PLOT_X, left + 0.5 / scale_x,
                                                     1 / scale_x, width);
  g_autofree guint *rows = plot_image_find_cells (self->scene, self->item, PLOT_Y, top + 0.5 / scale_y,
                                                  1 / scale_y, height);
  guchar *data = cairo_image_surface_get_data (surface);

  for (int y = 0; data != NULL && y < height; y++)
    {
      guint32 *line = (guint32 *) (gpointer) (data + (gsize) y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < width; x++)
        if (columns[x] != PLOT_NO_CELL && rows[y] != PLOT_NO_CELL)
          {
            double z = self->image->z[(gsize) rows[y] * self->image->nx + columns[x]];

            if (isfinite (z))
              line[x] = pixel_of (shade_of (self, z));
          }
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

void
plot_image_paint (cairo_surface_t *picture, double left, double top, double scale_x, double scale_y, cairo_t *cr)
{
  cairo_save (cr);
  cairo_translate (cr, left, top);
  cairo_scale (cr, 1 / scale_x, 1 / scale_y);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (picture);
}

/* One pixel for each of the surface, at its very place. */
static void
draw_pixels (const Painter *self, const cairo_matrix_t *matrix, cairo_t *cr)
{
  double sx, sy, left, top;
  cairo_surface_t *picture;
  int column, row;

  cairo_surface_get_device_scale (cairo_get_target (cr), &sx, &sy);
  column = (int) floor (sx * (matrix->xx * self->clip.left + matrix->x0));
  row = (int) floor (sy * (matrix->yy * self->clip.top + matrix->y0));
  left = (column / sx - matrix->x0) / matrix->xx;
  top = (row / sy - matrix->y0) / matrix->yy;
  sx *= matrix->xx;
  sy *= matrix->yy;
  picture = make_picture (self, left, top, (int) ceil ((self->clip.right - left) * sx),
                          (int) ceil ((self->clip.bottom - top) * sy), sx, sy);
  plot_image_paint (picture, left, top, sx, sy, cr);
}

/* Whether all cells are equally long on paper along an axis. */
static gboolean
is_even (const Painter *self, PlotAxis axis, guint n)
{
  double first = plot_image_edge (self->scene, self->item, axis, 0);
  double step = (plot_image_edge (self->scene, self->item, axis, n) - first) / n;

  for (guint i = 0; i <= n; i++)
    if (!(fabs (plot_image_edge (self->scene, self->item, axis, i) - first - i * step)
          < 1e-3 * fabs (step)))
      return FALSE;
  return TRUE;
}

static int
count_pixels (guint n)
{
  return (int) (n * CLAMP (MOST_PIXELS / n, 1, MOST_PARTS));
}

static void
embed (const Painter *self, PlotRect rect, int nx, int ny, cairo_t *cr)
{
  double scale_x = nx / (rect.right - rect.left), scale_y = ny / (rect.bottom - rect.top);
  cairo_surface_t *picture = make_picture (self, rect.left, rect.top, nx, ny, scale_x, scale_y);

  plot_image_paint (picture, rect.left, rect.top, scale_x, scale_y, cr);
}

/* Viewers that smooth what they enlarge blur a pixel at an edge: some pixels for each cell, all of the
 * cells, keep that small. Where cells differ, the picture's pixels begin and end with the clip. */
static void
draw_embedded (const Painter *self, cairo_t *cr)
{
  guint nx = self->image->nx, ny = self->image->ny;
  PlotRect clip = self->clip;

  if (is_even (self, PLOT_X, nx) && is_even (self, PLOT_Y, ny))
    {
      double one = plot_image_edge (self->scene, self->item, PLOT_Y, 0);
      double other = plot_image_edge (self->scene, self->item, PLOT_Y, ny);
      PlotRect all = { plot_image_edge (self->scene, self->item, PLOT_X, 0), MIN (one, other),
                       plot_image_edge (self->scene, self->item, PLOT_X, nx), MAX (one, other) };

      embed (self, all, count_pixels (nx), count_pixels (ny), cr);
      return;
    }
  embed (self, clip, (int) MIN (ceil (FINE * (clip.right - clip.left)), LARGEST),
         (int) MIN (ceil (FINE * (clip.bottom - clip.top)), LARGEST), cr);
}

static gboolean
on_pixels (cairo_t *cr, cairo_matrix_t *matrix)
{
  cairo_get_matrix (cr, matrix);
  return cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE && matrix->xy == 0
         && matrix->yx == 0 && matrix->xx > 0 && matrix->yy > 0;
}

void
plot_image_draw (const PlotScene *scene, const PlotItem *item, guint panel, cairo_t *cr)
{
  Painter painter;
  cairo_matrix_t matrix;

  if (!painter_init (&painter, scene, item, panel))
    return;
  if (on_pixels (cr, &matrix))
    {
      draw_missing (&painter, cr);
      draw_pixels (&painter, &matrix, cr);
      return;
    }
  if ((gsize) painter.image->nx * painter.image->ny <= MOST_RECTANGLES)
    draw_rectangles (&painter, cr);
  else
    draw_embedded (&painter, cr);
  draw_missing (&painter, cr);
}
