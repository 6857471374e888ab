#include "ntk-linear-theory.h"

#include "ntk-finite-d-private.h"
#include "ntk-init.h"
#include "ntk-mean-field-contour.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Where t (1 - g) kappa is this large, the flow has ended. */
#define ENDED 1e3

/* ---- Ridge ---- */

/* The kernel itself, N infinite, of as many levels as groups. */
typedef struct
{
  NtkSpectrum spectrum;
  double *power;
  NtkEquivalent equivalent;
} Model;

static void
model_init (Model *self, const NtkLinearGroup *groups, guint n_groups, double missing, double n)
{
  double *s = g_new (double, 3 * (gsize) n_groups), *count = s + n_groups;

  self->power = count + n_groups;
  for (guint i = 0; i < n_groups; i++)
    {
      s[i] = groups[i].eigenvalue;
      count[i] = groups[i].count;
      self->power[i] = groups[i].power;
    }
  self->spectrum = (NtkSpectrum){ (int) n_groups, s, count, 0, 1 };
  self->equivalent = (NtkEquivalent){ &self->spectrum, self->power, missing, n, INFINITY };
}

static void
model_clear (Model *self)
{
  g_free (self->spectrum.s);
}

gboolean
ntk_linear_ridge (const NtkLinearGroup *groups, guint n_groups, double missing, double n, double R,
                  NtkErrorParts *out, GError **error)
{
  gboolean done;
  Model model;

  g_return_val_if_fail (groups != NULL && n_groups > 0 && out != NULL, FALSE);
  g_return_val_if_fail (n > 0 && R >= 0 && missing >= 0, FALSE);

  model_init (&model, groups, n_groups, missing, n);
  done = ntk_equivalent_at (&model.equivalent, R, out, error);
  model_clear (&model);
  return done;
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

/* Time from which on the flow is the ridge, or minimum norm, whose error is `end`. */
static double
find_end (const NtkLinearGroup *groups, guint n_groups, double missing, double n, double R,
          NtkErrorParts *end)
{
  double time = INFINITY;
  Model model;

  model_init (&model, groups, n_groups, missing, n);
  if (ntk_equivalent_at (&model.equivalent, R, end, NULL))
    time = ENDED * (1 + end->V) / ntk_equivalent_solve (&model.equivalent, R);
  model_clear (&model);
  return time;
}

gboolean
ntk_linear_flow (const NtkLinearGroup *groups, guint n_groups, double missing, double n, double R,
                 const double *times, guint n_times, NtkMeanFieldPieces *out, GError **error)
{
  double pieces[NTK_FLOW_TIMES * NTK_FLOW_PIECES], noise[NTK_FLOW_PIECES], last;
  NtkFlowContour *contour;
  NtkZonalSeries series;
  gboolean done = TRUE;
  NtkErrorParts end;

  g_return_val_if_fail (groups != NULL && n_groups > 0 && out != NULL, FALSE);
  g_return_val_if_fail (n > 0 && R >= 0 && missing >= 0, FALSE);

  last = find_end (groups, n_groups, missing, n, R, &end);
  series = series_new (groups, n_groups, missing);
  contour = ntk_flow_contour_new (&series, 1);
  for (guint i = 0; i < n_times && done; i++)
    if (times[i] > last)
      out[i] = (NtkMeanFieldPieces){ end.B, end.V, end.init, R, times[i] };
    else
      {
        done = ntk_flow_contour_start (contour, n, R, times[i], pieces, noise);
        for (int piece = 0; piece < NTK_FLOW_PIECES && done; piece++)
          if (pieces[piece] <= NTK_FLOW_KNOWN * noise[piece])
            pieces[piece] = 0;
        out[i] = (NtkMeanFieldPieces){ pieces[NTK_FLOW_B], pieces[NTK_FLOW_V],
                                       pieces[NTK_FLOW_INIT], R, times[i] };
      }
  ntk_flow_contour_free (contour);
  ntk_zonal_series_clear (&series);
  if (!done)
    g_set_error_literal (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                         _("The theory of gradient flow did not converge"));
  return done;
}

/* ---- Minimum norm ---- */

/* The inputs span n of p directions at random, so the mean projection is n/p. The D - p other
 * coordinates enter as noise of variance 1 - p/D. */
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
