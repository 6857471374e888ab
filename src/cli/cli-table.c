#include "cli.h"

/* A table of numbers as text, a block of rows at a time: there may be several times as many bytes of
 * it as of the numbers. */

/* The longest number with 17 digits, and what follows it. */
#define FIELD 25
#define BLOCK_BYTES (8 << 20)

typedef struct
{
  const double *values; /* of the block: rows of n_columns */
  gsize n_columns, stride;
  char *text;     /* a row at each multiple of `stride` */
  gsize *lengths; /* of the rows */
} Block;

static void
format_row (int row, gpointer data)
{
  Block *self = data;
  const double *values = self->values + row * self->n_columns;
  char *start = self->text + row * self->stride, *end = start;

  for (gsize j = 0; j < self->n_columns; j++)
    {
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      if (j > 0)
        *end++ = ',';
      end = g_stpcpy (end, g_ascii_formatd (digits, sizeof digits, "%.17g", values[j] + 0.0));
    }
  *end++ = '\n';
  self->lengths[row] = end - start;
}

typedef struct
{
  Block block;
  int n_rows, rows_each, threads;
} Table;

/* Writing the digits takes longer than the kernel, so all threads do it. */
static int
fill_table (int fd, gpointer data)
{
  const Table *self = data;
  Block block = self->block;
  int code = 0;

  for (int first = 0; first < self->n_rows && code == 0; first += self->rows_each)
    {
      const int count = MIN (self->rows_each, self->n_rows - first);

      lab_parallel (self->threads, count, format_row, &block);
      for (int row = 0; row < count && code == 0; row++)
        code = plot_write_all (fd, block.text + row * block.stride, block.lengths[row]);
      block.values += count * block.n_columns;
    }
  return code;
}

gboolean
cli_write_table (const char *path, const double *values, int n_rows, int n_columns, int threads,
                 gboolean force, GError **error)
{
  const gsize stride = (gsize) FIELD * n_columns + 1;
  const int rows_each = CLAMP (BLOCK_BYTES / stride, 1, (gsize) n_rows);
  g_autofree char *text = g_try_malloc_n (rows_each, stride);
  g_autofree gsize *lengths = g_new (gsize, rows_each);
  Table table = { { values, n_columns, stride, text, lengths }, n_rows, rows_each, threads };

  if (text != NULL)
    return cli_fill (path, fill_table, &table, force, error);
  g_set_error (error, CLI_ERROR, CLI_ERROR_MEMORY,
               "no memory for the text of a row: %d numbers, %.1f MiB", n_columns,
               (double) stride / (1 << 20));
  return FALSE;
}
