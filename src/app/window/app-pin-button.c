#include "app-pin-button.h"

#include <glib/gi18n.h>

#include "app-closures.h"
#include "app-text.h"
#include "app-theme.h"

struct _AppPinButton
{
  AdwBin parent_instance;

  AppPins *pins;

  GtkMenuButton *menu_button;
  GtkStack *pages;
  GtkListBox *list;
};

enum
{
  PROP_PINS = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppPinButton, app_pin_button, ADW_TYPE_BIN)

/* A piece of the line, as in the legend. */
static void
draw_sample (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const PlotLook *look = &app_theme_of_desktop ()->looks[figures_pin_style (GPOINTER_TO_UINT (data))];

  cairo_set_source_rgb (cr, look->color.r, look->color.g, look->color.b);
  cairo_set_line_width (cr, 3);
  cairo_set_dash (cr, look->dash, look->n_dash, 0);
  cairo_move_to (cr, 0, height / 2.0);
  cairo_line_to (cr, width, height / 2.0);
  cairo_stroke (cr);
}

static GtkWidget *
make_sample (guint number)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), 28);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 12);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_sample, GUINT_TO_POINTER (number), NULL);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);

  return area;
}

static void
name_remove_button (GtkWidget *button, GParamSpec *pspec, AppPin *pin)
{
  g_autofree char *markup = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *name = NULL;

  g_object_get (pin, "label", &markup, NULL);
  plain = app_text_from_markup (markup);
  /* Translators: %s is what sets a pinned curve apart, "L = 3" */
  name = g_strdup_printf (_("Remove the pin “%s”"), plain);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_remove_button (AppPin *pin)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.unpin");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", app_pin_get_number (pin));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect_object (pin, "notify::label", G_CALLBACK (name_remove_button), button,
                           G_CONNECT_SWAPPED);
  name_remove_button (button, NULL, pin);

  return button;
}

static gboolean
drawn_to_opacity (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_double (to, g_value_get_boolean (from) ? 1 : 0.5);
  return TRUE;
}

static GtkWidget *
make_label (AppPin *pin)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_use_markup (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_set_hexpand (label, TRUE);
  g_object_bind_property (pin, "label", label, "label", G_BINDING_SYNC_CREATE);

  return label;
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  AppPin *pin = item;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *sample = make_sample (app_pin_get_number (pin));
  GtkWidget *label = make_label (pin);

  g_object_bind_property_full (pin, "drawn", sample, "opacity", G_BINDING_SYNC_CREATE,
                               drawn_to_opacity, NULL, NULL, NULL);
  g_object_bind_property_full (pin, "drawn", label, "opacity", G_BINDING_SYNC_CREATE,
                               drawn_to_opacity, NULL, NULL, NULL);
  gtk_box_append (GTK_BOX (box), sample);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), make_remove_button (pin));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

static void
pins_changed_cb (AppPinButton *self)
{
  gboolean any = self->pins != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->pins)) > 0;

  gtk_stack_set_visible_child_name (self->pages, any ? "pins" : "empty");
}

static void
set_pins (AppPinButton *self, AppPins *pins)
{
  if (self->pins == pins)
    return;

  if (self->pins != NULL)
    g_signal_handlers_disconnect_by_data (self->pins, self);
  g_set_object (&self->pins, pins);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (pins), make_row, NULL, NULL);
  if (pins != NULL)
    g_signal_connect_object (pins, "items-changed", G_CALLBACK (pins_changed_cb), self, G_CONNECT_SWAPPED);
  pins_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PINS]);
}

static void
app_pin_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppPinButton *self = APP_PIN_BUTTON (object);

  switch (id)
    {
    case PROP_PINS:
      g_value_set_object (value, self->pins);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_pin_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppPinButton *self = APP_PIN_BUTTON (object);

  switch (id)
    {
    case PROP_PINS:
      set_pins (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_pin_button_dispose (GObject *object)
{
  AppPinButton *self = APP_PIN_BUTTON (object);

  if (self->pins != NULL)
    g_signal_handlers_disconnect_by_data (self->pins, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_PIN_BUTTON);
  g_clear_object (&self->pins);

  G_OBJECT_CLASS (app_pin_button_parent_class)->dispose (object);
}

static void
app_pin_button_class_init (AppPinButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = app_pin_button_get_property;
  object_class->set_property = app_pin_button_set_property;
  object_class->dispose = app_pin_button_dispose;

  properties[PROP_PINS] =
    g_param_spec_object ("pins", NULL, NULL, APP_TYPE_PINS,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tangentlab/TangentLab/ui/app-pin-button.ui");
  gtk_widget_class_bind_template_child (widget_class, AppPinButton, menu_button);
  gtk_widget_class_bind_template_child (widget_class, AppPinButton, pages);
  gtk_widget_class_bind_template_child (widget_class, AppPinButton, list);
}

static void
app_pin_button_init (AppPinButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_name_menu_button (self->menu_button, _("Pinned curves"));
}
