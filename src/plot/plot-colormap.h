#pragma once

#include "plot-theme.h"

G_BEGIN_DECLS

#define PLOT_N_SHADES 256

/* Colours for values: lightness (CIE 1976 L*) is linear in the value, so that equal steps look equal and
 * a picture can be read in grays; of a diverging one it is linear and alike on both sides of the middle.
 * Both keep apart under every colour blindness.
 *
 * The sequential one has the hues of viridis (van der Walt and Smith 2015, released into the public domain
 * as CC0), the diverging one the ends of Moreland's cool to warm (2009). In grays, where two sides cannot
 * be told apart by hue, both go from dark to light. */
typedef enum
{
  PLOT_COLORMAP_SEQUENTIAL,
  PLOT_COLORMAP_DIVERGING,
  PLOT_N_COLORMAPS,
} PlotColormap;

/* From the least value to the largest. The shades live as long as the program. */
const PlotColor *plot_colormap_shades (PlotColormap map, gboolean gray);

/* L* of a colour, 0 to 100. */
double plot_color_lightness (PlotColor color);

G_END_DECLS
