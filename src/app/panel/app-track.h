#pragma once

#include <lab.h>

G_BEGIN_DECLS

/* Where the values of a numeric parameter lie along its slider, 0..1, and how the keyboard steps
 * through them, in an exhibit. Pure functions of the tables: a log scale gets a logarithmic track;
 * where 0 is allowed below a positive minimum, it is the lowest stop, and infinity the highest. Where a
 * range begins and where it ends stay in their order. */

double app_track_position (const LabSpec *spec, LabKey key, LabValue value);

/* The value at a position, rounded to a number that a person would choose, finer than a pixel of
 * a slider of 300. */
LabValue app_track_value (const LabSpec *spec, LabKey key, double position);

/* The next value up (direction 1) or down (-1); coarse as for the page keys. Ends at the range's
 * ends. */
LabValue app_track_step (const LabSpec *spec, LabKey key, LabValue value, int direction,
                         gboolean coarse);

/* Whether the values can be reached by a slider at all; a 63-bit seed cannot. */
gboolean app_track_exists (const LabSpec *spec, LabKey key);

G_END_DECLS
