#include "ntk-asymptotic-private.h"

#include "ntk-hermite.h"
#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* ---- Levels ---- */

/* Out of the duals at preactivation variance p = sigma_w^2: the squared means are those of
 * independent pairs, and mu_1 = E[G phi (sigma_w G)] = sigma_w E phi' (Stein). */
static gboolean
levels_init (NtkLevels *self, const NtkArchitecture *arch, GError **error)
{
  const NtkActivation *activation = &arch->activation;
  const double p[] = { arch->sigma_w2, arch->sigma_w2 }, r[] = { 0, arch->sigma_w2 };
  const double scale = arch->sigma_v2 * arch->sigma_w2;
  double k[2], kdot[2];

  if (activation->type->dual != ntk_hermite_dual)
    activation->type->dual (activation, 2, p, p, r, k, kdot);
  else if (!ntk_hermite_dual_checked (activation, 2, p, p, r, k, kdot, error))
    return FALSE;
  self->mu1_2 = self->linear = scale * kdot[0];
  self->mu_star_2 = MAX (arch->sigma_v2 * (k[1] - k[0]) - self->mu1_2, 0);
  self->diagonal = MAX (scale * (kdot[1] - kdot[0]), 0);
  return isfinite (self->mu1_2) && isfinite (self->mu_star_2) && isfinite (self->diagonal);
}

static gboolean
find_levels (NtkLevels *levels, const NtkArchitecture *arch, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (arch->depth == 1 && !(arch->sigma_b2 > 0) && levels_init (levels, arch, &cause))
    return TRUE;
  if (cause != NULL && !g_error_matches (cause, NTK_ERROR, NTK_ERROR_DOMAIN))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                       _("The limit of large dimension is known for one hidden layer without "
                          "biases and weights of moderate variance"));
  return FALSE;
}

/* ---- Random features ---- */

NtkSpectrum *
ntk_spectrum_new_asymptotic (const NtkArchitecture *arch, GError **error)
{
  NtkLevels levels;
  NtkSpectrum *self;

  g_return_val_if_fail (arch != NULL && arch->dim >= 1, NULL);

  if (!find_levels (&levels, arch, error))
    return NULL;
  self = g_new0 (NtkSpectrum, 1);
  self->n_degrees = 2;
  self->s = g_new0 (double, 2);
  self->multiplicity = g_new0 (double, 2);
  self->s[1] = levels.mu1_2 / arch->dim;
  self->multiplicity[1] = arch->dim;
  self->tail = levels.mu_star_2;
  self->tail_count = INFINITY;
  return self;
}

/* ---- Both layers trained ---- */

/* E (gamma + s)^{-1} and minus its derivative, E (gamma + s)^{-2}, for gamma of the Marchenko-Pastur
 * law of W^T W/N: c s m^2 + (1 - c + s) m = 1, c = D/N. */
static void
marchenko_pastur (double c, double s, double *m, double *square)
{
  const double p = 1 - c + s, root = sqrt (p * p + 4 * c * s);

  *m = p > 0 ? 2 / (p + root) : (root - p) / (2 * c * s);
  *square = *m * (c * *m + 1) / root;
}

/* The sums at kappa, per D. The kernel's 2 x 2 block at gamma,
 *   H = [[hx, sqrt o2], [sqrt o2, hz]],  hx = mu_1^2 gamma + linear,  o2 = hz mu_1^2 gamma,
 * has det (H + kappa) = kappa mu_1^2 (gamma + s), so that all means are of one pole:
 *   tau1 = E tr H (H + kappa)^{-1} + (psi1 - 1) hz/(hz + kappa),
 *   tau2 = tau1 + kappa tau1', the same with squares,  b = the residual at fixed weights. */
typedef struct
{
  double tau1, tau2, b;
} TwoLayerSums;

static TwoLayerSums
two_layer_sums (const NtkLevels *levels, double psi1, double kappa)
{
  const double mu = levels->mu1_2, c2 = levels->linear, hz = levels->mu_star_2 / psi1;
  const double sum = hz + kappa, s = (c2 + kappa) * sum / (kappa * mu);
  const double ratio = c2 * hz / kappa, d = (kappa - ratio) / mu, ds = (1 - ratio / kappa) / mu;
  double m, square, slope;
  TwoLayerSums out;

  marchenko_pastur (1 / psi1, s, &m, &square);
  out.tau1 = 1 - d * m + (psi1 - 1) * hz / sum;
  slope = -(1 + ratio / kappa) / mu * m + d * square * ds - (psi1 - 1) * hz / (sum * sum);
  out.tau2 = out.tau1 + kappa * slope;
  out.b = (sum * d * square + hz * m) / mu;
  return out;
}

gboolean
ntk_two_layer_limit (const NtkLevels *levels, double psi1, double psi2, double R, double *B,
                     double *V)
{
  const double delta = R + levels->diagonal;
  double low = log (1e-30), high = log (1e30), g;
  TwoLayerSums sums;

  /* kappa (psi2 - tau1) = delta, by bisection of log kappa. */
  for (int step = 0; step < 120; step++)
    {
      const double kappa = exp ((low + high) / 2);

      if (kappa * (psi2 - two_layer_sums (levels, psi1, kappa).tau1) > delta)
        high = (low + high) / 2;
      else
        low = (low + high) / 2;
    }
  sums = two_layer_sums (levels, psi1, exp (high));
  g = sums.tau2 / psi2;
  *B = sums.b / (1 - g);
  *V = g / (1 - g);
  return g < 1 && isfinite (*B);
}

gboolean
ntk_asymptotic_linearised (const NtkArchitecture *arch, double n, double N, double R, double *B,
                           double *V, GError **error)
{
  NtkLevels levels;

  g_return_val_if_fail (arch != NULL && arch->dim >= 1 && B != NULL && V != NULL, FALSE);
  g_return_val_if_fail (n > 0 && N > 0 && R >= 0, FALSE);

  if (!find_levels (&levels, arch, error))
    return FALSE;
  if (N >= 0.5 * n && levels.mu1_2 > 0
      && ntk_two_layer_limit (&levels, N / arch->dim, n / arch->dim, R, B, V))
    return TRUE;
  g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                       _("The limit of large dimension is not known for widths below half the "
                          "number of samples and for even activations"));
  return FALSE;
}
