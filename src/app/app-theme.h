#pragma once

#include <plot.h>

G_BEGIN_DECLS

/* How figures look on the screen, light or dark. In high contrast text and axes are black on white or
 * white on black, and lines are heavier and stand out at 7:1. Static. */
const PlotTheme *app_theme_find (gboolean dark, gboolean high_contrast);

/* The one of the desktop's style. */
const PlotTheme *app_theme_of_desktop (void);

G_END_DECLS
