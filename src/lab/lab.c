#include "lab.h"

#include <ntk.h>

gboolean
lab_init (GError **error)
{
  return ntk_init (error);
}

const char *
lab_engine (void)
{
  return ntk_blas_config ();
}
