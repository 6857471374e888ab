#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*LabTaskFunc) (int i, gpointer data);

/* Calls task (i) for i = 0..count - 1, each once, on @threads threads (0: one per processor), and
 * returns when all are done. This thread works too. */
void lab_parallel (int threads, int count, LabTaskFunc task, gpointer data);

G_END_DECLS
