#include "app-series-row.h"

#include <glib/gi18n.h>

#include "app-text.h"

struct _AppSeriesRow
{
  AdwActionRow parent_instance;

  LabDraft *draft;
  guint index;
};

enum
{
  PROP_DRAFT = 1,
  PROP_INDEX,
  PROP_ACTIVE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppSeriesRow, app_series_row, ADW_TYPE_ACTION_ROW)

static guint
get_set (AppSeriesRow *self)
{
  return lab_spec_value (lab_draft_get_spec (self->draft), LAB_SHOW).set;
}

static void
set_active (AppSeriesRow *self, gboolean active)
{
  guint bit = 1u << self->index;
  guint set = active ? get_set (self) | bit : get_set (self) & ~bit;

  if (set != get_set (self))
    lab_draft_set_value (self->draft, LAB_SHOW, (LabValue) { .set = set }, NULL);
}

static void
show_changed_cb (AppSeriesRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
app_series_row_constructed (GObject *object)
{
  AppSeriesRow *self = APP_SERIES_ROW (object);
  const LabSeriesType *series;
  g_autofree char *title = NULL;

  G_OBJECT_CLASS (app_series_row_parent_class)->constructed (object);

  series = &lab_spec_exhibit (lab_draft_get_spec (self->draft))->views->series[self->index];
  title = app_text_to_sentence (gettext (series->label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  g_signal_connect_object (self->draft, "notify::show", G_CALLBACK (show_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_changed_cb (self);
}

static void
app_series_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppSeriesRow *self = APP_SERIES_ROW (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_INDEX:
      g_value_set_uint (value, self->index);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->draft != NULL && (get_set (self) & 1u << self->index) != 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_series_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppSeriesRow *self = APP_SERIES_ROW (object);

  switch (id)
    {
    case PROP_DRAFT:
      self->draft = g_value_dup_object (value);
      break;
    case PROP_INDEX:
      self->index = g_value_get_uint (value);
      break;
    case PROP_ACTIVE:
      set_active (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_series_row_dispose (GObject *object)
{
  AppSeriesRow *self = APP_SERIES_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_SERIES_ROW);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (app_series_row_parent_class)->dispose (object);
}

static void
app_series_row_class_init (AppSeriesRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = app_series_row_constructed;
  object_class->get_property = app_series_row_get_property;
  object_class->set_property = app_series_row_set_property;
  object_class->dispose = app_series_row_dispose;

  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT, given);
  properties[PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, 31, 0, given);
  properties[PROP_ACTIVE] =
    g_param_spec_boolean ("active", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    GTK_WIDGET_CLASS (klass), "/io/github/tangentlab/TangentLab/ui/app-series-row.ui");
}

static void
app_series_row_init (AppSeriesRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
app_series_row_new (LabDraft *draft, guint index)
{
  return g_object_new (APP_TYPE_SERIES_ROW, "draft", draft, "index", index, NULL);
}

guint
app_series_row_get_index (AppSeriesRow *self)
{
  g_return_val_if_fail (APP_IS_SERIES_ROW (self), 0);

  return self->index;
}
