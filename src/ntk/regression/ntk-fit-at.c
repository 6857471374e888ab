#include "ntk-learning-private.h"

#include "ntk-init.h"

#include <cblas.h>
#include <math.h>

typedef struct
{
  double *values, *Q, *z, *h, *g, *rho;
} Space;

static void
space_clear (Space *self)
{
  g_free (self->values);
  g_free (self->Q);
  g_free (self->z);
  g_free (self->h);
  g_free (self->g);
  g_free (self->rho);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Space, space_clear)

static gboolean
space_init (Space *self, int n, int k, GError **error)
{
  const char *what = "the eigendecomposition";

  return (self->values = ntk_try_alloc (n, 1, what, error))
         && (self->Q = ntk_try_alloc (n, n, what, error))
         && (self->z = ntk_try_alloc (n, k, what, error))
         && (self->h = ntk_try_alloc (n, k, what, error))
         && (self->g = ntk_try_alloc (n, 1, what, error))
         && (self->rho = ntk_try_alloc (n, 1, what, error));
}

static int
count_above (const double *values, int n, double share)
{
  int rank = 0;

  while (rank < n && values[rank] > share * values[0])
    rank++;
  return rank;
}

static void
describe (const double *values, int n, int rank, int cut, const NtkStop *stops, int n_stops,
          NtkFitInfo *info)
{
  double R = INFINITY, largest;
  int last;

  for (int s = 0; s < n_stops; s++)
    R = MIN (R, stops[s].ridge);
  last = R > 0 ? n : MAX (rank, 1);
  largest = values[0] + R;
  *info = (NtkFitInfo){ .rank = rank,
                        .cut = cut,
                        .dropped = R > 0 ? 0 : n - rank,
                        .condition = largest > 0 ? largest / (MAX (values[last - 1], 0) + R) : 1,
                        .decomposed = TRUE };
}

/* alpha = Q (g o Q^T Y) */
gboolean
ntk_fit_at (const double *K, int ldk, int n, const NtkStop *stops, int n_stops, double cutoff,
            const double *Y, int k, double *alpha, NtkFitInfo *info, GError **error)
{
  g_auto (Space) space = { 0 };
  int rank;

  g_return_val_if_fail (K != NULL && Y != NULL && alpha != NULL && stops != NULL, FALSE);
  g_return_val_if_fail (n >= 1 && ldk >= n && k >= 1 && n_stops >= 1, FALSE);

  if (n_stops == 1 && isinf (stops->time))
    return ntk_fit (K, ldk, n, stops->ridge / n, cutoff, Y, k, alpha, info, error);
  if (!space_init (&space, n, k, error)
      || !ntk_decompose (K, ldk, n, space.values, space.Q, error))
    return FALSE;
  rank = count_above (space.values, n, cutoff);
  if (info)
    describe (space.values, n, rank,
              MAX (0, count_above (space.values, n, ntk_rounding_share (n)) - rank), stops, n_stops,
              info);
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, n, k, n, 1, space.Q, n, Y, n, 0, space.z,
               n);
  for (int s = 0; s < n_stops; s++)
    {
      ntk_filter (space.values, n, rank, n, &stops[s], space.g, space.rho);
      for (int c = 0; c < k; c++)
        for (int i = 0; i < n; i++)
          space.h[c * n + i] = space.g[i] * space.z[c * n + i];
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, k, n, 1, space.Q, n, space.h, n, 0,
                   alpha + (gsize) s * n * k, n);
    }
  return TRUE;
}
