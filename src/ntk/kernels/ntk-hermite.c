#include "ntk-hermite.h"

#include "ntk-hermite-rule.h"
#include "ntk-init.h"
#include "ntk-vector.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>

/* Terms whose sum is a smaller share than this are left out. */
#define NEGLIGIBLE 1e-17
/* Variances that differ by no more than this share are taken for one, as those of points on a sphere are. */
#define SAME_VARIANCE (32 * DBL_EPSILON)
/* Variances whose integrands are formed at a time. */
#define BATCH 512

/* Points evaluated together, as four vectors. */
#define LANES 8
#define GROUP (4 * LANES)
typedef double Lanes __attribute__ ((vector_size (LANES * sizeof (double))));

/* The terms of even degree, or those of odd degree. */
typedef struct
{
  int n_terms;
  double *B;       /* stride x n_terms: B_k of each table; squared if there is but one */
  double *inverse; /* n_terms: 1/(k + 1) */
} Parity;

struct _NtkHermite
{
  gsize count;
  gsize stride;     /* 1: one table for all; else count, and room for the last group */
  double *variance; /* count, and room for the last group */
  double *mean;     /* stride: E phi */
  Parity parity[2];
  double error;
};

static double
sum_of_squares (const double *B, int n)
{
  return cblas_ddot (n, B, 1, B, 1);
}

/* Keeps the terms of one parity that matter. */
static gboolean
parity_init (Parity *self, int odd, const double *B, int n_terms, gsize stride, GError **error)
{
  const double total = sum_of_squares (B, n_terms);
  double rest = 0;
  int last = (n_terms - 2) + odd;

  while (last >= 0 && (rest += B[last] * B[last]) <= NEGLIGIBLE * total)
    last -= 2;
  self->n_terms = last < 0 ? 0 : last / 2 + 1;
  self->inverse = g_new (double, self->n_terms);
  for (int m = 0; m < self->n_terms; m++)
    self->inverse[m] = 1.0 / (2 * m + odd + 1);
  self->B = ntk_try_alloc (stride, MAX (self->n_terms, 1), "the Hermite coefficients", error);
  if (self->B == NULL)
    return FALSE;
  memset (self->B, 0, stride * self->n_terms * sizeof (double));
  return TRUE;
}

/* Tables from..from + size - 1, as products of the integrands and the rule. */
static gboolean
fill_batch (NtkHermite *self, const NtkHermiteRule *rule, const NtkActivation *activation,
            gsize from, gsize size, GError **error)
{
  g_autofree double *sides = ntk_try_alloc (2 * size, rule->n_nodes, "the integrands", error);
  g_autofree double *left = g_new (double, size);

  if (sides == NULL)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    left[i] = ntk_hermite_sample (rule, activation, self->variance[from + i], sides + i,
                                  sides + size * rule->n_nodes + i, size, &self->mean[from + i]);
  for (int odd = 0; odd < 2; odd++)
    {
      const Parity *parity = &self->parity[odd];

      if (parity->n_terms > 0)
        cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, size, parity->n_terms,
                     rule->n_nodes, 1, sides + odd * size * rule->n_nodes, size,
                     rule->u + odd * rule->n_nodes, 2 * rule->n_nodes, 0, parity->B + from,
                     self->stride);
    }
  for (gsize i = 0; i < size; i++)
    {
      const double power = left[i];

      for (int odd = 0; odd < 2; odd++)
        left[i] -= cblas_ddot (self->parity[odd].n_terms, self->parity[odd].B + from + i,
                               self->stride, self->parity[odd].B + from + i, self->stride);
      self->error = MAX (self->error, fabs (left[i]) / power);
    }
  return TRUE;
}

/* The one table for all, from the coefficients B: their squares. */
static void
fill_table (NtkHermite *self, const NtkHermiteRule *rule, const double *B)
{
  double kept = 0;

  self->mean[0] = rule->mean;
  for (int odd = 0; odd < 2; odd++)
    for (int m = 0; m < self->parity[odd].n_terms; m++)
      kept += self->parity[odd].B[m] = B[2 * m + odd] * B[2 * m + odd];
  self->error = fabs (rule->power - kept) / rule->power;
}

static gboolean
fill_tables (NtkHermite *self, const NtkHermiteRule *rule, const NtkActivation *activation,
             const double *B, GError **error)
{
  if (self->stride == 1)
    fill_table (self, rule, B);
  for (gsize from = 0; from < self->count && self->stride > 1; from += BATCH)
    if (!fill_batch (self, rule, activation, from, MIN (BATCH, self->count - from), error))
      return FALSE;
  return TRUE;
}

NtkHermite *
ntk_hermite_new (const NtkActivation *activation, gsize count, const double *variance,
                 GError **error)
{
  g_auto (NtkHermiteRule) rule = { 0 };

  return ntk_hermite_new_by (&rule, activation, count, variance, error);
}

NtkHermite *
ntk_hermite_new_by (NtkHermiteRule *rule, const NtkActivation *activation, gsize count,
                    const double *variance, GError **error)
{
  g_autoptr (NtkHermite) self = g_new0 (NtkHermite, 1);
  g_autofree double *B = ntk_try_alloc (NTK_HERMITE_MOST_TERMS, 1, "the Hermite coefficients",
                                        error);
  double least, most;

  g_return_val_if_fail (activation != NULL && variance != NULL && count >= 1, NULL);

  if (B == NULL)
    return NULL;
  least = most = variance[0];
  for (gsize i = 1; i < count; i++)
    {
      least = MIN (least, variance[i]);
      most = MAX (most, variance[i]);
    }
  self->count = count;
  self->stride = most - least <= SAME_VARIANCE * most ? 1 : count + GROUP;
  self->variance = g_new0 (double, count + GROUP);
  memcpy (self->variance, variance, count * sizeof (double));
  self->mean = g_new0 (double, self->stride);
  if (!ntk_hermite_settle (rule, activation, most, B, error)
      || !parity_init (&self->parity[0], 0, B, rule->n_terms, self->stride, error)
      || !parity_init (&self->parity[1], 1, B, rule->n_terms, self->stride, error)
      || !fill_tables (self, rule, activation, B, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
ntk_hermite_free (NtkHermite *self)
{
  if (self == NULL)
    return;
  for (int odd = 0; odd < 2; odd++)
    {
      g_free (self->parity[odd].B);
      g_free (self->parity[odd].inverse);
    }
  g_free (self->variance);
  g_free (self->mean);
  g_free (self);
}

int
ntk_hermite_terms (const NtkHermite *self)
{
  return MAX (self->parity[0].n_terms, self->parity[1].n_terms);
}

double
ntk_hermite_error (const NtkHermite *self)
{
  return self->error;
}

/* Adds one parity's share of the sums over k, Kdot and (K - ...)/r, at the 4 vectors y = rho^2,
 * by Horner's rule. B is the column of the group's first point, or one number a term. */
static inline void __attribute__ ((always_inline))
sum_series (const Parity *parity, const double *column, gsize first, gsize stride, const Lanes *y,
            Lanes *kdot, Lanes *k)
{
  Lanes a0 = { 0 }, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  const Lanes y0 = y[0], y1 = y[1], y2 = y[2], y3 = y[3];

  for (int m = parity->n_terms - 1; m >= 0; m--)
    {
      const double inverse = parity->inverse[m];
      Lanes c0, c1, c2, c3;

      if (column == NULL)
        c0 = c1 = c2 = c3 = parity->B[m] - (Lanes){ 0 };
      else
        {
          const double *B = parity->B + m * stride + first;

          memcpy (&c0, B, sizeof c0);
          memcpy (&c1, B + LANES, sizeof c1);
          memcpy (&c2, B + 2 * LANES, sizeof c2);
          memcpy (&c3, B + 3 * LANES, sizeof c3);
          c0 *= column[m];
          c1 *= column[m];
          c2 *= column[m];
          c3 *= column[m];
        }
      a0 = a0 * y0 + c0;
      a1 = a1 * y1 + c1;
      a2 = a2 * y2 + c2;
      a3 = a3 * y3 + c3;
      b0 = b0 * y0 + c0 * inverse;
      b1 = b1 * y1 + c1 * inverse;
      b2 = b2 * y2 + c2 * inverse;
      b3 = b3 * y3 + c3 * inverse;
    }
  kdot[0] = a0;
  kdot[1] = a1;
  kdot[2] = a2;
  kdot[3] = a3;
  k[0] = b0;
  k[1] = b1;
  k[2] = b2;
  k[3] = b3;
}

/* GROUP points from `first` on against point j, whose coefficients stand in `columns` where each
 * point has a table of its own. */
NTK_CLONES static void
eval_group (const NtkHermite *self, gsize first, gsize j, double *const columns[2],
            const double *restrict r, double *restrict k, double *restrict kdot)
{
  const gboolean shared = self->stride == 1;
  const double mean = self->mean[shared ? 0 : j];
  Lanes y[4], even[2][4], odd[2][4];
  double rho[GROUP];

  for (int i = 0; i < GROUP; i++)
    {
      const double product = self->variance[first + i] * self->variance[j];

      rho[i] = product > 0 ? r[i] / sqrt (product) : 0;
    }
  for (int v = 0; v < 4; v++)
    for (int i = 0; i < LANES; i++)
      y[v][i] = rho[v * LANES + i] * rho[v * LANES + i];
  if (shared)
    {
      sum_series (&self->parity[0], NULL, 0, 1, y, even[0], even[1]);
      sum_series (&self->parity[1], NULL, 0, 1, y, odd[0], odd[1]);
    }
  else
    {
      sum_series (&self->parity[0], columns[0], first, self->stride, y, even[0], even[1]);
      sum_series (&self->parity[1], columns[1], first, self->stride, y, odd[0], odd[1]);
    }
  for (int v = 0; v < 4; v++)
    for (int l = 0; l < LANES; l++)
      {
        const int i = v * LANES + l;

        kdot[i] = even[0][v][l] + rho[i] * odd[0][v][l];
        k[i] = mean * self->mean[shared ? 0 : first + i]
               + r[i] * (even[1][v][l] + rho[i] * odd[1][v][l]);
      }
}

void
ntk_hermite_eval (const NtkHermite *self, gsize first, gsize count, gsize j, const double *r,
                  double *k, double *kdot)
{
  double *columns[2] = { NULL, NULL };
  double R[GROUP], K[GROUP], Kdot[GROUP];

  g_return_if_fail (self != NULL && first + count <= self->count && j < self->count);

  for (int odd = 0; odd < 2 && self->stride > 1; odd++)
    {
      columns[odd] = g_new (double, MAX (self->parity[odd].n_terms, 1));
      for (int m = 0; m < self->parity[odd].n_terms; m++)
        columns[odd][m] = self->parity[odd].B[m * self->stride + j];
    }
  for (gsize from = 0; from < count; from += GROUP)
    {
      const gsize size = MIN (count - from, GROUP) * sizeof (double);

      memset (R, 0, sizeof R);
      memcpy (R, r + from, size);
      eval_group (self, first + from, j, columns, R, K, Kdot);
      if (k)
        memcpy (k + from, K, size);
      if (kdot)
        memcpy (kdot + from, Kdot, size);
    }
  g_free (columns[0]);
  g_free (columns[1]);
}

gboolean
ntk_hermite_dual_checked (const NtkActivation *self, gsize count, const double *p, const double *q,
                          const double *r, double *k, double *kdot, GError **error)
{
  g_autofree double *variance = g_new (double, 2 * count);
  g_autoptr (NtkHermite) tables = NULL;

  if (count == 0)
    return TRUE;
  memcpy (variance, p, count * sizeof (double));
  memcpy (variance + count, q, count * sizeof (double));
  tables = ntk_hermite_new (self, 2 * count, variance, error);
  if (tables == NULL)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    ntk_hermite_eval (tables, i, 1, count + i, r + i, k ? k + i : NULL, kdot ? kdot + i : NULL);
  return TRUE;
}

void
ntk_hermite_dual (const NtkActivation *self, gsize count, const double *p, const double *q,
                  const double *r, double *k, double *kdot)
{
  if (ntk_hermite_dual_checked (self, count, p, q, r, k, kdot, NULL))
    return;
  for (gsize i = 0; i < count; i++)
    {
      if (k)
        k[i] = NAN;
      if (kdot)
        kdot[i] = NAN;
    }
}
