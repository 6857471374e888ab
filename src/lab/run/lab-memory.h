#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to lab: memory that the machine, its control groups and the limits of the process leave. */

/* Bytes free by /proc/meminfo, and by the memory limits (memory.max and memory.high, or
 * memory.limit_in_bytes) of the control groups of the process and all above them; caches of files,
 * which are given up on demand, count as free. G_MAXDOUBLE where nothing says. root: "", or a folder
 * that stands for /. */
double lab_memory_free_under (const char *root);

/* What the limits of address space and data (RLIMIT_AS, RLIMIT_DATA) leave of themselves.
 * G_MAXDOUBLE without limits. */
double lab_memory_left_of_limits (void);

/* Bytes of memory that can be had now, give or take what changed in the last tenth of a second. Any thread. */
double lab_memory_available (void);

G_END_DECLS
