#pragma once

#include <lab.h>
#include <plot.h>

G_BEGIN_DECLS

/* The range over which slopes are fitted, as it is moved on the figure. Whole numbers within the
 * range of the axis; at its ends the default takes over, which goes along with the axis. */

/* Whether it is narrower than the axis. */
gboolean app_fit_window_is_set (const LabSpec *spec);

/* A part has been moved: the edge to lo or hi, up to the other one; the body to [lo, hi], which
 * keeps its ratio at the ends of the axis. */
void app_fit_window_move (LabDraft *draft, PlotWindowPart part, double lo, double hi);

void app_fit_window_reset (LabDraft *draft);

G_END_DECLS
