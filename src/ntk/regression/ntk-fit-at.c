#include "ntk-learning.h"

#include "ntk-filter.h"
#include "ntk-init.h"
#include "ntk-spectral-fit.h"

#include <math.h>

/* What was solved at one stop. */
static void
describe (const NtkSpectralFit *spectral, const NtkStop *stop, const double *alpha, int n, int k,
          NtkFitInfo *info)
{
  ntk_spectral_fit_describe (spectral, stop->ridge, info);
  ntk_note_growth (info, ntk_spectral_fit_get_eigenvalues (spectral)[0] + stop->ridge, alpha, n, k);
}

gboolean
ntk_fit_at (const double *K, int ldk, int n, const NtkStop *stops, int n_stops, double cutoff,
            const double *Y, int k, double *alpha, NtkFitInfo *info, GError **error)
{
  g_autoptr (NtkSpectralFit) spectral = NULL;
  g_autofree double *z = NULL;

  g_return_val_if_fail (K != NULL && Y != NULL && alpha != NULL && stops != NULL, FALSE);
  g_return_val_if_fail (n >= 1 && ldk >= n && k >= 1 && n_stops >= 1, FALSE);

  if (n_stops == 1 && isinf (stops->time))
    return ntk_fit (K, ldk, n, stops->ridge / n, cutoff, Y, k, alpha, info, error);
  if (!(spectral = ntk_spectral_fit_new (K, ldk, n, n, cutoff, NULL, NULL, error))
      || !(z = ntk_try_alloc (n, k, "the labels", error)))
    return FALSE;
  ntk_spectral_fit_project (spectral, Y, k, z);
  for (int s = 0; s < n_stops; s++)
    {
      double *to = alpha + (gsize) s * n * k;

      ntk_spectral_fit_eval (spectral, z, k, &stops[s], to, NULL, NULL);
      if (info)
        describe (spectral, &stops[s], to, n, k, &info[s]);
    }
  return TRUE;
}
