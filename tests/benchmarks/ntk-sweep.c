#include "bench.h"

#include <cblas.h>
#include <lapacke.h>

#include "ntk.h"

/* Medians in milliseconds of what a double-descent figure spends its time on: one seed's sweep
 * over the widths at the default sizes, and fits of each kind at its number of points, with the
 * plain eigendecomposition beside them. */

enum
{
  DIM = 10,
  TRAIN = 200,
  POINTS = 1200,
  WIDEST = 400,
  STEPS = 46,
  REPEATS = 21,
  RIGHT_SIDES = 3
};

/* Log-spaced from 2, rounded, with the steps that rounding merges spread out. */
static void
fill_widths (int widths[STEPS])
{
  for (int i = 0; i < STEPS; i++)
    {
      widths[i] = (int) round (2 * pow (WIDEST / 2.0, i / (STEPS - 1.0)));
      if (i > 0)
        widths[i] = MAX (widths[i], widths[i - 1] + 1);
    }
}

static double *
draw_inputs (NtkStreams *streams)
{
  double *X = g_new (double, DIM *POINTS);

  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, DIM, TRAIN, X);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TEST_INPUT, DIM, POINTS - TRAIN, X + DIM * TRAIN);
  return X;
}

static NtkArchitecture
architecture (NtkModel model, int depth)
{
  NtkArchitecture arch = {
    .model = model, .dim = DIM, .depth = depth, .sigma_w2 = 2, .sigma_v2 = 1
  };

  ntk_activation_init (&arch.activation, "relu", 0);
  return arch;
}

static void
time_sweep (const char *what, NtkModel model, int depth, int repeats)
{
  const NtkArchitecture arch = architecture (model, depth);
  double times[REPEATS];
  int widths[STEPS];

  fill_widths (widths);
  for (int repeat = 0; repeat < repeats; repeat++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (1, repeat);
      g_autofree double *X = draw_inputs (streams);
      const double start = bench_now ();
      g_autoptr (NtkSweep) sweep = ntk_sweep_new (&arch, X, TRAIN, POINTS, WIDEST, streams, NULL);

      for (int i = 0; i < STEPS; i++)
        ntk_sweep_to (sweep, widths[i], NULL);
      times[repeat] = (bench_now () - start) * 1e3;
    }
  printf ("sweep, %-28s %8.2f ms a seed\n", what, bench_median (times, repeats));
}

static double
time_fit (const double *K, int ldk, double ridge, NtkFitInfo *info)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  double times[REPEATS], Y[RIGHT_SIDES * TRAIN], alpha[RIGHT_SIDES * TRAIN];

  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, RIGHT_SIDES * TRAIN, Y);
  for (int repeat = 0; repeat < REPEATS; repeat++)
    {
      const double start = bench_now ();

      ntk_fit (K, ldk, TRAIN, ridge, NTK_EIGENVALUE_CUTOFF, Y, RIGHT_SIDES, alpha, info, NULL);
      times[repeat] = (bench_now () - start) * 1e3;
    }
  return bench_median (times, REPEATS);
}

static double
time_eigen (const double *K, int ldk)
{
  g_autofree double *Q = g_new (double, TRAIN *TRAIN);
  double times[REPEATS], values[TRAIN];

  for (int repeat = 0; repeat < REPEATS; repeat++)
    {
      const double start = bench_now ();

      for (int j = 0; j < TRAIN; j++)
        memcpy (Q + j * TRAIN, K + j * ldk, TRAIN * sizeof (double));
      LAPACKE_dsyevd (LAPACK_COL_MAJOR, 'V', 'L', TRAIN, Q, TRAIN, values);
      times[repeat] = (bench_now () - start) * 1e3;
    }
  return bench_median (times, REPEATS);
}

static void
time_fits (void)
{
  const NtkArchitecture arch = architecture (NTK_MODEL_LINEARISED, 1);
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  g_autofree double *X = draw_inputs (streams);
  g_autoptr (NtkSweep) sweep = ntk_sweep_new (&arch, X, TRAIN, POINTS, WIDEST, streams, NULL);
  const int widths[] = { 5, 15, 19, 20, 21, 40, 400 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    for (int with_ridge = 0; with_ridge < 2; with_ridge++)
      {
        NtkFitInfo info;
        const double *K;
        double fit, eigen;
        int ldk;

        ntk_sweep_to (sweep, widths[i], NULL);
        K = ntk_sweep_kernel (sweep, &ldk);
        fit = time_fit (K, ldk, with_ridge ? 1e-4 : 0, &info);
        eigen = time_eigen (K, ldk);
        printf ("fit, width %3d, rank %3d, ridge %-5g %s %8.3f ms; dsyevd %.3f ms, ratio %.1f\n",
                widths[i], info.rank, with_ridge ? 1e-4 : 0,
                info.decomposed ? "eigen   " : "Cholesky", fit, eigen, eigen / fit);
      }
}

int
main (void)
{
  g_autoptr (GError) error = NULL;

  if (!ntk_init (&error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("%s\nD %d, n %d, %d points, %d widths to %d\n", ntk_blas_config (), DIM, TRAIN, POINTS,
          STEPS, WIDEST);
  time_sweep ("linearised, depth 1", NTK_MODEL_LINEARISED, 1, REPEATS);
  time_sweep ("random features, depth 1", NTK_MODEL_RANDOM_FEATURES, 1, REPEATS);
  time_sweep ("linearised, depth 2", NTK_MODEL_LINEARISED, 2, 3);
  time_fits ();
  return 0;
}
