#include "app-panel.h"

#include "app-parameter-row.h"
#include "app-series-row.h"
#include "app-test.h"
#include "app-text.h"
#include "app-track.h"

typedef struct
{
  LabDraft *draft;
  GtkWidget *panel;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = app_test_spec ();

  self->draft = lab_draft_new (spec);
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
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->draft);
}

static const LabSpec *
spec_of (Fixture *self)
{
  return lab_draft_get_spec (self->draft);
}

static GtkWidget *
row_of (Fixture *self, LabKey key)
{
  GtkWidget *row = app_panel_get_row (APP_PANEL (self->panel), key);

  g_assert_nonnull (row);
  return row;
}

static GtkWidget *
entry_of (Fixture *self, LabKey key)
{
  return app_test_find (row_of (self, key), GTK_TYPE_ENTRY);
}

static GtkRange *
slider_of (Fixture *self, LabKey key)
{
  return GTK_RANGE (app_test_find (row_of (self, key), GTK_TYPE_SCALE));
}

static void
type_text (Fixture *self, LabKey key, const char *text)
{
  GtkWidget *entry = entry_of (self, key);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static char *
complaint_of (Fixture *self, LabKey key)
{
  char *complaint;

  g_object_get (row_of (self, key), "complaint", &complaint, NULL);
  return complaint;
}

static gboolean
complains (Fixture *self, LabKey key)
{
  g_autofree char *complaint = complaint_of (self, key);

  return complaint != NULL;
}

static void
drag_to (Fixture *self, LabKey key, double position)
{
  gboolean handled = FALSE;

  g_signal_emit_by_name (slider_of (self, key), "change-value", GTK_SCROLL_JUMP, position, &handled);
  g_assert_true (handled);
}

static void
count_series (GtkWidget *widget, gpointer data)
{
  if (APP_IS_SERIES_ROW (widget))
    ++*(guint *) data;
}

static void
test_rows (Fixture *self, gconstpointer data)
{
  const LabExhibit *exhibit = lab_spec_exhibit (spec_of (self));
  guint n_series = 0, n_rows = 0;

  for (const LabKey *key = exhibit->keys; *key != LAB_N_KEYS; key++)
    if (lab_parameter (*key)->type != LAB_TYPE_SET && *key != LAB_VIEW)
      row_of (self, *key);

  while (exhibit->views->series[n_series].id != NULL)
    n_series++;
  app_test_foreach (self->panel, count_series, &n_rows);
  g_assert_cmpuint (n_rows, ==, n_series);
}

/* Rows that mean nothing are hidden. */
static void
test_hidden (Fixture *self, gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (row_of (self, LAB_LEAK)));
  g_assert_true (lab_draft_parse (self->draft, LAB_ACTIVATION, "leaky-relu", NULL));
  g_assert_true (gtk_widget_get_visible (row_of (self, LAB_LEAK)));
  lab_draft_reset (self->draft, LAB_ACTIVATION);
  g_assert_false (gtk_widget_get_visible (row_of (self, LAB_LEAK)));
}

static void
test_refusal (Fixture *self, gconstpointer data)
{
  static const char *const wrong[] = { "7.5", "-1", "nan", "two", "", "1e400" };
  GtkWidget *entry = entry_of (self, LAB_NOISE);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *complaint = NULL;

      type_text (self, LAB_NOISE, wrong[i]);
      complaint = complaint_of (self, LAB_NOISE);
      g_assert_nonnull (complaint);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, wrong[i]);
      g_assert_true (gtk_widget_has_css_class (entry, "error"));
      gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
      g_assert_cmpfloat (lab_spec_real (spec_of (self), LAB_NOISE), ==, 0.5);
    }

  /* Changes elsewhere leave the text alone. */
  lab_draft_parse (self->draft, LAB_DEPTH, "2", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "1e400");

  /* Escape. */
  g_assert_true (gtk_widget_activate_action (row_of (self, LAB_NOISE), "parameter.restore", NULL));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "0.5");
  g_assert_false (complains (self, LAB_NOISE));
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
}

/* In the words of the window; and an end of a range beyond the other one is refused where it is typed. */
static void
test_words (Fixture *self, gconstpointer data)
{
  g_autofree char *noise = NULL;
  g_autofree char *from = NULL;

  type_text (self, LAB_NOISE, "7");
  noise = complaint_of (self, LAB_NOISE);
  g_assert_cmpstr (noise, ==, "“Noise” must be a number from 0 to 3");
  type_text (self, LAB_FROM, "50");
  from = complaint_of (self, LAB_FROM);
  g_assert_cmpstr (from, ==, "“From” must not be above “To”, which is 40");
  g_assert_cmpfloat (lab_spec_real (spec_of (self), LAB_FROM), ==, 2);
  drag_to (self, LAB_FROM, 1);
  g_assert_cmpfloat (lab_spec_real (spec_of (self), LAB_FROM), ==, 39);
  g_assert_false (complains (self, LAB_FROM));
}

typedef struct
{
  const char *text;
  GtkWidget *label;
} Sought;

static void
find_label (GtkWidget *widget, gpointer data)
{
  Sought *sought = data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && g_str_has_prefix (gtk_label_get_label (GTK_LABEL (widget)), sought->text))
    sought->label = widget;
}

/* In the list that is open. */
static GtkWidget *
label_in (GtkWidget *popup, const char *text)
{
  Sought sought = { text, NULL };

  app_test_foreach (popup, find_label, &sought);
  return sought.label;
}

/* A choice that does not go together with the others is there, gray and with the reason. */
static void
test_impossible_choice (Fixture *self, gconstpointer data)
{
  GtkWidget *choices = app_test_find (row_of (self, LAB_MODEL), GTK_TYPE_DROP_DOWN);
  GtkWidget *popup = gtk_widget_get_last_child (choices);

  gtk_popover_popup (GTK_POPOVER (popup));
  app_test_settle ();
  g_assert_true (gtk_widget_is_sensitive (label_in (popup, "Linear")));
  g_assert_null (label_in (popup, "An ensemble"));
  gtk_popover_popdown (GTK_POPOVER (popup));
  app_test_settle ();

  g_assert_true (lab_draft_parse (self->draft, LAB_AXIS, "ensemble", NULL));
  gtk_popover_popup (GTK_POPOVER (popup));
  app_test_settle ();
  g_assert_true (gtk_widget_is_sensitive (label_in (popup, "Random features")));
  g_assert_false (gtk_widget_is_sensitive (label_in (popup, "Infinite width")));
  g_assert_nonnull (label_in (popup, "An ensemble averages over random weights"));
  gtk_popover_popdown (GTK_POPOVER (popup));
  app_test_settle ();
}

static void
test_entry (Fixture *self, gconstpointer data)
{
  type_text (self, LAB_NOISE, " 0.250 ");
  g_assert_cmpfloat (lab_spec_real (spec_of (self), LAB_NOISE), ==, 0.25);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (self, LAB_NOISE))), ==, "0.25");

  type_text (self, LAB_SEED, "9223372036854775807");
  g_assert_cmpint (lab_spec_integer (spec_of (self), LAB_SEED), ==, G_MAXINT64);

  /* Text that was not touched sets nothing. */
  type_text (self, LAB_RIDGE, "0");
  g_assert_false (lab_spec_is_set (spec_of (self), LAB_RIDGE));
}

/* Whether an entry shows all of a number. */
static gboolean
has_room (Fixture *self, LabKey key, const char *number)
{
  g_autofree char *text = app_text_from_number (number);
  GtkWidget *shows = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry_of (self, key))));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (shows, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > gtk_widget_get_width (shows))
    g_test_message ("%s: %s, %d of %d", lab_parameter (key)->key, text, gtk_widget_get_width (shows), width);
  return width <= gtk_widget_get_width (shows);
}

static gboolean
is_shown_with_slider (Fixture *self, LabKey key)
{
  GtkWidget *row = app_panel_get_row (APP_PANEL (self->panel), key);

  return row != NULL && APP_IS_PARAMETER_ROW (row) && gtk_widget_get_mapped (row)
         && app_parameter_row_slides (APP_PARAMETER_ROW (row));
}

/* No number that a slider leads to is cut in the entry, nor one of some more digits that is typed. */
static void
test_room (Fixture *self, gconstpointer data)
{
  int width = gtk_widget_get_width (self->panel);
  guint n = 0;

  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    {
      g_autoptr (LabSpec) spec = lab_spec_copy (spec_of (self));

      for (int i = 0; i <= 100 && is_shown_with_slider (self, key); i++)
        if (lab_spec_set (spec, key, app_track_value (spec_of (self), key, i / 100.0), NULL))
          {
            g_autofree char *number = lab_spec_format (spec, key);

            g_assert_true (has_room (self, key, number));
            n++;
          }
    }
  g_assert_cmpuint (n, >, 500);

  type_text (self, LAB_RIDGE, "1.2345678e-9");
  app_test_settle ();
  g_assert_cmpfloat (lab_spec_real (spec_of (self), LAB_RIDGE), ==, 1.2345678e-9);
  g_assert_true (has_room (self, LAB_RIDGE, "1.2345678e-9"));
  g_assert_cmpint (gtk_widget_get_width (self->panel), ==, width);
}

static void
test_steps (Fixture *self, gconstpointer data)
{
  gtk_widget_activate_action (row_of (self, LAB_NOISE), "parameter.step", "i", 1);
  g_assert_cmpfloat (lab_spec_real (spec_of (self), LAB_NOISE), ==, 0.51);
  gtk_widget_activate_action (row_of (self, LAB_NOISE), "parameter.leap", "i", -1);
  g_assert_cmpfloat (lab_spec_real (spec_of (self), LAB_NOISE), <, 0.45);
}

static void
test_slider (Fixture *self, gconstpointer data)
{
  static const LabKey keys[] = { LAB_NOISE, LAB_N_TRAIN, LAB_RIDGE, LAB_DEPTH, LAB_WIDTH };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    for (int step = 0; step <= 10; step++)
      {
        LabValue value;

        drag_to (self, keys[i], step / 10.0);
        value = lab_spec_value (spec_of (self), keys[i]);
        g_assert_true (lab_value_equal (keys[i], value, app_track_value (spec_of (self), keys[i], step / 10.0)));
        g_assert_cmpfloat_with_epsilon (gtk_range_get_value (slider_of (self, keys[i])),
                                        app_track_position (spec_of (self), keys[i], value), 1e-9);
      }

  /* The other way round; and the entry. */
  g_assert_true (lab_draft_parse (self->draft, LAB_RIDGE, "0.001", NULL));
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (slider_of (self, LAB_RIDGE)),
                                  app_track_position (spec_of (self), LAB_RIDGE, (LabValue) { .real = 1e-3 }), 1e-9);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (self, LAB_RIDGE))), ==, "0.001");
  g_assert_true (lab_draft_parse (self->draft, LAB_RIDGE, "0", NULL));
  g_assert_cmpfloat (gtk_range_get_value (slider_of (self, LAB_RIDGE)), ==, 0);
}

static void
assert_told (Fixture *self, LabKey key, double low, double high, double now, const char *words)
{
  GtkWidget *slider = GTK_WIDGET (slider_of (self, key));

  gtk_test_accessible_assert_property (slider, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, low);
  gtk_test_accessible_assert_property (slider, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, high);
  gtk_test_accessible_assert_property (slider, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, now);
  gtk_test_accessible_assert_property (slider, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words);
}

/* Those who do not see the slider hear of the value and its range, not of the place on the track. What
 * moves the thumb alone moves nothing. */
static void
test_told (Fixture *self, gconstpointer data)
{
  assert_told (self, LAB_WIDTH, 1, 4096, 10, "10");
  drag_to (self, LAB_NOISE, 0.5);
  assert_told (self, LAB_NOISE, 0, 3, 1.5, "1.5");
  assert_told (self, LAB_RIDGE, 0, 100, 0, "0");
  assert_told (self, LAB_TIME, 0.01, G_MAXDOUBLE, G_MAXDOUBLE, "infinity");
  g_assert_true (lab_draft_parse (self->draft, LAB_RIDGE, "1e-5", NULL));
  assert_told (self, LAB_RIDGE, 0, 100, 1e-5, "10⁻⁵");

  gtk_range_set_value (slider_of (self, LAB_NOISE), 1);
  g_assert_cmpfloat (gtk_range_get_value (slider_of (self, LAB_NOISE)), ==, 0.5);
  assert_told (self, LAB_NOISE, 0, 3, 1.5, "1.5");
}

static void
test_reset (Fixture *self, gconstpointer data)
{
  GtkWidget *slider = GTK_WIDGET (slider_of (self, LAB_NOISE));
  GtkEventController *click = app_test_find_click (slider, 1, GTK_PHASE_CAPTURE);

  drag_to (self, LAB_NOISE, 0.9);
  g_assert_true (lab_spec_is_set (spec_of (self), LAB_NOISE));

  g_signal_emit_by_name (click, "pressed", 1, 10.0, 10.0);
  g_assert_true (lab_spec_is_set (spec_of (self), LAB_NOISE));
  g_signal_emit_by_name (click, "pressed", 2, 10.0, 10.0);
  g_assert_false (lab_spec_is_set (spec_of (self), LAB_NOISE));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (self, LAB_NOISE))), ==, "0.5");
}

/* A refused text goes when the slider gives a value. */
static void
find_reset (GtkWidget *widget, gpointer data)
{
  if (gtk_widget_has_css_class (widget, "reset"))
    *(GtkWidget **) data = widget;
}

static gboolean
offers_reset (Fixture *self, LabKey key)
{
  GtkWidget *button = NULL;

  app_test_foreach (row_of (self, key), find_reset, &button);
  g_assert_nonnull (button);
  return gtk_widget_get_visible (button);
}

/* A reset is offered where it would change something: not for a value that came back to the default by hand. */
static void
test_reset_button (Fixture *self, gconstpointer data)
{
  g_assert_false (offers_reset (self, LAB_ACTIVATION));
  g_assert_true (lab_draft_parse (self->draft, LAB_ACTIVATION, "erf", NULL));
  g_assert_true (offers_reset (self, LAB_ACTIVATION));
  g_assert_true (lab_draft_parse (self->draft, LAB_ACTIVATION, "relu", NULL));
  g_assert_false (offers_reset (self, LAB_ACTIVATION));

  lab_draft_reset (self->draft, LAB_POINTS);
  g_assert_false (offers_reset (self, LAB_POINTS));
  lab_draft_set_value (self->draft, LAB_POINTS, lab_spec_value (spec_of (self), LAB_POINTS), NULL);
  g_assert_true (offers_reset (self, LAB_POINTS));
}

static void
test_slider_clears_refusal (Fixture *self, gconstpointer data)
{
  type_text (self, LAB_NOISE, "9");
  g_assert_true (complains (self, LAB_NOISE));
  drag_to (self, LAB_NOISE, 0.5);
  g_assert_false (complains (self, LAB_NOISE));
}

static void
test_blame (Fixture *self, gconstpointer data)
{
  g_autofree char *complaint = NULL;

  g_object_set (self->panel, "message", "not together", "blamed", LAB_TO, NULL);
  complaint = complaint_of (self, LAB_TO);
  g_assert_cmpstr (complaint, ==, "not together");
  g_object_set (self->panel, "blamed", LAB_N_KEYS, NULL);
  g_assert_false (complains (self, LAB_TO));
}

static void
find_toggles (GtkWidget *widget, gpointer data)
{
  GtkWidget **toggles = data;

  if (GTK_IS_TOGGLE_BUTTON (widget) && gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) != NULL)
    toggles[toggles[0] != NULL] = widget;
}

static void
test_initialization (Fixture *self, gconstpointer data)
{
  GtkWidget *toggles[2] = { NULL };

  app_test_foreach (self->panel, find_toggles, toggles);
  g_assert_nonnull (toggles[1]);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggles[0])));

  g_signal_emit_by_name (toggles[1], "clicked");
  g_assert_cmpfloat (lab_spec_real (spec_of (self), LAB_INIT_SCALE), ==, 1);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggles[1])));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggles[0])));

  drag_to (self, LAB_INIT_SCALE, 0.6);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggles[1])));
}

static void
find_series (GtkWidget *widget, gpointer data)
{
  GtkWidget **rows = data;

  if (APP_IS_SERIES_ROW (widget))
    rows[app_series_row_get_index (APP_SERIES_ROW (widget))] = widget;
}

static void
test_series (Fixture *self, gconstpointer data)
{
  const LabExhibit *exhibit = lab_spec_exhibit (spec_of (self));
  int train = lab_exhibit_series (exhibit, "train");
  GtkWidget *rows[32] = { NULL };
  GtkSwitch *toggle;

  app_test_foreach (self->panel, find_series, rows);
  toggle = GTK_SWITCH (app_test_find (rows[train], GTK_TYPE_SWITCH));
  g_assert_cmpint (gtk_switch_get_active (toggle), ==, lab_spec_shows (spec_of (self), "train"));
  gtk_switch_set_active (toggle, FALSE);
  g_assert_false (lab_spec_shows (spec_of (self), "train"));
  lab_draft_reset (self->draft, LAB_SHOW);
  g_assert_cmpint (gtk_switch_get_active (toggle), ==, exhibit->views->series[train].shown);

  /* What does not exist for the model has no switch. */
  for (int i = 0; exhibit->views->series[i].id != NULL; i++)
    g_assert_cmpint (gtk_widget_get_visible (rows[i]), ==,
                     lab_spec_can_show (spec_of (self), exhibit->views->series[i].id));
}

static void
test_choice (Fixture *self, gconstpointer data)
{
  GtkDropDown *model = GTK_DROP_DOWN (app_test_find (row_of (self, LAB_MODEL), GTK_TYPE_DROP_DOWN));

  g_assert_cmpuint (gtk_drop_down_get_selected (model), ==, lab_spec_choice (spec_of (self), LAB_MODEL));
  gtk_drop_down_set_selected (model, 0);
  g_assert_cmpuint (lab_spec_choice (spec_of (self), LAB_MODEL), ==, 0);
  lab_draft_reset (self->draft, LAB_MODEL);
  g_assert_cmpuint (gtk_drop_down_get_selected (model), ==, lab_spec_choice (spec_of (self), LAB_MODEL));
}

/* The four of every lecture have letters of their own. */
static void
test_mnemonics (Fixture *self, gconstpointer data)
{
  static const LabKey keys[] = { LAB_WIDTH, LAB_DEPTH, LAB_NOISE, LAB_INIT_SCALE };
  guint seen[4];

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkLabel *label = GTK_LABEL (app_test_find (row_of (self, keys[i]), GTK_TYPE_LABEL));

      g_assert_true (gtk_label_get_mnemonic_widget (label) == GTK_WIDGET (slider_of (self, keys[i])));
      seen[i] = gtk_label_get_mnemonic_keyval (label);
      g_assert_cmpuint (seen[i], !=, GDK_KEY_VoidSymbol);
      for (gsize j = 0; j < i; j++)
        g_assert_cmpuint (seen[i], !=, seen[j]);
    }
}

/* Lectures turn to these all the time: only a short panel scrolls them. */
static void
test_in_sight (Fixture *self, gconstpointer data)
{
  GtkWidget *outer = app_test_find (self->panel, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (outer));

  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=, gtk_adjustment_get_page_size (adjustment));

  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 400);
  app_test_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >,
                     gtk_adjustment_get_page_size (adjustment) + 500);

  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 800);
  app_test_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=, gtk_adjustment_get_page_size (adjustment));
}

static gboolean
is_shown (Fixture *self, LabKey key)
{
  return gtk_widget_get_visible (row_of (self, key));
}

static const char *
text_of (Fixture *self, LabKey key)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry_of (self, key)));
}

/* The other exhibit: its rows, infinity, and a list. */
static void
test_learning_curve (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = app_test_learning_spec ();
  const LabExhibit *exhibit = lab_spec_exhibit (spec);

  lab_draft_set_spec (self->draft, spec);
  g_assert_null (app_panel_get_row (APP_PANEL (self->panel), LAB_MODEL));
  g_assert_cmpstr (text_of (self, LAB_WIDTH), ==, "∞");
  g_assert_cmpfloat (gtk_range_get_value (slider_of (self, LAB_WIDTH)), ==, 1);
  gtk_test_accessible_assert_property (GTK_WIDGET (slider_of (self, LAB_WIDTH)),
                                       GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "infinity");
  g_assert_true (is_shown (self, LAB_KERNEL) && !is_shown (self, LAB_LENGTH_SCALE));
  g_assert_false (is_shown (self, LAB_TIME));

  type_text (self, LAB_WIDTH, "32");
  g_assert_false (is_shown (self, LAB_KERNEL));
  type_text (self, LAB_WIDTH, "inf");
  g_assert_cmpstr (text_of (self, LAB_WIDTH), ==, "∞");
  drag_to (self, LAB_WIDTH, 0.9);
  drag_to (self, LAB_WIDTH, 0.99);
  g_assert_cmpint (lab_spec_integer (spec_of (self), LAB_WIDTH), ==, LAB_INFINITE);

  g_assert_true (lab_draft_parse (self->draft, LAB_STOP, "time", NULL));
  g_assert_true (is_shown (self, LAB_TIME));
  type_text (self, LAB_TIME, "∞");
  g_assert_false (complains (self, LAB_TIME));
  g_assert_true (lab_draft_parse (self->draft, LAB_KERNEL, "laplace", NULL));
  g_assert_true (is_shown (self, LAB_LENGTH_SCALE) && !is_shown (self, LAB_INIT_SCALE));

  /* What a message names to be changed is in sight. */
  type_text (self, LAB_WIDTH, "32");
  g_assert_false (lab_spec_check (spec_of (self), NULL, NULL));
  g_assert_true (is_shown (self, LAB_KERNEL) && is_shown (self, LAB_WIDTH));
  type_text (self, LAB_WIDTH, "inf");

  type_text (self, LAB_DIM, "6,11");
  g_assert_cmpstr (text_of (self, LAB_DIM), ==, "6, 11");
  g_assert_cmpuint (lab_spec_n_panels (spec_of (self)), ==, 2);
  type_text (self, LAB_DIM, "6, x");
  g_assert_true (complains (self, LAB_DIM));
  type_text (self, LAB_DIM, "1, 2, 3, 4, 5");
  g_assert_true (complains (self, LAB_DIM));
  g_assert_cmpuint (lab_spec_n_panels (spec_of (self)), ==, 2);
  drag_to (self, LAB_DIM, 0.5);
  g_assert_cmpuint (lab_spec_n_panels (spec_of (self)), ==, 1);

  for (const LabKey *key = exhibit->keys; *key != LAB_N_KEYS; key++)
    if (lab_parameter (*key)->type != LAB_TYPE_SET && *key != LAB_VIEW)
      g_assert_cmpint (is_shown (self, *key), ==, lab_spec_matters (spec_of (self), *key));
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  add ("/app/panel/rows", test_rows);
  add ("/app/panel/hidden", test_hidden);
  add ("/app/panel/refusal", test_refusal);
  add ("/app/panel/words", test_words);
  add ("/app/panel/impossible-choice", test_impossible_choice);
  add ("/app/panel/entry", test_entry);
  add ("/app/panel/room", test_room);
  add ("/app/panel/steps", test_steps);
  add ("/app/panel/slider", test_slider);
  add ("/app/panel/told", test_told);
  add ("/app/panel/reset", test_reset);
  add ("/app/panel/reset-button", test_reset_button);
  add ("/app/panel/slider-clears-refusal", test_slider_clears_refusal);
  add ("/app/panel/blame", test_blame);
  add ("/app/panel/initialization", test_initialization);
  add ("/app/panel/series", test_series);
  add ("/app/panel/choice", test_choice);
  add ("/app/panel/mnemonics", test_mnemonics);
  add ("/app/panel/learning-curve", test_learning_curve);
  add ("/app/panel/in-sight", test_in_sight);
  return g_test_run ();
}
