#include "ntk-vector.h"

#include "ntk-activation-private.h"

/* The activations without a kink: phi and phi', and the dual where it has a closed form. */

#define DEFINE_EVAL(name, value, slope)                                                            \
  void ntk_##name##_eval (const NtkActivation *self, gsize count, const double *h, double *phi,    \
                          double *dphi)                                                            \
  {                                                                                                \
    for (gsize i = 0; i < count; i++)                                                              \
      {                                                                                            \
        const double x = h[i];                                                                     \
                                                                                                   \
        if (phi)                                                                                   \
          phi[i] = (value);                                                                        \
        if (dphi)                                                                                  \
          dphi[i] = (slope);                                                                       \
      }                                                                                            \
  }

#define DEFINE_DUAL(name)                                                                          \
  void ntk_##name##_dual (const NtkActivation *self, gsize count, const double *p,                 \
                          const double *q, const double *r, double *k, double *kdot)               \
  {                                                                                                \
    ntk_dual_by_chunks (self, name##_chunk, count, p, q, r, k, kdot);                              \
  }

static double
normal_density (double x)
{
  return exp (-x * x / 2) * (M_2_SQRTPI * M_SQRT1_2 / 2);
}

static double
normal_probability (double x)
{
  return erfc (-x * M_SQRT1_2) / 2;
}

static double
logistic (double x)
{
  return 1 / (1 + exp (-x));
}

/* 1/cosh (x)^2 without cancellation where tanh (x) is near 1. */
static double
squared_sech (double x)
{
  const double e = exp (-2 * fabs (x));

  return 4 * e / ((1 + e) * (1 + e));
}

DEFINE_EVAL (erf, erf (x), M_2_SQRTPI *exp (-x *x))
DEFINE_EVAL (gelu, x *normal_probability (x), normal_probability (x) + x * normal_density (x))
DEFINE_EVAL (sin, sin (x), cos (x))
DEFINE_EVAL (cos, cos (x), -sin (x))
DEFINE_EVAL (rbf, sin (x) + cos (x), cos (x) - sin (x))
DEFINE_EVAL (tanh, tanh (x), squared_sech (x))
DEFINE_EVAL (swish, x *logistic (x), logistic (x) * (1 + x * logistic (-x)))

/* K = (2/pi) asin (2 r/sqrt ((1 + 2p)(1 + 2q))), Kdot = (4/pi)/sqrt ((1 + 2p)(1 + 2q) - 4 r^2)
 * (Williams 1997), the root written as 1 + 2 (p + q) + 4 (p q - r^2) and the arc sine as an
 * arc tangent, so that nothing cancels on the diagonal. */
NTK_CLONES static void
erf_chunk (const NtkActivation *self, const double *restrict p, const double *restrict q,
           const double *restrict r, double *restrict k, double *restrict kdot)
{
  for (int i = 0; i < NTK_CHUNK; i++)
    {
      const double root = sqrt (1 + 2 * (p[i] + q[i]) + 4 * ntk_squared_area (p[i], q[i], r[i]));

      k[i] = M_2_PI * ntk_vector_atan2 (2 * r[i], root);
      kdot[i] = 2 * M_2_PI / root;
    }
}

/* With E = (1 + p)(1 + q), Q^2 = E - r^2 (written as for erf), A = atan2 (r, Q):
 *   K = (r^2/(E Q) + p q Q/E + r A)/(2 pi) + r/4,
 *   Kdot = (1/Q^2 + (1 - p q)/E + 1) r/(2 pi Q) + 1/4 + A/(2 pi)
 * (Tsuchida et al. 2021; Han et al. 2022). */
NTK_CLONES static void
gelu_chunk (const NtkActivation *self, const double *restrict p, const double *restrict q,
            const double *restrict r, double *restrict k, double *restrict kdot)
{
  for (int i = 0; i < NTK_CHUNK; i++)
    {
      const double E = (1 + p[i]) * (1 + q[i]);
      const double Q2 = 1 + p[i] + q[i] + ntk_squared_area (p[i], q[i], r[i]), Q = sqrt (Q2);
      const double quarter = 0.25 + ntk_vector_atan2 (r[i], Q) * (M_1_PI / 2);

      k[i] = (r[i] * r[i] / E / Q + p[i] * q[i] / E * Q) * (M_1_PI / 2) + r[i] * quarter;
      kdot[i] = (1 / Q2 + (2 + p[i] + q[i]) / E) * r[i] / Q * (M_1_PI / 2) + quarter;
    }
}

/* With E1, E2 = exp (+-r - (p + q)/2): E sin sin = (E1 - E2)/2 and E cos cos = (E1 + E2)/2
 * (Pearce et al. 2020), the difference by e^x - 1 for small covariances. */
static inline void
waves (double p, double q, double r, double *sines, double *cosines)
{
  double less, difference;

  difference = ntk_vector_exp (fabs (r) - (p + q) / 2, &less) / 2;
  ntk_vector_exp (-2 * fabs (r), &less);
  *cosines = difference * (2 + less);
  *sines = difference * (r < 0 ? less : -less);
}

NTK_CLONES static void
sin_chunk (const NtkActivation *self, const double *restrict p, const double *restrict q,
           const double *restrict r, double *restrict k, double *restrict kdot)
{
  for (int i = 0; i < NTK_CHUNK; i++)
    waves (p[i], q[i], r[i], &k[i], &kdot[i]);
}

NTK_CLONES static void
cos_chunk (const NtkActivation *self, const double *restrict p, const double *restrict q,
           const double *restrict r, double *restrict k, double *restrict kdot)
{
  for (int i = 0; i < NTK_CHUNK; i++)
    waves (p[i], q[i], r[i], &kdot[i], &k[i]);
}

/* phi = sqrt(2) sin (x + pi/4): K = Kdot = exp (-(p + q - 2r)/2), a Gaussian of the distance
 * (Rahimi and Recht 2007). */
NTK_CLONES static void
rbf_chunk (const NtkActivation *self, const double *restrict p, const double *restrict q,
           const double *restrict r, double *restrict k, double *restrict kdot)
{
  for (int i = 0; i < NTK_CHUNK; i++)
    {
      double less;

      k[i] = kdot[i] = ntk_vector_exp (r[i] - (p[i] + q[i]) / 2, &less);
    }
}

DEFINE_DUAL (erf)
DEFINE_DUAL (gelu)
DEFINE_DUAL (sin)
DEFINE_DUAL (cos)
DEFINE_DUAL (rbf)
