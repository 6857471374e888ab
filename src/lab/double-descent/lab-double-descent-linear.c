/* Theory of the linear model: what it sees, and its error at the end and in time. */

#include "lab-double-descent.h"

#include <math.h>

#include "lab-spec-ntk.h"

/* The coordinates that a linear model sees, fast ones first, and the power in the others. */
static guint
linear_groups (const LabSpec *spec, double width, NtkLinearGroup groups[2], double *missing)
{
  double dim = lab_spec_integer (spec, LAB_DIM), seen = MIN (width, dim);
  double scale = lab_spec_real (spec, LAB_SLOW_SCALE), fast, slow_seen;
  NtkInputs inputs;

  lab_spec_inputs (spec, &inputs);
  if (inputs.kind != NTK_INPUTS_TWO_SCALE)
    {
      groups[0] = (NtkLinearGroup){ 1 / dim, seen, seen / dim };
      *missing = 1 - seen / dim;
      return 1;
    }
  fast = dim - inputs.slow_dims;
  slow_seen = MAX (0, seen - fast);
  groups[0] = (NtkLinearGroup){ 1 / dim, MIN (seen, fast),
                                fast > 0 ? inputs.fast_power * MIN (seen, fast) / fast : 0 };
  groups[1] = (NtkLinearGroup){ scale * scale / dim, slow_seen,
                                inputs.slow_dims > 0
                                  ? inputs.slow_power * slow_seen / inputs.slow_dims
                                  : 0 };
  *missing = MAX (0, inputs.fast_power + inputs.slow_power - (groups[0].power + groups[1].power));
  if (groups[0].count == 0)
    {
      groups[0] = groups[1];
      return 1;
    }
  return slow_seen > 0 && scale > 0 ? 2 : 1;
}

double
lab_descent_unseen (const LabSpec *spec, double x)
{
  NtkLinearGroup groups[2];
  double missing;

  linear_groups (spec, lab_descent_width_at (spec, x), groups, &missing);
  return missing;
}

/* Minimum norm with Gaussian inputs is known exactly, between whole numbers by the same formula. */
gboolean
lab_descent_linear_end (const LabSpec *spec, double x, NtkErrorParts *at, GError **error)
{
  double width = lab_descent_width_at (spec, x), n = lab_descent_samples_at (spec, x), missing;
  int dim = lab_spec_integer (spec, LAB_DIM), p = MIN (round (width), dim);
  NtkLinearGroup groups[2];
  guint n_groups = linear_groups (spec, width, groups, &missing);

  if (lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_GAUSSIAN && lab_descent_ridge_at (spec, x) == 0)
    return ntk_linear_min_norm (dim, MAX (p, 1), MAX (round (n), 1), at, error);
  return ntk_linear_ridge (groups, n_groups, missing, n, lab_descent_ridge_at (spec, x), at, error);
}

gboolean
lab_descent_linear_flow (const LabSpec *spec, double x, const double *times, int n_times,
                         NtkErrorParts *at, GError **error)
{
  double missing;
  NtkLinearGroup groups[2];
  guint n_groups = linear_groups (spec, lab_descent_width_at (spec, x), groups, &missing);
  g_autofree NtkMeanFieldPieces *pieces = g_new (NtkMeanFieldPieces, n_times);

  if (!ntk_linear_flow (groups, n_groups, missing, lab_descent_samples_at (spec, x),
                        lab_descent_ridge_at (spec, x), times, n_times, pieces, error))
    return FALSE;
  for (int i = 0; i < n_times; i++)
    at[i] = (NtkErrorParts){ .B = pieces[i].B, .V = pieces[i].V, .init = pieces[i].init };
  return TRUE;
}
