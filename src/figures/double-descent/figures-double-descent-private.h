#pragma once

#include "figures-private.h"

G_BEGIN_DECLS

/* Whether a series is a part of the error: noise, bias, ... */
gboolean figures_double_descent_is_part (const char *id);
/* Whether the parts are stacked on a linear axis: theory tells them, they add up, and none is negative.
 * Medians of measured parts do not add up. */
gboolean figures_double_descent_is_stacked (const LabAnswer *answer, const LabSpec *spec);
/* Says so where the stack is lower than the theory or cannot be. */
void figures_double_descent_note_stack (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec);

G_END_DECLS
