#include "app-export-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app-figure.h"
#include "app-file-chooser.h"
#include "app-settings.h"
#include "app-text.h"

#define LEAST_SIZE 100
#define MOST_SIZE 32767
#define LEAST_DPI 24
#define MOST_DPI 2400

#define TABLE_PREVIEW 4000
#define MILLIMETRES_PER_PIXEL (25.4 / 96)

struct _AppExportDialog
{
  AdwWindow parent_instance;

  PlotFigure *figure;
  PlotLimits view; /* as on screen */
  char *base_name;
  GSettings *settings; /* or NULL */
  GtkFileChooserNative *chooser;
  gboolean ready; /* set up; changes count */
  AppExportOptions shown; /* in the preview: the last ones that were good */

  GtkStack *preview;
  GtkDrawingArea *picture;
  GtkLabel *table;
  AdwComboRow *format_row;
  AdwActionRow *size_row;
  GtkEntry *width_entry;
  GtkEntry *height_entry;
  AdwActionRow *dpi_row;
  GtkEntry *dpi_entry;
  AdwComboRow *theme_row;
  GtkWidget *view_row;
  GtkSwitch *view_switch;
  GtkWidget *save_button;
};

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppExportDialog, app_export_dialog, ADW_TYPE_WINDOW)

static const PlotFormat *
get_format (AppExportDialog *self)
{
  guint n;
  const PlotFormat *formats = plot_formats (&n);

  return &formats[MIN (adw_combo_row_get_selected (self->format_row), n - 1)];
}

static const PlotTheme *
get_theme (AppExportDialog *self)
{
  guint n;
  const PlotTheme *themes = plot_themes (&n);

  return &themes[MIN (adw_combo_row_get_selected (self->theme_row), n - 1)];
}

/* Marks the entry; the reason goes under the row's title. */
static gboolean
read_entry (GtkEntry *entry, guint least, guint most, guint *number, char **reason)
{
  g_autofree char *complaint = NULL;
  gboolean good = app_text_to_whole (gtk_editable_get_text (GTK_EDITABLE (entry)), least,
                                              most, number, &complaint);

  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (!good && *reason == NULL)
    *reason = g_steal_pointer (&complaint);

  return good;
}

static void
show_size (AppExportDialog *self, const AppExportOptions *options, const char *reason)
{
  g_autofree char *hint = NULL;

  if (reason == NULL)
    {
      /* Translators: width and height of a printed figure */
      hint = g_strdup_printf (_("%.0f × %.0f mm"), options->width * MILLIMETRES_PER_PIXEL,
                              options->height * MILLIMETRES_PER_PIXEL);
    }
  adw_action_row_set_subtitle (self->size_row, reason != NULL ? reason : hint);
  if (reason != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->size_row), "complaining");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->size_row), "complaining");
}

/* A picture that no surface can hold is refused before it is drawn. */
static gboolean
show_pixels (AppExportDialog *self, const AppExportOptions *options, gboolean sized, char *reason)
{
  g_autofree char *text = reason;
  double width = round (options->width * options->dpi / 96.0);
  double height = round (options->height * options->dpi / 96.0);
  gboolean good = text == NULL;

  if (good && sized)
    {
      if (MAX (width, height) > MOST_SIZE)
        {
          good = FALSE;
          text = g_strdup_printf (_("%.0f × %.0f pixels are too many: at most %d on a side"), width,
                                  height, MOST_SIZE);
          gtk_widget_add_css_class (GTK_WIDGET (self->dpi_entry), "error");
        }
      else
        {
          text = g_strdup_printf (_("%.0f × %.0f pixels"), width, height);
        }
    }
  adw_action_row_set_subtitle (self->dpi_row, text != NULL ? text : "");
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->dpi_row), "complaining");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->dpi_row), "complaining");

  return good;
}

static gboolean
read_options (AppExportDialog *self, AppExportOptions *options)
{
  g_autofree char *size_reason = NULL;
  char *dpi_reason = NULL;
  gboolean sized = TRUE, sharp = TRUE;

  *options = (AppExportOptions) { get_format (self), get_theme (self), 1200, 800, 96, { { 0 } } };
  if (gtk_switch_get_active (self->view_switch))
    options->view = self->view;
  else
    plot_limits_init (&options->view, self->figure);
  if (!options->format->picture)
    return TRUE;

  sized &= read_entry (self->width_entry, LEAST_SIZE, MOST_SIZE, &options->width, &size_reason);
  sized &= read_entry (self->height_entry, LEAST_SIZE, MOST_SIZE, &options->height, &size_reason);
  show_size (self, options, size_reason);
  if (options->format->raster)
    {
      read_entry (self->dpi_entry, LEAST_DPI, MOST_DPI, &options->dpi, &dpi_reason);
      sharp = show_pixels (self, options, sized, dpi_reason);
    }

  return sized && sharp;
}

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

/* Ranges matter to pictures, hidden curves to tables too. */
static gboolean
has_choice_of_view (AppExportDialog *self, const PlotFormat *format)
{
  PlotLimits whole;

  if (self->view.hidden != 0 || !format->picture)
    return self->view.hidden != 0;

  plot_limits_init (&whole, self->figure);
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    if (self->view.scale[axis] != whole.scale[axis] || self->view.lo[axis] != whole.lo[axis]
        || self->view.hi[axis] != whole.hi[axis])
      return TRUE;

  return FALSE;
}

static void
update (AppExportDialog *self)
{
  AppExportOptions options;
  gboolean good;

  if (!self->ready)
    return;

  good = read_options (self, &options);
  gtk_widget_set_visible (GTK_WIDGET (self->size_row), options.format->picture);
  gtk_widget_set_visible (GTK_WIDGET (self->theme_row), options.format->picture);
  gtk_widget_set_visible (GTK_WIDGET (self->dpi_row), options.format->raster);
  gtk_widget_set_visible (self->view_row, has_choice_of_view (self, options.format));
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

static void
remember (AppExportDialog *self, const AppExportOptions *options)
{
  if (self->settings == NULL)
    return;

  g_settings_set_string (self->settings, "export-format", options->format->name);
  if (!options->format->picture)
    return;

  g_settings_set_uint (self->settings, "export-width", options->width);
  g_settings_set_uint (self->settings, "export-height", options->height);
  g_settings_set_string (self->settings, "export-theme", options->theme->name);
  if (options->format->raster)
    g_settings_set_uint (self->settings, "export-dpi", options->dpi);
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

  if (!read_options (self, &options))
    return;

  path = app_export_complete_name (chosen, options.format);
  if (plot_format_for_path (path) != NULL)
    options.format = plot_format_for_path (path);
  remember (self, &options);

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

  return g_strdup_printf ("%s-%s.%s", self->base_name, date, get_format (self)->name);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppExportDialog *self = APP_EXPORT_DIALOG (widget);
  const PlotFormat *format = get_format (self);
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
fill_choices (AppExportDialog *self)
{
  g_autoptr (GtkStringList) format_names = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) theme_names = gtk_string_list_new (NULL);
  guint n_formats, n_themes;
  const PlotFormat *formats = plot_formats (&n_formats);
  const PlotTheme *themes = plot_themes (&n_themes);

  for (guint i = 0; i < n_formats; i++)
    {
      g_autofree char *name = g_ascii_strup (formats[i].name, -1);

      gtk_string_list_append (format_names, name);
    }
  for (guint i = 0; i < n_themes; i++)
    gtk_string_list_append (theme_names, gettext (themes[i].label));

  adw_combo_row_set_model (self->format_row, G_LIST_MODEL (format_names));
  adw_combo_row_set_model (self->theme_row, G_LIST_MODEL (theme_names));
}

static void
set_number (GtkEntry *entry, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
choose_theme (AppExportDialog *self, const char *name)
{
  guint n;
  const PlotTheme *themes = plot_themes (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (themes[i].name, name))
      adw_combo_row_set_selected (self->theme_row, i);
}

static void
restore_choices (AppExportDialog *self)
{
  g_autofree char *format = NULL;
  g_autofree char *theme = NULL;
  guint n;
  const PlotFormat *formats = plot_formats (&n);

  choose_theme (self, "paper");
  self->settings = app_settings_new ();
  if (self->settings == NULL)
    return;

  format = g_settings_get_string (self->settings, "export-format");
  theme = g_settings_get_string (self->settings, "export-theme");
  for (guint i = 0; i < n; i++)
    if (g_str_equal (formats[i].name, format))
      adw_combo_row_set_selected (self->format_row, i);
  choose_theme (self, theme);
  set_number (self->width_entry, g_settings_get_uint (self->settings, "export-width"));
  set_number (self->height_entry, g_settings_get_uint (self->settings, "export-height"));
  set_number (self->dpi_entry, g_settings_get_uint (self->settings, "export-dpi"));
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
  fill_choices (self);
  restore_choices (self);
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

  return read_options (self, options);
}
