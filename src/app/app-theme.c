#include "app-theme.h"

#include <adwaita.h>

/* Of lines against what is behind them: what WCAG 2 asks for of text in its strictest level. */
#define CONTRAST 7

#define HEAVIER 1.35
#define DENSER 1.5 /* of bands */

static void
make_look (PlotLook *look, const PlotTheme *theme)
{
  PlotColor color = look->color;

  for (double share = 0; plot_color_contrast (look->color, theme->background) < CONTRAST; share += 0.02)
    look->color = plot_color_mix (color, theme->foreground, share);
  look->width *= HEAVIER;
  look->band_alpha *= DENSER;
}

static PlotTheme
make_theme (gboolean dark)
{
  PlotTheme theme = *plot_theme_find (dark ? "dark" : "light");
  PlotColor black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };

  theme.background = dark ? black : white;
  theme.foreground = theme.dim = theme.frame = dark ? white : black;
  theme.grid = plot_color_mix (theme.background, theme.foreground, 0.3);
  theme.minor_grid = plot_color_mix (theme.background, theme.foreground, 0.12);
  for (int style = 0; style < PLOT_N_STYLES; style++)
    make_look (&theme.looks[style], &theme);

  return theme;
}

const PlotTheme *
app_theme_find (gboolean dark, gboolean high_contrast)
{
  static PlotTheme themes[2];
  static gsize made = 0;

  if (!high_contrast)
    return plot_theme_find (dark ? "dark" : "light");

  if (g_once_init_enter (&made))
    {
      themes[FALSE] = make_theme (FALSE);
      themes[TRUE] = make_theme (TRUE);
      g_once_init_leave (&made, 1);
    }

  return &themes[dark != FALSE];
}

const PlotTheme *
app_theme_of_desktop (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  return app_theme_find (adw_style_manager_get_dark (manager),
                         adw_style_manager_get_high_contrast (manager));
}
