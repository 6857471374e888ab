/* Each preset shows its effect, by the numbers of docs/theory.md; and what is known twice agrees. */

#include "lab-case.h"
#include "lab-test.h"

static Case
run (const char *name, const char *settings)
{
  return case_parse (name, 0, settings);
}

/* With -m thorough the whole of it; else with settings that make it smaller. */
static Case
run_smaller (const char *name, const char *settings, const char *smaller)
{
  g_autofree char *all = g_strconcat (settings, *settings ? " " : "", smaller, NULL);

  return run (name, g_test_thorough () ? settings : all);
}

/* The same job with another noise. */
static LabAnswer *
at_noise (const Case *made, const char *noise)
{
  g_autoptr (LabSpec) spec = lab_spec_copy (made->spec);

  g_assert_true (lab_spec_assign (spec, noise, NULL));
  return lab_answer_new (made->result, spec);
}

/* The value at the place nearest to x, which must be within 6 %. */
static double
at (const LabAnswer *answer, const char *id, double x)
{
  const LabSeries *series = lab_answer_find (answer, id);
  int best = 0;

  g_assert_nonnull (series);
  for (int i = 0; i < series->n; i++)
    if (fabs (log (series->x[i] / x)) < fabs (log (series->x[best] / x)))
      best = i;
  g_assert_cmpfloat (fabs (log (series->x[best] / x)), <, 0.06);
  return series->y[best];
}

static void
assert_falls (const LabSeries *series)
{
  for (int i = 1; i < series->n; i++)
    g_assert_cmpfloat (series->y[i], <=, series->y[i - 1] * (1 + 1e-9));
}

/* ---- Ridge ---- */

static void
test_small_ridge (void)
{
  g_auto (Case) made = run_smaller ("small-ridge", "", "n-test=100 points=25");
  const LabDescentFacts *f = lab_descent_facts (made.answer);

  assert_within (at (made.answer, "finite-d", 90), .64, 0.02);
  assert_within (f->peak_y, .64, 0.05);
  g_assert_cmpfloat (fabs (log (f->peak_x / 90)), <, 0.25);
  g_assert_cmpfloat (f->peak_y, >, 1.2 * f->before_y);
  g_assert_cmpfloat (f->last_y, <, 0.5 * f->before_y);
  assert_falls (lab_answer_find (made.answer, "tuned-ridge"));
}

static void
test_ridge_removes_peak (void)
{
  g_auto (Case) made = run_smaller ("ridge-removes-peak", "", "seeds=30 n-test=300");
  const LabSeries *theory = lab_answer_find (made.answer, "finite-d");

  assert_within (theory->y[0], .903, 0.01);
  assert_within (theory->y[theory->n - 1], .098, 0.01);
  assert_within (read_test (made.answer, made.spec, 5), .903, 0.1);
  assert_within (read_test (made.answer, made.spec, 1600), .098, 0.1);
  assert_falls (theory);
  g_assert_true (isnan (lab_descent_facts (made.answer)->peak_x));
  g_assert_cmpint (lab_descent_facts (made.answer)->removed, ==, LAB_REMOVED_BY_RIDGE);
  for (int i = 0; i < theory->n; i++)
    g_assert_cmpfloat (at (made.answer, "tuned-ridge", theory->x[i]), <=, 1.04 * theory->y[i]);
}

/* ntk_peak_ridge() on the same range. */
static void
test_peak_ridge (void)
{
  static const struct
  {
    const char *noise;
    double ridge;
  } known[] = { { "noise=0.1445", 4.2314e-05 },
                { "noise=0.417605", 0.000149397 },
                { "noise=0.709929", 0.000381405 },
                { "noise=1.20688", 0.00106544 } };
  g_auto (Case) made = run ("random-features-double-descent", "seeds=3 n-test=100 show=test");

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (LabAnswer) answer = at_noise (&made, known[i].noise);

      g_test_message ("%s: ridge %g, known %g", known[i].noise, lab_descent_facts (answer)->peak_ridge,
                      known[i].ridge);
      assert_within (lab_descent_facts (answer)->peak_ridge, known[i].ridge, 0.05);
    }
}

static void
test_ridge_at_peak (void)
{
  g_auto (Case) made = run ("ridge-at-peak", "");
  const LabDescentFacts *f = lab_descent_facts (made.answer);

  assert_within (f->first_y, 6.8, 0.3);
  g_assert_cmpfloat (f->best_x, >, 1e-3);
  g_assert_cmpfloat (f->best_x, <, 1e-2);
  g_assert_cmpfloat (f->first_y, >, 20 * f->best_y);
  g_assert_cmpfloat (f->last_y, >, 3 * f->best_y);
  g_assert_cmpfloat (f->noise_share, >, 0.6);
  /* So near to the threshold without ridge no theory divides the rest. */
  g_assert_true (isnan (f->weights_share));
}

/* ---- Ensembles ---- */

static void
test_ensemble (void)
{
  static const struct
  {
    double K, error;
  } known[] = { { 1, 6.34 }, { 2, 3.26 }, { 5, 1.41 }, { 10, .79 } };
  g_auto (Case) made = run ("ensemble-at-peak", "width=105");
  const LabDescentFacts *f = lab_descent_facts (made.answer);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *settings = g_strdup_printf ("width=105 from=%g to=%g seeds=1 n-test=50", known[i].K,
                                                   known[i].K);
      g_auto (Case) alone = run ("ensemble-at-peak", settings);

      assert_within (lab_answer_find (alone.answer, "finite-d")->everywhere[0], known[i].error, 0.01);
      /* So near to the threshold theory is up to 30 % low. */
      g_assert_cmpfloat (read_test (made.answer, made.spec, known[i].K), >, 0.9 * known[i].error);
      g_assert_cmpfloat (read_test (made.answer, made.spec, known[i].K), <, 1.5 * known[i].error);
    }
  assert_within (lab_answer_find (made.answer, "ensemble-limit")->y[0], .178, 0.01);
  assert_within (f->infinite_y, .178, 0.3);
  assert_within (at (made.answer, "limit", 1), .178, 0.1);
}

/* What averages away is what theory says of many models, at every width. */
static void
test_ensemble_widths (void)
{
  g_auto (Case) made = run_smaller ("random-features-double-descent",
                                    "ensemble=1000 points=8 seeds=150 n-test=500 ridge=0.001 to=400 show=test,finite-d",
                                    "points=5 seeds=60 n-test=200");
  const LabSeries *test = lab_answer_find (made.answer, "test");

  for (int i = 0; i < test->n; i++)
    {
      LabReading r;

      lab_answer_read (made.answer, made.spec, test->x[i], &r);
      g_test_message ("width %g: %g, theory %g", r.x, r.y[0], lab_descent_reading (&r)->theory);
      assert_within (r.y[0], lab_descent_reading (&r)->theory, 0.08);
    }
}

/* ---- Samples and coordinates ---- */

static void
test_samples (void)
{
  static const struct
  {
    double n, error;
  } known[] = { { 50, .755 }, { 90, 2.60 }, { 110, 2.78 }, { 200, .2525 } };
  g_auto (Case) made = run_smaller ("samples-linear", "", "seeds=20 n-test=100");
  const LabDescentFacts *f = lab_descent_facts (made.answer);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *settings = g_strdup_printf ("from=%g to=%g", known[i].n, known[i].n);
      g_auto (Case) alone = run_smaller ("samples-linear", settings, "n-test=300");
      const LabSeries *test = lab_answer_find (alone.answer, "test");

      assert_within (lab_answer_find (alone.answer, "finite-d")->y[0], known[i].error, 0.005);
      g_assert_cmpfloat (test->low[0], <, known[i].error);
      g_assert_cmpfloat (test->high[0], >, known[i].error);
      if (fabs (known[i].n - 100) > 20)
        assert_within (test->y[0], known[i].error, 0.06);
    }
  g_assert_cmpfloat (f->threshold, ==, 100);
  g_assert_cmpfloat (f->peak_x, ==, 100);
  g_assert_cmpfloat (f->peak_y, >, 20 * f->before_y);
  g_assert_cmpfloat (f->noise_share, >, 0.9);
}

static void
test_coordinates (void)
{
  g_auto (Case) made = run ("coordinates-linear", "");
  const LabDescentFacts *f = lab_descent_facts (made.answer);

  g_assert_cmpfloat (f->peak_x, ==, 100);
  g_assert_cmpfloat (f->threshold, ==, 100);
  g_assert_cmpfloat (f->peak_y, >, 20 * f->before_y);
  g_assert_cmpfloat (f->last_y, <, f->before_y);
  /* Without noise the medians are no lower, so that noise has no share to speak of. */
  g_assert_true (isnan (f->noise_share));
  g_assert_cmpfloat (f->unseen_share, >, 0.5);
}

/* ---- Time ---- */

static void
assert_two_descents (const LabDescentFacts *f, const double values[4], const double times[3],
                     double tolerance)
{
  g_test_message ("%g; %g at %g; %g at %g; %g at %g", f->first_y, f->before_y, f->before_x,
                  f->peak_y, f->peak_x, f->after_y, f->after_x);
  assert_within (f->first_y, values[0], tolerance);
  assert_within (f->before_y, values[1], tolerance);
  assert_within (f->peak_y, values[2], tolerance);
  assert_within (f->after_y, values[3], tolerance);
  g_assert_cmpfloat (fabs (log (f->before_x / times[0])), <, log (1.5));
  g_assert_cmpfloat (fabs (log (f->peak_x / times[1])), <, log (1.5));
  g_assert_cmpfloat (f->after_x, >, times[2] / 1.5);
}

static void
test_time_linear (void)
{
  g_auto (Case) made = run ("epoch-wise-linear", "");
  g_autoptr (LabAnswer) clean = at_noise (&made, "noise=0");
  const LabSeries *test = lab_answer_find (clean, "test");

  assert_two_descents (lab_descent_facts (made.answer), (double[]){ 1.49, 1.31, 1.92, .578 },
                       (double[]){ 60, 1540, 2.1e5 }, 0.05);
  assert_within (read_test (clean, made.spec, 60), 1.23, 0.03);
  assert_within (lab_descent_facts (clean)->peak_y, 1.43, 0.05);
  g_assert_cmpfloat (test->y[test->n - 1], <, 1e-6);
  /* Theory of its mean. */
  for (double t = 2; t < 5e5; t *= 3)
    {
      LabReading r;

      lab_answer_read (made.answer, made.spec, t, &r);
      assert_within (r.y[0], lab_descent_reading (&r)->theory, 0.06);
    }
}

static void
test_time_kernel (void)
{
  g_auto (Case) made = run ("epoch-wise-kernel", "");

  assert_two_descents (lab_descent_facts (made.answer), (double[]){ 2.26, 2.15, 2.4, 1.2 },
                       (double[]){ 100, 850, 2e4 }, 0.1);
}

/* ---- Width ---- */

static void
test_linearised (void)
{
  static const struct
  {
    double width, error, tolerance;
  } known[] = {
    { 5, .244, .1 }, { 18, 2.7, .3 }, { 22, 5.7, .3 }, { 60, .39, .1 }, { 400, .135, .1 }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *settings = g_strdup_printf ("show=test seeds=60 from=%g to=%g", known[i].width,
                                                   known[i].width);
      g_auto (Case) made = run_smaller ("double-descent", settings, "n-test=100");
      double got = at (made.answer, "test", known[i].width);

      g_test_message ("width %g: %g, known %g", known[i].width, got, known[i].error);
      assert_within (got, known[i].error, known[i].tolerance);
    }
}

static void
test_start (void)
{
  g_auto (Case) made = run_smaller ("initial-function-error", "", "seeds=8 n-test=200");
  const LabSeries *start = lab_answer_find (made.answer, "initial-function");
  double before = 0;

  for (int i = 0; i < start->n; i++)
    {
      if (start->x[i] < 20)
        g_assert_cmpfloat (start->y[i], <, 1e-12);
      if (start->x[i] > 30)
        {
          g_assert_cmpfloat (start->y[i], >, 0.95 * before);
          before = start->y[i];
        }
    }
  g_assert_cmpfloat (before, >, 0.01);
  g_assert_cmpfloat (lab_descent_facts (made.answer)->initial_before, <, 1e-9);
  g_assert_cmpfloat (lab_descent_facts (made.answer)->initial_last, >, 0.8);
}

/* ---- What is known twice ---- */

/* All series at the first place of two specs. */
static void
assert_same (const char *model, const char *one, const char *other, double tolerance)
{
  static const char *const ids[] = {
    "test",     "train",   "finite-d", "asymptotic",       "bias",
    "sampling", "weights", "noise",    "initial-function", "limit"
  };
  g_autofree char *first = g_strdup_printf ("model=%s %s", model, one);
  g_autofree char *second = g_strdup_printf ("model=%s %s", model, other);
  g_auto (Case) a = run ("double-descent", first), b = run ("double-descent", second);

  for (gsize k = 0; k < G_N_ELEMENTS (ids); k++)
    {
      const LabSeries *x = lab_answer_find (a.answer, ids[k]),
                      *y = lab_answer_find (b.answer, ids[k]);

      /* Theory does not know every combination, and what it does not know is measured. */
      g_assert_true (k > 1 || (x != NULL && y != NULL));
      if (x == NULL || y == NULL || (x->low == NULL) != (y->low == NULL)
          || (isnan (x->y[0]) && isnan (y->y[0])))
        continue;
      if (!(fabs (x->y[0] - y->y[0]) <= tolerance * fabs (y->y[0]) + 1e-13))
        g_error ("%s: %.17g with %s, %.17g with %s", ids[k], x->y[0], first, y->y[0], second);
    }
}

/* One place, reached along one axis and along another. */
static void
test_axes_agree (void)
{
#define SMALL "dim=6 n-test=100 seeds=3 init-scale=1.3 show=test,limit "
#define BOTH SMALL "width=9 n-train=24 ridge=0.01 "
  static const char *const models[] = { "linear", "random-features", "linearised", "infinite" };
  static const struct
  {
    const char *one, *other;
    double tolerance;
  } pairs[] = {
    { BOTH "axis=ridge from=0.01 to=0.01", BOTH "axis=n-train from=24 to=24", 1e-8 },
    { BOTH "axis=time time=30 from=30 to=30", BOTH "time=30 axis=n-train from=24 to=24", 1e-8 },
    { BOTH "axis=time from=1e7 to=1e7", BOTH "axis=ridge from=0.01 to=0.01", 1e-8 },
    { BOTH "axis=ridge from=0.01 to=0.01", BOTH "axis=ridge from=0.01 to=0.1 points=5", 1e-12 },
    { BOTH "axis=time from=30 to=30", BOTH "axis=time from=30 to=300 points=5", 1e-12 },
    { BOTH "axis=n-train from=24 to=24", BOTH "axis=width from=9 to=9", 1e-8 },
    { BOTH "time=30 axis=n-train from=24 to=24", BOTH "time=30 axis=width from=9 to=9", 1e-8 },
    { SMALL "width=60 n-train=24 ridge=0 axis=n-train from=24 to=24",
      SMALL "width=60 n-train=24 ridge=0 axis=width from=60 to=60", 1e-7 },
  };
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
      if (m < 3 || strstr (pairs[i].other, "axis=width") == NULL)
        assert_same (models[m], pairs[i].one, pairs[i].other, pairs[i].tolerance);
}

/* One model of many, and many models one by one. */
static void
test_single_of_ensemble (void)
{
#define RIDGED "show=test,train model=random-features dim=10 n-train=60 width=40 ridge=0.01 seeds=40 n-test=300 "
  g_auto (Case) single = run ("double-descent", RIDGED "axis=width from=40 to=40");
  g_auto (Case) five = run ("double-descent", RIDGED "ensemble=5 axis=width from=40 to=40");
  g_auto (Case) swept = run ("double-descent", RIDGED "axis=ensemble from=1 to=5 points=5");

  assert_within (at (single.answer, "test", 40), at (swept.answer, "test", 1), 0.07);
  assert_within (at (five.answer, "test", 40), at (swept.answer, "test", 5), 0.05);
  assert_within (at (five.answer, "train", 40), at (swept.answer, "train", 5), 0.05);
}

static const char *const everywhere[] = {
  "axis=n-train from=10 to=60",
  "axis=time from=1 to=1e4 model=linear",
  "axis=ridge model=random-features",
  "axis=ensemble model=random-features to=40",
  "axis=width model=linearised ensemble=3 to=30",
  "axis=n-train model=infinite from=10 to=60",
  "axis=time model=infinite inputs=two-scale slow-dims=3",
  "axis=ridge model=linearised",
};

/* The same bytes, whoever computes them. */
static void
test_threads (void)
{
  for (gsize k = 0; k < G_N_ELEMENTS (everywhere); k++)
    {
      g_autofree char *settings = g_strdup_printf (
        "dim=6 n-train=40 width=12 n-test=60 seeds=4 points=6 init-scale=0.7 %s", everywhere[k]);
      g_auto (Case) one = case_parse ("double-descent", 1, settings),
                    two = case_parse ("double-descent", 2, settings);

      for (guint i = 0; i < one.answer->series->len; i++)
        {
          const LabSeries *a = g_ptr_array_index (one.answer->series, i),
                          *b = g_ptr_array_index (two.answer->series, i);

          g_assert_cmpmem (a->y, a->n * sizeof (double), b->y, b->n * sizeof (double));
        }
    }
}

/* Simulation and theory, apart from the threshold. */
static void
assert_theory (const char *settings, double tolerance)
{
  g_auto (Case) made = run ("double-descent", settings);
  const LabSeries *test = lab_answer_find (made.answer, "test");

  g_assert_nonnull (lab_answer_find (made.answer, "finite-d"));
  for (int i = 0; i < test->n; i++)
    {
      LabReading r;

      lab_answer_read (made.answer, made.spec, test->x[i], &r);
      if (!(fabs (lab_descent_reading (&r)->theory / r.y[0] - 1) < tolerance))
        g_error ("%s: at %g simulated %g, theory %g", settings, r.x, r.y[0], lab_descent_reading (&r)->theory);
    }
}

static void
test_theory (void)
{
#define MANY " seeds=60 n-test=1000 points=9 noise=0.6 show=test,finite-d"
  static const struct
  {
    const char *settings, *smaller; /* without -m thorough */
    double tolerance;
    gboolean dear; /* only with it */
  } cases[] = {
    { "model=linear dim=60 n-train=150 axis=ridge from=1e-5 to=1 init-scale=1" MANY, "", 0.05 },
    { "model=linear dim=60 n-train=150 axis=time from=1 to=1e5 init-scale=1" MANY, "", 0.06 },
    { "model=linear dim=100 n-train=80 width=30 inputs=gaussian axis=ridge from=1e-5 to=1" MANY, "",
      0.06 },
    { "model=linear dim=60 axis=n-train from=100 to=300 ridge=0.001" MANY, " points=5", 0.06 },
    { "model=infinite dim=10 n-train=200 axis=ridge from=1e-4 to=1 init-scale=1" MANY, "", 0.06, TRUE },
    { "model=infinite dim=10 n-train=200 axis=time from=1 to=1e4 init-scale=1" MANY,
      " seeds=40 n-test=500", 0.06 },
    { "model=infinite dim=10 axis=n-train from=50 to=300 kernel=nngp" MANY, "", 0.08, TRUE },
    { "model=random-features dim=20 n-train=100 width=300 axis=ridge from=1e-5 to=1" MANY,
      " n-test=200 points=4", 0.06 },
    { "model=random-features dim=20 width=100 axis=n-train from=150 to=400" MANY, "", 0.08, TRUE },
    { "model=random-features dim=20 width=60 axis=n-train from=90 to=240" MANY,
      " points=3 n-test=500", 0.08 },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (cases); k++)
    if (!cases[k].dear || g_test_thorough ())
      {
        g_autofree char *smaller = g_strconcat (cases[k].settings, cases[k].smaller, NULL);

        assert_theory (g_test_thorough () ? cases[k].settings : smaller, cases[k].tolerance);
      }
}

/* What has removed a peak is said only where it would be there. */
static void
test_removed (void)
{
  static const struct
  {
    const char *settings;
    LabRemoved removed;
    gboolean peak;
  } cases[] = {
    { "ridge=1", LAB_REMOVED_BY_RIDGE, FALSE },
    { "time=10", LAB_REMOVED_BY_TIME, FALSE },
    { "", LAB_REMOVED_BY_NOTHING, TRUE },
    { "ridge=1 to=6", LAB_REMOVED_BY_NOTHING, FALSE },
    { "ridge=1 from=12", LAB_REMOVED_BY_NOTHING, FALSE },
    { "model=linear dim=300 n-train=50 ridge=1", LAB_REMOVED_BY_RIDGE, FALSE },
    { "model=linear dim=100 axis=n-train noise=0 ridge=0.1", LAB_REMOVED_BY_NOTHING, FALSE },
    { "model=random-features dim=20 n-train=100 to=800 ensemble=1000 ridge=1e-6 points=20",
      LAB_REMOVED_BY_ENSEMBLE, FALSE },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      g_autofree char *settings = g_strdup_printf (
        "show=test seeds=9 n-test=50 n-train=100 to=100%s%s%s",
        g_test_thorough () ? "" : " points=15", *cases[k].settings ? " " : "", cases[k].settings);
      g_auto (Case) made = run ("double-descent", settings);

      if (lab_descent_facts (made.answer)->removed != cases[k].removed)
        g_error ("%s: removed by %d, not %d", settings, lab_descent_facts (made.answer)->removed,
                 cases[k].removed);
      g_assert_true (isfinite (lab_descent_facts (made.answer)->peak_x) == cases[k].peak);
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/presets/small-ridge", test_small_ridge);
  g_test_add_func ("/lab/presets/ridge-removes-peak", test_ridge_removes_peak);
  g_test_add_func ("/lab/presets/peak-ridge", test_peak_ridge);
  g_test_add_func ("/lab/presets/ridge-at-peak", test_ridge_at_peak);
  g_test_add_func ("/lab/presets/ensemble-at-peak", test_ensemble);
  g_test_add_func ("/lab/presets/ensemble-widths", test_ensemble_widths);
  g_test_add_func ("/lab/presets/samples-linear", test_samples);
  g_test_add_func ("/lab/presets/coordinates-linear", test_coordinates);
  g_test_add_func ("/lab/presets/epoch-wise-linear", test_time_linear);
  g_test_add_func ("/lab/presets/epoch-wise-kernel", test_time_kernel);
  g_test_add_func ("/lab/presets/linearised", test_linearised);
  g_test_add_func ("/lab/presets/initial-function-error", test_start);
  g_test_add_func ("/lab/axes/agree", test_axes_agree);
  g_test_add_func ("/lab/axes/single-of-ensemble", test_single_of_ensemble);
  g_test_add_func ("/lab/axes/threads", test_threads);
  g_test_add_func ("/lab/axes/theory", test_theory);
  g_test_add_func ("/lab/axes/removed", test_removed);
  return g_test_run ();
}
