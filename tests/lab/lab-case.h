#pragma once

#include <lab.h>

/* What a named spec shows, as the command line computes it. */
typedef struct
{
  LabSpec *spec;
  LabResult *result;
  LabAnswer *answer;
} Case;

static inline void
case_clear (Case *self)
{
  lab_spec_free (self->spec);
  lab_result_unref (self->result);
  lab_answer_free (self->answer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

/* @settings: assignments, NULL-terminated. */
static inline Case
case_make (const char *name, int threads, const char *const *settings)
{
  GError *error = NULL;
  Case made = { .spec = lab_spec_new_named (name, &error) };
  g_autoptr (LabPlan) plan = NULL;

  g_assert_no_error (error);
  lab_spec_assign_all (made.spec, settings, &error);
  g_assert_no_error (error);
  plan = lab_plan_new (made.spec);
  plan->shown_only = TRUE;
  made.result = lab_job_run (made.spec, plan, threads, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  made.answer = lab_answer_new (made.result, made.spec);
  return made;
}

/* @settings: separated by blanks. */
static inline Case
case_parse (const char *name, int threads, const char *settings)
{
  g_auto (GStrv) list = g_strsplit (settings, " ", 0);

  return case_make (name, threads, *settings != '\0' ? (const char *const *) list : NULL);
}
