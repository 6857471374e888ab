/* Checks of values that exclude one another, or that ask for too much. */

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/resource.h>

#include "lab-experiment.h"

/* Some memory is left to the rest of the machine. */
#define MEMORY_SHARE 0.8

double
lab_memory_available (void)
{
  g_autofree char *text = NULL;
  const char *line;
  struct rlimit limit;
  double available = G_MAXDOUBLE;

  if (g_file_get_contents ("/proc/meminfo", &text, NULL, NULL)
      && (line = strstr (text, "MemAvailable:")) != NULL)
    available = g_ascii_strtod (line + strlen ("MemAvailable:"), NULL) * 1024;
  if (getrlimit (RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    available = MIN (available, (double) limit.rlim_cur);
  return MEMORY_SHARE * available;
}

gboolean
lab_check_memory (double need, const char *smaller, GError **error)
{
  double available = lab_memory_available ();

  if (need <= available)
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_SIZE,
               _("this needs %.1f GiB of memory and %.1f GiB are free: choose a smaller %s"),
               need / 0x1p30, available / 0x1p30, smaller);
  return FALSE;
}

gboolean
lab_check_range (const LabSpec *spec, LabKey *blamed, GError **error)
{
  double from = lab_spec_real (spec, LAB_FROM), to = lab_spec_real (spec, LAB_TO);

  if (from <= to)
    return TRUE;
  *blamed = LAB_TO;
  g_set_error (error, LAB_ERROR, LAB_ERROR_CONTRADICTION,
               _("the range of the axis ends (to = %g) before it begins (from = %g)"), to, from);
  return FALSE;
}

gboolean
lab_check_target (const LabSpec *spec, LabKey *blamed, GError **error)
{
  const NtkTargetType *type = &ntk_target_types (NULL)[lab_spec_choice (spec, LAB_TARGET)];

  for (guint i = 0; i < lab_spec_n_panels (spec); i++)
    {
      int dim = lab_spec_value (spec, LAB_DIM).integers.item[i];

      if (dim >= type->min_dim)
        continue;
      *blamed = LAB_TARGET;
      g_set_error (error, LAB_ERROR, LAB_ERROR_CONTRADICTION,
                   _("the %s target is constant in dim = %d; it needs dim = %d or more"),
                   lab_spec_choice_name (spec, LAB_TARGET), dim, type->min_dim);
      return FALSE;
    }
  return TRUE;
}
