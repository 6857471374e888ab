#include "app-figure-view-private.h"

#include <math.h>

#include "app-overlay.h"
#include "app-test.h"
#include "app-theme.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  PlotFigure *figure;
} Fixture;

static PlotFigure *
make_figure (double height)
{
  static const double x[] = { 1, 10, 100 };
  double y[] = { 1, height, 1 };
  PlotFigure *figure = plot_figure_new ("Width <i>m</i>");
  PlotSeries series = { .id = "test", .label = "test", .style = PLOT_STYLE_PRIMARY, .n = 3, .x = x, .y = y };

  plot_figure_set_axis (figure, PLOT_X, "width", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "error", &plot_scale_log);
  plot_figure_set_description (figure, "A peak.");
  plot_figure_add_series (figure, &series);

  return figure;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->figure = make_figure (10);
  self->view = g_object_new (APP_TYPE_FIGURE_VIEW, "figure", self->figure, NULL);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 600, 400);
  adw_window_set_content (ADW_WINDOW (self->window), self->view);
  gtk_window_present (GTK_WINDOW (self->window));
  app_test_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  plot_figure_unref (self->figure);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

static guint32
background (const char *theme)
{
  const PlotColor *color = &plot_theme_find (theme)->background;

  return 0xff000000u | (guint32) lround (color->r * 255) << 16 | (guint32) lround (color->g * 255) << 8
         | (guint32) lround (color->b * 255);
}

static guint32
get_corner (Fixture *self)
{
  cairo_surface_t *surface = app_test_draw (self->view);
  guint32 pixel = app_test_pixel (surface, 2, 2);

  cairo_surface_destroy (surface);
  return pixel;
}

static void
test_themes (Fixture *self, gconstpointer data)
{
  guint32 light, dark;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
  app_test_settle ();
  light = get_corner (self);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  app_test_settle ();
  dark = get_corner (self);

  g_assert_cmphex (light, ==, background ("light"));
  g_assert_cmphex (dark, ==, background ("dark"));
  g_assert_cmphex (light, !=, dark);
}

static guint
count_pixels (Fixture *self, guint32 color)
{
  cairo_surface_t *surface = app_test_draw (self->view);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += app_test_pixel (surface, x, y) == color;
  cairo_surface_destroy (surface);

  return n;
}

/* Axes and text in black and white, every line to be told from what is behind it. */
static void
test_high_contrast (Fixture *self, gconstpointer data)
{
  static const guint32 back[] = { 0xffffffff, 0xff000000 }, front[] = { 0xff000000, 0xffffffff };

  for (int dark = 0; dark <= 1; dark++)
    {
      const PlotTheme *theme = app_theme_find (dark, TRUE);

      g_object_set (self->view, "dark", dark, "high-contrast", FALSE, NULL);
      app_test_settle ();
      g_assert_cmpuint (count_pixels (self, front[dark]), <, 100);
      g_object_set (self->view, "high-contrast", TRUE, NULL);
      app_test_settle ();
      g_assert_cmphex (get_corner (self), ==, back[dark]);
      /* Both axes at least. */
      g_assert_cmpuint (count_pixels (self, front[dark]), >, 600);
      for (int style = 0; style < PLOT_N_STYLES; style++)
        {
          g_assert_cmpfloat (plot_color_contrast (theme->looks[style].color, theme->background), >=, 7);
          g_assert_cmpfloat (theme->looks[style].width, >,
                             app_theme_find (dark, FALSE)->looks[style].width);
        }
    }
  g_assert_true (app_theme_find (TRUE, FALSE) == plot_theme_find ("dark"));
}

/* The cursor stands where x is; nothing else changes. */
static void
test_cursor (Fixture *self, gconstpointer data)
{
  cairo_surface_t *before, *after;
  int width = gtk_widget_get_width (self->view);
  int height = gtk_widget_get_height (self->view);
  int changes = 0;

  before = app_test_draw (self->view);
  g_object_set (self->view, "cursor", 30.0, NULL);
  app_test_settle ();
  after = app_test_draw (self->view);
  for (int x = 0; x < width; x++)
    changes += app_test_pixel (before, x, height / 3) != app_test_pixel (after, x, height / 3);

  g_assert_cmpint (changes, >, 0);
  g_assert_cmpint (changes, <, 16);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

/* Ranges only grow while a slider is held, and frame the curve again on release. */
static void
test_held (Fixture *self, gconstpointer data)
{
  g_autoptr (PlotFigure) higher = make_figure (1000);
  g_autoptr (PlotFigure) lower = make_figure (2);
  PlotLimits start, view;

  g_assert_true (app_figure_view_get_view (APP_FIGURE_VIEW (self->view), &start));
  g_object_set (self->view, "held", TRUE, "figure", lower, NULL);
  app_figure_view_get_view (APP_FIGURE_VIEW (self->view), &view);
  g_assert_cmpfloat (view.hi[PLOT_Y], ==, start.hi[PLOT_Y]);

  g_object_set (self->view, "figure", higher, NULL);
  app_figure_view_get_view (APP_FIGURE_VIEW (self->view), &view);
  g_assert_cmpfloat (view.hi[PLOT_Y], >=, 1000);

  g_object_set (self->view, "figure", lower, NULL);
  app_figure_view_get_view (APP_FIGURE_VIEW (self->view), &view);
  g_assert_cmpfloat (view.hi[PLOT_Y], >=, 1000);

  g_object_set (self->view, "held", FALSE, NULL);
  app_figure_view_get_view (APP_FIGURE_VIEW (self->view), &view);
  g_assert_cmpfloat (view.hi[PLOT_Y], <, start.hi[PLOT_Y]);
}

static void
picked_cb (AppFigureView *view, double x, double *picked)
{
  *picked = x;
}

/* A click near a point takes that point. */
static void
test_click (Fixture *self, gconstpointer data)
{
  double picked = NAN;
  PlotLimits view;
  PlotLayout *layout;
  GtkEventController *click = app_test_find_click (self->view, 1, GTK_PHASE_BUBBLE);
  double x, y;

  app_figure_view_get_view (APP_FIGURE_VIEW (self->view), &view);
  view.type_scale = 1;
  layout = plot_layout_new (self->figure, plot_theme_find ("light"), &view,
                            gtk_widget_get_width (self->view), gtk_widget_get_height (self->view));
  x = plot_layout_to_pixel (layout, 0, PLOT_X, 10);
  y = plot_layout_to_pixel (layout, 0, PLOT_Y, 10);
  plot_layout_free (layout);
  g_signal_connect (self->view, "picked", G_CALLBACK (picked_cb), &picked);

  /* Nothing to move. */
  g_signal_emit_by_name (click, "released", 1, x + 3, y + 3);
  g_assert_true (isnan (picked));

  g_object_set (self->view, "cursor", 30.0, NULL);
  g_signal_emit_by_name (click, "released", 1, x + 3, y + 3);
  g_assert_cmpfloat (picked, ==, 10);

  /* Outside the frame. */
  picked = NAN;
  g_signal_emit_by_name (click, "released", 1, 2.0, 2.0);
  g_assert_true (isnan (picked));
}

typedef struct
{
  char id[20];
  double x, y;
  int moves, resets;
} Moved;

static void
moved_cb (AppFigureView *view, const char *id, double x, double y, Moved *moved)
{
  g_strlcpy (moved->id, id, sizeof moved->id);
  moved->x = x;
  moved->y = y;
  moved->moves++;
}

static void
reset_cb (AppFigureView *view, const char *id, Moved *moved)
{
  g_assert_cmpstr (id, ==, "range");
  moved->resets++;
}

static void
drag (Fixture *self, double x, double y, double dx)
{
  GtkEventController *gesture = app_test_find_drag (self->view);

  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  g_signal_emit_by_name (gesture, "drag-update", dx / 2, 0.0);
  g_signal_emit_by_name (gesture, "drag-end", dx, 0.0);
}

/* Edges over their whole height, the body by its strip; the rest of the window is the figure's. */
static void
test_slope_range (Fixture *self, gconstpointer data)
{
  PlotFigure *figure = make_figure (10);
  GtkEventController *click = app_test_find_click (self->view, 1, GTK_PHASE_BUBBLE);
  PlotLimits view;
  PlotLayout *layout;
  double lo, hi, top, middle, ratio, picked = NAN;
  Moved moved = { 0 };

  plot_figure_add_movable_range (figure, "range", 5, 20);
  g_object_set (self->view, "figure", figure, "cursor", 10.0, NULL);
  app_test_settle ();
  app_figure_view_get_view (APP_FIGURE_VIEW (self->view), &view);
  layout = plot_layout_new (figure, plot_theme_find ("light"), &view,
                            gtk_widget_get_width (self->view), gtk_widget_get_height (self->view));
  lo = plot_layout_to_pixel (layout, 0, PLOT_X, 5);
  hi = plot_layout_to_pixel (layout, 0, PLOT_X, 20);
  top = layout->frames[0].top + 5;
  middle = layout->frames[0].bottom - 60;
  ratio = plot_layout_to_data (layout, 0, PLOT_X, lo + 30) / 5;
  g_signal_connect (self->view, "moved", G_CALLBACK (moved_cb), &moved);
  g_signal_connect (self->view, "reset", G_CALLBACK (reset_cb), &moved);
  g_signal_connect (self->view, "picked", G_CALLBACK (picked_cb), &picked);

  drag (self, lo + 2, middle, 30);
  g_assert_cmpstr (moved.id, ==, "range-from");
  g_assert_cmpint (moved.moves, ==, 2);
  g_assert_cmpfloat_with_epsilon (moved.x, 5 * ratio, 1e-9);
  drag (self, hi - 2, middle, 30);
  g_assert_cmpstr (moved.id, ==, "range-to");
  g_assert_cmpfloat_with_epsilon (moved.x, 20 * ratio, 1e-9);
  drag (self, (lo + hi) / 2, top, -30);
  g_assert_cmpstr (moved.id, ==, "range");
  g_assert_cmpfloat_with_epsilon (moved.y / moved.x, 4, 1e-9);
  g_assert_cmpfloat_with_epsilon (moved.x, 5 / ratio, 1e-9);
  g_assert_cmpint (moved.moves, ==, 6);
  drag (self, (lo + hi) / 2, middle, 30);
  g_assert_cmpint (moved.moves, ==, 6);

  /* A click on it is none on the curve, and two are for the whole range. */
  for (int n_press = 1; n_press <= 2; n_press++)
    {
      g_signal_emit_by_name (click, "pressed", n_press, (lo + hi) / 2, top);
      g_signal_emit_by_name (click, "released", n_press, (lo + hi) / 2, top);
    }
  g_assert_true (isnan (picked));
  g_assert_cmpint (moved.resets, ==, 1);
  plot_layout_free (layout);
  plot_figure_unref (figure);
}

static GtkEventController *
find_motion (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        return controller;
    }

  g_assert_not_reached ();
}

static int
count_changes (cairo_surface_t *before, cairo_surface_t *after, int y)
{
  int changes = 0;

  for (int x = 0; x < cairo_image_surface_get_width (before); x++)
    changes += app_test_pixel (before, x, y) != app_test_pixel (after, x, y);

  return changes;
}

/* What one view says of the pointer, another draws as a thin line and nothing else. */
static void
test_linked (Fixture *self, gconstpointer data)
{
  GtkEventController *motion = find_motion (self->view);
  PlotLimits view;
  PlotLayout *layout;
  cairo_surface_t *before, *after;
  double x, y, right, hovered = -1;

  app_figure_view_get_view (APP_FIGURE_VIEW (self->view), &view);
  layout = plot_layout_new (self->figure, plot_theme_find ("light"), &view,
                            gtk_widget_get_width (self->view), gtk_widget_get_height (self->view));
  x = plot_layout_to_pixel (layout, 0, PLOT_X, 10);
  y = plot_layout_to_pixel (layout, 0, PLOT_Y, 10);
  right = plot_layout_to_data (layout, 0, PLOT_X, x + 40);
  g_signal_connect (self->view, "hovered", G_CALLBACK (picked_cb), &hovered);

  /* The point's place while one is near, else the pointer's. */
  g_signal_emit_by_name (motion, "motion", x + 3, y);
  g_assert_cmpfloat (hovered, ==, 10);
  g_signal_emit_by_name (motion, "motion", x + 40, layout->bottom - 5);
  g_assert_cmpfloat_with_epsilon (hovered, right, 1e-9);
  g_signal_emit_by_name (motion, "motion", x, layout->bottom + 5);
  g_assert_true (isnan (hovered));
  g_signal_emit_by_name (motion, "motion", x + 3, y);
  g_signal_emit_by_name (motion, "leave");
  g_assert_true (isnan (hovered));

  app_test_settle ();
  before = app_test_draw (self->view);
  g_object_set (self->view, "linked", right, NULL);
  app_test_settle ();
  after = app_test_draw (self->view);
  g_assert_cmpint (count_changes (before, after, (int) layout->top + 1), ==, 1);
  g_assert_cmphex (app_test_pixel (before, (int) x + 40, (int) layout->top + 1), !=,
                   app_test_pixel (after, (int) x + 40, (int) layout->top + 1));
  cairo_surface_destroy (after);
  g_object_set (self->view, "linked", NAN, NULL);
  app_test_settle ();
  after = app_test_draw (self->view);
  g_assert_cmpint (count_changes (before, after, (int) layout->top + 1), ==, 0);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
  plot_layout_free (layout);
}

static PlotLayout *
lay_out (Fixture *self, const PlotFigure *figure)
{
  PlotLimits view;

  app_figure_view_get_view (APP_FIGURE_VIEW (self->view), &view);

  return plot_layout_new (figure, plot_theme_find ("light"), &view, gtk_widget_get_width (self->view),
                          gtk_widget_get_height (self->view));
}

/* A point goes with the pointer along the axes that it is free on, and stays on the others. */
static void
test_point (Fixture *self, gconstpointer data)
{
  g_autoptr (PlotFigure) figure = make_figure (10);
  g_autoptr (PlotLayout) layout = NULL;
  GtkEventController *gesture = app_test_find_drag (self->view);
  Moved moved = { 0 };
  double x, y;

  plot_figure_add_handle (figure, &(PlotHandle){ .id = "y", .x = 5, .y = 3, .free_y = TRUE });
  plot_figure_add_handle (figure, &(PlotHandle){ .id = "both", .x = 40, .y = 3, .free_x = TRUE,
                                                 .free_y = TRUE, .label = "a point" });
  g_object_set (self->view, "figure", figure, NULL);
  app_test_settle ();
  layout = lay_out (self, figure);
  g_signal_connect (self->view, "moved", G_CALLBACK (moved_cb), &moved);

  for (int both = 0; both <= 1; both++)
    {
      x = plot_layout_to_pixel (layout, 0, PLOT_X, both ? 40 : 5);
      y = plot_layout_to_pixel (layout, 0, PLOT_Y, 3);
      g_signal_emit_by_name (find_motion (self->view), "motion", x, y);
      g_assert_true (gtk_widget_get_has_tooltip (self->view) == both);
      g_signal_emit_by_name (gesture, "drag-begin", x + 3, y - 3);
      g_signal_emit_by_name (gesture, "drag-end", 25.0, -30.0);
      g_assert_cmpstr (moved.id, ==, both ? "both" : "y");
      g_assert_cmpfloat_with_epsilon (
        moved.x, both ? plot_layout_to_data (layout, 0, PLOT_X, x + 25) : 5, 1e-9);
      g_assert_cmpfloat_with_epsilon (moved.y, plot_layout_to_data (layout, 0, PLOT_Y, y - 30), 1e-9);
    }

  /* Keys take the first one a hundredth of the axis at a time, along what it is free on. */
  moved = (Moved){ 0 };
  gtk_widget_activate_action (self->view, "figure.move-handle", "(iii)", 0, 1, 0);
  g_assert_cmpint (moved.moves, ==, 0);
  gtk_widget_activate_action (self->view, "figure.move-handle", "(iii)", 0, 0, 1);
  g_assert_cmpstr (moved.id, ==, "y");
  g_assert_cmpfloat (moved.x, ==, 5);
  g_assert_cmpfloat (moved.y, >, 3);
  g_assert_cmpfloat (moved.y, <, 3.5);
}

/* A cell is read out as a point is, and what is linked is its middle. */
static void
test_image (Fixture *self, gconstpointer data)
{
  static const double edges[] = { 0, 1, 2, 3 }, z[] = { 0.25, 1, 2, 3, NAN, 5, 6, 7, 8 };
  g_autoptr (PlotFigure) figure = plot_figure_new ("Kernel");
  g_autoptr (PlotLayout) layout = NULL;
  g_autofree char *value = NULL, *none = NULL;
  GtkEventController *motion = find_motion (self->view);
  cairo_surface_t *before, *after;
  PlotHit hit;
  double hovered = -1, x, y;

  plot_figure_set_axis (figure, PLOT_X, "column <i>j</i>", &plot_scale_linear);
  plot_figure_set_axis (figure, PLOT_Y, "angle", &plot_scale_degrees);
  plot_figure_add_image (figure, &(PlotImage){ .label = "kernel", .nx = 3, .ny = 3, .x = edges, .y = edges,
                                               .z = z });
  g_object_set (self->view, "figure", figure, NULL);
  app_test_settle ();
  layout = lay_out (self, figure);
  x = plot_layout_to_pixel (layout, 0, PLOT_X, 0.2);
  y = plot_layout_to_pixel (layout, 0, PLOT_Y, 0.7);
  g_signal_connect (self->view, "hovered", G_CALLBACK (picked_cb), &hovered);
  before = app_test_draw (self->view);
  g_signal_emit_by_name (motion, "motion", x, y);
  g_assert_cmpfloat (hovered, ==, 0.5);
  app_test_settle ();
  after = app_test_draw (self->view);
  g_assert_cmpint (count_changes (before, after, (int) y), >, 2);
  g_signal_emit_by_name (motion, "leave");
  g_assert_true (isnan (hovered));
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);

  hit = plot_layout_hit (layout, figure, x, y, 10);
  value = app_overlay_cell_markup (figure, hit.image, hit.point);
  g_assert_cmpstr (value, ==, "column <i>j</i> 0.5, angle 0.5°\nkernel:\u2002<b>0.250</b>");
  none = app_overlay_cell_markup (figure, hit.image, 4);
  g_assert_cmpstr (none, ==, "column <i>j</i> 1.5, angle 1.5°\nkernel:\u2002<b>no value</b>");
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  double picked = NAN;

  g_signal_connect (self->view, "picked", G_CALLBACK (picked_cb), &picked);
  gtk_widget_activate_action (self->view, "figure.step", "i", 1);
  g_assert_true (isnan (picked));
  g_object_set (self->view, "cursor", 30.0, NULL);
  gtk_widget_activate_action (self->view, "figure.step", "i", 1);
  g_assert_cmpfloat (picked, ==, 100);
  gtk_widget_activate_action (self->view, "figure.step", "i", -1);
  g_assert_cmpfloat (picked, ==, 10);
}

static PlotFigure *
make_curves (void)
{
  static const double x[] = { 1, 2, 3 }, low[] = { 1, 1, 1 }, high[] = { 5, 4, 3 }, few[] = { 3, 1 };
  static const double between[] = { 2, 2 };
  static const int count[] = { 8, 8, 8 };
  PlotFigure *figure = plot_figure_new ("Curves");

  plot_figure_set_axis (figure, PLOT_X, "angle", &plot_scale_linear);
  plot_figure_set_axis (figure, PLOT_Y, "kernel", &plot_scale_linear);
  plot_figure_add_series (figure, &(PlotSeries) { .id = "high", .label = "high", .n = 3, .x = x, .y = high });
  plot_figure_add_series (figure, &(PlotSeries) { .id = "low", .label = "low", .n = 3, .x = x, .y = low,
                                                  .count = count });
  plot_figure_add_series (figure, &(PlotSeries) { .id = "few", .label = "few", .n = 2, .x = few, .y = between,
                                                  .points = TRUE });
  return figure;
}

static void
assert_pointed (Fixture *self, int series, double x)
{
  PlotHit *hit = &APP_FIGURE_VIEW (self->view)->hover;

  g_assert_cmpint (hit->series, ==, series);
  g_assert_cmpfloat (plot_figure_get_series (APP_FIGURE_VIEW (self->view)->figure, (guint) series)->x[hit->point],
                     ==, x);
}

/* Without a cursor the keys point: along the simulated curve first, across to those that have a point near, in
 * whatever order their points come, until the pointer moves. */
static void
test_points (Fixture *self, gconstpointer data)
{
  static const struct
  {
    int dx, dy, series;
    double x;
  } steps[] = { { 1, 0, 1, 1 },  { 1, 0, 1, 2 },  { 10, 0, 1, 3 }, { 1, 0, 1, 3 }, { 0, -1, 2, 3 },
                { -1, 0, 2, 1 }, { 0, -1, 0, 1 }, { 1, 0, 0, 2 },  { 0, 1, 1, 2 }, { 0, 1, 1, 2 } };
  g_autoptr (PlotFigure) figure = make_curves ();
  AppFigureView *view = APP_FIGURE_VIEW (self->view);
  double hovered = NAN, px, py;

  g_signal_connect (view, "hovered", G_CALLBACK (picked_cb), &hovered);
  g_object_set (view, "figure", figure, NULL);
  app_test_settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (steps[i].dx != 0)
        gtk_widget_activate_action (self->view, "figure.step", "i", steps[i].dx);
      else
        app_figure_view_point (view, 0, steps[i].dy);
      assert_pointed (self, steps[i].series, steps[i].x);
      g_assert_cmpfloat (hovered, ==, steps[i].x);
    }

  g_assert_true (app_figure_view_stop_pointing (view));
  g_assert_true (isnan (hovered));
  g_assert_false (app_figure_view_stop_pointing (view));
  gtk_widget_activate_action (self->view, "figure.page", "i", -1);
  assert_pointed (self, 1, 3);
  px = plot_layout_to_pixel (view->layout, 0, PLOT_X, 1);
  py = plot_layout_to_pixel (view->layout, 0, PLOT_Y, 5);
  g_signal_emit_by_name (find_motion (self->view), "motion", px, py);
  assert_pointed (self, 0, 1);
  g_assert_false (app_figure_view_stop_pointing (view));

  /* A cursor has the keys to itself, and hidden curves are passed over. */
  app_figure_view_hover_nothing (view);
  g_object_set (view, "cursor", 2.0, NULL);
  g_assert_false (app_figure_view_point (view, 1, 0));
  g_object_set (view, "cursor", NAN, NULL);
  app_figure_view_toggle_curve (view, "low");
  app_test_settle ();
  gtk_widget_activate_action (self->view, "figure.step", "i", 1);
  assert_pointed (self, 0, 1);
  g_signal_handlers_disconnect_by_data (view, &hovered);
}

static void
test_description (Fixture *self, gconstpointer data)
{
  gtk_test_accessible_assert_role (self->view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (self->view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Width m");
  gtk_test_accessible_assert_property (self->view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "A peak.");
}

/* Twice the pixels, and never dimmed. */
static void
test_picture (Fixture *self, gconstpointer data)
{
  g_autoptr (GdkTexture) picture = NULL;
  g_autoptr (GdkTexture) dimmed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) dimmed_bytes = NULL;

  picture = app_figure_view_make_picture (APP_FIGURE_VIEW (self->view));
  g_assert_cmpint (gdk_texture_get_width (picture), ==, 2 * gtk_widget_get_width (self->view));
  g_object_set (self->view, "dimmed", TRUE, NULL);
  dimmed = app_figure_view_make_picture (APP_FIGURE_VIEW (self->view));
  bytes = gdk_texture_save_to_png_bytes (picture);
  dimmed_bytes = gdk_texture_save_to_png_bytes (dimmed);
  g_assert_true (g_bytes_equal (bytes, dimmed_bytes));

  g_object_set (self->view, "figure", NULL, NULL);
  app_test_settle ();
  g_assert_null (app_figure_view_make_picture (APP_FIGURE_VIEW (self->view)));
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  add ("/app/figure-view/themes", test_themes);
  add ("/app/figure-view/high-contrast", test_high_contrast);
  add ("/app/figure-view/cursor", test_cursor);
  add ("/app/figure-view/held", test_held);
  add ("/app/figure-view/click", test_click);
  add ("/app/figure-view/slope-range", test_slope_range);
  add ("/app/figure-view/linked", test_linked);
  add ("/app/figure-view/point", test_point);
  add ("/app/figure-view/image", test_image);
  add ("/app/figure-view/keys", test_keys);
  add ("/app/figure-view/points", test_points);
  add ("/app/figure-view/description", test_description);
  add ("/app/figure-view/picture", test_picture);
  return g_test_run ();
}
