#include "bench.h"

#include "ntk.h"

/* A draw in its eigenbasis: the time to make one, and to evaluate it at one stop and at many. */

enum
{
  DIM = 10,
  N_TEST = 1000,
  LARGEST = 400,
  STOPS = 100,
  REPEATS = 15
};

typedef struct
{
  double *X, *K, *S, *s_diag, *f, *noise;
  NtkLearning learning;
} Draw;

static void
draw_init (Draw *self, int n)
{
  const int n_points = n + N_TEST;
  NtkArchitecture arch = {
    .model = NTK_MODEL_LINEARISED, .dim = DIM, .depth = 1, .sigma_w2 = 2, .sigma_v2 = 1
  };
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  g_autoptr (NtkTarget) target = ntk_target_new ("linear", DIM, streams, NULL);

  ntk_activation_init (&arch.activation, "relu", 0);
  self->X = g_new (double, DIM *n_points);
  self->K = ntk_try_alloc (n_points, n, "the kernel", NULL);
  self->S = ntk_try_alloc (n_points, n, "the kernel", NULL);
  self->s_diag = g_new (double, n_points);
  self->f = g_new (double, n_points);
  self->noise = g_new (double, n_points);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, DIM, n, self->X);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TEST_INPUT, DIM, N_TEST, self->X + DIM * n);
  ntk_target_eval (target, self->X, n_points, self->f);
  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, n_points, self->noise);
  if (!ntk_infinite_kernel (&arch, self->X, n, n_points, self->K, self->S, self->s_diag, NULL))
    exit (1);
  self->learning = (NtkLearning){ .n_max = n,
                                  .n_points = n_points,
                                  .K = self->K,
                                  .f = self->f,
                                  .noise = self->noise,
                                  .cutoff = NTK_EIGENVALUE_CUTOFF };
}

static void
draw_clear (Draw *self)
{
  g_free (self->X);
  g_free (self->K);
  g_free (self->S);
  g_free (self->s_diag);
  g_free (self->f);
  g_free (self->noise);
}

/* Median of the time of one evaluation, each of `inner` in a row. */
static double
time_eval (const NtkModes *modes, int n_stops, int inner)
{
  NtkStop stops[STOPS];
  NtkGram test[STOPS], train[STOPS];
  double times[REPEATS];

  for (int s = 0; s < n_stops; s++)
    stops[s] = (NtkStop){ pow (10, -1 + 7.0 * s / STOPS), 0 };
  for (int repeat = 0; repeat < REPEATS; repeat++)
    {
      const double start = bench_now ();

      for (int i = 0; i < inner; i++)
        if (!ntk_modes_eval (modes, stops, n_stops, test, train, NULL, NULL))
          exit (1);
      times[repeat] = (bench_now () - start) / inner;
    }
  return bench_median (times, REPEATS);
}

static void
time_modes (int n, const char *kind, gboolean start, gboolean expected)
{
  double made[REPEATS];
  g_autoptr (NtkModes) modes = NULL;
  Draw draw;

  draw_init (&draw, n);
  if (start)
    draw.learning.initial = draw.f;
  if (expected)
    {
      draw.learning.S = draw.S;
      draw.learning.s_diag = draw.s_diag;
    }
  for (int repeat = 0; repeat < REPEATS; repeat++)
    {
      const double begin = bench_now ();

      g_clear_pointer (&modes, ntk_modes_unref);
      modes = ntk_modes_new (&draw.learning, n, NULL);
      made[repeat] = bench_now () - begin;
    }
  printf ("n %d, %s: made in %.1f ms, %.2f MB; 1 stop %.1f us, %d stops %.2f ms\n", n, kind,
          1e3 * bench_median (made, REPEATS), 1e-6 * ntk_modes_get_size (modes),
          1e6 * time_eval (modes, 1, 200), STOPS, 1e3 * time_eval (modes, STOPS, 4));
  draw_clear (&draw);
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
  printf ("%s\n", ntk_blas_config ());
  for (int n = 100; n <= LARGEST; n += 100)
    {
      time_modes (n, "no initial function", FALSE, FALSE);
      time_modes (n, "drawn initial function", TRUE, FALSE);
      time_modes (n, "law of the initial function", FALSE, TRUE);
    }
  return 0;
}
