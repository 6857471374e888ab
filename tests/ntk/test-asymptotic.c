#include "fixture.h"

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
  arch.sigma_b2 = 0;
  arch.depth = 2;
  g_assert_null (ntk_spectrum_new_asymptotic (&arch, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "tanh", 50);
  arch.sigma_w2 = 1000;
  g_assert_null (ntk_spectrum_new_asymptotic (&arch, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
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
  return g_test_run ();
}
