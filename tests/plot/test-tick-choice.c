/* Which numbers an axis gets, where people would agree. */

#include <plot.h>
#include <string.h>

/* Eight pixels a letter and as much between labels. */
static double
extent (const char *label, gpointer data)
{
  const char *tags = strstr (label, "<sup>") != NULL ? "<sup></sup>" : "";

  return 8 * (g_utf8_strlen (label, -1) - strlen (tags)) + 8;
}

static const struct
{
  const PlotScale *scale;
  double lo, hi, length;
  const char *labelled; /* values of the ticks with labels */
  guint minor;
} axes[] = {
  /* within a decade and over two: 1, 2, 5 */
  { &plot_scale_log, 1, 10, 600, "1 2 5 10", 6 },
  { &plot_scale_log, 1, 100, 600, "1 2 5 10 20 50 100", 12 },
  { &plot_scale_log, 2, 30, 600, "2 5 10 20", 7 },
  { &plot_scale_log, 0.3, 7, 600, "0.5 1 2 5", 10 },
  { &plot_scale_log, 0.05, 3, 300, "0.05 0.1 0.2 0.5 1 2", 11 },
  { &plot_scale_log, 5, 400, 250, "5 10 20 50 100 200", 12 },
  { &plot_scale_log, 0.01, 0.08, 500, "0.01 0.02 0.05", 5 },
  { &plot_scale_log, 1, 9, 300, "1 2 5", 6 },
  /* far from 1 numbers are long: decades rather than 1, 2, 5 */
  { &plot_scale_log, 1e-8, 1e-6, 600, "1e-08 1e-07 1e-06", 16 },
  { &plot_scale_log, 1e7, 1e9, 600, "1e+07 1e+08 1e+09", 16 },
  /* decades, then every third, every tenth */
  { &plot_scale_log, 1, 1000, 600, "1 10 100 1000", 24 },
  { &plot_scale_log, 1, 1e6, 600, "1 10 100 1000 10000 100000 1e+06", 12 },
  { &plot_scale_log, 1e-3, 1e3, 600, "0.001 0.01 0.1 1 10 100 1000", 12 },
  { &plot_scale_log, 1, 1e12, 600, "1 1000 1e+06 1e+09 1e+12", 32 },
  { &plot_scale_log, 1e-30, 1e30, 600, "1e-30 1e-20 1e-10 1 1e+10 1e+20 1e+30", 54 },
  /* in less than a decade even steps, if 1, 2, 5 leave few */
  { &plot_scale_log, 20, 80, 600, "20 30 40 50 60 70 80", 0 },
  { &plot_scale_log, 30, 50, 600, "30 35 40 45 50", 16 },
  { &plot_scale_log, 1.5, 6, 400, "2 4 6", 7 },
  /* linear: 1, 2, 5 times a power of ten */
  { &plot_scale_linear, 1, 10, 600, "2 4 6 8 10", 14 },
  { &plot_scale_linear, 1, 100, 600, "20 40 60 80 100", 15 },
  { &plot_scale_linear, 20, 80, 600, "20 30 40 50 60 70 80", 24 },
  { &plot_scale_linear, 5, 400, 250, "100 200 300 400", 4 },
  { &plot_scale_linear, 0.01, 0.08, 500, "0.02 0.04 0.06 0.08", 11 },
  { &plot_scale_linear, 1e-8, 1e-6, 600, "2e-07 4e-07 6e-07 8e-07 1e-06", 15 },
  /* degrees: parts of a turn, and decimal steps within */
  { &plot_scale_degrees, -180, 180, 600, "-180 -135 -90 -45 0 45 90 135 180", 16 },
  { &plot_scale_degrees, -180, 180, 250, "-180 0 180", 6 },
  { &plot_scale_degrees, 1, 100, 600, "15 30 45 60 75 90", 14 },
  { &plot_scale_degrees, 20, 80, 600, "30 45 60 75", 9 },
  { &plot_scale_degrees, 2, 30, 600, "5 10 15 20 25 30", 23 },
  { &plot_scale_degrees, 1, 9, 300, "2 4 6 8", 13 },
};

static void
test_choice (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      g_autoptr (GArray)
        ticks = axes[i].scale->locate (axes[i].lo, axes[i].hi, axes[i].length, extent, NULL);
      g_autoptr (GString) labelled = g_string_new (NULL);
      guint minor = 0;

      for (guint k = 0; k < ticks->len; k++)
        {
          const PlotTick *tick = &g_array_index (ticks, PlotTick, k);

          if (tick->label == NULL)
            minor++;
          else
            g_string_append_printf (labelled, "%s%g", labelled->len > 0 ? " " : "", tick->value);
        }
      g_test_message ("%s %g..%g over %g", axes[i].scale->name, axes[i].lo, axes[i].hi,
                      axes[i].length);
      g_assert_cmpstr (labelled->str, ==, axes[i].labelled);
      g_assert_cmpuint (minor, ==, axes[i].minor);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/tick-choice/known", test_choice);
  return g_test_run ();
}
