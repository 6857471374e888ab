#pragma once

#include "lab-runner.h"
#include "lab-spectra.h"
#include "lab-task.h"

G_BEGIN_DECLS

struct _LabRunner
{
  GObject parent;

  LabSpec *spec; /* last submitted */
  double at;     /* NaN: the whole axis */
  guint patience_id; /* ends what is older */
  guint serial;  /* grows with each submission that needs new numbers */
  LabTask *task; /* running, or NULL */
  double speed;

  /* Of the spec but for ridge and time: once these move, all eigenbases are found on a thread beside. */
  LabSpectra *spectra; /* or NULL */
  LabTask *filler;     /* running, or NULL */

  LabResult *result;
  guint result_serial;
  double progress;
  guint jobs;
  GError *error;
};

/* A task for the spec; takes @plan. */
LabTask *lab_runner_make_task (LabRunner *self, LabPlan *plan);

/* Everything that the spec asks for, from eigenbases where they are there or are found in any case. */
LabPlan *lab_runner_plan_all (LabRunner *self);
/* The hand is on ridge or time: finds the eigenbases, unless it is done already. */
void lab_runner_start_filling (LabRunner *self);
void lab_runner_stop_filling (LabRunner *self);
void lab_runner_forget_spectra (LabRunner *self);

G_END_DECLS
