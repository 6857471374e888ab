#include "app-look.h"

#include <math.h>

#include "app-bench.h"
#include "app-figure-view.h"
#include "app-look-pane.h"
#include "app-test.h"

#include "../lab/view-test.h"

typedef struct
{
  LabDraft *draft;
  AppLook *look;
  guint looks; /* that came in */
} Fixture;

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
  self->look = app_look_new (self->draft);
  g_signal_connect_swapped (self->look, "notify::look", G_CALLBACK (count_look), self);
}

static gboolean
is_only_ours (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_set (self->look, "active", FALSE, NULL);
  /* What is computed still, and nobody waits for, holds it until it comes in. */
  g_assert_true (app_test_wait (is_only_ours, self->look, 60000));
  g_assert_finalize_object (self->look);
  g_assert_finalize_object (self->draft);
}

static gboolean
is_current (gpointer data)
{
  Fixture *self = data;
  const LabSpec *spec = lab_draft_get_spec (self->draft);
  const LabLook *look = app_look_get_look (self->look);
  g_autoptr (LabSpec) fit = spec_of_view (spec, "fit");

  return look != NULL && app_look_get_fit (self->look) != NULL && lab_spec_equal (look->spec, fit);
}

static void
activate (Fixture *self)
{
  g_object_set (self->look, "active", TRUE, NULL);
  g_assert_true (app_test_wait (is_current, self, 10000));
  app_test_settle ();
}

static const PlotSeries *
get_fit (Fixture *self)
{
  return plot_figure_get_series (app_look_get_fit (self->look), 0);
}

/* Nothing is computed that nobody sees. */
static void
test_inactive (Fixture *self, gconstpointer data)
{
  app_test_settle ();
  g_assert_null (app_look_get_look (self->look));
  activate (self);
  g_assert_cmpuint (self->looks, ==, 1);
  g_object_set (self->look, "active", FALSE, NULL);
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
  before = app_look_get_jobs (self->look);
  y = get_fit (self)->y[100];
  g_object_get (self->look, "sentence", &said, NULL);
  g_object_set (self->draft, "noise", 2.5, "init-scale", 1.0, "ridge", 0.01, NULL);
  app_test_settle ();
  g_assert_cmpuint (app_look_get_jobs (self->look), ==, before);
  g_assert_cmpfloat (get_fit (self)->y[100], !=, y);
  g_object_get (self->look, "sentence", &says, NULL);
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
  g_assert_cmpfloat (app_look_get_look (self->look)->x, ==, width);
}

static gboolean
is_gone (gpointer data)
{
  gboolean exists;

  g_object_get (((Fixture *) data)->look, "exists", &exists, NULL);
  return !exists;
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
  AppLookPane *pane;
  AppBench *bench;
} PaneFixture;

static void
set_up_pane (PaneFixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = app_test_spec ();
  g_autoptr (LabDraft) draft = lab_draft_new (spec);

  self->bench = app_bench_new (draft);
  self->pane = g_object_new (APP_TYPE_LOOK_PANE, "bench", self->bench, NULL);
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
  g_assert_finalize_object (self->bench);
}

static AppFigureView *
view (PaneFixture *self, const char *name)
{
  return APP_FIGURE_VIEW (
    gtk_widget_get_template_child (GTK_WIDGET (self->pane), APP_TYPE_LOOK_PANE, name));
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
  const LabCurves *curves = app_bench_get_curves (self->bench);
  double x = curves->rank_x[1], rank = curves->rank[1], linked;

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

static void
test_focus (PaneFixture *self, gconstpointer data)
{
  const char *name = NULL;

  gtk_widget_grab_focus (GTK_WIDGET (view (self, "spectrum")));
  g_assert_true (app_look_pane_get_focus (self->pane, &name) == view (self, "spectrum"));
  g_assert_cmpstr (name, ==, "spectrum");
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  g_assert_null (app_look_pane_get_focus (self->pane, &name));
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);

  g_test_add ("/app/look/inactive", Fixture, NULL, set_up, test_inactive, tear_down);
  g_test_add ("/app/look/follows", Fixture, NULL, set_up, test_follows, tear_down);
  g_test_add ("/app/look/recombines", Fixture, NULL, set_up, test_recombines, tear_down);
  g_test_add ("/app/look/drag", Fixture, NULL, set_up, test_drag, tear_down);
  g_test_add ("/app/look/exhibits", Fixture, NULL, set_up, test_exhibits, tear_down);
  g_test_add ("/app/look/impatient", Fixture, NULL, set_up, test_impatient, tear_down);
  g_test_add ("/app/look/pane", PaneFixture, NULL, set_up_pane, test_pane, tear_down_pane);
  g_test_add ("/app/look/narrow", PaneFixture, NULL, set_up_pane, test_narrow, tear_down_pane);
  g_test_add ("/app/look/links", PaneFixture, NULL, set_up_pane, test_links, tear_down_pane);
  g_test_add ("/app/look/focus", PaneFixture, NULL, set_up_pane, test_focus, tear_down_pane);

  return g_test_run ();
}
