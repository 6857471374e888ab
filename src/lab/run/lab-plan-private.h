#pragma once

/* Private to lab: places, units and workers of a plan. */

#include "lab-plan.h"

G_BEGIN_DECLS

/* What one worker does in one go: the pieces [first, first + count) of a seed. */
typedef struct _LabUnit
{
  int seed, first, count;
} LabUnit;

/* How much of a spec a preview computes, from rich to poor. */
typedef struct _LabPreview
{
  int points, seeds, n_test;
  double reach; /* share of `to` at which its axis ends */
} LabPreview;

/* Places for LabExperiment.grid, log-spaced; and sorting, which leaves out those that are equal. */
GArray *lab_grid_log (double from, double to, int points, gboolean whole);
void lab_grid_sort (GArray *x);

/* For views at one place, whose whole work is one piece: a grid that is the place of the cursor, and the one unit. */
GArray *lab_grid_cursor (const LabSpec *spec, double from, double to, int points);
int lab_one_piece (const LabSpec *spec, const LabPlan *plan);
GArray *lab_one_unit (const LabSpec *spec, const LabPlan *plan);

/* Bytes that one worker needs, those that a job stores whoever works, and how many of `threads`
 * workers (0: one per processor) there is work and memory for; 1 at least. */
double lab_plan_worker_memory (const LabSpec *spec);
double lab_plan_stored_memory (const LabPlan *self, const LabSpec *spec);
int lab_plan_workers (const LabPlan *self, const LabSpec *spec, int threads, int n_units);

G_END_DECLS
