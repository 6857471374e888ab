#include "ntk-hermite-rule.h"

#include "ntk-init.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Where the normal density times any Hermite function is rounding. */
#define RANGE 12.5
#define FIRST_NODES 65
#define MOST_NODES 2049
#define FIRST_TERMS 64
#define MOST_TERMS NTK_HERMITE_MOST_TERMS
/* Share of E[phi'^2] that may be left out. */
#define TAIL 1e-14

/* Nodes at even places, which are a rule of half as many, come first. */
static int
n_even (int n_nodes)
{
  return n_nodes / 2 + 1;
}

static gboolean
rule_init (NtkHermiteRule *self, int n_nodes, GError **error)
{
  const double h = RANGE / (n_nodes - 1);

  *self = (NtkHermiteRule){ .n_nodes = n_nodes, .n_terms = 2 };
  self->x = g_new (double, n_nodes);
  self->u = ntk_try_alloc (n_nodes, 2, "the Hermite functions", error);
  if (self->u == NULL)
    return FALSE;
  for (int i = 0; i < n_nodes; i++)
    {
      const int place = i < n_even (n_nodes) ? 2 * i : 2 * (i - n_even (n_nodes)) + 1;
      const double x = self->x[i] = place * h;

      self->u[i] = (place == 0 ? h / 2 : h) * exp (-x * x / 2) / sqrt (2 * G_PI);
      self->u[n_nodes + i] = x * self->u[i];
    }
  return TRUE;
}

/* Adds terms, by the recursion He_{k+1} = x He_k - k He_{k-1}. */
static gboolean
rule_grow (NtkHermiteRule *self, int n_terms, GError **error)
{
  const gsize n = self->n_nodes;
  double *u = ntk_try_alloc (n, n_terms, "the Hermite functions", error);

  if (u == NULL)
    return FALSE;
  memcpy (u, self->u, n * self->n_terms * sizeof (double));
  for (int k = self->n_terms - 1; k + 1 < n_terms; k++)
    {
      const double *low = u + (k - 1) * n, *mid = low + n;
      double *high = u + (k + 1) * n;
      const double a = 1 / sqrt (k + 1.0), b = sqrt (k / (k + 1.0));

      for (gsize i = 0; i < n; i++)
        high[i] = a * self->x[i] * mid[i] - b * low[i];
    }
  g_free (self->u);
  self->u = u;
  self->n_terms = n_terms;
  return TRUE;
}

void
ntk_hermite_rule_clear (NtkHermiteRule *self)
{
  g_free (self->x);
  g_free (self->u);
  *self = (NtkHermiteRule){ 0 };
}

double
ntk_hermite_sample (const NtkHermiteRule *rule, const NtkActivation *activation, double variance,
                    double *even, double *odd, gsize stride, double *mean)
{
  const double s = sqrt (variance);
  g_autofree double *values = g_new (double, 4 * rule->n_nodes);
  double *phi = values, *slope = values + 2 * rule->n_nodes, power = 0;
  const int count = rule->n_nodes;

  for (int i = 0; i < count; i++)
    {
      phi[i] = s * rule->x[i];
      phi[count + i] = -phi[i];
    }
  activation->type->eval (activation, 2 * count, phi, phi, slope);
  *mean = 0;
  for (int i = 0; i < count; i++)
    {
      const double right = slope[i], left = slope[count + i];

      even[i * stride] = right + left;
      odd[i * stride] = right - left;
      *mean += rule->u[i] * (phi[i] + phi[count + i]);
      power += rule->u[i] * (right * right + left * left);
    }
  return power;
}

/* B_k from term `from` on. Half of the nodes alone would give twice the first sum: *change grows by the squares
 * of what is between. */
static void
project (const NtkHermiteRule *rule, const double *sides, int from, double *B, double *change)
{
  const int n = rule->n_nodes, even = n_even (n);

  for (int k = from; k < rule->n_terms; k++)
    {
      const double *u = rule->u + (gsize) k * n, *side = sides + k % 2 * n;
      const double first = cblas_ddot (even, u, 1, side, 1);
      const double second = cblas_ddot (n - even, u + even, 1, side + even, 1);

      B[k] = first + second;
      *change += (first - second) * (first - second);
    }
}

static double
sum_of_squares (const double *B, int n)
{
  return cblas_ddot (n, B, 1, B, 1);
}

/* Numbers of nodes grow by a half and by a third in turn: powers of two, and three quarters of them. */
static int
larger (int n_terms)
{
  return n_terms % 3 == 0 ? n_terms / 3 * 4 : n_terms / 2 * 3;
}

/* What a rule and its coefficients still need. */
typedef enum
{
  WANTS_NODES,
  WANTS_TERMS,
  WANTS_NOTHING,
  FAILED,
} Outcome;

/* By the nodes that are there; terms are added until what they leave is rounding, as long as those so far stand
 * still. */
static Outcome
settle_terms (NtkHermiteRule *rule, const NtkActivation *activation, double variance, double *sides,
              double *B, GError **error)
{
  double change = 0;
  int from = 0;

  rule->power = ntk_hermite_sample (rule, activation, variance, sides, sides + rule->n_nodes, 1,
                                    &rule->mean);
  while (TRUE)
    {
      project (rule, sides, from, B, &change);
      if (change > TAIL * TAIL * rule->power)
        return WANTS_NODES;
      if (fabs (rule->power - sum_of_squares (B, rule->n_terms)) <= TAIL * rule->power)
        return WANTS_NOTHING;
      from = rule->n_terms;
      if (larger (from) > MOST_TERMS)
        return WANTS_TERMS;
      if (!rule_grow (rule, larger (from), error))
        return FAILED;
    }
}

static gboolean
rule_start (NtkHermiteRule *self, int n_nodes, int n_terms, GError **error)
{
  ntk_hermite_rule_clear (self);
  return rule_init (self, n_nodes, error) && rule_grow (self, n_terms, error);
}

gboolean
ntk_hermite_settle (NtkHermiteRule *rule, const NtkActivation *activation, double variance,
                    double *B, GError **error)
{
  g_autofree double *sides = ntk_try_alloc (2, MOST_NODES, "the integrands", error);

  if (sides == NULL || (rule->u == NULL && !rule_start (rule, FIRST_NODES, FIRST_TERMS, error)))
    return FALSE;
  while (isfinite (variance))
    {
      const Outcome outcome = settle_terms (rule, activation, variance, sides, B, error);
      const int n_nodes = 2 * rule->n_nodes - 1;

      if (outcome == WANTS_NOTHING || outcome == FAILED)
        return outcome == WANTS_NOTHING;
      if (outcome == WANTS_TERMS || n_nodes > MOST_NODES)
        break;
      if (!rule_start (rule, n_nodes, rule->n_terms, error))
        return FALSE;
    }
  g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN,
               _ ("The limit of %s is out of reach where a layer’s variance is %.3g: a smaller "
                  "weight variance or smaller inputs keep it in reach"),
               activation->type->label, variance);
  return FALSE;
}
