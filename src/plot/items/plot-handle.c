/* Points, upright edges and spans of x that can be taken hold of. */

#include "plot-draw-private.h"
#include "plot-item-private.h"

#define EDGE_REACH 8.0   /* pixels on either side of an edge that belong to it */
#define POINT_REACH 16.0 /* and around a point */

/* In units of the type size. */
#define STRIP 1.1 /* height of what moves a span as a whole */
#define GRIP_WIDTH 0.5
#define GRIP_HEIGHT 2.2
#define BAR_WIDTH 2.4
#define BAR_HEIGHT 0.3
#define KNOB 0.52 /* radius of a point's */

#define POINT_WEIGHT 3 /* in the occupancy */

/* A row for each shape. */
typedef struct
{
  /* Where it is seen; FALSE: it is not. NULL: nothing has to keep off it. */
  gboolean (*locate_grip) (const PlotScene *self, guint panel, const PlotHandle *handle, PlotRect *rect);
  /* How far a pixel within the frame is from what can be taken hold of; infinite beyond its reach. */
  double (*away) (const PlotScene *self, guint panel, const PlotHandle *handle, double px, double py);
  void (*draw_grip) (const PlotScene *self, guint panel, const PlotHandle *handle, gboolean strong,
                     cairo_t *cr);
} Shape;

/* --- edges --- */

static double
edge_of (const PlotScene *self, guint panel, const PlotHandle *handle)
{
  double edge = plot_layout_to_pixel (&self->layout, panel, PLOT_X, handle->x);

  return plot_edge_in_sight (self, panel, edge) ? edge : NAN;
}

static double
edge_away (const PlotScene *self, guint panel, const PlotHandle *handle, double px, double py)
{
  double away = fabs (px - edge_of (self, panel, handle));

  return away <= EDGE_REACH ? away : INFINITY;
}

static void
trace_pill (double x, double y, double width, double height, cairo_t *cr)
{
  double radius = MIN (width, height) / 2, dx = width / 2 - radius, dy = height / 2 - radius;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + dx, y - dy, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + dx, y + dy, radius, 0, G_PI / 2);
  cairo_arc (cr, x - dx, y + dy, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x - dx, y - dy, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
paint_grip (const PlotScene *self, gboolean strong, cairo_t *cr)
{
  plot_set_color (cr, strong ? self->theme->foreground : self->theme->background, 1);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, MAX (1, plot_pen (self)));
  plot_set_color (cr, strong ? self->theme->foreground : self->theme->dim, 1);
  cairo_stroke (cr);
}

/* By the axis, where a slider is looked for and curves rarely are. */
static double
grip_middle (const PlotScene *self, PlotRect frame)
{
  return MAX (frame.bottom - 2 * self->size, (frame.top + frame.bottom) / 2);
}

static gboolean
locate_edge (const PlotScene *self, guint panel, const PlotHandle *handle, PlotRect *rect)
{
  double edge = plot_crisp (edge_of (self, panel, handle)), middle = grip_middle (self, self->layout.frames[panel]);
  double dx = GRIP_WIDTH * self->size / 2, dy = GRIP_HEIGHT * self->size / 2;

  *rect = (PlotRect){ edge - dx, middle - dy, edge + dx, middle + dy };
  return !isnan (edge);
}

static void
draw_edge (const PlotScene *self, guint panel, const PlotHandle *handle, gboolean strong, cairo_t *cr)
{
  const double edge = edge_of (self, panel, handle);
  PlotRect grip;

  if (!locate_edge (self, panel, handle, &grip))
    return;
  if (strong)
    {
      plot_trace_edge (self, panel, edge, cr);
      cairo_set_line_width (cr, 2 * MAX (0.8, plot_pen (self)));
      plot_set_color (cr, self->theme->dim, 1);
      cairo_stroke (cr);
    }
  trace_pill ((grip.left + grip.right) / 2, (grip.top + grip.bottom) / 2, grip.right - grip.left,
              grip.bottom - grip.top, cr);
  paint_grip (self, strong, cr);
}

/* --- spans --- */

/* In a strip along the top alone, so that the rest is free for other gestures. However narrow the span,
 * a third of its strip is nearer to it than to edges at its ends. */
static double
span_away (const PlotScene *self, guint panel, const PlotHandle *handle, double px, double py)
{
  PlotRect span;

  if (!plot_locate_span (self, panel, handle->x, handle->y, &span)
      || py > span.top + STRIP * self->size || !(px > span.left && px < span.right))
    return INFINITY;
  return MIN (EDGE_REACH, (span.right - span.left) / 3);
}

/* Short where the span is narrow, and in the middle of what is in sight of it. */
static void
draw_span (const PlotScene *self, guint panel, const PlotHandle *handle, gboolean strong, cairo_t *cr)
{
  PlotRect frame = self->layout.frames[panel], span;
  double left, right;

  if (!plot_locate_span (self, panel, handle->x, handle->y, &span))
    return;
  left = MAX (span.left, frame.left);
  right = MIN (span.right, frame.right);
  trace_pill ((left + right) / 2, frame.top + STRIP * self->size / 2,
              MIN (BAR_WIDTH * self->size, (right - left) / 2), BAR_HEIGHT * self->size, cr);
  plot_set_color (cr, strong ? self->theme->foreground : self->theme->dim, strong ? 1 : 0.7);
  cairo_fill (cr);
}

/* --- points --- */

static gboolean
locate_point (const PlotScene *self, guint panel, const PlotHandle *handle, PlotPoint *point)
{
  point->x = plot_layout_to_pixel (&self->layout, panel, PLOT_X, handle->x);
  point->y = plot_layout_to_pixel (&self->layout, panel, PLOT_Y, handle->y);
  return plot_rect_has (self->layout.frames[panel], point->x, point->y, 1);
}

static double
point_away (const PlotScene *self, guint panel, const PlotHandle *handle, double px, double py)
{
  PlotPoint point;
  double away = INFINITY;

  if (locate_point (self, panel, handle, &point))
    away = hypot (px - point.x, py - point.y);
  return away <= POINT_REACH ? away : INFINITY;
}

static gboolean
locate_knob (const PlotScene *self, guint panel, const PlotHandle *handle, PlotRect *rect)
{
  PlotPoint point;

  if (!locate_point (self, panel, handle, &point))
    return FALSE;
  *rect = plot_rect_grow ((PlotRect){ point.x, point.y, point.x, point.y }, KNOB * self->size);
  return TRUE;
}

static void
draw_point (const PlotScene *self, guint panel, const PlotHandle *handle, gboolean strong, cairo_t *cr)
{
  PlotPoint point;

  if (!locate_point (self, panel, handle, &point))
    return;
  cairo_new_sub_path (cr);
  cairo_arc (cr, point.x, point.y, (strong ? 1.2 : 1) * KNOB * self->size, 0, 2 * G_PI);
  paint_grip (self, strong, cr);
}

static const Shape shapes[] = {
  [PLOT_HANDLE_POINT] = { locate_knob, point_away, draw_point },
  [PLOT_HANDLE_EDGE] = { locate_edge, edge_away, draw_edge },
  [PLOT_HANDLE_SPAN] = { NULL, span_away, draw_span },
};

/* --- the item --- */

/* FALSE: the item has none there. */
static gboolean
locate_grip (const PlotScene *self, guint panel, const PlotItem *item, PlotRect *grip)
{
  const PlotHandle *handle = item->data;

  return self->layout.view.handles && (item->panel < 0 || item->panel == (int) panel)
         && shapes[handle->shape].locate_grip != NULL
         && shapes[handle->shape].locate_grip (self, panel, handle, grip);
}

/* Labels had better not lie on a knob. */
static gpointer
trace (PlotScene *self, const PlotItem *item)
{
  const PlotHandle *handle = item->data;
  PlotRect knob;

  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    if (handle->shape == PLOT_HANDLE_POINT && locate_grip (self, panel, item, &knob))
      plot_occupancy_add_rect (&self->occupancies[panel], knob, POINT_WEIGHT);
  return NULL;
}

static void
draw (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  const PlotHandle *handle = item->data;

  shapes[handle->shape].draw_grip (self, panel, handle, FALSE, cr);
}

const PlotItemType plot_handle_type = {
  .name = "handle",
  .trace = trace,
  .draw = { [PLOT_LAYER_GRIPS] = draw },
};

void
plot_figure_add_handle (PlotFigure *self, const PlotHandle *handle)
{
  PlotHandle copy;
  gpointer data;

  g_return_if_fail (self != NULL && handle != NULL && handle->id != NULL);
  g_return_if_fail (handle->panel < (int) self->n_panels && handle->shape < G_N_ELEMENTS (shapes));
  g_return_if_fail (handle->shape != PLOT_HANDLE_SPAN || handle->x < handle->y);

  copy = *handle;
  data = plot_copy_with_texts (&copy, sizeof copy, &copy.id, &copy.label);
  plot_figure_add_item (self, &plot_handle_type, handle->panel, PLOT_CLAIM_NONE, copy.id, data);
}

/* The item of handle i, NULL: there are fewer. */
static const PlotItem *
find_handle (const PlotFigure *self, guint i)
{
  for (guint k = 0; k < self->items->len; k++)
    {
      const PlotItem *item = g_ptr_array_index (self->items, k);

      if (item->type == &plot_handle_type && item->nth == i)
        return item;
    }
  return NULL;
}

gboolean
plot_grip_is_under (const PlotScene *self, guint panel, PlotRect rect)
{
  const PlotItem *item;
  PlotRect grip;

  for (guint i = 0; (item = find_handle (self->figure, i)) != NULL; i++)
    if (locate_grip (self, panel, item, &grip) && plot_rect_meets (grip, rect))
      return TRUE;
  return FALSE;
}

const PlotHandle *
plot_figure_get_handle (const PlotFigure *self, guint i)
{
  const PlotItem *item;

  g_return_val_if_fail (self != NULL, NULL);

  item = find_handle (self, i);
  return item != NULL ? item->data : NULL;
}

int
plot_layout_handle_hit (const PlotLayout *layout, double px, double py)
{
  const PlotScene *self = (const PlotScene *) layout;
  int panel = plot_layout_panel_at (layout, px, py), found = -1;
  double nearest = INFINITY;
  const PlotItem *item;

  for (guint i = 0; panel >= 0 && (item = find_handle (self->figure, i)) != NULL; i++)
    {
      const PlotHandle *handle = item->data;
      double away = INFINITY;

      if ((item->panel < 0 || item->panel == panel)
          && !plot_item_is_hidden (self->figure, layout->view.hidden, item))
        away = shapes[handle->shape].away (self, (guint) panel, handle, px, py);
      /* of two at the same place the one on the side of the pointer can be pulled away */
      if (away < nearest || (away == nearest && isfinite (away) && handle->shape == PLOT_HANDLE_EDGE))
        {
          nearest = away;
          found = (int) i;
        }
    }
  return found;
}

void
plot_render_handle (const PlotLayout *layout, const PlotTheme *theme, int index, cairo_t *cr)
{
  const PlotScene *self = (const PlotScene *) layout;
  const PlotItem *item;
  const PlotHandle *handle;

  g_return_if_fail (theme != NULL && layout != NULL && cr != NULL);

  item = index >= 0 ? find_handle (self->figure, (guint) index) : NULL;
  if (item == NULL)
    return;
  handle = item->data;
  cairo_save (cr);
  for (guint panel = 0; panel < layout->n_panels; panel++)
    if (item->panel < 0 || item->panel == (int) panel)
      shapes[handle->shape].draw_grip (self, panel, handle, TRUE, cr);
  cairo_restore (cr);
}
