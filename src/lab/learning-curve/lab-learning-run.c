/* One seed of learning curves: draw, kernels, and the pieces of the error at every n. */

#include "lab-learning-curve.h"

#include <math.h>
#include <string.h>

#include "lab-kernels.h"

/* Drawn noise and start, or their expectations. */
static gboolean
fill_kernels (LabKernels *self, const LabSpec *spec, const LabDraw *draw, GCancellable *cancellable,
              GError **error)
{
  gboolean drawn = lab_spec_choice (spec, LAB_AVERAGE) == LAB_AVERAGE_DRAWN;
  int width = lab_spec_integer (spec, LAB_WIDTH);
  g_autoptr (NtkSweep) sweep = NULL;

  if (lab_spec_is_infinite (spec))
    {
      if (!lab_kernels_infinite (self, spec, draw, error)
          || (drawn && lab_kernels_have_start (spec) && !lab_kernels_draw_start (self, draw, error)))
        return FALSE;
    }
  else
    {
      sweep = lab_kernels_sweep (draw, width, draw->streams, cancellable, error);
      if (sweep == NULL || !ntk_sweep_to (sweep, width, error)
          || !lab_kernels_finite (self, draw, sweep, error))
        return FALSE;
    }
  if (!drawn)
    self->data.noise = NULL;
  return TRUE;
}

static LabLearningPiece *
piece_at (const LabSpec *spec, void *pieces, int i)
{
  return (LabLearningPiece *) ((char *) pieces + i * lab_learning_piece_size (spec));
}

static void
fill_stop (LabLearningStop *self, const NtkGram *gram, const NtkFitInfo *info)
{
  self->gram = *gram;
  memcpy (self->growth, info->growth, sizeof self->growth);
}

static gboolean
solve (const LabSpec *spec, const NtkLearning *data, int n, LabLearningPiece *piece, GError **error)
{
  int n_stops = lab_learning_n_stops (spec);
  NtkStop stops[LAB_MOST_STOPS];
  NtkFitInfo info[LAB_MOST_STOPS];
  NtkGram grams[LAB_MOST_STOPS];

  lab_learning_fill_stops (spec, n, stops);
  if (!ntk_learning_at (data, n, stops, n_stops, grams, info, error))
    return FALSE;
  piece->missing = FALSE;
  for (int k = 0; k < n_stops; k++)
    {
      piece->dropped = MAX (piece->dropped, info[k].dropped);
      fill_stop (&piece->at[k], &grams[k], &info[k]);
    }
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
  NtkFitInfo info;

  lab_learning_fill_stops (spec, data->n_max, stops);
  for (int k = 0; k < lab_learning_n_stops (spec) && cause == NULL; k++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (ntk_learning_every (data, stops[k].ridge, grams, &info, &cause))
        for (int i = 0; i < plan->n_x; i++)
          fill_stop (&piece_at (spec, pieces, i)->at[k], &grams[(int) plan->x[i] - 1], &info);
    }
  if (cause == NULL)
    return TRUE;
  if (!g_error_matches (cause, NTK_ERROR, NTK_ERROR_NUMERICS))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  places = lab_grid_log (plan->x[0], plan->x[plan->n_x - 1], lab_spec_integer (spec, LAB_POINTS),
                         TRUE);
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
  g_auto (LabKernels) kernels = { 0 };

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !lab_draw_init (&draw, alone, unit->seed, plan->x[last], plan->n_test, error)
      || !fill_kernels (&kernels, alone, &draw, cancellable, error))
    return FALSE;
  if (lab_learning_is_every (spec))
    return run_every (alone, plan, &kernels.data, pieces, cancellable, error);
  for (int i = unit->count - 1; i >= 0; i--)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !solve (alone, &kernels.data, plan->x[first + i], piece_at (spec, pieces, i), error))
      return FALSE;
  return TRUE;
}
