/* The names that files have while they are written, and what becomes of them when the program is ended
 * meanwhile: a signal removes them, and after a kill the next writer does. */

#include "plot-export.h"
#include "plot-write-private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define PREFIX ".tangent-lab-"
#define DIGITS 16

/* Read by the handler of signals. */
static struct
{
  int folder;
  char name[sizeof PREFIX + DIGITS];
  atomic_int making; /* the name may appear at any moment */
  atomic_int made;   /* it has appeared */
  atomic_int dying;  /* nobody may make one any more */
} current;

static GMutex one_at_a_time;

static const int deadly[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU };

/* --- signals --- */

/* Calls only what a handler of signals may. */
static void
forget_current (void)
{
  atomic_store (&current.dying, TRUE);
  while (atomic_load (&current.making))
    poll (NULL, 0, 1);
  if (atomic_load (&current.made))
    unlinkat (current.folder, current.name, 0);
}

static void
end_by (int number)
{
  forget_current ();
  signal (number, SIG_DFL);
  raise (number);
}

static void
do_nothing (int number)
{
}

void
plot_init (void)
{
  struct sigaction action = { .sa_handler = end_by, .sa_flags = SA_RESTART }, old;

  sigemptyset (&action.sa_mask);
  for (gsize i = 0; i < G_N_ELEMENTS (deadly); i++)
    sigaddset (&action.sa_mask, deadly[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (deadly); i++)
    if (sigaction (deadly[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
      sigaction (deadly[i], &action, NULL);
  /* a file over the limit is an error of write(); a handler, for programs started from here inherit
   * what is ignored */
  action.sa_handler = do_nothing;
  if (sigaction (SIGXFSZ, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
    sigaction (SIGXFSZ, &action, NULL);
  at_quick_exit (forget_current);
}

/* --- one's own --- */

static void
choose_name (void)
{
  g_snprintf (current.name, sizeof current.name, PREFIX "%08x%08x", g_random_int (),
              g_random_int ());
}

/* Between these two no signal ends this thread, and the handler in another one waits. */
static void
begin_making (sigset_t *old)
{
  sigset_t set;

  sigfillset (&set);
  pthread_sigmask (SIG_SETMASK, &set, old);
  atomic_store (&current.making, TRUE);
  if (!atomic_load (&current.dying))
    return;
  atomic_store (&current.making, FALSE);
  for (;;)
    pause ();
}

static void
end_making (const sigset_t *old, gboolean made)
{
  atomic_store (&current.made, made);
  atomic_store (&current.making, FALSE);
  pthread_sigmask (SIG_SETMASK, old, NULL);
}

int
plot_temporary_begin (int folder, int (*make) (int folder, const char *name, gpointer data),
                      gpointer data)
{
  sigset_t old;
  int code;

  g_mutex_lock (&one_at_a_time);
  begin_making (&old);
  current.folder = folder;
  do
    {
      choose_name ();
      code = make (folder, current.name, data);
    }
  while (code == EEXIST);
  end_making (&old, code == 0);
  if (code != 0)
    g_mutex_unlock (&one_at_a_time);
  return code;
}

const char *
plot_temporary_name (void)
{
  return current.name;
}

void
plot_temporary_end (void)
{
  unlinkat (current.folder, current.name, 0);
  atomic_store (&current.made, FALSE);
  g_mutex_unlock (&one_at_a_time);
}

/* --- those of others --- */

/* The kernel gives the lock back when the process ends. File systems that know no locks keep what was
 * left behind on them. */
gboolean
plot_temporary_lock (int fd)
{
  struct stat info;

  if (TEMP_FAILURE_RETRY (flock (fd, LOCK_EX | LOCK_NB)) != 0 && errno == EWOULDBLOCK)
    return FALSE;
  return fstat (fd, &info) == 0 && info.st_nlink > 0;
}

static gboolean
is_temporary (const char *name)
{
  const char *digits = name + strlen (PREFIX);

  return g_str_has_prefix (name, PREFIX) && strlen (digits) == DIGITS
         && strspn (digits, "0123456789abcdef") == DIGITS;
}

/* One's own, and locked by nobody; root may have given it to whom the old file belonged to. */
static void
remove_dead (int folder, const char *name)
{
  int fd = openat (folder, name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  struct stat info;

  if (fd < 0)
    return;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode)
      && (geteuid () == 0 || info.st_uid == geteuid ()) && flock (fd, LOCK_EX | LOCK_NB) == 0)
    unlinkat (folder, name, 0);
  close (fd);
}

void
plot_temporary_sweep (int folder)
{
  int fd = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  const struct dirent *entry;

  if (dir == NULL)
    {
      if (fd >= 0)
        close (fd);
      return;
    }
  while ((entry = readdir (dir)) != NULL)
    if (is_temporary (entry->d_name))
      remove_dead (folder, entry->d_name);
  closedir (dir);
}
