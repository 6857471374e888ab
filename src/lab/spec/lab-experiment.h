#pragma once

/* Private to lab: how an exhibit is computed. */

#include <gio/gio.h>
#include <ntk.h>
#include <stdatomic.h>

#include "lab-answer.h"

G_BEGIN_DECLS

/* What one worker does in one go: the pieces [first, first + count) of a seed. */
typedef struct
{
  int seed, first, count;
} LabUnit;

/* What the limit of many points or units says without simulation: computed once for a spec, then
 * shared. An experiment's own struct begins with this one. */
typedef struct _LabTheory
{
  atomic_int references;
  void (*free) (struct _LabTheory *self);
} LabTheory;

/* How much of a spec a preview computes, from rich to poor. */
typedef struct
{
  int points, seeds, n_test;
  double reach; /* of the end of the axis */
} LabPreview;

/* An exhibit's way of computing. A piece is what one seed leaves at one place; pieces are plain
 * memory of the experiment's own layout, n_pieces in a row for each seed. */
struct _LabExperiment
{
  /* What a change of a parameter asks for, where that is not what the table says; or NULL. */
  LabEffect (*effect) (const LabSpec *spec, LabKey key);
  gboolean first_seed_alone; /* whatever `seeds` says */
  /* Whether the values go together. */
  gboolean (*check) (const LabSpec *spec, LabKey *blamed, GError **error);
  /* What would need less memory if it were smaller, "n-train or to", and the parameter to blame. */
  const char *smaller;
  LabKey largest;
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
  /* NULL without error where there is none; or NULL itself. */
  LabTheory *(*theory) (const LabSpec *spec, const LabPlan *plan, GError **error);
  LabAnswer *(*combine) (const LabResult *result, const LabSpec *spec);
  /* @out comes with x, seeds, empty panels and zeros. NULL: there is no axis to read at. */
  gboolean (*read) (const LabAnswer *answer, const LabSpec *spec, double x, LabReading *out);
  /* As lab_reading_complete(); or NULL. */
  void (*complete) (LabReading *self, const LabReading *around);
};

extern const LabExperiment lab_double_descent, lab_learning_curve, lab_look_work, lab_kernel_profile,
  lab_kernel_matrix;

/* Of the spectrum, by its look. */
double lab_spectrum_place_of (const LabAnswer *self, const LabAnswer *main, double index);
double lab_spectrum_index_at (const LabAnswer *self, const LabAnswer *main, double x);

/* That of the view. */
const LabExperiment *lab_spec_work (const LabSpec *self);

/* The pieces of a job, a row for each seed, which its results share: workers write the rows of other
 * seeds than those of a result. */
typedef struct
{
  atomic_int references;
  gsize size, row; /* bytes of a piece, and of a row */
  gsize n_rows;
  char *rows;
  void (*clear) (void *piece); /* or NULL */
  _Atomic double start; /* mean square of an initial function of scale 1; negative until asked for */
} LabPieces;

/* All 0. NULL with an error where memory does not suffice. */
LabPieces *lab_pieces_new (const LabSpec *spec, const LabPlan *plan, GError **error);
LabPieces *lab_pieces_ref (LabPieces *self);
void lab_pieces_unref (LabPieces *self);

struct _LabResult
{
  atomic_int references;
  LabSpec *spec;
  LabPlan *plan;
  int seeds_done;
  gboolean finished;
  double seconds;

  int n_pieces;
  LabPieces *pieces;
  int *seeds;        /* seeds_done, ascending: whose rows are done */
  LabTheory *theory; /* or NULL */
};

/* Without seeds. */
LabResult *lab_result_new (const LabSpec *spec, const LabPlan *plan, LabPieces *pieces);
/* Of the seed-th of the seeds that are done. */
const void *lab_result_piece (const LabResult *self, int seed, int i);

LabTheory *lab_theory_ref (LabTheory *self);
void lab_theory_unref (LabTheory *self);

/* What the spec says, in ntk's terms. */
void lab_spec_activation (const LabSpec *spec, NtkActivation *activation);
void lab_spec_architecture (const LabSpec *spec, NtkArchitecture *arch);
void lab_spec_inputs (const LabSpec *spec, NtkInputs *inputs);

/* Log-spaced and distinct; for LabExperiment.grid. */
GArray *lab_grid_log (double from, double to, int points, gboolean whole);
void lab_grid_sort (GArray *x);

/* Of views at one place, whose whole work is one piece: where the cursor is, and the one unit. */
GArray *lab_grid_cursor (const LabSpec *spec, double from, double to, int points);
int lab_one_piece (const LabSpec *spec, const LabPlan *plan);
GArray *lab_one_unit (const LabSpec *spec, const LabPlan *plan);

/* Checks that more than one experiment makes. */
gboolean lab_check_range (const LabSpec *spec, LabKey *blamed, GError **error);
gboolean lab_check_target (const LabSpec *spec, LabKey *blamed, GError **error);
/* smaller: what would help if it were, "n-test or to". */
gboolean lab_check_memory (double need, const char *smaller, GError **error);

/* Bytes that one worker needs, those that a job stores whoever works, and how many of `threads`
 * workers (0: one per processor) there is work and memory for; 1 at least. */
double lab_plan_worker_memory (const LabSpec *spec);
double lab_plan_stored_memory (const LabPlan *self, const LabSpec *spec);
int lab_plan_workers (const LabPlan *self, const LabSpec *spec, int threads, int n_units);

/* Bytes that a kernel needs; n_others 0: between the points themselves. */
double lab_kernel_memory (const NtkArchitecture *arch, double n_points, double n_others);

/* Bytes of memory that can be had now, give or take what changed in the last tenth of a second. Any thread. */
double lab_memory_available (void);

G_END_DECLS
