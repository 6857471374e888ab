#include "ntk-private.h"

#include "ntk-infinite.h"
#include "ntk-init.h"
#include "ntk-spectrum.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <math.h>
#include <string.h>

#define ZONAL_DEGREE 240
/* Points this near count as equal in the zonal series, whose tail belongs to equal points. */
#define SAME_POINT 1e-12

/* One column of the recursion: all points against one training point. */
typedef struct
{
  const NtkArchitecture *arch;
  int n_points;
  NtkSpectrum *zonal; /* or NULL: the first layer's rows are Gaussian */
  int n_degrees;      /* of the zonal series, up to its last nonzero term */
  double *variance;   /* n_points x depth: S_l (x, x) */
  double *q, *r, *k, *kdot, *t;
} Recursion;

static gboolean
needs_zonal (const NtkArchitecture *arch)
{
  return arch->model == NTK_MODEL_RANDOM_FEATURES
         && (!arch->activation.type->homogeneous || arch->sigma_b2 > 0);
}

/* E[phi phi] of the first layer with rows on the sphere, sum_k m_k s_k P_k (t), and its tail at
 * equal points; the P_k by their recursion in k, all points at once. */
static void
zonal_column (const Recursion *self, const double *t, double *k)
{
  const NtkSpectrum *zonal = self->zonal;
  const int dim = self->arch->dim;
  g_autofree double *low = g_new (double, self->n_points);
  g_autofree double *high = g_new (double, self->n_points);

  for (int i = 0; i < self->n_points; i++)
    {
      low[i] = 1;
      high[i] = t[i];
      k[i] = zonal->s[0] + (t[i] > 1 - SAME_POINT ? zonal->tail : 0);
    }
  for (int degree = 1; degree < self->n_degrees; degree++)
    {
      const double share = zonal->s[degree] * zonal->multiplicity[degree];
      const double norm = degree + dim - 2.0;
      const double a = (2.0 * degree + dim - 2) / norm, b = degree / norm;

      for (int i = 0; i < self->n_points; i++)
        {
          const double next = a * t[i] * high[i] - b * low[i];

          k[i] += share * high[i];
          low[i] = high[i];
          high[i] = next;
        }
    }
}

/* K and Kdot of layer l (from 0) at covariances r and the variances of that layer. Training
 * point j is at row j, where the covariance is the variance, to the last bit. */
static void
dual_column (Recursion *self, int l, int j, gboolean want_kdot)
{
  const NtkActivation *activation = &self->arch->activation;
  const double *p = self->variance + (gsize) l * self->n_points;

  for (int i = 0; i < self->n_points; i++)
    self->q[i] = p[j];
  self->r[j] = p[j];
  activation->type->dual (activation, self->n_points, p, self->q, self->r, self->k,
                          want_kdot ? self->kdot : NULL);
}

/* r = S_1 (., x_j), k = K of the first layer. */
static void
first_layer (Recursion *self, const double *X, int j)
{
  const NtkArchitecture *arch = self->arch;
  const double scale = self->zonal ? 1 : arch->sigma_w2;

  cblas_dgemv (CblasColMajor, CblasTrans, arch->dim, self->n_points, scale / arch->dim, X,
               arch->dim, X + (gsize) j * arch->dim, 1, 0, self->r, 1);
  if (self->zonal)
    {
      self->r[j] = 1;
      zonal_column (self, self->r, self->k);
      return;
    }
  for (int i = 0; i < self->n_points; i++)
    self->r[i] += arch->sigma_b2;
  dual_column (self, 0, j, arch->model == NTK_MODEL_LINEARISED);
}

/* Column j of the NNGP and of the NTK, each divided by sigma_v^2. */
static void
fill_column (Recursion *self, const double *X, int j, double *nngp, double *ntk)
{
  const NtkArchitecture *arch = self->arch;
  const gboolean linearised = arch->model == NTK_MODEL_LINEARISED;
  const int count = self->n_points;

  first_layer (self, X, j);
  for (int i = 0; i < count && linearised; i++)
    self->t[i] = self->r[i];
  for (int l = 1; l < arch->depth; l++)
    {
      for (int i = 0; i < count; i++)
        self->r[i] = arch->sigma_w2 * self->k[i] + arch->sigma_b2;
      for (int i = 0; i < count && linearised; i++)
        self->t[i] = self->r[i] + arch->sigma_w2 * self->kdot[i] * self->t[i];
      dual_column (self, l, j, linearised);
    }
  for (int i = 0; i < count; i++)
    {
      nngp[i] = arch->sigma_v2 * self->k[i];
      if (linearised)
        ntk[i] = arch->sigma_v2 * (self->k[i] + self->kdot[i] * self->t[i]);
    }
}

/* S_l (x, x) of every layer, and the NNGP's diagonal. */
static void
fill_variances (Recursion *self, const double *X, double *nngp_diag)
{
  const NtkArchitecture *arch = self->arch;
  const NtkActivation *activation = &arch->activation;
  const int count = self->n_points;

  for (int i = 0; i < count; i++)
    {
      const double *x = X + (gsize) i * arch->dim;

      self->variance[i] = arch->sigma_w2 / arch->dim * cblas_ddot (arch->dim, x, 1, x, 1)
                          + arch->sigma_b2;
      self->t[i] = 1;
    }
  for (int l = 0; l < arch->depth; l++)
    {
      double *p = self->variance + (gsize) l * count;

      if (l == 0 && self->zonal)
        zonal_column (self, self->t, self->k);
      else
        activation->type->dual (activation, count, p, p, p, self->k, NULL);
      for (int i = 0; i < count && l + 1 < arch->depth; i++)
        p[count + i] = arch->sigma_w2 * self->k[i] + arch->sigma_b2;
    }
  for (int i = 0; i < count && nngp_diag; i++)
    nngp_diag[i] = arch->sigma_v2 * self->k[i];
}

static gboolean
check_sphere (const NtkArchitecture *arch, const double *X, int n_points, GError **error)
{
  for (int i = 0; i < n_points; i++)
    {
      const double *x = X + (gsize) i * arch->dim;

      if (fabs (cblas_ddot (arch->dim, x, 1, x, 1) / arch->dim - 1) > 1e-9)
        {
          g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                       _("The limit of random features with rows on the sphere is known for inputs "
                       "on the sphere "
                       "of radius sqrt(%d) only"),
                       arch->dim);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
recursion_init (Recursion *self, const NtkArchitecture *arch, const double *X, int n_points,
                GError **error)
{
  NtkArchitecture first = *arch;
  double **arrays[] = { &self->q, &self->r, &self->k, &self->kdot, &self->t };

  *self = (Recursion){ .arch = arch, .n_points = n_points };
  if (needs_zonal (arch))
    {
      first.depth = 1;
      first.sigma_v2 = 1;
      self->zonal = check_sphere (arch, X, n_points, error)
                      ? ntk_spectrum_new (&first, ZONAL_DEGREE, error)
                      : NULL;
      if (self->zonal == NULL)
        return FALSE;
      self->n_degrees = self->zonal->n_degrees;
      while (self->n_degrees > 1 && !(self->zonal->s[self->n_degrees - 1] > 0))
        self->n_degrees--;
    }
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    if (!(*arrays[i] = ntk_try_alloc (n_points, 1, "a column of the kernel", error)))
      return FALSE;
  self->variance = ntk_try_alloc (n_points, arch->depth, "the variances of the layers", error);
  return self->variance != NULL;
}

static void
recursion_clear (Recursion *self)
{
  ntk_spectrum_free (self->zonal);
  g_free (self->variance);
  g_free (self->q);
  g_free (self->r);
  g_free (self->k);
  g_free (self->kdot);
  g_free (self->t);
}

static gboolean
check_finite (const double *kernel, gsize count, GError **error)
{
  for (gsize i = 0; i < count; i++)
    if (!isfinite (kernel[i]))
      {
        g_set_error_literal (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                             _("The infinite-width kernel left the range of finite numbers"));
        return FALSE;
      }
  return TRUE;
}

gboolean
ntk_infinite_kernel (const NtkArchitecture *arch, const double *X, int n, int n_points,
                     double *kernel, double *nngp, double *nngp_diag, GError **error)
{
  Recursion recursion;
  gboolean ok;

  g_return_val_if_fail (arch != NULL && arch->dim >= 1 && arch->depth >= 1, FALSE);
  g_return_val_if_fail (X != NULL && kernel != NULL, FALSE);
  g_return_val_if_fail (n >= 1 && n_points >= n, FALSE);

  ok = recursion_init (&recursion, arch, X, n_points, error);
  if (ok)
    {
      fill_variances (&recursion, X, nngp_diag);
      for (int j = 0; j < n; j++)
        {
          double *column = kernel + (gsize) j * n_points;

          /* The NTK replaces the NNGP where only the kernel is wanted. */
          fill_column (&recursion, X, j, nngp ? nngp + (gsize) j * n_points : column, column);
          if (nngp && arch->model == NTK_MODEL_RANDOM_FEATURES)
            memcpy (column, nngp + (gsize) j * n_points, n_points * sizeof (double));
        }
      ok = check_finite (kernel, (gsize) n * n_points, error);
    }
  recursion_clear (&recursion);
  return ok;
}
