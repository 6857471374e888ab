#include "plot-samples.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
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

/* --- formats --- */

static void
test_formats (void)
{
  guint n;
  const PlotFormat *formats = plot_formats (&n);

  g_assert_cmpuint (n, ==, 4);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("a.b/figure.x.%s", formats[i].name);
      g_autofree char *upper = g_ascii_strup (path, -1);

      g_assert_true (plot_format_find (formats[i].name) == &formats[i]);
      g_assert_true (plot_format_for_path (path) == &formats[i]);
      g_assert_true (plot_format_for_path (upper) == &formats[i]);
    }
  g_assert_null (plot_format_find ("gif"));
  g_assert_null (plot_format_find (NULL));
  g_assert_null (plot_format_for_path ("png"));
  g_assert_null (plot_format_for_path ("a.png/figure"));
  g_assert_null (plot_format_for_path (NULL));
}

/* --- reading pictures back --- */

typedef struct
{
  const guint8 *data;
  gsize size, at;
} Stream;

static cairo_status_t
read_stream (void *closure, unsigned char *data, unsigned int length)
{
  Stream *stream = closure;

  if (stream->at + length > stream->size)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, stream->data + stream->at, length);
  stream->at += length;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
open_png (GBytes *bytes)
{
  Stream stream = { 0 };
  cairo_surface_t *surface;

  stream.data = g_bytes_get_data (bytes, &stream.size);
  surface = cairo_image_surface_create_from_png_stream (read_stream, &stream);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

/* Root mean square difference of the channels, 1 being black against white. */
static double
difference (cairo_surface_t *a, cairo_surface_t *b)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  double sum = 0;

  g_assert_cmpint (cairo_image_surface_get_width (b), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (b), ==, height);
  for (int y = 0; y < height; y++)
    {
      const guchar *p = cairo_image_surface_get_data (a) + y * cairo_image_surface_get_stride (a);
      const guchar *q = cairo_image_surface_get_data (b) + y * cairo_image_surface_get_stride (b);

      for (int x = 0; x < 4 * width; x++)
        if (x % 4 != 3)
          sum += (p[x] - q[x]) * (p[x] - q[x]);
    }
  return sqrt (sum / (3.0 * width * height)) / 255;
}

typedef struct
{
  char *folder;
} Scratch;

static void
set_up (Scratch *scratch, gconstpointer data)
{
  scratch->folder = g_dir_make_tmp ("plot-XXXXXX", NULL);
  g_assert_nonnull (scratch->folder);
}

static void
tear_down (Scratch *scratch, gconstpointer data)
{
  GDir *dir = g_dir_open (scratch->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
      g_unlink (path);
    }
  g_dir_close (dir);
  g_rmdir (scratch->folder);
  g_free (scratch->folder);
}

/* Runs a program on a file in the scratch folder; its output, or NULL where it is not installed. */
static char *
run_on (Scratch *scratch, GBytes *bytes, const char *name, const char *const *command)
{
  g_autofree char *program = g_find_program_in_path (command[0]);
  g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *output = NULL, *arguments[16];
  int status, n = 0;

  if (program == NULL)
    return NULL;
  plot_write_file (path, bytes, TRUE, &error);
  g_assert_no_error (error);
  for (; command[n] != NULL; n++)
    arguments[n] = (char *) command[n];
  arguments[n] = NULL;
  g_spawn_sync (scratch->folder, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return output;
}

static cairo_surface_t *
open_scratch (Scratch *scratch, const char *name)
{
  g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

static void
test_png (void)
{
  static const double dpis[] = { 96, 300, 72, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (dpis); i++)
    {
      g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
      g_autoptr (GBytes) bytes = export(figure, "png", 640.4, 400, dpis[i]);
      cairo_surface_t *surface = open_png (bytes);
      const guint8 *chunk = (const guint8 *) g_bytes_get_data (bytes, NULL) + 33;

      g_assert_cmpint (cairo_image_surface_get_width (surface), ==,
                       (int) round (640.4 * dpis[i] / 96));
      g_assert_cmpint (cairo_image_surface_get_height (surface), ==,
                       (int) round (400 * dpis[i] / 96));
      g_assert_cmpmem (chunk, 8, "\0\0\0\11pHYs", 8);
      g_assert_cmpuint ((guint) (chunk[8] << 24 | chunk[9] << 16 | chunk[10] << 8 | chunk[11]), ==,
                        (guint) round (dpis[i] / 0.0254));
      g_assert_cmpuint (chunk[16], ==, 1);
      cairo_surface_destroy (surface);
    }
}

/* Means of factor x factor pixels. */
static cairo_surface_t *
shrink (cairo_surface_t *large, int factor)
{
  int width = cairo_image_surface_get_width (large) / factor;
  int height = cairo_image_surface_get_height (large) / factor;
  int stride = cairo_image_surface_get_stride (large);
  cairo_surface_t *small = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);

  for (int i = 0; i < 4 * width * height; i++)
    {
      int x = i / 4 % width * factor, y = i / 4 / width * factor, sum = 0;

      for (int k = 0; k < factor * factor; k++)
        sum += cairo_image_surface_get_data (
          large)[(y + k / factor) * stride + 4 * (x + k % factor) + i % 4];
      cairo_image_surface_get_data (small)[i / 4 / width * cairo_image_surface_get_stride (small)
                                           + i % (4 * width)] = (guchar) (sum / (factor * factor));
    }
  cairo_surface_mark_dirty (small);
  return small;
}

/* At twice the resolution everything is where it was: text does not jump to whole pixels. */
static void
test_same_at_every_resolution (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_learning_curve ();
  g_autoptr (GBytes) one = export(figure, "png", 640, 400, 192);
  g_autoptr (GBytes) four = export(figure, "png", 640, 400, 384);
  cairo_surface_t *small = open_png (one), *large = open_png (four);
  cairo_surface_t *shrunk = shrink (large, 2);

  g_test_message ("RMSE %.4f", difference (small, shrunk));
  g_assert_cmpfloat (difference (small, shrunk), <, 0.02);
  cairo_surface_destroy (small);
  cairo_surface_destroy (large);
  cairo_surface_destroy (shrunk);
}

static void
test_svg_looks_like_png (Scratch *scratch, gconstpointer data)
{
  const char *const command[] = { "rsvg-convert", "-o", "svg.png", "figure.svg", NULL };
  guint n;
  const PlotSample *samples = plot_samples (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PlotFigure) figure = samples[i].make ();
      g_autoptr (GBytes) svg = export(figure, "svg", 600, 400, 96);
      g_autoptr (GBytes) png = export(figure, "png", 600, 400, 96);
      g_autofree char *output = run_on (scratch, svg, "figure.svg", command);
      cairo_surface_t *one, *two;

      if (output == NULL)
        {
          g_test_skip ("rsvg-convert is not installed");
          return;
        }
      one = open_png (png);
      two = open_scratch (scratch, "svg.png");
      g_test_message ("%s: RMSE %.4f", samples[i].name, difference (one, two));
      g_assert_cmpfloat (difference (one, two), <, 0.03);
      cairo_surface_destroy (one);
      cairo_surface_destroy (two);
    }
}

/* The picture as an element of a page, at a height. */
static void
append_to_page (GString *page, GBytes *svg, int y)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
  const char *root = strstr (text, "<svg ");

  g_string_append_printf (page, "<svg y=\"%d\" %s", y, root + strlen ("<svg "));
}

static void
assert_ids_differ (const char *page)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (const char *at = page; (at = strstr (at, " id=\"")) != NULL; n++)
    {
      at += strlen (" id=\"");
      g_assert_true (g_hash_table_add (ids, g_strndup (at, strcspn (at, "\""))));
    }
  g_assert_cmpuint (n, >, 50);
}

static cairo_surface_t *
part_of (cairo_surface_t *page, int y, int width, int height)
{
  cairo_surface_t *part = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (part);

  cairo_set_source_surface (cr, page, 0, -y);
  cairo_paint (cr);
  cairo_destroy (cr);
  return part;
}

/* Two figures in one document look as each of them does alone. */
static void
test_svgs_on_one_page (Scratch *scratch, gconstpointer data)
{
  const char *const command[] = { "rsvg-convert", "-o", "svg.png", "figure.svg", NULL };
  g_autoptr (PlotFigure) one = plot_sample_double_descent ();
  g_autoptr (PlotFigure) two = plot_sample_learning_curve ();
  g_autoptr (GBytes) first = export(one, "svg", 600, 400, 96);
  g_autoptr (GBytes) second = export(two, "svg", 600, 400, 96);
  GBytes *const svgs[] = { first, second };
  g_autoptr (GString) page = g_string_new ("<svg xmlns=\"http://www.w3.org/2000/svg\" "
                                           "width=\"600\" height=\"800\">");
  g_autoptr (GBytes) both = NULL;
  g_autofree char *output = NULL;
  cairo_surface_t *whole;

  append_to_page (page, svgs[0], 0);
  append_to_page (page, svgs[1], 400);
  g_string_append (page, "</svg>");
  assert_ids_differ (page->str);
  both = g_bytes_new (page->str, page->len);
  output = run_on (scratch, both, "figure.svg", command);
  if (output == NULL)
    {
      g_test_skip ("rsvg-convert is not installed");
      return;
    }
  whole = open_scratch (scratch, "svg.png");
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *again = run_on (scratch, svgs[i], "figure.svg", command);
      cairo_surface_t *alone = open_scratch (scratch, "svg.png");
      cairo_surface_t *part = part_of (whole, 400 * i, 600, 400);

      g_test_message ("RMSE %.6f", difference (alone, part));
      g_assert_cmpfloat (difference (alone, part), <, 1e-3);
      cairo_surface_destroy (alone);
      cairo_surface_destroy (part);
    }
  cairo_surface_destroy (whole);
}

/* A box in the place of a letter is an error. */
static void
test_missing_letter (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (PlotFigure) figure = plot_figure_new ("no \U0010fffd such letter");
      g_autoptr (GError) error = NULL;

      g_assert_null (plot_export (figure, plot_theme_find ("light"), NULL, &plot_formats (NULL)[i],
                                  400, 300, 96, &error));
      g_assert_error (error, PLOT_ERROR, PLOT_ERROR_FONT);
      g_assert_nonnull (strstr (error->message, "“\U0010fffd”"));
      g_assert_nonnull (strstr (error->message, "fonts-dejavu-core"));
    }
}

/* With cells that are rectangles, and that are a picture. */
static const struct
{
  PlotFigure *(*make) (void);
  double width, height, dpi;
} in_pdf[] = { { plot_sample_double_descent, 900, 600, 96 },
               { plot_sample_areas, 600, 400, 96 },
               { plot_sample_fields, 600, 400, 96 },
               { plot_sample_large_matrix, 300, 240, 288 } };

static void
test_pdf_looks_like_png (Scratch *scratch, gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  double width = in_pdf[row].width, height = in_pdf[row].height, dpi = in_pdf[row].dpi;
  g_autofree char *resolution = g_strdup_printf ("%g", dpi);
  const char *const command[] = { "pdftoppm",    "-png",       "-r",  resolution,
                                  "-singlefile", "figure.pdf", "pdf", NULL };
  g_autoptr (PlotFigure) figure = in_pdf[row].make ();
  g_autoptr (GBytes) pdf = export(figure, "pdf", width, height, dpi);
  g_autoptr (GBytes) png = export(figure, "png", width, height, dpi);
  g_autofree char *output = run_on (scratch, pdf, "figure.pdf", command);
  cairo_surface_t *one, *two;

  if (output == NULL)
    {
      g_test_skip ("pdftoppm is not installed");
      return;
    }
  one = open_png (png);
  two = open_scratch (scratch, "pdf.png");
  g_test_message ("RMSE %.4f", difference (one, two));
  g_assert_cmpfloat (difference (one, two), <, 0.06);
  cairo_surface_destroy (one);
  cairo_surface_destroy (two);
}

static void
test_pdf_has_text (Scratch *scratch, gconstpointer data)
{
  const char *const command[] = { "pdftotext", "-layout", "figure.pdf", "-", NULL };
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autoptr (GBytes) pdf = export(figure, "pdf", 900, 600, 96);
  g_autofree char *text = run_on (scratch, pdf, "figure.pdf", command);

  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  g_assert_nonnull (strstr (text, "Random features"));
  g_assert_nonnull (strstr (text, "interpolation threshold"));
  g_assert_nonnull (strstr (text, "from the weights drawn"));
  g_assert_nonnull (strstr (text, "1000"));
}

static void
test_pdf_size (Scratch *scratch, gconstpointer data)
{
  const char *const command[] = { "pdfinfo", "figure.pdf", NULL };
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autoptr (GBytes) pdf = export(figure, "pdf", 800, 600, 300);
  g_autofree char *text = run_on (scratch, pdf, "figure.pdf", command);

  if (text == NULL)
    {
      g_test_skip ("pdfinfo is not installed");
      return;
    }
  g_assert_nonnull (strstr (text, "600 x 450 pts"));
  g_assert_nonnull (strstr (text, "Random features, D = 20"));
}

static void
test_svg_size (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autoptr (GBytes) svg = export(figure, "svg", 800, 600, 300);
  gsize size;
  const char *text = g_bytes_get_data (svg, &size);

  g_assert_nonnull (g_strstr_len (text, 400, "width=\"800px\" height=\"600px\""));
  g_assert_nonnull (g_strstr_len (text, size, "<title>Random features, D = 20"));
  g_assert_nonnull (g_strstr_len (text, size, "<desc>Peak at width 102"));
  g_assert_null (g_strstr_len (text, size, "<text"));
}

/* --- same arguments, same bytes --- */

static void
test_same_bytes (void)
{
  guint n;
  const PlotFormat *formats = plot_formats (&n);

  for (guint f = 0; f < n; f++)
    {
      g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
      g_autoptr (PlotFigure) other = plot_sample_linear ();
      g_autoptr (PlotFigure) twin = plot_sample_double_descent ();
      g_autoptr (GBytes) first = export(figure, formats[f].name, 500, 400, 120);
      g_autoptr (GBytes) between = export(other, formats[f].name, 500, 400, 120);
      g_autoptr (GBytes) second = NULL;

      /* the clock has moved on, and so have Cairo's counters */
      g_usleep (formats[f].raster ? 0 : 1100000);
      second = export(twin, formats[f].name, 500, 400, 120);
      g_assert_true (g_bytes_equal (first, second));
      g_assert_false (g_bytes_equal (first, between));
    }
}

static const char *const pictures[] = { "png", "svg", "pdf" };

static gpointer
export_in_thread (gpointer format)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();

  return export(figure, format, 500, 400, 96);
}

static void
test_threads (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (pictures); f++)
    {
      GThread *threads[3];
      g_autoptr (GBytes) want = export_in_thread ((gpointer) pictures[f]);

      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("export", export_in_thread, (gpointer) pictures[f]);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        {
          g_autoptr (GBytes) got = g_thread_join (threads[i]);
          g_assert_true (g_bytes_equal (want, got));
        }
    }
}

/* --- csv --- */

static void
test_csv (void)
{
  g_autoptr (PlotFigure) figure = plot_figure_new ("A <i>title</i>");
  const double x[] = { 1, 0.1, 1e-300 }, y[] = { 1.0 / 3, NAN, INFINITY };
  const double low[] = { 0.1, NAN, -1 }, high[] = { 0.5, 1e20, -0.0 };
  const int count[] = { 20, 19, 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gsize size;

  plot_figure_add_series (
    figure, &(PlotSeries){ "test", "t", 0, PLOT_STYLE_PRIMARY, 3, x, y, low, high, count });
  plot_figure_add_series (figure,
                          &(PlotSeries){ "odd, \"id\"", "t", 0, PLOT_STYLE_LIMIT, 1, x, y });
  /* a row that is not a comment */
  plot_figure_add_series (figure, &(PlotSeries){ "#1", "t", 0, PLOT_STYLE_LIMIT, 1, x, y });
  plot_figure_set_description (figure, "two\nlines, \\ and all");
  plot_figure_set_metadata (figure, "spec", "{\n}");
  bytes = export(figure, "csv", NAN, -1, 0);
  text = g_strndup (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  g_assert_cmpstr (text, ==,
                   "# title: A title\n"
                   "# description: two\\nlines, \\\\ and all\n"
                   "# spec: {\\n}\n"
                   "series,x,y,low,high,count\n"
                   "test,1,0.33333333333333331,0.10000000000000001,0.5,20\n"
                   "test,0.10000000000000001,,,1e+20,19\n"
                   "test,1e-300,inf,-1,-0,0\n"
                   "\"odd, \"\"id\"\"\",1,0.33333333333333331,,,\n"
                   "\"#1\",1,0.33333333333333331,,,\n");
}

/* --- sizes --- */

static void
test_oversize (void)
{
  static const struct
  {
    const char *format;
    double width, height, dpi;
    const char *names;
  } rows[] = {
    { "png", 40000, 100, 96, "32767" },
    { "png", 10000, 10000, 600, "32767" },
    { "png", 30000, 30000, 96, "536 million" },
    { "svg", 33000, 10, 96, "32767" },
    { "pdf", 10, 1e9, 96, "32767" },
    { "png", 1e300, 1e300, 1e300, "32767" },
    { "png", 100, 100, 1e9, "32767" },
    { "png", 0, 100, 96, "1 × 1" },
    { "svg", 100, -5, 96, "1 × 1" },
    { "pdf", NAN, 100, 96, "1 × 1" },
    { "png", 100, INFINITY, 96, "" },
    { "png", 100, 100, 0, "1 × 1" },
    { "png", 100, 100, -96, "1 × 1" },
    { "png", -100, -100, -96, "1 × 1" },
    { "png", 100, 100, NAN, "1 × 1" },
    { "png", 100, 100, 0.1, "1 × 1" },
  };
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plot_export (figure, plot_theme_find ("light"), NULL,
                                  plot_format_find (rows[i].format), rows[i].width, rows[i].height,
                                  rows[i].dpi, &error));
      g_assert_error (error, PLOT_ERROR, PLOT_ERROR_SIZE);
      g_assert_nonnull (strstr (error->message, rows[i].names));
      g_assert_null (strchr (error->message, '\n'));
    }
}

static void
test_extreme_sizes (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  static const struct
  {
    const char *format;
    double width, height;
  } rows[] = { { "png", 32767, 3 }, { "png", 1, 1 }, { "svg", 1, 1 }, { "pdf", 32767, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_bytes_unref (export(figure, rows[i].format, rows[i].width, rows[i].height, 96));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/export/formats", test_formats);
  g_test_add_func ("/plot/export/png", test_png);
  g_test_add_func ("/plot/export/same-at-every-resolution", test_same_at_every_resolution);
  g_test_add ("/plot/export/svg-looks-like-png", Scratch, NULL, set_up, test_svg_looks_like_png,
              tear_down);
  g_test_add ("/plot/export/svgs-on-one-page", Scratch, NULL, set_up, test_svgs_on_one_page,
              tear_down);
  g_test_add_func ("/plot/export/missing-letter", test_missing_letter);
  for (guint i = 0; i < G_N_ELEMENTS (in_pdf); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plot/export/pdf-looks-like-png/%u", i);

      g_test_add (path, Scratch, GUINT_TO_POINTER (i), set_up, test_pdf_looks_like_png, tear_down);
    }
  g_test_add ("/plot/export/pdf-has-text", Scratch, NULL, set_up, test_pdf_has_text, tear_down);
  g_test_add ("/plot/export/pdf-size", Scratch, NULL, set_up, test_pdf_size, tear_down);
  g_test_add_func ("/plot/export/svg-size", test_svg_size);
  g_test_add_func ("/plot/export/same-bytes", test_same_bytes);
  g_test_add_func ("/plot/export/threads", test_threads);
  g_test_add_func ("/plot/export/csv", test_csv);
  g_test_add_func ("/plot/export/oversize", test_oversize);
  g_test_add_func ("/plot/export/extreme-sizes", test_extreme_sizes);
  return g_test_run ();
}
