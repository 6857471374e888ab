/* Files that carry a spec: JSON, CSV, PNG, SVG and PDF, told apart by what they begin with. */

#include "fuzz.h"

#include <plot.h>

/* Without the zero that follows what is read from a file: no reader may look behind the end. */
static void
read_picture (const guint8 *data, gsize size, const char *key)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autofree char *value = plot_read_metadata (bytes, key, &error);

  fuzz_check_outcome (value != NULL, error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSpec) spec = figures_read_spec (fuzz_file (data, size), &error);

  read_picture (data, size, "title");
  read_picture (data, size, "tangent-lab-spec");
  fuzz_check_outcome (spec != NULL, error);
  if (spec != NULL)
    fuzz_check_spec (spec);
  return 0;
}
