#pragma once

#include <adwaita.h>
#include <lab.h>

G_BEGIN_DECLS

/* The exhibits and, under them, the presets, behind a button that names the present exhibit. A
 * choice activates the action "win.show" with its id.
 *
 * - "draft": whose exhibit is named. */
#define APP_TYPE_CHOOSER (app_chooser_get_type ())
G_DECLARE_FINAL_TYPE (AppChooser, app_chooser, APP, CHOOSER, AdwBin)

G_END_DECLS
