#include "fixture.h"

static const char *const names[] = { "relu", "leaky-relu", "abs", "erf" };

static void
test_counts (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 10);

  assert_rel (ntk_parameter_count (&arch, 20), 220, 0, "one layer");
  assert_rel (ntk_rank_bound (&arch, 20), 200, 0, "one layer: m D");
  arch.sigma_b2 = 1;
  assert_rel (ntk_parameter_count (&arch, 20), 240, 0, "one layer with bias");
  assert_rel (ntk_rank_bound (&arch, 20), 220, 0, "one layer with bias: m (D + 1)");
  arch.depth = 3;
  assert_rel (ntk_parameter_count (&arch, 20), 240 + 2 * 20 * 21, 0, "three layers with bias");
  assert_rel (ntk_rank_bound (&arch, 20), 240 + 2 * 20 * 21 - 60, 0, "three layers: P - m L");
  arch = fixture_architecture (NTK_MODEL_LINEARISED, "erf", 10);
  assert_rel (ntk_rank_bound (&arch, 20), 220, 0, "smooth: m (D + 1)");
  arch.sigma_b2 = 1;
  assert_rel (ntk_rank_bound (&arch, 20), 240, 0, "smooth with bias: m (D + 2)");
  arch.model = NTK_MODEL_RANDOM_FEATURES;
  assert_rel (ntk_rank_bound (&arch, 20), 20, 0, "random features: m");
  assert_rel (ntk_parameter_count (&arch, 20), 20, 0, "random features: m trained");
  arch.sigma_v2 = 0;
  assert_abs (ntk_rank_bound (&arch, 20), 0, 0, "no readout variance");
}

/* The network written out for one point, unit by unit. */
static double
network_by_hand (const NtkArchitecture *arch, int width, const double *theta, const double *x)
{
  g_autofree double *below = g_memdup2 (x, arch->dim * sizeof (double));
  int inputs = arch->dim;
  double f = 0;

  for (int layer = 1; layer <= arch->depth; layer++)
    {
      double *phi = g_new (double, width);
      const double *b = theta + inputs * width;

      for (int j = 0; j < width; j++)
        {
          double h = sqrt (arch->sigma_b2) * b[j];

          for (int i = 0; i < inputs; i++)
            h += sqrt (arch->sigma_w2 / inputs) * theta[j * inputs + i] * below[i];
          arch->activation.type->eval (&arch->activation, 1, &h, &phi[j], NULL);
        }
      theta = b + width;
      inputs = width;
      g_free (below);
      below = phi;
    }
  for (int j = 0; j < width; j++)
    f += sqrt (arch->sigma_v2 / width) * theta[j] * below[j];
  return f;
}

static void
test_eval (void)
{
  for (int depth = 1; depth <= 3; depth++)
    for (guint a = 0; a < G_N_ELEMENTS (names); a++)
      {
        enum
        {
          DIM = 4,
          WIDTH = 7,
          POINTS = 9
        };
        NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, names[a], DIM);
        g_autoptr (NtkStreams) streams = ntk_streams_new (2, depth);
        g_autofree double *X = fixture_inputs (streams, DIM, POINTS, POINTS);
        g_autofree double *theta = NULL;
        g_autoptr (GError) error = NULL;
        double f[POINTS];

        arch.depth = depth;
        arch.sigma_b2 = 0.7;
        arch.sigma_v2 = 1.3;
        theta = g_new (double, ntk_network_packed_size (&arch, WIDTH));
        ntk_network_draw (&arch, WIDTH, streams, theta);
        g_assert_true (ntk_network_eval (&arch, WIDTH, theta, X, POINTS, f, &error));
        g_assert_no_error (error);
        for (int i = 0; i < POINTS; i++)
          assert_abs (f[i], network_by_hand (&arch, WIDTH, theta, X + i * DIM), 1e-13,
                      "%s, depth %d, point %d", names[a], depth, i);
      }
}

/* Jacobian in the trained parameters by central differences: n_points x size. */
static double *
difference_jacobian (const NtkArchitecture *arch, int width, double *theta, const double *X,
                     int n_points)
{
  const gsize size = ntk_network_packed_size (arch, width);
  const gsize first = arch->model == NTK_MODEL_RANDOM_FEATURES ? size - width : 0;
  g_autofree double *up = g_new (double, n_points);
  g_autofree double *down = g_new (double, n_points);
  double *J = g_new0 (double, n_points *size);
  const double step = 1e-5;

  for (gsize p = first; p < size; p++)
    {
      const double keep = theta[p];

      theta[p] = keep + step;
      g_assert_true (ntk_network_eval (arch, width, theta, X, n_points, up, NULL));
      theta[p] = keep - step;
      g_assert_true (ntk_network_eval (arch, width, theta, X, n_points, down, NULL));
      theta[p] = keep;
      for (int i = 0; i < n_points; i++)
        J[p * n_points + i] = (up[i] - down[i]) / (2 * step);
    }
  return J;
}

static void
check_kernel (NtkModel model, const char *name, int depth, double sigma_b2)
{
  enum
  {
    DIM = 3,
    WIDTH = 5,
    TRAIN = 4,
    POINTS = 7
  };
  NtkArchitecture arch = fixture_architecture (model, name, DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (8, depth);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  g_autofree double *theta = NULL;
  g_autofree double *kernel = NULL;
  g_autofree double *J = NULL;
  double f0[POINTS], f[POINTS];
  double scale = 0;
  gsize size;

  arch.depth = depth;
  arch.sigma_b2 = sigma_b2;
  arch.sigma_v2 = 1.7;
  size = ntk_network_packed_size (&arch, WIDTH);
  theta = g_new (double, size);
  ntk_network_draw (&arch, WIDTH, streams, theta);
  kernel = fixture_kernel (&arch, X, TRAIN, POINTS, WIDTH, streams, f0);
  J = difference_jacobian (&arch, WIDTH, theta, X, POINTS);
  g_assert_true (ntk_network_eval (&arch, WIDTH, theta, X, POINTS, f, NULL));
  for (int i = 0; i < POINTS; i++)
    assert_abs (f0[i], f[i], 1e-13, "f_0 of %s, depth %d", name, depth);
  for (int i = 0; i < TRAIN * POINTS; i++)
    scale = MAX (scale, fabs (kernel[i]));
  for (int j = 0; j < TRAIN; j++)
    for (int i = 0; i < POINTS; i++)
      {
        double product = 0;

        for (gsize p = 0; p < size; p++)
          product += J[p * POINTS + i] * J[p * POINTS + j];
        assert_abs (kernel[j * POINTS + i], product, 1e-6 * scale,
                    "model %d, %s, depth %d, sigma_b^2 %g, entry %d %d", model, name, depth,
                    sigma_b2, i, j);
      }
}

/* The kernel against finite differences of the network in its parameters. */
static void
test_finite_differences (void)
{
  const NtkModel models[] = { NTK_MODEL_LINEARISED, NTK_MODEL_RANDOM_FEATURES };

  for (guint model = 0; model < 2; model++)
    for (guint a = 0; a < G_N_ELEMENTS (names); a++)
      for (int depth = 1; depth <= 3; depth++)
        {
          check_kernel (models[model], names[a], depth, 0);
          check_kernel (models[model], names[a], depth, 0.6);
        }
}

/* A wider network's parameters contain a narrower one's. */
static void
test_prefix (void)
{
  enum
  {
    DIM = 3,
    NARROW = 4,
    WIDE = 9
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (3, 1);
  g_autofree double *narrow = NULL;
  g_autofree double *wide = NULL;
  const double *a, *b;

  arch.depth = 2;
  narrow = g_new (double, ntk_network_packed_size (&arch, NARROW));
  wide = g_new (double, ntk_network_packed_size (&arch, WIDE));
  ntk_network_draw (&arch, NARROW, streams, narrow);
  ntk_network_draw (&arch, WIDE, streams, wide);
  g_assert_cmpmem (narrow, NARROW * DIM * sizeof (double), wide, NARROW * DIM * sizeof (double));
  a = narrow + NARROW * DIM;
  b = wide + WIDE * DIM;
  g_assert_cmpmem (a, NARROW * sizeof (double), b, NARROW * sizeof (double));
  a += NARROW;
  b += WIDE;
  for (int j = 0; j < NARROW; j++)
    g_assert_cmpmem (a + j * NARROW, NARROW * sizeof (double), b + j * WIDE,
                     NARROW * sizeof (double));
  a += NARROW * (NARROW + 1);
  b += WIDE * (WIDE + 1);
  g_assert_cmpmem (a, NARROW * sizeof (double), b, NARROW * sizeof (double));
}

static void
test_rows_on_sphere (void)
{
  enum
  {
    DIM = 6,
    WIDTH = 20
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (3, 1);
  g_autofree double *theta = g_new (double, ntk_network_packed_size (&arch, WIDTH));

  ntk_network_draw (&arch, WIDTH, streams, theta);
  for (int j = 0; j < WIDTH; j++)
    {
      double square = 0;

      for (int i = 0; i < DIM; i++)
        square += theta[j * DIM + i] * theta[j * DIM + i];
      assert_rel (square, DIM, 1e-14, "row %d", j);
    }
}

/* The counts of operations that previews are planned by: linear in the width at one hidden layer
 * and quadratic in deep wide networks; predictions cost nothing without test points where the
 * kernel between them and the training points is formed. */
static void
test_flops (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 10);

  assert_rel (ntk_sweep_flops (&arch, 200, 100, 500), 2 * ntk_sweep_flops (&arch, 100, 100, 500),
              1e-12, "one layer");
  arch.depth = 3;
  assert_rel (ntk_sweep_flops (&arch, 200000, 100, 500),
              4 * ntk_sweep_flops (&arch, 100000, 100, 500), 1e-2, "deep");
  assert_abs (ntk_predict_flops (&arch, 50, 100, 100, 3), 0, 0, "deep, no test points");
  assert_rel (ntk_predict_flops (&arch, 50, 100, 500, 6),
              2 * ntk_predict_flops (&arch, 50, 100, 500, 3), 1e-12, "right-hand sides");
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/network/counts", test_counts);
  g_test_add_func ("/ntk/network/eval", test_eval);
  g_test_add_func ("/ntk/network/finite-differences", test_finite_differences);
  g_test_add_func ("/ntk/network/prefix", test_prefix);
  g_test_add_func ("/ntk/network/rows-on-sphere", test_rows_on_sphere);
  g_test_add_func ("/ntk/network/flops", test_flops);
  return g_test_run ();
}
