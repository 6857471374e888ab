#pragma once

/* Private to the mean field. */

#include "ntk-mean-field-private.h"

G_BEGIN_DECLS

/* Gradient flow in the mean field, tabulated over n and time; `field` is of the same series.
 * NTK_ERROR_DOMAIN where it does not converge. Free with g_free(). */
NtkMeanFieldFlow *ntk_mean_field_flow_new (const NtkZonalSeries *series, const NtkMeanField *field,
                                           GError **error);
/* B and init are 0 where they are below rounding of the sums that they cancel from. */
NtkMeanFieldPieces ntk_mean_field_flow_at (const NtkMeanFieldFlow *self, double n, double t);
/* At the time of least error from .1 on, or `end`, which may not be known, where that is no worse; NaN
 * where that time would be beyond NTK_MEAN_FIELD_LAST_TIME. */
NtkMeanFieldPieces ntk_mean_field_flow_best (const NtkMeanFieldFlow *self, double n, double sigma,
                                             double alpha, const NtkRidgeless *noise,
                                             const NtkMeanFieldPieces *end);

G_END_DECLS
