#include "lab-experiment.h"

G_DEFINE_BOXED_TYPE (LabResult, lab_result, lab_result_ref, lab_result_unref)

LabResult *
lab_result_new (const LabSpec *spec, const LabPlan *plan)
{
  LabResult *self = g_new0 (LabResult, 1);
  const LabExperiment *experiment = lab_spec_exhibit (spec)->experiment;

  atomic_init (&self->references, 1);
  self->piece_size = experiment->piece_size (spec);
  self->n_pieces = experiment->n_pieces (spec, plan);
  self->spec = lab_spec_copy (spec);
  self->plan = lab_plan_copy (plan);
  return self;
}

LabResult *
lab_result_ref (LabResult *self)
{
  atomic_fetch_add (&self->references, 1);
  return self;
}

void
lab_result_unref (LabResult *self)
{
  if (atomic_fetch_sub (&self->references, 1) > 1)
    return;
  lab_spec_free (self->spec);
  lab_plan_free (self->plan);
  g_free (self->pieces);
  g_clear_pointer (&self->theory, lab_theory_unref);
  g_free (self);
}

const LabSpec *
lab_result_spec (const LabResult *self)
{
  return self->spec;
}

const LabPlan *
lab_result_plan (const LabResult *self)
{
  return self->plan;
}

int
lab_result_seeds_done (const LabResult *self)
{
  return self->seeds_done;
}

gboolean
lab_result_complete (const LabResult *self)
{
  return self->finished && !self->plan->preview;
}

double
lab_result_seconds (const LabResult *self)
{
  return self->seconds;
}

const void *
lab_result_piece (const LabResult *self, int seed, int i)
{
  return self->pieces + ((gsize) seed * self->n_pieces + i) * self->piece_size;
}

LabTheory *
lab_theory_ref (LabTheory *self)
{
  atomic_fetch_add (&self->references, 1);
  return self;
}

void
lab_theory_unref (LabTheory *self)
{
  if (atomic_fetch_sub (&self->references, 1) == 1)
    self->free (self);
}
