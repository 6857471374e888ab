#pragma once

#include "lab-kernel-facts.h"
#include "lab-result.h"

G_BEGIN_DECLS

/* One line. Arrays of n; low, high and count are NULL for theory. NaN: no value. */
typedef struct
{
  const LabSeriesType *type;
  guint panel;
  int n;
  double *x, *y;       /* median or mean over seeds, by `center` */
  double *low, *high;  /* 10 and 90 % quantiles over seeds */
  int *count;          /* seeds */
  double *within;      /* theory: within which share of simulation it was measured to be, .05 or .2
                        * (docs/validity.md); NaN where it is left out, as y is; NULL: not theory, or that
                        * of another model */
  double *everywhere;  /* theory where it is left out, too; NULL: not theory */
} LabSeries;

/* A grid of values. */
typedef struct
{
  const LabSeriesType *type;
  int nx, ny;
  double *x, *y; /* nx and ny: where its columns and rows are */
  double *z;     /* nx × ny, row after row: that at (x[i], y[j]) is z[j * nx + i]; NaN: no value */
  double *place; /* likewise, the x of the main view that a cell belongs to; NULL: none */
} LabField;

/* What took away a peak that would be there. */
typedef enum
{
  LAB_REMOVED_BY_NOTHING, /* or by nothing that is certain */
  LAB_REMOVED_BY_RIDGE,
  LAB_REMOVED_NEARLY, /* by a ridge that is below peak_ridge and leaves no peak of its height to be seen */
  LAB_REMOVED_BY_TIME,
  LAB_REMOVED_BY_ENSEMBLE,
} LabRemoved;

/* What double descent shows beside the curves. NaN: does not apply. */
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
  double peak_ridge;    /* least ridge that leaves no peak, by theory; 2 % above either side is one; with a
                         * ridge only where that is smaller */
  LabRemoved removed;   /* why there is none at the threshold */
  int n;                /* training points */
  int lifted;           /* places where an ensemble's error came out negative and stands as 0 */
  int max_cut;          /* most directions, over seeds and places, about which the cut-off decides */
  double cutoff_x;      /* where that was */
  gboolean bound_ends;  /* the lower bound is left out where the cut-off decides about the rank */
} LabFacts;

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

/* What becomes of the noise that training to the end fits (Mallinar et al. 2022). */
typedef enum
{
  LAB_OVERFITTING_UNKNOWN,      /* or training ends before */
  LAB_OVERFITTING_BENIGN,       /* its cost goes to 0 with n */
  LAB_OVERFITTING_TEMPERED,     /* to a multiple of sigma^2 */
  LAB_OVERFITTING_CATASTROPHIC, /* without bound */
} LabOverfitting;

typedef struct
{
  LabOverfitting kind;
  double limit;    /* of its cost over sigma^2 for n to infinity; NaN: not known */
  double n, share; /* the largest n measured, and the cost over sigma^2 there; NaN: none */
} LabNoiseCost;

/* Everything to draw, for one setting of what recombines. */
typedef struct _LabAnswer
{
  GPtrArray *series;    /* LabSeries: all that there are, shown or not */
  GPtrArray *fields;    /* LabField, likewise */
  guint n_panels;
  int dims[LAB_MAX_PANELS]; /* D of each panel */
  GArray *fits;         /* LabSlope; of learning curves */
  LabFacts facts;       /* of double descent */
  int seeds_done, seeds; /* 0: nothing is random */
  gboolean preview;     /* of part of the axis and few seeds: more is to come */
  int n_ranks;          /* of double descent, for each x of the plan: */
  double *rank_x, *rank, *dropped; /* medians over seeds */
  double *rank_low, *rank_high;    /* least and greatest */
  double *parameters;   /* P, how many are trained */
  LabNoiseCost noise[LAB_MAX_PANELS]; /* of learning curves */
  struct _LabLook *look; /* of the views that follow the cursor; or NULL */
  LabKernelFacts *kernel; /* of kernels; or NULL */
  int max_dropped;      /* learning curves: most eigenvalues left out, over seeds and n */
  gboolean theory_ends; /* theory other than a bound is left out where the cut-off decides */
} LabAnswer;

/* @spec gives noise, initialization and what is shown; the rest is the result's own. */
LabAnswer *lab_answer_new (const LabResult *result, const LabSpec *spec);
void lab_answer_free (LabAnswer *self);
/* The series of the first panel, or of any; NULL if there is none. */
const LabSeries *lab_answer_find (const LabAnswer *self, const char *id);
const LabSeries *lab_answer_find_in (const LabAnswer *self, const char *id, guint panel);
/* NULL if there is none. */
const LabField *lab_answer_find_field (const LabAnswer *self, const char *id);
const LabSlope *lab_answer_find_slope (const LabAnswer *self, const char *id, guint panel);

/* One panel of learning curves at one n. */
typedef struct
{
  double mirrored, standard;
  double mirrored_slope, standard_slope; /* d log error/d log n of the points around; NaN: too few */
  double mirrored_theory, standard_theory; /* mean field */
  double mirrored_theory_slope, standard_theory_slope;
} LabLearningReading;

/* Values at x, interpolated (log-log) between computed points. */
typedef struct
{
  double x;
  double y[LAB_MAX_PANELS]; /* of the curve that the exhibit is about; NaN: none here */
  int seeds;
  gboolean exact; /* x is a computed point */

  /* double descent */
  double test, low, high, train, theory, limit, rank, dropped;
  double rank_low, rank_high; /* over seeds */
  double parameters; /* P, trained ones */

  /* learning curves, for each panel */
  LabLearningReading learning[LAB_MAX_PANELS];
} LabReading;

/* FALSE where the curves have no value. */
gboolean lab_answer_read (const LabAnswer *self, const LabSpec *spec, double x, LabReading *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabAnswer, lab_answer_free)

G_END_DECLS
