#include "app-choice-row.h"

#include <glib/gi18n.h>

#include "app-closures.h"

struct _AppChoiceRow
{
  AppRow parent_instance;

  GtkLabel *label;
  GtkWidget *reset_button;
  GtkDropDown *choices;
};

G_DEFINE_FINAL_TYPE (AppChoiceRow, app_choice_row, APP_TYPE_ROW)

static void
app_choice_row_constructed (GObject *object)
{
  AppChoiceRow *self = APP_CHOICE_ROW (object);
  const LabParameter *parameter = lab_parameter (app_row_get_key (APP_ROW (self)));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  G_OBJECT_CLASS (app_choice_row_parent_class)->constructed (object);

  app_row_dress (APP_ROW (self), self->label, self->reset_button);

  /* The button inside takes the focus, and has no name of its own. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->choices))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, gettext (parameter->label), -1);

  for (guint i = 0; parameter->choice_labels[i] != NULL; i++)
    gtk_string_list_append (names, gettext (parameter->choice_labels[i]));
  gtk_drop_down_set_model (self->choices, G_LIST_MODEL (names));
  g_object_bind_property (app_row_get_draft (APP_ROW (self)), parameter->key, self->choices, "selected",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
app_choice_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), APP_TYPE_CHOICE_ROW);

  G_OBJECT_CLASS (app_choice_row_parent_class)->dispose (object);
}

static void
app_choice_row_class_init (AppChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = app_choice_row_constructed;
  object_class->dispose = app_choice_row_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tangentlab/TangentLab/ui/app-choice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AppChoiceRow, label);
  gtk_widget_class_bind_template_child (widget_class, AppChoiceRow, reset_button);
  gtk_widget_class_bind_template_child (widget_class, AppChoiceRow, choices);
  gtk_widget_class_bind_template_callback (widget_class, app_is_text);
}

static void
app_choice_row_init (AppChoiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
app_choice_row_new (LabDraft *draft, LabKey key)
{
  return g_object_new (APP_TYPE_CHOICE_ROW, "draft", draft, "key", key, NULL);
}
