#pragma once

#include <glib-object.h>

#include "lab-plan.h"

G_BEGIN_DECLS

/* What was computed for a spec: pieces from which the curves are combined for any noise and
 * any initialization. Filled by a job, then shared between threads and never written again. */
typedef struct _LabResult LabResult;

#define LAB_TYPE_RESULT (lab_result_get_type ())
GType lab_result_get_type (void);

LabResult *lab_result_ref (LabResult *self);
void lab_result_unref (LabResult *self);

const LabSpec *lab_result_spec (const LabResult *self);
const LabPlan *lab_result_plan (const LabResult *self);
int lab_result_seeds_done (const LabResult *self);
gboolean lab_result_complete (const LabResult *self); /* the whole spec, not a preview */
double lab_result_seconds (const LabResult *self);    /* wall-clock time of the job so far */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabResult, lab_result_unref)

G_END_DECLS
