#include "lab-json.h"
#include "lab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

/* What may follow a backslash: how many characters the escape has after it, 0 for what is none. */
static int
escape_length (const char *at)
{
  if (*at != 'u')
    return *at != '\0' && strchr ("\"\\/bfnrt", *at) != NULL ? 1 : 0;
  for (int i = 1; i <= 4; i++)
    if (!g_ascii_isxdigit (at[i]))
      return 0;
  return 5;
}

/* The quote that ends the string which begins at @at, or NULL with @bad where it has none. */
static const char *
find_string_end (const char *at, const char **bad)
{
  for (at++; *at != '"' && *at != '\0'; at++)
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

/* Nothing but what JSON is written with, so that what is taken for a string here is one for the parser
 * too, which also knows comments and other quotes. */
static gboolean
check_letters (const char *text, GError **error)
{
  static const char letters[] = " \t\r\n{}[]:,+-.0123456789Eaeflnrstu";
  int level = 0;

  for (const char *at = text; *at != '\0'; at++)
    {
      const char *bad = at;

      if (*at == '"' ? (at = find_string_end (at, &bad)) == NULL : strchr (letters, *at) == NULL)
        return refuse (text, bad, error);
      level += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
      if (level <= LAB_JSON_MOST_LEVELS)
        continue;
      g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
                   _("this JSON is nested more than %d levels deep"), LAB_JSON_MOST_LEVELS);
      return FALSE;
    }
  return TRUE;
}

static JsonNode *
parse (const char *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (json_parser_load_from_data (parser, text, -1, NULL) && json_parser_get_root (parser) != NULL)
    return json_parser_steal_root (parser);
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE, _("this is not JSON: line %d, column %d"),
               json_parser_get_current_line (parser), json_parser_get_current_pos (parser));
  return NULL;
}

JsonNode *
lab_json_parse (const char *text, GError **error)
{
  const char *end;

  if (strlen (text) > LAB_JSON_MOST_BYTES)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
                   _("this JSON is larger than %d MiB, the most that is read"),
                   LAB_JSON_MOST_BYTES >> 20);
      return NULL;
    }
  if (!g_utf8_validate (text, -1, &end))
    {
      refuse (text, end, error);
      return NULL;
    }
  return check_letters (text, error) ? parse (text, error) : NULL;
}
