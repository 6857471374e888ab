#include "app-history.h"

typedef struct
{
  LabDraft *draft;
  AppHistory *history;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named (data, NULL);

  self->draft = lab_draft_new (spec);
  self->history = app_history_new (self->draft);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->history);
  g_assert_finalize_object (self->draft);
}

static void
set (Fixture *self, LabKey key, const char *text)
{
  g_autoptr (GError) error = NULL;

  lab_draft_parse (self->draft, key, text, &error);
  g_assert_no_error (error);
}

static void
hold (Fixture *self, gboolean held)
{
  g_object_set (self->history, "held", held, NULL);
}

/* A slider taken, moved and let go. */
static void
drag (Fixture *self, LabKey key, const char *text)
{
  hold (self, TRUE);
  set (self, key, text);
  hold (self, FALSE);
}

static double
real (Fixture *self, LabKey key)
{
  return lab_value_to_number (key, lab_spec_value (lab_draft_get_spec (self->draft), key));
}

static void
assert_names (Fixture *self, const char *undo, const char *redo)
{
  g_autofree char *undo_name = app_history_get_undo_name (self->history);
  g_autofree char *redo_name = app_history_get_redo_name (self->history);

  g_assert_cmpstr (undo_name, ==, undo);
  g_assert_cmpstr (redo_name, ==, redo);
}

static void
test_steps (Fixture *self, gconstpointer data)
{
  assert_names (self, NULL, NULL);
  app_history_undo (self->history);
  app_history_redo (self->history);

  set (self, LAB_NOISE, "1");
  set (self, LAB_DEPTH, "3");
  set (self, LAB_MODEL, "random-features");
  assert_names (self, "Model", NULL);

  app_history_undo (self->history);
  assert_names (self, "Depth", "Model");
  g_assert_cmpint (real (self, LAB_MODEL), ==, LAB_MODEL_LINEARISED);
  app_history_undo (self->history);
  app_history_undo (self->history);
  assert_names (self, NULL, "Noise");
  g_assert_cmpfloat (real (self, LAB_NOISE), ==, 0.5);
  g_assert_false (lab_spec_is_set (lab_draft_get_spec (self->draft), LAB_NOISE));

  app_history_redo (self->history);
  app_history_redo (self->history);
  assert_names (self, "Depth", "Model");
  g_assert_cmpfloat (real (self, LAB_NOISE), ==, 1);
  g_assert_cmpfloat (real (self, LAB_DEPTH), ==, 3);

  /* A new change makes another future. */
  set (self, LAB_RIDGE, "0.1");
  assert_names (self, "Ridge", NULL);
  app_history_undo (self->history);
  assert_names (self, "Depth", "Ridge");
}

/* A drag is one step however often it changes the value; two drags are two. */
static void
test_drags (Fixture *self, gconstpointer data)
{
  static const char *const values[] = { "0.6", "0.7", "0.8", "2" };

  hold (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    set (self, LAB_NOISE, values[i]);
  hold (self, FALSE);
  drag (self, LAB_NOISE, "1");

  app_history_undo (self->history);
  g_assert_cmpfloat (real (self, LAB_NOISE), ==, 2);
  app_history_undo (self->history);
  g_assert_cmpfloat (real (self, LAB_NOISE), ==, 0.5);
  assert_names (self, NULL, "Noise");
}

/* What happens while something plays belongs to it. */
static void
test_play_and_drag (Fixture *self, gconstpointer data)
{
  hold (self, TRUE);
  set (self, LAB_NOISE, "0.6");
  set (self, LAB_DEPTH, "2");
  set (self, LAB_NOISE, "0.7");
  set (self, LAB_RIDGE, "1");
  hold (self, FALSE);
  assert_names (self, "Several parameters", NULL);
  app_history_undo (self->history);
  g_assert_cmpfloat (real (self, LAB_NOISE), ==, 0.5);
  g_assert_cmpfloat (real (self, LAB_DEPTH), ==, 1);
  assert_names (self, NULL, "Several parameters");
}

/* Key repeat: numbers one after another are one step, with a pause between them two; choices are
 * two anyway. */
static void
test_repeat (Fixture *self, gconstpointer data)
{
  set (self, LAB_NOISE, "0.6");
  set (self, LAB_NOISE, "0.7");
  app_history_undo (self->history);
  g_assert_cmpfloat (real (self, LAB_NOISE), ==, 0.5);

  set (self, LAB_NOISE, "0.6");
  g_usleep (1000 * (APP_HISTORY_PAUSE_MILLISECONDS + 50));
  set (self, LAB_NOISE, "0.7");
  app_history_undo (self->history);
  g_assert_cmpfloat (real (self, LAB_NOISE), ==, 0.6);

  set (self, LAB_ACTIVATION, "erf");
  set (self, LAB_ACTIVATION, "tanh");
  app_history_undo (self->history);
  g_assert_cmpstr (lab_spec_choice_name (lab_draft_get_spec (self->draft), LAB_ACTIVATION), ==, "erf");
}

/* The first click of a double click moves the thumb, the second resets. */
static void
test_double_click (Fixture *self, gconstpointer data)
{
  drag (self, LAB_NOISE, "2");
  g_usleep (1000 * (APP_HISTORY_PAUSE_MILLISECONDS + 50));
  drag (self, LAB_NOISE, "1.1");
  hold (self, TRUE);
  lab_draft_reset (self->draft, LAB_NOISE);
  hold (self, FALSE);
  app_history_undo (self->history);
  g_assert_cmpfloat (real (self, LAB_NOISE), ==, 2);

  /* A reset by other means is a step. */
  lab_draft_reset (self->draft, LAB_NOISE);
  app_history_undo (self->history);
  g_assert_cmpfloat (real (self, LAB_NOISE), ==, 2);
}

/* There and back, and a default given, are nothing to take back. */
static void
test_nothing (Fixture *self, gconstpointer data)
{
  hold (self, TRUE);
  set (self, LAB_NOISE, "2");
  set (self, LAB_NOISE, "0.5");
  hold (self, FALSE);
  assert_names (self, NULL, NULL);

  set (self, LAB_DEPTH, "2");
  app_history_undo (self->history);
  set (self, LAB_RIDGE, "0");
  assert_names (self, NULL, "Depth");
}

/* The cursor is a parameter, but its moves are one step however long they take. */
static void
test_cursor (Fixture *self, gconstpointer data)
{
  drag (self, LAB_WIDTH, "20");
  g_usleep (1000 * (APP_HISTORY_PAUSE_MILLISECONDS + 50));
  set (self, LAB_WIDTH, "30");
  drag (self, LAB_WIDTH, "40");
  assert_names (self, "Width", NULL);
  app_history_undo (self->history);
  g_assert_cmpfloat (real (self, LAB_WIDTH), ==, 100);

  drag (self, LAB_WIDTH, "20");
  set (self, LAB_NOISE, "1");
  drag (self, LAB_WIDTH, "30");
  app_history_undo (self->history);
  g_assert_cmpfloat (real (self, LAB_WIDTH), ==, 20);

  /* What has been gone back to is not grown. */
  app_history_undo (self->history);
  drag (self, LAB_WIDTH, "50");
  app_history_undo (self->history);
  g_assert_cmpfloat (real (self, LAB_WIDTH), ==, 20);
}

/* So are those of the slope range. */
static void
test_slope_range (Fixture *self, gconstpointer data)
{
  set (self, LAB_SLOPE_FROM, "100");
  set (self, LAB_SLOPE_TO, "600");
  set (self, LAB_SLOPE_FROM, "120");
  assert_names (self, "Slopes", NULL);
  app_history_undo (self->history);
  assert_names (self, NULL, "Slopes");
  g_assert_cmpfloat (real (self, LAB_SLOPE_FROM), ==, 64);
}

static void
test_exhibit (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("published-d10", NULL);
  g_autoptr (LabSpec) fresh = lab_spec_new_named ("double-descent", NULL);
  g_autoptr (LabSpec) before = NULL;

  set (self, LAB_NOISE, "1");
  before = lab_spec_copy (lab_draft_get_spec (self->draft));
  lab_draft_set_spec (self->draft, spec);
  assert_names (self, "Exhibit", NULL);
  app_history_undo (self->history);
  g_assert_true (lab_spec_equal (lab_draft_get_spec (self->draft), before));
  app_history_redo (self->history);
  g_assert_true (lab_spec_equal (lab_draft_get_spec (self->draft), spec));
  app_history_undo (self->history);

  set (self, LAB_DEPTH, "3");
  lab_draft_set_spec (self->draft, fresh);
  assert_names (self, "Network", NULL);
}

static void
test_depth (Fixture *self, gconstpointer data)
{
  guint n = 0;

  for (int i = 1; i <= APP_HISTORY_DEPTH + 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", i);

      drag (self, LAB_SEED, text);
      drag (self, LAB_NOISE, i % 2 == 0 ? "0.1" : "0.2");
    }
  while (TRUE)
    {
      g_autofree char *name = app_history_get_undo_name (self->history);

      if (name == NULL)
        break;
      app_history_undo (self->history);
      n++;
    }
  g_assert_cmpuint (n, ==, APP_HISTORY_DEPTH);
  while (n-- > 0)
    app_history_redo (self->history);
  g_assert_cmpfloat (real (self, LAB_SEED), ==, APP_HISTORY_DEPTH + 50);
  assert_names (self, "Noise", NULL);
}

static void
count (guint *n)
{
  ++*n;
}

/* Buttons hear of it. */
static void
test_notify (Fixture *self, gconstpointer data)
{
  guint n = 0;

  g_signal_connect_swapped (self->history, "notify::undo-name", G_CALLBACK (count), &n);
  set (self, LAB_NOISE, "1");
  g_assert_cmpuint (n, ==, 1);
  app_history_undo (self->history);
  g_assert_cmpuint (n, ==, 2);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    const char *exhibit;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "steps", "double-descent", test_steps },
    { "drags", "double-descent", test_drags },
    { "play-and-drag", "double-descent", test_play_and_drag },
    { "repeat", "double-descent", test_repeat },
    { "double-click", "double-descent", test_double_click },
    { "nothing", "double-descent", test_nothing },
    { "cursor", "double-descent", test_cursor },
    { "slope-range", "learning-curve", test_slope_range },
    { "exhibit", "double-descent", test_exhibit },
    { "depth", "double-descent", test_depth },
    { "notify", "double-descent", test_notify },
  };
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  if (!lab_init (&error))
    g_error ("%s", error->message);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/app/history/", tests[i].name, NULL);

      g_test_add (path, Fixture, tests[i].exhibit, set_up, tests[i].test, tear_down);
    }

  return g_test_run ();
}
