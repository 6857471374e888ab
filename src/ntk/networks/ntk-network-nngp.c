#include "ntk-network-nngp.h"

#include "ntk-init.h"
#include "ntk-network-private.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* phi (h_{l+1}) = phi (sigma_w/sqrt (m) H_l W^T + sigma_b b), points in rows. */
static void
step (const NtkArchitecture *arch, int width, int n_points, const double *W, const double *b, const double *H,
      double *next)
{
  const double shift = sqrt (arch->sigma_b2);

  for (int j = 0; j < width; j++)
    for (int i = 0; i < n_points; i++)
      next[(gsize) j * n_points + i] = shift * b[j];
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n_points, width, width,
               sqrt (arch->sigma_w2 / width), H, n_points, W, width, 1, next, n_points);
  arch->activation.type->eval (&arch->activation, (gsize) n_points * width, next, next, NULL);
}

static void
draw_layer (const NtkArchitecture *arch, NtkStreams *streams, int layer, gsize inputs, int width, double *W,
            double *b)
{
  for (int unit = 0; unit < width; unit++)
    ntk_network_draw_row (arch, streams, layer, unit, inputs, W + unit * inputs);
  ntk_streams_normal (streams, NTK_PURPOSE_BIAS, layer, 0, width, b);
}

/* Both triangles, from the lower one. */
static gboolean
fill (const NtkArchitecture *arch, int width, int n_points, const double *H, double *kernel, GError **error)
{
  const gsize n = n_points;

  cblas_dsyrk (CblasColMajor, CblasLower, CblasNoTrans, n_points, width, arch->sigma_v2 / width, H, n_points,
               0, kernel, n_points);
  for (gsize j = 0; j < n; j++)
    for (gsize i = j; i < n; i++)
      {
        kernel[i * n + j] = kernel[j * n + i];
        if (isfinite (kernel[j * n + i]))
          continue;
        g_set_error (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                     _("The kernel of a network with %d units in each layer overflows: a smaller "
                       "weight variance or depth keeps it finite"),
                     width);
        return FALSE;
      }
  return TRUE;
}

gboolean
ntk_network_nngp (const NtkArchitecture *arch, int width, NtkStreams *streams, const double *X, int n_points,
                  NtkStopFunc stop, gpointer data, double *kernel, GError **error)
{
  const gsize dim = arch->dim, m = width;
  g_autofree double *W = NULL, *b = NULL, *H = NULL, *next = NULL;

  g_return_val_if_fail (arch->depth >= 1 && width >= 1 && n_points >= 1, FALSE);
  g_return_val_if_fail (streams != NULL && X != NULL && kernel != NULL, FALSE);

  if (arch->model == NTK_MODEL_LINEAR)
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                           _("A linear model has no layers to follow its kernel through: choose "
                             "another model"));
      return FALSE;
    }
  W = ntk_try_alloc (arch->depth > 1 ? MAX (m, dim) : dim, m, "the weights of a layer", error);
  b = W != NULL ? ntk_try_alloc (m, 1, "the biases of a layer", error) : NULL;
  H = b != NULL ? ntk_try_alloc (n_points, m, "the activations of a layer", error) : NULL;
  next = H != NULL ? ntk_try_alloc (n_points, m, "the activations of a layer", error) : NULL;
  if (next == NULL)
    return FALSE;
  for (int l = 0; l < arch->depth; l++)
    {
      if (stop != NULL && stop (data))
        {
          g_set_error_literal (error, NTK_ERROR, NTK_ERROR_STOPPED, "stopped");
          return FALSE;
        }
      draw_layer (arch, streams, l + 1, l ? m : dim, width, W, b);
      if (l == 0)
        {
          ntk_first_layer (arch, X, n_points, W, b, width, H, NULL);
          continue;
        }
      step (arch, width, n_points, W, b, H, next);
      {
        double *last = H;

        H = next;
        next = last;
      }
    }
  return fill (arch, width, n_points, H, kernel, error);
}

double
ntk_network_nngp_memory (const NtkArchitecture *arch, int width, int n_points)
{
  const double m = width, inputs = arch->depth > 1 ? MAX (m, arch->dim) : arch->dim;

  return sizeof (double) * (inputs * m + m + 2 * m * n_points);
}
