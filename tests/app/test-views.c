#include "app-desk.h"

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

  return answer != NULL ? answer->look : NULL;
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
set_up_pane (PaneFixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = app_test_spec ();
  g_autoptr (LabDraft) draft = lab_draft_new (spec);

  self->desk = app_desk_new (draft);
  self->pane = g_object_new (APP_TYPE_VIEWS_PANE, "desk", self->desk, NULL);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 300);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->pane));
  gtk_window_present (GTK_WINDOW (self->window));
  app_test_settle ();
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

/* Pointing at the curve shows the rank there, and pointing at an index the width. */
static void
test_links (PaneFixture *self, gconstpointer data)
{
  const LabAnswer *answer = app_view_get_shown (app_desk_get_main (self->desk))->answer;
  double x = answer->rank_x[1], rank = answer->rank[1], linked;

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
         && app_view_get_shown (app_desk_get_main (self->desk))->answer->kernel != NULL;
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
  g_test_add ("/app/views/links", PaneFixture, NULL, set_up_pane, test_links, tear_down_pane);
  g_test_add ("/app/views/matrix", PaneFixture, NULL, set_up_pane, test_matrix, tear_down_pane);
  g_test_add ("/app/views/focus", PaneFixture, NULL, set_up_pane, test_focus, tear_down_pane);

  return g_test_run ();
}
