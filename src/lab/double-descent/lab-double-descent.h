#pragma once

/* Private to lab: what double descent computes, stores and combines. A seed's pieces are those of the
 * model at each place of the axis, then those of its infinite-width limit. */

#include "lab-double-descent-facts.h"
#include "lab-experiment.h"
#include "lab-plan-private.h"
#include "lab-result-private.h"
#include "lab-rounding.h"

G_BEGIN_DECLS

/* The curve, and what the views that follow its cursor share. */
extern const LabExperiment lab_double_descent, lab_look_work;
extern const LabKey lab_descent_axes[];
extern const LabRule lab_descent_rules[];
/* From an index in the spectrum to a place of the curve, and back. */
double lab_spectrum_place_of (const LabAnswer *self, const LabAnswer *main, double index);
double lab_spectrum_index_at (const LabAnswer *self, const LabAnswer *main, double x);

/* The residuals' Gram matrices on test and training points; of an ensemble their means over members, and
 * over pairs of members. */
typedef struct
{
  NtkGram test, train, test_pair, train_pair;
  int rank, dropped, cut; /* as in NtkFitInfo */
  double growth[NTK_FIT_COLUMNS]; /* as in NtkFitInfo; of an ensemble the most of all members */
} LabPiece;

/* Members that are drawn: means over an ensemble of any size follow from them (docs/theory.md,
 * section 4). One is enough where the ensemble has one. */
#define LAB_AXIS_MEMBERS 32
#define LAB_MEMBERS 8
int lab_descent_members (const LabSpec *spec);

/* Whether axis, model and target go together. */
gboolean lab_descent_check (const LabSpec *spec, LabKey *blamed, GError **error);

/* What lies at a place of the axis. */
int lab_descent_width (const LabSpec *spec, double x);
int lab_descent_samples (const LabSpec *spec, double x);
NtkStop lab_descent_stop (const LabSpec *spec, double x);

/* Whether the axis is ridge or time, so that one kernel serves all of it. */
gboolean lab_descent_is_filter (const LabSpec *spec);
/* Whether there is no ridge and training goes to its end. */
gboolean lab_descent_is_minimum_norm (const LabSpec *spec);
gboolean lab_descent_has_limit (const LabSpec *spec);
/* Pieces, and kernels, of a seed's model and of its limit. */
int lab_descent_model_pieces (const LabSpec *spec, const LabPlan *plan);
int lab_descent_limit_pieces (const LabSpec *spec, const LabPlan *plan);
int lab_descent_model_kernels (const LabSpec *spec, const LabPlan *plan);
int lab_descent_limit_kernels (const LabSpec *spec, const LabPlan *plan);

gboolean lab_descent_run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit,
                          void *pieces, GCancellable *cancellable, GError **error);

/* Errors over widths and ridges by theory at finite D. From them follows the ridge that removes the
 * peak, for any noise and initialization. */
typedef struct _LabPeaks LabPeaks;
LabPeaks *lab_peaks_new (const NtkSpectrum *spectrum, const double *power, double n, double from,
                         double to);
void lab_peaks_free (LabPeaks *self);
/* How far the peak without ridge rises above the best errors on either side, as a fraction. */
double lab_peaks_height (const LabPeaks *self, double sigma, double alpha);
/* As ntk_peak_ridge(), within 5 %; NaN: none. */
double lab_peaks_ridge (const LabPeaks *self, double sigma, double alpha);

/* Theory at the places x; finite or asymptotic are NULL where there is none of the kind. */
typedef struct
{
  LabTheory base;
  int n;
  double *x;
  NtkErrorParts *finite, *asymptotic;
  NtkSpectrum *spectrum; /* of random features, for the best ridge; or NULL */
  double *power;
  LabPeaks *peaks; /* of random features over the width; or NULL */
} LabDescentTheory;

/* The theory of the model where it holds for these values, else none. */
LabTheoryKind lab_descent_theory_kind (const LabSpec *spec);
gboolean lab_descent_has_asymptotic (const LabSpec *spec);
gboolean lab_descent_has_bound (const LabSpec *spec);
gboolean lab_descent_has_tuned (const LabSpec *spec);
gboolean lab_descent_has_series (const LabSpec *spec, const char *id);
LabTheory *lab_descent_theory (const LabSpec *spec, const LabPlan *plan, GError **error);
/* At a place of the curve that theory draws, where widths and samples lie between whole ones; the ridge
 * not divided by n. */
double lab_descent_width_at (const LabSpec *spec, double x);
double lab_descent_samples_at (const LabSpec *spec, double x);
double lab_descent_ridge_at (const LabSpec *spec, double x);
/* Errors of the linear model there, trained to the end, and at each of some times. */
gboolean lab_descent_linear_end (const LabSpec *spec, double x, NtkErrorParts *at, GError **error);
gboolean lab_descent_linear_flow (const LabSpec *spec, double x, const double *times, int n_times,
                                  NtkErrorParts *at, GError **error);
/* Power of the target in the coordinates that a linear model leaves out. */
double lab_descent_unseen (const LabSpec *spec, double x);
/* The number of features in the lower bound. */
double lab_descent_features (const LabSpec *spec, double x);

LabAnswer *lab_double_descent_combine (const LabResult *result, const LabSpec *spec);
gboolean lab_double_descent_read (const LabAnswer *answer, const LabSpec *spec, double x,
                                  LabReading *out);

/* What combining works with, for one setting of the parameters that recombine. */
typedef struct
{
  const LabResult *result;
  const LabSpec *spec;
  double sigma, alpha;
  int n_x, seeds;
  gboolean both_signs; /* networks with v and with -v both count: they start from f_0 and -f_0 */
  LabRounding rounding;
  gboolean *decided; /* n_x: whether the cut-off decides what is simulated there */
  double *scratch; /* two numbers per seed */
  LabDescentFacts *facts; /* of the answer */
} LabCombine;

/* The i-th place's piece of a seed's model. */
const LabPiece *lab_combine_piece (const LabCombine *self, int seed, int i);
/* Up to this a seed's test or training error there is zero to rounding. */
double lab_combine_floor (const LabCombine *self, int seed, int i, gboolean test);
/* How many models are averaged there; may be INFINITY. */
double lab_combine_ensemble (const LabCombine *self, double x);
/* Test or training Gram matrix of their mean. */
NtkGram lab_combine_gram (const LabPiece *piece, gboolean test, double ensemble);
/* Test or training error of a seed at the i-th place; what is zero to rounding is 0. */
double lab_combine_error (const LabCombine *self, int seed, int i, gboolean test, double ensemble);
/* Facts of @answer of which nothing is known yet. */
LabDescentFacts *lab_descent_facts_new (LabAnswer *answer);
/* Fills in all that curve and ranks tell. */
void lab_combine_facts (LabCombine *self, const LabSeries *test);

/* Finds at which places the cut-off decides, and fills in the facts about it. */
void lab_combine_find_cutoff (LabCombine *self);
/* Whether it decides at x, or at a computed place next to x. */
gboolean lab_combine_cutoff_decides (const LabCombine *self, double x);
/* Leaves out of a theory what lies outside its domain, and where the cut-off decides. */
void lab_combine_judge (const LabCombine *self, LabSeries *series);

G_END_DECLS
