#include "ntk-activation.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* u and v are taken for parallel when p q - r^2 is below the rounding error of a covariance
 * computed by a sum of products: there the angle between them cannot be told from 0 or pi,
 * and repeated points come out exact. */
#define PARALLEL (16 * DBL_EPSILON)

/* p q - r^2 >= 0, the squared area spanned by u and v. */
static inline double
squared_area (double p, double q, double r)
{
  double area = p * q - r * r;

  return area > PARALLEL * p * q ? area : 0;
}

/* phi = a min (h, 0) + b max (h, 0), a multiple of h by one of two slopes, without branches. */
static void
piecewise_eval (const NtkActivation *self, gsize count, const double *h, double *phi, double *dphi)
{
  const double a = self->a, b = self->b;

  /* An output may be the input itself, but never a shifted copy of it: no iteration waits for
   * another. */
  if (phi && dphi)
#pragma GCC ivdep
    for (gsize i = 0; i < count; i++)
      {
        double slope = h[i] > 0 ? b : a;

        phi[i] = slope * h[i];
        dphi[i] = slope;
      }
  else if (phi)
#pragma GCC ivdep
    for (gsize i = 0; i < count; i++)
      phi[i] = h[i] * (h[i] > 0 ? b : a);
  else if (dphi)
    for (gsize i = 0; i < count; i++)
      dphi[i] = h[i] > 0 ? b : a;
}

/* With S = sqrt (p q - r^2), theta = atan2 (S, r), F = (a - b)^2/(2 pi):
 *   Kdot = (a^2 + b^2)/2 - F theta,  K = F S + Kdot r
 * (arc-cosine kernels of Cho and Saul 2009). atan2, for acos would lose half the digits near
 * the diagonal. */
static void
piecewise_dual (const NtkActivation *self, gsize count, const double *p, const double *q,
                const double *r, double *k, double *kdot)
{
  const double square = (self->a * self->a + self->b * self->b) / 2;
  const double F = (self->a - self->b) * (self->a - self->b) / (2 * G_PI);

  for (gsize i = 0; i < count; i++)
    {
      double S = sqrt (squared_area (p[i], q[i], r[i]));
      double covariance = r[i];
      double slope = S == 0 && covariance < 0 ? self->a * self->b
                                              : square - F * atan2 (S, covariance);

      if (k)
        k[i] = F * S + slope * covariance;
      if (kdot)
        kdot[i] = slope;
    }
}

static void
erf_eval (const NtkActivation *self, gsize count, const double *h, double *phi, double *dphi)
{
  const double scale = M_2_SQRTPI;

  for (gsize i = 0; i < count; i++)
    {
      double x = h[i];

      if (phi)
        phi[i] = erf (x);
      if (dphi)
        dphi[i] = scale * exp (-x * x);
    }
}

/* K = (2/pi) asin (2 r/sqrt ((1 + 2p)(1 + 2q))), Kdot = (4/pi)/sqrt ((1 + 2p)(1 + 2q) - 4 r^2)
 * (Williams 1997), the root written as 1 + 2 (p + q) + 4 (p q - r^2) and the arc sine as an
 * arc tangent, so that nothing cancels on the diagonal. */
static void
erf_dual (const NtkActivation *self, gsize count, const double *p, const double *q, const double *r,
          double *k, double *kdot)
{
  for (gsize i = 0; i < count; i++)
    {
      double covariance = r[i];
      double root = sqrt (1 + 2 * (p[i] + q[i]) + 4 * squared_area (p[i], q[i], covariance));

      if (k)
        k[i] = M_2_PI * atan2 (2 * covariance, root);
      if (kdot)
        kdot[i] = 2 * M_2_PI / root;
    }
}

static const NtkActivationType types[] = {
  { "relu", "ReLU", TRUE, piecewise_eval, piecewise_dual },
  { "leaky-relu", "Leaky ReLU", TRUE, piecewise_eval, piecewise_dual },
  { "abs", "Absolute value", TRUE, piecewise_eval, piecewise_dual },
  { "erf", "erf", FALSE, erf_eval, erf_dual },
};

const NtkActivationType *
ntk_activation_types (guint *n_types)
{
  if (n_types)
    *n_types = G_N_ELEMENTS (types);
  return types;
}

/* Slope for negative inputs. */
static double
negative_slope (const char *name, double leak)
{
  if (strcmp (name, "leaky-relu") == 0)
    return leak;
  return strcmp (name, "abs") == 0 ? -1 : 0;
}

gboolean
ntk_activation_init (NtkActivation *self, const char *name, double leak)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, name) == 0)
      {
        *self = (NtkActivation){ &types[i], 0, 0 };
        if (types[i].homogeneous)
          {
            self->a = negative_slope (name, leak);
            self->b = 1;
          }
        return TRUE;
      }
  return FALSE;
}

double
ntk_activation_default_sigma_w2 (const NtkActivation *self)
{
  g_return_val_if_fail (self != NULL && self->type != NULL, 1);

  return self->type->homogeneous ? 2 / (self->a * self->a + self->b * self->b) : 1;
}
