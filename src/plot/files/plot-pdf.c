#include "plot-export-private.h"
#include "plot-text-private.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define POINTS_PER_PIXEL 0.75

/* Repeatable bytes need a date that does not move. */
static char *
creation_date (void)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  gint64 seconds = epoch != NULL ? g_ascii_strtoll (epoch, NULL, 10) : 946684800;
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ")
                      : g_strdup ("2000-01-01T00:00:00Z");
}

static void
set_metadata (cairo_surface_t *surface, const PlotJob *job)
{
  const PlotFigure *figure = job->figure;
  g_autofree char *title = plot_text_plain (figure->title);
  g_autofree char *keywords = plot_join_metadata (job);
  g_autofree char *date = creation_date ();

  if (*title != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  if (*figure->description != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, figure->description);
  if (*keywords != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, keywords);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Tangent Lab");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

GBytes *
plot_export_pdf (const PlotJob *job, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
    plot_append_bytes, bytes, job->width * POINTS_PER_PIXEL, job->height * POINTS_PER_PIXEL);
  gboolean done;

  /* 1.4 keeps the document information outside of compressed streams, where it can be read */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  set_metadata (surface, job);
  done = plot_draw_surface (job, surface, POINTS_PER_PIXEL, error);
  cairo_surface_finish (surface);
  done = done && plot_check_surface (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  if (done)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  return NULL;
}

/* --- reading --- */

typedef struct
{
  const char *at, *end;
} Cursor;

static gboolean
skip_to (Cursor *cursor, const char *word)
{
  const char *found = memmem (cursor->at, cursor->end - cursor->at, word, strlen (word));

  if (found == NULL)
    return FALSE;
  cursor->at = found + strlen (word);
  return TRUE;
}

static gboolean
read_number (Cursor *cursor, gsize *number)
{
  gboolean any = FALSE;

  *number = 0;
  while (cursor->at < cursor->end && g_ascii_isspace (*cursor->at))
    cursor->at++;
  for (; cursor->at < cursor->end && g_ascii_isdigit (*cursor->at) && *number < G_MAXINT32;
       cursor->at++)
    {
      *number = *number * 10 + (gsize) (*cursor->at - '0');
      any = TRUE;
    }
  return any;
}

static gboolean
jump (Cursor *cursor, const char *start, gsize offset)
{
  if (offset >= (gsize) (cursor->end - start))
    return FALSE;
  cursor->at = start + offset;
  return TRUE;
}

/* Follows startxref, the table and the trailer to the document information dictionary. */
static gboolean
find_information (Cursor *cursor)
{
  const char *start = cursor->at, *last = NULL;
  gsize table, first, count, info, offset;
  Cursor scan = *cursor;

  while (skip_to (&scan, "startxref"))
    last = scan.at;
  if (last == NULL)
    return FALSE;
  cursor->at = last;
  if (!read_number (cursor, &table) || !jump (cursor, start, table) || !skip_to (cursor, "xref")
      || !read_number (cursor, &first) || !read_number (cursor, &count))
    return FALSE;
  scan = *cursor;
  if (!skip_to (&scan, "/Info ") || !read_number (&scan, &info) || info < first
      || info - first >= count)
    return FALSE;
  while (cursor->at < cursor->end && g_ascii_isspace (*cursor->at))
    cursor->at++;
  /* entries of twenty bytes, the offset first */
  return jump (cursor, cursor->at, (info - first) * 20) && read_number (cursor, &offset)
         && jump (cursor, start, offset) && skip_to (cursor, "<<");
}

/* The byte after a backslash, or up to three octal digits; the cursor ends on its last character. */
static guint8
read_escape (Cursor *cursor)
{
  static const char names[] = "nrtbf", values[] = "\n\r\t\b\f";
  const char *name = memchr (names, *cursor->at, strlen (names));
  guint octal = 0;

  if (name != NULL)
    return (guint8) values[name - names];
  if (*cursor->at < '0' || *cursor->at > '7')
    return (guint8) *cursor->at;
  for (int i = 0; i < 3 && cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '7';
       i++)
    octal = octal * 8 + (guint) (*cursor->at++ - '0');
  cursor->at--;
  return (guint8) octal;
}

static GByteArray *
read_literal (Cursor *cursor)
{
  GByteArray *out = g_byte_array_new ();
  int depth = 0;

  for (; cursor->at < cursor->end; cursor->at++)
    {
      guint8 byte = (guint8) *cursor->at;

      if (byte == '\\' && cursor->at + 1 < cursor->end)
        {
          cursor->at++;
          byte = read_escape (cursor);
        }
      else if (byte == '(')
        depth++;
      else if (byte == ')' && depth-- == 0)
        break;
      g_byte_array_append (out, &byte, 1);
    }
  return out;
}

static GByteArray *
read_hexadecimal (Cursor *cursor)
{
  GByteArray *out = g_byte_array_new ();

  while (cursor->end - cursor->at >= 2 && g_ascii_isxdigit (cursor->at[0])
         && g_ascii_isxdigit (cursor->at[1]))
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (cursor->at[0]) << 4
                              | g_ascii_xdigit_value (cursor->at[1]));
      g_byte_array_append (out, &byte, 1);
      cursor->at += 2;
      while (cursor->at < cursor->end && g_ascii_isspace (*cursor->at))
        cursor->at++;
    }
  return out;
}

/* UTF-16 with a byte order mark, else ASCII. */
static char *
decode (GByteArray *bytes)
{
  char *text = NULL;

  if (bytes->len >= 2 && bytes->data[0] == 0xfe && bytes->data[1] == 0xff)
    text = g_convert ((const char *) bytes->data + 2, bytes->len - 2, "UTF-8", "UTF-16BE", NULL,
                      NULL, NULL);
  else
    text = bytes->len > 0 ? g_utf8_make_valid ((const char *) bytes->data, bytes->len)
                          : g_strdup ("");
  g_byte_array_unref (bytes);
  return text;
}

/* The string under a name of the dictionary at the cursor; names within strings do not count. */
static char *
find_string (Cursor cursor, const char *name)
{
  gboolean wanted = FALSE;

  for (; cursor.at < cursor.end; cursor.at++)
    {
      g_autofree char *text = NULL;

      if (*cursor.at == '>')
        return NULL;
      if (*cursor.at == '/')
        wanted = (gsize) (cursor.end - cursor.at) > strlen (name) + 1
                 && strncmp (cursor.at + 1, name, strlen (name)) == 0
                 && !g_ascii_isalnum (cursor.at[1 + strlen (name)]);
      if (*cursor.at != '(' && *cursor.at != '<')
        continue;
      text = *cursor.at++ == '(' ? decode (read_literal (&cursor))
                                 : decode (read_hexadecimal (&cursor));
      if (wanted)
        return g_steal_pointer (&text);
      if (cursor.at == cursor.end)
        return NULL;
    }
  return NULL;
}

char *
plot_read_pdf (const guint8 *data, gsize size, const char *key)
{
  Cursor cursor = { (const char *) data, (const char *) data + size };
  g_autofree char *keywords = NULL;
  char *value = NULL;

  if (!find_information (&cursor))
    return NULL;
  keywords = find_string (cursor, "Keywords");
  if (keywords != NULL)
    value = plot_find_joined (keywords, key);
  if (value == NULL && g_str_equal (key, "title"))
    value = find_string (cursor, "Title");
  if (value == NULL && g_str_equal (key, "description"))
    value = find_string (cursor, "Subject");
  return value;
}
