/* What widgets record with cairo, GTK replays within whatever has to be redrawn: often several
 * rectangles, sometimes shifted by part of a pixel. Cairo aborts when a clip on record meets such
 * a clip, so nothing that is recorded may clip. */

#include <cairo-script.h>
#include <math.h>
#include <string.h>

#include "app-application.h"
#include "app-desk.h"
#include "app-export-dialog.h"
#include "app-figure-view-private.h"
#include "app-pin-button.h"
#include "app-test.h"
#include "app-window.h"

#define REPLAYS 150

/* --- nodes --- */

/* What was drawn of it in the last frame. */
static GskRenderNode *
take_node (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = NULL, image = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  if (GTK_IS_ROOT (widget))
    widget = gtk_widget_get_first_child (widget);
  paintable = gtk_widget_paintable_new (widget);
  gtk_widget_queue_draw (widget);
  app_test_settle ();
  image = gdk_paintable_get_current_image (paintable);
  gdk_paintable_snapshot (image, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  return gtk_snapshot_free_to_node (snapshot);
}

static const struct
{
  GskRenderNodeType type;
  GskRenderNode *(*get_child) (const GskRenderNode *node);
} wrappers[] = {
  { GSK_TRANSFORM_NODE, gsk_transform_node_get_child },
  { GSK_OPACITY_NODE, gsk_opacity_node_get_child },
  { GSK_COLOR_MATRIX_NODE, gsk_color_matrix_node_get_child },
  { GSK_REPEAT_NODE, gsk_repeat_node_get_child },
  { GSK_CLIP_NODE, gsk_clip_node_get_child },
  { GSK_ROUNDED_CLIP_NODE, gsk_rounded_clip_node_get_child },
  { GSK_SHADOW_NODE, gsk_shadow_node_get_child },
  { GSK_BLUR_NODE, gsk_blur_node_get_child },
  { GSK_DEBUG_NODE, gsk_debug_node_get_child },
};

static void
find_cairo_nodes (GskRenderNode *node, GPtrArray *found)
{
  GskRenderNodeType type = gsk_render_node_get_node_type (node);

  if (type == GSK_CAIRO_NODE)
    g_ptr_array_add (found, node);
  if (type == GSK_CONTAINER_NODE)
    for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
      find_cairo_nodes (gsk_container_node_get_child (node, i), found);
  for (gsize i = 0; i < G_N_ELEMENTS (wrappers); i++)
    if (type == wrappers[i].type)
      find_cairo_nodes (wrappers[i].get_child (node), found);
}

static cairo_status_t
append (void *data, const unsigned char *bytes, unsigned int length)
{
  g_string_append_len (data, (const char *) bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* What is on record, in words. */
static char *
tell_record (cairo_surface_t *surface)
{
  GString *script = g_string_new (NULL);
  cairo_device_t *device = cairo_script_create_for_stream (append, script);

  g_assert_cmpint (cairo_script_from_recording_surface (device, surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_device_finish (device);
  cairo_device_destroy (device);

  return g_string_free (script, FALSE);
}

static gboolean
has_clip (cairo_surface_t *surface)
{
  g_autofree char *script = tell_record (surface);

  return strstr (script, "\nclip+\n") != NULL;
}

/* --- replay --- */

static double
draw_number (double lo, double hi)
{
  return g_test_rand_double_range (lo, hi);
}

static void
replay_once (GskRenderNode *node, cairo_surface_t *surface, int n_rectangles, gboolean fractional)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  double x = draw_number (-40, 40), y = draw_number (-40, 40);
  cairo_t *cr = cairo_create (surface);

  for (int i = 0; i < n_rectangles; i++)
    cairo_rectangle (cr, floor (draw_number (0, width)), floor (draw_number (0, height)),
                     ceil (draw_number (1, width / 2.0)), ceil (draw_number (1, height / 2.0)));
  cairo_clip (cr);
  cairo_translate (cr, fractional ? x : floor (x), fractional ? y : floor (y));
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
}

/* Returns how much of it was recorded with cairo. */
static guint
replay (GtkWidget *widget)
{
  g_autoptr (GskRenderNode) whole = take_node (widget);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  cairo_surface_t *surface;

  g_assert_nonnull (whole);
  find_cairo_nodes (whole, nodes);
  for (guint i = 0; i < nodes->len; i++)
    g_assert_false (has_clip (gsk_cairo_node_get_surface (nodes->pdata[i])));

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gtk_widget_get_width (widget),
                                        gtk_widget_get_height (widget));
  for (int i = 0; i < REPLAYS; i++)
    for (guint j = 0; j < nodes->len; j++)
      replay_once (nodes->pdata[j], surface, 1 + i % 4, i % 8 >= 4);
  for (int i = 0; i < 8; i++)
    replay_once (whole, surface, 1 + i % 4, i >= 4);
  cairo_surface_destroy (surface);

  return nodes->len;
}

/* An abort ends no more than the copy of this program that meets it. */
static gboolean
is_copy (void)
{
  if (g_test_subprocess ())
    return TRUE;

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  return FALSE;
}

/* --- a figure --- */

static PlotFigure *
make_figure (guint n_panels)
{
  static const double x[] = { 1, 10, 100 }, y[] = { 1, 10, 1 };
  static const char *const names[] = { "test", "train", "theory", "noise" };
  static const char *const titles[] = { "one", "two", "three" };
  PlotFigure *figure = plot_figure_new ("Width <i>m</i>");

  plot_figure_set_axis (figure, PLOT_X, "width", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "error", &plot_scale_log);
  plot_figure_add_movable_range (figure, "range", 25, 60);
  plot_figure_set_panels (figure, n_panels, titles);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    plot_figure_add_series (figure, &(PlotSeries) { .id = names[i], .label = names[i],
                                                    .style = PLOT_STYLE_PRIMARY + i,
                                                    .panel = i % n_panels, .n = 3, .x = x, .y = y });

  return figure;
}

static gboolean
is_shown (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0;
}

static GtkWidget *
show_in_window (GtkWidget *child, int width, int height)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (app_test_wait (is_shown, child, 20000));

  return window;
}

static void
hover_at (AppFigureView *view, double x, double y)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        g_signal_emit_by_name (controller, "motion", x, y);
    }
}

/* Over a point, over the legend, on every handle. */
static void
replay_hovers (AppFigureView *view)
{
  const PlotLayout *layout = app_figure_view_get_layout (view);
  double middle = (layout->frames[0].top + layout->frames[0].bottom) / 2;
  double lo = plot_layout_to_pixel (layout, 0, PLOT_X, 25), hi = plot_layout_to_pixel (layout, 0, PLOT_X, 60);

  hover_at (view, plot_layout_to_pixel (layout, 0, PLOT_X, 10), plot_layout_to_pixel (layout, 0, PLOT_Y, 10));
  g_assert_cmpint (view->hover.series, >=, 0);
  g_assert_cmpuint (replay (GTK_WIDGET (view)), >, 0);
  hover_at (view, layout->legend_x + 5, layout->legend_y + 5);
  replay (GTK_WIDGET (view));
  hover_at (view, lo, middle);
  g_assert_cmpint (view->handle, ==, 0);
  g_assert_cmpuint (replay (GTK_WIDGET (view)), >, 0);
  hover_at (view, hi, middle);
  replay (GTK_WIDGET (view));
  hover_at (view, (lo + hi) / 2, layout->frames[0].top + 5);
  g_assert_cmpint (view->handle, ==, 2);
  replay (GTK_WIDGET (view));
}

static void
replay_box (AppFigureView *view)
{
  const PlotLayout *layout = app_figure_view_get_layout (view);

  view->drag = APP_DRAG_BOX;
  view->moving = TRUE;
  view->box = (PlotRect) { layout->left + 10.3, layout->top + 10.6, layout->right - 7, layout->bottom - 9 };
  g_assert_cmpuint (replay (GTK_WIDGET (view)), >, 0);
  view->drag = APP_DRAG_NONE;
}

static void
test_figure (gconstpointer data)
{
  g_autoptr (PlotFigure) figure = NULL;
  AppFigureView *view;
  GtkWidget *window;

  if (!is_copy ())
    return;

  figure = make_figure (GPOINTER_TO_UINT (data));
  view = g_object_new (APP_TYPE_FIGURE_VIEW, "figure", figure, NULL);
  window = show_in_window (GTK_WIDGET (view), 640, 420);
  replay_hovers (view);
  g_object_set (view, "linked", 13.0, NULL);
  replay_hovers (view);
  g_object_set (view, "cursor", 37.0, "dimmed", TRUE, NULL);
  replay_hovers (view);
  replay_box (view);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- a dialog, a popover and the whole window --- */

static void
test_export (void)
{
  g_autoptr (PlotFigure) figure = NULL;
  GtkWindow *dialog;
  GtkWidget *area;

  if (!is_copy ())
    return;

  figure = make_figure (1);
  dialog = app_export_dialog_new (figure, NULL, "figure");
  gtk_window_present (dialog);
  area = app_test_find (GTK_WIDGET (dialog), GTK_TYPE_DRAWING_AREA);
  g_assert_true (app_test_wait (is_shown, area, 20000));
  g_assert_cmpuint (replay (area), >, 0);
  g_assert_cmpuint (replay (GTK_WIDGET (dialog)), >, 0);
  gtk_window_destroy (dialog);
}

static gboolean
has_figure (gpointer data)
{
  g_autoptr (PlotFigure) figure = app_view_make_figure (app_desk_get_main (data));

  return figure != NULL;
}

static void
hover_in (GtkWidget *widget, gpointer data)
{
  const PlotLayout *layout;

  if (!APP_IS_FIGURE_VIEW (widget) || !is_shown (widget))
    return;

  layout = app_figure_view_get_layout (APP_FIGURE_VIEW (widget));
  hover_at (APP_FIGURE_VIEW (widget), 0.4 * (layout->left + layout->right),
            (layout->top + layout->bottom) / 2);
}

static void
replay_drawing (GtkWidget *widget, gpointer n_drawn)
{
  if (!GTK_IS_DRAWING_AREA (widget) || !is_shown (widget))
    return;

  g_assert_cmpuint (replay (widget), >, 0);
  ++*(int *) n_drawn;
}

/* The list of pins, with a sample of each line. */
static void
replay_pins (GtkWidget *window)
{
  GtkWidget *button = app_test_find (window, APP_TYPE_PIN_BUTTON);
  GtkWidget *menu = app_test_find (button, GTK_TYPE_MENU_BUTTON);
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (menu)));
  int n_drawn = 0;

  g_assert_true (gtk_widget_activate_action (button, "win.pin", NULL));
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  g_assert_true (app_test_wait (is_shown, popover, 20000));
  app_test_foreach (popover, replay_drawing, &n_drawn);
  g_assert_cmpint (n_drawn, ==, 1);
}

static void
count_views (GtkWidget *widget, gpointer data)
{
  int *counts = data;

  if (!APP_IS_FIGURE_VIEW (widget) || !is_shown (widget))
    return;

  counts[0]++;
  counts[1] += app_figure_view_get_layout (APP_FIGURE_VIEW (widget)) != NULL;
}

/* The curve, the fit and the spectrum. */
static gboolean
shows_views (gpointer window)
{
  int counts[2] = { 0, 0 };

  app_test_foreach (window, count_views, counts);
  return counts[0] == 3 && counts[1] == 3;
}

static void
test_window (void)
{
  g_autoptr (AppApplication) application = NULL;
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (GError) error = NULL;
  AppWindow *window;
  AppDesk *desk;

  if (!is_copy ())
    return;

  application = app_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  spec = app_test_spec ();
  window = app_window_new (GTK_APPLICATION (application), spec);
  g_object_get (window, "desk", &desk, NULL);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (app_test_wait (has_figure, desk, 20000));
  g_assert_true (app_test_wait (shows_views, window, 20000));

  app_test_foreach (GTK_WIDGET (window), hover_in, NULL);
  g_assert_cmpuint (replay (GTK_WIDGET (window)), >, 0);
  replay_pins (GTK_WIDGET (window));
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (desk);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add_data_func ("/replay/figure", GUINT_TO_POINTER (1), test_figure);
  g_test_add_data_func ("/replay/panels", GUINT_TO_POINTER (3), test_figure);
  g_test_add_func ("/replay/export", test_export);
  g_test_add_func ("/replay/window", test_window);
  return g_test_run ();
}
