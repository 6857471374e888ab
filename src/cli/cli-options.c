#include "cli.h"

#include <string.h>

static const GOptionEntry *
find_long (const GOptionEntry *entries, const char *name, gsize length)
{
  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    if (strlen (entry->long_name) == length && strncmp (entry->long_name, name, length) == 0)
      return entry;
  return NULL;
}

static const GOptionEntry *
find_short (const GOptionEntry *entries, char letter)
{
  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    if (entry->short_name == letter)
      return entry;
  return NULL;
}

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
refuse_value (const GOptionEntry *entry, const char *kind, const char *value, GError **error)
{
  g_autofree char *quoted = lab_quote (value);

  return refuse (error, "--%s must be %s, not “%s”", entry->long_name, kind, quoted);
}

/* Numbers as people write them, in any locale: 010 is neither 8 nor 10. */
static gboolean
check_value (const GOptionEntry *entry, const char *value, GError **error)
{
  const char *digits = value + (*value == '-' ? 1 : 0);
  char *end;

  if (entry->arg == G_OPTION_ARG_INT
      && ((digits[0] == '0' && digits[1] != '\0')
          || !g_ascii_string_to_signed (value, 10, G_MININT, G_MAXINT, NULL, NULL)))
    return refuse_value (entry, "a whole number", value, error);
  if (entry->arg == G_OPTION_ARG_DOUBLE
      && (strspn (value, "+-.0123456789eE") != strlen (value)
          || (g_ascii_strtod (value, &end), end == value || *end != '\0')))
    return refuse_value (entry, "a number", value, error);
  return TRUE;
}

/* A value that a later one would replace without a word is a mistake. */
static gboolean
check_once (const GOptionEntry *entry, GHashTable *seen, GError **error)
{
  if (entry->arg == G_OPTION_ARG_NONE || entry->arg == G_OPTION_ARG_STRING_ARRAY
      || g_hash_table_add (seen, (gpointer) entry))
    return TRUE;
  return refuse (error, "--%s is given twice", entry->long_name);
}

/* One option; *value is what stands behind its = or its letter, else NULL. */
static const GOptionEntry *
find_option (const GOptionEntry *entries, const char *word, const char **value)
{
  const GOptionEntry *entry;
  const char *equals = strchr (word, '=');

  if (word[1] == '-')
    {
      *value = equals != NULL ? equals + 1 : NULL;
      return find_long (entries, word + 2, strcspn (word + 2, "="));
    }
  entry = find_short (entries, word[1]);
  *value = word[2] != '\0' ? word + 2 : NULL;
  return entry;
}

gboolean
cli_check_options (const GOptionEntry *entries, int argc, char **argv, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    {
      const GOptionEntry *entry;
      const char *value = NULL;

      if (argv[i][0] != '-' || argv[i][1] == '\0')
        continue;
      entry = find_option (entries, argv[i], &value);
      if (entry == NULL)
        {
          g_autofree char *quoted = lab_quote (argv[i]);

          return refuse (error, "unknown option “%s”; --help lists them", quoted);
        }
      if (entry->arg == G_OPTION_ARG_NONE && value != NULL)
        return refuse (error, "--%s takes no value", entry->long_name);
      if (entry->arg != G_OPTION_ARG_NONE && value == NULL && (value = argv[++i]) == NULL)
        return refuse (error, "--%s needs a value: %s", entry->long_name, entry->arg_description);
      if (!check_once (entry, seen, error) || (value != NULL && !check_value (entry, value, error)))
        return FALSE;
    }
  return TRUE;
}
