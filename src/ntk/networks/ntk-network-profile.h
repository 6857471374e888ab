#pragma once

#include "ntk-network.h"

G_BEGIN_DECLS

/* The empirical kernels of one network along a great circle (docs/theory.md, section 2): of x(0) and x(u)
 * for `count` angles u, in radians, with x(u) = sqrt(D) (cos u e_1 + sin u e_2), which by symmetry of the
 * weights is any circle. The network is the one that a sweep over the same streams has at this width, so
 * that ntk is ntk_sweep_kernel() of these points, of which all are found in one pass: of the order of
 * count m^2 (L - 1) operations, after as many draws as there are weights.
 *
 * ntk: grad f(x(0)) . grad f(x(u)) over all parameters; nngp: over the readout alone,
 * sigma_v^2/m phi(h_L(x(0))) . phi(h_L(x(u))), whose mean over networks tends to the NNGP. For random
 * features both are the second. count numbers each, either may be NULL. D >= 2.
 *
 * stop (may be NULL) is asked between layers: NTK_ERROR_STOPPED. NTK_ERROR_MEMORY, NTK_ERROR_NUMERICS
 * where a value overflows, NTK_ERROR_DOMAIN for the linear model. */
gboolean ntk_network_profile (const NtkArchitecture *arch, int width, NtkStreams *streams,
                              const double *angle, int count, NtkStopFunc stop, gpointer data,
                              double *ntk, double *nngp, GError **error);

/* Bytes and operations that it takes. */
double ntk_network_profile_memory (const NtkArchitecture *arch, int width, int count);
double ntk_network_profile_flops (const NtkArchitecture *arch, int width, int count);

G_END_DECLS
