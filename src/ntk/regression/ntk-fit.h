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

/* Eigenvalues of an n x n matrix up to this share of the largest are what rounding leaves of 0. */
double ntk_rounding_share (int n);

G_END_DECLS
