#pragma once

#include "plot-figure.h"

G_BEGIN_DECLS

typedef struct
{
  double r, g, b, a;
} PlotColor;

typedef struct
{
  PlotColor color;
  double band_alpha;
  double width;          /* pixels at scale 1 */
  const double *dash;    /* n_dash lengths in pixels, or NULL */
  int n_dash;
  enum { PLOT_MARK_NONE, PLOT_MARK_CIRCLE, PLOT_MARK_SQUARE, PLOT_MARK_DIAMOND, PLOT_MARK_TRIANGLE } mark;
} PlotLook;

/* A row of the table of themes: "light", "dark" (the screen's), "paper" (print, black on white,
 * serif-free, line widths for 85 mm columns) and "paper-gray" (tells series apart without colour). */
typedef struct
{
  const char *name;
  const char *label;     /* the caller translates it */
  PlotColor background, foreground, dim, grid, minor_grid, frame;
  const char *font;      /* family list, "Inter, Cantarell, sans-serif" */
  double font_size;      /* pixels at scale 1, tick labels; title and axis labels derive from it */
  PlotLook looks[PLOT_N_STYLES];
  gboolean gray;         /* nothing has a hue */
} PlotTheme;

/* How well two colours are told apart, 1 to 21, after WCAG 2. */
double plot_color_contrast (PlotColor a, PlotColor b);
PlotColor plot_color_mix (PlotColor a, PlotColor b, double share_of_b);

const PlotTheme *plot_themes (guint *n_themes);
const PlotTheme *plot_theme_find (const char *name); /* NULL if unknown */

G_END_DECLS
