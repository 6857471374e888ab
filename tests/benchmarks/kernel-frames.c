#include "bench.h"

#include "ntk.h"

/* What follows a hand at every frame: profiles of ten depths by the angle, of each kind of activation and at
 * variances from small to large; the kernel of one network; and a fit whose eigenbasis is kept, at another time.
 * Medians in ms; a frame is 16 ms. */

enum
{
  ANGLES = 721,
  DEPTH = 10,
  REPEATS = 9,
  TRAIN = 800,
  POINTS = 1161,
  COLUMNS = 4,
};

static double angle[ANGLES], ntk[ANGLES * DEPTH], nngp[ANGLES * DEPTH];

static NtkArchitecture
architecture (const char *name, int depth, double sigma_w2, double sigma_b2)
{
  NtkArchitecture arch = { .model = NTK_MODEL_LINEARISED,
                           .dim = 10,
                           .depth = depth,
                           .sigma_b2 = sigma_b2,
                           .sigma_v2 = 1 };

  ntk_activation_init (&arch.activation, name, 0.1);
  arch.sigma_w2 = sigma_w2 > 0 ? sigma_w2 : ntk_activation_default_sigma_w2 (&arch.activation);
  return arch;
}

static void
time_profile (const char *name, double sigma_w2, double sigma_b2)
{
  const NtkArchitecture arch = architecture (name, 1, sigma_w2, sigma_b2);
  double seconds[REPEATS];

  for (int i = 0; i < REPEATS; i++)
    {
      const double start = bench_now ();

      ntk_profile (&arch, angle, ANGLES, DEPTH, ntk, nngp, NULL);
      seconds[i] = bench_now () - start;
    }
  printf ("profile %-6s sigma_w2 %4.1f sigma_b2 %g: %7.3f\n", name, arch.sigma_w2, sigma_b2,
          1e3 * bench_median (seconds, REPEATS));
}

static void
time_network (int width, int depth)
{
  const NtkArchitecture arch = architecture ("relu", depth, 0, 0);
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  double seconds[REPEATS];

  for (int i = 0; i < REPEATS; i++)
    {
      const double start = bench_now ();

      ntk_network_profile (&arch, width, streams, angle, ANGLES, NULL, NULL, ntk, nngp, NULL);
      seconds[i] = bench_now () - start;
    }
  printf ("network of width %4d, depth %d: %7.3f\n", width, depth,
          1e3 * bench_median (seconds, REPEATS));
}

static void
time_fit (void)
{
  const NtkArchitecture arch = architecture ("relu", 1, 0, 0);
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  g_autofree double *X = g_new (double, POINTS * arch.dim);
  g_autofree double *K = g_new (double, (gsize) POINTS * TRAIN);
  g_autofree double *z = g_new (double, TRAIN * COLUMNS), *f = g_new (double, POINTS * COLUMNS);
  g_autoptr (NtkSpectralFit) fit = NULL;
  double seconds[REPEATS], start;

  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, arch.dim, POINTS, X);
  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, TRAIN * COLUMNS, z);
  ntk_infinite_kernel (&arch, X, TRAIN, POINTS, K, NULL, NULL, NULL);
  start = bench_now ();
  fit = ntk_spectral_fit_new (K, POINTS, TRAIN, POINTS, 1e-10, NULL, NULL, NULL);
  printf ("eigenbasis of %d points: %.1f\n", TRAIN, 1e3 * (bench_now () - start));
  for (int i = 0; i < REPEATS; i++)
    {
      const NtkStop stop = { .time = 10 + i };

      start = bench_now ();
      ntk_spectral_fit_eval (fit, z, COLUMNS, &stop, NULL, f, NULL);
      seconds[i] = bench_now () - start;
    }
  printf ("%d fits at %d points at another time: %.3f\n", COLUMNS, POINTS,
          1e3 * bench_median (seconds, REPEATS));
}

int
main (void)
{
  static const char *const names[] = { "relu", "erf", "gelu", "sin", "swish", "tanh" };

  ntk_init (NULL);
  for (int i = 0; i < ANGLES; i++)
    angle[i] = G_PI * i / (ANGLES - 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    time_profile (names[i], 0, 0);
  for (double sigma_w2 = 1; sigma_w2 < 10; sigma_w2 *= 2)
    time_profile ("tanh", sigma_w2, 1);
  for (int depth = 1; depth <= 3; depth++)
    for (int width = 64; width <= 1024; width *= 4)
      time_network (width, depth);
  time_fit ();
  return 0;
}
