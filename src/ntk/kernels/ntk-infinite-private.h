#pragma once

/* Private to the kernels of infinite width. */

#include "ntk-infinite.h"

G_BEGIN_DECLS

/* Rows and columns of a tile: two of them fit the second-level cache. */
#define NTK_INFINITE_TILE 256

/* Of a piecewise linear activation a min (x, 0) + b max (x, 0). */
typedef struct
{
  double h, opposite, F; /* (a^2 + b^2)/2, ab, (a - b)^2/(2 pi) */
} NtkKink;

NtkKink ntk_kink (const NtkActivation *activation);

/* Points against one other at the entrance of a layer: covariance r, squared area p q - r^2 and gap
 * p + q - 2|r|; p and q are those before the biases. */
typedef struct
{
  double p[NTK_INFINITE_TILE], q;
  double r[NTK_INFINITE_TILE], area[NTK_INFINITE_TILE], gap[NTK_INFINITE_TILE];
} NtkKinkedPairs;

/* Of the points row..row + count - 1 of X with point `column`, from p, q and r = sigma_w^2/D x.x' to the
 * entrance of the first layer. */
void ntk_kinked_start (const NtkArchitecture *arch, const double *X, int row, int count, int column,
                       NtkKinkedPairs *pairs);

/* From there without biases to the entrance of the first layer. */
void ntk_kinked_add_biases (const NtkArchitecture *arch, int count, NtkKinkedPairs *pairs);

/* Through one layer; k, kdot: NTK_INFINITE_TILE numbers. */
void ntk_kinked_advance (const NtkArchitecture *arch, const NtkKink *kink, int count,
                         NtkKinkedPairs *pairs, double *k, double *kdot);

/* The kernels of waves, sin and cos, are exp (-(p + q - 2|r|)/2) but for terms in exp (-2|r|), and that difference
 * is lost where points are long. Of such pairs the covariance is moved to where the first term keeps its digits and
 * the others are 0 still: p, q, r are variances and covariance at the entrance of the first layer, of
 * the points row..row + count - 1 of X with point `column`, and the same with the difference that the points
 * have. `pairs` is scratch. */
void ntk_waves_start (const NtkArchitecture *arch, const double *X, int row, int count, int column,
                      NtkKinkedPairs *pairs, double *p, double *q, double *r);

/* n_points: for each the first that equals it to the bit; g_free(). */
int *ntk_find_twins (const double *X, int dim, int n_points, GError **error);

G_END_DECLS
