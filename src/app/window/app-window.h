#pragma once

#include <adwaita.h>
#include <lab.h>
#include <plot.h>

G_BEGIN_DECLS

/* The window: panel, figure and verdict of one draft.
 *
 * - "desk": the AppDesk behind it; given at construction, and already at work. */
#define APP_TYPE_WINDOW (app_window_get_type ())
G_DECLARE_FINAL_TYPE (AppWindow, app_window, APP, WINDOW, AdwApplicationWindow)

/* Submits the work of @spec before any widget is made. */
AppWindow *app_window_new (GtkApplication *application, const LabSpec *spec);
/* The same for a figure whose axes were on these scales, PLOT_N_AXES of them, NULL: its own. */
AppWindow *app_window_new_drawn (GtkApplication *application, const LabSpec *spec,
                                 const PlotScale *const *scales);

G_END_DECLS
