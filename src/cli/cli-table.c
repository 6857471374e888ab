#include "cli.h"

#include <math.h>
#include <string.h>

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

/* The 17 digits of x = mantissa 2^binary, rounded as it stands, where its first digit counts 10^exponent:
 * mantissa times a power of five, and of two, is exact in 128 bits. */
static guint64
round_at (guint64 mantissa, int binary, int exponent)
{
  const int power = 16 - exponent;
  unsigned __int128 product = mantissa, rest, half;
  guint64 digits;
  int shift;

  for (int i = 0; i < power; i++)
    product *= 5;
  shift = -(binary + power);
  if (shift <= 0)
    return product << -shift;
  digits = product >> shift;
  half = (unsigned __int128) 1 << (shift - 1);
  rest = product & (2 * half - 1);
  return digits + (rest > half || (rest == half && (digits & 1)));
}

/* "%.17g" in the C locale, several times as fast where powers of five fit; returns the end. */
static char *
put_number (char *end, double x)
{
  char digits[18], other[G_ASCII_DTOSTR_BUF_SIZE];
  int binary, exponent, n = 17;
  guint64 mantissa, number;

  if (!(fabs (x) >= 1e-10 && fabs (x) < 1e16))
    return g_stpcpy (end, g_ascii_formatd (other, sizeof other, "%.17g", x));
  mantissa = ldexp (frexp (fabs (x), &binary), 53);
  binary -= 53;
  exponent = floor (log10 (fabs (x)));
  /* The logarithm may be off by its last digit, and nines become a one. */
  exponent = floor (log10 (fabs (x))) - 1;
  while ((number = round_at (mantissa, binary, exponent)) >= 100000000000000000)
    exponent++;
  for (int i = n - 1; i >= 0; i--, number /= 10)
    digits[i] = '0' + number % 10;
  while (n > 1 && digits[n - 1] == '0')
    n--;
  if (x < 0)
    *end++ = '-';
  if (exponent < -4)
    {
      *end++ = digits[0];
      if (n > 1)
        *end++ = '.';
      end = (char *) memcpy (end, digits + 1, n - 1) + n - 1;
      return end + g_snprintf (end, 5, "e-%02d", -exponent);
    }
  if (exponent < 0)
    {
      end = (char *) memcpy (end, "0.000", 1 - exponent) + 1 - exponent;
      return (char *) memcpy (end, digits, n) + n;
    }
  for (int i = 0; i < MAX (n, exponent + 1); i++)
    {
      if (i == exponent + 1)
        *end++ = '.';
      *end++ = i < n ? digits[i] : '0';
    }
  return end;
}

static void
format_row (int row, gpointer data)
{
  Block *self = data;
  const double *values = self->values + row * self->n_columns;
  char *start = self->text + row * self->stride, *end = start;

  for (gsize j = 0; j < self->n_columns; j++)
    {
      if (j > 0)
        *end++ = ',';
      end = put_number (end, values[j] + 0.0);
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
