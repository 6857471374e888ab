#pragma once

#include "app-figure-view.h"
#include "app-overlay.h"

G_BEGIN_DECLS

struct _AppFigureView
{
  GtkWidget parent_instance;

  PlotFigure *figure;
  gboolean dark;
  gboolean dimmed;
  gboolean held;
  double cursor;
  double linked;
  AppReadout *readout; /* or NULL */
  char *axis_name;

  PlotView view;       /* the ranges; valid where there is a figure */
  PlotLayout *layout;  /* of the texture */
  GdkTexture *texture; /* NULL: to be rendered */

  PlotHit hover;
  double hovered; /* as last said; NaN: nothing */
  PlotWindowPart part;    /* under the pointer */
  PlotWindowPart pressed; /* where the button went down */
  PlotWindowPart grabbed; /* under a drag, which began so: */
  double grab_x;
  double grab_lo, grab_hi;

  GtkWidget *menu;
};

/* Of the figure as it is shown now; NULL where there is none. */
const PlotLayout *app_figure_view_get_layout (AppFigureView *self);

/* Pointer and keys: signals, actions, template callbacks. */
void app_figure_view_install_input (GtkWidgetClass *widget_class);

G_END_DECLS
