#pragma once

#include "app-bench.h"
#include "app-figure-view.h"
#include "app-look-pane.h"
#include "app-panel.h"
#include "app-window.h"

G_BEGIN_DECLS

struct _AppWindow
{
  AdwApplicationWindow parent_instance;

  AppBench *bench;
  GSettings *settings; /* or NULL */
  gint64 started;      /* monotonic time */

  AdwToastOverlay *toasts;
  AdwFlap *flap;
  AppPanel *panel;
  AppFigureView *figure;
  GtkPaned *paned;
  AppLookPane *look_pane;
  gboolean look_shown;
};

void app_window_install_actions (GtkWidgetClass *widget_class);
/* Enables what makes sense now. */
void app_window_update_actions (AppWindow *self);

G_END_DECLS
