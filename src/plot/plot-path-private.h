#pragma once

#include "plot-render.h"

G_BEGIN_DECLS

typedef struct
{
  double x, y;
} PlotPoint;

/* What maps data to pixels along one axis, made once for many points. */
typedef struct
{
  const PlotScale *scale;
  double origin, gain, base; /* pixel = origin + gain * (forward (value) - base) */
  double floor;              /* smaller values are drawn here; 0: none */
} PlotMap;

static inline double
plot_map (const PlotMap *map, double value)
{
  if (value >= 0 && value < map->floor)
    value = map->floor;
  return map->origin + map->gain * (map->scale->forward (value) - map->base);
}

static inline gboolean
plot_rect_has (PlotRect rect, double x, double y, double margin)
{
  return x >= rect.left - margin && x <= rect.right + margin && y >= rect.top - margin
         && y <= rect.bottom + margin;
}

static inline gboolean
plot_rect_contains (PlotRect rect, PlotRect inner)
{
  return plot_rect_has (rect, inner.left, inner.top, 0)
         && plot_rect_has (rect, inner.right, inner.bottom, 0);
}

static inline gboolean
plot_rect_meets (PlotRect a, PlotRect b)
{
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

static inline PlotRect
plot_rect_grow (PlotRect rect, double by)
{
  return (PlotRect){ rect.left - by, rect.top - by, rect.right + by, rect.bottom + by };
}

/* A line in pixels; NaN ends a stretch. Many points within one pixel column are thinned to
 * first, lowest, highest and last, which look the same. */
GArray *plot_path_line (const PlotMap maps[PLOT_N_AXES], const double *x, const double *y, guint n);

/* Closed polygons around low..high, separated by NaN, cut to the rectangle. */
GArray *plot_path_band (const PlotMap maps[PLOT_N_AXES], const double *x, const double *low,
                        const double *high, guint n, PlotRect clip);

/* Cuts a segment to the rectangle; FALSE if nothing is left. */
gboolean plot_path_clip (PlotRect clip, PlotPoint *a, PlotPoint *b);

G_END_DECLS
