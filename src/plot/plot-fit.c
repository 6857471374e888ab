#include "plot-figure-private.h"

#include <math.h>
#include <stdlib.h>

/* A range of coordinates (after PlotScale.forward), empty while lo > hi. */
typedef struct
{
  double lo, hi;
} Range;

static const Range empty_range = { INFINITY, -INFINITY };

static void
range_add (Range *self, double u)
{
  if (!isfinite (u))
    return;
  self->lo = MIN (self->lo, u);
  self->hi = MAX (self->hi, u);
}

static void
range_unite (Range *self, Range other)
{
  self->lo = MIN (self->lo, other.lo);
  self->hi = MAX (self->hi, other.hi);
}

static gboolean
range_is_empty (Range self)
{
  return !(self.lo <= self.hi);
}

typedef struct
{
  const PlotFigure *figure;
  const PlotScale *scale;
  guint64 hidden;
} Fit;

/* A point beyond the reach in x is not seen and decides nothing. */
static gboolean
in_reach (const Fit *fit, double x)
{
  PlotSpan reach = fit->figure->reach[PLOT_X];

  return !plot_span_is_set (reach) || (x >= reach.lo && x <= reach.hi);
}

static Range
values_range (const Fit *fit, const PlotSeries *series, const double *values)
{
  Range range = empty_range;

  for (guint i = 0; i < series->n && values != NULL; i++)
    if (in_reach (fit, series->x[i]))
      range_add (&range, fit->scale->forward (values[i]));
  return range;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The coordinate below which nine tenths of a line lie: a narrow spike above it is no reason to
 * squash everything else. */
static double
upper_decile (const Fit *fit, const PlotSeries *series)
{
  g_autofree double *u = g_new (double, MAX (1, series->n));
  guint n = 0;

  for (guint i = 0; i < series->n; i++)
    {
      u[n] = fit->scale->forward (series->y[i]);
      n += isfinite (u[n]) && in_reach (fit, series->x[i]) ? 1 : 0;
    }
  qsort (u, n, sizeof *u, compare_doubles);
  return n > 0 ? u[(n - 1) * 9 / 10] : -INFINITY;
}

/* What a line may add to the range that decides: a decade, or its span on a linear axis. */
static double
margin (Range deciding, const PlotScale *scale)
{
  return scale == &plot_scale_log ? 1 : deciding.hi - deciding.lo;
}

typedef gboolean (*Choice) (const PlotSeries *series);

static gboolean
is_simulated (const PlotSeries *series)
{
  return plot_style_is_simulated (series->style);
}

static gboolean
is_deciding (const PlotSeries *series)
{
  return plot_style_decides (series->style);
}

static gboolean
is_any (const PlotSeries *series)
{
  return TRUE;
}

static Range
lines_range (const Fit *fit, Choice choice)
{
  Range range = empty_range;

  for (guint i = 0; i < fit->figure->series->len; i++)
    {
      const PlotSeries *series = plot_figure_get_series (fit->figure, i);

      if (choice (series) && !plot_figure_hides (fit->figure, fit->hidden, i))
        range_unite (&range, values_range (fit, series, series->y));
    }
  return range;
}

/* Widens the range of the simulated lines by the others, each as far as its kind may. */
static Range
widen_by_lines (const Fit *fit, Range range)
{
  Range primary = range;
  double more = margin (primary, fit->scale);

  for (guint i = 0; i < fit->figure->series->len; i++)
    {
      const PlotSeries *series = plot_figure_get_series (fit->figure, i);
      Range own = values_range (fit, series, series->y);

      if (range_is_empty (own) || plot_figure_hides (fit->figure, fit->hidden, i))
        continue;
      if (own.hi > primary.hi + more)
        own.hi = MAX (primary.hi + more, upper_decile (fit, series));
      range.hi = MAX (range.hi, own.hi);
      if (plot_style_decides (series->style))
        range.lo = MIN (range.lo, own.lo);
    }
  return range;
}

static Range
widen_below (const Fit *fit, Range range)
{
  double least = range.lo - margin (range, fit->scale);
  Range all = lines_range (fit, is_any);

  range.lo = MIN (range.lo, MAX (least, all.lo));
  return range;
}

/* Bands are seen whole above, unless they reach more than a decade and a half, or one and a half times
 * the span, beyond the lines; below a third of that is enough. */
static Range
widen_by_bands (const Fit *fit, Range lines)
{
  Range range = lines;
  double above = 1.5 * margin (lines, fit->scale), below = above / 3;

  for (guint i = 0; i < fit->figure->series->len; i++)
    {
      const PlotSeries *series = plot_figure_get_series (fit->figure, i);
      Range low = values_range (fit, series, series->low);
      Range high = values_range (fit, series, series->high);

      if (series->low == NULL || plot_figure_hides (fit->figure, fit->hidden, i))
        continue;
      range.hi = MAX (range.hi, MIN (high.hi, lines.hi + above));
      if (is_simulated (series) || !plot_style_decides (series->style))
        range.lo = MIN (range.lo, MAX (low.lo, lines.lo - (is_simulated (series) ? below : 0)));
    }
  return range;
}

/* The lines that decide; all of them where none does. */
static Range
deciding_lines (const Fit *fit)
{
  Range range = lines_range (fit, is_simulated);

  if (range_is_empty (range))
    range = lines_range (fit, is_deciding);
  if (range_is_empty (range))
    return lines_range (fit, is_any);
  return widen_by_lines (fit, range);
}

static Range
fit_y (const Fit *fit)
{
  Range lines = deciding_lines (fit), range;

  if (range_is_empty (lines))
    return lines;
  range = widen_by_bands (fit, widen_below (fit, lines));
  if (fit->scale == &plot_scale_log)
    range.lo = MAX (range.lo, lines.hi + log10 (PLOT_FLOOR));
  return range;
}

static Range
fit_x (const Fit *fit)
{
  Range range = empty_range;

  for (guint i = 0; i < fit->figure->series->len; i++)
    {
      const PlotSeries *series = plot_figure_get_series (fit->figure, i);

      for (guint k = 0; k < series->n && !plot_figure_hides (fit->figure, fit->hidden, i); k++)
        if (isfinite (series->y[k]))
          range_add (&range, fit->scale->forward (series->x[k]));
    }
  return range;
}

/* Empty where none is asked for, or none that this scale can show. */
static Range
reach_range (PlotSpan reach, const PlotScale *scale)
{
  double lo = scale->forward (reach.lo), hi = scale->forward (reach.hi);

  return plot_span_is_set (reach) && isfinite (lo) && isfinite (hi) ? (Range){ lo, hi }
                                                                    : empty_range;
}

/* Air around the data; a quantity that starts near zero starts at zero on a linear axis. */
static Range
pad (Range range, PlotAxis axis, const PlotScale *scale)
{
  double centre = (range.lo + range.hi) / 2;
  double least = scale == &plot_scale_log ? 0.02 : MAX (1e-3 * fabs (centre), 1e-300);
  double span = MAX (range.hi - range.lo, least);
  double air = span * (axis == PLOT_X ? 0.02 : 0.05);
  gboolean from_zero = scale == &plot_scale_linear && axis == PLOT_Y && range.lo >= 0
                       && range.lo < 0.35 * range.hi;

  if (!(range.hi - range.lo > 0))
    air = scale == &plot_scale_log ? 0.3 : centre != 0 ? fabs (centre) / 2 : 1;
  if (from_zero)
    return (Range){ range.lo < 0.005 * range.hi ? -0.02 * range.hi : 0, range.hi * 1.05 };
  return (Range){ centre - span / 2 - air, centre + span / 2 + air };
}

void
plot_fit (const PlotFigure *self, PlotAxis axis, const PlotScale *scale, guint64 hidden, double *lo,
          double *hi)
{
  Fit fit = { self, scale, hidden };
  Range range = reach_range (self->reach[axis], scale);

  if (range_is_empty (range))
    range = axis == PLOT_X ? fit_x (&fit) : fit_y (&fit);
  if (range_is_empty (range))
    {
      *lo = scale == &plot_scale_log ? 1 : 0;
      *hi = scale == &plot_scale_log ? 10 : 1;
      return;
    }
  range = pad (range, axis, scale);
  *lo = scale->inverse (range.lo);
  *hi = scale->inverse (range.hi);
  if (scale == &plot_scale_log)
    *lo = MAX (*lo, nextafter (0, 1));
  if (!(*lo < *hi) || !isfinite (*lo) || !isfinite (*hi) || !isfinite (scale->forward (*lo)))
    {
      /* values at the edge of what a double holds */
      *lo = scale == &plot_scale_log ? 1e-300 : -1e300;
      *hi = 1e300;
    }
}

double
plot_fit_floor (const PlotFigure *self, PlotAxis axis, const PlotScale *scale, guint64 hidden)
{
  Fit fit = { self, scale, hidden };
  Range lines;

  if (axis != PLOT_Y || scale != &plot_scale_log)
    return 0;
  lines = deciding_lines (&fit);
  return range_is_empty (lines) ? 0 : scale->inverse (lines.hi) * PLOT_FLOOR;
}

void
plot_figure_fit (const PlotFigure *self, PlotAxis axis, double *lo, double *hi)
{
  g_return_if_fail (self != NULL && axis < PLOT_N_AXES);

  plot_fit (self, axis, self->axes[axis].scale, 0, lo, hi);
}

void
plot_view_init (PlotView *self, const PlotFigure *figure)
{
  g_return_if_fail (self != NULL && figure != NULL);

  *self = (PlotView){ .type_scale = 1 };
  plot_view_fit (self, figure);
}

void
plot_view_fit (PlotView *self, const PlotFigure *figure)
{
  g_return_if_fail (self != NULL && figure != NULL);

  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      if (self->scale[axis] == NULL)
        self->scale[axis] = figure->axes[axis].scale;
      plot_fit (figure, axis, self->scale[axis], self->hidden, &self->lo[axis], &self->hi[axis]);
    }
}
