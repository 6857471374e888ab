#pragma once

#include <adwaita.h>
#include <lab.h>

G_BEGIN_DECLS

/* What the rows of the panel have in common: a parameter of a draft, its label and reset button,
 * and what is wrong with it.
 *
 * - "draft", "key": what it shows; given at construction.
 * - "blame": why the value does not go with the others, or NULL; set from outside.
 * - "complaint": what is written under the row: what was wrong with what was put in, or the
 *   blame. */
#define APP_TYPE_ROW (app_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (AppRow, app_row, APP, ROW, AdwPreferencesRow)

/* Has an action "parameter.reset". */
struct _AppRowClass
{
  AdwPreferencesRowClass parent_class;

  /* Shows the value in force, in place of what was put in; may be NULL. */
  void (*show) (AppRow *self);
};

/* For the template's parts, once there is one: names, tooltips and the button's visibility. */
void app_row_dress (AppRow *self, GtkLabel *label, GtkWidget *reset_button);

LabDraft *app_row_get_draft (AppRow *self);
LabKey app_row_get_key (AppRow *self);
const LabExhibit *app_row_get_exhibit (AppRow *self);
const char *app_row_get_complaint (AppRow *self);

/* What is wrong with what was put in, or NULL; transfer full. */
void app_row_take_refusal (AppRow *self, char *refusal);

G_END_DECLS
