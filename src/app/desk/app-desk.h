#pragma once

#include <lab.h>
#include <plot.h>

#include "app-pins.h"

G_BEGIN_DECLS

/* What stands between the draft and the picture, without a widget: submits specs, combines
 * results and builds figures, at most once between two frames.
 *
 * Properties, all for bindings:
 * - "draft": the spec under the user's hands.
 * - "figure" (boxed, or NULL): the newest picture; unchanged where only the cursor moves.
 * - "rough": it is a preview, of part of the axis and few seeds; notified before the figure.
 * - "stale": the figure is of older parameters, and has been for longer than an eye forgives.
 * - "busy", "progress": a job has been under way for longer than a moment; how far it is.
 * - "verdict": Pango markup, of this figure, and as long as seeds are missing it says so; "status":
 *   seeds and time, plain text.
 * - "message": why there is no newer figure, in words, or NULL; "blamed": the LabKey to change,
 *   or LAB_N_KEYS.
 * - "axis-name": what stands before a number along x, "<i>n</i> =", Pango markup.
 * - "cursor": x of the cursor, NaN for none; setting it sets the parameter along the axis.
 *   "readout" (boxed): what is read there; NULL where nothing is. */
#define APP_TYPE_DESK (app_desk_get_type ())
G_DECLARE_FINAL_TYPE (AppDesk, app_desk, APP, DESK, GObject)

/* Submits the draft's spec at once. */
AppDesk *app_desk_new (LabDraft *draft);

LabDraft *app_desk_get_draft (AppDesk *self);

/* The figure with the parameters of this moment, the cursor's too, as metadata, and with a
 * note as long as more is to come; NULL before the first result. */
PlotFigure *app_desk_make_figure (AppDesk *self);

/* Curves kept beside those of now. */
AppPins *app_desk_get_pins (AppDesk *self);
/* Keeps what is shown; FALSE leaves @reason (translated, free with g_free()). */
gboolean app_desk_pin (AppDesk *self, char **reason);
/* What the figure shows; NULL before the first result. */
const LabAnswer *app_desk_get_answer (AppDesk *self);

/* How many jobs there have been for the curve: what recombines needs none. */
guint app_desk_get_jobs (AppDesk *self);

/* Gives up what is being computed. */
void app_desk_stop (AppDesk *self);

G_END_DECLS
