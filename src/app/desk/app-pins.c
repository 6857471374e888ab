#include "app-pins.h"

#include <glib/gi18n.h>

struct _AppPin
{
  GObject parent_instance;

  guint number;
  LabSpec *spec;
  LabAnswer *answer;
  char *label;
  gboolean drawn;
};

enum
{
  PROP_NUMBER = 1,
  PROP_LABEL,
  PROP_DRAWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppPin, app_pin, G_TYPE_OBJECT)

static void
app_pin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppPin *self = APP_PIN (object);

  switch (id)
    {
    case PROP_NUMBER:
      g_value_set_uint (value, self->number);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_DRAWN:
      g_value_set_boolean (value, self->drawn);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_pin_finalize (GObject *object)
{
  AppPin *self = APP_PIN (object);

  g_clear_pointer (&self->spec, lab_spec_free);
  g_clear_pointer (&self->answer, lab_answer_free);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (app_pin_parent_class)->finalize (object);
}

static void
app_pin_class_init (AppPinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = app_pin_get_property;
  object_class->finalize = app_pin_finalize;

  properties[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, APP_PINS_MOST, 0, shown);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, shown);
  properties[PROP_DRAWN] = g_param_spec_boolean ("drawn", NULL, NULL, FALSE, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_pin_init (AppPin *self)
{
}

guint
app_pin_get_number (AppPin *self)
{
  g_return_val_if_fail (APP_IS_PIN (self), 0);

  return self->number;
}

static char *
make_difference (AppPin *self, const LabSpec *present)
{
  char *difference;

  if (!figures_can_compare (self->spec, present))
    return g_markup_escape_text (gettext (lab_spec_exhibit (self->spec)->title), -1);

  difference = figures_difference (self->spec, present);

  return difference != NULL ? difference : g_strdup (_("Nothing differs"));
}

static char *
make_label (AppPin *self, const LabSpec *present)
{
  g_autofree char *difference = make_difference (self, present);
  g_autofree char *seeds = figures_seeds_so_far (self->answer);

  return g_strjoin (", ", difference, seeds, NULL);
}

static void
pin_compare (AppPin *self, const LabSpec *present)
{
  gboolean drawn = figures_draws_pin (self->spec, present);
  g_autofree char *label = make_label (self, present);

  if (g_strcmp0 (label, self->label) != 0)
    {
      g_free (self->label);
      self->label = g_steal_pointer (&label);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
    }
  if (drawn != self->drawn)
    {
      self->drawn = drawn;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAWN]);
    }
}

static void
pin_refine (AppPin *self, const LabResult *result)
{
  if (lab_result_plan (result)->preview || !lab_spec_same_work (self->spec, lab_result_spec (result))
      || lab_result_seeds_done (result) <= self->answer->seeds_done)
    return;

  lab_answer_free (self->answer);
  self->answer = lab_answer_new (result, self->spec);
}

struct _AppPins
{
  GObject parent_instance;

  GPtrArray *pins;
  GPtrArray *cleared; /* the last time */
};

static GType
app_pins_get_item_type (GListModel *model)
{
  return APP_TYPE_PIN;
}

static guint
app_pins_get_n_items (GListModel *model)
{
  return APP_PINS (model)->pins->len;
}

static gpointer
app_pins_get_item (GListModel *model, guint position)
{
  GPtrArray *pins = APP_PINS (model)->pins;

  return position < pins->len ? g_object_ref (g_ptr_array_index (pins, position)) : NULL;
}

static void
app_pins_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = app_pins_get_item_type;
  iface->get_n_items = app_pins_get_n_items;
  iface->get_item = app_pins_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (AppPins, app_pins, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, app_pins_list_model_init))

static void
app_pins_finalize (GObject *object)
{
  AppPins *self = APP_PINS (object);

  g_clear_pointer (&self->pins, g_ptr_array_unref);
  g_clear_pointer (&self->cleared, g_ptr_array_unref);

  G_OBJECT_CLASS (app_pins_parent_class)->finalize (object);
}

static void
app_pins_class_init (AppPinsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = app_pins_finalize;
}

static void
app_pins_init (AppPins *self)
{
  self->pins = g_ptr_array_new_with_free_func (g_object_unref);
  self->cleared = g_ptr_array_new_with_free_func (g_object_unref);
}

static AppPin *
get_pin (AppPins *self, guint i)
{
  return g_ptr_array_index (self->pins, i);
}

static gboolean
is_used (AppPins *self, guint number)
{
  for (guint i = 0; i < self->pins->len; i++)
    if (get_pin (self, i)->number == number)
      return TRUE;

  return FALSE;
}

static gboolean
is_kept (AppPins *self, const LabSpec *spec)
{
  for (guint i = 0; i < self->pins->len; i++)
    {
      const LabSpec *other = get_pin (self, i)->spec;
      g_autofree char *there = NULL;
      g_autofree char *back = NULL;

      if (!figures_can_compare (other, spec))
        continue;

      /* A parameter that matters for only one of the two sets them apart too. */
      there = figures_difference (other, spec);
      back = figures_difference (spec, other);
      if (there == NULL && back == NULL)
        return TRUE;
    }

  return FALSE;
}

static guint
find_free_number (AppPins *self)
{
  guint number = 1;

  while (is_used (self, number))
    number++;

  return number;
}

AppPins *
app_pins_new (void)
{
  return g_object_new (APP_TYPE_PINS, NULL);
}

static void
append (AppPins *self, AppPin *pin)
{
  g_ptr_array_add (self->pins, pin);
  g_list_model_items_changed (G_LIST_MODEL (self), self->pins->len - 1, 0, 1);
}

gboolean
app_pins_add (AppPins *self, const LabResult *result, const LabSpec *spec, char **reason)
{
  AppPin *pin;

  g_return_val_if_fail (APP_IS_PINS (self), FALSE);

  if (self->pins->len >= APP_PINS_MOST)
    {
      *reason = g_strdup_printf (_("No more than %d pins: remove one first"), APP_PINS_MOST);
      return FALSE;
    }
  if (is_kept (self, spec))
    {
      *reason = g_strdup (_("These curves are pinned already"));
      return FALSE;
    }

  pin = g_object_new (APP_TYPE_PIN, NULL);
  pin->number = find_free_number (self);
  pin->spec = lab_spec_copy (spec);
  pin->answer = lab_answer_new (result, spec);
  pin_compare (pin, spec);
  append (self, pin);

  return TRUE;
}

void
app_pins_remove (AppPins *self, guint number)
{
  g_return_if_fail (APP_IS_PINS (self));

  for (guint i = 0; i < self->pins->len; i++)
    if (get_pin (self, i)->number == number)
      {
        g_ptr_array_remove_index (self->pins, i);
        g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
        return;
      }
}

void
app_pins_clear (AppPins *self)
{
  guint n;

  g_return_if_fail (APP_IS_PINS (self));

  n = self->pins->len;
  if (n == 0)
    return;

  g_ptr_array_unref (self->cleared);
  self->cleared = g_steal_pointer (&self->pins);
  self->pins = g_ptr_array_new_with_free_func (g_object_unref);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

void
app_pins_restore (AppPins *self)
{
  g_return_if_fail (APP_IS_PINS (self));

  for (guint i = 0; i < self->cleared->len; i++)
    {
      AppPin *pin = g_ptr_array_index (self->cleared, i);

      if (self->pins->len >= APP_PINS_MOST || is_kept (self, pin->spec))
        continue;
      if (is_used (self, pin->number))
        pin->number = find_free_number (self);
      append (self, g_object_ref (pin));
    }
  g_ptr_array_set_size (self->cleared, 0);
}

void
app_pins_follow (AppPins *self, const LabResult *result, const LabSpec *spec)
{
  g_return_if_fail (APP_IS_PINS (self));

  for (guint i = 0; i < self->pins->len; i++)
    {
      pin_refine (get_pin (self, i), result);
      pin_compare (get_pin (self, i), spec);
    }
}

PlotFigure *
app_pins_build (AppPins *self, const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree FiguresPin *pins = NULL;

  g_return_val_if_fail (APP_IS_PINS (self), NULL);

  pins = g_new0 (FiguresPin, self->pins->len + 1);
  for (guint i = 0; i < self->pins->len; i++)
    {
      AppPin *pin = get_pin (self, i);

      pins[i] = (FiguresPin) { pin->number, pin->answer, pin->spec };
    }

  return figures_build_with (answer, spec, pins, self->pins->len);
}
