/* What is zero to rounding, and what is not; values at which differences that are not negative come out a
 * little below zero. */

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
      const LabSeries *theory = lab_answer_find (c.answer, "finite-d");
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
  const LabSeries *whole = lab_answer_find (c.answer, "finite-d");
  const LabSeries *noise = lab_answer_find (c.answer, "noise");

  g_assert_nonnull (whole);
  g_assert_nonnull (noise);
  for (int i = 0; i < noise->n; i++)
    g_assert_cmpfloat (noise->y[i], >=, 0);
  for (int i = 0; i < whole->n; i++)
    g_assert_cmpfloat (whole->y[i], >, 0);
}

/* Values for which errors are 0 but for rounding: without ridge, training errors where the rank is n; of linear
 * models without noise, all errors where it is the number of coordinates. */
static const struct
{
  const char *series, *settings;
  int rank; /* 0: n */
} zeros[] = {
  { "train", "model=linearised points=4 seeds=3 from=20 to=60", 0 },
  { "train", "model=linearised n-train=1 from=1 to=200 seeds=5 points=5", 0 },
  { "train", "model=linearised n-train=3 from=1 to=200 seeds=5 points=5", 0 },
  { "train", "model=random-features n-train=3 from=1 to=200 seeds=5 points=5", 0 },
  { "train", "model=linearised n-train=20 dim=3 activation=gelu to=100 seeds=4 points=6 cutoff=1e-13", 0 },
  { "train", "model=random-features sigma-w2=10 sigma-b2=10 dim=2 n-train=30 to=300 seeds=2 noise=1 "
             "cutoff=1e-14 show=test,train", 0 },
  { "train", "model=linear n-train=1 dim=1 inputs=gaussian from=1 to=1", 0 },
  { "test", "model=linear dim=20 width=20 noise=0 axis=n-train from=20 to=80 points=6 inputs=two-scale "
            "slow-dims=7 slow-scale=0.001 cutoff=1e-14", 20 },
  { "test", "model=linear dim=20 width=20 noise=0 axis=n-train from=26 to=80 points=6 inputs=two-scale "
            "slow-dims=7 slow-scale=0.0001 cutoff=1e-14", 20 },
  { "test", "model=linear dim=20 width=20 noise=0 axis=n-train from=20 to=80 points=6", 20 },
  { "train", "model=linear dim=20 width=20 noise=0 axis=n-train from=20 to=80 points=6 inputs=two-scale "
             "slow-dims=7 slow-scale=0.001 cutoff=1e-14", 20 },
  { "test", "model=linear dim=1 width=1 noise=0 axis=n-train from=1 to=9 points=3 inputs=gaussian", 1 },
};

static void
test_zero (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zeros); i++)
    {
      g_auto (Case) c = case_parse ("double-descent", 1, zeros[i].settings);
      const LabSeries *series = lab_answer_find (c.answer, zeros[i].series);
      int found = 0;

      g_assert_nonnull (series);
      for (int x = 0; x < series->n; x++)
        {
          double n = lab_spec_axis (c.spec) == LAB_N_TRAIN ? series->x[x]
                                                           : lab_spec_integer (c.spec, LAB_N_TRAIN);

          /* Of all seeds. */
          if (lab_descent_facts (c.answer)->rank_low[x] < (zeros[i].rank > 0 ? zeros[i].rank : n))
            continue;
          found++;
          if (series->high[x] != 0 || series->y[x] != 0)
            g_error ("%s: %s at %g is %g to %g", zeros[i].settings, zeros[i].series, series->x[x],
                     series->y[x], series->high[x]);
        }
      g_assert_cmpint (found, >, 0);
    }
}

/* Small errors that are none of rounding stay, however ill-conditioned the kernel is: a smooth target has little
 * along its small eigenvalues. Wanted is what (K + R I) alpha = y of the same kernel and labels leaves when it is
 * solved with 50 digits (mpmath). */
#define SMOOTH "model=infinite axis=n-train dim=3 from=20 to=60 points=2 seeds=1 noise=0 n-test=40 ridge=1e-9 " \
               "show=test,train "

static const struct
{
  const char *settings;
  double test, train;
} small[] = {
  { SMOOTH "activation=gelu", 1.8565036e-11, 6.5682385e-16 },
  { SMOOTH "activation=erf sigma-w2=0.3", 1.5193007e-13, 4.2640885e-16 },
};

static void
assert_last (const LabAnswer *answer, const char *id, double wanted)
{
  const LabSeries *series = lab_answer_find (answer, id);

  g_assert_nonnull (series);
  g_assert_cmpfloat_with_epsilon (series->y[series->n - 1], wanted, 1e-4 * wanted);
}

static void
test_small (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    {
      g_auto (Case) c = case_parse ("double-descent", 1, small[i].settings);

      assert_last (c.answer, "test", small[i].test);
      assert_last (c.answer, "train", small[i].train);
    }
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
  g_test_add_func ("/lab/rounding/zero", test_zero);
  g_test_add_func ("/lab/rounding/small", test_small);
  return g_test_run ();
}
