#include "ntk-shallow.h"

#include "ntk-init.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

/* Predictions of one hidden layer without the kernel between test and training points. With
 * alpha (n x k) fitted at width m, and s = sigma_v^2/m,
 *   f (x) = sum_j [phi_j (x) p_j + phi'_j (x) (q_j . x + q_j0)],
 *   p_j = s sum_i alpha_i phi_j (x_i),  q_j = s v_j^2 sigma_w^2/D sum_i alpha_i phi'_j (x_i) x_i,
 *   q_j0 = s v_j^2 sigma_b^2 sum_i alpha_i phi'_j (x_i).
 * All widths read the same phi_j (x) and phi'_j (x), so their coefficients stand side by side in
 * one matrix, and a tile of test points meets it in products that run at the speed of DGEMM. */

/* Units come in blocks. A block ends where a width does, if that makes it neither too small for
 * the products nor too large for the cache; widths that end inside have zeros for the rest. */
#define SMALLEST_BLOCK 16
/* A tile of test points and its outputs at all widths stay in the cache. */
#define TILE_BYTES (512 * 1024)
#define SMALLEST_TILE 32
#define LARGEST_TILE 128

/* Requests from `request` on have units of this block. */
typedef struct
{
  int first, units, request;
  double *P, *Q; /* units x columns of these requests: p_j; q_j and q_j0 */
} Block;

typedef struct
{
  const NtkShallow *net;
  const NtkRequest *requests;
  int n_requests, k;
  int n_p, n_q;       /* columns of a request in P and Q: k and one for f_0; k times `inputs` */
  int inputs;         /* D and one for the bias, if any; 0 for random features */
  int tile;           /* test points in one go */
  GArray *blocks;     /* of Block */
  double *phi, *dphi; /* of a block, at the training points or those of a tile */
  double *P_alpha, *Q_alpha; /* n x columns: what meets phi and phi' of the training points */
  double *P_out;             /* columns x tile: products are faster where the fewer are the rows */
  double *Q_out, *Xt;        /* tile x columns; tile x inputs, 1 for the bias */
} Shallow;

static int
count_inputs (const NtkArchitecture *arch)
{
  return arch->model == NTK_MODEL_LINEARISED ? arch->dim + (arch->sigma_b2 > 0) : 0;
}

static gboolean
is_linearised (const Shallow *self)
{
  return self->net->arch->model == NTK_MODEL_LINEARISED;
}

static void
clear_block (gpointer data)
{
  Block *block = data;

  g_free (block->P);
  g_free (block->Q);
}

static void
shallow_clear (Shallow *self)
{
  g_array_unref (self->blocks);
  g_free (self->phi);
  g_free (self->dphi);
  g_free (self->P_alpha);
  g_free (self->Q_alpha);
  g_free (self->P_out);
  g_free (self->Q_out);
  g_free (self->Xt);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shallow, shallow_clear)

static gboolean
alloc_into (double **where, gsize rows, gsize cols, GError **error)
{
  *where = ntk_try_alloc (rows, cols, "the coefficients of the features", error);
  return *where != NULL;
}

/* Where the block that begins at `first` ends. */
static int
block_end (const Shallow *self, int first, int request)
{
  int end = 0;

  for (int r = request; r < self->n_requests && end < first + SMALLEST_BLOCK; r++)
    end = self->requests[r].width;
  return MIN (end, first + NTK_BLOCK);
}

/* The block that begins at `first`, which a later width has. */
static gboolean
append_block (Shallow *self, int first, GError **error)
{
  Block block = { .first = first };
  gsize columns;
  gboolean ok;

  while (self->requests[block.request].width <= first)
    block.request++;
  block.units = block_end (self, first, block.request) - first;
  columns = self->n_requests - block.request;
  ok = alloc_into (&block.P, block.units, columns * self->n_p, error)
       && (!is_linearised (self) || alloc_into (&block.Q, block.units, columns * self->n_q, error));
  g_array_append_val (self->blocks, block);
  return ok;
}

static gboolean
cut_blocks (Shallow *self, GError **error)
{
  const int last = self->requests[self->n_requests - 1].width;

  for (int first = 0; first < last;)
    {
      const Block *block;

      if (!append_block (self, first, error))
        return FALSE;
      block = &g_array_index (self->blocks, Block, self->blocks->len - 1);
      first = block->first + block->units;
    }
  return TRUE;
}

static gboolean
shallow_init (Shallow *self, const NtkShallow *net, const NtkRequest *requests, int n_requests,
              GError **error)
{
  gsize columns, points;

  memset (self, 0, sizeof *self);
  self->net = net;
  self->requests = requests;
  self->n_requests = n_requests;
  self->k = self->requests[0].k;
  self->inputs = count_inputs (net->arch);
  self->n_p = self->k + 1;
  self->n_q = self->k * self->inputs;
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, clear_block);

  columns = self->n_requests;
  self->tile = TILE_BYTES / (sizeof (double) * columns * (self->n_p + self->n_q));
  self->tile = CLAMP (self->tile & ~7, SMALLEST_TILE, LARGEST_TILE);
  points = MAX (self->tile, net->n);
  if (!alloc_into (&self->phi, points, NTK_BLOCK, error)
      || !alloc_into (&self->P_alpha, net->n, columns * self->n_p, error)
      || !alloc_into (&self->P_out, self->tile, columns * self->n_p, error))
    return FALSE;
  if (is_linearised (self)
      && (!alloc_into (&self->dphi, points, NTK_BLOCK, error)
          || !alloc_into (&self->Q_alpha, net->n, columns * self->n_q, error)
          || !alloc_into (&self->Q_out, self->tile, columns * self->n_q, error)
          || !alloc_into (&self->Xt, self->tile, self->inputs, error)))
    return FALSE;
  return cut_blocks (self, error);
}

/* s alpha, and s alpha_i times the inputs of x_i with their variances. */
static void
fill_alpha (Shallow *self)
{
  const NtkArchitecture *arch = self->net->arch;
  const gsize n = self->net->n;
  double *p = self->P_alpha, *q = self->Q_alpha;

  for (int r = 0; r < self->n_requests; r++)
    {
      const NtkRequest *request = &self->requests[r];

      for (gsize i = 0; i < n * self->k; i++)
        p[i] = arch->sigma_v2 / request->width * request->alpha[i];
      for (int c = 0; c < self->k; c++)
        for (int d = 0; d < self->inputs; d++, q += n)
          for (gsize i = 0; i < n; i++)
            q[i] = p[c * n + i]
                   * (d == arch->dim
                        ? arch->sigma_b2
                        : arch->sigma_w2 / arch->dim * self->net->X[i * arch->dim + d]);
      p += n * self->k;
      memset (p, 0, n * sizeof (double)); /* the column of f_0 */
      p += n;
    }
}

static void
first_layer (Shallow *self, const Block *block, int point, int count)
{
  const gsize dim = self->net->arch->dim;

  ntk_first_layer (self->net->arch, self->net->X + point * dim, count,
                   self->net->W + block->first * dim, self->net->b + block->first, block->units,
                   self->phi, self->dphi);
}

/* Zeros for the units of the block that a width does not have. */
static void
clear_beyond (const Block *block, int width, int columns, double *C)
{
  const int kept = width - block->first;

  for (int c = 0; c < columns && kept < block->units; c++)
    memset (C + (gsize) c * block->units + kept, 0, (block->units - kept) * sizeof (double));
}

static void
fill_block (Shallow *self, const Block *block)
{
  const NtkArchitecture *arch = self->net->arch;
  const int n = self->net->n, m = block->units, columns = self->n_requests - block->request;
  const gsize skip = (gsize) n * block->request;
  const double *v = self->net->v + block->first;

  first_layer (self, block, 0, n);
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, m, columns * self->n_p, n, 1, self->phi, n,
               self->P_alpha + skip * self->n_p, n, 0, block->P, m);
  if (is_linearised (self))
    {
      for (int j = 0; j < m; j++)
        cblas_dscal (n, v[j] * v[j], self->dphi + (gsize) j * n, 1);
      cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, m, columns * self->n_q, n, 1,
                   self->dphi, n, self->Q_alpha + skip * self->n_q, n, 0, block->Q, m);
    }
  for (int r = 0; r < columns; r++)
    {
      const int width = self->requests[block->request + r].width;
      double *P = block->P + (gsize) m * r * self->n_p;

      for (int j = 0; j < m; j++)
        P[(gsize) m * self->k + j] = sqrt (arch->sigma_v2 / width) * v[j];
      clear_beyond (block, width, self->n_p, P);
      if (is_linearised (self))
        clear_beyond (block, width, self->n_q, block->Q + (gsize) m * r * self->n_q);
    }
}

static void
copy_row (const double *row, gsize ld, int count, double *out)
{
  for (int i = 0; i < count; i++)
    out[i] = row[i * ld];
}

static void
add_product (double *restrict f, const double *restrict x, const double *restrict q, int count)
{
  for (int i = 0; i < count; i++)
    f[i] += x[i] * q[i];
}

/* `count` test points from `point` on. */
static void
predict_tile (Shallow *self, int point, int count)
{
  const gsize dim = self->net->arch->dim, ld = (gsize) self->n_requests * self->n_p;
  const double *x = self->net->X + (self->net->n + point) * dim;

  for (guint b = 0; b < self->blocks->len; b++)
    {
      const Block *block = &g_array_index (self->blocks, Block, b);
      const int m = block->units, skip = block->request, columns = self->n_requests - skip;

      first_layer (self, block, self->net->n + point, count);
      cblas_dgemm (CblasColMajor, CblasTrans, CblasTrans, columns * self->n_p, count, m, 1,
                   block->P, m, self->phi, count, b > 0, self->P_out + skip * self->n_p, ld);
      if (is_linearised (self))
        cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, count, columns * self->n_q, m, 1,
                     self->dphi, count, block->Q, m, b > 0,
                     self->Q_out + (gsize) count * skip * self->n_q, count);
    }
  for (int d = 0; d < self->inputs; d++)
    for (int i = 0; i < count; i++)
      self->Xt[(gsize) d * count + i] = d == dim ? 1 : x[i * dim + d];
  for (int r = 0; r < self->n_requests; r++)
    {
      const NtkRequest *request = &self->requests[r];
      const double *p = self->P_out + r * self->n_p;
      /* Features alone have no part that goes with the inputs. */
      const double *q = is_linearised (self) ? self->Q_out + (gsize) count * r * self->n_q : NULL;

      for (int c = 0; c < self->k; c++)
        {
          double *f = request->f + (gsize) c * request->ldf + point;

          copy_row (p + c, ld, count, f);
          for (int d = 0; d < self->inputs; d++, q += count)
            add_product (f, self->Xt + (gsize) d * count, q, count);
        }
      copy_row (p + self->k, ld, count, request->f0 + point);
    }
}

static gboolean
predict_group (const NtkShallow *net, const NtkRequest *requests, int n_requests, NtkStopFunc stop,
               gpointer data, GError **error)
{
  g_auto (Shallow) self;

  if (!shallow_init (&self, net, requests, n_requests, error))
    return FALSE;
  fill_alpha (&self);
  for (guint b = 0; b < self.blocks->len && !stop (data); b++)
    fill_block (&self, &g_array_index (self.blocks, Block, b));
  for (int i = 0; i < net->n_test && !stop (data); i += self.tile)
    predict_tile (&self, i, MIN (self.tile, net->n_test - i));
  return TRUE;
}

/* As many widths at once as memory is meant for; the features are formed anew for the others. */
gboolean
ntk_shallow_predict (const NtkShallow *net, const GArray *requests, NtkStopFunc stop, gpointer data,
                     GError **error)
{
  const NtkRequest *all = (const NtkRequest *) requests->data;
  const int count = requests->len, columns = 1 + all[0].k * (1 + count_inputs (net->arch));
  const int group = MAX (1, NTK_SHALLOW_COLUMNS / columns);

  for (int r = 0; r < count; r += group)
    if (!predict_group (net, all + r, MIN (group, count - r), stop, data, error))
      return FALSE;
  return TRUE;
}
