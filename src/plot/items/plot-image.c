/* A grid of values as cells of colour. */

#include "plot-draw-private.h"
#include "plot-image-private.h"

#include <string.h>

#define WEIGHT 0.4f /* in the occupancy, as of a band */

/* --- the value --- */

static guint
n_along (const PlotImage *image, PlotAxis axis)
{
  return axis == PLOT_X ? image->nx : image->ny;
}

static const double *
edges_along (const PlotImage *image, PlotAxis axis)
{
  return axis == PLOT_X ? image->x : image->y;
}

/* Edges midway between centres on the axis' own scale, the first and the last as far from theirs; one
 * cell alone is one unit wide. */
static void
find_edges (const PlotScale *scale, const double *centres, guint n, double *edges)
{
  for (guint i = 0; i <= n; i++)
    {
      double before = scale->forward (centres[i > 0 ? i - 1 : 0]);
      double after = scale->forward (centres[MIN (i, n - 1)]);
      double half = n == 1 ? 0.5 : 0;

      if (n > 1 && i == 0)
        half = (scale->forward (centres[1]) - before) / 2;
      else if (n > 1 && i == n)
        half = (after - scale->forward (centres[n - 2])) / 2;
      edges[i] = scale->inverse ((before + after) / 2 + (i == 0 ? -half : i == n ? half : 0));
    }
}

static void
find_middles (const PlotScale *scale, const double *edges, guint n, double *middles)
{
  for (guint i = 0; i < n; i++)
    middles[i] = scale->inverse ((scale->forward (edges[i]) + scale->forward (edges[i + 1])) / 2);
}

/* Fills edges and middles from what is given. */
static void
fill_axis (const PlotScale *scale, const double *given, gboolean centres, guint n, double *edges,
           double *middles)
{
  if (centres)
    {
      find_edges (scale, given, n, edges);
      memcpy (middles, given, n * sizeof *middles);
      return;
    }
  memcpy (edges, given, (n + 1) * sizeof *edges);
  find_middles (scale, given, n, middles);
}

static PlotBounds
bounds_of (const PlotImage *image)
{
  PlotBounds bounds = { INFINITY, -INFINITY };

  for (gsize k = 0; k < (gsize) image->nx * image->ny; k++)
    plot_bounds_add (&bounds, image->z[k]);
  if (image->lo < image->hi)
    plot_bounds_unite (&bounds, (PlotBounds){ image->lo, image->hi });
  return bounds;
}

/* One block: the value, its numbers, its texts. */
static PlotImageData *
copy_image (const PlotFigure *figure, const PlotImage *image)
{
  gsize n = (gsize) image->nx * image->ny, along = (gsize) image->nx + image->ny;
  const char *id = image->id != NULL ? image->id : "";
  g_autofree char *label = plot_clean_text (image->label);
  gsize numbers = (n + 2 * along + 2) * sizeof (double), texts = strlen (id) + strlen (label) + 2;
  PlotImageData *copy = g_malloc (sizeof *copy + numbers + texts);
  char *end = (char *) (copy + 1);
  double *x, *y, *mid_x, *mid_y;

  copy->image = *image;
  copy->values = bounds_of (image);
  copy->image.z = plot_put (&end, image->z, n * sizeof (double));
  x = (double *) (gpointer) end;
  y = x + image->nx + 1;
  mid_x = y + image->ny + 1;
  mid_y = mid_x + image->nx;
  fill_axis (figure->axes[PLOT_X].scale, image->x, image->centres, image->nx, x, mid_x);
  fill_axis (figure->axes[PLOT_Y].scale, image->y, image->centres, image->ny, y, mid_y);
  copy->image.centres = FALSE;
  copy->image.x = x;
  copy->image.y = y;
  copy->mid_x = mid_x;
  copy->mid_y = mid_y;
  end = (char *) (mid_y + image->ny);
  copy->image.id = plot_put (&end, id, strlen (id) + 1);
  copy->image.label = plot_put (&end, label, strlen (label) + 1);
  return copy;
}

/* --- the item --- */

static void
measure (const PlotItem *item, const PlotQuestion *question, PlotExtent *extent)
{
  const PlotImage *image = item->data;
  const double *edges = edges_along (image, question->axis);
  guint n = n_along (image, question->axis);

  plot_bounds_add (&extent->whole, question->scale->forward (edges[0]));
  plot_bounds_add (&extent->whole, question->scale->forward (edges[n]));
  extent->tight_lo = extent->tight_hi = TRUE;
}

static gboolean
takes_log (const PlotItem *item, PlotAxis axis, gboolean *any)
{
  *any = TRUE;
  return edges_along (item->data, axis)[0] > 0;
}

static void
write_rows (const PlotItem *item, const PlotTable *table)
{
  const PlotImageData *data = item->data;
  const PlotImage *image = &data->image;

  for (guint j = 0; j < image->ny; j++)
    for (guint i = 0; i < image->nx; i++)
      plot_table_add (table, item, image->id,
                      &(PlotTableRow){ data->mid_x[i], data->mid_y[j], NAN, NAN,
                                       image->z[(gsize) j * image->nx + i], -1 });
}

double
plot_image_edge (const PlotScene *self, const PlotItem *item, PlotAxis axis, guint edge)
{
  return plot_map (&plot_scene_maps (self, (guint) item->panel)[axis],
                   edges_along (item->data, axis)[edge]);
}

gboolean
plot_image_cell_at (const PlotScene *self, const PlotItem *item, PlotAxis axis, double pixel,
                    guint *cell)
{
  const PlotImage *image = item->data;
  const double *edges = edges_along (image, axis);
  guint lo = 0, hi = n_along (image, axis);
  double at = plot_layout_to_data (&self->layout, (guint) item->panel, axis, pixel);

  if (!(at >= edges[0] && at < edges[hi]))
    return FALSE;
  while (hi - lo > 1)
    {
      guint middle = (lo + hi) / 2;

      if (at >= edges[middle])
        lo = middle;
      else
        hi = middle;
    }
  *cell = lo;
  return TRUE;
}

static PlotRect
rect_of (const PlotScene *self, const PlotItem *item)
{
  const PlotImage *image = item->data;
  double left = plot_image_edge (self, item, PLOT_X, 0);
  double right = plot_image_edge (self, item, PLOT_X, image->nx);
  double one = plot_image_edge (self, item, PLOT_Y, 0);
  double other = plot_image_edge (self, item, PLOT_Y, image->ny);

  return (PlotRect){ left, MIN (one, other), right, MAX (one, other) };
}

static gpointer
trace (PlotScene *self, const PlotItem *item)
{
  PlotRect rect = rect_of (self, item), frame = self->layout.frames[item->panel];

  if (isfinite (rect.left) && isfinite (rect.right) && isfinite (rect.top) && isfinite (rect.bottom))
    plot_occupancy_add_rect (&self->occupancies[item->panel],
                             (PlotRect){ MAX (rect.left, frame.left), MAX (rect.top, frame.top),
                                         MIN (rect.right, frame.right),
                                         MIN (rect.bottom, frame.bottom) },
                             WEIGHT);
  return NULL;
}

/* The cell under a pixel, where no point is near. */
static void
hit (const PlotScene *self, const PlotItem *item, double px, double py, double *nearest, PlotHit *hit)
{
  const PlotImageData *data = item->data;
  guint i, j;

  if (hit->series >= 0 || !plot_rect_has (self->layout.frames[item->panel], px, py, 0)
      || !plot_image_cell_at (self, item, PLOT_X, px, &i)
      || !plot_image_cell_at (self, item, PLOT_Y, py, &j))
    return;
  *hit = (PlotHit){ .series = -1,
                    .image = &data->image,
                    .point = j * data->image.nx + i,
                    .panel = (guint) item->panel,
                    .x = plot_layout_to_pixel (&self->layout, (guint) item->panel, PLOT_X,
                                               data->mid_x[i]),
                    .y = plot_layout_to_pixel (&self->layout, (guint) item->panel, PLOT_Y,
                                               data->mid_y[j]) };
}

void
plot_image_get_cell (const PlotImage *image, guint cell, double *x, double *y, double *z)
{
  const PlotImageData *data = (const PlotImageData *) image;

  g_return_if_fail (image != NULL && cell < image->nx * image->ny);

  *x = data->mid_x[cell % image->nx];
  *y = data->mid_y[cell / image->nx];
  *z = image->z[cell];
}

void
plot_render_cell (const PlotLayout *layout, const PlotTheme *theme, const PlotHit *hit, cairo_t *cr)
{
  const PlotImage *image = hit->image;
  double x[2], y[2], pen;

  g_return_if_fail (layout != NULL && theme != NULL && cr != NULL && image != NULL);

  for (guint k = 0; k < 2; k++)
    {
      x[k] = plot_layout_to_pixel (layout, hit->panel, PLOT_X, image->x[hit->point % image->nx + k]);
      y[k] = plot_layout_to_pixel (layout, hit->panel, PLOT_Y, image->y[hit->point / image->nx + k]);
    }
  pen = MAX (1, plot_pen ((const PlotScene *) layout));
  for (int outer = 1; outer >= 0; outer--)
    {
      cairo_rectangle (cr, x[0], MIN (y[0], y[1]), x[1] - x[0], fabs (y[1] - y[0]));
      cairo_set_line_width (cr, (outer ? 4 : 1.6) * pen);
      plot_set_color (cr, outer ? theme->background : theme->foreground, outer ? 0.85 : 1);
      cairo_stroke (cr);
    }
}

const PlotItemType plot_image_type = {
  .name = "image",
  .measure = measure,
  .takes_log = takes_log,
  .columns = PLOT_COLUMNS_Z,
  .write = write_rows,
  .trace = trace,
  .draw = { [PLOT_LAYER_GROUND] = plot_image_draw },
  .hit = hit,
};

static gboolean
ascends (const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!isfinite (values[i]) || (i > 0 && !(values[i - 1] < values[i])))
      return FALSE;
  return TRUE;
}

void
plot_figure_add_image (PlotFigure *self, const PlotImage *image)
{
  PlotImageData *copy;
  guint more;

  g_return_if_fail (self != NULL && image != NULL && image->panel < self->n_panels);
  g_return_if_fail (image->nx > 0 && image->ny > 0 && image->z != NULL);
  more = image->centres ? 0 : 1;
  g_return_if_fail (ascends (image->x, image->nx + more) && ascends (image->y, image->ny + more));

  copy = copy_image (self, image);
  plot_figure_add_item (self, &plot_image_type, (int) image->panel, image->claim, copy->image.id,
                        copy);
}

/* --- colours --- */

/* One value alone is in the middle of the range. */
static void
widen (PlotColorRange *range, PlotBounds values)
{
  double largest = MAX (fabs (values.lo), fabs (values.hi)), half = largest > 0 ? largest / 2 : 0.5;

  *range = (PlotColorRange){ values.lo, values.hi, range->map };
  if (range->map == PLOT_COLORMAP_DIVERGING)
    {
      range->hi = largest > 0 ? largest : 1;
      range->lo = -range->hi;
    }
  else if (!(values.lo < values.hi))
    {
      range->lo -= half;
      range->hi += half;
    }
}

gboolean
plot_figure_find_colors (const PlotFigure *self, PlotColorRange *range)
{
  PlotBounds values = { INFINITY, -INFINITY };

  *range = (PlotColorRange){ 0, 1, PLOT_COLORMAP_SEQUENTIAL };
  for (guint i = 0; i < self->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (self->items, i);
      const PlotImageData *data = item->data;

      if (item->type != &plot_image_type)
        continue;
      plot_bounds_unite (&values, data->values);
      if (data->image.diverging)
        range->map = PLOT_COLORMAP_DIVERGING;
    }
  if (!plot_bounds_is_empty (values))
    widen (range, values);
  return !plot_bounds_is_empty (values);
}

void
plot_scene_get_shades (const PlotScene *self, PlotColormap map, PlotColor *shades)
{
  const PlotColor *full = plot_colormap_shades (map, self->theme->gray);

  for (guint i = 0; i < PLOT_N_SHADES; i++)
    shades[i] = plot_color_mix (full[i], self->theme->background,
                                self->layout.view.dimmed ? 0.55 : 0);
}
