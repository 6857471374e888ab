#pragma once

#include "figures-private.h"

G_BEGIN_DECLS

const char *figures_learning_label (const LabSeriesType *type, const LabSpec *spec);
void figures_learning_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec);
/* What becomes of the noise where training goes to the end. */
void figures_learning_noise (GString *out, const LabAnswer *answer, const LabSpec *spec);
void figures_learning_notes (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec);

/* The exponent of a limit as people write it, "−3/8" or "−1", NULL where none is known; free with g_free(). */
char *figures_exponent (const LabSlope *slope, const LabAnswer *answer);
/* "−0.52 ± 0.04", of a single seed "−0.52"; NULL where there is none. */
char *figures_slope (const LabSlope *slope);

G_END_DECLS
