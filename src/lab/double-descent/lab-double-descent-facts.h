#pragma once

#include "lab-answer.h"
#include "lab-look.h"

G_BEGIN_DECLS

/* What has removed a peak that would be there without it. */
typedef enum
{
  LAB_REMOVED_BY_NOTHING, /* or nothing is certain */
  LAB_REMOVED_BY_RIDGE,
  LAB_REMOVED_NEARLY, /* by a ridge below peak_ridge: by theory a low peak is left, which is not seen */
  LAB_REMOVED_BY_TIME,
  LAB_REMOVED_BY_ENSEMBLE,
} LabRemoved;

/* What double descent says beside its curves. NaN: does not apply. */
typedef struct
{
  double threshold; /* x in the range at which the median measured rank meets n, between points */
  double peak_x, peak_y;     /* a maximum at least 15 % above the best on either side, and beyond the
                              * scatter of the seeds; along ridge and time 4 % */
  double hump_x;             /* a maximum within the scatter; only where there is no peak */
  double before_x, before_y; /* best test error at x below the peak */
  double after_x, after_y;   /* and above it */
  double first_x, first_y, last_x, last_y; /* test error at the ends of the axis */
  double best_x, best_y;     /* least of all, and greatest */
  double top_x, top_y;
  /* Parts of the test error at the peak, 0..1; along ridge and ensemble at the beginning. The first two
   * are medians over seeds, and NaN where the curve that is drawn loses another share, by more than 0.1,
   * once noise or initial function are 0. Theory divides the rest, where it tells: */
  double noise_share, initial_share;
  double weights_share, sampling_share;
  double unseen_share;  /* coordinates that a linear model leaves out */
  double initial_before, initial_last; /* initial_share at before_x and last_x instead */
  double infinite_y;    /* along ensemble: test error of infinitely many */
  double peak_ridge;    /* by theory, the least ridge that leaves no peak of 2 % above either side; NaN where the
                         * ridge is as large already */
  LabRemoved removed;   /* why there is none at the threshold */
  int n;                /* training points */
  int lifted;           /* places where an ensemble's error came out negative and stands as 0 */
  int max_cut;          /* most directions, over seeds and places, about which the cut-off decides */
  double cutoff_x;      /* where that was */
  gboolean bound_ends;  /* the lower bound is left out where the cut-off decides about the rank */
  int n_ranks; /* places that were computed, and at each of them over seeds: */
  double *rank_x, *rank, *dropped; /* medians */
  double *rank_low, *rank_high;    /* least and greatest */
  double *parameters;   /* P, how many are trained */
} LabDescentFacts;

extern const LabFactsType lab_descent_facts_type;
/* Of the curve of double descent; NULL of any other answer. */
const LabDescentFacts *lab_descent_facts (const LabAnswer *answer);

/* At one place of the axis, beside the test error. NaN: none. */
typedef struct
{
  double low, high; /* of the test error, over seeds */
  double train, theory, limit, rank, dropped;
  double rank_low, rank_high; /* over seeds */
  double parameters; /* P, trained ones */
} LabDescentReading;

/* NULL of a reading of anything else. */
const LabDescentReading *lab_descent_reading (const LabReading *reading);

/* The place of the axis, width or samples, at which the kernel's rank is expected to meet n, or NaN where there is
 * none. */
double lab_expected_threshold (const LabSpec *spec);

G_END_DECLS
