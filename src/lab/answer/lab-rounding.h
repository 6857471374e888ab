#pragma once

/* Private to lab: which errors are zero to rounding. Peaks, slopes, ratios and sentences never see a
 * smaller number (docs/theory.md, section 3). */

#include "lab-result.h"

G_BEGIN_DECLS

/* Mean squares of the labels: of all, with noise sigma and an initial function of scale alpha, and of
 * that function. */
typedef struct
{
  double labels, start, sigma, alpha;
} LabRounding;

void lab_rounding_init (LabRounding *self, const LabResult *result, const LabSpec *spec,
                        double sigma, double alpha);

/* The least test or training error that tells something where n points were fitted, with the growth of
 * NtkFitInfo. An expectation over initial functions (`closed`) is a difference of numbers of their size;
 * other errors are sums of squares. */
double lab_rounding_floor (const LabRounding *self, double n, const double *growth,
                           gboolean test, gboolean closed);

/* The same for an error that is a difference of others of the size `whole`. */
double lab_rounding_difference (double whole);

/* 0 in place of an error that is no larger than the floor, be it positive or negative. */
static inline double
lab_round (double error, double floor)
{
  return ABS (error) <= floor ? 0 : error;
}

G_END_DECLS
