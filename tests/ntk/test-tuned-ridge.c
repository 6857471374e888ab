#include "fixture.h"

#include "ntk-minimum.h"

static const double powers[11] = { 0, 0.7, 0.3 };

static NtkSpectrum *
relu (int dim)
{
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", dim);

  return ntk_spectrum_new (&arch, 10, NULL);
}

static double
error_at (const NtkSpectrum *spectrum, double n, double N, double R, double sigma, double alpha)
{
  NtkErrorParts parts;

  if (!ntk_finite_d (spectrum, powers, n, N, R, &parts, NULL))
    return INFINITY;
  return ntk_error_parts_total (&parts, sigma, alpha);
}

/* Never above a fine list of ridges, and what it says is the error at the ridge that it says. */
static void
test_least (void)
{
  const double sigmas[] = { 0, 0.1, 0.5, 3 },
               widths[] = { 5, 60, 99, 100, 101, 300, 5000, INFINITY };
  g_autoptr (NtkSpectrum) spectrum = relu (20);

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint s = 0; s < G_N_ELEMENTS (sigmas); s++)
      for (int alpha = 0; alpha < 2; alpha++)
        {
          const double N = widths[w], sigma = sigmas[s];
          NtkErrorParts parts;
          const double R = ntk_tuned_ridge (spectrum, powers, 100, N, sigma, alpha, &parts);
          const double got = ntk_error_parts_total (&parts, sigma, alpha);
          double least = error_at (spectrum, 100, N, 0, sigma, alpha);

          for (double r = 1e-8; r < 1e8; r *= 1.02)
            least = MIN (least, error_at (spectrum, 100, N, r, sigma, alpha));
          g_assert_cmpfloat (got, <=, least * (1 + 1e-9));
          /* Steps of 2 % are seldom that far above. */
          assert_rel (got, least, 2e-4, "N = %g, sigma %g, alpha %d", N, sigma, alpha);
          g_assert_cmpfloat (R, <, INFINITY);
          assert_rel (error_at (spectrum, 100, N, R, sigma, alpha), got, 1e-9,
                      "its ridge %g, N = %g, sigma %g, alpha %d", R, N, sigma, alpha);
        }
}

/* Nakkiran, Venkat, Kakade and Ma (2021): with the best ridge more features never hurt. */
static void
test_monotone (void)
{
  g_autoptr (NtkSpectrum) spectrum = relu (20);

  for (double sigma = 0; sigma < 2; sigma += 0.25)
    {
      double last = INFINITY;

      for (double N = 2; N < 1e5; N *= 1.1)
        {
          NtkErrorParts parts;
          double error;

          ntk_tuned_ridge (spectrum, powers, 100, N, sigma, 0, &parts);
          error = ntk_error_parts_total (&parts, sigma, 0);
          g_assert_cmpfloat (error, <=, last * (1 + 1e-10));
          last = error;
        }
    }
}

/* The linear model with an isotropic target of unit power: the best ridge is R = sigma^2 at any n
 * (Dobriban and Wager 2018). */
static void
test_isotropic (void)
{
  double s[] = { 0.01 }, count[] = { 100 }, power[] = { 1 };
  const NtkSpectrum spectrum = { 1, s, count, 0, 1 };

  /* At less noise the minimum is too flat to have digits. */
  for (double sigma = 0.05; sigma < 100; sigma *= 3)
    for (double n = 30; n < 500; n *= 1.9)
      {
        NtkErrorParts parts;
        const double R = ntk_tuned_ridge (&spectrum, power, n, INFINITY, sigma, 0, &parts);

        assert_rel (R, sigma * sigma, 1e-3, "sigma %g, n = %g", sigma, n);
      }
}

/* None is best where there is no noise and the target is drawn by the kernel; all of it where there
 * is nothing to learn. */
static void
test_ends (void)
{
  double s[] = { 0.01, 0.001 }, count[] = { 100, 300 }, power[] = { 1, 0.3 }, none[] = { 0, 0 };
  const NtkSpectrum spectrum = { 2, s, count, 0, 1 };
  NtkErrorParts parts;

  g_assert_cmpfloat (ntk_tuned_ridge (&spectrum, power, 300, INFINITY, 0, 0, &parts), ==, 0);
  g_assert_cmpfloat (ntk_tuned_ridge (&spectrum, power, 500, INFINITY, 0, 0, &parts), ==, 0);
  g_assert_cmpfloat (parts.B, ==, 0);
  g_assert_true (isinf (ntk_tuned_ridge (&spectrum, none, 300, INFINITY, 1, 0, &parts)));
  assert_rel (parts.B, 1, 1e-12, "power that no group has");
  g_assert_cmpfloat (parts.V, ==, 0);
  assert_rel (parts.init, 1.3, 1e-12, "I");
}

/* ---- The ridge that removes the peak ---- */

/* Its definition in full, on many more widths. */
static double
peak_height (const NtkSpectrum *spectrum, double lambda, double sigma)
{
  enum
  {
    WIDTHS = 600
  };
  double error[WIDTHS], highest = 0;

  for (int i = 0; i < WIDTHS; i++)
    error[i] = error_at (spectrum, 100, 5 * pow (400, i / (WIDTHS - 1.0)), 100 * lambda, sigma, 0);
  for (int i = 0; i < WIDTHS; i++)
    {
      double left = INFINITY, right = INFINITY;

      for (int j = 0; j <= i; j++)
        left = MIN (left, error[j]);
      for (int j = i; j < WIDTHS; j++)
        right = MIN (right, error[j]);
      highest = MAX (highest, error[i] / MAX (left, right) - 1);
    }
  return highest;
}

static void
test_peak (void)
{
  g_autoptr (NtkSpectrum) spectrum = relu (20);

  for (double sigma = 0.1; sigma < 2; sigma *= 2)
    {
      g_autoptr (GError) error = NULL;
      double lambda;

      ntk_peak_ridge (spectrum, powers, 100, 5, 2000, sigma, 0, &lambda, &error);
      g_assert_no_error (error);
      g_test_message ("sigma %g: lambda %.3e, peak %.4f; at half of it %.4f", sigma, lambda,
                      peak_height (spectrum, lambda, sigma),
                      peak_height (spectrum, lambda / 2, sigma));
      assert_abs (peak_height (spectrum, lambda, sigma), NTK_PEAK_HEIGHT, 0.003, "peak, sigma %g",
                  sigma);
      for (double more = 1.1 * lambda; more < 10; more *= 2)
        g_assert_cmpfloat (peak_height (spectrum, more, sigma), <, NTK_PEAK_HEIGHT);
      for (double less = 0.8 * lambda; less > 1e-8; less /= 8)
        g_assert_cmpfloat (peak_height (spectrum, less, sigma), >, NTK_PEAK_HEIGHT);
    }
}

/* Nothing to remove where the peak is out of sight. */
static void
test_no_peak (void)
{
  g_autoptr (NtkSpectrum) spectrum = relu (20);
  g_autoptr (GError) error = NULL;
  double lambda;

  g_assert_false (ntk_peak_ridge (spectrum, powers, 100, 300, 2000, 0.5, 0, &lambda, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

/* ---- Minima ---- */

static double
valley (double x, gconstpointer data)
{
  const double *at = data;

  return (x - *at) * (x - *at) * (1 + 0.3 * sin (x));
}

static void
test_minimum (void)
{
  for (double at = -1; at <= 2; at += 0.1)
    for (double middle = 0.1; middle < 1; middle += 0.2)
      assert_abs (ntk_minimum (valley, &at, 0, middle, 1, 1e-7), CLAMP (at, 0, 1), 2e-7,
                  "at %g from %g", at, middle);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/tuned-ridge/least", test_least);
  g_test_add_func ("/ntk/tuned-ridge/monotone", test_monotone);
  g_test_add_func ("/ntk/tuned-ridge/isotropic", test_isotropic);
  g_test_add_func ("/ntk/tuned-ridge/ends", test_ends);
  g_test_add_func ("/ntk/tuned-ridge/peak", test_peak);
  g_test_add_func ("/ntk/tuned-ridge/no-peak", test_no_peak);
  g_test_add_func ("/ntk/tuned-ridge/minimum", test_minimum);
  return g_test_run ();
}
