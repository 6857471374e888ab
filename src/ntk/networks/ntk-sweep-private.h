#pragma once

/* A sweep from inside: ntk-sweep.c has it, ntk-sweep-kernel.c forms its kernel, ntk-linear.c that of
 * a linear model. */

#include "ntk-shallow.h"

G_BEGIN_DECLS

/* The kernel is formed in tiles of this many rows and columns, which stay in the cache
 * between the products and the pass that puts them together; narrow ones, for above the
 * diagonal of the training block nothing is computed. */
#define NTK_TILE_ROWS 256
#define NTK_TILE_COLS 64

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
  double *tile[2]; /* NTK_TILE_ROWS x NTK_TILE_COLS; linearised only */
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

static inline gboolean
ntk_sweep_is_linearised (const NtkSweep *self)
{
  return self->arch.model == NTK_MODEL_LINEARISED;
}

/* Inputs of layer l + 1 at the largest width: leading dimension of W[l]. */
static inline gsize
ntk_sweep_fan_in (const NtkSweep *self, int l)
{
  return l == 0 ? self->arch.dim : self->max_width;
}

static inline gboolean
ntk_sweep_is_linear (const NtkSweep *self)
{
  return self->arch.model == NTK_MODEL_LINEAR;
}

/* Whether to stop, now and from then on. */
gboolean ntk_sweep_is_stopped (NtkSweep *self);

/* Adds the units up to `width` to the kernel of one hidden layer; forms that of a deeper network
 * anew. Where it is stopped the work is left half done. */
void ntk_sweep_grow_shallow (NtkSweep *self, int width);
void ntk_sweep_form_deep (NtkSweep *self, int width);

/* Adds inputs, and predicts at the test points. */
void ntk_sweep_grow_linear (NtkSweep *self, int width);
gboolean ntk_sweep_predict_linear (NtkSweep *self, const double *alpha, int k, double *f,
                                   GError **error);

G_END_DECLS
