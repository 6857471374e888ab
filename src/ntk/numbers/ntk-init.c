#include "ntk-init.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <dlfcn.h>
#include <gsl/gsl_errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

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

/* ---- Work space ---- */

/* OpenBLAS maps this much address space for each thread that is in one of its routines, little of
 * which is ever touched, and keeps it for the next. Where it is refused it asks again for ever. */
#define BLAS_BUFFER ((gsize) 128 << 20)
/* Left to the rest of the program when buffers are mapped ahead. */
#define BLAS_MARGIN ((gsize) 64 << 20)
#define MOST_BUFFERS 64
#define OVERCOMMIT "/proc/sys/vm/overcommit_memory"

/* OpenBLAS calls this when it is loaded, in place of its own, which reads the variable
 * OPENBLAS_NUM_THREADS: no threads of its own, which nobody asks for work and which would each map
 * a buffer before main () could see whether there is room. */
int openblas_num_threads_env (void);

int
openblas_num_threads_env (void)
{
  return 1;
}

/* OpenBLAS's own, not in its header: a buffer for a caller, and the same given back. */
extern void *blas_memory_alloc (int procpos) __attribute__ ((weak));
extern void blas_memory_free (void *buffer) __attribute__ ((weak));

static gboolean
is_limited (int resource)
{
  struct rlimit limit;

  return getrlimit (resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

/* Whether the system gives no more address space than it has memory. */
static gboolean
is_strict (void)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (OVERCOMMIT, &text, NULL, NULL) && *text == '2';
}

static gboolean
has_room (gsize size)
{
  void *room = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (room == MAP_FAILED)
    return FALSE;
  munmap (room, size);
  return TRUE;
}

gboolean
ntk_blas_is_limited (void)
{
  return is_limited (RLIMIT_AS) || is_limited (RLIMIT_DATA) || is_strict ();
}

int
ntk_blas_reserve (int threads)
{
  static int mapped = 0;
  static GMutex lock;
  void *buffers[MOST_BUFFERS];
  int count = 0;

  if (blas_memory_alloc == NULL || blas_memory_free == NULL || !ntk_blas_is_limited ())
    return threads;
  threads = MIN (threads, MOST_BUFFERS);
  g_mutex_lock (&lock);
  while (count < threads && (count < mapped || has_room (BLAS_BUFFER + BLAS_MARGIN)))
    buffers[count++] = blas_memory_alloc (0);
  for (int i = 0; i < count; i++)
    blas_memory_free (buffers[i]);
  mapped = MAX (mapped, count);
  g_mutex_unlock (&lock);
  return count;
}

/* Memory that one unit of work frees is kept for the next one. Given back to the system, as much of it is by
 * default, it would come back page by page, each of them cleared. This is the greatest size from which glibc lets
 * blocks have a map of their own; each thread keeps twice as much. */
static void
keep_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
  mallopt (M_TRIM_THRESHOLD, 64 << 20);
#endif
}

gboolean
ntk_init (GError **error)
{
  keep_memory ();
  openblas_set_num_threads (1);
  gsl_set_error_handler_off ();
  if (!blas_object ()->is_openblas)
    g_set_error (error, NTK_ERROR, NTK_ERROR_PLATFORM,
                 _("Matrix products are served by %s, which is not OpenBLAS"), ntk_blas_path ());
  else if (ntk_blas_reserve (1) < 1)
    g_set_error (error, NTK_ERROR, NTK_ERROR_MEMORY,
                 _("The limit of address space (ulimit -v) leaves less than the %d MiB that "
                    "matrix products need: raise it"),
                 (int) ((BLAS_BUFFER + BLAS_MARGIN) >> 20));
  else
    return TRUE;
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
