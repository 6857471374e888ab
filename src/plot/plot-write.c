#include "plot-export.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One line that names the file, whatever is in its name. */
static gboolean
fail (GError **error, const char *path, int code, const char *reason)
{
  g_autofree char *name = g_filename_display_name (path);

  for (char *p = name; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = '?';
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

static int
write_all (int fd, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  while (size > 0)
    {
      gssize n = write (fd, data, MIN (size, 1 << 30));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return n < 0 ? errno : EIO;
      data += n;
      size -= n;
    }
  return 0;
}

/* Standard output and its like keep their place in what is already written there. */
static int
open_descriptor (const char *path)
{
  if (g_str_equal (path, "/dev/stdout"))
    return dup (STDOUT_FILENO);
  if (g_str_equal (path, "/dev/stderr"))
    return dup (STDERR_FILENO);
  if (g_str_has_prefix (path, "/dev/fd/") && g_ascii_isdigit (path[8]))
    return dup (atoi (path + 8));
  return open (path, O_WRONLY | O_CLOEXEC);
}

static gboolean
is_descriptor (const char *path)
{
  return g_str_equal (path, "/dev/stdout") || g_str_equal (path, "/dev/stderr")
         || g_str_has_prefix (path, "/dev/fd/");
}

/* Pipes, terminals, devices: nothing to keep whole. */
static gboolean
write_special (const char *path, GBytes *bytes, GError **error)
{
  int fd = open_descriptor (path);
  int code = fd < 0 ? errno : write_all (fd, bytes);

  if (fd >= 0 && close (fd) != 0 && code == 0)
    code = errno;
  return code == 0 || fail_errno (error, path, code);
}

/* Where a chain of symbolic links ends, whether or not there is a file yet. */
static char *
follow_links (const char *path)
{
  char *target = g_strdup (path);

  for (int links = 0; links < 40; links++)
    {
      g_autofree char *next = g_file_read_link (target, NULL);
      g_autofree char *folder = g_path_get_dirname (target);

      if (next == NULL)
        return target;
      g_free (target);
      target = g_path_is_absolute (next) ? g_steal_pointer (&next)
                                         : g_build_filename (folder, next, NULL);
    }
  return target;
}

/* A new name for the finished file. Without `replace` it must not exist, which only the kernel
 * can promise; file systems that offer neither way are left with the check made before. */
static int
move_into_place (const char *from, const char *to, gboolean replace)
{
  if (replace)
    return rename (from, to) == 0 ? 0 : errno;
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno == EEXIST)
    return EEXIST;
  if (link (from, to) == 0)
    {
      unlink (from);
      return 0;
    }
  if (errno == EEXIST || g_access (to, F_OK) == 0)
    return EEXIST;
  return rename (from, to) == 0 ? 0 : errno;
}

/* The folder's entry on disk too; a file system that cannot is no reason to fail. */
static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    errno = 0;
  close (fd);
}

static int
fill_file (int fd, GBytes *bytes, const struct stat *old)
{
  int code;

  if (old != NULL)
    {
      /* the owner where we may; the mode after it, for chown takes bits away */
      if (fchown (fd, old->st_uid, old->st_gid) != 0)
        errno = 0;
      if (fchmod (fd, old->st_mode & 07777) != 0)
        return errno;
    }
  code = write_all (fd, bytes);
  if (code == 0 && fsync (fd) != 0)
    code = errno;
  return code;
}

static int
write_beside (const char *target, GBytes *bytes, const struct stat *old, gboolean replace)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *temporary = g_build_filename (folder, ".tangent-lab-XXXXXX", NULL);
  int fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666); /* less the umask */
  int code;

  if (fd < 0)
    return errno;
  code = fill_file (fd, bytes, old);
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0)
    code = move_into_place (temporary, target, replace);
  if (code != 0)
    unlink (temporary);
  else
    sync_folder (folder);
  return code;
}

gboolean
plot_write_file (const char *path, GBytes *bytes, gboolean replace, GError **error)
{
  g_autofree char *target = NULL;
  struct stat info;
  gboolean exists;
  int code;

  g_return_val_if_fail (path != NULL && bytes != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (*path == '\0')
    return fail (error, path, ENOENT, _("the name is empty"));
  exists = stat (path, &info) == 0;
  if (!exists && errno == ELOOP)
    return fail_errno (error, path, ELOOP);
  if (is_descriptor (path) || (exists && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode)))
    return write_special (path, bytes, error);
  if (exists && S_ISDIR (info.st_mode))
    return fail_errno (error, path, EISDIR);
  if (exists && !replace)
    return fail_errno (error, path, EEXIST);
  target = follow_links (path);
  if (exists && access (target, W_OK) != 0)
    return fail_errno (error, path, errno);
  if (g_str_has_suffix (target, G_DIR_SEPARATOR_S))
    return fail_errno (error, path, EISDIR);
  code = write_beside (target, bytes, exists ? &info : NULL, replace);
  return code == 0 || fail_errno (error, path, code);
}
