#include "bench.h"

#include <cblas.h>
#include <lapacke.h>

#include "ntk.h"

/* Learning curves of the infinite-width kernel:
 *   1. the curve at every n from one factorization, against separate solves of the largest n;
 *   2. the figure "error against n, mirrored and standard, best time of 41" on two threads, against
 *      numpy_baseline.py (the argument: interpreter and script), which may use every core;
 *   3. what share of (2) the products and decompositions take that nothing can do without. */

enum
{
  DIM = 6,
  LARGEST = 2048,
  N_TEST = 1000,
  N_SIZES = 5,
  TRIALS = 6,
  N_TIMES = 41,
  THREADS = 2,
  SEPARATE = 8,
  REPEATS = 5
};

static const int sizes[N_SIZES] = { 2048, 1024, 512, 256, 128 };
static const double noise = 0.3;

/* ---- One draw ---- */

typedef struct
{
  double *K, *S, *s_diag, *f;
  NtkLearning learning;
} Draw;

static void
draw_init (Draw *self, int n, int seed)
{
  const int n_points = n + N_TEST;
  NtkArchitecture arch = { .model = NTK_MODEL_LINEARISED,
                           .dim = DIM,
                           .depth = 1,
                           .sigma_w2 = 2,
                           .sigma_b2 = 2,
                           .sigma_v2 = 1 };
  g_autoptr (NtkStreams) streams = ntk_streams_new (seed, 0);
  g_autoptr (NtkTarget) target = ntk_target_new ("linear", DIM, streams, NULL);
  g_autofree double *X = g_new (double, (gsize) DIM *n_points);

  ntk_activation_init (&arch.activation, "relu", 0);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, DIM, n, X);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TEST_INPUT, DIM, N_TEST, X + (gsize) DIM * n);
  self->K = ntk_try_alloc (n_points, n, "the kernel", NULL);
  self->S = ntk_try_alloc (n_points, n, "the kernel", NULL);
  self->s_diag = g_new (double, n_points);
  self->f = g_new (double, n_points);
  ntk_target_eval (target, X, n_points, self->f);
  if (!ntk_infinite_kernel (&arch, X, n, n_points, self->K, self->S, self->s_diag, NULL))
    exit (1);
  self->learning = (NtkLearning){ .n_max = n,
                                  .n_points = n_points,
                                  .K = self->K,
                                  .S = self->S,
                                  .s_diag = self->s_diag,
                                  .f = self->f,
                                  .cutoff = NTK_EIGENVALUE_CUTOFF };
}

static void
draw_clear (Draw *self)
{
  g_free (self->K);
  g_free (self->S);
  g_free (self->s_diag);
  g_free (self->f);
}

/* ---- Every n from one factorization ---- */

static double
distance (const NtkGram *a, const NtkGram *b)
{
  return MAX (MAX (fabs (a->rr / b->rr - 1), fabs (a->aa / b->aa - 1)), fabs (a->bb / b->bb - 1));
}

static void
time_every (void)
{
  const int checked[] = { 1, 2, 17, 300, 1024, 2000, LARGEST };
  const NtkStop end = { INFINITY, 0 };
  g_autofree NtkGram *grams = g_new (NtkGram, LARGEST);
  double whole[REPEATS], separate[REPEATS], worst = 0;
  Draw draw;

  draw_init (&draw, LARGEST, 1);
  for (int repeat = 0; repeat < REPEATS; repeat++)
    {
      NtkGram gram;
      double start = bench_now ();

      if (!ntk_learning_every (&draw.learning, 0, grams, NULL, NULL))
        exit (1);
      whole[repeat] = bench_now () - start;
      start = bench_now ();
      ntk_learning_at (&draw.learning, LARGEST, &end, 1, &gram, NULL, NULL);
      separate[repeat] = bench_now () - start;
    }
  for (guint i = 0; i < G_N_ELEMENTS (checked); i++)
    {
      NtkGram gram;

      ntk_learning_at (&draw.learning, checked[i], &end, 1, &gram, NULL, NULL);
      worst = MAX (worst, distance (&grams[checked[i] - 1], &gram));
    }
  printf ("every n to %d: %.3f s; one separate solve %.3f s; ratio %.2f (at most %d)\n", LARGEST,
          bench_median (whole, REPEATS), bench_median (separate, REPEATS),
          bench_median (whole, REPEATS) / bench_median (separate, REPEATS), SEPARATE);
  printf ("largest relative difference to separate solves: %.1e\n", worst);
  draw_clear (&draw);
}

/* ---- The mean field ---- */

static void
time_mean_field (void)
{
  enum
  {
    SIZES = 200,
    TIMES = 21
  };
  NtkArchitecture arch = { .dim = DIM, .depth = 1, .sigma_w2 = 2, .sigma_b2 = 2, .sigma_v2 = 1 };
  double made[TIMES], recombined[TIMES], first = 0, sum = 0;

  ntk_activation_init (&arch.activation, "relu", 0);
  for (int repeat = 0; repeat < TIMES; repeat++)
    {
      double start = bench_now ();
      g_autoptr (NtkMeanField) self = ntk_mean_field_new (&arch, FALSE, "linear", TRUE, NULL);

      made[repeat] = bench_now () - start;
      first = repeat == 0 ? made[0] : first;
      start = bench_now ();
      for (int alpha = 0; alpha < 2; alpha++)
        for (int i = 0; i < SIZES; i++)
          sum += ntk_mean_field_error (self, pow (10, 10.0 * i / (SIZES - 1)), NTK_MEAN_FIELD_FLOW,
                                       0.01 * repeat, alpha);
      recombined[repeat] = bench_now () - start;
    }
  printf (
    "mean field: made in %.1f ms, first %.1f; 2 x %d values at the best time in %.2f ms (%g)\n",
    1e3 * bench_median (made, TIMES), 1e3 * first, SIZES, 1e3 * bench_median (recombined, TIMES),
    sum);
}

/* ---- The figure ---- */

typedef struct
{
  gint next; /* atomic */
  gboolean bound;
  double best[N_SIZES][TRIALS][2];
} Figure;

static void
fill_times (NtkStop *stops)
{
  for (int i = 0; i < N_TIMES; i++)
    stops[i] = (NtkStop){ i < N_TIMES - 1 ? pow (10, -1 + 7.0 * i / (N_TIMES - 2)) : INFINITY, 0 };
}

static void
run_trial (Figure *self, int size, int trial)
{
  NtkStop stops[N_TIMES];
  NtkGram grams[N_TIMES];
  double *best = self->best[size][trial];
  Draw draw;

  fill_times (stops);
  draw_init (&draw, sizes[size], 1000 * trial + sizes[size]);
  if (!ntk_learning_at (&draw.learning, sizes[size], stops, N_TIMES, grams, NULL, NULL))
    exit (1);
  best[0] = best[1] = INFINITY;
  for (int i = 0; i < N_TIMES; i++)
    for (int alpha = 0; alpha < 2; alpha++)
      best[alpha] = MIN (best[alpha], ntk_gram_error (&grams[i], noise, alpha));
  draw_clear (&draw);
}

/* The same operations and nothing else: dsyevd, the products with its vectors, C^T C. */
static void
run_bound (int n)
{
  const gsize size = n, work_size = 1 + 6 * size + 2 * size * size, iwork_size = 3 + 5 * size;
  g_autofree double *A = ntk_try_alloc (n, n, "", NULL);
  g_autofree double *B = ntk_try_alloc (n, n, "", NULL);
  g_autofree double *P = ntk_try_alloc (n, n, "", NULL);
  g_autofree double *C = ntk_try_alloc (N_TEST, n, "", NULL);
  g_autofree double *T = ntk_try_alloc (N_TEST, n, "", NULL);
  g_autofree double *work = ntk_try_alloc (work_size, 1, "", NULL);
  g_autofree lapack_int *iwork = g_new (lapack_int, iwork_size);
  g_autoptr (GRand) rand = g_rand_new_with_seed (n);

  for (gsize i = 0; i < size * size; i++)
    A[i] = B[i] = g_rand_double (rand) - 0.5;
  for (gsize i = 0; i < size * N_TEST; i++)
    T[i] = A[i % (size * size)];
  LAPACKE_dsyevd_work (LAPACK_COL_MAJOR, 'V', 'L', n, A, n, P, work, work_size, iwork, iwork_size);
  for (int twice = 0; twice < 2; twice++)
    cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, N_TEST, n, n, 1, T, N_TEST, A, n, 0, C,
                 N_TEST);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, B, n, A, n, 0, P, n);
  cblas_dsyrk (CblasColMajor, CblasLower, CblasTrans, n, n, 1, P, n, 0, B, n);
  cblas_dsyrk (CblasColMajor, CblasLower, CblasTrans, n, N_TEST, 1, C, N_TEST, 0, B, n);
}

static gpointer
work (gpointer data)
{
  Figure *self = data;
  int unit;

  /* The biggest first, so that both threads end together. */
  while ((unit = g_atomic_int_add (&self->next, 1)) < N_SIZES * TRIALS)
    if (self->bound)
      run_bound (sizes[unit / TRIALS]);
    else
      run_trial (self, unit / TRIALS, unit % TRIALS);
  return NULL;
}

static double
time_figure (Figure *self, gboolean bound)
{
  const double start = bench_now ();
  GThread *threads[THREADS];

  self->next = 0;
  self->bound = bound;
  for (int i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("curve", work, self);
  for (int i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  return bench_now () - start;
}

static void
print_figure (const Figure *self)
{
  printf ("n,mirrored,standard\n");
  for (int size = N_SIZES - 1; size >= 0; size--)
    {
      double mean[2] = { 0 };

      for (int trial = 0; trial < TRIALS; trial++)
        for (int alpha = 0; alpha < 2; alpha++)
          mean[alpha] += self->best[size][trial][alpha] / TRIALS;
      printf ("%d,%.6g,%.6g\n", sizes[size], mean[0], mean[1]);
    }
}

static void
time_curve (char **argv)
{
  Figure figure = { 0 };
  double ours[REPEATS], bound[REPEATS], numpy[REPEATS];

  for (int repeat = 0; repeat < REPEATS; repeat++)
    {
      ours[repeat] = time_figure (&figure, FALSE);
      numpy[repeat] = bench_numpy (argv, "curve", FALSE);
      bound[repeat] = time_figure (&figure, TRUE);
      printf ("run %d: ours %.2f s, NumPy %.2f s, bound %.2f s\n", repeat + 1, ours[repeat],
              numpy[repeat], bound[repeat]);
    }
  print_figure (&figure);
  printf (
    "figure on %d threads: %.2f s; NumPy %.2f s, %.2f times as long (wanted 1.5); products and "
    "decompositions alone %.2f s, %.0f %% of ours\n",
    THREADS, bench_median (ours, REPEATS), bench_median (numpy, REPEATS),
    bench_median (numpy, REPEATS) / bench_median (ours, REPEATS), bench_median (bound, REPEATS),
    100 * bench_median (bound, REPEATS) / bench_median (ours, REPEATS));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (!ntk_init (&error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("%s\n", ntk_blas_config ());
  time_every ();
  time_mean_field ();
  if (argc > 1)
    time_curve (argv);
  return 0;
}
