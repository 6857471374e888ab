/* What wheel, drags and clicks on a figure do to what is seen of it. Modifiers come with real events
 * alone: they are tested in the window. */

#include <math.h>

#include "app-figure-view-private.h"
#include "app-test.h"

typedef struct
{
  GtkWidget *window;
  AppFigureView *view;
  char *refused;
} Fixture;

static PlotFigure *
make_empty (const char *x_label)
{
  PlotFigure *figure = plot_figure_new ("Width <i>m</i>");

  plot_figure_set_axis (figure, PLOT_X, x_label, &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "error", &plot_scale_log);
  plot_figure_set_description (figure, "A peak.");

  return figure;
}

static void
add_curve (PlotFigure *figure, const char *id, double first, double height)
{
  static const double x[] = { 1, 10, 100 };
  double y[] = { first, height, 1 };

  plot_figure_add_series (figure, &(PlotSeries) { .id = id, .label = id, .style = PLOT_STYLE_PRIMARY,
                                                  .n = 3, .x = x, .y = y });
}

static PlotFigure *
make_figure (double height)
{
  PlotFigure *figure = make_empty ("width");

  add_curve (figure, "test", 1, height);
  add_curve (figure, "train", 2, 2);

  return figure;
}

static void
refused_cb (Fixture *self, const char *reason)
{
  g_free (self->refused);
  self->refused = g_strdup (reason);
}

/* Without an owner, the cursor is wherever somebody points. */
static void
picked_cb (AppFigureView *view, double x)
{
  g_object_set (view, "cursor", x, NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (PlotFigure) figure = make_figure (10);

  self->view = g_object_new (APP_TYPE_FIGURE_VIEW, "figure", figure, NULL);
  g_signal_connect_swapped (self->view, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect (self->view, "picked", G_CALLBACK (picked_cb), NULL);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 700, 500);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self->window));
  app_test_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_free (self->refused);
}

static void
show (Fixture *self, PlotFigure *figure)
{
  g_object_set (self->view, "figure", figure, NULL);
  plot_figure_unref (figure);
}

static PlotLimits
get_view (Fixture *self)
{
  PlotLimits view;

  g_assert_true (app_figure_view_get_view (self->view, &view));
  return view;
}

static gboolean
is_whole (Fixture *self)
{
  PlotLimits view = get_view (self), whole = view;

  plot_limits_frame (&whole, app_figure_view_get_figure (self->view));
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    if (view.lo[axis] != whole.lo[axis] || view.hi[axis] != whole.hi[axis])
      return FALSE;

  return TRUE;
}

static gboolean
is_enabled (Fixture *self, const char *action)
{
  const char *const names[] = { action, NULL };
  g_autoptr (GtkWidget) button = g_object_ref_sink (gtk_button_new ());
  gboolean enabled;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), names[0]);
  gtk_widget_set_parent (button, GTK_WIDGET (self->view));
  enabled = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);

  return enabled;
}

static void
activate (Fixture *self, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->view), action, NULL));
}

/* --- with the pointer --- */

static GtkEventController *
find_controller (Fixture *self, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_type_is_a (G_OBJECT_TYPE (controller), type))
        return controller;
    }

  g_assert_not_reached ();
}

static void
point (Fixture *self, double x, double y)
{
  g_signal_emit_by_name (find_controller (self, GTK_TYPE_EVENT_CONTROLLER_MOTION), "motion", x, y);
}

static gboolean
turn_wheel (Fixture *self, double x, double y, double notches)
{
  gboolean handled = FALSE;

  point (self, x, y);
  g_signal_emit_by_name (find_controller (self, GTK_TYPE_EVENT_CONTROLLER_SCROLL), "scroll", 0.0,
                         notches, &handled);
  return handled;
}

static void
drag (Fixture *self, double x, double y, double dx, double dy)
{
  GtkEventController *gesture = find_controller (self, GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  g_signal_emit_by_name (gesture, "drag-update", dx / 2, dy / 2);
  g_signal_emit_by_name (gesture, "drag-end", dx, dy);
}

static void
click (Fixture *self, double x, double y, int times)
{
  GtkEventController *gesture = app_test_find_click (GTK_WIDGET (self->view), 1, GTK_PHASE_BUBBLE);

  for (int n = 1; n <= times; n++)
    {
      g_signal_emit_by_name (gesture, "pressed", n, x, y);
      g_signal_emit_by_name (gesture, "released", n, x, y);
    }
}

static void
find_entry (Fixture *self, const char *id, double *x, double *y)
{
  const PlotLayout *layout = app_figure_view_get_layout (self->view);

  for (*y = layout->legend_y; *y < layout->legend_y + layout->legend_height; *y += 2)
    for (*x = layout->legend_x; *x < layout->legend_x + layout->legend_width; *x += 2)
      {
        int series = plot_layout_legend_hit (layout, *x, *y);

        if (series >= 0 && g_str_equal (plot_figure_get_series (self->view->figure, series)->id, id))
          return;
      }

  g_assert_not_reached ();
}

static void
click_entry (Fixture *self, const char *id)
{
  double x, y;

  find_entry (self, id, &x, &y);
  click (self, x + 4, y + 4, 1);
}

/* --- */

static void
test_wheel (Fixture *self, gconstpointer data)
{
  const PlotLayout *layout = app_figure_view_get_layout (self->view);
  double x = layout->left + 200, y = layout->top + 100;
  double at_x = plot_layout_to_data (layout, 0, PLOT_X, x);
  double at_y = plot_layout_to_data (layout, 0, PLOT_Y, y);
  PlotLimits start = get_view (self), view;

  g_assert_true (turn_wheel (self, x, y, -1));
  view = get_view (self);
  g_assert_cmpfloat_with_epsilon (log10 (view.hi[PLOT_X] / view.lo[PLOT_X]),
                                  log10 (start.hi[PLOT_X] / start.lo[PLOT_X]) / 1.2, 1e-9);
  g_assert_cmpfloat (view.lo[PLOT_Y], >, start.lo[PLOT_Y]);
  layout = app_figure_view_get_layout (self->view);
  g_assert_cmpfloat_with_epsilon (log10 (plot_layout_to_data (layout, 0, PLOT_Y, y) / at_y), 0, 1e-9);
  /* The numbers beside the frame may have become wider. */
  g_assert_cmpfloat_with_epsilon (plot_layout_to_pixel (layout, 0, PLOT_X, at_x), x, 40);

  /* Quickly turned, it is one step; after a pause another. */
  turn_wheel (self, x, y, -1);
  app_test_spin (600);
  view = get_view (self);
  turn_wheel (self, x, y, 1);
  activate (self, "figure.back");
  g_assert_cmpfloat (get_view (self).hi[PLOT_X], ==, view.hi[PLOT_X]);
  activate (self, "figure.back");
  g_assert_true (is_whole (self));
  g_assert_false (is_enabled (self, "figure.back"));
  g_assert_false (is_enabled (self, "figure.frame"));
}

static void
test_wheel_over_an_axis (Fixture *self, gconstpointer data)
{
  const PlotLayout *layout = app_figure_view_get_layout (self->view);
  double below = layout->bottom + 8, left = layout->left - 8;
  double middle_x = (layout->left + layout->right) / 2, middle_y = (layout->top + layout->bottom) / 2;
  PlotLimits start = get_view (self), view;

  g_assert_true (turn_wheel (self, middle_x, below, -1));
  view = get_view (self);
  g_assert_cmpfloat (view.lo[PLOT_X], >, start.lo[PLOT_X]);
  g_assert_cmpfloat (view.lo[PLOT_Y], ==, start.lo[PLOT_Y]);
  activate (self, "figure.frame");
  g_assert_true (turn_wheel (self, left, middle_y, -1));
  view = get_view (self);
  g_assert_cmpfloat (view.lo[PLOT_X], ==, start.lo[PLOT_X]);
  g_assert_cmpfloat (view.lo[PLOT_Y], >, start.lo[PLOT_Y]);

  /* Beside the figure it is somebody else's. */
  g_assert_false (turn_wheel (self, 3, 3, -1));
}

static void
test_pan (Fixture *self, gconstpointer data)
{
  const PlotLayout *layout = app_figure_view_get_layout (self->view);
  double x = layout->left + 100, y = layout->top + 150;
  double at = plot_layout_to_data (layout, 0, PLOT_X, x);
  PlotLimits start = get_view (self), view;

  drag (self, x, y, 50, -30);
  view = get_view (self);
  layout = app_figure_view_get_layout (self->view);
  g_assert_cmpfloat_with_epsilon (plot_layout_to_pixel (layout, 0, PLOT_X, at), x + 50, 10);
  g_assert_cmpfloat_with_epsilon (view.hi[PLOT_X] / view.lo[PLOT_X],
                                  start.hi[PLOT_X] / start.lo[PLOT_X], 1e-9);
  g_assert_cmpfloat (view.hi[PLOT_Y], <, start.hi[PLOT_Y]);
  drag (self, x, y, 10, 10);
  activate (self, "figure.back");
  g_assert_cmpfloat (get_view (self).hi[PLOT_X], ==, view.hi[PLOT_X]);
  activate (self, "figure.back");
  g_assert_true (is_whole (self));

  /* Along an axis, by its numbers. */
  layout = app_figure_view_get_layout (self->view);
  drag (self, x, layout->bottom + 8, 50, -30);
  g_assert_cmpfloat (get_view (self).lo[PLOT_X], <, start.lo[PLOT_X]);
  g_assert_cmpfloat (get_view (self).lo[PLOT_Y], ==, start.lo[PLOT_Y]);
}

/* A hand that trembles still clicks. */
static void
test_tremble (Fixture *self, gconstpointer data)
{
  const PlotLayout *layout = app_figure_view_get_layout (self->view);

  drag (self, layout->left + 100, layout->top + 150, 2, 2);
  g_assert_true (is_whole (self));
  g_assert_false (is_enabled (self, "figure.back"));
}

/* Escape during a drag: as if there had been none. */
static void
test_cancel (Fixture *self, gconstpointer data)
{
  const PlotLayout *layout = app_figure_view_get_layout (self->view);
  GtkEventController *gesture = find_controller (self, GTK_TYPE_GESTURE_DRAG);

  g_assert_false (app_figure_view_cancel_drag (self->view));
  g_signal_emit_by_name (gesture, "drag-begin", layout->left + 100, layout->top + 150);
  g_signal_emit_by_name (gesture, "drag-update", 40.0, 40.0);
  g_assert_false (is_whole (self));
  g_assert_true (app_figure_view_cancel_drag (self->view));
  g_signal_emit_by_name (gesture, "drag-update", 60.0, 60.0);
  g_signal_emit_by_name (gesture, "drag-end", 60.0, 60.0);
  g_assert_true (is_whole (self));
  g_assert_false (is_enabled (self, "figure.back"));
}

static void
note_cb (AppFigureView *view, double x, double *last)
{
  *last = x;
}

/* It frames everything, and the cursor is where it was before the first of the two clicks. */
static void
test_double_click (Fixture *self, gconstpointer data)
{
  const PlotLayout *layout = app_figure_view_get_layout (self->view);
  double x = layout->left + 50, y = layout->bottom - 60, cursor;

  g_object_set (self->view, "cursor", 30.0, NULL);
  drag (self, x, y, 50, -30);
  click (self, x, y, 1);
  g_object_get (self->view, "cursor", &cursor, NULL);
  g_assert_cmpfloat (cursor, !=, 30);
  g_assert_false (is_whole (self));

  g_object_set (self->view, "cursor", 30.0, NULL);
  click (self, x, y, 2);
  g_object_get (self->view, "cursor", &cursor, NULL);
  g_assert_cmpfloat (cursor, ==, 30);
  g_assert_true (is_whole (self));
  activate (self, "figure.back");
  g_assert_false (is_whole (self));

  /* An owner that moves it later. */
  g_signal_handlers_disconnect_by_func (self->view, picked_cb, NULL);
  g_signal_connect (self->view, "picked", G_CALLBACK (note_cb), &cursor);
  cursor = NAN;
  click (self, x, y, 2);
  g_assert_cmpfloat (cursor, ==, 30);
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  PlotLimits start = get_view (self), view;

  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.zoom", "i", 1);
  view = get_view (self);
  g_assert_cmpfloat_with_epsilon (log10 (view.hi[PLOT_X] / view.lo[PLOT_X]),
                                  log10 (start.hi[PLOT_X] / start.lo[PLOT_X]) / 1.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (view.hi[PLOT_X] * view.lo[PLOT_X], start.hi[PLOT_X] * start.lo[PLOT_X],
                                  1e-9 * start.hi[PLOT_X]);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.pan", "(ii)", 1, -1);
  g_assert_cmpfloat (get_view (self).lo[PLOT_X], >, view.lo[PLOT_X]);
  g_assert_cmpfloat (get_view (self).lo[PLOT_Y], <, view.lo[PLOT_Y]);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.pan", "(ii)", -1, 1);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.zoom", "i", -1);
  g_assert_cmpfloat_with_epsilon (get_view (self).hi[PLOT_Y], start.hi[PLOT_Y], 1e-9);
}

/* As far as there are points. */
static void
test_pages (Fixture *self, gconstpointer data)
{
  double cursor;

  g_object_set (self->view, "cursor", 3.0, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.step", "i", 2);
  g_object_get (self->view, "cursor", &cursor, NULL);
  g_assert_cmpfloat (cursor, ==, 100);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.step", "i", -10);
  g_object_get (self->view, "cursor", &cursor, NULL);
  g_assert_cmpfloat (cursor, ==, 1);
}

/* The slider that had the focus lets go of it once the pointer is moved over the figure, and not because
 * it rests there; an entry keeps it. */
static void
test_keys_follow_the_pointer (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *slider = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.1);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *view = g_object_ref (GTK_WIDGET (self->view));
  GtkEventController *motion = find_controller (self, GTK_TYPE_EVENT_CONTROLLER_MOTION);

  adw_window_set_content (ADW_WINDOW (self->window), NULL);
  gtk_box_append (GTK_BOX (box), slider);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), view);
  g_object_unref (view);
  adw_window_set_content (ADW_WINDOW (self->window), box);
  app_test_settle ();

  gtk_widget_grab_focus (slider);
  g_signal_emit_by_name (motion, "enter", 200.0, 200.0);
  g_assert_true (gtk_widget_has_focus (slider));
  point (self, 200, 200);
  g_assert_true (gtk_widget_has_focus (view));
  gtk_widget_grab_focus (slider);
  point (self, 200, 200);
  g_assert_true (gtk_widget_has_focus (slider));
  point (self, 201, 200);
  g_assert_true (gtk_widget_has_focus (view));
  gtk_widget_grab_focus (entry);
  point (self, 210, 200);
  g_assert_false (gtk_widget_has_focus (view));
}

/* A mark of the zoom, and the way out of it. */
static void
test_frame_button (Fixture *self, gconstpointer data)
{
  GtkWidget *button = self->view->frame_button;

  g_assert_false (gtk_widget_get_visible (button));
  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.zoom", "i", 1);
  app_test_settle ();
  g_assert_true (gtk_widget_get_mapped (button));
  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (is_whole (self));
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (self->view)));
}

/* --- scales --- */

static void
test_axes (Fixture *self, gconstpointer data)
{
  const PlotLayout *layout = app_figure_view_get_layout (self->view);
  double middle_x = (layout->left + layout->right) / 2, middle_y = (layout->top + layout->bottom) / 2;
  double below = layout->bottom + 8, left = layout->left - 8;

  click (self, middle_x, below, 1);
  g_assert_true (get_view (self).scale[PLOT_X] == &plot_scale_linear);
  g_assert_true (get_view (self).scale[PLOT_Y] == &plot_scale_log);
  g_assert_true (is_whole (self));
  click (self, left, middle_y, 1);
  g_assert_true (get_view (self).scale[PLOT_Y] == &plot_scale_linear);

  /* For newer data too. */
  show (self, make_figure (500));
  g_assert_true (get_view (self).scale[PLOT_X] == &plot_scale_linear);
  g_assert_true (get_view (self).scale[PLOT_Y] == &plot_scale_linear);
  g_assert_true (is_whole (self));

  click (self, left, middle_y, 1);
  g_assert_true (get_view (self).scale[PLOT_Y] == &plot_scale_log);
  activate (self, "figure.back");
  activate (self, "figure.back");
  g_assert_true (get_view (self).scale[PLOT_Y] == &plot_scale_log);
  g_assert_true (get_view (self).scale[PLOT_X] == &plot_scale_linear);
  g_assert_null (self->refused);
}

/* The part of an axis that is in sight stays so on the other scale, as far as it can. */
static void
test_scale_while_zoomed (Fixture *self, gconstpointer data)
{
  PlotLimits view;

  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.zoom", "i", 1);
  view = get_view (self);
  g_object_set (self->view, "log-x", FALSE, NULL);
  g_assert_cmpfloat (get_view (self).lo[PLOT_X], ==, view.lo[PLOT_X]);
  g_assert_cmpfloat (get_view (self).hi[PLOT_Y], ==, view.hi[PLOT_Y]);

  /* Below zero is no place for a log axis. */
  for (int i = 0; i < 3; i++)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.zoom", "i", -1);
  view = get_view (self);
  g_assert_cmpfloat (view.lo[PLOT_X], <, 0);
  g_object_set (self->view, "log-x", TRUE, NULL);
  g_assert_cmpfloat (get_view (self).lo[PLOT_X], >, 0);
  g_assert_cmpfloat (get_view (self).hi[PLOT_X], ==, view.hi[PLOT_X]);
}

static PlotFigure *
make_negative (void)
{
  PlotFigure *figure = make_empty ("width");

  plot_figure_set_axis (figure, PLOT_Y, "error", &plot_scale_linear);
  add_curve (figure, "test", -1, 10);

  return figure;
}

static void
test_refusal (Fixture *self, gconstpointer data)
{
  const PlotLayout *layout;

  show (self, make_negative ());
  g_assert_false (is_enabled (self, "figure.log-y"));
  g_assert_true (is_enabled (self, "figure.log-x"));
  layout = app_figure_view_get_layout (self->view);
  click (self, layout->left - 8, (layout->top + layout->bottom) / 2, 1);
  g_assert_true (get_view (self).scale[PLOT_Y] == &plot_scale_linear);
  g_assert_nonnull (self->refused);
  g_assert_nonnull (strstr (self->refused, "error"));
  g_assert_false (is_enabled (self, "figure.back"));
}

/* A log axis that was asked for gives way to data that it cannot show. */
static void
test_impossible_scale (Fixture *self, gconstpointer data)
{
  PlotFigure *positive = make_empty ("width");

  plot_figure_set_axis (positive, PLOT_Y, "error", &plot_scale_linear);
  add_curve (positive, "test", 1, 10);
  show (self, positive);
  g_object_set (self->view, "log-y", TRUE, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.zoom", "i", 1);
  g_assert_true (get_view (self).scale[PLOT_Y] == &plot_scale_log);

  show (self, make_negative ());
  g_assert_true (get_view (self).scale[PLOT_Y] == &plot_scale_linear);
  g_assert_true (is_whole (self));
  g_assert_false (is_enabled (self, "figure.back"));
}

/* --- curves --- */

/* A zigzag leaves no place in the frame; without it there is one. */
static PlotFigure *
make_zigzag (void)
{
  PlotFigure *figure = make_empty ("width");
  double x[60], y[60];

  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    {
      x[i] = pow (10, 2.0 * i / 59);
      y[i] = i % 2 == 0 ? 1 : 10;
    }
  plot_figure_add_series (figure, &(PlotSeries) { .id = "zigzag", .label = "zigzag", .style = PLOT_STYLE_PRIMARY,
                                                  .n = 60, .x = x, .y = y });
  add_curve (figure, "rising", 1, 3);
  add_curve (figure, "other", 1, 2);

  return figure;
}

/* While the pointer is over the legend, it stays there: one entry after the other can be clicked. */
static void
test_legend_stays (Fixture *self, gconstpointer data)
{
  g_autoptr (PlotFigure) figure = make_zigzag ();
  const PlotLayout *layout;
  double x, y, before_x, before_y;

  g_object_set (self->view, "figure", figure, NULL);
  app_test_settle ();
  layout = app_figure_view_get_layout (self->view);
  before_x = layout->legend_x;
  before_y = layout->legend_y;
  find_entry (self, "zigzag", &x, &y);
  point (self, x + 4, y + 4);
  click_entry (self, "zigzag");
  app_test_settle ();
  layout = app_figure_view_get_layout (self->view);
  g_assert_cmpuint (get_view (self).hidden, ==, 1);
  g_assert_cmpfloat (layout->legend_x, ==, before_x);
  g_assert_cmpfloat (layout->legend_y, ==, before_y);

  point (self, layout->left + 20, layout->bottom - 20);
  app_test_settle ();
  layout = app_figure_view_get_layout (self->view);
  g_assert_cmpfloat (layout->legend_y, !=, before_y);
}

static void
test_legend (Fixture *self, gconstpointer data)
{
  PlotFigure *swapped = make_empty ("width");
  double before = get_view (self).hi[PLOT_Y];

  click_entry (self, "test");
  g_assert_cmphex (get_view (self).hidden, ==, 1);
  g_assert_cmpfloat (get_view (self).hi[PLOT_Y], <, before);
  g_assert_true (is_whole (self));

  /* By name: the bit is another one. */
  add_curve (swapped, "train", 2, 2);
  add_curve (swapped, "new", 1, 3);
  add_curve (swapped, "test", 1, 10);
  show (self, swapped);
  g_assert_cmphex (get_view (self).hidden, ==, 4);
  g_assert_true (is_enabled (self, "figure.show-all"));
  click_entry (self, "test");
  g_assert_cmphex (get_view (self).hidden, ==, 0);

  app_figure_view_show_alone (self->view, "new");
  g_assert_cmphex (get_view (self).hidden, ==, 5);
  app_figure_view_show_alone (self->view, "train");
  g_assert_cmphex (get_view (self).hidden, ==, 6);
  app_figure_view_show_alone (self->view, "train");
  g_assert_cmphex (get_view (self).hidden, ==, 0);

  click_entry (self, "new");
  activate (self, "figure.show-all");
  g_assert_cmphex (get_view (self).hidden, ==, 0);
  g_assert_false (is_enabled (self, "figure.show-all"));
}

/* The same by the menu. */
static void
test_curves_menu (Fixture *self, gconstpointer data)
{
  g_autoptr (GVariant) state = NULL;

  activate (self, "figure.menu");
  app_test_settle ();
  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (self->view->curves)), ==, 2);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->view), "curves.curve-1", NULL));
  g_assert_cmphex (get_view (self).hidden, ==, 2);
  activate (self, "figure.menu");
  state = g_action_group_get_action_state (G_ACTION_GROUP (self->view->curve_actions), "curve-1");
  g_assert_false (g_variant_get_boolean (state));
  gtk_popover_popdown (GTK_POPOVER (self->view->menu));
  app_test_settle ();
}

/* --- while figures come --- */

static void
test_new_figures (Fixture *self, gconstpointer data)
{
  PlotLimits view;
  PlotFigure *other;

  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.zoom", "i", 1);
  view = get_view (self);
  g_object_set (self->view, "held", TRUE, NULL);
  show (self, make_figure (1000));
  g_object_set (self->view, "held", FALSE, NULL);
  show (self, make_figure (2000));
  g_assert_cmpfloat (get_view (self).lo[PLOT_X], ==, view.lo[PLOT_X]);
  g_assert_cmpfloat (get_view (self).hi[PLOT_Y], ==, view.hi[PLOT_Y]);

  /* Going back to a frame of everything is one of what is there now. */
  activate (self, "figure.back");
  g_assert_true (is_whole (self));
  g_assert_cmpfloat (get_view (self).hi[PLOT_Y], >, 1000);
  show (self, make_figure (10));
  g_assert_true (is_whole (self));

  /* Another axis: a view of another figure. */
  gtk_widget_activate_action (GTK_WIDGET (self->view), "figure.zoom", "i", 1);
  click_entry (self, "train");
  g_object_set (self->view, "log-x", FALSE, "log-y", FALSE, NULL);
  other = make_empty ("samples");
  add_curve (other, "train", 1, 10);
  show (self, other);
  g_assert_true (is_whole (self));
  g_assert_false (is_enabled (self, "figure.back"));
  g_assert_true (get_view (self).scale[PLOT_X] == &plot_scale_log);
  /* What the other axis says is as it was. */
  g_assert_true (get_view (self).scale[PLOT_Y] == &plot_scale_linear);
  g_assert_cmphex (get_view (self).hidden, ==, 1);
}

static void
assert_described (Fixture *self, const char *words)
{
  gtk_test_accessible_assert_property (self->view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
}

static void
test_description (Fixture *self, gconstpointer data)
{
  PlotLimits view;

  assert_described (self, "A peak.");
  view = get_view (self);
  view.lo[PLOT_X] = 2;
  view.hi[PLOT_X] = 50;
  view.lo[PLOT_Y] = 0.25;
  view.hi[PLOT_Y] = 12;
  app_figure_view_take (self->view, &view, NULL);
  assert_described (self, "A peak. In sight: width from 2 to 50, error from 0.25 to 12.");
  view.lo[PLOT_X] = 49.999;
  app_figure_view_take (self->view, &view, NULL);
  assert_described (self, "A peak. In sight: width from 49.999 to 50, error from 0.25 to 12.");
  activate (self, "figure.frame");
  assert_described (self, "A peak.");
  g_object_set (self->view, "log-y", FALSE, NULL);
  click_entry (self, "train");
  assert_described (self, "A peak. Linear axis: error. Hidden: train.");
}

/* The pointer alone lays nothing out and renders nothing. */
static void
test_hover_is_cheap (Fixture *self, gconstpointer data)
{
  const PlotLayout *layout = self->view->layout;
  GskRenderNode *picture = self->view->picture;

  g_assert_nonnull (picture);
  for (int i = 0; i < 50; i++)
    {
      point (self, 5 + 12 * i, 3 + 9 * i);
      app_test_spin (5);
    }
  g_assert_true (self->view->layout == layout && !self->view->outdated);
  g_assert_true (self->view->picture == picture);

  /* Many events between two pictures: one picture. */
  for (int i = 0; i < 20; i++)
    {
      g_assert_true (turn_wheel (self, 300, 200, -0.1));
      g_assert_null (self->view->picture);
    }
  app_test_settle ();
  g_assert_nonnull (self->view->picture);
}

static void
test_nothing (Fixture *self, gconstpointer data)
{
  g_object_set (self->view, "figure", NULL, NULL);
  app_test_settle ();
  turn_wheel (self, 300, 200, -1);
  drag (self, 300, 200, 50, 50);
  click (self, 300, 200, 2);
  app_figure_view_show_all (self->view);
  g_object_set (self->view, "log-x", TRUE, NULL);
  g_assert_false (is_enabled (self, "figure.frame"));
  g_assert_false (is_enabled (self, "figure.back"));
  g_assert_false (is_enabled (self, "figure.log-x"));
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  add ("/app/figure-gestures/wheel", test_wheel);
  add ("/app/figure-gestures/wheel-over-an-axis", test_wheel_over_an_axis);
  add ("/app/figure-gestures/pan", test_pan);
  add ("/app/figure-gestures/tremble", test_tremble);
  add ("/app/figure-gestures/cancel", test_cancel);
  add ("/app/figure-gestures/double-click", test_double_click);
  add ("/app/figure-gestures/keys", test_keys);
  add ("/app/figure-gestures/pages", test_pages);
  add ("/app/figure-gestures/keys-follow-the-pointer", test_keys_follow_the_pointer);
  add ("/app/figure-gestures/frame-button", test_frame_button);
  add ("/app/figure-gestures/axes", test_axes);
  add ("/app/figure-gestures/scale-while-zoomed", test_scale_while_zoomed);
  add ("/app/figure-gestures/refusal", test_refusal);
  add ("/app/figure-gestures/impossible-scale", test_impossible_scale);
  add ("/app/figure-gestures/legend", test_legend);
  add ("/app/figure-gestures/legend-stays", test_legend_stays);
  add ("/app/figure-gestures/curves-menu", test_curves_menu);
  add ("/app/figure-gestures/new-figures", test_new_figures);
  add ("/app/figure-gestures/description", test_description);
  add ("/app/figure-gestures/hover-is-cheap", test_hover_is_cheap);
  add ("/app/figure-gestures/nothing", test_nothing);
  return g_test_run ();
}
