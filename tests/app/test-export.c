#include "app-export-dialog.h"
#include "app-file-chooser.h"

#include <glib/gstdio.h>

#include "app-test.h"

typedef struct
{
  PlotFigure *figure;
  GtkWindow *dialog;
} Fixture;

static PlotFigure *
make_figure (void)
{
  static const double x[] = { 1, 10, 100 }, y[] = { 1, 10, 2 };
  PlotFigure *figure = plot_figure_new ("A figure");
  PlotSeries series = { .id = "test", .label = "test", .style = PLOT_STYLE_PRIMARY, .n = 3, .x = x, .y = y };

  plot_figure_set_axis (figure, PLOT_X, "x", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "y", &plot_scale_log);
  plot_figure_add_series (figure, &series);

  return figure;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->figure = make_figure ();
  self->dialog = app_export_dialog_new (self->figure, NULL, "figure");
  gtk_window_present (self->dialog);
  app_test_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (self->dialog);
  plot_figure_unref (self->figure);
}

static GtkWidget *
child (Fixture *self, const char *name)
{
  GObject *object = gtk_widget_get_template_child (GTK_WIDGET (self->dialog), APP_TYPE_EXPORT_DIALOG, name);

  g_assert_true (GTK_IS_WIDGET (object));
  return GTK_WIDGET (object);
}

static gboolean
can_save (Fixture *self)
{
  return gtk_widget_get_sensitive (child (self, "save_button"));
}

static void
type_text (Fixture *self, const char *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (child (self, entry)), text);
}

static void
test_defaults (Fixture *self, gconstpointer data)
{
  AppExportOptions options;

  g_assert_true (app_export_dialog_get_options (APP_EXPORT_DIALOG (self->dialog), &options));
  g_assert_cmpstr (options.format->name, ==, "png");
  g_assert_cmpstr (options.theme->name, ==, "paper");
  g_assert_cmpuint (options.width, ==, 600);
  g_assert_true (can_save (self));
}

static void
test_refusal (Fixture *self, gconstpointer data)
{
  static const char *const entries[] = { "width_entry", "height_entry", "dpi_entry" };
  static const char *const wrong[] = { "", "0", "-5", "1e3", "99999", "wide" };
  AppExportOptions options;

  for (gsize e = 0; e < G_N_ELEMENTS (entries); e++)
    {
      GtkWidget *row = child (self, e < 2 ? "size_row" : "dpi_row");

      for (gsize w = 0; w < G_N_ELEMENTS (wrong); w++)
        {
          type_text (self, entries[e], wrong[w]);
          g_assert_false (app_export_dialog_get_options (APP_EXPORT_DIALOG (self->dialog), &options));
          g_assert_false (can_save (self));
          g_assert_true (gtk_widget_has_css_class (child (self, entries[e]), "error"));
          g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (child (self, entries[e]))), ==, wrong[w]);
          g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Must be"));
        }
      type_text (self, entries[e], "300");
      g_assert_true (can_save (self));
      g_assert_false (gtk_widget_has_css_class (child (self, entries[e]), "error"));
    }
}

/* Each of them in range, and too much together. */
static void
test_too_large (Fixture *self, gconstpointer data)
{
  AppExportOptions options;

  type_text (self, "width_entry", "30000");
  type_text (self, "dpi_entry", "600");
  g_assert_false (app_export_dialog_get_options (APP_EXPORT_DIALOG (self->dialog), &options));
  g_assert_true (gtk_widget_has_css_class (child (self, "dpi_row"), "complaining"));
  type_text (self, "dpi_entry", "96");
  g_assert_true (app_export_dialog_get_options (APP_EXPORT_DIALOG (self->dialog), &options));
  g_assert_false (gtk_widget_has_css_class (child (self, "dpi_row"), "complaining"));
}

/* Only what matters to the format is asked; what is not asked cannot be wrong. */
static void
test_formats (Fixture *self, gconstpointer data)
{
  guint n;
  const PlotFormat *formats = plot_formats (&n);

  for (guint i = 0; i < n; i++)
    {
      adw_combo_row_set_selected (ADW_COMBO_ROW (child (self, "format_row")), i);
      app_test_settle ();
      g_assert_cmpint (gtk_widget_get_visible (child (self, "dpi_row")), ==, formats[i].raster);
      g_assert_cmpint (gtk_widget_get_visible (child (self, "size_row")), ==, formats[i].picture);
      g_assert_cmpint (gtk_widget_get_visible (child (self, "theme_row")), ==, formats[i].picture);
    }

  g_assert_true (can_save (self));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (child (self, "table"))), "#"));
}

/* Every theme has its background in the preview. */
static void
test_preview (Fixture *self, gconstpointer data)
{
  guint n;
  const PlotTheme *themes = plot_themes (&n);
  GtkWidget *picture = child (self, "picture");
  int width = gtk_widget_get_width (picture), height = gtk_widget_get_height (picture);
  double scale = MIN (width / 600.0, height / 400.0);

  for (guint i = 0; i < n; i++)
    {
      cairo_surface_t *surface;
      guint32 pixel;

      adw_combo_row_set_selected (ADW_COMBO_ROW (child (self, "theme_row")), i);
      app_test_settle ();
      surface = app_test_draw (picture);
      pixel = app_test_pixel (surface, (width - scale * 600) / 2 + 4, (height - scale * 400) / 2 + 4);
      cairo_surface_destroy (surface);
      g_assert_cmpint ((pixel >> 16 & 0xff) > 128, ==, themes[i].background.r > 0.5);
    }
}

/* What is seen goes into the file, if there is more to see. */
static void
test_view (Fixture *self, gconstpointer data)
{
  AppExportDialog *dialog;
  AppExportOptions options;
  GtkSwitch *as_seen;
  GtkWidget *row;
  PlotLimits whole, view;

  g_assert_false (gtk_widget_get_visible (child (self, "view_row")));
  g_assert_true (app_export_dialog_get_options (APP_EXPORT_DIALOG (self->dialog), &options));
  plot_limits_init (&whole, self->figure);
  g_assert_cmpfloat (options.view.hi[PLOT_X], ==, whole.hi[PLOT_X]);

  view = whole;
  view.hi[PLOT_X] = 20;
  view.scale[PLOT_Y] = &plot_scale_linear;
  gtk_window_destroy (self->dialog);
  self->dialog = app_export_dialog_new (self->figure, &view, "figure");
  gtk_window_present (self->dialog);
  app_test_settle ();
  dialog = APP_EXPORT_DIALOG (self->dialog);
  as_seen = GTK_SWITCH (child (self, "view_switch"));
  row = child (self, "view_row");

  g_assert_true (gtk_widget_get_visible (row));
  g_assert_true (app_export_dialog_get_options (dialog, &options));
  g_assert_cmpfloat (options.view.hi[PLOT_X], ==, 20);
  g_assert_true (options.view.scale[PLOT_Y] == &plot_scale_linear);
  gtk_switch_set_active (as_seen, FALSE);
  g_assert_true (app_export_dialog_get_options (dialog, &options));
  g_assert_cmpfloat (options.view.hi[PLOT_X], ==, whole.hi[PLOT_X]);
  g_assert_true (options.view.scale[PLOT_Y] == &plot_scale_log);

  /* A table has all of every curve. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (child (self, "format_row")), 3);
  g_assert_true (app_export_dialog_get_options (dialog, &options));
  g_assert_cmpstr (options.format->name, ==, "csv");
  g_assert_false (gtk_widget_get_visible (row));
}

/* A curve that is hidden is in neither picture nor table. */
static void
test_hidden (Fixture *self, gconstpointer data)
{
  GtkLabel *table;
  PlotLimits view;

  plot_limits_init (&view, self->figure);
  view.hidden = 1;
  gtk_window_destroy (self->dialog);
  self->dialog = app_export_dialog_new (self->figure, &view, "figure");
  gtk_window_present (self->dialog);
  adw_combo_row_set_selected (ADW_COMBO_ROW (child (self, "format_row")), 3);
  app_test_settle ();
  table = GTK_LABEL (child (self, "table"));

  g_assert_true (gtk_widget_get_visible (child (self, "view_row")));
  g_assert_null (strstr (gtk_label_get_label (table), "\ntest,"));
  gtk_switch_set_active (GTK_SWITCH (child (self, "view_switch")), FALSE);
  g_assert_nonnull (strstr (gtk_label_get_label (table), "\ntest,"));
}

typedef struct
{
  gboolean done;
  GError *error;
} Outcome;

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  app_export_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Outcome *) data)->done;
}

static Outcome
export_to (PlotFigure *figure, const char *format, const char *path, gboolean replace)
{
  AppExportOptions options = { plot_format_find (format), plot_theme_find ("paper"), 300, 200, 96 };
  Outcome outcome = { FALSE, NULL };

  app_export_async (figure, &options, path, replace, exported_cb, &outcome);
  g_assert_true (app_test_wait (is_done, &outcome, 10000));

  return outcome;
}

static void
test_files (void)
{
  g_autoptr (PlotFigure) figure = make_figure ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("app-export-XXXXXX", &error);
  Outcome outcome;
  guint n;
  const PlotFormat *formats = plot_formats (&n);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = app_export_complete_name ("figure", &formats[i]);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_true (g_str_has_suffix (name, formats[i].name));
      outcome = export_to (figure, formats[i].name, path, FALSE);
      g_assert_no_error (outcome.error);
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));

      outcome = export_to (figure, formats[i].name, path, FALSE);
      g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_EXISTS);
      g_clear_error (&outcome.error);
      outcome = export_to (figure, formats[i].name, path, TRUE);
      g_assert_no_error (outcome.error);
      g_unlink (path);
    }
  g_rmdir (folder);

  outcome = export_to (figure, "png", "/nowhere/at/all.png", FALSE);
  g_assert_nonnull (outcome.error);
  g_assert_null (strchr (outcome.error->message, '\n'));
  g_clear_error (&outcome.error);
}

static void
test_names (void)
{
  g_autofree char *kept = app_export_complete_name ("a.b.PDF", plot_format_find ("png"));
  g_autofree char *completed = app_export_complete_name ("a.b", plot_format_find ("png"));

  g_assert_cmpstr (kept, ==, "a.b.PDF");
  g_assert_cmpstr (completed, ==, "a.b.png");
}

static void
check_arrow (GtkWidget *widget, gpointer n)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (!g_str_equal (G_OBJECT_TYPE_NAME (parent), "GtkPathBar"))
    return;
  g_assert_false (gtk_widget_get_child_visible (widget));
  ++*(int *) n;
}

/* What has no place yet is not drawn: the arrows of a path bar whose folder is not known. */
static void
test_chooser (void)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (GtkFileChooserNative) chooser
    = app_file_chooser_new ("Save", GTK_WINDOW (window), GTK_FILE_CHOOSER_ACTION_SAVE, "Save", "Cancel");
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  int n = 0;

  for (GList *l = windows; l != NULL; l = l->next)
    app_test_foreach (l->data, check_arrow, &n);
  g_assert_cmpint (n, >=, 1); /* two in GTK 4.8 */
  gtk_window_destroy (GTK_WINDOW (window));
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  add ("/app/export/defaults", test_defaults);
  add ("/app/export/refusal", test_refusal);
  add ("/app/export/too-large", test_too_large);
  add ("/app/export/formats", test_formats);
  add ("/app/export/preview", test_preview);
  add ("/app/export/view", test_view);
  add ("/app/export/hidden", test_hidden);
  g_test_add_func ("/app/export/files", test_files);
  g_test_add_func ("/app/export/names", test_names);
  g_test_add_func ("/app/export/chooser", test_chooser);
  return g_test_run ();
}
