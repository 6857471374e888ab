#include "fixture.h"

static const char *const names[] = { "linear", "quadratic", "mixed", "cosine" };

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
        assert_abs (average_mean (&mean), 0, 4 * average_error (&mean), "mean of %s, D = %d",
                    names[t], dims[d]);
        assert_abs (average_mean (&square), 1, 4 * average_error (&square), "power of %s, D = %d",
                    names[t], dims[d]);
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
      double X[2 * POINTS], y[POINTS], mean = 0, square = 0;

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
      assert_abs (mean, 0, 1e-13, "mean of %s", names[t]);
      assert_abs (square, 1, 1e-13, "power of %s", names[t]);
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
        double sum = 0;

        g_assert_true (ntk_target_power (names[t], dim, DEGREE, power, NULL));
        for (int k = 0; k <= DEGREE; k++)
          {
            g_assert_cmpfloat (power[k], >=, 0);
            sum += power[k];
          }
        assert_abs (sum, 1, 1e-12, "power of %s, D = %d", names[t], dim);
        assert_abs (power[0], 0, 0, "mean of %s", names[t]);
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
  g_test_add_func ("/ntk/target/domain", test_domain);
  return g_test_run ();
}
