#include "lab-test.h"

static double
read_series (const LabCurves *curves, const char *id, double x)
{
  const LabSeries *series = lab_curves_find (curves, id);

  for (int i = 0; i < series->n; i++)
    if (series->x[i] == x)
      return series->y[i];
  g_error ("%s has no point at %g", id, x);
}

/* golden/learning_curve.csv: columns intrinsic_d, noise_sd, target, n, mirrored, standard. */
static void
assert_golden (const LabCurves *curves, int d)
{
  g_autofree char *path = g_build_filename (g_getenv ("GOLDEN_DIR"), "learning_curve.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int rows = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strstrip (text), "\n", -1);
  for (gsize i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      double n = g_ascii_strtod (cells[3], NULL);
      double mirrored, standard;

      if (g_ascii_strtod (cells[0], NULL) != d)
        continue;
      rows++;
      mirrored = read_series (curves, "mirrored", n);
      standard = read_series (curves, "standard", n);
      g_test_message ("n = %g: mirrored %.4g (%s), standard %.4g (%s)", n, mirrored, cells[4],
                      standard, cells[5]);
      assert_within (mirrored, g_ascii_strtod (cells[4], NULL), 0.1);
      assert_within (standard, g_ascii_strtod (cells[5], NULL), 0.1);
    }
  g_assert_cmpint (rows, ==, 5);
}

static void
assert_slope (const LabCurves *curves, const char *id, double want)
{
  const LabFit *fit = lab_curves_find_fit (curves, id, 0);

  g_test_message ("%s: slope %.3f [%.3f, %.3f], limit %.3f", id, fit->slope, fit->low, fit->high,
                  fit->limit);
  g_assert_cmpfloat (fabs (fit->slope - want), <, 0.06);
  g_assert_cmpint (fit->points, ==, 5);
}

static void
test_golden (gconstpointer data)
{
  int d = GPOINTER_TO_INT (data);
  g_autofree char *dim = g_strdup_printf ("dim=%d", d + 1);
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult)
    result = run_job ("learning-curve", 0, &spec, dim, "sigma-b2=2", "noise=0.3", "seeds=6",
                      "from=128", "to=2048", "points=5", NULL);
  g_autoptr (LabCurves) curves = lab_curves_new (result, spec);

  assert_slope (curves, "mirrored", d == 5 ? -1.00 : -1.04);
  assert_slope (curves, "standard", d == 5 ? -.52 : -.51);
  assert_golden (curves, d);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);

  g_test_add_data_func ("/learning-curve/golden/5", GINT_TO_POINTER (5), test_golden);
  g_test_add_data_func ("/learning-curve/golden/10", GINT_TO_POINTER (10), test_golden);
  return g_test_run ();
}
