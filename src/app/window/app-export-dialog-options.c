/* What is chosen in the dialog: read, checked and kept for the next time. */

#include "app-export-dialog-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app-settings.h"
#include "app-text.h"

#define LEAST_SIZE 100
#define MOST_SIZE 32767
#define LEAST_DPI 24
#define MOST_DPI 2400

#define MILLIMETRES_PER_PIXEL (25.4 / 96)

const PlotFormat *
app_export_dialog_get_format (AppExportDialog *self)
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

gboolean
app_export_dialog_read_options (AppExportDialog *self, AppExportOptions *options)
{
  g_autofree char *size_reason = NULL;
  char *dpi_reason = NULL;
  gboolean sized = TRUE, sharp = TRUE;

  *options = (AppExportOptions) { app_export_dialog_get_format (self), get_theme (self), 1200, 800, 96, { { 0 } } };
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

/* Ranges matter to pictures, hidden curves to tables too. */
gboolean
app_export_dialog_has_choice_of_view (AppExportDialog *self, const PlotFormat *format)
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

void
app_export_dialog_remember (AppExportDialog *self, const AppExportOptions *options)
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

void
app_export_dialog_set_up_options (AppExportDialog *self)
{
  fill_choices (self);
  restore_choices (self);
}
