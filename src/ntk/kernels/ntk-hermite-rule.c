#include "ntk-hermite-rule.h"

#include "ntk-init.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* Where the normal density times any Hermite function is rounding. */
#define RANGE 12.5
#define FIRST_NODES 65
#define MOST_NODES 2049
#define FIRST_TERMS 64
#define MOST_TERMS NTK_HERMITE_MOST_TERMS
/* Share of E[phi'^2] that may be left out. */
#define TAIL 1e-14

static gboolean
rule_init (NtkHermiteRule *self, int n_nodes, int n_terms, GError **error)
{
  const double h = RANGE / (n_nodes - 1);

  *self = (NtkHermiteRule){ .n_nodes = n_nodes, .n_terms = n_terms };
  self->x = g_new (double, n_nodes);
  self->u = ntk_try_alloc (n_nodes, n_terms, "the Hermite functions", error);
  if (self->u == NULL)
    return FALSE;
  for (int i = 0; i < n_nodes; i++)
    {
      const double x = self->x[i] = i * h;

      self->u[i] = (i == 0 ? h / 2 : h) * exp (-x * x / 2) / sqrt (2 * G_PI);
      self->u[n_nodes + i] = x * self->u[i];
    }
  for (int k = 1; k + 1 < n_terms; k++)
    {
      const double *low = self->u + (gsize) (k - 1) * n_nodes, *mid = low + n_nodes;
      double *high = self->u + (gsize) (k + 1) * n_nodes;
      const double a = 1 / sqrt (k + 1.0), b = sqrt (k / (k + 1.0));

      for (int i = 0; i < n_nodes; i++)
        high[i] = a * self->x[i] * mid[i] - b * low[i];
    }
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

/* B_k of one variance (n_terms); returns E phi'^2. The sums over half as many nodes, every second one, are off
 * by those of alternating signs: the norm of these is in *change. */
static double
project (const NtkHermiteRule *rule, const NtkActivation *activation, double variance,
         double *space, double *B, double *change)
{
  const int n = rule->n_nodes, half = rule->n_terms / 2;
  double *sides[2] = { space, space + 2 * n }, *sums = space + 4 * n, mean;
  const double power = ntk_hermite_sample (rule, activation, variance, sides[0], sides[1], 1,
                                           &mean);

  *change = 0;
  for (int odd = 0; odd < 2; odd++)
    {
      for (int i = 0; i < n; i++)
        sides[odd][n + i] = i % 2 ? -sides[odd][i] : sides[odd][i];
      cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, half, 2, n, 1, rule->u + odd * n, 2 * n,
                   sides[odd], n, 0, sums, half);
      for (int m = 0; m < half; m++)
        B[2 * m + odd] = sums[m];
      *change = hypot (*change, cblas_dnrm2 (half, sums + half, 1));
    }
  return power;
}

static double
sum_of_squares (const double *B, int n)
{
  return cblas_ddot (n, B, 1, B, 1);
}

/* Nodes are doubled until the coefficients stand still, terms until they leave nothing. */
gboolean
ntk_hermite_settle (NtkHermiteRule *rule, const NtkActivation *activation, double variance,
                    double *B, GError **error)
{
  g_autofree double *space = ntk_try_alloc (4 * MOST_NODES + MOST_TERMS, 1, "the integrands",
                                            error);
  int n_nodes = rule->u ? rule->n_nodes : FIRST_NODES,
      n_terms = rule->u ? rule->n_terms : FIRST_TERMS;

  if (space == NULL)
    return FALSE;
  while (n_nodes <= MOST_NODES && n_terms <= MOST_TERMS && isfinite (variance))
    {
      double power, change;

      if (rule->n_nodes != n_nodes || rule->n_terms != n_terms)
        {
          ntk_hermite_rule_clear (rule);
          if (!rule_init (rule, n_nodes, n_terms, error))
            return FALSE;
        }
      power = project (rule, activation, variance, space, B, &change);
      if (change > TAIL * sqrt (power))
        n_nodes = 2 * n_nodes - 1;
      else if (fabs (power - sum_of_squares (B, n_terms)) > TAIL * power)
        n_terms *= 2;
      else
        return TRUE;
    }
  g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN,
               _ ("The limit of %s is out of reach where a layer’s variance is %.3g: a smaller "
                  "weight variance or smaller inputs keep it in reach"),
               activation->type->label, variance);
  return FALSE;
}
