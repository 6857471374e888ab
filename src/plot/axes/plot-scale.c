#include "plot-ticks-private.h"

#include <math.h>

static double
identity (double x)
{
  return x;
}

static double
log_forward (double x)
{
  return x > 0 ? log10 (x) : NAN;
}

static double
log_inverse (double u)
{
  return pow (10, u);
}

const PlotScale plot_scale_linear = { "linear", "", identity, identity, plot_ticks_linear };
const PlotScale plot_scale_log = { "log", "", log_forward, log_inverse, plot_ticks_log };
const PlotScale plot_scale_index = { "index", "", identity, identity, plot_ticks_index };
const PlotScale plot_scale_degrees = { "degrees", "°", identity, identity, plot_ticks_degrees };

const PlotScale *
plot_scale_find (const char *name)
{
  static const PlotScale *const scales[] = { &plot_scale_linear, &plot_scale_log };

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    if (g_strcmp0 (scales[i]->name, name) == 0)
      return scales[i];
  return NULL;
}
