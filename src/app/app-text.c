#include "app-text.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <pango/pango.h>
#include <plot.h>
#include <string.h>

static char *
replace (const char *text, const char *what, const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  return g_strjoinv (with, parts);
}

char *
app_text_from_number (const char *number)
{
  const char *point = localeconv ()->decimal_point;
  g_autofree char *dressed = plot_format_typed (number);

  return point[0] == '\0' ? g_steal_pointer (&dressed) : replace (dressed, ".", point);
}

char *
app_text_to_number (const char *typed)
{
  const char *point = localeconv ()->decimal_point;
  g_autofree char *plain = point[0] == '\0' ? g_strdup (typed) : replace (typed, point, ".");

  return plot_parse_typed (plain);
}

gboolean
app_text_to_whole (const char *typed, guint minimum, guint maximum, guint *number, char **reason)
{
  g_autofree char *text = app_text_to_number (typed);
  guint64 read = 0;

  if (g_ascii_string_to_unsigned (text, 10, minimum, maximum, &read, NULL))
    {
      *number = (guint) read;
      return TRUE;
    }

  *reason = g_strdup_printf (_("Must be a whole number from %u to %u"), minimum, maximum);
  return FALSE;
}

char *
app_text_from_markup (const char *markup)
{
  char *text = NULL;

  if (markup == NULL)
    return NULL;

  if (!pango_parse_markup (markup, -1, 0, NULL, &text, NULL, NULL))
    return g_strdup (markup);

  return text;
}

char *
app_text_to_sentence (const char *text)
{
  g_autofree char *first = NULL;

  if (text == NULL || text[0] == '\0' || text[0] == '<')
    return g_strdup (text);

  first = g_utf8_strup (text, g_utf8_next_char (text) - text);
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

/* The first letter of `text` that is free; or -1. */
static gssize
find_letter (const char *text, const GString *taken)
{
  for (gsize i = 0; text[i] != '\0'; i++)
    if (g_ascii_isalpha (text[i]) && strchr (taken->str, g_ascii_tolower (text[i])) == NULL)
      return i;

  return -1;
}

char *
app_text_add_mnemonic (const char *label, const char *name, GString *taken)
{
  GString *result = g_string_new (label);
  gssize at = find_letter (label, taken);

  if (at >= 0)
    {
      g_string_append_c (taken, g_ascii_tolower (label[at]));
      g_string_insert_c (result, at, '_');
    }
  else if ((at = find_letter (name, taken)) >= 0)
    {
      g_string_append_c (taken, g_ascii_tolower (name[at]));
      g_string_append_printf (result, " (_%c)", g_ascii_toupper (name[at]));
    }

  return g_string_free (result, FALSE);
}
