/* Checks of values that exclude one another, or that ask for too much. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-check-private.h"
#include "lab-experiment.h"
#include "lab-memory.h"
#include "lab-plan-private.h"
#include "lab-spec-ntk.h"

/* The largest number of bytes that can be written down. */
#define MOST_BYTES 0x1p63

gboolean
lab_check_memory (double need, const char *smaller, GError **error)
{
  double available = lab_memory_available ();
  g_autofree char *wanted = NULL, *there = NULL;

  if (need <= available)
    return TRUE;
  wanted = g_format_size_full (MIN (need, MOST_BYTES), G_FORMAT_SIZE_IEC_UNITS);
  there = g_format_size_full (available, G_FORMAT_SIZE_IEC_UNITS);
  g_set_error (error, LAB_ERROR, LAB_ERROR_SIZE,
               _("this needs %s of memory and %s are free: choose a smaller %s"), wanted, there,
               smaller);
  return FALSE;
}

/* Whether there is memory for the whole job on one worker. */
static gboolean
check_job (const LabSpec *spec, GError **error)
{
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  double worker = lab_plan_worker_memory (spec), stored = lab_plan_stored_memory (plan, spec);
  const char *smaller = lab_spec_work (spec)->smaller;

  return lab_check_memory (worker + stored, worker > stored ? smaller : "seeds, points or to",
                           error);
}

gboolean
lab_spec_check_values (const LabSpec *self, LabKey *key, GError **error)
{
  LabKey blamed = LAB_N_KEYS;
  const LabExperiment *work = lab_spec_work (self);
  gboolean good = work->check == NULL || work->check (self, &blamed, error);

  if (key != NULL)
    *key = blamed;
  return good;
}

gboolean
lab_spec_check (const LabSpec *self, LabKey *key, GError **error)
{
  if (!lab_spec_check_values (self, key, error))
    return FALSE;
  if (key != NULL)
    *key = lab_spec_work (self)->largest;
  return check_job (self, error);
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

/* Which parameter is to blame where inputs of two scales do not allow the target. */
static LabKey
blame_two_scales (const NtkInputs *inputs, int dim)
{
  if (inputs->slow_dims > dim)
    return LAB_SLOW_DIMS;
  return inputs->fast_power > 0 && inputs->slow_dims == dim ? LAB_FAST_POWER : LAB_SLOW_POWER;
}

static LabKey
blame (const char *target, const NtkInputs *inputs, int dim)
{
  return inputs->kind == NTK_INPUTS_TWO_SCALE && strcmp (target, "linear") == 0
           ? blame_two_scales (inputs, dim)
           : LAB_TARGET;
}

gboolean
lab_check_target (const LabSpec *spec, LabKey *blamed, GError **error)
{
  const char *target = lab_spec_choice_name (spec, LAB_TARGET);
  NtkInputs inputs;

  lab_spec_inputs (spec, &inputs);
  for (guint i = 0; i < lab_spec_n_panels (spec); i++)
    {
      int dim = lab_spec_value (spec, LAB_DIM).integers.item[i];
      g_autoptr (GError) cause = NULL;

      if (ntk_target_check (target, &inputs, dim, &cause))
        continue;
      *blamed = blame (target, &inputs, dim);
      g_set_error_literal (error, LAB_ERROR, LAB_ERROR_CONTRADICTION, cause->message);
      return FALSE;
    }
  return TRUE;
}
