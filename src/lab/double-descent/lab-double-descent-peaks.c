/* The ridge that removes the peak over the width, for any noise and initialization in microseconds. */

#include <math.h>

#include "lab-double-descent.h"

#define WIDTHS 49
/* Log-spaced, four a decade. */
#define RIDGES 33
#define LEAST_RIDGE 1e-7
#define STEP 1.7782794100389228

struct _LabPeaks
{
  NtkErrorParts parts[RIDGES][WIDTHS];
};

/* The last grid place below n is moved to n, where the peak is. */
static double
width_at (int i, double n, double from, double to)
{
  double step = log (to / from) / (WIDTHS - 1), x = from * exp (i * step);

  return i > 0 && i < WIDTHS - 1 && fabs (log (x / n)) <= step / 2 ? n : x;
}

LabPeaks *
lab_peaks_new (const NtkSpectrum *spectrum, const double *power, double n, double from, double to)
{
  LabPeaks *self = g_new (LabPeaks, 1);

  for (int j = 0; j < RIDGES; j++)
    for (int i = 0; i < WIDTHS; i++)
      if (!ntk_finite_d (spectrum, power, n, width_at (i, n, from, to),
                         n * LEAST_RIDGE * pow (STEP, j), &self->parts[j][i], NULL))
        {
          g_free (self);
          return NULL;
        }
  return self;
}

void
lab_peaks_free (LabPeaks *self)
{
  g_free (self);
}

/* Between the places of the grid errors are smooth on log-log paper. */
static double
error_at (const LabPeaks *self, int i, double j, double sigma, double alpha)
{
  int low = MIN (j, RIDGES - 2);
  double a = ntk_error_parts_total (&self->parts[low][i], sigma, alpha), b;

  if (j == low)
    return a;
  b = ntk_error_parts_total (&self->parts[low + 1][i], sigma, alpha);
  return a * pow (b / a, j - low);
}

/* At the j-th ridge: the largest fraction by which an error exceeds both the least left and the least
 * right of it. */
static double
height (const LabPeaks *self, double j, double sigma, double alpha)
{
  double error[WIDTHS], right[WIDTHS], left = INFINITY, most = 0;

  for (int i = 0; i < WIDTHS; i++)
    error[i] = error_at (self, i, j, sigma, alpha);
  right[WIDTHS - 1] = error[WIDTHS - 1];
  for (int i = WIDTHS - 2; i >= 0; i--)
    right[i] = MIN (right[i + 1], error[i]);
  for (int i = 0; i < WIDTHS; i++)
    {
      left = MIN (left, error[i]);
      most = MAX (most, error[i] / MAX (left, right[i]) - 1);
    }
  return most;
}

double
lab_peaks_height (const LabPeaks *self, double sigma, double alpha)
{
  return height (self, 0, sigma, alpha);
}

double
lab_peaks_ridge (const LabPeaks *self, double sigma, double alpha)
{
  double low = RIDGES - 1, high = low;

  if (height (self, high, sigma, alpha) > NTK_PEAK_HEIGHT)
    return NAN;
  while (low > 0 && height (self, low, sigma, alpha) <= NTK_PEAK_HEIGHT)
    high = low--;
  if (height (self, low, sigma, alpha) <= NTK_PEAK_HEIGHT)
    return NAN;
  while (high - low > 0.02)
    if (height (self, (low + high) / 2, sigma, alpha) > NTK_PEAK_HEIGHT)
      low = (low + high) / 2;
    else
      high = (low + high) / 2;
  return LEAST_RIDGE * pow (STEP, high);
}
