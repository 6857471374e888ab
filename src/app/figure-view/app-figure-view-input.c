/* A figure under the pointer. */

#include "app-figure-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

enum
{
  HOVERED,
  PICKED,
  MOVED,
  RESET,
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
app_figure_view_emit_picked (AppFigureView *self, double x)
{
  g_signal_emit (self, signals[PICKED], 0, x);
}

void
app_figure_view_emit_moved (AppFigureView *self, const char *handle, double x, double y)
{
  g_signal_emit (self, signals[MOVED], 0, handle, x, y);
}

void
app_figure_view_emit_refused (AppFigureView *self, const char *reason)
{
  g_signal_emit (self, signals[REFUSED], 0, reason);
}

/* --- what is where --- */

int
app_figure_view_panel_at (AppFigureView *self, double x, double y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  return layout != NULL ? plot_layout_panel_at (layout, x, y) : -1;
}

int
app_figure_view_handle_at (AppFigureView *self, double x, double y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  return layout != NULL ? plot_layout_handle_hit (layout, x, y) : -1;
}

int
app_figure_view_axis_at (AppFigureView *self, double x, double y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  return layout != NULL ? plot_layout_axis_hit (layout, x, y) : -1;
}

int
app_figure_view_entry_at (AppFigureView *self, double x, double y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);

  return layout != NULL ? plot_layout_legend_hit (layout, x, y) : -1;
}

/* --- hovering --- */

/* FALSE: it was there before. */
static gboolean
set_hover (AppFigureView *self, PlotHit hover)
{
  gboolean nothing = hover.series < 0 && hover.image == NULL;

  if (self->hover.series == hover.series && self->hover.image == hover.image
      && (nothing || self->hover.point == hover.point))
    return FALSE;

  self->hover = hover;
  g_clear_pointer (&self->cell_words, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

/* Where along x the pointer is: at what it hits, or where it stands. */
static double
place_of (AppFigureView *self, const PlotHit *hit, int panel, double x)
{
  double at, y, z;

  if (hit->series >= 0)
    return plot_figure_get_series (self->figure, (guint) hit->series)->x[hit->point];
  if (hit->image == NULL)
    return plot_layout_to_data (self->layout, (guint) panel, PLOT_X, x);

  plot_image_get_cell (hit->image, hit->point, &at, &y, &z);
  return at;
}

const char *
app_figure_view_get_cell (AppFigureView *self, guint *cell)
{
  g_return_val_if_fail (APP_IS_FIGURE_VIEW (self), NULL);

  if (self->hover.image == NULL)
    return NULL;

  *cell = self->hover.point;
  return self->hover.image->id;
}

void
app_figure_view_set_cell_words (AppFigureView *self, const char *markup)
{
  g_return_if_fail (APP_IS_FIGURE_VIEW (self));

  if (g_strcmp0 (self->cell_words, markup) == 0)
    return;

  g_free (self->cell_words);
  self->cell_words = g_strdup (markup);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
app_figure_view_unhover (AppFigureView *self)
{
  set_hover (self, (PlotHit) { .series = -1 });
}

/* Cells of one column have the same x. */
static void
set_hovered (AppFigureView *self, double x, gboolean other_cell)
{
  if (!other_cell && (self->hovered == x || (isnan (self->hovered) && isnan (x))))
    return;

  self->hovered = x;
  g_signal_emit (self, signals[HOVERED], 0, x);
}

static void
set_handle (AppFigureView *self, int handle)
{
  if (self->handle == handle)
    return;

  self->handle = handle;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
app_figure_view_hover_nothing (AppFigureView *self)
{
  set_hover (self, (PlotHit) { .series = -1 });
  set_hovered (self, NAN, FALSE);
  set_handle (self, -1);
  self->keyed = FALSE;
}

void
app_figure_view_point_at (AppFigureView *self, const PlotHit *hit)
{
  gboolean moved = set_hover (self, *hit);

  set_handle (self, -1);
  set_hovered (self, place_of (self, hit, (int) hit->panel, hit->x), moved && hit->image != NULL);
  self->keyed = TRUE;
}

gboolean
app_figure_view_stop_pointing (AppFigureView *self)
{
  if (!self->keyed)
    return FALSE;

  app_figure_view_hover_nothing (self);
  return TRUE;
}

static void
hover_frame (AppFigureView *self, int panel, double x, double y)
{
  PlotHit hit = { .series = -1 };
  gboolean moved;

  set_handle (self, app_figure_view_handle_at (self, x, y));
  if (self->handle < 0)
    hit = plot_layout_hit (self->layout, self->figure, x, y, APP_HOVER_RADIUS);
  moved = set_hover (self, hit);
  set_hovered (self, place_of (self, &hit, panel, x), moved && hit.image != NULL);
}

/* What a click does something to. */
static gboolean
is_target (AppFigureView *self, double x, double y)
{
  return app_figure_view_entry_at (self, x, y) >= 0 || app_figure_view_axis_at (self, x, y) >= 0;
}

/* What the handle under the pointer is called, "": it has no name, or there is none. */
static const char *
get_handle_name (AppFigureView *self)
{
  const PlotHandle *handle = NULL;

  /* the figure may have fewer than the one that the pointer was moved over */
  if (self->handle >= 0 && self->figure != NULL)
    handle = plot_figure_get_handle (self->figure, (guint) self->handle);

  return handle != NULL ? handle->label : "";
}

static const char *
choose_cursor (AppFigureView *self, int panel, double x, double y)
{
  if (is_target (self, x, y))
    return "pointer";
  if (self->handle >= 0)
    return app_figure_view_handle_cursor (plot_figure_get_handle (self->figure, (guint) self->handle),
                                          FALSE);

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
void
app_figure_view_hover_at (AppFigureView *self, double x, double y)
{
  int panel;

  self->pointer_x = x;
  self->pointer_y = y;
  self->keyed = FALSE;
  if (self->drag != APP_DRAG_NONE)
    return;

  panel = app_figure_view_panel_at (self, x, y);
  if (panel >= 0 && app_figure_view_entry_at (self, x, y) < 0)
    hover_frame (self, panel, x, y);
  else
    app_figure_view_hover_nothing (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), choose_cursor (self, panel, x, y));
  /* No more than where there is one: the menu, being a child, would show it too. */
  gtk_widget_set_has_tooltip (GTK_WIDGET (self),
                              is_target (self, x, y) || *get_handle_name (self) != '\0');
}

static void
motion_cb (AppFigureView *self, double x, double y)
{
  /* A pointer at rest is told about too. */
  if (self->keyed && x == self->moved_x && y == self->moved_y)
    return;

  take_keys (self, x, y);
  app_figure_view_release_legend (self);
  app_figure_view_hover_at (self, x, y);
}

static void
leave_cb (AppFigureView *self)
{
  self->moved_x = self->moved_y = NAN;
  app_figure_view_release_legend (self);
  app_figure_view_hover_nothing (self);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), FALSE);
}

static char *
describe_place (AppFigureView *self, double x, double y)
{
  int entry = app_figure_view_entry_at (self, x, y), axis = app_figure_view_axis_at (self, x, y);

  if (entry >= 0 && (entry >= 64 || (self->range.view.hidden >> entry & 1) == 0))
    return g_strdup (_("Click to hide this curve, Alt+click to show it alone"));
  if (entry >= 0)
    return g_strdup (_("Click to show this curve, Alt+click to show it alone"));
  if (axis >= 0)
    return g_strdup (app_figure_view_is_log (self, axis) ? _("Click for a linear axis")
                                                         : _("Click for a logarithmic axis"));

  return *get_handle_name (self) != '\0' ? g_strdup (get_handle_name (self)) : NULL;
}

static gboolean
query_tooltip_cb (AppFigureView *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = keyboard ? NULL : describe_place (self, x, y);

  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

/* --- clicking --- */

/* A click on a handle is not one on the curve below. */
static void
pressed_cb (AppFigureView *self, int n_press, double x, double y)
{
  /* So that keys are no longer an entry's: Ctrl+C copies the figure. */
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->pressed = app_figure_view_handle_at (self, x, y);
  if (n_press == 1)
    self->before_click = NAN;
}

static void
click_entry (AppFigureView *self, int entry, GdkModifierType modifiers)
{
  const char *id = plot_figure_get_curve (self->figure, (guint) entry)->id;

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
  app_figure_view_emit_picked (self, place_of (self, &hit, panel, x));
}

/* The first of the two clicks was not meant for the cursor, which may still be on its way. */
static void
double_click (AppFigureView *self)
{
  if (isfinite (self->before_click))
    app_figure_view_emit_picked (self, self->before_click);
  app_figure_view_frame (self);
}

static void
reset_handle (AppFigureView *self)
{
  const PlotHandle *handle = self->figure != NULL
                               ? plot_figure_get_handle (self->figure, (guint) self->pressed)
                               : NULL;

  if (handle != NULL)
    g_signal_emit (self, signals[RESET], 0, handle->id);
}

static void
released_cb (AppFigureView *self, int n_press, double x, double y, GtkEventController *gesture)
{
  int entry = app_figure_view_entry_at (self, x, y), axis = app_figure_view_axis_at (self, x, y);
  int panel = app_figure_view_panel_at (self, x, y);

  if (entry >= 0)
    click_entry (self, entry, gtk_event_controller_get_current_event_state (gesture));
  else if (self->pressed >= 0)
    {
      if (n_press == 2)
        reset_handle (self);
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

void
app_figure_view_install_input (GtkWidgetClass *widget_class)
{
  GType type = G_TYPE_FROM_CLASS (widget_class);

  signals[HOVERED] = g_signal_new ("hovered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[PICKED] = g_signal_new ("picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                 G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[RESET] = g_signal_new ("reset", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_bind_template_callback_full (widget_class, "enter_cb",
                                                G_CALLBACK (app_figure_view_hover_at));
  gtk_widget_class_bind_template_callback_full (widget_class, "blurred_cb",
                                                G_CALLBACK (app_figure_view_stop_pointing));
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_cb);
}
