#include "app-row.h"

#include <glib/gi18n.h>

typedef struct
{
  LabDraft *draft;
  LabKey key;
  char *refusal; /* of what was put in */
  char *blame;
} AppRowPrivate;

enum
{
  PROP_DRAFT = 1,
  PROP_KEY,
  PROP_BLAME,
  PROP_COMPLAINT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (AppRow, app_row, ADW_TYPE_PREFERENCES_ROW)

static AppRowPrivate *
get_private (AppRow *self)
{
  return app_row_get_instance_private (self);
}

static void
take_reason (AppRow *self, char **slot, char *reason)
{
  if (g_strcmp0 (*slot, reason) == 0)
    {
      g_free (reason);
      return;
    }

  g_free (*slot);
  *slot = reason;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLAINT]);
}

static void
reset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppRowPrivate *private = get_private (APP_ROW (widget));

  lab_draft_reset (private->draft, private->key);
  if (APP_ROW_GET_CLASS (widget)->show != NULL)
    APP_ROW_GET_CLASS (widget)->show (APP_ROW (widget));
}

static void
app_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppRowPrivate *private = get_private (APP_ROW (object));

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, private->draft);
      break;
    case PROP_KEY:
      g_value_set_uint (value, private->key);
      break;
    case PROP_BLAME:
      g_value_set_string (value, private->blame);
      break;
    case PROP_COMPLAINT:
      g_value_set_string (value, app_row_get_complaint (APP_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppRowPrivate *private = get_private (APP_ROW (object));

  switch (id)
    {
    case PROP_DRAFT:
      private->draft = g_value_dup_object (value);
      break;
    case PROP_KEY:
      private->key = g_value_get_uint (value);
      break;
    case PROP_BLAME:
      take_reason (APP_ROW (object), &private->blame, g_value_dup_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_row_dispose (GObject *object)
{
  AppRowPrivate *private = get_private (APP_ROW (object));

  g_clear_object (&private->draft);
  g_clear_pointer (&private->refusal, g_free);
  g_clear_pointer (&private->blame, g_free);

  G_OBJECT_CLASS (app_row_parent_class)->dispose (object);
}

static void
app_row_class_init (AppRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = app_row_get_property;
  object_class->set_property = app_row_set_property;
  object_class->dispose = app_row_dispose;

  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT, given);
  properties[PROP_KEY] = g_param_spec_uint ("key", NULL, NULL, 0, LAB_N_KEYS - 1, 0, given);
  properties[PROP_BLAME] = g_param_spec_string ("blame", NULL, NULL, NULL, shown | G_PARAM_WRITABLE);
  properties[PROP_COMPLAINT] = g_param_spec_string ("complaint", NULL, NULL, NULL, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "parameter.reset", NULL, reset_action);
}

static void
app_row_init (AppRow *self)
{
}

/* Whether a reset would change anything. A number of points means something else when it is set than the same
 * number by default. */
static gboolean
spec_to_differs (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const LabSpec *spec = g_value_get_boxed (from);
  LabKey key = GPOINTER_TO_UINT (data);

  g_value_set_boolean (to, lab_spec_is_set (spec, key) && (key == LAB_POINTS || !lab_spec_is_default (spec, key)));
  return TRUE;
}

void
app_row_dress (AppRow *self, GtkLabel *label, GtkWidget *reset_button)
{
  AppRowPrivate *private = get_private (self);
  const LabParameter *parameter = lab_parameter (private->key);
  const char *name = gettext (parameter->label);
  /* Translators: %s is a parameter */
  g_autofree char *reset_name = g_strdup_printf (_("Reset %s"), name);

  g_return_if_fail (APP_IS_ROW (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  gtk_label_set_label (label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), gettext (parameter->tooltip));
  gtk_widget_set_tooltip_text (reset_button, reset_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (reset_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  reset_name, -1);
  g_object_bind_property_full (private->draft, "spec", reset_button, "visible",
                               G_BINDING_SYNC_CREATE, spec_to_differs, NULL,
                               GUINT_TO_POINTER (private->key), NULL);
}

LabDraft *
app_row_get_draft (AppRow *self)
{
  g_return_val_if_fail (APP_IS_ROW (self), NULL);

  return get_private (self)->draft;
}

LabKey
app_row_get_key (AppRow *self)
{
  g_return_val_if_fail (APP_IS_ROW (self), LAB_N_KEYS);

  return get_private (self)->key;
}

const LabExhibit *
app_row_get_exhibit (AppRow *self)
{
  return lab_spec_exhibit (lab_draft_get_spec (app_row_get_draft (self)));
}

const char *
app_row_get_complaint (AppRow *self)
{
  AppRowPrivate *private = get_private (self);

  return private->refusal != NULL ? private->refusal : private->blame;
}

void
app_row_take_refusal (AppRow *self, char *refusal)
{
  take_reason (self, &get_private (self)->refusal, refusal);
}
