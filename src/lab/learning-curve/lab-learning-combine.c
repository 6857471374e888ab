/* Learning curves from stored pieces: the best stopping rule is chosen anew for every noise and
 * every scale of the initial function. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab-answer-private.h"
#include "lab-learning-curve.h"
#include "lab-rounding.h"

/* Where the mean-field curve begins. */
#define MEAN_FIELD_FROM 10

/* The share of n directions that the cut-off may drop before theory, which knows no cut-off, is left out. One
 * direction is always allowed; with a cut-off above the usual ones none is. */
#define FEW 0.02
#define HIGH_CUTOFF 1e-8
/* From this noise on the best time is far from the end. */
#define MUCH_NOISE 0.3

/* One curve of one panel: errors of each seed at the places where all seeds have one. */
typedef struct
{
  const LabResult *result;
  const LabSpec *spec;
  guint panel;
  double sigma, alpha;
  int signs; /* 2 where f_0 is drawn: networks with v and with -v both count */
  int n;     /* places */
  double *x;
  double *errors; /* rows of n, `signs` of them for each seed */
  gboolean *decided; /* n: whether the cut-off decides there */
} Curve;

static const LabLearningPiece *
piece_at (const Curve *c, int seed, int i)
{
  return lab_result_piece (c->result, seed, c->panel * c->result->plan->n_x + i);
}

/* Errors that are zero to rounding become 0. */
static double
best_error (const Curve *c, const LabRounding *rounding, const LabLearningPiece *piece, double n,
            double alpha)
{
  const LabLearningStop *at = piece->at;
  double best = INFINITY;

  for (int k = 0; k < lab_learning_n_stops (c->result->spec); k++)
    {
      double error = ntk_gram_error_drawn (&piece->at[k].gram, c->sigma, alpha);

      at = error < best ? &piece->at[k] : at;
      best = MIN (best, error);
    }
  return lab_round (best, lab_rounding_floor (rounding, n, at->growth, TRUE,
                                              lab_spec_is_infinite (c->spec)));
}

/* Whether most trials have their best rule at an end of the search, at the largest n. */
static gboolean
is_at_edge (const Curve *c)
{
  int at = c->result->plan->n_x - 1, rows = c->result->seeds_done * c->signs, edges = 0;

  while (at >= 0 && c->n > 0 && c->result->plan->x[at] > c->x[c->n - 1])
    at--;
  for (int row = 0; c->n > 0 && row < rows; row++)
    {
      const LabLearningPiece *piece = piece_at (c, row / c->signs, at);
      double errors[LAB_MOST_STOPS];

      for (int k = 0; k < lab_learning_n_stops (c->result->spec); k++)
        errors[k] = ntk_gram_error_drawn (&piece->at[k].gram, c->sigma, row % c->signs ? -c->alpha : c->alpha);
      edges += lab_learning_is_edge (c->spec, errors);
    }
  return 2 * edges > rows;
}

static gboolean
is_complete (const Curve *c, int i)
{
  for (int s = 0; s < c->result->seeds_done; s++)
    if (piece_at (c, s, i)->missing)
      return FALSE;
  return TRUE;
}

/* Whether what is cut off counts: with a ridge, or stopped in time, it does not. */
static gboolean
reaches_end (const LabSpec *spec)
{
  guint stop = lab_spec_choice (spec, LAB_STOP);

  return lab_spec_real (spec, LAB_RIDGE) == 0
         && (stop == LAB_STOP_END
             || (stop == LAB_STOP_BEST && lab_spec_real (spec, LAB_NOISE) < MUCH_NOISE));
}

static gboolean
is_decided (const Curve *c, int i)
{
  gboolean high = lab_spec_real (c->spec, LAB_CUTOFF) > HIGH_CUTOFF;
  int allowed = high ? 0 : MAX (1, FEW * c->result->plan->x[i]);

  for (int s = 0; s < c->result->seeds_done; s++)
    if (piece_at (c, s, i)->dropped > allowed)
      return reaches_end (c->spec);
  return FALSE;
}

/* Whether it decides at n, or at a computed place next to n. */
static gboolean
cutoff_decides (const Curve *c, double n)
{
  int i = 0;

  while (i + 1 < c->n && c->x[i] < n)
    i++;
  return c->n > 0 && (c->decided[i] || (i > 0 && c->x[i] != n && c->decided[i - 1]));
}

static void
curve_init (Curve *self, const LabResult *result, const LabSpec *spec, guint panel, double alpha)
{
  const LabPlan *plan = result->plan;
  LabRounding rounding;
  g_autofree int *places = g_new (int, plan->n_x);

  *self = (Curve){ result, spec, panel, lab_spec_real (spec, LAB_NOISE), alpha, 1 };
  if (alpha > 0 && lab_learning_draws_start (spec))
    self->signs = 2;
  self->x = g_new (double, plan->n_x);
  self->decided = g_new (gboolean, plan->n_x);
  for (int i = 0; i < plan->n_x; i++)
    if (is_complete (self, i))
      {
        places[self->n] = i;
        self->decided[self->n] = is_decided (self, i);
        self->x[self->n++] = plan->x[i];
      }
  self->errors = g_new (double, MAX (1, (gsize) self->n * self->signs * result->seeds_done));
  lab_rounding_init (&rounding, result, spec, self->sigma, alpha);
  for (int row = 0; row < result->seeds_done * self->signs; row++)
    for (int i = 0; i < self->n; i++)
      self->errors[(gsize) row * self->n + i]
        = best_error (self, &rounding, piece_at (self, row / self->signs, places[i]), self->x[i],
                      row % self->signs ? -alpha : alpha);
}

static void
curve_clear (Curve *self)
{
  g_free (self->x);
  g_free (self->errors);
  g_free (self->decided);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Curve, curve_clear)

static void
add_points (const Curve *c, LabAnswer *answer, const char *id)
{
  LabSeries *series = lab_series_new (answer, c->spec, id, c->n, c->x, TRUE);
  int rows = c->result->seeds_done * c->signs;
  g_autofree double *values = g_new (double, rows);

  series->panel = c->panel;
  for (int i = 0; i < c->n; i++)
    {
      for (int row = 0; row < rows; row++)
        values[row] = c->errors[(gsize) row * c->n + i];
      lab_series_fill (series, c->spec, i, values, rows);
      series->count[i] = c->result->seeds_done;
    }
}

static double
theory_error (const NtkMeanField *field, const LabSpec *spec, double n, double alpha)
{
  double sigma = lab_spec_real (spec, LAB_NOISE), ridge = lab_spec_real (spec, LAB_RIDGE);

  switch (lab_spec_choice (spec, LAB_STOP))
    {
    case LAB_STOP_BEST: return ntk_mean_field_error (field, n, NTK_MEAN_FIELD_FLOW, sigma, alpha);
    case LAB_STOP_RIDGE: return ntk_mean_field_error (field, n, NTK_MEAN_FIELD_BEST, sigma, alpha);
    case LAB_STOP_TIME:
      return ntk_mean_field_time_error (field, n, lab_spec_real (spec, LAB_TIME), sigma, alpha);
    default: return ntk_mean_field_ridge_error (field, n, n * ridge, sigma, alpha);
    }
}

static LabDomain
domain_at (const Curve *c, const LabSetting *setting, double n)
{
  return cutoff_decides (c, n) ? LAB_DOMAIN_OUT : lab_setting_domain (setting, n);
}

static void
judge (const Curve *c, LabSeries *series)
{
  g_autoptr (LabSpec) alone = lab_spec_panel (c->spec, c->panel);
  LabSetting setting;

  lab_setting_init (&setting, alone, series->type->id);
  for (int i = 0; i < series->n; i++)
    {
      lab_series_judge_at (series, i, domain_at (c, &setting, series->x[i]));
      series->ends = series->ends || cutoff_decides (c, series->x[i]);
    }
}

/* Beside networks of finite width it is the theory of another model, the limit: how close it is was not measured. */
static void
add_mean_field (const Curve *c, LabAnswer *answer, const NtkMeanField *field, const char *id)
{
  const LabSpec *spec = c->spec;
  double decades = log10 (lab_spec_real (spec, LAB_REACH) / MEAN_FIELD_FROM);
  int n = 1 + ceil (decades * LAB_MEAN_FIELD_PER_DECADE);
  g_autofree double *x = g_new (double, n);
  g_autofree double *y = g_new (double, n);
  LabSeries *series;
  int known = 0;

  for (int i = 0; i < n; i++)
    {
      x[i] = MEAN_FIELD_FROM * pow (10, decades * i / (n - 1));
      y[i] = theory_error (field, spec, x[i], c->alpha);
    }
  /* The curve ends where the mean field gives no more numbers. */
  while (known < n && !isnan (y[known]))
    known++;
  if (known == 0)
    return;
  series = lab_series_new (answer, spec, id, known, x, FALSE);
  series->panel = c->panel;
  memcpy (series->y, y, known * sizeof *y);
  if (lab_spec_is_infinite (spec))
    judge (c, series);
}

/* Whether no seed's error is 0 there: zero has no place on log paper. */
static gboolean
is_positive (const Curve *c, int i)
{
  for (int row = 0; row < c->result->seeds_done * c->signs; row++)
    if (!(c->errors[(gsize) row * c->n + i] > 0))
      return FALSE;
  return TRUE;
}

/* Theory at the places of a series, NaN where it does not hold. */
static void
fill_trusted (const Curve *c, const NtkMeanField *field, const char *id, int n, const double *x,
              double *y)
{
  g_autoptr (LabSpec) alone = lab_spec_panel (c->spec, c->panel);
  LabSetting setting;

  lab_setting_init (&setting, alone, id);
  for (int i = 0; i < n; i++)
    y[i] = domain_at (c, &setting, x[i]) == LAB_DOMAIN_OUT
             ? NAN
             : theory_error (field, c->spec, x[i], c->alpha);
}

/* The places in the range of the slope. Of many, as many as the spec has points are taken, evenly on
 * the log axis, so that large n do not outweigh small ones. Returns how many. */
static int
choose_places (const Curve *c, double from, double to, int points, int *places)
{
  g_autoptr (GArray) wanted = NULL;
  int first = 0, last = c->n, n = 0;

  while (first < c->n && c->x[first] < from)
    first++;
  while (last > first && c->x[last - 1] > to)
    last--;
  if (last - first <= points)
    {
      for (int i = first; i < last; i++)
        places[n++] = i;
      return n;
    }
  wanted = lab_grid_log (c->x[first], c->x[last - 1], points, TRUE);
  for (int i = first; i < last && (guint) n < wanted->len; i++)
    if (c->x[i] >= g_array_index (wanted, double, n))
      places[n++] = i;
  return n;
}

/* The mean over the networks with v and with -v. */
static double
seed_error (const Curve *c, int seed, int i)
{
  double sum = 0;

  for (int sign = 0; sign < c->signs; sign++)
    sum += c->errors[((gsize) seed * c->signs + sign) * c->n + i];
  return sum / c->signs;
}

static void
add_slope (const Curve *c, LabAnswer *answer, const char *id, const NtkMeanField *field, double limit)
{
  int points = MAX (2, lab_spec_integer (c->spec, LAB_POINTS)), seeds = c->result->seeds_done,
      n = 0;
  g_autofree int *places = g_new (int, MAX (1, c->n));
  g_autofree double *x = NULL, *errors = NULL, *theory = NULL;
  const LabSeries *series = lab_answer_find_in (answer, id, c->panel);
  LabSlope slope = { .type = series->type,
                     .panel = c->panel,
                     .from = lab_spec_integer (c->spec, LAB_SLOPE_FROM),
                     .to = lab_spec_integer (c->spec, LAB_SLOPE_TO),
                     .theory = NAN,
                     .limit = limit };

  for (int i = 0, chosen = choose_places (c, slope.from, slope.to, points, places); i < chosen; i++)
    if (is_positive (c, places[i]))
      places[n++] = places[i];
    else
      slope.left_out++;
  x = g_new (double, MAX (1, n));
  theory = g_new (double, MAX (1, n));
  errors = g_new (double, MAX (1, (gsize) n * seeds));
  for (int i = 0; i < n; i++)
    {
      x[i] = c->x[places[i]];
      for (int s = 0; s < seeds; s++)
        errors[s * n + i] = seed_error (c, s, places[i]);
    }
  lab_slope_measure (&slope, x, n, errors, seeds);
  slope.at_edge = is_at_edge (c);
  if (field != NULL && lab_spec_is_infinite (c->spec))
    {
      fill_trusted (c, field, id, n, x, theory);
      slope.theory = lab_slope (x, theory, n);
    }
  g_array_append_val (answer->slopes, slope);
}

/* A straight line of the limiting exponent across the range of the slope, through its middle. */
static void
add_guide (const Curve *c, LabAnswer *answer, const char *id, const LabSlope *slope)
{
  double x[] = { slope->from, slope->to };
  LabSeries *series;

  if (isnan (slope->limit) || isnan (slope->at_x) || !(slope->from < slope->to))
    return;
  series = lab_series_new (answer, c->spec, id, 2, x, FALSE);
  series->panel = c->panel;
  for (int i = 0; i < 2; i++)
    series->y[i] = slope->at_y * pow (x[i] / slope->at_x, slope->limit);
}

static const struct
{
  const char *points, *mean_field, *guide;
} families[] = {
  { "mirrored", "mean-field-mirrored", "guide-mirrored" },
  { "standard", "mean-field-standard", "guide-standard" },
};

/* The standard curve has the scale of the initial function that is chosen. At scale 0 there would be
 * nothing to compare, so there it has scale 1. */
static double
family_alpha (gsize family, const LabSpec *spec)
{
  double alpha = lab_spec_real (spec, LAB_INIT_SCALE);

  if (family == 0)
    return 0;
  return alpha > 0 ? alpha : 1;
}

/* The noise's part is a multiple of sigma^2, so that it is known without noise, too. */
static void
measure_noise (const Curve *c, LabNoiseCost *cost)
{
  int seeds = c->result->seeds_done, last = -1;

  cost->n = cost->share = NAN;
  for (int i = 0; i < c->result->plan->n_x; i++)
    if (is_complete (c, i))
      last = i;
  if (last < 0 || seeds == 0)
    return;
  cost->n = c->result->plan->x[last];
  cost->share = 0;
  for (int s = 0; s < seeds; s++)
    cost->share += piece_at (c, s, last)->at[0].gram.aa / seeds;
}

static void
add_family (LabAnswer *answer, const LabResult *result, const LabSpec *spec, guint panel,
            gsize family)
{
  const LabMeanField *theory = (const LabMeanField *) result->theory;
  const NtkMeanField *field = theory != NULL ? theory->panel[panel] : NULL;
  int d = answer->dims[panel] - 1;
  double limit = family == 0 ? lab_learning_limit_mirrored (spec, d)
                             : lab_learning_limit_standard (spec, d);
  g_auto (Curve) curve = { 0 };

  curve_init (&curve, result, spec, panel, family_alpha (family, spec));
  if (family == 0)
    {
      LabLearningFacts *facts = answer->facts;
      LabNoiseCost *cost = &facts->noise[panel];

      cost->kind = lab_learning_overfitting (spec, answer->dims[panel], &cost->limit);
      measure_noise (&curve, cost);
    }
  add_points (&curve, answer, families[family].points);
  add_slope (&curve, answer, families[family].points, field, limit);
  if (field != NULL)
    add_mean_field (&curve, answer, field, families[family].mean_field);
  add_guide (&curve, answer, families[family].guide,
             lab_answer_find_slope (answer, families[family].points, panel));
}

LabAnswer *
lab_learning_combine (const LabResult *result, const LabSpec *spec)
{
  LabAnswer *answer = lab_answer_alloc (result, spec);
  LabLearningFacts *facts = lab_answer_add_facts (answer, &lab_learning_facts_type);

  facts->max_dropped = lab_learning_most_dropped (result);
  for (guint panel = 0; panel < answer->n_panels; panel++)
    for (gsize family = 0; family < G_N_ELEMENTS (families); family++)
      if (lab_spec_can_show (spec, families[family].points))
        add_family (answer, result, spec, panel, family);
  return answer;
}
