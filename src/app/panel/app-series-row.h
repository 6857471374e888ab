#pragma once

#include <adwaita.h>
#include <lab.h>

G_BEGIN_DECLS

/* Whether one series of the exhibit is drawn: a bit of the draft's "show".
 *
 * - "index": which series. "active": whether it is shown. */
#define APP_TYPE_SERIES_ROW (app_series_row_get_type ())
G_DECLARE_FINAL_TYPE (AppSeriesRow, app_series_row, APP, SERIES_ROW, AdwActionRow)

GtkWidget *app_series_row_new (LabDraft *draft, guint index);

guint app_series_row_get_index (AppSeriesRow *self);

G_END_DECLS
