/* The curves of double descent along any axis. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab-answer-private.h"
#include "lab-double-descent.h"
#include "lab-spec-ntk.h"

#define BOUND_POINTS 200
#define TUNED_POINTS 60

const LabPiece *
lab_combine_piece (const LabCombine *self, int seed, int i)
{
  return lab_result_piece (self->result, seed,
                           lab_spec_axis (self->spec) == LAB_ENSEMBLE ? 0 : i);
}

double
lab_combine_ensemble (const LabCombine *self, double x)
{
  if (lab_spec_axis (self->spec) == LAB_ENSEMBLE)
    return x;
  return lab_spec_is_ensemble (self->spec)
           ? lab_value_to_number (LAB_ENSEMBLE, lab_spec_value (self->spec, LAB_ENSEMBLE))
           : 1;
}

/* Own errors have the weight 1/K, products of different members the rest; their initial functions are
 * independent (docs/theory.md, section 4). */
NtkGram
lab_combine_gram (const LabPiece *piece, gboolean test, double ensemble)
{
  NtkGram own = test ? piece->test : piece->train,
          pair = test ? piece->test_pair : piece->train_pair;
  double w = 1 / ensemble;

  if (ensemble == 1)
    return own;
  return (NtkGram){ w * own.rr + (1 - w) * pair.rr, w * own.ra + (1 - w) * pair.ra,
                    w * own.aa + (1 - w) * pair.aa, w * own.bb };
}

double
lab_combine_floor (const LabCombine *self, int seed, int i, gboolean test)
{
  return lab_rounding_floor (&self->rounding,
                             lab_descent_samples (self->spec, self->result->plan->x[i]),
                             lab_combine_piece (self, seed, i)->growth, test,
                             lab_spec_is_infinite (self->spec));
}

double
lab_combine_error (const LabCombine *self, int seed, int i, gboolean test, double ensemble)
{
  const LabPiece *piece = lab_combine_piece (self, seed, i);
  NtkGram gram = lab_combine_gram (piece, test, ensemble);
  double floor = lab_combine_floor (self, seed, i, test);

  if (ensemble != 1)
    floor += lab_rounding_difference (
      ntk_gram_error (test ? &piece->test : &piece->train, self->sigma, self->alpha));
  return lab_round (ntk_gram_error (&gram, self->sigma, self->alpha), floor);
}

/* The error of an ensemble larger than was drawn is right in the mean, but can come out negative
 * where few draws scatter widely: it is then drawn as 0, and a note says so. */
static gboolean
lift (LabSeries *series, int i)
{
  gboolean negative = series->y[i] < 0;

  series->y[i] = MAX (series->y[i], 0);
  series->low[i] = MAX (series->low[i], 0);
  series->high[i] = MAX (series->high[i], 0);
  return negative;
}

/* The band of the networks with v and with -v of every seed, which start from f_0 and from -f_0: as one
 * would train them. The curve itself is of the means over the signs. */
static void
fill_band (LabCombine *c, LabSeries *series, int i, gboolean test)
{
  for (int s = 0; s < c->seeds; s++)
    {
      const LabPiece *piece = lab_combine_piece (c, s, i);
      const NtkGram *gram = test ? &piece->test : &piece->train;
      double floor = lab_combine_floor (c, s, i, test);

      for (int sign = 0; sign < 2; sign++)
        c->scratch[2 * s + sign] = lab_round (
          ntk_gram_error_drawn (gram, c->sigma, sign == 0 ? c->alpha : -c->alpha), floor);
    }
  qsort (c->scratch, 2 * c->seeds, sizeof (double), lab_compare_doubles);
  series->low[i] = lab_quantile (c->scratch, 2 * c->seeds, 0.1);
  series->high[i] = lab_quantile (c->scratch, 2 * c->seeds, 0.9);
}

/* One number of every seed at each place. Returns at how many the center was lifted to 0. */
static int
combine_errors (LabCombine *c, LabSeries *series, gboolean test)
{
  int lifted = 0;

  for (int i = 0; i < c->n_x; i++)
    {
      double ensemble = lab_combine_ensemble (c, series->x[i]);
      gboolean both = c->both_signs && ensemble == 1;

      for (int s = 0; s < c->seeds; s++)
        c->scratch[s] = lab_combine_error (c, s, i, test, ensemble);
      lab_series_fill (series, c->spec, i, c->scratch, c->seeds);
      if (both)
        fill_band (c, series, i, test);
      lifted += lift (series, i);
    }
  return lifted;
}

/* A part of the test error as it was measured, where no formula tells it. */
static void
combine_measured (LabCombine *c, LabAnswer *answer, const char *id)
{
  LabSeries *series = lab_series_new (answer, c->spec, id, c->n_x, c->result->plan->x, TRUE);
  gboolean noise = strcmp (id, "noise") == 0;

  for (int i = 0; i < c->n_x; i++)
    {
      double ensemble = lab_combine_ensemble (c, series->x[i]);

      for (int s = 0; s < c->seeds; s++)
        {
          NtkGram gram = lab_combine_gram (lab_combine_piece (c, s, i), TRUE, ensemble);

          c->scratch[s] = lab_round (
            noise ? c->sigma * c->sigma * gram.aa : c->alpha * c->alpha * gram.bb,
            lab_combine_floor (c, s, i, TRUE));
        }
      lab_series_fill (series, c->spec, i, c->scratch, c->seeds);
      lift (series, i);
    }
}

/* The limit of infinite width, which draws no weights: a horizontal line along width and ensemble. */
static void
combine_limit (LabCombine *c, LabAnswer *answer)
{
  const double *x = c->result->plan->x;
  double ends[] = { x[0], x[c->n_x - 1] };
  int n = lab_descent_limit_pieces (c->result->spec, c->result->plan),
      first = lab_descent_model_pieces (c->result->spec, c->result->plan);
  gboolean line = n == 1 && c->n_x > 1;
  LabSeries *series;

  if (n == 0)
    return;
  series = lab_series_new (answer, c->spec, "limit", line ? 2 : n, line ? ends : x, TRUE);
  for (int i = 0; i < series->n; i++)
    {
      double samples = lab_descent_samples (c->spec, series->x[i]);

      for (int s = 0; s < c->seeds; s++)
        {
          const LabPiece *piece = lab_result_piece (c->result, s, first + (line ? 0 : i));
          double floor = lab_rounding_floor (&c->rounding, samples, piece->growth, TRUE, TRUE);

          c->scratch[s] = lab_round (ntk_gram_error (&piece->test, c->sigma, c->alpha), floor);
        }
      lab_series_fill (series, c->spec, i, c->scratch, c->seeds);
    }
}

/* Test error is B + sigma^2 V + alpha^2 I; its parts for one draw of features (d'Ascoli et al. 2020). */
static double
theory_part (const NtkErrorParts *parts, const char *id, double sigma, double alpha, double ensemble)
{
  NtkErrorParts t = ntk_error_parts_ensemble (parts, ensemble);

  if (strcmp (id, "bias") == 0)
    return t.bias;
  if (strcmp (id, "sampling") == 0)
    return t.B_inf - t.bias;
  if (strcmp (id, "weights") == 0)
    return t.B - t.B_inf;
  if (strcmp (id, "noise") == 0)
    return sigma * sigma * t.V;
  if (strcmp (id, "initial-function") == 0)
    return alpha * alpha * t.init;
  return ntk_error_parts_total (&t, sigma, alpha);
}

static void
combine_theory (LabCombine *c, LabAnswer *answer, const char *id)
{
  const LabDescentTheory *theory = (const LabDescentTheory *) c->result->theory;
  const NtkErrorParts *parts = strcmp (id, "asymptotic") == 0 ? theory->asymptotic : theory->finite;
  gboolean all = strcmp (id, "ensemble-limit") == 0;
  LabSeries *series;

  if (parts == NULL)
    return;
  series = lab_series_new (answer, c->spec, id, theory->n, theory->x, FALSE);
  for (int i = 0; i < series->n; i++)
    series->y[i] = theory_part (&parts[i], id, c->sigma, c->alpha,
                                all ? INFINITY : lab_combine_ensemble (c, series->x[i]));
  lab_combine_judge (c, series);
}

static double *
log_places (const LabCombine *c, int n)
{
  const double *x = c->result->plan->x;
  double *places = g_new (double, n);

  for (int i = 0; i < n; i++)
    places[i] = n == 1 ? x[0] : x[0] * pow (x[c->n_x - 1] / x[0], i / (n - 1.0));
  return places;
}

static void
combine_tuned (LabCombine *c, LabAnswer *answer)
{
  const LabDescentTheory *theory = (const LabDescentTheory *) c->result->theory;
  gboolean widths = lab_spec_axis (c->spec) == LAB_WIDTH;
  int n = c->n_x > 1 ? TUNED_POINTS : 1;
  g_autofree double *x = log_places (c, n);
  LabSeries *series = lab_series_new (answer, c->spec, "tuned-ridge", n, x, FALSE);
  LabSetting setting;

  lab_setting_init (&setting, c->spec, "tuned-ridge");
  for (int i = 0; i < n; i++)
    {
      double samples = widths ? lab_spec_integer (c->spec, LAB_N_TRAIN) : x[i];
      double width = widths ? x[i] : lab_spec_integer (c->spec, LAB_WIDTH);
      NtkErrorParts parts;
      double ridge = ntk_tuned_ridge (theory->spectrum, theory->power, samples, width, c->sigma,
                                      c->alpha, &parts)
                     / samples;

      series->y[i] = ntk_error_parts_total (&parts, c->sigma, c->alpha);
      lab_series_judge_at (series, i, lab_setting_domain_features (&setting, width, samples, ridge));
    }
}

/* Whether the networks at each place computed have all the rank that their features allow. Elsewhere the cut-off has
 * decided, which the bound does not know. */
static gboolean *
find_full_ranks (const LabCombine *c)
{
  const LabDescentFacts *facts = c->facts;
  gboolean *full = g_new (gboolean, facts->n_ranks);

  for (int i = 0; i < facts->n_ranks; i++)
    full[i] = facts->rank_low[i] >= MIN (lab_descent_features (c->spec, facts->rank_x[i]),
                                         lab_descent_samples (c->spec, facts->rank_x[i]));
  return full;
}

/* At the places on either side of x, or at x itself. */
static gboolean
is_full (const LabDescentFacts *facts, const gboolean *full, double x)
{
  int i = 0;

  while (i + 1 < facts->n_ranks && facts->rank_x[i] < x)
    i++;
  return full[i] && (i == 0 || facts->rank_x[i] == x || full[i - 1]);
}

static void
combine_bound (LabCombine *c, LabAnswer *answer)
{
  gboolean widths = lab_spec_axis (c->spec) == LAB_WIDTH;
  int n = c->n_x > 1 ? BOUND_POINTS : 1;
  g_autofree double *x = log_places (c, n);
  g_autofree gboolean *full = find_full_ranks (c);
  LabSeries *series = lab_series_new (answer, c->spec, "lower-bound", n, x, FALSE);
  LabSetting setting;

  lab_setting_init (&setting, c->spec, "lower-bound");
  for (int i = 0; i < n; i++)
    {
      double features = lab_descent_features (c->spec, round (x[i])),
             samples = widths ? lab_spec_integer (c->spec, LAB_N_TRAIN) : round (x[i]);
      gboolean stands = is_full (c->facts, full, round (x[i]));

      series->y[i] = features > 0
                       ? c->sigma * c->sigma * ntk_noise_lower_bound (features, samples)
                       : NAN;
      lab_series_judge_at (series, i,
                           stands ? lab_setting_domain (&setting, x[i]) : LAB_DOMAIN_OUT);
      c->facts->bound_ends = c->facts->bound_ends || !stands;
    }
}

static double
median_of (LabCombine *c)
{
  qsort (c->scratch, c->seeds, sizeof (double), lab_compare_doubles);
  return lab_quantile (c->scratch, c->seeds, 0.5);
}

static void
combine_ranks (LabCombine *c)
{
  LabDescentFacts *facts = c->facts;
  NtkArchitecture arch;

  facts->n_ranks = c->n_x;
  facts->rank_x = g_memdup2 (c->result->plan->x, c->n_x * sizeof (double));
  facts->rank = g_new (double, c->n_x);
  facts->dropped = g_new (double, c->n_x);
  facts->rank_low = g_new (double, c->n_x);
  facts->rank_high = g_new (double, c->n_x);
  facts->parameters = g_new (double, c->n_x);
  lab_spec_architecture (c->result->spec, &arch);
  for (int i = 0; i < c->n_x; i++)
    {
      facts->parameters[i]
        = lab_spec_is_infinite (c->spec)
            ? NAN
            : ntk_parameter_count (&arch, lab_descent_width (c->spec, facts->rank_x[i]));
      for (int s = 0; s < c->seeds; s++)
        c->scratch[s] = lab_combine_piece (c, s, i)->rank;
      facts->rank[i] = median_of (c);
      facts->rank_low[i] = c->scratch[0];
      facts->rank_high[i] = c->scratch[c->seeds - 1];
      for (int s = 0; s < c->seeds; s++)
        c->scratch[s] = lab_combine_piece (c, s, i)->dropped;
      facts->dropped[i] = median_of (c);
    }
}

static const char *const theory_ids[] = { "finite-d", "asymptotic", "ensemble-limit",
                                          "bias",     "sampling",   "weights" };
static const char *const part_ids[] = { "initial-function", "noise" };

/* In the order of the exhibit's series, those that the values allow. */
LabAnswer *
lab_double_descent_combine (const LabResult *result, const LabSpec *spec)
{
  LabAnswer *answer = lab_answer_alloc (result, spec);
  g_autofree double *scratch = g_new (double, MAX (1, 2 * result->seeds_done));
  g_autofree gboolean *decided = g_new0 (gboolean, result->plan->n_x);
  const LabDescentTheory *theory = (const LabDescentTheory *) result->theory;
  gboolean starts = lab_spec_matters (spec, LAB_INIT_SCALE);
  LabCombine c = { .result = result,
                   .spec = spec,
                   .sigma = lab_spec_real (spec, LAB_NOISE),
                   .alpha = starts ? lab_spec_real (spec, LAB_INIT_SCALE) : 0,
                   .n_x = result->plan->n_x,
                   .seeds = result->seeds_done,
                   .decided = decided,
                   .scratch = scratch,
                   .facts = lab_descent_facts_new (answer) };
  LabSeries *test;
  int lifted;

  c.both_signs = c.alpha > 0 && !lab_spec_is_infinite (spec);
  lab_rounding_init (&c.rounding, c.result, c.spec, c.sigma, c.alpha);
  test = lab_series_new (answer, spec, "test", c.n_x, result->plan->x, TRUE);
  lifted = combine_errors (&c, test, TRUE);
  combine_ranks (&c);
  lab_combine_facts (&c, test);
  c.facts->lifted = lifted;
  combine_errors (&c, lab_series_new (answer, spec, "train", c.n_x, result->plan->x, TRUE), FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (theory_ids) && theory != NULL; i++)
    if (lab_spec_can_show (spec, theory_ids[i]))
      combine_theory (&c, answer, theory_ids[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (part_ids); i++)
    if (lab_spec_can_show (spec, part_ids[i]))
      {
        if (theory != NULL && theory->finite != NULL)
          combine_theory (&c, answer, part_ids[i]);
        else
          combine_measured (&c, answer, part_ids[i]);
      }
  if (theory != NULL && lab_spec_can_show (spec, "tuned-ridge"))
    combine_tuned (&c, answer);
  if (lab_spec_can_show (spec, "lower-bound"))
    combine_bound (&c, answer);
  combine_limit (&c, answer);
  return answer;
}
