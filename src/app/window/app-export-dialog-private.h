#pragma once

#include "app-export-dialog.h"

G_BEGIN_DECLS

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

/* --- app-export-dialog-options.c: what is chosen --- */

/* The names of formats and themes, and what was chosen the last time. */
void app_export_dialog_set_up_options (AppExportDialog *self);
const PlotFormat *app_export_dialog_get_format (AppExportDialog *self);
/* Reads the entries, with a complaint under each that is wrong; FALSE: one is. */
gboolean app_export_dialog_read_options (AppExportDialog *self, AppExportOptions *options);
/* Whether it makes a difference if what is seen on screen is exported or all. */
gboolean app_export_dialog_has_choice_of_view (AppExportDialog *self, const PlotFormat *format);
void app_export_dialog_remember (AppExportDialog *self, const AppExportOptions *options);

G_END_DECLS
