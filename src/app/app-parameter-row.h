#pragma once

#include <adwaita.h>
#include <lab.h>

G_BEGIN_DECLS

/* A number under the user's hands: label, symbol, an entry for the exact value and a slider, all
 * bound to one property of a draft.
 *
 * - "draft", "key": what it shows; given at construction.
 * - "held": whether the slider is being dragged.
 * - "blame": why the value does not go with the others, or NULL; set from outside.
 * - "complaint": what is written under the row: what was wrong with the text typed, or the
 *   blame. */
#define APP_TYPE_PARAMETER_ROW (app_parameter_row_get_type ())
G_DECLARE_FINAL_TYPE (AppParameterRow, app_parameter_row, APP, PARAMETER_ROW, AdwPreferencesRow)

GtkWidget *app_parameter_row_new (LabDraft *draft, LabKey key);

LabKey app_parameter_row_get_key (AppParameterRow *self);
/* The label with a mnemonic, "_Width". */
void app_parameter_row_set_mnemonic (AppParameterRow *self, const char *label);
/* A tick on the slider. */
void app_parameter_row_add_mark (AppParameterRow *self, LabValue value);

G_END_DECLS
