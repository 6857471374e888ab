#include "fixture.h"

#include "ntk-numbers-private.h"
/* A name for variables here. */
#undef I

#include "ntk-mean-field-private.h"

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
  NtkMeanField *self = ntk_mean_field_new (arch, nngp, target, TRUE, &error);

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
  double step = 0.2, best = from, least = plain_error (series, n, exp (from), sigma, alpha);

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
  g_autoptr (NtkMeanField) self = NULL;
  NtkZonalSeries series;

  g_assert_true (ntk_zonal_series_init (&series, arch, nngp, target, NULL));
  self = ntk_mean_field_new_series (&series, 0, TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int setting = 0; setting < 4; setting++)
      {
        const double n = sizes[i], sigma = setting & 1 ? 0.4 : 0, alpha = setting & 2 ? 1.5 : 0;
        const double R = n * 1e-3;
        const double kappa = plain_kappa (&series, n, 0);
        const double end = ntk_mean_field_error (self, n, NTK_MEAN_FIELD_END, sigma, alpha);
        NtkMeanFieldPieces pieces;
        double want;

        want = plain_error (&series, n, kappa, sigma, alpha);
        if (kappa < series.lowest)
          g_assert_true (isnan (end));
        else
          assert_rel (end, want, 1e-6, "without ridge, n = %g, setting %d", n, setting);
        want = plain_error (&series, n, plain_kappa (&series, n, R), sigma, alpha);
        assert_rel (ntk_mean_field_ridge_error (self, n, R, sigma, alpha), want, 1e-6,
                    "ridge %g, n = %g, setting %d", R, n, setting);
        /* Without noise the best ridge is none. */
        if (kappa < series.lowest && !(sigma > 0))
          continue;
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

/* Sums over the degrees of one ReLU unit in D = 3, far beyond those that n points learn, from its own
 * recursion: the kernel without biases has the eigenvalues 2 xi_k^2, the teacher the power `first` in
 * degree 1 and high N_k xi_k^2 in the even ones. What lies beyond falls as k^-3 in both sums. */
static double
exact_error (double n, double first, double high)
{
  const double mean2 = 3.0 / 16, last = 20 * sqrt (n);
  double low = log (1e-40), top = 0, error = 0;

  /* kappa to 3e-6. */
  for (int step = 0; step <= 24; step++)
    {
      const double kappa = exp ((low + top) / 2);
      double xi2 = mean2, T1 = 0, T2 = 0, B = 0, w = 0.5 / 3 / (0.5 / 3 + kappa), k;

      T1 = 3 * w;
      T2 = 3 * w * w;
      B = first * (1 - w) * (1 - w);
      for (k = 0; k <= last; k += 2)
        {
          w = 2 * xi2 / (2 * xi2 + kappa);
          T1 += (2 * k + 1) * w;
          T2 += (2 * k + 1) * w * w;
          if (k > 0)
            B += high * (2 * k + 1) * xi2 * (1 - w) * (1 - w);
          xi2 *= (k - 1) * (k - 1) / ((k + 4) * (k + 4));
        }
      T1 += 2 * xi2 * k * k / 3 / kappa;
      B += high * xi2 * k * k / 3;
      error = B / (1 - T2 / n);
      if (T1 < n)
        top = log (kappa);
      else
        low = log (kappa);
    }
  return error;
}

/* A teacher is never learnt: its error falls by the limit's slope -3/d = -3/2 for ever. */
static void
test_teacher (void)
{
  const double sizes[] = { 1e3, 1e5, 1e6, 1e8, 1e10 };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 3);
  g_autoptr (NtkMeanField) self = ntk_mean_field_new (&arch, TRUE, "teacher", FALSE, NULL);
  g_autofree double *power = g_new (double, NTK_MAX_DEGREE + 1);
  double high = 0;

  g_assert_true (ntk_target_power ("teacher", 3, NTK_MAX_DEGREE, power, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const double n = sizes[i], got = ntk_mean_field_error (self, n, NTK_MEAN_FIELD_END, 0, 0);
      double xi2 = 3.0 / 16;

      for (int k = 0; k < NTK_MAX_DEGREE; k += 2)
        xi2 *= (k - 1.0) * (k - 1) / ((k + 4.0) * (k + 4));
      high = power[NTK_MAX_DEGREE] / ((2 * NTK_MAX_DEGREE + 1) * xi2);
      assert_rel (got, exact_error (n, power[1], high), n > 1e4 ? 2e-4 : 2e-2, "n = %g", n);
      if (n > 1e4)
        assert_abs (ntk_mean_field_slope (self, n, NTK_MEAN_FIELD_END, 0, 0), -1.5, 0.01,
                    "slope at n = %g", n);
    }
  arch = published_architecture (3);
  {
    g_autoptr (NtkMeanField) biased = ntk_mean_field_new (&arch, TRUE, "teacher", FALSE, NULL);

    for (double n = 1e5; n < 1e10; n *= 10)
      {
        assert_abs (ntk_mean_field_slope (biased, n, NTK_MEAN_FIELD_END, 0, 0), -1.5, 0.02,
                    "slope with biases at n = %g", n);
        assert_abs (ntk_mean_field_slope (biased, n, NTK_MEAN_FIELD_BEST, 0.1, 0), -0.6, 0.03,
                    "slope with noise at n = %g", n);
      }
  }
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

/* ---- Gradient flow ---- */

enum
{
  TALBOT = 24
};

/* A root of kappa (n - T1) = R in the upper half plane, by Newton. */
static double complex
plain_complex_kappa (const NtkZonalSeries *series, double n, double complex R)
{
  double trace = series->lambda_rest;
  double complex kappa;

  for (guint i = 0; i < series->n_entries; i++)
    trace += series->entries[i].count * series->entries[i].lambda;
  kappa = (R + trace) / n;
  for (int step = 0; step < 100; step++)
    {
      double complex value = n * kappa - R - series->lambda_rest, slope = n, by;

      for (guint i = 0; i < series->n_entries; i++)
        {
          const double lambda = series->entries[i].lambda, N = series->entries[i].count;
          const double complex w = lambda / (lambda + kappa);

          value -= N * kappa * w;
          slope -= N * w * w;
        }
      by = value / slope;
      while (cimag (kappa) <= cimag (by))
        by /= 2;
      kappa -= by;
      if (cabs (by) < 1e-12 * cabs (kappa))
        return kappa;
    }
  g_assert_not_reached ();
}

/* 1/(lambda + kappa) of each entry. */
static double complex *
inverses (const NtkZonalSeries *series, double complex kappa)
{
  double complex *inverse = g_new (double complex, series->n_entries);

  for (guint i = 0; i < series->n_entries; i++)
    inverse[i] = 1 / (series->entries[i].lambda + kappa);
  return inverse;
}

/* B, V, I of two ridges, whose inverses these are. */
static void
plain_cross (const NtkZonalSeries *series, double n, double complex kappa1, double complex kappa2,
             const double complex *inverse1, const double complex *inverse2, double complex *out)
{
  double complex B = 0, initial = 0, g = 0;

  for (guint i = 0; i < series->n_entries; i++)
    {
      const NtkZonalEntry *entry = &series->entries[i];
      const double complex u = inverse1[i] * inverse2[i];

      g += entry->count * entry->lambda * entry->lambda / n * u;
      B += entry->power * u;
      initial += entry->count * entry->s * u;
    }
  out[0] = (series->power_rest + kappa1 * kappa2 * B) / (1 - g);
  out[1] = g / (1 - g);
  out[2] = (series->s_rest + kappa1 * kappa2 * initial) / (1 - g);
}

/* The double inversion of Laplace transforms on the contour of Weideman (2006) for one time, with
 * sums over pairs written out. */
static NtkMeanFieldPieces
plain_flow (const NtkZonalSeries *series, double n, double t)
{
  double complex kappa[TALBOT], weight[TALBOT], *inverse[TALBOT], sum[3] = { 0 };

  for (int j = 0; j < TALBOT; j++)
    {
      const double theta = (2 * j + 1 - TALBOT) * G_PI / TALBOT, a = 0.6407;
      const double sine = sin (a * theta);
      const double complex z = TALBOT
                               * CMPLX (0.5017 * theta / tan (a * theta) - 0.6122, 0.2645 * theta);
      const double complex slope = TALBOT
                                   * CMPLX (0.5017 / tan (a * theta)
                                              - 0.5017 * a * theta / (sine * sine),
                                            0.2645);

      weight[j] = cexp (z) * slope / (TALBOT * CMPLX (0, 1) * z);
      if (theta > 0)
        {
          kappa[j] = plain_complex_kappa (series, n, n * z / t);
          kappa[TALBOT - 1 - j] = conj (kappa[j]);
        }
    }
  for (int j = 0; j < TALBOT; j++)
    inverse[j] = inverses (series, kappa[j]);
  /* The other half of the pairs are the conjugates of these. */
  for (int i = TALBOT / 2; i < TALBOT; i++)
    for (int j = 0; j < TALBOT; j++)
      {
        double complex pieces[3];

        plain_cross (series, n, kappa[i], kappa[j], inverse[i], inverse[j], pieces);
        for (int piece = 0; piece < 3; piece++)
          sum[piece] += 2 * weight[i] * weight[j] * pieces[piece];
      }
  for (int j = 0; j < TALBOT; j++)
    g_free (inverse[j]);
  return (NtkMeanFieldPieces){ .B = creal (sum[0]), .V = creal (sum[1]), .init = creal (sum[2]) };
}

static void
check_flow (const NtkArchitecture *arch, gboolean nngp, const char *target)
{
  const double sizes[] = { 1.2, 33, 1234, 3e6 }, times[] = { 0.013, 0.6, 23, 1.1e3, 4e4, 1e6 };
  const double sigma = 0.4, alpha = 1.5;
  g_autoptr (NtkMeanField) self = NULL;
  NtkZonalSeries series;

  g_assert_true (ntk_zonal_series_init (&series, arch, nngp, target, NULL));
  self = ntk_mean_field_new_series (&series, 0, TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (times); j++)
      {
        const double n = sizes[i], t = times[j];
        const NtkMeanFieldPieces want = plain_flow (&series, n, t);

        /* Where the last of a smooth target decays, its power has a corner in log t that is finer
         * than the table, far below the noise. */
        assert_abs (ntk_mean_field_time_error (self, n, t, 0, 0), want.B,
                    2e-3 * want.B + 1e-5 * want.V, "bias, D = %d, n = %g, t = %g", arch->dim, n, t);
        assert_rel (ntk_mean_field_time_error (self, n, t, sigma, 0),
                    want.B + sigma * sigma * want.V, 2e-3, "with noise, D = %d, n = %g, t = %g",
                    arch->dim, n, t);
        assert_rel (ntk_mean_field_time_error (self, n, t, 0, alpha),
                    want.B + alpha * alpha * want.init, 2e-3,
                    "with a random start, D = %d, n = %g, t = %g", arch->dim, n, t);
      }
  ntk_zonal_series_clear (&series);
}

static void
test_flow (void)
{
  NtkArchitecture arch = published_architecture (6);

  check_flow (&arch, FALSE, "mixed");
  arch.dim = 11;
  arch.depth = 2;
  check_flow (&arch, TRUE, "cosine");
  arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 3);
  check_flow (&arch, FALSE, "teacher");
  arch = fixture_architecture (NTK_MODEL_LINEARISED, "erf", 60);
  check_flow (&arch, FALSE, "linear");
}

/* Of very many points each degree decays by itself, exp (-2 t lambda); after a long time there is what
 * the fit leaves without ridge. */
static void
test_flow_limits (void)
{
  const double times[] = { 0.01, 0.3, 2, 10, 40 };
  const NtkArchitecture arch = published_architecture (6);
  g_autoptr (NtkMeanField) self = mean_field (&arch, FALSE, "mixed");
  NtkZonalSeries series;

  g_assert_true (ntk_zonal_series_init (&series, &arch, FALSE, "mixed", NULL));
  for (guint j = 0; j < G_N_ELEMENTS (times); j++)
    {
      double B = 0, initial = series.s_rest;

      for (guint i = 0; i < series.n_entries; i++)
        {
          const NtkZonalEntry *entry = &series.entries[i];
          const double left = exp (-2 * times[j] * entry->lambda);

          B += entry->power * left;
          initial += entry->count * entry->s * left;
        }
      assert_rel (ntk_mean_field_time_error (self, 1e10, times[j], 0, 0), B, 5e-4, "B at t = %g",
                  times[j]);
      assert_rel (ntk_mean_field_time_error (self, 1e10, times[j], 0, 1) - B, initial, 5e-4,
                  "I at t = %g", times[j]);
    }
  ntk_zonal_series_clear (&series);
  for (double n = 3; n < 1e5; n *= 3.3)
    {
      assert_rel (ntk_mean_field_time_error (self, n, 1e11, 0.3, 1),
                  ntk_mean_field_error (self, n, NTK_MEAN_FIELD_END, 0.3, 1), 3e-3, "end, n = %g",
                  n);
      g_assert_cmpfloat (ntk_mean_field_time_error (self, n, INFINITY, 0.3, 1), ==,
                         ntk_mean_field_error (self, n, NTK_MEAN_FIELD_END, 0.3, 1));
    }
}

/* The best time is at least as good as every time and the end, and does not saturate: on a smooth target
 * from a mirrored start it beats every ridge. */
static void
test_flow_best (void)
{
  const NtkArchitecture arch = published_architecture (6);
  g_autoptr (NtkMeanField) self = mean_field (&arch, FALSE, "linear");

  for (double n = 10; n < 1e10; n *= 4.7)
    for (int setting = 0; setting < 4; setting++)
      {
        const double sigma = setting & 1 ? 0.3 : 0, alpha = setting & 2 ? 1 : 0;
        const double best = ntk_mean_field_error (self, n, NTK_MEAN_FIELD_FLOW, sigma, alpha);
        const NtkMeanFieldPieces pieces = ntk_mean_field_pieces (self, n, NTK_MEAN_FIELD_FLOW,
                                                                 sigma, alpha);

        g_assert_cmpfloat (best, >, 0);
        /* Those below rounding are not known. */
        for (double t = 0.1; t < 1e11; t *= 1.3)
          g_assert_false (1.002 * ntk_mean_field_time_error (self, n, t, sigma, alpha) < best);
        g_assert_cmpfloat (best, <=,
                           ntk_mean_field_error (self, n, NTK_MEAN_FIELD_END, sigma, alpha));
        assert_rel (ntk_mean_field_time_error (self, n, pieces.time, sigma, alpha), best, 1e-9,
                    "at its time %g, n = %g, setting %d", pieces.time, n, setting);
        assert_rel (pieces.B + sigma * sigma * pieces.V + alpha * alpha * pieces.init, best, 1e-12,
                    "pieces, n = %g, setting %d", n, setting);
        if (setting == 1)
          g_assert_cmpfloat (best, <,
                             ntk_mean_field_error (self, n, NTK_MEAN_FIELD_BEST, sigma, alpha));
      }
  /* The best time grows as log n, and what is fitted of the noise with a power of it. */
  assert_abs (ntk_mean_field_slope (self, 1e9, NTK_MEAN_FIELD_FLOW, 0.3, 0), -1, 0.5 / log (1e9),
              "a smooth target at large n");
  assert_abs (ntk_mean_field_slope (self, 1e9, NTK_MEAN_FIELD_FLOW, 0.3, 1), -3.0 / 8, 0.01,
              "a random start at large n");
}

/* ---- Simulation ---- */

enum
{
  N_TEST = 1000,
  N_RIDGES = 13,
  N_TIMES = 40,
  N_FIXED = 3,
  N_STOPS = 1 + N_RIDGES + N_TIMES + N_FIXED,
};

enum
{
  RULE_END,
  RULE_BEST_RIDGE,
  RULE_BEST_TIME,
  RULE_FIXED,
  N_RULES = RULE_FIXED + N_FIXED
};

static const double fixed_times[N_FIXED] = { 1, 100, 1e4 };

static void
fill_stops (NtkStop *stops)
{
  *stops++ = (NtkStop){ INFINITY, 0 };
  for (int i = 0; i < N_RIDGES; i++)
    *stops++ = (NtkStop){ INFINITY, pow (10, -2 + i / 3.0) };
  for (int i = 0; i < N_TIMES; i++)
    *stops++ = (NtkStop){ pow (10, -1 + 7.0 * i / (N_TIMES - 1)), 0 };
  for (int i = 0; i < N_FIXED; i++)
    *stops++ = (NtkStop){ fixed_times[i], 0 };
}

/* Errors at n by every rule, for alpha 0 and 1. */
static void
simulate (const NtkLearning *learning, int n, double sigma, Average average[2][N_RULES])
{
  NtkStop stops[N_STOPS];
  NtkGram grams[N_STOPS];

  fill_stops (stops);
  g_assert_true (ntk_learning_at (learning, n, stops, N_STOPS, grams, NULL, NULL));
  for (int alpha = 0; alpha < 2; alpha++)
    {
      double error[N_STOPS], best_ridge, best_time;

      for (int i = 0; i < N_STOPS; i++)
        error[i] = ntk_gram_error (&grams[i], sigma, alpha);
      best_ridge = best_time = error[0];
      for (int i = 1; i <= N_RIDGES; i++)
        best_ridge = MIN (best_ridge, error[i]);
      for (int i = 1 + N_RIDGES; i <= N_RIDGES + N_TIMES; i++)
        best_time = MIN (best_time, error[i]);
      average_add (&average[alpha][RULE_END], error[0]);
      average_add (&average[alpha][RULE_BEST_RIDGE], best_ridge);
      average_add (&average[alpha][RULE_BEST_TIME], best_time);
      for (int i = 0; i < N_FIXED; i++)
        average_add (&average[alpha][RULE_FIXED + i], error[N_STOPS - N_FIXED + i]);
    }
}

static double
predict (const NtkMeanField *self, int rule, int n, double sigma, double alpha)
{
  const NtkMeanFieldStop stops[] = { NTK_MEAN_FIELD_END, NTK_MEAN_FIELD_BEST, NTK_MEAN_FIELD_FLOW };

  if (rule < RULE_FIXED)
    return ntk_mean_field_error (self, n, stops[rule], sigma, alpha);
  return ntk_mean_field_time_error (self, n, fixed_times[rule - RULE_FIXED], sigma, alpha);
}

static void
check_simulation (int dim, int largest, int trials)
{
  static const char *const names[] = { "no ridge", "best ridge", "best time",
                                       "t = 1",    "t = 100",    "t = 1e4" };
  const NtkArchitecture arch = published_architecture (dim);
  const int n_points = largest + N_TEST, sizes[] = { 256, largest };
  g_autoptr (NtkMeanField) self = mean_field (&arch, FALSE, "linear");
  g_autofree double *K = ntk_try_alloc (n_points, largest, "", NULL);
  g_autofree double *S = ntk_try_alloc (n_points, largest, "", NULL);
  g_autofree double *s_diag = g_new (double, n_points);
  g_autofree double *f = g_new (double, n_points);
  Average average[2][2][N_RULES] = { 0 };

  for (int trial = 0; trial < trials; trial++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (21, trial);
      g_autofree double *X = fixture_inputs (streams, dim, largest, n_points);
      g_autoptr (NtkTarget) target = ntk_target_new ("linear", dim, streams, NULL);
      const NtkLearning learning = { largest, n_points, K,
                                     S,       s_diag,   f,
                                     NULL,    NULL,     NTK_EIGENVALUE_CUTOFF };

      g_assert_true (ntk_infinite_kernel (&arch, X, largest, n_points, K, S, s_diag, NULL));
      ntk_target_eval (target, X, n_points, f);
      for (int size = 0; size < 2; size++)
        simulate (&learning, sizes[size], 0.3, average[size]);
    }
  for (int size = 0; size < 2; size++)
    for (int alpha = 0; alpha < 2; alpha++)
      for (int rule = 0; rule < N_RULES; rule++)
        {
          const Average *got = &average[size][alpha][rule];
          const double want = predict (self, rule, sizes[size], 0.3, alpha);

          g_test_message ("D = %d, n = %d, alpha %d, %s: %.5f +- %.1f %%, theory %.5f (%+.1f %%)",
                          dim, sizes[size], alpha, names[rule], average_mean (got),
                          100 * average_error (got) / average_mean (got), want,
                          100 * (want / average_mean (got) - 1));
          g_assert_cmpfloat (average_error (got), <, 0.02 * average_mean (got));
          assert_rel (average_mean (got), want, 0.06, "D = %d, n = %d, alpha %d, %s", dim,
                      sizes[size], alpha, names[rule]);
        }
}

static void
test_simulation (void)
{
  const int largest = g_test_thorough () ? 1024 : 512;

  check_simulation (6, largest, 8);
  check_simulation (11, largest, 5);
}

/* ---- Where it ends ---- */

/* The spectrum of a smooth activation is known to some 1e-26: without ridge the curve stops there and
 * does not stay at its last number. With a ridge, noise or time it goes on. */
static void
test_end (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "gelu", 4);
  g_autoptr (NtkMeanField) self = NULL;
  double last = INFINITY;
  int known = 0, unknown = 0;

  arch.sigma_b2 = 2;
  self = mean_field (&arch, FALSE, "linear");
  for (double n = 10; n < 1.05e10; n *= 1.25)
    {
      const double error = ntk_mean_field_error (self, n, NTK_MEAN_FIELD_END, 0, 0);

      if (isnan (error))
        {
          unknown++;
          g_assert_true (isnan (ntk_mean_field_error (self, n, NTK_MEAN_FIELD_BEST, 0, 0)));
          g_assert_true (isnan (ntk_mean_field_error (self, n, NTK_MEAN_FIELD_END, 1, 1)));
          g_assert_true (isnan (ntk_mean_field_time_error (self, n, INFINITY, 1, 1)));
          g_assert_true (isnan (ntk_mean_field_slope (self, n, NTK_MEAN_FIELD_END, 0, 0)));
        }
      else
        {
          g_assert_cmpint (unknown, ==, 0);
          g_assert_cmpfloat (error, <, last);
          g_assert_cmpfloat (error, >, 1e-60);
          last = error;
          known++;
        }
      g_assert_cmpfloat (ntk_mean_field_error (self, n, NTK_MEAN_FIELD_BEST, 0.1, 0), >, 0);
      g_assert_cmpfloat (ntk_mean_field_error (self, n, NTK_MEAN_FIELD_FLOW, 0.1, 0), >, 0);
      g_assert_cmpfloat (ntk_mean_field_ridge_error (self, n, 1e-6 * n, 0, 0), >, 0);
    }
  g_test_message ("known at %d sizes, not at %d", known, unknown);
  g_assert_cmpint (known, >, 20);
  g_assert_cmpint (unknown, >, 20);
}

/* In a long flow of many points the error of a smooth target decays as exp (-2 t lambda) to where
 * rounding hides it. It is not known there; its sum with noise is. */
static void
test_flow_end (void)
{
  const NtkArchitecture arch = published_architecture (4);
  g_autoptr (NtkMeanField) self = mean_field (&arch, FALSE, "linear");
  double last = INFINITY;
  int unknown = 0;

  for (double t = 1; t < 1e8; t *= 1.4)
    {
      const double error = ntk_mean_field_time_error (self, 1e10, t, 0, 0);

      if (isnan (error))
        unknown++;
      else
        {
          g_assert_cmpfloat (error, <, last);
          last = error;
        }
      g_assert_cmpfloat (ntk_mean_field_time_error (self, 1e10, t, 1, 0), >, 0);
    }
  g_assert_cmpint (unknown, >, 3);
  g_assert_cmpfloat (last, <, 1e-16);
}

/* What is learnt of a rough target from many points with little noise takes longer than the last time:
 * there the best time is not known, and the curve does not bend. */
static void
test_last_time (void)
{
  const NtkArchitecture arch = published_architecture (3);
  g_autoptr (NtkMeanField) self = mean_field (&arch, TRUE, "teacher");
  int known = 0, unknown = 0;

  for (double n = 1e4; n < 1e10; n *= 3)
    {
      const double error = ntk_mean_field_error (self, n, NTK_MEAN_FIELD_FLOW, 0.01, 0);

      if (isnan (error))
        {
          unknown++;
          continue;
        }
      g_assert_cmpint (unknown, ==, 0);
      known++;
      assert_abs (ntk_mean_field_slope (self, n, NTK_MEAN_FIELD_FLOW, 0.01, 0), -0.64, 0.06,
                  "slope at n = %g", n);
    }
  g_assert_cmpint (known, >, 3);
  g_assert_cmpint (unknown, >, 3);
}

/* ---- Where it does not stand ---- */

static void
test_domain (void)
{
  NtkArchitecture arch = published_architecture (2);
  g_autoptr (GError) error = NULL;
  NtkMeanField *self;

  g_assert_null (ntk_mean_field_new (&arch, FALSE, "linear", FALSE, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  arch.dim = 5;
  g_assert_null (ntk_mean_field_new (&arch, FALSE, "no-such", FALSE, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  self = mean_field (&arch, FALSE, "linear");
  ntk_mean_field_ref (self);
  ntk_mean_field_unref (self);
  g_assert_cmpfloat (ntk_mean_field_error (self, 10, NTK_MEAN_FIELD_END, 0, 0), >, 0);
  ntk_mean_field_unref (self);
}

/* A kernel that hardly tells points apart, and those whose numbers end: an error above 0 or none. */
static void
test_extremes (void)
{
  static const struct
  {
    double w, b, v;
    int depth;
  } cases[] = { { 0.01, 2, 1, 10 }, { 1e-5, 1, 1, 5 }, { 0.01, 10, 1e-6, 2 }, { 1e-20, 0, 1e-20, 2 }, { 1e-50, 0, 1e-50, 1 } };
  static const NtkMeanFieldStop stops[] = { NTK_MEAN_FIELD_END, NTK_MEAN_FIELD_BEST, NTK_MEAN_FIELD_FLOW };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 6);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NtkMeanField) self = NULL;

      arch.sigma_w2 = cases[i].w;
      arch.sigma_b2 = cases[i].b;
      arch.sigma_v2 = cases[i].v;
      arch.depth = cases[i].depth;
      self = ntk_mean_field_new (&arch, FALSE, "linear", TRUE, &error);
      g_assert_no_error (error);
      for (double n = 1; n <= 1e10; n *= 10)
        for (gsize k = 0; k < G_N_ELEMENTS (stops); k++)
          {
            const double found = ntk_mean_field_error (self, n, stops[k], 0.5, 1);

            g_assert_true (isnan (found) || (found > 0 && isfinite (found)));
            /* One point learns the constant: without ridge 1 - g is 2e-6 of the first kernel, rounding of
             * the second. */
            if (n == 1)
              g_assert_true (isnan (found) == (i == 1 && stops[k] == NTK_MEAN_FIELD_END));
          }
    }
  arch.sigma_w2 = arch.sigma_v2 = 1e-170;
  arch.sigma_b2 = 0;
  g_assert_null (ntk_mean_field_new (&arch, FALSE, "linear", FALSE, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
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
  g_test_add_func ("/ntk/mean-field/teacher", test_teacher);
  g_test_add_func ("/ntk/mean-field/drift", test_drift);
  g_test_add_func ("/ntk/mean-field/bayes", test_bayes);
  g_test_add_func ("/ntk/mean-field/flow", test_flow);
  g_test_add_func ("/ntk/mean-field/flow-limits", test_flow_limits);
  g_test_add_func ("/ntk/mean-field/flow-best", test_flow_best);
  g_test_add_func ("/ntk/mean-field/simulation", test_simulation);
  g_test_add_func ("/ntk/mean-field/end", test_end);
  g_test_add_func ("/ntk/mean-field/flow-end", test_flow_end);
  g_test_add_func ("/ntk/mean-field/last-time", test_last_time);
  g_test_add_func ("/ntk/mean-field/domain", test_domain);
  g_test_add_func ("/ntk/mean-field/extremes", test_extremes);
  return g_test_run ();
}
