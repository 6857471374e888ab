#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Closures for the expressions of templates. */

/* Whether there is something to read. */
gboolean app_is_text (GObject *object, const char *text);
gboolean app_is_no_text (GObject *object, const char *text);
gboolean app_either (GObject *object, gboolean a, gboolean b);
gboolean app_both (GObject *object, gboolean a, gboolean b);

/* The button inside a menu button takes the focus: it alone is told of, and by this name. The menu button
 * itself is of the role generic. */
void app_name_menu_button (GtkMenuButton *button, const char *name);

G_END_DECLS
