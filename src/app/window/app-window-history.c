/* Steps back and forward, and sliders that play. */

#include "app-window-private.h"

#include <glib/gi18n.h>

static void
say (AppWindow *self, const char *format, const char *name)
{
  g_autofree char *escaped = g_markup_escape_text (name, -1);
  g_autofree char *text = g_strdup_printf (format, escaped);

  app_messages_say (self->messages, text);
}

/* What plays would go on over the step. */
static void
undo_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  g_autofree char *name = NULL;

  app_panel_stop_playing (self->panel);
  name = app_history_get_undo_name (self->history);
  if (name == NULL)
    return;

  app_history_undo (self->history);
  /* Translators: %s is what was changed back, "Depth" */
  say (self, _("Undo: %s"), name);
}

static void
redo_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  g_autofree char *name = NULL;

  app_panel_stop_playing (self->panel);
  name = app_history_get_redo_name (self->history);
  if (name == NULL)
    return;

  app_history_redo (self->history);
  /* Translators: %s is what was changed again, "Depth" */
  say (self, _("Redo: %s"), name);
}

static void
play_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  app_panel_toggle_play (APP_WINDOW (widget)->panel);
}

void
app_window_install_history_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "win.play", NULL, play_action);

  /* Bindings rather than accelerators: an entry takes back what was typed into it first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, "win.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, 0, "win.play", NULL);
}

void
app_window_update_history_actions (AppWindow *self)
{
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;

  if (self->history != NULL)
    {
      undo = app_history_get_undo_name (self->history);
      redo = app_history_get_redo_name (self->history);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", undo != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", redo != NULL);
}
