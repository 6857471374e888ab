#include "fixture.h"

#include <cblas.h>

enum
{
  DIM = 6,
  POINTS = 24
};

static double
norm (const double *x)
{
  return cblas_dnrm2 (DIM, x, 1);
}

/* Two points on the sphere and one elsewhere. */
static void
draw (double *points)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (2, 0);

  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, DIM, 3, points);
  cblas_dscal (DIM, 1.7, points + 2 * DIM, 1);
}

static double
cosine (const double *a, const double *b)
{
  return cblas_ddot (DIM, a, 1, b, 1) / norm (a) / norm (b);
}

/* On the sphere, in the plane of a and b, at equal distances, and through a. */
static void
test_sphere (void)
{
  double points[3 * DIM], X[POINTS * DIM], angle[POINTS], distance[POINTS], angle_b;
  const double *a = points, *b = points + DIM;

  draw (points);
  g_assert_true (ntk_great_circle (a, b, DIM, POINTS, X, &angle_b, NULL));
  assert_abs (cos (angle_b), cosine (a, b), 1e-14, "angle of b");
  g_assert_true (angle_b > 0 && angle_b < G_PI);
  for (int j = 0; j < POINTS; j++)
    {
      const double phi = -G_PI + 2 * G_PI * j / POINTS;

      assert_rel (norm (X + j * DIM), sqrt (DIM), 1e-14, "radius of point %d", j);
      assert_abs (cosine (X + j * DIM, a), cos (phi), 1e-14, "angle to a of point %d", j);
      assert_abs (cosine (X + j * DIM, b), cos (phi - angle_b), 1e-14, "angle to b of point %d", j);
    }
  for (int d = 0; d < DIM; d++)
    assert_abs (X[POINTS / 2 * DIM + d], a[d], 1e-14, "a");
  g_assert_true (ntk_circle_distance (a, b, DIM, X, POINTS, angle, distance, NULL));
  for (int j = 0; j < POINTS; j++)
    {
      assert_abs (remainder (angle[j] + G_PI - 2 * G_PI * j / POINTS, 2 * G_PI), 0, 1e-14,
                  "angle of point %d", j);
      assert_abs (distance[j], 0, 1e-14, "distance of point %d", j);
    }
}

/* Points at different radii: the curve passes through both, and stays between the radii. */
static void
test_radii (void)
{
  enum
  {
    MANY = 100000
  };
  g_autofree double *X = g_new (double, MANY *DIM);
  double points[3 * DIM], angle_b, nearest = INFINITY, jump = 0;
  const double *a = points, *b = points + 2 * DIM;

  draw (points);
  g_assert_true (ntk_great_circle (a, b, DIM, MANY, X, &angle_b, NULL));
  for (int d = 0; d < DIM; d++)
    assert_abs (X[MANY / 2 * DIM + d], a[d], 1e-13, "a");
  for (int j = 0; j < MANY; j++)
    {
      const double *x = X + j * DIM, *next = X + (j + 1) % MANY * DIM;
      double to_b = 0, step = 0;

      for (int d = 0; d < DIM; d++)
        {
          to_b += (x[d] - b[d]) * (x[d] - b[d]);
          step += (x[d] - next[d]) * (x[d] - next[d]);
        }
      nearest = MIN (nearest, sqrt (to_b));
      jump = MAX (jump, sqrt (step));
      g_assert_cmpfloat (norm (x), >=, norm (a) * (1 - 1e-12));
      g_assert_cmpfloat (norm (x), <=, norm (b) * (1 + 1e-12));
    }
  g_assert_cmpfloat (nearest, <, 4 * G_PI * norm (b) / MANY);
  g_assert_cmpfloat (jump, <, 4 * G_PI * norm (b) / MANY);
}

/* a, b, their mirror images, what is across the plane, and half between. */
static void
test_distance (void)
{
  double a[DIM] = { 2 }, b[DIM] = { 1, 1 }, X[6 * DIM] = { 0 }, angle[6], distance[6];

  X[0 * DIM] = 3;
  X[1 * DIM] = X[1 * DIM + 1] = 0.5;
  X[2 * DIM + 1] = -4;
  X[3 * DIM + 4] = 1;
  X[4 * DIM] = X[4 * DIM + 5] = 1;
  g_assert_true (ntk_circle_distance (a, b, DIM, X, 6, angle, distance, NULL));
  assert_abs (angle[0], 0, 1e-15, "along a");
  assert_abs (angle[1], G_PI_4, 1e-15, "along b");
  assert_abs (angle[2], -G_PI_2, 1e-15, "below");
  assert_abs (distance[0] + distance[1] + distance[2], 0, 1e-15, "in the plane");
  assert_abs (distance[3], G_PI_2, 1e-15, "across");
  assert_abs (angle[4], 0, 1e-15, "half across");
  assert_abs (distance[4], G_PI_4, 1e-15, "half across");
  assert_abs (distance[5], 0, 1e-15, "the origin");
}

static void
test_parallel (void)
{
  double a[DIM] = { 1, 2, 3 }, b[DIM] = { -2, -4, -6 }, zero[DIM] = { 0 }, X[DIM], angle, distance;
  const double *pairs[][2] = { { a, b }, { a, a }, { a, zero }, { zero, a } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ntk_great_circle (pairs[i][0], pairs[i][1], DIM, 1, X, NULL, &error));
      g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
      g_clear_error (&error);
      g_assert_false (
        ntk_circle_distance (pairs[i][0], pairs[i][1], DIM, a, 1, &angle, &distance, &error));
      g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
    }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/circle/sphere", test_sphere);
  g_test_add_func ("/ntk/circle/radii", test_radii);
  g_test_add_func ("/ntk/circle/distance", test_distance);
  g_test_add_func ("/ntk/circle/parallel", test_parallel);
  return g_test_run ();
}
