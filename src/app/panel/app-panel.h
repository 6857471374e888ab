#pragma once

#include <adwaita.h>
#include <lab.h>

G_BEGIN_DECLS

/* The parameters of a draft's exhibit: a row for each key, in groups, those of every lecture
 * always in sight. Made anew when the draft turns to another exhibit.
 *
 * - "draft": NULL for an empty panel.
 * - "held": whether a slider is being dragged, or plays.
 * - "playing": whether a slider plays, one at a time; "play-speed": how fast, "slow", "normal" or
 *   "fast".
 * - "blamed" (LabKey, LAB_N_KEYS for none), "message": the control to which a message belongs. */
#define APP_TYPE_PANEL (app_panel_get_type ())
G_DECLARE_FINAL_TYPE (AppPanel, app_panel, APP, PANEL, GtkWidget)

/* The row of a parameter, or NULL: an AppParameterRow or an AppChoiceRow. */
GtkWidget *app_panel_get_row (AppPanel *self, LabKey key);

/* Stops what plays; if nothing does, plays the slider that has the focus, or was used last, or
 * comes first. */
void app_panel_toggle_play (AppPanel *self);
void app_panel_stop_playing (AppPanel *self);

G_END_DECLS
