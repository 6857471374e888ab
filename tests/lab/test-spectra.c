/* Eigenbases that are kept. */

#include <lab-experiment.h>
#include <lab-spectra.h>

#include "lab-test.h"

/* Those of a small job. */
static LabSpectra *
find_all (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("double-descent", NULL);
  g_autoptr (LabPlan) plan = NULL;
  g_autoptr (LabResult) result = NULL;
  double bytes;
  int n;

  g_assert_true (lab_spec_assign (spec, "n-train=12", NULL));
  g_assert_true (lab_spec_assign (spec, "to=8", NULL));
  g_assert_true (lab_spec_assign (spec, "points=3", NULL));
  g_assert_true (lab_spec_assign (spec, "seeds=2", NULL));
  plan = lab_plan_new (spec);
  n = lab_spec_work (spec)->spectra (spec, plan, &bytes);
  g_assert_cmpint (n, >, 2);
  plan->spectra = lab_spectra_new (2, n);
  g_assert_false (lab_spectra_are_complete (plan->spectra));
  result = lab_job_run (spec, plan, 1, NULL, NULL, NULL, NULL);
  g_assert_nonnull (result);
  return lab_spectra_ref (plan->spectra);
}

/* With any one missing they are not complete. */
static void
test_complete (void)
{
  g_autoptr (LabSpectra) all = find_all ();
  const int n = all->n_places;

  g_assert_true (lab_spectra_are_complete (all));
  for (int missing = 0; missing < 2 * n; missing++)
    {
      g_autoptr (LabSpectra) some = lab_spectra_new (2, n);

      for (int i = 0; i < 2 * n; i++)
        if (i != missing)
          lab_spectra_put (some, i / n, i % n, ntk_modes_ref (lab_spectra_get (all, i / n, i % n)));
      g_assert_false (lab_spectra_are_complete (some));
      g_assert_null (lab_spectra_get (some, missing / n, missing % n));
    }
}

/* Who comes second takes what is there. */
static void
test_put (void)
{
  g_autoptr (LabSpectra) all = find_all ();
  NtkModes *first = lab_spectra_get (all, 0, 0), *other = lab_spectra_get (all, 1, 1);

  g_assert_true (lab_spectra_put (all, 0, 0, ntk_modes_ref (other)) == first);
  g_assert_true (lab_spectra_get (all, 0, 0) == first);
  g_assert_true (lab_spectra_get (all, 1, 1) == other);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/spectra/complete", test_complete);
  g_test_add_func ("/lab/spectra/put", test_put);
  return g_test_run ();
}
