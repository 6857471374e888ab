#include "plot-path-private.h"

#include <math.h>

static const PlotPoint gap = { NAN, NAN };

static PlotPoint
map_point (const PlotMap maps[PLOT_N_AXES], double x, double y)
{
  PlotPoint point = { plot_map (&maps[PLOT_X], x), plot_map (&maps[PLOT_Y], y) };

  return isfinite (point.x) && isfinite (point.y) ? point : gap;
}

/* Points of one pixel column, waiting to be thinned. */
typedef struct
{
  PlotPoint first, lowest, highest, last;
  guint n, lowest_at, highest_at;
} Column;

static void
column_flush (Column *self, GArray *path)
{
  gboolean in_order = self->lowest_at <= self->highest_at;

  if (self->n > 0)
    g_array_append_val (path, self->first);
  if (self->n > 2)
    {
      g_array_append_val (path, *(in_order ? &self->lowest : &self->highest));
      g_array_append_val (path, *(in_order ? &self->highest : &self->lowest));
    }
  if (self->n > 1)
    g_array_append_val (path, self->last);
  self->n = 0;
}

static void
column_add (Column *self, PlotPoint point)
{
  if (self->n == 0)
    *self = (Column){ .first = point, .lowest = point, .highest = point };
  if (point.y > self->lowest.y)
    self->lowest = point, self->lowest_at = self->n;
  if (point.y < self->highest.y)
    self->highest = point, self->highest_at = self->n;
  self->last = point;
  self->n++;
}

#define THIN_FROM 600 /* points; shorter lines are drawn as they are */

GArray *
plot_path_line (const PlotMap maps[PLOT_N_AXES], const double *x, const double *y, guint n)
{
  GArray *path = g_array_new (FALSE, FALSE, sizeof (PlotPoint));
  Column column = { 0 };

  for (guint i = 0; i < n; i++)
    {
      PlotPoint point = map_point (maps, x[i], y[i]);

      if (n < THIN_FROM || isnan (point.x)
          || (column.n > 0 && floor (point.x) != floor (column.first.x)))
        column_flush (&column, path);
      if (isnan (point.x))
        g_array_append_val (path, gap);
      else
        column_add (&column, point);
    }
  column_flush (&column, path);
  return path;
}

gboolean
plot_path_clip (PlotRect clip, PlotPoint *a, PlotPoint *b)
{
  double dx = b->x - a->x, dy = b->y - a->y, from = 0, to = 1;
  const double slopes[] = { -dx, dx, -dy, dy };
  const double rooms[] = { a->x - clip.left, clip.right - a->x, a->y - clip.top,
                           clip.bottom - a->y };
  PlotPoint start = *a;

  /* Liang and Barsky: the segment's parameter against the four edges in turn */
  for (int edge = 0; edge < 4; edge++)
    if (slopes[edge] == 0 && rooms[edge] < 0)
      return FALSE;
    else if (slopes[edge] < 0)
      from = MAX (from, rooms[edge] / slopes[edge]);
    else if (slopes[edge] > 0)
      to = MIN (to, rooms[edge] / slopes[edge]);
  if (from > to)
    return FALSE;
  if (to < 1)
    *b = (PlotPoint){ start.x + to * dx, start.y + to * dy };
  if (from > 0)
    *a = (PlotPoint){ start.x + from * dx, start.y + from * dy };
  return TRUE;
}

/* How far a point is inside one edge of the rectangle. */
static double
inside (PlotRect clip, int edge, PlotPoint point)
{
  switch (edge)
    {
    case 0: return point.x - clip.left;
    case 1: return clip.right - point.x;
    case 2: return point.y - clip.top;
    default: return clip.bottom - point.y;
    }
}

/* Sutherland and Hodgman, one edge. */
static GArray *
clip_polygon_edge (GArray *polygon, PlotRect clip, int edge)
{
  GArray *out = g_array_sized_new (FALSE, FALSE, sizeof (PlotPoint), polygon->len + 8);

  for (guint i = 0; i < polygon->len; i++)
    {
      PlotPoint a = g_array_index (polygon, PlotPoint, (i + polygon->len - 1) % polygon->len);
      PlotPoint b = g_array_index (polygon, PlotPoint, i);
      double in_a = inside (clip, edge, a), in_b = inside (clip, edge, b);

      if ((in_a < 0) != (in_b < 0))
        {
          double t = in_a / (in_a - in_b);
          PlotPoint cut = { a.x + t * (b.x - a.x), a.y + t * (b.y - a.y) };
          g_array_append_val (out, cut);
        }
      if (in_b >= 0)
        g_array_append_val (out, b);
    }
  g_array_unref (polygon);
  return out;
}

/* Closes the stretch of points below `upper` and above `lower`. */
static void
add_polygon (GArray *bands, GArray *upper, GArray *lower, PlotRect clip)
{
  GArray *polygon = g_array_new (FALSE, FALSE, sizeof (PlotPoint));

  g_array_append_vals (polygon, upper->data, upper->len);
  for (guint i = lower->len; i-- > 0;)
    g_array_append_val (polygon, g_array_index (lower, PlotPoint, i));
  for (int edge = 0; edge < 4; edge++)
    polygon = clip_polygon_edge (polygon, clip, edge);
  if (polygon->len > 2)
    {
      g_array_append_vals (bands, polygon->data, polygon->len);
      g_array_append_val (bands, gap);
    }
  g_array_unref (polygon);
  g_array_set_size (upper, 0);
  g_array_set_size (lower, 0);
}

/* The edges of one pixel column, waiting to be thinned: the outermost, in its middle. */
typedef struct
{
  PlotPoint top, bottom;
  double first;
  guint n;
} Edges;

static void
edges_flush (Edges *self, GArray *upper, GArray *lower)
{
  if (self->n > 0)
    {
      g_array_append_val (upper, self->top);
      g_array_append_val (lower, self->bottom);
    }
  self->n = 0;
}

static void
edges_add (Edges *self, PlotPoint top, PlotPoint bottom)
{
  if (self->n == 0)
    *self = (Edges){ top, bottom, top.x };
  self->top.y = MIN (self->top.y, top.y);
  self->bottom.y = MAX (self->bottom.y, bottom.y);
  self->top.x = self->bottom.x = (self->first + top.x) / 2;
  self->n++;
}

GArray *
plot_path_band (const PlotMap maps[PLOT_N_AXES], const double *x, const double *low,
                const double *high, guint n, PlotRect clip)
{
  GArray *bands = g_array_new (FALSE, FALSE, sizeof (PlotPoint));
  g_autoptr (GArray) upper = g_array_new (FALSE, FALSE, sizeof (PlotPoint));
  g_autoptr (GArray) lower = g_array_new (FALSE, FALSE, sizeof (PlotPoint));
  Edges edges = { 0 };

  for (guint i = 0; i <= n; i++)
    {
      PlotPoint top = i < n ? map_point (maps, x[i], high[i]) : gap;
      PlotPoint bottom = i < n ? map_point (maps, x[i], low[i]) : gap;
      gboolean missing = isnan (top.x) || isnan (bottom.x);

      if (n < THIN_FROM || missing || floor (top.x) != floor (edges.first))
        edges_flush (&edges, upper, lower);
      if (missing)
        add_polygon (bands, upper, lower, clip);
      else
        edges_add (&edges, top, bottom);
    }
  return bands;
}
