#pragma once

/* Private to lab: how an exhibit is computed. */

#include <gio/gio.h>

#include "lab-spec.h"

G_BEGIN_DECLS

typedef struct _LabPlan LabPlan;
typedef struct _LabUnit LabUnit;
typedef struct _LabPreview LabPreview;
typedef struct _LabTheory LabTheory;
typedef struct _LabResult LabResult;
typedef struct _LabAnswer LabAnswer;
typedef struct _LabReading LabReading;

/* An exhibit's way of computing. A piece is what one seed leaves at one place; pieces are plain
 * memory of the experiment's own layout, n_pieces in a row for each seed. */
struct _LabExperiment
{
  /* What has to be done after a change of a parameter; NULL: what the table of parameters says. */
  LabEffect (*effect) (const LabSpec *spec, LabKey key);
  gboolean first_seed_alone; /* there is one seed, whatever `seeds` says */
  /* Whether the values go together; NULL: always. */
  gboolean (*check) (const LabSpec *spec, LabKey *blamed, GError **error);
  /* What the user may make smaller where memory is short, "n-train or to", and the parameter to blame. */
  const char *smaller;
  LabKey largest;
  /* Which series of the view exist for the values; NULL: all. */
  gboolean (*has_series) (const LabSpec *spec, const char *id);
  /* Places along the axis between from and to, ascending and distinct: at most `points` of them,
   * or 0 for as many as the spec asks for. Array of double. */
  GArray *(*grid) (const LabSpec *spec, double from, double to, int points);
  const LabPreview *previews; /* ends with 0 points; NULL: none */
  gsize (*piece_size) (const LabSpec *spec);
  void (*piece_clear) (void *piece); /* frees what a piece owns, if anything was found; or NULL */
  int (*n_pieces) (const LabSpec *spec, const LabPlan *plan);
  /* Bytes of the arrays of one worker. */
  double (*memory) (const LabSpec *spec);
  /* Array of LabUnit, seed after seed; the same whatever the number of workers. */
  GArray *(*units) (const LabSpec *spec, const LabPlan *plan);
  /* Estimated operations of a unit, at DGEMM's speed. */
  double (*cost) (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit);
  /* pieces: the seed's row. Uses the plan's spectra, and fills them, where there are some. */
  gboolean (*run) (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, void *pieces,
                   GCancellable *cancellable, GError **error);
  /* How many kernels a seed has whose eigenbases are worth keeping, and the bytes they all need; 0:
   * none. NULL: never. */
  int (*spectra) (const LabSpec *spec, const LabPlan *plan, double *bytes);
  /* Returns NULL without an error where the values have no theory; NULL itself: there never is one. */
  LabTheory *(*theory) (const LabSpec *spec, const LabPlan *plan, GError **error);
  LabAnswer *(*combine) (const LabResult *result, const LabSpec *spec);
  /* @out comes with x, seeds, empty panels and zeros. NULL: there is no axis to read at. */
  gboolean (*read) (const LabAnswer *answer, const LabSpec *spec, double x, LabReading *out);
  /* As lab_reading_complete(); or NULL. */
  void (*complete) (LabReading *self, const LabReading *around);
};

/* How the view that the spec shows is computed. */
const LabExperiment *lab_spec_work (const LabSpec *self);

G_END_DECLS
