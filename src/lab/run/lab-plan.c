#include "lab-plan.h"

#include <math.h>
#include <string.h>

#include "lab-experiment.h"
#include "lab-memory.h"
#include "lab-plan-private.h"
#include "lab-spectra.h"

LabPlan *
lab_plan_copy (const LabPlan *self)
{
  LabPlan *copy = g_memdup2 (self, sizeof *self);

  copy->x = g_memdup2 (self->x, self->n_x * sizeof *self->x);
  if (copy->spectra != NULL)
    lab_spectra_ref (copy->spectra);
  return copy;
}

void
lab_plan_free (LabPlan *self)
{
  g_clear_pointer (&self->spectra, lab_spectra_unref);
  g_free (self->x);
  g_free (self);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

void
lab_grid_sort (GArray *x)
{
  guint kept = 0;
  double *data = (double *) x->data;

  qsort (data, x->len, sizeof *data, compare_doubles);
  for (guint i = 0; i < x->len; i++)
    if (kept == 0 || data[i] != data[kept - 1])
      data[kept++] = data[i];
  g_array_set_size (x, kept);
}

GArray *
lab_grid_log (double from, double to, int points, gboolean whole)
{
  GArray *x = g_array_new (FALSE, FALSE, sizeof (double));

  for (int i = 0; i < points; i++)
    {
      double value = from * pow (to / from, i / (points - 1.0));

      value = CLAMP (whole ? round (value) : value, from, to);

      g_array_append_val (x, value);
    }
  lab_grid_sort (x);
  return x;
}

GArray *
lab_grid_cursor (const LabSpec *spec, double from, double to, int points)
{
  LabKey axis = lab_spec_axis (spec);
  double x = lab_value_to_number (axis, lab_spec_value (spec, axis));
  GArray *array = g_array_new (FALSE, FALSE, sizeof (double));

  g_array_append_val (array, x);
  return array;
}

int
lab_one_piece (const LabSpec *spec, const LabPlan *plan)
{
  return 1;
}

GArray *
lab_one_unit (const LabSpec *spec, const LabPlan *plan)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (LabUnit));
  LabUnit all = { 0, 0, 1 };

  g_array_append_val (array, all);
  return array;
}

static void
set_grid (LabPlan *self, const LabSpec *spec, double to, int points)
{
  double from = lab_spec_real (spec, LAB_FROM);
  GArray *x = lab_spec_work (spec)->grid (spec, from, MAX (from, to), points);

  g_free (self->x);
  self->n_x = x->len;
  self->x = (double *) g_array_free (x, FALSE);
}

LabPlan *
lab_plan_new (const LabSpec *spec)
{
  LabPlan *self = g_new0 (LabPlan, 1);

  set_grid (self, spec, lab_spec_real (spec, LAB_TO), 0);
  self->n_seeds = lab_spec_work (spec)->first_seed_alone ? 1 : lab_spec_integer (spec, LAB_SEEDS);
  self->n_test = lab_spec_integer (spec, LAB_N_TEST);
  return self;
}

LabPlan *
lab_plan_new_at (const LabSpec *spec, double x)
{
  LabPlan *self = g_new0 (LabPlan, 1);

  self->n_x = 1;
  self->x = g_memdup2 (&x, sizeof x);
  self->n_seeds = lab_spec_integer (spec, LAB_SEEDS);
  self->n_test = lab_spec_integer (spec, LAB_N_TEST);
  return self;
}

LabPlan *
lab_plan_new_preview (const LabSpec *spec, int threads, double budget)
{
  LabPlan *self = g_new0 (LabPlan, 1);
  int points = lab_spec_integer (spec, LAB_POINTS), seeds = lab_spec_integer (spec, LAB_SEEDS),
      n_test = lab_spec_integer (spec, LAB_N_TEST);

  self->preview = TRUE;
  for (const LabPreview *p = lab_spec_work (spec)->previews; p->points > 0; p++)
    {
      set_grid (self, spec, lab_spec_real (spec, LAB_TO) * p->reach, MIN (p->points, points));
      self->n_seeds = MIN (p->seeds, seeds);
      self->n_test = MIN (p->n_test, n_test);
      if (lab_plan_cost (self, spec, threads) <= budget)
        break;
    }
  return self;
}

/* ---- Memory ---- */

/* What a worker's calls of BLAS and LAPACK touch of their work space, and what the allocator keeps. */
#define WORK_SPACE (32 << 20)
/* Errors read from the pieces to find curves and slopes, at most. */
#define READ_BYTES (2 * sizeof (double))

double
lab_plan_worker_memory (const LabSpec *spec)
{
  return WORK_SPACE + lab_spec_work (spec)->memory (spec);
}

double
lab_plan_stored_memory (const LabPlan *self, const LabSpec *spec)
{
  const LabExperiment *experiment = lab_spec_work (spec);

  return (double) self->n_seeds * experiment->n_pieces (spec, self)
         * (experiment->piece_size (spec) + READ_BYTES);
}

int
lab_plan_workers (const LabPlan *self, const LabSpec *spec, int threads, int n_units)
{
  double each = lab_plan_worker_memory (spec), others = each, available;

  if (threads <= 0)
    threads = g_get_num_processors ();
  threads = MIN (threads, n_units);
  if (threads <= 1)
    return 1;
  available = lab_memory_available () - lab_plan_stored_memory (self, spec) - each;
  if (available < 0)
    return 1;
  if (ntk_blas_is_limited ())
    others += NTK_BLAS_THREAD_BYTES;
  return MIN (threads, 1 + available / others);
}

/* ---- Cost ---- */

double
lab_plan_cost (const LabPlan *self, const LabSpec *spec, int threads)
{
  const LabExperiment *experiment = lab_spec_work (spec);
  g_autoptr (GArray) units = experiment->units (spec, self);
  double sum = 0, largest = 0;

  for (guint i = 0; i < units->len; i++)
    {
      double cost = experiment->cost (spec, self, &g_array_index (units, LabUnit, i));

      sum += cost;
      largest = MAX (largest, cost);
    }
  return MAX (largest, sum / threads);
}
