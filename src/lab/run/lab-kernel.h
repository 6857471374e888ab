#pragma once

#include "lab-spec.h"

G_BEGIN_DECLS

/* The infinite-width kernel of the spec's network (activation, leak, depth and variances; of no
 * other parameter) between points (dim x n_points, one after the other) and others (dim x
 * n_others), or between the points themselves where others is NULL. Returns n_others x n_points
 * numbers, those of each point together; free with g_free(). On @threads threads (0: one per
 * processor), with the same bytes for any number. Errors of NTK_ERROR, or LAB_ERROR_SIZE. */
double *lab_kernel_compute (const LabSpec *spec, LabKernelKind kind, int dim, const double *points,
                            int n_points, const double *others, int n_others, int threads,
                            GError **error);

G_END_DECLS
