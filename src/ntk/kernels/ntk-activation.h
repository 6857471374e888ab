#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NtkActivation NtkActivation;

/* One row of the table of activations. */
typedef struct
{
  const char *name;     /* "relu", as on the command line */
  const char *label;    /* "ReLU" */
  gboolean homogeneous; /* phi(c u) = c phi(u) for c >= 0: piecewise linear, kink at 0 */
  gboolean wave;        /* of sin and cos: K and Kdot are sums of exp (+-r - (p + q)/2) */

  /* phi and phi' of `count` numbers; either output may be NULL, h may be an output. */
  void (*eval) (const NtkActivation *self, gsize count, const double *h, double *phi, double *dphi);

  /* K = E[phi(u) phi(v)] and Kdot = E[phi'(u) phi'(v)] for a centred Gaussian pair with
   * variances p[i], q[i] and covariance r[i]; elementwise, outputs may alias inputs.
   * Equal points (p == q == r) are exact. Those without a closed form, tanh and swish, answer
   * NaN for variances beyond the reach of their series; NtkHermite has an error for it. */
  void (*dual) (const NtkActivation *self, gsize count, const double *p, const double *q,
                const double *r, double *k, double *kdot);
} NtkActivationType;

/* An activation: a row of the table and its parameters (a value). The piecewise linear
 * ones are a min(x, 0) + b max(x, 0); the others leave a and b unused. */
struct _NtkActivation
{
  const NtkActivationType *type;
  double a, b;
};

/* The table; *n_types rows. relu, leaky-relu, abs; erf, gelu (x Phi (x)), sin, cos,
 * rbf (sin x + cos x, whose limit is the Gaussian kernel exp (-|x - x'|^2/2)), tanh,
 * swish (x/(1 + exp (-x))). */
const NtkActivationType *ntk_activation_types (guint *n_types);

/* Row `name` with slope `leak` for negative inputs (leaky-relu only); FALSE if unknown. */
gboolean ntk_activation_init (NtkActivation *self, const char *name, double leak);

/* The weight variance sigma_w^2 that keeps E[h^2] from layer to layer: 2/(a^2 + b^2) for
 * the piecewise linear activations, 1 for the others. */
double ntk_activation_default_sigma_w2 (const NtkActivation *self);

G_END_DECLS
