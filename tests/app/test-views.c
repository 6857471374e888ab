#include "app-desk.h"

#include <gdk/x11/gdkx.h>
#include <math.h>

#include "app-figure-view-private.h"
#include "app-views-pane.h"
#include "app-test.h"

#include "../lab/view-test.h"

typedef struct
{
  LabDraft *draft;
  AppDesk *desk;
  guint looks; /* that came in */
} Fixture;

/* The first beside the main one; NULL: there is none. */
static AppView *
get_view (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->desk)) > 1 ? app_desk_get_view (self->desk, 1) : NULL;
}

static void
count_look (Fixture *self)
{
  self->looks++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = app_test_spec ();

  self->draft = lab_draft_new (spec);
  self->desk = app_desk_new (self->draft);
  g_signal_connect_swapped (get_view (self), "notify::figure", G_CALLBACK (count_look), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->desk);
  g_assert_finalize_object (self->draft);
}

/* What is looked at, by the curves of the fit; NULL: nothing yet. */
static const LabLook *
get_look (Fixture *self)
{
  AppView *view = get_view (self);
  const LabAnswer *answer = view != NULL ? app_view_get_shown (view)->answer : NULL;

  return answer != NULL ? lab_look_of (answer) : NULL;
}

static gboolean
is_current (gpointer data)
{
  Fixture *self = data;
  const LabSpec *spec = lab_draft_get_spec (self->draft);
  const LabLook *look = get_look (self);
  g_autoptr (LabSpec) fit = spec_of_view (spec, "fit");

  return look != NULL && lab_spec_equal (look->spec, fit);
}

static void
activate (Fixture *self)
{
  g_object_set (self->desk, "views-seen", TRUE, NULL);
  g_assert_true (app_test_wait (is_current, self, 10000));
  app_test_settle ();
}

static const PlotSeries *
get_fit (Fixture *self)
{
  return plot_figure_get_series (app_view_get_shown (get_view (self))->figure, 0);
}

/* Nothing is computed that nobody sees. */
static void
test_inactive (Fixture *self, gconstpointer data)
{
  app_test_settle ();
  g_assert_null (get_look (self));
  activate (self);
  g_assert_cmpuint (self->looks, ==, 1);
  g_object_set (self->desk, "views-seen", FALSE, NULL);
  g_object_set (self->draft, "width", (gint64) 20, NULL);
  app_test_settle ();
  g_assert_cmpuint (self->looks, ==, 1);
}

/* The figures are of the draft's width, and of its data. */
static void
test_follows (Fixture *self, gconstpointer data)
{
  g_autoptr (LabLook) want = NULL;
  g_autofree double *fit = NULL;

  activate (self);
  g_object_set (self->draft, "width", (gint64) 7, "depth", (gint64) 2, NULL);
  g_assert_true (app_test_wait (is_current, self, 10000));
  app_test_settle ();

  want = look_of (lab_draft_get_spec (self->draft), 7, NULL, NULL);
  fit = g_new (double, want->n_angles);
  lab_look_fit (want, lab_draft_get_spec (self->draft), fit);
  g_assert_cmpmem (get_fit (self)->y, get_fit (self)->n * sizeof (double), fit,
                   want->n_angles * sizeof (double));
}

/* Noise, initialization and ridge are weighed anew in the next frame, from what is there. */
static void
test_recombines (Fixture *self, gconstpointer data)
{
  guint before;
  g_autofree char *said = NULL, *says = NULL;
  double y;

  activate (self);
  before = lab_runner_get_jobs (app_view_get_runner (get_view (self)));
  y = get_fit (self)->y[100];
  g_object_get (get_view (self), "verdict", &said, NULL);
  g_object_set (self->draft, "noise", 2.5, "init-scale", 1.0, "ridge", 0.01, NULL);
  app_test_settle ();
  g_assert_cmpuint (lab_runner_get_jobs (app_view_get_runner (get_view (self))), ==, before);
  g_assert_cmpfloat (get_fit (self)->y[100], !=, y);
  g_object_get (get_view (self), "verdict", &says, NULL);
  g_assert_cmpstr (said, !=, says);
}

/* Under a hand that does not rest, looks come (or this never ends), and the last is of the last
 * width. */
static void
test_drag (Fixture *self, gconstpointer data)
{
  gint64 width = 0;
  guint moves = 0;

  activate (self);
  while (self->looks <= 6)
    {
      width = 5 + moves++ % 40;
      g_object_set (self->draft, "width", width, NULL);
      app_test_spin (12);
    }
  g_test_message ("%u looks of %u", self->looks, moves);
  g_assert_true (app_test_wait (is_current, self, 60000));
  g_assert_cmpfloat (get_look (self)->x, ==, width);
}

static gboolean
is_gone (gpointer data)
{
  return get_view (data) == NULL;
}

static void
test_exhibits (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) learning = app_test_learning_spec (), again = app_test_spec ();

  activate (self);
  lab_draft_set_spec (self->draft, learning);
  g_assert_true (app_test_wait (is_gone, self, 1000));
  lab_draft_set_spec (self->draft, again);
  g_assert_true (app_test_wait (is_current, self, 10000));
}

/* What takes long is given up for what is newer: it never comes in. */
static void
test_impatient (Fixture *self, gconstpointer data)
{
  activate (self);
  g_object_set (self->draft, "width", (gint64) 4096, "depth", (gint64) 10, NULL);
  app_test_settle ();
  g_object_set (self->draft, "width", (gint64) 12, "depth", (gint64) 1, NULL);
  g_assert_true (app_test_wait (is_current, self, 60000));
  app_test_settle ();
  g_assert_cmpuint (self->looks, ==, 2);
}

typedef struct
{
  GtkWidget *window;
  AppViewsPane *pane;
  AppDesk *desk;
} PaneFixture;

static void
note_missing (GtkWidget *widget, gpointer data)
{
  if (APP_IS_FIGURE_VIEW (widget) && gtk_widget_get_mapped (widget)
      && app_figure_view_get_figure (APP_FIGURE_VIEW (widget)) == NULL)
    *(gboolean *) data = TRUE;
}

/* Whether all figures that are seen are there. */
static gboolean
is_drawn (gpointer data)
{
  gboolean missing = FALSE;

  app_test_foreach (GTK_WIDGET (((PaneFixture *) data)->pane), note_missing, &missing);
  return !missing;
}

static void
show_pane (PaneFixture *self, const LabSpec *spec)
{
  g_autoptr (LabDraft) draft = lab_draft_new (spec);

  self->desk = app_desk_new (draft);
  self->pane = g_object_new (APP_TYPE_VIEWS_PANE, "desk", self->desk, NULL);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 300);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->pane));
  gtk_window_present (GTK_WINDOW (self->window));
  app_test_settle ();
  g_assert_true (app_test_wait (is_drawn, self, 60000));
  app_test_settle ();
}

static void
set_up_pane (PaneFixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = app_test_spec ();

  show_pane (self, spec);
}

/* An exhibit with three views beside its main one: the third shows what that does. */
static void
set_up_toy (PaneFixture *self, gconstpointer data)
{
  static LabExhibit toy;
  static LabView views[5];
  g_autoptr (LabSpec) like = app_test_spec (), spec = NULL;

  toy = *lab_spec_exhibit (like);
  memcpy (views, toy.views, 3 * sizeof *views);
  views[3] = views[0];
  views[3].title = "Third";
  toy.views = views;
  spec = lab_spec_new (&toy);
  for (const LabKey *key = toy.keys; *key != LAB_N_KEYS; key++)
    if (lab_spec_is_set (like, *key))
      g_assert_true (lab_spec_set (spec, *key, lab_spec_value (like, *key), NULL));
  show_pane (self, spec);
}

static void
tear_down_pane (PaneFixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  app_test_settle ();
  g_assert_finalize_object (self->desk);
}

static AppFigureView *
view (PaneFixture *self, const char *name)
{
  AppFigureView *found = app_views_pane_get_view (self->pane, name);

  g_assert_nonnull (found);
  return found;
}

/* Two figures with names and descriptions for those who cannot see them. */
static void
test_pane (PaneFixture *self, gconstpointer data)
{
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (view (self, "fit"))));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (view (self, "spectrum"))));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view (self, "fit")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Fit at m = 10");
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (view (self, "spectrum")), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
    plot_figure_get_description (app_figure_view_get_figure (view (self, "fit"))));
}

static void
press (GtkWidget *widget, gpointer label)
{
  if (GTK_IS_TOGGLE_BUTTON (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (widget), TRUE);
}

static void
find_sentence (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "sentence"))
    *(GtkWidget **) data = widget;
}

/* What both say is said once, and what the main figure's message says is not said again. */
static void
test_sentence (PaneFixture *self, gconstpointer data)
{
  LabDraft *draft = app_desk_get_draft (self->desk);
  AppView *fit = app_desk_get_view (self->desk, 1);
  g_autofree char *first = NULL, *second = NULL, *message = NULL;
  GtkWidget *sentence = NULL;

  app_test_foreach (GTK_WIDGET (self->pane), find_sentence, &sentence);
  g_object_get (fit, "verdict", &first, NULL);
  g_object_get (app_desk_get_view (self->desk, 2), "verdict", &second, NULL);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (sentence)), ==, first);
  g_assert_true (gtk_widget_get_mapped (sentence));

  g_object_set (draft, "from", 100.0, NULL);
  app_test_settle ();
  g_object_get (app_desk_get_main (self->desk), "message", &message, NULL);
  g_assert_nonnull (message);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (sentence)), ==, first);
}

/* Where there is room for one, one is seen. */
static void
test_narrow (PaneFixture *self, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 300);
  app_test_settle ();
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (self->pane)), ==, 400);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (view (self, "fit"))));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (view (self, "spectrum"))));
  app_test_foreach (GTK_WIDGET (self->pane), press, (gpointer) "Spectrum");
  app_test_settle ();
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (view (self, "fit"))));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (view (self, "spectrum"))));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 300);
  app_test_settle ();
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (view (self, "fit"))));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (view (self, "spectrum"))));
}

typedef struct
{
  const char *label;
  GtkWidget *found; /* the button of this label that is seen, or NULL */
} Button;

static void
find_button (GtkWidget *widget, gpointer data)
{
  Button *wanted = data;

  if (GTK_IS_TOGGLE_BUTTON (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), wanted->label) == 0)
    wanted->found = widget;
}

static GtkWidget *
button (PaneFixture *self, const char *label)
{
  Button wanted = { label, NULL };

  app_test_foreach (GTK_WIDGET (self->pane), find_button, &wanted);
  return wanted.found;
}

static void G_GNUC_PRINTF (1, 2)
xdotool (const char *format, ...)
{
  g_autofree char *arguments = NULL, *command = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;
  int status;

  va_start (args, format);
  arguments = g_strdup_vprintf (format, args);
  va_end (args);
  command = g_strconcat ("xdotool ", arguments, NULL);
  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static gulong
xid (PaneFixture *self)
{
  return gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (self->window)));
}

static void
click (PaneFixture *self, GtkWidget *widget)
{
  graphene_rect_t bounds;
  double x, y;

  g_assert_true (gtk_widget_compute_bounds (widget, self->window, &bounds));
  gtk_native_get_surface_transform (GTK_NATIVE (self->window), &x, &y);
  xdotool ("mousemove --window %lu %d %d click 1", xid (self), (int) (x + bounds.origin.x + bounds.size.width / 2),
           (int) (y + bounds.origin.y + bounds.size.height / 2));
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static char *
get_sentence (PaneFixture *self)
{
  GtkWidget *sentence = NULL;

  app_test_foreach (GTK_WIDGET (self->pane), find_sentence, &sentence);
  return g_strdup (gtk_label_get_label (GTK_LABEL (sentence)));
}

/* Of three, the first is seen beside the one that is chosen, by pointer or keys, and so is what both say. */
static void
test_three (PaneFixture *self, gconstpointer data)
{
  GtkWidget *first = GTK_WIDGET (view (self, "fit")), *second = GTK_WIDGET (view (self, "spectrum"));
  GtkWidget *third = GTK_WIDGET (view (self, app_view_get_row (app_desk_get_view (self->desk, 3))->id));
  g_autofree char *said = get_sentence (self), *verdict = NULL, *both = NULL, *says = NULL;

  g_assert_null (button (self, "Fit"));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button (self, "Spectrum"))));
  g_assert_true (gtk_widget_get_mapped (first) && gtk_widget_get_mapped (second));
  g_assert_false (gtk_widget_get_mapped (third));

  click (self, button (self, "Third"));
  g_assert_true (app_test_wait (is_mapped, third, 5000));
  app_test_settle ();
  g_assert_true (gtk_widget_get_mapped (first));
  g_assert_false (gtk_widget_get_mapped (second));
  g_object_get (app_desk_get_view (self->desk, 3), "verdict", &verdict, NULL);
  both = g_strconcat (said, " ", verdict, NULL);
  says = get_sentence (self);
  g_assert_cmpstr (says, ==, both);

  xdotool ("windowfocus --sync %lu", xid (self));
  gtk_widget_grab_focus (button (self, "Third"));
  app_test_settle ();
  xdotool ("key Left space");
  g_assert_true (app_test_wait (is_mapped, second, 5000));
  app_test_settle ();
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button (self, "Spectrum"))));
  g_assert_true (gtk_widget_get_mapped (first));
  g_assert_false (gtk_widget_get_mapped (third));

  /* One alone where there is no room for two, and then the first is a choice too. */
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 300);
  app_test_settle ();
  g_assert_true (gtk_widget_get_mapped (second) && !gtk_widget_get_mapped (first));
  click (self, button (self, "Fit"));
  g_assert_true (app_test_wait (is_mapped, first, 5000));
  app_test_settle ();
  g_assert_false (gtk_widget_get_mapped (second) || gtk_widget_get_mapped (third));
}

/* Pointing at the curve shows the rank there, and pointing at an index the width. */
static void
test_links (PaneFixture *self, gconstpointer data)
{
  const LabAnswer *answer = app_view_get_shown (app_desk_get_main (self->desk))->answer;
  double x = lab_descent_facts (answer)->rank_x[1], rank = lab_descent_facts (answer)->rank[1], linked;

  g_test_message ("rank %g at width %g", rank, x);
  g_assert_cmpfloat (rank, <, 20);
  g_object_set (self->pane, "hovered", x, NULL);
  g_object_get (view (self, "spectrum"), "linked", &linked, NULL);
  g_assert_cmpfloat (linked, ==, rank);
  g_object_set (self->pane, "hovered", NAN, NULL);
  g_object_get (view (self, "spectrum"), "linked", &linked, NULL);
  g_assert_true (isnan (linked));

  g_signal_emit_by_name (view (self, "spectrum"), "hovered", rank);
  g_object_get (self->pane, "linked", &linked, NULL);
  g_assert_cmpfloat (linked, ==, x);
  g_signal_emit_by_name (view (self, "spectrum"), "hovered", NAN);
  g_object_get (self->pane, "linked", &linked, NULL);
  g_assert_true (isnan (linked));
}

static gboolean
has_matrix (gpointer data)
{
  PaneFixture *self = data;
  AppFigureView *matrix = app_views_pane_get_view (self->pane, "matrix");

  return matrix != NULL && app_figure_view_get_figure (matrix) != NULL
         && lab_kernel_facts (app_view_get_shown (app_desk_get_main (self->desk))->answer) != NULL;
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

/* The pointer goes to the middle of a cell of the matrix of infinite width; the angle that the profile is
 * told of. */
static double
point_at (PaneFixture *self, AppFigureView *matrix, double column, double row)
{
  const PlotLayout *layout = app_figure_view_get_layout (matrix);
  double linked;

  g_signal_emit_by_name (find_motion (GTK_WIDGET (matrix)), "motion",
                         plot_layout_to_pixel (layout, 1, PLOT_X, column),
                         plot_layout_to_pixel (layout, 1, PLOT_Y, row));
  g_object_get (self->pane, "linked", &linked, NULL);
  return linked;
}

/* The angle at which a kernel of the profile has a value: it falls until its least. */
static double
angle_of (const LabSeries *profile, double value)
{
  int i = 1;

  while (profile->y[i] > value)
    i++;
  return i - (value - profile->y[i]) / (profile->y[i - 1] - profile->y[i]);
}

/* The pane has the views of whatever exhibit there is, and a cell is pointed at in the profile. */
static void
test_matrix (PaneFixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("kernel", NULL);
  AppFigureView *matrix;
  const LabSeries *profile;
  const LabField *field;
  graphene_rect_t bounds;
  double linked;

  lab_spec_assign (spec, "n-train=12", NULL);
  lab_draft_set_spec (app_desk_get_draft (self->desk), spec);
  g_assert_true (app_test_wait (has_matrix, self, 10000));
  app_test_settle ();
  g_assert_null (app_views_pane_get_view (self->pane, "fit"));
  matrix = view (self, "matrix");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (matrix)));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (matrix), GTK_WIDGET (matrix), &bounds));
  g_assert_cmpfloat (bounds.size.width, >, 600);

  g_assert_cmpfloat (point_at (self, matrix, 3, 3), ==, 0);
  field = lab_answer_find_field (app_view_get_shown (app_desk_get_view (self->desk, 1))->answer, "infinite");
  profile = lab_answer_find (app_view_get_shown (app_desk_get_main (self->desk))->answer, "ntk-depth-1");
  for (int row = 1; row <= 12; row++)
    if (row != 3 && field->z[(row - 1) * 12 + 2] > 0.1)
      g_assert_cmpfloat_with_epsilon (point_at (self, matrix, 3, row),
                                      angle_of (profile, field->z[(row - 1) * 12 + 2]), 0.05);
  g_signal_emit_by_name (find_motion (GTK_WIDGET (matrix)), "leave");
  g_object_get (self->pane, "linked", &linked, NULL);
  g_assert_true (isnan (linked));
}

/* The read-out of a cell ends with the other matrix's value and the angle. */
static void
assert_words (AppFigureView *matrix, const LabField *other, guint cell)
{
  g_autofree char *value = plot_format_measured (other->z[cell], 3), *angle = plot_format_number (other->place[cell], 3);
  g_autofree char *words = g_strdup_printf ("%s:\u2002<b>%s</b>\nangle %s°", other->type->label, value, angle);

  g_assert_cmpstr (matrix->cell_words, ==, words);
}

/* The keys point at cells, from row to row and from one matrix to the other, and the profile is told as by the
 * pointer. */
static void
test_cells_by_keys (PaneFixture *self, gconstpointer data)
{
  static const struct
  {
    int dx, dy;
    const char *id;
    guint column, row;
  } steps[] = { { 0, 1, "finite", 0, 0 },   { 0, 1, "finite", 0, 1 },    { 1, 0, "finite", 1, 1 },
                { 0, 10, "finite", 1, 11 }, { 10, 0, "finite", 11, 11 }, { 1, 0, "infinite", 0, 11 },
                { 0, -1, "infinite", 0, 10 }, { -1, 0, "finite", 11, 10 }, { -30, 0, "finite", 0, 10 } };
  g_autoptr (LabSpec) spec = lab_spec_new_named ("kernel", NULL);
  AppFigureView *matrix;
  const LabField *field, *finite;
  const char *id;
  double linked;
  guint cell;

  lab_spec_assign (spec, "n-train=12", NULL);
  lab_draft_set_spec (app_desk_get_draft (self->desk), spec);
  g_assert_true (app_test_wait (has_matrix, self, 10000));
  app_test_settle ();
  matrix = view (self, "matrix");
  gtk_widget_grab_focus (GTK_WIDGET (matrix));
  field = lab_answer_find_field (app_view_get_shown (app_desk_get_view (self->desk, 1))->answer, "infinite");
  finite = lab_answer_find_field (app_view_get_shown (app_desk_get_view (self->desk, 1))->answer, "finite");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_true (app_figure_view_point (matrix, steps[i].dx, steps[i].dy));
      id = app_figure_view_get_cell (matrix, &cell);
      g_assert_cmpstr (id, ==, steps[i].id);
      g_assert_cmpuint (cell, ==, steps[i].row * 12 + steps[i].column);
      g_object_get (self->pane, "linked", &linked, NULL);
      g_assert_cmpfloat (linked, ==, field->place[cell]);
      assert_words (matrix, g_str_equal (id, "finite") ? field : finite, cell);
    }
  gtk_widget_activate_action (GTK_WIDGET (matrix), "figure.page", "i", 1);
  app_figure_view_get_cell (matrix, &cell);
  g_assert_cmpuint (cell, ==, 0);

  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  g_object_get (self->pane, "linked", &linked, NULL);
  g_assert_true (isnan (linked));
  g_assert_null (matrix->cell_words);
}

static cairo_surface_t *
draw (AppFigureView *figure_view)
{
  app_test_settle ();
  return app_test_draw (GTK_WIDGET (figure_view));
}

/* How many pixels of a figure view differ from those of an earlier picture, in the left or the right half. */
static guint
count_other (AppFigureView *figure_view, cairo_surface_t *before, gboolean right)
{
  cairo_surface_t *now = draw (figure_view);
  int width = cairo_image_surface_get_width (now), height = cairo_image_surface_get_height (now);
  guint count = 0;

  for (int y = 0; y < height; y++)
    for (int x = right ? width / 2 : 0; x < (right ? width : width / 2); x++)
      count += app_test_pixel (now, x, y) != app_test_pixel (before, x, y);
  cairo_surface_destroy (now);
  return count;
}

static guint32
pixel_at (AppFigureView *figure_view, guint panel, double column, double row)
{
  const PlotLayout *layout = app_figure_view_get_layout (figure_view);
  cairo_surface_t *picture = draw (figure_view);
  guint32 pixel = app_test_pixel (picture, (int) plot_layout_to_pixel (layout, panel, PLOT_X, column),
                                  (int) plot_layout_to_pixel (layout, panel, PLOT_Y, row));

  cairo_surface_destroy (picture);
  return pixel;
}

/* An angle pointed at in the profile leaves the cells of that angle as they are, in both matrices, and veils the
 * others. Nothing is computed for it. */
static void
test_cells (PaneFixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("kernel", NULL);
  AppFigureView *matrix;
  const LabField *field;
  cairo_surface_t *before;
  guint32 diagonal, pair, other;
  guint jobs;

  lab_spec_assign (spec, "n-train=8", NULL);
  lab_draft_set_spec (app_desk_get_draft (self->desk), spec);
  g_assert_true (app_test_wait (has_matrix, self, 10000));
  app_test_settle ();
  matrix = view (self, "matrix");
  field = lab_answer_find_field (app_view_get_shown (app_desk_get_view (self->desk, 1))->answer, "infinite");
  jobs = lab_runner_get_jobs (app_view_get_runner (app_desk_get_view (self->desk, 1)));
  before = draw (matrix);
  diagonal = pixel_at (matrix, 1, 4, 4);
  pair = pixel_at (matrix, 1, 3, 6);
  other = pixel_at (matrix, 0, 3, 6);

  g_object_set (self->pane, "hovered", field->place[5 * 8 + 2], NULL);
  g_assert_cmphex (pixel_at (matrix, 1, 3, 6), ==, pair);
  g_assert_cmphex (pixel_at (matrix, 1, 6, 3), ==, pair);
  g_assert_cmphex (pixel_at (matrix, 0, 3, 6), ==, other);
  g_assert_cmphex (pixel_at (matrix, 1, 4, 4), !=, diagonal);
  g_assert_cmpuint (count_other (matrix, before, FALSE), >, 1000);
  g_assert_cmpuint (count_other (matrix, before, TRUE), >, 1000);
  g_object_set (self->pane, "hovered", 0.0, NULL);
  g_assert_cmphex (pixel_at (matrix, 1, 4, 4), ==, diagonal);
  g_assert_cmphex (pixel_at (matrix, 1, 3, 6), !=, pair);

  g_object_set (self->pane, "hovered", NAN, NULL);
  g_assert_cmpuint (count_other (matrix, before, FALSE) + count_other (matrix, before, TRUE), ==, 0);
  g_assert_cmpuint (lab_runner_get_jobs (app_view_get_runner (app_desk_get_view (self->desk, 1))), ==, jobs);
  cairo_surface_destroy (before);
}

static void
test_focus (PaneFixture *self, gconstpointer data)
{
  AppView *focus = NULL;

  gtk_widget_grab_focus (GTK_WIDGET (view (self, "spectrum")));
  g_assert_true (app_views_pane_get_focus (self->pane, &focus) == view (self, "spectrum"));
  g_assert_cmpstr (app_view_get_row (focus)->id, ==, "spectrum");
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  g_assert_null (app_views_pane_get_focus (self->pane, &focus));
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);

  g_test_add ("/app/views/inactive", Fixture, NULL, set_up, test_inactive, tear_down);
  g_test_add ("/app/views/follows", Fixture, NULL, set_up, test_follows, tear_down);
  g_test_add ("/app/views/recombines", Fixture, NULL, set_up, test_recombines, tear_down);
  g_test_add ("/app/views/drag", Fixture, NULL, set_up, test_drag, tear_down);
  g_test_add ("/app/views/exhibits", Fixture, NULL, set_up, test_exhibits, tear_down);
  g_test_add ("/app/views/impatient", Fixture, NULL, set_up, test_impatient, tear_down);
  g_test_add ("/app/views/pane", PaneFixture, NULL, set_up_pane, test_pane, tear_down_pane);
  g_test_add ("/app/views/sentence", PaneFixture, NULL, set_up_pane, test_sentence, tear_down_pane);
  g_test_add ("/app/views/narrow", PaneFixture, NULL, set_up_pane, test_narrow, tear_down_pane);
  g_test_add ("/app/views/three", PaneFixture, NULL, set_up_toy, test_three, tear_down_pane);
  g_test_add ("/app/views/links", PaneFixture, NULL, set_up_pane, test_links, tear_down_pane);
  g_test_add ("/app/views/matrix", PaneFixture, NULL, set_up_pane, test_matrix, tear_down_pane);
  g_test_add ("/app/views/cells", PaneFixture, NULL, set_up_pane, test_cells, tear_down_pane);
  g_test_add ("/app/views/cells-by-keys", PaneFixture, NULL, set_up_pane, test_cells_by_keys, tear_down_pane);
  g_test_add ("/app/views/focus", PaneFixture, NULL, set_up_pane, test_focus, tear_down_pane);

  return g_test_run ();
}
