#pragma once

#include "ntk-network.h"

G_BEGIN_DECLS

/* Row of unit `unit` of W_l (layer 1..depth), its first `count` weights: standard normals; on
 * the sphere of radius sqrt(count) for the first layer of random features. */
void ntk_network_draw_row (const NtkArchitecture *arch, NtkStreams *streams, int layer, int unit,
                           gsize count, double *row);

/* phi(h_1) and phi'(h_1) of `units` units at `count` points: X D x count, W D x units (a unit's
 * row contiguous), b: units; phi, dphi: count x units, dphi may be NULL. */
void ntk_first_layer (const NtkArchitecture *arch, const double *X, int count, const double *W,
                      const double *b, int units, double *phi, double *dphi);

G_END_DECLS
