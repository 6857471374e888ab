#include "ntk-linear-theory.h"

#include "ntk-init.h"
#include "ntk-mean-field-flow.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* ---- Ridge ---- */

/* The kernel itself, N infinite, of as many levels as groups. */
gboolean
ntk_linear_ridge (const NtkLinearGroup *groups, guint n_groups, double missing, double n, double R,
                  NtkErrorParts *out, GError **error)
{
  g_autofree double *columns = g_new (double, 3 * (gsize) n_groups);
  double *s = columns, *count = s + n_groups, *power = count + n_groups;
  const NtkSpectrum spectrum = { (int) n_groups, s, count, 0, 1 };
  const NtkEquivalent equivalent = { &spectrum, power, missing, n, INFINITY };

  g_return_val_if_fail (groups != NULL && n_groups > 0 && out != NULL, FALSE);
  g_return_val_if_fail (n > 0 && R >= 0 && missing >= 0, FALSE);

  for (guint i = 0; i < n_groups; i++)
    {
      s[i] = groups[i].eigenvalue;
      count[i] = groups[i].count;
      power[i] = groups[i].power;
    }
  return ntk_equivalent_at (&equivalent, R, out, error);
}

/* ---- Gradient flow ---- */

/* The initial function has the kernel for its law. */
static NtkZonalSeries
series_new (const NtkLinearGroup *groups, guint n_groups, double missing)
{
  NtkZonalSeries series = { .n_entries = n_groups, .power_rest = missing };

  series.entries = g_new (NtkZonalEntry, n_groups);
  for (guint i = 0; i < n_groups; i++)
    series.entries[i] = (NtkZonalEntry){ groups[i].eigenvalue, groups[i].eigenvalue,
                                         groups[i].count, groups[i].power };
  return series;
}

gboolean
ntk_linear_flow (const NtkLinearGroup *groups, guint n_groups, double missing, double n, double R,
                 const double *times, guint n_times, NtkMeanFieldPieces *out, GError **error)
{
  double pieces[NTK_FLOW_TIMES * NTK_FLOW_PIECES];
  NtkFlowContour *contour;
  NtkZonalSeries series;
  gboolean done = TRUE;

  g_return_val_if_fail (groups != NULL && n_groups > 0 && out != NULL, FALSE);
  g_return_val_if_fail (n > 0 && R >= 0 && missing >= 0, FALSE);

  series = series_new (groups, n_groups, missing);
  contour = ntk_flow_contour_new (&series, 1);
  for (guint i = 0; i < n_times && done; i++)
    {
      done = ntk_flow_contour_start (contour, n, R, times[i], pieces);
      out[i] = (NtkMeanFieldPieces){ pieces[NTK_FLOW_B], pieces[NTK_FLOW_V], pieces[NTK_FLOW_INIT],
                                     R, times[i] };
    }
  ntk_flow_contour_free (contour);
  ntk_zonal_series_clear (&series);
  if (!done)
    g_set_error_literal (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                         _("The theory of gradient flow did not converge"));
  return done;
}

/* ---- Minimum norm ---- */

/* The p inputs span n of p directions at random, so the mean projection is n/p. The D - p others enter
 * as noise of variance 1 - p/D. */
gboolean
ntk_linear_min_norm (int dim, int p, int n, NtkErrorParts *out, GError **error)
{
  const double seen = (double) p / dim, missing = 1 - seen;
  const double lost = p > n ? 1 - (double) n / p : 0;

  g_return_val_if_fail (dim >= p && p >= 1 && n >= 1 && out != NULL, FALSE);

  if (ABS (p - n) <= 1)
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                           _("Without ridge the expected error is infinite at as many samples as "
                             "coordinates, and one more or less"));
      return FALSE;
    }
  out->V = p < n ? p / (n - p - 1.0) : n / (p - n - 1.0);
  out->B = seen * lost + missing * (1 + out->V);
  out->init = seen * lost;
  out->R_P = out->bias = seen * lost * lost + missing;
  out->B_inf = out->B;
  out->V_inf = out->V;
  return TRUE;
}
