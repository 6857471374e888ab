#include "ntk-private.h"

#include "ntk-init.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

/* New neurons are taken in blocks of this many, which bounds memory at one hidden layer. */
#define BLOCK 128
/* The kernel is formed in tiles of this many rows and columns, which stay in the cache
 * between the products and the pass that puts them together. */
#define TILE 256

/* Matrices are column-major, points along the rows: a neuron's values at all points are one
 * column, and the first n rows belong to the training points. */
struct _NtkSweep
{
  NtkArchitecture arch;
  const double *X; /* D x n_points */
  int n, n_points, max_width, width;
  NtkStreams *streams;
  NtkStopFunc stop; /* or NULL */
  gpointer stop_data;
  gboolean stopped;

  double *theta;   /* n_points x n */
  double *f0_sum;  /* n_points: sum_j v_j phi_j */
  double *f0;      /* n_points */
  double *S1;      /* n_points x n: first-layer covariance; linearised only */
  double *tile[2]; /* TILE x TILE; linearised only */
  double **b;      /* per layer, max_width */
  double *v;       /* max_width */

  /* One hidden layer: a block of neurons. Deeper: all neurons of each layer. */
  double **H;      /* per layer: activations, n_points x columns */
  double **dphi;   /* per layer: phi'(h_l), n_points x columns; linearised only */
  double **W;      /* per layer, row of unit j contiguous, leading dimension fan-in */
  gsize columns;   /* BLOCK or max_width */
  double *P_train; /* n x columns: v_j^2 phi'_j at the training points; one hidden layer */
  double *B[2];    /* n_points x max_width: derivatives by h of two layers; deeper, linearised */
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
  const gsize columns = self->columns;

  return alloc_into (&self->W[l], max_fan_in (self, l), columns, "the weights of a layer", error)
         && alloc_into (&self->b[l], self->max_width, 1, "the biases of a layer", error)
         && alloc_into (&self->H[l], self->n_points, columns, "the activations of a layer", error)
         && (!is_linearised (self)
             || alloc_into (&self->dphi[l], self->n_points, columns, "the slopes of a layer",
                            error));
}

static gboolean
alloc_arrays (NtkSweep *self, GError **error)
{
  const gsize n = self->n, n_points = self->n_points, max_width = self->max_width;

  if (!alloc_into (&self->theta, n_points, n, "the kernel matrix", error)
      || !alloc_into (&self->f0_sum, n_points, 1, "the initial function", error)
      || !alloc_into (&self->f0, n_points, 1, "the initial function", error)
      || !alloc_into (&self->v, max_width, 1, "the readout weights", error))
    return FALSE;
  if (is_linearised (self)
      && (!alloc_into (&self->S1, n_points, n, "the covariance of the inputs", error)
          || !alloc_into (&self->tile[0], TILE, TILE, "a tile of the kernel matrix", error)
          || !alloc_into (&self->tile[1], TILE, TILE, "a tile of the kernel matrix", error)
          || (self->arch.depth == 1
              && !alloc_into (&self->P_train, n, self->columns, "the derivatives of a layer",
                              error))))
    return FALSE;
  for (int i = 0; i < 2 && is_linearised (self) && self->arch.depth > 1; i++)
    if (!alloc_into (&self->B[i], n_points, max_width, "the derivatives of a layer", error))
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
  const gsize count = (gsize) self->n_points * self->n;

  for (gsize i = 0; i < count; i++)
    self->S1[i] = arch->sigma_b2;
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, self->n_points, self->n, arch->dim,
               arch->sigma_w2 / arch->dim, self->X, arch->dim, self->X, arch->dim, 1, self->S1,
               self->n_points);
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
  self->max_width = max_width;
  self->streams = streams;
  self->columns = arch->depth == 1 ? MIN (BLOCK, max_width) : max_width;
  self->b = g_new0 (double *, arch->depth);
  self->H = g_new0 (double *, arch->depth);
  self->dphi = g_new0 (double *, arch->depth);
  self->W = g_new0 (double *, arch->depth);
  if (!alloc_arrays (self, error))
    return NULL;
  for (int l = 0; l < arch->depth; l++)
    ntk_streams_normal (streams, NTK_PURPOSE_BIAS, l + 1, 0, max_width, self->b[l]);
  ntk_streams_normal (streams, NTK_PURPOSE_READOUT, 0, 0, max_width, self->v);
  memset (self->theta, 0, sizeof (double) * n_points * n);
  memset (self->f0_sum, 0, sizeof (double) * n_points);
  memset (self->f0, 0, sizeof (double) * n_points);
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
  const double *P, *P_train, *Q; /* n_points x p, n x p, n_points x q */
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
  const int ld = self->n_points;
  const gsize corner = (gsize) j * ld + i;
  const double *S = term->Q ? self->tile[1] : self->S1 + corner;
  const int lds = term->Q ? TILE : ld;

  product (rows, cols, term->p, 1, term->P + i, ld, term->P_train + j, term->ldp_train, 0,
           self->tile[0], TILE);
  if (term->Q)
    product (rows, cols, term->q, term->scale, term->Q + i, ld, term->Q + j, ld, 0, self->tile[1],
             TILE);
  for (int c = 0; c < cols; c++)
    add_hadamard (self->theta + corner + (gsize) c * ld, self->tile[0] + c * TILE,
                  S + (gsize) c * lds, term->alpha, term->Q ? term->shift : 0, rows);
}

/* Theta = beta Theta + alpha H H_train^T, and then the term, if any, tile by tile. */
static void
add_to_kernel (NtkSweep *self, double beta, double alpha, const double *H, int columns,
               const HadamardTerm *term)
{
  const int ld = self->n_points;

  for (int i = 0; i < ld && !is_stopped (self); i += TILE)
    for (int j = 0; j < self->n; j += TILE)
      {
        const int rows = MIN (TILE, ld - i), cols = MIN (TILE, self->n - j);

        if (H)
          product (rows, cols, columns, alpha, H + i, ld, H + j, ld, beta,
                   self->theta + (gsize) j * ld + i, ld);
        if (term)
          add_term_tile (self, term, i, j, rows, cols);
      }
}

/* H_l and phi'(h_l) of `units` units from the activations below (X in the first layer). */
static void
forward (NtkSweep *self, int l, int inputs, const double *b, int units)
{
  const NtkArchitecture *arch = &self->arch;
  const int ld = self->n_points;
  const double shift = sqrt (arch->sigma_b2);
  double *h = self->H[l];

  for (int j = 0; j < units; j++)
    for (int i = 0; i < ld; i++)
      h[(gsize) j * ld + i] = shift * b[j];
  cblas_dgemm (CblasColMajor, l == 0 ? CblasTrans : CblasNoTrans, CblasNoTrans, ld, units, inputs,
               sqrt (arch->sigma_w2 / inputs), l == 0 ? self->X : self->H[l - 1],
               l == 0 ? inputs : ld, self->W[l], max_fan_in (self, l), 1, h, ld);
  arch->activation.type->eval (&arch->activation, (gsize) ld * units, h, h, self->dphi[l]);
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

  for (int j = 0; j < units; j++)
    ntk_network_draw_row (arch, self->streams, 1, first + j, arch->dim,
                          self->W[0] + (gsize) j * arch->dim);
  forward (self, 0, arch->dim, self->b[0] + first, units);
  cblas_dgemv (CblasColMajor, CblasNoTrans, self->n_points, units, 1, self->H[0], self->n_points, v,
               1, 1, self->f0_sum, 1);
  for (int j = 0; j < units && is_linearised (self); j++)
    for (int i = 0; i < self->n; i++)
      self->P_train[(gsize) j * self->n + i] = v[j] * v[j]
                                               * self->dphi[0][(gsize) j * self->n_points + i];
  add_to_kernel (self, beta, alpha, self->H[0], units, is_linearised (self) ? &term : NULL);
}

static void
grow_shallow (NtkSweep *self, int width)
{
  double beta = (double) self->width / width;

  for (int first = self->width; first < width; first += BLOCK, beta = 1)
    add_block (self, first, MIN (BLOCK, width - first), width, beta);
  for (int i = 0; i < self->n_points; i++)
    self->f0[i] = sqrt (self->arch.sigma_v2 / width) * self->f0_sum[i];
}

/* B_L = (sigma_v/sqrt m) v o phi'(h_L) */
static void
start_derivatives (NtkSweep *self, int width, double *B)
{
  const gsize ld = self->n_points;
  const double *dphi = self->dphi[self->arch.depth - 1];

  for (int j = 0; j < width; j++)
    for (gsize i = 0; i < ld; i++)
      B[j * ld + i] = sqrt (self->arch.sigma_v2 / width) * self->v[j] * dphi[j * ld + i];
}

/* B_{l-1} = (sigma_w/sqrt m)(B_l W_l) o phi'(h_{l-1}), of the layer with index l from 1 */
static void
step_derivatives (NtkSweep *self, int l, int width, const double *B, double *below)
{
  const gsize ld = self->n_points;

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
                                  .ldp_train = self->n_points,
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

  /* A row is drawn at full length when its unit first appears. */
  for (int l = 0; l <= top && !is_stopped (self); l++)
    for (int j = self->width; j < width; j++)
      ntk_network_draw_row (arch, self->streams, l + 1, j, max_fan_in (self, l),
                            self->W[l] + j * max_fan_in (self, l));
  for (int l = 0; l <= top && !is_stopped (self); l++)
    forward (self, l, l == 0 ? arch->dim : width, self->b[l], width);
  cblas_dgemv (CblasColMajor, CblasNoTrans, self->n_points, width, sqrt (arch->sigma_v2 / width),
               self->H[top], self->n_points, self->v, 1, 0, self->f0, 1);
  add_to_kernel (self, 0, arch->sigma_v2 / width, self->H[top], width, NULL);
  if (is_linearised (self))
    add_hidden_layers (self, width);
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
  if (self->stopped)
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_STOPPED, "stopped");
      return FALSE;
    }
  self->width = width;
  return TRUE;
}

const double *
ntk_sweep_kernel (const NtkSweep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->theta;
}

const double *
ntk_sweep_initial (const NtkSweep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->f0;
}
