/* Curves kept to compare. */

#include "app-window-private.h"

#include <glib/gi18n.h>

static void
pin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  g_autofree char *reason = NULL;

  if (app_desk_pin (self->desk, &reason))
    reason = g_strdup (_("Pinned: it is drawn as soon as something differs"));
  app_messages_say (self->messages, reason);
}

static void
unpin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  app_pins_remove (app_desk_get_pins (APP_WINDOW (widget)->desk), g_variant_get_uint32 (parameter));
}

static void
restore_cb (AppPins *pins)
{
  app_pins_restore (pins);
}

/* Time enough to come to the button by keys alone, or by a screen reader. */
#define SECONDS_TO_UNDO 20

static void
clear_pins_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  AppPins *pins = app_desk_get_pins (self->desk);
  AdwToast *toast = adw_toast_new (_("Pins cleared"));

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, SECONDS_TO_UNDO);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (restore_cb), pins, G_CONNECT_SWAPPED);
  app_pins_clear (pins);
  app_messages_offer (self->messages, toast);
}

void
app_window_install_pin_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.pin", NULL, pin_action);
  gtk_widget_class_install_action (widget_class, "win.unpin", "u", unpin_action);
  gtk_widget_class_install_action (widget_class, "win.clear-pins", NULL, clear_pins_action);
}

void
app_window_update_pin_actions (AppWindow *self)
{
  gboolean figure = self->figure != NULL && app_figure_view_get_figure (self->figure) != NULL;
  gboolean pins = self->desk != NULL
                  && g_list_model_get_n_items (G_LIST_MODEL (app_desk_get_pins (self->desk))) > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.pin", figure);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.clear-pins", pins);
}
