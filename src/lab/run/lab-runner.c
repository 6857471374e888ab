#include "lab-runner-private.h"

#include <math.h>

#include "lab-experiment.h"

/* What a preview should take: its plan is chosen by cost, and the speed is learnt as it goes. */
#define PREVIEW_SECONDS 0.030
#define FIRST_SPEED 20e9 /* operations a second and thread, before the first measurement */

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

static void
start (LabRunner *self, LabPlan *plan)
{
  self->task = lab_runner_make_task (self, plan);
  self->jobs++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOBS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  lab_task_launch (self->task);
}

static void
start_newest (LabRunner *self)
{
  if (isfinite (self->at))
    start (self, lab_plan_new_at (self->spec, self->at));
  else if (lab_runner_has_spectra (self) || lab_spec_work (self->spec)->previews == NULL)
    start (self, lab_runner_plan_all (self));
  else
    start (self, lab_plan_new_preview (self->spec, g_get_num_processors (),
                                       self->speed * PREVIEW_SECONDS));
}

static void
learn_speed (LabRunner *self, const LabTask *task, const LabResult *result)
{
  double measured = task->cost / MAX (1e-4, lab_result_seconds (result));

  if (task->plan->preview)
    self->speed = sqrt (self->speed * measured);
}

/* A preview is shown at once; a part of the full run once it has as many seeds as the preview. */
static gboolean
worth_showing (LabRunner *self, const LabResult *result, guint serial)
{
  if (self->result == NULL || self->result_serial != serial || lab_result_complete (result))
    return TRUE;
  return lab_result_seeds_done (result) >= lab_result_seeds_done (self->result);
}

static void
take_result (LabRunner *self, LabTask *task, LabResult *result, gboolean finished)
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

/* After the end of the running task: starts the newest spec if that is another one, else the full run after its
 * preview. */
static void
go_on (LabRunner *self, LabTask *task, gboolean failed)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_pointer (&self->task, lab_task_unref);
  if (task->serial != self->serial)
    start_newest (self);
  else if (task->plan->preview && !failed)
    start (self, lab_runner_plan_all (self));
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
collect (LabTask *task, GObject *owner, LabResult *result, const GError *error, gboolean finished)
{
  LabRunner *self = LAB_RUNNER (owner);

  if (self->filler == task && finished)
    g_clear_pointer (&self->filler, lab_task_unref);
  if (self->task != task)
    return;
  if (result != NULL)
    take_result (self, task, result, finished);
  if (finished && result != NULL)
    learn_speed (self, task, result);
  if (error != NULL && task->serial == self->serial
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_error (self, g_error_copy (error));
  if (finished)
    go_on (self, task, error != NULL);
}

LabTask *
lab_runner_make_task (LabRunner *self, LabPlan *plan)
{
  return lab_task_new (G_OBJECT (self), collect, self->spec, plan, self->serial);
}

/* For how many milliseconds more the task may run, though there is a newer spec. */
static gint64
patience (const LabRunner *self)
{
  const LabTask *task = self->task;
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
  g_clear_pointer (&self->task, lab_task_unref);
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
    lab_runner_start_filling (self);
  else
    lab_runner_forget_spectra (self);
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
  lab_runner_stop_filling (self);
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
  lab_runner_forget_spectra (LAB_RUNNER (object));
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
