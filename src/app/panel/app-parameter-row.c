#include "app-parameter-row-private.h"

#include <glib/gi18n.h>

#include "app-closures.h"
#include "app-track.h"

enum
{
  PROP_HELD = 1,
  PROP_PLAYING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppParameterRow, app_parameter_row, APP_TYPE_ROW)

void
app_parameter_row_show_value (AppParameterRow *self)
{
  app_row_take_refusal (APP_ROW (self), NULL);
  app_parameter_row_show_text (self);
  app_parameter_row_show_place (self);
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppParameterRow *self = APP_PARAMETER_ROW (widget);

  app_parameter_row_step (self, g_variant_get_int32 (parameter), g_str_has_suffix (name, "leap"));
  app_parameter_row_show_value (self);
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  app_parameter_row_show_value (APP_PARAMETER_ROW (widget));
}

void
app_parameter_row_set_held (AppParameterRow *self, gboolean held)
{
  if (self->held == held)
    return;

  self->held = held;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
}

static void
show_playing (AppParameterRow *self)
{
  const char *name = gettext (lab_parameter (get_key (self))->label);
  /* Translators: %s is a parameter that is, or is to be, swept to and fro */
  g_autofree char *label = g_strdup_printf (self->playing ? _("Pause %s") : _("Play %s"), name);

  gtk_button_set_icon_name (self->play_button, self->playing ? "media-playback-pause-symbolic"
                                                             : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
set_playing (AppParameterRow *self, gboolean playing)
{
  if (self->playing == playing)
    return;

  self->playing = playing;
  if (playing)
    gtk_widget_add_css_class (GTK_WIDGET (self), "playing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "playing");
  show_playing (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

/* What is swept has another range than what is not, and `from` and `to` have that of the axis. */
static void
axis_changed_cb (AppParameterRow *self)
{
  if (lab_parameter (get_key (self))->or_infinity && app_track_exists (get_spec (self), get_key (self)))
    app_parameter_row_mark_infinity (self);
  app_parameter_row_show_value (self);
}

static void
app_parameter_row_constructed (GObject *object)
{
  AppParameterRow *self = APP_PARAMETER_ROW (object);
  const LabParameter *parameter = lab_parameter (get_key (self));
  g_autofree char *notify = g_strconcat ("notify::", parameter->key, NULL);
  gboolean slides = app_track_exists (get_spec (self), get_key (self));

  G_OBJECT_CLASS (app_parameter_row_parent_class)->constructed (object);

  app_row_dress (APP_ROW (self), self->label, self->reset_button);
  gtk_label_set_markup (self->symbol, parameter->symbol);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->play_button), "u", get_key (self));
  show_playing (self);

  gtk_widget_set_visible (self->slides, slides);
  gtk_widget_set_visible (GTK_WIDGET (self->slider), slides);
  app_parameter_row_set_up_entry (self, slides);
  if (slides)
    app_parameter_row_set_up_slider (self);

  g_signal_connect_object (app_row_get_draft (APP_ROW (self)), notify, G_CALLBACK (app_parameter_row_show_value),
                           self, G_CONNECT_SWAPPED);
  if (lab_exhibit_uses (app_row_get_exhibit (APP_ROW (self)), LAB_AXIS))
    g_signal_connect_object (app_row_get_draft (APP_ROW (self)), "notify::axis",
                             G_CALLBACK (axis_changed_cb), self, G_CONNECT_SWAPPED);
  app_parameter_row_show_value (self);
}

static void
app_parameter_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppParameterRow *self = APP_PARAMETER_ROW (object);

  switch (id)
    {
    case PROP_HELD:
      g_value_set_boolean (value, self->held);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_parameter_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppParameterRow *self = APP_PARAMETER_ROW (object);

  switch (id)
    {
    case PROP_PLAYING:
      set_playing (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_parameter_row_show (AppRow *row)
{
  app_parameter_row_show_value (APP_PARAMETER_ROW (row));
}

static void
app_parameter_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), APP_TYPE_PARAMETER_ROW);

  G_OBJECT_CLASS (app_parameter_row_parent_class)->dispose (object);
}

static void
app_parameter_row_class_init (AppParameterRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = app_parameter_row_constructed;
  object_class->get_property = app_parameter_row_get_property;
  object_class->set_property = app_parameter_row_set_property;
  object_class->dispose = app_parameter_row_dispose;
  APP_ROW_CLASS (klass)->show = app_parameter_row_show;

  properties[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE, shown);
  properties[PROP_PLAYING] =
    g_param_spec_boolean ("playing", NULL, NULL, FALSE, shown | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tangentlab/TangentLab/ui/app-parameter-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, label);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, symbol);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, reset_button);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, slides);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, play_button);
  gtk_widget_class_bind_template_callback (widget_class, app_is_text);
  app_parameter_row_install_entry (widget_class);
  app_parameter_row_install_slider (widget_class);

  gtk_widget_class_install_action (widget_class, "parameter.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "parameter.leap", "i", step_action);
  gtk_widget_class_install_action (widget_class, "parameter.restore", NULL, restore_action);
}

static void
app_parameter_row_init (AppParameterRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
app_parameter_row_new (LabDraft *draft, LabKey key)
{
  return g_object_new (APP_TYPE_PARAMETER_ROW, "draft", draft, "key", key, NULL);
}

void
app_parameter_row_set_mnemonic (AppParameterRow *self, const char *label)
{
  g_return_if_fail (APP_IS_PARAMETER_ROW (self));

  gtk_label_set_label (self->label, label);
  gtk_label_set_use_underline (self->label, TRUE);
}

gboolean
app_parameter_row_slides (AppParameterRow *self)
{
  g_return_val_if_fail (APP_IS_PARAMETER_ROW (self), FALSE);

  return gtk_widget_get_visible (self->slides);
}
