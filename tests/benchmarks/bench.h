#pragma once

/* What the benchmarks share: clock, medians, and NumPy's side in a process of its own. */

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline double
bench_now (void)
{
  return g_get_monotonic_time () * 1e-6;
}

static inline int
bench_compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Sorts the values. */
static inline double
bench_median (double *values, int count)
{
  if (count == 0)
    return NAN;
  qsort (values, count, sizeof *values, bench_compare);
  return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* Seconds that NumPy says `workload` took, with all of BLAS's threads; NaN where there is no NumPy.
 * argv: this program's, followed by the interpreter and numpy_baseline.py. With @show its other
 * lines are printed. */
static inline double
bench_numpy (char **argv, const char *workload, gboolean show)
{
  const char *const command[] = { argv[1], argv[2], workload, NULL };
  g_auto (GStrv) environment = g_environ_unsetenv (g_get_environ (), "OPENBLAS_NUM_THREADS");
  g_autofree char *out = NULL;
  const char *seconds;
  int status = 1;

  if (!g_spawn_sync (NULL, (char **) command, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, &out,
                     NULL, &status, NULL)
      || status != 0 || (seconds = strstr (out, "seconds: ")) == NULL)
    return NAN;
  if (show)
    printf ("NumPy: %.*s", (int) (seconds - out), out);
  return g_ascii_strtod (seconds + strlen ("seconds: "), NULL);
}
