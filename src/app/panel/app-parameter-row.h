#pragma once

#include "app-row.h"

G_BEGIN_DECLS

/* A number under the user's hands: label, symbol, an entry for the exact value and a slider, all
 * bound to one property of a draft.
 *
 * - "held": whether the slider is being dragged.
 * - "playing": whether it moves by itself; its button activates "panel.play" with the key. */
#define APP_TYPE_PARAMETER_ROW (app_parameter_row_get_type ())
G_DECLARE_FINAL_TYPE (AppParameterRow, app_parameter_row, APP, PARAMETER_ROW, AppRow)

GtkWidget *app_parameter_row_new (LabDraft *draft, LabKey key);

/* The label with a mnemonic, "_Width". */
void app_parameter_row_set_mnemonic (AppParameterRow *self, const char *label);
/* Whether there is a slider, rather than the entry alone. */
gboolean app_parameter_row_slides (AppParameterRow *self);
/* A tick on the slider. */
void app_parameter_row_add_mark (AppParameterRow *self, LabValue value);

G_END_DECLS
