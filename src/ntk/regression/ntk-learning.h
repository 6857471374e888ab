#pragma once

#include "ntk-regression.h"

G_BEGIN_DECLS

/* Learning curves of kernel regression: the error pieces of training on the first n of n_max
 * points, at many stopping times from one eigendecomposition, or at every n from one Cholesky
 * factor (docs/theory.md, section 5). */

/* One draw; everything is borrowed, read only, finite. Training points come first, then test
 * points. Kernels are n_points x n_max, column-major with leading dimension n_points, all entries
 * filled. */
typedef struct
{
  int n_max, n_points; /* n_points > n_max >= 1 */
  const double *K;
  const double *S;       /* law of f_0, or NULL: no initial function, or one that is given */
  const double *s_diag;  /* n_points: S (x, x); with S */
  const double *f;       /* n_points: f* */
  const double *noise;   /* n_max: drawn unit noise, or NULL: its expectation in closed form */
  const double *initial; /* n_points: drawn f_0, or NULL: its expectation by S in closed form,
                          * 0 where S is NULL too */
  double cutoff;         /* between 0 and 1: NTK_EIGENVALUE_CUTOFF, unless another is asked for */
} NtkLearning;

typedef struct
{
  double time;  /* of gradient flow, in units of docs/theory.md, section 3; INFINITY: to the end */
  double ridge; /* R >= 0, unnormalised: K + R I, n lambda of docs/theory.md */
} NtkStop;

/* Pieces on the test points of training on the first n points, out[i] at stops[i] (n_stops). The
 * filter of an eigenvalue l is (1 - exp (-t (l + R)/n))/(l + R); without ridge, eigenvalues up to
 * the cut-off are dropped at the end, and count as zero before it, where
 * they contribute t/n. Pieces in closed form are expectations, of which `ra` is 0. A Cholesky
 * factor serves where every stop is at the end and K + R I is well conditioned.
 * info (may be NULL): n_stops; rank is of K, the rest of the stop's ridge, and `growth` of its time, too. */
gboolean ntk_learning_at (const NtkLearning *self, int n, const NtkStop *stops, int n_stops,
                          NtkGram *out, NtkFitInfo *info, GError **error);

/* Coefficients at every stop: alpha_s = g_s (K) Y with the filter g above, f = K_*X alpha_s; by
 * ntk_fit() where there is one stop, at the end, and by one eigendecomposition elsewhere. K: n x n,
 * column-major with leading dimension ldk, lower triangle read; Y: n x k; alpha: n x k for each stop,
 * one after the other. info (may be NULL) as above. */
gboolean ntk_fit_at (const double *K, int ldk, int n, const NtkStop *stops, int n_stops,
                     double cutoff, const double *Y, int k, double *alpha, NtkFitInfo *info,
                     GError **error);

/* out[n - 1] for every n = 1..n_max, trained to the end at unnormalised ridge R, from one
 * factorization. NTK_ERROR_NUMERICS where K + R I is too ill-conditioned for prefixes of the
 * factor to serve to 1e-8: solve separately then. info (may be NULL) is of all n_max points, and bounds
 * `growth` for every n by the condition number. */
gboolean ntk_learning_every (const NtkLearning *self, double ridge, NtkGram *out, NtkFitInfo *info,
                             GError **error);

G_END_DECLS
