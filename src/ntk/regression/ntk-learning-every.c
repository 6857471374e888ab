#include "ntk-learning-private.h"

#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

/* docs/theory.md, section 5. With K + R I = L L^T over all n_max points and V = L^{-1} K_X*,
 * w = L^{-1} y, the prediction from the first k points is the sum of V_i w_i over rows i <= k: the
 * leading block of L is the factor of the leading block. For the pieces in closed form, with
 * H = L^{-1} L^{-T}, G = L^{-1} S L^{-T}, W = L^{-1} S_X*, of which leading blocks belong to the
 * prefixes in the same way,
 *   tr (A_k A_k^T) = tr V_k^T H_k V_k,
 *   tr (...) = tr S_** - 2 tr V_k^T W_k + tr V_k^T G_k V_k.
 * Here V^T and W^T are held, n_test x n, so that a row i is contiguous. */

/* Errors of the pieces grow as the condition number times the unit roundoff, with a factor of a
 * few: this keeps them under 1e-8. */
#define EVERY_CONDITION_LIMIT 1e7
#define BLOCK 128

typedef struct
{
  const NtkLearning *draw;
  gsize n, n_test, ld;
  double *L;    /* n x n, lower triangle */
  double *V;    /* n_test x n: V^T */
  double *M;    /* n x n: H or G, lower triangle, in turn */
  double *row;  /* n_test x BLOCK */
  NtkGram *out; /* n */
} Prefixes;

static gboolean
prefixes_init (Prefixes *self, const NtkLearning *draw, NtkGram *out, gboolean closed,
               GError **error)
{
  const gsize n = draw->n_max, m = draw->n_points - draw->n_max;

  *self = (Prefixes){ .draw = draw, .n = n, .n_test = m, .ld = draw->n_points, .out = out };
  return (self->L = ntk_try_alloc (n, n, "the kernel matrix of the training points", error))
         && (self->V = ntk_try_alloc (m, n, "the kernel between training and test points", error))
         && (!closed
             || ((self->M = ntk_try_alloc (n, n, "the kernel matrix of the training points", error))
                 && (self->row = ntk_try_alloc (m, BLOCK, "the kernel matrix", error))));
}

static void
prefixes_clear (Prefixes *self)
{
  g_free (self->L);
  g_free (self->V);
  g_free (self->M);
  g_free (self->row);
}

static gboolean
factor (Prefixes *self, double ridge, double *found, GError **error)
{
  g_autofree double *space = ntk_try_alloc (self->n, NTK_FACTOR_SPACE, "the factorization", error);
  double condition;

  if (space == NULL)
    return FALSE;
  condition = ntk_factor (self->draw->K, self->ld, self->n, ridge, self->L, space,
                          NULL);
  *found = condition;
  if (condition <= EVERY_CONDITION_LIMIT
      && (ridge > 0 || condition <= ntk_condition_limit (self->draw->cutoff)))
    return TRUE;
  g_set_error (error, NTK_ERROR, NTK_ERROR_NUMERICS,
               _("The %d x %d kernel matrix is too ill-conditioned for all sizes at once"),
               (int) self->n, (int) self->n);
  return FALSE;
}

/* out (n_test x n) = (L^{-1} B_X*)^T. */
static void
whiten (const Prefixes *self, const double *B, double *out)
{
  const gsize n = self->n, m = self->n_test;

  for (gsize j = 0; j < n; j++)
    memcpy (out + j * m, B + n + j * self->ld, m * sizeof (double));
  cblas_dtrsm (CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, m, n, 1, self->L, n,
               out, m);
}

/* One drawn column: its labels are whitened in place, and its residual runs over the prefixes. */
static void
run_drawn (const Prefixes *self, const double *w, gsize i, double *residual)
{
  cblas_daxpy (self->n_test, -w[i], self->V + i * self->n_test, 1, residual, 1);
}

static gboolean
add_drawn (const Prefixes *self, GError **error)
{
  const gsize n = self->n, m = self->n_test;
  const NtkLearning *draw = self->draw;
  const double *labels[] = { draw->f, draw->noise, draw->initial };
  const double *tests[] = { draw->f + n, NULL, draw->initial ? draw->initial + n : NULL };
  g_autofree double *w = ntk_try_alloc (n, G_N_ELEMENTS (labels), "the labels", error);
  g_autofree double *R = w ? ntk_try_alloc (m, G_N_ELEMENTS (labels), "the residuals", error) : NULL;

  if (R == NULL)
    return FALSE;
  memset (R, 0, m * G_N_ELEMENTS (labels) * sizeof (double));
  for (guint c = 0; c < G_N_ELEMENTS (labels); c++)
    {
      if (labels[c] == NULL)
        continue;
      memcpy (w + c * n, labels[c], n * sizeof (double));
      cblas_dtrsv (CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, n, self->L, n, w + c * n,
                   1);
      if (tests[c])
        memcpy (R + c * m, tests[c], m * sizeof (double));
    }
  for (gsize i = 0; i < n; i++)
    {
      for (guint c = 0; c < G_N_ELEMENTS (labels); c++)
        if (labels[c])
          run_drawn (self, w + c * n, i, R + c * m);
      self->out[i] = ntk_gram (R, m, m);
    }
  return TRUE;
}

/* terms[i], summed over i <= k, is tr V_k^T M_k V_k for M = self->M by its lower triangle: row i adds
 * V_i.(2 sum_{j < i} M_ij V_j + M_ii V_i). */
static void
quadratic_terms (const Prefixes *self, double *terms)
{
  const gsize n = self->n, m = self->n_test;
  double *M = self->M;

  for (gsize from = 0; from < n; from += BLOCK)
    {
      const gsize count = MIN (BLOCK, n - from);

      /* Above the diagonal 0, on it half, so that twice all of it is wanted. */
      for (gsize j = from; j < from + count; j++)
        {
          memset (M + j * n + from, 0, (j - from) * sizeof (double));
          M[j * n + j] /= 2;
        }
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, m, count, from + count, 2, self->V, m,
                   M + from, n, 0, self->row, m);
      for (gsize i = 0; i < count; i++)
        terms[from + i] = cblas_ddot (m, self->row + i * m, 1, self->V + (from + i) * m, 1);
    }
}

/* M = L^{-1} L^{-T}, lower triangle: rows of the inverse end at the diagonal, so a block column of
 * the product takes as many of its columns as it has rows above its end. */
static gboolean
fill_noise_matrix (Prefixes *self, GError **error)
{
  const gsize n = self->n;
  g_autofree double *inverse = ntk_try_alloc (n, n, "the kernel matrix of the training points",
                                              error);

  if (inverse == NULL)
    return FALSE;
  for (gsize j = 0; j < n; j++)
    {
      memset (inverse + j * n, 0, j * sizeof (double));
      memcpy (inverse + j * n + j, self->L + j * n + j, (n - j) * sizeof (double));
    }
  LAPACKE_dtrtri_work (LAPACK_COL_MAJOR, 'L', 'N', n, inverse, n);
  for (gsize from = 0; from < n; from += BLOCK)
    {
      const gsize count = MIN (BLOCK, n - from);

      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, n - from, count, from + count, 1,
                   inverse + from, n, inverse + from, n, 0, self->M + from * n + from, n);
    }
  return TRUE;
}

static gboolean
add_noise (Prefixes *self, double *terms, GError **error)
{
  double sum = 0;

  if (!fill_noise_matrix (self, error))
    return FALSE;
  quadratic_terms (self, terms);
  for (gsize i = 0; i < self->n; i++)
    {
      sum += terms[i];
      self->out[i].aa = sum / self->n_test;
    }
  return TRUE;
}

static gboolean
add_initial (Prefixes *self, double *terms, GError **error)
{
  const gsize n = self->n, m = self->n_test;
  g_autofree double *W = ntk_try_alloc (m, n, "the kernel between training and test points", error);
  double sum = 0;

  if (W == NULL)
    return FALSE;
  for (gsize j = 0; j < n; j++)
    memcpy (self->M + j * n + j, self->draw->S + j * self->ld + j, (n - j) * sizeof (double));
  LAPACKE_dsygst_work (LAPACK_COL_MAJOR, 1, 'L', n, self->M, n, self->L, n);
  quadratic_terms (self, terms);
  whiten (self, self->draw->S, W);
  for (gsize i = 0; i < m; i++)
    sum += self->draw->s_diag[n + i];
  for (gsize i = 0; i < n; i++)
    {
      sum += terms[i] - 2 * cblas_ddot (m, self->V + i * m, 1, W + i * m, 1);
      self->out[i].bb = MAX (sum, 0) / m; /* a variance, and a difference, which rounding may make negative */
    }
  return TRUE;
}

/* Prefixes are no worse conditioned than the whole. */
static void
describe (const NtkLearning *draw, double condition, NtkFitInfo *info)
{
  const int n = draw->n_max;

  *info = (NtkFitInfo){ .rank = n, .condition = condition };
  for (int c = 0; c < N_COLUMNS; c++)
    info->growth[c] = condition * condition * ntk_learning_power (draw, n, c);
}

gboolean
ntk_learning_every (const NtkLearning *self, double ridge, NtkGram *out, NtkFitInfo *info,
                    GError **error)
{
  const gboolean noise = self && self->noise == NULL;
  const gboolean initial = self && self->initial == NULL && self->S != NULL;
  g_autofree double *terms = NULL;
  Prefixes prefixes = { 0 };
  double condition = NAN;
  gboolean ok;

  g_return_val_if_fail (self != NULL && self->K != NULL && self->f != NULL, FALSE);
  g_return_val_if_fail (self->S == NULL || self->s_diag != NULL, FALSE);
  g_return_val_if_fail (self->n_max >= 1 && self->n_points > self->n_max, FALSE);
  g_return_val_if_fail (ridge >= 0 && out != NULL, FALSE);

  ok = (terms = ntk_try_alloc (self->n_max, 1, "the sums over the sizes", error)) != NULL;
  ok = ok && prefixes_init (&prefixes, self, out, noise || initial, error);
  ok = ok && factor (&prefixes, ridge, &condition, error);
  if (ok)
    whiten (&prefixes, self->K, prefixes.V);
  ok = ok && add_drawn (&prefixes, error);
  ok = ok && (!noise || add_noise (&prefixes, terms, error));
  ok = ok && (!initial || add_initial (&prefixes, terms, error));
  prefixes_clear (&prefixes);
  if (ok && info)
    describe (self, condition, info);
  return ok && ntk_grams_check (out, self->n_max, error);
}
