#pragma once

#include <lab.h>

G_BEGIN_DECLS

/* What is shown of a draft and a result. */

/* What can be drawn now: the draft, or the spec of an older result with what recombines taken
 * from the draft. Free with lab_spec_free(). */
LabSpec *app_shown_spec (const LabSpec *draft, const LabResult *result);

/* The cursor is a parameter like any other, where the exhibit has one along its axis. */
gboolean app_shown_find_cursor (const LabSpec *spec, LabKey *key);
/* Whether two specs give the same figure: but for the cursor they are equal. */
gboolean app_shown_same_but_cursor (const LabSpec *a, const LabSpec *b);

/* Goes through the parameter, so that slider and entry follow, and ends where its range ends: theory may
 * reach further. */
void app_shown_move_cursor (LabDraft *draft, double x);

/* Whether the numbers at one place may be computed beside the curve: not far beyond the samples, where
 * a single point would take longer than the whole curve. */
gboolean app_shown_can_probe (const LabSpec *spec, double x);

/* "20 of 20 seeds  83 ms"; free with g_free(). */
char *app_shown_status (const LabAnswer *answer, const LabResult *result);

G_END_DECLS
