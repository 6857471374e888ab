#pragma once

#include "lab-result.h"

G_BEGIN_DECLS

/* One curve. Arrays of n; low, high and count are NULL for theory. NaN: no value. */
typedef struct
{
  const LabSeriesType *type;
  int n;
  double *x, *y;       /* median over seeds */
  double *low, *high;  /* 10 and 90 % quantiles over seeds */
  int *count;          /* seeds */
} LabSeries;

/* What double descent shows beside the curves. NaN: does not apply. */
typedef struct
{
  double threshold;     /* x at which the median measured rank meets n, between points */
  double peak_x, peak_y;     /* a maximum at least 15 % above the best on either side */
  double before_x, before_y; /* best test error at x below the peak */
  double last_x, last_y;     /* test error at the end of the axis */
  double noise_share;   /* of the test error at the peak, 0..1 */
  double initial_share;
  int n;                /* training points */
  int max_dropped;      /* most directions dropped above the threshold, over seeds */
  double cutoff_x;      /* where that was */
} LabFacts;

/* Everything to draw, for one setting of what recombines. */
typedef struct
{
  GPtrArray *series;    /* LabSeries: all that there are, shown or not */
  LabFacts facts;
  int seeds_done, seeds;
  int n_ranks;          /* for each x of the plan: */
  double *rank_x, *rank, *dropped; /* medians over seeds */
  double *parameters;   /* P, how many are trained */
} LabCurves;

/* @spec gives noise, initialization and what is shown; the rest is the result's own. */
LabCurves *lab_curves_new (const LabResult *result, const LabSpec *spec);
void lab_curves_free (LabCurves *self);
const LabSeries *lab_curves_find (const LabCurves *self, const char *id); /* or NULL */

/* Values at x, interpolated (log-log) between computed points. */
typedef struct
{
  double x, test, low, high, train, theory, limit, rank, dropped;
  double parameters; /* P, trained ones */
  int seeds;
  gboolean exact; /* x is a computed point */
} LabReading;

gboolean lab_curves_read (const LabCurves *self, const LabSpec *spec, double x, LabReading *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabCurves, lab_curves_free)

G_END_DECLS
