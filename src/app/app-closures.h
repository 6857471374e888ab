#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Closures for the expressions of templates. */

/* Whether there is something to read. */
gboolean app_is_text (GObject *object, const char *text);
gboolean app_either (GObject *object, gboolean a, gboolean b);
gboolean app_both (GObject *object, gboolean a, gboolean b);

G_END_DECLS
