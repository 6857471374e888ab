#include "plot-theme.h"

#include <glib/gi18n-lib.h>

/* Colours after Okabe and Ito, darkened on white and lightened on black until a line stands out
 * at 3:1 and text at 4.5:1. Blue against brown stays apart under every colour blindness; dashes
 * and marks say the same again. */

#define RGB(hex)                                                                                   \
  {                                                                                                \
    ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex) &255) / 255.0, 1               \
  }

#define FONT "Inter, Cantarell, sans-serif"
#define DASH(array) (array), G_N_ELEMENTS (array)
#define SOLID NULL, 0

/* Apart without colour: by rhythm, and dashes alone by lengths of a ratio of 1.8. */
static const double dash_contrast[] = { 3.2, 3 };
static const double dash_theory[] = { 6, 3.5 };
static const double dash_primary[] = { 11, 4 };
static const double dash_long[] = { 20, 3 };
static const double dash_limit[] = { 9, 3, 1.5, 3 };
static const double dash_two_dot[] = { 7, 2.5, 7, 2.5, 1.5, 2.5 };
static const double dash_three_dots[] = { 8, 2.5, 1.5, 2.5, 1.5, 2.5, 1.5, 2.5 };
static const double dash_long_short[] = { 11, 2.5, 4, 2.5 };
static const double dash_dots[] = { 1.5, 2.5 };
static const double dash_beads[] = { 1.5, 2, 1.5, 5 };

/* Pins lie behind: none is without a wide gap. */
static const double dash_pin_two[] = { 7, 2, 7, 7 };
static const double dash_pin_three[] = { 3.5, 2, 3.5, 2, 3.5, 7 };
static const double dash_pin_dot[] = { 7, 2, 1.8, 7 };
static const double dash_pin_sparse[] = { 4.8, 7 };

/* The same codes at the size of a printed column. */
static const double print_contrast[] = { 2.1, 2 };
static const double print_theory[] = { 4, 2.2 };
static const double print_primary[] = { 7.3, 2.6 };
static const double print_long[] = { 13.2, 2 };
static const double print_limit[] = { 6, 2, 1, 2 };
static const double print_two_dot[] = { 4.7, 1.7, 4.7, 1.7, 1, 1.7 };
static const double print_three_dots[] = { 5.4, 1.7, 1, 1.7, 1, 1.7, 1, 1.7 };
static const double print_long_short[] = { 7.3, 1.7, 2.7, 1.7 };
static const double print_dots[] = { 1, 1.8 };
static const double print_beads[] = { 1, 1.4, 1, 3.4 };
static const double print_pin_two[] = { 4.7, 1.4, 4.7, 4.7 };
static const double print_pin_three[] = { 2.4, 1.4, 2.4, 1.4, 2.4, 4.7 };
static const double print_pin_dot[] = { 4.7, 1.4, 1.2, 4.7 };
static const double print_pin_sparse[] = { 3.2, 4.7 };

/* Pins: colours repeat after five and dashes after four, both after twenty. None is solid: that is
 * the present curve. */
#define PIN(i, hex, width, ...)                                                                    \
  [PLOT_STYLE_PIN_1 + (i)] = { RGB (hex), 0.08, (width), __VA_ARGS__, PLOT_MARK_NONE }

#define PINS(width, size, a, b, c, d, e)                                                           \
  PIN (0, a, width, DASH (size##_two)), PIN (1, b, width, DASH (size##_three)),                   \
  PIN (2, c, width, DASH (size##_dot)), PIN (3, d, width, DASH (size##_sparse)),                   \
  PIN (4, e, width, DASH (size##_two)), PIN (5, a, width, DASH (size##_three)),                   \
  PIN (6, b, width, DASH (size##_dot)), PIN (7, c, width, DASH (size##_sparse)),                   \
  PIN (8, d, width, DASH (size##_two)), PIN (9, e, width, DASH (size##_three)),                   \
  PIN (10, a, width, DASH (size##_dot)), PIN (11, b, width, DASH (size##_sparse)),                 \
  PIN (12, c, width, DASH (size##_two)), PIN (13, d, width, DASH (size##_three)),                 \
  PIN (14, e, width, DASH (size##_dot)), PIN (15, a, width, DASH (size##_sparse)),                 \
  PIN (16, b, width, DASH (size##_two)), PIN (17, c, width, DASH (size##_three)),                 \
  PIN (18, d, width, DASH (size##_dot)), PIN (19, e, width, DASH (size##_sparse))

static const PlotTheme themes[] = {
  {
    .name = "light",
    .label = N_("Light"),
    .background = RGB (0xffffff),
    .foreground = RGB (0x242428),
    .dim = RGB (0x66666c),
    .grid = RGB (0xe2e2e5),
    .minor_grid = RGB (0xf1f1f3),
    .frame = RGB (0x88888d),
    .font = FONT,
    .font_size = 13,
    .looks = {
      [PLOT_STYLE_PRIMARY] = { RGB (0x1c71d8), 0.22, 2.4, SOLID, PLOT_MARK_CIRCLE },
      [PLOT_STYLE_SECONDARY] = { RGB (0x6e3c0c), 0.16, 1.8, SOLID, PLOT_MARK_SQUARE },
      [PLOT_STYLE_THEORY] = { RGB (0x18181b), 0.10, 1.5, DASH (dash_theory), PLOT_MARK_NONE },
      [PLOT_STYLE_LIMIT] = { RGB (0x5e5c64), 0.10, 1.5, DASH (dash_limit), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_1] = { RGB (0xd4482c), 0.16, 1.6, SOLID, PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_2] = { RGB (0xc2489d), 0.16, 1.6, DASH (dash_long), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_3] = { RGB (0xc27c0e), 0.16, 1.6, DASH (dash_three_dots), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_4] = { RGB (0x2a9a50), 0.16, 1.6, DASH (dash_long_short), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_5] = { RGB (0x0f94c4), 0.16, 1.8, DASH (dash_dots), PLOT_MARK_NONE },
      [PLOT_STYLE_CONTRAST] = { RGB (0xc8440f), 0.20, 2.4, SOLID, PLOT_MARK_DIAMOND },
      [PLOT_STYLE_PRIMARY_THEORY] = { RGB (0x1c71d8), 0.10, 1.7, DASH (dash_primary), PLOT_MARK_NONE },
      [PLOT_STYLE_CONTRAST_THEORY] = { RGB (0xc8440f), 0.10, 1.7, DASH (dash_contrast), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_6] = { RGB (0x0b7a75), 0.16, 1.6, DASH (dash_two_dot), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_7] = { RGB (0x7a4fd0), 0.16, 1.6, DASH (dash_beads), PLOT_MARK_NONE },
      PINS (1.4, dash_pin, 0x3d998a, 0xc8647a, 0x8f8a2c, 0xa761a6, 0x7686a0),
    },
  },
  {
    .name = "dark",
    .label = N_("Dark"),
    .background = RGB (0x1d1d20),
    .foreground = RGB (0xf0f0f2),
    .dim = RGB (0xa9a9b0),
    .grid = RGB (0x38383c),
    .minor_grid = RGB (0x29292c),
    .frame = RGB (0x87878c),
    .font = FONT,
    .font_size = 13,
    .looks = {
      [PLOT_STYLE_PRIMARY] = { RGB (0x62a0ea), 0.28, 2.4, SOLID, PLOT_MARK_CIRCLE },
      [PLOT_STYLE_SECONDARY] = { RGB (0xe2c9b1), 0.20, 1.8, SOLID, PLOT_MARK_SQUARE },
      [PLOT_STYLE_THEORY] = { RGB (0xf6f5f4), 0.12, 1.5, DASH (dash_theory), PLOT_MARK_NONE },
      [PLOT_STYLE_LIMIT] = { RGB (0xb6b4ba), 0.12, 1.5, DASH (dash_limit), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_1] = { RGB (0xf0654a), 0.20, 1.6, SOLID, PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_2] = { RGB (0xe07cc0), 0.20, 1.6, DASH (dash_long), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_3] = { RGB (0xf5b83d), 0.20, 1.6, DASH (dash_three_dots), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_4] = { RGB (0x3fb068), 0.20, 1.6, DASH (dash_long_short), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_5] = { RGB (0x56c6f0), 0.20, 1.8, DASH (dash_dots), PLOT_MARK_NONE },
      [PLOT_STYLE_CONTRAST] = { RGB (0xf4793b), 0.26, 2.4, SOLID, PLOT_MARK_DIAMOND },
      [PLOT_STYLE_PRIMARY_THEORY] = { RGB (0x62a0ea), 0.10, 1.7, DASH (dash_primary), PLOT_MARK_NONE },
      [PLOT_STYLE_CONTRAST_THEORY] = { RGB (0xf4793b), 0.10, 1.7, DASH (dash_contrast), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_6] = { RGB (0x4fc1b9), 0.20, 1.6, DASH (dash_two_dot), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_7] = { RGB (0xb9a3f2), 0.20, 1.6, DASH (dash_beads), PLOT_MARK_NONE },
      PINS (1.4, dash_pin, 0x5fb8a8, 0xd98a9b, 0xb8b35a, 0xc08bc6, 0x93a3bd),
    },
  },
  {
    .name = "paper",
    .label = N_("Paper, in colour"),
    .background = RGB (0xffffff),
    .foreground = RGB (0x000000),
    .dim = RGB (0x333333),
    .grid = RGB (0xdcdcdc),
    .minor_grid = RGB (0xf2f2f2),
    .frame = RGB (0x000000),
    .font = FONT,
    .font_size = 10.5,
    .looks = {
      [PLOT_STYLE_PRIMARY] = { RGB (0x0d5fc0), 0.22, 1.5, SOLID, PLOT_MARK_CIRCLE },
      [PLOT_STYLE_SECONDARY] = { RGB (0x6e3c0c), 0.16, 1.2, SOLID, PLOT_MARK_SQUARE },
      [PLOT_STYLE_THEORY] = { RGB (0x000000), 0.10, 1.1, DASH (print_theory), PLOT_MARK_NONE },
      [PLOT_STYLE_LIMIT] = { RGB (0x555555), 0.10, 1.1, DASH (print_limit), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_1] = { RGB (0xc93a1c), 0.16, 1.1, SOLID, PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_2] = { RGB (0xb23a8e), 0.16, 1.1, DASH (print_long), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_3] = { RGB (0xb87000), 0.16, 1.1, DASH (print_three_dots), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_4] = { RGB (0x1d8a43), 0.16, 1.1, DASH (print_long_short), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_5] = { RGB (0x0a86b4), 0.16, 1.3, DASH (print_dots), PLOT_MARK_NONE },
      [PLOT_STYLE_CONTRAST] = { RGB (0xc2410c), 0.20, 1.5, SOLID, PLOT_MARK_DIAMOND },
      [PLOT_STYLE_PRIMARY_THEORY] = { RGB (0x0d5fc0), 0.10, 1.1, DASH (print_primary), PLOT_MARK_NONE },
      [PLOT_STYLE_CONTRAST_THEORY] = { RGB (0xc2410c), 0.10, 1.1, DASH (print_contrast), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_6] = { RGB (0x0a6b66), 0.16, 1.1, DASH (print_two_dot), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_7] = { RGB (0x6440b8), 0.16, 1.1, DASH (print_beads), PLOT_MARK_NONE },
      PINS (0.9, print_pin, 0x2f8f80, 0xbf566d, 0x857f20, 0x9a519a, 0x68789a),
    },
  },
  {
    .name = "paper-gray",
    .label = N_("Paper, in grays"),
    .gray = TRUE,
    .background = RGB (0xffffff),
    .foreground = RGB (0x000000),
    .dim = RGB (0x333333),
    .grid = RGB (0xdcdcdc),
    .minor_grid = RGB (0xf2f2f2),
    .frame = RGB (0x000000),
    .font = FONT,
    .font_size = 10.5,
    .looks = {
      [PLOT_STYLE_PRIMARY] = { RGB (0x000000), 0.16, 1.6, SOLID, PLOT_MARK_CIRCLE },
      [PLOT_STYLE_SECONDARY] = { RGB (0x6e6e6e), 0.14, 1.3, SOLID, PLOT_MARK_SQUARE },
      [PLOT_STYLE_THEORY] = { RGB (0x000000), 0.10, 1.1, DASH (print_theory), PLOT_MARK_NONE },
      [PLOT_STYLE_LIMIT] = { RGB (0x555555), 0.10, 1.1, DASH (print_limit), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_1] = { RGB (0x3b3b3b), 0.14, 1.1, SOLID, PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_2] = { RGB (0x4a4a4a), 0.14, 1.0, DASH (print_long), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_3] = { RGB (0x767676), 0.14, 1.2, DASH (print_three_dots), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_4] = { RGB (0x333333), 0.14, 1.0, DASH (print_long_short), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_5] = { RGB (0x222222), 0.14, 1.2, DASH (print_dots), PLOT_MARK_NONE },
      [PLOT_STYLE_CONTRAST] = { RGB (0x787878), 0.16, 1.6, SOLID, PLOT_MARK_DIAMOND },
      [PLOT_STYLE_PRIMARY_THEORY] = { RGB (0x000000), 0.10, 1.1, DASH (print_primary), PLOT_MARK_NONE },
      [PLOT_STYLE_CONTRAST_THEORY] = { RGB (0x787878), 0.10, 1.1, DASH (print_contrast), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_6] = { RGB (0x5a5a5a), 0.14, 1.1, DASH (print_two_dot), PLOT_MARK_NONE },
      [PLOT_STYLE_ACCENT_7] = { RGB (0x333333), 0.14, 1.1, DASH (print_beads), PLOT_MARK_NONE },
      PINS (0.9, print_pin, 0x474747, 0x949494, 0x262626, 0x6a6a6a, 0x000000),
    },
  },
};

const PlotTheme *
plot_themes (guint *n_themes)
{
  if (n_themes != NULL)
    *n_themes = G_N_ELEMENTS (themes);
  return themes;
}

const PlotTheme *
plot_theme_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    if (g_strcmp0 (themes[i].name, name) == 0)
      return &themes[i];
  return NULL;
}
