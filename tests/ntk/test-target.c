#include "fixture.h"

#include <gsl/gsl_sf_bessel.h>

static const char *const names[] = { "linear", "quadratic", "mixed", "cosine", "teacher",
                                     "published" };

/* Power and mean of every target but `published` are 1 and 0. */
static gboolean
is_unit (const char *name)
{
  return strcmp (name, "published") != 0;
}

static double
mean_of (const char *name)
{
  return is_unit (name) ? 0 : 1;
}

static double
power_of (const char *name, int dim)
{
  return is_unit (name) ? 1 : 1 + 2 * (dim - 1.0) / (dim + 2.0);
}

static void
test_table (void)
{
  guint n_types;
  const NtkTargetType *types = ntk_target_types (&n_types);

  g_assert_cmpuint (n_types, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < n_types; i++)
    g_assert_cmpstr (types[i].name, ==, names[i]);
}

static void
test_inputs (void)
{
  for (int dim = 1; dim <= 50; dim += 7)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
      g_autofree double *X = fixture_inputs (streams, dim, 5, 9);
      g_autofree double *longer = fixture_inputs (streams, dim, 12, 12);

      for (int i = 0; i < 9; i++)
        {
          double square = 0;

          for (int d = 0; d < dim; d++)
            square += X[i * dim + d] * X[i * dim + d];
          assert_rel (square, dim, 1e-14, "norm of point %d", i);
        }
      g_assert_cmpmem (X, 5 * dim * sizeof (double), longer, 5 * dim * sizeof (double));
      g_assert_cmpfloat (X[5 * dim], !=, longer[5 * dim] + (dim == 1 ? 10 : 0));
    }
}

/* Mean square over the sphere is 1; the mean is 0. For the linear and the quadratic target the
 * average of the square over the sphere is checked through its exact value in the draw. */
static void
test_power (void)
{
  enum
  {
    POINTS = 40000
  };
  const int dims[] = { 2, 3, 10, 40 };

  for (guint d = 0; d < G_N_ELEMENTS (dims); d++)
    for (guint t = 0; t < G_N_ELEMENTS (names); t++)
      {
        g_autoptr (NtkStreams) streams = ntk_streams_new (3, d);
        g_autofree double *X = fixture_inputs (streams, dims[d], POINTS, POINTS);
        g_autofree double *y = g_new (double, POINTS);
        g_autoptr (GError) error = NULL;
        g_autoptr (NtkTarget) target = ntk_target_new (names[t], dims[d], streams, &error);
        Average mean = { 0 }, square = { 0 };

        g_assert_no_error (error);
        ntk_target_eval (target, X, POINTS, y);
        for (int i = 0; i < POINTS; i++)
          {
            average_add (&mean, y[i]);
            average_add (&square, y[i] * y[i]);
          }
        assert_abs (average_mean (&mean), mean_of (names[t]), 4 * average_error (&mean), "mean of %s, D = %d",
                    names[t], dims[d]);
        assert_abs (average_mean (&square), power_of (names[t], dims[d]),
                    4 * average_error (&square), "power of %s, D = %d", names[t], dims[d]);
      }
}

/* In two dimensions the sphere is a circle: equidistant points integrate exactly. */
static void
test_power_on_circle (void)
{
  enum
  {
    POINTS = 256
  };

  for (guint t = 0; t < G_N_ELEMENTS (names); t++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (3, 9);
      g_autoptr (NtkTarget) target = ntk_target_new (names[t], 2, streams, NULL);
      double X[2 * POINTS], y[POINTS], mean = 0, square = 0, tolerance;

      for (int i = 0; i < POINTS; i++)
        {
          X[2 * i] = sqrt (2) * cos (2 * G_PI * i / POINTS);
          X[2 * i + 1] = sqrt (2) * sin (2 * G_PI * i / POINTS);
        }
      ntk_target_eval (target, X, POINTS, y);
      for (int i = 0; i < POINTS; i++)
        {
          mean += y[i] / POINTS;
          square += y[i] * y[i] / POINTS;
        }
      /* Kinks leave the error of the trapezoidal rule. */
      tolerance = strcmp (names[t], "teacher") == 0 ? 1e-3 : 1e-13;
      assert_abs (mean, mean_of (names[t]), tolerance, "mean of %s", names[t]);
      assert_abs (square, power_of (names[t], 2), tolerance, "power of %s", names[t]);
    }
}

/* Mixed is made of the same draws as linear and quadratic. */
static void
test_mixed (void)
{
  enum
  {
    DIM = 6,
    POINTS = 10
  };
  g_autoptr (NtkStreams) streams = ntk_streams_new (3, 9);
  g_autofree double *X = fixture_inputs (streams, DIM, POINTS, POINTS);
  double y[3][POINTS];

  for (int t = 0; t < 3; t++)
    {
      g_autoptr (NtkTarget) target = ntk_target_new (names[t], DIM, streams, NULL);

      ntk_target_eval (target, X, POINTS, y[t]);
    }
  for (int i = 0; i < POINTS; i++)
    assert_abs (y[2][i], (y[0][i] + y[1][i]) / sqrt (2), 1e-14, "point %d", i);
}

static void
test_degrees (void)
{
  enum
  {
    DEGREE = 40
  };
  double power[DEGREE + 1];

  for (guint t = 0; t < G_N_ELEMENTS (names); t++)
    for (int dim = 2; dim <= 50; dim += 8)
      {
        /* A kink leaves about k^{-3/2} above degree k in high dimension. */
        const double tolerance = strcmp (names[t], "teacher") == 0 ? 1e-3 : 1e-12;
        double sum = 0;

        g_assert_true (ntk_target_power (names[t], dim, DEGREE, power, NULL));
        for (int k = 0; k <= DEGREE; k++)
          {
            g_assert_cmpfloat (power[k], >=, 0);
            sum += power[k];
          }
        assert_abs (sum, power_of (names[t], dim), tolerance, "power of %s, D = %d", names[t], dim);
        assert_abs (power[0], mean_of (names[t]), 0, "mean of %s", names[t]);
      }
  g_assert_true (ntk_target_power ("mixed", 5, 1, power, NULL));
  assert_abs (power[1], 0.5, 0, "mixed, cut at degree 1");
  /* On the circle cos (2 sqrt 2 cos psi) = J_0 + 2 sum_k (-1)^k J_2k cos (2 k psi): powers of
   * degree 2k are 2 J_2k (2 sqrt 2)^2 over their sum. */
  g_assert_true (ntk_target_power ("cosine", 2, DEGREE, power, NULL));
  {
    double bessel[20], sum = 0;

    for (int k = 1; k < 20; k++)
      {
        bessel[k] = 2 * pow (jn (2 * k, 2 * sqrt (2)), 2);
        sum += bessel[k];
      }
    for (int k = 1; k < 20; k++)
      assert_abs (power[2 * k], bessel[k] / sum, 1e-13, "cosine on the circle, degree %d", 2 * k);
  }
}

/* To the last degree in any dimension: what is below rounding in a projection is many times more in
 * all directions of a degree. */
static void
test_high_degrees (void)
{
  const int dims[] = { 3, 10, 20, 30, 60, 784 };
  g_autofree double *power = g_new (double, NTK_MAX_DEGREE + 1);

  for (guint t = 0; t < G_N_ELEMENTS (names); t++)
    for (guint d = 0; d < G_N_ELEMENTS (dims); d++)
      {
        const double tolerance = strcmp (names[t], "teacher") == 0 ? 2e-5 : 1e-12;
        double sum = 0;

        g_assert_true (ntk_target_power (names[t], dims[d], NTK_MAX_DEGREE, power, NULL));
        for (int k = 0; k <= NTK_MAX_DEGREE; k++)
          sum += power[k];
        assert_abs (sum, power_of (names[t], dims[d]), tolerance, "power of %s, D = %d", names[t],
                    dims[d]);
      }
}

/* The plane wave's expansion: xi_k is a Bessel function of order k + D/2 - 1, and the power N_k xi_k^2,
 * far below rounding. */
static void
test_cosine_high_degrees (void)
{
  enum
  {
    DEGREE = 40
  };

  for (int dim = 3; dim <= 40; dim += 7)
    {
      double power[DEGREE + 1], N[DEGREE + 1];

      g_assert_true (ntk_target_power ("cosine", dim, DEGREE, power, NULL));
      ntk_sphere_multiplicities (dim, DEGREE + 1, N);
      for (int k = 2; k < DEGREE; k += 2)
        {
          const double a = 2 * sqrt (dim), order = k + dim / 2.0 - 1;
          const double ratio = gsl_sf_bessel_Jnu (order + 2, a) / gsl_sf_bessel_Jnu (order, a);

          assert_rel (power[k + 2], power[k] * N[k + 2] / N[k] * ratio * ratio, 1e-10,
                      "D = %d, degree %d", dim, k + 2);
          assert_abs (power[k + 1], 0, 0, "D = %d, degree %d", dim, k + 1);
        }
    }
}

/* In high degrees the units of a teacher are strangers to each other, and its power is that of one
 * unit of unit power times E [sum c^2/variance of the sum] (1/2 - mean^2), here by 320,000 draws in
 * NumPy, to .1 %. */
static void
test_teacher_high_degrees (void)
{
  enum
  {
    DEGREE = 24,
    ORDER = 256
  };
  const int dims[] = { 3, 4, 6, 10 };
  const double want[] = { 1.4181, 1.2672, 1.1571, 1.0858 };

  for (guint d = 0; d < G_N_ELEMENTS (dims); d++)
    {
      double t[2 * ORDER], w[2 * ORDER], P[DEGREE + 1], power[DEGREE + 1], N[DEGREE + 1];
      double mean = 0, xi = 0;
      const int count = ntk_sphere_quadrature (dims[d], 0, ORDER, t, w);

      for (int i = 0; i < count; i++)
        if (t[i] > 0)
          {
            ntk_gegenbauer (dims[d], t[i], DEGREE, P);
            mean += w[i] * sqrt (dims[d]) * t[i];
            xi += w[i] * sqrt (dims[d]) * t[i] * P[DEGREE];
          }
      ntk_sphere_multiplicities (dims[d], DEGREE + 1, N);
      g_assert_true (ntk_target_power ("teacher", dims[d], DEGREE, power, NULL));
      assert_rel (power[DEGREE] * (0.5 - mean * mean) / (N[DEGREE] * xi * xi), want[d], 0.008,
                  "D = %d", dims[d]);
    }
}

/* Power in degree 1 is D |E f x|^2/D^2 and in degree 2 that of the best quadratic form,
 * (D + 2)/(2 D) |E f (x x^T - 1)|_F^2, averaged over draws and over two halves of the points, which
 * leaves no bias of the square. */
static void
test_teacher_degrees (void)
{
  enum
  {
    DIM = 4,
    POINTS = 1500,
    DRAWS = 600
  };
  double power[3];
  Average first = { 0 }, second = { 0 };

  for (int draw = 0; draw < DRAWS; draw++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (17, draw);
      g_autoptr (NtkTarget) target = ntk_target_new ("teacher", DIM, streams, NULL);
      g_autofree double *X = fixture_inputs (streams, DIM, POINTS, 2 * POINTS);
      g_autofree double *y = g_new (double, 2 * POINTS);
      double linear[2][DIM] = { 0 }, quadratic[2][DIM][DIM] = { 0 }, one = 0, two = 0;

      ntk_target_eval (target, X, 2 * POINTS, y);
      for (int i = 0; i < 2 * POINTS; i++)
        for (int a = 0; a < DIM; a++)
          {
            linear[i / POINTS][a] += y[i] * X[i * DIM + a] / POINTS;
            for (int b = 0; b < DIM; b++)
              quadratic[i / POINTS][a][b] += y[i] * (X[i * DIM + a] * X[i * DIM + b] - (a == b))
                                             / POINTS;
          }
      for (int a = 0; a < DIM; a++)
        {
          one += linear[0][a] * linear[1][a];
          for (int b = 0; b < DIM; b++)
            two += quadratic[0][a][b] * quadratic[1][a][b];
        }
      average_add (&first, one);
      average_add (&second, two * (DIM + 2) / (2 * DIM));
    }
  g_assert_true (ntk_target_power ("teacher", DIM, 2, power, NULL));
  g_test_message ("degree 1: %.4f +- %.4f, theory %.4f; degree 2: %.4f +- %.4f, theory %.4f",
                  average_mean (&first), average_error (&first), power[1], average_mean (&second),
                  average_error (&second), power[2]);
  assert_abs (power[1], average_mean (&first), 4 * average_error (&first), "degree 1");
  assert_abs (power[2], average_mean (&second), 4 * average_error (&second), "degree 2");
}

/* The sum over coordinates, which no draw enters. */
static void
test_published (void)
{
  const double X[] = { 1, 1, 1, 1, 2, 0, 0, 0, 1, -1, 1, -1 };
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  g_autoptr (NtkTarget) target = ntk_target_new ("published", 4, streams, NULL);
  double y[3];

  ntk_target_eval (target, X, 3, y);
  assert_abs (y[0], 4, 1e-15, "along the diagonal");
  assert_abs (y[1], 1, 1e-15, "along an axis");
  assert_abs (y[2], 0, 1e-15, "across the diagonal");
}

static void
test_domain (void)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  g_autoptr (NtkTarget) linear = ntk_target_new ("linear", 1, streams, NULL);
  double power[3], y, x = 1;

  g_assert_nonnull (linear);
  ntk_target_eval (linear, &x, 1, &y);
  assert_abs (fabs (y), 1, 1e-15, "linear in one dimension");
  for (guint t = 1; t < G_N_ELEMENTS (names); t++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ntk_target_new (names[t], 1, streams, &error));
      g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
      g_clear_error (&error);
      g_assert_false (ntk_target_power (names[t], 1, 2, power, &error));
      g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (ntk_target_new ("no-such", 5, streams, &error));
    g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/target/table", test_table);
  g_test_add_func ("/ntk/target/inputs", test_inputs);
  g_test_add_func ("/ntk/target/power", test_power);
  g_test_add_func ("/ntk/target/power-on-circle", test_power_on_circle);
  g_test_add_func ("/ntk/target/mixed", test_mixed);
  g_test_add_func ("/ntk/target/degrees", test_degrees);
  g_test_add_func ("/ntk/target/high-degrees", test_high_degrees);
  g_test_add_func ("/ntk/target/cosine-high-degrees", test_cosine_high_degrees);
  g_test_add_func ("/ntk/target/teacher-high-degrees", test_teacher_high_degrees);
  g_test_add_func ("/ntk/target/teacher-degrees", test_teacher_degrees);
  g_test_add_func ("/ntk/target/published", test_published);
  g_test_add_func ("/ntk/target/domain", test_domain);
  return g_test_run ();
}
