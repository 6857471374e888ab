#include "app-readout.h"

#include <figures.h>
#include <math.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (AppReadout, app_readout, app_readout_copy, app_readout_free)

AppReadout *
app_readout_new (const LabReading *reading, const LabSpec *spec)
{
  AppReadout *self = g_new0 (AppReadout, 1);

  memcpy (self->y, reading->y, sizeof self->y);
  for (guint panel = 0; panel < lab_spec_n_panels (spec); panel++)
    self->markup[panel] = figures_reading (reading, spec, panel);

  return self;
}

AppReadout *
app_readout_copy (const AppReadout *self)
{
  AppReadout *copy = g_memdup2 (self, sizeof *self);

  for (guint panel = 0; panel < PLOT_MAX_PANELS; panel++)
    copy->markup[panel] = g_strdup (self->markup[panel]);

  return copy;
}

void
app_readout_free (AppReadout *self)
{
  for (guint panel = 0; panel < PLOT_MAX_PANELS; panel++)
    g_free (self->markup[panel]);
  g_free (self);
}

gboolean
app_readout_equal (const AppReadout *a, const AppReadout *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  for (guint panel = 0; panel < PLOT_MAX_PANELS; panel++)
    if (g_strcmp0 (a->markup[panel], b->markup[panel]) != 0
        || !(a->y[panel] == b->y[panel] || (isnan (a->y[panel]) && isnan (b->y[panel]))))
      return FALSE;

  return TRUE;
}
