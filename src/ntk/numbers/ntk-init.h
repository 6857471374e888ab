#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NTK_ERROR (ntk_error_quark ())

/**
 * NtkError:
 * @NTK_ERROR_MEMORY: an array of the size that the message names does not fit
 * @NTK_ERROR_NUMERICS: a factorization failed or a value left the finite range
 * @NTK_ERROR_DOMAIN: a formula was asked for outside its domain of validity
 * @NTK_ERROR_STOPPED: the caller has asked to stop
 * @NTK_ERROR_PLATFORM: the BLAS in use is not the one the program was built for
 */
typedef enum
{
  NTK_ERROR_MEMORY,
  NTK_ERROR_NUMERICS,
  NTK_ERROR_DOMAIN,
  NTK_ERROR_STOPPED,
  NTK_ERROR_PLATFORM,
} NtkError;

GQuark ntk_error_quark (void);

/* Long computations call it now and then. Where it returns TRUE they fail with NTK_ERROR_STOPPED. */
typedef gboolean (*NtkStopFunc) (gpointer data);

/* First call of every program and test: one BLAS thread per caller, GSL's aborting
 * error handler off, proof that OpenBLAS serves the BLAS calls, and room for them to work in. */
gboolean ntk_init (GError **error);

/* Path of the shared object that serves cblas_dgemm, and OpenBLAS's own description
 * of itself (version, kernels); both owned by the library. */
const char *ntk_blas_path (void);
const char *ntk_blas_config (void);

/* rows x cols doubles, uninitialised, or NULL with an error that names `what` and the
 * size in MiB. Overflow-safe. Free with g_free(). Starts on a cache line: BLAS sums in an order
 * that depends on how its arguments are aligned, so this makes results repeat to the last bit. */
double *ntk_try_alloc (gsize rows, gsize cols, const char *what, GError **error);
/* The same for items of `item` bytes. */
gpointer ntk_try_alloc_items (gsize rows, gsize cols, gsize item, const char *what,
                              GError **error);

/* Address space that each thread in BLAS takes beside its arrays: OpenBLAS's work space, a stack and
 * the allocator's own. It is scarce where the process is limited (ulimit -v, ulimit -d) or the system
 * gives no more than it has. There OpenBLAS would wait for ever for what it does not get, so that its
 * work space is mapped ahead, for at most `threads` threads at a time; returns for how many there is
 * room, the threads of earlier calls having ended. `threads` where nothing is limited. */
#define NTK_BLAS_THREAD_BYTES ((double) (208 << 20))
gboolean ntk_blas_is_limited (void);
int ntk_blas_reserve (int threads);

G_END_DECLS
