#include "fixture.h"

#include <cblas.h>

/* Rank at one width, by ntk_fit. */
static NtkFitInfo
info_at (const double *K, int n, int n_points)
{
  g_autofree double *y = g_new0 (double, n);
  NtkFitInfo info;

  g_assert_true (ntk_fit (K, n_points, n, 0, NTK_EIGENVALUE_CUTOFF, y, 1, y, &info, NULL));
  return info;
}

/* The measured rank is min (n, bound) where no unit is dead. Next to bound = n it may fall
 * short: too many points may share too few active units, and eigenvalues are smallest there.
 * Biases are small, for units whose kink misses the sphere are linear on it, all alike; and the
 * dimension is not, for units whose kinks separate but a few points are alike as well. */
static void
check_bound (NtkModel model, const char *name, int dim, int depth, double sigma_b2, int n,
             int widest)
{
  NtkArchitecture arch = fixture_architecture (model, name, dim);

  arch.depth = depth;
  arch.sigma_b2 = sigma_b2;
  for (int seed = 0; seed < 4; seed++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (14, seed);
      g_autofree double *X = fixture_inputs (streams, dim, n, n);
      g_autoptr (NtkSweep) sweep = ntk_sweep_new (&arch, X, n, n, widest, streams, NULL);

      for (int width = 1; width <= widest; width++)
        {
          const double bound = ntk_rank_bound (&arch, width), most = MIN (n, bound);
          int rank, ldk;

          g_assert_true (ntk_sweep_to (sweep, width, NULL));
          rank = info_at (ntk_sweep_kernel (sweep, &ldk), n, n).rank;
          g_test_message ("%s D %d, depth %d, bias %g, width %d: rank %d", name, dim, depth,
                          sigma_b2, width, rank);
          g_assert_cmpint (rank, <=, (int) most);
          g_assert_cmpint (rank, >=, (int) (fabs (bound - n) < 0.15 * n ? 0.95 * most : most));
        }
    }
}

static void
test_bound (void)
{
  check_bound (NTK_MODEL_LINEARISED, "relu", 6, 1, 0, 90, 20);
  check_bound (NTK_MODEL_LINEARISED, "leaky-relu", 6, 1, 0, 90, 20);
  check_bound (NTK_MODEL_LINEARISED, "abs", 8, 1, 0.02, 130, 18);
  check_bound (NTK_MODEL_LINEARISED, "leaky-relu", 8, 1, 0.02, 130, 18);
  check_bound (NTK_MODEL_LINEARISED, "erf", 6, 1, 0.5, 90, 15);
  check_bound (NTK_MODEL_LINEARISED, "leaky-relu", 8, 2, 0, 130, 14);
  check_bound (NTK_MODEL_RANDOM_FEATURES, "relu", 6, 1, 0, 30, 40);
  check_bound (NTK_MODEL_RANDOM_FEATURES, "erf", 6, 1, 1, 30, 25);
}

/* While the rank is at most n the initial function is reproduced everywhere: f_0 lies in the
 * span of the features. Beyond, it is not. */
static void
check_initial (const char *name, int depth, double sigma_b2)
{
  enum
  {
    DIM = 6,
    TRAIN = 60,
    POINTS = 160,
    WIDEST = 40
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, name, DIM);
  double below = 0, above = 0;
  int reproduced = 0, other = 0;

  arch.depth = depth;
  arch.sigma_b2 = sigma_b2;
  for (int seed = 0; seed < 4; seed++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (14, seed);
      g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
      g_autoptr (NtkSweep) sweep = ntk_sweep_new (&arch, X, POINTS, POINTS, WIDEST, streams, NULL);

      for (int width = 1; width <= WIDEST; width++)
        {
          g_autofree double *K = NULL;
          double f0[POINTS], alpha[TRAIN], error;
          NtkFitInfo info;

          g_assert_true (ntk_sweep_to (sweep, width, NULL));
          K = fixture_sweep_kernel (sweep, TRAIN, POINTS);
          memcpy (f0, ntk_sweep_initial (sweep), sizeof f0);
          g_assert_true (
            ntk_fit (K, POINTS, TRAIN, 0, NTK_EIGENVALUE_CUTOFF, f0, 1, alpha, &info, NULL));
          cblas_dgemv (CblasColMajor, CblasNoTrans, POINTS - TRAIN, TRAIN, -1, K + TRAIN, POINTS,
                       alpha, 1, 1, f0 + TRAIN, 1);
          error = cblas_ddot (POINTS - TRAIN, f0 + TRAIN, 1, f0 + TRAIN, 1) / (POINTS - TRAIN);
          if (ntk_rank_bound (&arch, width) <= 0.8 * TRAIN
              && info.rank == ntk_rank_bound (&arch, width))
            {
              assert_abs (error, 0, 1e-12, "initial function of %s, width %d, rank %d", name, width,
                          info.rank);
              below = MAX (below, error);
              reproduced++;
            }
          else if (ntk_rank_bound (&arch, width) >= 2 * TRAIN)
            {
              above += error;
              other++;
            }
        }
    }
  g_assert_cmpint (reproduced, >, 3);
  g_assert_cmpint (other, >, 3);
  g_test_message ("%s, depth %d, bias %g: worst below %.1e in %d, mean above %.3f in %d", name,
                  depth, sigma_b2, below, reproduced, above / other, other);
  g_assert_cmpfloat (above / other, >, 1e-4);
}

static void
test_initial (void)
{
  check_initial ("relu", 1, 0);
  check_initial ("relu", 1, 1);
  check_initial ("leaky-relu", 2, 0);
  check_initial ("erf", 1, 0.5);
}

/* A deep smooth network with biases has P directions, too many of them too weak to measure:
 * never more than the bound, and growing with the width. */
static void
test_deep (void)
{
  enum
  {
    DIM = 5,
    TRAIN = 80,
    WIDEST = 12
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "erf", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (15, 0);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, TRAIN);
  g_autoptr (NtkSweep) sweep = NULL;
  int last = 0;

  arch.depth = 3;
  arch.sigma_b2 = 0.5;
  sweep = ntk_sweep_new (&arch, X, TRAIN, TRAIN, WIDEST, streams, NULL);
  for (int width = 1; width <= WIDEST; width++)
    {
      int rank, ldk;

      g_assert_true (ntk_sweep_to (sweep, width, NULL));
      rank = info_at (ntk_sweep_kernel (sweep, &ldk), TRAIN, TRAIN).rank;
      g_test_message ("width %d: rank %d, bound %g", width, rank, ntk_rank_bound (&arch, width));
      g_assert_cmpint (rank, <=, (int) MIN (TRAIN, ntk_rank_bound (&arch, width)));
      g_assert_cmpint (rank, >=, last);
      last = rank;
    }
  g_assert_cmpint (last, ==, TRAIN);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/rank/bound", test_bound);
  g_test_add_func ("/ntk/rank/initial", test_initial);
  g_test_add_func ("/ntk/rank/deep", test_deep);
  return g_test_run ();
}
