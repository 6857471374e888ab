#include "ntk-finite-d-private.h"

#include "ntk-init.h"

#include <float.h>
#include <math.h>

/* Newton's method is given up for halving after so many steps. */
#define MOST_NEWTON 40
#define MOST_STEPS 1200

/* Sums over the spectrum at v2, each term with its factors w = s/(s + v) and left = v/(s + v):
 * T = sum m w, T22 = sum m w^2, vT12 = sum m w left, and over the target's power P0 = sum b left^2,
 * P1 = sum b w left. */
typedef struct
{
  double T, T22, vT12, P0, P1;
} Sums;

/* `trace` is m s, so that m may be infinite. */
static inline void
add_block (Sums *sums, double s, double trace, double b, double v)
{
  const double inverse = 1 / (s + v);
  const double w = s > 0 ? s * inverse : 0, left = s > 0 ? v * inverse : 1;
  const double share = trace > 0 ? trace * inverse : 0;

  sums->T += share;
  sums->T22 += share * w;
  sums->vT12 += share * left;
  sums->P0 += b * left * left;
  sums->P1 += b * w * left;
}

static Sums
sums_at (const NtkEquivalent *self, double v)
{
  const NtkSpectrum *spectrum = self->spectrum;
  Sums sums = { 0 };

  for (int k = 0; k < spectrum->n_degrees; k++)
    add_block (&sums, spectrum->s[k], spectrum->s[k] * spectrum->multiplicity[k], self->power[k],
               v);
  add_block (&sums, spectrum->tail / spectrum->tail_count, spectrum->tail, self->rest, v);
  return sums;
}

static inline double
ridge_of (const NtkEquivalent *self, double T, double v2)
{
  return T < MIN (self->n, self->N) ? (self->n - T) * (1 - T / self->N) * v2 : -1;
}

double
ntk_equivalent_ridge (const NtkEquivalent *self, double v2)
{
  return ridge_of (self, sums_at (self, v2).T, v2);
}

/* Directions of the kernel, in all. */
static double
count_directions (const NtkSpectrum *spectrum)
{
  double count = spectrum->tail > 0 ? spectrum->tail_count : 0;

  for (int k = 0; k < spectrum->n_degrees; k++)
    count += spectrum->s[k] > 0 ? spectrum->multiplicity[k] : 0;
  return count;
}

/* Newton's step in log v2, towards R of (n - T)(1 - T/N) v2 in logarithms, or without ridge towards
 * min (n, N) of T: d log T/d log v2 = -v2 T12/T. */
static double
newton_step (const NtkEquivalent *self, const Sums *sums, double v2, double R)
{
  const double T = sums->T, left = self->n - T, kept = 1 - T / self->N;

  if (!(R > 0))
    return log (T / MIN (self->n, self->N)) * T / sums->vT12;
  return log (R / (left * kept * v2)) / (1 + sums->vT12 * (1 / left + 1 / (self->N * kept)));
}

/* Newton's method within a bracket, which is halved, or widened, where it would leave it. */
double
ntk_equivalent_solve (const NtkEquivalent *self, double R)
{
  const double most = MIN (self->n, self->N);
  double low = 0, high = INFINITY, v2 = 1;

  if (!(R > 0) && count_directions (self->spectrum) <= most)
    return 0;
  for (int step = 0; step < MOST_STEPS; step++)
    {
      const Sums sums = sums_at (self, v2);
      const gboolean above = ridge_of (self, sums.T, v2) > R;
      const gboolean newton = step < MOST_NEWTON && (!(R > 0) || sums.T < most);
      double next = newton ? v2 * exp (newton_step (self, &sums, v2, R)) : 0;

      *(above ? &high : &low) = v2;
      if (newton && fabs (next - v2) <= 2 * DBL_EPSILON * v2)
        return next;
      if (!(next > low && next < high))
        next = !(low > 0) ? high / 16 : !isfinite (high) ? low * 16 : sqrt (low) * sqrt (high);
      if (high <= low * (1 + 2 * DBL_EPSILON) || next == v2)
        break;
      v2 = next;
    }
  return isfinite (high) ? high : v2;
}

/* With kept = v1/v2 = 1 - T/N, chi = T12/(N - T22) and
 *   U = (N/n)[(1 - v1/v2)^2 + (v1/v2)^2 T22/(N - T22)]:
 *   R_P = v2^2 (sum b/(s + v2)^2 + chi sum b s/(s + v2)^2), B = R_P/(1 - U), V = U/(1 - U).
 * I: the initial function is a target linear in the features psi themselves, f_0 = psi.v, with
 * residual R psi^T (Psi^T Psi + R)^{-1} v. At fixed features of covariance C its square is
 * v1^2 tr C (C + v1)^{-2}/(1 - tr C^2 (C + v1)^{-2}/n), where tr C (C + v1)^{-1} = T. The first
 * trace is -dT/dv1 = T12/(dv1/dv2) = N chi, and tr C^2 (C + v1)^{-2}/n = U:
 *   I = v1^2 N chi/(1 - U).
 * Written so that N may be infinite, where chi = 0 and N chi = T12. */
gboolean
ntk_equivalent_parts (const NtkEquivalent *self, double v2, gboolean ridge, NtkErrorParts *out)
{
  const Sums sums = sums_at (self, v2);
  const double n = self->n, N = self->N, g = sums.T22 / n;
  /* Without ridge T = min (n, N) up to the last bisection, unless there are fewer directions. */
  const double kept = ridge || !(v2 > 0) ? 1 - sums.T / N : MAX (1 - n / N, 0);
  /* Where features are as many as directions and all is learnt, what it multiplies is 0. */
  const double left = sums.T22 < N ? 1 / (1 - sums.T22 / N) : 0;
  const double U = (sums.T * (1 - kept) + kept * kept * sums.T22 * left) / n;

  if (!(U < 1) || !(g < 1))
    return FALSE;
  out->R_P = sums.P0 + sums.vT12 * left / N * sums.P1;
  out->B = out->R_P / (1 - U);
  out->V = U / (1 - U);
  out->init = kept * kept * v2 * sums.vT12 * left / (1 - U);
  out->bias = sums.P0;
  out->B_inf = out->bias / (1 - g);
  out->V_inf = g / (1 - g);
  return TRUE;
}

static gboolean
domain_error (GError **error, const char *sentence)
{
  g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN, sentence);
  return FALSE;
}

gboolean
ntk_equivalent_at (const NtkEquivalent *self, double R, NtkErrorParts *out, GError **error)
{
  const double n = self->n, N = self->N;

  if (!(R > 0) && (n == N || (n < N && n == count_directions (self->spectrum))))
    return domain_error (error, "Without ridge the expected error is infinite where features and "
                                "samples are as many");
  return ntk_equivalent_parts (self, ntk_equivalent_solve (self, R), R > 0, out)
         || domain_error (error, "The expected error is infinite here");
}

/* Power above the highest degree belongs to the tail block. */
NtkEquivalent
ntk_equivalent (const NtkSpectrum *spectrum, const double *power, double n, double N)
{
  double rest = 1;

  for (int k = 0; k < spectrum->n_degrees; k++)
    rest -= power[k];
  return (NtkEquivalent){ spectrum, power, MAX (rest, 0), n, N };
}

gboolean
ntk_finite_d (const NtkSpectrum *spectrum, const double *power, double n, double N, double R,
              NtkErrorParts *out, GError **error)
{
  NtkEquivalent equivalent;

  g_return_val_if_fail (spectrum != NULL && power != NULL && out != NULL, FALSE);
  g_return_val_if_fail (n > 0 && N > 0 && R >= 0, FALSE);

  /* On the sphere what looks so has eigenvalues below rounding, which minimum norm depends on. */
  if (!(R > 0) && n != N && count_directions (spectrum) <= MIN (n, N))
    return domain_error (error, "The kernel has fewer directions than features and samples: no "
                                "finite-size theory without ridge");
  equivalent = ntk_equivalent (spectrum, power, n, N);
  return ntk_equivalent_at (&equivalent, R, out, error);
}
