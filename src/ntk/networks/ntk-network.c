#include "ntk-network-private.h"

#include "ntk-init.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

void
ntk_network_draw_row (const NtkArchitecture *arch, NtkStreams *streams, int layer, int unit,
                      gsize count, double *row)
{
  double norm;

  ntk_streams_normal (streams, NTK_PURPOSE_WEIGHT, layer, unit, count, row);
  if (layer > 1 || arch->model != NTK_MODEL_RANDOM_FEATURES)
    return;
  norm = cblas_dnrm2 (count, row, 1);
  for (gsize i = 0; i < count; i++)
    row[i] *= sqrt ((double) count) / norm;
}

void
ntk_first_layer (const NtkArchitecture *arch, const double *X, int count, const double *W,
                 const double *b, int units, double *phi, double *dphi)
{
  const double shift = sqrt (arch->sigma_b2);

  for (int j = 0; j < units; j++)
    for (int i = 0; i < count; i++)
      phi[(gsize) j * count + i] = shift * b[j];
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, count, units, arch->dim,
               sqrt (arch->sigma_w2 / arch->dim), X, arch->dim, W, arch->dim, 1, phi, count);
  arch->activation.type->eval (&arch->activation, (gsize) count * units, phi, phi, dphi);
}

/* Inputs of layer l. */
static gsize
fan_in (const NtkArchitecture *arch, int width, int layer)
{
  return layer == 1 ? arch->dim : width;
}

gsize
ntk_network_packed_size (const NtkArchitecture *arch, int width)
{
  gsize size = width;

  for (int layer = 1; layer <= arch->depth; layer++)
    size += width * (fan_in (arch, width, layer) + 1);
  return size;
}

void
ntk_network_draw (const NtkArchitecture *arch, int width, NtkStreams *streams, double *theta)
{
  g_return_if_fail (arch != NULL && arch->depth >= 1 && width >= 1);
  g_return_if_fail (streams != NULL && theta != NULL);

  for (int layer = 1; layer <= arch->depth; layer++)
    {
      const gsize inputs = fan_in (arch, width, layer);

      for (int unit = 0; unit < width; unit++, theta += inputs)
        ntk_network_draw_row (arch, streams, layer, unit, inputs, theta);
      ntk_streams_normal (streams, NTK_PURPOSE_BIAS, layer, 0, width, theta);
      theta += width;
    }
  ntk_streams_normal (streams, NTK_PURPOSE_READOUT, 0, 0, width, theta);
}

/* h = sigma_w/sqrt (inputs) H W^T + sigma_b b, then phi in place; H is n_points x inputs, or its
 * transpose in the first layer, where it is X. */
static void
forward_layer (const NtkArchitecture *arch, int layer, gsize inputs, int width, const double *W,
               const double *b, const double *H, int n_points, double *h)
{
  const double scale = sqrt (arch->sigma_w2 / inputs), shift = sqrt (arch->sigma_b2);

  for (int j = 0; j < width; j++)
    for (int i = 0; i < n_points; i++)
      h[(gsize) j * n_points + i] = shift * b[j];
  cblas_dgemm (CblasColMajor, layer == 1 ? CblasTrans : CblasNoTrans, CblasNoTrans, n_points, width,
               inputs, scale, H, layer == 1 ? (int) inputs : n_points, W, inputs, 1, h, n_points);
  arch->activation.type->eval (&arch->activation, (gsize) n_points * width, h, h, NULL);
}

gboolean
ntk_network_eval (const NtkArchitecture *arch, int width, const double *theta, const double *X,
                  int n_points, double *f, GError **error)
{
  g_autofree double *now = NULL;
  g_autofree double *next = NULL;
  const double *H = X;

  g_return_val_if_fail (arch != NULL && arch->depth >= 1 && width >= 1, FALSE);
  g_return_val_if_fail (theta != NULL && X != NULL && f != NULL && n_points >= 1, FALSE);

  now = ntk_try_alloc (n_points, width, "the activations of a layer", error);
  if (now == NULL)
    return FALSE;
  next = ntk_try_alloc (n_points, width, "the activations of a layer", error);
  if (next == NULL)
    return FALSE;
  for (int layer = 1; layer <= arch->depth; layer++)
    {
      const gsize inputs = fan_in (arch, width, layer);
      double *swap = now;

      forward_layer (arch, layer, inputs, width, theta, theta + inputs * width, H, n_points, next);
      theta += (inputs + 1) * width;
      now = next;
      next = swap;
      H = now;
    }
  cblas_dgemv (CblasColMajor, CblasNoTrans, n_points, width, sqrt (arch->sigma_v2 / width), H,
               n_points, theta, 1, 0, f, 1);
  return TRUE;
}
