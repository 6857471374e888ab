#pragma once

#include <lab.h>
#include <plot.h>

#include "app-pins.h"

G_BEGIN_DECLS

/* What a view shows, and what that is made of; all NULL before the first result. */
typedef struct
{
  LabResult *result;
  LabSpec *spec;
  LabAnswer *answer;
  PlotFigure *figure;
} AppShown;

void app_shown_clear (AppShown *self);
/* Shows a result, with what recombines taken from @draft, and beside it @pins (NULL: none). TRUE: there is
 * a new figure, made in any case where @anew. Where only the cursor has moved there is none, unless the view
 * follows it. */
gboolean app_shown_take (AppShown *self, LabResult *result, const LabSpec *draft, AppPins *pins, gboolean anew);
/* The figure once more, with the parameters of this moment as metadata. */
PlotFigure *app_shown_build (const AppShown *self, AppPins *pins);

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
