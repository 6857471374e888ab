#include "assert.h"
#include "fixture.h"

enum
{
  DIM = 3,
  TRAIN = 3,
  POINTS = 6,
  DRAWS = 4000
};

static void
fill_points (double *X)
{
  for (int i = 0; i < POINTS * DIM; i++)
    X[i] = sin (1.7 * i + 0.3);
}

static void
draw (const NtkArchitecture *arch, const double *X, int n, int n_points, guint32 replicate,
      double *f)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, replicate);
  g_autoptr (GError) error = NULL;

  g_assert_true (ntk_prior_draw (arch, X, n, n_points, streams, f, &error));
  g_assert_no_error (error);
}

/* The second moments of many draws are the NNGP, within five standard errors. */
static void
test_law (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  double X[POINTS * DIM], kernel[POINTS * POINTS], nngp[POINTS * POINTS], f[POINTS];
  double sum[POINTS * POINTS] = { 0 };

  arch.sigma_b2 = 0.5;
  arch.sigma_v2 = 1.7;
  fill_points (X);
  g_assert_true (ntk_infinite_kernel (&arch, X, POINTS, POINTS, kernel, nngp, NULL, NULL));
  for (int s = 0; s < DRAWS; s++)
    {
      draw (&arch, X, TRAIN, POINTS, s, f);
      for (int i = 0; i < POINTS * POINTS; i++)
        sum[i] += f[i % POINTS] * f[i / POINTS];
    }
  for (int i = 0; i < POINTS; i++)
    for (int j = 0; j < POINTS; j++)
      {
        double want = nngp[j * POINTS + i];
        double variance = nngp[i * POINTS + i] * nngp[j * POINTS + j] + want * want;

        assert_abs (sum[j * POINTS + i] / DRAWS, want, 5 * sqrt (variance / DRAWS),
                    "covariance of points %d and %d", i, j);
      }
}

/* Another training point leaves f_0 where it was. */
static void
test_extends (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  double X[POINTS * DIM], shorter[(POINTS - 1) * DIM], all[POINTS], some[POINTS - 1];

  fill_points (X);
  memcpy (shorter, X, (TRAIN - 1) * DIM * sizeof (double));
  memcpy (shorter + (TRAIN - 1) * DIM, X + TRAIN * DIM, (POINTS - TRAIN) * DIM * sizeof (double));
  draw (&arch, X, TRAIN, POINTS, 0, all);
  draw (&arch, shorter, TRAIN - 1, POINTS - 1, 0, some);
  for (int i = 0; i < POINTS - 1; i++)
    assert_rel (some[i], all[i < TRAIN - 1 ? i : i + 1], 1e-12, "f_0 at point %d", i);
}

/* A repeated point makes the law singular; f_0 is the same there up to the noise added. */
static void
test_singular (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "erf", DIM);
  double X[POINTS * DIM], f[POINTS];

  fill_points (X);
  memcpy (X + (POINTS - 1) * DIM, X, DIM * sizeof (double));
  draw (&arch, X, TRAIN, POINTS, 0, f);
  assert_abs (f[POINTS - 1], f[0], 1e-4, "f_0 at a repeated point");
  g_assert_cmpfloat (fabs (f[0]), >, 1e-3);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/ntk/prior/law", test_law);
  g_test_add_func ("/ntk/prior/extends", test_extends);
  g_test_add_func ("/ntk/prior/singular", test_singular);
  return g_test_run ();
}
