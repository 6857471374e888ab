#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NTK_ERROR (ntk_error_quark ())

/**
 * NtkError:
 * @NTK_ERROR_MEMORY: an array of the size that the message names does not fit
 * @NTK_ERROR_NUMERICS: a factorization failed or a value left the finite range
 * @NTK_ERROR_DOMAIN: a formula was asked for outside its domain of validity
 * @NTK_ERROR_STOPPED: who asked for it wants it no more
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

/* First call of every program and test: one BLAS thread per caller, GSL's aborting
 * error handler off, and proof that OpenBLAS serves the BLAS calls. */
gboolean ntk_init (GError **error);

/* Path of the shared object that serves cblas_dgemm, and OpenBLAS's own description
 * of itself (version, kernels); both owned by the library. */
const char *ntk_blas_path (void);
const char *ntk_blas_config (void);

/* rows x cols doubles, uninitialised, or NULL with an error that names `what` and the
 * size in MiB. Overflow-safe. Free with g_free(). Starts on a cache line: BLAS sums in an order
 * that depends on how its arguments are aligned, so this makes results repeat to the last bit. */
double *ntk_try_alloc (gsize rows, gsize cols, const char *what, GError **error);

G_END_DECLS
