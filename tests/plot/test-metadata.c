#include "plot-samples.h"

#include <string.h>

static GBytes *export(const PlotFigure *figure, const char *format, double width, double height,
                      double dpi)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = plot_export (figure, plot_theme_find ("light"), NULL, plot_format_find (format),
                               width, height, dpi, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return bytes;
}

static const char *const nasty[][2] = {
  { "plain", "0.5" },
  { "empty", "" },
  { "quotes", "\"double\" and 'single'" },
  { "markup", "a < b && c > d; ]]> <!-- --> <metadata> &amp;" },
  { "newlines", "one\ntwo\r\nthree\rfour\ttab\n" },
  { "spaces", "  in front and behind  " },
  { "utf-8", "σ² = ½ – 日本語 😀 éà" },
  { "parentheses", "(open ((balanced) and not" },
  { "closing", "a ) b )) (" },
  { "backslashes", "C:\\folder\\new\\(x\\)\\" },
  { "percent", "100%; a=b; %41 %%" },
  { "json", "{ \"spec\": { \"width\": [2, 400], \"name\": \"a\\\"b\" } }" },
  { "pdf", "/Keywords (x) /Title <feff> endobj >> startxref 0" },
  { "key = with; odd % \"<&>\" (signs) é", "value" },
  { "a-very-long-key-that-does-not-fit-into-the-seventy-nine-characters-that-a-png-keyword-may-"
    "have-1",
    "one" },
  { "a-very-long-key-that-does-not-fit-into-the-seventy-nine-characters-that-a-png-keyword-may-"
    "have-2",
    "two" },
};

static PlotFigure *
nasty_figure (void)
{
  PlotFigure *figure = plot_sample_double_descent ();

  for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
    plot_figure_set_metadata (figure, nasty[i][0], nasty[i][1]);
  plot_figure_set_description (figure, "Peak (at \\ 102) <b> & \"σ\"\nsecond line");
  return figure;
}

static const char *const pictures[] = { "png", "svg", "pdf" };

static void
test_metadata (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (pictures); f++)
    {
      g_autoptr (PlotFigure) figure = nasty_figure ();
      g_autoptr (GBytes) bytes = export(figure, pictures[f], 400, 300, 96);
      g_autofree char *description = plot_read_metadata (bytes, "description", NULL);
      g_autofree char *title = plot_read_metadata (bytes, "title", NULL);

      for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *value = plot_read_metadata (bytes, nasty[i][0], &error);

          g_assert_no_error (error);
          g_assert_cmpstr (value, ==, nasty[i][1]);
        }
      g_assert_cmpstr (description, ==, "Peak (at \\ 102) <b> & \"σ\"\nsecond line");
      g_assert_cmpstr (title, ==, "Random features, D = 20, n = 100, σ = 0.5, ridgeless, mirrored");
    }
}

/* Cairo writes ASCII into a PDF in another way than the rest of Unicode. */
static void
test_metadata_ascii (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (pictures); f++)
    {
      g_autoptr (PlotFigure) figure = plot_figure_new ("(a \\ title) (");
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *title = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
        if (g_str_is_ascii (nasty[i][0]) && g_str_is_ascii (nasty[i][1]))
          plot_figure_set_metadata (figure, nasty[i][0], nasty[i][1]);
      bytes = export(figure, pictures[f], 400, 300, 96);
      title = plot_read_metadata (bytes, "title", NULL);
      g_assert_cmpstr (title, ==, "(a \\ title) (");
      for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
        {
          g_autofree char *value = plot_read_metadata (bytes, nasty[i][0], NULL);

          if (g_str_is_ascii (nasty[i][0]) && g_str_is_ascii (nasty[i][1]))
            g_assert_cmpstr (value, ==, nasty[i][1]);
          else
            g_assert_null (value);
        }
    }
}

/* Other versions of Cairo escape what this one writes as hexadecimal. */
static void
test_metadata_literal (void)
{
  static const char file[] =
    "%PDF-1.4\n"
    "1 0 obj\n<< /Creator (/Keywords \\() /Keywords (k=a\\\\b \\(c\\) (d) \\101\\tz; "
    "l=\\)) /Title (t) >>\nendobj\n"
    "xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    "trailer\n<< /Size 2 /Info 1 0 R >>\nstartxref\n";
  const char *table = strstr (file, "xref\n");
  g_autofree char *text = g_strdup_printf ("%s%d\n%%%%EOF\n", file, (int) (table - file));
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autofree char *k = plot_read_metadata (bytes, "k", NULL);
  g_autofree char *l = plot_read_metadata (bytes, "l", NULL);
  g_autofree char *title = plot_read_metadata (bytes, "title", NULL);

  g_assert_cmpstr (k, ==, "a\\b (c) (d) A\tz");
  g_assert_cmpstr (l, ==, ")");
  g_assert_cmpstr (title, ==, "t");
}

static void
test_metadata_missing (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (pictures); f++)
    {
      g_autoptr (PlotFigure) figure = plot_sample_empty ();
      g_autoptr (GBytes) bytes = export(figure, pictures[f], 400, 300, 96);
      g_autoptr (GError) error = NULL;

      g_assert_null (plot_read_metadata (bytes, "no such key", &error));
      g_assert_error (error, PLOT_ERROR, PLOT_ERROR_FORMAT);
    }
}

/* Control characters cannot be kept in XML: they are replaced in every format alike. */
static void
test_metadata_unclean (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_empty ();

  plot_figure_set_metadata (figure, "k", "a\001b\177c\xffz");
  plot_figure_set_metadata (figure, "k2", "first");
  plot_figure_set_metadata (figure, "k2", "second");
  for (guint f = 0; f < G_N_ELEMENTS (pictures); f++)
    {
      g_autoptr (GBytes) bytes = export(figure, pictures[f], 400, 300, 96);
      g_autofree char *value = plot_read_metadata (bytes, "k", NULL);
      g_autofree char *again = plot_read_metadata (bytes, "k2", NULL);

      g_assert_cmpstr (value, ==, "a\357\277\275b\357\277\275c\357\277\275z");
      g_assert_cmpstr (again, ==, "second");
    }
}

/* A figure's own "title" key comes before its title. */
static void
test_metadata_title_key (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_empty ();

  plot_figure_set_metadata (figure, "title", "mine");
  for (guint f = 0; f < G_N_ELEMENTS (pictures); f++)
    {
      g_autoptr (GBytes) bytes = export(figure, pictures[f], 400, 300, 96);
      g_autofree char *value = plot_read_metadata (bytes, "title", NULL);

      g_assert_cmpstr (value, ==, "mine");
    }
}

/* Cut short, or with bytes changed: an error or a value, never a crash. */
static void
test_metadata_damaged (void)
{
  GRand *rand = g_rand_new_with_seed (7);

  for (guint f = 0; f < G_N_ELEMENTS (pictures); f++)
    {
      g_autoptr (PlotFigure) figure = nasty_figure ();
      g_autoptr (GBytes) bytes = export(figure, pictures[f], 120, 90, 48);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);

      for (guint i = 0; i < 1500; i++)
        {
          g_autofree guint8 *copy = g_memdup2 (data, size);
          gsize length = i % 2 ? size : (gsize) g_rand_int_range (rand, 0, (int) size);
          g_autoptr (GBytes) damaged = NULL;
          g_autofree char *value = NULL, *title = NULL;

          for (guint k = 0; k < i % 7; k++)
            copy[g_rand_int_range (rand, 0, (int) (k % 2 ? MIN (size, 2500) : size))] = (guint8)
              g_rand_int (rand);
          /* exactly this long, so that a read past the end is seen */
          damaged = g_bytes_new_take (g_memdup2 (copy, MAX (1, length)), length);
          value = plot_read_metadata (damaged, "json", NULL);
          title = plot_read_metadata (damaged, "title", NULL);
        }
    }
  g_rand_free (rand);
}

static void
test_metadata_elsewhere (void)
{
  static const char *const files[] = { "",
                                       "P6 1 1 255",
                                       "%PDF-1.4",
                                       "<svg/>",
                                       "<?xml version=\"1.0\"?><svg><title>t</title></svg>",
                                       "\211PNG\r\n\032\n",
                                       "series,x,y" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (files[i], strlen (files[i]));
      g_autoptr (GError) error = NULL;
      g_autofree char *value = plot_read_metadata (bytes, "spec", &error);

      g_assert_null (value);
      g_assert_error (error, PLOT_ERROR, PLOT_ERROR_FORMAT);
    }
}

/* A PDF that ends within a name: nothing beyond is read. */
static void
test_metadata_cut (void)
{
  static const char *const names[] = { "/Keywords", "/Title", "/Keywords(", "/Keywords(\\", "/Keywords<f",
                                       "/Keywords(a\\1" };
  g_autofree char *path = g_build_filename (g_getenv ("GOLDEN_DIR"), "inputs", "cut.pdf", NULL);
  char *text;
  gsize size;
  GError *error = NULL;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i <= size; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_take (g_memdup2 (text, i), i);

      g_assert_null (plot_read_metadata (bytes, "tangent-lab-spec", NULL));
    }
  g_free (text);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *whole = NULL;
      g_autoptr (GBytes) bytes = NULL;

      whole = g_strdup_printf ("%%PDF-1.4\nstartxref\n28\n%%%%EOF\nxref\n0 2\n"
                               "0000000000 65535 f \n0000000089 00000 n \n"
                               "/Info 1 0 R\n<< %s",
                               names[i]);
      bytes = g_bytes_new_take (g_memdup2 (whole, strlen (whole)), strlen (whole));
      g_assert_null (plot_read_metadata (bytes, "tangent-lab-spec", NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/metadata/round-trip", test_metadata);
  g_test_add_func ("/plot/metadata/ascii", test_metadata_ascii);
  g_test_add_func ("/plot/metadata/literal", test_metadata_literal);
  g_test_add_func ("/plot/metadata/missing", test_metadata_missing);
  g_test_add_func ("/plot/metadata/unclean", test_metadata_unclean);
  g_test_add_func ("/plot/metadata/title-key", test_metadata_title_key);
  g_test_add_func ("/plot/metadata/damaged", test_metadata_damaged);
  g_test_add_func ("/plot/metadata/elsewhere", test_metadata_elsewhere);
  g_test_add_func ("/plot/metadata/cut", test_metadata_cut);
  return g_test_run ();
}
