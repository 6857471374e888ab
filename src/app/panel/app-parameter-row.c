#include "app-parameter-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app-closures.h"
#include "app-text.h"
#include "app-track.h"
#include "app-words.h"

/* The last stop of the slider. */
#define INFINITY_MARK "<small>∞</small>"

struct _AppParameterRow
{
  AppRow parent_instance;

  gboolean held;
  gboolean playing;
  gboolean showing; /* the entry is being filled */

  GtkLabel *label;
  GtkLabel *symbol;
  GtkWidget *reset_button;
  GtkEntry *entry;
  GtkWidget *slides;
  GtkButton *play_button;
  GtkRange *slider;
  GtkAdjustment *adjustment;
};

enum
{
  PROP_HELD = 1,
  PROP_PLAYING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppParameterRow, app_parameter_row, APP_TYPE_ROW)

static const LabSpec *
get_spec (AppParameterRow *self)
{
  return lab_draft_get_spec (app_row_get_draft (APP_ROW (self)));
}

static LabKey
get_key (AppParameterRow *self)
{
  return app_row_get_key (APP_ROW (self));
}

static LabValue
get_value (AppParameterRow *self)
{
  return lab_spec_value (get_spec (self), get_key (self));
}

static void
set_value (AppParameterRow *self, LabValue value)
{
  lab_draft_set_value (app_row_get_draft (APP_ROW (self)), get_key (self), value, NULL);
}

static const LabExhibit *
get_exhibit (AppParameterRow *self)
{
  return app_row_get_exhibit (APP_ROW (self));
}

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
format_value (AppParameterRow *self)
{
  g_autofree char *text = lab_spec_format (get_spec (self), get_key (self));

  return is_list (self) ? g_steal_pointer (&text) : app_text_from_number (text);
}

/* As it is read aloud. */
static char *
say_value (AppParameterRow *self)
{
  if (isinf (lab_value_to_number (get_key (self), get_value (self))))
    return g_strdup (_("infinity"));

  return format_value (self);
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
  g_autofree char *text = format_value (self);
  gboolean typed = !g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "parameter.restore", typed);
  allow_text_undo (self, typed && !self->showing, !self->showing);
  if (typed && self->playing && !self->showing)
    gtk_widget_activate_action (GTK_WIDGET (self), "panel.play", "u", get_key (self));
}

/* What the program writes is not for the entry's own undo. */
static void
show_text (AppParameterRow *self, const char *text)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);

  self->showing = TRUE;
  gtk_editable_set_enable_undo (editable, FALSE);
  gtk_editable_set_text (editable, text);
  gtk_editable_set_enable_undo (editable, TRUE);
  allow_text_undo (self, FALSE, FALSE);
  self->showing = FALSE;
}

/* What the slider is at, for those who do not see it: not its place on the track, but the value. */
static void
tell_value (AppParameterRow *self)
{
  const LabRange range = lab_spec_range (get_spec (self), get_key (self));
  double value = lab_value_to_number (get_key (self), get_value (self));
  g_autofree char *words = say_value (self);

  /* The toolkit takes no infinite number here; the words say what is meant. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slider),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, range.or_zero ? 0 : range.minimum,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  range.or_infinity ? G_MAXDOUBLE : range.maximum,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  MIN (value, G_MAXDOUBLE), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words,
                                  -1);
}

/* Shows the value in force everywhere. */
static void
show_value (AppParameterRow *self)
{
  g_autofree char *text = format_value (self);

  app_row_take_refusal (APP_ROW (self), NULL);
  show_text (self, text);
  if (gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)))))
    gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);

  if (!app_track_exists (get_spec (self), get_key (self)))
    return;

  gtk_adjustment_set_value (self->adjustment,
                            app_track_position (get_spec (self), get_key (self), get_value (self)));
  tell_value (self);
}

/* After the slider itself, which tells its place. Others than a hand, such as assistive technology, which
 * speaks of values, would move the thumb alone: it goes back to the value in force. */
static void
thumb_moved_cb (AppParameterRow *self)
{
  double position = app_track_position (get_spec (self), get_key (self), get_value (self));

  if (gtk_adjustment_get_value (self->adjustment) != CLAMP (position, 0, 1))
    show_value (self);
  else
    tell_value (self);
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
  g_autofree char *shown = format_value (self);
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
  show_value (self);
}

/* Which way and how far a key on the slider goes. */
static const struct
{
  GtkScrollType scroll;
  int direction;
  gboolean coarse;
} steps[] = {
  { GTK_SCROLL_STEP_FORWARD, 1, FALSE },   { GTK_SCROLL_STEP_RIGHT, 1, FALSE },
  { GTK_SCROLL_STEP_UP, 1, FALSE },        { GTK_SCROLL_STEP_BACKWARD, -1, FALSE },
  { GTK_SCROLL_STEP_LEFT, -1, FALSE },     { GTK_SCROLL_STEP_DOWN, -1, FALSE },
  { GTK_SCROLL_PAGE_FORWARD, 1, TRUE },    { GTK_SCROLL_PAGE_RIGHT, 1, TRUE },
  { GTK_SCROLL_PAGE_UP, 1, TRUE },         { GTK_SCROLL_PAGE_BACKWARD, -1, TRUE },
  { GTK_SCROLL_PAGE_LEFT, -1, TRUE },      { GTK_SCROLL_PAGE_DOWN, -1, TRUE },
};

static void
step (AppParameterRow *self, int direction, gboolean coarse)
{
  set_value (self, app_track_step (get_spec (self), get_key (self), get_value (self), direction,
                                   coarse));
}

static gboolean
change_value_cb (AppParameterRow *self, GtkScrollType scroll, double position)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].scroll == scroll)
      {
        step (self, steps[i].direction, steps[i].coarse);
        return TRUE;
      }

  set_value (self, app_track_value (get_spec (self), get_key (self), CLAMP (position, 0, 1)));

  return TRUE;
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppParameterRow *self = APP_PARAMETER_ROW (widget);

  step (self, g_variant_get_int32 (parameter), g_str_has_suffix (name, "leap"));
  show_value (self);
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_value (APP_PARAMETER_ROW (widget));
}

static void
slider_pressed_cb (AppParameterRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  if (n_press != 2)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "parameter.reset", NULL);
}

static void
set_held (AppParameterRow *self, gboolean held)
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

/* What cannot be seen from the label. */
static void
explain_entry (AppParameterRow *self)
{
  const char *text;

  if (!is_list (self) || get_exhibit (self)->max_panels < 2)
    return;

  text = _("One number, or several as in “6, 11”: a panel of the figure for each");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

/* Infinity is a stop of its own, but not along the axis. */
static void
mark_infinity (AppParameterRow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->slider), "labelled");
  gtk_scale_clear_marks (GTK_SCALE (self->slider));
  if (!lab_spec_range (get_spec (self), get_key (self)).or_infinity)
    return;
  gtk_widget_add_css_class (GTK_WIDGET (self->slider), "labelled");
  gtk_scale_add_mark (GTK_SCALE (self->slider), 1, GTK_POS_BOTTOM, INFINITY_MARK);
}

/* What is swept has another range than what is not, and `from` and `to` have that of the axis. */
static void
axis_changed_cb (AppParameterRow *self)
{
  if (lab_parameter (get_key (self))->or_infinity && app_track_exists (get_spec (self), get_key (self)))
    mark_infinity (self);
  show_value (self);
}

static void
app_parameter_row_constructed (GObject *object)
{
  AppParameterRow *self = APP_PARAMETER_ROW (object);
  const LabParameter *parameter = lab_parameter (get_key (self));
  g_autofree char *notify = g_strconcat ("notify::", parameter->key, NULL);
  /* Translators: the accessible name of the entry beside a slider; %s is the parameter */
  g_autofree char *entry_name = g_strdup_printf (_("%s, exact value"), gettext (parameter->label));
  gboolean slides = app_track_exists (get_spec (self), get_key (self));

  G_OBJECT_CLASS (app_parameter_row_parent_class)->constructed (object);

  app_row_dress (APP_ROW (self), self->label, self->reset_button);
  gtk_label_set_markup (self->symbol, parameter->symbol);
  explain_entry (self);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->play_button), "u", get_key (self));
  show_playing (self);

  gtk_widget_set_visible (self->slides, slides);
  gtk_widget_set_visible (GTK_WIDGET (self->slider), slides);
  if (slides)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      entry_name, -1);
      ignore_wheel (GTK_WIDGET (self->slider));
      mark_infinity (self);
    }
  else
    {
      gtk_label_set_mnemonic_widget (self->label, GTK_WIDGET (self->entry));
      gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 14);
    }

  g_signal_connect (self, "notify::complaint", G_CALLBACK (complaint_changed_cb), NULL);
  g_signal_connect_object (app_row_get_draft (APP_ROW (self)), notify, G_CALLBACK (show_value), self,
                           G_CONNECT_SWAPPED);
  if (lab_exhibit_uses (get_exhibit (self), LAB_AXIS))
    g_signal_connect_object (app_row_get_draft (APP_ROW (self)), "notify::axis",
                             G_CALLBACK (axis_changed_cb), self, G_CONNECT_SWAPPED);
  show_value (self);
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
  show_value (APP_PARAMETER_ROW (row));
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
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, entry);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, slides);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, play_button);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, slider);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, app_is_text);
  gtk_widget_class_bind_template_callback (widget_class, apply_text);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_value_cb);
  gtk_widget_class_bind_template_callback (widget_class, thumb_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, slider_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, slider_event_cb);

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

void
app_parameter_row_add_mark (AppParameterRow *self, LabValue value)
{
  g_return_if_fail (APP_IS_PARAMETER_ROW (self));

  gtk_scale_add_mark (GTK_SCALE (self->slider), app_track_position (get_spec (self), get_key (self), value),
                      GTK_POS_BOTTOM, NULL);
}
