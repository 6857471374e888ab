/* What is read off the curves of double descent, on errors that are written in by hand: each threshold
 * from both sides. */

#include <lab-double-descent.h>

#include "lab-case.h"
#include "lab-test.h"

/* Widths 1, 2, 4, 8, 16, or as many places of another axis. */
#define PLACES 5
#define SMALL "n-train=10 dim=3 n-test=4 points=5 "
#define WIDTHS SMALL "from=1 to=16 "

static LabPiece *
piece (Case *made, int seed, int place)
{
  return (LabPiece *) lab_result_piece (made->result, seed, place);
}

static Case
run (const char *settings)
{
  Case made = case_parse ("double-descent", 1, settings);

  g_assert_cmpint (lab_result_plan (made.result)->n_x, ==, PLACES);
  for (int s = 0; s < lab_result_seeds_done (made.result); s++)
    for (int i = 0; i < PLACES; i++)
      *piece (&made, s, i) = (LabPiece){ .rank = piece (&made, s, i)->rank };
  return made;
}

/* Of a single model, and of pairs of models. */
static void
set_error (Case *made, int seed, int place, double error)
{
  piece (made, seed, place)->test.rr = piece (made, seed, place)->test_pair.rr = error;
}

static void
set_errors (Case *made, const double *errors)
{
  for (int s = 0; s < lab_result_seeds_done (made->result); s++)
    for (int i = 0; i < PLACES; i++)
      set_error (made, s, i, errors[i]);
}

static void
set_ranks (Case *made, const int *ranks)
{
  for (int s = 0; s < lab_result_seeds_done (made->result); s++)
    for (int i = 0; i < PLACES; i++)
      piece (made, s, i)->rank = ranks[i];
}

static const LabDescentFacts *
find_facts (Case *made)
{
  lab_answer_free (made->answer);
  made->answer = lab_answer_new (made->result, made->spec);
  return lab_descent_facts (made->answer);
}

/* ---- Peaks ---- */

static void
test_height (void)
{
  static const struct
  {
    const char *settings;
    double height;
    gboolean peaks;
  } cases[] = {
    { WIDTHS "seeds=8 noise=0", 1.14, FALSE },
    { WIDTHS "seeds=8 noise=0", 1.16, TRUE },
    { WIDTHS "seeds=4 noise=0", 1.4, TRUE },
    { WIDTHS "seeds=3 noise=0", 1.49, FALSE },
    { WIDTHS "seeds=3 noise=0", 1.51, TRUE },
    { SMALL "seeds=3 noise=0 axis=ridge", 1.03, FALSE },
    { SMALL "seeds=3 noise=0 axis=ridge", 1.05, TRUE },
    { SMALL "seeds=3 noise=0 axis=time", 1.03, FALSE },
    { SMALL "seeds=3 noise=0 axis=time", 1.05, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const double h = cases[i].height;
      const double errors[][PLACES] = { { 2, 1, h, 0.5, 0.6 }, { 2, 0.5, h, 1, 1.01 } };
      g_auto (Case) made = run (cases[i].settings);
      const double *x = lab_result_plan (made.result)->x;

      /* Above the worse of both sides, whichever that is. */
      for (int k = 0; k < 2; k++)
        {
          const LabDescentFacts *facts;

          set_errors (&made, errors[k]);
          facts = find_facts (&made);
          g_test_message ("%s: %g", cases[i].settings, h);
          g_assert_cmpint (!isnan (facts->peak_x), ==, cases[i].peaks);
          if (!cases[i].peaks)
            continue;
          g_assert_cmpfloat (facts->peak_x, ==, x[2]);
          g_assert_cmpfloat (facts->before_x, ==, x[1]);
          g_assert_cmpfloat (facts->after_x, ==, x[3]);
          assert_within (facts->peak_y, h, 1e-12);
          assert_within (facts->before_y, errors[k][1], 1e-12);
          assert_within (facts->after_y, errors[k][3], 1e-12);
        }
    }
}

/* Sixteen seeds that scatter by s about a mean of m stand out by m / (s / 4); two are enough. Scatter
 * that the places share does not count, since seeds are compared with themselves. */
static void
test_scatter (void)
{
  enum { NOWHERE, BEFORE, AFTER, PEAK };
  static const struct
  {
    int alone; /* which place scatters; with NOWHERE all do, alike */
    double deviations;
    gboolean peaks;
  } cases[] = {
    { PEAK, 1.9, FALSE },  { PEAK, 2.1, TRUE },  { BEFORE, 1.9, FALSE }, { BEFORE, 2.1, TRUE },
    { AFTER, 1.9, FALSE }, { AFTER, 2.1, TRUE }, { NOWHERE, 0.1, TRUE },
  };
  const double m = 0.3;
  g_auto (Case) made = run (WIDTHS "noise=0 seeds=16");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* Of values m + s and m - s the sample deviation is s sqrt(16/15). */
      const double s = 4 * m / cases[i].deviations * sqrt (15 / 16.0);
      const LabDescentFacts *facts;

      for (int seed = 0; seed < 16; seed++)
        {
          const double shift = seed % 2 == 0 ? s : -s;

          for (int place = 0; place < PLACES; place++)
            {
              const int which = place < 2 ? BEFORE : place == 2 ? PEAK : AFTER;
              gboolean moves = cases[i].alone == NOWHERE || cases[i].alone == which;

              set_error (&made, seed, place, exp ((place == 2 ? m : 0) + (moves ? shift : 0)));
            }
        }
      facts = find_facts (&made);
      g_test_message ("case %d: %g, peak at %g", (int) i, cases[i].deviations, facts->peak_x);
      g_assert_cmpint (!isnan (facts->peak_x), ==, cases[i].peaks);
    }
}

/* ---- Parts of the error ---- */

static void
test_shares (void)
{
  const double errors[PLACES] = { 2, 1, 6, 1, 0.5 };
  g_auto (Case) made = run (WIDTHS "noise=0.5 init=standard seeds=4");
  const LabDescentFacts *facts;

  lab_spec_assign (made.spec, "init-scale=2", NULL);
  set_errors (&made, errors);
  for (int s = 0; s < 4; s++)
    {
      piece (&made, s, 2)->test.aa = 8;    /* times 1/4: 2 of 12 */
      piece (&made, s, 2)->test.bb = 1;    /* times 4: 4 of 12 */
      piece (&made, s, 1)->test.bb = 0.25; /* 1 of 2 */
      piece (&made, s, 4)->test.bb = 0.375; /* 1.5 of 2 */
    }
  facts = find_facts (&made);
  assert_within (facts->peak_y, 12, 1e-12);
  assert_within (facts->noise_share, 1 / 6.0, 1e-12);
  assert_within (facts->initial_share, 1 / 3.0, 1e-12);
  g_assert_cmpfloat (facts->before_x, ==, 1);
  assert_within (facts->initial_last, 0.75, 1e-12);
  g_assert_cmpfloat (facts->initial_before, ==, 0);
}

/* What theory divides it divides as it does at the place that is nearest. */
static void
test_theory_shares (void)
{
  static const char *const ids[] = { "bias", "sampling", "weights" };
  g_auto (Case) made = case_parse ("random-features-double-descent", 1,
                                   "dim=10 n-train=16 n-test=4 from=2 to=200 points=5 seeds=4 noise=0 ridge=0.01");
  const LabDescentFacts *facts;
  const LabSeries *theory;
  double part[3], x;
  int nearest = 0;

  for (int s = 0; s < 4; s++)
    for (int i = 0; i < lab_result_plan (made.result)->n_x; i++)
      {
        *piece (&made, s, i) = (LabPiece){ .rank = piece (&made, s, i)->rank };
        set_error (&made, s, i, i == 3 ? 9 : 1);
      }
  facts = find_facts (&made);
  x = lab_result_plan (made.result)->x[3];
  g_assert_cmpfloat (facts->peak_x, ==, x);
  theory = lab_answer_find (made.answer, "weights");
  for (int i = 0; i < theory->n; i++)
    if (fabs (log (theory->x[i] / x)) < fabs (log (theory->x[nearest] / x)))
      nearest = i;
  for (int k = 0; k < 3; k++)
    part[k] = lab_answer_find (made.answer, ids[k])->y[nearest];
  assert_within (facts->sampling_share, part[1] / (part[0] + part[1] + part[2]), 1e-9);
  assert_within (facts->weights_share, part[2] / (part[0] + part[1] + part[2]), 1e-9);
  g_assert_cmpfloat (facts->weights_share, >, 0.01);
}

/* ---- Between places ---- */

/* Straight on log-log paper, and straight on plain paper where an end is 0. */
static void
test_between (void)
{
  g_auto (Case) made = run (WIDTHS "noise=0 seeds=2");

  set_errors (&made, (const double[]){ 3, 0, 4, 16, 0 });
  find_facts (&made);
  assert_within (read_test (made.answer, made.spec, 3), 2, 1e-12);
  assert_within (read_test (made.answer, made.spec, 6), 9, 1e-12);
  assert_within (read_test (made.answer, made.spec, 12), 8, 1e-12);
}

/* ---- Bands ---- */

/* Of an infinite ensemble: what comes out negative stands as 0, ends of the band too, and is told where
 * it is the median. */
static void
test_lift (void)
{
  g_auto (Case) made = run (WIDTHS "noise=0 seeds=11 ensemble=inf");
  const LabSeries *test;

  for (int s = 0; s < 11; s++)
    for (int place = 0; place < PLACES; place++)
      set_error (&made, s, place, s - 2 * place - 0.25);
  g_assert_cmpint (find_facts (&made)->lifted, ==, 2);
  test = lab_answer_find (made.answer, "test");
  for (int place = 0; place < PLACES; place++)
    {
      /* Of eleven the quantiles are the second, the sixth and the tenth. */
      g_assert_cmpfloat (test->low[place], ==, MAX (0, 1 - 2 * place - 0.25));
      g_assert_cmpfloat (test->y[place], ==, MAX (0, 5 - 2 * place - 0.25));
      g_assert_cmpfloat (test->high[place], ==, MAX (0, 9 - 2 * place - 0.25));
    }
}

/* ---- Thresholds ---- */

static void
test_threshold (void)
{
  static const struct
  {
    int ranks[PLACES];
    double threshold;
  } cases[] = {
    { { 2, 4, 6, 10, 10 }, 8 },    /* the line from (2, 4) by (4, 6) */
    { { 2, 4, 7, 10, 10 }, 6 },
    { { 2, 5, 5, 10, 10 }, 8 },    /* no slope to follow */
    { { 2, 10, 10, 10, 10 }, 2 },  /* no two widths below */
    { { 10, 10, 10, 10, 10 }, NAN }, /* somewhere before */
    { { 2, 4, 6, 8, 9 }, NAN },    /* somewhere behind */
  };
  g_auto (Case) made = run (WIDTHS "noise=0 seeds=3");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double got;

      set_ranks (&made, cases[i].ranks);
      got = find_facts (&made)->threshold;
      if (isnan (cases[i].threshold))
        g_assert_true (isnan (got));
      else
        g_assert_cmpfloat_with_epsilon (got, cases[i].threshold, 1e-12);
    }
}

/* Over samples: the rank that n cannot pass. */
static void
test_samples_threshold (void)
{
  g_auto (Case) made = run (SMALL "axis=n-train from=4 to=64 noise=0 seeds=3");

  set_ranks (&made, (const int[]){ 4, 8, 12, 12, 12 });
  g_assert_cmpfloat (find_facts (&made)->threshold, ==, 12);
  set_ranks (&made, (const int[]){ 3, 3, 3, 3, 3 });
  g_assert_true (isnan (find_facts (&made)->threshold));
  set_ranks (&made, (const int[]){ 4, 8, 16, 32, 64 });
  g_assert_true (isnan (find_facts (&made)->threshold));
}

/* ---- What took the peak away ---- */

/* At the threshold at least n sigma^2 is left of the noise, 10 here: without doubt a peak if the ends are
 * below half of that. */
static void
test_removed (void)
{
  static const struct
  {
    const char *settings;
    double ends;
    LabRemoved removed;
  } cases[] = {
    { "ridge=0.1", 4.9, LAB_REMOVED_BY_RIDGE },
    { "ridge=0.1", 5.1, LAB_REMOVED_BY_NOTHING },
    { "time=10", 4.9, LAB_REMOVED_BY_TIME },
    { "time=10", 5.1, LAB_REMOVED_BY_NOTHING },
    { "ridge=0.1 time=10", 4.9, LAB_REMOVED_BY_NOTHING },
    { "ridge=0", 4.9, LAB_REMOVED_BY_NOTHING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int end = 0; end < PLACES; end += PLACES - 1)
      {
        g_autofree char *settings = g_strconcat (WIDTHS "noise=1 seeds=4 ", cases[i].settings, NULL);
        g_auto (Case) made = run (settings);
        double errors[PLACES] = { 1, 1, 1, 1, 1 };

        errors[end] = cases[i].ends;
        set_errors (&made, errors);
        set_ranks (&made, (const int[]){ 2, 4, 6, 10, 10 });
        g_test_message ("%s, %g at end %d", cases[i].settings, cases[i].ends, end);
        g_assert_cmpint (find_facts (&made)->removed, ==, cases[i].removed);
      }
}

/* Averaging has, where a single model peaks. */
static void
test_removed_by_ensemble (void)
{
  static const double singles[] = { 1.14, 1.16 };
  g_auto (Case) made = run (WIDTHS "noise=0 seeds=4 ensemble=inf");

  for (int k = 0; k < 2; k++)
    {
      set_errors (&made, (const double[]){ 1, 1, 1, 1, 1 });
      set_ranks (&made, (const int[]){ 2, 4, 6, 10, 10 });
      for (int s = 0; s < 4; s++)
        piece (&made, s, 2)->test.rr = singles[k];
      g_assert_cmpint (find_facts (&made)->removed, ==,
                       k == 1 ? LAB_REMOVED_BY_ENSEMBLE : LAB_REMOVED_BY_NOTHING);
    }
}

/* ---- The cut-off ---- */

/* Told at whatever place it decides, below the threshold too. */
static void
test_cutoff (void)
{
  g_auto (Case) made = run (WIDTHS "noise=0 seeds=4");

  set_ranks (&made, (const int[]){ 3, 6, 10, 10, 10 });
  g_assert_cmpint (find_facts (&made)->max_cut, ==, 0);
  piece (&made, 1, 0)->rank = 1;
  g_assert_cmpint (find_facts (&made)->max_cut, ==, 0);
  piece (&made, 1, 0)->cut = 1;
  g_assert_cmpint (find_facts (&made)->max_cut, ==, 1);
  g_assert_cmpfloat (lab_descent_facts (made.answer)->cutoff_x, ==, 1);
  piece (&made, 3, 3)->cut = 2;
  piece (&made, 2, 4)->cut = 2;
  g_assert_cmpint (find_facts (&made)->max_cut, ==, 2);
  g_assert_cmpfloat (lab_descent_facts (made.answer)->cutoff_x, ==, 8);
}

/* Smooth units have all the rank that their number allows: what is not seen is below the cut-off. */
static void
test_cutoff_smooth (void)
{
  g_auto (Case) made = run (WIDTHS "noise=0 seeds=4 activation=erf");

  set_ranks (&made, (const int[]){ 10, 10, 10, 10, 10 });
  g_assert_cmpint (find_facts (&made)->max_cut, ==, 0);
  piece (&made, 3, 4)->rank = 7;
  g_assert_cmpint (find_facts (&made)->max_cut, ==, 3);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/facts/height", test_height);
  g_test_add_func ("/lab/facts/scatter", test_scatter);
  g_test_add_func ("/lab/facts/shares", test_shares);
  g_test_add_func ("/lab/facts/theory-shares", test_theory_shares);
  g_test_add_func ("/lab/facts/between", test_between);
  g_test_add_func ("/lab/facts/lift", test_lift);
  g_test_add_func ("/lab/facts/threshold", test_threshold);
  g_test_add_func ("/lab/facts/samples-threshold", test_samples_threshold);
  g_test_add_func ("/lab/facts/removed", test_removed);
  g_test_add_func ("/lab/facts/removed-by-ensemble", test_removed_by_ensemble);
  g_test_add_func ("/lab/facts/cutoff", test_cutoff);
  g_test_add_func ("/lab/facts/cutoff-smooth", test_cutoff_smooth);
  return g_test_run ();
}
