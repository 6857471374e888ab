#pragma once

#include <adwaita.h>

#include "app-export.h"

G_BEGIN_DECLS

/* Asks how a figure is to be saved, shows what it will look like, and saves it. The choices are
 * remembered. Signal "saved" (const char *file_name). */
#define APP_TYPE_EXPORT_DIALOG (app_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (AppExportDialog, app_export_dialog, APP, EXPORT_DIALOG, AdwWindow)

/* @view is what is seen of the figure on screen (NULL: all of it): where that is not the whole, it
 * can be chosen. @base_name begins the suggested file name. */
GtkWindow *app_export_dialog_new (PlotFigure *figure, const PlotLimits *view, const char *base_name);

/* FALSE while an entry holds something that is not a number within its limits. */
gboolean app_export_dialog_get_options (AppExportDialog *self, AppExportOptions *options);

G_END_DECLS
