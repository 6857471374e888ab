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
} AppViewGroup;

typedef struct
{
  const LabView *view;
  AppViewGroup *group;
  LabAnswer *answer;
  PlotFigure *figure;
} AppViewSlot;

/* The views of an exhibit beside its main one. Those of the same work share a runner. */
typedef struct
{
  const LabExhibit *exhibit;
  GPtrArray *groups, *slots;
  gpointer owner; /* an object: news (owner) is called where a runner has some */
  GCallback news;
} AppViewList;

void app_view_list_init (AppViewList *self, gpointer owner, GCallback news);
/* Lets go of all views; free what is left with app_view_list_free(). */
void app_view_list_clear (AppViewList *self);
void app_view_list_free (AppViewList *self);

/* Takes the views of the spec's exhibit; FALSE: it has them. */
gboolean app_view_list_follow (AppViewList *self, const LabSpec *spec);
/* Computes what has to be computed and draws what can be drawn; FALSE: no figure is a new one. */
gboolean app_view_list_update (AppViewList *self, const LabSpec *draft);
void app_view_list_stop (AppViewList *self);
/* Whether something drawn is of older parameters. */
gboolean app_view_list_is_behind (const AppViewList *self);
/* Pango markup, what the figures say or why there are none; NULL: nothing yet. Free with g_free(). */
char *app_view_list_say (AppViewList *self, const LabSpec *draft);
guint app_view_list_count_jobs (const AppViewList *self);
const AppViewSlot *app_view_list_get (const AppViewList *self, guint i);

G_END_DECLS
