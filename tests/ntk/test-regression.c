#include "fixture.h"

#include <cblas.h>
#include <lapacke.h>

/* K = Q diag (values) Q^T. */
typedef struct
{
  int n;
  double *Q, *values;
} Plain;

static void
plain_init (Plain *self, const double *K, int ldk, int n)
{
  self->n = n;
  self->Q = g_new (double, n *n);
  self->values = g_new (double, n);
  for (int j = 0; j < n; j++)
    memcpy (self->Q + j * n, K + (gsize) j * ldk, n * sizeof (double));
  g_assert_cmpint (LAPACKE_dsyevd (LAPACK_COL_MAJOR, 'V', 'L', n, self->Q, n, self->values), ==, 0);
}

static void
plain_clear (Plain *self)
{
  g_free (self->Q);
  g_free (self->values);
}

/* alpha with the same cut-off; the rank. */
static int
plain_fit (const Plain *self, double ridge, const double *Y, int k, double *alpha)
{
  const int n = self->n;
  g_autofree double *C = g_new0 (double, n *k);
  int rank = 0;

  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, n, k, n, 1, self->Q, n, Y, n, 0, C, n);
  for (int i = 0; i < n; i++)
    {
      const gboolean kept = self->values[i] > NTK_EIGENVALUE_CUTOFF * self->values[n - 1];

      rank += kept;
      for (int c = 0; c < k; c++)
        C[c * n + i] = kept || ridge > 0 ? C[c * n + i] / (MAX (self->values[i], 0) + n * ridge) : 0;
    }
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, k, n, 1, self->Q, n, C, n, 0, alpha, n);
  return rank;
}

static void
predict (const double *K, int n, int n_points, const double *alpha, int k, double *out)
{
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n_points - n, k, n, 1, K + n, n_points,
               alpha, n, 0, out, n_points - n);
}

enum
{
  INPUTS = 5,
  FITTED = 60,
  ALL = 100,
  WIDEST = 80
};

typedef struct
{
  const char *name;
  int width, fits, decomposed;
  double worst, worst_well;
} Against;

/* Rank and predictions of one kernel against the plain eigendecomposition. */
static void
check_fit (const double *K, const Plain *plain, double ridge, const double *Y, Against *self)
{
  double alpha[3 * FITTED], want[3 * FITTED], f[3 * (ALL - FITTED)], g[3 * (ALL - FITTED)], distance;
  g_autoptr (GError) error = NULL;
  NtkFitInfo info;
  int rank;

  g_assert_true (ntk_fit (K, ALL, FITTED, ridge, NTK_EIGENVALUE_CUTOFF, Y, 3, alpha, &info, &error));
  g_assert_no_error (error);
  rank = plain_fit (plain, ridge, Y, 3, want);
  g_assert_cmpint (info.rank, ==, rank);
  g_assert_cmpint (info.dropped, ==, ridge > 0 ? 0 : FITTED - rank);
  predict (K, FITTED, ALL, alpha, 3, f);
  predict (K, FITTED, ALL, want, 3, g);
  distance = relative_distance (f, g, 3 * (ALL - FITTED));
  self->worst = MAX (self->worst, distance);
  self->worst_well = info.condition < 1e6 ? MAX (self->worst_well, distance) : self->worst_well;
  self->decomposed += info.decomposed;
  self->fits++;
  assert_abs (distance, 0, 1e-6, "predictions of %s, width %d, condition %g", self->name, self->width, info.condition);
  assert_abs (distance, 0, 1e-13 * info.condition + 1e-12, "predictions of %s, width %d, condition %g", self->name,
              self->width, info.condition);
}

/* Over the threshold, without ridge and with one. */
static void
check_against_plain (NtkModel model, const char *name, int depth, double sigma_b2, int seeds)
{
  static const double ridges[] = { 0, 1e-4 };
  NtkArchitecture arch = fixture_architecture (model, name, INPUTS);
  Against against[] = { { name }, { name } };

  arch.depth = depth;
  arch.sigma_b2 = sigma_b2;
  for (int seed = 0; seed < seeds; seed++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (1, seed);
      g_autofree double *X = fixture_inputs (streams, INPUTS, FITTED, ALL);
      g_autoptr (NtkSweep) sweep = ntk_sweep_new_tall (&arch, X, FITTED, ALL, WIDEST, streams, NULL);
      double Y[3 * FITTED];

      ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, 3 * FITTED, Y);
      for (int width = 1; width <= WIDEST; width += width < 20 ? 1 : 4)
        {
          g_autofree double *K = NULL;
          Plain plain;

          g_assert_true (ntk_sweep_to (sweep, width, NULL));
          K = fixture_sweep_kernel (sweep, FITTED, ALL);
          plain_init (&plain, K, ALL, FITTED);
          for (guint i = 0; i < G_N_ELEMENTS (ridges); i++)
            {
              against[i].width = width;
              check_fit (K, &plain, ridges[i], Y, &against[i]);
            }
          plain_clear (&plain);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (ridges); i++)
    g_test_message (
      "%s, depth %d, bias %g, ridge %g: worst %.1e, where well conditioned %.1e, decomposed %d of %d", name, depth,
      sigma_b2, ridges[i], against[i].worst, against[i].worst_well, against[i].decomposed, against[i].fits);
}

static void
test_against_plain (void)
{
  check_against_plain (NTK_MODEL_LINEARISED, "relu", 1, 0, g_test_thorough () ? 20 : 5);
  check_against_plain (NTK_MODEL_LINEARISED, "relu", 1, 1, 5);
  check_against_plain (NTK_MODEL_LINEARISED, "relu", 3, 0.1, 5);
  check_against_plain (NTK_MODEL_LINEARISED, "erf", 1, 0, 5);
  check_against_plain (NTK_MODEL_LINEARISED, "erf", 2, 0.3, 5);
  check_against_plain (NTK_MODEL_RANDOM_FEATURES, "relu", 1, 0, 20);
  check_against_plain (NTK_MODEL_RANDOM_FEATURES, "erf", 1, 0, 5);
}

/* K = Q diag (values) Q^T with random orthogonal Q, n x n; g_free(). */
static double *
matrix_with (const double *values, int n, guint32 seed)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (2, seed);
  g_autofree double *Q = g_new (double, n *n);
  g_autofree double *scaled = g_new (double, n *n);
  g_autofree double *tau = g_new (double, n);
  double *K = g_new (double, n *n);

  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, n * n, Q);
  LAPACKE_dgeqrf (LAPACK_COL_MAJOR, n, n, Q, n, tau);
  LAPACKE_dorgqr (LAPACK_COL_MAJOR, n, n, n, Q, n, tau);
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n; i++)
      scaled[j * n + i] = values[j] * Q[j * n + i];
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, n, n, n, 1, scaled, n, Q, n, 0, K, n);
  return K;
}

/* Spectra with a known count above the cut-off: gaps, slow decay across it, values on both
 * sides near to it. */
static void
test_rank_known (void)
{
  enum
  {
    N = 80
  };

  for (int kind = 0; kind < 4; kind++)
    for (int seed = 0; seed < 10; seed++)
      for (double scale = 1e-8; scale < 1e9; scale *= 1e8)
        {
          g_autofree double *K = NULL;
          double values[N], y[N] = { 1 }, alpha[N];
          NtkFitInfo info;
          int rank = 0;

          for (int i = 0; i < N; i++)
            {
              const double decay[] = { i < 30 + seed ? 1.0 / (1 + i) : 0, pow (10, -0.25 * i - 0.1),
                                       i < 50   ? 1
                                       : i < 60 ? 1e-7
                                                : 1e-13,
                                       i < 40   ? 1
                                       : i < 45 ? 3e-10
                                                : 3e-11 };

              values[i] = scale * (i == 0 ? 1 : decay[kind]);
              rank += values[i] > NTK_EIGENVALUE_CUTOFF * values[0];
            }
          K = matrix_with (values, N, seed);
          g_assert_true (ntk_fit (K, N, N, 0, NTK_EIGENVALUE_CUTOFF, y, 1, alpha, &info, NULL));
          g_assert_cmpint (info.rank, ==, rank);
          g_assert_cmpint (info.dropped, ==, N - rank);
          g_assert_true (kind > 0 || !info.decomposed);
          g_assert_true (ntk_fit (K, N, N, scale, NTK_EIGENVALUE_CUTOFF, y, 1, alpha, &info, NULL));
          g_assert_cmpint (info.rank, ==, rank);
          g_assert_cmpint (info.dropped, ==, 0);
        }
}

/* (K + n lambda) alpha = Y; K K^+ K = K. */
static void
test_equations (void)
{
  enum
  {
    N = 40
  };
  double values[N], alpha[N * N], product[N * N], back[N * N];
  g_autofree double *K = NULL;
  NtkFitInfo info;

  for (int i = 0; i < N; i++)
    values[i] = i < 25 ? 1 + i : 0;
  K = matrix_with (values, N, 1);
  g_assert_true (ntk_fit (K, N, N, 0.01, NTK_EIGENVALUE_CUTOFF, K, N, alpha, NULL, NULL));
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, N, N, N, 1, K, N, alpha, N, 0, product,
               N);
  for (int i = 0; i < N * N; i++)
    product[i] += N * 0.01 * alpha[i];
  assert_abs (relative_distance (product, K, N * N), 0, 1e-13, "with a ridge");
  g_assert_true (ntk_fit (K, N, N, 0, NTK_EIGENVALUE_CUTOFF, K, N, alpha, &info, NULL));
  g_assert_false (info.decomposed);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, N, N, N, 1, K, N, alpha, N, 0, product,
               N);
  assert_abs (relative_distance (product, K, N * N), 0, 1e-13, "K K^+ K = K");
  memcpy (back, K, sizeof back);
  g_assert_true (ntk_fit (K, N, N, 0, NTK_EIGENVALUE_CUTOFF, back, N, back, NULL, NULL));
  g_assert_cmpmem (back, sizeof back, alpha, sizeof alpha);
}

/* Only the lower triangle of the leading block is read. */
static void
test_lower_triangle (void)
{
  enum
  {
    N = 30,
    LD = 47
  };
  double values[N], y[N], alpha[N], other[N], padded[N * LD];
  g_autofree double *K = NULL;

  for (int kind = 0; kind < 3; kind++)
    {
      for (int i = 0; i < N; i++)
        {
          values[i] = kind == 0 ? 1 + i : kind == 1 ? MAX (i - 10, 0) : pow (10, -i);
          y[i] = i % 3;
        }
      K = matrix_with (values, N, kind);
      for (int i = 0; i < N * LD; i++)
        padded[i] = NAN;
      for (int j = 0; j < N; j++)
        memcpy (padded + j * LD + j, K + j * N + j, (N - j) * sizeof (double));
      g_assert_true (ntk_fit (K, N, N, 0, NTK_EIGENVALUE_CUTOFF, y, 1, alpha, NULL, NULL));
      g_assert_true (ntk_fit (padded, LD, N, 0, NTK_EIGENVALUE_CUTOFF, y, 1, other, NULL, NULL));
      g_assert_cmpmem (alpha, sizeof alpha, other, sizeof other);
      g_clear_pointer (&K, g_free);
    }
}

static void
test_zero (void)
{
  double K[9] = { 0 }, y[3] = { 1, 2, 3 }, alpha[3];
  NtkFitInfo info;
  g_autoptr (GError) error = NULL;

  g_assert_true (ntk_fit (K, 3, 3, 0, NTK_EIGENVALUE_CUTOFF, y, 1, alpha, &info, &error));
  g_assert_no_error (error);
  g_assert_cmpint (info.rank, ==, 0);
  g_assert_cmpint (info.dropped, ==, 3);
  for (int i = 0; i < 3; i++)
    assert_abs (alpha[i], 0, 0, "alpha of a kernel of zeros");
  g_assert_true (ntk_fit (K, 3, 3, 0.5, NTK_EIGENVALUE_CUTOFF, y, 1, alpha, &info, &error));
  g_assert_cmpint (info.rank, ==, 0);
  g_assert_cmpint (info.dropped, ==, 0);
  for (int i = 0; i < 3; i++)
    assert_rel (alpha[i], y[i] / 1.5, 1e-15, "alpha of a kernel of zeros with a ridge");
}

/* One training point, and a kernel of rank 1. */
static void
test_small (void)
{
  const double K[4] = { 4, 2, 2, 1 }, y[2] = { 2, 1 };
  double alpha[2];
  NtkFitInfo info;

  g_assert_true (ntk_fit (K, 2, 1, 0, NTK_EIGENVALUE_CUTOFF, y, 1, alpha, &info, NULL));
  assert_rel (alpha[0], 0.5, 1e-15, "one point");
  g_assert_cmpint (info.rank, ==, 1);
  g_assert_true (ntk_fit (K, 2, 2, 0, NTK_EIGENVALUE_CUTOFF, y, 1, alpha, &info, NULL));
  g_assert_cmpint (info.rank, ==, 1);
  assert_rel (4 * alpha[0] + 2 * alpha[1], 2, 1e-14, "rank 1");
  assert_rel (alpha[0], 2 * alpha[1], 1e-14, "minimum norm");
}

static void
test_not_finite (void)
{
  const double bad[] = { NAN, INFINITY, -INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (int where = 0; where < 3; where++)
      for (double ridge = 0; ridge < 2; ridge++)
        {
          double K[4] = { 2, 1, 1, 2 }, y[2] = { 1, 2 }, alpha[2];
          g_autoptr (GError) error = NULL;

          if (where < 2)
            K[where] = bad[i];
          else
            y[1] = bad[i];
          g_assert_false (
            ntk_fit (K, 2, 2, ridge, NTK_EIGENVALUE_CUTOFF, y, 1, alpha, NULL, &error));
          g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
        }
}

/* A ridge so small that the Cholesky factor may fail: finite, and near the minimum norm. */
static void
test_tiny_ridge (void)
{
  enum
  {
    N = 40
  };
  double values[N], y[N], alpha[N], want[N], f[N], g[N];
  g_autofree double *K = NULL;

  for (int i = 0; i < N; i++)
    values[i] = i < 20 ? 1 + i : 0;
  K = matrix_with (values, N, 1);
  for (int i = 0; i < N; i++)
    y[i] = K[i];
  for (double ridge = 1e-20; ridge < 1e-8; ridge *= 10)
    {
      g_assert_true (ntk_fit (K, N, N, ridge, NTK_EIGENVALUE_CUTOFF, y, 1, alpha, NULL, NULL));
      g_assert_true (ntk_fit (K, N, N, 0, NTK_EIGENVALUE_CUTOFF, y, 1, want, NULL, NULL));
      cblas_dgemv (CblasColMajor, CblasNoTrans, N, N, 1, K, N, alpha, 1, 0, f, 1);
      cblas_dgemv (CblasColMajor, CblasNoTrans, N, N, 1, K, N, want, 1, 0, g, 1);
      assert_abs (relative_distance (f, g, N), 0, 1e-6, "ridge %g", ridge);
    }
}

/* The error of a random start against draws of the joint Gaussian on all points. */
static void
check_prior (const char *name, double ridge)
{
  enum
  {
    DIM = 5,
    TRAIN = 20,
    TEST = 15,
    POINTS = TRAIN + TEST,
    DRAWS = 4000
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, name, DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (21, 0);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  g_autofree double *z = g_new (double, POINTS *DRAWS);
  double K[POINTS * POINTS], S[POINTS * POINTS], diag[POINTS], factor[POINTS * POINTS], got;
  g_autofree double *f = g_new (double, POINTS *DRAWS);
  g_autofree double *start = g_new (double, TRAIN *DRAWS);
  Average mean = { 0 };
  g_autoptr (GError) error = NULL;

  arch.sigma_b2 = 0.5;
  g_assert_true (ntk_infinite_kernel (&arch, X, POINTS, POINTS, K, S, diag, NULL));
  /* f = L z with S = L L^T on training and test points jointly. */
  memcpy (factor, S, sizeof S);
  for (int i = 0; i < POINTS; i++)
    factor[i * POINTS + i] += 1e-12;
  g_assert_cmpint (LAPACKE_dpotrf (LAPACK_COL_MAJOR, 'L', POINTS, factor, POINTS), ==, 0);
  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, POINTS * DRAWS, z);
  memcpy (f, z, POINTS * DRAWS * sizeof (double));
  cblas_dtrmm (CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, POINTS, DRAWS, 1,
               factor, POINTS, f, POINTS);
  for (int k = 0; k < DRAWS; k++)
    memcpy (start + k * TRAIN, f + k * POINTS, TRAIN * sizeof (double));
  g_assert_true (
    ntk_fit (K, POINTS, TRAIN, ridge, NTK_EIGENVALUE_CUTOFF, start, DRAWS, start, NULL, &error));
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, TEST, DRAWS, TRAIN, -1, K + TRAIN, POINTS,
               start, TRAIN, 1, f + TRAIN, POINTS);
  for (int k = 0; k < DRAWS; k++)
    average_add (&mean,
                 cblas_ddot (TEST, f + k * POINTS + TRAIN, 1, f + k * POINTS + TRAIN, 1) / TEST);
  /* The first TRAIN columns are what the function reads. */
  g_assert_true (ntk_prior_error (K, S, diag, TRAIN, POINTS, ridge, &got, &error));
  g_assert_no_error (error);
  assert_abs (average_mean (&mean), got, 4 * average_error (&mean), "%s, ridge %g", name, ridge);
}

static void
test_prior (void)
{
  check_prior ("relu", 0);
  check_prior ("relu", 1e-2);
  check_prior ("erf", 0);
  check_prior ("erf", 1);
}

/* Any noise and scale from the six numbers, against the residual formed directly. */
static void
test_gram (void)
{
  enum
  {
    COUNT = 50,
    LD = 60
  };
  g_autoptr (NtkStreams) streams = ntk_streams_new (21, 0);
  double R[3 * LD];
  NtkGram gram;

  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, 3 * LD, R);
  gram = ntk_gram (R, COUNT, LD);
  for (double sigma = 0; sigma < 2; sigma += 0.3)
    for (double alpha = 0; alpha < 3; alpha += 0.5)
      {
        double mean = 0;

        /* Averaged over the sign of v, hence of b; and with each. */
        for (int sign = -1; sign <= 1; sign += 2)
          {
            double one = 0;

            for (int i = 0; i < COUNT; i++)
              one += pow (R[i] + sigma * R[LD + i] + sign * alpha * R[2 * LD + i], 2) / COUNT;
            assert_rel (ntk_gram_error_drawn (&gram, sigma, sign * alpha), one, 1e-13,
                        "sigma %g, alpha %g", sigma, sign * alpha);
            mean += one / 2;
          }
        assert_rel (ntk_gram_error (&gram, sigma, alpha), mean, 1e-13, "sigma %g, alpha %g", sigma,
                    alpha);
      }
}

/* One step of the classical Runge-Kutta method for n d alpha/dt = Y - (K + R I) alpha. */
static void
flow_step (const double *K, int n, double R, const double *Y, double step, double *alpha)
{
  static const double at[] = { 0, 0.5, 0.5, 1 }, weight[] = { 1, 2, 2, 1 };
  g_autofree double *slope = g_new0 (double, n), *sum = g_new0 (double, n),
                    *place = g_new (double, n);

  for (int stage = 0; stage < 4; stage++)
    {
      for (int i = 0; i < n; i++)
        place[i] = alpha[i] + at[stage] * step * slope[i];
      memcpy (slope, Y, n * sizeof (double));
      cblas_daxpy (n, -R, place, 1, slope, 1);
      cblas_dsymv (CblasColMajor, CblasLower, n, -1, K, n, place, 1, 1, slope, 1);
      cblas_dscal (n, 1.0 / n, slope, 1);
      cblas_daxpy (n, weight[stage], slope, 1, sum, 1);
    }
  cblas_daxpy (n, step / 6, sum, 1, alpha, 1);
}

/* Coefficients at a time against the differential equation, at the end against ntk_fit(). */
static void
test_stops (void)
{
  enum
  {
    DIM = 5,
    N = 30,
    WIDTH = 40,
    STEPS = 2000
  };
  const NtkStop stops[] = { { 20, 0 }, { 20, 0.5 }, { INFINITY, 0.5 }, { INFINITY, 0 } };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  g_autofree double *X = fixture_inputs (streams, DIM, N, N), *f0 = g_new (double, N);
  g_autofree double *K = fixture_kernel (&arch, X, N, N, WIDTH, streams, f0);
  g_autofree double *alpha = g_new (double, 2 * N * G_N_ELEMENTS (stops)), *Y = g_new (double, 2 * N);
  g_autofree double *fit = g_new (double, 2 * N);
  NtkFitInfo one, info[G_N_ELEMENTS (stops)];
  g_autofree double *values = g_new (double, N);

  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, 2 * N, Y);
  g_assert_true (ntk_fit_at (K, N, N, stops, G_N_ELEMENTS (stops), NTK_EIGENVALUE_CUTOFF, Y, 2,
                             alpha, info, NULL));
  g_assert_true (ntk_eigen (K, N, N, NTK_EIGEN_DESCENDING, NULL, NULL, values, NULL, NULL));
  for (guint s = 0; s < G_N_ELEMENTS (stops); s++)
    {
      const double *got = alpha + 2 * N * s;
      const double largest = values[0] + stops[s].ridge;
      const double condition = largest / (values[N - 1] + stops[s].ridge);

      /* Each stop has its own ridge, and coefficients of its own; an estimate in the 1-norm is larger than the
       * condition number by sqrt (N) or so. */
      g_assert_cmpint (info[s].rank, ==, N);
      assert_rel (info[s].condition, condition, 1e-9, "condition, stop %u", s);
      for (int c = 0; c < 2; c++)
        assert_rel (info[s].growth[c],
                    largest * largest * cblas_ddot (N, got + c * N, 1, got + c * N, 1) / N, 1e-9,
                    "growth, stop %u", s);

      for (int c = 0; c < 2 && isfinite (stops[s].time); c++)
        {
          g_autofree double *want = g_new0 (double, N);

          for (int i = 0; i < STEPS; i++)
            flow_step (K, N, stops[s].ridge, Y + c * N, stops[s].time / STEPS, want);
          assert_abs (relative_distance (got + c * N, want, N), 0, 1e-9, "stop %u, column %d", s, c);
        }
      if (isfinite (stops[s].time))
        continue;
      g_assert_true (
        ntk_fit (K, N, N, stops[s].ridge / N, NTK_EIGENVALUE_CUTOFF, Y, 2, fit, &one, NULL));
      g_assert_cmpfloat (one.condition, >, 0.99 * condition);
      g_assert_cmpfloat (one.condition, <, N * condition);
      g_assert_cmpfloat (one.growth[1], >, 0.99 * info[s].growth[1]);
      g_assert_cmpfloat (one.growth[1], <, N * info[s].growth[1]);
      assert_abs (relative_distance (got, fit, 2 * N), 0, 1e-9, "end, ridge %g", stops[s].ridge);
    }
  g_assert_true (
    ntk_fit_at (K, N, N, &stops[2], 1, NTK_EIGENVALUE_CUTOFF, Y, 2, alpha, &one, NULL));
  assert_abs (relative_distance (alpha, fit, 2 * N) > 1e-6, 1, 0, "a ridge makes a difference");
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/regression/against-plain", test_against_plain);
  g_test_add_func ("/ntk/regression/rank-known", test_rank_known);
  g_test_add_func ("/ntk/regression/equations", test_equations);
  g_test_add_func ("/ntk/regression/lower-triangle", test_lower_triangle);
  g_test_add_func ("/ntk/regression/zero", test_zero);
  g_test_add_func ("/ntk/regression/small", test_small);
  g_test_add_func ("/ntk/regression/not-finite", test_not_finite);
  g_test_add_func ("/ntk/regression/tiny-ridge", test_tiny_ridge);
  g_test_add_func ("/ntk/regression/prior", test_prior);
  g_test_add_func ("/ntk/regression/gram", test_gram);
  g_test_add_func ("/ntk/regression/stops", test_stops);
  return g_test_run ();
}
