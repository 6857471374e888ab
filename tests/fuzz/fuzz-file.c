/* Files that carry a spec: JSON, CSV, PNG, SVG and PDF, told apart by what they begin with. */

#include "fuzz.h"

#include <plot.h>

static void
read_picture (GBytes *bytes, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = plot_read_metadata (bytes, key, &error);

  fuzz_check_outcome (value != NULL, error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  /* No zero follows: no reader may look behind the end. */
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSpec) spec = figures_parse_spec (bytes, &error);

  read_picture (bytes, "title");
  read_picture (bytes, "tangent-lab-spec");
  fuzz_check_outcome (spec != NULL, error);
  if (spec != NULL)
    fuzz_check_spec (spec);
  return 0;
}
