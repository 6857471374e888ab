#pragma once

#include <lab.h>
#include <plot.h>

G_BEGIN_DECLS

/* What the model at the cursor looks like, kept up with the draft beside the curve: on a thread of
 * its own, newest wins without starving, noise and initialization recombined at once.
 *
 * - "draft": the spec under the user's hands.
 * - "active": whether anybody looks; nothing is computed otherwise.
 * - "exists": whether the exhibit has models to look at.
 * - "look" (const LabLook *, or NULL), "fit", "spectrum" (figures, or NULL): the newest.
 * - "sentence": Pango markup: what it says, or why there is no newer look.
 * - "stale": they are of older parameters, and have been for longer than an eye forgives. */
#define APP_TYPE_LOOK (app_look_get_type ())
G_DECLARE_FINAL_TYPE (AppLook, app_look, APP, LOOK, GObject)

AppLook *app_look_new (LabDraft *draft);

const LabLook *app_look_get_look (AppLook *self); /* or NULL */
PlotFigure *app_look_get_fit (AppLook *self);
PlotFigure *app_look_get_spectrum (AppLook *self);
/* How many jobs there have been: what recombines needs none. */
guint app_look_get_jobs (AppLook *self);

G_END_DECLS
