#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is remembered from one time to the next; NULL where the schema is not installed, and then
 * nothing is remembered. */
GSettings *app_settings_new (void);

G_END_DECLS
