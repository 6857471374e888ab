#include "ntk-private.h"

#include "ntk-init.h"
#include "ntk-mean-field.h"
#include "ntk-target.h"

#include <math.h>
#include <string.h>

/* The sums over the spectrum depend on kappa alone, so they are tabulated over log kappa with their
 * derivatives, and n, sigma, alpha and the ridge only recombine them:
 *   T1 = sum N lambda/(lambda + kappa),  T2 = sum N (lambda/(lambda + kappa))^2,
 *   B0 = sum b (kappa/(lambda + kappa))^2,  I0 = sum N s (kappa/(lambda + kappa))^2;
 *   R = kappa (n - T1),  error = (B0 + sigma^2 T2/n + alpha^2 I0)/(1 - T2/n). */

#define KNOTS_PER_DECADE 96
#define STEP (G_LN10 / KNOTS_PER_DECADE)
/* Above the largest eigenvalue by this much the predictor is 0. */
#define TOP 1e9
/* Of the largest eigenvalue: below it kappa leaves the range of doubles. */
#define BOTTOM 1e-300
/* Between knots of the search for the best ridge, in STEPs: all is smooth over factors of e. */
#define STRIDE 9
/* Minima on the coarse grid within this of the least are refined; differences below FLAT are
 * rounding. */
#define RIVAL 1.05
#define FLAT 1e-12

/* What the noise without ridge is below the equations' in D dimensions, for kernels with a kink of
 * |x - x'|: of simulations of the Laplace kernel with 384 points (D = 3..8 and 11, to .002), those
 * between interpolated. The fit there is local, so that the dimension alone matters. */
static const double deficits[]
  = { 0, 0, 0, 0.158, 0.0855, 0.051, 0.0335, 0.0233, 0.0162, 0.0125, 0.0096, 0.0074 };

/* A value and its derivative in log kappa. */
typedef struct
{
  double value, slope;
} Knot;

struct _NtkMeanField
{
  gint ref_count; /* atomic */
  double deficit; /* of noise without ridge */
  int n_knots;
  double lowest; /* log kappa of the first knot */
  double trace;  /* sum N lambda */
  Knot *T1, *T2, *B0, *I0;
  NtkMeanFieldFlow *flow;
};

/* ---- The table ---- */

typedef struct
{
  double *kappa, *T1, *T1v, *T1wv, *I0, *I0w, *B0, *B0w;
} Sums;

/* With w = lambda/(lambda + kappa) and v = 1 - w: T2 = T1 - sum N w v, and the derivatives are
 * T1' = -sum N w v, T2' = -2 sum N w^2 v, I0' = 2 sum N s v^2 w. */
static void
add_entry (const Sums *sums, int n_knots, const NtkZonalEntry *entry)
{
  const double lambda = entry->lambda, count = entry->count, s = entry->count * entry->s;
  const double *restrict kappa = sums->kappa;
  double *restrict T1 = sums->T1, *restrict T1v = sums->T1v, *restrict T1wv = sums->T1wv;
  double *restrict I0 = sums->I0, *restrict I0w = sums->I0w;

  for (int i = 0; i < n_knots; i++)
    {
      const double u = 1 / (lambda + kappa[i]), w = lambda * u, v = kappa[i] * u;
      const double share = count * w, left = s * v * v;

      T1[i] += share;
      T1v[i] += share * v;
      T1wv[i] += share * w * v;
      I0[i] += left;
      I0w[i] += left * w;
    }
  if (entry->power > 0)
    for (int i = 0; i < n_knots; i++)
      {
        const double u = 1 / (lambda + kappa[i]), v = kappa[i] * u;

        sums->B0[i] += entry->power * v * v;
        sums->B0w[i] += entry->power * v * v * lambda * u;
      }
}

static void
tabulate (NtkMeanField *self, const NtkZonalSeries *series)
{
  const int n = self->n_knots;
  g_autofree double *space = g_new0 (double, 8 * (gsize) n);
  const Sums sums = { space,         space + n,     space + 2 * n, space + 3 * n,
                      space + 4 * n, space + 5 * n, space + 6 * n, space + 7 * n };

  for (int i = 0; i < n; i++)
    sums.kappa[i] = exp (self->lowest + i * STEP);
  for (guint e = 0; e < series->n_entries; e++)
    add_entry (&sums, n, &series->entries[e]);
  for (int i = 0; i < n; i++)
    {
      /* The rest has eigenvalues too small for any kappa here: v = 1, w = 0, N w = rest/kappa. */
      const double rest = series->lambda_rest / sums.kappa[i];

      self->T1[i] = (Knot){ sums.T1[i] + rest, -sums.T1v[i] - rest };
      self->T2[i] = (Knot){ sums.T1[i] - sums.T1v[i], -2 * sums.T1wv[i] };
      self->B0[i] = (Knot){ sums.B0[i] + series->power_rest, 2 * sums.B0w[i] };
      self->I0[i] = (Knot){ sums.I0[i] + series->s_rest, 2 * sums.I0w[i] };
    }
}

/* T1 at one kappa. */
static double
count_directions (const NtkZonalSeries *series, double kappa)
{
  double sum = series->lambda_rest / kappa;

  for (guint e = 0; e < series->n_entries; e++)
    sum += series->entries[e].count * series->entries[e].lambda
           / (series->entries[e].lambda + kappa);
  return sum;
}

/* From where there are more directions than points, or the eigenvalues end, to where there are
 * none. */
static void
choose_knots (NtkMeanField *self, const NtkZonalSeries *series)
{
  double largest = 0, low;

  self->trace = series->lambda_rest;
  for (guint e = 0; e < series->n_entries; e++)
    {
      largest = MAX (largest, series->entries[e].lambda);
      self->trace += series->entries[e].count * series->entries[e].lambda;
    }
  for (low = largest; low > BOTTOM * largest && count_directions (series, low) < NTK_ZONAL_REACH;)
    low /= 2;
  low = MAX (low, series->lowest);
  self->lowest = log (low);
  self->n_knots = 2 + (int) ceil ((log (TOP * MAX (largest, self->trace)) - self->lowest) / STEP);
}

static double
find_deficit (gboolean kinked, int dim)
{
  return kinked && dim < (int) G_N_ELEMENTS (deficits) ? deficits[dim] : 0;
}

/* D from which on the equations alone hold, of kinks of |x - x'|, its third and its fifth power. */
static const int least_dims[] = { 2, 5, 6 };

double
ntk_noise_limit (int dim, int twice_nu)
{
  g_return_val_if_fail (twice_nu % 2 == 1 && twice_nu >= 1 && twice_nu <= 5, NAN);

  if (dim < least_dims[twice_nu / 2])
    return NAN;
  if (dim == 2)
    return 2.0 / 3;
  return twice_nu / (dim - 1.0) * (1 - find_deficit (twice_nu == 1, dim));
}

double
ntk_ridgeless_noise (const NtkRidgeless *self, double V)
{
  return self->deficit > 0 ? V * (1 - self->deficit * pow (V / self->end, 1.3)) : V;
}

NtkMeanField *
ntk_mean_field_new_series (const NtkZonalSeries *series, double deficit, gboolean flow,
                           GError **error)
{
  NtkMeanField *self = g_new0 (NtkMeanField, 1);

  self->ref_count = 1;
  self->deficit = deficit;
  choose_knots (self, series);
  self->T1 = g_new (Knot, self->n_knots);
  self->T2 = g_new (Knot, self->n_knots);
  self->B0 = g_new (Knot, self->n_knots);
  self->I0 = g_new (Knot, self->n_knots);
  tabulate (self, series);
  if (flow && !(self->flow = ntk_mean_field_flow_new (series, self, error)))
    g_clear_pointer (&self, ntk_mean_field_unref);
  return self;
}

NtkMeanField *
ntk_mean_field_new (const NtkArchitecture *arch, gboolean nngp, const char *target, gboolean flow,
                    GError **error)
{
  const NtkActivation *activation = &arch->activation;
  NtkZonalSeries series;
  NtkMeanField *self = NULL;

  g_return_val_if_fail (arch != NULL, NULL);

  if (ntk_zonal_series_init (&series, arch, nngp, target, error))
    {
      const gboolean kinked = activation->type->homogeneous && activation->a != activation->b;

      self = ntk_mean_field_new_series (&series, find_deficit (kinked && !nngp, arch->dim), flow,
                                        error);
    }
  ntk_zonal_series_clear (&series);
  return self;
}

NtkMeanField *
ntk_mean_field_new_radial (const char *kernel, double length_scale, int dim, const char *target,
                           gboolean flow, GError **error)
{
  NtkZonalSeries series;
  NtkMeanField *self = NULL;

  g_return_val_if_fail (kernel != NULL && length_scale > 0, NULL);

  if (ntk_zonal_series_init_radial (&series, kernel, length_scale, dim, target, error))
    {
      const gboolean kinked = strcmp (kernel, "laplace") == 0 || strcmp (kernel, "matern-1/2") == 0;

      self = ntk_mean_field_new_series (&series, find_deficit (kinked, dim), flow, error);
    }
  ntk_zonal_series_clear (&series);
  return self;
}

NtkMeanField *
ntk_mean_field_ref (NtkMeanField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ntk_mean_field_unref (NtkMeanField *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->T1);
  g_free (self->T2);
  g_free (self->B0);
  g_free (self->I0);
  g_free (self->flow);
  g_free (self);
}

/* ---- Recombination ---- */

/* Cubic through two knots and their slopes, at `at` in 0..1 between them. */
static inline double
hermite (const Knot *knots, double at)
{
  const double left = 1 - at;

  return left * left * ((1 + 2 * at) * knots[0].value + at * STEP * knots[0].slope)
         + at * at * ((1 + 2 * left) * knots[1].value - left * STEP * knots[1].slope);
}

/* A place in the table. */
typedef struct
{
  int knot;
  double at;
} Place;

static inline Place
place (const NtkMeanField *self, double x)
{
  const double steps = CLAMP ((x - self->lowest) / STEP, 0, self->n_knots - 1.0);
  const int knot = MIN ((int) steps, self->n_knots - 2);

  return (Place){ knot, steps - knot };
}

typedef struct
{
  double n, sigma2, alpha2;
  NtkRidgeless noise;
} Setting;

static inline double
combine (const Setting *setting, double B0, double T2, double I0)
{
  const double g = T2 / setting->n;

  return (B0 + setting->alpha2 * I0) / (1 - g)
         + setting->sigma2 * ntk_ridgeless_noise (&setting->noise, g / (1 - g));
}

static double
error_at (const NtkMeanField *self, const Setting *setting, double x)
{
  Place p;

  if (isnan (x))
    return NAN;
  p = place (self, x);
  return combine (setting, hermite (self->B0 + p.knot, p.at), hermite (self->T2 + p.knot, p.at),
                  hermite (self->I0 + p.knot, p.at));
}

static double
ridge_at (const NtkMeanField *self, double n, double x)
{
  const Place p = place (self, x);

  return exp (x) * MAX (n - hermite (self->T1 + p.knot, p.at), 0);
}

/* log kappa where kappa (n - T1) = R, NaN where that is below the lowest knot. kappa (n - T1) rises with
 * kappa from where it is positive. */
static double
find_kappa (const NtkMeanField *self, double n, double R)
{
  int low = 0, high = self->n_knots - 1;
  double left = 0, right = 1;

  if (exp (self->lowest) * (n - self->T1[0].value) > R)
    return NAN;
  while (high - low > 1)
    {
      const int middle = (low + high) / 2;
      const double kappa = exp (self->lowest + middle * STEP);

      if (kappa * (n - self->T1[middle].value) > R)
        high = middle;
      else
        low = middle;
    }
  /* 45 halvings of a step leave its last bits. */
  for (int i = 0; i < 45; i++)
    {
      const double at = (left + right) / 2, kappa = exp (self->lowest + (low + at) * STEP);

      if (kappa * (n - hermite (self->T1 + low, at)) > R)
        right = at;
      else
        left = at;
    }
  return self->lowest + (low + (left + right) / 2) * STEP;
}

/* Noise at n, of which x is log kappa without ridge. */
static NtkRidgeless
noise_at (const NtkMeanField *self, double n, double x)
{
  NtkRidgeless noise = { self->deficit, 0 };

  if (self->deficit > 0)
    {
      const Place p = place (self, x);
      const double g = hermite (self->T2 + p.knot, p.at) / n;

      noise.end = g / (1 - g);
    }
  return noise;
}

static Setting
setting_new (const NtkMeanField *self, double n, double end, double sigma, double alpha)
{
  return (Setting){ n, sigma * sigma, alpha * alpha, noise_at (self, n, end) };
}

typedef struct
{
  const NtkMeanField *self;
  const Setting *setting;
} Objective;

static double
objective (double x, gconstpointer data)
{
  const Objective *o = data;

  return error_at (o->self, o->setting, x);
}

/* The error is smooth over factors of e, and has one minimum between. At the minimum half the
 * digits of x are enough for all of the error's. */
static double
refine (const NtkMeanField *self, const Setting *setting, double from, double x, double to)
{
  return ntk_minimum (objective, &(Objective){ self, setting }, from, x, to, 1e-6);
}

static inline double
error_at_knot (const NtkMeanField *self, const Setting *setting, int knot)
{
  knot = MIN (knot, self->n_knots - 1);
  return combine (setting, self->B0[knot].value, self->T2[knot].value, self->I0[knot].value);
}

/* log kappa of least error at or above `from`, NaN where that is the end of what is known: rivals on a coarse grid are refined, for there may be
 * a minimum for every degree that is being learnt. */
static double
find_best (const NtkMeanField *self, const Setting *setting, double end)
{
  const double from = isnan (end) ? self->lowest : end;
  const int first = (int) ceil ((from - self->lowest) / STEP);
  const double top = self->lowest + (self->n_knots - 1) * STEP;
  double best = from, least = error_at (self, setting, from), coarse = least;

  for (int knot = first; knot < self->n_knots; knot += STRIDE)
    coarse = MIN (coarse, error_at_knot (self, setting, knot));
  for (int knot = first; knot < self->n_knots; knot += STRIDE)
    {
      const double here = error_at_knot (self, setting, knot);
      const double after = error_at_knot (self, setting, knot + STRIDE);
      const double before = knot - STRIDE < first ? INFINITY
                                                  : error_at_knot (self, setting, knot - STRIDE);
      double x = self->lowest + knot * STEP;

      if (here > RIVAL * coarse || here > before || here > after)
        continue;
      if (MAX (before, after) > (1 + FLAT) * here)
        x = refine (self, setting, MAX (x - STRIDE * STEP, from), x,
                    MIN (x + STRIDE * STEP, top));
      if (error_at (self, setting, x) < least)
        {
          least = error_at (self, setting, x);
          best = x;
        }
    }
  return best > from ? best : end;
}

double
ntk_mean_field_kappa (const NtkMeanField *self, double n)
{
  return exp (find_kappa (self, n, 0));
}

static NtkMeanFieldPieces
pieces_at (const NtkMeanField *self, const Setting *setting, double x)
{
  const double n = setting->n;
  const Setting target = { .n = n };
  Place p;
  double g;

  if (isnan (x))
    return (NtkMeanFieldPieces){ NAN, NAN, NAN, NAN, INFINITY };
  p = place (self, x);
  g = hermite (self->T2 + p.knot, p.at) / n;
  return (NtkMeanFieldPieces){ .B = error_at (self, &target, x),
                               .V = ntk_ridgeless_noise (&setting->noise, g / (1 - g)),
                               .init = hermite (self->I0 + p.knot, p.at) / (1 - g),
                               .time = INFINITY };
}

NtkMeanFieldPieces
ntk_mean_field_plain_end (const NtkMeanField *self, double n)
{
  return pieces_at (self, &(Setting){ .n = n }, find_kappa (self, n, 0));
}

static inline double
sum_up (const NtkMeanFieldPieces *pieces, double sigma, double alpha)
{
  return pieces->B + sigma * sigma * pieces->V + alpha * alpha * pieces->init;
}

NtkMeanFieldPieces
ntk_mean_field_pieces (const NtkMeanField *self, double n, NtkMeanFieldStop stop, double sigma,
                       double alpha)
{
  NtkMeanFieldPieces pieces = { 0 };
  Setting setting;
  double x;

  g_return_val_if_fail (self != NULL && n >= 1 && n <= NTK_MEAN_FIELD_LARGEST, pieces);
  g_return_val_if_fail (stop != NTK_MEAN_FIELD_FLOW || self->flow != NULL, pieces);

  x = find_kappa (self, n, 0);
  setting = setting_new (self, n, x, sigma, alpha);
  if (stop == NTK_MEAN_FIELD_BEST)
    {
      x = find_best (self, &setting, x);
      pieces = pieces_at (self, &setting, x);
      pieces.ridge = isnan (x) ? NAN : ridge_at (self, n, x);
      return pieces;
    }
  pieces = pieces_at (self, &setting, x);
  if (stop == NTK_MEAN_FIELD_END)
    return pieces;
  return ntk_mean_field_flow_best (self->flow, n, sigma, alpha, &setting.noise, &pieces);
}

/* An error below rounding is not known. */
static double
known (double error)
{
  return error > 0 ? error : NAN;
}

double
ntk_mean_field_error (const NtkMeanField *self, double n, NtkMeanFieldStop stop, double sigma,
                      double alpha)
{
  const NtkMeanFieldPieces pieces = ntk_mean_field_pieces (self, n, stop, sigma, alpha);

  return known (sum_up (&pieces, sigma, alpha));
}

double
ntk_mean_field_ridge_error (const NtkMeanField *self, double n, double R, double sigma,
                            double alpha)
{
  Setting setting;

  g_return_val_if_fail (self != NULL && n >= 1 && n <= NTK_MEAN_FIELD_LARGEST && R >= 0, 0);

  setting = setting_new (self, n, find_kappa (self, n, 0), sigma, alpha);
  return error_at (self, &setting, find_kappa (self, n, R));
}

double
ntk_mean_field_time_error (const NtkMeanField *self, double n, double t, double sigma, double alpha)
{
  NtkMeanFieldPieces pieces;
  NtkRidgeless noise;

  g_return_val_if_fail (self != NULL && n >= 1 && n <= NTK_MEAN_FIELD_LARGEST, 0);
  g_return_val_if_fail (t >= NTK_MEAN_FIELD_FIRST_TIME, 0);

  if (t > NTK_MEAN_FIELD_LAST_TIME)
    return ntk_mean_field_error (self, n, NTK_MEAN_FIELD_END, sigma, alpha);
  g_return_val_if_fail (self->flow != NULL, 0);
  noise = noise_at (self, n, find_kappa (self, n, 0));
  pieces = ntk_mean_field_flow_at (self->flow, n, t);
  pieces.V = ntk_ridgeless_noise (&noise, pieces.V);
  return known (sum_up (&pieces, sigma, alpha));
}

double
ntk_mean_field_slope (const NtkMeanField *self, double n, NtkMeanFieldStop stop, double sigma,
                      double alpha)
{
  /* A central difference: its own error is of order 1e-6. */
  const double ratio = 1.003;
  const double low = MAX (n / ratio, 1), high = MIN (n * ratio, NTK_MEAN_FIELD_LARGEST);

  g_return_val_if_fail (self != NULL && n >= 1 && n <= NTK_MEAN_FIELD_LARGEST, 0);

  return log (ntk_mean_field_error (self, high, stop, sigma, alpha)
              / ntk_mean_field_error (self, low, stop, sigma, alpha))
         / log (high / low);
}
