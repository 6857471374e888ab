#include "ntk-infinite-private.h"

#include "ntk-init.h"

#include <string.h>

/* Points that are equal to the bit, by sorting them. */
typedef struct
{
  const double *X;
  gsize dim;
} Points;

static int
compare_points (gconstpointer a, gconstpointer b, gpointer data)
{
  const Points *points = data;
  const int i = *(const int *) a, j = *(const int *) b;
  const int order = memcmp (points->X + i * points->dim, points->X + j * points->dim,
                            points->dim * sizeof (double));

  return order != 0 ? order : i - j;
}

int *
ntk_find_twins (const double *X, int dim, int n_points, GError **error)
{
  Points points = { X, dim };
  const char *what = "the order of the points";
  g_autofree int *order = ntk_try_alloc_items (n_points, 1, sizeof (int), what, error);
  int *twin = order ? ntk_try_alloc_items (n_points, 1, sizeof (int), what, error) : NULL;

  if (twin == NULL)
    return NULL;
  for (int i = 0; i < n_points; i++)
    order[i] = i;
  g_qsort_with_data (order, n_points, sizeof *order, compare_points, &points);
  for (int i = 0; i < n_points; i++)
    {
      const gboolean same = i > 0
                            && memcmp (X + order[i] * points.dim, X + order[i - 1] * points.dim,
                                       points.dim * sizeof (double))
                                 == 0;

      twin[order[i]] = same ? twin[order[i - 1]] : order[i];
    }
  return twin;
}
