#pragma once

#include <figures.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* A curve kept to compare.
 *
 * - "number": 1, 2, ..., by which it is removed and coloured.
 * - "label": what sets it apart from what is shown now, Pango markup; of another exhibit or another
 *   x, what that is; and "5 of 20 seeds" where not all are there.
 * - "drawn": whether it stands in the figure. */
#define APP_TYPE_PIN (app_pin_get_type ())
G_DECLARE_FINAL_TYPE (AppPin, app_pin, APP, PIN, GObject)

guint app_pin_get_number (AppPin *self);

/* The pins of a window: a GListModel of AppPin. */
#define APP_TYPE_PINS (app_pins_get_type ())
G_DECLARE_FINAL_TYPE (AppPins, app_pins, APP, PINS, GObject)

#define APP_PINS_MOST 20

AppPins *app_pins_new (void);

/* Keeps the curves of @spec. FALSE leaves @reason (translated, free with g_free()): there are too
 * many, or they are kept already. */
gboolean app_pins_add (AppPins *self, const LabResult *result, const LabSpec *spec, char **reason);
void app_pins_remove (AppPins *self, guint number);
void app_pins_clear (AppPins *self);
/* Brings back what was cleared last, as far as there is room. */
void app_pins_restore (AppPins *self);

/* Tells the pins what is shown now. Their labels say what differs from it, and a pin kept before all its seeds
 * were done gets those that are done since. */
void app_pins_follow (AppPins *self, const LabResult *result, const LabSpec *spec);

/* The figure with the pins. */
PlotFigure *app_pins_build (AppPins *self, const LabAnswer *answer, const LabSpec *spec);

G_END_DECLS
