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

struct _PlotFigure
{
  char *title;
  char *description;
  PlotFigureAxis axes[PLOT_N_AXES];
  char *top_label; /* of the second x axis; NULL: none */
  GArray *top_x;   /* double; log of x and of the value there */
  GArray *top_value;
  GPtrArray *series;  /* PlotSeries, one block each */
  GPtrArray *markers; /* PlotMarker, one block each */
  GPtrArray *notes;   /* char * */
  GArray *metadata;   /* PlotEntry, in the order set */
};

/* Ranges on given scales, without the series whose bit is set in `hidden`. */
void plot_fit (const PlotFigure *self, PlotAxis axis, const PlotScale *scale, guint64 hidden,
               double *lo, double *hi);

/* The value at which smaller ones are drawn; 0 where the axis has no floor. */
double plot_fit_floor (const PlotFigure *self, PlotAxis axis, const PlotScale *scale,
                       guint64 hidden);

static inline gboolean
plot_hides (guint64 hidden, guint series)
{
  return series < 64 && (hidden >> series & 1) != 0;
}

G_END_DECLS
