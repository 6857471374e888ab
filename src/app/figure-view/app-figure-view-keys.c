/* A figure's actions: what keys and its menu do. */

#include "app-figure-view-private.h"

#include <math.h>

/* What one press of a key does: the factor of a zoom, and moves as parts of the frame. */
#define KEY_ZOOM 1.5
#define KEY_PAN 0.1
#define KEY_MOVE 0.01

/* How many points a page key moves the cursor. */
#define PAGE 10

/* Moves the cursor by so many points, or to the last one that there is. Without one, what is pointed at. */
static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);
  int steps = g_variant_get_int32 (parameter);
  double x = self->cursor, next = NAN;

  if (self->figure == NULL || app_figure_view_point (self, steps, 0) || isnan (x))
    return;

  for (int i = 0; i < ABS (steps); i++)
    {
      next = app_figure_next_x (self->figure, x, steps, FALSE);
      if (isnan (next))
        break;
      x = next;
    }
  if (x != self->cursor)
    app_figure_view_emit_picked (self, x);
}

/* Moves a handle, given by its index: an edge or a span to the next simulated point, a point by a little. */
static void
step_handle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);
  const PlotHandle *handle;
  int index, direction;
  double x, y;

  g_variant_get (parameter, "(ii)", &index, &direction);
  handle = self->figure != NULL ? plot_figure_get_handle (self->figure, (guint) index) : NULL;
  if (handle == NULL || !handle->free_x)
    return;

  if (handle->shape == PLOT_HANDLE_POINT)
    {
      gtk_widget_activate_action (widget, "figure.move-handle", "(iii)", index, direction, 0);
      return;
    }
  x = app_figure_next_x (self->figure, handle->x, direction, TRUE);
  y = handle->shape == PLOT_HANDLE_SPAN ? app_figure_next_x (self->figure, handle->y, direction, TRUE)
                                        : handle->y;
  if (isfinite (x) && isfinite (y))
    app_figure_view_emit_moved (self, handle->id, x, y);
}

/* Moves a handle, given by its index, by a part of the frame along both axes, where there are no data to follow. */
static void
move_handle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);
  const PlotLayout *layout = app_figure_view_get_layout (self);
  const PlotHandle *handle;
  int index, dx, dy;

  g_variant_get (parameter, "(iii)", &index, &dx, &dy);
  handle = layout != NULL ? plot_figure_get_handle (self->figure, (guint) index) : NULL;
  if (handle != NULL && ((dx != 0 && handle->free_x) || (dy != 0 && handle->free_y)))
    app_figure_view_move_handle (self, handle,
                                 dx * KEY_MOVE * (layout->frames[0].right - layout->frames[0].left),
                                 -dy * KEY_MOVE * (layout->bottom - layout->top));
}

static void
frame_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  app_figure_view_frame (APP_FIGURE_VIEW (widget));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  app_figure_view_go_back (APP_FIGURE_VIEW (widget));
}

/* Zooms about the middle of the frame. */
static void
zoom_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);
  double factor = g_variant_get_int32 (parameter) > 0 ? 1 / KEY_ZOOM : KEY_ZOOM;
  const PlotLayout *layout = app_figure_view_get_layout (self);

  if (layout == NULL)
    return;

  app_figure_view_zoom (self, (layout->frames[0].left + layout->frames[0].right) / 2,
                        (layout->top + layout->bottom) / 2, factor, factor);
}

/* The curves move against the arrow: what is seen goes along it. */
static void
pan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);
  const PlotLayout *layout = app_figure_view_get_layout (self);
  AppFigureRange before = self->range;
  PlotLimits view = before.view;
  int x, y;

  if (layout == NULL)
    return;

  g_variant_get (parameter, "(ii)", &x, &y);
  plot_limits_pan (&view, self->figure, layout,
                 -x * KEY_PAN * (layout->frames[0].right - layout->frames[0].left),
                 y * KEY_PAN * (layout->bottom - layout->top));
  app_figure_view_take (self, &view, &before);
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  app_figure_view_show_all (APP_FIGURE_VIEW (widget));
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  app_figure_view_show_menu (APP_FIGURE_VIEW (widget), gtk_widget_get_width (widget) / 2.0,
                             gtk_widget_get_height (widget) / 2.0);
}

/* Up and down are the figure's where it has no cursor; else they move the focus. */
static gboolean
row_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return app_figure_view_point (APP_FIGURE_VIEW (widget), 0, g_variant_get_int32 (arguments));
}

/* From row to row of an image, as it is turned over page by page; else along x, where up means more as on a
 * slider. */
static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);
  int steps = g_variant_get_int32 (parameter) * PAGE;

  if (self->hover.image == NULL || !app_figure_view_point (self, 0, -steps))
    gtk_widget_activate_action (widget, "figure.step", "i", steps);
}

/* A drag under way is given up, or what is pointed at with keys; otherwise Escape is the window's. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);

  return app_figure_view_cancel_drag (self) || app_figure_view_stop_pointing (self);
}

static void
bind_arrows (GtkWidgetClass *widget_class, int direction, guint key, guint keypad_key)
{
  static const struct
  {
    GdkModifierType modifiers;
    int index;
  } handles[] = {
    { GDK_SHIFT_MASK, 0 },
    { GDK_CONTROL_MASK, 1 },
    { GDK_SHIFT_MASK | GDK_CONTROL_MASK, 2 },
  };

  gtk_widget_class_add_binding_action (widget_class, key, 0, "figure.step", "i", direction);
  gtk_widget_class_add_binding_action (widget_class, keypad_key, 0, "figure.step", "i", direction);
  for (gsize i = 0; i < G_N_ELEMENTS (handles); i++)
    gtk_widget_class_add_binding_action (widget_class, key, handles[i].modifiers,
                                         "figure.step-handle", "(ii)", handles[i].index, direction);
}

/* The arrows up and down move the handles that the other two arrows step, as far as these are free along y. */
static void
bind_moves (GtkWidgetClass *widget_class)
{
  static const struct
  {
    GdkModifierType modifiers;
    int index;
  } handles[] = { { GDK_SHIFT_MASK, 0 }, { GDK_CONTROL_MASK, 1 }, { GDK_SHIFT_MASK | GDK_CONTROL_MASK, 2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (handles); i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, handles[i].modifiers,
                                           "figure.move-handle", "(iii)", handles[i].index, 0, 1);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, handles[i].modifiers,
                                           "figure.move-handle", "(iii)", handles[i].index, 0, -1);
    }
}

static void
bind_rows (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int down;
  } rows[] = { { GDK_KEY_Up, -1 }, { GDK_KEY_KP_Up, -1 }, { GDK_KEY_Down, 1 }, { GDK_KEY_KP_Down, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_class_add_binding (widget_class, rows[i].key, 0, row_cb, "i", rows[i].down);
}

static void
bind_pages (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int pages;
  } keys[] = { { GDK_KEY_Page_Up, 1 }, { GDK_KEY_KP_Page_Up, 1 },
               { GDK_KEY_Page_Down, -1 }, { GDK_KEY_KP_Page_Down, -1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, "figure.page", "i", keys[i].pages);
}

static void
bind_ranges (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int direction;
  } zooms[] = { { GDK_KEY_plus, 1 },   { GDK_KEY_equal, 1 },  { GDK_KEY_KP_Add, 1 },
                { GDK_KEY_minus, -1 }, { GDK_KEY_KP_Subtract, -1 } };
  static const struct
  {
    guint key;
    int x, y;
  } pans[] = { { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, 1 }, { GDK_KEY_Down, 0, -1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding_action (widget_class, zooms[i].key, 0, "figure.zoom", "i",
                                         zooms[i].direction);
  for (gsize i = 0; i < G_N_ELEMENTS (pans); i++)
    gtk_widget_class_add_binding_action (widget_class, pans[i].key, GDK_ALT_MASK, "figure.pan",
                                         "(ii)", pans[i].x, pans[i].y);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, 0, "figure.frame", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Home, 0, "figure.frame", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "figure.back", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

void
app_figure_view_install_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "figure.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "figure.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "figure.page", "i", page_action);
  gtk_widget_class_install_action (widget_class, "figure.step-handle", "(ii)", step_handle_action);
  gtk_widget_class_install_action (widget_class, "figure.move-handle", "(iii)", move_handle_action);
  gtk_widget_class_install_action (widget_class, "figure.frame", NULL, frame_action);
  gtk_widget_class_install_action (widget_class, "figure.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "figure.zoom", "i", zoom_action);
  gtk_widget_class_install_action (widget_class, "figure.pan", "(ii)", pan_action);
  gtk_widget_class_install_action (widget_class, "figure.show-all", NULL, show_all_action);
  gtk_widget_class_install_property_action (widget_class, "figure.log-x", "log-x");
  gtk_widget_class_install_property_action (widget_class, "figure.log-y", "log-y");

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "figure.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "figure.menu", NULL);
  bind_arrows (widget_class, -1, GDK_KEY_Left, GDK_KEY_KP_Left);
  bind_arrows (widget_class, 1, GDK_KEY_Right, GDK_KEY_KP_Right);
  bind_moves (widget_class);
  bind_rows (widget_class);
  bind_pages (widget_class);
  bind_ranges (widget_class);
}

static gboolean
can_change_scale (AppFigureView *self, PlotAxis axis)
{
  return self->figure != NULL
         && (app_figure_view_is_log (self, axis)
             || plot_figure_takes_scale (self->figure, axis, &plot_scale_log));
}

void
app_figure_view_update_actions (AppFigureView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean any = self->figure != NULL;

  gtk_widget_action_set_enabled (widget, "figure.frame", any && !self->range.framed);
  gtk_widget_action_set_enabled (widget, "figure.back", any && self->past->len > 0);
  gtk_widget_action_set_enabled (widget, "figure.zoom", any);
  gtk_widget_action_set_enabled (widget, "figure.pan", any);
  gtk_widget_action_set_enabled (widget, "figure.show-all", any && self->range.view.hidden != 0);
  gtk_widget_action_set_enabled (widget, "figure.log-x", can_change_scale (self, PLOT_X));
  gtk_widget_action_set_enabled (widget, "figure.log-y", can_change_scale (self, PLOT_Y));
}

/* --- the menu --- */

void
app_figure_view_set_menu_model (AppFigureView *self, GMenuModel *extra)
{
  g_autoptr (GMenu) all = g_menu_new ();

  g_set_object (&self->extra, extra);
  for (int i = 0; i < g_menu_model_get_n_items (G_MENU_MODEL (self->sections)); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (G_MENU_MODEL (self->sections), i);

      g_menu_append_item (all, item);
    }
  if (extra != NULL)
    g_menu_append_section (all, NULL, extra);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), G_MENU_MODEL (all));
}

void
app_figure_view_show_menu (AppFigureView *self, double x, double y)
{
  GdkRectangle pointer = { (int) x, (int) y, 1, 1 };

  app_figure_view_update_curves (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &pointer);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
