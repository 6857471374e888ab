#pragma once

#include "app-panel.h"
#include "app-player.h"

G_BEGIN_DECLS

struct _AppPanel
{
  GtkWidget parent_instance;

  LabDraft *draft;
  const LabExhibit *exhibit;
  AppPlayer *player; /* of the draft */
  char *play_speed;
  LabKey used;       /* the slider used last */
  LabKey dragged;    /* under the pointer */
  gboolean held;
  LabKey blamed;
  char *message;

  GtkWidget *rows[LAB_N_KEYS];
  GString *mnemonics;     /* letters in use */
  gboolean compact;
  guint compact_id;

  GtkWidget *outer;
  GtkBox *fixed;
  GtkBox *groups;
  GtkScrolledWindow *scroller;
};

/* Sliders that move by themselves. */
void app_panel_install_play (GtkWidgetClass *widget_class);
void app_panel_make_player (AppPanel *self);
void app_panel_drop_player (AppPanel *self);
gboolean app_panel_is_playing (AppPanel *self);
void app_panel_set_play_speed (AppPanel *self, const char *speed);

/* A slider is taken or let go. */
void app_panel_row_held_cb (AppPanel *self, GParamSpec *pspec, GObject *row);
/* "held" follows "dragged" and the player. */
void app_panel_update_held (AppPanel *self);

G_END_DECLS
