#pragma once

#include <figures.h>
#include <lab.h>

G_BEGIN_DECLS

/* The range over which slopes are taken, as it is moved on the figure. Whole numbers within the
 * range of the axis; at its ends the default takes over, which goes along with the axis. */

/* Whether it is narrower than the axis. */
gboolean app_slope_range_is_set (const LabSpec *spec);

/* A handle has been moved: FIGURES_SLOPE_RANGE_FROM or FIGURES_SLOPE_RANGE_TO to x, up to the other one, or
 * FIGURES_SLOPE_RANGE, the whole of it, to [x, end], which keeps its ratio at the ends of the axis. */
void app_slope_range_move (LabDraft *draft, const char *handle, double x, double end);

void app_slope_range_reset (LabDraft *draft);

G_END_DECLS
