#include "lab-csv.h"
#include "lab-error.h"
#include "lab-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  const char *name;
  int line;
  char separator; /* 0: not yet known */
  char decimal;   /* 0: no number had decimals yet */
  int n_columns;  /* 0: not yet known */
  double *numbers;
  gsize n_numbers;
} Table;

/* The field that begins at *rest, trimmed and without its quotes; *rest is what follows its separator,
 * or NULL after the last one. */
static char *
next_field (char separator, char **rest)
{
  char *field = *rest, *end = field;
  gboolean quoted = FALSE;

  while (*end != '\0' && (quoted || *end != separator))
    quoted ^= *end++ == '"';
  *rest = *end != '\0' ? end + 1 : NULL;
  while (separator == ' ' && *rest != NULL && **rest == ' ')
    ++*rest;
  *end = '\0';
  field = g_strstrip (field);
  if (strlen (field) >= 2 && field[0] == '"' && field[strlen (field) - 1] == '"')
    {
      field[strlen (field) - 1] = '\0';
      field = g_strstrip (field + 1);
    }
  return field;
}

static char
find_separator (const char *line)
{
  static const char separators[] = ";\t,";
  gsize best = strlen (separators);
  gboolean quoted = FALSE;

  for (const char *p = line; *p != '\0'; p++)
    {
      const char *found = quoted ? NULL : strchr (separators, *p);

      quoted ^= *p == '"';
      if (found != NULL)
        best = MIN (best, (gsize) (found - separators));
    }
  return best < strlen (separators) ? separators[best] : ' ';
}

/* A comma that does not separate is a decimal point. */
static gboolean
parse_number (const Table *self, const char *field, double *number, char *decimal)
{
  g_autofree char *pointed = NULL;
  char *end;

  *decimal = strchr (field, '.') != NULL ? '.' : '\0';
  if (self->separator != ',' && self->separator != ' ' && strchr (field, ',') != NULL)
    {
      if (*decimal != '\0')
        return FALSE;
      *decimal = ',';
      pointed = g_strdup (field);
      *strchr (pointed, ',') = '.';
      field = pointed;
    }
  *number = g_ascii_strtod (field, &end);
  return end > field && *end == '\0' && isfinite (*number) && strpbrk (field, "xX") == NULL;
}

static gboolean
is_header (const Table *self, const char *line)
{
  g_autofree char *copy = g_strdup (line);
  double number;
  char decimal;

  for (char *rest = copy; rest != NULL;)
    if (parse_number (self, next_field (self->separator, &rest), &number, &decimal))
      return FALSE;
  return TRUE;
}

static gboolean
refuse_field (const Table *self, int column, const char *field, GError **error)
{
  g_autofree char *quoted = lab_quote (field);

  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
               *field != '\0' ? _("%s: line %d, column %d: “%s” is not a finite number")
                              : _("%s: line %d, column %d: there is no number%s"),
               self->name, self->line, column, quoted);
  return FALSE;
}

static gboolean
read_number (Table *self, int column, const char *field, GError **error)
{
  char decimal;

  if (!parse_number (self, field, &self->numbers[self->n_numbers], &decimal))
    return refuse_field (self, column, field, error);
  self->n_numbers++;
  if (self->decimal == '\0')
    self->decimal = decimal;
  if (decimal == '\0' || decimal == self->decimal)
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
               _("%s: line %d, column %d: decimals follow a “%c” here and a “%c” before"),
               self->name, self->line, column, decimal, self->decimal);
  return FALSE;
}

/* As pandas and R write the names of rows, and pandas what it has once read of them. */
static gboolean
check_name (const Table *self, int column, const char *field, GError **error)
{
  if (*field != '\0' && !g_str_has_prefix (field, "Unnamed: "))
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
               _("%s: line %d, column %d: this column has no name: leave it out if it is an index of "
                 "the rows, else name it"),
               self->name, self->line, column);
  return FALSE;
}

static gboolean
read_line (Table *self, char *line, gboolean header, GError **error)
{
  int column = 0;

  for (char *rest = line; rest != NULL;)
    {
      const char *field = next_field (self->separator, &rest);

      column++;
      if (header ? !check_name (self, column, field, error)
                 : !read_number (self, column, field, error))
        return FALSE;
    }
  if (self->n_columns == 0)
    self->n_columns = column;
  if (column == self->n_columns)
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
               _("%s: line %d has %d columns, the lines before it have %d"), self->name,
               self->line, column, self->n_columns);
  return FALSE;
}

/* The line that begins at *text, ended there; *text is the next one, or NULL behind the last. */
static char *
next_line (char **text)
{
  char *line = *text, *end = strpbrk (line, "\r\n");

  *text = end == NULL ? NULL : end + (end[0] == '\r' && end[1] == '\n' ? 2 : 1);
  if (end != NULL)
    *end = '\0';
  return line;
}

/* Spreadsheets put comments in quotes. */
static gboolean
is_comment (const char *line)
{
  return *line == '#' || g_str_has_prefix (line, "\"#");
}

/* Rows that spreadsheets save though nothing is in them. */
static gboolean
is_empty (const Table *self, const char *line)
{
  const char all[] = { ' ', '\t', self->n_columns > 0 ? self->separator : ' ', '\0' };

  return line[strspn (line, all)] == '\0';
}

/* What some spreadsheets write first. */
static gboolean
names_separator (const Table *self, const char *line)
{
  return self->line == 1 && g_str_has_prefix (line, "sep=") && strlen (line) == 5;
}

static gboolean
read_lines (Table *self, char *text, GError **error)
{
  while (text != NULL)
    {
      char *line = next_line (&text);

      self->line++;
      if (is_empty (self, line) || is_comment (line))
        continue;
      if (names_separator (self, line))
        {
          self->separator = line[4];
          continue;
        }
      if (self->separator == '\0')
        self->separator = find_separator (line);
      if (self->separator == ' ')
        g_strstrip (line);
      if (!read_line (self, line, self->n_columns == 0 && is_header (self, line), error))
        return FALSE;
    }
  if (self->n_numbers > 0)
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE, _("%s: there are no numbers in it"), self->name);
  return FALSE;
}

/* No more numbers than this can be in a text. */
static gsize
count_fields (const char *text)
{
  gsize count = 1;

  for (const char *p = text; *p != '\0'; p++)
    count += strchr (";\t, \r\n", *p) != NULL;
  return count;
}

double *
lab_csv_parse (const char *name, GBytes *bytes, int *n_columns, int *n_rows, GError **error)
{
  g_autofree char *quoted = lab_quote (name), *text = lab_file_decode (bytes, error);
  g_autofree double *numbers = NULL;
  Table self = { .name = quoted };

  if (text == NULL)
    {
      g_prefix_error (error, "%s: ", quoted);
      return NULL;
    }
  self.numbers = numbers = g_try_new (double, count_fields (text));
  if (numbers == NULL)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_SIZE,
                   _("%s: there is not enough memory to read it"), quoted);
      return NULL;
    }
  if (!read_lines (&self, text, error))
    return NULL;
  *n_columns = self.n_columns;
  *n_rows = (int) (self.n_numbers / self.n_columns);
  return g_steal_pointer (&numbers);
}

double *
lab_csv_read (const char *path, int *n_columns, int *n_rows, GError **error)
{
  g_autoptr (GBytes) bytes = lab_file_read (path, LAB_CSV_MOST, error);

  return bytes != NULL ? lab_csv_parse (path, bytes, n_columns, n_rows, error) : NULL;
}
