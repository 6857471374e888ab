#include "lab-kernels.h"

#include <gio/gio.h>
#include <string.h>


void
lab_kernels_clear (LabKernels *self)
{
  g_free (self->K);
  g_free (self->S);
  g_free (self->diagonal);
  g_free (self->initial);
}

static gboolean
reserve (double **slot, gsize rows, gsize columns, const char *what, GError **error)
{
  if (*slot == NULL)
    *slot = ntk_try_alloc (rows, columns, what, error);
  return *slot != NULL;
}

static void
describe (LabKernels *self, const LabDraw *draw)
{
  self->data = (NtkLearning){ .n_max = draw->n,
                              .n_points = draw->n_points,
                              .K = self->K,
                              .f = draw->f,
                              .noise = draw->noise,
                              .cutoff = draw->cutoff };
}

static guint
kernel_kind (const LabSpec *spec)
{
  return lab_exhibit_uses (lab_spec_exhibit (spec), LAB_KERNEL)
             && lab_spec_matters (spec, LAB_KERNEL)
           ? lab_spec_choice (spec, LAB_KERNEL)
           : LAB_KERNEL_NTK;
}

gboolean
lab_kernels_have_start (const LabSpec *spec)
{
  return kernel_kind (spec) <= LAB_KERNEL_NNGP;
}

gboolean
lab_kernels_infinite (LabKernels *self, const LabSpec *spec, const LabDraw *draw, GError **error)
{
  int n = draw->n, n_points = draw->n_points;

  if (!reserve (&self->K, n_points, n, "the kernel matrix", error))
    return FALSE;
  describe (self, draw);
  if (!lab_kernels_have_start (spec))
    return ntk_radial_kernel (lab_spec_choice_name (spec, LAB_KERNEL),
                              lab_spec_real (spec, LAB_LENGTH_SCALE), draw->X, draw->arch.dim, n,
                              n_points, self->K, error);

  if (!reserve (&self->S, n_points, n, "the kernel matrix", error)
      || !reserve (&self->diagonal, n_points, 1, "the kernel matrix", error)
      || !ntk_infinite_kernel (&draw->arch, draw->X, n, n_points, self->K, self->S, self->diagonal,
                               error))
    return FALSE;
  self->data.S = self->S;
  self->data.s_diag = self->diagonal;
  if (kernel_kind (spec) == LAB_KERNEL_NNGP)
    self->data.K = self->S;
  return TRUE;
}

gboolean
lab_is_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

NtkSweep *
lab_kernels_sweep (const LabDraw *draw, int max_width, NtkStreams *streams,
                   GCancellable *cancellable, GError **error)
{
  NtkSweep *sweep = ntk_sweep_new_tall (&draw->arch, draw->X, draw->n, draw->n_points, max_width,
                                        streams, error);

  if (sweep != NULL)
    ntk_sweep_set_stop (sweep, lab_is_cancelled, cancellable);
  return sweep;
}

/* All rows of the first n columns of a symmetric matrix of which the lower triangle is there. */
static void
copy_columns (const double *lower, int ld, int n, int n_points, double *K)
{
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n_points; i++)
      K[(gsize) j * n_points + i] = i >= j ? lower[(gsize) j * ld + i] : lower[(gsize) i * ld + j];
}

gboolean
lab_kernels_finite (LabKernels *self, const LabDraw *draw, const NtkSweep *sweep, GError **error)
{
  int N = draw->n_points, ld;
  const double *lower = ntk_sweep_kernel (sweep, &ld);

  if (!reserve (&self->K, N, draw->n, "the kernel matrix", error)
      || !reserve (&self->initial, N, 1, "the initial function", error))
    return FALSE;
  copy_columns (lower, ld, draw->n, N, self->K);
  memcpy (self->initial, ntk_sweep_initial (sweep), N * sizeof (double));
  describe (self, draw);
  self->data.initial = self->initial;
  return TRUE;
}

gboolean
lab_kernels_draw_start (LabKernels *self, const LabDraw *draw, GError **error)
{
  if (!reserve (&self->initial, draw->n_points, 1, "the initial function", error)
      || !ntk_prior_draw (&draw->arch, draw->X, draw->n, draw->n_points, draw->streams,
                          self->initial, error))
    return FALSE;
  self->data.initial = self->initial;
  return TRUE;
}
