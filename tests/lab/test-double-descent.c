#include "lab-test.h"

/* Numbers of docs/theory.md, section 5, away from the threshold, within 15 %. */
typedef struct
{
  double width, error;
} Known;

static void
assert_known (const LabAnswer *answer, const LabSpec *spec, const Known *known, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      double got = read_test (answer, spec, known[i].width);

      g_test_message ("width %g: %.4g, known %.4g", known[i].width, got, known[i].error);
      assert_within (got, known[i].error, 0.15);
    }
}

/* Peaks at the threshold, at more than 20 times the best before it, and ends lower than that. */
static void
assert_shape (const LabAnswer *answer, double peak)
{
  const LabDescentFacts *facts = lab_descent_facts (answer);

  g_test_message ("peak at %g: %g times the best before; end %g of it", facts->peak_x,
                  facts->peak_y / facts->before_y, facts->last_y / facts->before_y);
  g_assert_cmpfloat (facts->peak_x, ==, peak);
  g_assert_cmpfloat (facts->threshold, ==, peak);
  g_assert_cmpfloat (facts->peak_y, >, 20 * facts->before_y);
  g_assert_cmpfloat (facts->last_y, <, facts->before_y);
}

/* With -m thorough as many as by default; fewer change what is known within 15 % by a few. */
static const char *
few_test_points (void)
{
  return g_test_thorough () ? NULL : "n-test=200";
}

static void
test_linearised (void)
{
  static const Known known[] = { { 5, .244 }, { 60, .39 }, { 400, .135 } };
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = run_job ("double-descent", 0, &spec, "show=test", few_test_points (), NULL);
  g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);

  assert_shape (answer, 20);
  assert_known (answer, spec, known, G_N_ELEMENTS (known));
}

static void
test_random_features (void)
{
  static const Known known[] = { { 5, .90 }, { 30, .54 }, { 200, .49 }, { 1600, .20 } };
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = run_job ("random-features-double-descent", 0, &spec, "show=test,finite-d", few_test_points (), NULL);
  g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);

  assert_shape (answer, 100);
  assert_known (answer, spec, known, G_N_ELEMENTS (known));

  /* Theory at finite D goes through the simulated points away from the threshold. */
  for (int i = 0; i < lab_descent_facts (answer)->n_ranks; i++)
    {
      LabReading reading;

      lab_answer_read (answer, spec, lab_descent_facts (answer)->rank_x[i], &reading);
      if (fabs (log (reading.x / 100)) > 0.5)
        assert_within (lab_descent_reading (&reading)->theory, reading.y[0], 0.15);
    }
}

/* With the noise off, what a random start adds is what theory says it adds. */
static void
test_initial_function (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult)
    result = run_job ("random-features-double-descent", 0, &spec, "noise=0", "init-scale=2",
                      "seeds=40", "n-test=500", "to=400", "show=test,finite-d", NULL);
  g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);

  for (int i = 0; i < lab_descent_facts (answer)->n_ranks; i++)
    {
      LabReading reading;

      lab_answer_read (answer, spec, lab_descent_facts (answer)->rank_x[i], &reading);
      if (fabs (log (reading.x / 100)) > 0.6)
        assert_within (lab_descent_reading (&reading)->theory, reading.y[0], 0.15);
    }
}

/* Deep, smooth, with biases: the peak sits where the measured rank meets n, which is near, but
 * not quite, where the parameters do (P = 240 at m = 8). */
static void
test_deep (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult)
    result = run_job ("double-descent", 0, &spec, "depth=3", "activation=erf", "sigma-b2=0.5", "show=test",
                      "n-train=240", g_test_thorough () ? "to=60" : "to=20",
                      g_test_thorough () ? "points=60" : "points=34", "from=4",
                      g_test_thorough () ? "seeds=11" : "seeds=7", "n-test=300", NULL);
  g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);
  const LabDescentFacts *facts = lab_descent_facts (answer);

  g_test_message ("peak at %g, rank meets n at %g", facts->peak_x, facts->threshold);
  g_assert_cmpfloat (fabs (facts->peak_x - facts->threshold), <, 0.5);
  g_assert_cmpfloat (facts->peak_y, >, 20 * facts->before_y);
  for (int i = 0; i < lab_descent_facts (answer)->n_ranks; i++)
    {
      double m = lab_descent_facts (answer)->rank_x[i];

      g_assert_cmpfloat (lab_descent_facts (answer)->rank[i], <=, MIN (240, 14 * m + 2 * m * m));
      g_assert_cmpfloat (lab_descent_facts (answer)->rank[i], >=, 0.95 * MIN (240, 14 * m + 2 * m * m));
      g_assert_true ((lab_descent_facts (answer)->rank[i] < 240) == (m < facts->threshold));
    }
}

/* f_0 lies in the span of the features: it costs nothing until the rank reaches n. */
static void
test_initial_function_below_rank (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = run_job ("double-descent", 0, &spec, "noise=0", "seeds=5", "n-test=200", "show=test", NULL);
  g_autoptr (LabSpec) standard = lab_spec_copy (spec);
  g_autoptr (LabAnswer) mirrored_curves = NULL, standard_curves = NULL;

  lab_spec_assign (standard, "init=standard", NULL);
  mirrored_curves = lab_answer_new (result, spec);
  standard_curves = lab_answer_new (result, standard);
  for (int i = 0; i < lab_descent_facts (mirrored_curves)->n_ranks; i++)
    {
      double x = lab_descent_facts (mirrored_curves)->rank_x[i];
      double ratio = read_test (standard_curves, standard, x)
                     / read_test (mirrored_curves, spec, x);

      if (x < 20)
        g_assert_cmpfloat (fabs (ratio - 1), <, 1e-9);
      if (x > 60)
        g_assert_cmpfloat (ratio, >, 1.05);
    }
}

/* A ridge takes the peak away, and the rank is still that of the kernel. */
static void
test_ridge (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult)
    result = run_job ("random-features-double-descent", 0, &spec, "ridge=0.003", "show=test", few_test_points (), NULL);
  g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);

  g_assert_true (isnan (lab_descent_facts (answer)->peak_x));
  assert_within (read_test (answer, spec, 5), .903, 0.1);
  assert_within (read_test (answer, spec, 1600), .098, 0.15);
  for (int i = 0; i < lab_descent_facts (answer)->n_ranks; i++)
    g_assert_cmpfloat (lab_descent_facts (answer)->rank[i], ==, MIN (100, lab_descent_facts (answer)->rank_x[i]));
}

/* The parts of the theory add up to it, for any noise and initialization. */
static void
test_parts (void)
{
  static const char *const ids[] = { "bias", "sampling", "weights", "noise", "initial-function" };
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = run_job ("random-features-double-descent", 0, &spec, "noise=0.7",
                                          "init-scale=1.6", "seeds=1", "to=200", NULL);
  g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);
  const LabSeries *whole = lab_answer_find (answer, "finite-d");

  for (int i = 0; i < whole->n; i++)
    {
      double sum = 0;

      for (gsize k = 0; k < G_N_ELEMENTS (ids); k++)
        sum += lab_answer_find (answer, ids[k])->y[i];
      if (isfinite (whole->y[i]))
        assert_within (sum, whole->y[i], 1e-12);
    }
}

/* Labels carry the noise: of it, a fit of rank p < n leaves the share 1 - p/n on the training
 * points; from p = n on nothing is left. */
static void
test_training_error (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = run_job ("random-features-double-descent", 0, &spec, "noise=3",
                                          "seeds=30", "to=400", "n-test=50", "show=train", NULL);
  g_autoptr (LabAnswer) noisy = lab_answer_new (result, spec), clean = NULL;

  lab_spec_assign (spec, "noise=0", NULL);
  clean = lab_answer_new (result, spec);
  for (int i = 0; i < lab_descent_facts (noisy)->n_ranks; i++)
    {
      double p = lab_descent_facts (noisy)->rank_x[i], with = lab_answer_find (noisy, "train")->y[i];
      double without = lab_answer_find (clean, "train")->y[i];

      if (p <= 60)
        assert_within (with - without, 9 * (1 - p / 100), 0.15);
      if (p > 110)
        g_assert_cmpfloat (with, <, 1e-20);
    }
}

/* Recombination is exact: the errors of two noises and the one between them obey the quadratic. */
static void
test_recombination (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = run_job ("double-descent", 0, &spec, "seeds=1", "points=12", NULL);
  g_autoptr (LabSpec) other = lab_spec_copy (spec);
  double errors[3][12];
  int n_x = lab_result_plan (result)->n_x;

  for (int k = 0; k < 3; k++)
    {
      g_autofree char *assignment = g_strdup_printf ("noise=%d", k);
      g_autoptr (LabAnswer) answer = NULL;

      lab_spec_assign (other, assignment, NULL);
      answer = lab_answer_new (result, other);
      for (int i = 0; i < n_x; i++)
        errors[k][i] = lab_answer_find (answer, "test")->y[i];
    }
  lab_spec_assign (other, "noise=3", NULL);
  {
    g_autoptr (LabAnswer) answer = lab_answer_new (result, other);

    for (int i = 0; i < n_x; i++)
      assert_within (lab_answer_find (answer, "test")->y[i],
                     errors[0][i] - 3 * errors[1][i] + 3 * errors[2][i], 1e-9);
  }
}

/* Same spec, same numbers, to the last bit, on one worker or two. */
static void
test_threads (void)
{
  static const char *const depths[] = { "depth=1", "depth=2" };

  for (gsize d = 0; d < G_N_ELEMENTS (depths); d++)
    {
      g_autoptr (LabSpec) a = NULL, b = NULL;
      g_autoptr (LabResult)
        one = run_job ("double-descent", 1, &a, depths[d], "seeds=4", "to=60", "n-train=100",
                       "n-test=100", NULL);
      g_autoptr (LabResult)
        two = run_job ("double-descent", 2, &b, depths[d], "seeds=4", "to=60", "n-train=100",
                       "n-test=100", NULL);
      g_autoptr (LabAnswer) c1 = lab_answer_new (one, a), c2 = lab_answer_new (two, b);

      g_assert_cmpint (c1->series->len, ==, c2->series->len);
      for (guint i = 0; i < c1->series->len; i++)
        {
          const LabSeries *s1 = g_ptr_array_index (c1->series, i),
                          *s2 = g_ptr_array_index (c2->series, i);

          g_assert_cmpmem (s1->y, s1->n * sizeof (double), s2->y, s2->n * sizeof (double));
          g_assert_true ((s1->low == NULL) == (s2->low == NULL));
          if (s1->low != NULL)
            g_assert_cmpmem (s1->low, s1->n * sizeof (double), s2->low, s2->n * sizeof (double));
        }
    }
}

/* More seeds extend what there was; a place read alone is the place on the curve. */
static void
test_prefixes (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) three = run_job ("double-descent", 0, &spec, "seeds=3", "points=10", NULL);
  g_autoptr (LabPlan) at = lab_plan_new_at (spec, 103);
  g_autoptr (LabPlan) whole = lab_plan_new (spec);
  g_autoptr (LabResult) alone = NULL;
  g_autoptr (LabAnswer) curve = lab_answer_new (three, spec), point = NULL;
  double x = whole->x[6];

  at->x[0] = x;
  alone = lab_job_run (spec, at, 0, NULL, NULL, NULL, NULL);
  point = lab_answer_new (alone, spec);
  assert_within (read_test (point, spec, x), read_test (curve, spec, x), 1e-9);
}

static void
cancel_soon (LabResult *partial, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancel (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("double-descent", NULL);
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (lab_job_run (spec, plan, 0, cancellable, cancel_soon, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Corners of the parameter space: an answer without NaN, or an error with a sentence. */
static void
test_corners (void)
{
  static const char *const corners[][4] = {
    { "n-train=1", "seeds=1" },
    { "n-test=1", "seeds=1" },
    { "dim=1", "seeds=2" },
    { "dim=2", "seeds=2" },
    { "sigma-v2=0", "seeds=2" },
    { "sigma-w2=0", "seeds=2" },
    { "sigma-w2=0", "sigma-b2=1", "seeds=2" },
    { "from=1", "to=1", "seeds=2" },
    { "from=1", "to=2", "seeds=1" },
    { "activation=abs", "seeds=2" },
    { "dim=1000", "seeds=1", "to=50" },
    { "depth=10", "to=30", "seeds=1" },
    { "model=random-features", "dim=1", "seeds=2" },
    { "model=random-features", "dim=2", "activation=erf", "seeds=2" },
    { "model=random-features", "sigma-b2=1", "activation=erf", "seeds=2" },
    { "model=random-features", "depth=3", "seeds=2" },
    { "model=random-features", "target=mixed", "seeds=2" },
    { "target=cosine", "dim=3", "seeds=2" },
    { "ridge=100", "seeds=2" },
    { "ridge=1e-9", "seeds=2" },
    { "leak=1", "activation=leaky-relu", "seeds=2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      g_autoptr (LabSpec) spec = NULL;
      g_autoptr (LabResult)
        result = run_job ("double-descent", 0, &spec, "points=5", "n-test=50", corners[i][0],
                          corners[i][1], corners[i][2], corners[i][3], NULL);
      g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);

      for (guint k = 0; k < answer->series->len; k++)
        {
          const LabSeries *series = g_ptr_array_index (answer->series, k);

          for (int j = 0; j < series->n && series->count != NULL; j++)
            if (!isfinite (series->y[j]) || series->y[j] < 0)
              g_error ("corner %d (%s): %s is %g at %g", (int) i, corners[i][0], series->type->id,
                       series->y[j], series->x[j]);
        }
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/double-descent/linearised", test_linearised);
  g_test_add_func ("/lab/double-descent/random-features", test_random_features);
  g_test_add_func ("/lab/double-descent/initial-function", test_initial_function);
  g_test_add_func ("/lab/double-descent/initial-function-below-rank",
                   test_initial_function_below_rank);
  g_test_add_func ("/lab/double-descent/deep", test_deep);
  g_test_add_func ("/lab/double-descent/ridge", test_ridge);
  g_test_add_func ("/lab/double-descent/parts", test_parts);
  g_test_add_func ("/lab/double-descent/training-error", test_training_error);
  g_test_add_func ("/lab/double-descent/recombination", test_recombination);
  g_test_add_func ("/lab/double-descent/corners", test_corners);
  g_test_add_func ("/lab/job/threads", test_threads);
  g_test_add_func ("/lab/job/prefixes", test_prefixes);
  g_test_add_func ("/lab/job/cancel", test_cancel);
  return g_test_run ();
}
