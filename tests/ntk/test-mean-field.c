#include "fixture.h"

#include "ntk-private.h"

/* x on the unit sphere extended to (x, 1): the setting of Chen, Li and Lin (NeurIPS 2024). */
static NtkArchitecture
published_architecture (int dim)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", dim);

  arch.sigma_b2 = 2;
  return arch;
}

static NtkMeanField *
mean_field (const NtkArchitecture *arch, gboolean nngp, const char *target)
{
  g_autoptr (GError) error = NULL;
  NtkMeanField *self = ntk_mean_field_new (arch, nngp, target, &error);

  g_assert_no_error (error);
  return self;
}

/* ---- Spectra ---- */

/* tools/make-spectrum-reference: tanh-sinh in x.x'/D with 60 digits. */
static void
test_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("ntk_spectrum.csv");

  for (guint row = 0; row < rows->len; row += NTK_ZONAL_DEGREE + 1)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu",
                                                   fixture_number (rows, row, 0));
      double ntk[NTK_ZONAL_DEGREE + 1], nngp[NTK_ZONAL_DEGREE + 1], total, prior;
      double worst = 0;

      arch.depth = fixture_number (rows, row, 1);
      arch.sigma_w2 = fixture_number (rows, row, 2);
      arch.sigma_b2 = fixture_number (rows, row, 3);
      g_assert_true (ntk_zonal_spectrum (&arch, NTK_ZONAL_DEGREE, ntk, nngp, &total, &prior, NULL));
      for (int k = 0; k <= NTK_ZONAL_DEGREE; k++)
        {
          const double want_ntk = fixture_number (rows, row + k, 5);
          const double want_nngp = fixture_number (rows, row + k, 6);

          /* Odd degrees vanish without biases. */
          assert_abs (ntk[k], want_ntk, MAX (1e-10 * want_ntk, NTK_ZONAL_FLOOR * total),
                      "NTK, D = %d, depth %d, degree %d", arch.dim, arch.depth, k);
          assert_abs (nngp[k], want_nngp, MAX (1e-10 * want_nngp, NTK_ZONAL_FLOOR * prior),
                      "NNGP, D = %d, depth %d, degree %d", arch.dim, arch.depth, k);
          if (want_ntk > 1e-30)
            worst = MAX (worst, MAX (fabs (ntk[k] / want_ntk - 1), fabs (nngp[k] / want_nngp - 1)));
        }
      g_test_message ("D = %d, depth %d, bias %g: worst %.1e", arch.dim, arch.depth, arch.sigma_b2,
                      worst);
    }
}

/* The series is the kernel again, at points between the poles, for every activation; those without
 * closed form say so. */
static void
test_series (void)
{
  enum
  {
    DIM = 6,
    POINTS = 12
  };
  guint n_types, done = 0;
  const NtkActivationType *types = ntk_activation_types (&n_types);

  for (guint a = 0; a < n_types; a++)
    for (int depth = 1; depth <= 3; depth += 2)
      {
        NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, types[a].name, DIM);
        g_autoptr (NtkStreams) streams = ntk_streams_new (1, a);
        g_autofree double *X = fixture_inputs (streams, DIM, 1, POINTS);
        double ntk[NTK_ZONAL_DEGREE + 1], nngp[NTK_ZONAL_DEGREE + 1], N[NTK_ZONAL_DEGREE + 1];
        double P[NTK_ZONAL_DEGREE + 1], K[POINTS], S[POINTS], total, prior;
        /* Kinks: the terms left out oscillate and fall as k^{-D/2 - ...}. */
        const double tolerance = types[a].homogeneous ? 2e-4 : 1e-9;
        g_autoptr (GError) error = NULL;

        arch.depth = depth;
        arch.sigma_b2 = 0.6;
        arch.sigma_v2 = 1.5;
        if (!ntk_zonal_spectrum (&arch, NTK_ZONAL_DEGREE, ntk, nngp, &total, &prior, &error))
          {
            g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
            continue;
          }
        done++;
        g_assert_true (ntk_infinite_kernel (&arch, X, 1, POINTS, K, S, NULL, NULL));
        assert_rel (total, K[0], 1e-12, "NTK at equal points, %s", types[a].name);
        assert_rel (prior, S[0], 1e-12, "NNGP at equal points, %s", types[a].name);
        ntk_sphere_multiplicities (DIM, NTK_ZONAL_DEGREE + 1, N);
        for (int i = 1; i < POINTS; i++)
          {
            double t = 0, sum = 0, sum_nngp = 0;

            for (int d = 0; d < DIM; d++)
              t += X[d] * X[i * DIM + d] / DIM;
            ntk_gegenbauer (DIM, t, NTK_ZONAL_DEGREE, P);
            for (int k = 0; k <= NTK_ZONAL_DEGREE; k++)
              {
                sum += N[k] * ntk[k] * P[k];
                sum_nngp += N[k] * nngp[k] * P[k];
              }
            assert_abs (sum, K[i], tolerance * K[0], "NTK of %s, depth %d, t = %g", types[a].name,
                        depth, t);
            assert_abs (sum_nngp, S[i], tolerance * S[0], "NNGP of %s, depth %d, t = %g",
                        types[a].name, depth, t);
          }
      }
  g_assert_cmpuint (done, >=, 8);
}

/* Rows of W_1 on the sphere instead of Gaussian give the same NNGP where phi is homogeneous and
 * there are no biases, and there s_k is the square of one integral. */
static void
test_features (void)
{
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", 9);
  g_autoptr (NtkSpectrum) spectrum = ntk_spectrum_new (&arch, 20, NULL);
  double ntk[21], nngp[21], total, prior;

  g_assert_true (ntk_zonal_spectrum (&arch, 20, ntk, nngp, &total, &prior, NULL));
  for (int k = 0; k <= 20; k++)
    assert_abs (nngp[k], spectrum->s[k], 1e-10 * nngp[k] + 1e-15, "degree %d", k);
}

/* What continues the degrees sums to what is known to be left. */
static void
test_continuation (void)
{
  const int dims[] = { 3, 4, 6, 11, 20, 60 };

  for (guint d = 0; d < G_N_ELEMENTS (dims); d++)
    for (int nngp = 0; nngp < 2; nngp++)
      for (int bias = 0; bias < 2; bias++)
        {
          NtkArchitecture arch = published_architecture (dims[d]);
          double ntk[NTK_ZONAL_DEGREE + 1], s[NTK_ZONAL_DEGREE + 1], total, prior;
          double sum = 0, sum_prior = 0;
          NtkZonalSeries series;

          arch.sigma_b2 = 2 * bias;
          g_assert_true (
            ntk_zonal_spectrum (&arch, NTK_ZONAL_DEGREE, ntk, s, &total, &prior, NULL));
          g_assert_true (ntk_zonal_series_init (&series, &arch, nngp, NULL, NULL));
          for (guint i = 0; i < series.n_entries; i++)
            {
              sum += series.entries[i].lambda * series.entries[i].count;
              sum_prior += series.entries[i].s * series.entries[i].count;
            }
          assert_rel (sum + series.lambda_rest, nngp ? prior : total, 3e-6,
                      "sum of eigenvalues, D = %d, bias %d", dims[d], bias);
          assert_rel (sum_prior + series.s_rest, prior, 3e-6,
                      "power of the initial function, D = %d, bias %d", dims[d], bias);
          ntk_zonal_series_clear (&series);
        }
}

/* ---- Curves ---- */

/* The formulas by bisection and plain sums. */
static double
plain_error (const NtkZonalSeries *series, double n, double kappa, double sigma, double alpha)
{
  double B = series->power_rest, I = series->s_rest, T2 = 0;

  for (guint i = 0; i < series->n_entries; i++)
    {
      const NtkZonalEntry *entry = &series->entries[i];
      const double share = entry->lambda / (entry->lambda + kappa);
      const double left = kappa / (entry->lambda + kappa);

      B += entry->power * left * left;
      I += entry->count * entry->s * left * left;
      T2 += entry->count * share * share;
    }
  return (B + sigma * sigma * T2 / n + alpha * alpha * I) / (1 - T2 / n);
}

static double
plain_kappa (const NtkZonalSeries *series, double n, double R)
{
  double low = log (1e-70), high = log (1e30);

  for (int step = 0; step < 100; step++)
    {
      const double kappa = exp ((low + high) / 2);
      double T1 = series->lambda_rest / kappa;

      for (guint i = 0; i < series->n_entries; i++)
        T1 += series->entries[i].count * series->entries[i].lambda
              / (series->entries[i].lambda + kappa);
      if (kappa * (n - T1) > R)
        high = log (kappa);
      else
        low = log (kappa);
    }
  return exp ((low + high) / 2);
}

static double
plain_best (const NtkZonalSeries *series, double n, double sigma, double alpha)
{
  const double from = log (plain_kappa (series, n, 0));
  double step = 0.05, best = from, least = plain_error (series, n, exp (from), sigma, alpha);

  for (double x = from; x < 12; x += step)
    if (plain_error (series, n, exp (x), sigma, alpha) < least)
      {
        least = plain_error (series, n, exp (x), sigma, alpha);
        best = x;
      }
  for (; step > 1e-6; step /= 2)
    for (int side = -1; side <= 1; side += 2)
      {
        const double x = MAX (best + side * step, from);
        const double value = plain_error (series, n, exp (x), sigma, alpha);

        if (value < least)
          {
            least = value;
            best = x;
          }
      }
  return least;
}

static void
check_table (const NtkArchitecture *arch, gboolean nngp, const char *target)
{
  const double sizes[] = { 1, 20, 1234, 1e6, 1e10 };
  g_autoptr (NtkMeanField) self = mean_field (arch, nngp, target);
  NtkZonalSeries series;

  g_assert_true (ntk_zonal_series_init (&series, arch, nngp, target, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int setting = 0; setting < 4; setting++)
      {
        const double n = sizes[i], sigma = setting & 1 ? 0.4 : 0, alpha = setting & 2 ? 1.5 : 0;
        const double R = n * 1e-3;
        NtkMeanFieldPieces pieces;
        double want;

        want = plain_error (&series, n, plain_kappa (&series, n, 0), sigma, alpha);
        assert_rel (ntk_mean_field_error (self, n, NTK_MEAN_FIELD_END, sigma, alpha), want, 1e-6,
                    "without ridge, n = %g, setting %d", n, setting);
        want = plain_error (&series, n, plain_kappa (&series, n, R), sigma, alpha);
        assert_rel (ntk_mean_field_ridge_error (self, n, R, sigma, alpha), want, 1e-6,
                    "ridge %g, n = %g, setting %d", R, n, setting);
        want = plain_best (&series, n, sigma, alpha);
        assert_rel (ntk_mean_field_error (self, n, NTK_MEAN_FIELD_BEST, sigma, alpha), want, 1e-6,
                    "best ridge, n = %g, setting %d", n, setting);
        pieces = ntk_mean_field_pieces (self, n, NTK_MEAN_FIELD_BEST, sigma, alpha);
        assert_rel (pieces.B + sigma * sigma * pieces.V + alpha * alpha * pieces.init, want, 1e-6,
                    "pieces, n = %g, setting %d", n, setting);
        assert_rel (ntk_mean_field_ridge_error (self, n, pieces.ridge, sigma, alpha), want, 1e-6,
                    "its ridge %g, n = %g, setting %d", pieces.ridge, n, setting);
      }
  ntk_zonal_series_clear (&series);
}

static void
test_table (void)
{
  NtkArchitecture arch = published_architecture (6);

  check_table (&arch, FALSE, "mixed");
  check_table (&arch, TRUE, "cosine");
  arch.dim = 30;
  check_table (&arch, FALSE, "published");
  arch.dim = 784;
  check_table (&arch, FALSE, "mixed");
  arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 3);
  arch.depth = 3;
  check_table (&arch, FALSE, "teacher");
  arch = fixture_architecture (NTK_MODEL_LINEARISED, "erf", 8);
  check_table (&arch, FALSE, "linear");
}

/* Local slopes of initial function and noise at the best ridge, and without noise, drift towards
 * their limits -3/(d + 3) and -3/d, d = D - 1; the numbers are an independent computation's. */
static void
test_drift (void)
{
  const double sizes[] = { 500, 1e3, 3e3, 1e4, 1e5, 1e6, 1e7 };
  const double want[2][6] = { { -.688, -.662, -.638, -.619, -.607, -.602 },
                              { -.487, -.454, -.433, -.411, -.394, -.385 } };
  const double limit[2] = { -3.0 / 5, -3.0 / 8 };
  const NtkArchitecture arch = published_architecture (6);
  g_autoptr (NtkMeanField) self = mean_field (&arch, FALSE, NULL);

  for (int noise = 0; noise < 2; noise++)
    {
      double error[7];

      for (int i = 0; i < 7; i++)
        error[i] = ntk_mean_field_error (self, sizes[i], NTK_MEAN_FIELD_BEST, 0.3 * noise, 1);
      for (int i = 0; i < 6; i++)
        {
          const double slope = log (error[i + 1] / error[i]) / log (sizes[i + 1] / sizes[i]);

          g_test_message ("noise %d, n %g to %g: %.4f", noise, sizes[i], sizes[i + 1], slope);
          assert_abs (slope, want[noise][i], 0.002, "n %g to %g, noise %d", sizes[i], sizes[i + 1],
                      noise);
        }
      assert_abs (ntk_mean_field_slope (self, 1e10, NTK_MEAN_FIELD_BEST, 0.3 * noise, 1),
                  limit[noise], 0.002, "slope at 1e10, noise %d", noise);
    }
}

/* Regression with the law of f_0 itself is best at the ridge sigma^2 (for alpha = 1): the error is
 * then the posterior variance. */
static void
test_bayes (void)
{
  const NtkArchitecture arch = published_architecture (6);
  g_autoptr (NtkMeanField) self = mean_field (&arch, TRUE, NULL);

  for (double n = 10; n < 1e10; n *= 7)
    assert_rel (ntk_mean_field_pieces (self, n, NTK_MEAN_FIELD_BEST, 0.3, 1).ridge, 0.09, 2e-3,
                "best ridge at n = %g", n);
}

/* ---- Simulation ---- */

enum
{
  N_TEST = 1000,
  LARGEST = 1024,
  N_RIDGES = 13
};

/* Errors at n without ridge and at the best of the ridges for alpha 0 and 1. */
static void
simulate (const NtkLearning *learning, int n, double sigma, Average average[2][2])
{
  NtkStop stops[N_RIDGES + 1] = { { INFINITY, 0 } };
  NtkGram grams[N_RIDGES + 1];

  for (int i = 0; i < N_RIDGES; i++)
    stops[i + 1] = (NtkStop){ INFINITY, pow (10, -2 + i / 3.0) };
  g_assert_true (ntk_learning_at (learning, n, stops, N_RIDGES + 1, grams, NULL, NULL));
  for (int alpha = 0; alpha < 2; alpha++)
    {
      double best = INFINITY;

      for (int i = 0; i <= N_RIDGES; i++)
        best = MIN (best, ntk_gram_error (&grams[i], sigma, alpha));
      average_add (&average[alpha][0], ntk_gram_error (&grams[0], sigma, alpha));
      average_add (&average[alpha][1], best);
    }
}

static void
check_simulation (int dim, int trials)
{
  const NtkArchitecture arch = published_architecture (dim);
  const int n_points = LARGEST + N_TEST, sizes[] = { 256, LARGEST };
  g_autoptr (NtkMeanField) self = mean_field (&arch, FALSE, "linear");
  g_autofree double *K = ntk_try_alloc (n_points, LARGEST, "", NULL);
  g_autofree double *S = ntk_try_alloc (n_points, LARGEST, "", NULL);
  g_autofree double *s_diag = g_new (double, n_points);
  g_autofree double *f = g_new (double, n_points);
  Average average[2][2][2] = { 0 };

  for (int trial = 0; trial < trials; trial++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (21, trial);
      g_autofree double *X = fixture_inputs (streams, dim, LARGEST, n_points);
      g_autoptr (NtkTarget) target = ntk_target_new ("linear", dim, streams, NULL);
      const NtkLearning learning = { LARGEST, n_points, K, S, s_diag, f, NULL, NULL };

      g_assert_true (ntk_infinite_kernel (&arch, X, LARGEST, n_points, K, S, s_diag, NULL));
      ntk_target_eval (target, X, n_points, f);
      for (int size = 0; size < 2; size++)
        simulate (&learning, sizes[size], 0.3, average[size]);
    }
  for (int size = 0; size < 2; size++)
    for (int alpha = 0; alpha < 2; alpha++)
      for (int best = 0; best < 2; best++)
        {
          const Average *got = &average[size][alpha][best];
          const double want = ntk_mean_field_error (
            self, sizes[size], best ? NTK_MEAN_FIELD_BEST : NTK_MEAN_FIELD_END, 0.3, alpha);

          g_test_message ("D = %d, n = %d, alpha %d, %s: %.5f +- %.1f %%, theory %.5f (%+.1f %%)",
                          dim, sizes[size], alpha, best ? "best ridge" : "no ridge",
                          average_mean (got), 100 * average_error (got) / average_mean (got), want,
                          100 * (want / average_mean (got) - 1));
          g_assert_cmpfloat (average_error (got), <, 0.02 * average_mean (got));
          assert_rel (average_mean (got), want, 0.06, "D = %d, n = %d, alpha %d, best ridge %d",
                      dim, sizes[size], alpha, best);
        }
}

static void
test_simulation (void)
{
  check_simulation (6, 5);
  check_simulation (11, 5);
}

/* ---- Where it does not stand ---- */

static void
test_domain (void)
{
  NtkArchitecture arch = published_architecture (2);
  g_autoptr (GError) error = NULL;
  NtkMeanField *self;

  g_assert_null (ntk_mean_field_new (&arch, FALSE, "linear", &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  arch.dim = 5;
  g_assert_null (ntk_mean_field_new (&arch, FALSE, "no-such", &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  self = mean_field (&arch, FALSE, "linear");
  ntk_mean_field_ref (self);
  ntk_mean_field_unref (self);
  g_assert_cmpfloat (ntk_mean_field_error (self, 10, NTK_MEAN_FIELD_END, 0, 0), >, 0);
  ntk_mean_field_unref (self);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/mean-field/golden", test_golden);
  g_test_add_func ("/ntk/mean-field/series", test_series);
  g_test_add_func ("/ntk/mean-field/features", test_features);
  g_test_add_func ("/ntk/mean-field/continuation", test_continuation);
  g_test_add_func ("/ntk/mean-field/table", test_table);
  g_test_add_func ("/ntk/mean-field/drift", test_drift);
  g_test_add_func ("/ntk/mean-field/bayes", test_bayes);
  g_test_add_func ("/ntk/mean-field/simulation", test_simulation);
  g_test_add_func ("/ntk/mean-field/domain", test_domain);
  return g_test_run ();
}
