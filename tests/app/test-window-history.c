/* The window's steps, plays and pins. */

#include "app-window.h"

#include "app-application.h"
#include "app-desk.h"
#include "app-figure-view.h"
#include "app-panel.h"
#include "app-pin-button.h"
#include "app-settings.h"
#include "app-test.h"

static AppApplication *application;

typedef struct
{
  AppWindow *window;
  AppDesk *desk;
  LabDraft *draft;
  AppPins *pins;
} Fixture;

static char *
get_status (Fixture *self)
{
  char *status;

  g_object_get (app_desk_get_main (self->desk), "status", &status, NULL);
  return status;
}

static gboolean
is_complete (gpointer data)
{
  g_autofree char *status = get_status (data);

  return status != NULL && g_str_has_prefix (status, "3 of 3 seeds");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = app_test_spec ();

  self->window = app_window_new (GTK_APPLICATION (application), spec);
  g_object_get (self->window, "desk", &self->desk, NULL);
  self->draft = app_desk_get_draft (self->desk);
  self->pins = app_desk_get_pins (self->desk);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (app_test_wait (is_complete, self, 20000));
  app_test_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  app_test_settle ();
  g_assert_finalize_object (self->desk);
}

static GtkWidget *
child (Fixture *self, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self->window), APP_TYPE_WINDOW, name));
}

static void
act (Fixture *self, const char *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), name, NULL));
}

/* As a button would show it. */
static gboolean
is_enabled (GtkWidget *parent, const char *name)
{
  GtkWidget *button = gtk_button_new ();
  gboolean sensitive;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
  gtk_widget_set_parent (button, parent);
  sensitive = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);

  return sensitive;
}

static gboolean
can (Fixture *self, const char *name)
{
  return is_enabled (GTK_WIDGET (self->window), name);
}

static double
noise (Fixture *self)
{
  return lab_spec_real (lab_draft_get_spec (self->draft), LAB_NOISE);
}

static void
find_label (GtkWidget *widget, gpointer data)
{
  const char **text = data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text[0]) == 0)
    text[1] = text[0];
}

typedef struct
{
  Fixture *fixture;
  const char *text;
} Message;

static gboolean
is_said (gpointer data)
{
  const Message *message = data;
  const char *found[2] = { message->text, NULL };

  app_test_foreach (GTK_WIDGET (message->fixture->window), find_label, found);
  return found[1] != NULL;
}

/* What has a button comes when the message before it is out of sight. */
static void
assert_toast (Fixture *self, const char *text)
{
  Message message = { self, text };

  g_test_message ("“%s”", text);
  g_assert_true (app_test_wait (is_said, &message, 20000));
}

static void
test_undo (Fixture *self, gconstpointer data)
{
  g_assert_false (can (self, "win.undo"));
  g_assert_false (can (self, "win.redo"));
  g_object_set (self->draft, "noise", 1.5, NULL);
  act (self, "win.undo");
  g_assert_cmpfloat (noise (self), ==, 0.5);
  assert_toast (self, "Undo: Noise");
  g_assert_false (can (self, "win.undo"));
  act (self, "win.redo");
  g_assert_cmpfloat (noise (self), ==, 1.5);
  assert_toast (self, "Redo: Noise");
  g_assert_false (can (self, "win.redo"));
}

/* Steps that follow one another while the words of the last one still come in or go out. */
static void
test_quick_steps (Fixture *self, gconstpointer data)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  g_object_set (self->draft, "noise", 1.5, NULL);
  for (guint i = 0; i < 20; i++)
    {
      act (self, i % 2 == 0 ? "win.undo" : "win.redo");
      if (i % 6 == 5)
        act (self, "win.pin");
      app_test_spin (20 + 37 * (i % 5));
    }
  act (self, "win.undo");
  g_assert_cmpfloat (noise (self), ==, 0.5);
  assert_toast (self, "Undo: Noise");
}

/* An entry takes back what was typed and not applied; what the program wrote is not its own. Typed
 * is what comes at the cursor: newer toolkits take other text for the program's. */
static void
test_entry (Fixture *self, gconstpointer data)
{
  GtkWidget *row = app_panel_get_row (APP_PANEL (child (self, "panel")), LAB_NOISE);
  GtkWidget *entry = app_test_find (row, GTK_TYPE_ENTRY);
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)));

  g_assert_false (is_enabled (text, "text.undo"));
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  g_signal_emit_by_name (text, "insert-at-cursor", "5");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "0.55");
  g_assert_true (gtk_widget_activate_action (text, "text.undo", NULL));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "0.5");

  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  g_signal_emit_by_name (text, "insert-at-cursor", "5");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpfloat (noise (self), ==, 0.55);
  g_assert_false (is_enabled (text, "text.undo"));
  act (self, "win.undo");
  g_assert_cmpfloat (noise (self), ==, 0.5);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "0.5");
}

static gboolean
has_moved (gpointer data)
{
  return noise (data) > 0.55;
}

/* A sweep is one step; Escape, and undo itself, stop it. */
static void
test_play (Fixture *self, gconstpointer data)
{
  GtkWidget *panel = child (self, "panel");
  gboolean playing;

  gtk_widget_activate_action (panel, "panel.play", "u", LAB_NOISE);
  g_assert_true (app_test_wait (has_moved, self, 20000));
  act (self, "win.stop");
  g_object_get (panel, "playing", &playing, NULL);
  g_assert_false (playing);
  act (self, "win.undo");
  g_assert_cmpfloat (noise (self), ==, 0.5);
  g_assert_false (can (self, "win.undo"));

  act (self, "win.play");
  g_assert_true (app_test_wait (has_moved, self, 20000));
  act (self, "win.undo");
  app_test_settle ();
  g_assert_cmpfloat (noise (self), ==, 0.5);
}

static void
test_speed (Fixture *self, gconstpointer data)
{
  g_autoptr (GSettings) settings = app_settings_new ();
  g_autofree char *speed = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (self->window), "play-speed", g_variant_new_string ("fast"));
  g_object_get (child (self, "panel"), "play-speed", &speed, NULL);
  g_assert_cmpstr (speed, ==, "fast");
  g_assert_nonnull (settings);
  g_free (speed);
  speed = g_settings_get_string (settings, "play-speed");
  g_assert_cmpstr (speed, ==, "fast");
  g_settings_reset (settings, "play-speed");
}

static const PlotSeries *
find_series (Fixture *self, const char *id)
{
  PlotFigure *figure = app_figure_view_get_figure (APP_FIGURE_VIEW (child (self, "figure")));

  app_test_settle ();
  figure = app_figure_view_get_figure (APP_FIGURE_VIEW (child (self, "figure")));
  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    if (g_str_equal (plot_figure_get_series (figure, i)->id, id))
      return plot_figure_get_series (figure, i);

  return NULL;
}

typedef struct
{
  Fixture *self;
  const char *id;
} Wanted;

static gboolean
is_drawn (gpointer data)
{
  Wanted *wanted = data;

  return find_series (wanted->self, wanted->id) != NULL && is_complete (wanted->self);
}

static void
await_series (Fixture *self, const char *id)
{
  g_assert_true (app_test_wait (is_drawn, &(Wanted){ self, id }, 20000));
}

static void
test_pin (Fixture *self, gconstpointer data)
{
  g_autoptr (PlotFigure) exported = NULL;
  guint n = plot_figure_get_n_series (app_figure_view_get_figure (APP_FIGURE_VIEW (child (self, "figure"))));

  g_assert_false (can (self, "win.clear-pins"));
  act (self, "win.pin");
  g_assert_null (find_series (self, "pin-1"));
  assert_toast (self, "Pinned: it is drawn as soon as something differs");
  act (self, "win.pin");
  assert_toast (self, "These curves are pinned already");

  g_object_set (self->draft, "noise", 1.0, NULL);
  g_assert_cmpstr (find_series (self, "pin-1")->label, ==, "σ = 0.5");
  act (self, "win.pin");
  g_object_set (self->draft, "noise", 0.5, NULL);
  g_assert_null (find_series (self, "pin-1"));
  g_assert_cmpstr (find_series (self, "pin-2")->label, ==, "σ = 1");

  /* The files are of what is seen. */
  exported = app_view_make_figure (app_desk_get_main (self->desk));
  g_assert_cmpuint (plot_figure_get_n_series (exported), ==, n + 1);

  g_object_set (self->draft, "noise", 0.75, NULL);
  g_assert_nonnull (find_series (self, "pin-1"));
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.unpin", "u", 1);
  g_assert_null (find_series (self, "pin-1"));
  g_assert_nonnull (find_series (self, "pin-2"));
  act (self, "win.clear-pins");
  g_assert_null (find_series (self, "pin-2"));
  assert_toast (self, "Pins cleared");
}

/* Pins of another exhibit wait for its return. */
static void
test_elsewhere (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) here = lab_spec_copy (lab_draft_get_spec (self->draft));
  g_autoptr (LabSpec) there = app_test_learning_spec ();

  act (self, "win.pin");
  lab_draft_set_spec (self->draft, there);
  await_series (self, "mirrored");
  g_assert_null (find_series (self, "pin-1"));
  act (self, "win.pin");
  g_object_set (self->draft, "noise", 0.9, NULL);
  g_assert_nonnull (find_series (self, "pin-2-mirrored"));
  g_assert_nonnull (find_series (self, "pin-2-standard"));
  lab_draft_set_spec (self->draft, here);
  await_series (self, "test");
  g_object_set (self->draft, "noise", 0.9, NULL);
  g_assert_nonnull (find_series (self, "pin-1"));
  g_assert_null (find_series (self, "pin-2-mirrored"));
}

static void
count_buttons (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.unpin") == 0)
    ++*(guint *) data;
}

static void
test_list (Fixture *self, gconstpointer data)
{
  GtkWidget *button = child (self, "pin_button");
  GtkStack *pages = GTK_STACK (gtk_widget_get_template_child (button, APP_TYPE_PIN_BUTTON, "pages"));
  guint n = 0;

  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages), ==, "empty");
  for (int i = 0; i < 3; i++)
    {
      g_object_set (self->draft, "noise", 0.5 + i, NULL);
      app_test_settle ();
      act (self, "win.pin");
    }
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages), ==, "pins");
  app_test_foreach (button, count_buttons, &n);
  g_assert_cmpuint (n, ==, 3);
}

int
main (int argc, char *argv[])
{
  int status;

  app_test_init (&argc, &argv);
  application = app_application_new ();
  g_application_register (G_APPLICATION (application), NULL, NULL);

  g_test_add ("/app/window-history/undo", Fixture, NULL, set_up, test_undo, tear_down);
  g_test_add ("/app/window-history/quick-steps", Fixture, NULL, set_up, test_quick_steps, tear_down);
  g_test_add ("/app/window-history/entry", Fixture, NULL, set_up, test_entry, tear_down);
  g_test_add ("/app/window-history/play", Fixture, NULL, set_up, test_play, tear_down);
  g_test_add ("/app/window-history/speed", Fixture, NULL, set_up, test_speed, tear_down);
  g_test_add ("/app/window-history/pin", Fixture, NULL, set_up, test_pin, tear_down);
  g_test_add ("/app/window-history/elsewhere", Fixture, NULL, set_up, test_elsewhere, tear_down);
  g_test_add ("/app/window-history/list", Fixture, NULL, set_up, test_list, tear_down);

  status = g_test_run ();
  g_clear_object (&application);

  return status;
}
