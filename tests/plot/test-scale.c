#include "plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double
extent (const char *label, gpointer data)
{
  const char *end = strstr (label, "</sup>");
  double letters = g_utf8_strlen (label, -1) - (end != NULL ? 11 : 0);

  return letters * *(double *) data;
}

/* --- numbers --- */

static void
test_numbers (void)
{
  static const struct
  {
    double x;
    int digits;
    const char *want;
  } rows[] = {
    { 0.5, 3, "0.5" },
    { 1600, 2, "1600" },
    { 3.2e-5, 2, "3.2\u00a0×\u00a010⁻⁵" },
    { -0.25, 3, "−0.25" },
    { 9.99, 2, "10" },
    { 0, 4, "0" },
    { -0.0, 4, "0" },
    { 12345, 3, "12300" },
    { 123456, 3, "1.23\u00a0×\u00a010⁵" },
    { 123456, 7, "123456" },
    { 120000, 7, "1.2\u00a0×\u00a010⁵" },
    { 99999.9, 5, "10⁵" },
    { 1234567, 3, "1.23\u00a0×\u00a010⁶" },
    { 1e-12, 3, "10⁻¹²" },
    { -1e9, 3, "−10⁹" },
    { 0.0001, 2, "0.0001" },
    { 0.00099999, 2, "0.001" },
    { NAN, 3, "–" },
    { INFINITY, 3, "∞" },
    { -INFINITY, 3, "−∞" },
    { 1e300, 1, "10³⁰⁰" },
    { 0.1, 17, "0.10000000000000001" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *got = plot_format_number (rows[i].x, rows[i].digits);
      g_assert_cmpstr (got, ==, rows[i].want);
    }
}

#define assert_takes(string, expected)                                                             \
  G_STMT_START                                                                                     \
    {                                                                                              \
      g_autofree char *taken_ = (string);                                                          \
      g_assert_cmpstr (taken_, ==, expected);                                                      \
    }                                                                                              \
  G_STMT_END

/* Zeros that were measured stay. */
static void
test_measured (void)
{
  assert_takes (plot_format_measured (0.2, 3), "0.200");
  assert_takes (plot_format_measured (0.9996, 3), "1.00");
  assert_takes (plot_format_measured (33, 2), "33");
  assert_takes (plot_format_measured (183, 2), "180");
  assert_takes (plot_format_measured (2e-6, 2), "2.0\u00a0×\u00a010⁻⁶");
  assert_takes (plot_format_measured (1e-6, 2), "1.0\u00a0×\u00a010⁻⁶");
  assert_takes (plot_format_measured (1e-6, 1), "10⁻⁶");
  assert_takes (plot_format_measured (0, 3), "0");
  assert_takes (plot_format_measured (-0.25, 3), "−0.250");
  assert_takes (plot_format_fixed (-0.004, 2), "0.00");
  assert_takes (plot_format_fixed (-0.5, 2), "−0.50");
}

/* An uncertainty decides the digits of its number. */
static void
test_uncertain (void)
{
  assert_takes (plot_format_uncertain (-0.5863, 0.0048), "−0.586 ± 0.005");
  assert_takes (plot_format_uncertain (-0.5863, 0.0052), "−0.586 ± 0.005");
  assert_takes (plot_format_uncertain (-0.5863, 0.0034), "−0.5863 ± 0.0034");
  assert_takes (plot_format_uncertain (-0.5863, 0.0356), "−0.59 ± 0.04");
  assert_takes (plot_format_uncertain (-0.5863, 0.012), "−0.586 ± 0.012");
  assert_takes (plot_format_uncertain (-0.5863, 0.0098), "−0.586 ± 0.010");
  assert_takes (plot_format_uncertain (-0.5863, 0.00999), "−0.586 ± 0.010");
  assert_takes (plot_format_uncertain (-12.3, 4.2), "−12 ± 4");
  assert_takes (plot_format_uncertain (-123, 42), "−123 ± 42");
}

/* What entries show is what they read. */
static void
test_typed (void)
{
  static const char *const same[] = { "0.5", "−", "2.3e-06", "1e-05", "1e+06", "-4.25e+20", "inf",
                                      "1.0000000000000002e-300", "12", "" };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *shown = plot_format_typed (same[i]), *read = plot_parse_typed (shown);

      g_test_message ("%s", shown);
      g_assert_null (strchr (shown, 'e'));
      g_assert_cmpfloat (g_ascii_strtod (read, NULL), ==, g_ascii_strtod (same[i], NULL));
    }
  assert_takes (plot_format_typed ("2.3e-06"), "2.3\u00a0×\u00a010⁻⁶");
  assert_takes (plot_format_typed ("-1e+06"), "−10⁶");
  assert_takes (plot_parse_typed (" 2.3e-6 "), "2.3e-6");
  assert_takes (plot_parse_typed ("2.3·10^-6"), "2.3e-6");
  assert_takes (plot_parse_typed ("2.3 * 10^-6"), "2.3e-6");
  assert_takes (plot_parse_typed ("−2.3 × 10⁻⁶"), "-2.3e-6");
  assert_takes (plot_parse_typed ("10⁶"), "1e6");
  assert_takes (plot_parse_typed ("−1"), "-1");
  assert_takes (plot_parse_typed (" ∞ "), "inf");
  assert_takes (plot_parse_typed ("1 10⁶"), "1 10^6");
  assert_takes (plot_parse_typed ("2 ×"), "2 *");
  assert_takes (plot_parse_typed ("\xff"), "\xef\xbf\xbd");
}

/* The ticks of one axis have one form, wherever it begins and ends. */
static void
test_one_form (void)
{
  for (int first = -12; first < 12; first++)
    for (int last = first + 1; last < 14; last++)
      for (double length = 90; length < 1000; length *= 2)
        {
          double letter = 8, from = 0.7 * pow (10, first), to = 1.3 * pow (10, last);
          g_autoptr (GArray) ticks = plot_scale_log.locate (from, to, length, extent, &letter);
          guint plain = 0, powers = 0;

          for (guint i = 0; i < ticks->len; i++)
            {
              const char *label = g_array_index (ticks, PlotTick, i).label;

              if (label == NULL)
                continue;
              powers += strstr (label, "10<sup>") != NULL;
              plain += strstr (label, "10<sup>") == NULL;
            }
          g_test_message ("1e%d to 1e%d: %u plain, %u powers", first, last, plain, powers);
          g_assert_true (plain == 0 || powers == 0);
          g_assert_cmpuint (plain + powers, >, 0);
        }
}

/* --- tables --- */

static char *
labels_of (const PlotScale *scale, double lo, double hi, double length)
{
  double letter = 8;
  g_autoptr (GArray) ticks = scale->locate (lo, hi, length, extent, &letter);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    {
      const PlotTick *tick = &g_array_index (ticks, PlotTick, i);

      if (tick->label != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? " | " : "", tick->label);
    }
  return g_string_free (out, FALSE);
}

static void
test_tables (void)
{
  static const struct
  {
    const PlotScale *scale;
    double lo, hi, length;
    const char *want;
  } rows[] = {
    /* the axes of the double descent picture */
    { &plot_scale_log, 4.5, 1750, 920, "5 | 10 | 20 | 50 | 100 | 200 | 500 | 1000" },
    { &plot_scale_log, 0.008, 60, 680, "0.01 | 0.1 | 1 | 10" },
    { &plot_scale_log, 1e-3, 1e7, 700,
      "10<sup>−2</sup> | 10<sup>0</sup> | 10<sup>2</sup> | 10<sup>4</sup> | 10<sup>6</sup>" },
    { &plot_scale_log, 1e-28, 1, 700,
      "10<sup>−25</sup> | 10<sup>−20</sup> | 10<sup>−15</sup> | 10<sup>−10</sup> | 10<sup>−5</sup> "
      "| 10<sup>0</sup>" },
    /* learning curves: what was simulated, and how far the mean field goes */
    { &plot_scale_log, 60, 1090, 1200, "100 | 200 | 500 | 1000" },
    { &plot_scale_log, 60, 1090, 180, "100 | 200 | 500 | 1000" },
    { &plot_scale_log, 61, 2140, 300, "100 | 200 | 500 | 1000 | 2000" },
    { &plot_scale_log, 9, 1.1e5, 300,
      "10<sup>1</sup> | 10<sup>2</sup> | 10<sup>3</sup> | 10<sup>4</sup> | 10<sup>5</sup>" },
    { &plot_scale_log, 10, 1e10, 600,
      "10<sup>2</sup> | 10<sup>4</sup> | 10<sup>6</sup> | 10<sup>8</sup> | 10<sup>10</sup>" },
    { &plot_scale_log, 10, 1e10, 250, "10<sup>3</sup> | 10<sup>6</sup> | 10<sup>9</sup>" },
    { &plot_scale_log, 0.82, 0.91, 500, "0.82 | 0.84 | 0.86 | 0.88 | 0.90" },
    { &plot_scale_log, 1, 1e4, 600, "1 | 10 | 100 | 1000 | 10000" },
    { &plot_scale_log, 0.15, 3.1, 500, "0.2 | 0.5 | 1 | 2" },
    { &plot_scale_linear, 0, 1, 500, "0 | 0.2 | 0.4 | 0.6 | 0.8 | 1.0" },
    { &plot_scale_linear, -3.2, 3.2, 800, "−3 | −2 | −1 | 0 | 1 | 2 | 3" },
    { &plot_scale_linear, 0, 3e7, 700,
      "0 | 0.5 × 10<sup>7</sup> | 1.0 × 10<sup>7</sup> | 1.5 × 10<sup>7</sup> | "
      "2.0 × 10<sup>7</sup> | 2.5 × 10<sup>7</sup> | 3.0 × 10<sup>7</sup>" },
    { &plot_scale_linear, 0, 0.3, 300, "0 | 0.1 | 0.2 | 0.3" },
    { &plot_scale_linear, 1.000001, 1.000002, 700,
      "1.0000010 | 1.0000012 | 1.0000014 | 1.0000016 | 1.0000018 | 1.0000020" },
    { &plot_scale_log, 1.2, 1.21, 500, "1.200 | 1.202 | 1.204 | 1.206 | 1.208 | 1.210" },
    { &plot_scale_index, 0.5, 24.5, 600, "5 | 10 | 15 | 20" },
    { &plot_scale_index, 0.5, 24.5, 1100, "2 | 4 | 6 | 8 | 10 | 12 | 14 | 16 | 18 | 20 | 22 | 24" },
    { &plot_scale_index, 0.5, 4.5, 900, "1 | 2 | 3 | 4" },
    { &plot_scale_index, 0.5, 2.5, 900, "1 | 2" },
    { &plot_scale_index, 0.5, 1.5, 900, "1" },
    { &plot_scale_index, 0.5, 1000.5, 500, "200 | 400 | 600 | 800 | 1000" },
    { &plot_scale_linear, -1.2, 0.7, 500, "−1.0 | −0.5 | 0 | 0.5" },
    { &plot_scale_linear, -0.031, -0.009, 500, "−0.030 | −0.025 | −0.020 | −0.015 | −0.010" },
    { &plot_scale_degrees, 0, 180, 700, "0° | 30° | 60° | 90° | 120° | 150° | 180°" },
    { &plot_scale_degrees, 0, 180, 400, "0° | 45° | 90° | 135° | 180°" },
    { &plot_scale_degrees, -180, 180, 600,
      "−180° | −135° | −90° | −45° | 0° | 45° | 90° | 135° | 180°" },
    { &plot_scale_degrees, -187.2, 187.2, 400, "−180° | −90° | 0° | 90° | 180°" },
    { &plot_scale_degrees, -187.2, 187.2, 200, "−180° | 0° | 180°" },
    { &plot_scale_degrees, 10, 100, 400, "15° | 30° | 45° | 60° | 75° | 90°" },
    { &plot_scale_degrees, 20, 50, 400, "20° | 25° | 30° | 35° | 40° | 45° | 50°" },
    { &plot_scale_degrees, 44, 46.2, 400, "44.0° | 44.5° | 45.0° | 45.5° | 46.0°" },
    { &plot_scale_degrees, -900, 900, 500, "−720° | −360° | 0° | 360° | 720°" },
    { &plot_scale_linear, 99.9995, 100.0005, 500,
      "99.9996 | 99.9998 | 100.0000 | 100.0002 | 100.0004" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *got = labels_of (rows[i].scale, rows[i].lo, rows[i].hi, rows[i].length);
      g_assert_cmpstr (got, ==, rows[i].want);
    }
}

/* --- hard axes; test-ticks has the random ones --- */

/* Short axes, deep zooms and nonsense: fewer ticks or none, never a crash or an overlap. */
static void
test_hard_axes (void)
{
  static const double ranges[][2] = {
    { 0, 0 },
    { 1, -1 },
    { NAN, 1 },
    { 0, INFINITY },
    { -1e308, 1e308 },
    { 1, 1 + 1e-15 },
    { 1e300, 2e300 },
    { 1e-320, 1e300 },
    { -5, 5 },
    { 1e-300, 1e-299 },
    { 1e15, 1e15 + 1 },
    { 4e-324, 1e-323 },
    { 0.1, 0.1000000001 },
    { 1e-5, 1e5 },
  };
  static const double lengths[] = { 0, 1, 5, 20, 60, 3000, NAN };

  for (guint r = 0; r < G_N_ELEMENTS (ranges); r++)
    for (guint l = 0; l < G_N_ELEMENTS (lengths); l++)
      for (int log = 0; log < 2; log++)
        {
          double letter = 8;
          const PlotScale *scale = log ? &plot_scale_log : &plot_scale_linear;
          g_autoptr (GArray)
            ticks = scale->locate (ranges[r][0], ranges[r][1], lengths[l], extent, &letter);
          double end = -INFINITY;

          g_assert_cmpuint (ticks->len, <, 200);
          for (guint i = 0; i < ticks->len; i++)
            {
              const PlotTick *tick = &g_array_index (ticks, PlotTick, i);
              double from = scale->forward (ranges[r][0]), to = scale->forward (ranges[r][1]);
              double at = (scale->forward (tick->value) - from) / (to - from) * lengths[l];
              double half = tick->label != NULL ? extent (tick->label, &letter) / 2 : 0;

              if (tick->label == NULL)
                continue;
              g_assert_cmpfloat (at - half, >=, end - 1e-6);
              end = at + half;
            }
        }
}

static void
test_inverse (void)
{
  for (double x = 1e-20; x < 1e20; x *= 3.7)
    {
      g_assert_cmpfloat_with_epsilon (plot_scale_log.inverse (plot_scale_log.forward (x)), x,
                                      1e-12 * x);
      g_assert_cmpfloat (plot_scale_linear.inverse (plot_scale_linear.forward (-x)), ==, -x);
    }
  g_assert_true (isnan (plot_scale_log.forward (0)));
  g_assert_true (isnan (plot_scale_log.forward (-1)));
  g_assert_true (isnan (plot_scale_log.forward (NAN)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/scale/numbers", test_numbers);
  g_test_add_func ("/plot/scale/measured", test_measured);
  g_test_add_func ("/plot/scale/uncertain", test_uncertain);
  g_test_add_func ("/plot/scale/typed", test_typed);
  g_test_add_func ("/plot/scale/one-form", test_one_form);
  g_test_add_func ("/plot/scale/tables", test_tables);
  g_test_add_func ("/plot/scale/hard-axes", test_hard_axes);
  g_test_add_func ("/plot/scale/inverse", test_inverse);
  return g_test_run ();
}
