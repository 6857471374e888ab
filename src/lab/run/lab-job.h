#pragma once

#include <gio/gio.h>

#include "lab-result.h"

G_BEGIN_DECLS

/* Called from workers, one at a time, after each seed: @partial holds the seeds done so far and
 * is immutable; take a reference to keep it. */
typedef void (*LabProgressFunc) (LabResult *partial, gpointer data);

/* Computes @plan of @spec on @threads workers (0: one per processor) and returns when done. The
 * same spec and plan give the same bytes whatever the number of threads. Errors of LAB_ERROR,
 * NTK_ERROR, or G_IO_ERROR_CANCELLED (within one factorization). Whether there is memory for it is asked
 * before, by lab_spec_check(). */
LabResult *lab_job_run (const LabSpec *spec, const LabPlan *plan, int threads,
                        GCancellable *cancellable, LabProgressFunc progress, gpointer data,
                        GError **error);

G_END_DECLS
