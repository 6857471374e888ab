#include "fixture.h"

static NtkArchitecture
architecture (const char *name, int depth, double sigma_b2)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, name, 4);

  arch.depth = depth;
  arch.sigma_b2 = sigma_b2;
  return arch;
}

static void
deviation (const NtkArchitecture *arch, const double *angle, int count, double *ntk, double *nngp)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ntk_network_deviation (arch, angle, count, ntk, nngp, &error));
  g_assert_no_error (error);
}

/* Columns: activation, sigma_w2, sigma_b2, angle over pi, NTK, m times the variance, the constant. */
static void
test_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("finite_width_constant.csv");

  for (guint row = 0; row < rows->len; row++)
    {
      char **cells = g_ptr_array_index (rows, row);
      NtkArchitecture arch = architecture (cells[0], 1, fixture_number (rows, row, 2));
      const double angle = G_PI * fixture_number (rows, row, 3);
      double ntk;

      arch.sigma_w2 = fixture_number (rows, row, 1);
      arch.sigma_v2 = 3;
      deviation (&arch, &angle, 1, &ntk, NULL);
      assert_rel (ntk, fixture_number (rows, row, 6), g_str_equal (cells[0], "relu") ? 1e-8 : 1e-6,
                  "%s, sigma_b2 %s, angle %s pi", cells[0], cells[2], cells[3]);
    }
  g_assert_cmpuint (rows->len, ==, 24);
}

#define ANGLES 5
static const double angles[ANGLES] = { 0, 0.3, 1.2, 2.2, G_PI };

/* Sample deviations over `seeds` networks, in the units of the constants. */
static void
simulate (const NtkArchitecture *arch, int width, int seeds, int count, double *ntk, double *nngp)
{
  double equal[2], value[2][ANGLES], *out[2] = { ntk, nngp };
  Average average[2][ANGLES] = { { { 0 } } };

  g_assert_true (ntk_profile (arch, angles, 1, 1, &equal[0], &equal[1], NULL));
  if (arch->depth > 1)
    equal[0] = (arch->depth + 1) * equal[1];
  for (int seed = 0; seed < seeds; seed++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (21, seed);

      g_assert_true (ntk_network_profile (arch, width, streams, angles, count, NULL, NULL, value[0],
                                          value[1], NULL));
      for (int kind = 0; kind < 2; kind++)
        for (int i = 0; i < count; i++)
          average_add (&average[kind][i], value[kind][i]);
    }
  for (int kind = 0; kind < 2; kind++)
    for (int i = 0; i < count; i++)
      out[kind][i] = average_error (&average[kind][i]) * sqrt (seeds - 1.0) * sqrt (width)
                     / equal[kind];
}

/* Exact at every width: 20 units. The deviation of a deviation over 4000 networks is some 1.5 %, more with the
 * tails of ReLU. */
static void
check_simulated (const char *name, double sigma_b2)
{
  const NtkArchitecture arch = architecture (name, 1, sigma_b2);
  double ntk[ANGLES], nngp[ANGLES], drawn[ANGLES], drawn_nngp[ANGLES];

  deviation (&arch, angles, ANGLES, ntk, nngp);
  simulate (&arch, 20, 4000, ANGLES, drawn, drawn_nngp);
  for (int i = 0; i < ANGLES; i++)
    {
      assert_abs (drawn[i], ntk[i], 0.06 * ntk[i] + 1e-9, "%s, sigma_b2 %g, angle %g", name,
                  sigma_b2, angles[i]);
      assert_abs (drawn_nngp[i], nngp[i], 0.06 * nngp[i] + 1e-9, "%s, sigma_b2 %g, angle %g, NNGP",
                  name, sigma_b2, angles[i]);
    }
}

static void
test_simulated (void)
{
  check_simulated ("relu", 0);
  check_simulated ("leaky-relu", 0.4);
  check_simulated ("gelu", 0);
  check_simulated ("tanh", 0.5);
  check_simulated ("cos", 0.2);
}

/* The leading order of deep networks at equal points: 64 L units. */
static void
check_deep (const char *name, int depth, double tolerance)
{
  const NtkArchitecture arch = architecture (name, depth, 0);
  double ntk, nngp, drawn, drawn_nngp;

  deviation (&arch, angles, 1, &ntk, &nngp);
  simulate (&arch, 64 * depth, 400, 1, &drawn, &drawn_nngp);
  assert_rel (drawn, ntk, tolerance, "%s, depth %d", name, depth);
  assert_rel (drawn_nngp, nngp, tolerance, "%s, depth %d, NNGP", name, depth);
}

static void
test_deep (void)
{
  const double known[] = { 1.73, 2.54, 3.16, 3.69, 0, 4.57 };
  NtkArchitecture arch = architecture ("relu", 1, 0);
  double both[2], kept[2];

  for (arch.depth = 1; arch.depth <= 6; arch.depth++)
    {
      const double L = arch.depth;

      deviation (&arch, angles, 1, both, NULL);
      assert_rel (both[0], sqrt (L * (11 * L + 7) / (3 * (L + 1))), 1e-14, "depth %d", arch.depth);
      if (arch.depth != 5)
        assert_abs (both[0], known[arch.depth - 1], 6e-3, "depth %d", arch.depth);
    }
  check_deep ("relu", 2, 0.12);
  check_deep ("abs", 3, 0.12);
  check_deep ("leaky-relu", 2, 0.12);
  /* What is not known is not said. */
  arch.depth = 2;
  deviation (&arch, angles, 2, both, kept);
  g_assert_true (isfinite (both[0]) && isnan (both[1]) && isnan (kept[1]));
  arch.sigma_b2 = 0.1;
  deviation (&arch, angles, 1, both, kept);
  g_assert_true (isnan (both[0]) && isnan (kept[0]));
  arch = architecture ("erf", 2, 0);
  deviation (&arch, angles, 1, both, kept);
  g_assert_true (isnan (both[0]) && isnan (kept[0]));
}

static void
test_refusals (void)
{
  NtkArchitecture arch = architecture ("relu", 1, 0);
  g_autoptr (GError) error = NULL;
  double ntk[ANGLES];

  arch.model = NTK_MODEL_RANDOM_FEATURES;
  g_assert_false (ntk_network_deviation (&arch, angles, ANGLES, ntk, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  arch = architecture ("tanh", 1, 0);
  arch.sigma_w2 = 1000;
  g_assert_false (ntk_network_deviation (&arch, angles, ANGLES, ntk, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/network-deviation/golden", test_golden);
  g_test_add_func ("/network-deviation/simulated", test_simulated);
  g_test_add_func ("/network-deviation/deep", test_deep);
  g_test_add_func ("/network-deviation/refusals", test_refusals);
  return g_test_run ();
}
