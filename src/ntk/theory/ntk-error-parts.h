#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a theory says of the excess test error at noise sigma and initial scale alpha,
 *   B + sigma^2 V + alpha^2 init,
 * and how it divides (d'Ascoli et al. 2020; Adlam and Pennington 2020; docs/theory.md, section 4):
 * bias; sampling B_inf - bias; weights B - B_inf; noise sigma^2 V, of which sigma^2 V_inf is left
 * in an infinite ensemble; initial function alpha^2 init. Models without random weights, such as
 * the linear one, have B_inf = B, V_inf = V. */
typedef struct
{
  double B;    /* target */
  double V;    /* noise, per unit variance */
  double init; /* I: initial function, per unit scale */
  double R_P;  /* error of the predictor averaged over data at fixed weights, sigma = alpha = 0 */
  double bias, B_inf, V_inf;
} NtkErrorParts;

double ntk_error_parts_total (const NtkErrorParts *self, double sigma, double alpha);

/* The mean of K >= 1 networks that share the data and differ in their weights. Exact for any
 * model: E_K = E_1/K + (1 - 1/K) E_inf, init/K. K may be INFINITY. */
NtkErrorParts ntk_error_parts_ensemble (const NtkErrorParts *self, double K);

/* Least V of minimum-norm least squares with p features on n samples (Holzmueller 2021):
 *   V >= n/(p + 1 - n) for p >= n,  V >= p/(n + 1 - p) for p <= n,
 * whatever the law of the features, if samples are independent, the features have a second moment
 * and an invertible covariance, and those of p samples are linearly independent with probability 1
 * (piecewise linear units may die, which is rare). So it holds without ridge for random features,
 * given their weights, and for linear models. n, p > 0. */
double ntk_noise_lower_bound (double p, double n);

G_END_DECLS
