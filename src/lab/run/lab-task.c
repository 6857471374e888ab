#include "lab-task.h"

#include <sys/resource.h>

#include "lab-job.h"
#include "lab-spectra.h"

/* What is not asked for yet leaves the processors to what is; workers inherit it. */
#define FILLING_NICENESS 10

LabTask *
lab_task_new (GObject *owner, LabMailFunc collect, const LabSpec *spec, LabPlan *plan, guint serial)
{
  LabTask *self = g_new0 (LabTask, 1);

  atomic_init (&self->references, 1);
  g_weak_ref_init (&self->owner, owner);
  self->collect = collect;
  self->spec = lab_spec_copy (spec);
  self->plan = plan;
  self->cost = lab_plan_cost (plan, spec, g_get_num_processors ());
  self->serial = serial;
  self->cancellable = g_cancellable_new ();
  self->start = g_get_monotonic_time ();
  self->prompt = plan->spectra != NULL && lab_spectra_are_complete (plan->spectra);
  pthread_mutex_init (&self->lock, NULL);
  return self;
}

LabTask *
lab_task_ref (LabTask *self)
{
  atomic_fetch_add (&self->references, 1);
  return self;
}

void
lab_task_unref (LabTask *self)
{
  if (atomic_fetch_sub (&self->references, 1) > 1)
    return;
  g_weak_ref_clear (&self->owner);
  lab_spec_free (self->spec);
  lab_plan_free (self->plan);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->newest, lab_result_unref);
  g_clear_error (&self->error);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

/* Main thread: empties the mailbox. */
static gboolean
deliver (gpointer data)
{
  LabTask *self = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);
  g_autoptr (LabResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean finished;

  pthread_mutex_lock (&self->lock);
  result = g_steal_pointer (&self->newest);
  error = g_steal_pointer (&self->error);
  finished = self->finished;
  self->posted = FALSE;
  pthread_mutex_unlock (&self->lock);

  if (owner != NULL)
    self->collect (self, owner, result, error, finished);
  return G_SOURCE_REMOVE;
}

/* Any thread: puts a result (or the end) into the mailbox and wakes the main loop once. */
static void
post (LabTask *self, LabResult *result, GError *error, gboolean finished)
{
  gboolean wake;

  pthread_mutex_lock (&self->lock);
  if (result != NULL)
    {
      g_clear_pointer (&self->newest, lab_result_unref);
      self->newest = lab_result_ref (result);
    }
  self->error = error;
  self->finished = finished;
  wake = !self->posted;
  self->posted = TRUE;
  pthread_mutex_unlock (&self->lock);
  if (wake)
    g_idle_add_full (G_PRIORITY_DEFAULT, deliver, lab_task_ref (self), (GDestroyNotify) lab_task_unref);
}

static void
post_partial (LabResult *partial, gpointer data)
{
  post (data, partial, NULL, FALSE);
}

static gpointer
run (gpointer data)
{
  LabTask *self = data;
  GError *error = NULL;
  g_autoptr (LabResult) result = NULL;

  if (self->filling)
    setpriority (PRIO_PROCESS, 0, FILLING_NICENESS); /* on Linux: of this thread */
  result = lab_job_run (self->spec, self->plan, 0, self->cancellable,
                        self->filling ? NULL : post_partial, self, &error);
  post (self, result, error, TRUE);
  lab_task_unref (self);
  return NULL;
}

void
lab_task_launch (LabTask *self)
{
  GError *error = NULL;
  GThread *thread = g_thread_try_new ("lab-job", run, lab_task_ref (self), &error);

  if (thread != NULL)
    {
      g_thread_unref (thread);
      return;
    }
  post (self, NULL, error, TRUE);
  lab_task_unref (self);
}
