#include "plot-export.h"
#include "plot-write-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define MOST_OF_A_NAME 80

/* One line, whatever is in the name; of a long one the end. */
static char *
display_name (const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  glong length = g_utf8_strlen (name, -1);
  gboolean long_name = length > MOST_OF_A_NAME;
  GString *out = g_string_new (long_name ? "…" : NULL);

  for (const char *p = g_utf8_offset_to_pointer (name, long_name ? length - MOST_OF_A_NAME : 0);
       *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out,
                             g_unichar_isprint (g_utf8_get_char (p)) ? g_utf8_get_char (p) : '?');
  return g_string_free (out, FALSE);
}

static gboolean
fail (GError **error, const char *path, int code, const char *reason)
{
  g_autofree char *name = display_name (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _("Could not write “%s”: %s"),
               name, reason != NULL ? reason : g_strerror (code));
  return FALSE;
}

static gboolean
fail_errno (GError **error, const char *path, int code)
{
  if (code == ENOENT)
    return fail (error, path, code, _("its folder does not exist"));
  if (code == ENOTDIR)
    return fail (error, path, code, _("its folder is a file"));
  if (code == EISDIR)
    return fail (error, path, code, _("it is a folder"));
  if (code == EEXIST)
    return fail (error, path, code, _("it exists already"));
  return fail (error, path, code, NULL);
}

/* A terminal or a pipe that another program has made not to wait is waited for. */
static gboolean
try_again (int fd)
{
  if (errno == EAGAIN)
    poll (&(struct pollfd){ fd, POLLOUT, 0 }, 1, -1);
  return errno == EAGAIN || errno == EINTR;
}

int
plot_write_all (int fd, gconstpointer data, gsize size)
{
  const char *rest = data;

  while (size > 0)
    {
      gssize n = write (fd, rest, MIN (size, 1 << 30));

      if (n < 0 && try_again (fd))
        continue;
      if (n <= 0)
        return n < 0 ? errno : EIO;
      rest += n;
      size -= n;
    }
  return 0;
}

/* Standard output and its like keep their place in what is already written there. -1 for all else. */
static int
descriptor_of (const char *path)
{
  guint64 fd;

  if (g_str_equal (path, "/dev/stdout"))
    return STDOUT_FILENO;
  if (g_str_equal (path, "/dev/stderr"))
    return STDERR_FILENO;
  if (g_str_has_prefix (path, "/dev/fd/")
      && g_ascii_string_to_unsigned (path + strlen ("/dev/fd/"), 10, 0, G_MAXINT, &fd, NULL))
    return (int) fd;
  return -1;
}

/* Pipes, terminals, devices: nothing to keep whole. */
static gboolean
write_special (const char *path, PlotFill fill, gpointer data, GError **error)
{
  int known = descriptor_of (path);
  int fd = known >= 0 ? fcntl (known, F_DUPFD_CLOEXEC, 0)
                      : TEMP_FAILURE_RETRY (open (path, O_WRONLY | O_NOCTTY | O_CLOEXEC));
  int code = fd < 0 ? errno : fill (fd, data);

  if (fd >= 0 && close (fd) != 0 && code == 0)
    code = errno;
  return code == 0 || fail_errno (error, path, code);
}

static int
check_place (const PlotPlace *place, gboolean replace)
{
  if (place->exists && S_ISDIR (place->old.st_mode))
    return EISDIR;
  if (place->exists && !S_ISREG (place->old.st_mode))
    return EINVAL;
  if (place->exists && !replace)
    return EEXIST;
  if (place->exists && faccessat (place->folder, place->name, W_OK, AT_EACCESS) != 0)
    return errno;
  return faccessat (place->folder, ".", W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

/* Whether the file can be written, as far as can be said without doing it. Only what the kernel says
 * is not there is new: whatever else it says of the path is a refusal. */
static gboolean
find_place (PlotPlace *place, const char *path, gboolean replace, gboolean *special, GError **error)
{
  struct stat info;
  gboolean exists;
  int code;

  *place = (PlotPlace){ .folder = -1 };
  *special = TRUE;
  if (*path == '\0')
    return fail (error, path, ENOENT, _("the name is empty"));
  if (descriptor_of (path) >= 0)
    return TRUE;
  exists = stat (path, &info) == 0;
  if (!exists && errno != ENOENT)
    return fail_errno (error, path, errno);
  if (exists && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode))
    return TRUE;
  *special = FALSE;
  code = plot_place_find (place, path);
  if (code == 0 && exists && !place->exists)
    code = ESTALE; /* a file that has lost its name */
  if (code == 0)
    code = check_place (place, replace);
  return code == 0 || fail_errno (error, path, code);
}

gboolean
plot_check_file (const char *path, gboolean replace, GError **error)
{
  PlotPlace place;
  gboolean special, good;

  g_return_val_if_fail (path != NULL, FALSE);

  good = find_place (&place, path, replace, &special, error);
  plot_place_clear (&place);
  return good;
}

static gboolean
same_inode (const struct stat *one, const struct stat *other)
{
  return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

static gboolean
same_place (const PlotPlace *one, const PlotPlace *other)
{
  struct stat folders[2];

  if (one->exists && other->exists)
    return S_ISREG (one->old.st_mode) && same_inode (&one->old, &other->old);
  return one->exists == other->exists && g_str_equal (one->name, other->name)
         && fstat (one->folder, &folders[0]) == 0 && fstat (other->folder, &folders[1]) == 0
         && same_inode (&folders[0], &folders[1]);
}

gboolean
plot_same_file (const char *one, const char *other)
{
  PlotPlace places[2] = { { .folder = -1 }, { .folder = -1 } };
  gboolean same;

  g_return_val_if_fail (one != NULL && other != NULL, FALSE);

  same = plot_place_find (&places[0], one) == 0 && plot_place_find (&places[1], other) == 0
         && same_place (&places[0], &places[1]);
  plot_place_clear (&places[0]);
  plot_place_clear (&places[1]);
  return same;
}

gboolean
plot_fill_file (const char *path, PlotFill fill, gpointer data, gboolean replace, GError **error)
{
  PlotPlace place;
  gboolean special, good;
  int code;

  g_return_val_if_fail (path != NULL && fill != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  good = find_place (&place, path, replace, &special, error);
  if (good && special)
    good = write_special (path, fill, data, error);
  else if (good)
    {
      code = plot_place_fill (&place, fill, data, replace);
      good = code == 0 || fail_errno (error, path, code);
    }
  plot_place_clear (&place);
  return good;
}

static int
write_bytes (int fd, gpointer bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return plot_write_all (fd, data, size);
}

gboolean
plot_write_file (const char *path, GBytes *bytes, gboolean replace, GError **error)
{
  g_return_val_if_fail (bytes != NULL, FALSE);

  return plot_fill_file (path, write_bytes, bytes, replace, error);
}
