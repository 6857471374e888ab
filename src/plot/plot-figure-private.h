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
  PlotSpan window;                     /* in x */
  PlotSpan reach[PLOT_N_AXES];
  GPtrArray *series;  /* PlotSeries, one block each */
  GArray *leaders;    /* guint: the series in whose legend entry it is, itself if it has its own */
  GPtrArray *markers; /* PlotMarker, one block each */
  GPtrArray *lines;   /* PlotLine, one block each */
  GPtrArray *triangles; /* PlotTriangle, one block each */
  GPtrArray *notes;     /* char * */
  GArray *metadata;     /* PlotEntry, in the order set */
};

/* What cannot stand in an XML document is replaced, in every format alike. */
char *plot_clean_text (const char *text);

/* Ranges on given scales, without the series whose bit is set in `hidden`. */
void plot_fit (const PlotFigure *self, PlotAxis axis, const PlotScale *scale, guint64 hidden,
               double *lo, double *hi);

/* The value at which smaller ones are drawn; 0 where the axis has no floor. */
double plot_fit_floor (const PlotFigure *self, PlotAxis axis, const PlotScale *scale,
                       guint64 hidden);

/* Whether a series, or what is named after one, is hidden by these bits. */
gboolean plot_figure_hides (const PlotFigure *self, guint64 hidden, guint series);
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

/* Curves that were simulated, and those that say what the range in y must show. */
static inline gboolean
plot_style_is_simulated (PlotStyle style)
{
  return style == PLOT_STYLE_PRIMARY || style == PLOT_STYLE_CONTRAST || plot_style_is_pin (style);
}

static inline gboolean
plot_style_decides (PlotStyle style)
{
  return plot_style_is_simulated (style) || style == PLOT_STYLE_THEORY || style == PLOT_STYLE_LIMIT
         || style == PLOT_STYLE_PRIMARY_THEORY || style == PLOT_STYLE_CONTRAST_THEORY;
}

G_END_DECLS
