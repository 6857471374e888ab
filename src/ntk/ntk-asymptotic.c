#include "ntk-asymptotic.h"

#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Out of the duals at preactivation variance p = sigma_w^2: the squared means are those of
 * independent pairs, and mu_1 = E[G phi (sigma_w G)] = sigma_w E phi' (Stein). */
static gboolean
find_levels (const NtkArchitecture *arch, double *mu1_2, double *mu_star_2)
{
  const double p[] = { arch->sigma_w2, arch->sigma_w2 }, r[] = { 0, arch->sigma_w2 };
  double k[2], kdot[2];

  arch->activation.type->dual (&arch->activation, 2, p, p, r, k, kdot);
  *mu1_2 = arch->sigma_v2 * arch->sigma_w2 * kdot[0];
  *mu_star_2 = MAX (arch->sigma_v2 * (k[1] - k[0]) - *mu1_2, 0);
  return isfinite (*mu1_2) && isfinite (*mu_star_2);
}

NtkSpectrum *
ntk_spectrum_new_asymptotic (const NtkArchitecture *arch, GError **error)
{
  double mu1_2, mu_star_2;
  NtkSpectrum *self;

  g_return_val_if_fail (arch != NULL && arch->dim >= 1, NULL);

  if (arch->depth != 1 || arch->sigma_b2 > 0 || !find_levels (arch, &mu1_2, &mu_star_2))
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                           _("The limit of large dimension is known for one hidden layer without "
                              "biases and weights of moderate variance"));
      return NULL;
    }
  self = g_new0 (NtkSpectrum, 1);
  self->n_degrees = 2;
  self->s = g_new0 (double, 2);
  self->multiplicity = g_new0 (double, 2);
  self->s[1] = mu1_2 / arch->dim;
  self->multiplicity[1] = arch->dim;
  self->tail = mu_star_2;
  self->tail_count = INFINITY;
  return self;
}
