#pragma once

#include <lab.h>
#include <plot.h>

G_BEGIN_DECLS

/* The views of the exhibit beside its main one, kept up with the draft: on threads of their own, newest
 * wins without starving, what recombines at once. Views of the same work share what is computed.
 *
 * - "draft": the spec under the user's hands.
 * - "active": whether anybody looks; nothing is computed otherwise.
 * - "exists": whether the exhibit has such views.
 * - "sentence": Pango markup: what they say, or why there are no newer ones.
 * - "stale": some are of older parameters, and have been for longer than an eye forgives.
 *
 * Signals: "views": the list of views is another, after the exhibit; "changed": there are new figures. */
#define APP_TYPE_LOOK (app_look_get_type ())
G_DECLARE_FINAL_TYPE (AppLook, app_look, APP, LOOK, GObject)

AppLook *app_look_new (LabDraft *draft);

guint app_look_get_n_views (AppLook *self);
const LabView *app_look_get_view (AppLook *self, guint i);
/* The newest; NULL before the first. */
PlotFigure *app_look_get_figure (AppLook *self, guint i);
const LabCurves *app_look_get_curves (AppLook *self, guint i);
/* How many jobs there have been for the views: what recombines needs none. */
guint app_look_get_jobs (AppLook *self);

G_END_DECLS
