#include "bench.h"

#include <cblas.h>

#include "ntk.h"

#include <pthread.h>
#include <stdatomic.h>

/* The NTK and the NNGP of 3000 points in 784 dimensions, three hidden layers of ReLU without bias,
 * on all processors: ours, the same in NumPy (argument: interpreter and numpy_baseline.py), and
 * the products x.x' alone, which no program can do without. Medians, taken in turn in one run. */

enum
{
  DIM = 784,
  POINTS = 3000,
  DEPTH = 3,
  REPEATS = 5
};

typedef struct
{
  const NtkInfinite *infinite;
  double *X, *ntk, *nngp;
  double sums[POINTS]; /* of the rows; all entries are positive */
  atomic_int next;
} Work;

/* Each point has a stream of its own, so any thread draws it. */
static void *
draw (void *data)
{
  Work *work = data;
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  int i;

  while ((i = atomic_fetch_add (&work->next, 1)) < POINTS)
    {
      double *x = work->X + (gsize) i * DIM;

      ntk_streams_normal (streams, NTK_PURPOSE_TRAIN_INPUT, 0, i, DIM, x);
      cblas_dscal (DIM, sqrt (DIM) / cblas_dnrm2 (DIM, x, 1), x, 1);
    }
  return NULL;
}

static void *
fill (void *data)
{
  Work *work = data;
  int tile;

  while ((tile = atomic_fetch_add (&work->next, 1)) < ntk_infinite_n_tiles (work->infinite))
    ntk_infinite_fill (work->infinite, tile, work->ntk, work->nngp, NULL);
  return NULL;
}

/* Rows of the NTK summed, each into its place. */
static void *
sum_rows (void *data)
{
  Work *work = data;
  int i;

  while ((i = atomic_fetch_add (&work->next, 1)) < POINTS)
    work->sums[i] = cblas_dasum (POINTS, work->ntk + (gsize) i * POINTS, 1);
  return NULL;
}

static void
on_all (Work *work, int threads, void *(*job) (void *data))
{
  g_autofree pthread_t *helpers = g_new (pthread_t, threads);

  atomic_store (&work->next, 0);
  for (int i = 1; i < threads; i++)
    pthread_create (&helpers[i], NULL, job, work);
  job (work);
  for (int i = 1; i < threads; i++)
    pthread_join (helpers[i], NULL);
}

/* One of the two kernels' time, with X drawn anew as NumPy does. */
static double
time_ours (int threads, double *sums)
{
  const double start = bench_now ();
  g_autofree double *X = ntk_try_alloc (DIM, POINTS, "", NULL);
  g_autofree double *ntk = ntk_try_alloc (POINTS, POINTS, "", NULL);
  g_autofree double *nngp = ntk_try_alloc (POINTS, POINTS, "", NULL);
  NtkArchitecture arch = {
    .model = NTK_MODEL_LINEARISED, .dim = DIM, .depth = DEPTH, .sigma_w2 = 2, .sigma_v2 = 1
  };
  g_autoptr (NtkInfinite) infinite = NULL;
  Work work = { .X = X, .ntk = ntk, .nngp = nngp };

  ntk_activation_init (&arch.activation, "relu", 0);
  on_all (&work, threads, draw);
  work.infinite = infinite = ntk_infinite_new (&arch, X, POINTS, POINTS, 0, NULL);
  on_all (&work, threads, fill);
  on_all (&work, threads, sum_rows);
  sums[0] = sums[1] = sums[2] = 0;
  for (gsize i = 0; i < POINTS; i++)
    {
      sums[0] += ntk[i * POINTS + i];
      sums[1] += nngp[i * POINTS + i];
      sums[2] += work.sums[i];
    }
  return bench_now () - start;
}

/* The triangle of products, half a square on each of the threads of BLAS. */
static double
time_bound (int threads)
{
  g_autofree double *X = ntk_try_alloc (DIM, POINTS, "", NULL);
  g_autofree double *K = ntk_try_alloc (POINTS, POINTS, "", NULL);
  double start;

  for (gsize i = 0; i < (gsize) DIM * POINTS; i++)
    X[i] = i % 7 - 3.0;
  openblas_set_num_threads (threads);
  cblas_dsyrk (CblasColMajor, CblasLower, CblasTrans, POINTS, DIM, 1, X, DIM, 0, K, POINTS);
  start = bench_now ();
  cblas_dsyrk (CblasColMajor, CblasLower, CblasTrans, POINTS, DIM, 1, X, DIM, 0, K, POINTS);
  start = bench_now () - start;
  openblas_set_num_threads (1);
  return start;
}

int
main (int argc, char **argv)
{
  const int threads = g_get_num_processors ();
  double ours[REPEATS], alone[REPEATS], bound[REPEATS], theirs[REPEATS], sums[3], unused[3];
  g_autoptr (GError) error = NULL;

  if (!ntk_init (&error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("%s\nD %d, n %d, depth %d, %d threads\n", ntk_blas_config (), DIM, POINTS, DEPTH,
          threads);
  for (int i = 0; i < REPEATS; i++)
    {
      ours[i] = time_ours (threads, sums);
      alone[i] = time_ours (1, unused);
      bound[i] = time_bound (threads);
      theirs[i] = argc == 3 ? bench_numpy (argv, "kernel", i == 0) : NAN;
    }
  printf ("ours:  trace_ntk,trace_nngp,sum_ntk\n%.9g,%.9g,%.9g\n", sums[0], sums[1], sums[2]);
  printf ("ours            %8.3f s\nours, 1 thread  %8.3f s\nproducts alone  %8.3f s\n",
          bench_median (ours, REPEATS), bench_median (alone, REPEATS),
          bench_median (bound, REPEATS));
  printf ("fraction of the bound %.2f\n",
          bench_median (bound, REPEATS) / bench_median (ours, REPEATS));
  if (isfinite (theirs[0]))
    printf ("NumPy           %8.3f s\nratio %.1f\n", bench_median (theirs, REPEATS),
            bench_median (theirs, REPEATS) / bench_median (ours, REPEATS));
  else
    printf ("NumPy is not there to compare with\n");
  return 0;
}
