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
#define APP_TYPE_VIEWS (app_views_get_type ())
G_DECLARE_FINAL_TYPE (AppViews, app_views, APP, VIEWS, GObject)

AppViews *app_views_new (LabDraft *draft);

guint app_views_get_n_views (AppViews *self);
const LabView *app_views_get_view (AppViews *self, guint i);
/* The newest; NULL before the first. */
PlotFigure *app_views_get_figure (AppViews *self, guint i);
const LabAnswer *app_views_get_answer (AppViews *self, guint i);
/* How many jobs there have been for the views: what recombines needs none. */
guint app_views_get_jobs (AppViews *self);

G_END_DECLS
