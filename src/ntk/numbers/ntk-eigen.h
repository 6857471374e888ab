#pragma once

#include "ntk-init.h"

G_BEGIN_DECLS

/* Eigenvalues of symmetric matrices, by LAPACK's divide and conquer. Nothing else in the program asks for them. */
typedef enum
{
  NTK_EIGEN_ASCENDING,
  NTK_EIGEN_DESCENDING,
} NtkEigenOrder;

/* A: n x n, column-major with leading dimension lda, symmetric, lower triangle read. values: n, in
 * @order. Q: n x n, filled with the eigenvectors, column i belonging to values[i]; NULL where none are
 * wanted, which is several times faster. Results repeat to the last bit.
 *
 * stop (may be NULL) is asked once, before anything is done, since the decomposition itself cannot be
 * broken off: NTK_ERROR_STOPPED. NTK_ERROR_MEMORY for the work space of 2 n^2 + 6 n numbers (n^2 without
 * vectors), NTK_ERROR_NUMERICS where LAPACK does not converge or an entry is not finite. */
gboolean ntk_eigen (const double *A, int lda, int n, NtkEigenOrder order, NtkStopFunc stop,
                    gpointer data, double *values, double *Q, GError **error);

/* How many of n eigenvalues, in either order, are above `share` of the largest: the numerical rank. */
int ntk_eigen_rank (const double *values, int n, double share);

G_END_DECLS
