/* What the window program is given on its command line: test-arguments PROGRAM. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *program;

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("arguments-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
}

static gboolean
give_up (gpointer process)
{
  g_subprocess_force_exit (process);
  return G_SOURCE_REMOVE;
}

typedef struct
{
  char *words;
  gboolean done;
} Answer;

static void
answered_cb (GObject *process, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (process), result, NULL, &answer->words, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

/* It says one line, that holds @words, and ends with @status. */
static void
expect (Fixture *self, const char *argument, int status, const char *words)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Answer answer = { NULL, FALSE };
  guint patience;

  g_subprocess_launcher_set_cwd (launcher, self->folder);
  process = g_subprocess_launcher_spawn (launcher, &error, program, argument, NULL);
  g_assert_no_error (error);
  patience = g_timeout_add_seconds (60, give_up, process);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, answered_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);

  g_test_message ("%s: %s", argument, answer.words);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_source_remove (patience);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
  g_assert_nonnull (strstr (answer.words, words));
  g_assert_nonnull (strstr (answer.words, "tangent-lab: "));
  g_assert_true (strchr (answer.words, '\n') == answer.words + strlen (answer.words) - 1);
  g_free (answer.words);
}

static char *
make_path (Fixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static void
make_file (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = make_path (self, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  expect (self, "/nonexistent.json", 1, "No such file");
  expect (self, "nonexistent.json", 1, "No such file");
  expect (self, "\xff.json", 1, "No such file");
  expect (self, "double-descen", 2, "double-descent");
  expect (self, "", 2, "unknown exhibit");
}

static void
test_bad (Fixture *self, gconstpointer data)
{
  make_file (self, "bad.json", "{\"exhibit\":");
  make_file (self, "bad", "neither this nor that");
  make_file (self, "unknown.json", "{\"exhibit\": \"nobody\"}");
  make_file (self, "range.json", "{\"exhibit\": \"double-descent\", \"parameters\": {\"n-train\": -7}}");
  expect (self, "bad.json", 2, "bad.json");
  expect (self, "bad", 2, "bad");
  expect (self, "unknown.json", 2, "unknown exhibit");
  expect (self, "range.json", 2, "n-train");
}

/* Neither waits for what never comes nor reads what never ends. */
static void
test_no_file (Fixture *self, gconstpointer data)
{
  g_autofree char *pipe = make_path (self, "pipe");

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  expect (self, "pipe", 1, "neither a file nor a folder");
  expect (self, "/dev/zero", 1, "neither a file nor a folder");
  expect (self, "/", 1, "directory");
}

static void
test_unreadable (Fixture *self, gconstpointer data)
{
  g_autofree char *path = make_path (self, "secret.json");

  make_file (self, "secret.json", "{}");
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (g_access (path, R_OK) == 0)
    {
      g_test_skip ("this user may read everything");
      return;
    }
  expect (self, "secret.json", 1, "Permission denied");
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = g_canonicalize_filename (argv[1], NULL); /* it is run in other folders */

  add ("/app/arguments/missing", test_missing);
  add ("/app/arguments/bad", test_bad);
  add ("/app/arguments/no-file", test_no_file);
  add ("/app/arguments/unreadable", test_unreadable);
  return g_test_run ();
}
