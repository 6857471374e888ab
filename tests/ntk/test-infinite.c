#include "fixture.h"

#include <lapacke.h>

/* ReLU with the defaults on the sphere: NNGP (x, x) = 1, NTK (x, x) = L + 1, to rounding. */
static void
test_diagonal (void)
{
  enum
  {
    DIM = 7,
    TRAIN = 5,
    POINTS = 9
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 0);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  double kernel[TRAIN * POINTS], nngp[TRAIN * POINTS], diag[POINTS];
  g_autoptr (GError) error = NULL;

  for (arch.depth = 1; arch.depth <= 10; arch.depth++)
    {
      g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, kernel, nngp, diag, &error));
      for (int j = 0; j < TRAIN; j++)
        {
          assert_rel (nngp[j * POINTS + j], 1, 1e-13, "NNGP diagonal, depth %d", arch.depth);
          assert_rel (kernel[j * POINTS + j], arch.depth + 1, 1e-13, "NTK diagonal, depth %d",
                      arch.depth);
        }
      for (int i = 0; i < POINTS; i++)
        assert_rel (diag[i], 1, 1e-13, "variance of f_0, depth %d", arch.depth);
    }
}

/* Equation by equation for one pair of points off the sphere. */
static void
recursion_by_hand (const NtkArchitecture *arch, const double *x, const double *y, double *nngp,
                   double *ntk)
{
  double p = 0, q = 0, r = 0, t, k = 0, kdot = 0;

  for (int d = 0; d < arch->dim; d++)
    {
      p += arch->sigma_w2 * x[d] * x[d] / arch->dim;
      q += arch->sigma_w2 * y[d] * y[d] / arch->dim;
      r += arch->sigma_w2 * x[d] * y[d] / arch->dim;
    }
  p += arch->sigma_b2;
  q += arch->sigma_b2;
  t = r += arch->sigma_b2;
  for (int layer = 1;; layer++)
    {
      double kp, kq;

      arch->activation.type->dual (&arch->activation, 1, &p, &q, &r, &k, &kdot);
      arch->activation.type->dual (&arch->activation, 1, &p, &p, &p, &kp, NULL);
      arch->activation.type->dual (&arch->activation, 1, &q, &q, &q, &kq, NULL);
      if (layer == arch->depth)
        break;
      p = arch->sigma_w2 * kp + arch->sigma_b2;
      q = arch->sigma_w2 * kq + arch->sigma_b2;
      r = arch->sigma_w2 * k + arch->sigma_b2;
      t = r + arch->sigma_w2 * kdot * t;
    }
  *nngp = arch->sigma_v2 * k;
  *ntk = arch->sigma_v2 * (k + kdot * t);
}

static void
test_recursion (void)
{
  enum
  {
    DIM = 4,
    TRAIN = 3,
    POINTS = 8
  };
  const char *const names[] = { "relu", "leaky-relu", "abs", "erf" };
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 1);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  double kernel[TRAIN * POINTS], nngp[TRAIN * POINTS], alone[TRAIN * POINTS], diag[POINTS];
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < DIM * POINTS; i++)
    X[i] *= 1 + 0.05 * (i / DIM);
  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    for (int depth = 1; depth <= 3; depth++)
      {
        NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, names[a], DIM);

        arch.depth = depth;
        arch.sigma_b2 = 0.3;
        arch.sigma_v2 = 1.4;
        g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, kernel, nngp, diag, &error));
        g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, alone, NULL, NULL, &error));
        g_assert_cmpmem (alone, sizeof alone, kernel, sizeof kernel);
        for (int j = 0; j < TRAIN; j++)
          for (int i = 0; i < POINTS; i++)
            {
              double want_nngp, want_ntk;

              recursion_by_hand (&arch, X + i * DIM, X + j * DIM, &want_nngp, &want_ntk);
              assert_abs (nngp[j * POINTS + i], want_nngp, 1e-13, "NNGP of %s, depth %d", names[a],
                          depth);
              assert_abs (kernel[j * POINTS + i], want_ntk, 1e-7 * (i == j) + 1e-12,
                          "NTK of %s, depth %d", names[a], depth);
              if (i == j)
                g_assert_cmpfloat (diag[i], ==, nngp[j * POINTS + i]);
            }
      }
}

/* A repeated and an opposite point; the kernel stays positive semidefinite. */
static void
test_repeated (void)
{
  enum
  {
    DIM = 5,
    POINTS = 12
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 2);
  g_autofree double *X = fixture_inputs (streams, DIM, POINTS, POINTS);
  double kernel[POINTS * POINTS], values[POINTS];
  g_autoptr (GError) error = NULL;

  arch.depth = 3;
  memcpy (X + 4 * DIM, X, DIM * sizeof (double));
  for (int d = 0; d < DIM; d++)
    X[5 * DIM + d] = -X[d];
  g_assert_true (ntk_infinite_kernel (&arch, X, POINTS, POINTS, kernel, NULL, NULL, &error));
  assert_rel (kernel[4], arch.depth + 1, 1e-13, "repeated point");
  for (int i = 0; i < POINTS; i++)
    assert_rel (kernel[4 * POINTS + i], kernel[i], 1e-13, "row of the repeated point");
  g_assert_cmpint (LAPACKE_dsyev (LAPACK_COL_MAJOR, 'N', 'L', POINTS, kernel, POINTS, values), ==,
                   0);
  g_assert_cmpfloat (values[0], >, -1e-12);
}

/* Random features with a homogeneous activation and no bias do not feel where the rows lie. */
static void
test_features_homogeneous (void)
{
  enum
  {
    DIM = 5,
    TRAIN = 4,
    POINTS = 7
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 3);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  double kernel[TRAIN * POINTS], nngp[TRAIN * POINTS], features[TRAIN * POINTS],
    copy[TRAIN * POINTS];
  g_autoptr (GError) error = NULL;

  arch.depth = 2;
  g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, kernel, nngp, NULL, &error));
  arch.model = NTK_MODEL_RANDOM_FEATURES;
  g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, features, copy, NULL, &error));
  g_assert_cmpmem (features, sizeof features, nngp, sizeof nngp);
  g_assert_cmpmem (copy, sizeof copy, nngp, sizeof nngp);
}

/* In high dimension the sphere's rows become Gaussian ones. */
static void
test_features_high_dimension (void)
{
  enum
  {
    TRAIN = 3,
    POINTS = 5
  };
  double last = 1;

  for (int dim = 10; dim <= 4000; dim *= 20)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "erf", dim);
      g_autoptr (NtkStreams) streams = ntk_streams_new (6, 4);
      g_autofree double *X = fixture_inputs (streams, dim, TRAIN, POINTS);
      double kernel[TRAIN * POINTS], nngp[TRAIN * POINTS], features[TRAIN * POINTS], diag[POINTS];
      g_autoptr (GError) error = NULL;
      double distance;

      arch.sigma_b2 = 0.5;
      g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, kernel, nngp, NULL, &error));
      arch.model = NTK_MODEL_RANDOM_FEATURES;
      g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, features, NULL, diag, &error));
      g_assert_no_error (error);
      assert_rel (diag[0], features[0], 1e-12, "variance of f_0");
      distance = relative_distance (features, nngp, TRAIN * POINTS);
      g_assert_cmpfloat (distance, <, 0.2 * last);
      g_assert_cmpfloat (distance, <, 1.0 / dim);
      last = distance;
    }
}

static void
test_off_the_sphere (void)
{
  const double X[4] = { 1, 0.5, -1, 1 };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "erf", 2);
  double kernel[4];
  g_autoptr (GError) error = NULL;

  g_assert_false (ntk_infinite_kernel (&arch, X, 2, 2, kernel, NULL, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

static void
test_overflow (void)
{
  const double X[4] = { 1, 1, -1, 1 };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 2);
  double kernel[4];
  g_autoptr (GError) error = NULL;

  arch.depth = 10;
  arch.sigma_w2 = 1e60;
  g_assert_false (ntk_infinite_kernel (&arch, X, 2, 2, kernel, NULL, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/infinite/diagonal", test_diagonal);
  g_test_add_func ("/ntk/infinite/recursion", test_recursion);
  g_test_add_func ("/ntk/infinite/repeated", test_repeated);
  g_test_add_func ("/ntk/infinite/features-homogeneous", test_features_homogeneous);
  g_test_add_func ("/ntk/infinite/features-high-dimension", test_features_high_dimension);
  g_test_add_func ("/ntk/infinite/off-the-sphere", test_off_the_sphere);
  g_test_add_func ("/ntk/infinite/overflow", test_overflow);
  return g_test_run ();
}
