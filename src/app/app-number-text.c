#include "app-number-text.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* U+2212, which people paste. */
#define MINUS "\xe2\x88\x92"

static char *
replace (const char *text, const char *what, const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  return g_strjoinv (with, parts);
}

char *
app_number_text_show (const char *number)
{
  const char *point = localeconv ()->decimal_point;

  return point[0] == '\0' ? g_strdup (number) : replace (number, ".", point);
}

char *
app_number_text_read (const char *typed)
{
  const char *point = localeconv ()->decimal_point;
  g_autofree char *plain = replace (typed, MINUS, "-");
  char *number = point[0] == '\0' ? g_strdup (plain) : replace (plain, point, ".");

  return g_strstrip (number);
}

gboolean
app_number_text_read_whole (const char *typed, guint minimum, guint maximum, guint *number, char **reason)
{
  g_autofree char *text = app_number_text_read (typed);
  guint64 read = 0;

  if (g_ascii_string_to_unsigned (text, 10, minimum, maximum, &read, NULL))
    {
      *number = (guint) read;
      return TRUE;
    }

  *reason = g_strdup_printf (_("must be a whole number from %u to %u"), minimum, maximum);
  return FALSE;
}
