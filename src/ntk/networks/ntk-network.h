#pragma once

#include "ntk-architecture.h"
#include "ntk-init.h"
#include "ntk-streams.h"

G_BEGIN_DECLS

/* The empirical kernel at ascending widths, and predictions with it. Neurons are nested: the
 * network at a smaller width is the one at a larger width with the other units left out (and
 * rescaled). For one hidden layer the Gram matrices grow by block products, so all widths
 * together cost what the largest costs; deeper networks are formed anew at each width.
 *
 *   at each width: ntk_sweep_to(), ntk_fit() of ntk_sweep_kernel(), ntk_sweep_predict();
 *   after the last: ntk_sweep_finish(). */
typedef struct _NtkSweep NtkSweep;

/* X (D x n_points, column-major, one point a column): the first n are training points.
 * Keeps a copy of nothing: X must outlive the sweep. `streams` is borrowed likewise. */
NtkSweep *ntk_sweep_new (const NtkArchitecture *arch, const double *X, int n, int n_points,
                         int max_width, NtkStreams *streams, GError **error);
/* The same where the kernel between all points and the training points is wanted at each width:
 * ntk_sweep_kernel() has n_points rows, ntk_sweep_initial() n_points values, and nothing is left to
 * ntk_sweep_finish(). */
NtkSweep *ntk_sweep_new_tall (const NtkArchitecture *arch, const double *X, int n, int n_points,
                              int max_width, NtkStreams *streams, GError **error);
void ntk_sweep_free (NtkSweep *self);

/* Asked every few milliseconds during ntk_sweep_to() and ntk_sweep_finish(). Where it answers
 * TRUE, these fail with NTK_ERROR_STOPPED and the sweep is of no further use. */
void ntk_sweep_set_stop (NtkSweep *self, NtkStopFunc stop, gpointer data);

/* Goes to `width`, not below the last one and at most max_width. */
gboolean ntk_sweep_to (NtkSweep *self, int width, GError **error);

/* Theta(X_train, X_train) at the present width (n x n, column-major with leading dimension
 * *ldk, lower triangle; above it are other numbers); f_0 at the n training points. Owned by
 * the sweep. */
const double *ntk_sweep_kernel (const NtkSweep *self, int *ldk);
const double *ntk_sweep_initial (const NtkSweep *self);

/* f = Theta(X, X_train) alpha at the present width (alpha: n x k, f: n_points x k, column-major)
 * and f_0 (n_points). At training points both are there at once, at the others after
 * ntk_sweep_finish(): with one hidden layer all widths share the features of the test points,
 * which are formed once, and K(X_test, X_train) never is where that is cheaper. k is the same
 * at all widths; alpha is copied. */
gboolean ntk_sweep_predict (NtkSweep *self, const double *alpha, int k, double *f, double *f0,
                            GError **error);
gboolean ntk_sweep_finish (NtkSweep *self, GError **error);

/* Floating-point operations, in the time of DGEMM on large matrices: to go to one width from
 * none, the features of test points included, and to predict there with k right-hand sides. */
double ntk_sweep_flops (const NtkArchitecture *arch, int width, int n, int n_points);
double ntk_predict_flops (const NtkArchitecture *arch, int width, int n, int n_points, int k);
/* Bytes that a sweep needs at most, and one of ntk_sweep_new_tall(). */
double ntk_sweep_memory (const NtkArchitecture *arch, int max_width, int n, int n_points);
double ntk_sweep_memory_tall (const NtkArchitecture *arch, int max_width, int n, int n_points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkSweep, ntk_sweep_free)

/* The network itself, from given parameters: f (n_points). Parameters are packed as
 * W_1 (D x m, unit j's row contiguous), b_1 (m), W_2 (m x m, likewise), b_2, ..., v (m);
 * biases are present also where sigma_b2 = 0. ntk_network_draw() draws what the sweep uses. */
gsize ntk_network_packed_size (const NtkArchitecture *arch, int width);
void ntk_network_draw (const NtkArchitecture *arch, int width, NtkStreams *streams, double *theta);
gboolean ntk_network_eval (const NtkArchitecture *arch, int width, const double *theta,
                           const double *X, int n_points, double *f, GError **error);

G_END_DECLS
