#pragma once

#include <gtk/gtk.h>

#include "app-desk.h"
#include "app-figure-view.h"

G_BEGIN_DECLS

/* The views of the exhibit beside its main one, under it: two side by side, or one at a time where there is
 * no room for two, further ones by buttons, and what those that are seen say, or why they are not newer.
 *
 * - "desk".
 * - "exists": whether there is anything to show in the exhibit.
 * - "grids": whether one of them shows fields, which want height; as of the exhibit before until a figure comes.
 * - "held": as of a figure view.
 * - "hovered" (NaN: nothing): where the pointer is along the axis of the main view; views that have such a
 *   place show it.
 * - "linked" (NaN: nothing): where on that axis the place or cell is that is pointed at in a view.
 *
 * Signal "refused" (const char *reason): as of a figure view. */
#define APP_TYPE_VIEWS_PANE (app_views_pane_get_type ())
G_DECLARE_FINAL_TYPE (AppViewsPane, app_views_pane, APP, VIEWS_PANE, GtkWidget)

/* The figure of the view of this id; NULL: the exhibit has no such view. */
AppFigureView *app_views_pane_get_view (AppViewsPane *self, const char *id);
/* The label that says what the views say, which is hidden where they say nothing. */
GtkWidget *app_views_pane_get_words (AppViewsPane *self);
/* The one that has the keyboard's focus, or its menu has; NULL. @view gets what it shows. */
AppFigureView *app_views_pane_get_focus (AppViewsPane *self, AppView **view);

G_END_DECLS
