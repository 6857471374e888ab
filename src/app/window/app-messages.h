#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One message at a time at the lower edge of a window, above the words that stand there, of which the newest stays: a later one takes over the
 * words of the one in sight, or waits until that is out of sight. So no toast comes in while another goes out,
 * which ends programs with libadwaita 1.2: what is dismissed just then outlives its own removal. */
#define APP_TYPE_MESSAGES (app_messages_get_type ())
G_DECLARE_FINAL_TYPE (AppMessages, app_messages, APP, MESSAGES, GObject)

/* Where words stand that no toast may cover: how far they reach up from the lower edge of the overlay, in pixels. */
typedef int (*AppMessagesFloor) (gpointer data);

/* Shown in @overlay, which outlives them, above @floor of @data. */
AppMessages *app_messages_new (AdwToastOverlay *overlay, AppMessagesFloor floor, gpointer data);

/* Pango markup, for some seconds. */
void app_messages_say (AppMessages *self, const char *markup);
/* A toast with a button and a timeout of its own; takes it over. */
void app_messages_offer (AppMessages *self, AdwToast *toast);

G_END_DECLS
