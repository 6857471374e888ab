/* Numbers as people write them, the same in sentences, read-outs, entries, notes, labels and ticks. */

#include "plot-number.h"

#include "plot-ticks-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MINUS "−"
#define INFINITE "∞"
#define MISSING "–"
#define NO_BREAK "\u00a0"
#define TIMES NO_BREAK "×" NO_BREAK

static const char *const superscripts[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
#define SUPERSCRIPT_MINUS "⁻"

/* The decimal point is '.' in every locale: a figure is the same wherever it is drawn. */
char *
plot_format_fixed (double x, int decimals)
{
  char format[16], digits[G_ASCII_DTOSTR_BUF_SIZE + 400];

  g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 0, 320));
  g_ascii_formatd (digits, sizeof digits, format, fabs (x));
  /* no minus before a number that prints as zero */
  return g_strconcat (x < 0 && strpbrk (digits, "123456789") != NULL ? MINUS : "", digits, NULL);
}

/* Digits of an exponent raised by the characters themselves, which any text can hold. */
static char *
raise_exponent (int exponent)
{
  g_autofree char *text = g_strdup_printf ("%d", exponent);
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    g_string_append (out, *p == '-' ? SUPERSCRIPT_MINUS : superscripts[*p - '0']);
  return g_string_free (out, FALSE);
}

/* @front: the mantissa; one of "1" alone is left out. */
static char *
join_power (const char *front, const char *times, const char *exponent)
{
  const char *digits = g_str_has_prefix (front, MINUS) ? front + strlen (MINUS) : front;

  if (!g_str_equal (digits, "1"))
    return g_strconcat (front, times, "10", exponent, NULL);
  return g_strconcat (digits > front ? MINUS : "", "10", exponent, NULL);
}

char *
plot_print_power (double mantissa, int decimals, int exponent)
{
  g_autofree char *front = plot_format_fixed (mantissa, decimals);
  g_autofree char *raised = g_strdup_printf ("<sup>%s%d</sup>", exponent < 0 ? MINUS : "",
                                             abs (exponent));

  return mantissa == 0 ? g_strdup ("0") : join_power (front, " × ", raised);
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

/* `decimals`: of the mantissa. Whole numbers that ask for all their digits are written out. */
static gboolean
is_plain (int exponent, int decimals)
{
  return (exponent >= PLOT_LEAST_PLAIN && exponent <= PLOT_MOST_PLAIN)
         || (exponent > 0 && decimals >= exponent);
}

static char *
write_number (double x, int digits, gboolean keep_zeros)
{
  char format[16], scientific[64];
  int exponent, decimals;
  g_autofree char *front = NULL, *raised = NULL;

  if (isnan (x))
    return g_strdup (MISSING);
  if (isinf (x))
    return g_strdup (x < 0 ? MINUS INFINITE : INFINITE);
  if (x == 0)
    return g_strdup ("0");

  /* rounding first: 9.99 with two digits is a 10 */
  digits = CLAMP (digits, 1, 17);
  g_snprintf (format, sizeof format, "%%.%de", digits - 1);
  g_ascii_formatd (scientific, sizeof scientific, format, x);
  exponent = atoi (strchr (scientific, 'e') + 1);
  decimals = keep_zeros ? digits - 1 : significant_decimals (scientific);
  if (is_plain (exponent, decimals))
    return plot_format_fixed (g_ascii_strtod (scientific, NULL), MAX (0, decimals - exponent));

  *strchr (scientific, 'e') = '\0';
  front = plot_format_fixed (g_ascii_strtod (scientific, NULL), decimals);
  raised = raise_exponent (exponent);
  return join_power (front, TIMES, raised);
}

char *
plot_format_number (double x, int digits)
{
  return write_number (x, digits, FALSE);
}

char *
plot_format_measured (double x, int digits)
{
  return write_number (x, digits, TRUE);
}

/* Decimals of an uncertainty, and so of its number. */
static int
uncertain_decimals (double half)
{
  char text[32];
  int front, exponent;

  g_ascii_formatd (text, sizeof text, "%.1e", half);
  exponent = atoi (strchr (text, 'e') + 1);
  front = 10 * (text[0] - '0') + (text[2] - '0');
  return MAX (0, front <= 35 ? 1 - exponent : -exponent);
}

char *
plot_format_uncertain (double x, double half)
{
  int decimals = half > 0 && isfinite (half) ? uncertain_decimals (half) : 2;
  g_autofree char *value = plot_format_fixed (x, decimals);
  g_autofree char *range = plot_format_fixed (half, decimals);

  return g_strconcat (value, " ± ", range, NULL);
}

static char *
sign (const char *number, gsize length)
{
  gboolean minus = *number == '-';

  return g_strdup_printf ("%s%.*s", minus ? MINUS : "", (int) length - minus, number + minus);
}

char *
plot_format_typed (const char *number)
{
  const char *e = strchr (number, 'e');
  g_autofree char *front = NULL, *raised = NULL;

  if (g_str_equal (number, "inf"))
    return g_strdup (INFINITE);
  if (e == NULL)
    return sign (number, strlen (number));
  front = sign (number, e - number);
  raised = raise_exponent (atoi (e + 1));
  return join_power (front, TIMES, raised);
}

/* ---- Reading ---- */

/* What programs read for a character of text; raised digits with '^' before the first. */
static void
append_plain (GString *out, gunichar c, gboolean *raised)
{
  int digit = 0;
  gboolean minus = c == g_utf8_get_char (SUPERSCRIPT_MINUS);

  while (digit < 10 && g_utf8_get_char (superscripts[digit]) != c)
    digit++;
  if ((minus || digit < 10) && !*raised)
    g_string_append_c (out, '^');
  *raised = minus || digit < 10;
  if (*raised)
    g_string_append_c (out, minus ? '-' : '0' + digit);
  else if (c == g_utf8_get_char (MINUS))
    g_string_append_c (out, '-');
  else if (c == g_utf8_get_char ("×") || c == g_utf8_get_char ("·"))
    g_string_append_c (out, '*');
  else if (g_unichar_isspace (c))
    g_string_append_c (out, ' ');
  else
    g_string_append_unichar (out, c);
}

static char *
simplify (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean raised = FALSE;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    append_plain (out, g_utf8_get_char (p), &raised);
  return g_strdup (g_strstrip (out->str));
}

/* "-2.3 * 10^-6"; anything else as it is. */
static char *
read_power (const GRegex *power, const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *sign = NULL, *front = NULL, *exponent = NULL;

  if (!g_regex_match (power, text, 0, &match))
    return g_strdup (text);
  sign = g_match_info_fetch (match, 1);
  front = g_match_info_fetch (match, 2);
  exponent = g_match_info_fetch (match, 3);
  return g_strconcat (sign, *front != '\0' ? front : "1", "e", exponent, NULL);
}

char *
plot_parse_typed (const char *text)
{
  static GRegex *power = NULL;
  g_autofree char *simple = simplify (text);

  if (g_str_equal (simple, INFINITE))
    return g_strdup ("inf");
  if (g_once_init_enter (&power))
    g_once_init_leave (&power, g_regex_new ("^(-?)(?:([0-9.]+) *\\* *)?10\\^([-+]?[0-9]+)$",
                                            G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL));
  return read_power (power, simple);
}
