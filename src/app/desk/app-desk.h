#pragma once

#include "app-view.h"

G_BEGIN_DECLS

/* What stands between the draft and the pictures, without a widget: a GListModel of AppView, one for each view
 * of the exhibit. The first is the main one and the same object for all exhibits. All are brought up to date
 * at most once between two frames.
 *
 * Properties, all for bindings:
 * - "draft": the spec under the user's hands.
 * - "main": the first AppView.
 * - "views-seen": whether anybody looks at the other views; nothing is computed for them otherwise.
 * - "cursor": x of the cursor, NaN for none; setting it sets the parameter along the axis.
 *   "readout" (boxed): what is read there; NULL where nothing is. */
#define APP_TYPE_DESK (app_desk_get_type ())
G_DECLARE_FINAL_TYPE (AppDesk, app_desk, APP, DESK, GObject)

/* Submits the draft's spec at once. */
AppDesk *app_desk_new (LabDraft *draft);

LabDraft *app_desk_get_draft (AppDesk *self);
AppView *app_desk_get_main (AppDesk *self);
/* Borrowed, unlike g_list_model_get_item(). */
AppView *app_desk_get_view (AppDesk *self, guint i);

/* Curves kept beside those of now. */
AppPins *app_desk_get_pins (AppDesk *self);
/* Keeps what is shown; FALSE leaves @reason (translated, free with g_free()). */
gboolean app_desk_pin (AppDesk *self, char **reason);

/* Gives up what is being computed for the main view and at the cursor. */
void app_desk_stop (AppDesk *self);

G_END_DECLS
