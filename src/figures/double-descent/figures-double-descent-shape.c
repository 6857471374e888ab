/* What the eye sees of double descent where no peak is sure: a hump, a climb, a fall. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures-double-descent-private.h"

/* A hump that is not sure is worth a word if the eye takes it for a peak; a ripple is none. */
#define LEAST_HUMP 1.5
/* A rise to the end, as that of a peak (LabDescentFacts). */
#define LEAST_RISE 1.15
/* With fewer seeds than these their scatter is unknown: a rise must be plain to see. */
#define LEAST_SEEDS 4
#define LEAST_PLAIN_RISE 1.5
static int
least (const LabSeries *series, int from, int to)
{
  int at = from;

  for (int i = from; i < to; i++)
    if (series->y[i] < series->y[at])
      at = i;
  return at;
}

/* The point between the ends that stands out most above the least on either side; FALSE if none does. */
static gboolean
find_hump (const LabSeries *test, int *hump, int *before)
{
  double most = LEAST_HUMP;

  *hump = -1;
  for (int i = 1; i < test->n - 1; i++)
    {
      double left = test->y[least (test, 0, i)], right = test->y[least (test, i + 1, test->n)];
      double ratio = test->y[i] / MAX (left, right);

      if (!(ratio >= most))
        continue;
      most = ratio;
      *hump = i;
    }
  *before = *hump > 0 ? least (test, 0, *hump) : -1;
  return *hump > 0;
}

/* About the standard error of the logarithm of a median, from the 10 to 90 % range. */
static double
log_error (const LabSeries *test, int i)
{
  double range = log (test->high[i] / test->low[i]);

  return 1.25 * range / 2.56 / sqrt (test->count[i]);
}

static gboolean
exceeds (const LabSeries *test, int high, int low)
{
  double rise = test->y[high] / test->y[low];

  if (test->count[high] < LEAST_SEEDS)
    return rise > LEAST_PLAIN_RISE;
  return rise > LEAST_RISE && log (rise) > 2 * hypot (log_error (test, high), log_error (test, low));
}

gboolean
figures_double_descent_hump (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabSeries *test = lab_answer_find (answer, "test");
  g_autofree char *at = NULL, *from = NULL, *times = NULL, *error = NULL;
  int hump, before;

  if (!find_hump (test, &hump, &before))
    return FALSE;
  at = figures_double_descent_place (spec, test->x[hump], TRUE);
  from = figures_double_descent_place (spec, test->x[before], FALSE);
  times = figures_factor (test->y[hump], test->y[before]);
  error = plot_format_measured (test->y[before], FIGURES_SAID);
  g_string_append_printf (
    out,
    g_dngettext (GETTEXT_PACKAGE,
                 /* Translators: "width 20", "33 times" or "48 % above", error, "width 9", seeds. */
                 "No sure peak: a hump at %s is %s the best error before it (%s at %s), and %d seed "
                 "does not tell whether that is chance.",
                 "No sure peak: a hump at %s is %s the best error before it (%s at %s), with %d seeds "
                 "not beyond their scatter.",
                 test->count[hump]),
    at, times, error, from, test->count[hump]);
  return TRUE;
}

static int
find_place (const LabSeries *test, double x)
{
  int i = 0;

  while (i < test->n - 1 && test->x[i] < x)
    i++;
  return i;
}

gboolean
figures_double_descent_climb (GString *out, const LabAnswer *answer, const LabSpec *spec, double x)
{
  const LabSeries *test = lab_answer_find (answer, "test");
  int last = test->n - 1, best = least (test, find_place (test, x), test->n);
  g_autofree char *end = plot_format_measured (test->y[last], FIGURES_SAID);
  g_autofree char *lowest = plot_format_measured (test->y[best], FIGURES_SAID);
  g_autofree char *at = figures_double_descent_place (spec, test->x[best], FALSE);
  g_autofree char *times = figures_factor (test->y[last], test->y[best]);

  if (!exceeds (test, last, best))
    return FALSE;
  if (x > test->x[0])
    /* Translators: error, "width 9", error, "33 times" or "48 % above". */
    g_string_append_printf (out,
                            _(" The second descent ends at %s, at %s, and the error climbs again to "
                               "<b>%s</b> at the end, %s that."),
                            lowest, at, end, times);
  else
    /* Translators: error, "33 times" or "48 % above", error, "width 9". */
    g_string_append_printf (out,
                            _(" The error climbs to <b>%s</b> at the end, %s its least (%s at %s)."),
                            end, times, lowest, at);
  return TRUE;
}

void
figures_double_descent_end (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabSeries *test = lab_answer_find (answer, "test");
  int last = test->n - 1;
  double lowest = test->y[least (test, 0, test->n)];
  g_autofree char *end = plot_format_measured (test->y[last], FIGURES_SAID);

  if (figures_double_descent_climb (out, answer, spec, test->x[0]))
    return;
  if (exceeds (test, 0, last) && test->y[last] < LEAST_HUMP * lowest)
    g_string_append_printf (out, _(" The error falls to <b>%s</b> at the end."), end);
  else
    g_string_append_printf (out, _(" The error ends at <b>%s</b>."), end);
}
