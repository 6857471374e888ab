#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The program: command line, windows, and what belongs to all of them.
 *
 * - "color-scheme": "default" (the system's), "light" or "dark"; remembered. */
#define APP_TYPE_APPLICATION (app_application_get_type ())
G_DECLARE_FINAL_TYPE (AppApplication, app_application, APP, APPLICATION, AdwApplication)

AppApplication *app_application_new (void);

G_END_DECLS
