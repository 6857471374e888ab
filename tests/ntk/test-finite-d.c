#include <cblas.h>

#include "fixture.h"

static void
test_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("finite_d.csv");
  double power[11], worst = 0;

  for (guint row = 0; row < rows->len; row++)
    {
      const int dim = (int) fixture_number (rows, row, 0);
      const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", dim);
      g_autoptr (NtkSpectrum) spectrum = ntk_spectrum_new (&arch, 10, NULL);
      const double n = fixture_number (rows, row, 1), N = fixture_number (rows, row, 2);
      /* The table's features are phi (w.x) without sigma_w, with R = lambda n/D on them. */
      const double R = arch.sigma_w2 * fixture_number (rows, row, 3) * n / dim;
      NtkFiniteD got;
      g_autoptr (GError) error = NULL;

      g_assert_true (ntk_target_power ("linear", dim, 10, power, NULL));
      g_assert_true (ntk_finite_d (spectrum, power, n, N, R, &got, &error));
      {
        const double values[] = { got.B, got.V, got.B_inf, got.V_inf, got.R_P, got.bias };

        for (guint i = 0; i < G_N_ELEMENTS (values); i++)
          {
            const double want = fixture_number (rows, row, 4 + i);

            assert_rel (values[i], want, 1e-6, "row %u, column %u", row, 4 + i);
            worst = MAX (worst, fabs (values[i] / want - 1));
          }
      }
    }
  g_test_message ("worst relative error %.2e", worst);
}

/* Without ridge: the limit of a vanishing one, and infinite where N = n. */
static void
test_ridgeless (void)
{
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", 20);
  g_autoptr (NtkSpectrum) spectrum = ntk_spectrum_new (&arch, 10, NULL);
  g_autoptr (GError) error = NULL;
  NtkFiniteD none, little;
  double power[11];

  g_assert_true (ntk_target_power ("mixed", 20, 10, power, NULL));
  for (double N = 5; N < 2000; N *= 1.7)
    {
      g_assert_true (ntk_finite_d (spectrum, power, 100, N, 0, &none, &error));
      g_assert_true (ntk_finite_d (spectrum, power, 100, N, 1e-9, &little, &error));
      assert_rel (none.B, little.B, 1e-5, "B, N = %g", N);
      assert_rel (none.V, little.V, 1e-5, "V, N = %g", N);
      assert_abs (none.init, little.init, 1e-5, "I, N = %g", N);
      if (N < 100)
        assert_abs (none.init, 0, 0, "features fewer than samples reproduce the initial function");
      /* Holzmueller's lower bound. */
      g_assert_cmpfloat (none.V, >=, (N < 100 ? N / (101 - N) : 100 / (N - 99)) * 0.99);
    }
  g_assert_false (ntk_finite_d (spectrum, power, 100, 100, 0, &none, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

/* A ridge beyond all bounds leaves the target and the initial function as they are. */
static void
test_large_ridge (void)
{
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "erf", 20);
  g_autoptr (NtkSpectrum) spectrum = ntk_spectrum_new (&arch, 10, NULL);
  double power[11], total = spectrum->tail;
  NtkFiniteD out;

  for (int k = 0; k <= 10; k++)
    total += spectrum->s[k] * spectrum->multiplicity[k];
  g_assert_true (ntk_target_power ("cosine", 20, 10, power, NULL));
  g_assert_true (ntk_finite_d (spectrum, power, 100, 50, 1e9, &out, NULL));
  assert_rel (out.B, 1, 1e-5, "B");
  assert_rel (out.init, total, 1e-5, "I");
  assert_abs (out.V, 0, 1e-5, "V");
}

/* One dimension and the circle: an answer or a sentence, never NaN. */
static void
test_low_dimension (void)
{
  const char *const names[] = { "relu", "abs", "erf" };

  for (int dim = 1; dim <= 2; dim++)
    for (guint a = 0; a < G_N_ELEMENTS (names); a++)
      for (double R = 0; R < 2; R += 0.5)
        for (double n = 1; n < 100; n *= 3)
          {
            const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, names[a],
                                                               dim);
            g_autoptr (NtkSpectrum) spectrum = ntk_spectrum_new (&arch, 10, NULL);
            g_autoptr (GError) error = NULL;
            double power[11];
            NtkFiniteD out;

            g_assert_nonnull (spectrum);
            g_assert_true (ntk_target_power ("linear", dim, 10, power, NULL));
            if (ntk_finite_d (spectrum, power, n, 7, R, &out, &error))
              g_assert_true (
                isfinite (out.B + out.V + out.init + out.R_P + out.bias + out.B_inf + out.V_inf));
            else
              g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
          }
}

/* Features sigma_v phi (h_j (x))/sqrt (width) of one hidden layer, n_points x width; g_free(). */
static double *
features_new (const NtkArchitecture *arch, const double *X, int n_points, int width, NtkStreams *streams)
{
  g_autofree double *theta = g_new (double, ntk_network_packed_size (arch, width));
  double *Z = g_new (double, (gsize) n_points * width);

  ntk_network_draw (arch, width, streams, theta);
  for (int j = 0; j < width; j++)
    for (int i = 0; i < n_points; i++)
      Z[(gsize) j * n_points + i] = sqrt (arch->sigma_b2) * theta[(gsize) width * arch->dim + j];
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, n_points, width, arch->dim, sqrt (arch->sigma_w2 / arch->dim),
               X, arch->dim, theta, arch->dim, 1, Z, n_points);
  arch->activation.type->eval (&arch->activation, (gsize) n_points * width, Z, Z, NULL);
  for (gsize i = 0; i < (gsize) n_points * width; i++)
    Z[i] *= sqrt (arch->sigma_v2 / width);
  return Z;
}

/* I by simulation: kernel regression on f_0 = psi.v itself, many v for each draw of the features,
 * test error by many points. */
static void
check_initial (int dim, int n, int width, double ridge)
{
  enum
  {
    TEST = 500,
    SEEDS = 24,
    READOUTS = 20
  };
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", dim);
  const int n_points = n + TEST;
  g_autoptr (NtkSpectrum) spectrum = ntk_spectrum_new (&arch, 10, NULL);
  g_autofree double *v = g_new (double, width *READOUTS);
  g_autofree double *f0 = g_new (double, n_points *READOUTS);
  g_autofree double *start = g_new (double, n *READOUTS);
  double power[11];
  Average error_I = { 0 };
  NtkFiniteD theory;

  for (int seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (31, seed);
      g_autofree double *X = fixture_inputs (streams, dim, n, n_points);
      g_autofree double *K = fixture_kernel (&arch, X, n, n_points, width, streams, NULL);
      g_autofree double *psi = features_new (&arch, X, n_points, width, streams);
      double sum = 0;

      ntk_streams_normal (streams, NTK_PURPOSE_READOUT, 1, 0, (gsize) width * READOUTS, v);
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n_points, READOUTS, width, 1, psi,
                   n_points, v, width, 0, f0, n_points);
      for (int k = 0; k < READOUTS; k++)
        memcpy (start + k * n, f0 + k * n_points, n * sizeof (double));
      g_assert_true (
        ntk_fit (K, n_points, n, ridge, NTK_EIGENVALUE_CUTOFF, start, READOUTS, start, NULL, NULL));
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, TEST, READOUTS, n, -1, K + n,
                   n_points, start, n, 1, f0 + n, n_points);
      for (int k = 0; k < READOUTS; k++)
        sum += cblas_ddot (TEST, f0 + n + k * n_points, 1, f0 + n + k * n_points, 1);
      average_add (&error_I, sum / (TEST * READOUTS));
    }
  g_assert_true (ntk_target_power ("linear", dim, 10, power, NULL));
  g_assert_true (ntk_finite_d (spectrum, power, n, width, n * ridge, &theory, NULL));
  g_test_message ("n %d, N %d, lambda %g: I %.5f +- %.5f, theory %.5f", n, width, ridge,
                  average_mean (&error_I), average_error (&error_I), theory.init);
  assert_abs (average_mean (&error_I), theory.init,
              4 * average_error (&error_I) + 0.005 * theory.init, "I at n %d, N %d, lambda %g", n,
              width, ridge);
}

static void
test_initial (void)
{
  check_initial (20, 100, 60, 1e-3);
  check_initial (20, 100, 60, 1e-1);
  check_initial (20, 100, 150, 1e-3);
  check_initial (20, 100, 200, 0);
  check_initial (20, 100, 800, 0);
  check_initial (20, 100, 800, 1e-2);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/finite-d/golden", test_golden);
  g_test_add_func ("/ntk/finite-d/ridgeless", test_ridgeless);
  g_test_add_func ("/ntk/finite-d/large-ridge", test_large_ridge);
  g_test_add_func ("/ntk/finite-d/low-dimension", test_low_dimension);
  g_test_add_func ("/ntk/finite-d/initial", test_initial);
  return g_test_run ();
}
