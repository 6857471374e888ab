#include "app-parameter-row.h"

#include <glib/gi18n.h>

#include "app-closures.h"
#include "app-text.h"
#include "app-track.h"

struct _AppParameterRow
{
  AdwPreferencesRow parent_instance;

  LabDraft *draft;
  LabKey key;
  gboolean held;
  char *refusal; /* of the text in the entry */
  char *blame;

  GtkLabel *label;
  GtkLabel *symbol;
  GtkWidget *reset_button;
  GtkEntry *entry;
  GtkRange *slider;
  GtkAdjustment *adjustment;
};

enum
{
  PROP_DRAFT = 1,
  PROP_KEY,
  PROP_HELD,
  PROP_BLAME,
  PROP_COMPLAINT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppParameterRow, app_parameter_row, ADW_TYPE_PREFERENCES_ROW)

static const char *
get_complaint (AppParameterRow *self)
{
  return self->refusal != NULL ? self->refusal : self->blame;
}

static void
complaint_changed (AppParameterRow *self)
{
  gboolean wrong = get_complaint (self) != NULL;

  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLAINT]);
}

static void
take_reason (AppParameterRow *self, char **slot, char *reason)
{
  if (g_strcmp0 (*slot, reason) == 0)
    {
      g_free (reason);
      return;
    }

  g_free (*slot);
  *slot = reason;
  complaint_changed (self);
}

static char *
format_value (AppParameterRow *self)
{
  g_autofree char *text = lab_spec_format (lab_draft_get_spec (self->draft), self->key);

  return app_text_from_number (text);
}

static const LabExhibit *
get_exhibit (AppParameterRow *self)
{
  return lab_spec_exhibit (lab_draft_get_spec (self->draft));
}

static LabValue
get_value (AppParameterRow *self)
{
  return lab_spec_value (lab_draft_get_spec (self->draft), self->key);
}

/* Escape gives back the value in force; otherwise it is free for the window. */
static void
text_changed_cb (AppParameterRow *self)
{
  g_autofree char *text = format_value (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "parameter.restore",
                                 !g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

/* Shows the value in force everywhere. */
static void
show_value (AppParameterRow *self)
{
  g_autofree char *text = format_value (self);

  take_reason (self, &self->refusal, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  if (gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)))))
    gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);

  if (!app_track_exists (get_exhibit (self), self->key))
    return;

  gtk_adjustment_set_value (self->adjustment, app_track_position (get_exhibit (self), self->key, get_value (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slider), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
}

/* Text out of range stays where it is, with the reason; the value in force stays too. */
static void
apply_text (AppParameterRow *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *shown = format_value (self);
  g_autofree char *text = app_text_to_number (typed);
  g_autoptr (GError) error = NULL;

  if (g_str_equal (typed, shown) || lab_draft_parse (self->draft, self->key, text, &error))
    show_value (self);
  else
    take_reason (self, &self->refusal, app_text_to_sentence (error->message));
}

static gboolean
change_value_cb (AppParameterRow *self, GtkScrollType scroll, double position)
{
  LabValue value = get_value (self);

  switch ((int) scroll)
    {
    case GTK_SCROLL_STEP_FORWARD:
    case GTK_SCROLL_STEP_RIGHT:
    case GTK_SCROLL_STEP_UP:
      value = app_track_step (get_exhibit (self), self->key, value, 1, FALSE);
      break;
    case GTK_SCROLL_STEP_BACKWARD:
    case GTK_SCROLL_STEP_LEFT:
    case GTK_SCROLL_STEP_DOWN:
      value = app_track_step (get_exhibit (self), self->key, value, -1, FALSE);
      break;
    case GTK_SCROLL_PAGE_FORWARD:
    case GTK_SCROLL_PAGE_RIGHT:
    case GTK_SCROLL_PAGE_UP:
      value = app_track_step (get_exhibit (self), self->key, value, 1, TRUE);
      break;
    case GTK_SCROLL_PAGE_BACKWARD:
    case GTK_SCROLL_PAGE_LEFT:
    case GTK_SCROLL_PAGE_DOWN:
      value = app_track_step (get_exhibit (self), self->key, value, -1, TRUE);
      break;
    default:
      value = app_track_value (get_exhibit (self), self->key, CLAMP (position, 0, 1));
      break;
    }

  lab_draft_set_value (self->draft, self->key, value, NULL);

  return TRUE;
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppParameterRow *self = APP_PARAMETER_ROW (widget);
  gboolean coarse = g_str_has_suffix (name, "leap");
  LabValue value = app_track_step (get_exhibit (self), self->key, get_value (self), g_variant_get_int32 (parameter), coarse);

  lab_draft_set_value (self->draft, self->key, value, NULL);
  show_value (self);
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_value (APP_PARAMETER_ROW (widget));
}

static void
reset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppParameterRow *self = APP_PARAMETER_ROW (widget);

  lab_draft_reset (self->draft, self->key);
  show_value (self);
}

static void
slider_pressed_cb (AppParameterRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  if (n_press != 2)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  lab_draft_reset (self->draft, self->key);
  show_value (self);
}

static void
set_held (AppParameterRow *self, gboolean held)
{
  if (self->held == held)
    return;

  self->held = held;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
}

/* The slider's own gestures claim what they handle; plain events are seen by all. */
static gboolean
slider_event_cb (AppParameterRow *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      set_held (self, TRUE);
      break;
    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
    case GDK_GRAB_BROKEN:
      set_held (self, FALSE);
      break;
    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

/* The wheel over a slider scrolls the panel: a value changed in passing is a trap. */
static void
ignore_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static gboolean
spec_to_is_set (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const LabSpec *spec = g_value_get_boxed (from);

  g_value_set_boolean (to, lab_spec_is_set (spec, GPOINTER_TO_UINT (data)));
  return TRUE;
}

static void
app_parameter_row_constructed (GObject *object)
{
  AppParameterRow *self = APP_PARAMETER_ROW (object);
  const LabParameter *parameter = lab_parameter (self->key);
  const char *label = gettext (parameter->label);
  g_autofree char *notify = g_strconcat ("notify::", parameter->key, NULL);
  /* Translators: the accessible name of the entry beside a slider; %s is the parameter */
  g_autofree char *entry_name = g_strdup_printf (_("%s, exact value"), label);
  /* Translators: %s is a parameter */
  g_autofree char *reset_name = g_strdup_printf (_("Reset %s"), label);
  gboolean slides = app_track_exists (get_exhibit (self), self->key);

  G_OBJECT_CLASS (app_parameter_row_parent_class)->constructed (object);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  gtk_label_set_label (self->label, label);
  gtk_label_set_markup (self->symbol, parameter->symbol);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), gettext (parameter->tooltip));
  gtk_widget_set_tooltip_text (self->reset_button, reset_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  reset_name, -1);

  gtk_widget_set_visible (GTK_WIDGET (self->slider), slides);
  if (slides)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      entry_name, -1);
      ignore_wheel (GTK_WIDGET (self->slider));
    }
  else
    {
      gtk_label_set_mnemonic_widget (self->label, GTK_WIDGET (self->entry));
      gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 14);
    }

  g_object_bind_property_full (self->draft, "spec", self->reset_button, "visible",
                               G_BINDING_SYNC_CREATE, spec_to_is_set, NULL,
                               GUINT_TO_POINTER (self->key), NULL);
  g_signal_connect_object (self->draft, notify, G_CALLBACK (show_value), self, G_CONNECT_SWAPPED);
  show_value (self);
}

static void
app_parameter_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppParameterRow *self = APP_PARAMETER_ROW (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_KEY:
      g_value_set_uint (value, self->key);
      break;
    case PROP_HELD:
      g_value_set_boolean (value, self->held);
      break;
    case PROP_BLAME:
      g_value_set_string (value, self->blame);
      break;
    case PROP_COMPLAINT:
      g_value_set_string (value, get_complaint (self));
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
    case PROP_DRAFT:
      self->draft = g_value_dup_object (value);
      break;
    case PROP_KEY:
      self->key = g_value_get_uint (value);
      break;
    case PROP_BLAME:
      take_reason (self, &self->blame, g_value_dup_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_parameter_row_dispose (GObject *object)
{
  AppParameterRow *self = APP_PARAMETER_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_PARAMETER_ROW);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_pointer (&self->blame, g_free);

  G_OBJECT_CLASS (app_parameter_row_parent_class)->dispose (object);
}

static void
app_parameter_row_class_init (AppParameterRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = app_parameter_row_constructed;
  object_class->get_property = app_parameter_row_get_property;
  object_class->set_property = app_parameter_row_set_property;
  object_class->dispose = app_parameter_row_dispose;

  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT, given);
  properties[PROP_KEY] = g_param_spec_uint ("key", NULL, NULL, 0, LAB_N_KEYS - 1, 0, given);
  properties[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE, shown);
  properties[PROP_BLAME] = g_param_spec_string ("blame", NULL, NULL, NULL, shown | G_PARAM_WRITABLE);
  properties[PROP_COMPLAINT] = g_param_spec_string ("complaint", NULL, NULL, NULL, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tangentlab/TangentLab/ui/app-parameter-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, label);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, symbol);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, reset_button);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, entry);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, slider);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, app_is_text);
  gtk_widget_class_bind_template_callback (widget_class, apply_text);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_value_cb);
  gtk_widget_class_bind_template_callback (widget_class, slider_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, slider_event_cb);

  gtk_widget_class_install_action (widget_class, "parameter.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "parameter.leap", "i", step_action);
  gtk_widget_class_install_action (widget_class, "parameter.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "parameter.reset", NULL, reset_action);
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

LabKey
app_parameter_row_get_key (AppParameterRow *self)
{
  g_return_val_if_fail (APP_IS_PARAMETER_ROW (self), LAB_N_KEYS);

  return self->key;
}

void
app_parameter_row_set_mnemonic (AppParameterRow *self, const char *label)
{
  g_return_if_fail (APP_IS_PARAMETER_ROW (self));

  gtk_label_set_label (self->label, label);
  gtk_label_set_use_underline (self->label, TRUE);
}

void
app_parameter_row_add_mark (AppParameterRow *self, LabValue value)
{
  g_return_if_fail (APP_IS_PARAMETER_ROW (self));

  gtk_scale_add_mark (GTK_SCALE (self->slider), app_track_position (get_exhibit (self), self->key, value),
                      GTK_POS_BOTTOM, NULL);
}
