#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <dlfcn.h>
#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

G_DEFINE_QUARK (ntk - error - quark, ntk_error)

/* Which shared object holds cblas_dgemm, and is it OpenBLAS. */
typedef struct
{
  char *path;
  gboolean is_openblas;
} BlasObject;

/* Distributions install OpenBLAS under names that do not tell (libblas.so.3), so the path
 * counts with its symbolic links resolved, and so does an object that carries OpenBLAS's
 * own entry point beside cblas_dgemm. */
static gboolean
object_is_openblas (const char *path, const void *base)
{
  g_autofree char *real = NULL;
  char *resolved = realpath (path, NULL);
  Dl_info info;
  void *entry = dlsym (RTLD_DEFAULT, "openblas_get_config");

  real = g_strdup (resolved);
  free (resolved);
  if (strstr (path, "openblas") || (real && strstr (real, "openblas")))
    return TRUE;
  return entry && dladdr (entry, &info) && info.dli_fbase == base;
}

static const BlasObject *
blas_object (void)
{
  static BlasObject object;
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      Dl_info info;
      void *dgemm = dlsym (RTLD_DEFAULT, "cblas_dgemm");

      /* A statically linked BLAS is not in the dynamic symbol table. */
      if (dgemm == NULL)
        dgemm = (void *) cblas_dgemm;
      if (dladdr (dgemm, &info) && info.dli_fname)
        {
          object.path = g_strdup (info.dli_fname);
          object.is_openblas = object_is_openblas (info.dli_fname, info.dli_fbase);
        }
      g_once_init_leave (&once, 1);
    }
  return &object;
}

gboolean
ntk_init (GError **error)
{
  openblas_set_num_threads (1);
  gsl_set_error_handler_off ();
  if (blas_object ()->is_openblas)
    return TRUE;
  g_set_error (error, NTK_ERROR, NTK_ERROR_PLATFORM,
               _("Matrix products are served by %s, which is not OpenBLAS"), ntk_blas_path ());
  return FALSE;
}

const char *
ntk_blas_path (void)
{
  const char *path = blas_object ()->path;

  return path ? path : "an unknown library";
}

const char *
ntk_blas_config (void)
{
  return openblas_get_config ();
}

#define HUGE_PAGE (2 << 20)

double *
ntk_try_alloc (gsize rows, gsize cols, const char *what, GError **error)
{
  gsize count, size;
  void *array = NULL;

  /* malloc (0) may return NULL without being out of memory, hence at least one number. */
  if (!g_size_checked_mul (&count, rows, cols)
      || !g_size_checked_mul (&size, MAX (count, 1), sizeof (double))
      || posix_memalign (&array, size < HUGE_PAGE ? 64 : HUGE_PAGE, size) != 0)
    array = NULL;
#ifdef MADV_HUGEPAGE
  /* Large arrays are touched in pages of 2 MiB instead of 4 KiB, where the system has them. */
  if (array != NULL && size >= HUGE_PAGE)
    madvise (array, size, MADV_HUGEPAGE);
#endif
  if (array == NULL)
    g_set_error (error, NTK_ERROR, NTK_ERROR_MEMORY,
                 _("No memory for %s: %zu x %zu numbers, %.1f MiB"),
                 what, rows, cols,
                 (double) rows * (double) cols * sizeof (double) / (1024.0 * 1024.0));
  return array;
}
