/* The slider of a parameter. */

#include "app-parameter-row-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app-track.h"

/* The last stop of the slider. */
#define INFINITY_MARK "<small>∞</small>"

/* As it is read aloud. */
static char *
say_value (AppParameterRow *self)
{
  if (isinf (lab_value_to_number (get_key (self), get_value (self))))
    return g_strdup (_("infinity"));

  return app_parameter_row_format (self);
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

void
app_parameter_row_show_place (AppParameterRow *self)
{
  if (!app_track_exists (get_spec (self), get_key (self)))
    return;

  gtk_adjustment_set_value (self->adjustment,
                            app_track_position (get_spec (self), get_key (self), get_value (self)));
  tell_value (self);
}

/* Runs after the slider's own handler, which tells its place on the track. Assistive technology sets that place
 * and not the parameter: then the thumb goes back to the value in force. */
static void
thumb_moved_cb (AppParameterRow *self)
{
  double position = app_track_position (get_spec (self), get_key (self), get_value (self));

  if (gtk_adjustment_get_value (self->adjustment) != CLAMP (position, 0, 1))
    app_parameter_row_show_value (self);
  else
    tell_value (self);
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

void
app_parameter_row_step (AppParameterRow *self, int direction, gboolean coarse)
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
        app_parameter_row_step (self, steps[i].direction, steps[i].coarse);
        return TRUE;
      }

  set_value (self, app_track_value (get_spec (self), get_key (self), CLAMP (position, 0, 1)));

  return TRUE;
}

static void
slider_pressed_cb (AppParameterRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  if (n_press != 2)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "parameter.reset", NULL);
}

/* The slider's own gestures claim what they handle; plain events are seen by all. */
static gboolean
slider_event_cb (AppParameterRow *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      app_parameter_row_set_held (self, TRUE);
      break;
    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
    case GDK_GRAB_BROKEN:
      app_parameter_row_set_held (self, FALSE);
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

/* Infinity is a stop of its own, but not along the axis. */
void
app_parameter_row_mark_infinity (AppParameterRow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->slider), "labelled");
  gtk_scale_clear_marks (GTK_SCALE (self->slider));
  if (!lab_spec_range (get_spec (self), get_key (self)).or_infinity)
    return;
  gtk_widget_add_css_class (GTK_WIDGET (self->slider), "labelled");
  gtk_scale_add_mark (GTK_SCALE (self->slider), 1, GTK_POS_BOTTOM, INFINITY_MARK);
}

void
app_parameter_row_add_mark (AppParameterRow *self, LabValue value)
{
  g_return_if_fail (APP_IS_PARAMETER_ROW (self));

  gtk_scale_add_mark (GTK_SCALE (self->slider), app_track_position (get_spec (self), get_key (self), value),
                      GTK_POS_BOTTOM, NULL);
}

void
app_parameter_row_set_up_slider (AppParameterRow *self)
{
  ignore_wheel (GTK_WIDGET (self->slider));
  app_parameter_row_mark_infinity (self);
}

void
app_parameter_row_install_slider (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, slider);
  gtk_widget_class_bind_template_child (widget_class, AppParameterRow, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, change_value_cb);
  gtk_widget_class_bind_template_callback (widget_class, thumb_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, slider_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, slider_event_cb);
}
