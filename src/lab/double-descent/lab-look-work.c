/* The views of double descent that follow the cursor: the model of the first seed there, decomposed once for all
 * ridges, times, noises and scales of the start. Its one piece is the decomposition. */

#include <string.h>

#include "lab-answer-private.h"
#include "lab-decomposition.h"
#include "lab-double-descent.h"

static LabEffect
effect (const LabSpec *spec, LabKey key)
{
  switch ((int) key)
    {
    case LAB_RIDGE:
    case LAB_TIME:
    case LAB_NOISE:
    case LAB_INIT_SCALE:
    case LAB_N_TEST:
    case LAB_FROM:
    case LAB_TO:
    case LAB_POINTS:
    case LAB_CENTER:
    case LAB_ENSEMBLE:
    case LAB_SEEDS:
    case LAB_SHOW:
    case LAB_VIEW: return LAB_EFFECT_RECOMBINE;
    default: return LAB_EFFECT_COMPUTE;
    }
}

static gsize
piece_size (const LabSpec *spec)
{
  return sizeof (LabDecomposition *);
}

static void
piece_clear (void *piece)
{
  g_clear_pointer ((LabDecomposition **) piece, lab_decomposition_unref);
}

/* Operations of a decomposition for each cube of n, at DGEMM's speed. */
#define EIGEN_COST 40

static double
cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  double n = lab_spec_integer (spec, LAB_N_TRAIN);

  return EIGEN_COST * n * n * n;
}

static gboolean
run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, void *pieces,
     GCancellable *cancellable, GError **error)
{
  LabDecomposition **piece = pieces;

  *piece = lab_decomposition_new (spec, cancellable, error);
  return *piece != NULL;
}

static void
take_values (LabAnswer *answer, const LabSpec *spec, const char *id, int n, const double *x, const double *y)
{
  LabSeries *series = lab_series_new (answer, spec, id, n, x, FALSE);

  memcpy (series->y, y, n * sizeof *y);
}

/* Labels against the nearest angle of the circle, those on it first. */
static void
take_labels (LabAnswer *answer, const LabSpec *spec, const LabLook *look)
{
  g_autofree double *x = g_new (double, look->n), *y = g_new (double, look->n);

  for (int i = 0; i < look->n; i++)
    {
      x[i] = look->points[i].angle;
      y[i] = lab_look_label (&look->points[i], spec);
    }
  take_values (answer, spec, "points", look->n, x, y);
}

static void
combine_fit (LabAnswer *answer, const LabSpec *spec, const LabLook *look)
{
  const int n = look->n_angles;
  const double alpha = lab_spec_real (spec, LAB_INIT_SCALE);
  g_autofree double *fit = g_new (double, n), *initial = g_new (double, n);
  gboolean starts = FALSE;

  lab_look_fit (look, spec, fit);
  take_values (answer, spec, "fit", n, look->angle, fit);
  take_values (answer, spec, "target", n, look->angle, look->target);
  for (int i = 0; i < n; i++)
    {
      initial[i] = alpha * look->initial[i];
      starts = starts || initial[i] != 0;
    }
  /* Mirrored starts are zero, and so are those of kernels without a network. */
  if (starts)
    take_values (answer, spec, "initial", n, look->angle, initial);
  take_labels (answer, spec, look);
}

static void
combine_level (LabAnswer *answer, const LabSpec *spec, const LabLook *look, const char *id, double level)
{
  const double x[] = { 1, look->n }, y[] = { level, level };

  if (level > 0)
    take_values (answer, spec, id, 2, x, y);
}

static void
combine_spectrum (LabAnswer *answer, const LabSpec *spec, const LabLook *look)
{
  g_autofree double *index = g_new (double, look->n);

  for (int i = 0; i < look->n; i++)
    index[i] = i + 1;
  take_values (answer, spec, "eigenvalues", look->n, index, look->eigenvalues);
  combine_level (answer, spec, look, "cutoff", look->cutoff);
  combine_level (answer, spec, look, "ridge", look->ridge_level);
  combine_level (answer, spec, look, "time", look->time_level);
}

static void
facts_clear (void *facts)
{
  g_clear_pointer ((LabLook **) facts, lab_look_unref);
}

const LabFactsType lab_look_facts_type = { sizeof (LabLook *), facts_clear };

LabLook *
lab_look_of (const LabAnswer *answer)
{
  return answer->facts_type == &lab_look_facts_type ? *(LabLook **) answer->facts : NULL;
}

static LabAnswer *
combine (const LabResult *result, const LabSpec *spec)
{
  LabDecomposition *const *piece = lab_result_piece (result, 0, 0);
  LabAnswer *answer = lab_answer_alloc (result, spec);
  LabLook **look = lab_answer_add_facts (answer, &lab_look_facts_type);

  *look = lab_look_at (*piece, spec);
  if (strcmp (lab_spec_view (spec)->id, "fit") == 0)
    combine_fit (answer, spec, *look);
  else
    combine_spectrum (answer, spec, *look);
  return answer;
}

const LabExperiment lab_look_work = {
  .check = lab_descent_check,
  .smaller = "n-train or width",
  .largest = LAB_N_TRAIN,
  .first_seed_alone = TRUE,
  .effect = effect,
  .grid = lab_grid_cursor,
  .piece_size = piece_size,
  .piece_clear = piece_clear,
  .n_pieces = lab_one_piece,
  .memory = lab_decomposition_memory,
  .units = lab_one_unit,
  .cost = cost,
  .run = run,
  .combine = combine,
};
