#pragma once

#include "app-look-pane.h"

#include "app-look.h"

G_BEGIN_DECLS

struct _AppLookPane
{
  GtkWidget parent_instance;

  AppBench *bench;
  AppLook *look; /* of the bench's draft */
  gboolean held;
  gboolean narrow;
  double hovered;
  double linked;
  guint narrow_id;

  guint chosen;     /* where not all are seen */
  GPtrArray *views; /* AppFigureView, one for each of the look's, owned by their parents */

  GtkWidget *box;
  GtkWidget *choices; /* a button for each */
  GtkPaned *paned;
  GtkWidget *first;   /* holds the first of them, and */
  GtkWidget *others;  /* all others */
  GMenuModel *menu;
};

/* --- app-look-pane.c --- */
void app_look_pane_set_linked (AppLookPane *self, double x);
/* Emits "refused". */
void app_look_pane_refuse (AppLookPane *self, const char *reason);

/* --- app-look-pane-views.c: the figures --- */

/* Makes one for each view of the look. */
void app_look_pane_list (AppLookPane *self);
void app_look_pane_remove_views (AppLookPane *self);
/* Shows the newest. */
void app_look_pane_take_figures (AppLookPane *self);
/* Which of them there is room for. */
void app_look_pane_update_seen (AppLookPane *self);
/* What is pointed at in the main view. */
void app_look_pane_update_hovered (AppLookPane *self);

G_END_DECLS
