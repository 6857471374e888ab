#pragma once

#include "ntk-architecture.h"

G_BEGIN_DECLS

/* The infinite-width limit of the same model, S_1 = sigma_w^2 x.x'/D + sigma_b^2,
 * S_{l+1} = sigma_w^2 K(S_l) + sigma_b^2, T_{l+1} = S_{l+1} + sigma_w^2 Kdot(S_l) T_l,
 * NNGP = sigma_v^2 K(S_L), NTK = sigma_v^2 (K(S_L) + Kdot(S_L) T_L)
 * (Jacot, Gabriel, Hongler 2018; Lee et al. 2018).
 *
 * Near points keep all digits: for piecewise linear activations, whose Kdot has the angle between two
 * points, that is taken from what of one is across the other (1e-13 down to angles of 1e-10, for any lengths and
 * at any depth).
 *
 * For random features the kernel is the NNGP; where the first layer's rows, which lie on
 * the sphere, make a difference (an activation that is not homogeneous, or biases), its
 * first layer is the zonal kernel sum_k m_k s_k P_k(x.x'/D) of ntk-spectrum.h: inputs must
 * then lie on the sphere of radius sqrt(D).
 *
 * X as in ntk_sweep_new(). kernel and nngp: n_points x n, column-major, the top n x n block
 * symmetric to the bit (nngp is the law of f_0; for random features both are the same array
 * contents; nngp may be NULL); nngp_diag: n_points, or NULL. */
gboolean ntk_infinite_kernel (const NtkArchitecture *arch, const double *X, int n, int n_points,
                              double *kernel, double *nngp, double *nngp_diag, GError **error);

/* The same by tiles, which may be filled in any order and by several threads at a time: the
 * bytes are the same. Immutable; keeps no copy of X. */
typedef struct _NtkInfinite NtkInfinite;

/* first_row: 0 for all points, or n for the rows of the others alone, which makes the kernels
 * (n_points - n) x n. Fails where a variance overflows. */
NtkInfinite *ntk_infinite_new (const NtkArchitecture *arch, const double *X, int n, int n_points,
                               int first_row, GError **error);
void ntk_infinite_free (NtkInfinite *self);

/* Writes the entries of tile 0..n_tiles - 1, which no other tile writes. kernel or nngp, not
 * both, may be NULL. */
int ntk_infinite_n_tiles (const NtkInfinite *self);
gboolean ntk_infinite_fill (const NtkInfinite *self, int tile, double *kernel, double *nngp,
                            GError **error);

/* NNGP (x, x) of all n_points. */
void ntk_infinite_diagonal (const NtkInfinite *self, double *nngp_diag);

/* Bound of the relative error of any layer's Kdot that a series cut short makes, as in
 * ntk_hermite_error(); 0 for closed forms. */
double ntk_infinite_error (const NtkInfinite *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkInfinite, ntk_infinite_free)

G_END_DECLS
