#pragma once

#include <lab.h>

G_BEGIN_DECLS

/* Steps of a draft's spec, to be taken back and done again.
 *
 * Every change is a step: of a parameter, of several at once, of the exhibit. Changes of one kind
 * are one step: all that happens while something is held (a slider under the hand, a slider that
 * plays), a number changed again within a moment (the keyboard), and moves of what stands in the
 * figure, the cursor or the slope range, whenever they follow each other.
 *
 * Properties:
 * - "held": a change is under way; its end closes the step.
 * - "undo-name", "redo-name": what the next step is about, translated plain text ("Depth"); NULL
 *   where there is none. */
#define APP_TYPE_HISTORY (app_history_get_type ())
G_DECLARE_FINAL_TYPE (AppHistory, app_history, APP, HISTORY, GObject)

/* The oldest steps are forgotten. */
#define APP_HISTORY_DEPTH 200

/* Longer than the delay of a key that is held down. */
#define APP_HISTORY_PAUSE_MILLISECONDS 800

AppHistory *app_history_new (LabDraft *draft);

/* NULL where there is no such step; free with g_free(). */
char *app_history_get_undo_name (AppHistory *self);
char *app_history_get_redo_name (AppHistory *self);

/* Take a step back or forward; do nothing where there is none. */
void app_history_undo (AppHistory *self);
void app_history_redo (AppHistory *self);

G_END_DECLS
