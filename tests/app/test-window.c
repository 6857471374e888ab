#include "app-window.h"

#include <string.h>

#include "app-application.h"
#include "app-desk.h"
#include "app-figure-view.h"
#include "app-panel.h"
#include "app-series-row.h"
#include "app-test.h"
#include "app-views-pane.h"

static AppApplication *application;

typedef struct
{
  AppWindow *window;
  AppDesk *desk;
  LabDraft *draft;
} Fixture;

static gboolean
has_figure (gpointer data)
{
  g_autoptr (PlotFigure) figure = app_view_make_figure (app_desk_get_main (((Fixture *) data)->desk));

  return figure != NULL;
}

/* Of the tests that only look at a window. */
static Fixture kept;

static void
close_window (Fixture *self)
{
  if (self->window == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (self->window));
  self->window = NULL;
  app_test_settle ();
  g_assert_finalize_object (self->desk);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = app_test_spec ();

  close_window (&kept);
  self->window = app_window_new (GTK_APPLICATION (application), spec);
  g_object_get (self->window, "desk", &self->desk, NULL);
  self->draft = app_desk_get_draft (self->desk);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (app_test_wait (has_figure, self, 20000));
  app_test_settle ();
}

/* From a file of the spectrum. */
static void
set_up_view (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = app_test_spec ();

  g_assert_true (lab_spec_assign (spec, "view=spectrum", NULL));
  self->window = app_window_new (GTK_APPLICATION (application), spec);
  g_object_get (self->window, "desk", &self->desk, NULL);
  self->draft = app_desk_get_draft (self->desk);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (app_test_wait (has_figure, self, 20000));
  app_test_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  close_window (self);
}

static void
set_up_kept (Fixture *self, gconstpointer data)
{
  if (kept.window == NULL)
    set_up (&kept, data);
  *self = kept;
}

static void
leave_kept (Fixture *self, gconstpointer data)
{
}

static GtkWidget *
child (Fixture *self, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self->window), APP_TYPE_WINDOW, name));
}

/* What a person can act on has a name for those who cannot see it. */
static void
check_name (GtkWidget *widget, gpointer data)
{
  gboolean interactive = GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_RANGE (widget)
                         || GTK_IS_ENTRY (widget) || GTK_IS_DROP_DOWN (widget)
                         || APP_IS_FIGURE_VIEW (widget);
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (!interactive || !gtk_widget_get_visible (widget) || GTK_IS_SCROLLBAR (gtk_widget_get_parent (widget)))
    return;
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return;
  if (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
      || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return;
  g_test_message ("%s has no accessible name", G_OBJECT_TYPE_NAME (widget));
  g_test_fail ();
}

static void
test_names (Fixture *self, gconstpointer data)
{
  app_test_foreach (GTK_WIDGET (self->window), check_name, NULL);
}

/* What is one thing for a person is one for assistive technology too: the button in a menu button and
 * the switch in a row, and not what is around them. */
static void
check_once (GtkWidget *widget, gpointer data)
{
  if (!GTK_IS_MENU_BUTTON (widget) && !APP_IS_SERIES_ROW (widget))
    return;

  gtk_test_accessible_assert_role (widget, GTK_ACCESSIBLE_ROLE_GENERIC);
  ++*(guint *) data;
}

static void
test_once (Fixture *self, gconstpointer data)
{
  guint n = 0;

  app_test_foreach (GTK_WIDGET (self->window), check_once, &n);
  g_assert_cmpuint (n, >, 5);
}

/* A button without words says what it does when pointed at. The header bar of newer toolkits has a
 * button of its own, to go back, which has no words until there is somewhere to go. */
static void
check_tooltip (GtkWidget *widget, gpointer data)
{
  if (!GTK_IS_BUTTON (widget) || gtk_button_get_icon_name (GTK_BUTTON (widget)) == NULL
      || GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget))
      || g_str_equal (G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), "AdwBackButton"))
    return;
  if (gtk_widget_get_tooltip_text (widget) == NULL)
    {
      g_test_message ("no tooltip on %s", gtk_button_get_icon_name (GTK_BUTTON (widget)));
      g_test_fail ();
    }
}

static void
test_tooltips (Fixture *self, gconstpointer data)
{
  app_test_foreach (GTK_WIDGET (self->window), check_tooltip, NULL);
}

/* Every action of the window and the application can be found: in the resources, as a menu item,
 * a button or a line among the shortcuts; or, one for each, on the lists of exhibits and pins. */
static void
test_actions_are_shown (Fixture *self, gconstpointer data)
{
  static const char *const files[] = { "ui/app-window.ui", "ui/app-chooser.ui", "gtk/help-overlay.ui" };
  GString *shown = g_string_new (NULL);
  const GVariantType *type;
  const char *name, *property;
  GType owner;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/io/github/tangentlab/TangentLab/", files[i], NULL);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);

      g_assert_nonnull (bytes);
      g_string_append_len (shown, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (self->window), i, &owner,
                                                   &name, &type, &property);
       i++)
    if (g_str_has_prefix (name, "win.") && !g_str_equal (name, "win.show")
        && !g_str_equal (name, "win.unpin"))
      {
        g_test_message ("%s", name);
        g_assert_nonnull (strstr (shown->str, name));
      }
  g_string_free (shown, TRUE);
}

static void
find_scrolled (GtkWidget *widget, gpointer data)
{
  GtkWidget **found = data;

  if (GTK_IS_SCROLLED_WINDOW (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) != NULL
      && gtk_widget_has_css_class (gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER), "chooser"))
    *found = widget;
}

/* The list of exhibits is longer than it is high: its scrollbar is always to be seen. */
static void
test_chooser_scrolls (Fixture *self, gconstpointer data)
{
  GtkWidget *scrolled = NULL;

  app_test_foreach (GTK_WIDGET (self->window), find_scrolled, &scrolled);
  g_assert_nonnull (scrolled);
  g_assert_false (gtk_scrolled_window_get_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled)));
}

static void
collect_keys (GtkWidget *widget, gpointer data)
{
  g_autofree char *action = NULL;

  if (!GTK_IS_SHORTCUTS_SHORTCUT (widget))
    return;
  g_object_get (widget, "action-name", &action, NULL);
  if (action != NULL)
    g_hash_table_add (data, g_steal_pointer (&action));
}

/* Every accelerator is a line in the window of shortcuts. */
static void
test_shortcuts (Fixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (application));
  GtkShortcutsWindow *help = gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (self->window));

  g_assert_nonnull (help);
  app_test_foreach (GTK_WIDGET (help), collect_keys, lines);
  for (int i = 0; actions[i] != NULL; i++)
    {
      g_test_message ("%s", actions[i]);
      g_assert_true (g_hash_table_contains (lines, actions[i]));
    }
}

static void
test_reset (Fixture *self, gconstpointer data)
{
  g_object_set (self->draft, "noise", 1.5, "depth", (gint64) 2, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.reset", NULL);
  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    g_assert_false (lab_spec_is_set (lab_draft_get_spec (self->draft), key));
}

static void
test_show (Fixture *self, gconstpointer data)
{
  guint n;
  const LabPreset *presets = lab_presets (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LabSpec) spec = lab_spec_new_named (presets[i].id, NULL);

      gtk_widget_activate_action (GTK_WIDGET (self->window), "win.show", "s", presets[i].id);
      g_assert_true (lab_spec_equal (lab_draft_get_spec (self->draft), spec));
    }
}

static void
test_parameters (Fixture *self, gconstpointer data)
{
  AdwFlap *flap = ADW_FLAP (child (self, "flap"));

  g_assert_true (adw_flap_get_reveal_flap (flap));
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.parameters", NULL);
  g_assert_false (adw_flap_get_reveal_flap (flap));
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.parameters", NULL);
  g_assert_true (adw_flap_get_reveal_flap (flap));
}

/* A refused combination: words under the figure and at the control; the figure stays. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  GtkWidget *panel = child (self, "panel");
  GtkWidget *figure = child (self, "figure");
  PlotFigure *before = app_figure_view_get_figure (APP_FIGURE_VIEW (figure));
  gboolean found = FALSE;

  g_object_set (self->draft, "from", 1000.0, NULL);
  app_test_settle ();
  g_assert_true (app_figure_view_get_figure (APP_FIGURE_VIEW (figure)) == before);
  for (LabKey key = LAB_FROM; key <= LAB_TO; key++)
    {
      g_autofree char *complaint = NULL;

      g_object_get (app_panel_get_row (APP_PANEL (panel), key), "complaint", &complaint, NULL);
      found |= complaint != NULL;
    }
  g_assert_true (found);
}

static void
test_description (Fixture *self, gconstpointer data)
{
  GtkWidget *figure = child (self, "figure");
  PlotFigure *shown = app_figure_view_get_figure (APP_FIGURE_VIEW (figure));

  g_assert_nonnull (plot_figure_get_description (shown));
  gtk_test_accessible_assert_property (figure, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       plot_figure_get_description (shown));
}

static gboolean
has_texture (gpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (data);

  return gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_TEXTURE);
}

static void
test_copy (Fixture *self, gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.copy", NULL);
  g_assert_true (app_test_wait (has_texture, self->window, 2000));
}

/* Down to the size of a telephone. */
static void
test_small (Fixture *self, gconstpointer data)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (self->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 380); /* the frame's shadow included */
  gtk_widget_measure (GTK_WIDGET (self->window), GTK_ORIENTATION_VERTICAL, 380, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 420);
}

/* A new sentence breaks its lines a few times, and not anew for each height that a box tries. */
static void
test_verdict_width (Fixture *self, gconstpointer data)
{
  GtkWidget *bin = child (self, "verdict_bin");
  int wanted[2], got[2];

  gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, -1, &wanted[0], &wanted[1], NULL, NULL);
  for (int height = 20; height < 200; height += 20)
    {
      gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, height, &got[0], &got[1], NULL, NULL);
      g_assert_cmpmem (got, sizeof got, wanted, sizeof wanted);
    }
}

static void
test_color_scheme (Fixture *self, gconstpointer data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_action_group_change_action_state (G_ACTION_GROUP (application), "color-scheme", g_variant_new_string ("dark"));
  g_assert_true (adw_style_manager_get_dark (manager));
  g_action_group_change_action_state (G_ACTION_GROUP (application), "color-scheme", g_variant_new_string ("light"));
  g_assert_false (adw_style_manager_get_dark (manager));
  g_action_group_change_action_state (G_ACTION_GROUP (application), "color-scheme", g_variant_new_string ("default"));
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_DEFAULT);
}

/* What a file shows of an exhibit, the window shows under its main figure. */
static void
test_view (Fixture *self, gconstpointer data)
{
  g_autoptr (PlotFigure) figure = app_view_make_figure (app_desk_get_main (self->desk));

  g_assert_cmpstr (plot_figure_get_series (figure, 0)->id, ==, "test");
}

/* A picture on a linear axis comes back on one. */
static void
test_scales (Fixture *self, gconstpointer data)
{
  const PlotScale *const scales[PLOT_N_AXES] = { [PLOT_Y] = &plot_scale_linear };
  g_autoptr (LabSpec) spec = app_test_spec ();
  AppWindow *first = self->window;
  GtkWidget *figure;
  gboolean log_x, log_y;

  g_clear_object (&self->desk);
  gtk_window_destroy (GTK_WINDOW (first));
  self->window = app_window_new_drawn (GTK_APPLICATION (application), spec, scales);
  g_object_get (self->window, "desk", &self->desk, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (app_test_wait (has_figure, self, 20000));
  app_test_settle ();
  figure = app_test_find (GTK_WIDGET (self->window), APP_TYPE_FIGURE_VIEW);
  g_object_get (figure, "log-x", &log_x, "log-y", &log_y, NULL);
  g_assert_true (log_x);
  g_assert_false (log_y);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
#define look(path, func) g_test_add (path, Fixture, NULL, set_up_kept, func, leave_kept)

static void
get_bounds (Fixture *self, GtkWidget *widget, graphene_rect_t *bounds)
{
  g_assert_true (gtk_widget_get_mapped (widget));
  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (self->window), bounds));
}

/* A toast lies above the sentences, those of the linked figures too. */
static void
test_toast (Fixture *self, gconstpointer data)
{
  GtkWidget *words = app_views_pane_get_words (APP_VIEWS_PANE (child (self, "views_pane")));
  GtkWidget *verdict = child (self, "verdict_bin"), *toasts = child (self, "toasts");
  graphene_rect_t toast, below;
  gboolean linked = data != NULL;

  g_object_set (self->window, "views-shown", linked, NULL);
  app_test_settle ();
  g_signal_emit_by_name (child (self, "figure"), "refused", "no logarithmic axis");
  app_test_settle ();
  get_bounds (self, linked ? words : verdict, &below);
  get_bounds (self, gtk_widget_get_last_child (toasts), &toast);
  g_assert_cmpfloat (toast.origin.y + toast.size.height, <=, below.origin.y);
  g_assert_cmpfloat (toast.origin.y + toast.size.height, >, below.origin.y - 60);
}

typedef struct
{
  GtkPaned *paned;
  double share;
} Share;

/* To a pixel. */
static gboolean
has_share (gpointer data)
{
  Share *share = data;
  int height = gtk_widget_get_height (GTK_WIDGET (share->paned));

  return ABS (gtk_paned_get_position (share->paned) - share->share * height) <= 1;
}

static gboolean
has_grids (gpointer pane)
{
  gboolean grids;

  g_object_get (pane, "grids", &grids, NULL);
  return grids;
}

/* A small job of it. */
static void
show_exhibit (Fixture *self, const char *name)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named (name, NULL);

  g_assert_true (lab_spec_assign (spec, "seeds=2", NULL));
  g_assert_true (lab_spec_assign (spec, "n-train=30", NULL));
  lab_draft_set_spec (self->draft, spec);
}

/* Matrices have more of the height than curves, until a hand moves the border: then that holds. */
static void
test_share (Fixture *self, gconstpointer data)
{
  Share share = { GTK_PANED (child (self, "paned")), 0.57 };
  int height = gtk_widget_get_height (GTK_WIDGET (share.paned));

  g_assert_true (app_test_wait (has_share, &share, 5000));
  show_exhibit (self, "kernel");
  share.share = 0.45;
  g_assert_true (app_test_wait (has_share, &share, 20000));
  show_exhibit (self, "double-descent");
  share.share = 0.57;
  g_assert_true (app_test_wait (has_share, &share, 20000));

  gtk_paned_set_position (share.paned, height / 2);
  show_exhibit (self, "kernel");
  g_assert_true (app_test_wait (has_grids, child (self, "views_pane"), 20000));
  app_test_settle ();
  share.share = 0.5;
  g_assert_true (has_share (&share));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  app_test_init (&argc, &argv);
  application = app_application_new ();
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);

  look ("/app/window/names", test_names);
  look ("/app/window/once", test_once);
  look ("/app/window/tooltips", test_tooltips);
  look ("/app/window/chooser-scrolls", test_chooser_scrolls);
  look ("/app/window/actions-are-shown", test_actions_are_shown);
  look ("/app/window/description", test_description);
  look ("/app/window/small", test_small);
  look ("/app/window/verdict-width", test_verdict_width);
  look ("/app/window/copy", test_copy);
  look ("/app/window/shortcuts", test_shortcuts);
  add ("/app/window/reset", test_reset);
  add ("/app/window/show", test_show);
  add ("/app/window/scales", test_scales);
  add ("/app/window/parameters", test_parameters);
  add ("/app/window/refused", test_refused);
  add ("/app/window/color-scheme", test_color_scheme);
  add ("/app/window/toast", test_toast);
  g_test_add ("/app/window/toast-above-views", Fixture, "linked", set_up, test_toast, tear_down);
  g_test_add ("/app/window/view", Fixture, NULL, set_up_view, test_view, tear_down);
  g_test_add ("/app/window/share", Fixture, NULL, set_up, test_share, tear_down);
  status = g_test_run ();
  close_window (&kept);
  g_object_unref (application);
  return status;
}
