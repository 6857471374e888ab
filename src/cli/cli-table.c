#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

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

static gboolean
write_all (int fd, const char *text, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, text, size);

      if (n < 0 && errno == EAGAIN)
        poll (&(struct pollfd){ fd, POLLOUT, 0 }, 1, -1);
      if (n < 0 && errno != EAGAIN && errno != EINTR)
        return FALSE;
      text += MAX (n, 0);
      size -= MAX (n, 0);
    }
  return TRUE;
}

/* Writing the digits takes longer than the kernel, so all threads do it. */
static gboolean
write_rows (int fd, const char *name, Block *block, int n_rows, int most, int threads,
            GError **error)
{
  for (int first = 0; first < n_rows; first += most)
    {
      const int count = MIN (most, n_rows - first);

      lab_parallel (threads, count, format_row, block);
      for (int row = 0; row < count; row++)
        if (!write_all (fd, block->text + row * block->stride, block->lengths[row]))
          {
            g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", name,
                         g_strerror (errno));
            return FALSE;
          }
      block->values += count * block->n_columns;
    }
  return TRUE;
}

static gboolean
write_table (int fd, const char *name, const double *values, int n_rows, int n_columns,
             int threads, GError **error)
{
  const gsize stride = (gsize) FIELD * n_columns + 1;
  const int most = CLAMP (BLOCK_BYTES / stride, 1, (gsize) n_rows);
  g_autofree char *text = g_try_malloc_n (most, stride);
  g_autofree gsize *lengths = g_new (gsize, most);
  Block block = { values, n_columns, stride, text, lengths };

  if (text != NULL)
    return write_rows (fd, name, &block, n_rows, most, threads, error);
  g_set_error (error, CLI_ERROR, CLI_ERROR_MEMORY,
               "no memory for the text of a row: %d numbers, %.1f MiB", n_columns,
               (double) stride / (1 << 20));
  return FALSE;
}

/* A file without a name beside the output, where there is to be room for it; in the folder for
 * temporary files where the output is a pipe or a device, or its file system has no such files. */
static int
open_scratch (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = NULL;
  gboolean special = g_file_test (path, G_FILE_TEST_EXISTS)
                     && !g_file_test (path, G_FILE_TEST_IS_REGULAR);
  int fd = special ? -1 : open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0 && (fd = g_file_open_tmp ("tangent-lab-XXXXXX", &name, error)) >= 0)
    unlink (name);
  return fd;
}

/* What was written, without reading it into memory. */
static GBytes *
map_scratch (int fd, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (fd, FALSE, error);

  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

gboolean
cli_write_table (const char *path, const double *values, int n_rows, int n_columns, int threads,
                 gboolean force, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  int fd;

  if (path == NULL || strcmp (path, "-") == 0)
    return write_table (STDOUT_FILENO, "standard output", values, n_rows, n_columns, threads,
                        error);
  if ((fd = open_scratch (path, error)) < 0)
    return FALSE;
  if (write_table (fd, path, values, n_rows, n_columns, threads, error))
    bytes = map_scratch (fd, error);
  close (fd);
  return bytes != NULL && cli_write (path, bytes, force, error);
}
