/* The eigenbases that a runner keeps for the next ridge or time. */

#include "lab-runner-private.h"

#include "lab-experiment.h"
#include "lab-memory.h"

/* Eigenbases are kept in this much memory, or a share of what is free. */
#define SPECTRA_BYTES 0x1p30
#define SPECTRA_SHARE 0.25

void
lab_runner_stop_filling (LabRunner *self)
{
  if (self->filler != NULL)
    g_cancellable_cancel (self->filler->cancellable);
  g_clear_pointer (&self->filler, lab_task_unref);
}

void
lab_runner_forget_spectra (LabRunner *self)
{
  lab_runner_stop_filling (self);
  g_clear_pointer (&self->spectra, lab_spectra_unref);
}

/* Everything that the spec asks for, with a place to keep eigenbases where memory allows it. */
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

  return axis != LAB_N_KEYS && lab_parameter (axis)->effect == LAB_EFFECT_FILTER;
}

LabPlan *
lab_runner_plan_all (LabRunner *self)
{
  return sweeps_filter (self) || lab_runner_has_spectra (self) ? plan_with_spectra (self)
                                                               : lab_plan_new (self->spec);
}

void
lab_runner_start_filling (LabRunner *self)
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
  self->filler = lab_runner_make_task (self, plan);
  self->filler->filling = TRUE;
  lab_task_launch (self->filler);
}

gboolean
lab_runner_has_spectra (LabRunner *self)
{
  g_return_val_if_fail (LAB_IS_RUNNER (self), FALSE);
  return self->spectra != NULL && lab_spectra_are_complete (self->spectra);
}
