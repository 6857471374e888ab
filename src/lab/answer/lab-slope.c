#include "lab-slope.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

#define CONFIDENCE 0.95

/* What a range needs at least to give a slope: points, a factor in n, and an interval no wider than
 * the differences between exponents that are of interest. */
#define LEAST_POINTS 3
#define LEAST_FACTOR 4
#define WIDEST_HALF 0.1

/* Slopes nearer to the limit than this count as equal to it, however small the interval. */
#define AT_LIMIT 0.05

double
lab_slope (const double *x, const double *y, int n)
{
  g_autofree double *log_x = g_new (double, MAX (1, n));
  g_autofree double *log_y = g_new (double, MAX (1, n));
  double c0, c1, cov00, cov01, cov11, sum;
  int count = 0;

  for (int i = 0; i < n; i++)
    if (y[i] > 0)
      {
        log_x[count] = log (x[i]);
        log_y[count++] = log (y[i]);
      }
  if (count < 2)
    return NAN;
  gsl_fit_linear (log_x, 1, log_y, 1, count, &c0, &c1, &cov00, &cov01, &cov11, &sum);
  return c1;
}

static void
find_centre (LabSlope *self, const double *x, int n, const double *errors, int seeds)
{
  double sum_x = 0, sum_y = 0;

  for (int i = 0; i < n; i++)
    sum_x += log (x[i]);
  for (int i = 0; i < n * seeds; i++)
    sum_y += log (errors[i]);
  self->at_x = exp (sum_x / n);
  self->at_y = exp (sum_y / (n * seeds));
}

static void
judge (LabSlope *self, const double *x)
{
  double half = (self->high - self->low) / 2;

  self->too_short = self->points < LEAST_POINTS || x[self->points - 1] < LEAST_FACTOR * x[0]
                   || !(half <= WIDEST_HALF);
  self->pre_asymptotic = !isnan (self->limit)
                        && fabs (self->slope - self->limit) > MAX (AT_LIMIT, isnan (half) ? 0 : half);
}

void
lab_slope_measure (LabSlope *self, const double *x, int n, const double *errors, int seeds)
{
  g_autofree double *slopes = g_new (double, MAX (1, seeds));
  double half;

  self->points = n;
  self->trials = seeds;
  self->slope = self->low = self->high = self->at_x = self->at_y = NAN;
  self->too_short = TRUE;
  self->pre_asymptotic = FALSE;
  if (n < 2 || seeds < 1)
    return;

  for (int s = 0; s < seeds; s++)
    slopes[s] = lab_slope (x, errors + (gsize) s * n, n);
  self->slope = gsl_stats_mean (slopes, 1, seeds);
  find_centre (self, x, n, errors, seeds);
  if (seeds < 2)
    {
      judge (self, x);
      return;
    }
  half = gsl_cdf_tdist_Pinv ((1 + CONFIDENCE) / 2, seeds - 1) * gsl_stats_sd (slopes, 1, seeds)
         / sqrt (seeds);
  self->low = self->slope - half;
  self->high = self->slope + half;
  judge (self, x);
}
