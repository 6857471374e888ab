/* Values that count their owners: lists of points and paths, by rows that no exhibit has. */

#include <lab.h>
#include <math.h>

#include "random-value.h"

static const LabParameter points_row = {
  .key = "data", .type = LAB_TYPE_PAIRS, .minimum = -180, .maximum = 180, .y_minimum = -2, .y_maximum = 2,
  .fallback_text = "17:0.8, 57:-0.5",
};
static const LabParameter path_row = { .key = "data-file", .type = LAB_TYPE_FILE };

static void
assert_reads (const char *text, const char *written, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabPairs) pairs = lab_pairs_parse (&points_row, text, &error);
  g_autofree char *again = NULL;
  guint count;

  g_assert_no_error (error);
  lab_pairs_get (pairs, &count);
  g_assert_cmpuint (count, ==, n);
  again = lab_pairs_format (pairs);
  g_assert_cmpstr (again, ==, written);
  g_assert_true (lab_pairs_check (pairs, &points_row, &error));
}

static void
test_pairs (void)
{
  assert_reads ("", "", 0);
  assert_reads ("  ", "", 0);
  assert_reads ("17:0.8", "17:0.8", 1);
  assert_reads (" 17 : 0.80 ,-57:-5e-1", "17:0.8,-57:-0.5", 2);
  assert_reads ("-0:-0.0, 1e-300:0.1", "0:0,1e-300:0.1", 2);
  assert_reads ("0.1:0.30000000000000004", "0.1:0.30000000000000004", 1);
}

static const struct
{
  const char *text;
  LabError code;
  const char *message;
} refused[] = {
  { "17", LAB_ERROR_SYNTAX, "data is a list of points x:y, as in 1:0.5, 2:-1; “17” is not one" },
  { "1:2:3", LAB_ERROR_SYNTAX, "data is a list of points x:y, as in 1:0.5, 2:-1; “1:2:3” is not one" },
  { "1:1,", LAB_ERROR_SYNTAX, "data is a list of points x:y, as in 1:0.5, 2:-1; “” is not one" },
  { "1:", LAB_ERROR_SYNTAX, "data is a list of points x:y, as in 1:0.5, 2:-1; “1:” is not one" },
  { "1:nan", LAB_ERROR_SYNTAX, "data is a list of points x:y, as in 1:0.5, 2:-1; “1:nan” is not one" },
  { "inf:1", LAB_ERROR_SYNTAX, "data is a list of points x:y, as in 1:0.5, 2:-1; “inf:1” is not one" },
  { "0x1:1", LAB_ERROR_SYNTAX, "data is a list of points x:y, as in 1:0.5, 2:-1; “0x1:1” is not one" },
  { "1:1e-999", LAB_ERROR_SYNTAX,
    "data is a list of points x:y, as in 1:0.5, 2:-1; “1:1e-999” is not one" },
  { "1:0,181:1", LAB_ERROR_RANGE, "each x of data must be in -180..180, not 181" },
  { "1:0,180:-2.5", LAB_ERROR_RANGE, "each y of data must be in -2..2, not -2.5" },
};

static void
test_refused (void)
{
  g_autoptr (GString) many = g_string_new ("1:1");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (LabPairs) pairs = lab_pairs_parse (&points_row, refused[i].text, &error);

      g_assert_false (pairs != NULL && lab_pairs_check (pairs, &points_row, &error));
      g_assert_error (error, LAB_ERROR, (int) refused[i].code);
      g_assert_cmpstr (error->message, ==, refused[i].message);
      g_clear_error (&error);
    }

  for (int i = 1; i <= LAB_MAX_PAIRS; i++)
    g_string_append (many, ",1:1");
  g_assert_null (lab_pairs_parse (&points_row, many->str, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_RANGE);
  g_assert_cmpstr (error->message, ==, "data takes up to 50 points, not 51");
}

static void
test_range_text (void)
{
  g_autofree char *text = lab_pairs_range_text (&points_row);

  g_assert_cmpstr (text, ==, "up to 50 points x:y, x in -180..180 and y in -2..2");
}

/* Any list comes back from its text, and equals what it was in its order alone. */
static void
test_random_pairs (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int i = 0; i < 1000; i++)
    {
      g_autoptr (LabPairs) pairs = random_pairs (rand, &points_row), back = NULL, other = NULL;
      g_autofree char *text = lab_pairs_format (pairs), *again = NULL;
      g_autoptr (GError) error = NULL;
      guint count;
      const LabPair *list = lab_pairs_get (pairs, &count);
      LabPair changed[LAB_MAX_PAIRS];

      back = lab_pairs_parse (&points_row, text, &error);
      g_assert_no_error (error);
      g_assert_true (lab_pairs_check (back, &points_row, &error));
      again = lab_pairs_format (back);
      g_assert_cmpstr (again, ==, text);
      g_assert_true (lab_type_equal (LAB_TYPE_PAIRS, (LabValue){ .pairs = pairs },
                                     (LabValue){ .pairs = back }));
      if (count == 0)
        continue;
      memcpy (changed, list, count * sizeof *list);
      changed[count - 1].y = nextafter (changed[count - 1].y, 9);
      other = lab_pairs_new (changed, count);
      g_assert_false (lab_type_equal (LAB_TYPE_PAIRS, (LabValue){ .pairs = pairs },
                                      (LabValue){ .pairs = other }));
    }
}

static void
test_paths (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (LabPath) broken = NULL, empty = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 200; i++)
    {
      g_autoptr (LabPath) path = random_path (rand, &path_row);
      g_autoptr (LabPath) back = lab_path_new (&path_row, lab_path_get (path), NULL);
      g_autofree char *longer = g_strconcat (lab_path_get (path), "x", NULL);
      g_autoptr (LabPath) other = lab_path_new (&path_row, longer, NULL);

      g_assert_cmpstr (lab_path_get (back), ==, lab_path_get (path));
      g_assert_true (lab_type_equal (LAB_TYPE_FILE, (LabValue){ .path = path }, (LabValue){ .path = back }));
      g_assert_false (
        lab_type_equal (LAB_TYPE_FILE, (LabValue){ .path = path }, (LabValue){ .path = other }));
    }

  empty = lab_path_new (&path_row, "", NULL);
  g_assert_cmpstr (lab_path_get (empty), ==, "");
  broken = lab_path_new (&path_row, "data\xff.csv", &error);
  g_assert_null (broken);
  g_assert_error (error, LAB_ERROR, LAB_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==,
                   "data-file: the name “data\\xff.csv” is not UTF-8; give the file another one");
}

/* Defaults are values of their own: text where there is one, else empty. */
static void
test_fallback (void)
{
  LabValue points = lab_parameter_fallback (&points_row), path = lab_parameter_fallback (&path_row);
  g_autofree char *text = lab_pairs_format (points.pairs);

  g_assert_cmpstr (text, ==, "17:0.8,57:-0.5");
  g_assert_cmpstr (lab_path_get (path.path), ==, "");
  g_assert_false (lab_type_is_number (LAB_TYPE_PAIRS));
  lab_type_unref (LAB_TYPE_PAIRS, points);
  lab_type_unref (LAB_TYPE_FILE, path);
}

#define OWNERS 4
#define TURNS 2000

static gpointer
own (gpointer data)
{
  for (int i = 0; i < TURNS; i++)
    lab_type_unref (LAB_TYPE_PAIRS, lab_type_ref (LAB_TYPE_PAIRS, (LabValue){ .pairs = data }));
  return NULL;
}

/* Owners on several threads: the list is there until the last one leaves. */
static void
test_owners (void)
{
  g_autoptr (LabPairs) pairs = lab_pairs_new ((LabPair[]){ { 1, 2 } }, 1);
  LabValue kept = lab_type_ref (LAB_TYPE_PAIRS, (LabValue){ .pairs = pairs });
  GThread *threads[OWNERS];
  guint count;

  for (int i = 0; i < OWNERS; i++)
    threads[i] = g_thread_new ("owner", own, pairs);
  for (int i = 0; i < OWNERS; i++)
    g_thread_join (threads[i]);
  g_clear_pointer (&pairs, lab_pairs_unref);
  g_assert_cmpfloat (lab_pairs_get (kept.pairs, &count)->y, ==, 2);
  lab_type_unref (LAB_TYPE_PAIRS, kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/value/pairs", test_pairs);
  g_test_add_func ("/lab/value/refused", test_refused);
  g_test_add_func ("/lab/value/range-text", test_range_text);
  g_test_add_func ("/lab/value/random-pairs", test_random_pairs);
  g_test_add_func ("/lab/value/paths", test_paths);
  g_test_add_func ("/lab/value/fallback", test_fallback);
  g_test_add_func ("/lab/value/owners", test_owners);
  return g_test_run ();
}
