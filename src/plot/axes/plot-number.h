#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one way in which numbers are written for people. All of it is plain text in UTF-8 that is valid
 * Pango markup too, with '.' and the typographic minus in every locale: "0.5", "1600", "−0.25",
 * "2.3 × 10⁻⁶" (which no line breaks), "∞", and "–" for NaN. Powers of ten stand below 0.0001 and from
 * 100000 on, except for whole numbers that need all the digits asked for ("123456"). Free with g_free(). */

#define PLOT_LEAST_PLAIN (-4) /* exponents of ten of what is written out */
#define PLOT_MOST_PLAIN 4

/* @digits significant ones, without zeros at the end: what somebody has set, "0.5". */
char *plot_format_number (double x, int digits);
/* The same with these zeros: what was measured to so many digits, "0.500". Zero is "0". */
char *plot_format_measured (double x, int digits);
/* @decimals places, whatever the size: slopes, "−0.50". */
char *plot_format_fixed (double x, int decimals);
/* "−0.586 ± 0.005": the first two digits of the uncertainty @half decide how many both have. From 10 to 35
 * both are written, above one of them (as the Particle Data Group rounds). */
char *plot_format_uncertain (double x, double half);

/* A number as programs write it in the same dress, all its digits kept: "2.3e-06" becomes "2.3 × 10⁻⁶",
 * "inf" "∞"; and back, from what the other way gives and what people type: "2.3e-6", "2.3·10^-6", "−1", "∞".
 * What is no number comes back as it is, to be refused. */
char *plot_format_typed (const char *number);
char *plot_parse_typed (const char *text);

G_END_DECLS
