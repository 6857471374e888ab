#include "fixture.h"

enum
{
  DIM = 7,
  SLOW = 3
};

static const NtkInputs all[] = {
  { .kind = NTK_INPUTS_SPHERE },
  { .kind = NTK_INPUTS_GAUSSIAN },
  { NTK_INPUTS_TWO_SCALE, SLOW, 0.05, 0.5, 1 },
};

static void
test_table (void)
{
  const char *const names[] = { "sphere", "gaussian", "two-scale" };
  guint n_types;
  const NtkInputsType *types = ntk_inputs_types (&n_types);

  g_assert_cmpuint (n_types, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < n_types; i++)
    g_assert_cmpstr (types[i].name, ==, names[i]);
}

/* The draw of normals that all kinds are made of. */
static double
normal (int point, int coordinate, NtkPurpose purpose)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (8, 3);
  double z[DIM];

  ntk_streams_normal (streams, purpose, 0, point, DIM, z);
  return z[coordinate];
}

static void
test_draw (void)
{
  const NtkPurpose purposes[] = { NTK_PURPOSE_TRAIN_INPUT, NTK_PURPOSE_TEST_INPUT };

  for (guint p = 0; p < G_N_ELEMENTS (purposes); p++)
    for (guint k = 0; k < G_N_ELEMENTS (all); k++)
      {
        g_autoptr (NtkStreams) streams = ntk_streams_new (8, 3);
        double few[5 * DIM], many[9 * DIM];

        ntk_inputs_draw (&all[k], streams, purposes[p], DIM, 5, few);
        ntk_inputs_draw (&all[k], streams, purposes[p], DIM, 9, many);
        g_assert_cmpmem (few, sizeof few, many, sizeof few);
        for (int i = 0; i < 5; i++)
          {
            double norm = 0;

            for (int d = 0; d < DIM; d++)
              norm += pow (normal (i, d, purposes[p]), 2);
            for (int d = 0; d < DIM; d++)
              {
                const double scale = k == 0                      ? sqrt (DIM / norm)
                                     : k == 2 && d >= DIM - SLOW ? 0.05
                                                                 : 1;

                assert_rel (few[i * DIM + d], scale * normal (i, d, purposes[p]), 1e-14,
                            "kind %u, point %d, coordinate %d", k, i, d);
              }
          }
      }
}

/* Variances of the coordinates, 1 and slow_scale^2. */
static void
test_variances (void)
{
  enum
  {
    POINTS = 20000
  };
  g_autoptr (NtkStreams) streams = ntk_streams_new (8, 4);
  g_autofree double *X = g_new (double, DIM *POINTS);

  for (guint k = 0; k < G_N_ELEMENTS (all); k++)
    {
      ntk_inputs_draw (&all[k], streams, NTK_PURPOSE_TEST_INPUT, DIM, POINTS, X);
      for (int d = 0; d < DIM; d++)
        {
          const double want = k == 2 && d >= DIM - SLOW ? 0.05 * 0.05 : 1;
          Average square = { 0 };

          for (int i = 0; i < POINTS; i++)
            average_add (&square, X[i * DIM + d] * X[i * DIM + d]);
          assert_abs (average_mean (&square), want, 4 * average_error (&square),
                      "variance of coordinate %d, kind %u", d, k);
        }
    }
}

static void
test_sphere_is_the_same (void)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (8, 3);
  double drawn[5 * DIM], sphere[5 * DIM], y[2][5];

  ntk_inputs_draw (&all[0], streams, NTK_PURPOSE_TRAIN_INPUT, DIM, 5, drawn);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, DIM, 5, sphere);
  g_assert_cmpmem (drawn, sizeof drawn, sphere, sizeof sphere);
  {
    guint n_types;
    const NtkTargetType *types = ntk_target_types (&n_types);

    for (guint t = 0; t < n_types; t++)
      {
        g_autoptr (NtkTarget) one = ntk_target_new (types[t].name, DIM, streams, NULL);
        g_autoptr (NtkTarget) two = ntk_target_new_on (types[t].name, &all[0], DIM, streams, NULL);

        ntk_target_eval (one, sphere, 5, y[0]);
        ntk_target_eval (two, sphere, 5, y[1]);
        g_assert_cmpmem (y[0], sizeof y[0], y[1], sizeof y[1]);
      }
  }
}

/* Mean 0 and the power wanted, over many points. */
static void
check_power (const char *name, const NtkInputs *inputs, int dim, double power)
{
  enum
  {
    POINTS = 40000
  };
  g_autoptr (NtkStreams) streams = ntk_streams_new (9, dim);
  g_autofree double *X = g_new (double, dim *POINTS);
  g_autofree double *y = g_new (double, POINTS);
  g_autoptr (GError) error = NULL;
  g_autoptr (NtkTarget) target = ntk_target_new_on (name, inputs, dim, streams, &error);
  Average mean = { 0 }, square = { 0 };

  g_assert_no_error (error);
  ntk_inputs_draw (inputs, streams, NTK_PURPOSE_TEST_INPUT, dim, POINTS, X);
  ntk_target_eval (target, X, POINTS, y);
  for (int i = 0; i < POINTS; i++)
    {
      average_add (&mean, y[i]);
      average_add (&square, y[i] * y[i]);
    }
  assert_abs (average_mean (&mean), 0, 4 * average_error (&mean), "mean of %s, D = %d", name, dim);
  assert_abs (average_mean (&square), power, 4 * average_error (&square), "power of %s, D = %d",
              name, dim);
  g_assert_cmpfloat (average_error (&square), <, 0.05 * power);
}

static void
test_gaussian_power (void)
{
  const char *const names[] = { "linear", "quadratic", "mixed", "cosine", "teacher" };

  for (guint t = 0; t < G_N_ELEMENTS (names); t++)
    for (int dim = 2; dim <= 32; dim *= 4)
      check_power (names[t], &all[1], dim, 1);
  check_power ("linear", &all[1], 1, 1);
  check_power ("cosine", &all[1], 1, 1);
  check_power ("teacher", &all[1], 1, 1);
}

/* E relu (u.x)^2 etc. in one dimension, where 8 units have but two directions: by the trapezoidal rule. */
static void
test_teacher_exactly (void)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (9, 1);
  g_autoptr (NtkTarget) target = ntk_target_new_on ("teacher", &all[1], 1, streams, NULL);
  const double step = 1e-3;
  double mean = 0, square = 0;

  for (double x = -12; x < 12; x += step)
    {
      const double weight = step * exp (-x * x / 2) / sqrt (2 * G_PI);
      double y;

      ntk_target_eval (target, &x, 1, &y);
      mean += weight * y;
      square += weight * y * y;
    }
  assert_abs (mean, 0, 1e-6, "mean");
  assert_abs (square, 1, 1e-6, "power");
}

/* The powers of the two groups, alone and together; beta's squares give them exactly. */
static void
test_two_scale_power (void)
{
  const NtkInputs alone[] = {
    { NTK_INPUTS_TWO_SCALE, SLOW, 0.05, 0.5, 1 }, { NTK_INPUTS_TWO_SCALE, SLOW, 0.05, 0.5, 0 },
    { NTK_INPUTS_TWO_SCALE, SLOW, 0.05, 0, 1 },   { NTK_INPUTS_TWO_SCALE, 0, 0.05, 2, 0 },
    { NTK_INPUTS_TWO_SCALE, DIM, 0.3, 0, 3 },     { NTK_INPUTS_TWO_SCALE, SLOW, 0, 1, 0 },
  };
  double unit[DIM * DIM] = { 0 }, beta[DIM];

  for (int d = 0; d < DIM; d++)
    unit[d * DIM + d] = 1;
  for (guint k = 0; k < G_N_ELEMENTS (alone); k++)
    {
      const NtkInputs *inputs = &alone[k];
      g_autoptr (NtkStreams) streams = ntk_streams_new (9, 2);
      g_autoptr (NtkTarget) target = ntk_target_new_on ("linear", inputs, DIM, streams, NULL);
      double power[2] = { 0 };

      ntk_target_eval (target, unit, DIM, beta);
      for (int d = 0; d < DIM; d++)
        {
          const gboolean slow = d >= DIM - inputs->slow_dims;

          power[slow] += pow (beta[d] * (slow ? inputs->slow_scale : 1), 2);
        }
      assert_abs (power[0], inputs->fast_power, 1e-14, "fast power, case %u", k);
      assert_abs (power[1], inputs->slow_power, 1e-14, "slow power, case %u", k);
      check_power ("linear", inputs, DIM, inputs->fast_power + inputs->slow_power);
    }
}

static void
check_refused (const char *name, const NtkInputs *inputs, int dim, const char *says)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (9, 2);
  g_autoptr (GError) error = NULL;

  g_assert_null (ntk_target_new_on (name, inputs, dim, streams, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  if (strstr (error->message, says) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, says);
  g_assert_null (ntk_target_new_on (name, inputs, dim, streams, NULL));
}

static void
test_refused (void)
{
  NtkInputs two = all[2];

  check_refused ("published", &all[1], DIM, "on the sphere only");
  check_refused ("quadratic", &all[1], 1, "one dimension");
  check_refused ("mixed", &all[1], 1, "one dimension");
  check_refused ("quadratic", &two, DIM, "must be linear with inputs = two-scale");
  check_refused ("teacher", &two, DIM, "must be linear with inputs = two-scale");
  check_refused ("none", &two, DIM, "no target called none");
  check_refused ("linear", &two, SLOW, "fast coordinates");
  check_refused ("linear", &two, 2, "slow-dims");
  two.slow_scale = 0;
  check_refused ("linear", &two, DIM, "slow-scale");
  two = all[2];
  two.fast_power = -0.5;
  check_refused ("linear", &two, DIM, "-0.5");
  two = all[2];
  two.slow_dims = 0;
  check_refused ("linear", &two, DIM, "slow coordinates");
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/inputs/table", test_table);
  g_test_add_func ("/ntk/inputs/draw", test_draw);
  g_test_add_func ("/ntk/inputs/variances", test_variances);
  g_test_add_func ("/ntk/inputs/sphere", test_sphere_is_the_same);
  g_test_add_func ("/ntk/inputs/gaussian-power", test_gaussian_power);
  g_test_add_func ("/ntk/inputs/teacher", test_teacher_exactly);
  g_test_add_func ("/ntk/inputs/two-scale-power", test_two_scale_power);
  g_test_add_func ("/ntk/inputs/refused", test_refused);
  return g_test_run ();
}
