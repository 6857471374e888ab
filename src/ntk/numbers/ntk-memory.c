#include "ntk-memory-private.h"

#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

#define HUGE_PAGE (2 << 20)

static atomic_uint calls, first_failing, n_failing;

guint
ntk_memory_fail (guint k, guint count)
{
  atomic_store (&first_failing, k);
  atomic_store (&n_failing, count);
  return atomic_exchange (&calls, 0);
}

static gboolean
is_to_fail (void)
{
  const guint call = atomic_fetch_add (&calls, 1) + 1, first = atomic_load (&first_failing);

  return call >= first && call - first < atomic_load (&n_failing);
}

gpointer
ntk_try_alloc_items (gsize rows, gsize cols, gsize item, const char *what, GError **error)
{
  gsize count, size;
  void *array = NULL;

  /* malloc (0) may return NULL without being out of memory, hence at least one item. */
  if (is_to_fail () || !g_size_checked_mul (&count, rows, cols)
      || !g_size_checked_mul (&size, MAX (count, 1), item)
      || posix_memalign (&array, size < HUGE_PAGE ? 64 : HUGE_PAGE, size) != 0)
    array = NULL;
#ifdef MADV_HUGEPAGE
  /* Large arrays are touched in pages of 2 MiB instead of 4 KiB, where the system has them. */
  if (array != NULL && size >= HUGE_PAGE)
    madvise (array, size, MADV_HUGEPAGE);
#endif
  if (array == NULL)
    g_set_error (error, NTK_ERROR, NTK_ERROR_MEMORY, _("No memory for %s: %zu x %zu numbers, %.1f MiB"),
                 what, rows, cols, (double) rows * (double) cols * item / (1024.0 * 1024.0));
  return array;
}

double *
ntk_try_alloc (gsize rows, gsize cols, const char *what, GError **error)
{
  return ntk_try_alloc_items (rows, cols, sizeof (double), what, error);
}
