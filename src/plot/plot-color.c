#include "plot-theme.h"

#include <math.h>

static double
linear_light (double c)
{
  return c <= 0.03928 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
luminance (PlotColor color)
{
  return 0.2126 * linear_light (color.r) + 0.7152 * linear_light (color.g)
         + 0.0722 * linear_light (color.b);
}

double
plot_color_contrast (PlotColor a, PlotColor b)
{
  double x = luminance (a), y = luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

PlotColor
plot_color_mix (PlotColor a, PlotColor b, double share_of_b)
{
  double share = 1 - share_of_b;

  return (PlotColor){ share * a.r + share_of_b * b.r, share * a.g + share_of_b * b.g,
                      share * a.b + share_of_b * b.b, a.a };
}
