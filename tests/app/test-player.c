#include "app-player.h"

#include <math.h>

#include "app-panel.h"
#include "app-parameter-row.h"
#include "app-test.h"

typedef struct
{
  LabDraft *draft;
  GtkWidget *panel;
  GtkWidget *window;
  AppPlayer *player;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = data != NULL ? app_test_learning_spec () : app_test_spec ();

  self->draft = lab_draft_new (spec);
  self->player = app_player_new (self->draft);
  self->panel = g_object_new (APP_TYPE_PANEL, "draft", self->draft, NULL);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 800);
  adw_window_set_content (ADW_WINDOW (self->window), self->panel);
  gtk_window_present (GTK_WINDOW (self->window));
  app_test_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->player);
  gtk_window_destroy (GTK_WINDOW (self->window));
  app_test_settle ();
  g_assert_finalize_object (self->draft);
}

static double
value (Fixture *self, LabKey key)
{
  return lab_value_to_number (key, lab_spec_value (lab_draft_get_spec (self->draft), key));
}

/* Noise goes from 0 to 3 in 8 seconds: up, round, down, round. */
static void
test_there_and_back (Fixture *self, gconstpointer data)
{
  static const struct
  {
    double seconds, noise;
  } steps[] = { { 0, 0.5 }, { 4, 2 }, { 2, 2.75 }, { 2, 2.5 }, { 6, 0.25 }, { 2, 0.5 }, { 16, 0.5 }, { 33.6, 1.1 } };

  app_player_start (self->player, self->window, LAB_NOISE);
  g_assert_cmpuint (app_player_get_key (self->player), ==, LAB_NOISE);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      app_player_advance (self->player, steps[i].seconds);
      g_assert_cmpfloat_with_epsilon (value (self, LAB_NOISE), steps[i].noise, 0.006);
    }
}

static void
test_speed (Fixture *self, gconstpointer data)
{
  g_object_set (self->player, "speed", "fast", NULL);
  app_player_start (self->player, self->window, LAB_NOISE);
  app_player_advance (self->player, 2);
  g_assert_cmpfloat_with_epsilon (value (self, LAB_NOISE), 2, 0.006);
  g_object_set (self->player, "speed", "slow", NULL);
  app_player_advance (self->player, 16 / 3.0);
  g_assert_cmpfloat_with_epsilon (value (self, LAB_NOISE), 3, 0.006);
}

/* Every value on the way is one that the slider has: whole numbers all of them, 0 below the least
 * ridge, infinity past the greatest width. */
static void
test_stops (Fixture *self, gconstpointer data)
{
  gboolean seen[11] = { FALSE }, zero = FALSE, infinite = FALSE;

  app_player_start (self->player, self->window, LAB_DEPTH);
  for (int i = 0; i < 170; i++)
    {
      app_player_advance (self->player, 0.1);
      g_assert_cmpfloat (value (self, LAB_DEPTH), ==, round (value (self, LAB_DEPTH)));
      seen[(int) value (self, LAB_DEPTH)] = TRUE;
    }
  for (int depth = 1; depth <= 10; depth++)
    g_assert_true (seen[depth]);

  app_player_start (self->player, self->window, LAB_RIDGE);
  for (int i = 0; i < 170; i++)
    {
      app_player_advance (self->player, 0.1);
      zero |= value (self, LAB_RIDGE) == 0;
      g_assert_true (value (self, LAB_RIDGE) == 0 || value (self, LAB_RIDGE) >= 1e-9);
    }
  g_assert_true (zero);

  app_player_start (self->player, self->window, LAB_WIDTH);
  for (int i = 0; i < 170; i++)
    {
      app_player_advance (self->player, 0.1);
      infinite |= isinf (value (self, LAB_WIDTH)) != 0;
    }
  g_assert_true (infinite);
}

/* Whatever else moves it, or takes it away, ends it. */
static void
test_ends (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) learning = app_test_learning_spec ();

  app_player_start (self->player, self->window, LAB_NOISE);
  app_player_advance (self->player, 1);
  g_object_set (self->draft, "depth", (gint64) 2, NULL);
  g_assert_cmpuint (app_player_get_key (self->player), ==, LAB_NOISE);
  g_object_set (self->draft, "noise", 0.1, NULL);
  g_assert_cmpuint (app_player_get_key (self->player), ==, LAB_N_KEYS);
  app_test_settle ();
  g_assert_cmpfloat (value (self, LAB_NOISE), ==, 0.1);

  lab_draft_parse (self->draft, LAB_ACTIVATION, "leaky-relu", NULL);
  app_player_start (self->player, self->window, LAB_LEAK);
  app_player_advance (self->player, 1);
  lab_draft_reset (self->draft, LAB_ACTIVATION);
  g_assert_cmpuint (app_player_get_key (self->player), ==, LAB_N_KEYS);

  app_player_start (self->player, self->window, LAB_NOISE);
  app_player_advance (self->player, 1);
  lab_draft_set_spec (self->draft, learning);
  g_assert_cmpuint (app_player_get_key (self->player), ==, LAB_N_KEYS);
}

/* Through the panel. */

static GtkWidget *
row_of (Fixture *self, LabKey key)
{
  return app_panel_get_row (APP_PANEL (self->panel), key);
}

static gboolean
get (gpointer object, const char *name)
{
  gboolean value;

  g_object_get (object, name, &value, NULL);
  return value;
}

static void
press (Fixture *self, LabKey key)
{
  GtkWidget *row = row_of (self, key);

  g_signal_emit_by_name (gtk_widget_get_template_child (row, APP_TYPE_PARAMETER_ROW, "play_button"), "clicked");
}

static gboolean
has_moved (gpointer data)
{
  return value (data, LAB_NOISE) > 0.5;
}

/* Frames move it, though nothing else on screen is animated. */
static void
test_button (Fixture *self, gconstpointer data)
{
  GtkWidget *row = row_of (self, LAB_NOISE);
  GtkWidget *button = GTK_WIDGET (gtk_widget_get_template_child (row, APP_TYPE_PARAMETER_ROW, "play_button"));
  double stopped;

  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Play Noise");
  press (self, LAB_NOISE);
  g_assert_true (get (row, "playing") && get (self->panel, "playing") && get (self->panel, "held"));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Pause Noise");
  g_assert_true (app_test_wait (has_moved, self, 20000));

  press (self, LAB_NOISE);
  g_assert_false (get (row, "playing") || get (self->panel, "playing") || get (self->panel, "held"));
  stopped = value (self, LAB_NOISE);
  app_test_settle ();
  g_assert_cmpfloat (value (self, LAB_NOISE), ==, stopped);
}

static void
count_changes (guint *n)
{
  ++*n;
}

/* One at a time, and let go in between. */
static void
test_one (Fixture *self, gconstpointer data)
{
  guint changes = 0;

  press (self, LAB_NOISE);
  g_signal_connect_swapped (self->panel, "notify::held", G_CALLBACK (count_changes), &changes);
  press (self, LAB_DEPTH);
  g_assert_false (get (row_of (self, LAB_NOISE), "playing"));
  g_assert_true (get (row_of (self, LAB_DEPTH), "playing"));
  g_assert_cmpuint (changes, ==, 2);
  app_panel_stop_playing (APP_PANEL (self->panel));
}

/* Text that a person puts into the entry, and not that of the sweep. */
static void
test_typing (Fixture *self, gconstpointer data)
{
  GtkWidget *entry = app_test_find (row_of (self, LAB_NOISE), GTK_TYPE_ENTRY);
  int end = -1;

  press (self, LAB_NOISE);
  g_assert_true (app_test_wait (has_moved, self, 20000));
  g_assert_true (get (row_of (self, LAB_NOISE), "playing"));
  gtk_editable_insert_text (GTK_EDITABLE (entry), "7", 1, &end);
  g_assert_false (get (self->panel, "playing"));
}

/* The key that plays without a button: what is focused, was used last, or comes first. */
static void
test_toggle (Fixture *self, gconstpointer data)
{
  app_panel_toggle_play (APP_PANEL (self->panel));
  g_assert_true (get (row_of (self, LAB_WIDTH), "playing"));
  app_panel_toggle_play (APP_PANEL (self->panel));
  g_assert_false (get (self->panel, "playing"));

  press (self, LAB_DEPTH);
  press (self, LAB_DEPTH);
  app_panel_toggle_play (APP_PANEL (self->panel));
  g_assert_true (get (row_of (self, LAB_DEPTH), "playing"));
  app_panel_toggle_play (APP_PANEL (self->panel));

  gtk_widget_grab_focus (app_test_find (row_of (self, LAB_NOISE), GTK_TYPE_SCALE));
  app_panel_toggle_play (APP_PANEL (self->panel));
  g_assert_true (get (row_of (self, LAB_NOISE), "playing"));
  app_panel_stop_playing (APP_PANEL (self->panel));
}

/* Only what slides plays. */
static void
test_buttons (Fixture *self, gconstpointer data)
{
  g_assert_true (app_parameter_row_slides (APP_PARAMETER_ROW (row_of (self, LAB_WIDTH))));
  g_assert_false (app_parameter_row_slides (APP_PARAMETER_ROW (row_of (self, LAB_SEED))));
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add ("/app/player/there-and-back", Fixture, NULL, set_up, test_there_and_back, tear_down);
  g_test_add ("/app/player/speed", Fixture, NULL, set_up, test_speed, tear_down);
  g_test_add ("/app/player/stops", Fixture, "learning-curve", set_up, test_stops, tear_down);
  g_test_add ("/app/player/ends", Fixture, NULL, set_up, test_ends, tear_down);
  g_test_add ("/app/player/button", Fixture, NULL, set_up, test_button, tear_down);
  g_test_add ("/app/player/one", Fixture, NULL, set_up, test_one, tear_down);
  g_test_add ("/app/player/typing", Fixture, NULL, set_up, test_typing, tear_down);
  g_test_add ("/app/player/toggle", Fixture, NULL, set_up, test_toggle, tear_down);
  g_test_add ("/app/player/buttons", Fixture, NULL, set_up, test_buttons, tear_down);

  return g_test_run ();
}
