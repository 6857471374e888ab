#pragma once

#include <adwaita.h>
#include <lab.h>

G_BEGIN_DECLS

/* Two buttons that jump to the initializations with a name, 0 (mirrored) and 1 (standard), and
 * show which one it is. "scale" is bound to the draft's "init-scale". */
#define APP_TYPE_INITIALIZATION_ROW (app_initialization_row_get_type ())
G_DECLARE_FINAL_TYPE (AppInitializationRow, app_initialization_row, APP, INITIALIZATION_ROW,
                      AdwPreferencesRow)

GtkWidget *app_initialization_row_new (LabDraft *draft);

G_END_DECLS
