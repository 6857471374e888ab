#pragma once

#include "ntk-activation.h"

G_BEGIN_DECLS

/* The dual of any smooth activation, by the Hermite series of phi' at each variance:
 *   B_k (p) = E[phi' (sqrt(p) x) He_k (x)]/sqrt(k!),  rho = r/sqrt(p q),
 *   Kdot = sum_k B_k (p) B_k (q) rho^k,
 *   K = E[phi (sqrt(p) x)] E[phi (sqrt(q) x)] + r sum_k B_k (p) B_k (q) rho^k/(k + 1)
 * (Mehler's formula; Daniely, Frostig, Singer 2016). The B_k are sums by the trapezoidal rule,
 * which converges exponentially for such integrands. Immutable once made. */
typedef struct _NtkHermite NtkHermite;

/* One table for each of the `count` variances, or for all together where they are the same up to
 * rounding. Fails with NTK_ERROR_DOMAIN where a variance is so large that the series is too long
 * (from about 50 for tanh and 200 for swish). */
NtkHermite *ntk_hermite_new (const NtkActivation *activation, gsize count, const double *variance,
                             GError **error);
void ntk_hermite_free (NtkHermite *self);

/* K and Kdot (either may be NULL) between the points first..first + count - 1, which have
 * covariances r with it, and point j. */
void ntk_hermite_eval (const NtkHermite *self, gsize first, gsize count, gsize j, const double *r,
                       double *k, double *kdot);

/* Terms in the longer of the two series, and a bound of the error that leaving out the others
 * makes: |dKdot| <= error sqrt(Kdot (p, p) Kdot (q, q)), the share of E[phi'^2] that the terms do
 * not account for. */
int ntk_hermite_terms (const NtkHermite *self);
double ntk_hermite_error (const NtkHermite *self);

/* NtkActivationType.dual of the rows that this series serves; NaN where it fails, which
 * ntk_hermite_dual_checked() says. */
void ntk_hermite_dual (const NtkActivation *self, gsize count, const double *p, const double *q,
                       const double *r, double *k, double *kdot);
gboolean ntk_hermite_dual_checked (const NtkActivation *self, gsize count, const double *p,
                                   const double *q, const double *r, double *k, double *kdot,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkHermite, ntk_hermite_free)

G_END_DECLS
