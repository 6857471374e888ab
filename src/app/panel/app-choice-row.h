#pragma once

#include "app-row.h"

G_BEGIN_DECLS

/* One of several named things, bound to a property of a draft. */
#define APP_TYPE_CHOICE_ROW (app_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (AppChoiceRow, app_choice_row, APP, CHOICE_ROW, AppRow)

GtkWidget *app_choice_row_new (LabDraft *draft, LabKey key);

G_END_DECLS
