#pragma once

#include "ntk-fit.h"

G_BEGIN_DECLS

/* f = K alpha: predictions at n_points points from their kernel with the training points. K: n_points x n,
 * alpha: n x k, f: n_points x k, column-major with leading dimensions ldk, n and ldf. */
void ntk_predict (const double *K, int ldk, int n_points, int n, const double *alpha, int k,
                  double *f, int ldf);

/* The part of the expected test error that a random start f_0 ~ GP(0, S) adds:
 * (1/n_test) tr (S_** + A S_XX A^T - A S_X* - (A S_X*)^T), A = K_*X (K_XX + n lambda I)^{-1}.
 * K, S: n_points x n, column-major, the first n rows training points; s_diag: n_points. */
gboolean ntk_prior_error (const double *K, const double *S, const double *s_diag, int n,
                          int n_points, double ridge, double *out, GError **error);

/* One draw of data and weights leaves three residuals over N points (docs/theory.md,
 * section 4): r of the target, a of unit noise, b of the unit initial function. Means of squares and
 * products over the points. */
typedef struct
{
  double rr, ra, aa, bb;
  double rb, ab; /* 0 where b is known by its law alone */
} NtkGram;

/* R: count x 3, column-major, columns r, a, b. */
NtkGram ntk_gram (const double *R, int count, int ldr);
/* Error at noise sigma and scale alpha, rr + 2 sigma ra + sigma^2 aa + alpha^2 bb: the mean over the sign
 * of v, in which products with b drop out. */
double ntk_gram_error (const NtkGram *self, double sigma, double alpha);
/* With these products: of the network that was drawn, and with -alpha of the one with -v. */
double ntk_gram_error_drawn (const NtkGram *self, double sigma, double alpha);

G_END_DECLS
