#pragma once

#include <gtk/gtk.h>
#include <lab.h>

G_BEGIN_DECLS

/* Sweeps one parameter of a draft along its slider, there and back, from where it stands, as if a
 * hand moved it. Whatever else sets the parameter, or takes it away, ends the sweep.
 *
 * Properties:
 * - "key" (LabKey, LAB_N_KEYS for none): what is playing.
 * - "speed": "slow", "normal" or "fast". */
#define APP_TYPE_PLAYER (app_player_get_type ())
G_DECLARE_FINAL_TYPE (AppPlayer, app_player, APP, PLAYER, GObject)

AppPlayer *app_player_new (LabDraft *draft);

/* Begins to sweep a parameter that has a slider, in the frames of @clock, in place of what was
 * playing. */
void app_player_start (AppPlayer *self, GtkWidget *clock, LabKey key);
void app_player_stop (AppPlayer *self);

/* LAB_N_KEYS where nothing plays. */
LabKey app_player_get_key (AppPlayer *self);

/* What a frame does, that much later than the one before. */
void app_player_advance (AppPlayer *self, double seconds);

G_END_DECLS
