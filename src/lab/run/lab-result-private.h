#pragma once

/* Private to lab: the pieces of a result, and the theory beside them. */

#include <ntk.h>
#include <stdatomic.h>

#include "lab-result.h"

G_BEGIN_DECLS

/* What the limit of many points or units says without simulation: computed once for a spec, then
 * shared. An experiment's own struct begins with this one. */
typedef struct _LabTheory
{
  atomic_int references;
  void (*free) (struct _LabTheory *self);
} LabTheory;

LabTheory *lab_theory_ref (LabTheory *self);
void lab_theory_unref (LabTheory *self);

/* The pieces of a job, a row for each seed. The results of a job share them: workers write only the rows of seeds
 * that no result has yet. */
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

/* A result in which no seed is done yet. */
LabResult *lab_result_new (const LabSpec *spec, const LabPlan *plan, LabPieces *pieces);
/* The i-th piece of the seed-th of the seeds that are done. */
const void *lab_result_piece (const LabResult *self, int seed, int i);

G_END_DECLS
