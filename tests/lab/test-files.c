/* What comes in: files of any kind, tables of points, and text of others in messages. */

#include <glib/gstdio.h>
#include <lab.h>
#include <string.h>
#include <sys/stat.h>

static void
test_quote (void)
{
  static const struct
  {
    const char *text, *quoted;
  } cases[] = {
    { "", "" },
    { "plain, 0.5 – σ² “x” \\ 日本語", "plain, 0.5 – σ² “x” \\ 日本語" },
    { "a\nb\tc\rd", "a\\nb\\tc\\rd" },
    { "\x1b[31mred\x7f", "\\x1b[31mred\\x7f" },
    { "\xff\xc3(\xe2\x82", "\\xff\\xc3(\\xe2\\x82" },
    { "left\u202eright\u2028\xc2\x85", "left\\u202eright\\u2028\\u0085" },
    { "%s %n", "%s %n" },
    { "012345678901234567890123456789012345678901234567890123456789",
      "012345678901234567890123456789012345678901234567890123456789" },
    { "0123456789012345678901234567890123456789012345678901234567890",
      "0123456789012345678901234567890123456789…2345678901234567890" },
    { "éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé",
      "éééééééééééééééééééééééééééééééééééééééé…ééééééééééééééééééé" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *exactly = g_strdup (cases[i].text), *quoted = lab_quote (exactly);

      g_assert_cmpstr (quoted, ==, cases[i].quoted);
    }
}

static void
test_long_quote (void)
{
  g_autofree char *text = g_strnfill (100000, '\xff'), *quoted = lab_quote (text);

  g_assert_cmpuint (strlen (quoted), ==, 59 * 4 + strlen ("…"));
}

/* Every message that repeats what someone wrote. */
static void
test_messages (void)
{
  static const char *const fronts[] = { "",      "noise=", "depth=",   "activation=",
                                        "show=", "dim=",   "init=",    "model=",
                                        "=",     "x=",     "a\n\x1b=", "noise=\xff=" };
  g_autofree char *ugly = g_strnfill (1000, '\n');
  const char *const exhibits[] = { "double-descent", "learning-curve" };

  ugly[0] = 'a';
  ugly[2] = '\xff';
  ugly[999] = 'z';
  for (gsize i = 0; i < G_N_ELEMENTS (fronts) * G_N_ELEMENTS (exhibits); i++)
    {
      g_autofree char *assignment = g_strconcat (fronts[i / 2], ugly, NULL);
      g_autoptr (LabSpec) spec = lab_spec_new_named (exhibits[i % 2], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (lab_spec_assign (spec, assignment, &error));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strpbrk (error->message, "\n\x1b"));
      g_assert_cmpuint (strlen (error->message), <, 500);
      g_clear_error (&error);
      g_assert_null (lab_spec_new_named (assignment, &error));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strpbrk (error->message, "\n\x1b"));
    }
}

typedef struct
{
  const char *text;
  int n_columns, n_rows;
  double numbers[6];
} Table;

static const Table tables[] = {
  { "1,2\n3,4\n", 2, 2, { 1, 2, 3, 4 } },
  { "1,2\r\n3,4", 2, 2, { 1, 2, 3, 4 } },
  { "1,2\r3,4\r", 2, 2, { 1, 2, 3, 4 } },
  { "\xef\xbb\xbfx,y\n1,2\n", 2, 1, { 1, 2 } },
  { "\xff\xfe"
    "1\0,\0"
    "2\0\n\0",
    2,
    1,
    { 1, 2 } },
  { "x;y\n1,5;0\n0;1\n", 2, 2, { 1.5, 0, 0, 1 } },
  { "sep=;\r\nx;y\r\n1,5;0\r\n;\r\n0;1\r\n ; \r\n", 2, 2, { 1.5, 0, 0, 1 } },
  { "1,2\n,\n3,4\n,,\n", 2, 2, { 1, 2, 3, 4 } },
  { "1.5;-2e3\n", 2, 1, { 1.5, -2000 } },
  { "-1,5e-3;,5\n", 2, 1, { -0.0015, 0.5 } },
  { "x\ty\n1.5\t0\n0\t1\n", 2, 2, { 1.5, 0, 0, 1 } },
  { "1,5\t2,5\n", 2, 1, { 1.5, 2.5 } },
  { "  1.5   0\n 0 1  \n", 2, 2, { 1.5, 0, 0, 1 } },
  { "x y\n1 2\n", 2, 1, { 1, 2 } },
  { "1 , 2\n", 2, 1, { 1, 2 } },
  { "1\n\n \t\n2\n", 1, 2, { 1, 2 } },
  { "\"x, of a\",\"y\"\n\"1\",\" 2 \"\n", 2, 1, { 1, 2 } },
  { "\"a;b\",c\n1,2\n", 2, 1, { 1, 2 } },
  { "# by hand,,\n\"# in a \"\"sheet\"\"\",,\n1,2,3\n", 3, 1, { 1, 2, 3 } },
  { "temp\xe9rature,y\n1,2\n", 2, 1, { 1, 2 } },
};

static double *
parse (const char *text, gsize length, int *n_columns, int *n_rows, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_memdup2 (text, length), length);

  return lab_csv_parse ("points.csv", bytes, n_columns, n_rows, error);
}

static gsize
text_length (const char *text)
{
  return memcmp (text, "\xff\xfe", MIN (2, strlen (text))) == 0 && *text != '\0' ? 10
                                                                                 : strlen (text);
}

static void
test_tables (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      const Table *table = &tables[i];
      g_autoptr (GError) error = NULL;
      int n_columns, n_rows;
      g_autofree double *numbers = parse (table->text, text_length (table->text), &n_columns,
                                          &n_rows, &error);
      g_autofree char *quoted = lab_quote (table->text);

      g_test_message ("%s", quoted);
      g_assert_no_error (error);
      g_assert_cmpint (n_columns, ==, table->n_columns);
      g_assert_cmpint (n_rows, ==, table->n_rows);
      for (int k = 0; k < n_columns * n_rows; k++)
        g_assert_cmpfloat (numbers[k], ==, table->numbers[k]);
    }
}

static const struct
{
  const char *text, *message;
} refused[] = {
  { "", "there are no numbers in it" },
  { "x,y\n", "there are no numbers in it" },
  { ",x,y\n0,1,0\n", "line 1, column 1: this column has no name: leave it out if it is an index of "
                     "the rows, else name it" },
  { "\"\";\"x\"\n\"1\";0,5\n", "line 1, column 1: this column has no name: leave it out if it is "
                               "an index of the rows, else name it" },
  { "\tx\ty\n0\t1\t0\n", "line 1, column 1: this column has no name: leave it out if it is an "
                         "index of the rows, else name it" },
  { ",\n0,1\n", "line 1, column 1: this column has no name: leave it out if it is an index of the rows, "
              "else name it" },
  { "Unnamed: 0,x\n0,1\n", "line 1, column 1: this column has no name: leave it out if it is an "
                           "index of the rows, else name it" },
  { ",0,1\n0,1,0\n", "line 1, column 1: there is no number" },
  { "x,y\n1,2\n1,z\n", "line 3, column 2: “z” is not a finite number" },
  { "1,2\r1,z\r", "line 2, column 2: “z” is not a finite number" },
  { "1,\x1b[2J\n", "line 1, column 2: “\\x1b[2J” is not a finite number" },
  { "1;2\n1.234,5;2\n", "line 2, column 1: “1.234,5” is not a finite number" },
  { "1;2\n1,234,567;2\n", "line 2, column 1: “1,234,567” is not a finite number" },
  { "1,5;2\n1.5;2\n", "line 2, column 1: decimals follow a “.” here and a “,” before" },
  { "1,5 2,5\n", "line 1, column 2: “5 2” is not a finite number" },
  { "1,2\n3\n", "line 2 has 1 columns, the lines before it have 2" },
  { "1\t2\t\n", "line 1, column 3: there is no number" },
  { "1,nan\n", "line 1, column 2: “nan” is not a finite number" },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *message = g_strconcat ("points.csv: ", refused[i].message, NULL);
      g_autoptr (GError) error = NULL;
      int n_columns, n_rows;

      g_assert_null (
        parse (refused[i].text, strlen (refused[i].text), &n_columns, &n_rows, &error));
      g_assert_error (error, LAB_ERROR, LAB_ERROR_FILE);
      g_assert_cmpstr (error->message, ==, message);
    }
}

static void
assert_content (const char *path, gsize most, const char *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = lab_file_read (path, most, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), content,
                   strlen (content));
}

static void
assert_unread (const char *path, gsize most, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lab_file_read (path, most, &error));
  g_assert_error (error, domain, code);
  g_assert_null (strchr (error->message, '\n'));
}

static gpointer
feed_pipe (gpointer path)
{
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  fputs ("through a pipe", file);
  fclose (file);
  return NULL;
}

/* Files, pipes, devices and folders, up to a most. */
static void
test_kinds (void)
{
  g_autofree char *folder = g_dir_make_tmp ("files-XXXXXX", NULL),
                  *file = g_build_filename (folder, "file", NULL),
                  *empty = g_build_filename (folder, "empty", NULL),
                  *pipe = g_build_filename (folder, "pipe", NULL);
  GThread *writer;

  g_assert_true (g_file_set_contents (file, "through a pipe", -1, NULL));
  assert_content (file, 14, "through a pipe");
  assert_unread (file, 13, LAB_ERROR, LAB_ERROR_FILE);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  assert_content (empty, 10, "");
  assert_content ("/dev/null", 10, "");
  assert_unread ("/dev/zero", 1 << 20, LAB_ERROR, LAB_ERROR_FILE);
  assert_unread (folder, 10, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  assert_unread ("", 10, G_FILE_ERROR, G_FILE_ERROR_NOENT);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (gsize most = 14; most >= 13; most--)
    {
      writer = g_thread_new ("writer", feed_pipe, pipe);
      if (most == 14)
        assert_content (pipe, most, "through a pipe");
      else
        assert_unread (pipe, most, LAB_ERROR, LAB_ERROR_FILE);
      g_thread_join (writer);
    }
  g_unlink (pipe);
  g_unlink (file);
  g_unlink (empty);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/files/quote", test_quote);
  g_test_add_func ("/lab/files/long-quote", test_long_quote);
  g_test_add_func ("/lab/files/messages", test_messages);
  g_test_add_func ("/lab/files/tables", test_tables);
  g_test_add_func ("/lab/files/refused", test_refused);
  g_test_add_func ("/lab/files/kinds", test_kinds);
  return g_test_run ();
}
