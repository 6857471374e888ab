#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps the share of a pane's first child, from one time to the next under a key of the settings
 * (a double), else as given, while it is hidden or the window changes its size. */
void app_split_keep (GtkPaned *paned, const char *key, double share);

/* The share as long as the user has not chosen one, now or at an earlier time. */
void app_split_suggest (GtkPaned *paned, double share);

G_END_DECLS
