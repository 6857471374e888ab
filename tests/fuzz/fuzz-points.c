/* Tables of points. */

#include "fuzz.h"

#include <math.h>

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  int n_columns = 0, n_rows = 0;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autofree double *values = lab_csv_parse ("points", bytes, &n_columns, &n_rows, &error);

  fuzz_check_outcome (values != NULL, error);
  if (values == NULL)
    return 0;
  g_assert_cmpint (n_columns, >=, 1);
  g_assert_cmpint (n_rows, >=, 1);
  for (int i = 0; i < n_columns * n_rows; i++)
    g_assert_true (isfinite (values[i]));
  return 0;
}
