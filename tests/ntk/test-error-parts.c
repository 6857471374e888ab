#include "fixture.h"

#include <cblas.h>

static NtkErrorParts
parts_at (const NtkSpectrum *spectrum, double n, double N, double R)
{
  g_autofree double *power = g_new0 (double, spectrum->n_degrees);
  g_autoptr (GError) error = NULL;
  NtkErrorParts parts;

  power[1] = 1;
  ntk_finite_d (spectrum, power, n, N, R, &parts, &error);
  g_assert_no_error (error);
  return parts;
}

/* ---- Ensembles ---- */

/* One network, and ever more. */
static void
test_ensemble (void)
{
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", 20);
  g_autoptr (NtkSpectrum) spectrum = ntk_spectrum_new (&arch, 10, NULL);

  for (double N = 20; N < 2000; N *= 3)
    for (double R = 1e-3; R < 2; R *= 10)
      {
        const NtkErrorParts one = parts_at (spectrum, 100, N, R);
        const NtkErrorParts same = ntk_error_parts_ensemble (&one, 1);
        const NtkErrorParts all = ntk_error_parts_ensemble (&one, INFINITY);
        const NtkErrorParts two = ntk_error_parts_ensemble (&one, 2);
        const NtkErrorParts six = ntk_error_parts_ensemble (&two, 3);
        const NtkErrorParts want = ntk_error_parts_ensemble (&one, 6);

        assert_rel (ntk_error_parts_total (&same, 0.5, 2), ntk_error_parts_total (&one, 0.5, 2),
                    1e-14, "one");
        assert_rel (ntk_error_parts_total (&all, 0.5, 2), one.B_inf + 0.25 * one.V_inf, 1e-14,
                    "all");
        assert_rel (all.R_P, one.bias, 1e-14, "all, over data too");
        assert_rel (ntk_error_parts_total (&six, 0.5, 2), ntk_error_parts_total (&want, 0.5, 2),
                    1e-14, "three of two");
        g_assert_true (one.bias <= one.B_inf && one.B_inf <= two.B && two.B <= one.B);
        g_assert_true (one.V_inf <= two.V && two.V <= one.V && one.bias <= one.R_P);
      }
}

/* Random features of infinitely many units are the kernel, of which there is one. */
static void
test_infinite (void)
{
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", 20);
  g_autoptr (NtkSpectrum) spectrum = ntk_spectrum_new (&arch, 10, NULL);

  for (double R = 0; R < 2; R += 0.01 + 2 * R)
    {
      const NtkErrorParts wide = parts_at (spectrum, 100, 1e10, R);
      const NtkErrorParts kernel = parts_at (spectrum, 100, INFINITY, R);

      assert_rel (kernel.B, kernel.B_inf, 1e-14, "B, R = %g", R);
      assert_rel (kernel.V, kernel.V_inf, 1e-12, "V, R = %g", R);
      assert_rel (wide.B, kernel.B, 1e-6, "B, R = %g", R);
      assert_rel (wide.V, kernel.V, 1e-6, "V, R = %g", R);
      assert_rel (wide.init, kernel.init, 1e-6, "I, R = %g", R);
      assert_rel (wide.R_P, kernel.R_P, 1e-6, "R_P, R = %g", R);
    }
}

/* ---- The floor under the noise ---- */

static void
test_lower_bound (void)
{
  const double n = 100;

  for (int dim = 5; dim <= 80; dim *= 4)
    {
      const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", dim);
      g_autoptr (NtkSpectrum) finite = ntk_spectrum_new (&arch, 12, NULL);
      g_autoptr (NtkSpectrum) limit = ntk_spectrum_new_asymptotic (&arch, NULL);

      for (int p = 2; p < 3000; p += 1 + p / 50)
        {
          const double floor = ntk_noise_lower_bound (p, n);
          NtkErrorParts linear;

          if (p != n)
            {
              g_assert_cmpfloat (parts_at (finite, n, p, 0).V, >=, floor);
              g_assert_cmpfloat (parts_at (limit, n, p, 0).V, >=, floor);
            }
          if (ntk_linear_min_norm (p, p, n, &linear, NULL))
            g_assert_cmpfloat (linear.V, >=, floor);
        }
    }
  assert_rel (ntk_noise_lower_bound (n, n), n, 1e-15, "at the peak");
  assert_rel (ntk_noise_lower_bound (50, n), 50.0 / 51, 1e-15, "left of it");
  assert_rel (ntk_noise_lower_bound (200, n), 100.0 / 101, 1e-15, "right of it");
}

/* ---- The parts, by a grid of data sets and weights ---- */

enum
{
  DIM = 50,
  SAMPLES = 150,
  DATA = 4,
  WEIGHTS = 3,
  NOISES = 30,
  RHS = DIM + NOISES, /* targets x_1 .. x_D, each of unit power, and unit noise */
  BLOCKS = 10
};

/* One block: `WEIGHTS` independent draws of N unit rows, `DATA` independent data sets. */
typedef struct
{
  const NtkArchitecture *arch;
  int N;
  double *W[WEIGHTS]; /* D x N, columns of norm 1 */
  double *X[DATA];    /* D x n, columns of norm sqrt(D) */
  double *Y[DATA];    /* n x RHS */
  double *C[WEIGHTS]; /* coefficients of max (w_j.x, 0): N x RHS x DATA */
} Block;

/* Ridge regression on f = sum a_j s_j/sqrt(N), s_j = max (w_j.x, 0), with R |a|^2. */
static void
fit (const Block *self, int w, int d, double R)
{
  const int N = self->N, n = SAMPLES;
  g_autofree double *S = g_new (double, (gsize) N *n);
  g_autofree double *K = g_new (double, n *n);
  g_autofree double *coefficients = g_memdup2 (self->Y[d], sizeof (double) * n * RHS);

  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, N, n, DIM, 1, self->W[w], DIM, self->X[d],
               DIM, 0, S, N);
  for (gsize i = 0; i < (gsize) N * n; i++)
    S[i] = MAX (S[i], 0);
  cblas_dsyrk (CblasColMajor, CblasLower, CblasTrans, n, N, 1.0 / N, S, N, 0, K, n);
  g_assert_true (
    ntk_fit (K, n, n, R / n, NTK_EIGENVALUE_CUTOFF, coefficients, RHS, coefficients, NULL, NULL));
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, N, RHS, n, 1.0 / N, S, N, coefficients, n,
               0, self->C[w] + (gsize) d * RHS * N, N);
}

static void
block_init (Block *self, const NtkArchitecture *arch, int N, double R, guint64 seed)
{
  *self = (Block){ arch, N };
  for (int d = 0; d < DATA; d++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (seed, d);

      self->X[d] = g_new (double, DIM *SAMPLES);
      self->Y[d] = g_new (double, SAMPLES *RHS);
      ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, DIM, SAMPLES, self->X[d]);
      for (int i = 0; i < SAMPLES; i++)
        for (int k = 0; k < DIM; k++)
          self->Y[d][k * SAMPLES + i] = self->X[d][i * DIM + k];
      ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, SAMPLES * NOISES,
                          self->Y[d] + DIM * SAMPLES);
    }
  for (int w = 0; w < WEIGHTS; w++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (seed + 1000, w);

      self->W[w] = g_new (double, DIM *N);
      self->C[w] = g_new (double, (gsize) N *RHS *DATA);
      ntk_inputs_sphere (streams, NTK_PURPOSE_TEST_INPUT, DIM, N, self->W[w]);
      cblas_dscal (DIM * N, 1 / sqrt (DIM), self->W[w], 1);
      for (int d = 0; d < DATA; d++)
        fit (self, w, d, R);
    }
}

static void
block_clear (Block *self)
{
  for (int d = 0; d < DATA; d++)
    {
      g_free (self->X[d]);
      g_free (self->Y[d]);
    }
  for (int w = 0; w < WEIGHTS; w++)
    {
      g_free (self->W[w]);
      g_free (self->C[w]);
    }
}

/* E s_i s_j over the sphere between units of two draws, N x N: products of homogeneous functions
 * have the same mean there as over Gaussian inputs, whose norm is independent of the direction. */
static double *
overlaps (const Block *self, int v, int w)
{
  const gsize N = self->N, count = N * N;
  double *G = g_new (double, count);
  g_autofree double *one = g_new (double, N);

  for (gsize i = 0; i < N; i++)
    one[i] = 1;
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, N, N, DIM, 1, self->W[v], DIM, self->W[w],
               DIM, 0, G, N);
  for (gsize j = 0; j < N; j++)
    {
      double *column = G + j * N;

      for (gsize i = 0; i < N; i++)
        column[i] = CLAMP (column[i], -1, 1);
      if (v == w)
        column[j] = 1;
      self->arch->activation.type->dual (&self->arch->activation, N, one, one, column, column,
                                         NULL);
    }
  return G;
}

/* E s_j x_k = w_jk/2: the overlap of a fit with its target. */
static double
on_target (const Block *self, int w, int d, int k)
{
  return cblas_ddot (self->N, self->W[w] + k, DIM, self->C[w] + ((gsize) d * RHS + k) * self->N, 1)
         / 2;
}

/* Means over a block of products of two residuals, or of two images of the same noise. */
typedef struct
{
  Average same;         /* data and weights */
  Average same_data;    /* other weights */
  Average same_weights; /* other data */
  Average independent;
  Average noise, noise_same_data;
} Products;

static void
add_pair (const Block *self, const double *H, int v, int d, int w, int e, Products *out)
{
  const int N = self->N;
  double target = 0, noise = 0;

  for (int k = 0; k < RHS; k++)
    {
      const double product = cblas_ddot (N, self->C[v] + ((gsize) d * RHS + k) * N, 1,
                                         H + ((gsize) e * RHS + k) * N, 1);

      if (k < DIM)
        target += (1 - on_target (self, v, d, k) - on_target (self, w, e, k) + product) / DIM;
      else
        noise += product / NOISES;
    }
  average_add (v == w && d == e ? &out->same
               : d == e         ? &out->same_data
               : v == w         ? &out->same_weights
                                : &out->independent,
               target);
  if (d == e)
    average_add (v == w ? &out->noise : &out->noise_same_data, noise);
}

static Products
multiply (const Block *self)
{
  const int N = self->N;
  g_autofree double *H = g_new (double, (gsize) N *RHS *DATA);
  Products products = { 0 };

  for (int v = 0; v < WEIGHTS; v++)
    for (int w = v; w < WEIGHTS; w++)
      {
        g_autofree double *G = overlaps (self, v, w);

        cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, N, RHS * DATA, N, 1, G, N,
                     self->C[w], N, 0, H, N);
        for (int d = 0; d < DATA; d++)
          for (int e = v == w ? d : 0; e < DATA; e++)
            add_pair (self, H, v, d, w, e, &products);
      }
  return products;
}

static void
assert_part (const Average *got, double want, const char *part, int N)
{
  g_test_message ("N %d, %s: %.5f +- %.5f, theory %.5f", N, part, average_mean (got),
                  average_error (got), want);
  assert_abs (average_mean (got), want, MAX (3 * average_error (got), 0.03 * want), "%s, N = %d",
              part, N);
}

/* Blocks are independent, which gives the standard errors. */
static void
check_crossed (int N)
{
  const double lambda = 0.01, R = SAMPLES * lambda / DIM;
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", DIM);
  Average bias = { 0 }, sampling = { 0 }, weights = { 0 }, noise = { 0 }, noise_left = { 0 };
  Average fixed = { 0 };
  g_autoptr (NtkSpectrum) spectrum = NULL;
  NtkErrorParts want;

  arch.sigma_w2 = 1;
  for (int block = 0; block < BLOCKS; block++)
    {
      Products products;
      Block self;

      block_init (&self, &arch, N, R, 100 + block);
      products = multiply (&self);
      average_add (&bias, average_mean (&products.independent));
      average_add (&sampling,
                   average_mean (&products.same_data) - average_mean (&products.independent));
      average_add (&weights, average_mean (&products.same) - average_mean (&products.same_data));
      average_add (&fixed, average_mean (&products.same_weights));
      average_add (&noise, average_mean (&products.noise));
      average_add (&noise_left, average_mean (&products.noise_same_data));
      block_clear (&self);
    }
  spectrum = ntk_spectrum_new (&arch, 10, NULL);
  want = parts_at (spectrum, SAMPLES, N, R);
  assert_part (&bias, want.bias, "bias", N);
  assert_part (&sampling, want.B_inf - want.bias, "sampling", N);
  assert_part (&weights, want.B - want.B_inf, "weights", N);
  assert_part (&noise, want.V, "noise", N);
  assert_part (&noise_left, want.V_inf, "noise in an ensemble", N);
  assert_part (&fixed, want.R_P, "mean over data", N);
}

static void
test_crossed (void)
{
  check_crossed (135);
  check_crossed (g_test_thorough () ? 1200 : 600);
}

/* The closed forms above against many points of the sphere. */
static void
test_overlaps (void)
{
  enum
  {
    POINTS = 200000
  };
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (5, 5);
  g_autofree double *X = g_new (double, (gsize) DIM *POINTS);
  g_autofree double *G = NULL;
  Average pair = { 0 }, target = { 0 };
  Block block;

  block_init (&block, &arch, 2, 1, 1);
  G = overlaps (&block, 0, 1);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TEST_INPUT, DIM, POINTS, X);
  for (int i = 0; i < POINTS; i++)
    {
      const double *x = X + (gsize) i * DIM;
      const double s = MAX (cblas_ddot (DIM, block.W[0], 1, x, 1), 0);

      average_add (&pair, s * MAX (cblas_ddot (DIM, block.W[1], 1, x, 1), 0));
      average_add (&target, s * x[7]);
    }
  assert_abs (average_mean (&pair), G[0], 4 * average_error (&pair), "E s_i s_j");
  assert_abs (average_mean (&target), block.W[0][7] / 2, 4 * average_error (&target), "E s x");
  block_clear (&block);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/error-parts/ensemble", test_ensemble);
  g_test_add_func ("/ntk/error-parts/infinite", test_infinite);
  g_test_add_func ("/ntk/error-parts/lower-bound", test_lower_bound);
  g_test_add_func ("/ntk/error-parts/overlaps", test_overlaps);
  g_test_add_func ("/ntk/error-parts/crossed", test_crossed);
  return g_test_run ();
}
