#pragma once

#include <lab.h>
#include <math.h>

/* The whole job for a named spec with settings, NULL-terminated: what it shows, as the command line computes it. */
static inline LabResult *
run_job (const char *name, int threads, LabSpec **spec, ...)
{
  g_autoptr (LabPlan) plan = NULL;
  GError *error = NULL;
  LabResult *result;
  const char *setting;
  va_list settings;

  *spec = lab_spec_new_named (name, &error);
  g_assert_no_error (error);
  va_start (settings, spec);
  while ((setting = va_arg (settings, const char *)) != NULL)
    {
      lab_spec_assign (*spec, setting, &error);
      g_assert_no_error (error);
    }
  va_end (settings);
  plan = lab_plan_new (*spec);
  plan->shown_only = TRUE;
  result = lab_job_run (*spec, plan, threads, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static inline double
read_test (const LabAnswer *answer, const LabSpec *spec, double x)
{
  LabReading reading;

  g_assert_true (lab_answer_read (answer, spec, x, &reading));
  return reading.y[0];
}

#define assert_within(got, want, relative)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    double got_ = (got), want_ = (want);                                                           \
    if (!(fabs (got_ - want_) <= (relative) *fabs (want_)))                                        \
      g_error ("%s is %.17g, not %.17g within %g", #got, got_, want_, (double) (relative));        \
  }                                                                                                \
  G_STMT_END
