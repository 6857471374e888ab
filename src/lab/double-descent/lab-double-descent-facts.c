/* What the numbers of double descent say: threshold, peak, what the peak is made of, and why there is
 * none. */

#include <math.h>
#include <stdlib.h>

#include "lab-answer-private.h"
#include "lab-double-descent.h"

/* From which height on a maximum counts as a peak. Places with draws of their own have ripples; along
 * ridge and time each seed's curve is smooth. */
#define LEAST_PEAK 1.15
#define LEAST_SMOOTH_PEAK 1.04
/* The scatter of fewer seeds than this is unknown. */
#define LEAST_SEEDS 4
#define LEAST_LONE_PEAK 1.5
/* In log x: what rises there may be the peak, elsewhere it is a ripple. */
#define NEAR_THRESHOLD 0.3

static double
median (LabCombine *c)
{
  qsort (c->scratch, c->seeds, sizeof (double), lab_compare_doubles);
  return lab_quantile (c->scratch, c->seeds, 0.5);
}

/* ---- What the error at one place is made of ---- */

/* A share is told where it agrees, up to this, with what the curve loses without it. */
#define SHARE_AGREES 0.1

/* The product of target and noise is zero in the mean, and is left out. */
static double
median_share (LabCombine *c, int at, double ensemble, gboolean initial)
{
  for (int s = 0; s < c->seeds; s++)
    {
      NtkGram g = lab_combine_gram (lab_combine_piece (c, s, at), TRUE, ensemble);
      double noise = c->sigma * c->sigma * g.aa, start = c->alpha * c->alpha * g.bb,
             total = g.rr + noise + start;

      c->scratch[s] = total > 0 ? (initial ? start : noise) / total : 0;
    }
  return median (c);
}

/* Which share of the curve that is drawn is lost when noise, or the initial function, is switched off. */
static double
drawn_share (const LabCombine *c, const LabSeries *test, int at, double ensemble, gboolean initial)
{
  LabCombine without = *c;

  if (initial)
    without.alpha = 0;
  else
    without.sigma = 0;
  for (int s = 0; s < c->seeds; s++)
    c->scratch[s] = lab_combine_error (&without, s, at, TRUE, ensemble);
  return 1 - MAX (0, lab_center (c->spec, c->scratch, c->seeds)) / test->y[at];
}

/* The share of each seed's error, in the median; NaN where the curve that is drawn says another. */
static double
sure_share (LabCombine *c, const LabSeries *test, int at, gboolean initial)
{
  double ensemble = lab_combine_ensemble (c, test->x[at]);
  double share = median_share (c, at, ensemble, initial);

  return fabs (share - drawn_share (c, test, at, ensemble, initial)) <= SHARE_AGREES ? share : NAN;
}

/* Theory at finite D, at its place that is nearest to x. */
static gboolean
theory_near (const LabCombine *c, double x, double ensemble, NtkErrorParts *out)
{
  const LabDescentTheory *theory = (const LabDescentTheory *) c->result->theory;
  double nearest = INFINITY;

  for (int i = 0; theory != NULL && theory->finite != NULL && i < theory->n; i++)
    {
      double distance = fabs (log (theory->x[i] / x));

      if (!(theory->finite[i].B > 0) || distance >= nearest)
        continue;
      nearest = distance;
      *out = ntk_error_parts_ensemble (&theory->finite[i], ensemble);
    }
  return isfinite (nearest);
}

static void
find_shares (LabCombine *c, LabDescentFacts *facts, const LabSeries *test, int at)
{
  double x = test->x[at], ensemble = lab_combine_ensemble (c, x), rest;
  LabTheoryKind kind = lab_descent_theory_kind (c->spec);
  NtkErrorParts t;

  facts->noise_share = sure_share (c, test, at, FALSE);
  facts->initial_share = sure_share (c, test, at, TRUE);
  if (lab_combine_cutoff_decides (c, x) || lab_domain (c->spec, "finite-d", x) == LAB_DOMAIN_OUT
      || !theory_near (c, x, ensemble, &t))
    return;
  rest = MAX (0, 1 - median_share (c, at, ensemble, FALSE) - median_share (c, at, ensemble, TRUE)) / t.B;
  if (kind == LAB_THEORY_FEATURES)
    {
      facts->weights_share = rest * (t.B - t.B_inf);
      facts->sampling_share = rest * (t.B_inf - t.bias);
    }
  else if (kind == LAB_THEORY_LINEAR)
    /* The coordinates left out act as noise of that variance. */
    facts->unseen_share = rest * lab_descent_unseen (c->spec, x) * (1 + t.V);
}

/* ---- The peak ---- */

static int
least (const double *y, int from, int to)
{
  int at = from;

  for (int i = from; i < to; i++)
    if (y[i] < y[at])
      at = i;
  return at;
}

/* The interior point that stands out most above the best on either side, if it is `height` times
 * these; or -1. */
static int
find_top (const double *y, int n, double height)
{
  g_autofree double *right = g_new (double, n);
  double left = INFINITY, most = height;
  int peak = -1;

  for (int i = n - 1; i >= 0; i--)
    right[i] = i == n - 1 ? y[i] : MIN (y[i], right[i + 1]);
  for (int i = 1; i < n - 1; i++)
    {
      double ratio;

      left = MIN (left, y[i - 1]);
      ratio = y[i] / MAX (left, right[i + 1]);
      if (!(ratio >= most))
        continue;
      most = ratio;
      peak = i;
    }
  return peak;
}

/* The error of a seed, at least what rounding leaves. */
static double
seed_error (const LabCombine *c, int seed, int i, double x)
{
  return MAX (lab_combine_error (c, seed, i, TRUE, lab_combine_ensemble (c, x)),
              lab_combine_floor (c, seed, i, TRUE));
}

/* Whether the error at one place exceeds that at another beyond the scatter of the seeds, which share
 * their data; few seeds must show more. */
static gboolean
stands_out (const LabCombine *c, const LabSeries *test, int high, int low)
{
  double sum = 0, squares = 0, n = c->seeds;

  if (n < LEAST_SEEDS)
    return test->y[high] > LEAST_LONE_PEAK * test->y[low];
  for (int s = 0; s < c->seeds; s++)
    {
      double ratio = log (seed_error (c, s, high, test->x[high])
                          / seed_error (c, s, low, test->x[low]));

      sum += ratio;
      squares += ratio * ratio;
    }
  return sum > 2 * sqrt (n * MAX (0, squares - sum * sum / n) / (n - 1));
}

static void
find_ends (LabDescentFacts *facts, const LabSeries *test)
{
  int best = least (test->y, 0, test->n), top = 0, last = test->n - 1;

  for (int i = 0; i < test->n; i++)
    if (test->y[i] > test->y[top])
      top = i;
  facts->first_x = test->x[0];
  facts->first_y = test->y[0];
  facts->last_x = test->x[last];
  facts->last_y = test->y[last];
  facts->best_x = test->x[best];
  facts->best_y = test->y[best];
  facts->top_x = test->x[top];
  facts->top_y = test->y[top];
}

static void
find_peak (LabCombine *c, LabDescentFacts *facts, const LabSeries *test)
{
  LabKey axis = lab_spec_axis (c->spec);
  int peak = find_top (test->y, test->n,
                       lab_descent_is_filter (c->spec) ? LEAST_SMOOTH_PEAK : LEAST_PEAK);
  int before, after;

  if (axis == LAB_RIDGE || axis == LAB_ENSEMBLE)
    find_shares (c, facts, test, 0);
  if (peak < 0)
    return;
  before = least (test->y, 0, peak);
  after = least (test->y, peak + 1, test->n);
  if (!lab_descent_is_filter (c->spec)
      && !(stands_out (c, test, peak, before) && stands_out (c, test, peak, after)))
    {
      facts->hump_x = test->x[peak];
      return;
    }
  facts->peak_x = test->x[peak];
  facts->peak_y = test->y[peak];
  facts->before_x = test->x[before];
  facts->before_y = test->y[before];
  facts->after_x = test->x[after];
  facts->after_y = test->y[after];
  if (axis == LAB_RIDGE || axis == LAB_ENSEMBLE)
    return;
  find_shares (c, facts, test, peak);
  facts->initial_before = median_share (c, before, lab_combine_ensemble (c, test->x[before]), TRUE);
  facts->initial_last = sure_share (c, test, test->n - 1, TRUE);
}

/* ---- The threshold ---- */

/* Where the measured rank meets n, continued in a line from the last two widths below, since the
 * rank stays at n from there on. */
static double
find_width_threshold (LabCombine *c, double n)
{
  const double *x = c->facts->rank_x, *rank = c->facts->rank;
  int i = 0;

  while (i < c->facts->n_ranks && rank[i] < n)
    i++;
  if (i == c->facts->n_ranks || (i == 0 && x[0] != lab_expected_threshold (c->spec)))
    return NAN;
  if (i < 2 || rank[i - 1] <= rank[i - 2])
    return x[i];
  return MIN (x[i],
              x[i - 1] + (n - rank[i - 1]) * (x[i - 1] - x[i - 2]) / (rank[i - 1] - rank[i - 2]));
}

/* The rank is n until it can grow no more. */
static double
find_samples_threshold (const LabDescentFacts *facts)
{
  int last = facts->n_ranks - 1;

  return facts->rank[last] < facts->rank_x[last] && facts->rank[last] >= facts->rank_x[0]
           ? facts->rank[last]
           : NAN;
}

/* ---- What has removed the peak ---- */

/* Whether one model alone has a peak. */
static gboolean
single_peaks (LabCombine *c, const LabSeries *test)
{
  g_autofree double *y = g_new (double, test->n);

  for (int i = 0; i < test->n; i++)
    {
      for (int s = 0; s < c->seeds; s++)
        c->scratch[s] = lab_combine_error (c, s, i, TRUE, 1);
      y[i] = lab_center (c->spec, c->scratch, c->seeds);
    }
  return find_top (y, test->n, LEAST_PEAK) >= 0;
}

/* Whether minimum norm would have a peak: by theory, or where the noise, of which at the threshold at
 * least n sigma^2 is left (ntk_noise_lower_bound()), stands out without doubt. */
static gboolean
minimum_norm_peaks (const LabCombine *c, const LabDescentFacts *facts)
{
  const LabDescentTheory *theory = (const LabDescentTheory *) c->result->theory;
  double n = lab_spec_axis (c->spec) == LAB_WIDTH ? facts->n : facts->threshold;

  if (theory != NULL && theory->peaks != NULL)
    return lab_peaks_height (theory->peaks, c->sigma, c->alpha) > LEAST_PEAK - 1;
  return n * c->sigma * c->sigma > 2 * MAX (facts->first_y, facts->last_y);
}

static LabRemoved
find_removed (LabCombine *c, const LabDescentFacts *facts, const LabSeries *test)
{
  gboolean ridge = lab_spec_real (c->spec, LAB_RIDGE) > 0,
           stopped = isfinite (lab_spec_real (c->spec, LAB_TIME));

  if (!isnan (facts->peak_x) || fabs (log (facts->hump_x / facts->threshold)) < NEAR_THRESHOLD
      || !(facts->threshold > facts->first_x && facts->threshold < facts->last_x))
    return LAB_REMOVED_BY_NOTHING;
  if (lab_spec_is_ensemble (c->spec))
    return single_peaks (c, test) ? LAB_REMOVED_BY_ENSEMBLE : LAB_REMOVED_BY_NOTHING;
  if (ridge == stopped || !minimum_norm_peaks (c, facts))
    return LAB_REMOVED_BY_NOTHING;
  if (ridge && lab_spec_real (c->spec, LAB_RIDGE) < facts->peak_ridge)
    return LAB_REMOVED_NEARLY;
  return ridge ? LAB_REMOVED_BY_RIDGE : LAB_REMOVED_BY_TIME;
}

/* Where there is a peak, or was one without the ridge. */
static void
find_remedy (const LabCombine *c, LabDescentFacts *facts, const LabPeaks *peaks)
{
  double ridge = lab_spec_real (c->spec, LAB_RIDGE);
  LabSetting setting;

  if (isnan (facts->peak_x) && ridge == 0)
    return;
  lab_setting_init (&setting, c->spec, "finite-d");
  facts->peak_ridge = lab_peaks_ridge (peaks, c->sigma, c->alpha);
  if (facts->peak_ridge <= ridge
      || lab_setting_domain_features (&setting, facts->n, facts->n, facts->peak_ridge)
           == LAB_DOMAIN_OUT)
    facts->peak_ridge = NAN;
}

static double
infinite_ensemble (LabCombine *c)
{
  for (int s = 0; s < c->seeds; s++)
    c->scratch[s] = MAX (0, lab_combine_error (c, s, 0, TRUE, INFINITY));
  return lab_center (c->spec, c->scratch, c->seeds);
}

/* ---- All of them ---- */

static void
facts_clear (void *data)
{
  LabDescentFacts *self = data;

  g_free (self->rank_x);
  g_free (self->rank);
  g_free (self->dropped);
  g_free (self->rank_low);
  g_free (self->rank_high);
  g_free (self->parameters);
}

const LabFactsType lab_descent_facts_type = { sizeof (LabDescentFacts), facts_clear };

const LabDescentFacts *
lab_descent_facts (const LabAnswer *answer)
{
  return answer->facts_type == &lab_descent_facts_type ? answer->facts : NULL;
}

LabDescentFacts *
lab_descent_facts_new (LabAnswer *answer)
{
  LabDescentFacts *self = lab_answer_add_facts (answer, &lab_descent_facts_type);

  *self = (LabDescentFacts){ .threshold = NAN,
                             .peak_x = NAN,
                             .peak_y = NAN,
                             .hump_x = NAN,
                             .before_x = NAN,
                             .before_y = NAN,
                             .after_x = NAN,
                             .after_y = NAN,
                             .noise_share = NAN,
                             .initial_share = NAN,
                             .weights_share = NAN,
                             .sampling_share = NAN,
                             .unseen_share = NAN,
                             .initial_before = NAN,
                             .initial_last = NAN,
                             .infinite_y = NAN,
                             .peak_ridge = NAN };
  return self;
}

void
lab_combine_facts (LabCombine *c, const LabSeries *test)
{
  const LabDescentTheory *theory = (const LabDescentTheory *) c->result->theory;
  LabDescentFacts *facts = c->facts;
  LabKey axis = lab_spec_axis (c->spec);

  facts->n = lab_spec_integer (c->result->spec, LAB_N_TRAIN);
  if (axis == LAB_WIDTH)
    facts->threshold = find_width_threshold (c, facts->n);
  else if (axis == LAB_N_TRAIN)
    facts->threshold = find_samples_threshold (facts);
  lab_combine_find_cutoff (c);
  find_ends (facts, test);
  find_peak (c, facts, test);
  if (theory != NULL && theory->peaks != NULL)
    find_remedy (c, facts, theory->peaks);
  if (axis == LAB_WIDTH || axis == LAB_N_TRAIN)
    facts->removed = find_removed (c, facts, test);
  if (axis == LAB_ENSEMBLE)
    facts->infinite_y = infinite_ensemble (c);
}
