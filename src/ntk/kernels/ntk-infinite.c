#include "ntk-infinite-private.h"

#include "ntk-hermite-rule.h"
#include "ntk-init.h"
#include "ntk-zonal.h"

#include <cblas.h>
#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define TILE NTK_INFINITE_TILE
/* From one column of a tile to the next; a power of two would crowd them in the cache. */
#define LEAD (TILE + 8)
/* Rows that are mirrored together: a cache line. */
#define LINE 8

typedef struct
{
  int row, column; /* of its first entry */
  int n_rows, n_columns;
} Tile;

struct _NtkInfinite
{
  NtkArchitecture arch;
  const double *X;
  int n, n_points, first_row;
  NtkZonal *zonal;     /* or NULL: the first layer's rows are Gaussian */
  double *variance;    /* n_points x (depth + 1): S_l (x, x), and K (S_L) last */
  NtkHermite **series; /* of each layer; NULL for closed forms */
  gboolean kinked;     /* by the recursion of its own for piecewise linear activations */
  NtkKink kink;
  double *square; /* n_points, if kinked: sigma_w^2/D x.x */
  int *twin;      /* n_points: the first point that equals it to the bit */
  GArray *tiles;
};

/* One column of a tile: `count` points from `row` on against point `column`. */
typedef struct
{
  int row, column, count;
  double r[TILE], k[TILE], kdot[TILE], t[TILE];
  NtkKinkedPairs pairs;
} Strip;

static const double *
layer_variance (const NtkInfinite *self, int l)
{
  return self->variance + (gsize) l * self->n_points;
}

/* S_{l+1} from K of layer l. */
static void
next_covariance (const NtkArchitecture *arch, int count, const double *k, double *r)
{
  for (int i = 0; i < count; i++)
    r[i] = arch->sigma_w2 * k[i] + arch->sigma_b2;
}

/* Between equal points the covariance is the variance, to the last bit. */
static void
join_twins (const NtkInfinite *self, Strip *strip, double variance)
{
  const int *twin = self->twin + strip->row, same = self->twin[strip->column];

  for (int i = 0; i < strip->count; i++)
    strip->r[i] = twin[i] == same ? variance : strip->r[i];
}

/* By the closed form of the activation. */
static void
dual_closed (const NtkInfinite *self, Strip *strip, int l)
{
  const NtkActivation *activation = &self->arch.activation;
  const double *variance = layer_variance (self, l);
  double p[TILE], q[TILE], r[TILE];

  memcpy (p, variance + strip->row, strip->count * sizeof (double));
  memcpy (r, strip->r, strip->count * sizeof (double));
  for (int i = 0; i < strip->count; i++)
    q[i] = variance[strip->column];
  if (l == 0 && activation->type->wave)
    ntk_waves_start (&self->arch, self->X, strip->row, strip->count, strip->column, &strip->pairs, p, q, r);
  activation->type->dual (activation, strip->count, p, q, r, strip->k, strip->kdot);
}

/* K and Kdot of layer l (from 0) at the covariances r. */
static void
dual_strip (const NtkInfinite *self, Strip *strip, int l)
{
  const double *p = layer_variance (self, l);
  const double variance = l == 0 && self->zonal ? 1 : p[strip->column];

  join_twins (self, strip, variance);
  if (l == 0 && self->zonal)
    ntk_zonal_eval (self->zonal, strip->count, strip->r, strip->k);
  else if (self->series)
    ntk_hermite_eval (self->series[l], strip->row, strip->count, strip->column, strip->r, strip->k,
                      strip->kdot);
  else
    dual_closed (self, strip, l);
}

/* Equal points have no area between them either. */
static void
join_kinked_twins (const NtkInfinite *self, Strip *strip, int l)
{
  const int *twin = self->twin + strip->row, same = self->twin[strip->column];
  const double variance = layer_variance (self, l)[strip->column];

  for (int i = 0; i < strip->count; i++)
    if (twin[i] == same)
      {
        strip->pairs.r[i] = variance;
        strip->pairs.area[i] = strip->pairs.gap[i] = 0;
      }
}

/* From sigma_w^2/D x.x' to K and Kdot of the last layer, and T there. */
static void
fill_kinked (const NtkInfinite *self, Strip *strip, const double *products, gboolean tangent)
{
  const NtkArchitecture *arch = &self->arch;
  const int count = strip->count;
  NtkKinkedPairs *pairs = &strip->pairs;

  memcpy (pairs->p, self->square + strip->row, count * sizeof (double));
  memcpy (pairs->r, products, count * sizeof (double));
  pairs->q = self->square[strip->column];
  ntk_kinked_start (arch, self->X, strip->row, count, strip->column, pairs);
  for (int l = 0; l < arch->depth; l++)
    {
      join_kinked_twins (self, strip, l);
      if (tangent && l == 0)
        memcpy (strip->t, pairs->r, count * sizeof (double));
      else if (tangent)
        for (int i = 0; i < count; i++)
          strip->t[i] = pairs->r[i] + arch->sigma_w2 * strip->kdot[i] * strip->t[i];
      ntk_kinked_advance (arch, &self->kink, count, pairs, strip->k, strip->kdot);
    }
}

/* From x.x' (times sigma_w^2/D) to K and Kdot of the last layer, and T there. */
static void
fill_smooth (const NtkInfinite *self, Strip *strip, const double *products, gboolean tangent)
{
  const NtkArchitecture *arch = &self->arch;
  const int count = strip->count;

  for (int i = 0; i < count; i++)
    strip->r[i] = products[i] + (self->zonal ? 0 : arch->sigma_b2);
  dual_strip (self, strip, 0);
  memcpy (strip->t, strip->r, count * sizeof (double));
  for (int l = 1; l < arch->depth; l++)
    {
      double derivative[TILE];

      memcpy (derivative, strip->kdot, count * sizeof (double));
      next_covariance (arch, count, strip->k, strip->r);
      dual_strip (self, strip, l);
      for (int i = 0; i < count && tangent; i++)
        strip->t[i] = strip->r[i] + arch->sigma_w2 * derivative[i] * strip->t[i];
    }
}

static void
fill_strip (const NtkInfinite *self, Strip *strip, const double *products, double *ntk,
            double *nngp)
{
  const NtkArchitecture *arch = &self->arch;
  const int count = strip->count;

  if (self->kinked)
    fill_kinked (self, strip, products, ntk != NULL);
  else
    fill_smooth (self, strip, products, ntk != NULL);
  for (int i = 0; i < count && ntk; i++)
    ntk[i] = arch->sigma_v2 * (strip->k[i] + strip->kdot[i] * strip->t[i]);
  for (int i = 0; i < count && nngp; i++)
    nngp[i] = arch->sigma_v2 * strip->k[i];
}

static gboolean
is_mirrored (const NtkInfinite *self, const Tile *tile)
{
  return tile->row < self->n && self->first_row == 0;
}

/* Copies a tile's values (LEAD x n_columns) to its place, and to the mirrored one; only those at
 * and below the diagonal are there. FALSE if one is not finite. */
static gboolean
place (const NtkInfinite *self, const Tile *tile, const double *values, double *kernel)
{
  const gsize height = self->n_points - self->first_row;
  gboolean finite = TRUE;

  for (int j = 0; j < tile->n_columns; j++)
    {
      const int first = tile->row == tile->column ? j : 0;
      const double *from = values + (gsize) j * LEAD;
      double *to = kernel + (tile->column + j) * height + (tile->row - self->first_row);

      for (int i = first; i < tile->n_rows; i++)
        finite &= fabs (from[i]) <= DBL_MAX;
      memcpy (to + first, from + first, (tile->n_rows - first) * sizeof (double));
    }
  for (int first = 0; first < tile->n_rows && is_mirrored (self, tile); first += LINE)
    for (int j = 0; j < tile->n_columns; j++)
      {
        const int below = tile->row == tile->column ? MAX (first, j + 1) : first;
        double *to = kernel + tile->row * height + tile->column + j;

        for (int i = below; i < MIN (first + LINE, tile->n_rows); i++)
          to[i * height] = values[(gsize) j * LEAD + i];
      }
  return finite;
}

int
ntk_infinite_n_tiles (const NtkInfinite *self)
{
  return self->tiles->len;
}

/* sigma_w^2/D x.x', on the diagonal of the kernel the lower triangle alone. */
static void
fill_products (const NtkInfinite *self, const Tile *tile, double *values)
{
  const int dim = self->arch.dim;
  const double scale = (self->zonal ? 1 : self->arch.sigma_w2) / dim;
  const double *rows = self->X + (gsize) tile->row * dim;
  const double *columns = self->X + (gsize) tile->column * dim;

  if (rows == columns)
    cblas_dsyrk (CblasColMajor, CblasLower, CblasTrans, tile->n_rows, dim, scale, rows, dim, 0,
                 values, LEAD);
  else
    cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, tile->n_rows, tile->n_columns, dim, scale,
                 rows, dim, columns, dim, 0, values, LEAD);
}

/* The products become the NTK in place, or the NNGP where that alone is wanted. */
gboolean
ntk_infinite_fill (const NtkInfinite *self, int index, double *kernel, double *nngp, GError **error)
{
  const NtkArchitecture *arch = &self->arch;
  const Tile *tile = &g_array_index (self->tiles, Tile, index);
  const gboolean features = arch->model == NTK_MODEL_RANDOM_FEATURES;
  const gboolean want_ntk = kernel && !features, want_nngp = nngp || features;
  g_autofree double *values = NULL, *others = NULL;
  gboolean finite = TRUE;
  Strip strip;

  g_return_val_if_fail (kernel != NULL || nngp != NULL, FALSE);
  values = ntk_try_alloc (LEAD, tile->n_columns, "a tile of the kernel", error);
  others = values ? ntk_try_alloc (LEAD, tile->n_columns, "a tile of the kernel", error) : NULL;
  if (others == NULL)
    return FALSE;
  fill_products (self, tile, values);
  for (int j = 0; j < tile->n_columns; j++)
    {
      const int first = tile->row == tile->column ? j : 0;
      double *column = values + (gsize) j * LEAD + first;
      double *other = others + (gsize) j * LEAD + first;

      strip.row = tile->row + first;
      strip.column = tile->column + j;
      strip.count = tile->n_rows - first;
      fill_strip (self, &strip, column, want_ntk ? column : NULL, want_nngp ? other : NULL);
    }
  if (kernel)
    finite &= place (self, tile, want_ntk ? values : others, kernel);
  if (nngp)
    finite &= place (self, tile, others, nngp);
  if (!finite)
    g_set_error_literal (
      error, NTK_ERROR, NTK_ERROR_NUMERICS,
      _ ("The infinite-width kernel overflows: a smaller weight variance or depth "
         "keeps it finite"));
  return finite;
}

static void
add_tiles (NtkInfinite *self, int from, int to)
{
  for (int column = 0; column < self->n; column += TILE)
    for (int row = MAX (from, from < self->n ? column : 0); row < to; row += TILE)
      {
        const Tile tile = { row, column, MIN (TILE, to - row), MIN (TILE, self->n - column) };

        g_array_append_val (self->tiles, tile);
      }
}

/* S_l (x, x) of layer l, whose dual is prepared; the next layer's follow. */
static gboolean
fill_layer (NtkInfinite *self, int l, NtkHermiteRule *rule, double *k, GError **error)
{
  const NtkActivation *activation = &self->arch.activation;
  const int count = self->n_points;
  const double *p = layer_variance (self, l);

  for (int i = 0; i < count; i++)
    if (!isfinite (p[i]))
      {
        g_set_error (error, NTK_ERROR, NTK_ERROR_NUMERICS,
                     _ ("The infinite-width kernel overflows in hidden layer %d: a smaller weight "
                        "variance or depth keeps it finite"),
                     l + 1);
        return FALSE;
      }
  if (l == 0 && self->zonal)
    {
      const double one = 1;

      ntk_zonal_eval (self->zonal, 1, &one, k);
      for (int i = 1; i < count; i++)
        k[i] = k[0];
    }
  else if (self->series)
    {
      self->series[l] = ntk_hermite_new_by (rule, activation, count, p, error);
      for (int i = 0; i < count && self->series[l]; i++)
        ntk_hermite_eval (self->series[l], i, 1, i, p + i, k + i, NULL);
      return self->series[l] != NULL;
    }
  else
    activation->type->dual (activation, count, p, p, p, k, NULL);
  return TRUE;
}

static gboolean
fill_variances (NtkInfinite *self, GError **error)
{
  const NtkArchitecture *arch = &self->arch;
  const int count = self->n_points;
  g_auto (NtkHermiteRule) rule = { 0 };

  for (int i = 0; i < count; i++)
    {
      const double *x = self->X + (gsize) i * arch->dim;
      const double square = arch->sigma_w2 / arch->dim * cblas_ddot (arch->dim, x, 1, x, 1);

      self->variance[i] = square + arch->sigma_b2;
      if (self->kinked)
        self->square[i] = square;
    }
  for (int l = 0; l < arch->depth; l++)
    {
      double *k = self->variance + (gsize) (l + 1) * count;

      if (!fill_layer (self, l, &rule, k, error))
        return FALSE;
      if (l + 1 < arch->depth)
        next_covariance (arch, count, k, k);
    }
  return TRUE;
}

NtkInfinite *
ntk_infinite_new (const NtkArchitecture *arch, const double *X, int n, int n_points, int first_row,
                  GError **error)
{
  g_autoptr (NtkInfinite) self = g_new0 (NtkInfinite, 1);

  g_return_val_if_fail (arch != NULL && arch->dim >= 1 && arch->depth >= 1, NULL);
  g_return_val_if_fail (X != NULL && n >= 1 && n_points >= n, NULL);
  g_return_val_if_fail (first_row == 0 || first_row == n, NULL);

  self->arch = *arch;
  self->X = X;
  self->n = n;
  self->n_points = n_points;
  self->first_row = first_row;
  self->tiles = g_array_new (FALSE, FALSE, sizeof (Tile));
  if (first_row == 0)
    add_tiles (self, 0, n);
  add_tiles (self, n, n_points);
  if (arch->activation.type->dual == ntk_hermite_dual
      && !(ntk_zonal_needed (arch) && arch->depth == 1))
    self->series = g_new0 (NtkHermite *, arch->depth);
  if (ntk_zonal_needed (arch) && (self->zonal = ntk_zonal_new (arch, X, n_points, error)) == NULL)
    return NULL;
  self->kinked = arch->activation.type->homogeneous && self->zonal == NULL;
  self->kink = ntk_kink (&arch->activation);
  self->variance = ntk_try_alloc (n_points, arch->depth + 1, "the variances of the layers", error);
  if (self->kinked)
    self->square = ntk_try_alloc (n_points, 1, "the variances of the layers",
                                  self->variance ? error : NULL);
  if (self->variance == NULL || (self->kinked && self->square == NULL)
      || !fill_variances (self, error)
      || !(self->twin = ntk_find_twins (X, arch->dim, n_points, error)))
    return NULL;
  return g_steal_pointer (&self);
}

void
ntk_infinite_free (NtkInfinite *self)
{
  if (self == NULL)
    return;
  for (int l = 0; l < self->arch.depth && self->series; l++)
    ntk_hermite_free (self->series[l]);
  g_free (self->series);
  ntk_zonal_free (self->zonal);
  g_array_unref (self->tiles);
  g_free (self->variance);
  g_free (self->square);
  g_free (self->twin);
  g_free (self);
}

void
ntk_infinite_diagonal (const NtkInfinite *self, double *nngp_diag)
{
  const double *k = layer_variance (self, self->arch.depth);

  for (int i = 0; i < self->n_points; i++)
    nngp_diag[i] = self->arch.sigma_v2 * k[i];
}

double
ntk_infinite_error (const NtkInfinite *self)
{
  double error = 0;

  for (int l = 0; l < self->arch.depth && self->series; l++)
    error = MAX (error, self->series[l] ? ntk_hermite_error (self->series[l]) : 0);
  return error;
}

gboolean
ntk_infinite_kernel (const NtkArchitecture *arch, const double *X, int n, int n_points,
                     double *kernel, double *nngp, double *nngp_diag, GError **error)
{
  g_autoptr (NtkInfinite) self = NULL;

  g_return_val_if_fail (kernel != NULL, FALSE);
  self = ntk_infinite_new (arch, X, n, n_points, 0, error);
  if (self == NULL)
    return FALSE;
  for (int tile = 0; tile < ntk_infinite_n_tiles (self); tile++)
    if (!ntk_infinite_fill (self, tile, kernel, nngp, error))
      return FALSE;
  if (nngp_diag)
    ntk_infinite_diagonal (self, nngp_diag);
  return TRUE;
}
