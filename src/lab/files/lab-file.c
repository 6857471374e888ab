#include "lab-file.h"
#include "lab-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_BLOCK 65536

typedef struct
{
  const char *name; /* of the file, as it stands in messages */
  int fd;
  guint8 *data;
  gsize length, size, most;
} Reader;

static gboolean
refuse_errno (const Reader *self, int number, GError **error)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s", self->name,
               g_strerror (number));
  return FALSE;
}

static gboolean
refuse_size (const Reader *self, GError **error)
{
  g_autofree char *most = g_format_size_full (self->most, G_FORMAT_SIZE_IEC_UNITS);

  g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
               _("%s: this is larger than %s, the most that is read"), self->name, most);
  return FALSE;
}

static gboolean
open_file (Reader *self, const char *path, GError **error)
{
  GStatBuf status;

  self->fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    return refuse_errno (self, errno, error);
  if (S_ISDIR (status.st_mode))
    return refuse_errno (self, EISDIR, error);
  if (S_ISREG (status.st_mode) && (guint64) status.st_size > self->most)
    return refuse_size (self, error);
  self->size = S_ISREG (status.st_mode) ? (gsize) status.st_size : 0;
  return TRUE;
}

/* Room for at least one byte more. */
static gboolean
make_room (Reader *self, GError **error)
{
  gsize size = self->data == NULL ? MAX (self->size + 1, FIRST_BLOCK) : 2 * self->size;
  guint8 *data;

  if (self->data != NULL && self->length < self->size)
    return TRUE;
  size = MIN (size, self->most + 1);
  data = g_try_realloc (self->data, size);
  if (data == NULL)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_SIZE, _("%s: there is not enough memory to read it"),
                   self->name);
      return FALSE;
    }
  self->data = data;
  self->size = size;
  return TRUE;
}

/* To the end of the file, or one byte beyond what is allowed. */
static gboolean
read_all (Reader *self, GError **error)
{
  while (self->length <= self->most)
    {
      gssize n;

      if (!make_room (self, error))
        return FALSE;
      n = read (self->fd, self->data + self->length, self->size - self->length);
      if (n == 0)
        return TRUE;
      if (n < 0 && errno != EINTR)
        return refuse_errno (self, errno, error);
      self->length += MAX (n, 0);
    }
  return refuse_size (self, error);
}

GBytes *
lab_file_read (const char *path, gsize most, GError **error)
{
  g_autofree char *name = lab_quote (path);
  Reader self = { .name = name, .fd = -1, .most = most };
  gboolean done;

  g_return_val_if_fail (most < G_MAXSSIZE, NULL);

  done = open_file (&self, path, error) && read_all (&self, error);
  if (self.fd >= 0)
    g_close (self.fd, NULL);
  if (done)
    return g_bytes_new_take (self.data, self.length);
  g_free (self.data);
  return NULL;
}

static const struct
{
  const char *mark;
  const char *charset; /* NULL: UTF-8 */
} marks[] = {
  { "\xef\xbb\xbf", NULL },
  { "\xff\xfe", "UTF-16LE" },
  { "\xfe\xff", "UTF-16BE" },
};

/* How many bytes the mark has, 0 without one; with its charset. */
static gsize
find_mark (const char *data, gsize length, const char **charset)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gsize size = strlen (marks[i].mark);

      if (length < size || memcmp (data, marks[i].mark, size) != 0)
        continue;
      *charset = marks[i].charset;
      return size;
    }
  return 0;
}

/* UTF-16 without a mark: every other byte of its first characters, which are ASCII, is zero. */
static const char *
guess_charset (const char *data, gsize length)
{
  gsize n = MIN (length, 32) / 2, low = 0, high = 0;

  for (gsize i = 0; i < n; i++)
    {
      low += data[2 * i] != 0 && data[2 * i + 1] == 0;
      high += data[2 * i] == 0 && data[2 * i + 1] != 0;
    }
  return n == 0 ? NULL : low == n ? "UTF-16LE" : high == n ? "UTF-16BE" : NULL;
}

static char *
convert (const char *data, gsize length, const char *charset, gsize *written, GError **error)
{
  char *text = charset != NULL
                 ? g_convert (data, (gssize) length, "UTF-8", charset, NULL, written, NULL)
                 : g_try_malloc (length + 1);

  if (text == NULL)
    {
      if (charset != NULL)
        g_set_error (error, LAB_ERROR, LAB_ERROR_FILE, _("this is not %s, though it begins like it"),
                     charset);
      else
        g_set_error_literal (error, LAB_ERROR, LAB_ERROR_SIZE,
                             _("there is not enough memory to read it"));
      return NULL;
    }
  if (charset == NULL)
    {
      memcpy (text, data, length);
      text[length] = '\0';
      *written = length;
    }
  return text;
}

char *
lab_file_decode (GBytes *bytes, GError **error)
{
  gsize length, written;
  const char *data = g_bytes_get_data (bytes, &length), *charset = NULL;
  g_autofree char *text = NULL;
  gsize mark = length > 0 ? find_mark (data, length, &charset) : 0;

  if (mark == 0)
    charset = guess_charset (data, length);
  length -= mark;
  text = convert (length > 0 ? data + mark : "", length, charset, &written, error);
  if (text == NULL)
    return NULL;
  if (memchr (text, 0, written) == NULL)
    return g_steal_pointer (&text);
  g_set_error_literal (error, LAB_ERROR, LAB_ERROR_FILE, _("this is not a text file"));
  return NULL;
}
