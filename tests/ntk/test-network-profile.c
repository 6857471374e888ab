#include "fixture.h"

#define ANGLES 6
static const double angles[ANGLES] = { 0, 1e-3, 0.7, 1.6, 2.5, G_PI };

static NtkArchitecture
architecture (NtkModel model, const char *name, int depth, double sigma_b2)
{
  NtkArchitecture arch = fixture_architecture (model, name, 5);

  arch.depth = depth;
  arch.sigma_b2 = sigma_b2;
  arch.sigma_v2 = 1.5;
  return arch;
}

/* x(0) and the others. */
static void
fill_points (int dim, double *X)
{
  memset (X, 0, sizeof (double) * dim * (ANGLES + 1));
  for (int i = 0; i <= ANGLES; i++)
    {
      X[i * dim] = sqrt (dim) * (i ? cos (angles[i - 1]) : 1);
      X[i * dim + 1] = sqrt (dim) * (i ? sin (angles[i - 1]) : 0);
    }
}

/* sigma_v^2/m phi . phi by networks that read out one unit each. */
static void
fill_last_layer (const NtkArchitecture *arch, int width, NtkStreams *streams, const double *X,
                 double *out)
{
  const gsize size = ntk_network_packed_size (arch, width);
  g_autofree double *theta = g_new (double, size);

  ntk_network_draw (arch, width, streams, theta);
  memset (out, 0, ANGLES * sizeof (double));
  memset (theta + size - width, 0, width * sizeof (double));
  for (int j = 0; j < width; j++)
    {
      g_autoptr (GError) error = NULL;
      double f[ANGLES + 1];

      theta[size - width + j] = 1;
      g_assert_true (ntk_network_eval (arch, width, theta, X, ANGLES + 1, f, &error));
      for (int i = 0; i < ANGLES; i++)
        out[i] += f[0] * f[i + 1];
      theta[size - width + j] = 0;
    }
}

static void
check_against_sweep (NtkModel model, const char *name, int depth, double sigma_b2)
{
  const NtkArchitecture arch = architecture (model, name, depth, sigma_b2);
  const int width = 37;
  g_autoptr (NtkStreams) streams = ntk_streams_new (3, 5);
  double X[5 * (ANGLES + 1)], ntk[ANGLES], nngp[ANGLES], alone[ANGLES], last[ANGLES];
  g_autofree double *K = NULL;
  g_autoptr (GError) error = NULL;

  fill_points (arch.dim, X);
  K = fixture_kernel (&arch, X, ANGLES + 1, ANGLES + 1, width, streams, NULL);
  fill_last_layer (&arch, width, streams, X, last);
  g_assert_true (
    ntk_network_profile (&arch, width, streams, angles, ANGLES, NULL, NULL, ntk, nngp, &error));
  g_assert_true (
    ntk_network_profile (&arch, width, streams, angles, ANGLES, NULL, NULL, NULL, alone, &error));
  g_assert_no_error (error);
  for (int i = 0; i < ANGLES; i++)
    {
      assert_abs (ntk[i], K[i + 1], 1e-12 * K[0], "%s, depth %d, sigma_b2 %g, angle %g", name,
                  depth, sigma_b2, angles[i]);
      assert_abs (nngp[i], last[i], 1e-12 * last[0],
                  "%s, depth %d, sigma_b2 %g, angle %g, last layer", name, depth, sigma_b2,
                  angles[i]);
      assert_abs (alone[i], nngp[i], 0, "alone");
    }
}

static void
test_sweep (void)
{
  for (int depth = 1; depth <= 3; depth++)
    for (double sigma_b2 = 0; sigma_b2 < 1; sigma_b2 += 0.6)
      {
        check_against_sweep (NTK_MODEL_LINEARISED, "relu", depth, sigma_b2);
        check_against_sweep (NTK_MODEL_LINEARISED, "tanh", depth, sigma_b2);
      }
  check_against_sweep (NTK_MODEL_LINEARISED, "leaky-relu", 5, 0.1);
  check_against_sweep (NTK_MODEL_LINEARISED, "erf", 2, 0.1);
}

/* Of random features every kernel is that of the last layer, whose weights a readout of one unit sees. */
static void
test_random_features (void)
{
  check_against_sweep (NTK_MODEL_RANDOM_FEATURES, "relu", 1, 0);
  check_against_sweep (NTK_MODEL_RANDOM_FEATURES, "erf", 2, 0.3);
}

/* One angle is what it is among others. */
static void
test_angles (void)
{
  const NtkArchitecture arch = architecture (NTK_MODEL_LINEARISED, "relu", 3, 0.2);
  g_autoptr (NtkStreams) streams = ntk_streams_new (4, 2);
  double all[ANGLES], one;

  g_assert_true (
    ntk_network_profile (&arch, 20, streams, angles, ANGLES, NULL, NULL, all, NULL, NULL));
  for (int i = 0; i < ANGLES; i++)
    {
      g_assert_true (
        ntk_network_profile (&arch, 20, streams, angles + i, 1, NULL, NULL, &one, NULL, NULL));
      assert_abs (one, all[i], 1e-13 * all[0], "angle %g", angles[i]);
    }
}

#define SEEDS 300

/* Means over networks against an independent simulation, whose columns are activation, sigma_b2, depth, width,
 * angle over pi, seeds, limit, mean, its standard error, and two more; of the smallest width, where a bias of
 * O(1/m) tells. */
static void
test_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("finite_width_kernel.csv");
  int checked = 0;

  for (guint row = 0; row + 5 <= rows->len; row += 5)
    {
      char **cells = g_ptr_array_index (rows, row);
      NtkArchitecture arch = architecture (NTK_MODEL_LINEARISED, cells[0],
                                           (int) fixture_number (rows, row, 2),
                                           fixture_number (rows, row, 1));
      const int width = (int) fixture_number (rows, row, 3);
      Average average[5] = { { 0 } };
      double angle[5], value[5];

      if (width > 16 || arch.depth > 4)
        continue;
      arch.sigma_v2 = 1;
      for (int i = 0; i < 5; i++)
        angle[i] = G_PI * fixture_number (rows, row + i, 4);
      for (int seed = 0; seed < SEEDS; seed++)
        {
          g_autoptr (NtkStreams) streams = ntk_streams_new (11, seed);

          g_assert_true (
            ntk_network_profile (&arch, width, streams, angle, 5, NULL, NULL, value, NULL, NULL));
          for (int i = 0; i < 5; i++)
            average_add (&average[i], value[i]);
        }
      for (int i = 0; i < 5; i++, checked++)
        {
          const double spread = hypot (average_error (&average[i]),
                                       fixture_number (rows, row + i, 8));

          assert_abs (average_mean (&average[i]), fixture_number (rows, row + i, 7),
                      4 * spread + 1e-12, "%s, sigma_b2 %s, depth %s, angle %g", cells[0], cells[1],
                      cells[2], angle[i]);
        }
    }
  g_assert_cmpint (checked, ==, 80);
}

static gboolean
stop_third (gpointer data)
{
  return ++*(int *) data == 3;
}

static void
test_refusals (void)
{
  NtkArchitecture arch = architecture (NTK_MODEL_LINEARISED, "relu", 2, 0);
  g_autoptr (NtkStreams) streams = ntk_streams_new (4, 2);
  g_autoptr (GError) error = NULL;
  double value[ANGLES];
  int asked = 0;

  g_assert_false (ntk_network_profile (&arch, 9, streams, angles, ANGLES, stop_third, &asked, value,
                                       NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_STOPPED);
  g_assert_cmpint (asked, ==, 3);
  g_clear_error (&error);
  arch.sigma_w2 = 1e300;
  g_assert_false (
    ntk_network_profile (&arch, 9, streams, angles, ANGLES, NULL, NULL, value, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
  g_clear_error (&error);
  arch.model = NTK_MODEL_LINEAR;
  g_assert_false (
    ntk_network_profile (&arch, 9, streams, angles, ANGLES, NULL, NULL, value, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

/* The matrix over the readout, between points of the circle two by two: its first row is the profile, and each
 * other one that of the turned circle, whose points the sum over units finds too. */
static void
check_matrix (const char *name, int depth, double sigma_b2)
{
  const NtkArchitecture arch = architecture (NTK_MODEL_LINEARISED, name, depth, sigma_b2);
  g_autoptr (NtkStreams) streams = ntk_streams_new (3, 5);
  double X[5 * (ANGLES + 1)], kernel[(ANGLES + 1) * (ANGLES + 1)], nngp[ANGLES], last[ANGLES];
  double swapped[5 * (ANGLES + 1)];
  g_autoptr (GError) error = NULL;

  fill_points (5, X);
  g_assert_true (ntk_network_nngp (&arch, 23, streams, X, ANGLES + 1, NULL, NULL, kernel, &error));
  g_assert_true (
    ntk_network_profile (&arch, 23, streams, angles, ANGLES, NULL, NULL, NULL, nngp, &error));
  for (int i = 0; i < ANGLES; i++)
    g_assert_cmpfloat_with_epsilon (kernel[i + 1], nngp[i], 1e-13 * kernel[0]);
  for (int first = 1; first <= ANGLES; first++)
    {
      memcpy (swapped, X, sizeof X);
      memcpy (swapped, X + 5 * first, 5 * sizeof (double));
      memcpy (swapped + 5 * first, X, 5 * sizeof (double));
      fill_last_layer (&arch, 23, streams, swapped, last);
      for (int i = 1; i <= ANGLES; i++)
        {
          const int other = i == first ? 0 : i;

          g_assert_cmpfloat (kernel[first * (ANGLES + 1) + other], ==, kernel[other * (ANGLES + 1) + first]);
          g_assert_cmpfloat_with_epsilon (kernel[first * (ANGLES + 1) + other], last[i - 1], 1e-12);
        }
    }
}

static void
test_nngp_matrix (void)
{
  check_matrix ("relu", 1, 0);
  check_matrix ("tanh", 3, 0.4);
  check_matrix ("relu", 2, 0.1);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/network-profile/sweep", test_sweep);
  g_test_add_func ("/network-profile/random-features", test_random_features);
  g_test_add_func ("/network-profile/angles", test_angles);
  g_test_add_func ("/network-profile/nngp-matrix", test_nngp_matrix);
  g_test_add_func ("/network-profile/golden", test_golden);
  g_test_add_func ("/network-profile/refusals", test_refusals);
  return g_test_run ();
}
