/* Kernels of infinitely wide networks between points that are equal, near, opposite or far apart. */

#include "fuzz.h"

#include <math.h>
#include <string.h>

#define MOST_POINTS 4
/* Smooth activations have no closed form, and each layer's variances take a while. */
#define MOST_LAYERS 3
#define MOST_DIM 5
#define LARGEST 1e6
/* Squares of smaller numbers are 0. */
#define SMALLEST 1e-100
/* Of the product of two norms: what rounding in a deep network may add. */
#define ROUNDING 1e-9

static const LabKey keys[] = { LAB_ACTIVATION, LAB_LEAK, LAB_SIGMA_W2, LAB_SIGMA_B2, LAB_SIGMA_V2 };

static LabSpec *
draw_spec (FuzzBytes *bytes)
{
  LabSpec *spec = lab_spec_new_named ("double-descent", NULL);
  LabValue depth;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = fuzz_value (bytes, spec, keys[i]);
      g_autoptr (GError) error = NULL;
      const gboolean taken = lab_spec_parse (spec, keys[i], value, &error);

      fuzz_check_outcome (taken, error);
    }
  depth.integer = 1 + fuzz_below (bytes, MOST_LAYERS);
  lab_spec_set (spec, LAB_DEPTH, depth, NULL);
  return spec;
}

static double
draw_coordinate (FuzzBytes *bytes)
{
  const double x = fuzz_finite (bytes, LARGEST);

  return fabs (x) < SMALLEST ? 0 : x;
}

/* Any, or made from the one before. */
static void
draw_point (FuzzBytes *bytes, int dim, double *x, const double *before)
{
  const guint relation = before != NULL ? fuzz_below (bytes, 6) : 0;
  const double step = pow (10, -18 * fuzz_unit (bytes));

  for (int i = 0; i < dim; i++)
    switch (relation)
      {
      case 1: x[i] = before[i]; break;
      case 2: x[i] = -before[i]; break;
      case 3: x[i] = before[i] * (1 + step); break;
      case 4: x[i] = before[i] + (i == 0 ? step : 0); break;
      case 5: x[i] = 0; break;
      default: x[i] = draw_coordinate (bytes); break;
      }
}

static gboolean
is_equal (const double *points, int dim, int i, int j)
{
  return memcmp (points + i * dim, points + j * dim, dim * sizeof (double)) == 0;
}

static void
check_kernel (const double *K, const double *points, int dim, int n)
{
  for (int i = 0; i < n; i++)
    {
      g_assert_true (isfinite (K[i * n + i]));
      g_assert_cmpfloat (K[i * n + i], >=, 0);
    }
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++)
      {
        const double a = K[i * n + i], b = K[j * n + j], r = K[i * n + j];

        g_assert_true (isfinite (r));
        g_assert_true (r == K[j * n + i]);
        g_assert_cmpfloat (fabs (r), <=, sqrt (a) * sqrt (b) * (1 + ROUNDING) + G_MINDOUBLE);
        if (is_equal (points, dim, i, j))
          g_assert_cmpfloat (fabs (r - a), <=, ROUNDING * a);
      }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  FuzzBytes bytes = { data, size };
  g_autoptr (LabSpec) spec = draw_spec (&bytes);
  const LabKernelKind kind = fuzz_below (&bytes, 2) ? LAB_KERNEL_NNGP : LAB_KERNEL_NTK;
  const int dim = 1 + fuzz_below (&bytes, MOST_DIM), n = 1 + fuzz_below (&bytes, MOST_POINTS);
  double points[MOST_POINTS * MOST_DIM];
  g_autoptr (GError) error = NULL;
  g_autofree double *K = NULL;

  for (int i = 0; i < n; i++)
    draw_point (&bytes, dim, points + i * dim, i > 0 ? points + (i - 1) * dim : NULL);
  K = lab_kernel_compute (spec, kind, dim, points, n, NULL, 0, 1, &error);
  fuzz_check_outcome (K != NULL, error);
  if (K != NULL)
    check_kernel (K, points, dim, n);
  return 0;
}
