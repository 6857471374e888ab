#include "plot-export-private.h"
#include "plot-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <zlib.h>

#define SIGNATURE 8
#define IHDR_END (SIGNATURE + 25)
#define MAX_KEYWORD 79

static void
append_be32 (GByteArray *out, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &big, 4);
}

static guint32
read_be32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

static void
append_chunk (GByteArray *out, const char *type, const GByteArray *body)
{
  guint start = out->len + 4;

  append_be32 (out, body->len);
  g_byte_array_append (out, (const guint8 *) type, 4);
  g_byte_array_append (out, body->data, body->len);
  append_be32 (out, (guint32) crc32 (crc32 (0, NULL, 0), out->data + start, body->len + 4));
}

static void
append_string (GByteArray *out, const char *text, gboolean with_end)
{
  g_byte_array_append (out, (const guint8 *) text, strlen (text) + (with_end ? 1 : 0));
}

/* A PNG keyword is at most 79 Latin-1 characters: the exact key is the "translated keyword". */
static void
append_text (GByteArray *out, const char *key, const char *translated, const char *text)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autofree char *keyword = g_strndup (key, MAX_KEYWORD);
  const guint8 uncompressed[] = { 0, 0, 0 }; /* flag, method, end of an empty language tag */

  for (char *p = keyword; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      *p = '_';
  append_string (body, keyword, TRUE);
  g_byte_array_append (body, uncompressed, sizeof uncompressed);
  append_string (body, translated, TRUE);
  append_string (body, text, FALSE);
  append_chunk (out, "iTXt", body);
}

static void
append_resolution (GByteArray *out, double dpi)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  const guint8 metre = 1;
  guint32 density = (guint32) CLAMP (round (dpi / 0.0254), 1, G_MAXINT32);

  append_be32 (body, density);
  append_be32 (body, density);
  g_byte_array_append (body, &metre, 1);
  append_chunk (out, "pHYs", body);
}

static GByteArray *
with_metadata (const PlotJob *job, const GByteArray *plain)
{
  const PlotFigure *figure = job->figure;
  GByteArray *out = g_byte_array_sized_new (plain->len + 4096);
  g_autofree char *title = plot_text_plain (figure->title);

  g_byte_array_append (out, plain->data, IHDR_END);
  append_resolution (out, job->dpi);
  if (*title != '\0')
    append_text (out, "Title", "", title);
  if (*figure->description != '\0')
    append_text (out, "Description", "", figure->description);
  for (guint i = 0; i < job->metadata->len; i++)
    {
      const PlotEntry *entry = &g_array_index (job->metadata, PlotEntry, i);

      append_text (out, entry->key, entry->key, entry->value);
    }
  g_byte_array_append (out, plain->data + IHDR_END, plain->len - IHDR_END);
  return out;
}

/* Pixels from our own memory, so that there not being enough is an error and not an abort. */
static cairo_surface_t *
make_surface (int width, int height, guint8 **pixels, GError **error)
{
  int stride = cairo_format_stride_for_width (CAIRO_FORMAT_RGB24, width);

  *pixels = g_try_malloc ((gsize) stride * height);
  if (*pixels != NULL)
    return cairo_image_surface_create_for_data (*pixels, CAIRO_FORMAT_RGB24, width, height, stride);
  g_set_error (error, PLOT_ERROR, PLOT_ERROR_MEMORY,
               _("There is not enough memory for a picture of %d × %d pixels"), width, height);
  return NULL;
}

GBytes *
plot_export_png (const PlotJob *job, GError **error)
{
  double scale = job->dpi / 96;
  g_autofree guint8 *pixels = NULL;
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  cairo_surface_t *surface = make_surface ((int) round (job->width * scale),
                                           (int) round (job->height * scale), &pixels, error);
  gboolean done;

  if (surface == NULL)
    return NULL;
  done = plot_draw_surface (job, surface, scale, error)
         && plot_check_surface (
           cairo_surface_write_to_png_stream (surface, plot_append_bytes, plain), error);
  cairo_surface_destroy (surface);
  return done ? g_byte_array_free_to_bytes (with_metadata (job, plain)) : NULL;
}

/* --- reading --- */

/* The text of an iTXt chunk if it is the one asked for. */
static char *
match_text (const guint8 *body, gsize size, const char *key, gboolean by_keyword)
{
  const guint8 *end = body + size;
  const guint8 *keyword_end = memchr (body, 0, size);
  const guint8 *language, *translated, *text;
  const char *name;

  if (keyword_end == NULL || end - keyword_end < 5 || keyword_end[1] != 0)
    return NULL;
  language = keyword_end + 3;
  translated = memchr (language, 0, end - language);
  if (translated == NULL)
    return NULL;
  translated++;
  text = memchr (translated, 0, end - translated);
  if (text == NULL)
    return NULL;
  name = (const char *) (by_keyword ? body : translated);
  if (by_keyword ? *translated != 0 || g_ascii_strcasecmp (name, key) != 0
                 : strcmp (name, key) != 0)
    return NULL;
  return g_utf8_make_valid ((const char *) text + 1, end - text - 1);
}

static char *
find_text (const guint8 *data, gsize size, const char *key, gboolean by_keyword)
{
  gsize at = SIGNATURE;

  while (size - at >= 12)
    {
      gsize length = read_be32 (data + at);
      char *value = NULL;

      if (length > size - at - 12)
        return NULL;
      if (memcmp (data + at + 4, "iTXt", 4) == 0)
        value = match_text (data + at + 8, length, key, by_keyword);
      if (value != NULL)
        return value;
      at += length + 12;
    }
  return NULL;
}

char *
plot_read_png (const guint8 *data, gsize size, const char *key)
{
  char *value = find_text (data, size, key, FALSE);

  if (value == NULL && (g_str_equal (key, "title") || g_str_equal (key, "description")))
    value = find_text (data, size, key, TRUE);
  return value;
}
