#pragma once

#include <adwaita.h>

#include "app-pins.h"

G_BEGIN_DECLS

/* Pins, and lists what is pinned: each with its colour, what sets it apart, and a button that
 * removes it. Activates "win.pin", "win.unpin" and "win.clear-pins".
 *
 * - "pins": NULL for none. */
#define APP_TYPE_PIN_BUTTON (app_pin_button_get_type ())
G_DECLARE_FINAL_TYPE (AppPinButton, app_pin_button, APP, PIN_BUTTON, AdwBin)

G_END_DECLS
