#pragma once

#include "app-parameter-row.h"

G_BEGIN_DECLS

struct _AppParameterRow
{
  AppRow parent_instance;

  gboolean held;
  gboolean playing;
  gboolean showing; /* the entry is being filled */
  int chars;        /* of the longest number that the slider leads to */

  GtkLabel *label;
  GtkLabel *symbol;
  GtkWidget *reset_button;
  GtkEntry *entry;
  GtkWidget *slides;
  GtkButton *play_button;
  GtkRange *slider;
  GtkAdjustment *adjustment;
};

static inline const LabSpec *
get_spec (AppParameterRow *self)
{
  return lab_draft_get_spec (app_row_get_draft (APP_ROW (self)));
}

static inline LabKey
get_key (AppParameterRow *self)
{
  return app_row_get_key (APP_ROW (self));
}

static inline LabValue
get_value (AppParameterRow *self)
{
  return lab_spec_value (get_spec (self), get_key (self));
}

static inline void
set_value (AppParameterRow *self, LabValue value)
{
  lab_draft_set_value (app_row_get_draft (APP_ROW (self)), get_key (self), value, NULL);
}

/* --- app-parameter-row.c --- */
void app_parameter_row_set_held (AppParameterRow *self, gboolean held);
/* Shows the value in force everywhere. */
void app_parameter_row_show_value (AppParameterRow *self);

/* --- app-parameter-row-entry.c: the number in words and digits --- */
void app_parameter_row_install_entry (GtkWidgetClass *widget_class);
void app_parameter_row_set_up_entry (AppParameterRow *self, gboolean slides);
/* The value in force, as people write it; free with g_free(). */
char *app_parameter_row_format (AppParameterRow *self);
void app_parameter_row_show_text (AppParameterRow *self);

/* --- app-parameter-row-slider.c: the number as a place on a track --- */
void app_parameter_row_install_slider (GtkWidgetClass *widget_class);
void app_parameter_row_set_up_slider (AppParameterRow *self);
void app_parameter_row_mark_infinity (AppParameterRow *self);
void app_parameter_row_show_place (AppParameterRow *self);
void app_parameter_row_step (AppParameterRow *self, int direction, gboolean coarse);

G_END_DECLS
