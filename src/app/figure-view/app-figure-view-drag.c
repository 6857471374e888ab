/* A figure that is dragged, turned with the wheel, pinched. */

#include "app-figure-view-private.h"

#include <math.h>

/* One notch of a wheel; and the pixels of a touchpad that are as much. */
#define NOTCH 1.2
#define NOTCH_PIXELS 10

/* Narrower than this a box is meant for the other axis alone. */
#define THIN 10

/* A place along an axis, moved by as many pixels as the pointer. */
static double
shift (const PlotLayout *layout, guint panel, PlotAxis axis, double at, double pixels)
{
  return plot_layout_to_data (layout, panel, axis,
                              plot_layout_to_pixel (layout, panel, axis, at) + pixels);
}

const char *
app_figure_view_handle_cursor (const PlotHandle *handle, gboolean grabbed)
{
  if (handle->shape == PLOT_HANDLE_EDGE || (handle->shape == PLOT_HANDLE_POINT && !handle->free_y))
    return "ew-resize";
  if (handle->shape == PLOT_HANDLE_POINT && !handle->free_x)
    return "ns-resize";

  return grabbed ? "grabbing" : "grab";
}

static void
begin_handle_drag (AppFigureView *self, int handle)
{
  self->drag = APP_DRAG_HANDLE;
  self->grab = *plot_figure_get_handle (self->figure, (guint) handle);
  g_free (self->grabbed);
  self->grabbed = g_strdup (self->grab.id);
  self->grab.id = self->grabbed;
  self->grab.label = NULL;
  app_figure_view_unhover (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   app_figure_view_handle_cursor (&self->grab, TRUE));
}

int
app_figure_view_shown_handle (AppFigureView *self)
{
  const PlotHandle *handle;

  if (self->drag != APP_DRAG_HANDLE)
    return self->handle;
  for (guint i = 0; (handle = plot_figure_get_handle (self->figure, i)) != NULL; i++)
    if (g_str_equal (handle->id, self->grabbed))
      return (int) i;

  return -1;
}

static void
drag_begin_cb (AppFigureView *self, double x, double y, GtkEventController *gesture)
{
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (gesture);
  int handle = app_figure_view_handle_at (self, x, y);
  int axis = app_figure_view_axis_at (self, x, y);
  gboolean inside = app_figure_view_panel_at (self, x, y) >= 0;

  self->drag = APP_DRAG_NONE;
  self->moving = FALSE;
  self->drag_x = x;
  self->drag_y = y;
  self->before = self->range;
  if (app_figure_view_entry_at (self, x, y) >= 0)
    return;

  if (handle >= 0)
    begin_handle_drag (self, handle);
  else if (inside && (modifiers & GDK_SHIFT_MASK) != 0)
    self->drag = APP_DRAG_BOX;
  else if (inside || axis >= 0)
    {
      self->drag = APP_DRAG_PAN;
      self->along[PLOT_X] = axis != PLOT_Y;
      self->along[PLOT_Y] = axis != PLOT_X;
    }
}

/* From here on it is no click. */
static gboolean
has_moved (AppFigureView *self, double dx, double dy, GtkGesture *gesture)
{
  if (self->moving)
    return TRUE;
  if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy))
    return FALSE;

  self->moving = TRUE;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  app_figure_view_hover_nothing (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   self->drag == APP_DRAG_PAN ? "grabbing" : "crosshair");

  return TRUE;
}

/* Always from where the drag began: what is under the pointer stays there. */
static void
pan (AppFigureView *self, double dx, double dy)
{
  PlotLimits view = self->before.view;

  if (self->layout == NULL)
    return;

  view.hidden = self->range.view.hidden;
  plot_limits_pan (&view, self->figure, self->layout, self->along[PLOT_X] ? dx : 0,
                 self->along[PLOT_Y] ? dy : 0);
  app_figure_view_take (self, &view, NULL);
}

/* Within the frame; all of its height or width where the box is thin. */
static void
set_box (AppFigureView *self, double dx, double dy)
{
  int panel = app_figure_view_panel_at (self, self->drag_x, self->drag_y);
  PlotRect frame, box;

  if (panel < 0)
    return;

  frame = self->layout->frames[panel];
  box.left = CLAMP (MIN (self->drag_x, self->drag_x + dx), frame.left, frame.right);
  box.right = CLAMP (MAX (self->drag_x, self->drag_x + dx), frame.left, frame.right);
  box.top = CLAMP (MIN (self->drag_y, self->drag_y + dy), frame.top, frame.bottom);
  box.bottom = CLAMP (MAX (self->drag_y, self->drag_y + dy), frame.top, frame.bottom);
  if (fabs (dx) < THIN && fabs (dy) >= THIN)
    {
      box.left = frame.left;
      box.right = frame.right;
    }
  else if (fabs (dy) < THIN && fabs (dx) >= THIN)
    {
      box.top = frame.top;
      box.bottom = frame.bottom;
    }
  self->box = box;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Moves a handle by as many pixels as the pointer; along an axis that it is not free along it keeps its place. */
void
app_figure_view_move_handle (AppFigureView *self, const PlotHandle *handle, double dx, double dy)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);
  guint panel = (guint) MAX (0, handle->panel);
  double x = handle->x, y = handle->y;

  /* the figure may have changed meanwhile */
  if (layout == NULL || panel >= layout->n_panels)
    return;

  if (handle->free_x)
    x = shift (layout, panel, PLOT_X, x, dx);
  if (handle->shape == PLOT_HANDLE_SPAN)
    y = shift (layout, panel, PLOT_X, y, dx);
  else if (handle->free_y)
    y = shift (layout, panel, PLOT_Y, y, dy);
  app_figure_view_emit_moved (self, handle->id, x, y);
}

static void
drag_update_cb (AppFigureView *self, double dx, double dy, GtkGesture *gesture)
{
  if (self->drag == APP_DRAG_NONE || self->figure == NULL)
    return;

  if (self->drag == APP_DRAG_HANDLE)
    app_figure_view_move_handle (self, &self->grab, dx, dy);
  else if (!has_moved (self, dx, dy, gesture))
    return;
  else if (self->drag == APP_DRAG_PAN)
    pan (self, dx, dy);
  else
    set_box (self, dx, dy);
}

static void
zoom_to_box (AppFigureView *self)
{
  int panel = app_figure_view_panel_at (self, self->drag_x, self->drag_y);
  PlotLimits view = self->range.view;

  if (panel < 0 || self->box.right - self->box.left < THIN || self->box.bottom - self->box.top < THIN)
    return;

  plot_limits_box (&view, self->figure, self->layout, panel, self->box);
  app_figure_view_take (self, &view, &self->before);
}

static void
end_drag (AppFigureView *self)
{
  gboolean moved = self->moving || self->drag == APP_DRAG_HANDLE;

  self->drag = APP_DRAG_NONE;
  self->moving = FALSE;
  if (moved)
    app_figure_view_hover_at (self, self->pointer_x, self->pointer_y);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (AppFigureView *self, double dx, double dy, GtkGesture *gesture)
{
  if (self->drag == APP_DRAG_NONE)
    return;

  drag_update_cb (self, dx, dy, gesture);
  if (self->drag == APP_DRAG_PAN && self->moving)
    app_figure_view_take (self, &self->range.view, &self->before);
  else if (self->drag == APP_DRAG_BOX && self->moving)
    zoom_to_box (self);
  end_drag (self);
}

gboolean
app_figure_view_cancel_drag (AppFigureView *self)
{
  if (self->drag == APP_DRAG_NONE)
    return FALSE;

  if (self->drag == APP_DRAG_HANDLE)
    app_figure_view_move_handle (self, &self->grab, 0, 0);
  else if (self->drag == APP_DRAG_PAN && self->moving)
    app_figure_view_restore (self, &self->before);
  end_drag (self);

  return TRUE;
}

static void
drag_cancel_cb (AppFigureView *self)
{
  app_figure_view_cancel_drag (self);
}

/* --- wheel and pinch --- */

/* Over the numbers of one axis, that axis alone. */
static gboolean
zoom_at (AppFigureView *self, double x, double y, double factor)
{
  int axis = app_figure_view_axis_at (self, x, y);

  if (axis < 0 && app_figure_view_panel_at (self, x, y) < 0)
    return FALSE;

  app_figure_view_zoom (self, x, y, axis == PLOT_Y ? 1 : factor, axis == PLOT_X ? 1 : factor);

  return TRUE;
}

static gboolean
scroll_cb (AppFigureView *self, double dx, double dy, GtkEventControllerScroll *controller)
{
  gboolean notches = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;

  return self->drag == APP_DRAG_NONE
         && zoom_at (self, self->pointer_x, self->pointer_y,
                     pow (NOTCH, notches ? dy : dy / NOTCH_PIXELS));
}

static void
pinch_begin_cb (AppFigureView *self, GdkEventSequence *sequence, GtkGesture *gesture)
{
  app_figure_view_cancel_drag (self);
  self->before = self->range;
  self->pinching = TRUE;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
pinch_cb (AppFigureView *self, double scale, GtkGesture *gesture)
{
  PlotLimits view = self->before.view;
  double x, y;

  if (self->layout == NULL || !(scale > 0) || !gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    return;

  view.hidden = self->range.view.hidden;
  plot_limits_zoom (&view, self->figure, self->layout, x, y, 1 / scale, 1 / scale);
  app_figure_view_take (self, &view, NULL);
}

static void
pinch_end_cb (AppFigureView *self)
{
  self->pinching = FALSE;
  if (self->figure != NULL)
    app_figure_view_take (self, &self->range.view, &self->before);
}

void
app_figure_view_install_drag (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_update_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinch_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinch_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinch_end_cb);
}
