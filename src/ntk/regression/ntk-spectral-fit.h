#pragma once

#include "ntk-init.h"
#include "ntk-learning.h"

G_BEGIN_DECLS

/* Kernel regression in the eigenbasis of its training block, K_XX = Q diag (l) Q^T. Made once, in O(n^3);
 * then coefficients and predictions under any ridge and time are products with Q and K Q, which are kept,
 * 2 n (n + n_points) operations a right-hand side: a slider of either is followed at every frame.
 * Immutable once made; may be read by many threads. */
typedef struct _NtkSpectralFit NtkSpectralFit;

/* K: n_points x n, column-major with leading dimension ldk, the kernel between all points and the training
 * points, which are the first n of them; of the training block the lower triangle is read. Not kept.
 * cutoff: as for ntk_fit(). stop (may be NULL) is asked before the decomposition: NTK_ERROR_STOPPED.
 * NTK_ERROR_MEMORY, NTK_ERROR_NUMERICS where an entry is not finite. */
NtkSpectralFit *ntk_spectral_fit_new (const double *K, int ldk, int n, int n_points, double cutoff,
                                      NtkStopFunc stop, gpointer data, GError **error);
NtkSpectralFit *ntk_spectral_fit_ref (NtkSpectralFit *self);
void ntk_spectral_fit_unref (NtkSpectralFit *self);

/* n, descending; owned by the fit. How many of them are above the cut-off. */
const double *ntk_spectral_fit_get_eigenvalues (const NtkSpectralFit *self);
int ntk_spectral_fit_get_rank (const NtkSpectralFit *self);

/* Rank, and what the unnormalised ridge R makes of it, as ntk_fit_at() says it of a stop. */
void ntk_spectral_fit_describe (const NtkSpectralFit *self, double ridge, NtkFitInfo *info);

/* z = Q^T Y, both n x k, column-major: right-hand sides in the eigenbasis, row i that of eigenvalue i. */
void ntk_spectral_fit_project (const NtkSpectralFit *self, const double *Y, int k, double *z);

/* With the filter g of ntk_learning_at() at one stop and h = g z (z: n x k), column-major and each NULL where
 * it is not wanted: coefficients alpha = Q h (n x k); predictions f = K alpha at all points (n_points x k);
 * gram = alpha^T K alpha (k x k), on whose diagonal are squared norms in the kernel's space. */
void ntk_spectral_fit_eval (const NtkSpectralFit *self, const double *z, int k,
                            const NtkStop *stop, double *alpha, double *f, double *gram);

/* Bytes that one holds, and the most that are needed while it is made, K left out. */
double ntk_spectral_fit_memory (int n, int n_points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkSpectralFit, ntk_spectral_fit_unref)

G_END_DECLS
