#pragma once

#include "plot-render.h"

G_BEGIN_DECLS

/* Values on a log axis end here, relative to the largest: below it is rounding. */
#define PLOT_FLOOR 1e-12

typedef struct
{
  char *label;
  const PlotScale *scale;
} PlotFigureAxis;

typedef struct
{
  char *key;
  char *value;
} PlotEntry;

typedef struct _PlotItemType PlotItemType;

/* What is drawn in a figure: a series, a marker, an image. */
typedef struct
{
  const PlotItemType *type;
  guint index, nth; /* among all items, and among those of its type */
  int panel;        /* -1: in every one */
  PlotClaim claim;
  const char *id; /* a curve of this id hides it too */
  guint first_curve, n_curves;
  gpointer data; /* its own: PlotSeries, PlotMarker, ... */
} PlotItem;

/* A range that was asked for; none while lo = hi. */
typedef struct
{
  double lo, hi;
} PlotSpan;

struct _PlotFigure
{
  char *title;
  char *description;
  PlotFigureAxis axes[PLOT_N_AXES];
  char *top_label; /* of the second x axis; NULL: none */
  GArray *top_x;   /* double; log of x and of the value there */
  GArray *top_value;
  guint n_panels;
  char *panel_titles[PLOT_MAX_PANELS]; /* NULL: none */
  PlotSpan reach[PLOT_N_AXES];
  gboolean square, equal, downwards;
  GPtrArray *items;   /* PlotItem, in the order added */
  GPtrArray *series;  /* PlotSeries of the items, in the same order */
  GArray *curves;     /* PlotCurve, whose texts are the items' own */
  GArray *leaders;    /* guint: the curve in whose legend entry each is, itself if it has its own */
  GPtrArray *notes;   /* char * */
  GArray *metadata;   /* PlotEntry, in the order set */
};

/* What cannot stand in an XML document is replaced, in every format alike. */
char *plot_clean_text (const char *text);

/* Ranges on given scales, without the curves whose bit is set in `hidden`. */
void plot_frame_range (const PlotFigure *self, PlotAxis axis, const PlotScale *scale, guint64 hidden,
               double *lo, double *hi);

/* The value at which smaller ones are drawn; 0 where the axis has no floor. */
double plot_frame_floor (const PlotFigure *self, PlotAxis axis, const PlotScale *scale,
                       guint64 hidden);

/* Whether a curve, or what is named after one, is hidden by these bits. */
gboolean plot_figure_hides (const PlotFigure *self, guint64 hidden, guint curve);
gboolean plot_figure_hides_id (const PlotFigure *self, guint64 hidden, const char *id);

static inline gboolean
plot_span_is_set (PlotSpan span)
{
  return span.lo < span.hi;
}

static inline gboolean
plot_style_is_pin (PlotStyle style)
{
  return style >= PLOT_STYLE_PIN_1 && style <= PLOT_STYLE_PIN_20;
}

/* Thin lines of a decomposition. */
static inline gboolean
plot_style_is_accent (PlotStyle style)
{
  return (style >= PLOT_STYLE_ACCENT_1 && style <= PLOT_STYLE_ACCENT_5) || style == PLOT_STYLE_ACCENT_6
         || style == PLOT_STYLE_ACCENT_7;
}

G_END_DECLS
