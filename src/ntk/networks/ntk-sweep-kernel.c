#include "ntk-sweep-private.h"

#include <cblas.h>
#include <math.h>

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
  const int lds = term->Q ? NTK_TILE_ROWS : ldk;

  product (rows, cols, term->p, 1, term->P + i, ld, term->P_train + j, term->ldp_train, 0,
           self->tile[0], NTK_TILE_ROWS);
  if (term->Q)
    product (rows, cols, term->q, term->scale, term->Q + i, ld, term->Q + j, ld, 0, self->tile[1],
             NTK_TILE_ROWS);
  for (int c = 0; c < cols; c++)
    add_hadamard (self->theta + corner + (gsize) c * ldk, self->tile[0] + c * NTK_TILE_ROWS,
                  S + (gsize) c * lds, term->alpha, term->Q ? term->shift : 0, rows);
}

/* Theta = beta Theta + alpha H H_train^T, and then the term, if any, tile by tile. */
static void
add_to_kernel (NtkSweep *self, double beta, double alpha, const double *H, int columns,
               const HadamardTerm *term)
{
  const int ld = self->rows, ldk = self->ldk;

  for (int j = 0; j < self->n && !ntk_sweep_is_stopped (self); j += NTK_TILE_COLS)
    for (int i = j; i < ldk; i += NTK_TILE_ROWS)
      {
        const int rows = MIN (NTK_TILE_ROWS, ldk - i), cols = MIN (NTK_TILE_COLS, self->n - j);

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
  const gsize inputs = ntk_sweep_fan_in (self, l);

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
  for (int j = 0; j < units && ntk_sweep_is_linearised (self); j++)
    for (int i = 0; i < self->n; i++)
      self->P_train[(gsize) j * self->n + i] = v[j] * v[j]
                                               * self->dphi[0][(gsize) j * self->rows + i];
  add_to_kernel (self, beta, alpha, self->H[0], units,
                 ntk_sweep_is_linearised (self) ? &term : NULL);
}

void
ntk_sweep_grow_shallow (NtkSweep *self, int width)
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
  for (int l = arch->depth - 1; l >= 0 && !ntk_sweep_is_stopped (self); l--)
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

void
ntk_sweep_form_deep (NtkSweep *self, int width)
{
  const NtkArchitecture *arch = &self->arch;
  const int top = arch->depth - 1;

  for (int l = 0; l <= top && !ntk_sweep_is_stopped (self); l++)
    draw_rows (self, l, self->width, width - self->width);
  ntk_first_layer (arch, self->X, self->rows, self->W[0], self->b[0], width, self->H[0],
                   self->dphi[0]);
  for (int l = 1; l <= top && !ntk_sweep_is_stopped (self); l++)
    forward (self, l, width, self->b[l], width);
  cblas_dgemv (CblasColMajor, CblasNoTrans, self->rows, width, sqrt (arch->sigma_v2 / width),
               self->H[top], self->rows, self->v, 1, 0, self->f0, 1);
  add_to_kernel (self, 0, arch->sigma_v2 / width, self->H[top], width, NULL);
  if (ntk_sweep_is_linearised (self))
    add_hidden_layers (self, width);
}
