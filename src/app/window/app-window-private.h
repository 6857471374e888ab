#pragma once

#include "app-desk.h"
#include "app-figure-view.h"
#include "app-history.h"
#include "app-views-pane.h"
#include "app-messages.h"
#include "app-panel.h"
#include "app-pin-button.h"
#include "app-window.h"

G_BEGIN_DECLS

struct _AppWindow
{
  AdwApplicationWindow parent_instance;

  AppDesk *desk;
  AppHistory *history;
  GSettings *settings; /* or NULL */
  gint64 started;      /* monotonic time */

  AdwToastOverlay *toasts;
  AdwFlap *flap;
  AppPanel *panel;
  AppFigureView *figure;
  AppPinButton *pin_button;
  GtkMenuButton *menu_button;
  GtkWidget *verdict_bin;

  AppMessages *messages;
  GtkPaned *paned;
  AppViewsPane *views_pane;
  gboolean views_shown;
};

void app_window_install_actions (GtkWidgetClass *widget_class);
void app_window_install_history_actions (GtkWidgetClass *widget_class);
void app_window_install_pin_actions (GtkWidgetClass *widget_class);
/* Enables what makes sense now. */
void app_window_update_actions (AppWindow *self);
void app_window_update_history_actions (AppWindow *self);
void app_window_update_pin_actions (AppWindow *self);

G_END_DECLS
