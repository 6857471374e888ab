#include "ntk-network-profile.h"

#include "ntk-init.h"
#include "ntk-network-private.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Points are rows, x(0) the first of them; a unit's values at all points are one column. */
typedef struct
{
  const NtkArchitecture *arch;
  int width, rows; /* rows: count + 1 */
  NtkStopFunc stop;
  gpointer data;
  NtkStreams *streams;
  double *X;           /* D x rows */
  double *b, *v;       /* width */
  double **W;          /* of each layer but the first: width x width, a unit's row contiguous */
  double **H, **dphi;  /* of each layer: rows x width */
  double *B[2];        /* rows x width: derivatives by h of two layers */
  double *along, *sum; /* rows: products with x(0) in one layer, and the kernel so far */
} Work;

static void
free_layers (double **arrays, int depth)
{
  for (int l = 0; arrays && l < depth; l++)
    g_free (arrays[l]);
  g_free (arrays);
}

static void
work_clear (Work *self)
{
  const int depth = self->arch->depth;

  g_free (self->X);
  g_free (self->b);
  g_free (self->v);
  free_layers (self->W, depth);
  free_layers (self->H, depth);
  free_layers (self->dphi, depth);
  g_free (self->B[0]);
  g_free (self->B[1]);
  g_free (self->along);
  g_free (self->sum);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
alloc_into (double **where, gsize rows, gsize columns, const char *what, GError **error)
{
  *where = ntk_try_alloc (rows, columns, what, error);
  return *where != NULL;
}

static gboolean
work_alloc (Work *self, gboolean tangent, GError **error)
{
  const int depth = self->arch->depth;
  const gsize rows = self->rows, width = self->width;

  self->W = g_new0 (double *, depth);
  self->H = g_new0 (double *, depth);
  self->dphi = g_new0 (double *, depth);
  if (!alloc_into (&self->X, self->arch->dim, rows, "the points of the circle", error)
      || !alloc_into (&self->b, width, 1, "the biases of a layer", error)
      || !alloc_into (&self->v, width, 1, "the readout weights", error)
      || !alloc_into (&self->along, rows, 1, "the kernel", error)
      || !alloc_into (&self->sum, rows, 1, "the kernel", error))
    return FALSE;
  for (int l = 0; l < depth; l++)
    if (!alloc_into (&self->W[l], l ? width : (gsize) self->arch->dim, width,
                     "the weights of a layer", error)
        || !alloc_into (&self->H[l], rows, width, "the activations of a layer", error)
        || (tangent && !alloc_into (&self->dphi[l], rows, width, "the slopes of a layer", error)))
      return FALSE;
  for (int i = 0; i < 2 && tangent; i++)
    if (!alloc_into (&self->B[i], rows, width, "the derivatives of a layer", error))
      return FALSE;
  return TRUE;
}

static void
place_points (Work *self, const double *angle)
{
  const gsize dim = self->arch->dim;
  const double radius = sqrt (self->arch->dim);

  memset (self->X, 0, dim * self->rows * sizeof (double));
  self->X[0] = radius;
  for (gsize i = 1; i < (gsize) self->rows; i++)
    {
      self->X[i * dim] = radius * cos (angle[i - 1]);
      self->X[i * dim + 1] = radius * sin (angle[i - 1]);
    }
}

static gboolean
is_stopped (const Work *self, GError **error)
{
  if (self->stop == NULL || !self->stop (self->data))
    return FALSE;
  g_set_error_literal (error, NTK_ERROR, NTK_ERROR_STOPPED, "stopped");
  return TRUE;
}

/* h_l = sigma_w/sqrt(m) H_{l-1} W_l^T + sigma_b b_l, and its phi and phi'. */
static void
forward (Work *self, int l)
{
  const NtkArchitecture *arch = self->arch;
  const int rows = self->rows, width = self->width;
  const double shift = sqrt (arch->sigma_b2);

  for (int j = 0; j < width; j++)
    for (int i = 0; i < rows; i++)
      self->H[l][(gsize) j * rows + i] = shift * self->b[j];
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, rows, width, width,
               sqrt (arch->sigma_w2 / width), self->H[l - 1], rows, self->W[l], width, 1,
               self->H[l], rows);
  arch->activation.type->eval (&arch->activation, (gsize) rows * width, self->H[l], self->H[l],
                               self->dphi[l]);
}

static gboolean
run_forward (Work *self, GError **error)
{
  const NtkArchitecture *arch = self->arch;

  for (int l = 0; l < arch->depth; l++)
    {
      const gsize inputs = l ? self->width : arch->dim;

      if (is_stopped (self, error))
        return FALSE;
      for (int unit = 0; unit < self->width; unit++)
        ntk_network_draw_row (arch, self->streams, l + 1, unit, inputs, self->W[l] + unit * inputs);
      ntk_streams_normal (self->streams, NTK_PURPOSE_BIAS, l + 1, 0, self->width, self->b);
      if (l == 0)
        ntk_first_layer (arch, self->X, self->rows, self->W[0], self->b, self->width, self->H[0],
                         self->dphi[0]);
      else
        forward (self, l);
    }
  return TRUE;
}

/* out = scale A a, where a is the row of A (rows x width) that belongs to x(0). */
static void
along_first (const Work *self, const double *A, double scale, double *out)
{
  cblas_dgemv (CblasColMajor, CblasNoTrans, self->rows, self->width, scale, A, self->rows, A,
               self->rows, 0, out, 1);
}

/* B_L = sigma_v/sqrt(m) v o phi'(h_L) */
static void
start_derivatives (Work *self)
{
  const gsize rows = self->rows;
  const double scale = sqrt (self->arch->sigma_v2 / self->width);
  const double *slope = self->dphi[self->arch->depth - 1];

  for (int j = 0; j < self->width; j++)
    for (gsize i = 0; i < rows; i++)
      self->B[0][j * rows + i] = scale * self->v[j] * slope[j * rows + i];
}

/* B_{l-1} = sigma_w/sqrt(m) (B_l W_l) o phi'(h_{l-1}), which becomes B[0]. */
static void
step_derivatives (Work *self, int l)
{
  const int rows = self->rows, width = self->width;
  const gsize count = (gsize) rows * width;
  double *below = self->B[1];

  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, rows, width, width,
               sqrt (self->arch->sigma_w2 / width), self->B[0], rows, self->W[l], width, 0, below,
               rows);
  for (gsize i = 0; i < count; i++)
    below[i] *= self->dphi[l - 1][i];
  self->B[1] = self->B[0];
  self->B[0] = below;
}

/* Adds (B_l(0) . B_l(u)) (sigma_w^2/n_{l-1} H_{l-1}(0) . H_{l-1}(u) + sigma_b^2), l from 0. */
static void
add_layer (Work *self, int l, const double *angle)
{
  const NtkArchitecture *arch = self->arch;
  g_autofree double *covariance = g_new (double, self->rows);

  along_first (self, self->B[0], 1, self->along);
  if (l > 0)
    along_first (self, self->H[l - 1], arch->sigma_w2 / self->width, covariance);
  for (int i = 0; i < self->rows; i++)
    {
      const double S = l > 0 ? covariance[i] : arch->sigma_w2 * (i ? cos (angle[i - 1]) : 1);

      self->sum[i] += self->along[i] * (S + arch->sigma_b2);
    }
}

/* The sum over layers from the top, added to the readout's part. */
static gboolean
run_backward (Work *self, const double *angle, GError **error)
{
  start_derivatives (self);
  for (int l = self->arch->depth - 1; l >= 0; l--)
    {
      if (is_stopped (self, error))
        return FALSE;
      add_layer (self, l, angle);
      if (l > 0)
        step_derivatives (self, l);
    }
  return TRUE;
}

static gboolean
take (const Work *self, double *out, GError **error)
{
  for (int i = 1; i < self->rows; i++)
    if (!isfinite (self->sum[i]))
      {
        g_set_error (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                     _ ("The kernel of a network with %d units in each layer overflows: a smaller "
                        "weight variance or depth keeps it finite"),
                     self->width);
        return FALSE;
      }
  memcpy (out, self->sum + 1, (self->rows - 1) * sizeof (double));
  return TRUE;
}

gboolean
ntk_network_profile (const NtkArchitecture *arch, int width, NtkStreams *streams,
                     const double *angle, int count, NtkStopFunc stop, gpointer data, double *ntk,
                     double *nngp, GError **error)
{
  const gboolean tangent = ntk != NULL && arch->model == NTK_MODEL_LINEARISED;
  g_auto (Work) work = {
    .arch = arch, .width = width, .rows = count + 1, .stop = stop, .data = data, .streams = streams
  };

  g_return_val_if_fail (arch->dim >= 2 && arch->depth >= 1 && width >= 1, FALSE);
  g_return_val_if_fail (streams != NULL && angle != NULL && count >= 1, FALSE);
  g_return_val_if_fail (ntk != NULL || nngp != NULL, FALSE);

  if (arch->model == NTK_MODEL_LINEAR)
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                           _ ("A linear model has no layers to follow its kernel through: choose "
                              "another model"));
      return FALSE;
    }
  if (!work_alloc (&work, tangent, error))
    return FALSE;
  place_points (&work, angle);
  ntk_streams_normal (streams, NTK_PURPOSE_READOUT, 0, 0, width, work.v);
  if (!run_forward (&work, error))
    return FALSE;
  along_first (&work, work.H[arch->depth - 1], arch->sigma_v2 / width, work.sum);
  if (nngp && !take (&work, nngp, error))
    return FALSE;
  if (tangent && !run_backward (&work, angle, error))
    return FALSE;
  return ntk == NULL || take (&work, ntk, error);
}

double
ntk_network_profile_memory (const NtkArchitecture *arch, int width, int count)
{
  const double m = width, L = arch->depth, rows = count + 1, D = arch->dim;

  return sizeof (double) * (D * (rows + m) + (L - 1) * m * m + (2 * L + 2) * rows * m);
}

double
ntk_network_profile_flops (const NtkArchitecture *arch, int width, int count)
{
  const double m = width, L = arch->depth, rows = count + 1, D = arch->dim;

  return 2 * rows * m * (D + 2 * (L - 1) * m + 2 * L);
}
