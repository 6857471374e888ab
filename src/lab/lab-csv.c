#include "lab-csv.h"
#include "lab-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  const char *path;
  int line;
  int n_columns; /* 0: not yet known */
  GArray *numbers;
} Table;

/* The field that begins at *rest, trimmed and without its quotes; *rest is what follows its comma,
 * or NULL after the last one. */
static char *
next_field (char **rest)
{
  char *field = *rest, *end = field;
  gboolean quoted = FALSE;

  while (*end != '\0' && (quoted || *end != ','))
    quoted ^= *end++ == '"';
  *rest = *end == ',' ? end + 1 : NULL;
  *end = '\0';
  field = g_strstrip (field);
  if (strlen (field) >= 2 && field[0] == '"' && field[strlen (field) - 1] == '"')
    {
      field[strlen (field) - 1] = '\0';
      field = g_strstrip (field + 1);
    }
  return field;
}

static gboolean
parse_number (const char *field, double *number)
{
  char *end;

  *number = g_ascii_strtod (field, &end);
  return end > field && *end == '\0' && isfinite (*number);
}

static gboolean
is_header (const char *line)
{
  g_autofree char *copy = g_strdup (line);
  double number;

  for (char *rest = copy; rest != NULL;)
    if (parse_number (next_field (&rest), &number))
      return FALSE;
  return TRUE;
}

static gboolean
refuse_field (const Table *self, int column, const char *field, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (field, -1);

  if (g_utf8_strlen (valid, -1) > 40)
    *g_utf8_offset_to_pointer (valid, 40) = '\0';
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
               *valid != '\0' ? _("%s: line %d, column %d: “%s” is not a finite number")
                              : _("%s: line %d, column %d: there is no number%s"),
               self->path, self->line, column, valid);
  return FALSE;
}

static gboolean
read_line (Table *self, char *line, gboolean header, GError **error)
{
  int column = 0;

  for (char *rest = line; rest != NULL;)
    {
      const char *field = next_field (&rest);
      double number;

      column++;
      if (header)
        continue;
      if (!parse_number (field, &number))
        return refuse_field (self, column, field, error);
      g_array_append_val (self->numbers, number);
    }
  if (self->n_columns == 0)
    self->n_columns = column;
  if (column == self->n_columns)
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
               _("%s: line %d has %d columns, the lines before it have %d"), self->path,
               self->line, column, self->n_columns);
  return FALSE;
}

static gboolean
read_lines (Table *self, char *text, GError **error)
{
  while (text != NULL)
    {
      char *line = text, *end = strchr (text, '\n');

      text = end != NULL ? end + 1 : NULL;
      if (end != NULL)
        *end = '\0';
      self->line++;
      g_strchomp (line);
      if (*line != '\0' && *line != '#'
          && !read_line (self, line, self->n_columns == 0 && is_header (line), error))
        return FALSE;
    }
  if (self->numbers->len > 0)
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE, _("%s: there are no numbers in it"), self->path);
  return FALSE;
}

double *
lab_csv_read (const char *path, int *n_columns, int *n_rows, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  Table self = { .path = path, .numbers = numbers };
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (strlen (text) != length)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_FILE, _("%s: this is not a text file"), path);
      return NULL;
    }
  if (!read_lines (&self, text + (g_str_has_prefix (text, "\xef\xbb\xbf") ? 3 : 0), error))
    return NULL;
  *n_columns = self.n_columns;
  *n_rows = numbers->len / self.n_columns;
  return (double *) g_array_free (g_steal_pointer (&numbers), FALSE);
}
