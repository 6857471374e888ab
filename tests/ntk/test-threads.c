#include <cblas.h>

#include "fixture.h"

/* Sweeps and fits of several replicates, by one thread and by two at a time: same bytes. */

enum
{
  DIM = 6,
  TRAIN = 40,
  POINTS = 70,
  WIDTHS = 6,
  REPLICATES = 6,
  VALUES = WIDTHS * (POINTS - TRAIN)
};

static const int widths[WIDTHS] = { 2, 5, 7, 15, 140, 150 };

typedef struct
{
  guint32 first, step;
  double (*out)[VALUES];
} Share;

static void
run_replicate (guint32 replicate, double *out)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (3, replicate);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  NtkArchitecture arch = fixture_architecture (replicate % 2 ? NTK_MODEL_LINEARISED
                                                             : NTK_MODEL_RANDOM_FEATURES,
                                               replicate % 3 ? "relu" : "erf", DIM);
  g_autoptr (NtkTarget) target = ntk_target_new ("mixed", DIM, streams, NULL);
  g_autoptr (NtkSpectrum) spectrum = ntk_spectrum_new (&arch, 10, NULL);
  g_autoptr (NtkSweep) sweep = NULL;
  double y[POINTS], alpha[TRAIN], f[WIDTHS][POINTS], f0[POINTS];

  g_assert_nonnull (spectrum);
  arch.depth = 1 + replicate % 2;
  arch.sigma_b2 = 0.3;
  sweep = ntk_sweep_new (&arch, X, TRAIN, POINTS, widths[WIDTHS - 1], streams, NULL);
  ntk_target_eval (target, X, POINTS, y);
  for (int i = 0; i < WIDTHS; i++)
    {
      const double *K;
      int ldk;

      g_assert_true (ntk_sweep_to (sweep, widths[i], NULL));
      K = ntk_sweep_kernel (sweep, &ldk);
      g_assert_true (
        ntk_fit (K, ldk, TRAIN, i % 2 ? 1e-3 : 0, NTK_EIGENVALUE_CUTOFF, y, 1, alpha, NULL, NULL));
      g_assert_true (ntk_sweep_predict (sweep, alpha, 1, f[i], f0, NULL));
    }
  g_assert_true (ntk_sweep_finish (sweep, NULL));
  for (int i = 0; i < WIDTHS; i++)
    memcpy (out + i * (POINTS - TRAIN), f[i] + TRAIN, (POINTS - TRAIN) * sizeof (double));
}

static gpointer
run_share (gpointer data)
{
  const Share *share = data;

  for (guint32 replicate = share->first; replicate < REPLICATES; replicate += share->step)
    run_replicate (replicate, share->out[replicate]);
  return NULL;
}

static void
test_same_bytes (void)
{
  g_autofree double (*alone)[VALUES] = g_malloc (sizeof (double) * VALUES * REPLICATES);
  g_autofree double (*together)[VALUES] = g_malloc (sizeof (double) * VALUES * REPLICATES);
  Share single = { 0, 1, alone }, shares[2] = { { 0, 2, together }, { 1, 2, together } };
  GThread *threads[2];

  run_share (&single);
  for (int repeat = 0; repeat < 3; repeat++)
    {
      for (int i = 0; i < 2; i++)
        threads[i] = g_thread_new ("share", run_share, &shares[i]);
      for (int i = 0; i < 2; i++)
        g_thread_join (threads[i]);
      g_assert_cmpmem (alone, sizeof (double) * VALUES * REPLICATES, together,
                       sizeof (double) * VALUES * REPLICATES);
    }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/threads/same-bytes", test_same_bytes);
  return g_test_run ();
}
