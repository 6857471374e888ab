#pragma once

#include "ntk-architecture.h"
#include "ntk-streams.h"

G_BEGIN_DECLS

/* A draw of the initial function in the limit of infinite width, f_0 ~ GP(0, NNGP), jointly at
 * n_points points of which the first n are training points (X as for ntk_infinite_kernel()); f:
 * n_points. More training points extend what was drawn and never redraw it.
 *
 * A covariance that is singular to working precision gets independent noise of relative variance
 * 1e-12, or as little more as its Cholesky factor needs; NTK_ERROR_NUMERICS above 1e-6. */
gboolean ntk_prior_draw (const NtkArchitecture *arch, const double *X, int n, int n_points,
                         NtkStreams *streams, double *f, GError **error);

G_END_DECLS
