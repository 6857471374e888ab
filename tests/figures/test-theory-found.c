/* Settings in which theory was found to be farther off simulation than was said, by recomputation and by
 * search: none may be said to be better than it was found. Nothing is simulated. */

#include <figures.h>
#include <lab-double-descent.h>
#include <lab-learning-curve.h>
#include <math.h>
#include <string.h>

#include "lab-domain.h"

#define DESCENT "double-descent"
#define FEATURES DESCENT " model=random-features"
#define LINEAR DESCENT " model=linear"
#define INFINITE DESCENT " model=infinite axis=n-train"
#define LEARNING "learning-curve"
#define LARGE " sigma-w2=10 sigma-v2=10"

/* Simulation over theory. */
static const struct
{
  const char *spec, *series;
  double x, ratio;
} finds[] = {
  { DESCENT " dim=31 n-train=310 noise=.5", "asymptotic", 155, 2.8 },
  { DESCENT " dim=31 n-train=155 noise=1", "asymptotic", 78, 2.1 },
  { DESCENT " dim=31 n-train=93 noise=.5", "asymptotic", 47, 1.5 },
  { DESCENT " dim=31 n-train=93 noise=3", "asymptotic", 60, 1.73 },
  { DESCENT " dim=21 n-train=63 ridge=.01 noise=3", "asymptotic", 32, 1.34 },
  { DESCENT " dim=61 n-train=183 activation=gelu noise=.5", "asymptotic", 366, 1.16 },
  { DESCENT " dim=61 n-train=122 activation=gelu noise=3", "asymptotic", 244, 1.21 },
  { DESCENT " dim=41 n-train=41 ridge=.01 noise=3", "asymptotic", 164, 1.15 },
  { DESCENT " dim=40 n-train=60 ridge=.1" LARGE, "asymptotic", 30, 1.17 },
  { FEATURES " dim=21 n-train=63 ridge=.01" LARGE, "asymptotic", 63, 0.908 },

  { INFINITE " dim=3 ridge=.01 depth=6 noise=.02" LARGE, "finite-d", 60, 1.61 },
  { INFINITE " dim=3 time=100 depth=6 noise=.02" LARGE, "finite-d", 90, 1.70 },
  { INFINITE " dim=4 ridge=.01 depth=3 activation=sin sigma-w2=3 sigma-v2=10 noise=.1", "finite-d", 60, 1.32 },
  { LEARNING " stop=end ridge=.01 sigma-b2=10 dim=3 noise=0" LARGE, "mean-field-mirrored", 64, 1.91 },
  { LEARNING " stop=end ridge=.01 sigma-b2=10 dim=3 noise=0" LARGE, "mean-field-mirrored", 512, 1.29 },
  { LEARNING " dim=6 sigma-v2=1e-6 stop=ridge", "mean-field-mirrored", 64, 44 },
  { LEARNING " dim=6 sigma-v2=1e-6 stop=ridge", "mean-field-standard", 1024, 288 },
  { LEARNING " sigma-v2=1e-6 sigma-w2=.01 stop=best", "mean-field-mirrored", 1024, 24 },
  { LEARNING " sigma-v2=1e-6 sigma-w2=.01 stop=best", "mean-field-standard", 1024, 24 },

  { FEATURES " dim=5 n-train=31 ridge=1e-4 activation=tanh noise=.2" LARGE, "finite-d", 62, 1.21 },
  { FEATURES " dim=7 n-train=33 ridge=1e-3 noise=.2" LARGE, "finite-d", 45, 1.18 },
  { FEATURES " dim=4 n-train=31 ridge=1e-5 noise=.2" LARGE, "finite-d", 80, 1.43 },
  { FEATURES " dim=5 n-train=30 ridge=1e-3" LARGE, "finite-d", 60, 1.19 },
  { FEATURES " dim=5 n-train=31 ridge=1e-4 activation=gelu target=quadratic noise=.1", "finite-d", 62, 1.31 },
  { FEATURES " dim=5 n-train=31 ridge=1e-3 target=quadratic noise=0 init-scale=2", "finite-d", 31, 1.14 },
  { FEATURES " dim=5 n-train=31 ridge=1e-3 activation=gelu target=quadratic noise=.1", "finite-d", 31, 1.09 },
  { FEATURES " ensemble=inf dim=5 n-train=31 ridge=1e-3 activation=gelu target=quadratic noise=.1",
    "ensemble-limit", 60, 1.093 },
  { FEATURES " dim=5 n-train=31 ridge=1e-3 activation=swish target=quadratic noise=.1", "finite-d", 31, 1.07 },
  { FEATURES " dim=5 n-train=31 ridge=1e-3 target=cosine noise=.2", "finite-d", 31, 1.073 },
  { FEATURES " dim=6 n-train=45 noise=.1", "finite-d", 30, 1.28 },

  { LINEAR " dim=5 n-train=5 ridge=1e-3 noise=1", "finite-d", 4, 1.14 },
  { LINEAR " dim=5 n-train=6 time=1000 noise=.3", "finite-d", 4, 1.27 },
  { LINEAR " dim=20 n-train=5 ridge=1e-3 noise=.3", "finite-d", 7, 1.13 },
  { LINEAR " dim=10 n-train=7 ridge=1e-3 noise=1 inputs=two-scale slow-dims=4 slow-scale=.3", "finite-d", 6, 1.1 },
  { LINEAR " dim=5 n-train=2 ridge=.001", "finite-d", 2, 1.52 },
  { LINEAR " dim=5 n-train=2 ridge=.001", "finite-d", 3, 1.54 },
  { "epoch-wise-linear noise=0", "finite-d", 4e5, 1.17 },
  { "epoch-wise-linear noise=0", "finite-d", 6.3e5, 1.46 },
  { "epoch-wise-linear noise=0", "finite-d", 1e6, 2.47 },
};

/* The first word names an exhibit or a preset. */
static LabSpec *
make_spec (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GError *error = NULL;
  LabSpec *spec = lab_spec_new_named (words[0], &error);

  g_assert_no_error (error);
  for (int i = 1; words[i] != NULL; i++)
    {
      lab_spec_assign (spec, words[i], &error);
      g_assert_no_error (error);
    }
  return spec;
}

static LabDomain
found_domain (double ratio)
{
  double off = fabs (ratio - 1);

  return off <= 0.05 ? LAB_DOMAIN_CLOSE : off <= 0.2 ? LAB_DOMAIN_NEAR : LAB_DOMAIN_OUT;
}

static void
test_finds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (finds); i++)
    {
      g_autoptr (LabSpec) spec = make_spec (finds[i].spec);

      g_test_message ("%s at %g", finds[i].spec, finds[i].x);
      g_assert_cmpint (lab_domain (spec, finds[i].series, finds[i].x), >=,
                       found_domain (finds[i].ratio));
    }
}

/* The usual settings have not lost their theory. */
static void
test_usual (void)
{
  static const struct
  {
    const char *spec, *series;
    double x;
  } usual[] = {
    { "random-features-double-descent", "finite-d", 400 },
    { "small-ridge", "finite-d", 400 },
    { "ridge-removes-peak", "finite-d", 100 },
    { "coordinates-linear", "finite-d", 97 },
    { "epoch-wise-linear", "finite-d", 1e5 },
    { LEARNING, "mean-field-mirrored", 512 },
    { LEARNING, "mean-field-standard", 512 },
    { DESCENT " dim=40 n-train=40 ridge=.1", "asymptotic", 80 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      g_autoptr (LabSpec) spec = make_spec (usual[i].spec);

      g_test_message ("%s at %g", usual[i].spec, usual[i].x);
      g_assert_cmpint (lab_domain (spec, usual[i].series, usual[i].x), ==, LAB_DOMAIN_CLOSE);
    }
}

/* ---- What follows from the pieces ---- */

static LabResult *
make_result (const LabSpec *spec)
{
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  GError *error = NULL;
  LabPieces *pieces;
  LabResult *result;

  plan->n_seeds = 1;
  pieces = lab_pieces_new (spec, plan, &error);
  g_assert_no_error (error);
  result = lab_result_new (spec, plan, pieces);
  lab_pieces_unref (pieces);
  result->seeds[0] = 0;
  result->seeds_done = 1;
  result->theory = lab_spec_work (spec)->theory (spec, plan, &error);
  g_assert_no_error (error);
  return result;
}

static gboolean
is_said (const LabAnswer *answer, const LabSpec *spec, const char *words)
{
  g_auto (GStrv) notes = figures_notes (answer, spec);
  g_autofree char *all = g_strjoinv ("\n", notes);

  return strstr (all, words) != NULL;
}

/* Theory is left out from the place before the one where the cut-off decides to the place after it. */
static void
assert_left_out (const LabAnswer *answer, const char *id, double from, double to, gboolean out)
{
  const LabSeries *series = lab_answer_find (answer, id);
  int inside = 0;

  for (int i = 0; i < series->n; i++)
    {
      gboolean within = series->x[i] > from && series->x[i] < to;

      inside += within;
      if (within)
        g_assert_true (isnan (series->within[i]) == out && isnan (series->y[i]) == out);
      else if (series->x[i] < from || series->x[i] > to)
        g_assert_false (isnan (series->within[i]));
    }
  g_assert_cmpint (inside, >, 3);
}

/* `cut` directions at the middle one of five places. */
static void
check_descent (const char *text, int cut, gboolean out)
{
  g_autoptr (LabSpec) spec = make_spec (text);
  g_autoptr (LabResult) result = make_result (spec);
  g_autoptr (LabAnswer) answer = NULL;

  g_test_message ("%s, %d cut", text, cut);
  g_assert_cmpint (result->plan->n_x, ==, 5);
  for (int i = 0; i < 5; i++)
    ((LabPiece *) lab_result_piece (result, 0, i))->rank = G_MAXINT;
  ((LabPiece *) lab_result_piece (result, 0, 2))->cut = cut;
  answer = lab_answer_new (result, spec);
  assert_left_out (answer, "finite-d", result->plan->x[1], result->plan->x[3], out);
  g_assert_true (is_said (answer, spec, "Theory is left out where the cut-off decides") == out);
}

static void
test_descent_cutoff (void)
{
  const char *features = FEATURES " dim=20 n-train=100 from=150 to=400 points=5 show=finite-d",
             *gaussian = LINEAR " dim=40 n-train=60 inputs=gaussian from=5 to=40 points=5 show=finite-d";
  g_autofree char *high = g_strconcat (gaussian, " cutoff=1e-3", NULL),
                  *ridge = g_strconcat (gaussian, " ridge=.2", NULL);

  check_descent (features, 0, FALSE);
  check_descent (features, 2, FALSE);
  check_descent (features, 3, TRUE);
  check_descent (gaussian, 1, FALSE);
  check_descent (gaussian, 2, TRUE);
  check_descent (high, 1, TRUE);
  check_descent (ridge, 30, FALSE);
}

/* Errors of 1 everywhere. */
static void
fill_learning (LabResult *result, const LabSpec *spec, int dropped)
{
  for (int i = 0; i < result->plan->n_x; i++)
    {
      LabLearningPiece *piece = (LabLearningPiece *) lab_result_piece (result, 0, i);

      piece->dropped = dropped;
      for (int k = 0; k < lab_learning_n_stops (spec); k++)
        piece->at[k].gram.rr = 1;
    }
}

static void
check_learning (const char *text, int dropped, gboolean out)
{
  g_autoptr (LabSpec) spec = make_spec (text);
  g_autoptr (LabResult) result = make_result (spec);
  g_autoptr (LabAnswer) answer = NULL;

  g_test_message ("%s, %d dropped", text, dropped);
  fill_learning (result, spec, dropped);
  answer = lab_answer_new (result, spec);
  assert_left_out (answer, "mean-field-mirrored", 60, INFINITY, out);
  g_assert_false (isnan (lab_answer_find_slope (answer, "mirrored", 0)->theory));
  g_assert_true (is_said (answer, spec, "Theory is left out where the cut-off decides") == out);
}

static void
test_learning_cutoff (void)
{
  const char *text = LEARNING " stop=end from=16 to=64 points=3";

  check_learning (text, 0, FALSE);
  check_learning (text, 1, FALSE);
  check_learning (LEARNING " stop=best from=16 to=64 points=3", 60, FALSE);
}

/* All of it: nothing of the curve remains. */
static void
test_learning_lost (void)
{
  static const char *const texts[] = { LEARNING " stop=end from=16 to=64 points=3",
                                       LEARNING " stop=end from=16 to=64 points=3 cutoff=1e-3" };

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (LabSpec) spec = make_spec (texts[i]);
      g_autoptr (LabResult) result = make_result (spec);
      g_autoptr (LabAnswer) answer = NULL;
      const LabSeries *series;

      fill_learning (result, spec, i == 0 ? 30 : 1);
      answer = lab_answer_new (result, spec);
      series = lab_answer_find (answer, "mean-field-mirrored");
      for (int k = 0; k < series->n; k++)
        g_assert_true (isnan (series->y[k]));
      g_assert_true (isnan (lab_answer_find_slope (answer, "mirrored", 0)->theory));
    }
}

/* Beside networks of finite width the mean field is of another model, and so are the limits. */
static void
test_finite_width (void)
{
  static const char *const widths[] = { "20", "400" };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autofree char *text = g_strconcat (LEARNING " from=16 to=64 points=3 width=", widths[i], NULL),
                      *json = NULL;
      g_autoptr (LabSpec) spec = make_spec (text);
      g_autoptr (LabResult) result = make_result (spec);
      g_autoptr (LabAnswer) answer = NULL;
      const LabSeries *series;
      const LabSlope *fit;

      fill_learning (result, spec, 0);
      answer = lab_answer_new (result, spec);
      series = lab_answer_find (answer, "mean-field-standard");
      fit = lab_answer_find_slope (answer, "standard", 0);
      g_assert_null (series->within);
      g_assert_false (isnan (series->y[0]));
      g_assert_true (isnan (fit->theory) && isnan (fit->limit) && !fit->pre_asymptotic);
      g_assert_null (lab_answer_find (answer, "guide-standard"));
      g_assert_true (is_said (answer, spec, "curves of infinite width"));
      g_assert_false (is_said (answer, spec, "within 5"));
      json = figures_to_json (answer, spec, NAN);
      g_assert_nonnull (strstr (json, "\"label\": \"infinite width, standard\""));
      g_assert_nonnull (strstr (json, "\"within\": null"));
      g_assert_null (strstr (json, "\"within\": ["));
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/figures/theory/finds", test_finds);
  g_test_add_func ("/figures/theory/usual", test_usual);
  g_test_add_func ("/figures/theory/descent-cutoff", test_descent_cutoff);
  g_test_add_func ("/figures/theory/learning-cutoff", test_learning_cutoff);
  g_test_add_func ("/figures/theory/learning-lost", test_learning_lost);
  g_test_add_func ("/figures/theory/finite-width", test_finite_width);
  return g_test_run ();
}
