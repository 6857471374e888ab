#pragma once

#include "app-shown.h"

G_BEGIN_DECLS

/* One view of an exhibit, kept up with the parameters: it asks a LabRunner for what must be computed, and
 * makes a figure of the newest result. What only recombines is taken from the parameters of now at once.
 *
 * Properties, all for bindings:
 * - "figure" (boxed, or NULL): the newest picture.
 * - "axis-name": what stands before a number along x, "<i>n</i> =", Pango markup.
 * - "rough": the figure is a preview, of part of the axis and few seeds; notified before the figure.
 * - "stale": the figure is of older parameters, and has been for longer than an eye forgives.
 * - "verdict": what the figure says, Pango markup, and that it is so far as long as seeds are missing;
 *   "status": seeds and time, plain text. Both are notified after the figure.
 * - "busy", "progress": a job has been under way for longer than a moment; how far it is.
 * - "message": why there is no newer figure, in words, or NULL; "blamed": the LabKey to change, or
 *   LAB_N_KEYS. */
#define APP_TYPE_VIEW (app_view_get_type ())
G_DECLARE_FINAL_TYPE (AppView, app_view, APP, VIEW, GObject)

/* Views of the same work share a runner. @pins (or NULL) are drawn beside its curves. */
AppView *app_view_new (const LabView *row, LabRunner *runner, AppPins *pins);

/* Asks for what @spec needs, whose own view says which one this is from now on. Nothing is asked for, and
 * there is a message, where its values do not go together. */
void app_view_follow (AppView *self, const LabSpec *spec);
/* Takes over what has come in. */
void app_view_update (AppView *self, const LabSpec *spec);
/* Gives up what is being computed, and says so; FALSE: that was nothing. */
gboolean app_view_stop (AppView *self);

/* Its row in the table of views. */
const LabView *app_view_get_row (AppView *self);
LabRunner *app_view_get_runner (AppView *self);
const AppShown *app_view_get_shown (AppView *self);
/* Whether that is of what was asked for last, and whether it is whole. */
gboolean app_view_is_current (AppView *self);
gboolean app_view_is_complete (AppView *self);

/* The figure with the parameters of this moment, the cursor's too, as metadata, and with a note as long as
 * more is to come; NULL before the first result. */
PlotFigure *app_view_make_figure (AppView *self);

G_END_DECLS
