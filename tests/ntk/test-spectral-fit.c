#include "fixture.h"

#define N_TRAIN 40
#define N_POINTS 65
#define K_COLUMNS 3

/* A network's kernel at one width, of full rank or not, and labels. */
typedef struct
{
  double *K; /* N_POINTS x N_TRAIN */
  double Y[N_TRAIN * K_COLUMNS];
} Problem;

static Problem
problem_new (int width)
{
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 4);
  g_autoptr (NtkStreams) streams = ntk_streams_new (7, 0);
  g_autofree double *X = fixture_inputs (streams, 4, N_TRAIN, N_POINTS);
  Problem self = { .K = fixture_kernel (&arch, X, N_TRAIN, N_POINTS, width, streams, NULL) };

  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, N_TRAIN * K_COLUMNS, self.Y);
  return self;
}

static void
fill_stop (NtkSpectralFit *fit, const double *z, NtkStop stop, double *alpha, double *f,
           double *gram)
{
  g_autoptr (GError) error = NULL;

  ntk_spectral_fit_eval (fit, z, K_COLUMNS, &stop, alpha, f, gram);
  g_assert_no_error (error);
}

/* f and gram by plain sums of the kernel and the coefficients. */
static void
check_products (const Problem *problem, const double *alpha, const double *f, const double *gram)
{
  for (int c = 0; c < K_COLUMNS; c++)
    {
      double plain[N_POINTS] = { 0 };

      for (int j = 0; j < N_TRAIN; j++)
        for (int i = 0; i < N_POINTS; i++)
          plain[i] += problem->K[j * N_POINTS + i] * alpha[c * N_TRAIN + j];
      g_assert_cmpfloat (relative_distance (f + c * N_POINTS, plain, N_POINTS), <, 1e-9);
      for (int d = 0; d < K_COLUMNS; d++)
        {
          double sum = 0;

          for (int i = 0; i < N_TRAIN; i++)
            sum += alpha[d * N_TRAIN + i] * plain[i];
          assert_rel (gram[c * K_COLUMNS + d], sum, 1e-8, "gram %d, %d", c, d);
        }
    }
}

/* Against the solvers that know no eigenvectors where one stop is at the end, and otherwise a sum of small
 * steps of the flow. */
static void
test_ends (void)
{
  for (int width = 3; width <= 48; width *= 4)
    {
      Problem problem = problem_new (width);
      g_autoptr (GError) error = NULL;
      g_autoptr (NtkSpectralFit) fit = ntk_spectral_fit_new (problem.K, N_POINTS, N_TRAIN, N_POINTS,
                                                             1e-10, NULL, NULL, &error);
      double z[N_TRAIN * K_COLUMNS], alpha[N_TRAIN * K_COLUMNS], want[N_TRAIN * K_COLUMNS];
      double f[N_POINTS * K_COLUMNS], alone[N_POINTS * K_COLUMNS], gram[K_COLUMNS * K_COLUMNS];

      g_assert_no_error (error);
      ntk_spectral_fit_project (fit, problem.Y, K_COLUMNS, z);
      for (double ridge = 0; ridge < 1; ridge += 0.4)
        {
          NtkFitInfo info, found;

          g_assert_true (ntk_fit (problem.K, N_POINTS, N_TRAIN, ridge / N_TRAIN, 1e-10, problem.Y,
                                  K_COLUMNS, want, &info, &error));
          fill_stop (fit, z, (NtkStop){ INFINITY, ridge }, alpha, f, gram);
          g_assert_cmpfloat (relative_distance (alpha, want, N_TRAIN * K_COLUMNS), <, 1e-7);
          check_products (&problem, alpha, f, gram);
          ntk_predict (problem.K, N_POINTS, N_POINTS, N_TRAIN, alpha, K_COLUMNS, alone, N_POINTS);
          g_assert_cmpfloat (relative_distance (alone, f, N_POINTS * K_COLUMNS), <, 1e-9);
          fill_stop (fit, z, (NtkStop){ INFINITY, ridge }, NULL, alone, NULL);
          g_assert_cmpfloat (relative_distance (alone, f, N_POINTS * K_COLUMNS), <, 1e-13);
          ntk_spectral_fit_describe (fit, ridge, &found);
          g_assert_cmpint (found.rank, ==, info.rank);
          g_assert_cmpint (found.dropped, ==, info.dropped);
          g_assert_cmpint (ntk_spectral_fit_get_rank (fit), ==, info.rank);
        }
      g_free (problem.K);
    }
}

/* One column by Euler's method in many small steps: d alpha/dt = (y - K alpha - R alpha)/n. */
static void
test_flow (void)
{
  Problem problem = problem_new (20);
  g_autoptr (GError) error = NULL;
  g_autoptr (NtkSpectralFit)
    fit = ntk_spectral_fit_new (problem.K, N_POINTS, N_TRAIN, N_POINTS, 1e-10, NULL, NULL, &error);
  double z[N_TRAIN * K_COLUMNS], alpha[N_TRAIN * K_COLUMNS], slow[N_TRAIN] = { 0 };
  const double t = 3, R = 0.5, steps = 4000;

  g_assert_no_error (error);
  ntk_spectral_fit_project (fit, problem.Y, K_COLUMNS, z);
  fill_stop (fit, z, (NtkStop){ t, R }, alpha, NULL, NULL);
  for (int s = 0; s < steps; s++)
    {
      double step[N_TRAIN];

      for (int i = 0; i < N_TRAIN; i++)
        {
          step[i] = problem.Y[i] - R * slow[i];
          for (int j = 0; j < N_TRAIN; j++)
            step[i] -= problem.K[j * N_POINTS + i] * slow[j];
        }
      for (int i = 0; i < N_TRAIN; i++)
        slow[i] += t / steps / N_TRAIN * step[i];
    }
  g_assert_cmpfloat (relative_distance (alpha, slow, N_TRAIN), <, 1e-3);
  g_free (problem.K);
}

/* Of the training block the lower triangle is read, and predictions there need no rows beyond it. */
static void
test_lower_triangle (void)
{
  Problem problem = problem_new (20);
  g_autoptr (GError) error = NULL;
  g_autoptr (NtkSpectralFit)
    all = ntk_spectral_fit_new (problem.K, N_POINTS, N_TRAIN, N_POINTS, 1e-10, NULL, NULL, &error);
  g_autoptr (NtkSpectralFit) train = NULL;
  double z[N_TRAIN * K_COLUMNS], f[N_POINTS * K_COLUMNS], g[N_TRAIN * K_COLUMNS];

  for (int j = 0; j < N_TRAIN; j++)
    for (int i = 0; i < j; i++)
      problem.K[j * N_POINTS + i] = NAN;
  train = ntk_spectral_fit_new (problem.K, N_POINTS, N_TRAIN, N_TRAIN, 1e-10, NULL, NULL, &error);
  g_assert_no_error (error);
  ntk_spectral_fit_project (all, problem.Y, K_COLUMNS, z);
  fill_stop (all, z, (NtkStop){ 10, 0 }, NULL, f, NULL);
  fill_stop (train, z, (NtkStop){ 10, 0 }, NULL, g, NULL);
  for (int c = 0; c < K_COLUMNS; c++)
    for (int i = 0; i < N_TRAIN; i++)
      assert_abs (g[c * N_TRAIN + i], f[c * N_POINTS + i], 1e-12, "training point %d", i);
  g_free (problem.K);
}

/* A kernel of dead units: nothing is fitted at the end, and before it every direction counts as zero. */
static void
test_zero (void)
{
  double K[N_POINTS * 2] = { 0 }, Y[2] = { 3, -4 }, z[2], f[N_POINTS], alpha[2], gram;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtkSpectralFit)
    fit = ntk_spectral_fit_new (K, N_POINTS, 2, N_POINTS, 1e-10, NULL, NULL, &error);
  NtkFitInfo info;

  g_assert_no_error (error);
  ntk_spectral_fit_project (fit, Y, 1, z);
  ntk_spectral_fit_describe (fit, 0, &info);
  g_assert_cmpint (info.rank, ==, 0);
  g_assert_cmpint (info.dropped, ==, 2);
  assert_abs (info.condition, 1, 0, "condition");
  ntk_spectral_fit_eval (fit, z, 1, &(NtkStop){ INFINITY, 0 }, alpha, f, &gram);
  assert_abs (hypot (alpha[0], alpha[1]), 0, 0, "coefficients at the end");
  ntk_spectral_fit_eval (fit, z, 1, &(NtkStop){ 6, 0 }, alpha, f, &gram);
  assert_abs (alpha[1], -12, 1e-13, "t y/n");
  for (int i = 0; i < N_POINTS; i++)
    assert_abs (f[i], 0, 0, "prediction");
  assert_abs (gram, 0, 0, "norm");
}

static gboolean
stop_at_once (gpointer data)
{
  return TRUE;
}

static void
test_refusals (void)
{
  Problem problem = problem_new (5);
  g_autoptr (GError) error = NULL;

  g_assert_null (ntk_spectral_fit_new (problem.K, N_POINTS, N_TRAIN, N_POINTS, 1e-10, stop_at_once,
                                       NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_STOPPED);
  g_free (problem.K);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/spectral-fit/ends", test_ends);
  g_test_add_func ("/spectral-fit/flow", test_flow);
  g_test_add_func ("/spectral-fit/lower-triangle", test_lower_triangle);
  g_test_add_func ("/spectral-fit/zero", test_zero);
  g_test_add_func ("/spectral-fit/refusals", test_refusals);
  return g_test_run ();
}
