#include "lab-kernel-private.h"

#include <glib/gi18n-lib.h>
#include <pthread.h>
#include <string.h>

#include "lab-check-private.h"
#include "lab-parallel.h"
#include "lab-spec-ntk.h"

/* What a thread's tiles and calls of BLAS take. */
#define WORK_SPACE (32 << 20)

typedef struct
{
  const NtkInfinite *infinite;
  LabKernelKind kind;
  double *values;
  pthread_mutex_t lock;
  GError *error;
} Fill;

static void
fill_tile (int tile, gpointer data)
{
  Fill *self = data;
  GError *error = NULL;
  const gboolean nngp = self->kind == LAB_KERNEL_NNGP;

  if (ntk_infinite_fill (self->infinite, tile, nngp ? NULL : self->values,
                         nngp ? self->values : NULL, &error))
    return;
  pthread_mutex_lock (&self->lock);
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  pthread_mutex_unlock (&self->lock);
  g_clear_error (&error);
}

/* A copy of the points, their variances in all layers, the kernel, and work space. */
double
lab_kernel_memory (const NtkArchitecture *arch, double n_points, double n_others)
{
  return WORK_SPACE
         + sizeof (double)
             * ((n_points + n_others) * (arch->dim + arch->depth + 2)
                + n_points * (n_others > 0 ? n_others : n_points));
}

double *
lab_kernel_compute (const LabSpec *spec, LabKernelKind kind, int dim, const double *points,
                    int n_points, const double *others, int n_others, int threads, GError **error)
{
  NtkArchitecture arch;
  g_autofree double *all = NULL, *values = NULL;
  g_autoptr (NtkInfinite) infinite = NULL;
  Fill fill = { .kind = kind };

  g_return_val_if_fail (spec != NULL && points != NULL && n_points >= 1, NULL);
  g_return_val_if_fail (others == NULL || n_others >= 1, NULL);

  lab_spec_architecture (spec, &arch);
  arch.model = NTK_MODEL_LINEARISED;
  arch.dim = dim;
  if (others == NULL)
    n_others = 0;
  if (!lab_check_memory (lab_kernel_memory (&arch, n_points, n_others), _("set of points"), error))
    return NULL;
  all = ntk_try_alloc (dim, (gsize) n_points + n_others, "the points", error);
  values = all ? ntk_try_alloc (others ? n_others : n_points, n_points, "the kernel", error) : NULL;
  if (values == NULL)
    return NULL;
  memcpy (all, points, (gsize) dim * n_points * sizeof (double));
  if (others != NULL)
    memcpy (all + (gsize) dim * n_points, others, (gsize) dim * n_others * sizeof (double));
  infinite = ntk_infinite_new (&arch, all, n_points, n_points + n_others, others ? n_points : 0,
                               error);
  if (infinite == NULL)
    return NULL;
  fill.infinite = infinite;
  fill.values = values;
  pthread_mutex_init (&fill.lock, NULL);
  lab_parallel (threads, ntk_infinite_n_tiles (infinite), fill_tile, &fill);
  pthread_mutex_destroy (&fill.lock);
  if (fill.error != NULL)
    {
      g_propagate_error (error, fill.error);
      return NULL;
    }
  return g_steal_pointer (&values);
}
