#include <glib/gstdio.h>
#include <lab.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum
{
  COUNT = 1000
};

static void
count_call (int i, gpointer data)
{
  atomic_fetch_add (&((atomic_int *) data)[i], 1);
}

/* Each once, whatever the number of threads, more than tasks among them. */
static void
test_parallel (void)
{
  const int threads[] = { 0, 1, 2, 7, 2000 };

  for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
    {
      atomic_int calls[COUNT] = { 0 };

      lab_parallel (threads[t], COUNT, count_call, calls);
      for (int i = 0; i < COUNT; i++)
        g_assert_cmpint (calls[i], ==, 1);
      lab_parallel (threads[t], 0, count_call, NULL);
    }
}

static double *
read_text (const char *text, int *n_columns, int *n_rows, GError **error)
{
  g_autofree char *path = NULL;
  int file = g_file_open_tmp ("points-XXXXXX.csv", &path, NULL);
  double *values;

  g_assert_cmpint (file, >=, 0);
  g_close (file, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  values = lab_csv_read (path, n_columns, n_rows, error);
  if (values == NULL)
    g_assert_true (g_str_has_prefix ((*error)->message, path));
  g_remove (path);
  return values;
}

static void
test_csv (void)
{
  const char *const good[] = {
    "1,-2.5e-3\n3,4\n", "1,-2.5e-3\n3,4", "x,y\n1,-2.5e-3\n3,4\n",
    "\xef\xbb\xbf\"a\",\"b,c\"\r\n1 , \"-0.0025\"\r\n\r\n# no\r\n3,4\r\n"
  };
  const char *const bad[] = { "",     "\n\n",    "a,b\n",   "1,2\n3\n", "1,2\n3,4,5\n",   "1,x\n",
                              "1,\n", "1,inf\n", "1,nan\n", "1 2,3\n",  "a,b\nc,d\n1,2\n" };
  const double want[] = { 1, -2.5e-3, 3, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      int n_columns, n_rows;
      g_autoptr (GError) error = NULL;
      g_autofree double *values = read_text (good[i], &n_columns, &n_rows, &error);

      g_assert_no_error (error);
      g_assert_cmpint (n_columns, ==, 2);
      g_assert_cmpint (n_rows, ==, 2);
      g_assert_cmpmem (values, 4 * sizeof (double), want, sizeof want);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      int n_columns, n_rows;
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (bad[i], &n_columns, &n_rows, &error));
      g_assert_error (error, LAB_ERROR, LAB_ERROR_FILE);
    }
}

static void
test_kernel (void)
{
  enum
  {
    DIM = 3,
    POINTS = 400,
    OTHERS = 300
  };
  g_autoptr (LabSpec) spec = lab_spec_new_named ("double-descent", NULL);
  g_autofree double *points = g_new (double, DIM *POINTS);
  g_autofree double *whole = NULL, *again = NULL, *part = NULL;
  GError *error = NULL;

  for (int i = 0; i < DIM * POINTS; i++)
    points[i] = sin (1.7 * i * i);
  g_assert_true (lab_spec_assign (spec, "activation=gelu", NULL));
  g_assert_true (lab_spec_assign (spec, "depth=2", NULL));
  whole = lab_kernel_compute (spec, LAB_KERNEL_NTK, DIM, points, POINTS, NULL, 0, 1, &error);
  g_assert_no_error (error);
  again = lab_kernel_compute (spec, LAB_KERNEL_NTK, DIM, points, POINTS, NULL, 0, 3, &error);
  g_assert_cmpmem (whole, POINTS * POINTS * sizeof (double), again,
                   POINTS * POINTS * sizeof (double));
  /* The last points against the first: each point's numbers stand together. */
  part = lab_kernel_compute (spec, LAB_KERNEL_NTK, DIM, points, POINTS - OTHERS,
                             points + DIM * (POINTS - OTHERS), OTHERS, 2, &error);
  for (int i = 0; i < POINTS - OTHERS; i++)
    for (int j = 0; j < OTHERS; j++)
      g_assert_cmpfloat (fabs (part[i * OTHERS + j] - whole[i * POINTS + POINTS - OTHERS + j]), <,
                         1e-12);

  points[5] = 1e200;
  g_assert_null (
    lab_kernel_compute (spec, LAB_KERNEL_NNGP, DIM, points, POINTS, NULL, 0, 2, &error));
  g_assert_nonnull (strstr (error->message, "overflows"));
  g_clear_error (&error);
  g_assert_null (
    lab_kernel_compute (spec, LAB_KERNEL_NNGP, DIM, points, G_MAXINT, NULL, 0, 2, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_SIZE);
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/kernel/parallel", test_parallel);
  g_test_add_func ("/lab/kernel/csv", test_csv);
  g_test_add_func ("/lab/kernel/values", test_kernel);
  return g_test_run ();
}
