/* The ranges that show a figure, by what its items say of them. */

#include "plot-item-private.h"

#include <math.h>
#include <stdlib.h>

static const PlotBounds nothing = { INFINITY, -INFINITY };

void
plot_bounds_add (PlotBounds *self, double u)
{
  if (!isfinite (u))
    return;
  self->lo = MIN (self->lo, u);
  self->hi = MAX (self->hi, u);
}

void
plot_bounds_unite (PlotBounds *self, PlotBounds other)
{
  self->lo = MIN (self->lo, other.lo);
  self->hi = MAX (self->hi, other.hi);
}

gboolean
plot_bounds_is_empty (PlotBounds self)
{
  return !(self.lo <= self.hi);
}

gboolean
plot_question_reaches (const PlotQuestion *self, double x)
{
  PlotSpan reach = self->figure->reach[PLOT_X];

  return !plot_span_is_set (reach) || (x >= reach.lo && x <= reach.hi);
}

static void
clear_extent (gpointer data)
{
  g_free (((PlotExtent *) data)->made);
}

/* Whether there is what leads alone. */
static gboolean
is_led_alone (const GArray *extents)
{
  for (guint i = 0; i < extents->len; i++)
    if (g_array_index (extents, PlotExtent, i).leads_alone)
      return TRUE;
  return FALSE;
}

static void
let_areas_lead (GArray *extents)
{
  gboolean any = is_led_alone (extents);

  for (guint i = 0; i < extents->len && any; i++)
    {
      PlotExtent *extent = &g_array_index (extents, PlotExtent, i);

      if (extent->claim == PLOT_CLAIM_LEADS && !extent->leads_alone)
        extent->claim = PLOT_CLAIM_WHOLE;
    }
}

/* What all items that are not hidden answer, an array of PlotExtent. */
static GArray *
ask (const PlotQuestion *question)
{
  GArray *extents = g_array_new (FALSE, FALSE, sizeof (PlotExtent));

  g_array_set_clear_func (extents, clear_extent);
  for (guint i = 0; i < question->figure->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (question->figure->items, i);
      PlotExtent extent = { .claim = item->claim, .whole = nothing, .low = nothing, .high = nothing };

      if (item->claim == PLOT_CLAIM_NONE || item->type->measure == NULL
          || plot_item_is_hidden (question->figure, question->hidden, item))
        continue;
      item->type->measure (item, question, &extent);
      g_array_append_val (extents, extent);
    }
  let_areas_lead (extents);
  return extents;
}

static const PlotExtent *
nth (const GArray *extents, guint i)
{
  return &g_array_index (extents, PlotExtent, i);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The coordinate below which nine tenths of a line lie: a narrow spike above it is no reason to
 * squash everything else. Where no spike may be left out, the highest. */
static double
upper_decile (const PlotExtent *extent, const PlotQuestion *question)
{
  g_autofree double *u = g_new (double, MAX (1, extent->n));
  guint n = 0;

  if (extent->y == NULL)
    return extent->whole.hi;
  for (guint i = 0; i < extent->n; i++)
    {
      u[n] = question->scale->forward (extent->y[i]);
      n += isfinite (u[n]) && plot_question_reaches (question, extent->x[i]) ? 1 : 0;
    }
  qsort (u, n, sizeof *u, compare_doubles);
  return n > 0 ? u[(n - 1) * 9 / 10] : -INFINITY;
}

/* What a line may add to the range that decides: a decade, or its span on a linear axis. */
static double
margin (PlotBounds deciding, const PlotScale *scale)
{
  return scale == &plot_scale_log ? 1 : deciding.hi - deciding.lo;
}

/* The range of all items that claim at least this much. */
static PlotBounds
unite (const GArray *extents, PlotClaim least)
{
  PlotBounds bounds = nothing;

  for (guint i = 0; i < extents->len; i++)
    if (nth (extents, i)->claim <= least)
      plot_bounds_unite (&bounds, nth (extents, i)->whole);
  return bounds;
}

/* Widens the range of the leading lines by the others, each as far as its claim goes. */
static PlotBounds
widen_by_lines (const GArray *extents, const PlotQuestion *question, PlotBounds range)
{
  PlotBounds leading = range;
  double more = margin (leading, question->scale);

  for (guint i = 0; i < extents->len; i++)
    {
      const PlotExtent *extent = nth (extents, i);
      PlotBounds own = extent->whole;

      if (plot_bounds_is_empty (own))
        continue;
      if (own.hi > leading.hi + more)
        own.hi = MAX (leading.hi + more, upper_decile (extent, question));
      range.hi = MAX (range.hi, own.hi);
      if (extent->claim <= PLOT_CLAIM_WHOLE)
        range.lo = MIN (range.lo, own.lo);
    }
  return range;
}

static PlotBounds
widen_below (const GArray *extents, const PlotQuestion *question, PlotBounds range)
{
  double least = range.lo - margin (range, question->scale);

  range.lo = MIN (range.lo, MAX (least, unite (extents, PLOT_CLAIM_NEAR).lo));
  return range;
}

/* Bands are seen whole above, unless they reach more than a decade and a half, or one and a half times
 * the span, beyond the lines; below a third of that is enough. They get no room beside what leads alone. */
static PlotBounds
widen_by_bands (const GArray *extents, const PlotQuestion *question, PlotBounds lines)
{
  PlotBounds range = lines;
  double above = is_led_alone (extents) ? 0 : 1.5 * margin (lines, question->scale), below = above / 3;

  for (guint i = 0; i < extents->len; i++)
    {
      const PlotExtent *extent = nth (extents, i);
      gboolean leads = extent->claim == PLOT_CLAIM_LEADS;

      range.hi = MAX (range.hi, MIN (extent->high.hi, lines.hi + above));
      if (leads || extent->claim == PLOT_CLAIM_NEAR)
        range.lo = MIN (range.lo, MAX (extent->low.lo, lines.lo - (leads ? below : 0)));
    }
  return range;
}

/* The lines that decide; all of them where none does. */
static PlotBounds
deciding_lines (const GArray *extents, const PlotQuestion *question)
{
  PlotBounds range = unite (extents, PLOT_CLAIM_LEADS);

  if (plot_bounds_is_empty (range))
    range = unite (extents, PLOT_CLAIM_WHOLE);
  if (plot_bounds_is_empty (range))
    return unite (extents, PLOT_CLAIM_NEAR);
  return widen_by_lines (extents, question, range);
}

static PlotBounds
frame_y (const GArray *extents, const PlotQuestion *question)
{
  PlotBounds lines = deciding_lines (extents, question), range;

  if (plot_bounds_is_empty (lines))
    return lines;
  range = widen_by_bands (extents, question, widen_below (extents, question, lines));
  if (question->scale == &plot_scale_log)
    range.lo = MAX (range.lo, lines.hi + log10 (PLOT_FLOOR));
  return range;
}

/* The range that was asked for; empty where there is none, or none that this scale can show. */
static PlotBounds
reach_range (PlotSpan reach, const PlotScale *scale)
{
  double lo = scale->forward (reach.lo), hi = scale->forward (reach.hi);

  return plot_span_is_set (reach) && isfinite (lo) && isfinite (hi) ? (PlotBounds){ lo, hi }
                                                                    : nothing;
}

/* Air around the data; a quantity that starts near zero starts at zero on a linear axis. */
static PlotBounds
pad (PlotBounds range, PlotAxis axis, const PlotScale *scale)
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
    return (PlotBounds){ range.lo < 0.005 * range.hi ? -0.02 * range.hi : 0, range.hi * 1.05 };
  return (PlotBounds){ centre - span / 2 - air, centre + span / 2 + air };
}

/* Takes the air away at ends where an item wants none. */
static PlotBounds
tighten (const GArray *extents, PlotBounds range, PlotBounds padded)
{
  for (guint i = 0; i < extents->len; i++)
    {
      const PlotExtent *extent = nth (extents, i);

      if (extent->tight_lo && extent->whole.lo <= range.lo)
        padded.lo = range.lo;
      if (extent->tight_hi && extent->whole.hi >= range.hi)
        padded.hi = range.hi;
    }
  return padded;
}

static PlotBounds
find_range (const PlotQuestion *question, PlotBounds reach)
{
  g_autoptr (GArray) extents = ask (question);
  PlotBounds range = reach;

  if (plot_bounds_is_empty (reach))
    range = question->axis == PLOT_X ? unite (extents, PLOT_CLAIM_NEAR) : frame_y (extents, question);
  if (plot_bounds_is_empty (range))
    return range;
  return tighten (extents, range, pad (range, question->axis, question->scale));
}

void
plot_frame_range (const PlotFigure *self, PlotAxis axis, const PlotScale *scale, guint64 hidden, double *lo,
          double *hi)
{
  PlotBounds range = find_range (&(PlotQuestion){ self, axis, scale, hidden },
                                 reach_range (self->reach[axis], scale));

  if (plot_bounds_is_empty (range))
    {
      *lo = scale == &plot_scale_log ? 1 : 0;
      *hi = scale == &plot_scale_log ? 10 : 1;
      return;
    }
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
plot_frame_floor (const PlotFigure *self, PlotAxis axis, const PlotScale *scale, guint64 hidden)
{
  PlotQuestion question = { self, axis, scale, hidden };
  g_autoptr (GArray) extents = NULL;
  PlotBounds lines;

  if (axis != PLOT_Y || scale != &plot_scale_log)
    return 0;
  extents = ask (&question);
  lines = deciding_lines (extents, &question);
  return plot_bounds_is_empty (lines) ? 0 : scale->inverse (lines.hi) * PLOT_FLOOR;
}

void
plot_figure_frame (const PlotFigure *self, PlotAxis axis, double *lo, double *hi)
{
  g_return_if_fail (self != NULL && axis < PLOT_N_AXES);

  plot_frame_range (self, axis, self->axes[axis].scale, 0, lo, hi);
}

void
plot_limits_init (PlotLimits *self, const PlotFigure *figure)
{
  g_return_if_fail (self != NULL && figure != NULL);

  *self = (PlotLimits){ .type_scale = 1 };
  plot_limits_frame (self, figure);
}

void
plot_limits_frame (PlotLimits *self, const PlotFigure *figure)
{
  g_return_if_fail (self != NULL && figure != NULL);

  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      if (self->scale[axis] == NULL)
        self->scale[axis] = figure->axes[axis].scale;
      plot_frame_range (figure, axis, self->scale[axis], self->hidden, &self->lo[axis], &self->hi[axis]);
    }
}
