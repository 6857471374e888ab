#include "plot-ticks-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MINUS "\342\210\222"
#define TIMES "\303\227"
#define INFINITE "\342\210\236"
#define MISSING "\342\200\223"

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

const PlotScale plot_scale_linear = { "linear", identity, identity, plot_ticks_linear };
const PlotScale plot_scale_log = { "log", log_forward, log_inverse, plot_ticks_log };
const PlotScale plot_scale_degrees = { "degrees", identity, identity, plot_ticks_degrees };

/* The decimal point is '.' in every locale: a figure is the same wherever it is drawn. */
char *
plot_print_plain (double x, int decimals)
{
  char format[16], digits[G_ASCII_DTOSTR_BUF_SIZE + 400];

  g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 0, 320));
  g_ascii_formatd (digits, sizeof digits, format, fabs (x));
  /* no minus before a number that prints as zero */
  return g_strconcat (x < 0 && strpbrk (digits, "123456789") != NULL ? MINUS : "", digits, NULL);
}

char *
plot_print_power (double mantissa, int decimals, int exponent)
{
  g_autofree char *front = plot_print_plain (mantissa, decimals);
  const char *minus = exponent < 0 ? MINUS : "";

  if (mantissa == 0)
    return g_strdup ("0");
  if (fabs (mantissa) == 1 && decimals == 0)
    return g_strdup_printf ("%s10<sup>%s%d</sup>", mantissa < 0 ? MINUS : "", minus,
                            abs (exponent));
  return g_strdup_printf ("%s " TIMES " 10<sup>%s%d</sup>", front, minus, abs (exponent));
}

/* Decimals of a mantissa printed with %e that are not trailing zeros. */
static int
significant_decimals (const char *scientific)
{
  const char *end = strchr (scientific, 'e');
  const char *point = strchr (scientific, '.');

  if (point == NULL)
    return 0;
  while (end[-1] == '0')
    end--;
  return end - point - 1;
}

char *
plot_format_number (double x, int digits)
{
  char format[16], scientific[64];
  int exponent, decimals;

  if (isnan (x))
    return g_strdup (MISSING);
  if (isinf (x))
    return g_strdup (x < 0 ? MINUS INFINITE : INFINITE);

  /* rounding first: 9.99 with two digits is a 10 */
  g_snprintf (format, sizeof format, "%%.%de", CLAMP (digits, 1, 17) - 1);
  g_ascii_formatd (scientific, sizeof scientific, format, x);
  exponent = atoi (strchr (scientific, 'e') + 1);
  decimals = significant_decimals (scientific);
  if (exponent >= -4 && exponent < 6)
    return plot_print_plain (g_ascii_strtod (scientific, NULL), MAX (0, decimals - exponent));

  *strchr (scientific, 'e') = '\0';
  return plot_print_power (g_ascii_strtod (scientific, NULL), decimals, exponent);
}
