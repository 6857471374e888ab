#pragma once

/* Private to the layer: what a ridge and a time make of eigenvalues. */

#include "ntk-learning.h"

G_BEGIN_DECLS

/* Filter g of ntk_learning_at() and (1 - g l)^2 for the first `kept` of n eigenvalues in descending order,
 * `rank` of which are above the cut-off. */
void ntk_filter (const double *values, int n, int rank, int kept, const NtkStop *stop, double *g,
                 double *rho);

/* Fills in what NtkFitInfo says of n eigenvalues in descending order, with an unnormalised ridge (0: none). */
void ntk_describe_spectrum (const double *values, int n, int rank, int cut, double ridge,
                            NtkFitInfo *info);

/* growth of NtkFitInfo from the norm of K + R I and its coefficients, n x k. */
void ntk_note_growth (NtkFitInfo *info, double norm, const double *alpha, int n, int k);

G_END_DECLS
