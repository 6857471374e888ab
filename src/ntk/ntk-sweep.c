#include "ntk-private.h"

#include "ntk-init.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

/* The kernel is formed in tiles of this many rows and columns, which stay in the cache
 * between the products and the pass that puts them together; narrow ones, for above the
 * diagonal of the training block nothing is computed. */
#define TILE_ROWS 256
#define TILE_COLS 64

/* Matrices are column-major, points along the rows: a neuron's values at all points are one
 * column, and the first n rows belong to the training points. Only these are there where the
 * other points wait until the widths are through. */
struct _NtkSweep
{
  NtkArchitecture arch;
  const double *X; /* D x n_points */
  int n, n_points, rows, ldk, max_width, width;
  GArray *requests; /* of NtkRequest, or NULL where predictions are made at once */
  NtkStreams *streams;
  NtkStopFunc stop; /* or NULL */
  gpointer stop_data;
  gboolean stopped;

  double *theta;   /* ldk x n, lower triangle of the training block; ldk is n or n_points */
  double *f0_sum;  /* rows: sum_j v_j phi_j */
  double *f0;      /* rows */
  double *S1;      /* ldk x n: first-layer covariance; linearised only */
  double *tile[2]; /* TILE_ROWS x TILE_COLS; linearised only */
  double **b;      /* per layer, max_width */
  double *v;       /* max_width */

  double **W; /* per layer, row of unit j contiguous, leading dimension fan-in */
  /* One hidden layer: a block of neurons. Deeper: all neurons of each layer. */
  double **H;      /* per layer: activations, rows x columns */
  double **dphi;   /* per layer: phi'(h_l), rows x columns; linearised only */
  gsize columns;   /* NTK_BLOCK or max_width */
  double *P_train; /* n x columns: v_j^2 phi'_j at the training points; one hidden layer */
  double *B[2];    /* rows x max_width: derivatives by h of two layers; deeper, linearised */
};

static gboolean
is_linearised (const NtkSweep *self)
{
  return self->arch.model == NTK_MODEL_LINEARISED;
}

/* Inputs of layer l + 1 at the largest width: leading dimension of W[l]. */
static gsize
max_fan_in (const NtkSweep *self, int l)
{
  return l == 0 ? self->arch.dim : self->max_width;
}

static gboolean
alloc_into (double **where, gsize rows, gsize cols, const char *what, GError **error)
{
  *where = ntk_try_alloc (rows, cols, what, error);
  return *where != NULL;
}

static gboolean
alloc_layer (NtkSweep *self, int l, GError **error)
{
  const gsize rows = self->rows, columns = self->columns, max_width = self->max_width;

  return alloc_into (&self->W[l], max_fan_in (self, l), max_width, "the weights of a layer", error)
         && alloc_into (&self->b[l], max_width, 1, "the biases of a layer", error)
         && alloc_into (&self->H[l], rows, columns, "the activations of a layer", error)
         && (!is_linearised (self)
             || alloc_into (&self->dphi[l], rows, columns, "the slopes of a layer", error));
}

static gboolean
alloc_arrays (NtkSweep *self, GError **error)
{
  const gsize n = self->n, rows = self->rows, ldk = self->ldk, max_width = self->max_width;

  if (!alloc_into (&self->theta, ldk, n, "the kernel matrix", error)
      || !alloc_into (&self->f0_sum, rows, 1, "the initial function", error)
      || !alloc_into (&self->f0, rows, 1, "the initial function", error)
      || !alloc_into (&self->v, max_width, 1, "the readout weights", error))
    return FALSE;
  if (is_linearised (self)
      && (!alloc_into (&self->S1, ldk, n, "the covariance of the inputs", error)
          || !alloc_into (&self->tile[0], TILE_ROWS, TILE_COLS, "a tile of the kernel matrix",
                          error)
          || !alloc_into (&self->tile[1], TILE_ROWS, TILE_COLS, "a tile of the kernel matrix",
                          error)
          || (self->arch.depth == 1
              && !alloc_into (&self->P_train, n, self->columns, "the derivatives of a layer",
                              error))))
    return FALSE;
  for (int i = 0; i < 2 && is_linearised (self) && self->arch.depth > 1; i++)
    if (!alloc_into (&self->B[i], rows, max_width, "the derivatives of a layer", error))
      return FALSE;
  for (int l = 0; l < self->arch.depth; l++)
    if (!alloc_layer (self, l, error))
      return FALSE;
  return TRUE;
}

/* S_1 = sigma_w^2 X^T X_train/D + sigma_b^2 */
static void
fill_input_covariance (NtkSweep *self)
{
  const NtkArchitecture *arch = &self->arch;
  const gsize count = (gsize) self->ldk * self->n;

  for (gsize i = 0; i < count; i++)
    self->S1[i] = arch->sigma_b2;
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, self->ldk, self->n, arch->dim,
               arch->sigma_w2 / arch->dim, self->X, arch->dim, self->X, arch->dim, 1, self->S1,
               self->ldk);
}

static void
clear_request (gpointer data)
{
  NtkRequest *request = data;

  g_free (request->alpha);
}

NtkSweep *
ntk_sweep_new (const NtkArchitecture *arch, const double *X, int n, int n_points, int max_width,
               NtkStreams *streams, GError **error)
{
  g_autoptr (NtkSweep) self = NULL;

  g_return_val_if_fail (arch != NULL && arch->dim >= 1 && arch->depth >= 1, NULL);
  g_return_val_if_fail (X != NULL && streams != NULL, NULL);
  g_return_val_if_fail (n >= 1 && n_points >= n && max_width >= 1, NULL);

  self = g_new0 (NtkSweep, 1);
  self->arch = *arch;
  self->X = X;
  self->n = n;
  self->n_points = n_points;
  self->rows = ntk_sweep_defers (arch, n) ? n : n_points;
  self->ldk = is_linearised (self) ? self->rows : n;
  if (ntk_sweep_defers (arch, n))
    {
      self->requests = g_array_new (FALSE, FALSE, sizeof (NtkRequest));
      g_array_set_clear_func (self->requests, clear_request);
    }
  self->max_width = max_width;
  self->streams = streams;
  self->columns = arch->depth == 1 ? MIN (NTK_BLOCK, max_width) : max_width;
  self->b = g_new0 (double *, arch->depth);
  self->H = g_new0 (double *, arch->depth);
  self->dphi = g_new0 (double *, arch->depth);
  self->W = g_new0 (double *, arch->depth);
  if (!alloc_arrays (self, error))
    return NULL;
  for (int l = 0; l < arch->depth; l++)
    ntk_streams_normal (streams, NTK_PURPOSE_BIAS, l + 1, 0, max_width, self->b[l]);
  ntk_streams_normal (streams, NTK_PURPOSE_READOUT, 0, 0, max_width, self->v);
  memset (self->theta, 0, sizeof (double) * self->ldk * n);
  memset (self->f0_sum, 0, sizeof (double) * self->rows);
  memset (self->f0, 0, sizeof (double) * self->rows);
  if (is_linearised (self))
    fill_input_covariance (self);
  return g_steal_pointer (&self);
}

static void
free_layers (double **arrays, int depth)
{
  for (int l = 0; arrays && l < depth; l++)
    g_free (arrays[l]);
  g_free (arrays);
}

void
ntk_sweep_free (NtkSweep *self)
{
  if (self == NULL)
    return;
  free_layers (self->b, self->arch.depth);
  free_layers (self->H, self->arch.depth);
  free_layers (self->dphi, self->arch.depth);
  free_layers (self->W, self->arch.depth);
  g_clear_pointer (&self->requests, g_array_unref);
  g_free (self->theta);
  g_free (self->f0_sum);
  g_free (self->f0);
  g_free (self->S1);
  g_free (self->P_train);
  g_free (self->tile[0]);
  g_free (self->tile[1]);
  g_free (self->v);
  g_free (self->B[0]);
  g_free (self->B[1]);
  g_free (self);
}

void
ntk_sweep_set_stop (NtkSweep *self, NtkStopFunc stop, gpointer data)
{
  g_return_if_fail (self != NULL);

  self->stop = stop;
  self->stop_data = data;
}

static gboolean
is_stopped (NtkSweep *self)
{
  self->stopped = self->stopped || (self->stop != NULL && self->stop (self->stop_data));
  return self->stopped;
}

/* One tile of Theta = beta Theta + alpha (P P_train^T) o (scale Q Q_train^T + shift). The
 * second factor is read from S_1 where Q is NULL. */
typedef struct
{
  const double *P, *P_train, *Q; /* rows x p, n x p, rows x q */
  int p, q, ldp_train;
  double alpha, scale, shift;
} HadamardTerm;

static void
product (int rows, int cols, int inner, double alpha, const double *A, int lda, const double *B,
         int ldb, double beta, double *C, int ldc)
{
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, rows, cols, inner, alpha, A, lda, B, ldb,
               beta, C, ldc);
}

static void
add_hadamard (double *restrict theta, const double *restrict E, const double *restrict S,
              double alpha, double shift, gsize count)
{
  for (gsize i = 0; i < count; i++)
    theta[i] += alpha * E[i] * (S[i] + shift);
}

static void
add_term_tile (NtkSweep *self, const HadamardTerm *term, int i, int j, int rows, int cols)
{
  const int ld = self->rows, ldk = self->ldk;
  const gsize corner = (gsize) j * ldk + i;
  const double *S = term->Q ? self->tile[1] : self->S1 + corner;
  const int lds = term->Q ? TILE_ROWS : ldk;

  product (rows, cols, term->p, 1, term->P + i, ld, term->P_train + j, term->ldp_train, 0,
           self->tile[0], TILE_ROWS);
  if (term->Q)
    product (rows, cols, term->q, term->scale, term->Q + i, ld, term->Q + j, ld, 0, self->tile[1],
             TILE_ROWS);
  for (int c = 0; c < cols; c++)
    add_hadamard (self->theta + corner + (gsize) c * ldk, self->tile[0] + c * TILE_ROWS,
                  S + (gsize) c * lds, term->alpha, term->Q ? term->shift : 0, rows);
}

/* Theta = beta Theta + alpha H H_train^T, and then the term, if any, tile by tile. */
static void
add_to_kernel (NtkSweep *self, double beta, double alpha, const double *H, int columns,
               const HadamardTerm *term)
{
  const int ld = self->rows, ldk = self->ldk;

  for (int j = 0; j < self->n && !is_stopped (self); j += TILE_COLS)
    for (int i = j; i < ldk; i += TILE_ROWS)
      {
        const int rows = MIN (TILE_ROWS, ldk - i), cols = MIN (TILE_COLS, self->n - j);

        if (H)
          product (rows, cols, columns, alpha, H + i, ld, H + j, ld, beta,
                   self->theta + (gsize) j * ldk + i, ldk);
        if (term)
          add_term_tile (self, term, i, j, rows, cols);
      }
}

/* H_l and phi'(h_l) of `units` units of a layer with index l from 1. */
static void
forward (NtkSweep *self, int l, int inputs, const double *b, int units)
{
  const NtkArchitecture *arch = &self->arch;
  const int ld = self->rows;
  const double shift = sqrt (arch->sigma_b2);
  double *h = self->H[l];

  for (int j = 0; j < units; j++)
    for (int i = 0; i < ld; i++)
      h[(gsize) j * ld + i] = shift * b[j];
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, ld, units, inputs,
               sqrt (arch->sigma_w2 / inputs), self->H[l - 1], ld, self->W[l], self->max_width, 1,
               h, ld);
  arch->activation.type->eval (&arch->activation, (gsize) ld * units, h, h, self->dphi[l]);
}

/* A row is drawn at full length when its unit first appears. */
static void
draw_rows (NtkSweep *self, int l, int first, int units)
{
  const gsize inputs = max_fan_in (self, l);

  for (int j = first; j < first + units; j++)
    ntk_network_draw_row (&self->arch, self->streams, l + 1, j, inputs, self->W[l] + j * inputs);
}

/* Units first..first + units - 1 of the one hidden layer join: with E = sum_j v_j^2 phi'_j phi'_j^T,
 *   Theta = (sigma_v^2/m)(sum_j phi_j phi_j^T + E o S_1),
 * so what stands for the smaller width is rescaled by beta and the new units' part added. */
static void
add_block (NtkSweep *self, int first, int units, int width, double beta)
{
  const NtkArchitecture *arch = &self->arch;
  const double alpha = arch->sigma_v2 / width;
  const double *v = self->v + first;
  const HadamardTerm term = {
    .P = self->dphi[0], .P_train = self->P_train, .p = units, .ldp_train = self->n, .alpha = alpha
  };

  draw_rows (self, 0, first, units);
  ntk_first_layer (arch, self->X, self->rows, self->W[0] + (gsize) first * arch->dim,
                   self->b[0] + first, units, self->H[0], self->dphi[0]);
  cblas_dgemv (CblasColMajor, CblasNoTrans, self->rows, units, 1, self->H[0], self->rows, v, 1, 1,
               self->f0_sum, 1);
  for (int j = 0; j < units && is_linearised (self); j++)
    for (int i = 0; i < self->n; i++)
      self->P_train[(gsize) j * self->n + i] = v[j] * v[j]
                                               * self->dphi[0][(gsize) j * self->rows + i];
  add_to_kernel (self, beta, alpha, self->H[0], units, is_linearised (self) ? &term : NULL);
}

static void
grow_shallow (NtkSweep *self, int width)
{
  double beta = (double) self->width / width;

  for (int first = self->width; first < width; first += NTK_BLOCK, beta = 1)
    add_block (self, first, MIN (NTK_BLOCK, width - first), width, beta);
  for (int i = 0; i < self->rows; i++)
    self->f0[i] = sqrt (self->arch.sigma_v2 / width) * self->f0_sum[i];
}

/* B_L = (sigma_v/sqrt m) v o phi'(h_L) */
static void
start_derivatives (NtkSweep *self, int width, double *B)
{
  const gsize ld = self->rows;
  const double *dphi = self->dphi[self->arch.depth - 1];

  for (int j = 0; j < width; j++)
    for (gsize i = 0; i < ld; i++)
      B[j * ld + i] = sqrt (self->arch.sigma_v2 / width) * self->v[j] * dphi[j * ld + i];
}

/* B_{l-1} = (sigma_w/sqrt m)(B_l W_l) o phi'(h_{l-1}), of the layer with index l from 1 */
static void
step_derivatives (NtkSweep *self, int l, int width, const double *B, double *below)
{
  const gsize ld = self->rows;

  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, ld, width, width,
               sqrt (self->arch.sigma_w2 / width), B, ld, self->W[l], self->max_width, 0, below,
               ld);
  for (gsize i = 0; i < ld * width; i++)
    below[i] *= self->dphi[l - 1][i];
}

/* Theta += sum_l (B_l B_l^T) o (sigma_w^2/n_{l-1} H_{l-1} H_{l-1}^T + sigma_b^2) */
static void
add_hidden_layers (NtkSweep *self, int width)
{
  const NtkArchitecture *arch = &self->arch;
  double *B = self->B[0], *below = self->B[1];

  start_derivatives (self, width, B);
  for (int l = arch->depth - 1; l >= 0 && !is_stopped (self); l--)
    {
      const HadamardTerm term = { .P = B,
                                  .P_train = B,
                                  .p = width,
                                  .ldp_train = self->rows,
                                  .alpha = 1,
                                  .Q = l > 0 ? self->H[l - 1] : NULL,
                                  .q = width,
                                  .scale = arch->sigma_w2 / width,
                                  .shift = arch->sigma_b2 };
      double *swap = B;

      add_to_kernel (self, 1, 0, NULL, 0, &term);
      if (l > 0)
        step_derivatives (self, l, width, B, below);
      B = below;
      below = swap;
    }
}

static void
form_deep (NtkSweep *self, int width)
{
  const NtkArchitecture *arch = &self->arch;
  const int top = arch->depth - 1;

  for (int l = 0; l <= top && !is_stopped (self); l++)
    draw_rows (self, l, self->width, width - self->width);
  ntk_first_layer (arch, self->X, self->rows, self->W[0], self->b[0], width, self->H[0],
                   self->dphi[0]);
  for (int l = 1; l <= top && !is_stopped (self); l++)
    forward (self, l, width, self->b[l], width);
  cblas_dgemv (CblasColMajor, CblasNoTrans, self->rows, width, sqrt (arch->sigma_v2 / width),
               self->H[top], self->rows, self->v, 1, 0, self->f0, 1);
  add_to_kernel (self, 0, arch->sigma_v2 / width, self->H[top], width, NULL);
  if (is_linearised (self))
    add_hidden_layers (self, width);
}

static gboolean
set_error_if_stopped (NtkSweep *self, GError **error)
{
  if (self->stopped)
    g_set_error_literal (error, NTK_ERROR, NTK_ERROR_STOPPED, "stopped");
  return self->stopped;
}

gboolean
ntk_sweep_to (NtkSweep *self, int width, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (width >= 1 && width >= self->width && width <= self->max_width, FALSE);

  if (width == self->width)
    return TRUE;
  if (self->arch.depth == 1)
    grow_shallow (self, width);
  else
    form_deep (self, width);
  if (set_error_if_stopped (self, error))
    return FALSE;
  self->width = width;
  return TRUE;
}

const double *
ntk_sweep_kernel (const NtkSweep *self, int *ldk)
{
  g_return_val_if_fail (self != NULL && ldk != NULL, NULL);

  *ldk = self->ldk;
  return self->theta;
}

const double *
ntk_sweep_initial (const NtkSweep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->f0;
}

/* f = (sigma_v^2/m) H (H_train^T alpha) at the test points. */
static gboolean
predict_through_top (NtkSweep *self, const double *alpha, int k, double *f, GError **error)
{
  const int n = self->n, ld = self->rows, width = self->width;
  const double *H = self->H[self->arch.depth - 1];
  g_autofree double *a = ntk_try_alloc (width, k, "the coefficients of the features", error);

  if (a == NULL)
    return FALSE;
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, width, k, n, self->arch.sigma_v2 / width, H,
               ld, alpha, n, 0, a, width);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, self->n_points - n, k, width, 1, H + n,
               ld, a, width, 0, f + n, self->n_points);
  return TRUE;
}

gboolean
ntk_sweep_predict (NtkSweep *self, const double *alpha, int k, double *f, double *f0,
                   GError **error)
{
  const NtkRequest *first;
  int n, N;

  g_return_val_if_fail (self != NULL && self->width >= 1, FALSE);
  g_return_val_if_fail (alpha != NULL && k >= 1 && f != NULL && f0 != NULL, FALSE);

  n = self->n;
  N = self->n_points;
  cblas_dsymm (CblasColMajor, CblasLeft, CblasLower, n, k, 1, self->theta, self->ldk, alpha, n, 0,
               f, N);
  memcpy (f0, self->f0, self->rows * sizeof (double));
  if (N == n)
    return TRUE;
  if (self->requests != NULL)
    {
      NtkRequest request = { .width = self->width, .k = k, .f = f + n, .f0 = f0 + n, .ldf = N };

      first = self->requests->len > 0 ? &g_array_index (self->requests, NtkRequest, 0) : &request;
      g_return_val_if_fail (first->k == k, FALSE);
      request.alpha = g_memdup2 (alpha, sizeof (double) * n * k);
      g_array_append_val (self->requests, request);
      return TRUE;
    }
  if (!is_linearised (self))
    return predict_through_top (self, alpha, k, f, error);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, N - n, k, n, 1, self->theta + n,
               self->ldk, alpha, n, 0, f + n, N);
  return TRUE;
}

static gboolean
ask_stop (gpointer self)
{
  return is_stopped (self);
}

gboolean
ntk_sweep_finish (NtkSweep *self, GError **error)
{
  NtkShallow net;
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->requests == NULL || self->requests->len == 0)
    return TRUE;
  net = (NtkShallow){ .arch = &self->arch,
                      .X = self->X,
                      .n = self->n,
                      .n_test = self->n_points - self->n,
                      .W = self->W[0],
                      .b = self->b[0],
                      .v = self->v };
  ok = ntk_shallow_predict (&net, self->requests, ask_stop, self, error);
  g_array_set_size (self->requests, 0);
  return ok && !set_error_if_stopped (self, error);
}
