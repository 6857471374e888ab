/* Sliders of the panel that move by themselves. */

#include "app-panel-private.h"

#include "app-parameter-row.h"

gboolean
app_panel_is_playing (AppPanel *self)
{
  return self->player != NULL && app_player_get_key (self->player) != LAB_N_KEYS;
}

void
app_panel_update_held (AppPanel *self)
{
  gboolean held = self->dragged != LAB_N_KEYS || app_panel_is_playing (self);

  if (self->held == held)
    return;

  self->held = held;
  g_object_notify (G_OBJECT (self), "held");
}

/* A hand on the slider that plays takes it over. */
void
app_panel_row_held_cb (AppPanel *self, GParamSpec *pspec, GObject *row)
{
  LabKey key = app_row_get_key (APP_ROW (row));
  gboolean held;

  g_object_get (row, "held", &held, NULL);
  if (held && app_panel_is_playing (self) && app_player_get_key (self->player) == key)
    app_player_stop (self->player);
  self->dragged = held ? key : LAB_N_KEYS;
  self->used = key;
  app_panel_update_held (self);
}

static void
player_key_cb (AppPanel *self)
{
  LabKey playing = app_player_get_key (self->player);

  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    if (self->rows[key] != NULL && APP_IS_PARAMETER_ROW (self->rows[key]))
      g_object_set (self->rows[key], "playing", key == playing, NULL);
  if (playing != LAB_N_KEYS)
    self->used = playing;
  app_panel_update_held (self);
  g_object_notify (G_OBJECT (self), "playing");
}

static void
play_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppPanel *self = APP_PANEL (widget);
  LabKey key = g_variant_get_uint32 (parameter);

  g_return_if_fail (self->player != NULL && key < LAB_N_KEYS && self->rows[key] != NULL);

  if (app_player_get_key (self->player) == key)
    app_player_stop (self->player);
  else
    app_player_start (self->player, widget, key);
}

void
app_panel_drop_player (AppPanel *self)
{
  if (self->player == NULL)
    return;

  app_player_stop (self->player);
  g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
}

void
app_panel_make_player (AppPanel *self)
{
  self->player = app_player_new (self->draft);
  g_object_bind_property (self, "play-speed", self->player, "speed", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->player, "notify::key", G_CALLBACK (player_key_cb), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
can_play (AppPanel *self, LabKey key)
{
  return key < LAB_N_KEYS && self->rows[key] != NULL && APP_IS_PARAMETER_ROW (self->rows[key])
         && gtk_widget_get_visible (self->rows[key])
         && app_parameter_row_slides (APP_PARAMETER_ROW (self->rows[key]));
}

/* The slider that has the focus, or was used last, or comes first. */
static LabKey
find_played (AppPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, APP_TYPE_PARAMETER_ROW) : NULL;
  LabKey key = 0;

  if (row != NULL && can_play (self, app_row_get_key (APP_ROW (row))))
    return app_row_get_key (APP_ROW (row));
  if (can_play (self, self->used))
    return self->used;
  while (key < LAB_N_KEYS && !can_play (self, key))
    key++;

  return key;
}


void
app_panel_toggle_play (AppPanel *self)
{
  LabKey key;

  g_return_if_fail (APP_IS_PANEL (self));

  if (app_panel_is_playing (self))
    {
      app_panel_stop_playing (self);
      return;
    }

  key = find_played (self);
  if (key != LAB_N_KEYS)
    gtk_widget_activate_action (GTK_WIDGET (self), "panel.play", "u", key);
}

void
app_panel_stop_playing (AppPanel *self)
{
  g_return_if_fail (APP_IS_PANEL (self));

  if (self->player != NULL)
    app_player_stop (self->player);
}
void
app_panel_set_play_speed (AppPanel *self, const char *speed)
{
  if (g_strcmp0 (self->play_speed, speed) == 0)
    return;

  g_free (self->play_speed);
  self->play_speed = g_strdup (speed);
  g_object_notify (G_OBJECT (self), "play-speed");
}

void
app_panel_install_play (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "panel.play", "u", play_action);
}
