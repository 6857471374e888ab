#include <cblas.h>

#include "ntk.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
  double *ntk, *nngp;
  atomic_int next;
} Work;

static int
compare (const void *a, const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, REPEATS, sizeof *values, compare);
  return values[REPEATS / 2];
}

static double
now (void)
{
  return g_get_monotonic_time () / 1e6;
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

/* One of the two kernels' time, with X drawn anew as NumPy does. */
static double
time_ours (int threads, double *sums)
{
  const double start = now ();
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  g_autofree double *X = ntk_try_alloc (DIM, POINTS, "", NULL);
  g_autofree double *ntk = ntk_try_alloc (POINTS, POINTS, "", NULL);
  g_autofree double *nngp = ntk_try_alloc (POINTS, POINTS, "", NULL);
  g_autofree pthread_t *helpers = g_new (pthread_t, threads);
  NtkArchitecture arch = {
    .model = NTK_MODEL_LINEARISED, .dim = DIM, .depth = DEPTH, .sigma_w2 = 2, .sigma_v2 = 1
  };
  g_autoptr (NtkInfinite) infinite = NULL;
  Work work = { .ntk = ntk, .nngp = nngp };

  ntk_activation_init (&arch.activation, "relu", 0);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, DIM, POINTS, X);
  work.infinite = infinite = ntk_infinite_new (&arch, X, POINTS, POINTS, 0, NULL);
  for (int i = 1; i < threads; i++)
    pthread_create (&helpers[i], NULL, fill, &work);
  fill (&work);
  for (int i = 1; i < threads; i++)
    pthread_join (helpers[i], NULL);
  sums[0] = sums[1] = sums[2] = 0;
  for (gsize i = 0; i < POINTS; i++)
    {
      sums[0] += ntk[i * POINTS + i];
      sums[1] += nngp[i * POINTS + i];
    }
  for (gsize i = 0; i < (gsize) POINTS * POINTS; i++)
    sums[2] += ntk[i];
  return now () - start;
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
  start = now ();
  cblas_dsyrk (CblasColMajor, CblasLower, CblasTrans, POINTS, DIM, 1, X, DIM, 0, K, POINTS);
  start = now () - start;
  openblas_set_num_threads (1);
  return start;
}

/* Seconds that NumPy says it took, or NaN; prints its other lines the first time. */
static double
time_numpy (char **argv, gboolean show)
{
  const char *const command[] = { argv[1], argv[2], "kernel", NULL };
  g_autofree char *out = NULL;
  g_auto (GStrv) environment = g_environ_unsetenv (g_get_environ (), "OPENBLAS_NUM_THREADS");
  const char *seconds;

  if (!g_spawn_sync (NULL, (char **) command, environment,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL, NULL,
                     NULL)
      || (seconds = strstr (out, "seconds:")) == NULL)
    return NAN;
  if (show)
    printf ("NumPy: %.*s", (int) (seconds - out), out);
  return g_ascii_strtod (seconds + strlen ("seconds:"), NULL);
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
      theirs[i] = argc == 3 ? time_numpy (argv, i == 0) : NAN;
    }
  printf ("ours:  trace_ntk,trace_nngp,sum_ntk\n%.9g,%.9g,%.9g\n", sums[0], sums[1], sums[2]);
  printf ("ours            %8.3f s\nours, 1 thread  %8.3f s\nproducts alone  %8.3f s\n",
          median (ours), median (alone), median (bound));
  printf ("fraction of the bound %.2f\n", median (bound) / median (ours));
  if (isfinite (theirs[0]))
    printf ("NumPy           %8.3f s\nratio %.1f\n", median (theirs),
            median (theirs) / median (ours));
  else
    printf ("NumPy is not there to compare with\n");
  return 0;
}
