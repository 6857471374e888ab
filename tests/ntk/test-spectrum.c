#include "fixture.h"

/* P_k on the circle are cos (k psi), in three dimensions Legendre's. */
static void
test_gegenbauer (void)
{
  double P[6];

  for (double t = -1; t <= 1; t += 0.1)
    {
      ntk_gegenbauer (2, t, 5, P);
      for (int k = 0; k <= 5; k++)
        assert_abs (P[k], cos (k * atan2 (sqrt (MAX (1 - t * t, 0)), t)), 1e-13,
                    "circle, degree %d", k);
      ntk_gegenbauer (3, t, 3, P);
      assert_abs (P[2], (3 * t * t - 1) / 2, 1e-15, "Legendre 2");
      assert_abs (P[3], (5 * t * t * t - 3 * t) / 2, 1e-15, "Legendre 3");
    }
  for (int dim = 1; dim < 40; dim++)
    {
      ntk_gegenbauer (dim, 1, dim == 1 ? 1 : 5, P);
      for (int k = 0; k <= (dim == 1 ? 1 : 5); k++)
        assert_rel (P[k], 1, 1e-14, "P_k (1), D = %d", dim);
    }
}

/* E P_k P_l = delta_kl/m_k over the sphere. */
static void
test_orthogonality (void)
{
  enum
  {
    DEGREES = 12,
    ORDER = 256
  };
  const int dims[] = { 1, 2, 3, 4, 7, 30, 500 };
  double t[2 * ORDER], w[2 * ORDER], P[DEGREES], m[DEGREES];

  for (guint d = 0; d < G_N_ELEMENTS (dims); d++)
    for (double kink = -0.7; kink < 1; kink += 0.7)
      {
        const int count = ntk_sphere_quadrature (dims[d], kink, ORDER, t, w);
        double gram[DEGREES][DEGREES] = { { 0 } };

        for (int i = 0; i < count; i++)
          {
            ntk_gegenbauer (dims[d], t[i], DEGREES - 1, P);
            for (int k = 0; k < DEGREES; k++)
              for (int l = 0; l < DEGREES; l++)
                gram[k][l] += w[i] * P[k] * P[l];
          }
        ntk_sphere_multiplicities (dims[d], DEGREES, m);
        for (int k = 0; k < (dims[d] == 1 ? 2 : DEGREES); k++)
          for (int l = 0; l < (dims[d] == 1 ? 2 : DEGREES); l++)
            assert_abs (gram[k][l] * sqrt (m[k] * m[l]), k == l, 1e-10, "D = %d, degrees %d and %d",
                        dims[d], k, l);
      }
}

static void
test_multiplicities (void)
{
  double m[4];

  ntk_sphere_multiplicities (3, 4, m);
  for (int k = 0; k < 4; k++)
    assert_rel (m[k], 2 * k + 1, 1e-15, "three dimensions");
  ntk_sphere_multiplicities (10, 4, m);
  assert_rel (m[1], 10, 1e-15, "degree 1");
  assert_rel (m[2], 54, 1e-15, "degree 2: D (D + 1)/2 - 1");
  assert_rel (m[3], 210, 1e-15, "degree 3: binom (12, 3) - 10");
}

/* Sum of the spectrum is E[f_0^2], which for a homogeneous activation without bias is
 * sigma_v^2 sigma_w^2 (a^2 + b^2)/2; ReLU's odd degrees above 1 vanish. */
static void
test_relu (void)
{
  const int dims[] = { 2, 3, 10, 100, 1000 };

  for (guint d = 0; d < G_N_ELEMENTS (dims); d++)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", dims[d]);
      g_autoptr (GError) error = NULL;
      g_autoptr (NtkSpectrum) spectrum = NULL;
      double sum = 0;

      arch.sigma_v2 = 1.5;
      spectrum = ntk_spectrum_new (&arch, 10, &error);
      g_assert_no_error (error);
      g_assert_cmpint (spectrum->n_degrees, ==, 11);
      for (int k = 0; k <= 10; k++)
        sum += spectrum->s[k] * spectrum->multiplicity[k];
      assert_rel (sum + spectrum->tail, 1.5, 1e-13, "power, D = %d", dims[d]);
      /* xi_1 = sigma_w sqrt(D) E t max (t, 0) = sigma_w/(2 sqrt(D)) */
      assert_rel (spectrum->s[1], 1.5 * 2 / (4.0 * dims[d]), 1e-12, "degree 1, D = %d", dims[d]);
      for (int k = 3; k <= 9; k += 2)
        assert_abs (spectrum->s[k], 0, 0, "degree %d, D = %d", k, dims[d]);
    }
}

/* The kernel summed from the spectrum against the infinite-width kernel, whose first layer is
 * Gaussian: equal for homogeneous activations without bias. */
static void
test_kernel (void)
{
  enum
  {
    DIM = 8,
    POINTS = 6,
    DEGREE = 300
  };
  const char *const names[] = { "relu", "leaky-relu", "abs" };
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 3);
  g_autofree double *X = fixture_inputs (streams, DIM, POINTS, POINTS);
  double kernel[POINTS * POINTS], P[DEGREE + 1];

  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    {
      const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, names[a], DIM);
      g_autoptr (NtkSpectrum) spectrum = ntk_spectrum_new (&arch, DEGREE, NULL);

      g_assert_true (ntk_infinite_kernel (&arch, X, POINTS, POINTS, kernel, NULL, NULL, NULL));
      for (int i = 1; i < POINTS; i++)
        {
          double t = 0, sum = 0;

          for (int d = 0; d < DIM; d++)
            t += X[d] * X[i * DIM + d] / DIM;
          ntk_gegenbauer (DIM, t, DEGREE, P);
          for (int k = 0; k <= DEGREE; k++)
            sum += spectrum->s[k] * spectrum->multiplicity[k] * P[k];
          assert_abs (sum, kernel[i], 1e-8, "%s, t = %g", names[a], t);
        }
    }
}

/* With biases: E[f_0^2] and s_0, s_1 by drawing weights and biases. */
static void
check_bias (const char *name, int dim)
{
  enum
  {
    DRAWS = 200000
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, name, dim);
  g_autoptr (NtkStreams) streams = ntk_streams_new (12, dim);
  g_autofree double *z = g_new (double, DRAWS);
  g_autofree double *W = g_new (double, (gsize) dim *DRAWS);
  g_autoptr (NtkSpectrum) spectrum = NULL;
  Average power = { 0 }, pair = { 0 };
  double t[2] = { 1, -0.35 }, want = 0, sum;
  double P[121];

  arch.sigma_b2 = 1.5;
  spectrum = ntk_spectrum_new (&arch, 120, NULL);
  ntk_streams_normal (streams, NTK_PURPOSE_BIAS, 1, 0, DRAWS, z);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, dim, DRAWS, W);
  for (int i = 0; i < DRAWS; i++)
    {
      /* Two points of the sphere, e_1 and one at cosine t to it. */
      const double *w = W + (gsize) i * dim;
      const double second = dim == 1 ? -w[0] : t[1] * w[0] + sqrt (1 - t[1] * t[1]) * w[1];
      double h[2] = { sqrt (arch.sigma_w2) * w[0] + sqrt (arch.sigma_b2) * z[i],
                      sqrt (arch.sigma_w2) * second + sqrt (arch.sigma_b2) * z[i] };

      arch.activation.type->eval (&arch.activation, 2, h, h, NULL);
      average_add (&power, h[0] * h[0]);
      average_add (&pair, h[0] * h[1]);
    }
  ntk_gegenbauer (dim, dim == 1 ? -1 : t[1], 120, P);
  sum = spectrum->tail;
  for (int k = 0; k <= 120; k++)
    {
      sum += spectrum->s[k] * spectrum->multiplicity[k];
      want += spectrum->s[k] * spectrum->multiplicity[k] * P[k];
    }
  assert_abs (average_mean (&power), sum, 4 * average_error (&power), "power of %s, D = %d", name,
              dim);
  assert_abs (average_mean (&pair), want, 4 * average_error (&pair) + 1e-5, "kernel of %s, D = %d",
              name, dim);
}

static void
test_bias (void)
{
  for (int dim = 1; dim <= 9; dim = dim < 3 ? dim + 1 : 3 * dim)
    {
      check_bias ("relu", dim);
      check_bias ("abs", dim);
      check_bias ("erf", dim);
    }
}

/* With ReLU and biases the power is (sigma_w^2 + sigma_b^2)/2 whatever the law of the rows. */
static void
test_bias_power (void)
{
  for (int dim = 1; dim <= 64; dim *= 2)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", dim);
      g_autoptr (NtkSpectrum) spectrum = NULL;
      double sum;

      arch.sigma_b2 = 3;
      spectrum = ntk_spectrum_new (&arch, 20, NULL);
      sum = spectrum->tail;
      for (int k = 0; k <= 20; k++)
        sum += spectrum->s[k] * spectrum->multiplicity[k];
      assert_rel (sum, (arch.sigma_w2 + arch.sigma_b2) / 2, 1e-10, "D = %d", dim);
    }
}

static void
test_domain (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", 5);
  g_autoptr (GError) error = NULL;

  g_assert_null (ntk_spectrum_new (&arch, 10000, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  arch.depth = 2;
  g_assert_null (ntk_spectrum_new (&arch, 10, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/spectrum/gegenbauer", test_gegenbauer);
  g_test_add_func ("/ntk/spectrum/orthogonality", test_orthogonality);
  g_test_add_func ("/ntk/spectrum/multiplicities", test_multiplicities);
  g_test_add_func ("/ntk/spectrum/relu", test_relu);
  g_test_add_func ("/ntk/spectrum/kernel", test_kernel);
  g_test_add_func ("/ntk/spectrum/bias", test_bias);
  g_test_add_func ("/ntk/spectrum/bias-power", test_bias_power);
  g_test_add_func ("/ntk/spectrum/domain", test_domain);
  return g_test_run ();
}
