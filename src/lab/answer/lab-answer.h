#pragma once

#include "lab-result.h"
#include "lab-slope.h"

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
  double *within;      /* theory: how far from simulation it was measured to be at most, as a share, .05 or .2
                        * (docs/validity.md); NaN where it is left out, as y is; NULL: not theory, or that
                        * of another model */
  double *everywhere;  /* y of a theory, also where that is left out; NULL: not theory */
  gboolean ends;       /* theory: left out somewhere because the cut-off decides what is simulated there */
} LabSeries;

/* A grid of values. */
typedef struct
{
  const LabSeriesType *type;
  int nx, ny;
  double *x, *y; /* nx and ny: where its columns and rows are */
  double *z;     /* nx × ny, row after row: the value at (x[i], y[j]) is z[j * nx + i]; NaN: none */
  double *place; /* in the same order, the x of the main view that each cell belongs to; NULL: none */
} LabField;

/* What sentences of an exhibit need beside series and fields is a struct of its own. The exhibit's public header
 * has it, with a function that finds it in an answer. */
typedef struct
{
  gsize size;
  void (*clear) (void *facts); /* frees what it points to; or NULL */
} LabFactsType;

/* Everything to draw, for one setting of the parameters whose change recombines stored pieces. */
typedef struct _LabAnswer
{
  GPtrArray *series;     /* LabSeries: all that there are, shown or not */
  GPtrArray *fields;     /* LabField, likewise */
  GArray *slopes;        /* LabSlope, of some of the series */
  guint n_panels;
  int dims[LAB_MAX_PANELS]; /* D of each panel */
  int seeds_done, seeds; /* 0: nothing is random */
  gboolean preview;      /* of part of the axis and few seeds: more is to come */
  const LabFactsType *facts_type; /* or NULL */
  void *facts;           /* of that type */
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

/* How many numbers of its own an exhibit may have in a reading. */
#define LAB_READING_NUMBERS 32

/* Values at x, interpolated (log-log) between computed points. */
typedef struct _LabReading
{
  double x;
  double y[LAB_MAX_PANELS]; /* of the curve that the exhibit is about; NaN: none here */
  int seeds;
  gboolean exact; /* x is a computed point */
  const LabExperiment *work; /* whose reading it is */
  double numbers[LAB_READING_NUMBERS]; /* its own: a struct of doubles that the exhibit's public header has */
} LabReading;

/* FALSE where the curves have no value. */
gboolean lab_answer_read (const LabAnswer *self, const LabSpec *spec, double x, LabReading *out);
/* @self was read where one place alone was computed. What it cannot know, such as a slope, it takes from the reading
 * of the curves @around. */
void lab_reading_complete (LabReading *self, const LabReading *around);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabAnswer, lab_answer_free)

G_END_DECLS
