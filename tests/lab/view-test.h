#pragma once

/* A view of a spec with the parameter along its axis at x, and what the model there looks like. */

#include <lab.h>

static inline LabSpec *
spec_of_view (const LabSpec *spec, const char *view)
{
  LabSpec *copy = lab_spec_copy (spec);

  g_assert_true (lab_spec_parse (copy, LAB_VIEW, view, NULL));
  return copy;
}

static inline LabAnswer *
curves_of_view (const LabSpec *spec, const char *view, double x, GCancellable *cancellable,
                GError **error)
{
  const LabKey axis = lab_spec_axis (spec);
  g_autoptr (LabSpec) at = spec_of_view (spec, view);
  g_autoptr (LabPlan) plan = NULL;
  g_autoptr (LabResult) result = NULL;

  if (!lab_spec_set (at, axis, lab_value_from_number (axis, x), error)
      || !lab_spec_check (at, NULL, error))
    return NULL;
  plan = lab_plan_new (at);
  result = lab_job_run (at, plan, 1, cancellable, NULL, NULL, error);
  return result != NULL ? lab_answer_new (result, at) : NULL;
}

static inline LabLook *
look_of (const LabSpec *spec, double x, GCancellable *cancellable, GError **error)
{
  g_autoptr (LabAnswer) answer = curves_of_view (spec, "fit", x, cancellable, error);

  return answer != NULL ? lab_look_ref (lab_look_of (answer)) : NULL;
}
