#pragma once

#include "ntk-network.h"

G_BEGIN_DECLS

/* The infinite-width limit of the same model, S_1 = sigma_w^2 x.x'/D + sigma_b^2,
 * S_{l+1} = sigma_w^2 K(S_l) + sigma_b^2, T_{l+1} = S_{l+1} + sigma_w^2 Kdot(S_l) T_l,
 * NNGP = sigma_v^2 K(S_L), NTK = sigma_v^2 (K(S_L) + Kdot(S_L) T_L)
 * (Jacot, Gabriel, Hongler 2018; Lee et al. 2018).
 *
 * For random features the kernel is the NNGP; where the first layer's rows, which lie on
 * the sphere, make a difference (an activation that is not homogeneous, or biases), its
 * first layer is the zonal kernel sum_k m_k s_k P_k(x.x'/D) of ntk-spectrum.h: inputs must
 * then lie on the sphere of radius sqrt(D).
 *
 * X as in ntk_sweep_new(). kernel and nngp: n_points x n, column-major (nngp is the law of
 * f_0; for random features both are the same array contents; nngp may be NULL);
 * nngp_diag: n_points, or NULL. */
gboolean ntk_infinite_kernel (const NtkArchitecture *arch, const double *X, int n, int n_points,
                              double *kernel, double *nngp, double *nngp_diag, GError **error);

G_END_DECLS
