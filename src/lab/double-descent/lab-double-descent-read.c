/* Double descent at one place of the axis. */

#include <math.h>

#include "lab-answer-private.h"
#include "lab-double-descent.h"
#include "lab-spec-ntk.h"

G_STATIC_ASSERT (sizeof (LabDescentReading) <= sizeof ((LabReading *) NULL)->numbers);

const LabDescentReading *
lab_descent_reading (const LabReading *reading)
{
  return reading->work == &lab_double_descent ? (const LabDescentReading *) reading->numbers : NULL;
}

static double
read_series (const LabAnswer *self, const char *id, double x, gsize member)
{
  const LabSeries *series = lab_answer_find (self, id);

  if (series == NULL)
    return NAN;
  return lab_interpolate (series->x, G_STRUCT_MEMBER (double *, series, member), series->n, x);
}

gboolean
lab_double_descent_read (const LabAnswer *self, const LabSpec *spec, double x, LabReading *out)
{
  const LabSeries *test = lab_answer_find (self, "test");
  const LabDescentFacts *facts = lab_descent_facts (self);
  LabDescentReading *reading = (LabDescentReading *) out->numbers;
  NtkArchitecture arch;

  if (test == NULL || x < test->x[0] || x > test->x[test->n - 1])
    return FALSE;
  lab_spec_architecture (spec, &arch);
  reading->parameters = lab_spec_is_infinite (spec)
                          ? NAN
                          : ntk_parameter_count (&arch, lab_descent_width (spec, x));
  out->y[0] = read_series (self, "test", x, G_STRUCT_OFFSET (LabSeries, y));
  reading->low = read_series (self, "test", x, G_STRUCT_OFFSET (LabSeries, low));
  reading->high = read_series (self, "test", x, G_STRUCT_OFFSET (LabSeries, high));
  reading->train = read_series (self, "train", x, G_STRUCT_OFFSET (LabSeries, y));
  reading->theory = read_series (self, "finite-d", x, G_STRUCT_OFFSET (LabSeries, y));
  reading->limit = read_series (self, "limit", x, G_STRUCT_OFFSET (LabSeries, y));
  reading->rank = lab_interpolate (facts->rank_x, facts->rank, facts->n_ranks, x);
  reading->rank_low = lab_interpolate (facts->rank_x, facts->rank_low, facts->n_ranks, x);
  reading->rank_high = lab_interpolate (facts->rank_x, facts->rank_high, facts->n_ranks, x);
  reading->dropped = lab_interpolate (facts->rank_x, facts->dropped, facts->n_ranks, x);
  for (int i = 0; i < test->n; i++)
    out->exact = out->exact || test->x[i] == x;
  return TRUE;
}
