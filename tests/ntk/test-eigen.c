#include "fixture.h"

#include "ntk-memory-private.h"

#define N 40

/* Of the second difference, whose eigenvalues are 2 - 2 cos (pi i/(N + 1)); above the diagonal there are
 * other numbers. */
static double *
difference_matrix (int lda)
{
  double *A = g_new (double, N *lda);

  for (int j = 0; j < N; j++)
    for (int i = 0; i < lda; i++)
      A[j * lda + i] = i == j ? 2 : i == j + 1 ? -1 : i > j ? 0 : 1e9;
  return A;
}

static void
test_values (void)
{
  const int lda = N + 3;
  g_autofree double *A = difference_matrix (lda);
  double up[N], down[N], plain[N], Q[N * N];
  g_autoptr (GError) error = NULL;

  g_assert_true (ntk_eigen (A, lda, N, NTK_EIGEN_ASCENDING, NULL, NULL, up, NULL, &error));
  g_assert_true (ntk_eigen (A, lda, N, NTK_EIGEN_DESCENDING, NULL, NULL, down, Q, &error));
  g_assert_true (ntk_eigen (A, lda, N, NTK_EIGEN_DESCENDING, NULL, NULL, plain, NULL, &error));
  g_assert_no_error (error);
  for (int i = 0; i < N; i++)
    {
      assert_abs (up[i], 2 - 2 * cos (G_PI * (i + 1) / (N + 1)), 1e-13, "eigenvalue %d", i);
      assert_abs (down[N - 1 - i], up[i], 1e-13, "descending, %d", i);
      assert_abs (plain[i], down[i], 1e-13, "without vectors, %d", i);
    }
  /* A q = l q, and q.q = 1. */
  for (int c = 0; c < N; c++)
    {
      const double *q = Q + c * N;
      double square = 0;

      for (int i = 0; i < N; i++)
        {
          const double left = i > 0 ? q[i - 1] : 0, right = i < N - 1 ? q[i + 1] : 0;

          square += q[i] * q[i];
          assert_abs (2 * q[i] - left - right, down[c] * q[i], 1e-13, "vector %d at %d", c, i);
        }
      assert_abs (square, 1, 1e-13, "length of vector %d", c);
    }
}

static void
test_rank (void)
{
  const double down[] = { 8, 4, 1e-3, 8e-10, 7e-10, -1e-12 };
  const double up[] = { -1e-12, 7e-10, 8e-10, 1e-3, 4, 8 };
  const double zero[] = { 0, 0, 0 };

  g_assert_cmpint (ntk_eigen_rank (down, 6, 1e-10), ==, 3);
  g_assert_cmpint (ntk_eigen_rank (up, 6, 1e-10), ==, 3);
  g_assert_cmpint (ntk_eigen_rank (down, 6, 0.9e-10), ==, 4);
  g_assert_cmpint (ntk_eigen_rank (down, 6, 0.5), ==, 1);
  g_assert_cmpint (ntk_eigen_rank (zero, 3, 1e-10), ==, 0);
}

static gboolean
count_and_stop (gpointer data)
{
  ++*(int *) data;
  return TRUE;
}

static void
test_refusals (void)
{
  g_autofree double *A = difference_matrix (N);
  double values[N] = { 5 };
  g_autoptr (GError) error = NULL;
  int asked = 0;

  g_assert_false (
    ntk_eigen (A, N, N, NTK_EIGEN_ASCENDING, count_and_stop, &asked, values, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_STOPPED);
  g_assert_cmpint (asked, ==, 1);
  assert_abs (values[0], 5, 0, "nothing was done");
  g_clear_error (&error);
  A[3 * N + 7] = NAN;
  g_assert_false (ntk_eigen (A, N, N, NTK_EIGEN_ASCENDING, NULL, NULL, values, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
}

/* Each allocation refused in turn is an error that names a size. */
static void
test_memory (void)
{
  g_autofree double *A = difference_matrix (N);
  double values[N];

  for (guint k = 1; k <= 2; k++)
    {
      g_autoptr (GError) error = NULL;

      ntk_memory_fail (k, 1);
      g_assert_false (ntk_eigen (A, N, N, NTK_EIGEN_ASCENDING, NULL, NULL, values, NULL, &error));
      g_assert_error (error, NTK_ERROR, NTK_ERROR_MEMORY);
      g_assert_nonnull (strstr (error->message, "MiB"));
    }
  ntk_memory_fail (0, 0);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/eigen/values", test_values);
  g_test_add_func ("/eigen/rank", test_rank);
  g_test_add_func ("/eigen/refusals", test_refusals);
  g_test_add_func ("/eigen/memory", test_memory);
  return g_test_run ();
}
