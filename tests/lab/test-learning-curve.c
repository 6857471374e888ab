#include "lab-test.h"

static double
read_series (const LabAnswer *answer, const char *id, double x)
{
  const LabSeries *series = lab_answer_find (answer, id);

  for (int i = 0; i < series->n; i++)
    if (series->x[i] == x)
      return series->y[i];
  g_error ("%s has no point at %g", id, x);
}

/* golden/learning_curve.csv: columns intrinsic_d, noise_sd, target, n, mirrored, standard. The `rows`
 * rows of n from `from` to `to`. */
static void
assert_golden (const LabAnswer *answer, int d, double from, double to, int rows)
{
  g_autofree char *path = g_build_filename (g_getenv ("GOLDEN_DIR"), "learning_curve.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strstrip (text), "\n", -1);
  for (gsize i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      double n = g_ascii_strtod (cells[3], NULL);
      double mirrored, standard;

      if (g_ascii_strtod (cells[0], NULL) != d || n < from || n > to)
        continue;
      rows--;
      mirrored = read_series (answer, "mirrored", n);
      standard = read_series (answer, "standard", n);
      g_test_message ("n = %g: mirrored %.4g (%s), standard %.4g (%s)", n, mirrored, cells[4],
                      standard, cells[5]);
      assert_within (mirrored, g_ascii_strtod (cells[4], NULL), 0.1);
      assert_within (standard, g_ascii_strtod (cells[5], NULL), 0.1);
    }
  g_assert_cmpint (rows, ==, 0);
}

static void
assert_slope (const LabAnswer *answer, const char *id, int points, double want)
{
  const LabSlope *fit = lab_answer_find_slope (answer, id, 0);

  g_test_message ("%s: slope %.3f [%.3f, %.3f], limit %.3f", id, fit->slope, fit->low, fit->high,
                  fit->limit);
  g_assert_cmpfloat (fabs (fit->slope - want), <, 0.06);
  g_assert_cmpint (fit->points, ==, points);
}

/* Errors scatter over seeds by 6 % at n = 128 and by 2 % from 512 on, where each costs a thousand times
 * as much: many seeds here, few there. With -m thorough to n = 2048, which takes nine tenths of the
 * time; else less far, in ten dimensions less far still. The slopes are those of the golden numbers. */
static void
test_golden (gconstpointer data)
{
#define GOLDEN "sigma-b2=2", "noise=0.3", "from=128"
  static const struct
  {
    const char *to, *number, *seeds;
    int last, points;
    double mirrored, standard;
  } forms[] = {
    { "to=1024", "points=4", "seeds=2", 1024, 4, -1.005, -.544 }, /* d = 5 */
    { "to=512", "points=3", "seeds=8", 512, 3, -1.073, -.599 },   /* d = 10 */
    { "to=2048", "points=5", "seeds=3", 2048, 5, -1.00, -.52 },
    { "to=2048", "points=5", "seeds=3", 2048, 5, -1.04, -.51 },
  };
  const int d = GPOINTER_TO_INT (data), form = 2 * g_test_thorough () + (d == 10);
  const int points = forms[form].points;
  g_autofree char *dim = g_strdup_printf ("dim=%d", d + 1);
  g_autoptr (LabSpec) few_spec = NULL, many_spec = NULL;
  g_autoptr (LabResult)
    few = run_job ("learning-curve", 0, &few_spec, GOLDEN, dim, forms[form].seeds, forms[form].to,
                   forms[form].number, NULL);
  g_autoptr (LabResult) many = run_job ("learning-curve", 0, &many_spec, GOLDEN, dim, "seeds=20",
                                        "n-test=500", "to=256", "points=2", NULL);
  g_autoptr (LabAnswer) whole = lab_answer_new (few, few_spec),
                        beginning = lab_answer_new (many, many_spec);

  assert_slope (whole, "mirrored", points, forms[form].mirrored);
  assert_slope (whole, "standard", points, forms[form].standard);
  assert_golden (beginning, d, 128, 256, 2);
  assert_golden (whole, d, 512, forms[form].last, points - 2);
}

/* Every n from one factor is what each n gives when it is solved for itself. */
static void
test_every (gconstpointer stop)
{
  static const double places[] = { 30, 47, 81, 120 };
  g_autoptr (LabSpec) spec = NULL, alone_spec = NULL;
  g_autoptr (LabResult) result = run_job ("learning-curve", 0, &spec, stop, "from=30", "to=120",
                                          "seeds=2", "n-test=200", NULL);
  g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);

  g_assert_cmpint (lab_answer_find (answer, "mirrored")->n, ==, 91);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *to = g_strdup_printf ("to=%g", places[i]);
      g_autoptr (LabResult) alone = run_job ("learning-curve", 0, &alone_spec, stop, "from=30", to,
                                             "points=2", "seeds=2", "n-test=200", NULL);
      g_autoptr (LabAnswer) separate = lab_answer_new (alone, alone_spec);

      assert_within (read_series (answer, "mirrored", places[i]),
                     read_series (separate, "mirrored", places[i]), 1e-8);
      assert_within (read_series (answer, "standard", places[i]),
                     read_series (separate, "standard", places[i]), 1e-8);
      g_clear_pointer (&alone_spec, lab_spec_free);
    }
}

/* Where the prefixes of a factor do not serve, a few places are solved for themselves. */
static void
test_ill_conditioned (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult)
    result = run_job ("learning-curve", 0, &spec, "stop=end", "kernel=rbf", "length-scale=10",
                      "from=16", "to=256", "points=5", "seeds=2", "n-test=100", NULL);
  g_autoptr (LabSpec) free_spec = NULL;
  g_autoptr (LabResult)
    free_result = run_job ("learning-curve", 0, &free_spec, "stop=end", "kernel=rbf",
                           "length-scale=10", "from=16", "to=256", "seeds=2", "n-test=100", NULL);
  g_autoptr (LabAnswer) given = lab_answer_new (result, spec),
                        chosen = lab_answer_new (free_result, free_spec);

  g_assert_cmpint (lab_learning_facts (given)->max_dropped, >, 0);
  g_assert_cmpint (lab_answer_find (chosen, "mirrored")->n, ==, 9);
  g_assert_null (lab_answer_find (chosen, "standard"));
  g_assert_cmpfloat (read_series (chosen, "mirrored", 256), ==,
                     read_series (given, "mirrored", 256));
}

/* Another noise, or another scale of the start, is recombined to what a job of its own gives. */
static void
test_recombine (void)
{
  g_autoptr (LabSpec) spec = NULL, moved = NULL;
  g_autoptr (LabResult) result = run_job ("learning-curve", 0, &spec, "to=128", "seeds=2", NULL);
  g_autoptr (LabResult) other = run_job ("learning-curve", 0, &moved, "to=128", "seeds=2",
                                         "noise=0.7", "init-scale=2", NULL);
  g_autoptr (LabSpec) usual = lab_spec_copy (moved);
  g_autoptr (LabAnswer) recombined = lab_answer_new (result, moved),
                        computed = lab_answer_new (other, moved), unscaled = NULL;

  g_assert_true (lab_spec_same_work (spec, moved));
  g_assert_true (lab_spec_assign (usual, "init-scale=1", NULL));
  unscaled = lab_answer_new (result, usual);
  g_assert_cmpfloat (read_series (recombined, "standard", 64), >,
                     1.5 * read_series (unscaled, "standard", 64));
  g_assert_cmpfloat (read_series (recombined, "mirrored", 64), ==,
                     read_series (unscaled, "mirrored", 64));
  for (guint i = 0; i < computed->series->len; i++)
    {
      const LabSeries *a = g_ptr_array_index (recombined->series, i),
                      *b = g_ptr_array_index (computed->series, i);

      g_assert_cmpstr (a->type->id, ==, b->type->id);
      g_assert_cmpmem (a->y, a->n * sizeof (double), b->y, b->n * sizeof (double));
    }
}

static void
assert_same_bytes (const LabResult *one, const LabResult *two, const LabSpec *spec)
{
  g_autoptr (LabAnswer) a = lab_answer_new (one, spec), b = lab_answer_new (two, spec);

  for (guint i = 0; i < a->series->len; i++)
    {
      const LabSeries *x = g_ptr_array_index (a->series, i), *y = g_ptr_array_index (b->series, i);

      g_assert_cmpmem (x->y, x->n * sizeof (double), y->y, y->n * sizeof (double));
    }
}

static void
test_threads (gconstpointer setting)
{
  g_autoptr (LabSpec) spec = NULL, again = NULL;
  g_autoptr (LabResult)
    one = run_job ("learning-curve", 1, &spec, "to=80", "seeds=3", "n-test=200", setting,
                   NULL);
  g_autoptr (LabResult)
    two = run_job ("learning-curve", 2, &again, "to=80", "seeds=3", "n-test=200", setting,
                   NULL);

  assert_same_bytes (one, two, spec);
}

/* What is drawn scatters about what is averaged in closed form. */
static void
test_drawn (void)
{
  g_autoptr (LabSpec) spec = NULL, drawn_spec = NULL;
  g_autoptr (LabResult) expected = run_job ("learning-curve", 0, &spec, "to=128", "points=2",
                                            "seeds=100", "n-test=150", "stop=end", NULL);
  g_autoptr (LabResult)
    drawn = run_job ("learning-curve", 0, &drawn_spec, "to=128", "points=2", "seeds=100",
                     "n-test=150", "stop=end", "average=drawn", NULL);
  g_autoptr (LabAnswer) a = lab_answer_new (expected, spec), b = lab_answer_new (drawn, drawn_spec);

  for (int n = 64; n <= 128; n *= 2)
    {
      assert_within (read_series (b, "mirrored", n), read_series (a, "mirrored", n), 0.03);
      assert_within (read_series (b, "standard", n), read_series (a, "standard", n), 0.03);
    }
}

/* A wide network learns as the infinite one does, and a narrow one does not. */
static void
test_width (void)
{
  g_autoptr (LabSpec) spec = NULL, wide_spec = NULL, narrow_spec = NULL;
  g_autoptr (LabResult)
    infinite = run_job ("learning-curve", 0, &spec, "to=128", "points=2", "seeds=4", NULL);
  g_autoptr (LabResult) wide = run_job ("learning-curve", 0, &wide_spec, "to=128", "points=2",
                                        "seeds=4", "width=4096", NULL);
  g_autoptr (LabResult) narrow = run_job ("learning-curve", 0, &narrow_spec, "to=128", "points=2",
                                          "seeds=4", "model=linearised", "width=16", NULL);
  g_autoptr (LabAnswer) a = lab_answer_new (infinite, spec), b = lab_answer_new (wide, wide_spec),
                        c = lab_answer_new (narrow, narrow_spec);

  assert_within (read_series (b, "mirrored", 128), read_series (a, "mirrored", 128), 0.05);
  assert_within (read_series (b, "standard", 128), read_series (a, "standard", 128), 0.05);
  g_assert_cmpfloat (read_series (c, "mirrored", 128), >, 1.2 * read_series (a, "mirrored", 128));
}

/* Panels are what their dimensions give alone. */
static void
test_panels (void)
{
  g_autoptr (LabSpec) spec = NULL, alone_spec = NULL;
  g_autoptr (LabResult)
    both = run_job ("learning-curve", 0, &spec, "to=128", "seeds=2", "dim=6,11", NULL);
  g_autoptr (LabResult)
    alone = run_job ("learning-curve", 0, &alone_spec, "to=128", "seeds=2", "dim=11", NULL);
  g_autoptr (LabAnswer) a = lab_answer_new (both, spec), b = lab_answer_new (alone, alone_spec);
  const LabSeries *second = lab_answer_find_in (a, "standard", 1),
                  *only = lab_answer_find (b, "standard");

  g_assert_cmpuint (a->n_panels, ==, 2);
  g_assert_cmpint (a->dims[1], ==, 11);
  g_assert_cmpmem (second->y, second->n * sizeof (double), only->y, only->n * sizeof (double));
  g_assert_cmpfloat (lab_answer_find_slope (a, "standard", 1)->limit, ==, -3.0 / 13);
}

/* Exponents of the limit, by noise, rule, kernel and target. */
static void
test_limits (void)
{
  static const struct
  {
    const char *setting, *also;
    double mirrored, standard;
  } known[] = {
    { "noise=0.3", NULL, -1, -3.0 / 8 },
    { "noise=0", NULL, -12.0 / 5, -3.0 / 5 },
    { "stop=ridge", NULL, -12.0 / 17, -3.0 / 8 },
    { "kernel=nngp", NULL, -1, -3.0 / 8 },
    { "target=teacher", NULL, -3.0 / 8, -3.0 / 8 },
    { "stop=end", NULL, NAN, NAN },
    { "stop=time", NULL, NAN, NAN },
    { "ridge=0.1", NULL, NAN, NAN },
    { "activation=erf", NULL, NAN, NAN },
    { "activation=leaky-relu", "leak=1", NAN, NAN },
    { "activation=abs", NULL, -1, -3.0 / 8 },
    { "activation=abs", "sigma-b2=0", NAN, NAN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (LabSpec) spec = NULL;
      g_autoptr (LabResult)
        result = run_job ("learning-curve", 0, &spec, "to=80", "points=2", "seeds=1", "n-test=50",
                          known[i].setting, known[i].also, NULL);
      g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);
      double mirrored = lab_answer_find_slope (answer, "mirrored", 0)->limit,
             standard = lab_answer_find_slope (answer, "standard", 0)->limit;

      g_test_message ("%s: %g, %g", known[i].setting, mirrored, standard);
      g_assert_true (isnan (mirrored) == isnan (known[i].mirrored));
      g_assert_true (isnan (standard) == isnan (known[i].standard));
      if (!isnan (standard))
        g_assert_cmpfloat_with_epsilon (standard, known[i].standard, 1e-12);
      if (!isnan (mirrored))
        g_assert_cmpfloat_with_epsilon (mirrored, known[i].mirrored, 1e-12);
    }
}

static double
interpolate (const LabSeries *series, double x)
{
  int i = 1;

  while (i < series->n - 1 && series->x[i] < x)
    i++;
  return series->y[i - 1]
         * pow (series->y[i] / series->y[i - 1],
                log (x / series->x[i - 1]) / log (series->x[i] / series->x[i - 1]));
}

/* Mean field is for the rule that stops the points, which have the best of ridges half a decade
 * apart. */
static void
test_rules (void)
{
  static const struct
  {
    const char *stop, *more;
    double tolerance; /* 0: no theory */
  } rules[] = {
    { "stop=best", "ridge=0", 0.06 },  { "stop=time", "time=30", 0.06 },
    { "stop=ridge", "ridge=0", 0.12 }, { "stop=end", "ridge=0.01", 0.06 },
    { "stop=time", "ridge=0.1", 0 },   { "stop=best", "ridge=0.1", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (LabSpec) spec = NULL;
      g_autoptr (LabResult)
        result = run_job ("learning-curve", 0, &spec, "target=linear", "from=200", "to=400",
                          "points=2", "seeds=3", "n-test=600", rules[i].stop, rules[i].more, NULL);
      g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);

      for (int alpha = 0; alpha < 2; alpha++)
        {
          const LabSeries *points = lab_answer_find (answer, alpha ? "standard" : "mirrored");
          const LabSeries *theory = lab_answer_find (answer, alpha ? "mean-field-standard"
                                                                   : "mean-field-mirrored");

          g_assert_true ((theory != NULL) == (rules[i].tolerance > 0));
          for (int j = 0; theory != NULL && j < points->n; j++)
            {
              const double want = interpolate (theory, points->x[j]);

              g_test_message ("%s %s, alpha %d, n = %g: %.5f, theory %.5f", rules[i].stop,
                              rules[i].more, alpha, points->x[j], points->y[j], want);
              g_assert_cmpfloat_with_epsilon (points->y[j], want, rules[i].tolerance * want);
            }
        }
    }
}

/* Kernels of the distance have a mean field from a start at zero. */
static void
test_distance (void)
{
  static const char *const kernels[] = { "kernel=laplace", "kernel=matern-1/2", "kernel=matern-3/2",
                                         "kernel=matern-5/2", "kernel=rbf" };

  for (gsize i = 0; i < G_N_ELEMENTS (kernels); i++)
    {
      g_autoptr (LabSpec) spec = NULL;
      g_autoptr (LabResult) result = run_job (
        "learning-curve", 0, &spec, "target=linear", "from=150", "to=300", "points=2", "seeds=4",
        "n-test=400", "stop=end", "ridge=0.001", kernels[i], NULL);
      g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);
      const LabSeries *points = lab_answer_find (answer, "mirrored");
      const LabSeries *theory = lab_answer_find (answer, "mean-field-mirrored");

      g_assert_nonnull (theory);
      g_assert_null (lab_answer_find (answer, "mean-field-standard"));
      for (int j = 0; j < points->n; j++)
        {
          const double want = interpolate (theory, points->x[j]);

          g_test_message ("%s, n = %g: %.5f, theory %.5f", kernels[i], points->x[j], points->y[j],
                          want);
          g_assert_cmpfloat_with_epsilon (points->y[j], want, 0.06 * want);
        }
    }
}

/* A smooth activation's curve without ridge ends within its reach. */
static void
test_ends (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult)
    result = run_job ("learning-curve", 0, &spec, "dim=4", "activation=gelu", "noise=0", "stop=end",
                      "reach=1e10", "from=20", "to=40", "points=2", "seeds=1", "n-test=20", NULL);
  g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);
  const LabSeries *theory = lab_answer_find (answer, "mean-field-mirrored");

  g_assert_cmpint (theory->n, >, 20);
  g_assert_cmpfloat (theory->x[theory->n - 1], <, 1e8);
  for (int i = 1; i < theory->n; i++)
    g_assert_cmpfloat (theory->everywhere[i], <, theory->everywhere[i - 1]);
}

/* A window says what it can: fewer than three points, less than a factor of four, or an interval
 * wider than a tenth are no ground for a slope. */
static void
test_judgement (void)
{
  static const struct
  {
    const char *from, *to;
    gboolean too_short;
  } windows[] = {
    { "fit-from=64", "fit-to=1024", FALSE }, { "fit-from=64", "fit-to=255", TRUE },
    { "fit-from=64", "fit-to=256", FALSE },  { "fit-from=300", "fit-to=400", TRUE },
    { "fit-from=257", "fit-to=361", TRUE },
  };
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = run_job ("learning-curve", 0, &spec, "to=512", "points=7",
                                          "seeds=4", g_test_thorough () ? "n-test=300" : "n-test=100", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autoptr (LabSpec) moved = lab_spec_copy (spec);
      g_autoptr (LabAnswer) answer = NULL;
      const LabSlope *fit;

      g_assert_true (lab_spec_assign (moved, windows[i].from, NULL));
      g_assert_true (lab_spec_assign (moved, windows[i].to, NULL));
      g_assert_true (lab_spec_same_work (spec, moved));
      answer = lab_answer_new (result, moved);
      fit = lab_answer_find_slope (answer, "standard", 0);
      g_test_message ("%s %s: %d points, slope %.3f", windows[i].from, windows[i].to, fit->points,
                      fit->slope);
      g_assert_true (fit->too_short == windows[i].too_short);
      if (fit->points >= 2)
        g_assert_true (fit->pre_asymptotic);
    }
}

/* Student's interval, by hand for two trials: 12.7062 sd/sqrt 2. */
static void
test_interval (void)
{
  g_autoptr (LabSpec) one_spec = NULL, two_spec = NULL;
  g_autoptr (LabResult)
    one = run_job ("learning-curve", 0, &one_spec, "to=256", "points=5", "seeds=1", NULL);
  g_autoptr (LabResult)
    two = run_job ("learning-curve", 0, &two_spec, "to=256", "points=5", "seeds=2", NULL);
  g_autoptr (LabAnswer) single = lab_answer_new (one, one_spec);
  g_autoptr (LabAnswer) both = lab_answer_new (two, two_spec);
  const LabSlope *first = lab_answer_find_slope (single, "standard", 0),
               *mean = lab_answer_find_slope (both, "standard", 0);
  double second = 2 * mean->slope - first->slope;

  g_assert_true (isnan (first->low));
  assert_within (mean->high - mean->slope, 12.7062 * fabs (second - first->slope) / 2, 1e-4);
  assert_within (mean->slope - mean->low, mean->high - mean->slope, 1e-9);
}

/* The local slope of the read-out, at a point, between points and beyond them. */
static void
test_reading (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = run_job ("learning-curve", 0, &spec, "seeds=3", "to=512",
                                          g_test_thorough () ? "n-test=500" : "n-test=200", NULL);
  g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);
  LabReading at, between, beyond;

  g_assert_true (lab_answer_read (answer, spec, 512, &at));
  g_assert_true (at.exact);
  g_assert_cmpfloat (lab_learning_reading (&at, 0)->standard, ==, read_series (answer, "standard", 512));
  g_assert_true (lab_answer_read (answer, spec, 200, &between));
  g_assert_false (between.exact);
  g_assert_cmpfloat (fabs (lab_learning_reading (&between, 0)->standard_slope + .6), <, 0.1);
  assert_within (lab_learning_reading (&between, 0)->standard_theory, lab_learning_reading (&between, 0)->standard, 0.06);
  g_assert_cmpfloat (
    fabs (lab_learning_reading (&between, 0)->standard_theory_slope - lab_learning_reading (&between, 0)->standard_slope), <, 0.05);
  g_assert_true (lab_answer_read (answer, spec, 20000, &beyond));
  g_assert_true (isnan (lab_learning_reading (&beyond, 0)->standard));
  g_assert_cmpfloat (lab_learning_reading (&beyond, 0)->standard_theory, <, lab_learning_reading (&at, 0)->standard);
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
  g_test_add_data_func ("/learning-curve/every/end", "stop=end", test_every);
  g_test_add_data_func ("/learning-curve/every/ridge", "stop=ridge", test_every);
  g_test_add_func ("/learning-curve/ill-conditioned", test_ill_conditioned);
  g_test_add_func ("/learning-curve/recombine", test_recombine);
  g_test_add_data_func ("/learning-curve/threads/best", "stop=best", test_threads);
  g_test_add_data_func ("/learning-curve/threads/every", "stop=ridge", test_threads);
  g_test_add_data_func ("/learning-curve/threads/drawn", "average=drawn", test_threads);
  g_test_add_data_func ("/learning-curve/threads/finite", "width=64", test_threads);
  g_test_add_func ("/learning-curve/drawn", test_drawn);
  g_test_add_func ("/learning-curve/width", test_width);
  g_test_add_func ("/learning-curve/panels", test_panels);
  g_test_add_func ("/learning-curve/limits", test_limits);
  g_test_add_func ("/learning-curve/rules", test_rules);
  g_test_add_func ("/learning-curve/distance", test_distance);
  g_test_add_func ("/learning-curve/ends", test_ends);
  g_test_add_func ("/learning-curve/judgement", test_judgement);
  g_test_add_func ("/learning-curve/interval", test_interval);
  g_test_add_func ("/learning-curve/reading", test_reading);
  return g_test_run ();
}
