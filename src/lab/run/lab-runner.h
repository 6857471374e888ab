#pragma once

#include "lab-job.h"

G_BEGIN_DECLS

/* What always runs to its end gives way to a newer spec after all where it takes longer, in milliseconds. */
#define LAB_RUNNER_PATIENCE 500

/* Runs jobs for the main loop: newest wins, without starving.
 *
 * Each submitted spec that needs new numbers gets a preview, which always runs to its end, and
 * then the full run, which a newer spec cancels. Results come in through a mailbox: the newest
 * one, at most one pending idle. A spec that only recombines starts nothing. Once ridge or
 * time move, the eigenbases of all kernels are found on a thread beside and kept while nothing else
 * changes: then a change of these takes a frame, without preview.
 *
 * Properties, all notified on the main thread: "result" (the newest result, of the newest spec
 * or still of an older one), "busy", "progress" (0..1), "error" (GError of the newest spec, or NULL),
 * "jobs" (started so far). */
#define LAB_TYPE_RUNNER (lab_runner_get_type ())
G_DECLARE_FINAL_TYPE (LabRunner, lab_runner, LAB, RUNNER, GObject)

LabRunner *lab_runner_new (void);

void lab_runner_submit (LabRunner *self, const LabSpec *spec);
/* All seeds at one place of the axis, without preview: for the cursor. Newest wins here too. */
void lab_runner_submit_at (LabRunner *self, const LabSpec *spec, double x);
/* Gives up what is running and keeps what there is. */
void lab_runner_stop (LabRunner *self);

LabResult *lab_runner_get_result (LabRunner *self); /* transfer none, or NULL */
/* Whether the result is of the spec last submitted (but for what recombines). */
gboolean lab_runner_is_current (LabRunner *self);
gboolean lab_runner_get_busy (LabRunner *self);
gboolean lab_runner_has_spectra (LabRunner *self); /* for ridge and time: see above */
double lab_runner_get_progress (LabRunner *self);
const GError *lab_runner_get_error (LabRunner *self);
guint lab_runner_get_jobs (LabRunner *self);

G_END_DECLS
