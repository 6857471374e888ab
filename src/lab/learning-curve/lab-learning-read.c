/* Learning curves at one n: values and local slopes. */

#include <math.h>

#include "lab-answer-private.h"
#include "lab-learning-curve.h"

/* Half the range of the local slope, as a factor in n. */
#define NEIGHBOURHOOD 2.0

static double
read_at (const LabSeries *series, double x)
{
  return series != NULL ? lab_interpolate (series->x, series->y, series->n, x) : NAN;
}

/* By least squares over the points around. */
static double
local_slope (const LabSeries *series, double x, double factor)
{
  int first = 0, n = 0;

  if (series == NULL || series->n == 0 || x < series->x[0] || x > series->x[series->n - 1])
    return NAN;
  while (series->x[first] < x / factor)
    first++;
  while (first + n < series->n && series->x[first + n] <= x * factor)
    n++;
  return lab_slope (series->x + first, series->y + first, n);
}

/* Slopes need the points around. */
void
lab_learning_complete (LabReading *self, const LabReading *around)
{
  LabLearningReading *readings = (LabLearningReading *) self->numbers;

  for (guint p = 0; p < LAB_MAX_PANELS; p++)
    {
      readings[p].mirrored_slope = lab_learning_reading (around, p)->mirrored_slope;
      readings[p].standard_slope = lab_learning_reading (around, p)->standard_slope;
    }
}

gboolean
lab_learning_read (const LabAnswer *answer, const LabSpec *spec, double x, LabReading *out)
{
  gboolean mirrored = lab_spec_real (spec, LAB_INIT_SCALE) == 0
                      || !lab_spec_can_show (spec, "standard");
  const double close = pow (10, 1.5 / LAB_MEAN_FIELD_PER_DECADE);
  LabLearningReading *readings = (LabLearningReading *) out->numbers;
  gboolean some = FALSE;

  for (guint p = 0; p < answer->n_panels; p++)
    {
      const LabSeries *zero = lab_answer_find_in (answer, "mirrored", p),
                      *random = lab_answer_find_in (answer, "standard", p);
      const LabSeries *zero_theory = lab_answer_find_in (answer, "mean-field-mirrored", p),
                      *random_theory = lab_answer_find_in (answer, "mean-field-standard", p);

      readings[p] = (LabLearningReading){
        .mirrored = read_at (zero, x),
        .standard = read_at (random, x),
        .mirrored_slope = local_slope (zero, x, NEIGHBOURHOOD),
        .standard_slope = local_slope (random, x, NEIGHBOURHOOD),
        .mirrored_theory = read_at (zero_theory, x),
        .standard_theory = read_at (random_theory, x),
        .mirrored_theory_slope = local_slope (zero_theory, x, close),
        .standard_theory_slope = local_slope (random_theory, x, close),
      };
      out->y[p] = mirrored ? readings[p].mirrored : readings[p].standard;
      some = some || !isnan (readings[p].mirrored)
             || !isnan (readings[p].mirrored_theory);
      for (int i = 0; zero != NULL && i < zero->n; i++)
        out->exact = out->exact || zero->x[i] == x;
    }
  return some;
}
