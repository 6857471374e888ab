#pragma once

#include <lab.h>

G_BEGIN_DECLS

/* Where the values of a numeric parameter lie along its slider, 0..1, and how the keyboard steps
 * through them. Pure functions of the table of parameters: a log scale gets a logarithmic track;
 * where 0 is allowed below a positive minimum, it is the lowest stop. */

double app_track_position (LabKey key, LabValue value);

/* The value at a position, rounded to a number that a person would choose, finer than a pixel of
 * a slider of 300. */
LabValue app_track_value (LabKey key, double position);

/* The next value up (direction 1) or down (-1); coarse as for the page keys. Ends at the range's
 * ends. */
LabValue app_track_step (LabKey key, LabValue value, int direction, gboolean coarse);

/* Whether the values can be reached by a slider at all; a 63-bit seed cannot. */
gboolean app_track_exists (LabKey key);

G_END_DECLS
