#include "ntk-architecture.h"

int
ntk_linear_inputs (const NtkArchitecture *arch, int width)
{
  return MIN (width, arch->dim);
}

double
ntk_parameter_count (const NtkArchitecture *arch, int width)
{
  const double m = width, D = arch->dim, L = arch->depth;
  const double bias = arch->sigma_b2 > 0 ? 1 : 0;

  if (arch->model == NTK_MODEL_LINEAR)
    return ntk_linear_inputs (arch, width);
  if (arch->model == NTK_MODEL_RANDOM_FEATURES)
    return m;
  return m * (D + bias) + (L - 1) * m * (m + bias) + m;
}

double
ntk_rank_bound (const NtkArchitecture *arch, int width)
{
  double bound;

  if (arch->model == NTK_MODEL_LINEAR)
    return ntk_linear_inputs (arch, width);
  if (!(arch->sigma_v2 > 0))
    return 0;
  bound = ntk_parameter_count (arch, width);
  /* phi(c h) = c phi(h): scaling what enters a unit and what leaves it undo each other, one
   * relation among the derivatives per unit. */
  if (arch->model == NTK_MODEL_LINEARISED && arch->activation.type->homogeneous)
    bound -= (double) width * arch->depth;
  /* In one dimension the sphere has two points. */
  return arch->dim == 1 ? MIN (bound, 2) : bound;
}
