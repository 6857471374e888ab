#pragma once

#include "ntk.h"

#include <glib.h>
#include <math.h>

/* Assertions named by their tolerance; a failure says what was compared. */
#define assert_rel(got, want, tol, ...) \
  assert_within (__FILE__, __LINE__, G_STRFUNC, (got), (want), (tol) * fabs ((double) (want)), __VA_ARGS__)
#define assert_abs(got, want, tol, ...) \
  assert_within (__FILE__, __LINE__, G_STRFUNC, (got), (want), (tol), __VA_ARGS__)

static inline void G_GNUC_PRINTF (7, 8)
assert_within (const char *file, int line, const char *function, double got, double want, double tol,
               const char *what, ...)
{
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;
  va_list args;

  /* Written so that NaN fails. */
  if (fabs (got - want) <= tol)
    return;
  va_start (args, what);
  name = g_strdup_vprintf (what, args);
  va_end (args);
  message = g_strdup_printf ("%s: got %.15g, want %.15g, difference %.3g over the tolerance %.3g", name, got,
                             want, got - want, tol);
  g_assertion_message ("ntk", file, line, function, message);
}

/* |a - b|/|b| in the Euclidean norm, |a| where b = 0. */
static inline double
relative_distance (const double *a, const double *b, gsize count)
{
  double distance = 0, norm = 0;

  for (gsize i = 0; i < count; i++)
    {
      distance += (a[i] - b[i]) * (a[i] - b[i]);
      norm += b[i] * b[i];
    }
  return norm > 0 ? sqrt (distance / norm) : sqrt (distance);
}

/* Mean and standard error of the mean. */
typedef struct
{
  double sum, square;
  int count;
} Average;

static inline void
average_add (Average *self, double value)
{
  self->sum += value;
  self->square += value * value;
  self->count++;
}

static inline double
average_mean (const Average *self)
{
  return self->sum / self->count;
}

static inline double
average_error (const Average *self)
{
  const double mean = average_mean (self);

  return sqrt (MAX (self->square / self->count - mean * mean, 0) / (self->count - 1));
}
