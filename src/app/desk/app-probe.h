#pragma once

#include <lab.h>

G_BEGIN_DECLS

/* The exact numbers at one place of the axis, computed beside the curve. Emits "changed" when
 * there are newer ones. */
#define APP_TYPE_PROBE (app_probe_get_type ())
G_DECLARE_FINAL_TYPE (AppProbe, app_probe, APP, PROBE, GObject)

AppProbe *app_probe_new (void);

/* Asks for the numbers of @spec at @x; asking again for the same costs nothing. */
void app_probe_request (AppProbe *self, const LabSpec *spec, double x);

/* Gives up what is under way. */
void app_probe_stop (AppProbe *self);

/* The numbers, if they are there. What recombines is taken from @spec. */
gboolean app_probe_read (AppProbe *self, const LabSpec *spec, double x, LabReading *out);

G_END_DECLS
