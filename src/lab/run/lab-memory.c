#include "lab-memory.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* How the two versions of control groups name things; the groups lie under the mounts, of which a
 * container may see its own alone. */
typedef struct
{
  const char *controller;  /* in /proc/self/cgroup */
  const char *mounts[2];
  const char *limits[2];   /* in bytes; “max” for none */
  const char *used;
  const char *reclaimable; /* in memory.stat: caches of files not lately used */
} Version;

static const Version versions[] = {
  { "", { "/sys/fs/cgroup", "/sys/fs/cgroup/unified" }, { "memory.max", "memory.high" },
    "memory.current", "inactive_file" },
  { "memory", { "/sys/fs/cgroup/memory", NULL }, { "memory.limit_in_bytes", NULL },
    "memory.usage_in_bytes", "total_inactive_file" },
};

/* The first version of control groups writes the largest number of pages where there is no limit. */
#define NO_LIMIT 0x1p62

static char *
read_text (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

/* The number in a file; `fallback` where there is none, as in “max”. */
static double
read_number (const char *folder, const char *name, double fallback)
{
  g_autofree char *text = read_text (folder, name);

  return text != NULL && g_ascii_isdigit (*text) ? g_ascii_strtod (text, NULL) : fallback;
}

/* The number behind a key that begins a line, or 0. */
static double
find_number (const char *text, const char *key)
{
  const gsize length = strlen (key);

  for (const char *line = text; line != NULL; line = strchr (line, '\n'))
    {
      line += *line == '\n';
      if (strncmp (line, key, length) == 0 && (line[length] == ':' || line[length] == ' '))
        return g_ascii_strtod (line + length + 1, NULL);
      if (*line == '\0')
        break;
    }
  return 0;
}

/* What one group leaves; G_MAXDOUBLE where it has no limit. */
static double
free_in_group (const Version *version, const char *folder)
{
  g_autofree char *stat = NULL;
  double limit = G_MAXDOUBLE, used;

  for (gsize i = 0; i < G_N_ELEMENTS (version->limits) && version->limits[i] != NULL; i++)
    limit = MIN (limit, read_number (folder, version->limits[i], G_MAXDOUBLE));
  if (limit >= NO_LIMIT)
    return G_MAXDOUBLE;
  stat = read_text (folder, "memory.stat");
  used = read_number (folder, version->used, 0) - find_number (stat, version->reclaimable);
  return MAX (0, limit - MAX (0, used));
}

/* The least that a group or one of those above it leaves. */
static double
free_up_from (const Version *version, const char *mount, const char *group)
{
  g_autofree char *path = g_strdup (strstr (group, "..") == NULL ? group : "/");
  double least = G_MAXDOUBLE;

  while (TRUE)
    {
      g_autofree char *folder = g_build_filename (mount, path, NULL);
      char *slash = strrchr (path, '/');

      least = MIN (least, free_in_group (version, folder));
      if (slash == NULL || path[strspn (path, "/")] == '\0')
        return least;
      *slash = '\0';
    }
}

/* `line` is “id:controllers:path”. */
static double
free_in_line (const char *root, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, ":", 3);
  g_auto (GStrv) controllers = NULL;
  double least = G_MAXDOUBLE;

  if (g_strv_length (fields) != 3)
    return G_MAXDOUBLE;
  controllers = g_strsplit (fields[1], ",", -1);
  for (gsize v = 0; v < G_N_ELEMENTS (versions); v++)
    {
      const Version *version = &versions[v];
      gboolean of_it = *version->controller == '\0'
                         ? *fields[1] == '\0'
                         : g_strv_contains ((const char *const *) controllers, version->controller);

      for (gsize m = 0; of_it && m < G_N_ELEMENTS (version->mounts) && version->mounts[m]; m++)
        {
          g_autofree char *mount = g_strconcat (root, version->mounts[m], NULL);

          least = MIN (least, free_up_from (version, mount, fields[2]));
        }
    }
  return least;
}

double
lab_memory_free_under (const char *root)
{
  g_autofree char *proc = g_strconcat (root, "/proc", NULL);
  g_autofree char *memory = read_text (proc, "meminfo");
  g_autofree char *groups = read_text (proc, "self/cgroup");
  g_auto (GStrv) lines = g_strsplit (groups != NULL ? groups : "", "\n", -1);
  double available = memory != NULL ? 1024 * find_number (memory, "MemAvailable") : 0;

  if (!(available > 0))
    available = G_MAXDOUBLE;
  for (gsize i = 0; lines[i] != NULL; i++)
    available = MIN (available, free_in_line (root, lines[i]));
  return available;
}

static double
left_of (int resource, double pages)
{
  struct rlimit limit;

  if (getrlimit (resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return G_MAXDOUBLE;
  return MAX (0, (double) limit.rlim_cur - pages * sysconf (_SC_PAGESIZE));
}

double
lab_memory_left_of_limits (void)
{
  g_autofree char *text = read_text ("/proc/self", "statm");
  double size = 0, resident, shared, code, library, data = 0;

  /* In pages: address space, and of it data and stack. */
  if (text != NULL
      && sscanf (text, "%lf %lf %lf %lf %lf %lf", &size, &resident, &shared, &code, &library, &data)
           != 6)
    size = data = 0;
  return MIN (left_of (RLIMIT_AS, size), left_of (RLIMIT_DATA, data));
}

/* Some memory is left to the rest of the machine. */
#define MEMORY_SHARE 0.8

/* How long what the machine leaves is taken for unchanged, in microseconds: one change asks several times, and
 * reading it takes a good part of a frame. */
#define FRESH 100000

static double
left_by_machine (void)
{
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static gint64 stale_from;
  static double bytes;
  double left;

  pthread_mutex_lock (&lock);
  if (g_get_monotonic_time () >= stale_from)
    {
      bytes = lab_memory_free_under ("");
      stale_from = g_get_monotonic_time () + FRESH;
    }
  left = bytes;
  pthread_mutex_unlock (&lock);
  return left;
}

double
lab_memory_available (void)
{
  double machine = left_by_machine (), limits = lab_memory_left_of_limits ();

  return MEMORY_SHARE * MIN (machine, limits);
}
