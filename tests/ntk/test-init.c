#include "fixture.h"

/* The sanitizers' allocators end the program where malloc would return NULL, unless told. */
const char *__asan_default_options (void);
const char *__tsan_default_options (void);

const char *
__asan_default_options (void)
{
  return "allocator_may_return_null=1";
}

const char *
__tsan_default_options (void)
{
  return "allocator_may_return_null=1";
}

static void
test_blas (void)
{
  g_assert_true (strstr (ntk_blas_config (), "OpenBLAS") != NULL);
  g_assert_cmpuint (strlen (ntk_blas_path ()), >, 0);
}

static void
test_again (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ntk_init (&error));
  g_assert_no_error (error);
}

static void
test_alloc (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree double *array = ntk_try_alloc (3, 4, "a small array", &error);

  g_assert_no_error (error);
  g_assert_nonnull (array);
  for (int i = 0; i < 12; i++)
    array[i] = i;
  g_free (ntk_try_alloc (0, 5, "an empty array", &error));
  g_assert_no_error (error);
}

/* Sizes beyond the address space and products beyond the range of gsize. */
static void
test_no_memory (void)
{
  const gsize sizes[][2] = { { (gsize) 1 << 45, 1 << 10 },
                             { G_MAXSIZE / 2, 3 },
                             { G_MAXSIZE / 8, 1 },
                             { G_MAXSIZE / 8 + 1, 1 },
                             { (gsize) 1 << 32, (gsize) 1 << 32 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ntk_try_alloc (sizes[i][0], sizes[i][1], "the kernel matrix", &error));
      g_assert_error (error, NTK_ERROR, NTK_ERROR_MEMORY);
      g_assert_true (strstr (error->message, "the kernel matrix") != NULL);
      g_assert_true (strstr (error->message, "MiB") != NULL);
    }
}

/* The square weight matrix of a layer of three million units. */
static void
test_sweep_too_large (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 2);
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  g_autoptr (GError) error = NULL;
  const double X[4] = { 1, 1, -1, 1 };

  arch.depth = 2;
  g_assert_null (ntk_sweep_new (&arch, X, 2, 2, 3000000, streams, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_MEMORY);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/init/blas", test_blas);
  g_test_add_func ("/ntk/init/again", test_again);
  g_test_add_func ("/ntk/init/alloc", test_alloc);
  g_test_add_func ("/ntk/init/no-memory", test_no_memory);
  g_test_add_func ("/ntk/init/sweep-too-large", test_sweep_too_large);
  return g_test_run ();
}
