#include "ntk-mean-field-flow.h"
#include "ntk-minimum.h"

#include <math.h>

/* The sums of ntk-mean-field-table.c recombined. */

/* Between knots of the search for the best ridge, in steps: all is smooth over factors of e. */
#define STRIDE 9
/* Minima on the coarse grid within this of the least are refined; differences below FLAT are
 * rounding. */
#define RIVAL 1.05
#define FLAT 1e-12

/* Cubic through two knots and their slopes, at `at` in 0..1 between them. */
static inline double
hermite (const NtkKnot *knots, double at)
{
  const double left = 1 - at;

  return left * left * ((1 + 2 * at) * knots[0].value + at * NTK_MEAN_FIELD_STEP * knots[0].slope)
         + at * at
             * ((1 + 2 * left) * knots[1].value - left * NTK_MEAN_FIELD_STEP * knots[1].slope);
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
  const double steps = CLAMP ((x - self->lowest) / NTK_MEAN_FIELD_STEP, 0, self->n_knots - 1.0);
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
      const double kappa = exp (self->lowest + middle * NTK_MEAN_FIELD_STEP);

      if (kappa * (n - self->T1[middle].value) > R)
        high = middle;
      else
        low = middle;
    }
  /* 45 halvings of a step leave its last bits. */
  for (int i = 0; i < 45; i++)
    {
      const double at = (left + right) / 2,
                   kappa = exp (self->lowest + (low + at) * NTK_MEAN_FIELD_STEP);

      if (kappa * (n - hermite (self->T1 + low, at)) > R)
        right = at;
      else
        left = at;
    }
  return self->lowest + (low + (left + right) / 2) * NTK_MEAN_FIELD_STEP;
}

/* Noise at n, of which x is log kappa without ridge; NaN where that is not known. */
static NtkRidgeless
noise_at (const NtkMeanField *self, double n, double x)
{
  NtkRidgeless noise = { self->deficit, isnan (x) ? NAN : 0 };

  if (self->deficit > 0 && !isnan (x))
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

/* log kappa of least error, at or above that without ridge, or NaN where that is the end of what is
 * known: rivals on a coarse grid are refined, for there may be a minimum for every degree that is
 * being learnt. */
static double
find_best (const NtkMeanField *self, const Setting *setting, double end)
{
  const double from = isnan (end) ? self->lowest : end;
  const int first = (int) ceil ((from - self->lowest) / NTK_MEAN_FIELD_STEP);
  const double top = self->lowest + (self->n_knots - 1) * NTK_MEAN_FIELD_STEP;
  double best = from, least = error_at (self, setting, from), coarse = least;

  for (int knot = first; knot < self->n_knots; knot += STRIDE)
    coarse = MIN (coarse, error_at_knot (self, setting, knot));
  for (int knot = first; knot < self->n_knots; knot += STRIDE)
    {
      const double here = error_at_knot (self, setting, knot);
      const double after = error_at_knot (self, setting, knot + STRIDE);
      const double before = knot - STRIDE < first ? INFINITY
                                                  : error_at_knot (self, setting, knot - STRIDE);
      double x = self->lowest + knot * NTK_MEAN_FIELD_STEP;

      if (here > RIVAL * coarse || here > before || here > after)
        continue;
      if (MAX (before, after) > (1 + FLAT) * here)
        x = refine (self, setting, MAX (x - STRIDE * NTK_MEAN_FIELD_STEP, from), x,
                    MIN (x + STRIDE * NTK_MEAN_FIELD_STEP, top));
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
  const Place p = place (self, isnan (x) ? 0 : x);
  const double g = hermite (self->T2 + p.knot, p.at) / n;

  if (isnan (x) || 1 - g < NTK_MEAN_FIELD_LEAST)
    return (NtkMeanFieldPieces){ NAN, NAN, NAN, NAN, INFINITY };
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

NtkMeanFieldPieces
ntk_mean_field_ridge_pieces (const NtkMeanField *self, double n, double R)
{
  NtkMeanFieldPieces pieces = { 0 };
  Setting setting;

  g_return_val_if_fail (self != NULL && n >= 1 && n <= NTK_MEAN_FIELD_LARGEST && R >= 0, pieces);

  setting = setting_new (self, n, find_kappa (self, n, 0), 0, 0);
  pieces = pieces_at (self, &setting, find_kappa (self, n, R));
  pieces.ridge = R;
  return pieces;
}

double
ntk_mean_field_ridge_error (const NtkMeanField *self, double n, double R, double sigma,
                            double alpha)
{
  const NtkMeanFieldPieces pieces = ntk_mean_field_ridge_pieces (self, n, R);

  return known (sum_up (&pieces, sigma, alpha));
}

NtkMeanFieldPieces
ntk_mean_field_time_pieces (const NtkMeanField *self, double n, double t)
{
  NtkMeanFieldPieces pieces = { 0 };
  NtkRidgeless noise;

  g_return_val_if_fail (self != NULL && n >= 1 && n <= NTK_MEAN_FIELD_LARGEST, pieces);
  g_return_val_if_fail (t >= NTK_MEAN_FIELD_FIRST_TIME, pieces);

  if (t > NTK_MEAN_FIELD_LAST_TIME)
    return ntk_mean_field_ridge_pieces (self, n, 0);
  g_return_val_if_fail (self->flow != NULL, pieces);
  noise = noise_at (self, n, find_kappa (self, n, 0));
  pieces = ntk_mean_field_flow_at (self->flow, n, t);
  pieces.V = ntk_ridgeless_noise (&noise, pieces.V);
  return pieces;
}

double
ntk_mean_field_time_error (const NtkMeanField *self, double n, double t, double sigma, double alpha)
{
  const NtkMeanFieldPieces pieces = ntk_mean_field_time_pieces (self, n, t);

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
