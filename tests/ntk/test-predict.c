#include "fixture.h"

#include <cblas.h>

/* Predictions of a sweep against the kernel times the coefficients. */

enum
{
  SIDES = 2
};

/* Close together and far apart: blocks of units with several widths and widths with several
 * blocks. */
static const int widths[] = { 1, 2, 3, 17, 18, 40, 170, 300, 301 };
enum
{
  WIDTHS = G_N_ELEMENTS (widths)
};

typedef struct
{
  NtkArchitecture arch;
  int n, n_points, most;
  NtkStreams *streams;
  double *X, *alpha; /* n x SIDES for each width */
} Problem;

static void
problem_init (Problem *self, NtkModel model, const char *name, int dim, int depth, double sigma_b2,
              int n, int n_points)
{
  self->arch = fixture_architecture (model, name, dim);
  self->arch.depth = depth;
  self->arch.sigma_b2 = sigma_b2;
  self->n = n;
  self->n_points = n_points;
  self->most = depth == 1 ? WIDTHS : 6;
  self->streams = ntk_streams_new (21, depth);
  self->X = fixture_inputs (self->streams, dim, n, n_points);
  self->alpha = g_new (double, (gsize) n *SIDES *WIDTHS);
  ntk_streams_normal (self->streams, NTK_PURPOSE_NOISE, 0, 0, n * SIDES * WIDTHS, self->alpha);
}

static void
problem_clear (Problem *self)
{
  ntk_streams_free (self->streams);
  g_free (self->X);
  g_free (self->alpha);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Problem, problem_clear)

/* f (n_points x SIDES) and f_0 at the widths from `first` on, of one sweep. */
static void
predict (const Problem *self, int first, int count, double *f, double *f0)
{
  const gsize N = self->n_points;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtkSweep) sweep = ntk_sweep_new (&self->arch, self->X, self->n, N,
                                              widths[self->most - 1], self->streams, &error);

  g_assert_no_error (error);
  for (int i = 0; i < count; i++)
    {
      g_assert_true (ntk_sweep_to (sweep, widths[first + i], &error));
      g_assert_true (ntk_sweep_predict (sweep, self->alpha + (gsize) (first + i) * self->n * SIDES,
                                        SIDES, f + i * N * SIDES, f0 + i * N, &error));
    }
  g_assert_true (ntk_sweep_finish (sweep, &error));
  g_assert_no_error (error);
}

static void
check (NtkModel model, const char *name, int dim, int depth, double sigma_b2, int n, int n_points)
{
  g_auto (Problem) problem = { 0 };
  const gsize N = n_points;
  g_autofree double *f = g_new (double, N *SIDES *WIDTHS);
  g_autofree double *f0 = g_new (double, N *WIDTHS);
  g_autofree double *want = g_new (double, N *SIDES);
  g_autofree double *want_f0 = g_new (double, N);

  problem_init (&problem, model, name, dim, depth, sigma_b2, n, n_points);
  predict (&problem, 0, problem.most, f, f0);
  for (int i = 0; i < problem.most; i++)
    {
      g_autofree double *K = fixture_kernel (&problem.arch, problem.X, n, N, widths[i],
                                             problem.streams, want_f0);

      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, N, SIDES, n, 1, K, N,
                   problem.alpha + (gsize) i * n * SIDES, n, 0, want, N);
      assert_abs (relative_distance (f + i * N * SIDES, want, N * SIDES), 0, 1e-12,
                  "%s in %d, depth %d, width %d: predictions", name, dim, depth, widths[i]);
      assert_abs (relative_distance (f0 + i * N, want_f0, N), 0, 1e-12,
                  "%s in %d, depth %d, width %d: f_0", name, dim, depth, widths[i]);
      /* Alone. */
      predict (&problem, i, 1, want, want_f0);
      assert_abs (relative_distance (f + i * N * SIDES, want, N * SIDES), 0, 1e-12,
                  "%s in %d, depth %d, width %d: alone", name, dim, depth, widths[i]);
      assert_abs (relative_distance (f0 + i * N, want_f0, N), 0, 1e-12,
                  "%s in %d, depth %d, width %d: f_0 alone", name, dim, depth, widths[i]);
    }
}

static void
test_features (void)
{
  check (NTK_MODEL_RANDOM_FEATURES, "relu", 7, 1, 0, 60, 401);
  check (NTK_MODEL_RANDOM_FEATURES, "erf", 30, 1, 0.5, 20, 160);
  check (NTK_MODEL_LINEARISED, "relu", 4, 1, 0, 60, 401);
  check (NTK_MODEL_LINEARISED, "leaky-relu", 4, 1, 0.5, 70, 170);
  check (NTK_MODEL_LINEARISED, "erf", 1, 1, 0.5, 60, 61);
}

/* More coefficients than are taken in one go. */
static void
test_groups (void)
{
  check (NTK_MODEL_LINEARISED, "relu", 150, 1, 0.5, 750, 790);
}

static void
test_kernel (void)
{
  check (NTK_MODEL_LINEARISED, "relu", 30, 1, 0, 60, 401);
  check (NTK_MODEL_LINEARISED, "erf", 30, 1, 0.5, 60, 61);
}

static void
test_deep (void)
{
  for (int depth = 2; depth <= 3; depth++)
    {
      check (NTK_MODEL_RANDOM_FEATURES, "leaky-relu", 4, depth, 0.5, 30, 97);
      check (NTK_MODEL_LINEARISED, "relu", 4, depth, 0, 30, 97);
      check (NTK_MODEL_LINEARISED, "erf", 4, depth, 0.5, 70, 97);
    }
}

static void
test_no_test_points (void)
{
  check (NTK_MODEL_RANDOM_FEATURES, "relu", 3, 1, 0, 60, 60);
  check (NTK_MODEL_LINEARISED, "relu", 3, 1, 0.5, 60, 60);
  check (NTK_MODEL_LINEARISED, "relu", 3, 2, 0, 60, 60);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/predict/features", test_features);
  g_test_add_func ("/ntk/predict/groups", test_groups);
  g_test_add_func ("/ntk/predict/kernel", test_kernel);
  g_test_add_func ("/ntk/predict/deep", test_deep);
  g_test_add_func ("/ntk/predict/no-test-points", test_no_test_points);
  return g_test_run ();
}
