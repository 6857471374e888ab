/* Values at which differences that are not negative come out a little below zero. */

#include "lab-case.h"

#include <math.h>

/* Of a linear model that sees every coordinate no power is missing. Criticals are fatal here. */
static void
test_nothing_missing (void)
{
  static const char *const settings[] = {
    "dim=241 slow-dims=120 slow-power=1.98907 fast-power=7.56216 axis=n-train from=46 to=80",
    "dim=241 slow-dims=120 slow-power=1.98907 fast-power=7.56216 axis=n-train from=46 to=80 time=5",
    "dim=241 slow-dims=120 slow-power=1.98907 fast-power=7.56216 axis=time from=1 to=9",
    "dim=7 slow-dims=3 slow-power=0.1 fast-power=0.7 axis=ridge from=0.1 to=1",
    "dim=49 slow-dims=49 slow-power=0.3 fast-power=0 n-train=9 from=1 to=49",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *all = g_strconcat (
        settings[i], " model=linear inputs=two-scale points=2 seeds=1 n-test=10", NULL);
      g_auto (Case) c = case_parse ("double-descent", 1, all);
      const LabSeries *theory = lab_curves_find (c.curves, "finite-d");
      int last;

      g_assert_nonnull (theory);
      last = theory->n - 1;
      g_assert_true (isfinite (theory->y[last]) && theory->y[last] > 0);
    }
}

/* What noise and start add in the mean field is not negative. */
static void
test_nothing_added (void)
{
  g_auto (Case) c = case_parse ("double-descent", 1,
                                "model=infinite axis=n-train dim=4 ridge=100 from=1 to=40 points=3 "
                                "seeds=1 n-test=10 noise=1 init-scale=1 show=test,finite-d,noise");
  const LabSeries *whole = lab_curves_find (c.curves, "finite-d");
  const LabSeries *noise = lab_curves_find (c.curves, "noise");

  g_assert_nonnull (whole);
  g_assert_nonnull (noise);
  for (int i = 0; i < noise->n; i++)
    g_assert_cmpfloat (noise->y[i], >=, 0);
  for (int i = 0; i < whole->n; i++)
    g_assert_cmpfloat (whole->y[i], >, 0);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/rounding/nothing-missing", test_nothing_missing);
  g_test_add_func ("/lab/rounding/nothing-added", test_nothing_added);
  return g_test_run ();
}
