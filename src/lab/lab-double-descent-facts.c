/* What the numbers of double descent say: threshold, peak, and what the peak is made of. */

#include <math.h>

#include "lab-curves-private.h"
#include "lab-double-descent.h"

/* Heights that count as a peak: among separate draws a ripple is none; along ridge and time each
 * seed's curve is smooth. */
#define LEAST_PEAK 1.15
#define LEAST_SMOOTH_PEAK 1.04

/* The seed whose error is the median one stands for all; the product of target and noise vanishes in
 * the mean and is left out. */
static void
find_shares (LabCombine *c, LabFacts *facts, const LabSeries *test, int at)
{
  double best = INFINITY, ensemble = lab_combine_ensemble (c, test->x[at]);

  for (int s = 0; s < c->seeds; s++)
    {
      NtkGram g = lab_combine_gram (lab_combine_piece (c, s, at), TRUE, ensemble);
      double noise = c->sigma * c->sigma * g.aa, initial = c->alpha * c->alpha * g.bb;
      double distance = fabs (log (ntk_gram_error (&g, c->sigma, c->alpha) / test->y[at]));

      if (!(distance < best))
        continue;
      best = distance;
      facts->noise_share = noise / (g.rr + noise + initial);
      facts->initial_share = initial / (g.rr + noise + initial);
    }
}

/* Of the theory nearest to the peak that is finite. */
static void
find_weights_share (LabCombine *c, LabFacts *facts)
{
  const LabDescentTheory *theory = (const LabDescentTheory *) c->result->theory;
  double nearest = INFINITY;

  if (lab_descent_theory_kind (c->spec) != LAB_THEORY_FEATURES || theory == NULL)
    return;
  for (int i = 0; i < theory->n; i++)
    {
      NtkErrorParts t = ntk_error_parts_ensemble (&theory->finite[i],
                                                  lab_combine_ensemble (c, theory->x[i]));
      double distance = fabs (log (theory->x[i] / facts->peak_x));

      if (isnan (t.B) || distance >= nearest)
        continue;
      nearest = distance;
      facts->weights_share = (t.B - t.B_inf) / ntk_error_parts_total (&t, c->sigma, c->alpha);
    }
}

static int
least (const LabSeries *test, int from, int to)
{
  int at = from;

  for (int i = from; i < to; i++)
    if (test->y[i] < test->y[at])
      at = i;
  return at;
}

/* The highest interior point, with the best errors on either side. */
static void
find_peak (LabCombine *c, LabFacts *facts, const LabSeries *test)
{
  double height = lab_descent_is_filter (c->spec) ? LEAST_SMOOTH_PEAK : LEAST_PEAK;
  int peak = -1, before, after;

  for (int i = 1; i < test->n - 1; i++)
    if ((peak < 0 || test->y[i] > test->y[peak]) && test->y[i] > test->y[i - 1]
        && test->y[i] >= test->y[i + 1])
      peak = i;
  facts->first_y = test->y[0];
  facts->last_x = test->x[test->n - 1];
  facts->last_y = test->y[test->n - 1];
  before = least (test, 0, peak < 0 ? test->n : peak);
  facts->before_x = test->x[before];
  facts->before_y = test->y[before];
  if (peak < 0)
    return;
  after = least (test, peak + 1, test->n);
  if (test->y[peak] < height * MAX (test->y[before], test->y[after]))
    {
      before = least (test, 0, test->n);
      facts->before_x = test->x[before];
      facts->before_y = test->y[before];
      return;
    }
  facts->peak_x = test->x[peak];
  facts->peak_y = test->y[peak];
  facts->after_x = test->x[after];
  facts->after_y = test->y[after];
  find_shares (c, facts, test, peak);
  find_weights_share (c, facts);
}

/* Where the measured rank meets n, continued in a line from the last two widths below, since the
 * rank stays at n from there on. */
static double
find_width_threshold (const LabCurves *curves, double n)
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

/* The rank follows n as far as it can. */
static double
find_samples_threshold (const LabCurves *curves)
{
  int last = curves->n_ranks - 1;

  return curves->rank[last] < curves->rank_x[last] ? curves->rank[last] : NAN;
}

static void
find_cutoff (LabCombine *c, LabCurves *curves)
{
  LabFacts *facts = &curves->facts;
  gboolean widths = lab_spec_axis (c->spec) == LAB_WIDTH;

  for (int i = 0; i < c->n_x; i++)
    {
      double rank = lab_descent_is_infinite (c->spec)
                      ? INFINITY
                      : lab_descent_features (c->spec, curves->rank_x[i]);
      double expected = MIN (rank, lab_descent_samples (c->spec, curves->rank_x[i]));

      if (widths && !(curves->rank_x[i] > facts->threshold))
        continue;
      for (int s = 0; s < c->seeds; s++)
        {
          const LabPiece *piece = lab_combine_piece (c, s, i);
          int dropped = piece->dropped == 0 ? 0 : expected - piece->rank;

          if (dropped <= facts->max_dropped)
            continue;
          facts->max_dropped = dropped;
          facts->cutoff_x = curves->rank_x[i];
        }
    }
}

void
lab_combine_facts (LabCombine *c, LabCurves *curves, const LabSeries *test)
{
  LabFacts *facts = &curves->facts;
  LabKey axis = lab_spec_axis (c->spec);

  *facts = (LabFacts){ NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  facts->n = lab_spec_integer (c->result->spec, LAB_N_TRAIN);
  if (axis == LAB_WIDTH)
    facts->threshold = find_width_threshold (curves, facts->n);
  else if (axis == LAB_N_TRAIN)
    facts->threshold = find_samples_threshold (curves);
  find_cutoff (c, curves);
  find_peak (c, facts, test);
}
