#include "plot-write-private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ACL "system.posix_acl_access"
#define MAX_LINKS 40
#define MAX_XATTR 65536

/* What can be asked of "/proc/self/fd/N" where /proc is. */
static char *
descriptor_path (int fd)
{
  return g_strdup_printf ("/proc/self/fd/%d", fd);
}

/* In a folder for everybody, such as /tmp, only links of one's own and of the folder's owner: others
 * could lead anywhere. Most kernels refuse the same when a path is opened. */
static gboolean
may_follow (int folder, const struct stat *link)
{
  struct stat info;

  if (fstat (folder, &info) != 0)
    return FALSE;
  return (info.st_mode & S_ISVTX) == 0 || (info.st_mode & S_IWOTH) == 0
         || link->st_uid == geteuid () || link->st_uid == info.st_uid;
}

/* Goes to a path, seen from the present folder. */
static int
go_to (PlotPlace *self, const char *path)
{
  g_autofree char *dirname = g_path_get_dirname (path);
  int folder;

  if (g_str_has_suffix (path, G_DIR_SEPARATOR_S))
    return EISDIR;
  folder = openat (self->folder, dirname, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0)
    return errno;
  if (self->folder >= 0)
    close (self->folder);
  g_free (self->name);
  self->folder = folder;
  self->name = g_path_get_basename (path);
  return 0;
}

/* What the name stands for: *next is where a link leads, NULL for everything else. What is judged is
 * what was opened, so that it cannot be exchanged in between. */
static int
look_at (PlotPlace *self, char **next)
{
  int fd = openat (self->folder, self->name, O_PATH | O_NOFOLLOW | O_CLOEXEC), code = 0;
  char target[PATH_MAX];
  gssize n;

  *next = NULL;
  if (fd < 0)
    return errno == ENOENT ? 0 : errno;
  if (fstat (fd, &self->old) != 0)
    code = errno;
  else if (!S_ISLNK (self->old.st_mode))
    self->exists = TRUE;
  else if (!may_follow (self->folder, &self->old))
    code = EACCES;
  else if ((n = readlinkat (fd, "", target, sizeof target)) < 0)
    code = errno;
  else
    *next = g_strndup (target, n);
  close (fd);
  return code;
}

int
plot_place_find (PlotPlace *self, const char *path)
{
  g_autofree char *next = g_strdup (path);

  *self = (PlotPlace){ .folder = AT_FDCWD };
  for (int links = 0; links <= MAX_LINKS; links++)
    {
      g_autofree char *here = g_steal_pointer (&next);
      int code = go_to (self, here);

      if (code == 0)
        code = look_at (self, &next);
      if (code != 0 || next == NULL)
        return code;
    }
  return ELOOP;
}

void
plot_place_clear (PlotPlace *self)
{
  if (self->folder >= 0)
    close (self->folder);
  self->folder = -1;
  g_clear_pointer (&self->name, g_free);
}

/* --- filling --- */

/* The list of who may do what beyond the mode; without one the folder's own does not apply either. */
static int
copy_acl (const PlotPlace *self, int fd)
{
  g_autofree char *folder = descriptor_path (self->folder);
  g_autofree char *old = g_build_filename (folder, self->name, NULL);
  g_autofree char *list = g_malloc (MAX_XATTR);
  gssize n = lgetxattr (old, ACL, list, MAX_XATTR);

  if (n >= 0)
    return fsetxattr (fd, ACL, list, n, 0) == 0 ? 0 : errno;
  if (errno == ENOTSUP)
    return 0;
  if (errno != ENODATA)
    return errno;
  return fremovexattr (fd, ACL) == 0 || errno == ENODATA || errno == ENOTSUP ? 0 : errno;
}

/* As the old file had it. What belonged to an owner or a group that cannot be given away is nobody
 * else's. The mode comes last, for changes of owner take bits away. */
static int
copy_access (const PlotPlace *self, int fd)
{
  mode_t mode = self->old.st_mode & 07777;
  int code;

  if (fchown (fd, self->old.st_uid, self->old.st_gid) != 0)
    {
      mode &= ~S_ISUID;
      if (fchown (fd, -1, self->old.st_gid) != 0)
        mode &= ~(S_ISGID | S_IRWXG);
    }
  code = copy_acl (self, fd);
  if (code == 0 && fchmod (fd, mode) != 0)
    code = errno;
  return code;
}

static int
fill_file (const PlotPlace *self, int fd, PlotFill fill, gpointer data)
{
  int code = self->exists ? copy_access (self, fd) : 0;

  if (code == 0)
    code = fill (fd, data);
  if (code == 0 && TEMP_FAILURE_RETRY (fsync (fd)) != 0)
    code = errno;
  return code;
}

/* Nobody reads along in what replaces a file that is not for everybody. */
static mode_t
first_mode (const PlotPlace *self)
{
  return self->exists ? 0600 : 0666; /* less the umask */
}

/* The name of a file that has none. */
static int
give_name (int folder, const char *name, gpointer fd)
{
  g_autofree char *path = descriptor_path (GPOINTER_TO_INT (fd));

  return linkat (AT_FDCWD, path, folder, name, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

/* A file without a name is gone when the process is, however that ends. -1 where there is none. */
static int
open_unnamed (const PlotPlace *self)
{
  int fd = TEMP_FAILURE_RETRY (
    openat (self->folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, first_mode (self)));
  g_autofree char *path = descriptor_path (fd);

  if (fd >= 0 && access (path, F_OK) != 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

static int
rename_temporary (const PlotPlace *self)
{
  return renameat (self->folder, plot_temporary_name (), self->folder, self->name) == 0 ? 0 : errno;
}

static int
fill_unnamed (const PlotPlace *self, int fd, PlotFill fill, gpointer data, gboolean replace)
{
  int code = fill_file (self, fd, fill, data);

  if (code == 0)
    code = give_name (self->folder, self->name, GINT_TO_POINTER (fd));
  if (code != EEXIST || !replace)
    return code;
  plot_temporary_lock (fd);
  code = plot_temporary_begin (self->folder, give_name, GINT_TO_POINTER (fd));
  if (code != 0)
    return code;
  code = rename_temporary (self);
  plot_temporary_end ();
  return code;
}

/* Without `replace` it must not exist, which only the kernel can promise; file systems that offer
 * neither way are left with the check made before. */
static int
move_into_place (const PlotPlace *self, gboolean replace)
{
  const char *name = plot_temporary_name ();

  if (replace)
    return rename_temporary (self);
  if (renameat2 (self->folder, name, self->folder, self->name, RENAME_NOREPLACE) == 0
      || linkat (self->folder, name, self->folder, self->name, 0) == 0)
    return 0;
  if (errno == EEXIST || faccessat (self->folder, self->name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
    return EEXIST;
  return rename_temporary (self);
}

typedef struct
{
  mode_t mode;
  int fd;
} NewFile;

static int
make_file (int folder, const char *name, gpointer data)
{
  NewFile *self = data;

  self->fd = TEMP_FAILURE_RETRY (
    openat (folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, self->mode));
  if (self->fd < 0)
    return errno;
  if (plot_temporary_lock (self->fd))
    return 0;
  close (self->fd);
  return EEXIST;
}

static int
fill_named (const PlotPlace *self, PlotFill fill, gpointer data, gboolean replace)
{
  NewFile file = { first_mode (self), -1 };
  int code = plot_temporary_begin (self->folder, make_file, &file);

  if (code != 0)
    return code;
  code = fill_file (self, file.fd, fill, data);
  if (code == 0)
    code = move_into_place (self, replace);
  plot_temporary_end ();
  close (file.fd); /* all is on disk: an error changes nothing any more */
  return code;
}

/* The folder's entry on disk too. Where that fails, a loss of power may bring back the file of
 * before, whole as well. */
static void
sync_folder (int folder)
{
  int fd = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

int
plot_place_fill (const PlotPlace *self, PlotFill fill, gpointer data, gboolean replace)
{
  int fd, code;

  plot_temporary_sweep (self->folder);
  fd = open_unnamed (self);
  code = fd >= 0 ? fill_unnamed (self, fd, fill, data, replace)
                 : fill_named (self, fill, data, replace);
  if (fd >= 0)
    close (fd);
  if (code == 0)
    sync_folder (self->folder);
  return code;
}
