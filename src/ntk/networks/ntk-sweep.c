#include "ntk-sweep-private.h"

#include "ntk-init.h"

#include <cblas.h>
#include <string.h>

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

  return alloc_into (&self->W[l], ntk_sweep_fan_in (self, l), max_width, "the weights of a layer",
                     error)
         && alloc_into (&self->b[l], max_width, 1, "the biases of a layer", error)
         && alloc_into (&self->H[l], rows, columns, "the activations of a layer", error)
         && (!ntk_sweep_is_linearised (self)
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
  if (ntk_sweep_is_linearised (self)
      && (!alloc_into (&self->S1, ldk, n, "the covariance of the inputs", error)
          || !alloc_into (&self->tile[0], NTK_TILE_ROWS, NTK_TILE_COLS,
                          "a tile of the kernel matrix", error)
          || !alloc_into (&self->tile[1], NTK_TILE_ROWS, NTK_TILE_COLS,
                          "a tile of the kernel matrix", error)
          || (self->arch.depth == 1
              && !alloc_into (&self->P_train, n, self->columns, "the derivatives of a layer",
                              error))))
    return FALSE;
  for (int i = 0; i < 2 && ntk_sweep_is_linearised (self) && self->arch.depth > 1; i++)
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

static NtkSweep *
sweep_new (const NtkArchitecture *arch, const double *X, int n, int n_points, int max_width,
           gboolean tall, NtkStreams *streams, GError **error)
{
  gboolean defers = !tall && ntk_sweep_defers (arch, n);
  g_autoptr (NtkSweep) self = NULL;

  g_return_val_if_fail (arch != NULL && arch->dim >= 1, NULL);
  g_return_val_if_fail (arch->depth >= 1 || arch->model == NTK_MODEL_LINEAR, NULL);
  g_return_val_if_fail (X != NULL && streams != NULL, NULL);
  g_return_val_if_fail (n >= 1 && n_points >= n && max_width >= 1, NULL);

  self = g_new0 (NtkSweep, 1);
  self->arch = *arch;
  if (ntk_sweep_is_linear (self))
    self->arch.depth = 0; /* no layers to hold */
  self->X = X;
  self->n = n;
  self->n_points = n_points;
  self->rows = defers ? n : n_points;
  self->ldk = tall || ntk_sweep_is_linearised (self) ? self->rows : n;
  if (defers)
    {
      self->requests = g_array_new (FALSE, FALSE, sizeof (NtkRequest));
      g_array_set_clear_func (self->requests, clear_request);
    }
  self->max_width = max_width;
  self->streams = streams;
  self->columns = arch->depth == 1 ? MIN (NTK_BLOCK, max_width) : max_width;
  self->b = g_new0 (double *, self->arch.depth);
  self->H = g_new0 (double *, self->arch.depth);
  self->dphi = g_new0 (double *, self->arch.depth);
  self->W = g_new0 (double *, self->arch.depth);
  if (!alloc_arrays (self, error))
    return NULL;
  for (int l = 0; l < self->arch.depth; l++)
    ntk_streams_normal (streams, NTK_PURPOSE_BIAS, l + 1, 0, max_width, self->b[l]);
  ntk_streams_normal (streams, NTK_PURPOSE_READOUT, 0, 0, max_width, self->v);
  memset (self->theta, 0, sizeof (double) * self->ldk * n);
  memset (self->f0_sum, 0, sizeof (double) * self->rows);
  memset (self->f0, 0, sizeof (double) * self->rows);
  if (ntk_sweep_is_linearised (self))
    fill_input_covariance (self);
  return g_steal_pointer (&self);
}

NtkSweep *
ntk_sweep_new (const NtkArchitecture *arch, const double *X, int n, int n_points, int max_width,
               NtkStreams *streams, GError **error)
{
  return sweep_new (arch, X, n, n_points, max_width, FALSE, streams, error);
}

NtkSweep *
ntk_sweep_new_tall (const NtkArchitecture *arch, const double *X, int n, int n_points, int max_width,
                    NtkStreams *streams, GError **error)
{
  return sweep_new (arch, X, n, n_points, max_width, TRUE, streams, error);
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

gboolean
ntk_sweep_is_stopped (NtkSweep *self)
{
  self->stopped = self->stopped || (self->stop != NULL && self->stop (self->stop_data));
  return self->stopped;
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
  if (ntk_sweep_is_linear (self))
    ntk_sweep_grow_linear (self, width);
  else if (self->arch.depth == 1)
    ntk_sweep_grow_shallow (self, width);
  else
    ntk_sweep_form_deep (self, width);
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

/* Notes what is asked for at the test points, for ntk_sweep_finish(). */
static gboolean
defer (NtkSweep *self, const double *alpha, int k, double *f, double *f0, GError **error)
{
  NtkRequest request = { .width = self->width, .k = k, .f = f, .f0 = f0, .ldf = self->n_points };

  g_return_val_if_fail (
    self->requests->len == 0 || g_array_index (self->requests, NtkRequest, 0).k == k, FALSE);
  request.alpha = ntk_try_alloc (self->n, k, "the coefficients", error);
  if (request.alpha == NULL)
    return FALSE;
  memcpy (request.alpha, alpha, sizeof (double) * self->n * k);
  g_array_append_val (self->requests, request);
  return TRUE;
}

gboolean
ntk_sweep_predict (NtkSweep *self, const double *alpha, int k, double *f, double *f0,
                   GError **error)
{
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
    return defer (self, alpha, k, f + n, f0 + n, error);
  if (self->ldk < N)
    return ntk_sweep_is_linear (self) ? ntk_sweep_predict_linear (self, alpha, k, f, error)
                                      : predict_through_top (self, alpha, k, f, error);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, N - n, k, n, 1, self->theta + n,
               self->ldk, alpha, n, 0, f + n, N);
  return TRUE;
}

static gboolean
ask_stop (gpointer self)
{
  return ntk_sweep_is_stopped (self);
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
