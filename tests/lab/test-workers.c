/* How many workers a job gets. */

#include <sys/resource.h>

#include "lab-experiment.h"
#include "lab-memory.h"
#include "lab-plan-private.h"
#include "lab-test.h"

static int
count (const LabSpec *spec, int threads, int n_units)
{
  g_autoptr (LabPlan) plan = lab_plan_new (spec);

  return lab_plan_workers (plan, spec, threads, n_units);
}

static double
need (const LabSpec *spec)
{
  return lab_spec_work (spec)->memory (spec);
}

/* As many as are asked for, as long as there is work for them. */
static void
test_work (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("double-descent", NULL);

  g_assert_true (lab_spec_assign (spec, "n-train=10", NULL));
  g_assert_true (lab_spec_assign (spec, "n-test=10", NULL));
  g_assert_cmpint (count (spec, 3, 100), ==, 3);
  g_assert_cmpint (count (spec, 8, 2), ==, 2);
  g_assert_cmpint (count (spec, 8, 1), ==, 1);
  g_assert_cmpint (count (spec, 0, 100000), ==, g_get_num_processors ());
}

/* Not more than memory has room for: where a hundred would not fit, about as many as do. */
static void
test_memory (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("double-descent", NULL);
  double before, after, each;
  int workers;

  for (int n = 100; need (spec) < lab_memory_available () / 100; n += 100)
    {
      g_autofree char *assignment = g_strdup_printf ("n-train=%d", n);

      g_assert_true (lab_spec_assign (spec, assignment, NULL));
    }
  each = need (spec);
  before = lab_memory_available ();
  workers = count (spec, 1000, 1000);
  after = lab_memory_available ();
  g_test_message ("%d workers of %g MiB in %g MiB", workers, each / 0x1p20, before / 0x1p20);
  /* Others take and give memory meanwhile. */
  g_assert_cmpfloat (workers, <=, 1 + 2 * MAX (before, after) / each);
  g_assert_cmpfloat (workers, >=, MIN (before, after) / each / 3);
}

/* What does not fit even once is for the check to refuse; there is always one worker. */
static void
test_one (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("double-descent", NULL);
  g_autoptr (LabPlan) plan = NULL;
  struct rlimit limit, tight;
  int workers;

  g_assert_true (lab_spec_assign (spec, "n-train=2000", NULL));
  plan = lab_plan_new (spec);
  g_assert_cmpint (getrlimit (RLIMIT_AS, &limit), ==, 0);
  tight = (struct rlimit){ 1 << 20, limit.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_AS, &tight), ==, 0);
  workers = lab_plan_workers (plan, spec, 1000, 1000);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
  g_assert_cmpint (workers, ==, 1);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/workers/work", test_work);
  g_test_add_func ("/lab/workers/memory", test_memory);
  g_test_add_func ("/lab/workers/one", test_one);
  return g_test_run ();
}
