#pragma once

#include "app-views-pane.h"

G_BEGIN_DECLS

struct _AppViewsPane
{
  GtkWidget parent_instance;

  AppDesk *desk;
  gboolean held;
  gboolean narrow;
  gboolean grids;
  double hovered;
  double linked;
  guint narrow_id;

  guint chosen;     /* where not all are seen */
  GPtrArray *figure_views; /* AppFigureView, one for each view of the desk but the first, owned by their parents */

  GtkWidget *box;
  GtkWidget *choices; /* a button for each */
  GtkPaned *paned;
  GtkWidget *first;   /* holds the first of them, and */
  GtkWidget *others;  /* all others */
  GtkWidget *sentence;
  GMenuModel *menu;
};

/* --- app-views-pane.c --- */
void app_views_pane_set_linked (AppViewsPane *self, double x);
void app_views_pane_set_grids (AppViewsPane *self, gboolean grids);
/* Emits "refused". */
void app_views_pane_refuse (AppViewsPane *self, const char *reason);

/* --- app-views-pane-views.c: the figures --- */

/* Makes one for each view. */
void app_views_pane_list (AppViewsPane *self);
void app_views_pane_remove_views (AppViewsPane *self);
/* The view that the i-th of them shows. */
AppView *app_views_pane_view (AppViewsPane *self, guint i);
/* Which of them there is room for. */
void app_views_pane_update_seen (AppViewsPane *self);
/* What is pointed at in the main view. */
void app_views_pane_update_hovered (AppViewsPane *self);

G_END_DECLS
