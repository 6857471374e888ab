/* The curves of double descent over width. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab-curves-private.h"
#include "lab-double-descent.h"

static void
set_quantiles (LabSeries *series, int i, double *values, int n)
{
  qsort (values, n, sizeof *values, lab_compare_doubles);
  series->y[i] = lab_quantile (values, n, 0.5);
  series->low[i] = lab_quantile (values, n, 0.1);
  series->high[i] = lab_quantile (values, n, 0.9);
  series->count[i] = n;
}

typedef struct
{
  const LabResult *result;
  const LabSpec *spec;
  double sigma, alpha;
  int n_x, seeds;
  double *scratch; /* one number per seed */
} Combine;

static const LabPiece *
piece_at (const Combine *c, int seed, int i)
{
  return lab_result_piece (c->result, seed, i);
}

static void
combine_errors (Combine *c, LabSeries *series, gboolean test)
{
  for (int i = 0; i < c->n_x; i++)
    {
      for (int s = 0; s < c->seeds; s++)
        {
          const LabPiece *piece = piece_at (c, s, i);

          c->scratch[s] = ntk_gram_error (test ? &piece->test : &piece->train, c->sigma, c->alpha);
        }
      set_quantiles (series, i, c->scratch, c->seeds);
    }
}

/* A horizontal line: the same model without the draw of the weights. */
static void
combine_limit (Combine *c, LabCurves *curves)
{
  const double *x = c->result->plan->x;
  double ends[] = { x[0], x[c->n_x - 1] };
  LabSeries *series = lab_series_new (curves, c->spec, "limit", c->n_x == 1 ? 1 : 2, ends, TRUE);

  for (int s = 0; s < c->seeds; s++)
    c->scratch[s] = ntk_gram_error (&piece_at (c, s, c->n_x)->test, c->sigma, c->alpha);
  for (int i = 0; i < series->n; i++)
    set_quantiles (series, i, c->scratch, c->seeds);
}

/* Test error is B + sigma^2 V + alpha^2 I; its parts for one draw of features (d'Ascoli et al. 2020). */
static double
theory_part (const NtkFiniteD *t, const char *id, double sigma, double alpha)
{
  if (strcmp (id, "bias") == 0)
    return t->bias;
  if (strcmp (id, "sampling") == 0)
    return t->B_inf - t->bias;
  if (strcmp (id, "weights") == 0)
    return t->B - t->B_inf;
  if (strcmp (id, "noise") == 0)
    return sigma * sigma * t->V;
  if (strcmp (id, "initial-function") == 0)
    return alpha * alpha * t->init;
  return t->B + sigma * sigma * t->V + alpha * alpha * t->init;
}

static void
combine_theory (Combine *c, LabCurves *curves, const char *id)
{
  const LabFiniteD *theory = (const LabFiniteD *) c->result->theory;
  LabSeries *series = lab_series_new (curves, c->spec, id, theory->n, theory->x, FALSE);

  for (int i = 0; i < series->n; i++)
    series->y[i] = theory_part (&theory->at[i], id, c->sigma, c->alpha);
}

static void
combine_ranks (Combine *c, LabCurves *curves)
{
  NtkArchitecture arch;

  curves->n_ranks = c->n_x;
  curves->rank_x = g_memdup2 (c->result->plan->x, c->n_x * sizeof (double));
  curves->rank = g_new (double, c->n_x);
  curves->dropped = g_new (double, c->n_x);
  curves->parameters = g_new (double, c->n_x);
  lab_spec_architecture (c->result->spec, &arch);
  for (int i = 0; i < c->n_x; i++)
    {
      curves->parameters[i] = ntk_parameter_count (&arch, curves->rank_x[i]);
      for (int s = 0; s < c->seeds; s++)
        c->scratch[s] = piece_at (c, s, i)->rank;
      qsort (c->scratch, c->seeds, sizeof (double), lab_compare_doubles);
      curves->rank[i] = lab_quantile (c->scratch, c->seeds, 0.5);
      for (int s = 0; s < c->seeds; s++)
        c->scratch[s] = piece_at (c, s, i)->dropped;
      qsort (c->scratch, c->seeds, sizeof (double), lab_compare_doubles);
      curves->dropped[i] = lab_quantile (c->scratch, c->seeds, 0.5);
    }
}

/* Shares of noise and initial function in the test error. The seed whose error is the median one
 * stands for all; the product of target and noise vanishes in the mean and is left out. */
static void
find_shares (Combine *c, LabFacts *facts, const LabSeries *test, int at)
{
  double best = INFINITY;

  for (int s = 0; s < c->seeds; s++)
    {
      const NtkGram *g = &piece_at (c, s, at)->test;
      double noise = c->sigma * c->sigma * g->aa, initial = c->alpha * c->alpha * g->bb;
      double distance = fabs (log (ntk_gram_error (g, c->sigma, c->alpha) / test->y[at]));

      if (distance >= best)
        continue;
      best = distance;
      facts->noise_share = noise / (g->rr + noise + initial);
      facts->initial_share = initial / (g->rr + noise + initial);
    }
}

/* The highest interior point, and the best error before it; a ripple is no peak. */
static void
find_peak (Combine *c, LabFacts *facts, const LabSeries *test)
{
  int peak = -1, before = 0;
  double after = INFINITY;

  for (int i = 1; i < test->n - 1; i++)
    if ((peak < 0 || test->y[i] > test->y[peak]) && test->y[i] > test->y[i - 1]
        && test->y[i] >= test->y[i + 1])
      peak = i;
  facts->last_x = test->x[test->n - 1];
  facts->last_y = test->y[test->n - 1];
  if (peak < 0)
    return;
  for (int i = 1; i < peak; i++)
    if (test->y[i] < test->y[before])
      before = i;
  for (int i = peak + 1; i < test->n; i++)
    after = MIN (after, test->y[i]);
  if (test->y[peak] < 1.15 * MAX (test->y[before], after))
    return;
  facts->peak_x = test->x[peak];
  facts->peak_y = test->y[peak];
  facts->before_x = test->x[before];
  facts->before_y = test->y[before];
  find_shares (c, facts, test, peak);
}

/* Where the measured rank meets n, continued in a line from the last two widths below, since the
 * rank stays at n from there on. */
static double
find_threshold (const LabCurves *curves, double n)
{
  const double *x = curves->rank_x, *rank = curves->rank;
  int i = 0;

  while (i < curves->n_ranks && rank[i] < n)
    i++;
  if (i == curves->n_ranks)
    return NAN;
  if (i < 2 || rank[i - 1] <= rank[i - 2])
    return x[i];
  return MIN (x[i],
              x[i - 1] + (n - rank[i - 1]) * (x[i - 1] - x[i - 2]) / (rank[i - 1] - rank[i - 2]));
}

static void
find_facts (Combine *c, LabCurves *curves, const LabSeries *test)
{
  LabFacts *facts = &curves->facts;

  *facts = (LabFacts){ NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  facts->n = lab_spec_integer (c->result->spec, LAB_N_TRAIN);
  facts->threshold = find_threshold (curves, facts->n);
  for (int i = 0; i < c->n_x; i++)
    for (int s = 0; s < c->seeds && curves->rank_x[i] > facts->threshold; s++)
      if (piece_at (c, s, i)->dropped > facts->max_dropped)
        {
          facts->max_dropped = piece_at (c, s, i)->dropped;
          facts->cutoff_x = curves->rank_x[i];
        }
  find_peak (c, facts, test);
}

static const char *const theory_ids[] = { "finite-d",         "bias", "sampling", "weights",
                                          "initial-function", "noise" };

LabCurves *
lab_double_descent_combine (const LabResult *result, const LabSpec *spec)
{
  LabCurves *curves = lab_curves_alloc (result, spec);
  g_autofree double *scratch = g_new (double, MAX (1, result->seeds_done));
  Combine c = { result,
                spec,
                lab_spec_real (spec, LAB_NOISE),
                lab_spec_real (spec, LAB_INIT_SCALE),
                result->plan->n_x,
                result->seeds_done,
                scratch };
  LabSeries *test;

  test = lab_series_new (curves, spec, "test", c.n_x, result->plan->x, TRUE);
  combine_errors (&c, test, TRUE);
  combine_ranks (&c, curves);
  find_facts (&c, curves, test);
  combine_errors (&c, lab_series_new (curves, spec, "train", c.n_x, result->plan->x, TRUE), FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (theory_ids) && result->theory != NULL; i++)
    if (lab_spec_can_show (spec, theory_ids[i]))
      combine_theory (&c, curves, theory_ids[i]);
  combine_limit (&c, curves);
  return curves;
}

static double
read_series (const LabCurves *self, const char *id, double x, gsize member)
{
  const LabSeries *series = lab_curves_find (self, id);

  if (series == NULL)
    return NAN;
  return lab_interpolate (series->x, G_STRUCT_MEMBER (double *, series, member), series->n, x);
}

gboolean
lab_double_descent_read (const LabCurves *self, const LabSpec *spec, double x, LabReading *out)
{
  const LabSeries *test = lab_curves_find (self, "test");
  NtkArchitecture arch;

  if (test == NULL || x < test->x[0] || x > test->x[test->n - 1])
    return FALSE;
  lab_spec_architecture (spec, &arch);
  out->parameters = ntk_parameter_count (&arch, x);
  out->test = read_series (self, "test", x, G_STRUCT_OFFSET (LabSeries, y));
  out->low = read_series (self, "test", x, G_STRUCT_OFFSET (LabSeries, low));
  out->high = read_series (self, "test", x, G_STRUCT_OFFSET (LabSeries, high));
  out->y[0] = out->test;
  out->train = read_series (self, "train", x, G_STRUCT_OFFSET (LabSeries, y));
  out->theory = read_series (self, "finite-d", x, G_STRUCT_OFFSET (LabSeries, y));
  out->limit = read_series (self, "limit", x, G_STRUCT_OFFSET (LabSeries, y));
  out->rank = lab_interpolate (self->rank_x, self->rank, self->n_ranks, x);
  out->dropped = lab_interpolate (self->rank_x, self->dropped, self->n_ranks, x);
  for (int i = 0; i < test->n; i++)
    out->exact = out->exact || test->x[i] == x;
  return TRUE;
}
