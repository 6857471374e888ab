#include "ntk-fit.h"

#include "ntk-eigen.h"
#include "ntk-filter.h"
#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <float.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

/* With a ridge a Cholesky factor is as good as it gets until the matrix is singular to
 * working precision. */
#define RIDGE_CONDITION_LIMIT 1e13

/* The problem, and two n x n scratch matrices. */
typedef struct
{
  const double *K;
  int ldk, n;
  double ridge; /* n lambda, added to the diagonal */
  double cutoff;
  double largest_diagonal;
  double norm; /* of what was inverted */
  double *A, *G;
  double *work;      /* 3 n */
  lapack_int *iwork; /* n */
} Problem;

/* Copies the lower triangle of K into A, with `shift` on the diagonal. */
static void
load (const Problem *self, double shift)
{
  const gsize n = self->n;

  for (gsize j = 0; j < n; j++)
    {
      memcpy (self->A + j * n + j, self->K + j * self->ldk + j, (n - j) * sizeof (double));
      self->A[j * n + j] += shift;
    }
}

/* Sums of |K_ij| over columns of a symmetric matrix given by its lower triangle, largest. */
static double
norm1 (const double *restrict A, int n, double *restrict sums)
{
  double norm = 0;

  memset (sums, 0, n * sizeof (double));
  for (gsize j = 0; j < (gsize) n; j++)
    {
      const double *column = A + j * n;

      sums[j] += cblas_dasum (n - j, column + j, 1);
      for (gsize i = j + 1; i < (gsize) n; i++)
        sums[i] += fabs (column[i]);
    }
  for (int i = 0; i < n; i++)
    norm = MAX (norm, sums[i]);
  return norm;
}

/* Factors A (n x n, lower triangle) in place; estimate of its condition number in the 1-norm,
 * infinite if it is not positive definite. LAPACK's work space is ours throughout, aligned, for
 * results that repeat to the last bit. */
static double
cholesky (Problem *self, double *A, int n)
{
  const double norm = norm1 (A, n, self->work);
  double reciprocal = 0;

  if (A == self->A)
    self->norm = norm;
  if (LAPACKE_dpotrf_work (LAPACK_COL_MAJOR, 'L', n, A, n) != 0
      || LAPACKE_dpocon_work (LAPACK_COL_MAJOR, 'L', n, A, n, norm, &reciprocal, self->work,
                              self->iwork)
           != 0)
    return INFINITY;
  return reciprocal > 0 ? 1 / reciprocal : INFINITY;
}

/* How the rank of K was found, and with it the pieces of a solution without ridge. */
typedef enum
{
  ROUTE_CHOLESKY, /* A: factor of K, which has full rank */
  ROUTE_PIVOTED,  /* A: L (n x rank) in permuted rows, G: factor of L^T L */
  ROUTE_EIGEN,    /* neither can be trusted */
} Route;

typedef struct
{
  Route route;
  int rank;
  double condition;
  lapack_int *pivots; /* from 1; ROUTE_PIVOTED */
} Analysis;

/* What K = P L L^T P^T leaves out, in the trace norm: bounds the eigenvalues left out. Above the
 * diagonal of L there are other numbers. */
static double
residual_trace (const Problem *self, const Analysis *analysis)
{
  const gsize n = self->n;
  double trace = 0;

  for (gsize i = 0; i < n; i++)
    {
      const gsize row = analysis->pivots[i] - 1;
      double rest = self->K[row * self->ldk + row];

      for (gsize j = 0; j < MIN ((gsize) analysis->rank, i + 1); j++)
        rest -= self->A[j * n + i] * self->A[j * n + i];
      trace += fabs (rest);
    }
  return trace;
}

/* L^T L and its factor; LAPACK leaves other numbers above the diagonal of L. */
static double
factor_small (Problem *self, int rank)
{
  const gsize n = self->n;

  for (gsize j = 1; j < (gsize) rank; j++)
    memset (self->A + j * n, 0, j * sizeof (double));
  cblas_dsyrk (CblasColMajor, CblasLower, CblasTrans, rank, n, 1, self->A, n, 0, self->G, rank);
  return cholesky (self, self->G, rank);
}

double
ntk_rounding_share (int n)
{
  return MAX (n, 64) * DBL_EPSILON;
}

/* With two digits to spare for the estimate. */
double
ntk_condition_limit (double cutoff)
{
  return MIN (NTK_CONDITION_LIMIT, 0.01 / cutoff);
}

/* Counts the eigenvalues of K above the cut-off. The nonzero ones of L L^T are those of L^T L,
 * and an estimated condition number below ntk_condition_limit() keeps all of them above the
 * cut-off; those of the rest are below it by its trace. Where one of the two fails the route is
 * the eigendecomposition. */
static void
analyse (Problem *self, Analysis *out)
{
  const double tolerance = ntk_rounding_share (self->n) * self->largest_diagonal;
  const double limit = ntk_condition_limit (self->cutoff);
  lapack_int rank = 0;

  load (self, 0);
  out->rank = self->n;
  out->route = ROUTE_CHOLESKY;
  out->condition = cholesky (self, self->A, self->n);
  if (out->condition <= limit)
    return;
  load (self, 0);
  LAPACKE_dpstrf_work (LAPACK_COL_MAJOR, 'L', self->n, self->A, self->n, out->pivots, &rank,
                       tolerance, self->work);
  out->rank = rank;
  out->route = ROUTE_PIVOTED;
  if (residual_trace (self, out) <= 0.1 * self->cutoff * self->largest_diagonal)
    out->condition = factor_small (self, rank);
  if (!(out->condition <= limit))
    out->route = ROUTE_EIGEN;
}

/* K^+ Y = P L (L^T L)^{-2} L^T P^T Y; Y (n x k) is overwritten, work is n x k. */
static void
solve_pivoted (const Problem *self, const Analysis *analysis, int k, double *Y, double *work)
{
  const gsize n = self->n, r = analysis->rank;

  for (gsize c = 0; c < (gsize) k; c++)
    for (gsize i = 0; i < n; i++)
      work[c * n + i] = Y[c * n + analysis->pivots[i] - 1];
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, r, k, n, 1, self->A, n, work, n, 0, Y, n);
  LAPACKE_dpotrs_work (LAPACK_COL_MAJOR, 'L', r, k, self->G, r, Y, n);
  LAPACKE_dpotrs_work (LAPACK_COL_MAJOR, 'L', r, k, self->G, r, Y, n);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, k, r, 1, self->A, n, Y, n, 0, work, n);
  for (gsize c = 0; c < (gsize) k; c++)
    for (gsize i = 0; i < n; i++)
      Y[c * n + analysis->pivots[i] - 1] = work[c * n + i];
}

static void
count_rank (const Problem *self, const double *values, NtkFitInfo *info)
{
  info->rank = ntk_eigen_rank (values, self->n, self->cutoff);
  info->cut = MAX (0, ntk_eigen_rank (values, self->n, ntk_rounding_share (self->n)) - info->rank);
}

/* Q diag (g) Q^T Y over the eigenvectors kept, g = 1/(max (eigenvalue, 0) + ridge). */
static void
solve_eigen (const Problem *self, const double *values, int kept, int k, double *Y, double *work)
{
  const gsize n = self->n;
  const double *Q = self->A + (n - kept) * n;

  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, kept, k, n, 1, Q, n, Y, n, 0, work, n);
  for (gsize c = 0; c < (gsize) k; c++)
    for (gsize i = 0; i < (gsize) kept; i++)
      work[c * n + i] /= MAX (values[n - kept + i], 0) + self->ridge;
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, k, kept, 1, Q, n, work, n, 0, Y, n);
}

static gboolean
fit_eigen (Problem *self, int k, double *Y, double *work, NtkFitInfo *info, GError **error)
{
  g_autofree double *values = ntk_try_alloc (self->n, 1, "the eigenvalues", error);
  int kept;

  if (values == NULL
      || !ntk_eigen (self->K, self->ldk, self->n, NTK_EIGEN_ASCENDING, NULL, NULL, values, self->A,
                     error))
    return FALSE;
  count_rank (self, values, info);
  kept = self->ridge > 0 ? self->n : info->rank;
  info->decomposed = TRUE;
  self->norm = values[self->n - 1] + self->ridge;
  info->condition = self->norm / (MAX (values[self->n - kept], 0) + self->ridge);
  solve_eigen (self, values, kept, k, Y, work);
  return TRUE;
}

static gboolean
fit_minimum_norm (Problem *self, int k, double *Y, double *work, NtkFitInfo *info, GError **error)
{
  g_autofree lapack_int *pivots = g_new (lapack_int, self->n);
  Analysis analysis = { .pivots = pivots };

  analyse (self, &analysis);
  if (analysis.route == ROUTE_EIGEN)
    return fit_eigen (self, k, Y, work, info, error);
  info->rank = analysis.rank;
  info->condition = analysis.condition;
  if (analysis.route == ROUTE_CHOLESKY)
    LAPACKE_dpotrs_work (LAPACK_COL_MAJOR, 'L', self->n, k, self->A, self->n, Y, self->n);
  else
    solve_pivoted (self, &analysis, k, Y, work);
  return TRUE;
}

/* The rank of K, which the ridge hides. */
static gboolean
find_rank (Problem *self, NtkFitInfo *info, GError **error)
{
  g_autofree lapack_int *pivots = g_new (lapack_int, self->n);
  g_autofree double *values = NULL;
  Analysis analysis = { .pivots = pivots };

  analyse (self, &analysis);
  info->rank = analysis.rank;
  if (analysis.route != ROUTE_EIGEN)
    return TRUE;
  values = ntk_try_alloc (self->n, 1, "the eigenvalues", error);
  if (values == NULL
      || !ntk_eigen (self->K, self->ldk, self->n, NTK_EIGEN_ASCENDING, NULL, NULL, values, NULL,
                     error))
    return FALSE;
  count_rank (self, values, info);
  return TRUE;
}

static gboolean
fit_ridge (Problem *self, int k, double *Y, double *work, gboolean want_rank, NtkFitInfo *info,
           GError **error)
{
  if (want_rank && !find_rank (self, info, error))
    return FALSE;
  load (self, self->ridge);
  info->condition = cholesky (self, self->A, self->n);
  if (!(info->condition <= RIDGE_CONDITION_LIMIT))
    return fit_eigen (self, k, Y, work, info, error);
  LAPACKE_dpotrs_work (LAPACK_COL_MAJOR, 'L', self->n, k, self->A, self->n, Y, self->n);
  return TRUE;
}

static gboolean
all_finite (const double *array, gsize count)
{
  gboolean finite = TRUE;

  for (gsize i = 0; i < count; i++)
    finite &= isfinite (array[i]) != 0;
  return finite;
}

/* Largest diagonal entry, and whether the lower triangle is finite. */
static gboolean
inspect (Problem *self)
{
  const gsize n = self->n, ld = self->ldk;
  gboolean finite = TRUE;

  for (gsize j = 0; j < n; j++)
    {
      finite &= all_finite (self->K + j * ld + j, n - j);
      self->largest_diagonal = MAX (self->largest_diagonal, self->K[j * ld + j]);
    }
  return finite;
}

/* K = 0, the kernel of a network whose units are all dead. */
static void
fit_zero (Problem *self, int k, double *Y, NtkFitInfo *info)
{
  const gsize count = (gsize) self->n * k;

  self->norm = self->ridge;
  info->condition = 1;
  for (gsize i = 0; i < count; i++)
    Y[i] = self->ridge > 0 ? Y[i] / self->ridge : 0;
}

gboolean
ntk_fit (const double *K, int ldk, int n, double ridge, double cutoff, const double *Y, int k,
         double *alpha, NtkFitInfo *info, GError **error)
{
  Problem problem = { .K = K, .ldk = ldk, .n = n, .ridge = n * ridge, .cutoff = cutoff };
  g_autofree double *A = NULL;
  g_autofree double *G = NULL;
  g_autofree double *space = NULL;
  g_autofree lapack_int *ispace = g_new (lapack_int, n);
  g_autofree double *work = NULL;
  NtkFitInfo found = { 0 };
  gboolean ok = TRUE;

  g_return_val_if_fail (K != NULL && Y != NULL && alpha != NULL, FALSE);
  g_return_val_if_fail (n >= 1 && ldk >= n && k >= 1, FALSE);
  g_return_val_if_fail (ridge >= 0 && cutoff > 0 && cutoff < 1, FALSE);

  if (!inspect (&problem) || !all_finite (Y, (gsize) n * k))
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                           _ ("The kernel matrix or the targets left the range of finite numbers"));
      return FALSE;
    }
  if (!(A = ntk_try_alloc (n, n, "the kernel matrix of the training points", error))
      || !(G = ntk_try_alloc (n, n, "the kernel matrix of the training points", error))
      || !(space = ntk_try_alloc (n, 3, "the kernel matrix of the training points", error))
      || !(work = ntk_try_alloc (n, k, "the coefficients of the fit", error)))
    return FALSE;
  problem.A = A;
  problem.G = G;
  problem.work = space;
  problem.iwork = ispace;
  if (alpha != Y)
    memcpy (alpha, Y, sizeof (double) * n * k);

  if (!(problem.largest_diagonal > 0))
    fit_zero (&problem, k, alpha, &found);
  else if (ridge > 0)
    ok = fit_ridge (&problem, k, alpha, work, info != NULL, &found, error);
  else
    ok = fit_minimum_norm (&problem, k, alpha, work, &found, error);
  found.dropped = ridge > 0 ? 0 : n - found.rank;
  if (!ok || info == NULL)
    return ok;
  ntk_note_growth (&found, problem.norm, alpha, n, k);
  *info = found;
  return TRUE;
}
