/* Files that carry a spec: JSON, CSV, PNG, SVG and PDF, told apart by what they begin with. */

#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSpec) spec = figures_read_spec (fuzz_file (data, size), &error);

  fuzz_check_outcome (spec != NULL, error);
  if (spec != NULL)
    fuzz_check_spec (spec);
  return 0;
}
