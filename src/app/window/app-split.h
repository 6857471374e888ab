#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps the share of a pane's first child, from one time to the next under a key of the settings
 * (a double), else as given, while it is hidden or the window changes its size. */
void app_split_keep (GtkPaned *paned, const char *key, double share);

G_END_DECLS
