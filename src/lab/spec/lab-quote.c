#include "lab-error.h"

#include <string.h>

/* Longer text loses its middle: what people look for is how it begins or how it ends. */
#define MOST 60
#define FRONT 40

/* What would move a cursor, break the line or turn the direction of writing. */
static gboolean
is_plain (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR: return FALSE;
    default: return TRUE;
    }
}

/* One character, or one byte that begins none. Returns what follows it. */
static const char *
append_next (GString *out, const char *at, const char *end)
{
  static const char names[] = "ntr", values[] = "\n\t\r";
  gunichar c = g_utf8_get_char_validated (at, end - at);
  const char *name;

  if (c == (gunichar) -1 || c == (gunichar) -2)
    {
      g_string_append_printf (out, "\\x%02x", (guchar) *at);
      return at + 1;
    }
  name = c != 0 && c < 0x80 ? strchr (values, (int) c) : NULL;
  if (is_plain (c))
    g_string_append_unichar (out, c);
  else if (name != NULL)
    g_string_append_printf (out, "\\%c", names[name - values]);
  else
    g_string_append_printf (out, c < 0x80 ? "\\x%02x" : "\\u%04x", c);
  return g_utf8_next_char (at);
}

/* Where the last `count` characters begin. */
static const char *
find_tail (const char *start, const char *end, int count)
{
  const char *at = end;

  for (int i = 0; i < count && at > start; i++)
    {
      const char *before = g_utf8_find_prev_char (start, at);
      gboolean whole = before != NULL && g_utf8_validate (before, at - before, NULL);

      at = whole ? before : at - 1;
    }
  return at;
}

char *
lab_quote (const char *text)
{
  const char *at = text, *end = text + strlen (text), *tail = find_tail (text, end, MOST);
  GString *out = g_string_new (NULL);

  if (tail == text)
    tail = end;
  else
    tail = find_tail (text, end, MOST - FRONT - 1);
  for (int i = 0; at < end && (i < FRONT || tail == end); i++)
    at = append_next (out, at, end);
  if (at < tail)
    g_string_append (out, "…");
  for (at = MAX (at, tail); at < end;)
    at = append_next (out, at, end);
  return g_string_free (out, FALSE);
}
