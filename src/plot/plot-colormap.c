/* Colour maps, interpolated in CIELAB (D65) between knots. */

#include "plot-colormap.h"

#include <math.h>

typedef struct
{
  double l, a, b;
} Lab;

static const guint32 viridis[] = { 0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e,
                                   0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725 };
static const guint32 cool_to_warm[] = { 0x3b4cc0, 0xececec, 0xb40426 };

static const double white[] = { 0.95047, 1, 1.08883 };

/* Linear sRGB to XYZ and back (IEC 61966-2-1). */
static const double to_xyz[3][3] = { { 0.4124564, 0.3575761, 0.1804375 },
                                     { 0.2126729, 0.7151522, 0.0721750 },
                                     { 0.0193339, 0.1191920, 0.9503041 } };
static const double from_xyz[3][3] = { { 3.2404542, -1.5371385, -0.4985314 },
                                       { -0.9692660, 1.8760108, 0.0415560 },
                                       { 0.0556434, -0.2040259, 1.0572252 } };

static double
to_linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
from_linear (double c)
{
  return c <= 0.0031308 ? 12.92 * c : 1.055 * pow (c, 1 / 2.4) - 0.055;
}

static double
lab_forward (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (24389.0 / 27 * t + 16) / 116;
}

static double
lab_inverse (double f)
{
  return f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389;
}

static Lab
lab_of (PlotColor color)
{
  const double rgb[] = { to_linear (color.r), to_linear (color.g), to_linear (color.b) };
  double f[3];

  for (int i = 0; i < 3; i++)
    f[i] = lab_forward ((to_xyz[i][0] * rgb[0] + to_xyz[i][1] * rgb[1] + to_xyz[i][2] * rgb[2])
                        / white[i]);
  return (Lab){ 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]) };
}

double
plot_color_lightness (PlotColor color)
{
  return lab_of (color).l;
}

static PlotColor
color_of (Lab lab)
{
  const double y = (lab.l + 16) / 116, f[] = { y + lab.a / 500, y, y - lab.b / 200 };
  double xyz[3], rgb[3];

  for (int i = 0; i < 3; i++)
    xyz[i] = white[i] * lab_inverse (f[i]);
  for (int i = 0; i < 3; i++)
    {
      rgb[i] = from_linear (from_xyz[i][0] * xyz[0] + from_xyz[i][1] * xyz[1]
                            + from_xyz[i][2] * xyz[2]);
      rgb[i] = MIN (MAX (rgb[i], 0), 1); /* between knots at the border of what a screen shows */
    }
  return (PlotColor){ rgb[0], rgb[1], rgb[2], 1 };
}

static Lab
knot (guint32 hex)
{
  return lab_of ((PlotColor){ (hex >> 16 & 255) / 255.0, (hex >> 8 & 255) / 255.0, (hex & 255) / 255.0,
                              1 });
}

static Lab
between (Lab from, Lab to, double t)
{
  return (Lab){ from.l + t * (to.l - from.l), from.a + t * (to.a - from.a),
                from.b + t * (to.b - from.b) };
}

/* At a lightness between those of the first and the last knot, which ascend. */
static Lab
at_lightness (const guint32 *knots, guint n, double l)
{
  guint i = 1;

  while (i < n - 1 && knot (knots[i]).l < l)
    i++;
  {
    Lab from = knot (knots[i - 1]), to = knot (knots[i]);

    return between (from, to, (l - from.l) / (to.l - from.l));
  }
}

static Lab
sequential (double t)
{
  guint n = G_N_ELEMENTS (viridis);
  double first = knot (viridis[0]).l, last = knot (viridis[n - 1]).l;

  return at_lightness (viridis, n, first + t * (last - first));
}

/* Both ends are made as light as the darker of them. */
static Lab
diverging (double t)
{
  Lab ends[] = { knot (cool_to_warm[0]), knot (cool_to_warm[2]) }, middle = knot (cool_to_warm[1]);

  ends[0].l = ends[1].l = MIN (ends[0].l, ends[1].l);
  return t < 0.5 ? between (ends[0], middle, 2 * t) : between (middle, ends[1], 2 * t - 1);
}

static Lab
grays (double t)
{
  return (Lab){ 15 + 80 * t, 0, 0 };
}

/* Same order as PlotColormap; grays behind. */
static Lab (*const maps[]) (double t) = { sequential, diverging, grays };

const PlotColor *
plot_colormap_shades (PlotColormap map, gboolean gray)
{
  static PlotColor shades[G_N_ELEMENTS (maps)][PLOT_N_SHADES];
  static gsize made = 0;

  g_return_val_if_fail (map < PLOT_N_COLORMAPS, NULL);

  if (g_once_init_enter (&made))
    {
      for (guint m = 0; m < G_N_ELEMENTS (maps); m++)
        for (guint i = 0; i < PLOT_N_SHADES; i++)
          shades[m][i] = color_of (maps[m](i / (PLOT_N_SHADES - 1.0)));
      g_once_init_leave (&made, 1);
    }
  return shades[gray ? PLOT_N_COLORMAPS : map];
}
