#pragma once

#include <lab.h>
#include <plot.h>

G_BEGIN_DECLS

/* What is computed for the views of one work. */
typedef struct
{
  const LabExperiment *work;
  LabRunner *runner;
  LabResult *drawn; /* of the figures */
  LabSpec *spec;    /* likewise, of the first of the views */
} AppLookGroup;

typedef struct
{
  const LabView *view;
  AppLookGroup *group;
  LabCurves *curves;
  PlotFigure *figure;
} AppLookSlot;

/* The views of an exhibit beside its main one. Those of the same work share a runner. */
typedef struct
{
  const LabExhibit *exhibit;
  GPtrArray *groups, *slots;
  gpointer owner; /* an object: news (owner) is called where a runner has some */
  GCallback news;
} AppLookList;

void app_look_list_init (AppLookList *self, gpointer owner, GCallback news);
/* Lets go of all views; free what is left with app_look_list_free(). */
void app_look_list_clear (AppLookList *self);
void app_look_list_free (AppLookList *self);

/* Takes the views of the spec's exhibit; FALSE: it has them. */
gboolean app_look_list_follow (AppLookList *self, const LabSpec *spec);
/* Computes what has to be computed and draws what can be drawn; FALSE: no figure is a new one. */
gboolean app_look_list_update (AppLookList *self, const LabSpec *draft);
void app_look_list_stop (AppLookList *self);
/* Whether something drawn is of older parameters. */
gboolean app_look_list_is_behind (const AppLookList *self);
/* Pango markup, what the figures say or why there are none; NULL: nothing yet. Free with g_free(). */
char *app_look_list_say (AppLookList *self, const LabSpec *draft);
guint app_look_list_count_jobs (const AppLookList *self);
const AppLookSlot *app_look_list_get (const AppLookList *self, guint i);

G_END_DECLS
