/* A figure under the pointer. */

#include "app-figure-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* One notch of a wheel; and the pixels of a touchpad that are as much. */
#define NOTCH 1.2
#define NOTCH_PIXELS 10

/* Narrower than this a box is meant for the other axis alone. */
#define THIN 10

enum
{
  HOVERED,
  PICKED,
  WINDOW_MOVED,
  WINDOW_RESET,
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const cursors[] = {
  [PLOT_WINDOW_LO] = "ew-resize",
  [PLOT_WINDOW_HI] = "ew-resize",
  [PLOT_WINDOW_BODY] = "grab",
};

void
app_figure_view_emit_picked (AppFigureView *self, double x)
{
  g_signal_emit (self, signals[PICKED], 0, x);
}

void
app_figure_view_emit_window_moved (AppFigureView *self, PlotWindowPart part, double lo, double hi)
{
  g_signal_emit (self, signals[WINDOW_MOVED], 0, part, lo, hi);
}

void
app_figure_view_emit_refused (AppFigureView *self, const char *reason)
{
  g_signal_emit (self, signals[REFUSED], 0, reason);
}

/* --- what is where --- */

static int
panel_at (AppFigureView *self, double x, double y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  return layout != NULL ? plot_layout_panel_at (layout, x, y) : -1;
}

static PlotWindowPart
window_part_at (AppFigureView *self, double x, double y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  return layout != NULL ? plot_layout_window_hit (layout, self->figure, x, y) : PLOT_WINDOW_NONE;
}

static int
axis_at (AppFigureView *self, double x, double y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  return layout != NULL ? plot_layout_axis_hit (layout, x, y) : -1;
}

/* The series with that entry of the legend, or -1. */
static int
entry_at (AppFigureView *self, double x, double y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  return layout != NULL ? plot_layout_legend_hit (layout, x, y) : -1;
}

/* --- hovering --- */

static void
set_hover (AppFigureView *self, PlotHit hover)
{
  if (self->hover.series == hover.series && (hover.series < 0 || self->hover.point == hover.point))
    return;

  self->hover = hover;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_hovered (AppFigureView *self, double x)
{
  if (self->hovered == x || (isnan (self->hovered) && isnan (x)))
    return;

  self->hovered = x;
  g_signal_emit (self, signals[HOVERED], 0, x);
}

static void
set_part (AppFigureView *self, PlotWindowPart part)
{
  if (self->part == part)
    return;

  self->part = part;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
hover_nothing (AppFigureView *self)
{
  set_hover (self, (PlotHit) { .series = -1 });
  set_hovered (self, NAN);
  set_part (self, PLOT_WINDOW_NONE);
}

static void
hover_frame (AppFigureView *self, int panel, double x, double y)
{
  PlotHit hit = { .series = -1 };

  set_part (self, window_part_at (self, x, y));
  if (self->part == PLOT_WINDOW_NONE)
    hit = plot_layout_hit (self->layout, self->figure, x, y, APP_HOVER_RADIUS);
  set_hover (self, hit);
  set_hovered (self, hit.series >= 0
                       ? plot_figure_get_series (self->figure, hit.series)->x[hit.point]
                       : plot_layout_to_data (self->layout, panel, PLOT_X, x));
}

/* What a click does something to. */
static gboolean
is_target (AppFigureView *self, double x, double y)
{
  return entry_at (self, x, y) >= 0 || axis_at (self, x, y) >= 0;
}

static const char *
choose_cursor (AppFigureView *self, int panel, double x, double y)
{
  if (is_target (self, x, y))
    return "pointer";
  if (self->part != PLOT_WINDOW_NONE)
    return cursors[self->part];

  return panel >= 0 && !isnan (self->cursor) ? "crosshair" : NULL;
}

/* Keys are for the figure under the pointer, as soon as that is moved there by hand: a slider lets go of
 * them. An entry does not, for text may be half typed. */
static void
take_keys (AppFigureView *self, double x, double y)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (x == self->moved_x && y == self->moved_y)
    return;

  self->moved_x = x;
  self->moved_y = y;
  if (focus != NULL && GTK_IS_RANGE (focus))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Also when the figure comes under a pointer at rest. */
static void
enter_cb (AppFigureView *self, double x, double y)
{
  int panel;

  self->pointer_x = x;
  self->pointer_y = y;
  if (self->drag != APP_DRAG_NONE)
    return;

  panel = panel_at (self, x, y);
  if (panel >= 0 && entry_at (self, x, y) < 0)
    hover_frame (self, panel, x, y);
  else
    hover_nothing (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), choose_cursor (self, panel, x, y));
  /* No more than where there is one: the menu, being a child, would show it too. */
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), is_target (self, x, y));
}

static void
motion_cb (AppFigureView *self, double x, double y)
{
  take_keys (self, x, y);
  enter_cb (self, x, y);
}

static void
leave_cb (AppFigureView *self)
{
  self->moved_x = self->moved_y = NAN;
  hover_nothing (self);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), FALSE);
}

static char *
describe_place (AppFigureView *self, double x, double y)
{
  int entry = entry_at (self, x, y), axis = axis_at (self, x, y);

  if (entry >= 0 && (entry >= 64 || (self->range.view.hidden >> entry & 1) == 0))
    return g_strdup (_("Click to hide this curve, Alt+click to show it alone"));
  if (entry >= 0)
    return g_strdup (_("Click to show this curve, Alt+click to show it alone"));
  if (axis >= 0)
    return g_strdup (app_figure_view_is_log (self, axis) ? _("Click for a linear axis")
                                                         : _("Click for a logarithmic axis"));

  return NULL;
}

static gboolean
query_tooltip_cb (AppFigureView *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = keyboard ? NULL : describe_place (self, x, y);

  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

/* --- clicking --- */

/* A click on the window is not one on the curve below. */
static void
pressed_cb (AppFigureView *self, int n_press, double x, double y)
{
  /* So that keys are no longer an entry's: Ctrl+C copies the figure. */
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->pressed = window_part_at (self, x, y);
  if (n_press == 1)
    self->before_click = NAN;
}

static void
click_entry (AppFigureView *self, int entry, GdkModifierType modifiers)
{
  const char *id = plot_figure_get_series (self->figure, entry)->id;

  /* Some window managers keep Alt and the pointer for themselves. */
  if ((modifiers & (GDK_ALT_MASK | GDK_CONTROL_MASK)) != 0)
    app_figure_view_show_alone (self, id);
  else
    app_figure_view_toggle_curve (self, id);
}

static void
pick (AppFigureView *self, int panel, double x, double y)
{
  PlotHit hit;

  self->before_click = self->cursor;
  if (isnan (self->cursor))
    return;

  hit = plot_layout_hit (self->layout, self->figure, x, y, APP_HOVER_RADIUS);
  app_figure_view_emit_picked (self,
                               hit.series >= 0
                                 ? plot_figure_get_series (self->figure, hit.series)->x[hit.point]
                                 : plot_layout_to_data (self->layout, panel, PLOT_X, x));
}

/* The first of the two clicks was not meant for the cursor, which may still be on its way. */
static void
double_click (AppFigureView *self)
{
  if (isfinite (self->before_click))
    app_figure_view_emit_picked (self, self->before_click);
  app_figure_view_fit (self);
}

static void
released_cb (AppFigureView *self, int n_press, double x, double y, GtkEventController *gesture)
{
  int entry = entry_at (self, x, y), axis = axis_at (self, x, y), panel = panel_at (self, x, y);

  if (entry >= 0)
    click_entry (self, entry, gtk_event_controller_get_current_event_state (gesture));
  else if (self->pressed != PLOT_WINDOW_NONE)
    {
      if (n_press == 2)
        g_signal_emit (self, signals[WINDOW_RESET], 0);
    }
  else if (axis >= 0)
    app_figure_view_set_log (self, axis, !app_figure_view_is_log (self, axis));
  else if (panel >= 0 && n_press == 1)
    pick (self, panel, x, y);
  else if (panel >= 0 && n_press == 2)
    double_click (self);
}

static void
secondary_cb (AppFigureView *self, int n_press, double x, double y)
{
  app_figure_view_show_menu (self, x, y);
}

/* --- dragging --- */

/* A place along the axis, moved by as many pixels as the pointer. */
static double
shift (const PlotLayout *layout, double x, double pixels)
{
  return plot_layout_to_data (layout, 0, PLOT_X, plot_layout_to_pixel (layout, 0, PLOT_X, x) + pixels);
}

static void
begin_window_drag (AppFigureView *self, PlotWindowPart part)
{
  if (!plot_figure_get_window (self->figure, &self->grab_lo, &self->grab_hi))
    return;

  self->drag = APP_DRAG_WINDOW;
  self->grabbed = part;
  set_hover (self, (PlotHit) { .series = -1 });
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   part == PLOT_WINDOW_BODY ? "grabbing" : cursors[part]);
}

static void
drag_begin_cb (AppFigureView *self, double x, double y, GtkEventController *gesture)
{
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (gesture);
  PlotWindowPart part = window_part_at (self, x, y);
  int axis = axis_at (self, x, y);
  gboolean inside = panel_at (self, x, y) >= 0;

  self->drag = APP_DRAG_NONE;
  self->moving = FALSE;
  self->drag_x = x;
  self->drag_y = y;
  self->before = self->range;
  if (entry_at (self, x, y) >= 0)
    return;

  if (part != PLOT_WINDOW_NONE)
    begin_window_drag (self, part);
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
  hover_nothing (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   self->drag == APP_DRAG_PAN ? "grabbing" : "crosshair");

  return TRUE;
}

/* Always from where the drag began: what is under the pointer stays there. */
static void
pan (AppFigureView *self, double dx, double dy)
{
  PlotView view = self->before.view;

  if (self->layout == NULL)
    return;

  view.hidden = self->range.view.hidden;
  plot_view_pan (&view, self->figure, self->layout, self->along[PLOT_X] ? dx : 0,
                 self->along[PLOT_Y] ? dy : 0);
  app_figure_view_take (self, &view, NULL);
}

/* Within the frame; all of its height or width where the box is thin. */
static void
set_box (AppFigureView *self, double dx, double dy)
{
  int panel = panel_at (self, self->drag_x, self->drag_y);
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

static void
move_window (AppFigureView *self, double dx)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  if (layout != NULL)
    g_signal_emit (self, signals[WINDOW_MOVED], 0, self->grabbed, shift (layout, self->grab_lo, dx),
                   shift (layout, self->grab_hi, dx));
}

static void
drag_update_cb (AppFigureView *self, double dx, double dy, GtkGesture *gesture)
{
  if (self->drag == APP_DRAG_NONE || self->figure == NULL)
    return;

  if (self->drag == APP_DRAG_WINDOW)
    move_window (self, dx);
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
  int panel = panel_at (self, self->drag_x, self->drag_y);
  PlotView view = self->range.view;

  if (panel < 0 || self->box.right - self->box.left < THIN || self->box.bottom - self->box.top < THIN)
    return;

  plot_view_box (&view, self->figure, self->layout, panel, self->box);
  app_figure_view_take (self, &view, &self->before);
}

static void
end_drag (AppFigureView *self)
{
  gboolean moved = self->moving || self->drag == APP_DRAG_WINDOW;

  self->drag = APP_DRAG_NONE;
  self->moving = FALSE;
  if (moved)
    enter_cb (self, self->pointer_x, self->pointer_y);
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

  if (self->drag == APP_DRAG_WINDOW)
    move_window (self, 0);
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
  int axis = axis_at (self, x, y);

  if (axis < 0 && panel_at (self, x, y) < 0)
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
  PlotView view = self->before.view;
  double x, y;

  if (self->layout == NULL || !(scale > 0) || !gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    return;

  view.hidden = self->range.view.hidden;
  plot_view_zoom (&view, self->figure, self->layout, x, y, 1 / scale, 1 / scale);
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
app_figure_view_install_input (GtkWidgetClass *widget_class)
{
  GType type = G_TYPE_FROM_CLASS (widget_class);

  signals[HOVERED] = g_signal_new ("hovered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[PICKED] = g_signal_new ("picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[WINDOW_MOVED] = g_signal_new ("window-moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[WINDOW_RESET] = g_signal_new ("window-reset", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_bind_template_callback (widget_class, enter_cb);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_update_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinch_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinch_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinch_end_cb);
}
