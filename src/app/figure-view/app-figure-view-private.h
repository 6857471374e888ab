#pragma once

#include "app-figure-view.h"
#include "app-overlay.h"

G_BEGIN_DECLS

/* Which part of the figure is seen. */
typedef struct
{
  PlotLimits view;   /* valid where there is a figure; its hidden bits are those of this figure */
  gboolean framed; /* it goes with the data, until somebody zooms */
  const PlotScale *chosen[PLOT_N_AXES]; /* by a click on the axis; NULL: the figure's own */
} AppFigureRange;

typedef enum
{
  APP_DRAG_NONE,
  APP_DRAG_HANDLE,
  APP_DRAG_PAN,
  APP_DRAG_BOX,
} AppDrag;

struct _AppFigureView
{
  GtkWidget parent_instance;

  PlotFigure *figure;
  gboolean dark;
  gboolean high_contrast;
  gboolean dimmed;
  gboolean held;
  double cursor;
  double linked;
  GHashTable *marks;   /* of an image's id the GBytes with its marked cells */
  AppReadout *readout; /* or NULL */
  char *axis_name;

  AppFigureRange range;
  GArray *past;       /* AppFigureRange, oldest first */
  guint settle_id;    /* a zoom is under way, until it has been quiet for a while */
  GHashTable *hidden; /* ids of series */

  PlotLayout *layout;  /* of the picture, or if outdated of an earlier one */
  gboolean outdated;
  gboolean legend_held; /* its legend is where that of an earlier one is */
  GskRenderNode *picture; /* NULL: to be rendered */

  double pointer_x, pointer_y;
  double moved_x, moved_y; /* where the pointer was moved to; NaN: it is elsewhere */
  PlotHit hover;
  double hovered; /* as last said; NaN: nothing */
  char *cell_words; /* of the cell under the pointer, or NULL */
  gboolean keyed; /* it was pointed at with keys */
  int handle;          /* under the pointer, -1: none */
  int pressed;         /* where the button went down */
  double before_click; /* the cursor, should the click become a double one */

  AppDrag drag;
  gboolean moving; /* far enough to be a drag, and no click */
  double drag_x, drag_y;
  char *grabbed;   /* the id of the handle that is dragged */
  PlotHandle grab; /* as it was when the drag began */
  gboolean pinching;
  AppFigureRange before; /* the drag, or the pinch */
  gboolean along[PLOT_N_AXES]; /* which axes are panned */
  PlotRect box;

  GtkWidget *frame_button; /* while zoomed */
  GtkWidget *menu;
  GMenu *sections;
  GMenu *curves;         /* a section of it: one item for each legend entry */
  GMenuModel *extra;     /* the owner's section, or NULL */
  GSimpleActionGroup *curve_actions;
};

/* --- app-figure-view.c --- */

/* After any change of what is seen. */
void app_figure_view_changed (AppFigureView *self);

/* --- app-figure-view-range.c: the part that is seen --- */

/* The figure has just taken the place of another (or NULL). */
void app_figure_view_adopt (AppFigureView *self, const PlotFigure *before);

/* As long as nobody has zoomed; with @grow no range gets smaller. */
void app_figure_view_reframe (AppFigureView *self, gboolean grow);

void app_figure_view_frame (AppFigureView *self);
void app_figure_view_go_back (AppFigureView *self);

/* Steps of a zoom that come soon after each other are one for going back. */
void app_figure_view_zoom (AppFigureView *self, double px, double py, double factor_x,
                           double factor_y);

/* Whether a hand is still on it. */
gboolean app_figure_view_is_moving (AppFigureView *self);

/* Shows a range; @before is what going back leads to, NULL while the hand is still on it. */
void app_figure_view_take (AppFigureView *self, const PlotLimits *view, const AppFigureRange *before);
void app_figure_view_restore (AppFigureView *self, const AppFigureRange *range);

gboolean app_figure_view_is_log (AppFigureView *self, PlotAxis axis);
/* Emits "refused" where the axis holds what a log axis cannot show. */
void app_figure_view_set_log (AppFigureView *self, PlotAxis axis, gboolean log);

/* In words, for those who do not see it: what is not as the figure comes; NULL if nothing. Free
 * with g_free(). */
char *app_figure_view_describe_range (AppFigureView *self);

/* --- app-figure-view-curves.c: curves that are hidden --- */

/* Bits for the series of a figure. */
guint64 app_figure_view_hidden_bits (AppFigureView *self, const PlotFigure *figure);

void app_figure_view_toggle_curve (AppFigureView *self, const char *id);
/* Hides all others; where they are hidden already, shows them. */
void app_figure_view_show_alone (AppFigureView *self, const char *id);
void app_figure_view_show_all (AppFigureView *self);

/* The menu's items for this figure. */
void app_figure_view_update_curves (AppFigureView *self);

/* --- app-figure-view-keys.c: actions, keys, menu --- */
void app_figure_view_install_keys (GtkWidgetClass *widget_class);
void app_figure_view_update_actions (AppFigureView *self);
void app_figure_view_set_menu_model (AppFigureView *self, GMenuModel *extra);
void app_figure_view_show_menu (AppFigureView *self, double x, double y);

/* --- app-figure-view-point.c: pointing with keys --- */

/* Where there is no cursor: so many points along the curve that is pointed at, or to the next curve above (dy -1)
 * or below; in an image so many cells to the right and down. One of the two is 0. FALSE: there is nothing. */
gboolean app_figure_view_point (AppFigureView *self, int dx, int dy);

/* --- app-figure-view-input.c: the pointer --- */
void app_figure_view_install_input (GtkWidgetClass *widget_class);
void app_figure_view_emit_picked (AppFigureView *self, double x);
void app_figure_view_emit_moved (AppFigureView *self, const char *handle, double x, double y);
void app_figure_view_emit_refused (AppFigureView *self, const char *reason);
/* The index of what is there; -1: nothing of the kind. */
int app_figure_view_panel_at (AppFigureView *self, double x, double y);
int app_figure_view_axis_at (AppFigureView *self, double x, double y);
int app_figure_view_entry_at (AppFigureView *self, double x, double y);
int app_figure_view_handle_at (AppFigureView *self, double x, double y);
void app_figure_view_hover_at (AppFigureView *self, double x, double y);
void app_figure_view_hover_nothing (AppFigureView *self);
/* As if the pointer were there, until it is moved. */
void app_figure_view_point_at (AppFigureView *self, const PlotHit *hit);
/* Ends that; FALSE: nothing is pointed at with keys. */
gboolean app_figure_view_stop_pointing (AppFigureView *self);
/* Forgets the point under the pointer. */
void app_figure_view_unhover (AppFigureView *self);

/* --- app-figure-view-drag.c: drags, wheel and pinch --- */
void app_figure_view_install_drag (GtkWidgetClass *widget_class);
/* FALSE: there was no drag. */
gboolean app_figure_view_cancel_drag (AppFigureView *self);
/* Emits "moved". */
void app_figure_view_move_handle (AppFigureView *self, const PlotHandle *handle, double dx, double dy);
/* The handle that stands out: the one dragged, or the one under the pointer; -1: none. */
int app_figure_view_shown_handle (AppFigureView *self);
const char *app_figure_view_handle_cursor (const PlotHandle *handle, gboolean grabbed);

/* --- app-figure-view-draw.c: the picture --- */
const PlotTheme *app_figure_view_get_theme (AppFigureView *self);
PlotLimits app_figure_view_get_screen_view (AppFigureView *self);

/* Of the figure as it is shown now; NULL where there is none. */
const PlotLayout *app_figure_view_get_layout (AppFigureView *self);

/* The pointer has moved: once it is off the legend, that need not keep its place. */
void app_figure_view_release_legend (AppFigureView *self);

/* Of the same figure and view, so that legend and labels find their best places. */
void app_figure_view_lay_out_anew (AppFigureView *self);
void app_figure_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

G_END_DECLS
