#include "lab-result-private.h"

#include "lab-experiment.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (LabResult, lab_result, lab_result_ref, lab_result_unref)

LabPieces *
lab_pieces_new (const LabSpec *spec, const LabPlan *plan, GError **error)
{
  const LabExperiment *experiment = lab_spec_work (spec);
  gsize size = experiment->piece_size (spec), row = size * experiment->n_pieces (spec, plan);
  char *rows = ntk_try_alloc_items (plan->n_seeds, row, 1, "the results of all seeds", error);
  LabPieces *self;

  if (rows == NULL)
    return NULL;
  memset (rows, 0, plan->n_seeds * row);
  self = g_new0 (LabPieces, 1);
  *self = (LabPieces){ .size = size,
                       .row = row,
                       .n_rows = plan->n_seeds,
                       .rows = rows,
                       .clear = experiment->piece_clear,
                       .start = -1 };
  atomic_init (&self->references, 1);
  return self;
}

LabPieces *
lab_pieces_ref (LabPieces *self)
{
  atomic_fetch_add (&self->references, 1);
  return self;
}

void
lab_pieces_unref (LabPieces *self)
{
  if (atomic_fetch_sub (&self->references, 1) > 1)
    return;
  for (gsize at = 0; self->clear != NULL && at < self->n_rows * self->row; at += self->size)
    self->clear (self->rows + at);
  g_free (self->rows);
  g_free (self);
}

LabResult *
lab_result_new (const LabSpec *spec, const LabPlan *plan, LabPieces *pieces)
{
  LabResult *self = g_new0 (LabResult, 1);

  atomic_init (&self->references, 1);
  self->pieces = lab_pieces_ref (pieces);
  self->n_pieces = pieces->row / pieces->size;
  self->seeds = g_new (int, plan->n_seeds);
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
  lab_pieces_unref (self->pieces);
  g_free (self->seeds);
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
  return self->pieces->rows + self->pieces->row * self->seeds[seed] + self->pieces->size * i;
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
