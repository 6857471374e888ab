#include "ntk-shallow.h"

#include <math.h>

/* How a sweep predicts, and what it takes. */

/* Products with a few columns run at this fraction of DGEMM's speed on large matrices. */
#define NARROW 0.25

gboolean
ntk_sweep_defers (const NtkArchitecture *arch, int n)
{
  return arch->model != NTK_MODEL_LINEAR && arch->depth == 1
         && (arch->model == NTK_MODEL_RANDOM_FEATURES || 5 * arch->dim <= n);
}

/* Elsewhere predictions go through the kernel between test and training points, which random
 * features never need. */
static gboolean
forms_test_rows (const NtkArchitecture *arch, int n)
{
  return arch->model == NTK_MODEL_LINEARISED && !ntk_sweep_defers (arch, n);
}

double
ntk_sweep_flops (const NtkArchitecture *arch, int width, int n, int n_points)
{
  const double m = width, N = n_points, L = arch->depth;
  const double forward = 2 * N * m * arch->dim + (L - 1) * 2 * N * m * m;
  const double p = ntk_linear_inputs (arch, width);
  /* Of the training block the lower triangle. */
  const double entries = n * ((forms_test_rows (arch, n) ? N : n) - n / 2.0);
  const double gram = 2 * entries * m;

  if (arch->model == NTK_MODEL_LINEAR)
    return 2 * entries * p + 2 * N * p / NARROW;
  if (arch->model == NTK_MODEL_RANDOM_FEATURES)
    return forward + gram;
  /* Backwards through the L - 1 square layers; one Gram matrix of the readout, two a layer
   * (activations and B_l), the input's in the first. */
  return forward + (L - 1) * 2 * N * m * m + 2 * L * gram + (L > 1 ? 2 * entries * arch->dim : 0);
}

double
ntk_predict_flops (const NtkArchitecture *arch, int width, int n, int n_points, int k)
{
  const double m = width, n_test = n_points - n;

  if (forms_test_rows (arch, n))
    return 2 * n_test * n * k / NARROW;
  if (arch->model == NTK_MODEL_LINEAR)
    return 2.0 * n_points * ntk_linear_inputs (arch, width) * k / NARROW;
  if (arch->model == NTK_MODEL_RANDOM_FEATURES)
    return 2 * n_points * m * k / NARROW;
  return 2 * n_points * m * k * (arch->dim + 1);
}

static double
memory (const NtkArchitecture *arch, int max_width, int n, int n_points, gboolean tall)
{
  const double m = max_width, L = arch->depth;
  const gboolean linearised = arch->model == NTK_MODEL_LINEARISED;
  const gboolean defers = !tall && ntk_sweep_defers (arch, n);
  const double rows = defers ? n : n_points;
  const double kernel_rows = tall || forms_test_rows (arch, n) ? n_points : n;
  const double columns = L == 1 ? MIN (NTK_BLOCK, m) : m;
  double count = (linearised ? 2.0 : 1.0) * n * kernel_rows
                 + L * (linearised ? 2 : 1) * rows * columns + m * arch->dim + (L - 1) * m * m;

  if (arch->model == NTK_MODEL_LINEAR)
    /* Kernel, f_0, theta, and the coefficients of three right-hand sides. */
    return sizeof (double) * (n * kernel_rows + 2.0 * n_points + 4 * m);
  if (linearised)
    count += L == 1 ? n * columns : 2 * rows * m;
  if (defers)
    count += NTK_SHALLOW_COLUMNS * (n + m + NTK_BLOCK) + 2 * (n + NTK_BLOCK) * columns;
  return sizeof (double) * count;
}

double
ntk_sweep_memory (const NtkArchitecture *arch, int max_width, int n, int n_points)
{
  return memory (arch, max_width, n, n_points, FALSE);
}

double
ntk_sweep_memory_tall (const NtkArchitecture *arch, int max_width, int n, int n_points)
{
  return memory (arch, max_width, n, n_points, TRUE);
}
