/* What it costs to be told of each of 1000 seeds, by a listener that keeps the last partial result. Prints
 * medians of jobs run in turn; asserts nothing about time. */

#include "bench.h"

#include <lab.h>

#define TIMES 9

static void
keep (LabResult *partial, gpointer data)
{
  LabResult **last = data;

  g_clear_pointer (last, lab_result_unref);
  *last = lab_result_ref (partial);
}

static double
run (const LabSpec *spec, const LabPlan *plan, LabProgressFunc listener)
{
  LabResult *last = NULL;
  const double start = bench_now ();
  g_autoptr (LabResult) result = lab_job_run (spec, plan, 0, NULL, listener, &last, NULL);
  const double seconds = bench_now () - start;

  g_assert_nonnull (result);
  g_clear_pointer (&last, lab_result_unref);
  return seconds;
}

int
main (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("double-descent", NULL);
  const char *const settings[] = { "seeds=1000", "n-train=30", "n-test=50", "dim=5", "to=40", NULL };
  g_autoptr (LabPlan) plan = NULL;
  double alone[TIMES], heard[TIMES], without, with;

  if (!lab_init (NULL) || !lab_spec_assign_all (spec, settings, NULL))
    return 1;
  plan = lab_plan_new (spec);
  for (int k = 0; k < TIMES; k++)
    {
      alone[k] = run (spec, plan, NULL);
      heard[k] = run (spec, plan, keep);
    }
  without = bench_median (alone, TIMES);
  with = bench_median (heard, TIMES);
  printf ("1000 seeds: %.3f s, with a listener %.3f s, ratio %.3f\n", without, with, with / without);
  return 0;
}
