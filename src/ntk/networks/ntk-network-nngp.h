#pragma once

#include "ntk-network.h"

G_BEGIN_DECLS

/* The empirical kernel of one network over its readout alone, sigma_v^2/m phi(h_L(x)) . phi(h_L(x')), whose
 * mean over networks tends to the NNGP (docs/theory.md, section 6). The network is the one that
 * ntk_network_profile() and a sweep over the same streams have at this width.
 *
 * X: D x n_points, column-major, one point a column; kernel: n_points x n_points, symmetric to the bit. stop
 * (may be NULL) is asked between layers: NTK_ERROR_STOPPED. NTK_ERROR_MEMORY, NTK_ERROR_NUMERICS where a value
 * overflows, NTK_ERROR_DOMAIN for the linear model. */
gboolean ntk_network_nngp (const NtkArchitecture *arch, int width, NtkStreams *streams, const double *X,
                           int n_points, NtkStopFunc stop, gpointer data, double *kernel, GError **error);

/* Bytes that it takes beside the kernel. */
double ntk_network_nngp_memory (const NtkArchitecture *arch, int width, int n_points);

G_END_DECLS
