/* The entry of a parameter: what is typed, and what is shown in it. */

#include "app-parameter-row-private.h"

#include <glib/gi18n.h>

#include "app-text.h"
#include "app-track.h"
#include "app-words.h"

static void
complaint_changed_cb (AppParameterRow *self)
{
  gboolean wrong = app_row_get_complaint (APP_ROW (self)) != NULL;

  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* A comma parts the numbers of a list, whatever it is elsewhere. */
static gboolean
is_list (AppParameterRow *self)
{
  return lab_parameter (get_key (self))->type == LAB_TYPE_INTEGERS;
}

static char *
format (AppParameterRow *self, const LabSpec *spec)
{
  g_autofree char *text = lab_spec_format (spec, get_key (self));

  return is_list (self) ? g_steal_pointer (&text) : app_text_from_number (text);
}

char *
app_parameter_row_format (AppParameterRow *self)
{
  return format (self, get_spec (self));
}

/* Room for all of a number, as far as its name and its buttons leave it. */
#define LEAST_CHARS 8
#define MOST_CHARS 18

static void
make_room (AppParameterRow *self, const char *text)
{
  int chars = MIN (MAX (self->chars, (int) g_utf8_strlen (text, -1)), MOST_CHARS);

  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), chars);
}

/* The entry keeps its width while the slider moves. */
#define PLACES 50

static void
measure_numbers (AppParameterRow *self)
{
  g_autoptr (LabSpec) spec = lab_spec_copy (get_spec (self));

  self->chars = LEAST_CHARS;
  for (int i = 0; i <= PLACES; i++)
    {
      g_autofree char *text = NULL;

      if (!lab_spec_set (spec, get_key (self), app_track_value (get_spec (self), get_key (self), (double) i / PLACES),
                         NULL))
        continue;
      text = format (self, spec);
      self->chars = MAX (self->chars, (int) g_utf8_strlen (text, -1));
    }
}

/* The text has an undo of its own, which would keep the keys from the window when there is nothing
 * to take back. */
static void
allow_text_undo (AppParameterRow *self, gboolean undo, gboolean redo)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));

  gtk_widget_action_set_enabled (text, "text.undo", undo);
  gtk_widget_action_set_enabled (text, "text.redo", redo);
}

/* Escape gives back the value in force, and Ctrl+Z what was typed before; where nothing is, they
 * are free for the window. */
static void
text_changed_cb (AppParameterRow *self)
{
  g_autofree char *text = app_parameter_row_format (self);
  gboolean typed = !g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "parameter.restore", typed);
  allow_text_undo (self, typed && !self->showing, !self->showing);
  if (typed && self->playing && !self->showing)
    gtk_widget_activate_action (GTK_WIDGET (self), "panel.play", "u", get_key (self));
}

/* What the program writes is not for the entry's own undo. */
void
app_parameter_row_show_text (AppParameterRow *self)
{
  g_autofree char *text = app_parameter_row_format (self);
  GtkEditable *editable = GTK_EDITABLE (self->entry);

  self->showing = TRUE;
  gtk_editable_set_enable_undo (editable, FALSE);
  gtk_editable_set_text (editable, text);
  gtk_editable_set_enable_undo (editable, TRUE);
  make_room (self, text);
  allow_text_undo (self, FALSE, FALSE);
  self->showing = FALSE;
  if (gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (editable))))
    gtk_editable_set_position (editable, -1);
}

/* Why a number cannot be taken; NULL if it can. */
static char *
refuse (AppParameterRow *self, const char *text)
{
  g_autoptr (LabSpec) spec = lab_spec_copy (get_spec (self));

  if (!lab_spec_parse (spec, get_key (self), text, NULL))
    return app_words_refusal (get_spec (self), get_key (self), text);

  return app_words_order (spec, get_key (self));
}

/* Text out of range stays where it is, with the reason; the value in force stays too. */
static void
apply_text (AppParameterRow *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *shown = app_parameter_row_format (self);
  g_autofree char *text = is_list (self) ? g_strdup (typed) : app_text_to_number (typed);
  g_autofree char *reason = NULL;

  if (!g_str_equal (typed, shown))
    reason = refuse (self, text);
  if (reason != NULL)
    {
      app_row_take_refusal (APP_ROW (self), g_steal_pointer (&reason));
      return;
    }

  if (!g_str_equal (typed, shown))
    lab_draft_parse (app_row_get_draft (APP_ROW (self)), get_key (self), text, NULL);
  app_parameter_row_show_value (self);
}

/* What cannot be seen from the label. */
static void
explain_entry (AppParameterRow *self)
{
  const char *text;

  if (!is_list (self) || app_row_get_exhibit (APP_ROW (self))->max_panels < 2)
    return;

  text = _("One number, or several as in “6, 11”: a panel of the figure for each");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

void
app_parameter_row_set_up_entry (AppParameterRow *self, gboolean slides)
{
  /* Translators: the accessible name of the entry beside a slider; %s is the parameter */
  g_autofree char *name = g_strdup_printf (_("%s, exact value"), gettext (lab_parameter (get_key (self))->label));

  explain_entry (self);
  g_signal_connect (self, "notify::complaint", G_CALLBACK (complaint_changed_cb), NULL);
  self->chars = 14;
  if (slides)
    {
      measure_numbers (self);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      return;
    }

  gtk_label_set_mnemonic_widget (self->label, GTK_WIDGET (self->entry));
}

void
app_parameter_row_install_entry (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, entry);
  gtk_widget_class_bind_template_callback (widget_class, apply_text);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
}
