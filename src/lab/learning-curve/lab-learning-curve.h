#pragma once

/* Private to lab: what learning curves store and combine. */

#include "lab-experiment.h"
#include "lab-learning-curve-facts.h"
#include "lab-plan-private.h"
#include "lab-result-private.h"

G_BEGIN_DECLS

extern const LabExperiment lab_learning_curve;

/* Most stopping rules of one list: 40 times and infinity. */
#define LAB_MOST_STOPS 41

/* The pieces of the error at one stop, and growth as in NtkFitInfo. */
typedef struct
{
  NtkGram gram;
  double growth[NTK_FIT_COLUMNS];
} LabLearningStop;

/* What one seed leaves at one n of one panel: the pieces of the error for each of the stopping
 * rules among which the best is taken. Only the first lab_learning_n_stops() are stored. */
typedef struct
{
  gboolean missing; /* not computed: prefixes of an ill-conditioned factor */
  int dropped;      /* eigenvalues left out */
  LabLearningStop at[LAB_MOST_STOPS];
} LabLearningPiece;

int lab_learning_n_stops (const LabSpec *spec);
/* The rules among which the best is taken, at n points. */
void lab_learning_fill_stops (const LabSpec *spec, int n, NtkStop *stops);
/* Whether the best of their errors is at an end of the search, and there still falls: what is best may lie
 * beyond, or, where training to the end is, between the last time and it. */
gboolean lab_learning_is_edge (const LabSpec *spec, const double *errors);
gsize lab_learning_piece_size (const LabSpec *spec);

/* How finely mean-field curves are drawn. */
#define LAB_MEAN_FIELD_PER_DECADE 20

/* The mean-field curves of the panels; NULL where there are none. */
typedef struct
{
  LabTheory base;
  NtkMeanField *panel[LAB_MAX_PANELS];
} LabMeanField;

/* Whether there is a network, and with it a random start. */
gboolean lab_learning_has_initial (const LabSpec *spec);
/* Whether f_0 is drawn, rather than averaged over by its law. */
gboolean lab_learning_draws_start (const LabSpec *spec);
/* Whether one factorization serves every n: with fixed ridges (0 is one of them), and where the
 * figure may choose its own places. */
gboolean lab_learning_is_every (const LabSpec *spec);

gboolean lab_learning_run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, void *row,
                           GCancellable *cancellable, GError **error);

gboolean lab_learning_has_series (const LabSpec *spec, const char *id);
LabTheory *lab_learning_theory (const LabSpec *spec, const LabPlan *plan, GError **error);
/* Exponents for n to infinity, of the standard and of the mirrored curve in intrinsic dimension
 * d; NaN where none is known. */
double lab_learning_limit_standard (const LabSpec *spec, int d);
double lab_learning_limit_mirrored (const LabSpec *spec, int d);

/* What becomes of noise in D dimensions, and the limit of its cost, NaN where that is not known. */
LabOverfitting lab_learning_overfitting (const LabSpec *spec, int dim, double *limit);

/* Most eigenvalues left out, over seeds and n. */
int lab_learning_most_dropped (const LabResult *result);
LabAnswer *lab_learning_combine (const LabResult *result, const LabSpec *spec);
gboolean lab_learning_read (const LabAnswer *answer, const LabSpec *spec, double x,
                            LabReading *out);
void lab_learning_complete (LabReading *self, const LabReading *around);

G_END_DECLS
