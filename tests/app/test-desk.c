#include "app-desk.h"

#include <math.h>

#include "app-figure.h"
#include "app-slope-range.h"
#include "app-readout.h"
#include "app-test.h"

typedef struct
{
  LabDraft *draft;
  AppDesk *desk;
  AppView *view; /* the main one */
  guint figures;
} Fixture;

static void
count_figures (Fixture *self)
{
  self->figures++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = data != NULL ? app_test_learning_spec () : app_test_spec ();

  self->draft = lab_draft_new (spec);
  self->desk = app_desk_new (self->draft);
  self->view = app_desk_get_main (self->desk);
  g_signal_connect_swapped (self->view, "notify::figure", G_CALLBACK (count_figures), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->desk);
  g_assert_finalize_object (self->draft);
}

static char *
get_text (Fixture *self, const char *name)
{
  char *text;

  g_object_get (self->view, name, &text, NULL);
  return text;
}

static double
get_number (Fixture *self, const char *name)
{
  double number;

  g_object_get (self->desk, name, &number, NULL);
  return number;
}

static AppReadout *
get_readout (Fixture *self)
{
  AppReadout *readout;

  g_object_get (self->desk, "readout", &readout, NULL);
  return readout;
}

static gboolean
is_complete (gpointer data)
{
  g_autofree char *status = get_text (data, "status");

  return status != NULL && g_str_has_prefix (status, "3 of 3 seeds");
}

static void
wait_for_figure (Fixture *self)
{
  g_assert_true (app_test_wait (is_complete, self, 20000));
}

/* The main loop as it is before the next frame. */
static void
run_before_frame (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_first (Fixture *self, gconstpointer data)
{
  g_autoptr (PlotFigure) figure = NULL;
  g_autofree char *verdict = NULL;

  wait_for_figure (self);
  g_object_get (self->view, "figure", &figure, "verdict", &verdict, NULL);
  g_assert_nonnull (figure);
  g_assert_cmpuint (plot_figure_get_n_series (figure), >=, 2);
  g_assert_true (verdict != NULL && verdict[0] != '\0');
}

/* A place is called as in the read-out. */
static void
test_axis_name (Fixture *self, gconstpointer data)
{
  g_autofree char *name = NULL;

  wait_for_figure (self);
  name = get_text (self, "axis-name");
  g_assert_cmpstr (name, ==, data != NULL ? "<i>n</i> =" : "<i>m</i> =");
}

/* Noise, initialization and overlays: another figure at once, and only one for many changes. */
static void
test_recombine (Fixture *self, gconstpointer data)
{
  g_autoptr (PlotFigure) before = NULL;
  g_autoptr (PlotFigure) after = NULL;
  gboolean busy;

  wait_for_figure (self);
  app_test_settle ();
  g_object_get (self->view, "figure", &before, NULL);
  self->figures = 0;
  for (int i = 0; i < 20; i++)
    g_object_set (self->draft, "noise", 0.6 + 0.01 * i, NULL);
  g_assert_cmpuint (self->figures, ==, 0);
  run_before_frame ();
  g_assert_cmpuint (self->figures, ==, 1);
  g_object_get (self->view, "figure", &after, "busy", &busy, NULL);
  g_assert_true (before != after);
  g_assert_false (busy);

  g_object_set (self->draft, "init-scale", 1.0, NULL);
  run_before_frame ();
  g_assert_cmpuint (self->figures, ==, 2);
}

/* The cursor moves along the same figure. */
static void
test_cursor (Fixture *self, gconstpointer data)
{
  g_autoptr (AppReadout) readout = NULL;

  wait_for_figure (self);
  app_test_settle ();
  self->figures = 0;
  g_assert_cmpfloat (get_number (self, "cursor"), ==, 10);

  g_object_set (self->desk, "cursor", 17.3, NULL);
  g_assert_cmpint (lab_spec_integer (lab_draft_get_spec (self->draft), LAB_WIDTH), ==, 17);
  g_assert_cmpfloat (get_number (self, "cursor"), ==, 17);
  run_before_frame ();
  g_assert_cmpfloat (get_number (self, "cursor"), ==, 17);
  readout = get_readout (self);
  g_assert_true (isfinite (readout->y[0]) && readout->y[0] > 0);
  g_assert_nonnull (readout->markup[0]);
  g_assert_cmpuint (self->figures, ==, 0);
}

/* The slope range recombines, as noise does: another sentence in the next frame, and no job. */
static void
test_slope_range (Fixture *self, gconstpointer data)
{
  g_autofree char *whole = NULL;
  g_autofree char *part = NULL;
  g_autofree char *again = NULL;
  guint jobs;

  wait_for_figure (self);
  app_test_settle ();
  jobs = lab_runner_get_jobs (app_view_get_runner (self->view));
  g_assert_cmpuint (jobs, >, 0);
  whole = get_text (self, "verdict");
  self->figures = 0;
  app_slope_range_move (self->draft, FIGURES_SLOPE_RANGE_FROM, 20, NAN);
  run_before_frame ();
  g_assert_cmpuint (self->figures, ==, 1);
  part = get_text (self, "verdict");
  g_assert_cmpstr (part, !=, whole);
  app_slope_range_reset (self->draft);
  run_before_frame ();
  again = get_text (self, "verdict");
  g_assert_cmpstr (again, ==, whole);
  g_object_set (self->draft, "noise", 0.9, NULL);
  run_before_frame ();
  g_assert_cmpuint (self->figures, ==, 3);
  app_test_settle ();
  g_assert_cmpuint (lab_runner_get_jobs (app_view_get_runner (self->view)), ==, jobs);

  /* As a check of the counting: */
  g_object_set (self->draft, "depth", (gint64) 2, NULL);
  app_test_settle ();
  g_assert_cmpuint (lab_runner_get_jobs (app_view_get_runner (self->view)), >, jobs);
}

static gboolean
has_two_readings (gpointer data)
{
  g_autoptr (AppReadout) readout = get_readout (data);

  return readout != NULL && readout->markup[1] != NULL && isnan (readout->y[0]);
}

/* Theory reaches beyond what is simulated, where no probe is sent to; a panel each. */
static void
test_theory_reading (Fixture *self, gconstpointer data)
{
  g_autoptr (AppReadout) readout = NULL;

  wait_for_figure (self);
  g_assert_true (lab_draft_parse (self->draft, LAB_DIM, "4, 6", NULL));
  g_object_set (self->desk, "cursor", 15000.0, NULL);
  g_assert_true (app_test_wait (has_two_readings, self, 20000));
  readout = get_readout (self);
  g_assert_nonnull (readout);
  for (guint panel = 0; panel < 2; panel++)
    {
      g_assert_true (isnan (readout->y[panel]));
      g_assert_nonnull (strstr (readout->markup[panel], "mean field"));
      g_assert_null (strstr (readout->markup[panel], "seed"));
    }
  g_assert_cmpstr (readout->markup[0], !=, readout->markup[1]);

  /* Where the slider ends, so does the cursor. */
  g_object_set (self->desk, "cursor", 90000.0, NULL);
  g_assert_cmpint (lab_spec_integer (lab_draft_get_spec (self->draft), LAB_N_TRAIN), ==, 20000);
}

typedef struct
{
  Fixture *fixture;
  double before;
} Probe;

static gboolean
has_other_reading (gpointer data)
{
  Probe *probe = data;
  g_autoptr (AppReadout) readout = get_readout (probe->fixture);

  return readout != NULL && isfinite (readout->y[0]) && readout->y[0] != probe->before;
}

/* Beyond the axis a probe says what there is. */
static void
test_probe (Fixture *self, gconstpointer data)
{
  Probe probe = { self, NAN };

  wait_for_figure (self);
  app_test_settle ();
  g_assert_true (app_test_wait (has_other_reading, &probe, 20000));
  {
    g_autoptr (AppReadout) readout = get_readout (self);

    probe.before = readout->y[0];
  }
  g_object_set (self->draft, "width", (gint64) 60, NULL);
  g_assert_true (app_test_wait (has_other_reading, &probe, 20000));
}

/* The exported figure says where the cursor is. */
static void
test_make_figure (Fixture *self, gconstpointer data)
{
  g_autoptr (PlotFigure) figure = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *spec = NULL;
  g_autoptr (GError) error = NULL;
  PlotLimits view;

  g_assert_null (app_view_make_figure (self->view));
  wait_for_figure (self);
  g_object_set (self->draft, "width", (gint64) 13, NULL);
  run_before_frame ();
  figure = app_view_make_figure (self->view);
  plot_limits_init (&view, figure);
  file = plot_export (figure, plot_theme_find ("light"), &view, plot_format_find ("svg"), 400, 300, 96, &error);
  g_assert_no_error (error);
  spec = plot_read_metadata (file, "tangent-lab-spec", &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (spec, "\"width\": 13"));
}

static gboolean
is_stale (gpointer data)
{
  gboolean stale;

  g_object_get (((Fixture *) data)->view, "stale", &stale, NULL);
  return stale;
}

static gboolean
is_fresh (gpointer data)
{
  return !is_stale (data);
}

/* Values that do not go together: words, the control to blame, and the old figure stays. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (PlotFigure) before = NULL;
  g_autoptr (PlotFigure) after = NULL;
  g_autofree char *message = NULL;
  guint blamed;

  wait_for_figure (self);
  app_test_settle ();
  g_object_get (self->view, "figure", &before, NULL);
  g_object_set (self->draft, "from", 100.0, NULL);
  g_assert_true (app_test_wait (is_stale, self, 20000));
  app_test_settle ();
  g_object_get (self->view, "figure", &after, "message", &message, "blamed", &blamed, NULL);
  g_assert_true (before == after);
  g_assert_nonnull (message);
  g_assert_cmpuint (blamed, !=, LAB_N_KEYS);

  g_object_set (self->draft, "from", 2.0, NULL);
  g_assert_true (app_test_wait (is_fresh, self, 20000));
  app_test_settle ();
  g_clear_pointer (&message, g_free);
  g_object_get (self->view, "message", &message, "blamed", &blamed, NULL);
  g_assert_null (message);
  g_assert_cmpuint (blamed, ==, LAB_N_KEYS);
}

static gboolean
is_busy (gpointer data)
{
  gboolean busy;

  g_object_get (((Fixture *) data)->view, "busy", &busy, NULL);
  return busy;
}

static gboolean
is_idle (gpointer data)
{
  return !is_busy (data);
}

static gboolean
has_unfinished (gpointer data)
{
  return ((Fixture *) data)->figures > 0;
}

static gboolean
is_whole_learning (gpointer data)
{
  const LabAnswer *answer = app_view_get_shown (((Fixture *) data)->view)->answer;

  return answer->slopes->len > 0 && is_complete (data);
}

/* What the sentence says is said of what is seen: nothing of the curve before, and as long as there is
 * more to come, that it is so far. */
static void
check_verdict (Fixture *self)
{
  g_autofree char *verdict = get_text (self, "verdict");
  g_autofree char *status = get_text (self, "status");
  gboolean whole = g_str_has_prefix (status, "3 of 3 seeds");

  self->figures += !whole;
  g_assert_cmpint (strstr (verdict, "so far") == NULL, ==, whole);
}

static void
test_so_far (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) learning = app_test_learning_spec ();

  wait_for_figure (self);
  app_test_settle ();
  g_signal_handlers_disconnect_by_data (self->view, self);
  g_signal_connect_swapped (self->view, "notify::status", G_CALLBACK (check_verdict), self);
  self->figures = 0;
  lab_draft_set_spec (self->draft, learning);
  g_assert_true (app_test_wait (is_whole_learning, self, 20000));
  g_assert_cmpuint (self->figures, >, 0);
  self->figures = 0;
  g_object_set (self->draft, "depth", (gint64) 3, NULL);
  g_assert_true (app_test_wait (has_unfinished, self, 20000));
  wait_for_figure (self);
}

static gboolean
is_silent (gpointer data)
{
  g_autofree char *message = get_text (data, "message");

  return message == NULL;
}

static void
test_stop (Fixture *self, gconstpointer data)
{
  wait_for_figure (self);
  g_object_set (self->draft, "seeds", (gint64) 1000, "n-train", (gint64) 400, "to", 2000.0, NULL);
  g_assert_true (app_test_wait (is_busy, self, 5000));
  app_desk_stop (self->desk);
  g_assert_true (app_test_wait (is_idle, self, 20000));

  /* And it goes on with other parameters. */
  g_object_set (self->draft, "seeds", (gint64) 3, "n-train", (gint64) 20, "to", 40.0, NULL);
  wait_for_figure (self);
  g_assert_true (app_test_wait (is_silent, self, 20000));
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
#define add_learning(path, func) g_test_add (path, Fixture, "learning-curve", set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  add ("/app/desk/first", test_first);
  add ("/app/desk/axis-name", test_axis_name);
  add_learning ("/app/desk/axis-name-of-samples", test_axis_name);
  add ("/app/desk/recombine", test_recombine);
  add ("/app/desk/cursor", test_cursor);
  add ("/app/desk/probe", test_probe);
  add ("/app/desk/make-figure", test_make_figure);
  add ("/app/desk/refused", test_refused);
  add ("/app/desk/so-far", test_so_far);
  add ("/app/desk/stop", test_stop);
  add_learning ("/app/desk/slope-range", test_slope_range);
  add_learning ("/app/desk/theory-reading", test_theory_reading);
  return g_test_run ();
}
