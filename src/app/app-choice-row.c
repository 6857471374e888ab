#include "app-choice-row.h"

#include <glib/gi18n.h>

#include "app-closures.h"

struct _AppChoiceRow
{
  AdwPreferencesRow parent_instance;

  LabDraft *draft;
  LabKey key;
  char *blame;

  GtkLabel *label;
  GtkWidget *reset_button;
  GtkDropDown *choices;
};

enum
{
  PROP_DRAFT = 1,
  PROP_KEY,
  PROP_BLAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppChoiceRow, app_choice_row, ADW_TYPE_PREFERENCES_ROW)

static gboolean
spec_to_is_set (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const LabSpec *spec = g_value_get_boxed (from);

  g_value_set_boolean (to, lab_spec_is_set (spec, GPOINTER_TO_UINT (data)));
  return TRUE;
}

static void
reset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppChoiceRow *self = APP_CHOICE_ROW (widget);

  lab_draft_reset (self->draft, self->key);
}

static void
app_choice_row_constructed (GObject *object)
{
  AppChoiceRow *self = APP_CHOICE_ROW (object);
  const LabParameter *parameter = lab_parameter (self->key);
  const char *label = gettext (parameter->label);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  /* Translators: %s is a parameter */
  g_autofree char *reset_name = g_strdup_printf (_("Reset %s"), label);

  G_OBJECT_CLASS (app_choice_row_parent_class)->constructed (object);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  gtk_label_set_label (self->label, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), gettext (parameter->tooltip));
  gtk_widget_set_tooltip_text (self->reset_button, reset_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  reset_name, -1);

  /* The button inside takes the focus, and has no name of its own. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->choices))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  for (guint i = 0; parameter->choice_labels[i] != NULL; i++)
    gtk_string_list_append (names, gettext (parameter->choice_labels[i]));
  gtk_drop_down_set_model (self->choices, G_LIST_MODEL (names));
  g_object_bind_property (self->draft, parameter->key, self->choices, "selected",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property_full (self->draft, "spec", self->reset_button, "visible",
                               G_BINDING_SYNC_CREATE, spec_to_is_set, NULL,
                               GUINT_TO_POINTER (self->key), NULL);
}

static void
app_choice_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppChoiceRow *self = APP_CHOICE_ROW (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_KEY:
      g_value_set_uint (value, self->key);
      break;
    case PROP_BLAME:
      g_value_set_string (value, self->blame);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_choice_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppChoiceRow *self = APP_CHOICE_ROW (object);

  switch (id)
    {
    case PROP_DRAFT:
      self->draft = g_value_dup_object (value);
      break;
    case PROP_KEY:
      self->key = g_value_get_uint (value);
      break;
    case PROP_BLAME:
      if (g_strcmp0 (self->blame, g_value_get_string (value)) == 0)
        return;
      g_free (self->blame);
      self->blame = g_value_dup_string (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_choice_row_dispose (GObject *object)
{
  AppChoiceRow *self = APP_CHOICE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_CHOICE_ROW);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->blame, g_free);

  G_OBJECT_CLASS (app_choice_row_parent_class)->dispose (object);
}

static void
app_choice_row_class_init (AppChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = app_choice_row_constructed;
  object_class->get_property = app_choice_row_get_property;
  object_class->set_property = app_choice_row_set_property;
  object_class->dispose = app_choice_row_dispose;

  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT, given);
  properties[PROP_KEY] = g_param_spec_uint ("key", NULL, NULL, 0, LAB_N_KEYS - 1, 0, given);
  properties[PROP_BLAME] =
    g_param_spec_string ("blame", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tangentlab/TangentLab/ui/app-choice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AppChoiceRow, label);
  gtk_widget_class_bind_template_child (widget_class, AppChoiceRow, reset_button);
  gtk_widget_class_bind_template_child (widget_class, AppChoiceRow, choices);
  gtk_widget_class_bind_template_callback (widget_class, app_is_text);

  gtk_widget_class_install_action (widget_class, "parameter.reset", NULL, reset_action);
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
