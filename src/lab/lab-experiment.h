#pragma once

/* Private to lab: how an exhibit is computed. */

#include <gio/gio.h>
#include <ntk.h>
#include <stdatomic.h>

#include "lab-curves.h"

G_BEGIN_DECLS

/* What one seed leaves at one x: the residuals' Gram matrices on test and training points. */
typedef struct
{
  NtkGram test, train;
  int rank, dropped;
} LabPiece;

/* What one worker does in one go: the pieces [first, first + count) of a seed. The piece after
 * the last x is the infinite-width limit. */
typedef struct
{
  int seed, first, count;
} LabUnit;

struct _LabExperiment
{
  gboolean (*check) (const LabSpec *spec, LabKey *blamed, GError **error);
  gboolean (*has_series) (const LabSpec *spec, const char *id);
  /* Bytes that one worker needs. */
  double (*memory) (const LabSpec *spec);
  /* Array of LabUnit, seed after seed; the same whatever the number of workers. */
  GArray *(*units) (const LabSpec *spec, const LabPlan *plan);
  gboolean (*run) (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, LabPiece *pieces,
                   GCancellable *cancellable, GError **error);
  gboolean (*theory) (LabResult *result, GError **error);
  LabCurves *(*combine) (const LabResult *result, const LabSpec *spec);
};

extern const LabExperiment lab_double_descent;
LabCurves *lab_double_descent_combine (const LabResult *result, const LabSpec *spec);

struct _LabResult
{
  atomic_int references;
  LabSpec *spec;
  LabPlan *plan;
  int seeds_done;
  gboolean finished;
  double seconds;

  LabPiece *pieces; /* seeds_done rows of n_x + 1 */

  int n_theory;     /* 0: no theory for this model */
  double *theory_x;
  NtkFiniteD *theory;
};

LabResult *lab_result_new (const LabSpec *spec, const LabPlan *plan);
const LabPiece *lab_result_piece (const LabResult *self, int seed, int i);

/* What the spec says, in ntk's terms. */
void lab_spec_activation (const LabSpec *spec, NtkActivation *activation);
void lab_spec_architecture (const LabSpec *spec, NtkArchitecture *arch);

/* Bytes of memory that can be had now. */
double lab_memory_available (void);

G_END_DECLS
