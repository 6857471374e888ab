/* Files as other programs leave them, and files made to harm. */

#include <figures.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SPEC "{\"exhibit\": \"double-descent\", \"parameters\": {\"noise\": 1, \"points\": 3}}"

/* In memory of exactly this size, so that a read beyond it is seen. */
static GBytes *
exactly (const char *data, gsize length)
{
  return g_bytes_new_take (g_memdup2 (data, length), length);
}

static void
assert_reads (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSpec) spec = figures_parse_spec (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (lab_spec_real (spec, LAB_NOISE), ==, 1);
  g_assert_cmpint (lab_spec_integer (spec, LAB_POINTS), ==, 3);
}

static void
assert_refused (GBytes *bytes, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (figures_parse_spec (bytes, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_FILE);
  g_assert_null (strchr (error->message, '\n'));
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

/* UTF-8 and UTF-16 in both orders, with a mark and without, blanks in front. */
static void
test_encodings (void)
{
  static const struct
  {
    const char *mark, *charset;
  } cases[] = { { "", "UTF-8" },    { "\xef\xbb\xbf", "UTF-8" },
                { "", "UTF-16LE" }, { "\xff\xfe", "UTF-16LE" },
                { "", "UTF-16BE" }, { "\xfe\xff", "UTF-16BE" } };
  static const char *const texts[] = {
    SPEC,
    " \n\t" SPEC "\n",
    "# tangent-lab 0.1.0\n# tangent-lab-spec: " SPEC "\nseries,x,y\n",
    "# tangent-lab 0.1.0\r\n# tangent-lab-spec: " SPEC "\r\nseries,x,y\r\n",
    "# tangent-lab 0.1.0\r# tangent-lab-spec: " SPEC "\rseries,x,y\r",
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><parameter key=\"tangent-lab-spec\">"
    "{\"exhibit\": \"double-descent\", \"parameters\": {\"noise\": 1, \"points\": 3}}"
    "</parameter></metadata></svg>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
      {
        gsize length;
        g_autofree char *text = g_convert (texts[k], -1, cases[i].charset, "UTF-8", NULL, &length,
                                           NULL);
        g_autoptr (GByteArray) array = g_byte_array_new ();
        g_autoptr (GBytes) bytes = NULL;

        g_byte_array_append (array, (const guint8 *) cases[i].mark, strlen (cases[i].mark));
        g_byte_array_append (array, (const guint8 *) text, length);
        bytes = exactly ((const char *) array->data, array->len);
        assert_reads (bytes);
      }
}

/* A comment as spreadsheets write it: in quotes, cut at the commas or not, filled up. */
static void
test_spreadsheets (void)
{
  static const char *const separators[] = { ",", ";", "\t" };
  g_auto (GStrv) parts = g_strsplit (SPEC, ",", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    for (int cut = 0; cut < 2; cut++)
      for (int filled = 0; filled < 2; filled++)
        {
          g_autoptr (GString) text = g_string_new ("# tangent-lab 0.1.0");
          g_autoptr (GString) line = g_string_new (SPEC);
          g_autoptr (GBytes) bytes = NULL;

          g_string_replace (line, "\"", "\"\"", 0);
          if (cut)
            {
              g_autofree char *between = g_strdup_printf ("\"%s\"", separators[i]);

              g_string_replace (line, ",", between, 0);
            }
          g_string_append (text, filled ? separators[i] : "");
          g_string_append_printf (text, "\r\n\"# tangent-lab-spec: %s\"%s%s\r\nseries%sx\r\n",
                                  line->str, filled ? separators[i] : "",
                                  filled ? separators[i] : "", separators[i]);
          bytes = exactly (text->str, text->len);
          assert_reads (bytes);
        }
}

static void
test_spreadsheet_file (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("GOLDEN_DIR"), "inputs", "spreadsheet.csv",
                                            NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSpec) spec = figures_read_spec (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (lab_spec_integer (spec, LAB_POINTS), ==, 3);
  g_assert_cmpint (lab_spec_integer (spec, LAB_SEEDS), ==, 2);
}

/* As other programs save a picture or a table. */
static void
test_saved_again (void)
{
  static const char *const texts[] = {
    "<!-- by another program -->\n<svg><metadata><parameters>"
    "<parameter key=\"tangent-lab-spec\"><![CDATA[" SPEC "]]></parameter></parameters></metadata></svg>",
    "<?xml version=\"1.0\"?><ns0:svg xmlns:ns0=\"s\" xmlns:ns1=\"t\"><ns0:metadata><ns1:parameters>"
    "<ns1:parameter key=\"tangent-lab-spec\">" SPEC "</ns1:parameter></ns1:parameters></ns0:metadata>"
    "</ns0:svg>",
    "series,x,y\ntest,1,2\n# tangent-lab-spec: " SPEC "\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = exactly (texts[i], strlen (texts[i]));

      assert_reads (bytes);
    }
}

/* What it is instead. */
static void
test_named (void)
{
  static const struct
  {
    const char *text, *words;
  } cases[] = {
    { "", "nothing in this file" },
    { " \n ", "nothing in this file" },
    { "[1,2]", "a JSON array, not an object" },
    { "{\"exhibit\": 3}", "“exhibit” is not a text" },
    { "{}", "names no exhibit" },
    { "{\"exhibit\": \"double-descent\",\n  \"parameters\": }", "not JSON: line 2" },
    { "{\"exhibit\": \"double-descent\"} // a remark", "not JSON: line 1, column 31" },
    { "{'exhibit': 'double-descent'}", "not JSON: line 1, column 2" },
    { "{\"exhibit\": \"double-descent\", \"parameters\": {\"noise\": NaN}}", "not JSON" },
    { "{\"\xff\": 1}", "not JSON: line 1, column 3" },
    { "{", "not JSON" },
    { "{\"a\": \"\\x\"}", "not JSON: line 1, column 8" },
    { "{\"exhibit\": \"double-descent\", \"parameters\": {\"a\\nb\": {}}}", "“a\\nb” is neither" },
    { "series,x,y\ntest,1,2\n", "begins with “series,x,y” and is none" },
    { "# some table\nx,y\n", "no line “# tangent-lab-spec" },
    { "hello \x1b[31m\n", "begins with “hello \\x1b[31m”" },
    { "<svg/>", "does not carry “tangent-lab-spec”" },
    { "<html>", "does not carry" },
    { "{\"width\": 010}", "not JSON: line 1, column 11" },
    { "{\"seed\": -9223372036854775809}", "not JSON: line 1, column 10" },
    { "{\"seed\": 18446744073709551617}", "not JSON: line 1, column 10" },
    { "{\"noise\": 1.}", "not JSON: line 1, column 11" },
    { "{\"noise\": .5}", "not JSON: line 1, column 11" },
    { "{\"noise\": 1e}", "not JSON: line 1, column 11" },
    { "{\"exhibit\": \"double-descent\"}\n {}", "not JSON: line 2, column 2" },
    { "{\"exhibit\": \"double-descent\\u0000x\"}", "not JSON: line 1, column 28" },
    { "{\"a\n\": 1}", "not JSON: line 1, column 4" },
    { "\xff\xd8\xff\xe0", "a JPEG picture" },
    { "GIF89a", "a GIF picture" },
    { "PK\003\004", "an archive or a workbook" },
    { "\037\213", "compressed" },
    { "%PDF-1.7", "does not carry" },
    { "\xff\xfe{", "not UTF-16LE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = exactly (cases[i].text, strlen (cases[i].text));

      assert_refused (bytes, cases[i].words);
    }
}

static void
test_zeros (void)
{
  g_autoptr (GBytes) bytes = exactly ("{\"exhibit\0\": 1}", 15);

  assert_refused (bytes, "not a text file");
}

static char *
nested (const char *front, char open, int levels)
{
  GString *text = g_string_new (front);

  for (int i = 0; i < levels; i++)
    g_string_append_c (text, open);
  return g_string_free (text, FALSE);
}

/* As files that carry it. */
static void
refuse_everywhere (const char *json, const char *words)
{
  static const char *const pictures[] = { "png", "svg", "pdf" };
  g_autoptr (GBytes) plain = exactly (json, strlen (json));
  g_autofree char *comment = g_strdup_printf ("# tangent-lab-spec: %s\n", json);
  g_autoptr (GBytes) table = exactly (comment, strlen (comment));

  assert_refused (plain, words);
  assert_refused (table, words);
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (PlotFigure) figure = plot_figure_new ("");
      g_autoptr (GBytes) bytes = NULL;

      plot_figure_set_metadata (figure, "tangent-lab-spec", json);
      bytes = plot_export (figure, plot_theme_find ("light"), NULL, plot_format_find (pictures[i]),
                           40, 30, 96, NULL);
      assert_refused (bytes, words);
    }
}

/* Deep nesting never reaches the parser, which calls itself for each level; neither behind what is a
 * string or a comment for one of the two alone. */
static void
test_nesting (void)
{
  g_autofree char *arrays = nested ("{\"a\": ", '[', 80000), *within = nested ("{\"a\": ", '[', 99),
                  *above = nested ("{\"a\": ", '[', 100), *text = nested ("{\"a\": \"", '[', 80000),
                  *comment = nested ("{/*\"*/\"a\": ", '[', 80000),
                  *quote = nested ("{'\"': ", '[', 80000),
                  *escape = nested ("{\"\\u\": \"", '[', 80000),
                  *closed = nested ("{\"]]]]]]\": ", '[', 80000);

  refuse_everywhere (arrays, "nested more than 100 levels");
  refuse_everywhere (within, "not JSON");
  refuse_everywhere (above, "nested more than 100 levels");
  refuse_everywhere (text, "not JSON");
  refuse_everywhere (comment, "not JSON: line 1, column 2");
  refuse_everywhere (quote, "not JSON: line 1, column 2");
  refuse_everywhere (escape, "not JSON: line 1, column 3");
  refuse_everywhere (closed, "nested more than 100 levels");
}

static void
test_sizes (void)
{
  g_autofree char *blanks = g_strnfill (400000, ' '), *long_key = g_strnfill (5 << 20, 'a'),
                  *json = g_strdup_printf ("{\"%s\": 1}", long_key);
  g_autoptr (GBytes) bytes = exactly (blanks, strlen (blanks));

  assert_refused (bytes, "nothing in this file");
  refuse_everywhere (json, "larger than 4 MiB");
}

/* As a matrix of many points has them: nobody asks for the numbers of a result. */
static void
test_long_rows (void)
{
  g_autoptr (GString) json = g_string_new ("{\"fields\": [");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < (5 << 20) / 4000; i++)
    {
      g_string_append (json, i > 0 ? ",\n[" : "[");
      for (int j = 0; j < 1000; j++)
        g_string_append (json, j > 0 ? ", 3e1" : "2");
      g_string_append_c (json, ']');
    }
  g_string_append (json, "], \"exhibit\": \"kernel\", \"parameters\": {\"dim\": 3}}");
  bytes = exactly (json->str, json->len);
  spec = figures_parse_spec (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lab_spec_integer (spec, LAB_DIM), ==, 3);
}

/* By path: what cannot be read is an error of files, what is too large is refused before. */
static void
test_paths (void)
{
  g_autofree char *folder = g_dir_make_tmp ("read-XXXXXX", NULL),
                  *missing = g_build_filename (folder, "a\nb.json", NULL),
                  *large = g_build_filename (folder, "large", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (figures_read_spec (folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_clear_error (&error);
  g_assert_null (figures_read_spec (missing, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_null (strchr (error->message, '\n'));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (large, "{", -1, NULL));
  g_assert_cmpint (truncate (large, FIGURES_MOST_BYTES + 1), ==, 0);
  g_assert_null (figures_read_spec (large, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "larger than 256.0"));
  g_unlink (large);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/figures/read/encodings", test_encodings);
  g_test_add_func ("/figures/read/spreadsheets", test_spreadsheets);
  g_test_add_func ("/figures/read/saved-again", test_saved_again);
  g_test_add_func ("/figures/read/spreadsheet-file", test_spreadsheet_file);
  g_test_add_func ("/figures/read/named", test_named);
  g_test_add_func ("/figures/read/zeros", test_zeros);
  g_test_add_func ("/figures/read/nesting", test_nesting);
  g_test_add_func ("/figures/read/sizes", test_sizes);
  g_test_add_func ("/figures/read/long-rows", test_long_rows);
  g_test_add_func ("/figures/read/paths", test_paths);
  return g_test_run ();
}
