#include "bench.h"

#include <cblas.h>
#include <lapacke.h>

#include "ntk.h"

#include <pthread.h>
#include <stdatomic.h>

/* Double descent over width as NumPy draws it (numpy_baseline.py): the same widths, points and
 * seeds, medians of several runs, NumPy's in a process of its own. Beside them what the products
 * and factorizations alone cost, one bare call of BLAS or LAPACK each. */

enum
{
  SEEDS = 20,
  TEST = 1000,
  MOST_WIDTHS = 30,
  SIDES = 3, /* target, noise, initial function */
  REPEATS = 5
};

typedef struct
{
  const char *name; /* numpy_baseline.py's */
  NtkModel model;
  int dim, n;
  double from, to;
  int points; /* log-spaced widths, before rounding makes some equal */
} Workload;

static const Workload workloads[] = {
  { "rf", NTK_MODEL_RANDOM_FEATURES, 20, 100, 5, 1600, 30 },
  { "ntk", NTK_MODEL_LINEARISED, 10, 200, 2, 400, 24 },
};

typedef struct
{
  const Workload *workload;
  int widths[MOST_WIDTHS], n_widths;
  void (*one_seed) (const void *run, int seed);
  atomic_int next;
  double error[MOST_WIDTHS][SEEDS];
  gboolean decomposed[MOST_WIDTHS][SEEDS];
} Run;

static void
fill_widths (Run *run)
{
  const Workload *w = run->workload;

  for (int i = 0; i < w->points; i++)
    {
      const int width = (int) rint (w->from * pow (w->to / w->from, i / (w->points - 1.0)));

      if (run->n_widths == 0 || width != run->widths[run->n_widths - 1])
        run->widths[run->n_widths++] = width;
    }
}

static NtkArchitecture
architecture (const Workload *workload)
{
  NtkArchitecture arch = {
    .model = workload->model, .dim = workload->dim, .depth = 1, .sigma_w2 = 1, .sigma_v2 = 1
  };

  ntk_activation_init (&arch.activation, "relu", 0);
  return arch;
}

/* Residual of the target plus half that of the noise, at the test points. */
static double
test_error (const double *f, const double *fitted, int n, int N)
{
  double sum = 0;

  for (int i = n; i < N; i++)
    {
      const double residual = f[i] - fitted[i] - 0.5 * fitted[N + i];

      sum += residual * residual;
    }
  return sum / (N - n);
}

static void
sweep_seed (const void *data, int seed)
{
  Run *run = (Run *) data;
  const NtkArchitecture arch = architecture (run->workload);
  const int dim = arch.dim, n = run->workload->n, N = n + TEST, last = run->n_widths - 1;
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, seed);
  g_autoptr (NtkTarget) target = ntk_target_new ("linear", dim, streams, NULL);
  g_autofree double *X = ntk_try_alloc (dim, N, "X", NULL);
  g_autofree double *f = ntk_try_alloc (N, 1, "f", NULL);
  g_autofree double *alpha = ntk_try_alloc (n, SIDES, "alpha", NULL);
  g_autofree double *fitted = ntk_try_alloc (N, (SIDES + 1) * run->n_widths, "fitted", NULL);
  g_autoptr (NtkSweep) sweep = NULL;

  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, dim, n, X);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TEST_INPUT, dim, TEST, X + dim * n);
  ntk_target_eval (target, X, N, f);
  sweep = ntk_sweep_new (&arch, X, n, N, run->widths[last], streams, NULL);
  for (int i = 0; i <= last; i++)
    {
      double *out = fitted + (gsize) i * (SIDES + 1) * N;
      NtkFitInfo info;
      const double *K;
      int ldk;

      ntk_sweep_to (sweep, run->widths[i], NULL);
      K = ntk_sweep_kernel (sweep, &ldk);
      memcpy (alpha, f, n * sizeof (double));
      ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, n, alpha + n);
      memcpy (alpha + 2 * n, ntk_sweep_initial (sweep), n * sizeof (double));
      ntk_fit (K, ldk, n, 0, NTK_EIGENVALUE_CUTOFF, alpha, SIDES, alpha, &info, NULL);
      ntk_sweep_predict (sweep, alpha, SIDES, out, out + SIDES * N, NULL);
      run->decomposed[i][seed] = info.decomposed;
    }
  ntk_sweep_finish (sweep, NULL);
  for (int i = 0; i <= last; i++)
    run->error[i][seed] = test_error (f, fitted + (gsize) i * (SIDES + 1) * N, n, N);
}

/* The bare calls of one seed: the first layer, the Gram matrices, at each width the factor or
 * decomposition that decided, and the predictions' operations in one product. */
static void
bare_seed (const void *data, int seed)
{
  const Run *run = data;
  const int D = run->workload->dim, n = run->workload->n, N = n + TEST;
  const int m = run->widths[run->n_widths - 1];
  const gboolean linearised = run->workload->model == NTK_MODEL_LINEARISED;
  int columns = 0;
  g_autofree double *X = ntk_try_alloc (D, N, "X", NULL);
  g_autofree double *W = ntk_try_alloc (D, m, "W", NULL);
  g_autofree double *H = ntk_try_alloc (N, m, "H", NULL);
  g_autofree double *G = ntk_try_alloc (n, n, "G", NULL);
  g_autofree double *K = ntk_try_alloc (n, n, "K", NULL);
  g_autofree double *values = ntk_try_alloc (n, 1, "values", NULL);
  g_autofree double *C = NULL;
  g_autofree double *F = NULL;

  for (int i = 0; i < D * N; i++)
    X[i] = (i % 7 - 3) / 2.0;
  for (int i = 0; i < D * m; i++)
    W[i] = (i % 11 - 5) / 3.0;
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, N, m, D, 1, X, D, W, D, 0, H, N);
  for (int matrices = 0; matrices <= linearised; matrices++)
    cblas_dsyrk (CblasColMajor, CblasLower, CblasNoTrans, n, m, 1, H, N, 0, G, n);
  for (int i = 0; i < n; i++)
    G[i * n + i] += 1;
  for (int i = 0; i < run->n_widths; i++)
    {
      memcpy (K, G, sizeof (double) * n * n);
      if (run->decomposed[i][seed])
        LAPACKE_dsyevd (LAPACK_COL_MAJOR, 'V', 'L', n, K, n, values);
      else
        LAPACKE_dpotrf (LAPACK_COL_MAJOR, 'L', n, K, n);
      columns += run->widths[i];
    }
  columns = (linearised ? SIDES * (D + 1) : SIDES) * columns / m;
  C = ntk_try_alloc (m, columns, "C", NULL);
  F = ntk_try_alloc (N, columns, "F", NULL);
  memset (C, 0, sizeof (double) * m * columns);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, TEST, columns, m, 1, H + n, N, C, m, 0, F,
               N);
}

static void *
work (void *data)
{
  Run *run = data;
  int seed;

  while ((seed = atomic_fetch_add (&run->next, 1)) < SEEDS)
    run->one_seed (run, seed);
  return NULL;
}

/* Seconds for all seeds, on two threads. */
static double
time_run (Run *run, void (*one_seed) (const void *run, int seed))
{
  const gint64 start = g_get_monotonic_time ();
  pthread_t helper;

  run->one_seed = one_seed;
  atomic_store (&run->next, 0);
  pthread_create (&helper, NULL, work, run);
  work (run);
  pthread_join (helper, NULL);
  return (g_get_monotonic_time () - start) * 1e-6;
}

/* In turns, so that whatever else the machine does meets all of them. */
static void
compare_workload (const Workload *workload, char **argv)
{
  g_autofree Run *run = g_new0 (Run, 1);
  double ours[REPEATS], bare[REPEATS], numpy[REPEATS], middle, top = 0;

  run->workload = workload;
  fill_widths (run);
  for (int repeat = 0; repeat < REPEATS; repeat++)
    {
      ours[repeat] = time_run (run, sweep_seed);
      bare[repeat] = time_run (run, bare_seed);
      numpy[repeat] = bench_numpy (argv, workload->name, FALSE);
    }
  for (int i = 0; i < run->n_widths; i++)
    top = MAX (top, bench_median (run->error[i], SEEDS));
  middle = bench_median (ours, REPEATS);
  printf ("%-4s %d widths: %.3f s, NumPy %.3f s, ratio %.1f; bare calls %.3f s, %.0f %% of it"
          " (peak %.3g, end %.3g)\n",
          workload->name, run->n_widths, middle, bench_median (numpy, REPEATS),
          bench_median (numpy, REPEATS) / middle, bench_median (bare, REPEATS),
          100 * bench_median (bare, REPEATS) / middle, top,
          bench_median (run->error[run->n_widths - 1], SEEDS));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (!ntk_init (&error) || argc < 3)
    {
      fprintf (stderr, "%s\n", error ? error->message : "usage: PYTHON numpy_baseline.py");
      return 1;
    }
  printf ("%s\n%d seeds, medians of %d runs\n", ntk_blas_config (), SEEDS, REPEATS);
  for (guint w = 0; w < G_N_ELEMENTS (workloads); w++)
    compare_workload (&workloads[w], argv);
  return 0;
}
