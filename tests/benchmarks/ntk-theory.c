#include "bench.h"

#include "ntk.h"

/* What theory costs while a slider moves: 60 widths of random features at D = 20, n = 100, in
 * milliseconds. */

enum
{
  DIM = 20,
  WIDTHS = 60,
  REPEATS = 41
};

typedef struct
{
  NtkSpectrum *spectrum;
  double *power;
} Theory;

static double
width (int i)
{
  return 5 * pow (400, i / (WIDTHS - 1.0));
}

static void
one_ridge (const Theory *self)
{
  NtkErrorParts parts;

  for (int i = 0; i < WIDTHS; i++)
    ntk_finite_d (self->spectrum, self->power, 100, width (i), 0.1, &parts, NULL);
}

static void
tuned_ridge (const Theory *self)
{
  NtkErrorParts parts;

  for (int i = 0; i < WIDTHS; i++)
    ntk_tuned_ridge (self->spectrum, self->power, 100, width (i), 0.5, 1, &parts);
}

static void
peak_ridge (const Theory *self)
{
  double lambda;

  ntk_peak_ridge (self->spectrum, self->power, 100, 5, 2000, 0.5, 0, &lambda, NULL);
}

static void
linear_flow (const Theory *self)
{
  const NtkLinearGroup groups[] = { { 1.0 / 110, 100, 0.5 }, { 0.0025 / 110, 10, 1 } };
  NtkMeanFieldPieces pieces[WIDTHS];
  double times[WIDTHS];

  for (int i = 0; i < WIDTHS; i++)
    times[i] = pow (10, 6 * i / (WIDTHS - 1.0));
  ntk_linear_flow (groups, 2, 0, 300, 0, times, WIDTHS, pieces, NULL);
}

static void
measure (const char *name, void (*run) (const Theory *self), const Theory *theory)
{
  double ms[REPEATS];

  for (int i = 0; i < REPEATS; i++)
    {
      const gint64 start = g_get_monotonic_time ();

      run (theory);
      ms[i] = (g_get_monotonic_time () - start) * 1e-3;
    }
  g_print ("%-32s %8.3f ms\n", name, bench_median (ms, REPEATS));
}

int
main (void)
{
  NtkArchitecture arch = {
    .model = NTK_MODEL_RANDOM_FEATURES, .dim = DIM, .depth = 1, .sigma_w2 = 2, .sigma_v2 = 1
  };
  double power[11] = { 0, 1 };
  Theory theory = { .power = power };

  ntk_init (NULL);
  ntk_activation_init (&arch.activation, "relu", 0);
  theory.spectrum = ntk_spectrum_new (&arch, 10, NULL);
  measure ("60 widths at one ridge", one_ridge, &theory);
  measure ("60 widths at their best ridges", tuned_ridge, &theory);
  measure ("the ridge that removes the peak", peak_ridge, &theory);
  measure ("gradient flow, linear, 60 times", linear_flow, &theory);
  ntk_spectrum_free (theory.spectrum);
  return 0;
}
