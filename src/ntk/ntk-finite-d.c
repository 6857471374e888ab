#include "ntk-spectrum.h"

#include "ntk-init.h"

#include <float.h>
#include <math.h>

/* Sums over the spectrum at v2: T = sum m s/(s+v), T22 = sum m s^2/(s+v)^2,
 * T12 = sum m s/(s+v)^2, and over the target's power P0 = sum b/(s+v)^2,
 * P1 = sum b s/(s+v)^2. */
typedef struct
{
  double T, T22, T12, P0, P1;
} Sums;

static void
add_block (Sums *sums, double s, double m, double b, double v)
{
  const double inverse = 1 / (s + v), share = s * inverse;

  sums->T += m * share;
  sums->T22 += m * share * share;
  sums->T12 += m * share * inverse;
  sums->P0 += b * inverse * inverse;
  sums->P1 += b * share * inverse;
}

static Sums
sums_at (const NtkSpectrum *spectrum, const double *power, double v)
{
  Sums sums = { 0 };
  double rest = 1;

  for (int k = 0; k < spectrum->n_degrees; k++)
    {
      add_block (&sums, spectrum->s[k], spectrum->multiplicity[k], power[k], v);
      rest -= power[k];
    }
  /* Power above the highest degree belongs to the tail block. */
  add_block (&sums, spectrum->tail / spectrum->tail_count, spectrum->tail_count, MAX (rest, 0), v);
  return sums;
}

/* The left-hand side of (n - T)(1 - T/N) v2 = R exceeds R, on the branch T < min (n, N). */
static gboolean
is_above (const NtkSpectrum *spectrum, const double *power, double n, double N, double R, double v)
{
  const double T = sums_at (spectrum, power, v).T;

  return T < MIN (n, N) && (n - T) * (1 - T / N) * v > R;
}

/* v2, by bisection of its logarithm; 0 where T stays below min (n, N) down to v2 = 0, which
 * happens without ridge only. */
static double
solve_v2 (const NtkSpectrum *spectrum, const double *power, double n, double N, double R)
{
  double low = 1, high = 1;

  while (!is_above (spectrum, power, n, N, R, high) && high < DBL_MAX / 4)
    high *= 4;
  low = high;
  while (is_above (spectrum, power, n, N, R, low) && low > DBL_MIN)
    low /= 4;
  if (low <= DBL_MIN)
    return 0;
  while (high / low > 1 + 2 * DBL_EPSILON)
    {
      const double middle = sqrt (low) * sqrt (high);

      if (middle <= low || middle >= high)
        break;
      if (is_above (spectrum, power, n, N, R, middle))
        high = middle;
      else
        low = middle;
    }
  return high;
}

static gboolean
domain_error (GError **error, const char *sentence)
{
  g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN, sentence);
  return FALSE;
}

/* With v1 = v2 (1 - T/N), chi = T12/(N - T22) and
 *   U = (N/n)[(1 - v1/v2)^2 + (v1/v2)^2 T22/(N - T22)]:
 *   R_P = v2^2 (P0 + chi P1), B = R_P/(1 - U), V = U/(1 - U).
 * I: the initial function is a target linear in the features psi themselves, f_0 = psi.v, with
 * residual R psi^T (Psi^T Psi + R)^{-1} v. At fixed features of covariance C its square is
 * v1^2 tr C (C + v1)^{-2}/(1 - tr C^2 (C + v1)^{-2}/n), where tr C (C + v1)^{-1} = T. The first
 * trace is -dT/dv1 = T12/(dv1/dv2) = N chi, and tr C^2 (C + v1)^{-2}/n = U:
 *   I = v1^2 N chi/(1 - U). */
gboolean
ntk_finite_d (const NtkSpectrum *spectrum, const double *power, double n, double N, double R,
              NtkFiniteD *out, GError **error)
{
  double v1, v2, chi, U, g, kept;
  Sums sums;

  g_return_val_if_fail (spectrum != NULL && power != NULL && out != NULL, FALSE);
  g_return_val_if_fail (n > 0 && N > 0 && R >= 0, FALSE);

  if (!(R > 0) && n == N)
    return domain_error (
      error, "Without ridge the expected error is infinite where features and samples are as many");
  v2 = solve_v2 (spectrum, power, n, N, R);
  if (!(v2 > 0))
    return domain_error (error, "The kernel has fewer directions than features and samples: no "
                                "finite-size theory without ridge");
  sums = sums_at (spectrum, power, v2);
  /* Without ridge T = min (n, N) up to the last bisection. */
  kept = R > 0 ? 1 - sums.T / N : MAX (1 - n / N, 0);
  v1 = v2 * kept;
  chi = sums.T12 / (N - sums.T22);
  U = N / n * ((1 - kept) * (1 - kept) + kept * kept * sums.T22 / (N - sums.T22));
  g = sums.T22 / n;
  if (!(U < 1) || !(g < 1))
    return domain_error (error, "The expected error is infinite here");
  out->R_P = v2 * v2 * (sums.P0 + chi * sums.P1);
  out->B = out->R_P / (1 - U);
  out->V = U / (1 - U);
  out->init = v1 * v1 * N * chi / (1 - U);
  out->bias = v2 * v2 * sums.P0;
  out->B_inf = out->bias / (1 - g);
  out->V_inf = g / (1 - g);
  return TRUE;
}
