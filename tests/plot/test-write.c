#include "plot.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Scratch;

static void
set_up (Scratch *scratch, gconstpointer data)
{
  scratch->folder = g_dir_make_tmp ("plot-XXXXXX", NULL);
  scratch->path = g_build_filename (scratch->folder, "figure.png", NULL);
}

static guint
count_files (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  g_dir_close (dir);
  return n;
}

static void
tear_down (Scratch *scratch, gconstpointer data)
{
  GDir *dir = g_dir_open (scratch->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (scratch->folder), ==, 0);
  g_free (scratch->folder);
  g_free (scratch->path);
}

static gboolean
write_text (const char *path, const char *text, gboolean replace, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return plot_write_file (path, bytes, replace, error);
}

static void
assert_holds (const char *path, const char *want)
{
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &got, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, want);
}

static int
mode_of (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

/* One line that names the file. */
static void
assert_refused (const char *path, gboolean replace, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (path);

  g_assert_false (write_text (path, "text", replace, &error));
  g_assert_error (error, G_IO_ERROR, code);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_cmpuint (strlen (error->message), <, 400);
  if (*path != '\0' && strchr (base, '\n') == NULL && strlen (base) < 80)
    g_assert_nonnull (strstr (error->message, base));
}

static void
test_new_file (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  mode_t old = umask (027);

  g_assert_true (write_text (scratch->path, "one", FALSE, &error));
  umask (old);
  g_assert_no_error (error);
  assert_holds (scratch->path, "one");
  g_assert_cmpint (mode_of (scratch->path), ==, 0640);
  g_assert_cmpuint (count_files (scratch->folder), ==, 1);
}

static void
test_existing_file (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (write_text (scratch->path, "one", FALSE, &error));
  g_chmod (scratch->path, 0604);
  assert_refused (scratch->path, FALSE, G_IO_ERROR_EXISTS);
  assert_holds (scratch->path, "one");
  g_assert_true (write_text (scratch->path, "two", TRUE, &error));
  g_assert_no_error (error);
  assert_holds (scratch->path, "two");
  g_assert_cmpint (mode_of (scratch->path), ==, 0604);
  g_assert_cmpuint (count_files (scratch->folder), ==, 1);
}

static void
test_empty_bytes (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (write_text (scratch->path, "", FALSE, &error));
  g_assert_no_error (error);
  assert_holds (scratch->path, "");
}

static void
test_relative_path (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *here = g_get_current_dir ();

  g_assert_cmpint (g_chdir (scratch->folder), ==, 0);
  g_assert_true (write_text ("figure.png", "one", FALSE, &error));
  g_assert_no_error (error);
  assert_holds (scratch->path, "one");
  g_assert_cmpint (g_chdir (here), ==, 0);
}

static void
test_bad_places (Scratch *scratch, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (scratch->folder, "no", "such", "figure.png", NULL);
  g_autofree char *under = g_build_filename (scratch->path, "figure.png", NULL);
  g_autofree char *slash = g_strconcat (scratch->folder, "/new/", NULL);
  g_autofree char *long_name = g_strnfill (300, 'x');
  g_autofree char *too_long = g_build_filename (scratch->folder, long_name, NULL);
  g_autofree char *odd = g_build_filename (scratch->folder, "no", "two\nlines", NULL);

  g_assert_true (write_text (scratch->path, "one", FALSE, NULL));
  assert_refused (missing, TRUE, G_IO_ERROR_NOT_FOUND);
  assert_refused (under, TRUE, G_IO_ERROR_NOT_DIRECTORY);
  assert_refused (scratch->folder, TRUE, G_IO_ERROR_IS_DIRECTORY);
  assert_refused (scratch->folder, FALSE, G_IO_ERROR_IS_DIRECTORY);
  assert_refused (slash, TRUE, G_IO_ERROR_IS_DIRECTORY);
  assert_refused (too_long, TRUE, G_IO_ERROR_FILENAME_TOO_LONG);
  assert_refused (odd, TRUE, G_IO_ERROR_NOT_FOUND);
  assert_refused ("", TRUE, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_files (scratch->folder), ==, 1);
}

/* A limit on the size of files stands in for a full disk. */
static void
test_full_disk (Scratch *scratch, gconstpointer data)
{
  g_autofree char *fresh = g_build_filename (scratch->folder, "fresh.png", NULL);
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (large, 100000);
  g_autoptr (GError) error = NULL, again = NULL;
  struct rlimit old, small;

  g_assert_true (write_text (scratch->path, "one", FALSE, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 5000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (plot_write_file (scratch->path, bytes, TRUE, &error));
  g_assert_false (plot_write_file (fresh, bytes, FALSE, &again));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  g_assert_nonnull (strstr (error->message, "figure.png"));
  g_assert_nonnull (strstr (again->message, "fresh.png"));
  assert_holds (scratch->path, "one");
  g_assert_cmpuint (count_files (scratch->folder), ==, 1);
}

static void
test_links (Scratch *scratch, gconstpointer data)
{
  g_autofree char *link = g_build_filename (scratch->folder, "link.png", NULL);
  g_autofree char *dangling = g_build_filename (scratch->folder, "dangling.png", NULL);
  g_autofree char *target = g_build_filename (scratch->folder, "target.png", NULL);
  g_autofree char *loop = g_build_filename (scratch->folder, "loop.png", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (write_text (scratch->path, "one", FALSE, NULL));
  g_assert_cmpint (symlink ("figure.png", link), ==, 0);
  g_assert_cmpint (symlink (target, dangling), ==, 0);
  g_assert_cmpint (symlink ("loop.png", loop), ==, 0);

  assert_refused (link, FALSE, G_IO_ERROR_EXISTS);
  g_assert_true (write_text (link, "two", TRUE, &error));
  g_assert_no_error (error);
  assert_holds (scratch->path, "two");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));

  g_assert_true (write_text (dangling, "three", FALSE, &error));
  g_assert_no_error (error);
  assert_holds (target, "three");
  g_assert_true (g_file_test (dangling, G_FILE_TEST_IS_SYMLINK));

  assert_refused (loop, TRUE, G_IO_ERROR_TOO_MANY_LINKS);
}

/* In a folder for everybody, a link of somebody else could lead anywhere. */
static void
test_links_of_others (Scratch *scratch, gconstpointer data)
{
  g_autofree char *shared = g_build_filename (scratch->folder, "shared", NULL);
  g_autofree char *link = g_build_filename (shared, "link.png", NULL);
  g_autofree char *mine = g_build_filename (shared, "mine.png", NULL);
  g_autofree char *dangling = g_build_filename (shared, "dangling.png", NULL);
  g_autofree char *target = g_build_filename (scratch->folder, "target.png", NULL);
  g_autoptr (GError) error = NULL;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can make links of others");
      return;
    }
  g_assert_true (write_text (scratch->path, "one", FALSE, NULL));
  g_chmod (scratch->path, 0600);
  g_assert_cmpint (g_mkdir (shared, 0700), ==, 0);
  g_assert_cmpint (chmod (shared, 01777), ==, 0);
  g_assert_cmpint (chown (shared, 65534, 65534), ==, 0);
  g_assert_cmpint (symlink (scratch->path, link), ==, 0);
  g_assert_cmpint (symlink (target, dangling), ==, 0);
  g_assert_cmpint (symlink (scratch->path, mine), ==, 0);
  g_assert_cmpint (lchown (link, 12345, 12345), ==, 0);
  g_assert_cmpint (lchown (dangling, 12345, 12345), ==, 0);

  assert_refused (link, TRUE, G_IO_ERROR_PERMISSION_DENIED);
  assert_refused (dangling, TRUE, G_IO_ERROR_PERMISSION_DENIED);
  assert_holds (scratch->path, "one");
  g_assert_cmpint (mode_of (scratch->path), ==, 0600);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  g_assert_true (write_text (mine, "two", TRUE, &error));
  g_assert_no_error (error);
  assert_holds (scratch->path, "two");
  g_assert_cmpint (mode_of (scratch->path), ==, 0600);
  g_assert_cmpint (g_remove (link) | g_remove (mine) | g_remove (dangling), ==, 0);
}

/* Whom the file belonged to, it still does; where that cannot be, nobody else gets at it. */
static void
test_owner (Scratch *scratch, gconstpointer data)
{
  struct stat info;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can give files away");
      return;
    }
  g_assert_true (write_text (scratch->path, "one", FALSE, NULL));
  g_assert_cmpint (chown (scratch->path, 12345, 23456), ==, 0);
  g_assert_cmpint (chmod (scratch->path, 02660), ==, 0);
  g_assert_true (write_text (scratch->path, "two", TRUE, NULL));
  g_assert_cmpint (stat (scratch->path, &info), ==, 0);
  g_assert_cmpuint (info.st_uid, ==, 12345);
  g_assert_cmpuint (info.st_gid, ==, 23456);
  g_assert_cmpuint (info.st_mode & 07777, ==, 02660);

  g_assert_cmpint (chmod (scratch->path, 06666), ==, 0);
  g_assert_cmpint (chown (scratch->folder, 34567, 34567), ==, 0);
  g_assert_cmpint (setresgid (34567, 34567, 0) | setresuid (34567, 34567, 0), ==, 0);
  g_assert_true (write_text (scratch->path, "three", TRUE, NULL));
  g_assert_cmpint (setresuid (0, 0, 0) | setresgid (0, 0, 0), ==, 0);
  g_assert_cmpint (stat (scratch->path, &info), ==, 0);
  g_assert_cmpuint (info.st_uid, ==, 34567);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0606);
}

/* A list of who may do what goes over, and with it that the group may do less than the mode says. */
static void
test_access_list (Scratch *scratch, gconstpointer data)
{
  static const struct
  {
    guint16 tag, permissions;
    guint32 id;
  } entries[] = {
    { 1, 6, -1 }, { 2, 6, 12345 }, { 4, 0, -1 }, { 16, 6, -1 }, { 32, 0, -1 },
  };
  guint8 list[4 + sizeof entries] = { 2 }, got[sizeof list];

  memcpy (list + 4, entries, sizeof entries);
  g_assert_true (write_text (scratch->path, "one", FALSE, NULL));
  if (setxattr (scratch->path, "system.posix_acl_access", list, sizeof list, 0) != 0)
    {
      g_test_skip ("no access lists here");
      return;
    }
  g_assert_cmpint (mode_of (scratch->path), ==, 0660);
  g_assert_true (write_text (scratch->path, "two", TRUE, NULL));
  g_assert_cmpint (mode_of (scratch->path), ==, 0660);
  g_assert_cmpint (getxattr (scratch->path, "system.posix_acl_access", got, sizeof got), ==,
                   sizeof got);
  g_assert_cmpmem (got, sizeof got, list, sizeof list);
}

/* What a killed program left behind goes; what looks like it, or is being written, stays. */
static void
test_sweep (Scratch *scratch, gconstpointer data)
{
  static const struct
  {
    const char *name;
    gboolean locked, stays;
  } rows[] = {
    { ".tangent-lab-0123456789abcdef", FALSE, FALSE },
    { ".tangent-lab-fedcba9876543210", TRUE, TRUE },
    { ".tangent-lab-0123456789abcde", FALSE, TRUE },
    { ".tangent-lab-0123456789abcdefg", FALSE, TRUE },
    { ".tangent-lab-0123456789abcdeg", FALSE, TRUE },
    { "tangent-lab-0123456789abcdef", FALSE, TRUE },
  };
  int fds[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_build_filename (scratch->folder, rows[i].name, NULL);

      fds[i] = open (path, O_WRONLY | O_CREAT, 0600);
      if (rows[i].locked)
        g_assert_cmpint (flock (fds[i], LOCK_EX), ==, 0);
    }
  g_assert_true (write_text (scratch->path, "one", FALSE, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_build_filename (scratch->folder, rows[i].name, NULL);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, rows[i].stays);
      close (fds[i]);
    }
}

/* The same refusals as writing has, and nothing is written. */
static void
test_check (Scratch *scratch, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (scratch->folder, "no", "figure.png", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (plot_check_file (scratch->path, FALSE, NULL));
  g_assert_cmpuint (count_files (scratch->folder), ==, 0);
  g_assert_true (write_text (scratch->path, "one", FALSE, NULL));
  g_assert_true (plot_check_file (scratch->path, TRUE, NULL));
  g_assert_false (plot_check_file (scratch->path, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_false (plot_check_file (missing, TRUE, NULL));
  g_assert_false (plot_check_file (scratch->folder, TRUE, NULL));
  g_assert_true (plot_check_file ("/dev/null", FALSE, NULL));
  assert_holds (scratch->path, "one");
}

static gpointer
read_pipe (gpointer path)
{
  char *text = NULL;
  FILE *file = fopen (path, "r");
  char buffer[64] = "";

  g_assert_nonnull (file);
  g_assert_nonnull (fgets (buffer, sizeof buffer, file));
  fclose (file);
  text = g_strdup (buffer);
  return text;
}

static void
test_special_files (Scratch *scratch, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (scratch->folder, "fifo", NULL);
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;
  GThread *reader;

  g_assert_true (write_text ("/dev/null", "x", FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  reader = g_thread_new ("reader", read_pipe, fifo);
  g_assert_true (write_text (fifo, "through", FALSE, &error));
  g_assert_no_error (error);
  got = g_thread_join (reader);
  g_assert_cmpstr (got, ==, "through");
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    assert_refused ("/dev/full", TRUE, G_IO_ERROR_NO_SPACE);
}

/* Standard output that goes to a file is appended to, not replaced. */
static void
test_standard_output (Scratch *scratch, gconstpointer data)
{
  int saved = dup (STDOUT_FILENO), file = open (scratch->path, O_WRONLY | O_CREAT, 0600);
  gboolean done;

  fflush (stdout);
  dup2 (file, STDOUT_FILENO);
  done = write (STDOUT_FILENO, "before ", 7) == 7 && write_text ("/dev/stdout", "here", FALSE, NULL)
         && write (STDOUT_FILENO, " after", 6) == 6;
  dup2 (saved, STDOUT_FILENO);
  close (saved);
  close (file);
  g_assert_true (done);
  assert_holds (scratch->path, "before here after");
}

/* Whoever reads while it is replaced sees the old or the new, whole. */
static gpointer
replace_often (gpointer path)
{
  g_autofree char *a = g_strnfill (50000, 'a'), *b = g_strnfill (70000, 'b');

  for (int i = 0; i < 60; i++)
    g_assert_true (write_text (path, i % 2 ? a : b, TRUE, NULL));
  return NULL;
}

static void
test_always_whole (Scratch *scratch, gconstpointer data)
{
  GThread *writer;
  guint seen = 0;

  g_assert_true (write_text (scratch->path, "a", FALSE, NULL));
  writer = g_thread_new ("writer", replace_often, scratch->path);
  for (int i = 0; i < 400; i++)
    {
      g_autofree char *text = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (scratch->path, &text, &length, NULL));
      g_assert_true (length == 1 || length == 50000 || length == 70000);
      g_assert_cmpint (text[0], ==, text[length - 1]);
      seen++;
    }
  g_thread_join (writer);
  g_assert_cmpuint (seen, ==, 400);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Scratch *scratch, gconstpointer data);
  } tests[] = {
    { "/plot/write/new-file", test_new_file },
    { "/plot/write/existing-file", test_existing_file },
    { "/plot/write/empty-bytes", test_empty_bytes },
    { "/plot/write/relative-path", test_relative_path },
    { "/plot/write/bad-places", test_bad_places },
    { "/plot/write/full-disk", test_full_disk },
    { "/plot/write/links", test_links },
    { "/plot/write/links-of-others", test_links_of_others },
    { "/plot/write/owner", test_owner },
    { "/plot/write/access-list", test_access_list },
    { "/plot/write/sweep", test_sweep },
    { "/plot/write/check", test_check },
    { "/plot/write/special-files", test_special_files },
    { "/plot/write/standard-output", test_standard_output },
    { "/plot/write/always-whole", test_always_whole },
  };

  g_test_init (&argc, &argv, NULL);
  plot_init ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Scratch, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
