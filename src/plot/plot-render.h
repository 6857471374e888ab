#pragma once

#include <cairo.h>

#include "plot-theme.h"

G_BEGIN_DECLS

typedef struct _PlotLayout PlotLayout;

/* Which part of the figure is looked at, at which scale of type. */
typedef struct
{
  double lo[PLOT_N_AXES], hi[PLOT_N_AXES];
  const PlotScale *scale[PLOT_N_AXES]; /* NULL: the figure's own */
  double type_scale;                   /* 1; larger for a lecture hall */
  gboolean dimmed;                     /* the curve of older parameters, while new ones are computed */
  guint64 hidden;                      /* bit i: curve i is not drawn, nor are those that share its
                                        * legend entry, which is struck where there are handles */
  gboolean handles;                    /* handles have grips, and hidden curves have entries in the
                                        * legend: on screens, not in files */

  /* While a hand moves the view: the layout before, or NULL. The legend and all labels keep the
   * places they have there and the margins do not shrink, so that nothing jumps. Read while a
   * layout is made and not kept (NULL in PlotLayout.view); of no effect at another size. */
  const PlotLayout *like;
} PlotLimits;

/* The view that shows all of the figure. */
void plot_limits_init (PlotLimits *self, const PlotFigure *figure);
/* Sets the ranges anew, on the view's own scales and for the curves it does not hide. */
void plot_limits_frame (PlotLimits *self, const PlotFigure *figure);

typedef struct
{
  double left, top, right, bottom;
} PlotRect;

/* Where things are: pure function of the arguments; serves drawing, hit testing and read-outs.
 * Keeps the figure; the theme must outlive it. */
struct _PlotLayout
{
  double width, height;
  double left, top, right, bottom;                  /* around all frames, pixels */
  guint n_panels;
  PlotRect frames[PLOT_MAX_PANELS];                 /* pixels, from left to right */
  double legend_x, legend_y, legend_width, legend_height; /* width 0: no legend */
  GArray *ticks[PLOT_N_AXES];                       /* PlotTick, ascending */
  PlotLimits view;
};

PlotLayout *plot_layout_new (const PlotFigure *figure, const PlotTheme *theme, const PlotLimits *view,
                             double width, double height);
void plot_layout_free (PlotLayout *self);

/* What of the figure has no room at this size and is left out or cut short: "the legend, the notes"
 * (translated; free with g_free()); NULL: nothing. */
char *plot_layout_left_out (const PlotLayout *self);

/* Data to pixels and back along one axis of a panel. */
double plot_layout_to_pixel (const PlotLayout *self, guint panel, PlotAxis axis, double value);
double plot_layout_to_data (const PlotLayout *self, guint panel, PlotAxis axis, double pixel);

/* The y at which a point of a series is drawn: its own, or where it is stacked its upper edge. */
double plot_layout_height_of (const PlotLayout *self, guint series, guint point);

/* The panel whose frame is at a pixel, or -1. */
int plot_layout_panel_at (const PlotLayout *self, double px, double py);

typedef struct
{
  int series;   /* -1: no point near */
  guint point;  /* of the series, or the cell of the image */
  double x, y;  /* pixels */
  guint panel;
  const PlotImage *image; /* of the figure: no point is near, but the pixel is on this; or NULL */
} PlotHit;

/* The drawn point nearest to a pixel, at most `radius` away; else the cell that it is on, by its
 * middle. */
PlotHit plot_layout_hit (const PlotLayout *self, const PlotFigure *figure, double px, double py,
                         double radius);

/* The curve whose legend entry is at a pixel, or -1. All of a legend inside of a frame belongs to its
 * entries, so that no click falls through between them. */
int plot_layout_legend_hit (const PlotLayout *self, double px, double py);

/* The handle that can be taken hold of at a pixel, or -1. */
int plot_layout_handle_hit (const PlotLayout *self, double px, double py);

/* Draws the whole figure, background included, as it was laid out. */
void plot_layout_render (const PlotLayout *self, cairo_t *cr);

/* The same with a layout of its own. Reads nothing but its arguments. `view` NULL: the one that
 * shows all. */
void plot_render (const PlotFigure *figure, const PlotTheme *theme, const PlotLimits *view,
                  cairo_t *cr, double width, double height);

/* Draws above a rendered figure, apart from it so that the figure can be cached: a vertical
 * line at data value x with a dot at (x, y) (y NaN: no dot) and a read-out box of markup lines
 * (NULL: none) that stays inside the frame, near the line and off it, and, wherever there is room, off
 * curves, labels and legend. */
typedef struct
{
  double x, y;
  const char *markup;
  PlotStyle style;
  gboolean dashed;
  int panel; /* -1: line and dot in every panel, the box in the first */
  const double *other; /* x of another line that the box keeps off, or NULL */
  gboolean bare;       /* the box alone, beside all frames where there is room: what it is about stands out by
                        * itself */
} PlotCrosshair;

void plot_render_crosshair (const PlotFigure *figure, const PlotTheme *theme, const PlotLayout *layout,
                            const PlotCrosshair *crosshair, cairo_t *cr);

/* Draws the legend once more, above what was drawn since. */
void plot_render_legend (const PlotLayout *layout, cairo_t *cr);

/* The same for a cell that was hit: it is framed. */
void plot_render_cell (const PlotLayout *layout, const PlotTheme *theme, const PlotHit *hit, cairo_t *cr);

/* The same for the cells k of an image, by its id, that have marked[k]: all others lie under a veil. @scale is
 * how many pixels of the screen are one of the figure. */
void plot_render_cells (const PlotLayout *layout, const PlotTheme *theme, const char *id, const guint8 *marked,
                        int scale, cairo_t *cr);

/* The same for a handle, by its index (-1: none), that the pointer is on: it stands out. */
void plot_render_handle (const PlotLayout *layout, const PlotTheme *theme, int handle, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotLayout, plot_layout_free)

G_END_DECLS
