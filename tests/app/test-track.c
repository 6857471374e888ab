#include "app-track.h"

#include <math.h>

static LabValue
real (double x)
{
  return (LabValue){ .real = x };
}

static LabValue
integer (gint64 i)
{
  return (LabValue){ .integer = i };
}

static LabSpec *specs[2];

static const LabSpec *
double_descent (void)
{
  return specs[0];
}

static const LabSpec *
learning_curve (void)
{
  return specs[1];
}

/* Where a range begins there is an end of it above, and the other way round. */
static gboolean
is_blocked (LabKey key, int end)
{
  return end == 1 ? key == LAB_FROM || key == LAB_SLOPE_FROM : key == LAB_TO || key == LAB_SLOPE_TO;
}

static void
test_ends (gconstpointer data)
{
  const LabSpec *spec = data;

  for (const LabKey *key = lab_spec_exhibit (spec)->keys; *key != LAB_N_KEYS; key++)
    {
      g_autoptr (GError) error = NULL;

      if (!app_track_exists (spec, *key))
        continue;

      g_test_message ("%s", lab_parameter (*key)->key);
      for (int i = 0; i <= 1000; i++)
        {
          lab_spec_accepts (spec, *key, app_track_value (spec, *key, i / 1000.0), &error);
          g_assert_no_error (error);
        }
      for (int end = 0; end <= 1; end++)
        if (!is_blocked (*key, end))
          g_assert_cmpfloat_with_epsilon (
            app_track_position (spec, *key, app_track_value (spec, *key, end)), end, 1e-12);
    }
}

/* What the slider shows is near where the hand is, and never runs backwards. Zero and infinity
 * have a part of the track for themselves. */
static void
test_there_and_back (gconstpointer data)
{
  const LabSpec *spec = data;

  for (const LabKey *key = lab_spec_exhibit (spec)->keys; *key != LAB_N_KEYS; key++)
    {
      LabRange range;
      double last = -1;

      if (!app_track_exists (spec, *key))
        continue;

      g_test_message ("%s", lab_parameter (*key)->key);
      range = lab_spec_range (spec, *key);
      for (int i = 0; i <= 1000; i++)
        {
          double position = app_track_position (spec, *key,
                                                app_track_value (spec, *key, i / 1000.0));

          g_assert_cmpfloat (position, >=, last);
          last = position;
          if (!range.whole && !is_blocked (*key, 0) && !is_blocked (*key, 1)
              && !(range.or_zero && i < 60) && !(range.or_infinity && i > 940))
            g_assert_cmpfloat_with_epsilon (position, i / 1000.0, 0.006);
        }
    }
}

/* However far one end of a range is dragged, it stays on its side of the other. */
static void
test_order (void)
{
  g_autoptr (LabSpec) spec = lab_spec_copy (double_descent ());
  g_autoptr (LabSpec) ridge = lab_spec_copy (double_descent ());
  g_autoptr (LabSpec) learning = lab_spec_copy (learning_curve ());

  lab_spec_parse (spec, LAB_TO, "40", NULL);
  g_assert_cmpfloat (app_track_value (spec, LAB_FROM, 1).real, ==, 39);
  g_assert_cmpfloat (app_track_step (spec, LAB_FROM, real (39), 1, TRUE).real, ==, 39);
  g_assert_cmpfloat (app_track_value (spec, LAB_TO, 0).real, ==,
                     lab_spec_real (spec, LAB_FROM) + 1);

  lab_spec_parse (ridge, LAB_AXIS, "ridge", NULL);
  lab_spec_parse (ridge, LAB_TO, "0.5", NULL);
  g_assert_cmpfloat (app_track_value (ridge, LAB_FROM, 1).real, <, 0.5);
  g_assert_cmpfloat (app_track_value (ridge, LAB_FROM, 1).real, >, 0.4);

  lab_spec_parse (learning, LAB_SLOPE_FROM, "100", NULL);
  g_assert_cmpint (app_track_value (learning, LAB_SLOPE_TO, 0).integer, ==, 101);
  g_assert_cmpint (app_track_value (learning, LAB_SLOPE_FROM, 1).integer, ==, 1023);
  lab_spec_parse (learning, LAB_FROM, "1", NULL);
  lab_spec_parse (learning, LAB_TO, "1", NULL);
  g_assert_cmpfloat (app_track_value (learning, LAB_FROM, 1).real, ==, 1);
}

static void
test_round_numbers (void)
{
  g_assert_cmpfloat (app_track_value (double_descent (), LAB_NOISE, 0.37 / 3).real, ==, 0.37);
  g_assert_cmpfloat (app_track_value (double_descent (), LAB_NOISE, 0.3701 / 3).real, ==, 0.37);
  g_assert_cmpint (app_track_value (double_descent (), LAB_DEPTH, 0.6).integer, ==, 6);
  g_assert_cmpint (app_track_value (double_descent (), LAB_WIDTH, log (100.4) / log (4096)).integer,
                   ==, 100);
  g_assert_cmpint (app_track_value (double_descent (), LAB_N_TRAIN, 1).integer, ==, 20000);
}

static void
test_zero (void)
{
  g_assert_cmpfloat (app_track_value (double_descent (), LAB_RIDGE, 0).real, ==, 0);
  g_assert_cmpfloat (app_track_value (double_descent (), LAB_RIDGE, 0.02).real, ==, 0);
  g_assert_cmpfloat (app_track_value (double_descent (), LAB_RIDGE, 0.04).real, ==, 1e-9);
  g_assert_cmpfloat (app_track_position (double_descent (), LAB_RIDGE, real (0)), ==, 0);
  g_assert_cmpfloat (app_track_position (double_descent (), LAB_RIDGE, real (1e-9)), >, 0.03);

  g_assert_cmpfloat (app_track_step (double_descent (), LAB_RIDGE, real (0), 1, FALSE).real, ==,
                     1e-9);
  g_assert_cmpfloat (app_track_step (double_descent (), LAB_RIDGE, real (1e-9), -1, FALSE).real, ==,
                     0);
  g_assert_cmpfloat (app_track_step (double_descent (), LAB_RIDGE, real (0), -1, TRUE).real, ==, 0);
}

static void
test_steps (void)
{
  g_assert_cmpfloat (app_track_step (double_descent (), LAB_NOISE, real (0.5), 1, FALSE).real, ==,
                     0.51);
  g_assert_cmpfloat (app_track_step (double_descent (), LAB_NOISE, real (0.5), -1, TRUE).real, ==,
                     0.4);
  g_assert_cmpfloat (app_track_step (double_descent (), LAB_NOISE, real (0), -1, FALSE).real, ==,
                     0);
  g_assert_cmpfloat (app_track_step (double_descent (), LAB_NOISE, real (3), 1, TRUE).real, ==, 3);
  g_assert_cmpint (app_track_step (double_descent (), LAB_DEPTH, integer (1), 1, TRUE).integer, ==,
                   2);
  g_assert_cmpint (app_track_step (double_descent (), LAB_DEPTH, integer (1), -1, FALSE).integer,
                   ==, 1);
  g_assert_cmpint (app_track_step (double_descent (), LAB_WIDTH, integer (100), 1, FALSE).integer,
                   ==, 101);
  g_assert_cmpint (app_track_step (double_descent (), LAB_WIDTH, integer (100), 1, TRUE).integer,
                   ==, 110);
  g_assert_cmpint (app_track_step (double_descent (), LAB_WIDTH, integer (3), 1, TRUE).integer, ==,
                   4);
  g_assert_cmpfloat (app_track_step (double_descent (), LAB_RIDGE, real (1e-3), 1, TRUE).real, ==,
                     2e-3);
  g_assert_cmpfloat (app_track_step (double_descent (), LAB_RIDGE, real (2e-3), 1, TRUE).real, ==,
                     5e-3);
  g_assert_cmpfloat (app_track_step (double_descent (), LAB_RIDGE, real (1e-3), -1, TRUE).real, ==,
                     5e-4);
  g_assert_cmpfloat (app_track_step (double_descent (), LAB_RIDGE, real (1e-3), 1, FALSE).real, ==,
                     1.1e-3);
}

/* Whatever the key and the value, a step goes somewhere, except at the ends. */
static void
test_steps_move (gconstpointer data)
{
  const LabSpec *spec = data;

  for (const LabKey *key = lab_spec_exhibit (spec)->keys; *key != LAB_N_KEYS; key++)
    {
      if (!app_track_exists (spec, *key))
        continue;

      g_test_message ("%s", lab_parameter (*key)->key);
      for (int coarse = 0; coarse <= 1; coarse++)
        {
          LabValue value = app_track_value (spec, *key, 0);
          int steps = 0;

          while (!lab_value_equal (*key, value, app_track_value (spec, *key, 1)))
            {
              LabValue next = app_track_step (spec, *key, value, 1, coarse);

              g_assert_false (lab_value_equal (*key, value, next));
              g_assert_cmpint (++steps, <, 20001);
              value = next;
            }
          while (!lab_value_equal (*key, value, app_track_value (spec, *key, 0)))
            {
              LabValue next = app_track_step (spec, *key, value, -1, coarse);

              g_assert_false (lab_value_equal (*key, value, next));
              value = next;
            }
        }
    }
}

/* Infinity is the last stop, where an exhibit knows it. */
static void
test_infinity (void)
{
  const LabSpec *spec = learning_curve ();

  g_assert_cmpint (app_track_value (spec, LAB_WIDTH, 1).integer, ==, LAB_INFINITE);
  g_assert_cmpint (app_track_value (spec, LAB_WIDTH, 0.98).integer, ==, LAB_INFINITE);
  g_assert_cmpint (app_track_value (spec, LAB_WIDTH, 0.96).integer, ==, 4096);
  g_assert_cmpint (app_track_value (double_descent (), LAB_WIDTH, 1).integer, ==, 4096);
  g_assert_cmpfloat (app_track_position (spec, LAB_WIDTH, integer (LAB_INFINITE)), ==, 1);
  g_assert_cmpint (app_track_step (spec, LAB_WIDTH, integer (4096), 1, FALSE).integer, ==,
                   LAB_INFINITE);
  g_assert_cmpint (app_track_step (spec, LAB_WIDTH, integer (LAB_INFINITE), -1, FALSE).integer,
                   ==, 4096);
  g_assert_cmpint (app_track_step (spec, LAB_WIDTH, integer (LAB_INFINITE), 1, TRUE).integer, ==,
                   LAB_INFINITE);
  g_assert_true (isinf (app_track_value (spec, LAB_TIME, 1).real));
  g_assert_true (isinf (app_track_step (spec, LAB_TIME, real (1e8), 1, FALSE).real));
}

/* The first of several numbers is where the slider stands; to move it leaves a single one. */
static void
test_list (void)
{
  const LabSpec *spec = learning_curve ();
  LabValue two = { .integers = { 2, { 6, 11 } } }, one = { .integers = { 1, { 6 } } };
  LabValue moved = app_track_value (spec, LAB_DIM, app_track_position (spec, LAB_DIM, two));

  g_assert_cmpfloat (app_track_position (spec, LAB_DIM, two), ==,
                     app_track_position (spec, LAB_DIM, one));
  g_assert_true (lab_value_equal (LAB_DIM, moved, one));
}

/* A seed has 63 bits, more than a double holds. */
static void
test_seed (void)
{
  g_assert_false (app_track_exists (double_descent (), LAB_SEED));
  g_assert_cmpint (
    app_track_step (double_descent (), LAB_SEED, integer (G_MAXINT64 - 1), 1, FALSE).integer, ==,
    G_MAXINT64);
  g_assert_cmpint (
    app_track_step (double_descent (), LAB_SEED, integer (G_MAXINT64), 1, TRUE).integer, ==,
    G_MAXINT64);
  g_assert_cmpint (app_track_step (double_descent (), LAB_SEED, integer (3), -1, TRUE).integer, ==,
                   0);
  g_assert_cmpint (
    app_track_step (double_descent (), LAB_SEED, integer (9007199254740993), 1, FALSE).integer, ==,
    9007199254740994);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  specs[0] = lab_spec_new_named ("double-descent", NULL);
  specs[1] = lab_spec_new_named ("learning-curve", NULL);
  g_test_add_data_func ("/app/track/double-descent/ends", double_descent (), test_ends);
  g_test_add_data_func ("/app/track/learning-curve/ends", learning_curve (), test_ends);
  g_test_add_data_func ("/app/track/double-descent/there-and-back", double_descent (),
                        test_there_and_back);
  g_test_add_data_func ("/app/track/learning-curve/there-and-back", learning_curve (),
                        test_there_and_back);
  g_test_add_func ("/app/track/order", test_order);
  g_test_add_func ("/app/track/round-numbers", test_round_numbers);
  g_test_add_func ("/app/track/zero", test_zero);
  g_test_add_func ("/app/track/steps", test_steps);
  g_test_add_data_func ("/app/track/double-descent/steps-move", double_descent (), test_steps_move);
  g_test_add_data_func ("/app/track/learning-curve/steps-move", learning_curve (), test_steps_move);
  g_test_add_func ("/app/track/infinity", test_infinity);
  g_test_add_func ("/app/track/list", test_list);
  g_test_add_func ("/app/track/seed", test_seed);
  result = g_test_run ();
  lab_spec_free (specs[0]);
  lab_spec_free (specs[1]);
  return result;
}
