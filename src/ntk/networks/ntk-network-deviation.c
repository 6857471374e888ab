#include "ntk-network-deviation.h"

#include "ntk-hermite.h"
#include "ntk-init.h"
#include "ntk-profile.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* E[g g'] of g = phi^2, phi psi, psi^2 with psi = phi', at a pair of points. */
enum
{
  MOMENT_VALUES,
  MOMENT_MIXED,
  MOMENT_SLOPES,
  N_MOMENTS
};

/* Covariance S of the inputs' first layer, and the angle between them there. */
typedef struct
{
  double S, theta;
} Pair;

static Pair
pair_at (const NtkArchitecture *arch, double u)
{
  const double w = arch->sigma_w2, half = sin (u / 2), opposite = cos (u / 2);
  const double S = w * cos (u) + arch->sigma_b2;
  /* p - S and p + S, without cancellation. */
  const double near = 2 * w * half * half, far = 2 * w * opposite * opposite + 2 * arch->sigma_b2;

  return (Pair){ S, atan2 (sqrt (near * far), S) };
}

/* ---- Piecewise linear ---- */

/* 2 pi E[(h)_+^n (h')_+^n] of unit variances at angle theta (Cho and Saul 2009). */
static double
arc_cosine (int n, double theta)
{
  const double rest = G_PI - theta, c = cos (theta), s = sin (theta);

  if (n == 0)
    return rest;
  return n == 1 ? s + rest * c : 3 * s * c + rest * (1 + 2 * c * c);
}

/* phi phi' and the like are slopes squared times powers of h, each sign of h and h' with its slope. */
static double
kinked_moment (const NtkActivation *activation, int n, double variance, double theta)
{
  const double A = activation->a * activation->a, B = activation->b * activation->b;
  const double same = (A * A + B * B) * arc_cosine (n, theta);
  const double across = 2 * A * B * arc_cosine (n, G_PI - theta);

  return pow (variance, n) * (same + (n == 1 ? -across : across)) / (2 * G_PI);
}

/* ---- Smooth ---- */

/* An activation whose derivative is g: its Kdot is E[g g']. */
typedef struct
{
  NtkActivation parent;
  NtkActivationType type;
  const NtkActivation *of;
  int moment;
} Moment;

#define CHUNK 256

static void
moment_eval (const NtkActivation *activation, gsize count, const double *h, double *phi,
             double *dphi)
{
  const Moment *self = (const Moment *) activation;
  double value[CHUNK], slope[CHUNK];

  for (gsize from = 0; from < count; from += CHUNK)
    {
      const gsize size = MIN (CHUNK, count - from);

      self->of->type->eval (self->of, size, h + from, value, slope);
      for (gsize i = 0; i < size; i++)
        {
          const double x = self->moment == MOMENT_SLOPES ? slope[i] : value[i];
          const double y = self->moment == MOMENT_VALUES ? value[i] : slope[i];

          if (dphi)
            dphi[from + i] = x * y;
          if (phi)
            phi[from + i] = 0;
        }
    }
}

static gboolean
fill_smooth (const NtkArchitecture *arch, const Pair *pairs, gsize count, int moment, double *out,
             GError **error)
{
  Moment self = { .type = *arch->activation.type, .of = &arch->activation, .moment = moment };
  g_autofree double *variance = g_new (double, count);
  g_autofree double *S = g_new (double, count);
  g_autoptr (NtkHermite) series = NULL;

  self.type.eval = moment_eval;
  self.parent.type = &self.type;
  for (gsize i = 0; i < count; i++)
    {
      variance[i] = arch->sigma_w2 + arch->sigma_b2;
      S[i] = pairs[i].S;
    }
  if (!(series = ntk_hermite_new (&self.parent, count, variance, error)))
    return FALSE;
  ntk_hermite_eval (series, 0, count, 0, S, NULL, out);
  return TRUE;
}

static gboolean
fill_moment (const NtkArchitecture *arch, const Pair *pairs, gsize count, int moment, double *out,
             GError **error)
{
  static const int power[] = { [MOMENT_VALUES] = 2, [MOMENT_MIXED] = 1, [MOMENT_SLOPES] = 0 };

  if (!arch->activation.type->homogeneous)
    return fill_smooth (arch, pairs, count, moment, out, error);
  for (gsize i = 0; i < count; i++)
    out[i] = kinked_moment (&arch->activation, power[moment], arch->sigma_w2 + arch->sigma_b2,
                            pairs[i].theta);
  return TRUE;
}

/* ---- The constants ---- */

/* A variance below this share of the mean square is rounding, and of either sign. */
#define ROUNDING 1e-14

/* From the mean square and the mean of what one unit adds. */
static double
constant (double square, double mean, double equal)
{
  const double variance = square - mean * mean;

  return variance > ROUNDING * square ? sqrt (variance) / fabs (equal) : 0;
}

/* The kernels at `count` angles and then at 0, with sigma_v = 1. */
static gboolean
fill_means (const NtkArchitecture *arch, const double *angle, int count, double *ntk, double *nngp,
            GError **error)
{
  g_autofree double *angles = g_new0 (double, count + 1);
  NtkArchitecture unit = *arch;

  unit.sigma_v2 = 1;
  memcpy (angles, angle, count * sizeof (double));
  return ntk_profile (&unit, angles, count + 1, 1, ntk, nngp, error);
}

static gboolean
one_layer (const NtkArchitecture *arch, const double *angle, int count, double *ntk, double *nngp,
           GError **error)
{
  const gsize size = count;
  g_autofree double *mean = g_new (double, 2 * (size + 1));
  g_autofree double *moments = g_new (double, N_MOMENTS *size);
  g_autofree Pair *pairs = g_new (Pair, size);
  double *mean_nngp = mean + size + 1;

  if (!fill_means (arch, angle, count, mean, mean_nngp, error))
    return FALSE;
  for (int i = 0; i < count; i++)
    pairs[i] = pair_at (arch, angle[i]);
  for (int moment = 0; moment < N_MOMENTS; moment++)
    if (!fill_moment (arch, pairs, size, moment, moments + moment * size, error))
      return FALSE;
  for (int i = 0; i < count; i++)
    {
      const double values = moments[i], mixed = moments[size + i], slopes = moments[2 * size + i];
      const double S = pairs[i].S;

      if (nngp)
        nngp[i] = constant (values, mean_nngp[i], mean_nngp[count]);
      if (ntk)
        ntk[i] = constant (values + 2 * S * mixed + 3 * S * S * slopes, mean[i], mean[count]);
    }
  return TRUE;
}

static void
deep (const NtkArchitecture *arch, const double *angle, int count, double *ntk, double *nngp)
{
  const double A = arch->activation.a * arch->activation.a,
               B = arch->activation.b * arch->activation.b, L = arch->depth;
  const double kappa = 2 * (A * A + B * B) / ((A + B) * (A + B));
  const double square = L * ((7 * kappa - 3) * L + 5 * kappa - 3) / (3 * (L + 1));
  const gboolean known = arch->activation.type->homogeneous && arch->sigma_b2 == 0;

  for (int i = 0; i < count; i++)
    {
      if (ntk)
        ntk[i] = known && angle[i] == 0 ? sqrt (square) : NAN;
      if (nngp)
        nngp[i] = known && angle[i] == 0 ? sqrt ((3 * kappa - 1) * L) : NAN;
    }
}

gboolean
ntk_network_deviation (const NtkArchitecture *arch, const double *angle, int count, double *ntk,
                       double *nngp, GError **error)
{
  g_return_val_if_fail (arch != NULL && arch->depth >= 1, FALSE);
  g_return_val_if_fail (angle != NULL && count >= 1, FALSE);

  if (arch->model != NTK_MODEL_LINEARISED)
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                           _ ("How far kernels of finite width spread is known for linearised "
                              "networks only"));
      return FALSE;
    }
  if (arch->depth > 1)
    {
      deep (arch, angle, count, ntk, nngp);
      return TRUE;
    }
  return one_layer (arch, angle, count, ntk, nngp, error);
}
