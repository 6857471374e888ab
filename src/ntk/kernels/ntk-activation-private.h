#pragma once

/* Rows of the table of activations; for ntk-activation.c. */

#include "ntk-activation.h"

#include <float.h>
#include <math.h>

G_BEGIN_DECLS

/* The dual at exactly NTK_CHUNK pairs; no array overlaps another. */
typedef void (*NtkDualChunk) (const NtkActivation *self, const double *p, const double *q,
                              const double *r, double *k, double *kdot);

/* NtkActivationType.dual by chunks, the last one padded. */
void ntk_dual_by_chunks (const NtkActivation *self, NtkDualChunk chunk, gsize count,
                         const double *p, const double *q, const double *r, double *k,
                         double *kdot);

typedef void NtkEval (const NtkActivation *self, gsize count, const double *h, double *phi,
                      double *dphi);
typedef void NtkDualFunc (const NtkActivation *self, gsize count, const double *p, const double *q,
                          const double *r, double *k, double *kdot);

NtkEval ntk_erf_eval, ntk_gelu_eval, ntk_sin_eval, ntk_cos_eval, ntk_rbf_eval, ntk_tanh_eval,
  ntk_swish_eval;
NtkDualFunc ntk_erf_dual, ntk_gelu_dual, ntk_sin_dual, ntk_cos_dual, ntk_rbf_dual;

/* p q - r^2 >= 0, the squared area spanned by u and v, from the differences of p and q to |r|,
 * which are exact where it is small; of points of different lengths from the root of p q, in which their
 * ratio does not count. u and v are taken for parallel when it is below the rounding
 * error of a covariance computed by a sum of products: there the angle between them cannot be told
 * from 0 or pi, and repeated points come out exact. */
static inline double
ntk_squared_area (double p, double q, double r)
{
  const double a = fabs (r), dp = p - a, dq = q - a, mean = sqrt (p * q);
  const double near = dp * dq + a * (dp + dq), apart = (mean - a) * (mean + a);
  const double area = p > 4 * q || q > 4 * p ? apart : near;

  return area > 16 * DBL_EPSILON * p * q ? area : 0;
}

G_END_DECLS
