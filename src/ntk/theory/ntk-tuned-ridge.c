#include "ntk-tuned-ridge.h"

#include "ntk-finite-d-private.h"
#include "ntk-init.h"
#include "ntk-minimum.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* ---- The best ridge ---- */

/* The error is explicit in v2, and R rises with it, so the search is over v2 = v_0 + unit e^x, with
 * v_0 that of no ridge. At both ends R is proportional to e^x. */
#define LEAST 1e-10
#define TOP 1e9
/* The error is smooth over factors of e in R. */
#define STRIDE 0.8
/* Differences below this are rounding. */
#define FLAT 1e-12

typedef struct
{
  NtkEquivalent equivalent;
  double v0, unit, sigma, alpha;
} Objective;

static double
objective (double x, gconstpointer data)
{
  const Objective *self = data;
  NtkErrorParts parts;

  if (!ntk_equivalent_parts (&self->equivalent, self->v0 + self->unit * exp (x), TRUE, &parts))
    return INFINITY;
  return ntk_error_parts_total (&parts, self->sigma, self->alpha);
}

/* The largest eigenvalue, the smallest above zero and the sum. */
static void
measure (const NtkSpectrum *spectrum, double *largest, double *smallest, double *trace)
{
  *largest = 0;
  *smallest = INFINITY;
  *trace = spectrum->tail;
  for (int k = 0; k < spectrum->n_degrees; k++)
    if (spectrum->s[k] > 0)
      {
        *largest = MAX (*largest, spectrum->s[k]);
        *smallest = MIN (*smallest, spectrum->s[k]);
        *trace += spectrum->s[k] * spectrum->multiplicity[k];
      }
}

/* x of the least error between LEAST and `top`, by a coarse grid and between the neighbours of its
 * least node. */
static double
find_best (const Objective *self, double top)
{
  const double from = log (LEAST);
  double best = from, least = INFINITY;

  for (double x = from; x < top; x += STRIDE)
    {
      const double here = objective (x, self);

      if (here < least)
        {
          least = here;
          best = x;
        }
    }
  return ntk_minimum (objective, self, MAX (best - STRIDE, from), best, best + STRIDE, 1e-6);
}

/* Predicting 0. */
static NtkErrorParts
nothing (const NtkEquivalent *equivalent, double trace)
{
  double power = equivalent->rest;

  for (int k = 0; k < equivalent->spectrum->n_degrees; k++)
    power += equivalent->power[k];
  return (NtkErrorParts){ power, 0, trace, power, power, power, 0 };
}

double
ntk_tuned_ridge (const NtkSpectrum *spectrum, const double *power, double n, double N, double sigma,
                 double alpha, NtkErrorParts *out)
{
  Objective o = { .sigma = sigma, .alpha = alpha };
  double largest, smallest, trace, x, least, v2;

  g_return_val_if_fail (spectrum != NULL && power != NULL && out != NULL, 0);
  g_return_val_if_fail (n > 0 && N > 0, 0);

  o.equivalent = ntk_equivalent (spectrum, power, n, N);
  measure (spectrum, &largest, &smallest, &trace);
  *out = nothing (&o.equivalent, trace);
  if (!(trace > 0))
    return INFINITY;
  o.v0 = ntk_equivalent_solve (&o.equivalent, 0);
  o.unit = o.v0 > 0 ? o.v0 : smallest;
  x = find_best (&o, log (TOP * MAX (largest, trace) / o.unit));
  least = (1 + FLAT) * objective (x, &o);
  if (ntk_equivalent_at (&o.equivalent, 0, out, NULL)
      && ntk_error_parts_total (out, sigma, alpha) <= least)
    return 0;
  *out = nothing (&o.equivalent, trace);
  if (ntk_error_parts_total (out, sigma, alpha) <= least)
    return INFINITY;
  v2 = o.v0 + o.unit * exp (x);
  ntk_equivalent_parts (&o.equivalent, v2, TRUE, out);
  return ntk_equivalent_ridge (&o.equivalent, v2);
}

/* ---- The ridge that removes the peak ---- */

/* From the top down, in steps of this factor, until there is a peak. */
#define SCAN 0.5
#define PRECISION 1e-4

typedef struct
{
  const NtkSpectrum *spectrum;
  const double *power;
  double n, sigma, alpha;
  int n_widths;
  double N[NTK_PEAK_WIDTHS + 1];
} Curve;

static void
fill_widths (Curve *self, double from, double to)
{
  const double step = log (to / from) / (NTK_PEAK_WIDTHS - 1);

  self->n_widths = 0;
  for (int i = 0; i < NTK_PEAK_WIDTHS; i++)
    {
      const double N = from * exp (i * step);

      if (i > 0 && self->N[self->n_widths - 1] < self->n && self->n < N)
        self->N[self->n_widths++] = self->n;
      self->N[self->n_widths++] = N;
    }
}

static double
error_at (const Curve *self, int i, double lambda)
{
  NtkErrorParts parts;

  if (!ntk_finite_d (self->spectrum, self->power, self->n, self->N[i], self->n * lambda, &parts,
                     NULL))
    return INFINITY;
  return ntk_error_parts_total (&parts, self->sigma, self->alpha);
}

static gboolean
has_peak (const Curve *self, double lambda)
{
  double error[NTK_PEAK_WIDTHS + 1], right[NTK_PEAK_WIDTHS + 1], left = INFINITY;
  const int last = self->n_widths - 1;

  for (int i = 0; i <= last; i++)
    error[i] = error_at (self, i, lambda);
  right[last] = error[last];
  for (int i = last - 1; i >= 0; i--)
    right[i] = MIN (right[i + 1], error[i]);
  for (int i = 0; i <= last; i++)
    {
      left = MIN (left, error[i]);
      if (error[i] > (1 + NTK_PEAK_HEIGHT) * MAX (left, right[i]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
no_answer (GError **error, const char *sentence)
{
  g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN, sentence);
  return FALSE;
}

gboolean
ntk_peak_ridge (const NtkSpectrum *spectrum, const double *power, double n, double from, double to,
                double sigma, double alpha, double *lambda, GError **error)
{
  Curve curve = { spectrum, power, n, sigma, alpha };
  double low = NTK_PEAK_MOST, high = low;

  g_return_val_if_fail (spectrum != NULL && power != NULL && lambda != NULL, FALSE);
  g_return_val_if_fail (n > 0 && from > 0 && to > from, FALSE);

  fill_widths (&curve, from, to);
  if (has_peak (&curve, high))
    return no_answer (error, _("No ridge up to 100 removes the peak"));
  while (low > NTK_PEAK_LEAST && !has_peak (&curve, low))
    {
      high = low;
      low *= SCAN;
    }
  if (low <= NTK_PEAK_LEAST)
    return no_answer (error, _("Theory has no peak here, even without ridge"));
  while (high / low > 1 + PRECISION)
    if (has_peak (&curve, sqrt (low * high)))
      low = sqrt (low * high);
    else
      high = sqrt (low * high);
  *lambda = high;
  return TRUE;
}
