#pragma once

#include <lab.h>
#include <plot.h>

G_BEGIN_DECLS

/* What is read at the cursor, in each panel of the figure. */
typedef struct
{
  double y[PLOT_MAX_PANELS];     /* where the dot is; NaN: none */
  char *markup[PLOT_MAX_PANELS]; /* NULL: nothing to say */
} AppReadout;

#define APP_TYPE_READOUT (app_readout_get_type ())
GType app_readout_get_type (void);

/* @spec is that of the curves read. */
AppReadout *app_readout_new (const LabReading *reading, const LabSpec *spec);
AppReadout *app_readout_copy (const AppReadout *self);
void app_readout_free (AppReadout *self);

/* Both may be NULL. */
gboolean app_readout_equal (const AppReadout *a, const AppReadout *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppReadout, app_readout_free)

G_END_DECLS
