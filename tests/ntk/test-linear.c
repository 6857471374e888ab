#include "fixture.h"

#include <cblas.h>

static NtkArchitecture
linear (int dim)
{
  return (NtkArchitecture){ .model = NTK_MODEL_LINEAR, .dim = dim };
}

/* Kernel, f_0 and predictions written out, at widths below, at and above D; the first theta is the
 * same whatever the largest width. */
static void
check_explicit (int dim, int n, int n_points)
{
  const int widths[] = { 1, 2, 3, 7, 128, 130, dim, dim + 5, dim + 900 };
  const NtkArchitecture arch = linear (dim);
  g_autoptr (NtkStreams) streams = ntk_streams_new (4, 1);
  g_autofree double *X = fixture_inputs (streams, dim, n, n_points);
  g_autofree double *theta = g_new (double, dim);
  g_autofree double *alpha = g_new (double, 2 * n);
  g_autofree double *f = g_new (double, 2 * n_points);
  g_autofree double *f0 = g_new (double, n_points);
  g_autoptr (GError) error = NULL;
  g_autoptr (NtkSweep) sweep = ntk_sweep_new (&arch, X, n, n_points, dim + 900, streams, &error);
  int last = 0;

  g_assert_no_error (error);
  ntk_streams_normal (streams, NTK_PURPOSE_READOUT, 0, 0, dim, theta);
  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, 2 * n, alpha);
  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      const int p = MIN (widths[w], dim);
      const double *K;
      int ldk;

      if (widths[w] < last)
        continue;
      last = widths[w];
      g_assert_true (ntk_sweep_to (sweep, widths[w], &error));
      K = ntk_sweep_kernel (sweep, &ldk);
      g_assert_true (ntk_sweep_predict (sweep, alpha, 2, f, f0, &error));
      for (int i = 0; i < n_points; i++)
        {
          double start = 0, want[2] = { 0 };

          for (int d = 0; d < p; d++)
            start += theta[d] * X[i * dim + d] / sqrt (dim);
          for (int j = 0; j < n; j++)
            {
              const double k = cblas_ddot (p, X + i * dim, 1, X + j * dim, 1) / dim;

              if (i >= j && i < n)
                assert_abs (K[j * ldk + i], k, 1e-14, "kernel (%d, %d) at width %d", i, j, last);
              want[0] += k * alpha[j];
              want[1] += k * alpha[n + j];
            }
          assert_abs (f0[i], start, 1e-13, "f_0 at width %d", last);
          assert_abs (f[i], want[0], 1e-12, "prediction at width %d", last);
          assert_abs (f[n_points + i], want[1], 1e-12, "prediction at width %d", last);
        }
      assert_abs (relative_distance (ntk_sweep_initial (sweep), f0, n), 0, 0, "f_0");
      assert_abs (ntk_parameter_count (&arch, last), p, 0, "parameters at width %d", last);
      assert_abs (ntk_rank_bound (&arch, last), p, 0, "rank at width %d", last);
    }
  g_assert_true (ntk_sweep_finish (sweep, &error));
}

static void
test_explicit (void)
{
  check_explicit (10, 20, 33);
  check_explicit (150, 40, 50);
  check_explicit (1, 3, 5);
}

/* The measured rank is the number of inputs, up to n. */
static void
test_rank (void)
{
  enum
  {
    DIM = 40,
    TRAIN = 25
  };
  const NtkArchitecture arch = linear (DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (4, 2);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, TRAIN);
  g_autoptr (NtkSweep) sweep = ntk_sweep_new (&arch, X, TRAIN, TRAIN, DIM, streams, NULL);

  for (int width = 1; width <= DIM; width++)
    {
      double y[TRAIN] = { 1 };
      const double *K;
      NtkFitInfo info;
      int ldk;

      g_assert_true (ntk_sweep_to (sweep, width, NULL));
      K = ntk_sweep_kernel (sweep, &ldk);
      g_assert_true (ntk_fit (K, ldk, TRAIN, 0, NTK_EIGENVALUE_CUTOFF, y, 1, y, &info, NULL));
      g_assert_cmpint (info.rank, ==, MIN (width, TRAIN));
    }
}

static gboolean
stop_at_once (gpointer data)
{
  return TRUE;
}

static void
test_stop (void)
{
  const NtkArchitecture arch = linear (3);
  g_autoptr (NtkStreams) streams = ntk_streams_new (4, 2);
  g_autofree double *X = fixture_inputs (streams, 3, 4, 6);
  g_autoptr (NtkSweep) sweep = ntk_sweep_new (&arch, X, 4, 6, 3, streams, NULL);
  g_autoptr (GError) error = NULL;

  ntk_sweep_set_stop (sweep, stop_at_once, NULL);
  g_assert_false (ntk_sweep_to (sweep, 2, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_STOPPED);
}

/* A wider sweep costs more, and the estimates are of the model's own operations. */
static void
test_cost (void)
{
  const NtkArchitecture arch = linear (100);
  const double n = 300, N = 1300;

  assert_rel (ntk_sweep_flops (&arch, 50, n, N), n * n * 50, 0.5, "operations");
  assert_abs (ntk_sweep_flops (&arch, 500, n, N), ntk_sweep_flops (&arch, 100, n, N), 0,
              "operations beyond D");
  g_assert_cmpfloat (ntk_predict_flops (&arch, 50, n, N, 3), >=, 2 * N * 50 * 3);
  g_assert_cmpfloat (ntk_sweep_memory (&arch, 50, n, N), >=, 8 * n * n);
  g_assert_cmpfloat (ntk_sweep_memory (&arch, 50, n, N), <, 8 * (n * n + 4 * N));
}

/* |beta - theta|^2 of the fit of minimum norm to n Gaussian points with noise: the test points are
 * the unit vectors, whose predictions are the coefficients. */
static double
population_risk (int dim, int p, int n, double noise_variance, int seed)
{
  const NtkArchitecture arch = linear (dim);
  const NtkInputs gaussian = { .kind = NTK_INPUTS_GAUSSIAN };
  const int N = n + dim;
  g_autoptr (NtkStreams) streams = ntk_streams_new (31, seed);
  g_autoptr (NtkTarget) target = ntk_target_new_on ("linear", &gaussian, dim, streams, NULL);
  g_autofree double *X = g_new0 (double, (gsize) dim *N);
  g_autofree double *y = g_new (double, N);
  g_autofree double *noise = g_new (double, n);
  g_autofree double *f = g_new (double, N);
  g_autofree double *f0 = g_new (double, N);
  g_autoptr (NtkSweep) sweep = NULL;
  const double *K;
  double risk = 0;
  int ldk;

  ntk_inputs_draw (&gaussian, streams, NTK_PURPOSE_TRAIN_INPUT, dim, n, X);
  for (int d = 0; d < dim; d++)
    X[(gsize) (n + d) * dim + d] = 1;
  ntk_target_eval (target, X, N, y);
  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, n, noise);
  cblas_daxpy (n, sqrt (noise_variance), noise, 1, y, 1);
  sweep = ntk_sweep_new (&arch, X, n, N, p, streams, NULL);
  g_assert_true (ntk_sweep_to (sweep, p, NULL));
  K = ntk_sweep_kernel (sweep, &ldk);
  g_assert_true (ntk_fit (K, ldk, n, 0, NTK_EIGENVALUE_CUTOFF, y, 1, noise, NULL, NULL));
  g_assert_true (ntk_sweep_predict (sweep, noise, 1, f, f0, NULL));
  for (int i = n; i < N; i++)
    risk += (y[i] - f[i]) * (y[i] - f[i]);
  return risk;
}

/* Hastie et al. (2022), well specified and with inputs left out. Rows next to p = n have heavy tails. */
static void
test_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("linear_min_norm.csv");
  int checked = 0;

  for (guint row = 0; row < rows->len; row++)
    {
      const int dim = fixture_number (rows, row, 0), p = fixture_number (rows, row, 1);
      const int n = fixture_number (rows, row, 2);
      const double want = fixture_number (rows, row, 4);
      Average risk = { 0 };

      if (abs (p - n) < 40)
        continue;
      for (int seed = 0; seed < 100; seed++)
        average_add (&risk, population_risk (dim, p, n, fixture_number (rows, row, 3), seed));
      g_test_message ("D %d, p %d, n %d: %.4f +- %.4f, theory %.4f", dim, p, n,
                      average_mean (&risk), average_error (&risk), want);
      g_assert_cmpfloat (average_error (&risk), <, 0.03 * want);
      assert_abs (average_mean (&risk), want, 4 * average_error (&risk) + 0.002 * want,
                  "D = %d, p = %d, n = %d", dim, p, n);
      checked++;
    }
  g_assert_cmpint (checked, >=, 8);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/linear/explicit", test_explicit);
  g_test_add_func ("/ntk/linear/rank", test_rank);
  g_test_add_func ("/ntk/linear/stop", test_stop);
  g_test_add_func ("/ntk/linear/cost", test_cost);
  g_test_add_func ("/ntk/linear/golden", test_golden);
  return g_test_run ();
}
