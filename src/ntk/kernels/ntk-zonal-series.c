#include "ntk-zonal-series.h"

#include "ntk-init.h"
#include "ntk-sphere.h"
#include "ntk-target-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The spectrum of ntk-zonal.c continued to the directions that 1e10 points see. */

/* Fractions of the total below which an eigenvalue is rounding rather than digits. */
#define RELIABLE (1e7 * NTK_ZONAL_FLOOR)
/* With this many directions in one degree or below, the eigenvalues of the degrees above are small
 * beside any kappa: they act as a ridge. */
#define ENOUGH 1e16
#define SMALLEST 1e-60
/* From a kappa that is so many times the last eigenvalue on, the eigenvalues that are missing do not count. */
#define FAR_FROM_LAST 1e4
/* Degrees up to here one by one, then in blocks of this ratio. */
#define LAST_SINGLE 600
#define BLOCK_RATIO 1.004
/* What the power laws may miss of the sum that they stand for. */
#define TAIL_TOLERANCE 0.02

enum
{
  KERNEL,
  INITIAL,
  N_SPECTRA
};

/* Degrees of one parity beyond `last`: factor nu^{-exponent} (1 + correction/nu^2),
 * nu = k + (D - 2)/2, or geometric. Kernels are analytic in the angle on both sides of the poles, and
 * odd powers of the angle alone give tails, each two degrees below the last: hence no 1/nu. */
typedef struct
{
  int last;
  gboolean analytic;
  double factor[N_SPECTRA], rate[N_SPECTRA]; /* rate: the correction, or log of the ratio */
} Tail;

/* Power of the target in the degrees beyond NTK_MAX_DEGREE, all even: factor nu^{-4} (1 + rate/nu^2);
 * `from` is the edge below which it is in entries already. */
typedef struct
{
  double factor, rate, from;
} PowerTail;

typedef struct
{
  int dim;
  double spectrum[N_SPECTRA][NTK_ZONAL_DEGREE + 1], total[N_SPECTRA];
  int exponent[N_SPECTRA];
  double multiplicity[NTK_ZONAL_DEGREE + 1];
  double power[NTK_MAX_DEGREE + 1]; /* what is not yet in an entry */
  PowerTail power_tail;
  int cut; /* degrees above it act as a ridge */
  GArray *entries;
} Builder;

static gboolean
is_reliable (const Builder *self, int k)
{
  return self->spectrum[KERNEL][k] > RELIABLE * self->total[KERNEL]
         && self->spectrum[INITIAL][k] > RELIABLE * self->total[INITIAL];
}

static double
middle (const Builder *self, double k)
{
  return k + (self->dim - 2) / 2.0;
}

/* The last two degrees of a parity give its tail. FALSE: there is none, as with one parity of a
 * network without biases. */
static gboolean
fit_tail (const Builder *self, int parity, Tail *tail)
{
  int last = parity;

  while (last + 2 <= self->cut && is_reliable (self, last + 2))
    last += 2;
  if (!is_reliable (self, last))
    last = -1;
  *tail = (Tail){ .last = last, .analytic = last + 2 <= self->cut };
  if (last < 2)
    return FALSE;
  for (int which = 0; which < N_SPECTRA; which++)
    {
      const double *s = self->spectrum[which];
      const double nu1 = middle (self, last), nu2 = middle (self, last - 2);
      const double c1 = s[last] * pow (nu1, self->exponent[which]);
      const double c2 = s[last - 2] * pow (nu2, self->exponent[which]);
      const double inverse1 = 1 / (nu1 * nu1), inverse2 = 1 / (nu2 * nu2);
      const double slope = (c1 - c2) / (inverse1 - inverse2);

      tail->factor[which] = tail->analytic ? s[last] : c1 - slope * inverse1;
      tail->rate[which] = tail->analytic ? MIN (log (s[last] / s[last - 2]) / 2, -1e-3)
                                         : slope / tail->factor[which];
    }
  return TRUE;
}

static double
tail_at (const Builder *self, const Tail *tail, int which, double k)
{
  const double nu = middle (self, k);

  if (tail->analytic)
    return tail->factor[which] * exp (tail->rate[which] * (k - tail->last));
  return tail->factor[which] * pow (nu, -self->exponent[which])
         * (1 + tail->rate[which] / (nu * nu));
}

/* (2k + D - 2)/(D - 2)! prod_{j=1}^{D-3} (k + j), also between degrees. */
static double
count_harmonics (int dim, double k)
{
  double count = (2 * k + dim - 2) / (dim - 2);

  for (int j = 1; j <= dim - 3; j++)
    count *= (k + j) / j;
  return count;
}

/* By the last two degrees summed. */
static PowerTail
fit_power_tail (const Builder *self)
{
  const double nu1 = middle (self, NTK_MAX_DEGREE), nu2 = middle (self, NTK_MAX_DEGREE - 2);
  const double c1 = self->power[NTK_MAX_DEGREE] * pow (nu1, 4);
  const double c2 = self->power[NTK_MAX_DEGREE - 2] * pow (nu2, 4);
  const double inverse1 = 1 / (nu1 * nu1), inverse2 = 1 / (nu2 * nu2);
  const double slope = (c1 - c2) / (inverse1 - inverse2), factor = c1 - slope * inverse1;

  return (PowerTail){ factor, slope / factor, NTK_MAX_DEGREE + 1 };
}

/* Power of the target in degrees beyond an edge, half of which are even. */
static double
power_beyond (const Builder *self, double edge)
{
  const double nu = middle (self, edge);

  return self->power_tail.factor / (2 * nu * nu * nu)
         * (1.0 / 3 + self->power_tail.rate / (5 * nu * nu));
}

/* Takes the target's power in the degrees of one parity within `width` from k - 1 on. */
static double
take_power (Builder *self, int k, double width)
{
  double power;

  if (k <= NTK_MAX_DEGREE)
    {
      power = self->power[k];
      self->power[k] = 0;
      return power;
    }
  if (k % 2 || !(self->power_tail.factor > 0))
    return 0;
  power = power_beyond (self, self->power_tail.from);
  self->power_tail.from = k - 1 + width;
  return power - power_beyond (self, self->power_tail.from);
}

static void
add_entry (Builder *self, double lambda, double s, double count, double power)
{
  const NtkZonalEntry entry = { lambda, s, count, power };

  g_array_append_val (self->entries, entry);
}

/* Adds the tail to `series`; returns the sum N lambda of all it added. */
static double
add_tail (Builder *self, const Tail *tail, NtkZonalSeries *series)
{
  const int dim = self->dim;
  double total = 0, directions = 0, k = tail->last + 2, width = 2;

  while (directions < ENOUGH)
    {
      /* A block of single degrees is two wide, for the other parity lies between. */
      const double at = width > 2 ? k - 1 + width / 2 : k;
      const double lambda = tail_at (self, tail, KERNEL, at);
      const double count = count_harmonics (dim, at) * width / 2;

      if (lambda < SMALLEST * self->total[KERNEL])
        return total;
      add_entry (self, lambda, tail_at (self, tail, INITIAL, at), count,
                 take_power (self, k, width));
      total += lambda * count;
      directions += count;
      k += width;
      width = k > LAST_SINGLE ? MAX (2 * floor (k * (BLOCK_RATIO - 1) / 2), 2) : 2;
    }
  if (!tail->analytic)
    for (int which = 0; which < N_SPECTRA; which++)
      {
        /* N lambda falls as k^{D - 2 - exponent} from the edge k - 1 on, half the degrees. */
        const double at = k - 1, fall = self->exponent[which] - dim + 1;
        const double rest = tail_at (self, tail, which, at) * count_harmonics (dim, at)
                            * middle (self, at) / (2 * fall);

        *(which == KERNEL ? &series->lambda_rest : &series->s_rest) += rest;
        total += which == KERNEL ? rest : 0;
      }
  return total;
}

static double
add_head (Builder *self, int parity, int last)
{
  double sum = 0;

  for (int k = parity; k <= last; k += 2)
    {
      const double lambda = self->spectrum[KERNEL][k];

      add_entry (self, lambda, self->spectrum[INITIAL][k], self->multiplicity[k],
                 take_power (self, k, 2));
      sum += lambda * self->multiplicity[k];
    }
  return sum;
}

/* Every entry of both parities; FALSE where the tail is not the power law it should be. */
static gboolean
fill (Builder *self, NtkZonalSeries *series, GError **error)
{
  double head = 0, tails = 0, rest;

  for (int parity = 0; parity < 2; parity++)
    {
      Tail tail;
      const gboolean continued = fit_tail (self, parity, &tail);

      head += add_head (self, parity, tail.last);
      if (continued && tail.analytic)
        series->lowest = MAX (series->lowest, self->spectrum[KERNEL][tail.last]);
      if (continued && self->cut == NTK_ZONAL_DEGREE)
        tails += add_tail (self, &tail, series);
    }
  rest = self->total[KERNEL] - head;
  /* A kernel may be so narrow that no eigenvalue is told from rounding. */
  if (self->cut < NTK_ZONAL_DEGREE && self->entries->len > 0)
    {
      double initial = self->total[INITIAL];

      for (guint i = 0; i < self->entries->len; i++)
        {
          const NtkZonalEntry *entry = &g_array_index (self->entries, NtkZonalEntry, i);

          initial -= entry->count * entry->s;
        }
      series->lambda_rest = MAX (rest, 0);
      series->s_rest = MAX (initial, 0);
      return TRUE;
    }
  /* The total is known, so what the tail should sum to is known: to rounding of the total. */
  if (self->entries->len > 0
      && fabs (tails - rest) <= TAIL_TOLERANCE * fabs (rest) + 1e-12 * self->total[KERNEL])
    return TRUE;
  g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN,
               _ ("The spectrum of this kernel is not regular enough by degree %d to be continued"),
               NTK_ZONAL_DEGREE);
  return FALSE;
}

/* The target's power; FALSE for unknown ones. */
static gboolean
fill_power (Builder *self, const char *target, GError **error)
{
  if (target == NULL)
    return TRUE;
  if (!ntk_target_power (target, self->dim, NTK_MAX_DEGREE, self->power, error))
    return FALSE;
  if (ntk_target_is_kinked (target))
    self->power_tail = fit_power_tail (self);
  return TRUE;
}

/* The entries go to the caller; target power that is in none of them is left over. */
static void
finish (Builder *self, NtkZonalSeries *series)
{
  for (int k = 0; k <= NTK_MAX_DEGREE; k++)
    series->power_rest += self->power[k];
  if (self->power_tail.factor > 0)
    series->power_rest += power_beyond (self, self->power_tail.from);
  series->n_entries = self->entries->len;
  series->entries = (NtkZonalEntry *) g_array_free (self->entries, FALSE);
}

/* From the spectra to the series. */
static gboolean
build (Builder *self, NtkZonalSeries *series, GError **error)
{
  gboolean ok;

  ntk_sphere_multiplicities (self->dim, NTK_ZONAL_DEGREE + 1, self->multiplicity);
  while (self->cut < NTK_ZONAL_DEGREE && self->multiplicity[self->cut] < ENOUGH)
    self->cut++;
  self->entries = g_array_new (FALSE, FALSE, sizeof (NtkZonalEntry));
  ok = fill (self, series, error);
  finish (self, series);
  return ok;
}

gboolean
ntk_zonal_series_init (NtkZonalSeries *self, const NtkArchitecture *arch, gboolean nngp,
                       const char *target, GError **error)
{
  Builder builder = { .dim = arch->dim, .exponent = { arch->dim + (nngp ? 2 : 0), arch->dim + 2 } };

  *self = (NtkZonalSeries){ 0 };
  if (!ntk_zonal_spectrum (arch, NTK_ZONAL_DEGREE, builder.spectrum[KERNEL],
                           builder.spectrum[INITIAL], &builder.total[KERNEL],
                           &builder.total[INITIAL], error)
      || !fill_power (&builder, target, error))
    return FALSE;
  if (nngp)
    {
      memcpy (builder.spectrum[KERNEL], builder.spectrum[INITIAL], sizeof builder.spectrum[KERNEL]);
      builder.total[KERNEL] = builder.total[INITIAL];
    }
  return build (&builder, self, error);
}

/* Degree by degree, to where there are more directions than points or the eigenvalues end. */
static void
fill_gauss (Builder *self, double length_scale, NtkZonalSeries *series)
{
  double directions = 0, sum = 0;
  int n_degrees, k;
  g_autofree double *lambda = ntk_zonal_gauss (self->dim, length_scale, &n_degrees);

  for (k = 0; k < n_degrees && directions < ENOUGH; k++)
    {
      const double count = count_harmonics (self->dim, k);

      add_entry (self, lambda[k], lambda[k], count, take_power (self, k, 2));
      directions += count;
      sum += lambda[k] * count;
    }
  if (directions < ENOUGH)
    series->lowest = FAR_FROM_LAST * lambda[k - 1];
  else
    series->lambda_rest = series->s_rest = MAX (1 - sum, 0);
}

gboolean
ntk_zonal_series_init_radial (NtkZonalSeries *self, const char *kernel, double length_scale,
                              int dim, const char *target, GError **error)
{
  Builder builder = { .dim = dim, .total = { 1, 1 } };
  int twice_nu;

  *self = (NtkZonalSeries){ 0 };
  if (strcmp (kernel, "rbf") == 0 && dim >= 3)
    {
      if (!fill_power (&builder, target, error))
        return FALSE;
      builder.entries = g_array_new (FALSE, FALSE, sizeof (NtkZonalEntry));
      fill_gauss (&builder, length_scale, self);
      finish (&builder, self);
      return TRUE;
    }
  if (!ntk_zonal_radial (kernel, length_scale, dim, NTK_ZONAL_DEGREE, builder.spectrum[KERNEL],
                         &twice_nu, error)
      || !fill_power (&builder, target, error))
    return FALSE;
  memcpy (builder.spectrum[INITIAL], builder.spectrum[KERNEL], sizeof builder.spectrum[KERNEL]);
  builder.exponent[KERNEL] = builder.exponent[INITIAL] = dim - 1 + twice_nu;
  return build (&builder, self, error);
}

void
ntk_zonal_series_clear (NtkZonalSeries *self)
{
  g_clear_pointer (&self->entries, g_free);
}
