#include "lab-json.h"
#include "lab-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Characters: a row of the numbers of a matrix, and nothing that a parameter is. */
#define LONG_ROW 1000

static gboolean
refuse (const char *text, const char *at, GError **error)
{
  int line = 1;

  for (const char *p = text; p < at; p++)
    if (*p == '\n')
      {
        line++;
        text = p + 1;
      }
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE, _("this is not JSON: line %d, column %d"), line,
               (int) g_utf8_strlen (text, at - text) + 1);
  return FALSE;
}

/* What may follow a backslash: how many characters the escape has after it, 0 for what is none. A zero
 * would end the text for whoever reads on. */
static int
escape_length (const char *at)
{
  if (*at != 'u')
    return *at != '\0' && strchr ("\"\\/bfnrt", *at) != NULL ? 1 : 0;
  for (int i = 1; i <= 4; i++)
    if (!g_ascii_isxdigit (at[i]))
      return 0;
  return strncmp (at, "u0000", 5) != 0 ? 5 : 0;
}

/* The quote that ends the string which begins at @at, or NULL with @bad where it has none. */
static const char *
find_string_end (const char *at, const char **bad)
{
  for (at++; *at != '"' && (guchar) *at >= ' '; at++)
    if (*at == '\\')
      {
        int length = escape_length (at + 1);

        if (length == 0)
          break;
        at += length;
      }
  *bad = at;
  return *at == '"' ? at : NULL;
}

/* Past digits, of which there must be some; NULL where there are none. */
static const char *
skip_digits (const char *at)
{
  gsize n = strspn (at, "0123456789");

  return n > 0 ? at + n : NULL;
}

/* The last character of the number that begins at @at, or NULL where it is none. The parser would read a number with a
 * leading zero as octal, and let an integer that is too large overflow. */
static const char *
find_number_end (const char *at)
{
  const char *start = at, *end, *digits;

  at += *at == '-';
  if ((end = skip_digits (at)) == NULL || (*at == '0' && end > at + 1))
    return NULL;
  digits = end;
  if (*end == '.' && (end = skip_digits (end + 1)) == NULL)
    return NULL;
  if (*end == 'e' || *end == 'E')
    {
      end++;
      if ((end = skip_digits (end + (*end == '+' || *end == '-'))) == NULL)
        return NULL;
    }
  errno = 0;
  if (end == digits)
    g_ascii_strtoll (start, NULL, 10);
  return errno != ERANGE ? end - 1 : NULL;
}

/* The last character of the token that begins at @at; NULL with @bad where no token of JSON begins. */
static const char *
find_token_end (const char *at, const char **bad)
{
  static const char letters[] = " \t\r\n{}[]:,aeflnrstu";

  *bad = at;
  if (*at == '"')
    return find_string_end (at, bad);
  if (*at == '-' || g_ascii_isdigit (*at))
    return find_number_end (at);
  return strchr (letters, *at) != NULL ? at : NULL;
}

/* This is stricter than the parser, which also takes comments and other quotes, and stops after the first value.
 * What is a string here is a string for the parser, too. */
static gboolean
check_letters (const char *text, GError **error)
{
  gboolean ended = FALSE;
  int level = 0;

  for (const char *at = text; *at != '\0'; at++)
    {
      const char *bad = at;

      if (ended && !g_ascii_isspace (*at))
        return refuse (text, at, error);
      if ((at = find_token_end (at, &bad)) == NULL)
        return refuse (text, bad, error);
      level += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
      ended = ended || (level == 0 && (*at == '}' || *at == ']'));
      if (level <= LAB_JSON_MOST_LEVELS)
        continue;
      g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
                   _("this JSON is nested more than %d levels deep"), LAB_JSON_MOST_LEVELS);
      return FALSE;
    }
  return TRUE;
}

typedef struct
{
  int line, column;
} Place;

/* The parser knows its place while it reports an error, and not afterwards. */
static void
note_place (JsonParser *parser, const GError *error, gpointer data)
{
  *(Place *) data = (Place){ json_parser_get_current_line (parser),
                             json_parser_get_current_pos (parser) };
}

static JsonNode *
parse (const char *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  Place place = { 1, 1 };

  g_signal_connect (parser, "error", G_CALLBACK (note_place), &place);
  if (json_parser_load_from_data (parser, text, -1, NULL) && json_parser_get_root (parser) != NULL)
    return json_parser_steal_root (parser);
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE, _("this is not JSON: line %d, column %d"),
               place.line, place.column);
  return NULL;
}

/* The text, which consists of tokens, with nothing in long rows of numbers: those are results, of which nobody
 * asks. */
static char *
without_long_rows (const char *text)
{
  GString *out = g_string_new (NULL);
  const char *from = text, *bad;

  for (const char *at = text; *at != '\0'; at = find_token_end (at, &bad) + 1)
    {
      const gsize length = *at == '[' ? strspn (at + 1, "0123456789+-.eE, \t\r\n") : 0;

      if (length < LONG_ROW || at[1 + length] != ']')
        continue;
      g_string_append_len (out, from, at + 1 - from);
      from = at + 1 + length;
    }
  g_string_append (out, from);
  return g_string_free (out, FALSE);
}

JsonNode *
lab_json_parse (const char *text, GError **error)
{
  g_autofree char *shorter = NULL;
  const char *end;

  if (!g_utf8_validate (text, -1, &end))
    {
      refuse (text, end, error);
      return NULL;
    }
  if (!check_letters (text, error))
    return NULL;
  if (strlen (text) > LAB_JSON_MOST_BYTES)
    text = shorter = without_long_rows (text);
  if (strlen (text) <= LAB_JSON_MOST_BYTES)
    return parse (text, error);
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
               _("this JSON is larger than %d MiB, the most that is read beside long rows of numbers"),
               LAB_JSON_MOST_BYTES >> 20);
  return NULL;
}
