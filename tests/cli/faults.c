/* To be preloaded: makes the calls fail by which a program writes into one folder, or ends it there.
 *
 *   FAULT_FOLDER  the folder that is watched, with no links in its path
 *   FAULT_AT      which call, counted from 1; 0 for every one
 *   FAULT_ERRNO   what it fails with, and FAULT_CALL, if only calls of this name are counted
 *   FAULT_SIGNAL  or the signal that comes before it
 *   FAULT_NAMED   every file has a name, as on file systems that know no others
 *   FAULT_SHORT   a write takes three bytes at most
 *   FAULT_LOG     a file to which the name of the call is written as it happens
 */

#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FD 1024
#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

static char watched[MAX_FD];
static int calls;

static int
number_from (const char *variable)
{
  const char *text = getenv (variable);

  return text != NULL ? atoi (text) : 0;
}

static int
is_watched (int fd)
{
  return fd >= 0 && fd < MAX_FD && watched[fd];
}

static int
is_inside (int folder, const char *path)
{
  const char *root = getenv ("FAULT_FOLDER");

  if (root == NULL)
    return 0;
  return *path == '/' ? strncmp (path, root, strlen (root)) == 0 : is_watched (folder);
}

static void
write_log (const char *name)
{
  int fd = NEXT (open) (getenv ("FAULT_LOG"), O_WRONLY | O_APPEND | O_CREAT, 0600);

  if (fd < 0 || NEXT (write) (fd, name, strlen (name)) < 0 || NEXT (write) (fd, "\n", 1) < 0)
    abort ();
  NEXT (close) (fd);
}

/* Whether this call is to fail; errno says with what. */
static int
strikes (const char *name)
{
  const char *only = getenv ("FAULT_CALL");
  int at = number_from ("FAULT_AT");

  if (only != NULL && strcmp (only, name) != 0)
    return 0;
  if (++calls != at && at != 0)
    return 0;
  write_log (name);
  if (number_from ("FAULT_SIGNAL") != 0)
    raise (number_from ("FAULT_SIGNAL"));
  errno = number_from ("FAULT_ERRNO");
  return errno != 0;
}

static int
open_at (int folder, const char *path, int flags, mode_t mode)
{
  int inside = is_inside (folder, path), fd;

  if (inside && getenv ("FAULT_NAMED") != NULL && (flags & O_TMPFILE) == O_TMPFILE)
    {
      errno = EOPNOTSUPP;
      return -1;
    }
  if (inside && strikes ("open"))
    return -1;
  fd = NEXT (openat) (folder, path, flags, mode);
  if (fd >= 0 && fd < MAX_FD)
    watched[fd] = (char) inside;
  return fd;
}

#define OPEN(name, ...)                                                                               \
  int name (__VA_ARGS__ const char *path, int flags, ...)                                             \
  {                                                                                                   \
    va_list rest;                                                                                     \
    mode_t mode;                                                                                      \
                                                                                                      \
    va_start (rest, flags);                                                                           \
    mode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg (rest, mode_t) : 0;         \
    va_end (rest);                                                                                    \
    return open_at (FOLDER, path, flags, mode);                                                       \
  }

#define FOLDER AT_FDCWD
OPEN (open, )
OPEN (open64, )
#undef FOLDER
#define FOLDER folder
OPEN (openat, int folder, )
OPEN (openat64, int folder, )

ssize_t
write (int fd, const void *data, size_t size)
{
  if (is_watched (fd) && strikes ("write"))
    return -1;
  return NEXT (write) (fd, data, is_watched (fd) && getenv ("FAULT_SHORT") && size > 3 ? 3 : size);
}

int
close (int fd)
{
  int was_watched = is_watched (fd), code;

  if (was_watched)
    watched[fd] = 0;
  code = NEXT (close) (fd); /* it is closed whatever it says */
  return was_watched && strikes ("close") ? -1 : code;
}

#define CALL(name, fd, parameters, arguments)                                                         \
  int name parameters                                                                                 \
  {                                                                                                   \
    return is_watched (fd) && strikes (#name) ? -1 : NEXT (name) arguments;                           \
  }

CALL (fsync, fd, (int fd), (fd))
CALL (flock, fd, (int fd, int operation), (fd, operation))
CALL (fchmod, fd, (int fd, mode_t mode), (fd, mode))
CALL (fchown, fd, (int fd, uid_t user, gid_t group), (fd, user, group))
CALL (linkat, to, (int from, const char *old, int to, const char *new, int flags),
      (from, old, to, new, flags))
CALL (renameat, to, (int from, const char *old, int to, const char *new), (from, old, to, new))
CALL (renameat2, to, (int from, const char *old, int to, const char *new, unsigned int flags),
      (from, old, to, new, flags))
