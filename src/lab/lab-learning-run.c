/* One seed of learning curves: draw, kernels, and the pieces of the error at every n. */

#include "lab-learning-curve.h"

#include <math.h>
#include <string.h>

#include "lab-draw.h"

/* The kernels of one draw. */
typedef struct
{
  double *K, *S, *diagonal, *initial;
} Kernels;

static void
kernels_clear (Kernels *self)
{
  g_free (self->K);
  g_free (self->S);
  g_free (self->diagonal);
  g_free (self->initial);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kernels, kernels_clear)

static gboolean
is_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/* All rows of the first n columns of a symmetric matrix of which the lower triangle is there. */
static void
copy_columns (const double *lower, int ld, int n, int n_points, double *K)
{
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n_points; i++)
      K[(gsize) j * n_points + i] = i >= j ? lower[(gsize) j * ld + i] : lower[(gsize) i * ld + j];
}

/* A network has an initial function of its own: the one that was drawn with its weights. Many
 * prefixes of the training points are regressed, so the kernel is formed on all points at once. */
static gboolean
fill_finite (Kernels *self, const LabSpec *spec, const LabDraw *draw, NtkLearning *data,
             GCancellable *cancellable, GError **error)
{
  int width = lab_spec_integer (spec, LAB_WIDTH), N = draw->n_points;
  g_autoptr (NtkSweep)
    sweep = ntk_sweep_new (&draw->arch, draw->X, N, N, width, draw->streams, error);
  const double *lower;
  int ld;

  if (sweep == NULL)
    return FALSE;
  ntk_sweep_set_stop (sweep, is_cancelled, cancellable);
  self->K = ntk_try_alloc (N, draw->n, "the kernel matrix", error);
  self->initial = self->K ? ntk_try_alloc (N, 1, "the initial function", error) : NULL;
  if (self->initial == NULL || !ntk_sweep_to (sweep, width, error))
    return FALSE;
  lower = ntk_sweep_kernel (sweep, &ld);
  copy_columns (lower, ld, draw->n, N, self->K);
  memcpy (self->initial, ntk_sweep_initial (sweep), N * sizeof (double));
  data->K = self->K;
  data->initial = self->initial;
  return TRUE;
}

static gboolean
fill_infinite (Kernels *self, const LabSpec *spec, const LabDraw *draw, NtkLearning *data,
               GError **error)
{
  guint kernel = lab_spec_choice (spec, LAB_KERNEL);
  int n = draw->n, n_points = draw->n_points;

  self->K = ntk_try_alloc (n_points, n, "the kernel matrix", error);
  if (self->K == NULL)
    return FALSE;
  data->K = self->K;
  if (!lab_learning_has_initial (spec))
    return ntk_radial_kernel (lab_spec_choice_name (spec, LAB_KERNEL),
                              lab_spec_real (spec, LAB_LENGTH_SCALE), draw->X, draw->arch.dim, n,
                              n_points, self->K, error);

  self->S = ntk_try_alloc (n_points, n, "the kernel matrix", error);
  self->diagonal = self->S ? ntk_try_alloc (n_points, 1, "the kernel matrix", error) : NULL;
  if (self->diagonal == NULL
      || !ntk_infinite_kernel (&draw->arch, draw->X, n, n_points, self->K, self->S, self->diagonal,
                               error))
    return FALSE;
  data->S = self->S;
  data->s_diag = self->diagonal;
  if (kernel == LAB_KERNEL_NNGP)
    data->K = self->S;
  return TRUE;
}

/* A draw of f_0 from its law, jointly on all points. */
static gboolean
draw_initial (Kernels *self, const LabDraw *draw, NtkLearning *data, GError **error)
{
  self->initial = ntk_try_alloc (draw->n_points, 1, "the initial function", error);
  if (self->initial == NULL
      || !ntk_prior_draw (&draw->arch, draw->X, draw->n, draw->n_points, draw->streams,
                          self->initial, error))
    return FALSE;
  data->initial = self->initial;
  return TRUE;
}

static gboolean
fill_kernels (Kernels *self, const LabSpec *spec, const LabDraw *draw, NtkLearning *data,
              GCancellable *cancellable, GError **error)
{
  gboolean drawn = lab_spec_choice (spec, LAB_AVERAGE) == LAB_AVERAGE_DRAWN;

  *data = (NtkLearning){ .n_max = draw->n, .n_points = draw->n_points, .f = draw->f };
  if (drawn)
    data->noise = draw->noise;
  if (!lab_learning_is_infinite (spec))
    return fill_finite (self, spec, draw, data, cancellable, error);
  return fill_infinite (self, spec, draw, data, error)
         && (!drawn || !lab_learning_has_initial (spec) || draw_initial (self, draw, data, error));
}

static LabLearningPiece *
piece_at (const LabSpec *spec, void *pieces, int i)
{
  return (LabLearningPiece *) ((char *) pieces + i * lab_learning_piece_size (spec));
}

static gboolean
solve (const LabSpec *spec, const NtkLearning *data, int n, LabLearningPiece *piece, GError **error)
{
  NtkStop stops[LAB_MOST_STOPS];
  NtkFitInfo info;

  lab_learning_fill_stops (spec, n, stops);
  if (!ntk_learning_at (data, n, stops, lab_learning_n_stops (spec), piece->at, &info, error))
    return FALSE;
  piece->missing = FALSE;
  piece->dropped = info.dropped;
  return TRUE;
}

/* Every n from one factor for each ridge. Where the factor does not serve, a few places are solved
 * for themselves and the others stay empty. */
static gboolean
run_every (const LabSpec *spec, const LabPlan *plan, const NtkLearning *data, void *pieces,
           GCancellable *cancellable, GError **error)
{
  g_autofree NtkGram *grams = g_new (NtkGram, data->n_max);
  g_autoptr (GArray) places = NULL;
  g_autoptr (GError) cause = NULL;
  NtkStop stops[LAB_MOST_STOPS];

  lab_learning_fill_stops (spec, data->n_max, stops);
  for (int k = 0; k < lab_learning_n_stops (spec) && cause == NULL; k++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (ntk_learning_every (data, stops[k].ridge, grams, &cause))
        for (int i = 0; i < plan->n_x; i++)
          piece_at (spec, pieces, i)->at[k] = grams[(int) plan->x[i] - 1];
    }
  if (cause == NULL)
    return TRUE;
  if (!g_error_matches (cause, NTK_ERROR, NTK_ERROR_NUMERICS))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  places = lab_grid_log (plan->x[0], plan->x[plan->n_x - 1], lab_spec_integer (spec, LAB_POINTS));
  for (int i = 0, next = 0; i < plan->n_x; i++)
    {
      LabLearningPiece *piece = piece_at (spec, pieces, i);

      piece->missing = TRUE;
      if ((guint) next == places->len || plan->x[i] != g_array_index (places, double, next))
        continue;
      next++;
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !solve (spec, data, plan->x[i], piece, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
lab_learning_run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, void *row,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (LabSpec) alone = lab_spec_panel (spec, unit->first / plan->n_x);
  int first = unit->first % plan->n_x, last = first + unit->count - 1;
  void *pieces = piece_at (spec, row, unit->first);
  g_auto (LabDraw) draw = { 0 };
  g_auto (Kernels) kernels = { 0 };
  NtkLearning data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !lab_draw_init (&draw, alone, unit->seed, plan->x[last], plan->n_test, error)
      || !fill_kernels (&kernels, alone, &draw, &data, cancellable, error))
    return FALSE;
  if (lab_learning_is_every (spec))
    return run_every (alone, plan, &data, pieces, cancellable, error);
  for (int i = unit->count - 1; i >= 0; i--)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !solve (alone, &data, plan->x[first + i], piece_at (spec, pieces, i), error))
      return FALSE;
  return TRUE;
}
