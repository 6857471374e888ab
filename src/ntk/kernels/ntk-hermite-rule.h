#pragma once

/* Private to ntk-hermite.c: the nodes and Hermite functions by which its coefficients are sums. */

#include "ntk-hermite.h"

G_BEGIN_DECLS

#define NTK_HERMITE_MOST_TERMS 8192

/* x_i = i h, i = 0..n_nodes - 1, and weights u (n_nodes x n_terms) of He_k/sqrt(k!) against the
 * normal density. The other half of the line is there by symmetry. */
typedef struct
{
  int n_nodes, n_terms;
  double *x, *u;
  double mean, power; /* E phi and E phi'^2 of the last variance that it settled for */
} NtkHermiteRule;

/* Makes of @rule, which is all 0 at first, or one that served another variance, the one that finds the
 * coefficients B (NTK_HERMITE_MOST_TERMS numbers, as many filled as it has terms) of this variance: a larger
 * one where what is there leaves more than rounding of E phi'^2. Fails with NTK_ERROR_DOMAIN where the variance
 * is so large that the series is too long. Clear in any case. */
gboolean ntk_hermite_settle (NtkHermiteRule *rule, const NtkActivation *activation, double variance,
                             double *B, GError **error);
void ntk_hermite_rule_clear (NtkHermiteRule *self);

/* phi' (s x) +- phi' (-s x) at the nodes, at that stride; returns E phi'^2, and E phi in *mean. */
double ntk_hermite_sample (const NtkHermiteRule *rule, const NtkActivation *activation,
                           double variance, double *even, double *odd, gsize stride, double *mean);

/* ntk_hermite_new() with a rule that serves several, as above. */
NtkHermite *ntk_hermite_new_by (NtkHermiteRule *rule, const NtkActivation *activation, gsize count,
                                const double *variance, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NtkHermiteRule, ntk_hermite_rule_clear)

G_END_DECLS
