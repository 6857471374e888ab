#pragma once

#include <gtk/gtk.h>

#include "app-bench.h"
#include "app-figure-view.h"

G_BEGIN_DECLS

/* What the model at the cursor looks like, under the curve: its fit and its spectrum side by side, or
 * one at a time where there is no room for two, and a sentence.
 *
 * - "bench".
 * - "exists": whether there is anything to show in the exhibit.
 * - "held": as of a figure view.
 * - "hovered" (NaN: nothing): where the pointer is along the axis of the curve; the spectrum shows it.
 * - "linked" (NaN: nothing): where on that axis the index is that is pointed at in the spectrum.
 *
 * Signal "refused" (const char *reason): as of a figure view. */
#define APP_TYPE_LOOK_PANE (app_look_pane_get_type ())
G_DECLARE_FINAL_TYPE (AppLookPane, app_look_pane, APP, LOOK_PANE, GtkWidget)

/* The view of the two that has the keyboard's focus, or its menu has; NULL. @name gets "fit" or
 * "spectrum". */
AppFigureView *app_look_pane_get_focus (AppLookPane *self, const char **name);

G_END_DECLS
