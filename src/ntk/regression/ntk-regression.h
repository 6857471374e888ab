#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The cut-off is a fraction of the largest eigenvalue of the kernel matrix: eigenvalues up to it count
 * as zero when there is no ridge (minimum norm). This is the usual one. */
#define NTK_EIGENVALUE_CUTOFF 1e-10

/* Without ridge, above this estimated condition number a Cholesky factor is not trusted and
 * the eigendecomposition decides: below it every eigenvalue in the factor is far enough above
 * the cut-off for the count to be certain, and enough digits are left. With a ridge a Cholesky factor
 * serves until the matrix is singular to working precision. */
#define NTK_CONDITION_LIMIT 1e8
double ntk_condition_limit (double cutoff);

#define NTK_FIT_COLUMNS 3

typedef struct
{
  int rank;             /* eigenvalues of K above the cut-off; of K alone, also with a ridge */
  int dropped;          /* n - rank: directions that minimum norm leaves out; 0 with a ridge */
  int cut;              /* n - rank but for what rounding leaves of eigenvalues that are 0: the choice of
                         * the cut-off decides about these; with a ridge about the rank alone */
  double condition;     /* of K restricted to its kept eigenvectors (plus ridge), an estimate
                         * in the 1-norm where a Cholesky factor served */
  gboolean decomposed;  /* the eigendecomposition decided */
  /* Of the first NTK_FIT_COLUMNS right-hand sides: mean square of |K + R I| alpha over the n points, in the
   * norm of `condition`. Rounding leaves predictions off by the unit roundoff times its root, and a
   * factor of a few; it is condition^2 times that of the labels at the most, and less where these have
   * little along small eigenvalues. */
  double growth[NTK_FIT_COLUMNS];
} NtkFitInfo;

/* alpha = (K + n lambda I)^{-1} Y, or K^+ Y for lambda = 0, with a cut-off between 0 and 1.
 *
 * K: n x n, column-major with leading dimension ldk, symmetric positive semidefinite, read
 * only (lower triangle read); Y, alpha: n x k, column-major, alpha may be Y.
 * A pivoted Cholesky factor K = L L^T with L n x r reveals the rank; where L^T L (or K) is
 * well conditioned it serves, K^+ = L (L^T L)^{-2} L^T; elsewhere the eigendecomposition.
 * K = 0 has rank 0: alpha = Y/(n lambda), or 0 without ridge. info may be NULL, which with a
 * ridge saves finding the rank. */
gboolean ntk_fit (const double *K, int ldk, int n, double ridge, double cutoff, const double *Y,
                  int k, double *alpha, NtkFitInfo *info, GError **error);

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

/* Eigenvalues of an n x n matrix up to this share of the largest are what rounding leaves of 0. */
double ntk_rounding_share (int n);

G_END_DECLS
