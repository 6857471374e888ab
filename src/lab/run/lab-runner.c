#include "lab-runner.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>

#include "lab-experiment.h"
#include "lab-memory.h"
#include "lab-spectra.h"

/* What a preview should take: its plan is chosen by cost, and the speed is learnt as it goes. */
#define PREVIEW_SECONDS 0.030
#define FIRST_SPEED 20e9 /* operations a second and thread, before the first measurement */

/* Eigenbases are kept in this much memory, or a share of what is free. */
#define SPECTRA_BYTES 0x1p30
#define SPECTRA_SHARE 0.25

/* What is not asked for yet leaves the processors to what is; workers inherit it. */
#define FILLING_NICENESS 10

/* A job on a thread of its own (C11 atomics and POSIX locks, which the thread sanitizer sees), and the mailbox in which it leaves the newest result. */
typedef struct
{
  atomic_int references;
  GWeakRef runner;
  LabSpec *spec;
  LabPlan *plan;
  double cost;
  guint serial; /* of the spec at the runner */
  GCancellable *cancellable;
  gint64 start;
  gboolean prompt;  /* takes a frame, not more: from eigenbases that are there */
  gboolean filling; /* for the sake of its eigenbases alone */

  pthread_mutex_t lock; /* guards what follows */
  LabResult *newest;
  GError *error;
  gboolean finished;
  gboolean posted; /* an idle is pending */
} Task;

struct _LabRunner
{
  GObject parent;

  LabSpec *spec; /* last submitted */
  double at;     /* NaN: the whole axis */
  guint patience_id; /* ends what is older */
  guint serial;  /* grows with each submission that needs new numbers */
  Task *task;    /* running, or NULL */
  double speed;

  /* Of the spec but for ridge and time: once these move, all eigenbases are found on a thread beside. */
  LabSpectra *spectra; /* or NULL */
  Task *filler;        /* running, or NULL */

  LabResult *result;
  guint result_serial;
  double progress;
  guint jobs;
  GError *error;
};

enum
{
  PROP_RESULT = 1,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_ERROR,
  PROP_JOBS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LabRunner, lab_runner, G_TYPE_OBJECT)

static void
task_unref (Task *task)
{
  if (atomic_fetch_sub (&task->references, 1) > 1)
    return;
  g_weak_ref_clear (&task->runner);
  lab_spec_free (task->spec);
  lab_plan_free (task->plan);
  g_object_unref (task->cancellable);
  g_clear_pointer (&task->newest, lab_result_unref);
  g_clear_error (&task->error);
  pthread_mutex_destroy (&task->lock);
  g_free (task);
}

static Task *
task_ref (Task *task)
{
  atomic_fetch_add (&task->references, 1);
  return task;
}

static gboolean collect (gpointer data);

/* Any thread: puts a result (or the end) into the mailbox and wakes the main loop once. */
static void
post (Task *task, LabResult *result, GError *error, gboolean finished)
{
  gboolean wake;

  pthread_mutex_lock (&task->lock);
  if (result != NULL)
    {
      g_clear_pointer (&task->newest, lab_result_unref);
      task->newest = lab_result_ref (result);
    }
  task->error = error;
  task->finished = finished;
  wake = !task->posted;
  task->posted = TRUE;
  pthread_mutex_unlock (&task->lock);
  if (wake)
    g_idle_add_full (G_PRIORITY_DEFAULT, collect, task_ref (task), (GDestroyNotify) task_unref);
}

static void
post_partial (LabResult *partial, gpointer data)
{
  post (data, partial, NULL, FALSE);
}

static gpointer
run_task (gpointer data)
{
  Task *task = data;
  GError *error = NULL;
  g_autoptr (LabResult) result = NULL;

  if (task->filling)
    setpriority (PRIO_PROCESS, 0, FILLING_NICENESS); /* on Linux: of this thread */
  result = lab_job_run (task->spec, task->plan, 0, task->cancellable,
                        task->filling ? NULL : post_partial, task, &error);
  post (task, result, error, TRUE);
  task_unref (task);
  return NULL;
}

static void
set_error (LabRunner *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
set_progress (LabRunner *self, double progress)
{
  if (self->progress == progress)
    return;
  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static Task *
task_new (LabRunner *self, LabPlan *plan)
{
  Task *task = g_new0 (Task, 1);
  int threads = g_get_num_processors ();

  atomic_init (&task->references, 1);
  g_weak_ref_init (&task->runner, self);
  task->spec = lab_spec_copy (self->spec);
  task->plan = plan;
  task->cost = lab_plan_cost (plan, self->spec, threads);
  task->serial = self->serial;
  task->cancellable = g_cancellable_new ();
  task->start = g_get_monotonic_time ();
  task->prompt = plan->spectra != NULL && lab_spectra_are_complete (plan->spectra);
  pthread_mutex_init (&task->lock, NULL);
  return task;
}

/* A thread that cannot be started ends its task with the error. */
static void
launch (Task *task)
{
  GError *error = NULL;
  GThread *thread = g_thread_try_new ("lab-job", run_task, task_ref (task), &error);

  if (thread != NULL)
    {
      g_thread_unref (thread);
      return;
    }
  post (task, NULL, error, TRUE);
  task_unref (task);
}

static void
start (LabRunner *self, LabPlan *plan)
{
  self->task = task_new (self, plan);
  self->jobs++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOBS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  launch (self->task);
}

static void
stop_filling (LabRunner *self)
{
  if (self->filler != NULL)
    g_cancellable_cancel (self->filler->cancellable);
  g_clear_pointer (&self->filler, task_unref);
}

static void
forget_spectra (LabRunner *self)
{
  stop_filling (self);
  g_clear_pointer (&self->spectra, lab_spectra_unref);
}

/* Everything that the spec asks for, with room for eigenbases where there is some. */
static LabPlan *
plan_with_spectra (LabRunner *self)
{
  const LabExperiment *experiment = lab_spec_work (self->spec);
  LabPlan *plan = lab_plan_new (self->spec);
  double bytes = 0;
  int n = experiment->spectra != NULL ? experiment->spectra (self->spec, plan, &bytes) : 0;

  if (n == 0 || bytes > MIN (SPECTRA_BYTES, SPECTRA_SHARE * lab_memory_available ()))
    return plan;
  if (self->spectra == NULL)
    self->spectra = lab_spectra_new (plan->n_seeds, n);
  plan->spectra = lab_spectra_ref (self->spectra);
  return plan;
}

/* Where ridge or time is swept eigenbases are found in any case; elsewhere a factor is cheaper. */
static gboolean
sweeps_filter (LabRunner *self)
{
  LabKey axis = lab_spec_axis (self->spec);

  return axis == LAB_RIDGE || axis == LAB_TIME;
}

static LabPlan *
full_plan (LabRunner *self)
{
  return sweeps_filter (self) || lab_runner_has_spectra (self) ? plan_with_spectra (self)
                                                               : lab_plan_new (self->spec);
}

/* The hand is on ridge or time. */
static void
start_filling (LabRunner *self)
{
  LabPlan *plan;

  if (self->filler != NULL || sweeps_filter (self) || lab_runner_has_spectra (self))
    return;
  plan = plan_with_spectra (self);
  if (plan->spectra == NULL)
    {
      lab_plan_free (plan);
      return;
    }
  self->filler = task_new (self, plan);
  self->filler->filling = TRUE;
  launch (self->filler);
}

static void
start_newest (LabRunner *self)
{
  if (isfinite (self->at))
    start (self, lab_plan_new_at (self->spec, self->at));
  else if (lab_runner_has_spectra (self) || lab_spec_work (self->spec)->previews == NULL)
    start (self, full_plan (self));
  else
    start (self, lab_plan_new_preview (self->spec, g_get_num_processors (),
                                       self->speed * PREVIEW_SECONDS));
}

static void
learn_speed (LabRunner *self, const Task *task, const LabResult *result)
{
  double measured = task->cost / MAX (1e-4, lab_result_seconds (result));

  if (task->plan->preview)
    self->speed = sqrt (self->speed * measured);
}

/* A preview shows at once; of the full run, what has more to show than its preview. */
static gboolean
worth_showing (LabRunner *self, const LabResult *result, guint serial)
{
  if (self->result == NULL || self->result_serial != serial || lab_result_complete (result))
    return TRUE;
  return lab_result_seeds_done (result) >= lab_result_seeds_done (self->result);
}

static void
take_result (LabRunner *self, Task *task, LabResult *result, gboolean finished)
{
  if (task->plan->preview && !finished)
    return;
  set_progress (
    self, task->plan->preview ? 0 : (double) lab_result_seeds_done (result) / task->plan->n_seeds);
  if (!worth_showing (self, result, task->serial))
    return;
  g_clear_pointer (&self->result, lab_result_unref);
  self->result = lab_result_ref (result);
  self->result_serial = task->serial;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESULT]);
}

/* After the end of the running task: the newest spec if that is another, else what follows the
 * preview. */
static void
go_on (LabRunner *self, Task *task, gboolean failed)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_pointer (&self->task, task_unref);
  if (task->serial != self->serial)
    start_newest (self);
  else if (task->plan->preview && !failed)
    start (self, full_plan (self));
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* Main thread: empties the mailbox. */
static gboolean
collect (gpointer data)
{
  Task *task = data;
  g_autoptr (LabRunner) self = g_weak_ref_get (&task->runner);
  g_autoptr (LabResult) result = NULL;
  GError *error;
  gboolean finished;

  pthread_mutex_lock (&task->lock);
  result = g_steal_pointer (&task->newest);
  error = g_steal_pointer (&task->error);
  finished = task->finished;
  task->posted = FALSE;
  pthread_mutex_unlock (&task->lock);

  if (self != NULL && self->filler == task && finished)
    g_clear_pointer (&self->filler, task_unref);
  if (self == NULL || self->task != task)
    {
      g_clear_error (&error);
      return G_SOURCE_REMOVE;
    }
  if (result != NULL)
    take_result (self, task, result, finished);
  if (finished && result != NULL)
    learn_speed (self, task, result);
  if (error != NULL && task->serial == self->serial
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_error (self, g_error_copy (error));
  if (finished)
    go_on (self, task, error != NULL);
  g_clear_error (&error);
  return G_SOURCE_REMOVE;
}

/* Milliseconds that the task is still let run, though there is a newer spec. */
static gint64
patience (const LabRunner *self)
{
  const Task *task = self->task;
  gboolean short_one = task->plan->preview || task->prompt || isfinite (self->at)
                       || lab_spec_work (task->spec)->previews == NULL;

  return short_one ? LAB_RUNNER_PATIENCE - (g_get_monotonic_time () - task->start) / 1000 : 0;
}

static void
drop_task (LabRunner *self)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->task == NULL)
    return;
  g_cancellable_cancel (self->task->cancellable);
  g_clear_pointer (&self->task, task_unref);
}

static gboolean
impatient_cb (gpointer data)
{
  LabRunner *self = data;

  self->patience_id = 0;
  if (self->task != NULL && self->task->serial != self->serial)
    {
      drop_task (self);
      start_newest (self);
    }
  return G_SOURCE_REMOVE;
}

static void
submit (LabRunner *self, const LabSpec *spec, double at)
{
  gboolean same = self->spec != NULL && lab_spec_same_work (self->spec, spec)
                  && (self->at == at || (isnan (self->at) && isnan (at)));
  gboolean same_spectra = self->spec != NULL && isnan (at) && lab_spec_same_spectra (self->spec, spec);

  g_clear_pointer (&self->spec, lab_spec_free);
  self->spec = lab_spec_copy (spec);
  self->at = at;
  if (same)
    return;

  if (same_spectra)
    start_filling (self);
  else
    forget_spectra (self);
  self->serial++;
  set_error (self, NULL);
  set_progress (self, 0);
  if (self->task != NULL && patience (self) > 0)
    {
      if (self->patience_id == 0)
        self->patience_id = g_timeout_add (patience (self), impatient_cb, self);
      return;
    }
  drop_task (self);
  start_newest (self);
}

void
lab_runner_submit (LabRunner *self, const LabSpec *spec)
{
  g_return_if_fail (LAB_IS_RUNNER (self) && spec != NULL);
  submit (self, spec, NAN);
}

void
lab_runner_submit_at (LabRunner *self, const LabSpec *spec, double x)
{
  g_return_if_fail (LAB_IS_RUNNER (self) && spec != NULL && isfinite (x));
  submit (self, spec, x);
}

void
lab_runner_stop (LabRunner *self)
{
  g_return_if_fail (LAB_IS_RUNNER (self));
  stop_filling (self);
  if (self->task == NULL)
    return;
  drop_task (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
lab_runner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabRunner *self = LAB_RUNNER (object);

  switch (id)
    {
    case PROP_RESULT: g_value_set_boxed (value, self->result); break;
    case PROP_BUSY: g_value_set_boolean (value, self->task != NULL); break;
    case PROP_PROGRESS: g_value_set_double (value, self->progress); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    case PROP_JOBS: g_value_set_uint (value, self->jobs); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_runner_dispose (GObject *object)
{
  drop_task (LAB_RUNNER (object));
  forget_spectra (LAB_RUNNER (object));
  G_OBJECT_CLASS (lab_runner_parent_class)->dispose (object);
}

static void
lab_runner_finalize (GObject *object)
{
  LabRunner *self = LAB_RUNNER (object);

  g_clear_pointer (&self->spec, lab_spec_free);
  g_clear_pointer (&self->result, lab_result_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (lab_runner_parent_class)->finalize (object);
}

static void
lab_runner_class_init (LabRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lab_runner_get_property;
  object_class->dispose = lab_runner_dispose;
  object_class->finalize = lab_runner_finalize;

  properties[PROP_RESULT] = g_param_spec_boxed ("result", NULL, NULL, LAB_TYPE_RESULT, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_JOBS] = g_param_spec_uint ("jobs", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lab_runner_init (LabRunner *self)
{
  self->at = NAN;
  self->speed = FIRST_SPEED;
}

LabRunner *
lab_runner_new (void)
{
  return g_object_new (LAB_TYPE_RUNNER, NULL);
}

LabResult *
lab_runner_get_result (LabRunner *self)
{
  g_return_val_if_fail (LAB_IS_RUNNER (self), NULL);
  return self->result;
}

gboolean
lab_runner_is_current (LabRunner *self)
{
  g_return_val_if_fail (LAB_IS_RUNNER (self), FALSE);
  return self->result != NULL && self->result_serial == self->serial;
}

gboolean
lab_runner_get_busy (LabRunner *self)
{
  g_return_val_if_fail (LAB_IS_RUNNER (self), FALSE);
  return self->task != NULL;
}

gboolean
lab_runner_has_spectra (LabRunner *self)
{
  g_return_val_if_fail (LAB_IS_RUNNER (self), FALSE);
  return self->spectra != NULL && lab_spectra_are_complete (self->spectra);
}

double
lab_runner_get_progress (LabRunner *self)
{
  g_return_val_if_fail (LAB_IS_RUNNER (self), 0);
  return self->progress;
}

const GError *
lab_runner_get_error (LabRunner *self)
{
  g_return_val_if_fail (LAB_IS_RUNNER (self), NULL);
  return self->error;
}

guint
lab_runner_get_jobs (LabRunner *self)
{
  g_return_val_if_fail (LAB_IS_RUNNER (self), 0);
  return self->jobs;
}
