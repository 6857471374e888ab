#include "app-initialization-row.h"

struct _AppInitializationRow
{
  AdwPreferencesRow parent_instance;

  double scale;
};

enum
{
  PROP_SCALE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppInitializationRow, app_initialization_row, ADW_TYPE_PREFERENCES_ROW)

static void
app_initialization_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppInitializationRow *self = APP_INITIALIZATION_ROW (object);

  switch (id)
    {
    case PROP_SCALE:
      g_value_set_double (value, self->scale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_initialization_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppInitializationRow *self = APP_INITIALIZATION_ROW (object);

  switch (id)
    {
    case PROP_SCALE:
      if (self->scale == g_value_get_double (value))
        return;
      self->scale = g_value_get_double (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_initialization_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), APP_TYPE_INITIALIZATION_ROW);

  G_OBJECT_CLASS (app_initialization_row_parent_class)->dispose (object);
}

static void
app_initialization_row_class_init (AppInitializationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = app_initialization_row_get_property;
  object_class->set_property = app_initialization_row_set_property;
  object_class->dispose = app_initialization_row_dispose;

  properties[PROP_SCALE] =
    g_param_spec_double ("scale", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tangentlab/TangentLab/ui/app-initialization-row.ui");
  gtk_widget_class_install_property_action (widget_class, "initialization.scale", "scale");
}

static void
app_initialization_row_init (AppInitializationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
app_initialization_row_new (LabDraft *draft)
{
  GtkWidget *self = g_object_new (APP_TYPE_INITIALIZATION_ROW, NULL);

  g_object_bind_property (draft, lab_parameter (LAB_INIT_SCALE)->key, self, "scale",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

  return self;
}
