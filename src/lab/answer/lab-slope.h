#pragma once

#include "lab-exhibit.h"

G_BEGIN_DECLS

/* The slope of one series over a range of x: that of the power law y ~ x^slope which is nearest to
 * it, by least squares on log-log paper in each trial. */
typedef struct
{
  const LabSeriesType *type;
  guint panel;
  double slope;      /* mean over trials */
  double low, high;  /* 95 % t-interval over trials; NaN for a single one */
  double from, to;   /* the range asked for */
  int points;        /* in the range; with fewer than 2 the slope is NaN */
  int left_out;      /* further ones, of errors that are zero to rounding */
  int trials;
  double at_x, at_y; /* the line passes here: geometric means over the range */
  double theory;     /* slope of the mean-field curve over the same places; NaN: none */
  double limit;      /* its exponent as n goes to infinity; NaN: unknown */
  gboolean too_short;      /* the range tells little: few points, a small factor in x, a wide interval */
  gboolean pre_asymptotic; /* the limit is outside the interval */
  gboolean at_edge;        /* the best time or ridge of most trials at the largest x is the first or the last
                            * of those tried, and the error still falls towards it */
} LabSlope;

/* Fills in the slope of errors (seeds rows of n, positive) at ascending x, by least squares on
 * log-log paper in each row; the interval is by Student's t over the rows. */
void lab_slope_measure (LabSlope *self, const double *x, int n, const double *errors, int seeds);
/* Slope of one curve in the same sense. */
double lab_slope (const double *x, const double *y, int n);

G_END_DECLS
