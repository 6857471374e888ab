/* Specs of sound JSON whose names and values are drawn, and what is planned from them. */

#include "fuzz.h"

#include <math.h>

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  FuzzBytes bytes = { data, size };
  g_autofree char *text = fuzz_spec_text (&bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabPlan) plan = NULL;
  g_autoptr (LabSpec) spec = lab_spec_from_text (text, &error);
  gboolean sound;

  fuzz_check_outcome (spec != NULL, error);
  if (spec == NULL)
    return 0;
  fuzz_check_spec (spec);
  sound = lab_spec_check (spec, NULL, &error);
  fuzz_check_outcome (sound, error);
  if (!sound)
    return 0;
  plan = lab_plan_new (spec);
  g_assert_cmpint (plan->n_x, >=, 1);
  for (int i = 1; i < plan->n_x; i++)
    g_assert_cmpfloat (plan->x[i], >, plan->x[i - 1]);
  g_assert_true (lab_plan_cost (plan, spec, 1) >= 0);
  return 0;
}
