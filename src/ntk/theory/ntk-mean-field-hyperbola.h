#pragma once

/* Private to the mean field of gradient flow: the nodes and weights of its integrals. */

#include <complex.h>

#include "ntk-mean-field-contour.h"

G_BEGIN_DECLS

/* Upper half of the hyperbola; the lower is its complex conjugate. */
#define NTK_HYPERBOLA_NODES 16
#define NTK_HYPERBOLA_PAIRS (NTK_HYPERBOLA_NODES * (NTK_HYPERBOLA_NODES + 1) / 2)

/* z = mu (1 - sin (phi) cosh u + i cos (phi) sinh u) for the times of one window, 1 the first. */
typedef struct
{
  double complex z[NTK_HYPERBOLA_NODES];
  /* For each column of a window, the real numbers that the cross terms are weighted by: of re and im
   * of M (k_i, k_j), then of M (k_i, conj k_j), pairs i <= j. */
  double weights[NTK_FLOW_TIMES][4 * NTK_HYPERBOLA_PAIRS];
} NtkHyperbola;

void ntk_hyperbola_init (NtkHyperbola *self);

G_END_DECLS
