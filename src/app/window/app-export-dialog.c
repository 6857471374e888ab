#include "app-export-dialog-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app-figure.h"
#include "app-file-chooser.h"
#include "app-text.h"

#define TABLE_PREVIEW 4000

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppExportDialog, app_export_dialog, ADW_TYPE_WINDOW)

static void
show_table (AppExportDialog *self, const AppExportOptions *options)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *start = NULL;
  g_autofree char *text = NULL;

  bytes = plot_export (self->figure, options->theme, &options->view, options->format, options->width,
                       options->height, options->dpi, &error);
  if (bytes != NULL)
    {
      start = g_strndup (g_bytes_get_data (bytes, NULL), MIN (g_bytes_get_size (bytes), TABLE_PREVIEW));
      text = g_utf8_make_valid (start, -1);
    }
  gtk_label_set_label (self->table, text != NULL ? text : error->message);
}

static void
update (AppExportDialog *self)
{
  AppExportOptions options;
  gboolean good;

  if (!self->ready)
    return;

  good = app_export_dialog_read_options (self, &options);
  gtk_widget_set_visible (GTK_WIDGET (self->size_row), options.format->picture);
  gtk_widget_set_visible (GTK_WIDGET (self->theme_row), options.format->picture);
  gtk_widget_set_visible (GTK_WIDGET (self->dpi_row), options.format->raster);
  gtk_widget_set_visible (self->view_row, app_export_dialog_has_choice_of_view (self, options.format));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.save", good);
  if (good)
    self->shown = options;

  if (options.format->picture)
    gtk_widget_queue_draw (GTK_WIDGET (self->picture));
  else
    show_table (self, &options);
  gtk_stack_set_visible_child_name (self->preview, options.format->picture ? "picture" : "table");
}

/* The page, as large as fits. Drawing it clips, and what is recorded here must not (see the figure's
 * view): it comes as pixels. */
static void
draw_preview (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  AppExportDialog *self = APP_EXPORT_DIALOG (data);
  const AppExportOptions *options = &self->shown;
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (area));
  cairo_surface_t *surface;
  PlotLayout *layout;
  double scale;

  if (options->theme == NULL)
    return;

  scale = MIN ((double) width / options->width, (double) height / options->height);
  layout = plot_layout_new (self->figure, options->theme, &options->view, options->width, options->height);
  surface = app_figure_draw (layout, scale * factor);
  plot_layout_free (layout);
  cairo_surface_set_device_scale (surface, factor, factor);
  cairo_set_source_surface (cr, surface, floor ((width - scale * options->width) / 2),
                            floor ((height - scale * options->height) / 2));
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

typedef struct
{
  AppExportDialog *dialog;
  char *file_name;
} Saving;

static void
export_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr (AppExportDialog) self = saving->dialog;
  g_autofree char *file_name = saving->file_name;
  g_autoptr (GError) error = NULL;
  gboolean saved = app_export_finish (result, &error);

  g_free (saving);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (saved)
    {
      g_signal_emit (self, signals[SAVED], 0, file_name);
      gtk_window_close (GTK_WINDOW (self));
    }
  else
    {
      g_autofree char *reason = app_text_to_sentence (error->message);
      /* The dialog of libadwaita warns under newer GTK: it measures its heading too narrow. */
      GtkWidget *dialog = gtk_message_dialog_new (GTK_WINDOW (self), GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                                  GTK_MESSAGE_ERROR, GTK_BUTTONS_CLOSE, "%s", _("The figure was not saved"));

      gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", reason);
      g_signal_connect (dialog, "response", G_CALLBACK (gtk_window_destroy), NULL);
      gtk_window_present (GTK_WINDOW (dialog));
    }
}

static void
save_to (AppExportDialog *self, const char *chosen)
{
  AppExportOptions options;
  g_autofree char *path = NULL;
  Saving *saving;

  if (!app_export_dialog_read_options (self, &options))
    return;

  path = app_export_complete_name (chosen, options.format);
  if (plot_format_for_path (path) != NULL)
    options.format = plot_format_for_path (path);
  app_export_dialog_remember (self, &options);

  saving = g_new0 (Saving, 1);
  saving->dialog = g_object_ref (self);
  saving->file_name = g_path_get_basename (path);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);

  /* The file chooser has asked about the name that was chosen, not about a completed one. */
  app_export_async (self->figure, &options, path, g_str_equal (path, chosen), export_cb, saving);
}

static void
chosen_cb (AppExportDialog *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = g_file_get_path (file);
  if (path != NULL)
    save_to (self, path);
}

static char *
suggest_name (AppExportDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");

  return g_strdup_printf ("%s-%s.%s", self->base_name, date, app_export_dialog_get_format (self)->name);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppExportDialog *self = APP_EXPORT_DIALOG (widget);
  const PlotFormat *format = app_export_dialog_get_format (self);
  g_autofree char *suggestion = suggest_name (self);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;

  self->chooser = app_file_chooser_new (_("Export Figure"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_filter_set_name (filter, gettext (format->label));
  gtk_file_filter_add_suffix (filter, format->name);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), suggestion);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
app_export_dialog_dispose (GObject *object)
{
  AppExportDialog *self = APP_EXPORT_DIALOG (object);

  self->ready = FALSE;
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->figure, plot_figure_unref);
  g_clear_pointer (&self->base_name, g_free);

  G_OBJECT_CLASS (app_export_dialog_parent_class)->dispose (object);
}

static void
app_export_dialog_class_init (AppExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_export_dialog_dispose;

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tangentlab/TangentLab/ui/app-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, table);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, size_row);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, width_entry);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, height_entry);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, dpi_row);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, dpi_entry);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, theme_row);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, view_row);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, view_switch);
  gtk_widget_class_bind_template_child (widget_class, AppExportDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, update);

  gtk_widget_class_install_action (widget_class, "export.save", NULL, save_action);
}

static void
app_export_dialog_init (AppExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Newer rows name what they activate after their title, which says less than its own name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->width_entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->dpi_entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  app_export_dialog_set_up_options (self);
  gtk_drawing_area_set_draw_func (self->picture, draw_preview, self, NULL);
}

GtkWindow *
app_export_dialog_new (PlotFigure *figure, const PlotLimits *view, const char *base_name)
{
  AppExportDialog *self = g_object_new (APP_TYPE_EXPORT_DIALOG, NULL);

  self->figure = plot_figure_ref (figure);
  if (view != NULL)
    self->view = *view;
  else
    plot_limits_init (&self->view, figure);
  self->base_name = g_strdup (base_name);
  self->ready = TRUE;
  update (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->save_button);

  return GTK_WINDOW (self);
}

gboolean
app_export_dialog_get_options (AppExportDialog *self, AppExportOptions *options)
{
  g_return_val_if_fail (APP_IS_EXPORT_DIALOG (self), FALSE);

  return app_export_dialog_read_options (self, options);
}
