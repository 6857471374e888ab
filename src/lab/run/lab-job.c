#include "lab-job.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "lab-check.h"
#include "lab-experiment.h"
#include "lab-parallel.h"
#include "lab-plan-private.h"
#include "lab-result-private.h"

/* What the workers of a job share. The pieces of different units do not overlap, so they are
 * written without the lock; a unit's end is announced under it. */
typedef struct
{
  const LabSpec *spec;
  const LabPlan *plan;
  const LabExperiment *experiment;
  GCancellable *cancellable;
  GArray *units;
  atomic_bool failed;
  LabPieces *pieces;

  pthread_mutex_t lock;
  int *units_left; /* of each seed */
  int seeds_done;
  LabTheory *theory; /* or NULL */
  LabProgressFunc progress;
  gpointer data;
  gint64 start;
  GError *error;
} Job;

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) * 1e-6;
}

/* A result of the seeds done so far, in the order of seeds. Nothing is copied, since nobody writes a row that
 * is done. */
static LabResult *
snapshot (Job *job)
{
  LabResult *result = lab_result_new (job->spec, job->plan, job->pieces);

  for (int seed = 0; seed < job->plan->n_seeds; seed++)
    if (job->units_left[seed] == 0)
      result->seeds[result->seeds_done++] = seed;
  result->finished = result->seeds_done == job->plan->n_seeds;
  result->seconds = seconds_since (job->start);
  result->theory = job->theory != NULL ? lab_theory_ref (job->theory) : NULL;
  return result;
}

static void
unit_done (Job *job, const LabUnit *unit)
{
  if (--job->units_left[unit->seed] > 0)
    return;
  job->seeds_done++;
  if (job->progress != NULL && job->seeds_done < job->plan->n_seeds)
    {
      g_autoptr (LabResult) partial = snapshot (job);

      job->progress (partial, job->data);
    }
}

static void
run_unit (int i, gpointer data)
{
  Job *job = data;
  const LabUnit *unit = &g_array_index (job->units, LabUnit, i);
  char *row = job->pieces->rows + unit->seed * job->pieces->row;
  GError *error = NULL;
  gboolean done;

  if (atomic_load (&job->failed))
    return;
  done = job->experiment->run (job->spec, job->plan, unit, row, job->cancellable, &error);
  if (!done)
    atomic_store (&job->failed, TRUE);
  if (g_error_matches (error, NTK_ERROR, NTK_ERROR_STOPPED))
    {
      g_clear_error (&error);
      g_cancellable_set_error_if_cancelled (job->cancellable, &error);
    }
  pthread_mutex_lock (&job->lock);
  if (done)
    unit_done (job, unit);
  else if (job->error == NULL)
    job->error = g_steal_pointer (&error);
  pthread_mutex_unlock (&job->lock);
  g_clear_error (&error);
}

LabResult *
lab_job_run (const LabSpec *spec, const LabPlan *plan, int threads, GCancellable *cancellable,
             LabProgressFunc progress, gpointer data, GError **error)
{
  LabResult *result = NULL;
  Job job = {
    .spec = spec, .plan = plan, .cancellable = cancellable, .progress = progress, .data = data
  };

  g_return_val_if_fail (spec != NULL && plan != NULL, NULL);
  job.start = g_get_monotonic_time ();
  job.experiment = lab_spec_work (spec);
  if (!lab_spec_check_values (spec, NULL, error))
    return NULL;
  job.pieces = lab_pieces_new (spec, plan, error);
  if (job.pieces == NULL)
    return NULL;
  if (job.experiment->theory != NULL)
    job.theory = job.experiment->theory (spec, plan, &job.error);
  if (job.error != NULL)
    {
      lab_pieces_unref (job.pieces);
      g_propagate_error (error, job.error);
      return NULL;
    }

  job.units = job.experiment->units (spec, plan);
  job.units_left = g_new0 (int, plan->n_seeds);
  for (guint i = 0; i < job.units->len; i++)
    job.units_left[g_array_index (job.units, LabUnit, i).seed]++;
  pthread_mutex_init (&job.lock, NULL);

  lab_parallel (lab_plan_workers (plan, spec, threads, job.units->len), job.units->len, run_unit,
                &job);

  if (job.error != NULL)
    g_propagate_error (error, job.error);
  else
    result = snapshot (&job);
  pthread_mutex_destroy (&job.lock);
  g_array_unref (job.units);
  g_free (job.units_left);
  lab_pieces_unref (job.pieces);
  g_clear_pointer (&job.theory, lab_theory_unref);
  return result;
}
