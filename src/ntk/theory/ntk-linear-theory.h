#pragma once

#include "ntk-error-parts.h"
#include "ntk-mean-field.h"

G_BEGIN_DECLS

/* Theory of the model `linear`, f = theta.x/sqrt(D): kernel x.x'/D, f_0 with theta_0 ~ N(0, 1) in
 * each coordinate. */

/* `count` coordinates of one variance: `eigenvalue` of the kernel, variance/D; `power` of the
 * target in all of them together, sum beta^2 variance. Sphere and Gaussian inputs have one group,
 * { 1/D, D, power }, and two scales two, the slow one with scale^2/D. */
typedef struct
{
  double eigenvalue, count, power;
} NtkLinearGroup;

/* Ridge regression in the limit of many samples and coordinates (deterministic equivalent: Hastie,
 * Montanari, Rosset, Tibshirani 2022; docs/theory.md, section 4): n samples, R = n lambda in the
 * units of ntk_fit(), 0 for minimum norm; `missing`: power of the target in what the model does not
 * see (coordinates left out, nonlinear parts), which acts as noise. NTK_ERROR_DOMAIN where the error
 * is infinite: without ridge at as many samples as coordinates. Off by O(1/n), and without ridge
 * like 1/|n - p|, p coordinates in all, for Gaussian inputs and the sphere alike. */
gboolean ntk_linear_ridge (const NtkLinearGroup *groups, guint n_groups, double missing, double n,
                           double R, NtkErrorParts *out, GError **error);

/* The same for gradient flow stopped at the `n_times` given times > 0 (docs/theory.md, section 3;
 * any order), with weight decay where R > 0. out: n_times of them; B, V, init and time are filled,
 * ridge is R. NTK_ERROR_NUMERICS where it does not converge. */
gboolean ntk_linear_flow (const NtkLinearGroup *groups, guint n_groups, double missing, double n,
                          double R, const double *times, guint n_times, NtkMeanFieldPieces *out,
                          GError **error);

/* Minimum norm with Gaussian inputs of unit variance, p of whose D coordinates the model sees;
 * target of unit power, equal in all directions in the mean. Exact at finite n (Breiman and Freedman
 * 1983; Belkin, Hsu, Xu 2020; Hastie et al. 2022). D >= p >= 1. NTK_ERROR_DOMAIN for p = n - 1, n,
 * n + 1, where the expected error is infinite. */
gboolean ntk_linear_min_norm (int dim, int p, int n, NtkErrorParts *out, GError **error);

G_END_DECLS
