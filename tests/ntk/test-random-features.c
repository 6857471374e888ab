#include <cblas.h>

#include "fixture.h"

/* golden/random_features_monte_carlo.csv simulated anew: draws of data and weights, expected risk over
 * the sphere, the noise and the direction of the target exact for each. With -m thorough there are
 * more of them, which leaves less than the 3 % that are always allowed. */

/* One row of the table. */
typedef struct
{
  int dim, n, N;
  double lambda; /* of the model: 2 lambda_MM/D */
  double B, B_error, V, V_error;
  Average got_B, got_V;
} Case;

/* What a draw is made of. Z: features, n x widest, without 1/sqrt(N); C: the half H of E[phi_i phi_j] = H + H^T
 * (lower triangle); U = E[x phi_j], D x widest. */
typedef struct
{
  NtkArchitecture arch;
  int n, widest;
  double *X, *Z, *C, *U;
} Draw;

/* For ReLU and rows of norm sqrt(D), phi = relu (sigma_w/sqrt(D) w.x): the pair is Gaussian with
 * variance sigma_w^2 as far as homogeneous functions go, and E[x phi (x)] = sigma_w/(2 sqrt(D)) w. */
static void
draw_init (Draw *self, const NtkArchitecture *arch, int n, int widest, NtkStreams *streams)
{
  const int D = arch->dim;
  const gsize N = widest;
  g_autofree double *variance = g_new (double, N);

  self->arch = *arch;
  self->n = n;
  self->widest = widest;
  self->X = fixture_inputs (streams, D, n, n);
  self->U = g_new (double, ntk_network_packed_size (arch, widest));
  ntk_network_draw (arch, widest, streams, self->U);
  self->Z = g_new (double, n *N);
  self->C = g_new (double, N *N);
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, n, N, D, sqrt (arch->sigma_w2 / D), self->X,
               D, self->U, D, 0, self->Z, n);
  arch->activation.type->eval (&arch->activation, n * N, self->Z, self->Z, NULL);
  cblas_dsyrk (CblasColMajor, CblasLower, CblasTrans, N, D, arch->sigma_w2 / D, self->U, D, 0,
               self->C, N);
  for (gsize j = 0; j < N; j++)
    variance[j] = arch->sigma_w2;
  for (gsize j = 0; j < N; j++)
    {
      self->C[j * N + j] = arch->sigma_w2;
      arch->activation.type->dual (&arch->activation, N - j, variance, variance,
                                   self->C + j * N + j, self->C + j * N + j, NULL);
      self->C[j * N + j] /= 2;
    }
  cblas_dscal (D * N, sqrt (arch->sigma_w2 / D) / 2, self->U, 1);
}

static void
draw_clear (Draw *self)
{
  g_free (self->X);
  g_free (self->Z);
  g_free (self->C);
  g_free (self->U);
}

/* Z (C + C^T) Z^T/N^2 (n x n, lower triangle) and Z U^T/N (n x D) of the first N features. */
static void
population (const Draw *self, int N, double *ZCZ, double *ZU)
{
  const int n = self->n, D = self->arch.dim;
  g_autofree double *ZC = g_memdup2 (self->Z, sizeof (double) * n * N);

  cblas_dtrmm (CblasColMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, n, N, 1, self->C, self->widest, ZC, n);
  cblas_dsyr2k (CblasColMajor, CblasLower, CblasNoTrans, n, N, 1.0 / N / N, ZC, n, self->Z, n, 0, ZCZ, n);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, n, D, N, 1.0 / N, self->Z, n, self->U, D, 0,
               ZU, n);
}

/* With M = (K + n lambda)^{-1} and f = x.X M y, y = X^T beta + e:
 *   V = tr (M ZCZ M),  B = 1 - (2/D) tr (X M ZU) + (1/D) tr (X M ZCZ M X^T). */
static void
add_risk (const Draw *self, const double *K, const double *ZCZ, const double *ZU, Case *row)
{
  const int n = self->n, D = self->arch.dim;
  g_autofree double *M = g_new0 (double, n *n);
  g_autofree double *XM = g_new (double, n *D);
  g_autofree double *product = g_new (double, n *n);

  for (int i = 0; i < n; i++)
    M[i * n + i] = 1;
  g_assert_true (ntk_fit (K, n, n, row->lambda, NTK_EIGENVALUE_CUTOFF, M, n, M, NULL, NULL));
  cblas_dsymm (CblasColMajor, CblasLeft, CblasLower, n, n, 1, ZCZ, n, M, n, 0, product, n);
  average_add (&row->got_V, cblas_ddot (n * n, M, 1, product, 1));
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, n, D, n, 1, M, n, self->X, D, 0, XM, n);
  cblas_dsymm (CblasColMajor, CblasLeft, CblasLower, n, D, 1, ZCZ, n, XM, n, 0, product, n);
  average_add (&row->got_B, 1 - 2.0 / D * cblas_ddot (n * D, XM, 1, ZU, 1)
                              + 1.0 / D * cblas_ddot (n * D, XM, 1, product, 1));
}

static int
compare_width (gconstpointer a, gconstpointer b)
{
  return ((const Case *) a)->N - ((const Case *) b)->N;
}

static GArray *
read_cases (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("random_features_monte_carlo.csv");
  GArray *cases = g_array_new (FALSE, TRUE, sizeof (Case));

  for (guint row = 0; row < rows->len; row++)
    {
      Case entry = { .dim = fixture_number (rows, row, 0),
                     .n = fixture_number (rows, row, 1),
                     .N = fixture_number (rows, row, 2),
                     .B = fixture_number (rows, row, 4),
                     .B_error = fixture_number (rows, row, 5),
                     .V = fixture_number (rows, row, 6),
                     .V_error = fixture_number (rows, row, 7) };

      entry.lambda = 2 * fixture_number (rows, row, 3) / entry.dim;
      g_array_append_val (cases, entry);
    }
  g_array_sort (cases, compare_width);
  return cases;
}

/* All rows from one draw, whose neurons are nested. */
static void
simulate (GArray *cases, int seed)
{
  const Case *first = &g_array_index (cases, Case, 0),
             *last = &g_array_index (cases, Case, cases->len - 1);
  const int n = first->n;
  const NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "relu", first->dim);
  g_autoptr (NtkStreams) streams = ntk_streams_new (50, seed);
  g_autoptr (NtkSweep) sweep = NULL;
  g_autofree double *ZCZ = g_new (double, n *n);
  g_autofree double *ZU = g_new (double, n * first->dim);
  int width = 0;
  Draw draw;

  draw_init (&draw, &arch, n, last->N, streams);
  sweep = ntk_sweep_new (&arch, draw.X, n, n, last->N, streams, NULL);
  for (guint i = 0; i < cases->len; i++)
    {
      Case *row = &g_array_index (cases, Case, i);
      g_autofree double *K = NULL;

      g_assert_true (row->n == n && row->dim == first->dim);
      g_assert_true (ntk_sweep_to (sweep, row->N, NULL));
      if (row->N != width)
        population (&draw, row->N, ZCZ, ZU);
      width = row->N;
      K = fixture_sweep_kernel (sweep, n, n);
      add_risk (&draw, K, ZCZ, ZU, row);
    }
  draw_clear (&draw);
}

/* Within 4 standard errors of the difference, or 3 %. */
static void
check (const char *what, const Case *row, const Average *got, double want, double error)
{
  const double spread = sqrt (error * error + average_error (got) * average_error (got));

  assert_abs (average_mean (got), want, MAX (4 * spread, 0.03 * want), "%s at N = %d, lambda = %g",
              what, row->N, row->lambda);
}

static void
test_golden (void)
{
  g_autoptr (GArray) cases = read_cases ();
  const int n_seeds = g_test_thorough () ? 24 : 10;
  double worst_B = 0, worst_V = 0;

  for (int seed = 0; seed < n_seeds; seed++)
    simulate (cases, seed);
  for (guint i = 0; i < cases->len; i++)
    {
      const Case *row = &g_array_index (cases, Case, i);

      worst_B = MAX (worst_B, fabs (average_mean (&row->got_B) / row->B - 1));
      worst_V = MAX (worst_V, fabs (average_mean (&row->got_V) / row->V - 1));
      check ("B", row, &row->got_B, row->B, row->B_error);
      check ("V", row, &row->got_V, row->V, row->V_error);
    }
  g_assert_cmpuint (cases->len, ==, 39);
  g_test_message ("worst relative difference: B %.3f, V %.3f", worst_B, worst_V);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/random-features/golden", test_golden);
  return g_test_run ();
}
