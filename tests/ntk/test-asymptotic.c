#include "fixture.h"

#include "ntk-asymptotic-private.h"

#include <cblas.h>

static const double linear[] = { 0, 1 };

static NtkSpectrum *
asymptotic (const NtkArchitecture *arch)
{
  g_autoptr (GError) error = NULL;
  NtkSpectrum *self = ntk_spectrum_new_asymptotic (arch, &error);

  g_assert_no_error (error);
  return self;
}

/* Tables are for ReLU as it is, so that sigma_w^2 = 1, lambda_MM = D R/n. */
static NtkSpectrum *
relu (int dim)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", dim);

  arch.sigma_w2 = 1;
  return asymptotic (&arch);
}

static NtkErrorParts
parts_at (const NtkSpectrum *spectrum, int dim, double psi1, double psi2, double lambda)
{
  g_autoptr (GError) error = NULL;
  NtkErrorParts parts;

  ntk_finite_d (spectrum, linear, psi2 * dim, psi1 * dim, psi2 * lambda, &parts, &error);
  g_assert_no_error (error);
  return parts;
}

static void
test_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("mei_montanari.csv");
  g_autoptr (NtkSpectrum) spectrum = relu (100);

  for (guint row = 0; row < rows->len; row++)
    {
      const NtkErrorParts got = parts_at (spectrum, 100, fixture_number (rows, row, 0),
                                          fixture_number (rows, row, 1),
                                          fixture_number (rows, row, 2));

      assert_rel (got.B, fixture_number (rows, row, 4), 1e-9, "B, row %u", row);
      assert_rel (got.V, fixture_number (rows, row, 5), 1e-9, "V, row %u", row);
    }
}

static void
test_decomposition (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("dascoli.csv");
  g_autoptr (NtkSpectrum) spectrum = relu (30);

  for (guint row = 0; row < rows->len; row++)
    {
      const NtkErrorParts got = parts_at (spectrum, 30, fixture_number (rows, row, 0),
                                          fixture_number (rows, row, 1),
                                          fixture_number (rows, row, 2));
      const double values[] = { got.B, got.V, got.B_inf, got.V_inf, got.bias };

      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        assert_abs (values[i], fixture_number (rows, row, 3 + i), 2e-9, "row %u, column %u", row,
                    3 + i);
    }
}

/* Mei and Montanari's own form: (p1 - g)(p2 - g) = p1 p2 (lambda/mu_*^2) q with
 * g = q + z q/(1 + z q), and three polynomials. */
static void
check_published (double mu1_2, double mu_star_2, double p1, double p2, double lambda,
                 const NtkErrorParts *got)
{
  const double z = mu1_2 / mu_star_2, m = MIN (p1, p2), c = 1 + z - m * z;
  double low = 0, high = (-c + sqrt (c * c + 4 * z * m)) / (2 * z), q = high, x, E0, E1, E2;

  while (lambda > 0 && high - low > 1e-15 * high)
    {
      double g;

      q = (low + high) / 2;
      if (q <= low || q >= high)
        break;
      g = q + z * q / (1 + z * q);
      if ((p1 - g) * (p2 - g) > p1 * p2 * lambda / mu_star_2 * q)
        low = q;
      else
        high = q;
    }
  x = -q;
  E0 = -pow (x, 5) * pow (z, 3) + 3 * pow (x, 4) * z * z
       + (p1 * p2 - p2 - p1 + 1) * pow (x, 3) * pow (z, 3) - 2 * pow (x, 3) * z * z
       - 3 * pow (x, 3) * z + (p1 + p2 - 3 * p1 * p2 + 1) * x * x * z * z + 2 * x * x * z + x * x
       + 3 * p1 * p2 * x * z - p1 * p2;
  E1 = p2 * pow (x, 3) * z * z - p2 * x * x * z + p1 * p2 * x * z - p1 * p2;
  E2 = pow (x, 5) * pow (z, 3) - 3 * pow (x, 4) * z * z + (p1 - 1) * pow (x, 3) * pow (z, 3)
       + 2 * pow (x, 3) * z * z + 3 * pow (x, 3) * z - (p1 + 1) * x * x * z * z - 2 * x * x * z
       - x * x;
  assert_rel (got->B, E1 / E0, 1e-8, "B at psi %g, %g, lambda %g", p1, p2, lambda);
  assert_rel (got->V, E2 / E0, 1e-8, "V at psi %g, %g, lambda %g", p1, p2, lambda);
}

/* E phi^2, E phi and E G phi by the trapezoidal rule, split at the kink. */
static void
moments (const NtkArchitecture *arch, double *mu1_2, double *mu_star_2)
{
  const double h = 1.0 / 4096;
  double sum[3] = { 0 };

  for (int i = -10 * 4096; i <= 10 * 4096; i++)
    {
      const double x = i * h, weight = h * exp (-x * x / 2) / sqrt (2 * G_PI);
      double phi = sqrt (arch->sigma_w2) * x;

      arch->activation.type->eval (&arch->activation, 1, &phi, &phi, NULL);
      sum[0] += weight * phi;
      sum[1] += weight * phi * x;
      sum[2] += weight * phi * phi;
    }
  *mu1_2 = arch->sigma_v2 * sum[1] * sum[1];
  *mu_star_2 = arch->sigma_v2 * (sum[2] - sum[0] * sum[0]) - *mu1_2;
}

static void
test_published (void)
{
  const char *const names[] = {
    "relu", "leaky-relu", "erf", "gelu", "tanh", "swish", "sin", "rbf"
  };

  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, names[a], 40);
      g_autoptr (NtkSpectrum) spectrum = NULL;
      double mu1_2, mu_star_2;

      arch.sigma_v2 = 1.7;
      spectrum = asymptotic (&arch);
      moments (&arch, &mu1_2, &mu_star_2);
      /* Where there is a kink in the slope the rule is off by h^2. */
      assert_rel (40 * spectrum->s[1], mu1_2, 1e-7, "mu_1^2 of %s", names[a]);
      assert_rel (spectrum->tail, mu_star_2, 1e-6, "mu_*^2 of %s", names[a]);
      mu1_2 = 40 * spectrum->s[1];
      mu_star_2 = spectrum->tail;
      for (double p1 = 0.3; p1 < 50; p1 *= 1.9)
        for (double lambda = 0; lambda < 1; lambda = MAX (1e-4, 10 * lambda))
          {
            const NtkErrorParts got = parts_at (spectrum, 40, p1, 2.5, lambda);

            check_published (mu1_2, mu_star_2, p1, 2.5, lambda, &got);
          }
    }
}

/* ReLU's levels are 1/4 and 1/4 - 1/(2 pi), twice and with 2 in front for the defaults. */
static void
test_relu (void)
{
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", 50);
  g_autoptr (NtkSpectrum) spectrum = asymptotic (&arch), plain = relu (50);

  assert_rel (50 * plain->s[1], 0.25, 1e-15, "mu_1^2");
  assert_rel (plain->tail, 0.25 - 1 / (2 * G_PI), 1e-14, "mu_*^2");
  assert_rel (50 * spectrum->s[1], 0.5, 1e-15, "mu_1^2 with sigma_w^2 = 2");
  /* lambda = 2 lambda_MM/D */
  for (double psi1 = 0.5; psi1 < 20; psi1 *= 2)
    {
      const NtkErrorParts want = parts_at (plain, 50, psi1, 3, 0.01);
      NtkErrorParts got;

      g_assert_true (
        ntk_finite_d (spectrum, linear, 150, psi1 * 50, 150 * 2 * 0.01 / 50, &got, NULL));
      assert_rel (got.B, want.B, 1e-12, "B at psi_1 = %g", psi1);
      assert_rel (got.V, want.V, 1e-12, "V at psi_1 = %g", psi1);
      assert_rel (got.init, 2 * want.init, 1e-12, "I at psi_1 = %g", psi1);
    }
}

/* Even activations learn nothing of a linear target. */
static void
test_even (void)
{
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "abs", 50);
  g_autoptr (NtkSpectrum) spectrum = asymptotic (&arch);

  for (double psi1 = 0.7; psi1 < 20; psi1 *= 2)
    {
      const NtkErrorParts got = parts_at (spectrum, 50, psi1, 3, 0);
      const double q = MIN (psi1, 3);

      assert_rel (got.B, psi1 * 3 / (psi1 * 3 - q * q), 1e-12, "B at psi_1 = %g", psi1);
      assert_rel (got.V, q * q / (psi1 * 3 - q * q), 1e-12, "V at psi_1 = %g", psi1);
      assert_abs (got.bias, 1, 1e-12, "bias at psi_1 = %g", psi1);
    }
}

/* Finite dimension comes to it as 1/D: half the difference at twice the dimension. */
static void
test_approach (void)
{
  const double psi1[] = { 1.2, 6, 24 }, lambda[] = { 0, 0.01, 0.1 };

  for (guint i = 0; i < G_N_ELEMENTS (psi1); i++)
    for (guint l = 0; l < G_N_ELEMENTS (lambda); l++)
      {
        double difference[3][3];

        for (int size = 0; size < 3; size++)
          {
            const int dim = 400 << size;
            const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu",
                                                               dim);
            g_autoptr (NtkSpectrum) finite = ntk_spectrum_new (&arch, 6, NULL);
            g_autoptr (NtkSpectrum) limit = asymptotic (&arch);
            const double R = 3 * lambda[l], power[7] = { 0, 1 };
            NtkErrorParts near, far;

            g_assert_true (ntk_finite_d (finite, power, 3 * dim, psi1[i] * dim, R, &near, NULL));
            g_assert_true (ntk_finite_d (limit, linear, 3 * dim, psi1[i] * dim, R, &far, NULL));
            difference[0][size] = near.B - far.B;
            difference[1][size] = near.V - far.V;
            difference[2][size] = near.init - far.init;
            assert_rel (near.B, far.B, 0.02, "B, D = %d, psi_1 = %g", dim, psi1[i]);
            assert_rel (near.V, far.V, 0.04, "V, D = %d, psi_1 = %g", dim, psi1[i]);
            assert_abs (near.init, far.init, 0.02, "I, D = %d, psi_1 = %g", dim, psi1[i]);
          }
        for (int part = 0; part < 3; part++)
          for (int size = 0; size < 2; size++)
            if (fabs (difference[part][size]) > 1e-6)
              assert_abs (difference[part][size + 1] / difference[part][size], 0.5, 0.05,
                          "part %d at D = %d, psi_1 = %g, lambda %g", part, 400 << size, psi1[i],
                          lambda[l]);
      }
}

static void
test_domain (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", 50);
  g_autoptr (NtkSpectrum) spectrum = asymptotic (&arch);
  g_autoptr (GError) error = NULL;
  NtkErrorParts parts;

  g_assert_false (ntk_finite_d (spectrum, linear, 100, 100, 0, &parts, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  arch.sigma_b2 = 1;
  g_assert_null (ntk_spectrum_new_asymptotic (&arch, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  g_assert_false (ntk_asymptotic_linearised (&arch, 100, 300, 0, &parts.B, &parts.V, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  arch.sigma_b2 = 0;
  g_assert_true (ntk_asymptotic_linearised (&arch, 100, 50, 0, &parts.B, &parts.V, NULL));
  g_assert_false (ntk_asymptotic_linearised (&arch, 100, 49, 0, &parts.B, &parts.V, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  arch.depth = 2;
  g_assert_null (ntk_spectrum_new_asymptotic (&arch, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "tanh", 50);
  arch.sigma_w2 = 1000;
  g_assert_null (ntk_spectrum_new_asymptotic (&arch, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

/* ---- Both layers trained ---- */

/* ReLU as it is, readouts of variance sigma_a^2. */
static NtkLevels
relu_levels (double sigma_a2)
{
  return (NtkLevels){ 0.25, 0.25 - 1 / (2 * G_PI), sigma_a2 / 4, sigma_a2 / 4 };
}

static void
test_both_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("ntk_theory.csv");

  for (guint row = 0; row < rows->len; row++)
    {
      const NtkLevels levels = relu_levels (fixture_number (rows, row, 2));
      double B, V;

      g_assert_true (ntk_two_layer_limit (&levels, fixture_number (rows, row, 0),
                                          fixture_number (rows, row, 1), 0, &B, &V));
      assert_rel (B, fixture_number (rows, row, 3), 1e-8, "B, row %u", row);
      assert_rel (V, fixture_number (rows, row, 4), 1e-8, "V, row %u", row);
    }
}

/* With a first layer that contributes nothing it is random features. */
static void
test_both_reduction (void)
{
  g_autoptr (NtkSpectrum) spectrum = relu (10);
  const NtkLevels levels = relu_levels (0);

  for (double psi1 = 0.3; psi1 < 40; psi1 *= 1.7)
    for (double lambda = 1e-4; lambda < 10; lambda *= 10)
      {
        const NtkErrorParts want = parts_at (spectrum, 10, psi1, 3, lambda);
        double B, V;

        g_assert_true (ntk_two_layer_limit (&levels, psi1, 3, 3 * lambda, &B, &V));
        assert_rel (B, want.B, 1e-9, "B at psi_1 = %g, lambda %g", psi1, lambda);
        assert_rel (V, want.V, 1e-9, "V at psi_1 = %g, lambda %g", psi1, lambda);
      }
}

/* The linearised network itself, within `off`/D. The limit is approached as 1/D: swish without ridge
 * is 71 % off at D = 30, 16 % at 120, 4 % at 360. */
static void
check_both (const char *name, int dim, double R, int seeds, double off)
{
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, name, dim);
  const int n = 3 * dim, width = 6 * dim, n_points = n + 400;
  Average target = { 0 }, noise = { 0 };
  double B, V;

  for (int seed = 0; seed < seeds; seed++)
    {
      enum
      {
        NOISES = 20
      };
      g_autoptr (NtkStreams) streams = ntk_streams_new (9, seed);
      g_autofree double *X = fixture_inputs (streams, dim, n, n_points);
      g_autofree double *K = fixture_kernel (&arch, X, n, n_points, width, streams, NULL);
      g_autofree double *y = g_new (double, (gsize) n *(1 + NOISES));
      g_autofree double *f = g_new0 (double, (gsize) 400 * (1 + NOISES));

      for (int i = 0; i < n; i++)
        y[i] = X[(gsize) i * dim];
      for (int i = 0; i < 400; i++)
        f[i] = X[(gsize) (n + i) * dim];
      ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, (gsize) n * NOISES, y + n);
      g_assert_true (
        ntk_fit (K, n_points, n, R / n, NTK_EIGENVALUE_CUTOFF, y, 1 + NOISES, y, NULL, NULL));
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, 400, 1 + NOISES, n, -1, K + n,
                   n_points, y, n, 1, f, 400);
      average_add (&target, cblas_ddot (400, f, 1, f, 1) / 400);
      average_add (&noise, cblas_ddot (400 * NOISES, f + 400, 1, f + 400, 1) / (400 * NOISES));
    }
  g_assert_true (ntk_asymptotic_linearised (&arch, n, width, R, &B, &V, NULL));
  g_test_message ("%s, D = %d, R = %g: B %.4f +- %.4f, theory %.4f; V %.4f +- %.4f, theory %.4f",
                  name, dim, R, average_mean (&target), average_error (&target), B,
                  average_mean (&noise), average_error (&noise), V);
  assert_abs (average_mean (&target), B, 3 * average_error (&target) + off / dim * B, "B, %s",
              name);
  assert_abs (average_mean (&noise), V, 3 * average_error (&noise) + off / dim * V, "V, %s", name);
}

static void
test_both_simulation (void)
{
  for (int ridge = 0; ridge < 2; ridge++)
    {
      const int n_small = g_test_thorough () ? 40 : 20, n_large = g_test_thorough () ? 12 : 6;

      check_both ("relu", 30, 0.3 * ridge, n_small, 17);
      check_both ("relu", 120, 0.3 * ridge, n_large, 17);
      check_both ("erf", 30, 0.3 * ridge, n_small, 5);
      check_both ("erf", 120, 0.3 * ridge, n_large, 5);
      check_both ("swish", 120, 0.3 * ridge, n_large, 20);
    }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/asymptotic/golden", test_golden);
  g_test_add_func ("/ntk/asymptotic/decomposition", test_decomposition);
  g_test_add_func ("/ntk/asymptotic/published", test_published);
  g_test_add_func ("/ntk/asymptotic/relu", test_relu);
  g_test_add_func ("/ntk/asymptotic/even", test_even);
  g_test_add_func ("/ntk/asymptotic/approach", test_approach);
  g_test_add_func ("/ntk/asymptotic/domain", test_domain);
  g_test_add_func ("/ntk/asymptotic/both-golden", test_both_golden);
  g_test_add_func ("/ntk/asymptotic/both-reduction", test_both_reduction);
  g_test_add_func ("/ntk/asymptotic/both-simulation", test_both_simulation);
  return g_test_run ();
}
