/* Pointing with the keys at the points of curves and the cells of images, where there is no cursor to move. */

#include "app-figure-view-private.h"

#include <math.h>

/* Order of values, and of indices where they are the same: 0 for the same index. */
static int
compare (double a, guint i, double b, guint j)
{
  return a < b ? -1 : a > b ? 1 : i < j ? -1 : i > j;
}

static gboolean
is_inside (PlotRect frame, double x, double y)
{
  return x >= frame.left - 1 && x <= frame.right + 1 && y >= frame.top - 1 && y <= frame.bottom + 1;
}

/* --- points --- */

static const PlotSeries *
get_series (AppFigureView *self, guint i)
{
  return plot_figure_get_series (self->figure, i);
}

/* FALSE: the point is not seen. */
static gboolean
find_point (AppFigureView *self, guint series, guint point, PlotHit *hit)
{
  const PlotSeries *data = get_series (self, series);
  double x = plot_layout_to_pixel (self->layout, data->panel, PLOT_X, data->x[point]);
  double y = plot_layout_to_pixel (self->layout, data->panel, PLOT_Y,
                                   plot_layout_height_of (self->layout, series, point));

  *hit = (PlotHit) { (int) series, point, x, y, data->panel };
  return !g_hash_table_contains (self->hidden, data->id) && is_inside (self->layout->frames[data->panel], x, y);
}

/* The next point of the same curve along x. */
static gboolean
step_along (AppFigureView *self, int direction, PlotHit *hit)
{
  const PlotSeries *series = get_series (self, (guint) hit->series);
  PlotHit from = *hit, other;
  gboolean any = FALSE;

  for (guint i = 0; i < series->n; i++)
    if (compare (series->x[i], i, series->x[from.point], from.point) * direction > 0
        && (!any || compare (series->x[i], i, series->x[hit->point], hit->point) * direction < 0)
        && find_point (self, (guint) from.series, i, &other))
      {
        *hit = other;
        any = TRUE;
      }
  return any;
}

/* The point of a curve whose x is nearest to a pixel. FALSE: none is seen. */
static gboolean
find_nearest (AppFigureView *self, guint series, double px, PlotHit *hit)
{
  gboolean any = FALSE;
  PlotHit other;

  for (guint i = 0; i < get_series (self, series)->n; i++)
    if (find_point (self, series, i, &other) && (!any || fabs (other.x - px) < fabs (hit->x - px)))
      {
        *hit = other;
        any = TRUE;
      }
  return any;
}

/* The next curve above or below, there where it has a point near. */
static gboolean
step_across (AppFigureView *self, int direction, PlotHit *hit)
{
  PlotHit from = *hit, other;
  gboolean any = FALSE;

  for (guint i = 0; i < plot_figure_get_n_series (self->figure); i++)
    if (get_series (self, i)->panel == from.panel && find_nearest (self, i, from.x, &other)
        && fabs (other.x - from.x) <= APP_HOVER_RADIUS
        && compare (other.y, i, from.y, (guint) from.series) * direction > 0
        && (!any || compare (other.y, i, hit->y, (guint) hit->series) * direction < 0))
      {
        *hit = other;
        any = TRUE;
      }
  return any;
}

/* --- cells --- */

/* FALSE: the middle of the cell is not seen. */
static gboolean
find_cell (AppFigureView *self, const PlotHit *from, guint cell, PlotHit *hit)
{
  double x, y, z;

  plot_image_get_cell (from->image, cell, &x, &y, &z);
  *hit = *from;
  hit->point = cell;
  hit->x = plot_layout_to_pixel (self->layout, from->panel, PLOT_X, x);
  hit->y = plot_layout_to_pixel (self->layout, from->panel, PLOT_Y, y);
  return is_inside (self->layout->frames[from->panel], hit->x, hit->y);
}

/* Whether cells further on along an axis have larger pixels. */
static gboolean
goes_on (AppFigureView *self, guint panel, PlotAxis axis, const double *edges)
{
  return plot_layout_to_pixel (self->layout, panel, axis, edges[1])
         > plot_layout_to_pixel (self->layout, panel, axis, edges[0]);
}

/* The image of the next panel, at the same height. */
static gboolean
enter_panel (AppFigureView *self, int direction, PlotHit *hit)
{
  int panel = (int) hit->panel + direction;
  PlotRect frame;
  PlotHit other;

  if (panel < 0 || panel >= (int) self->layout->n_panels)
    return FALSE;

  frame = self->layout->frames[panel];
  other = plot_layout_hit (self->layout, self->figure, direction > 0 ? frame.left + 1 : frame.right - 1, hit->y, 0);
  if (other.image == NULL)
    return FALSE;

  *hit = other;
  return TRUE;
}

static gboolean
step_cell (AppFigureView *self, int dx, int dy, PlotHit *hit)
{
  const PlotImage *image = hit->image;
  int column = (int) (hit->point % image->nx), row = (int) (hit->point / image->nx);
  PlotHit other;

  column += goes_on (self, hit->panel, PLOT_X, image->x) ? dx : -dx;
  row += goes_on (self, hit->panel, PLOT_Y, image->y) ? dy : -dy;
  if (column >= 0 && column < (int) image->nx && row >= 0 && row < (int) image->ny
      && find_cell (self, hit, (guint) row * image->nx + (guint) column, &other))
    {
      *hit = other;
      return TRUE;
    }
  return dx != 0 && enter_panel (self, dx, hit);
}

/* --- where it begins --- */

/* The curve that keys begin at: the first that is seen, of the simulated ones where there are any. */
static gboolean
find_curve (AppFigureView *self, gboolean simulated, double px, PlotHit *hit)
{
  for (guint i = 0; i < plot_figure_get_n_series (self->figure); i++)
    if ((get_series (self, i)->count != NULL || !simulated) && find_nearest (self, i, px, hit))
      return TRUE;
  return FALSE;
}

/* Where something was pointed at before, or else at the end of the frame that the step comes from. */
static gboolean
begin (AppFigureView *self, int direction, PlotHit *hit)
{
  PlotRect first = self->layout->frames[0], last = self->layout->frames[self->layout->n_panels - 1];
  double px = direction < 0 ? last.right : first.left;

  *hit = plot_layout_hit (self->layout, self->figure, first.left + 1, first.top + 1, 0);
  if (hit->image != NULL)
    return TRUE;
  if (!isnan (self->hovered))
    px = plot_layout_to_pixel (self->layout, 0, PLOT_X, self->hovered);
  return find_curve (self, TRUE, px, hit) || find_curve (self, FALSE, px, hit);
}

static gboolean
step (AppFigureView *self, int dx, int dy, PlotHit *hit)
{
  if (hit->image != NULL)
    return step_cell (self, dx, dy, hit);
  return dx != 0 ? step_along (self, dx, hit) : step_across (self, dy, hit);
}

/* Along x, and with dy down the frame; one of the two is 0. */
gboolean
app_figure_view_point (AppFigureView *self, int dx, int dy)
{
  PlotHit hit = self->hover;
  gboolean any;

  if (app_figure_view_get_layout (self) == NULL || !isnan (self->cursor) || self->drag != APP_DRAG_NONE)
    return FALSE;

  if (hit.series < 0 && hit.image == NULL)
    any = begin (self, dx, &hit);
  else
    {
      any = TRUE;
      for (int i = 0; i < MAX (ABS (dx), ABS (dy)); i++)
        if (!step (self, (dx > 0) - (dx < 0), (dy > 0) - (dy < 0), &hit))
          break;
    }
  if (any)
    app_figure_view_point_at (self, &hit);

  return any;
}
