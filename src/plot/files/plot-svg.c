#include "plot-export-private.h"
#include "plot-text-private.h"

#include <cairo-svg.h>
#include <string.h>

#define NAMESPACE "https://tangentlab.github.io/ns/figure"

/* Element content that survives every reader: a bare carriage return would become a newline. */
static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  for (const char *p = escaped; *p != '\0'; p++)
    if (*p == '\r')
      g_string_append (out, "&#13;");
    else if (*p == '\n' || *p == '\t')
      g_string_append_printf (out, "&#%d;", *p);
    else
      g_string_append_c (out, *p);
}

static void
append_element (GString *out, const char *tag, const char *text)
{
  if (*text == '\0')
    return;
  g_string_append_printf (out, "<%s>", tag);
  append_escaped (out, text);
  g_string_append_printf (out, "</%s>\n", tag);
}

static void
append_metadata (GString *out, const PlotJob *job)
{
  g_autofree char *title = plot_text_plain (job->figure->title);

  append_element (out, "title", title);
  append_element (out, "desc", job->figure->description);
  if (job->metadata->len == 0)
    return;
  g_string_append (out, "<metadata>\n<parameters xmlns=\"" NAMESPACE "\">\n");
  for (guint i = 0; i < job->metadata->len; i++)
    {
      const PlotEntry *entry = &g_array_index (job->metadata, PlotEntry, i);

      g_string_append (out, "<parameter key=\"");
      append_escaped (out, entry->key);
      g_string_append (out, "\">");
      append_escaped (out, entry->value);
      g_string_append (out, "</parameter>\n");
    }
  g_string_append (out, "</parameters>\n</metadata>\n");
}

/* Behind what an id stands, and what ends it. */
static const struct
{
  const char *before;
  char end;
} places[] = {
  { " id=\"", '"' },
  { "href=\"#", '"' },
  { "url(#", ')' },
};

/* The next id behind places[i], or NULL. */
static const char *
look_for_id (guint i, const char *at, const char *end)
{
  const char *found = g_strstr_len (at, end - at, places[i].before);
  const char *id = found != NULL ? found + strlen (places[i].before) : NULL;

  return id != NULL && memchr (id, places[i].end, end - id) != NULL ? id : NULL;
}

/* The next id of any kind, where it begins and how long it is; NULL if there is none. What was found of a kind is
 * kept in @next until it is passed: ids stand at the beginning, what refers to them behind. */
static const char *
find_id (const char *next[G_N_ELEMENTS (places)], const char *at, const char *end, gsize *length)
{
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (next[i] != NULL && next[i] < at)
        next[i] = look_for_id (i, at, end);
      if (next[i] == NULL || (first != NULL && first < next[i]))
        continue;
      first = next[i];
      *length = (const char *) memchr (first, places[i].end, end - first) - first;
    }
  return first;
}

/* Ids are counted in the order in which they appear. Cairo's own say how many it has given out since
 * the program began; with these the bytes are a function of the figure. */
static void
append_renamed (GString *out, const char *at, const char *end, const char *prefix)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *next[G_N_ELEMENTS (places)], *id;
  gsize length;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    next[i] = look_for_id (i, at, end);
  while ((id = find_id (next, at, end, &length)) != NULL)
    {
      g_autofree char *name = g_strndup (id, length);
      gpointer number = g_hash_table_lookup (numbers, name);

      if (number == NULL)
        {
          number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
          g_hash_table_insert (numbers, g_steal_pointer (&name), number);
        }
      g_string_append_len (out, at, id - at);
      g_string_append_printf (out, "%s%u", prefix, GPOINTER_TO_UINT (number));
      at = id + length;
    }
  g_string_append_len (out, at, end - at);
}

/* Where the content of the root element begins. */
static const char *
find_content (const char *svg, const char *end)
{
  const char *root = g_strstr_len (svg, end - svg, "<svg");
  const char *inside = root != NULL ? memchr (root, '>', end - root) : NULL;

  return inside != NULL ? inside + 1 : end;
}

/* Several figures may stand in one document, so that ids begin with a hash of all that is in the
 * figure. */
static GBytes *
with_metadata (const PlotJob *job, const GByteArray *plain)
{
  const char *svg = (const char *) plain->data, *end = svg + plain->len;
  const char *inside = find_content (svg, end);
  g_autoptr (GString) body = g_string_sized_new (plain->len + 4096);
  g_autofree char *hash = NULL, *prefix = NULL;
  GString *out;

  append_metadata (body, job);
  append_renamed (body, svg, end, "");
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body->str, body->len);
  prefix = g_strdup_printf ("f%.12s-", hash);
  out = g_string_sized_new (body->len + body->len / 4);
  g_string_append_len (out, svg, inside - svg);
  g_string_append_c (out, '\n');
  append_metadata (out, job);
  append_renamed (out, inside, end, prefix);
  return g_string_free_to_bytes (out);
}

GBytes *
plot_export_svg (const PlotJob *job, GError **error)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (plot_append_bytes, plain,
                                                                  job->width, job->height);
  gboolean done;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  done = plot_draw_surface (job, surface, 1, error);
  cairo_surface_finish (surface);
  done = done && plot_check_surface (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  return done ? with_metadata (job, plain) : NULL;
}

/* --- reading --- */

typedef struct
{
  const char *key;
  GString *text;  /* of the element being read, if it is the wanted one */
  char *value;    /* of the parameter */
  char *fallback; /* of title or desc */
  int depth;
  gboolean is_parameter;
} Reader;

static void
start_element (GMarkupParseContext *context, const char *element, const char **names,
               const char **values, gpointer data, GError **error)
{
  Reader *reader = data;
  const char *colon = strchr (element, ':'); /* others give the namespace a name */
  const char *fallback = g_str_equal (reader->key, "title")         ? "title"
                         : g_str_equal (reader->key, "description") ? "desc"
                                                                    : "";

  element = colon != NULL ? colon + 1 : element;
  reader->depth++;
  reader->is_parameter = FALSE;
  if (g_str_equal (element, "parameter"))
    for (guint i = 0; names[i] != NULL; i++)
      if (g_str_equal (names[i], "key") && g_str_equal (values[i], reader->key))
        reader->is_parameter = TRUE;
  if (reader->text == NULL
      && (reader->is_parameter || (reader->depth == 2 && g_str_equal (element, fallback))))
    reader->text = g_string_new (NULL);
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Reader *reader = data;

  reader->depth--;
  if (reader->text == NULL)
    return;
  g_free (reader->is_parameter ? reader->value : reader->fallback);
  *(reader->is_parameter ? &reader->value : &reader->fallback) = g_string_free (reader->text,
                                                                                FALSE);
  reader->text = NULL;
}

static void
element_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
              GError **error)
{
  Reader *reader = data;

  if (reader->text != NULL)
    g_string_append_len (reader->text, text, length);
}

char *
plot_read_svg (const guint8 *data, gsize size, const char *key)
{
  static const GMarkupParser parser = { start_element, end_element, element_text, NULL, NULL };
  Reader reader = { .key = key };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT,
                                                              &reader, NULL);

  /* what was read before a fault in the file still counts */
  if (size <= G_MAXSSIZE)
    g_markup_parse_context_parse (context, (const char *) data, size, NULL);
  g_markup_parse_context_free (context);
  if (reader.text != NULL)
    g_string_free (reader.text, TRUE);
  if (reader.value == NULL)
    return reader.fallback;
  g_free (reader.fallback);
  return reader.value;
}
