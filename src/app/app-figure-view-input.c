/* A figure under pointer and keys. */

#include "app-figure-view-private.h"

#include <math.h>

enum
{
  HOVERED,
  PICKED,
  WINDOW_MOVED,
  WINDOW_RESET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const cursors[] = {
  [PLOT_WINDOW_LO] = "ew-resize",
  [PLOT_WINDOW_HI] = "ew-resize",
  [PLOT_WINDOW_BODY] = "grab",
};

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

static gboolean
in_frame (AppFigureView *self, double x, double y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  return layout != NULL && plot_layout_panel_at (layout, x, y) >= 0;
}

static PlotWindowPart
window_part_at (AppFigureView *self, double x, double y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  return layout != NULL ? plot_layout_window_hit (layout, self->figure, x, y) : PLOT_WINDOW_NONE;
}

static void
motion_cb (AppFigureView *self, double x, double y)
{
  gboolean inside = in_frame (self, x, y);
  PlotHit hit = { .series = -1 };

  if (self->grabbed != PLOT_WINDOW_NONE)
    return;

  set_part (self, window_part_at (self, x, y));
  if (inside && self->part == PLOT_WINDOW_NONE)
    hit = plot_layout_hit (self->layout, self->figure, x, y, APP_HOVER_RADIUS);
  set_hover (self, hit);
  set_hovered (self, hit.series >= 0 ? plot_figure_get_series (self->figure, hit.series)->x[hit.point]
                     : inside ? plot_layout_to_data (self->layout, plot_layout_panel_at (self->layout, x, y),
                                                     PLOT_X, x)
                              : NAN);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   self->part != PLOT_WINDOW_NONE      ? cursors[self->part]
                                   : inside && !isnan (self->cursor) ? "crosshair"
                                                                       : NULL);
}

static void
leave_cb (AppFigureView *self)
{
  set_hover (self, (PlotHit) { .series = -1 });
  set_hovered (self, NAN);
  set_part (self, PLOT_WINDOW_NONE);
}

/* A click on the window is not one on the curve below. */
static void
pressed_cb (AppFigureView *self, int n_press, double x, double y)
{
  self->pressed = window_part_at (self, x, y);
}

static void
released_cb (AppFigureView *self, int n_press, double x, double y)
{
  PlotHit hit;
  double at;

  /* So that keys are no longer an entry's: Ctrl+C copies the figure. */
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->pressed != PLOT_WINDOW_NONE)
    {
      if (n_press == 2)
        g_signal_emit (self, signals[WINDOW_RESET], 0);
      return;
    }
  if (!in_frame (self, x, y) || isnan (self->cursor))
    return;

  hit = plot_layout_hit (self->layout, self->figure, x, y, APP_HOVER_RADIUS);
  if (hit.series >= 0)
    at = plot_figure_get_series (self->figure, hit.series)->x[hit.point];
  else
    at = plot_layout_to_data (self->layout, plot_layout_panel_at (self->layout, x, y), PLOT_X, x);
  g_signal_emit (self, signals[PICKED], 0, at);
}

static void
drag_begin_cb (AppFigureView *self, double x, double y)
{
  PlotWindowPart part = window_part_at (self, x, y);

  if (part == PLOT_WINDOW_NONE
      || !plot_figure_get_window (self->figure, &self->grab_lo, &self->grab_hi))
    return;

  self->grabbed = part;
  self->grab_x = x;
  set_hover (self, (PlotHit) { .series = -1 });
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   part == PLOT_WINDOW_BODY ? "grabbing" : cursors[part]);
}

/* A place along the axis, moved by as many pixels as the pointer. */
static double
shift (const PlotLayout *layout, double x, double pixels)
{
  return plot_layout_to_data (layout, 0, PLOT_X, plot_layout_to_pixel (layout, 0, PLOT_X, x) + pixels);
}

static void
drag_update_cb (AppFigureView *self, double dx, double dy)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  if (self->grabbed == PLOT_WINDOW_NONE || layout == NULL)
    return;

  g_signal_emit (self, signals[WINDOW_MOVED], 0, self->grabbed, shift (layout, self->grab_lo, dx),
                 shift (layout, self->grab_hi, dx));
}

static void
drag_end_cb (AppFigureView *self, double dx, double dy)
{
  if (self->grabbed == PLOT_WINDOW_NONE)
    return;

  drag_update_cb (self, dx, dy);
  self->grabbed = PLOT_WINDOW_NONE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show_menu_at (AppFigureView *self, double x, double y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
secondary_cb (AppFigureView *self, int n_press, double x, double y)
{
  show_menu_at (self, x, y);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_menu_at (APP_FIGURE_VIEW (widget), gtk_widget_get_width (widget) / 2.0,
                gtk_widget_get_height (widget) / 2.0);
}

/* The cursor to the next point. */
static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);
  double x = NAN;

  if (self->figure != NULL && !isnan (self->cursor))
    x = app_figure_next_x (self->figure, self->cursor, g_variant_get_int32 (parameter), FALSE);
  if (!isnan (x))
    g_signal_emit (self, signals[PICKED], 0, x);
}

/* A part of the window to the next simulated point. */
static void
step_window_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);
  int part, direction;
  double lo, hi;

  g_variant_get (parameter, "(ii)", &part, &direction);
  if (self->figure == NULL || !plot_figure_get_window (self->figure, &lo, &hi))
    return;

  if (part != PLOT_WINDOW_HI)
    lo = app_figure_next_x (self->figure, lo, direction, TRUE);
  if (part != PLOT_WINDOW_LO)
    hi = app_figure_next_x (self->figure, hi, direction, TRUE);
  if (lo < hi)
    g_signal_emit (self, signals[WINDOW_MOVED], 0, part, lo, hi);
}

static void
bind_arrows (GtkWidgetClass *widget_class, int direction, guint key, guint keypad_key)
{
  static const struct
  {
    GdkModifierType modifiers;
    PlotWindowPart part;
  } windows[] = {
    { GDK_SHIFT_MASK, PLOT_WINDOW_LO },
    { GDK_CONTROL_MASK, PLOT_WINDOW_HI },
    { GDK_SHIFT_MASK | GDK_CONTROL_MASK, PLOT_WINDOW_BODY },
  };

  gtk_widget_class_add_binding_action (widget_class, key, 0, "figure.step", "i", direction);
  gtk_widget_class_add_binding_action (widget_class, keypad_key, 0, "figure.step", "i", direction);
  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    gtk_widget_class_add_binding_action (widget_class, key, windows[i].modifiers,
                                         "figure.step-window", "(ii)", (int) windows[i].part,
                                         direction);
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

  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_update_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_cb);

  gtk_widget_class_install_action (widget_class, "figure.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "figure.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "figure.step-window", "(ii)", step_window_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "figure.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "figure.menu", NULL);
  bind_arrows (widget_class, -1, GDK_KEY_Left, GDK_KEY_KP_Left);
  bind_arrows (widget_class, 1, GDK_KEY_Right, GDK_KEY_KP_Right);
}
