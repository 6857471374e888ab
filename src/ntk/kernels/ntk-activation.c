#include "ntk-vector.h"

#include "ntk-activation-private.h"
#include "ntk-hermite.h"

void
ntk_dual_by_chunks (const NtkActivation *self, NtkDualChunk chunk, gsize count, const double *p,
                    const double *q, const double *r, double *k, double *kdot)
{
  double P[NTK_CHUNK], Q[NTK_CHUNK], R[NTK_CHUNK], K[NTK_CHUNK], Kdot[NTK_CHUNK];

  for (gsize from = 0; from < count; from += NTK_CHUNK)
    {
      const gsize size = MIN (count - from, NTK_CHUNK) * sizeof (double);

      if (count - from < NTK_CHUNK)
        for (int i = 0; i < NTK_CHUNK; i++)
          P[i] = Q[i] = R[i] = 1;
      memcpy (P, p + from, size);
      memcpy (Q, q + from, size);
      memcpy (R, r + from, size);
      chunk (self, P, Q, R, K, Kdot);
      if (k)
        memcpy (k + from, K, size);
      if (kdot)
        memcpy (kdot + from, Kdot, size);
    }
}

/* phi = a min (h, 0) + b max (h, 0), a multiple of h by one of two slopes, without branches. */
static void
piecewise_eval (const NtkActivation *self, gsize count, const double *h, double *phi, double *dphi)
{
  const double a = self->a, b = self->b;

  /* An output may be the input itself, but never a shifted copy of it: no iteration waits for
   * another. */
  if (phi && dphi)
    NTK_INDEPENDENT
    for (gsize i = 0; i < count; i++)
      {
        double slope = h[i] > 0 ? b : a;

        phi[i] = slope * h[i];
        dphi[i] = slope;
      }
  else if (phi)
    NTK_INDEPENDENT
    for (gsize i = 0; i < count; i++)
      phi[i] = h[i] * (h[i] > 0 ? b : a);
  else if (dphi)
    for (gsize i = 0; i < count; i++)
      dphi[i] = h[i] > 0 ? b : a;
}

/* With S = sqrt (p q - r^2), theta = atan2 (S, r), F = (a - b)^2/(2 pi):
 *   Kdot = (a^2 + b^2)/2 - F theta,  K = F S + Kdot r
 * (arc-cosine kernels of Cho and Saul 2009). atan2, for acos would lose half the digits near
 * the diagonal; and K as a multiple of r and a small rest there, for one rounding error of r turns
 * a small angle of the next layer by itself over the angle. */
NTK_CLONES static void
piecewise_chunk (const NtkActivation *self, const double *restrict p, const double *restrict q,
                 const double *restrict r, double *restrict k, double *restrict kdot)
{
  const double square = (self->a * self->a + self->b * self->b) / 2, opposite = self->a * self->b;
  const double F = (self->a - self->b) * (self->a - self->b) / (2 * G_PI);

  for (int i = 0; i < NTK_CHUNK; i++)
    {
      const double S = sqrt (ntk_squared_area (p[i], q[i], r[i]));
      const double theta = ntk_vector_atan2 (S, r[i]);
      const gboolean against = r[i] < 0 && !(S > 0);

      k[i] = against ? opposite * r[i] : square * r[i] + F * (S - theta * r[i]);
      kdot[i] = against ? opposite : square - F * theta;
    }
}

static void
piecewise_dual (const NtkActivation *self, gsize count, const double *p, const double *q,
                const double *r, double *k, double *kdot)
{
  ntk_dual_by_chunks (self, piecewise_chunk, count, p, q, r, k, kdot);
}

static const NtkActivationType types[] = {
  { "relu", "ReLU", TRUE, FALSE, piecewise_eval, piecewise_dual },
  { "leaky-relu", "Leaky ReLU", TRUE, FALSE, piecewise_eval, piecewise_dual },
  { "abs", "Absolute value", TRUE, FALSE, piecewise_eval, piecewise_dual },
  { "erf", "erf", FALSE, FALSE, ntk_erf_eval, ntk_erf_dual },
  { "gelu", "GELU", FALSE, FALSE, ntk_gelu_eval, ntk_gelu_dual },
  { "sin", "sin", FALSE, TRUE, ntk_sin_eval, ntk_sin_dual },
  { "cos", "cos", FALSE, TRUE, ntk_cos_eval, ntk_cos_dual },
  { "rbf", "sin + cos", FALSE, TRUE, ntk_rbf_eval, ntk_rbf_dual },
  { "tanh", "tanh", FALSE, FALSE, ntk_tanh_eval, ntk_hermite_dual },
  { "swish", "Swish", FALSE, FALSE, ntk_swish_eval, ntk_hermite_dual },
};

const NtkActivationType *
ntk_activation_types (guint *n_types)
{
  if (n_types)
    *n_types = G_N_ELEMENTS (types);
  return types;
}

/* Slope for negative inputs. */
static double
negative_slope (const char *name, double leak)
{
  if (strcmp (name, "leaky-relu") == 0)
    return leak;
  return strcmp (name, "abs") == 0 ? -1 : 0;
}

gboolean
ntk_activation_init (NtkActivation *self, const char *name, double leak)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, name) == 0)
      {
        *self = (NtkActivation){ &types[i], 0, 0 };
        if (types[i].homogeneous)
          {
            self->a = negative_slope (name, leak);
            self->b = 1;
          }
        return TRUE;
      }
  return FALSE;
}

double
ntk_activation_default_sigma_w2 (const NtkActivation *self)
{
  g_return_val_if_fail (self != NULL && self->type != NULL, 1);

  return self->type->homogeneous ? 2 / (self->a * self->a + self->b * self->b) : 1;
}
