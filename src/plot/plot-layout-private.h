#pragma once

#include "plot-figure-private.h"
#include "plot-occupancy-private.h"
#include "plot-text-private.h"

G_BEGIN_DECLS

typedef struct
{
  PangoLayout *text; /* NULL: not shown */
  double x, y;       /* top left corner */
} PlotText;

typedef struct
{
  guint index; /* of the curve, or which of the markers */
  PangoLayout *text;
  double x, y; /* of the entry's middle left, or of the label's top left corner */
  double width;
  int place;   /* of a marker's label: which of those tried */
} PlotEntryText;

/* The label of a power law or a triangle. */
typedef struct
{
  PangoLayout *text;
  double x, y; /* top left corner */
  guint panel;
  PlotStyle style;
  const PlotItem *item;
  int place; /* which of those tried */
} PlotGuideText;

typedef struct
{
  guint panel;
  guint place; /* which of those tried */
} PlotCorner;

/* The bar that says what colours mean. */
typedef struct
{
  PlotRect rect;
  GArray *ticks; /* PlotTick; NULL: there is no bar */
  PlotText label;
} PlotBar;

/* A layout with all that drawing needs, so that nothing is measured twice. */
typedef struct _PlotScene
{
  PlotLayout layout; /* first: the public part */
  const PlotFigure *figure;
  const PlotTheme *theme;
  const struct _PlotScene *like; /* while this is made: what it is to look like, or NULL */
  double size;                   /* pixels of a tick label */
  PlotMap maps[PLOT_MAX_PANELS][PLOT_N_AXES];
  PangoContext *context;
  GHashTable *tick_texts; /* label -> PangoLayout */
  PlotText title, labels[PLOT_N_AXES], notes;
  PlotText panel_titles[PLOT_MAX_PANELS];
  PlotText top_label; /* of the second x axis; its text alone is used */
  GArray *top_ticks;  /* PlotTick, or NULL */
  PlotBar bar;
  double shift; /* of frames and all beside them, where they are narrower than the sheet */
  GArray *markers;                  /* PlotEntryText */
  GArray *guides;                   /* PlotGuideText */
  GArray *legend;                   /* PlotEntryText */
  double legend_row, legend_sample; /* height of an entry, length of its line sample */
  gconstpointer legend_metrics;     /* what its entries were measured by */
  gboolean legend_inside;
  gboolean legend_over; /* it lies on a curve, which shows through */
  gboolean legend_omitted;          /* there was no room for it */
  PlotCorner legend_corner; /* where it is inside of a frame */
  gpointer *traces;                 /* what each item's type knows of where it is drawn, or NULL */
  guint n_traces;
  PlotOccupancy occupancies[PLOT_MAX_PANELS];
} PlotScene;

/* Of a panel, for both axes: frames differ by their place alone. */
static inline const PlotMap *
plot_scene_maps (const PlotScene *self, guint panel)
{
  return self->maps[panel];
}

PlotScene *plot_scene_new (const PlotFigure *figure, const PlotTheme *theme, const PlotLimits *view,
                           double width, double height);

/* Around the picture, in units of the tick labels' type size. */
#define PLOT_PAD 1.1

/* The texts; the frame and its ticks, with `reserved` pixels kept free between title and frame; then
 * where the texts go. */
void plot_scene_make_texts (PlotScene *self);
void plot_scene_set_frame (PlotScene *self, double reserved);
void plot_scene_place_texts (PlotScene *self);

PangoLayout *plot_scene_tick_text (PlotScene *self, const char *label);

/* Height of the panels' own titles, 0 without. */
double plot_scene_panel_row (const PlotScene *self);

/* The row of numbers above the frame: 0 without a second x axis; its ticks, once the frame is set. */
double plot_scene_top_row (const PlotScene *self);
void plot_scene_locate_top (PlotScene *self);
double plot_scene_top_pixel (const PlotScene *self, guint panel, double value);

/* The bar of colours: how much room it takes right of frames of this height, 0 where there is none; its
 * place, once these have theirs. */
double plot_colorbar_measure (PlotScene *self, double height);
void plot_colorbar_place (PlotScene *self);
void plot_colorbar_clear (PlotScene *self);
gboolean plot_colorbar_is_left_out (const PlotScene *self);

void plot_guides_clear (PlotScene *self);
/* Where the labels in a panel are, of power laws and triangles and of all markers: the next one from *at
 * on, which begins at 0; FALSE: there is none. */
gboolean plot_scene_next_label (const PlotScene *self, guint panel, guint *at, PlotRect *rect);
/* Whether one of a power law or a triangle is under a rectangle. */
gboolean plot_guide_is_under (const PlotScene *self, guint panel, PlotRect rect);
/* Whether something that is taken hold of is, where such things are drawn. */
gboolean plot_grip_is_under (const PlotScene *self, guint panel, PlotRect rect);
void plot_scene_clear_traces (PlotScene *self);

void plot_entries_clear (GArray *entries);

/* Puts the legend inside the frame, if it is small enough and a place is free enough there; else in
 * columns between (x, y) and x + width, whose height, at most `room`, the frame must leave free; 0
 * where it cannot be read there: then it is left out. Long entries are ellipsized. */
gboolean plot_legend_may_be_inside (PlotScene *self);
gboolean plot_legend_place_inside (PlotScene *self);
double plot_legend_columns_height (PlotScene *self, double width, double room);
void plot_legend_omit (PlotScene *self);
void plot_legend_place_columns (PlotScene *self, double x, double y, double width);

G_END_DECLS
