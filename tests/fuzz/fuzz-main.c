/* The inputs kept in the tree, without libFuzzer: any compiler, any sanitizer. Arguments are files
 * and folders. */

#include "fuzz.h"

static int n_inputs;

static void
feed (const char *path)
{
  g_autofree char *data = NULL;
  g_autofree guint8 *exact = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_test_message ("%s", path);
  /* Without the zero behind it, which would hide from a sanitizer who reads too far. */
  exact = g_memdup2 (data, size);
  LLVMFuzzerTestOneInput (exact, size);
  n_inputs++;
}

static void
feed_all (gconstpointer path)
{
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  n_inputs = 0;
  folder = g_dir_open (path, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      feed (file);
    }
  g_assert_cmpint (n_inputs, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  LLVMFuzzerInitialize (&argc, &argv);
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *name = g_path_get_basename (argv[i]);
      g_autofree char *path = g_strdup_printf ("/fuzz/%s", name);

      g_test_add_data_func (path, argv[i], feed_all);
    }
  return g_test_run ();
}
