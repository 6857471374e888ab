#include "ntk-zonal.h"
#include "ntk-init.h"
#include "ntk-spectrum.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define DEGREE 240
/* Points this near count as equal in the series, whose tail belongs to equal points. */
#define SAME_POINT 1e-12

struct _NtkZonal
{
  gatomicrefcount references;
  NtkArchitecture first; /* of the first layer */
  int dim;
  int n_degrees; /* up to the last nonzero term */
  NtkSpectrum *spectrum;
};

gboolean
ntk_zonal_needed (const NtkArchitecture *arch)
{
  return arch->model == NTK_MODEL_RANDOM_FEATURES
         && (!arch->activation.type->homogeneous || arch->sigma_b2 > 0);
}

static gboolean
check_sphere (int dim, const double *X, int n_points, GError **error)
{
  for (int i = 0; i < n_points; i++)
    {
      const double *x = X + (gsize) i * dim;

      if (fabs (cblas_ddot (dim, x, 1, x, 1) / dim - 1) > 1e-9)
        {
          g_set_error (
            error, NTK_ERROR, NTK_ERROR_DOMAIN,
            _("The limit of random features with rows on the sphere is known for inputs "
               "on the sphere "
               "of radius sqrt(%d) only"),
            dim);
          return FALSE;
        }
    }
  return TRUE;
}

static NtkZonal *
make (const NtkArchitecture *first, GError **error)
{
  NtkSpectrum *spectrum = ntk_spectrum_new (first, DEGREE, error);
  NtkZonal *self;

  if (spectrum == NULL)
    return NULL;
  self = g_new (NtkZonal, 1);
  *self = (NtkZonal){
    .first = *first, .dim = first->dim, .n_degrees = spectrum->n_degrees, .spectrum = spectrum
  };
  g_atomic_ref_count_init (&self->references);
  while (self->n_degrees > 1 && !(spectrum->s[self->n_degrees - 1] > 0))
    self->n_degrees--;
  return self;
}

/* Whether the same first layer has the same spectrum. */
static gboolean
is_same (const NtkArchitecture *a, const NtkArchitecture *b)
{
  return a->dim == b->dim && a->activation.type == b->activation.type
         && a->activation.a == b->activation.a && a->activation.b == b->activation.b
         && a->sigma_w2 == b->sigma_w2 && a->sigma_b2 == b->sigma_b2;
}

NtkZonal *
ntk_zonal_new (const NtkArchitecture *arch, const double *X, int n_points, GError **error)
{
  static GMutex lock;
  static NtkZonal *last;
  NtkArchitecture first = *arch;
  NtkZonal *self = NULL;

  if (!check_sphere (arch->dim, X, n_points, error))
    return NULL;
  first.depth = 1;
  first.sigma_v2 = 1;
  /* A thread that asks while another one makes it waits, rather than make it too. */
  g_mutex_lock (&lock);
  if (last == NULL || !is_same (&last->first, &first))
    {
      self = make (&first, error);
      if (self != NULL)
        {
          ntk_zonal_free (last);
          last = self;
        }
    }
  else
    self = last;
  if (self != NULL)
    g_atomic_ref_count_inc (&self->references);
  g_mutex_unlock (&lock);
  return self;
}

void
ntk_zonal_free (NtkZonal *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  ntk_spectrum_free (self->spectrum);
  g_free (self);
}

/* The P_k by their recursion in k, all values at once. */
void
ntk_zonal_eval (const NtkZonal *self, gsize count, const double *t, double *k)
{
  const NtkSpectrum *spectrum = self->spectrum;
  g_autofree double *low = g_new (double, 2 * count);
  double *high = low + count;

  for (gsize i = 0; i < count; i++)
    {
      low[i] = 1;
      high[i] = t[i];
      k[i] = spectrum->s[0] + (t[i] > 1 - SAME_POINT ? spectrum->tail : 0);
    }
  for (int degree = 1; degree < self->n_degrees; degree++)
    {
      const double share = spectrum->s[degree] * spectrum->multiplicity[degree];
      const double norm = degree + self->dim - 2.0;
      const double a = (2.0 * degree + self->dim - 2) / norm, b = degree / norm;

      for (gsize i = 0; i < count; i++)
        {
          const double next = a * t[i] * high[i] - b * low[i];

          k[i] += share * high[i];
          low[i] = high[i];
          high[i] = next;
        }
    }
}
