/* What the numbers of a curve are: which center, which eigenvalues count, what is zero. */

#include "lab-case.h"
#include "lab-answer-private.h"
#include "lab-double-descent.h"
#include "view-test.h"

#include <math.h>
#include <stdlib.h>

/* The mean and the median of the same errors, within the same band. */
static void
test_center (void)
{
  static const char *const spec = "model=random-features dim=6 n-train=20 from=10 to=40 points=3 "
                                  "seeds=5 n-test=50 show=test";
  g_auto (Case) made = case_parse ("double-descent", 1, spec);
  const LabSeries *median = lab_answer_find (made.answer, "test"), *mean;
  g_autoptr (LabAnswer) answer = NULL;

  g_assert_true (lab_spec_assign (made.spec, "center=mean", NULL));
  g_assert_true (lab_spec_same_work (made.spec, lab_result_spec (made.result)));
  answer = lab_answer_new (made.result, made.spec);
  mean = lab_answer_find (answer, "test");
  for (int i = 0; i < mean->n; i++)
    {
      double values[5], sum = 0;

      for (int s = 0; s < 5; s++)
        {
          const LabPiece *piece = lab_result_piece (made.result, s, i);

          values[s] = ntk_gram_error (&piece->test, 0.5, 0);
          sum += values[s];
        }
      qsort (values, 5, sizeof (double), lab_compare_doubles);
      g_assert_cmpfloat_with_epsilon (mean->y[i], sum / 5, 1e-12 * sum);
      g_assert_cmpfloat (median->y[i], ==, values[2]);
      g_assert_cmpfloat (median->low[i], ==, mean->low[i]);
      g_assert_cmpfloat (median->high[i], ==, mean->high[i]);
    }
}

/* Eigenvalues up to the cut-off count as zero, whichever way the rank is found. */
static void
test_cutoff (void)
{
  static const char
    *const settings = "activation=erf dim=2 n-train=40 from=4 to=40 points=2 seeds=2 "
                      "n-test=20 show=test noise=0";
  static const double cutoffs[] = { 1e-14, 1e-10, 1e-6, 1e-3 };
  int last = 40;

  for (gsize c = 0; c < G_N_ELEMENTS (cutoffs); c++)
    {
      g_autofree char *text = g_strdup_printf ("%s cutoff=%g", settings, cutoffs[c]);
      g_auto (Case) made = case_parse ("double-descent", 1, text);
      const LabPiece *piece = lab_result_piece (made.result, 0, 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (LabLook) look = look_of (made.spec, 40, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (piece->rank, ==, look->rank);
      g_assert_cmpint (piece->dropped, ==, 40 - piece->rank);
      g_assert_cmpint (piece->rank, <, last);
      last = piece->rank;
    }
}

/* The band is of networks that start from f_0 and from -f_0, products with it included; the mean over the
 * signs has none. */
static void
test_signs (void)
{
  g_auto (Case)
    made = case_parse ("double-descent", 1,
                       "model=random-features dim=4 n-train=12 from=6 to=24 points=3 "
                       "seeds=3 n-test=30 init-scale=1.5 noise=0.2 center=mean ridge=0.1");
  const LabSeries *test = lab_answer_find (made.answer, "test");

  for (int i = 0; i < test->n; i++)
    {
      double values[6], sum = 0;

      for (int s = 0; s < 3; s++)
        {
          const NtkGram *g = &((const LabPiece *) lab_result_piece (made.result, s, i))->test;

          for (int k = 0; k < 2; k++)
            {
              double alpha = k == 0 ? 1.5 : -1.5;

              values[2 * s + k] = g->rr + 0.04 * g->aa + 2.25 * g->bb + 0.4 * g->ra
                                  + 2 * alpha * (g->rb + 0.2 * g->ab);
              g_assert_cmpfloat (fabs (g->rb), >, 0);
              sum += values[2 * s + k];
            }
        }
      qsort (values, 6, sizeof (double), lab_compare_doubles);
      g_assert_cmpfloat_with_epsilon (test->y[i], sum / 6, 1e-12);
      g_assert_cmpfloat_with_epsilon (test->low[i], (values[0] + values[1]) / 2, 1e-12);
      g_assert_cmpfloat_with_epsilon (test->high[i], (values[4] + values[5]) / 2, 1e-12);
      g_assert_cmpint (test->count[i], ==, 3);
    }
}

/* No bound stands where the rank is not that of the features. */
static void
test_bound (void)
{
  g_auto (Case)
    cut = case_parse ("double-descent", 1,
                      "noise=1 dim=2 n-train=60 activation=tanh from=5 to=60 points=6 seeds=3 "
                      "n-test=50 show=test,noise,lower-bound");
  g_auto (Case)
    full = case_parse ("double-descent", 1,
                       "noise=1 dim=6 n-train=20 model=random-features from=5 to=60 points=6 "
                       "seeds=3 n-test=50 show=test,noise,lower-bound");
  const LabSeries *bound = lab_answer_find (cut.answer, "lower-bound");

  g_assert_true (lab_descent_facts (cut.answer)->bound_ends);
  g_assert_false (lab_descent_facts (full.answer)->bound_ends);
  for (int i = 0; i < bound->n; i++)
    g_assert_true (isnan (bound->y[i]));
  bound = lab_answer_find (full.answer, "lower-bound");
  for (int i = 0; i < bound->n; i++)
    g_assert_true (bound->y[i] > 0);
}

/* Each model begins with its peak in sight, along whatever has one. */
static void
test_in_sight (void)
{
  static const char *const settings[] = {
    "model=linear",
    "model=linear axis=n-train",
    "model=random-features",
    "model=random-features axis=n-train",
    "",
    "axis=n-train",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%sseeds=3 n-test=50 points=9", settings[i],
                                               *settings[i] ? " " : "");
      g_auto (Case) made = case_parse ("double-descent", 1, text);
      const LabDescentFacts *facts = lab_descent_facts (made.answer);

      g_test_message ("%s: %g at %g", text, facts->top_y, facts->top_x);
      g_assert_cmpfloat (facts->top_x, >, facts->first_x);
      g_assert_cmpfloat (facts->top_x, <, facts->last_x);
      g_assert_cmpfloat (facts->top_y, >, 3 * facts->last_y);
    }
}

/* What is zero to rounding is 0, and has no part in peaks. */
static void
test_rounding (void)
{
  g_auto (Case)
    made = case_parse ("samples-linear", 1, "noise=0 seeds=4 dim=40 from=10 to=160 n-test=50");
  const LabSeries *test = lab_answer_find (made.answer, "test");

  for (int i = 0; i < test->n; i++)
    if (test->x[i] < 40)
      g_assert_cmpfloat (test->y[i], >, 1e-4);
    else
      g_assert_cmpfloat (test->y[i], ==, 0);
  g_assert_true (isnan (lab_descent_facts (made.answer)->peak_x));
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/numbers/center", test_center);
  g_test_add_func ("/lab/numbers/cutoff", test_cutoff);
  g_test_add_func ("/lab/numbers/signs", test_signs);
  g_test_add_func ("/lab/numbers/bound", test_bound);
  g_test_add_func ("/lab/numbers/in-sight", test_in_sight);
  g_test_add_func ("/lab/numbers/rounding", test_rounding);
  return g_test_run ();
}
