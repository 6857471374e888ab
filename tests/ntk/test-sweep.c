#include "fixture.h"

static const int widths[] = { 1, 2, 3, 7, 50, 128, 129, 300 };

/* Below the diagonal, of all points with the training points. */
static void
check_tall (const NtkSweep *sweep, const double *fresh, const double *f0, int n, int n_points)
{
  int ldk;
  const double *theta = ntk_sweep_kernel (sweep, &ldk);

  g_assert_cmpint (ldk, ==, n_points);
  for (int j = 0; j < n; j++)
    assert_abs (relative_distance (theta + (gsize) j * ldk + j, fresh + (gsize) j * n_points + j,
                                   n_points - j),
                0, 1e-12, "column %d of the tall kernel", j);
  assert_abs (relative_distance (ntk_sweep_initial (sweep), f0, n_points), 0, 1e-12, "f_0");
}

/* A sweep through all widths against a fresh one at each; sizes that are no multiples of the
 * blocks and tiles inside. */
static void
check_fresh (NtkModel model, const char *name, int depth, double sigma_b2)
{
  const int dim = 5, n = depth == 1 ? 270 : 20, n_points = depth == 1 ? 301 : 33;
  NtkArchitecture arch = fixture_architecture (model, name, dim);
  g_autoptr (NtkStreams) streams = ntk_streams_new (4, 2);
  g_autofree double *X = fixture_inputs (streams, dim, n, n_points);
  g_autofree double *f0 = g_new (double, n_points);
  g_autoptr (GError) error = NULL;
  g_autoptr (NtkSweep) sweep = NULL, tall = NULL;

  arch.depth = depth;
  arch.sigma_b2 = sigma_b2;
  sweep = ntk_sweep_new (&arch, X, n_points, n_points, 300, streams, &error);
  g_assert_no_error (error);
  tall = ntk_sweep_new_tall (&arch, X, n, n_points, 300, streams, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autofree double *fresh = fixture_kernel (&arch, X, n, n_points, widths[i], streams, f0);
      g_autofree double *K = NULL;

      g_assert_true (ntk_sweep_to (sweep, widths[i], &error));
      g_assert_true (ntk_sweep_to (sweep, widths[i], &error));
      g_assert_no_error (error);
      K = fixture_sweep_kernel (sweep, n, n_points);
      assert_abs (relative_distance (K, fresh, (gsize) n * n_points), 0, 1e-12,
                  "kernel of %s, depth %d, width %d", name, depth, widths[i]);
      g_assert_true (ntk_sweep_to (tall, widths[i], &error));
      check_tall (tall, fresh, f0, n, n_points);
      assert_abs (relative_distance (ntk_sweep_initial (sweep), f0, n_points), 0, 1e-12,
                  "f_0 of %s, depth %d, width %d", name, depth, widths[i]);
    }
}

static void
test_fresh (void)
{
  for (int depth = 1; depth <= 3; depth++)
    {
      check_fresh (NTK_MODEL_LINEARISED, "relu", depth, 0);
      check_fresh (NTK_MODEL_LINEARISED, "erf", depth, 0.5);
      check_fresh (NTK_MODEL_RANDOM_FEATURES, "leaky-relu", depth, 0.5);
    }
}

/* One hidden layer written out:
 * (sigma_v^2/m) sum_j [phi_j phi_j' + v_j^2 phi'_j phi'_j' (sigma_w^2 x.x'/D + sigma_b^2)]. */
static double
shallow_by_hand (const NtkArchitecture *arch, int width, const double *theta, const double *x,
                 const double *y)
{
  const double *b = theta + width * arch->dim, *v = b + width;
  double dot = 0, sum = 0;

  for (int d = 0; d < arch->dim; d++)
    dot += x[d] * y[d];
  for (int j = 0; j < width; j++)
    {
      double h[2] = { sqrt (arch->sigma_b2) * b[j], sqrt (arch->sigma_b2) * b[j] }, phi[2], dphi[2];

      for (int d = 0; d < arch->dim; d++)
        {
          h[0] += sqrt (arch->sigma_w2 / arch->dim) * theta[j * arch->dim + d] * x[d];
          h[1] += sqrt (arch->sigma_w2 / arch->dim) * theta[j * arch->dim + d] * y[d];
        }
      arch->activation.type->eval (&arch->activation, 2, h, phi, dphi);
      sum += phi[0] * phi[1]
             + v[j] * v[j] * dphi[0] * dphi[1]
                 * (arch->sigma_w2 / arch->dim * dot + arch->sigma_b2);
    }
  return arch->sigma_v2 / width * sum;
}

static void
test_entries (void)
{
  enum
  {
    DIM = 5,
    TRAIN = 300,
    POINTS = 530,
    WIDTH = 140
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (4, 3);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  g_autofree double *theta = g_new (double, ntk_network_packed_size (&arch, WIDTH));
  g_autofree double *kernel = NULL;

  arch.sigma_b2 = 0.4;
  ntk_network_draw (&arch, WIDTH, streams, theta);
  kernel = fixture_kernel (&arch, X, TRAIN, POINTS, WIDTH, streams, NULL);
  for (int j = 0; j < TRAIN; j += 13)
    for (int i = 0; i < POINTS; i += 7)
      assert_abs (kernel[(gsize) j * POINTS + i],
                  shallow_by_hand (&arch, WIDTH, theta, X + i * DIM, X + j * DIM), 1e-12,
                  "entry %d %d", i, j);
  for (int j = 0; j < TRAIN; j++)
    for (int i = 0; i < j; i++)
      assert_abs (kernel[(gsize) j * POINTS + i], kernel[(gsize) i * POINTS + j], 1e-13,
                  "symmetry %d %d", i, j);
}

/* Points and the largest width do not disturb what is drawn: the kernel of fewer points, out
 * of a sweep that could go further, is a block of the larger one. */
static void
test_prefix (void)
{
  enum
  {
    DIM = 4,
    POINTS = 40,
    FEWER = 17,
    TRAIN = 12,
    WIDTH = 30
  };

  for (int depth = 1; depth <= 2; depth++)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "erf", DIM);
      g_autoptr (NtkStreams) streams = ntk_streams_new (9, 0);
      g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
      g_autofree double *large = NULL;
      g_autofree double *K = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (NtkSweep) sweep = NULL;

      arch.depth = depth;
      large = fixture_kernel (&arch, X, TRAIN, POINTS, WIDTH, streams, NULL);
      sweep = ntk_sweep_new (&arch, X, FEWER, FEWER, 4 * WIDTH, streams, &error);
      g_assert_no_error (error);
      g_assert_true (ntk_sweep_to (sweep, WIDTH, &error));
      K = fixture_sweep_kernel (sweep, TRAIN, FEWER);
      for (int j = 0; j < TRAIN; j++)
        for (int i = 0; i < FEWER; i++)
          assert_abs (K[j * FEWER + i], large[j * POINTS + i], 1e-13,
                      "depth %d, entry %d %d", depth, i, j);
    }
}

/* Least-squares slope of log y on log x. */
static double
log_slope (const double *x, const double *y, int count)
{
  double sx = 0, sy = 0, sxx = 0, sxy = 0;

  for (int i = 0; i < count; i++)
    {
      sx += log (x[i]) / count;
      sy += log (y[i]) / count;
    }
  for (int i = 0; i < count; i++)
    {
      sxx += (log (x[i]) - sx) * (log (x[i]) - sx);
      sxy += (log (x[i]) - sx) * (log (y[i]) - sy);
    }
  return sxy / sxx;
}

/* |Theta_m - Theta| ~ m^{-1/2} (Jacot et al. 2018; Lee et al. 2019). */
static void
test_deviation_slope (void)
{
  enum
  {
    DIM = 10,
    POINTS = 24,
    STEPS = 7,
    SEEDS = 20
  };
  double width[STEPS], deviation[STEPS] = { 0 };
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  double limit[POINTS * POINTS];

  for (int seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (1, seed);
      g_autofree double *X = fixture_inputs (streams, DIM, POINTS, POINTS);
      g_autoptr (GError) error = NULL;
      g_autoptr (NtkSweep) sweep = ntk_sweep_new (&arch, X, POINTS, POINTS, 4096, streams, &error);

      g_assert_no_error (error);
      g_assert_true (ntk_infinite_kernel (&arch, X, POINTS, POINTS, limit, NULL, NULL, &error));
      for (int step = 0; step < STEPS; step++)
        {
          g_autofree double *K = NULL;

          width[step] = 64 << step;
          g_assert_true (ntk_sweep_to (sweep, 64 << step, &error));
          K = fixture_sweep_kernel (sweep, POINTS, POINTS);
          deviation[step] += relative_distance (K, limit, POINTS * POINTS) / SEEDS;
        }
    }
  g_test_message ("slope %.4f", log_slope (width, deviation, STEPS));
  assert_abs (log_slope (width, deviation, STEPS), -0.5, 0.05,
              "slope of the deviation from the limit");
}

/* The mean over many neurons of the random-feature kernel tends to the limit with rows on the
 * sphere, which is not the Gaussian one. */
static void
check_feature_limit (const char *name, int depth, int width)
{
  enum
  {
    DIM = 3,
    POINTS = 6,
    SEEDS = 16
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, name, DIM), gaussian;
  Average entry[POINTS * POINTS] = { 0 };
  double limit[POINTS * POINTS], unused[POINTS * POINTS], other[POINTS * POINTS];
  g_autoptr (NtkStreams) data = ntk_streams_new (77, 0);
  g_autofree double *X = fixture_inputs (data, DIM, POINTS, POINTS);
  g_autoptr (GError) error = NULL;
  double squares = 0;

  arch.depth = depth;
  arch.sigma_w2 = 2;
  arch.sigma_b2 = 0.8;
  for (int seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (78, seed);
      g_autofree double *kernel = fixture_kernel (&arch, X, POINTS, POINTS, width, streams, NULL);

      for (int i = 0; i < POINTS * POINTS; i++)
        average_add (&entry[i], kernel[i]);
    }
  g_assert_true (ntk_infinite_kernel (&arch, X, POINTS, POINTS, limit, NULL, NULL, &error));
  for (int i = 0; i < POINTS * POINTS; i++)
    {
      assert_abs (average_mean (&entry[i]), limit[i], 5 * average_error (&entry[i]) + 2.0 / width,
                  "%s, depth %d, entry %d", name, depth, i);
      squares += pow ((average_mean (&entry[i]) - limit[i]) / average_error (&entry[i]), 2);
    }
  gaussian = arch;
  gaussian.model = NTK_MODEL_LINEARISED;
  g_assert_true (ntk_infinite_kernel (&gaussian, X, POINTS, POINTS, unused, other, NULL, &error));
  g_test_message ("%s, depth %d: chi^2/entries %.2f, distance to Gaussian rows %.3f", name, depth,
                  squares / (POINTS * POINTS), relative_distance (other, limit, POINTS * POINTS));
  g_assert_cmpfloat (relative_distance (other, limit, POINTS * POINTS), >, 0.005);
}

static void
test_feature_limit (void)
{
  check_feature_limit ("erf", 1, 20000);
  check_feature_limit ("relu", 1, 20000);
  check_feature_limit ("erf", 2, 1000);
}

/* A readout without variance and a network with only dead units are zero, not NaN. */
static void
test_degenerate (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 3);
  g_autoptr (NtkStreams) streams = ntk_streams_new (4, 3);
  g_autofree double *X = fixture_inputs (streams, 3, 4, 6);
  g_autofree double *kernel = NULL;
  double f0[6];

  arch.sigma_v2 = 0;
  kernel = fixture_kernel (&arch, X, 4, 6, 5, streams, f0);
  for (int i = 0; i < 24; i++)
    assert_abs (kernel[i], 0, 0, "kernel without readout variance");
  for (int i = 0; i < 6; i++)
    assert_abs (f0[i], 0, 0, "f_0 without readout variance");
}

static gboolean
stop_after (gpointer data)
{
  int *left = data;

  return (*left)-- <= 0;
}

/* Wherever it is asked to stop, it says so; left alone it goes through. One hidden layer, whose
 * predictions come last, and deeper ones. */
static void
test_stop (void)
{
  for (int depth = 1; depth <= 3; depth++)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 3);
      g_autoptr (NtkStreams) streams = ntk_streams_new (4, 3);
      g_autofree double *X = fixture_inputs (streams, 3, 20, 400);
      double f[400], f0[400];
      int asked = 1000;

      arch.depth = depth;
      for (int patience = 0; patience < asked; patience++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (NtkSweep) sweep = ntk_sweep_new (&arch, X, 20, 400, 5, streams, &error);
          int left = patience;

          ntk_sweep_set_stop (sweep, stop_after, &left);
          if (ntk_sweep_to (sweep, 5, &error) && ntk_sweep_predict (sweep, X, 1, f, f0, &error)
              && ntk_sweep_finish (sweep, &error))
            asked = patience;
          else
            g_assert_error (error, NTK_ERROR, NTK_ERROR_STOPPED);
        }
      g_assert_cmpint (asked, >=, depth);
      g_assert_cmpint (asked, <, 1000);
    }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/sweep/fresh", test_fresh);
  g_test_add_func ("/ntk/sweep/entries", test_entries);
  g_test_add_func ("/ntk/sweep/prefix", test_prefix);
  g_test_add_func ("/ntk/sweep/deviation-slope", test_deviation_slope);
  g_test_add_func ("/ntk/sweep/feature-limit", test_feature_limit);
  g_test_add_func ("/ntk/sweep/degenerate", test_degenerate);
  g_test_add_func ("/ntk/sweep/stop", test_stop);
  return g_test_run ();
}
