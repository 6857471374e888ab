#pragma once

#include "lab-spec.h"

G_BEGIN_DECLS

/* Which part of a spec is computed. */
typedef struct _LabPlan
{
  int n_x;
  double *x;      /* ascending, distinct */
  int n_seeds;
  int n_test;     /* a preview may use a prefix of the test set */
  gboolean preview;
  gboolean shown_only; /* only what the spec shows or a sentence needs is computed */
  struct _LabSpectra *spectra; /* eigenbases that the job uses and leaves here, or NULL */
} LabPlan;

/* Everything that the spec asks for: `points` log-spaced values; unless `points` is set, the exhibit
 * may add some, around the interpolation threshold or wherever they come for free. */
LabPlan *lab_plan_new (const LabSpec *spec);
/* As much of it, spread over the axis, as costs at most `budget` floating-point operations for
 * each of `threads` workers; never less than a few points of one seed. */
LabPlan *lab_plan_new_preview (const LabSpec *spec, int threads, double budget);
/* All seeds at one place of the axis. */
LabPlan *lab_plan_new_at (const LabSpec *spec, double x);
LabPlan *lab_plan_copy (const LabPlan *self);
void lab_plan_free (LabPlan *self);

/* Estimated operations for each of `threads` workers. */
double lab_plan_cost (const LabPlan *self, const LabSpec *spec, int threads);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabPlan, lab_plan_free)

G_END_DECLS
