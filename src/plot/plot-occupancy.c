#include "plot-occupancy-private.h"

#include <math.h>

#define CELL 6.0 /* pixels */
#define LINE 1.0 /* what weighs more is something that people read: bands and the dotted lines of
                  * markers are not */

void
plot_occupancy_init (PlotOccupancy *self, PlotRect frame)
{
  self->frame = frame;
  self->columns = (int) CLAMP (ceil ((frame.right - frame.left) / CELL), 1, 2000);
  self->rows = (int) CLAMP (ceil ((frame.bottom - frame.top) / CELL), 1, 2000);
  self->weight = g_new0 (float, self->columns * self->rows);
  self->sum = g_new0 (double, (self->columns + 1) * (self->rows + 1));
  self->lines = g_new0 (double, (self->columns + 1) * (self->rows + 1));
}

void
plot_occupancy_clear (PlotOccupancy *self)
{
  g_clear_pointer (&self->weight, g_free);
  g_clear_pointer (&self->sum, g_free);
  g_clear_pointer (&self->lines, g_free);
}

static double
column_of (const PlotOccupancy *self, double x)
{
  double width = self->frame.right - self->frame.left;

  return width > 0 ? (x - self->frame.left) / width * self->columns : 0;
}

static double
row_of (const PlotOccupancy *self, double y)
{
  double height = self->frame.bottom - self->frame.top;

  return height > 0 ? (y - self->frame.top) / height * self->rows : 0;
}

static void
mark (PlotOccupancy *self, int column, int row, float weight)
{
  float *cell;

  if (column < 0 || column >= self->columns || row < 0 || row >= self->rows)
    return;
  cell = &self->weight[row * self->columns + column];
  *cell = MAX (*cell, weight);
}

void
plot_occupancy_add_line (PlotOccupancy *self, const GArray *path, float weight)
{
  for (guint i = 1; i < path->len; i++)
    {
      PlotPoint a = g_array_index (path, PlotPoint, i - 1), b = g_array_index (path, PlotPoint, i);
      int steps;

      if (isnan (a.x) || isnan (b.x) || !plot_path_clip (self->frame, &a, &b))
        continue;
      steps = 1 + (int) (2 * MAX (fabs (b.x - a.x), fabs (b.y - a.y)) / CELL);
      for (int s = 0; s <= steps; s++)
        mark (self, (int) column_of (self, a.x + (b.x - a.x) * s / steps),
              (int) row_of (self, a.y + (b.y - a.y) * s / steps), weight);
    }
}

/* Widens each column's extent by where an edge of a polygon crosses its middle. */
static void
cross_columns (const PlotOccupancy *self, PlotPoint a, PlotPoint b, double *low, double *high)
{
  double from = column_of (self, MIN (a.x, b.x)) - 0.5, to = column_of (self, MAX (a.x, b.x)) - 0.5;
  double slope = from < to ? (b.y - a.y) / (b.x - a.x) : 0;

  for (int column = (int) MAX (0, ceil (from)); column <= to && column < self->columns; column++)
    {
      double x = self->frame.left
                 + (column + 0.5) * (self->frame.right - self->frame.left) / self->columns;
      double y = a.y + slope * (x - a.x);

      low[column] = MIN (low[column], y);
      high[column] = MAX (high[column], y);
    }
}

static void
add_polygon (PlotOccupancy *self, const PlotPoint *polygon, guint n, float weight)
{
  g_autofree double *low = g_new (double, 2 * self->columns);
  double *high = low + self->columns;

  for (int column = 0; column < self->columns; column++)
    low[column] = INFINITY, high[column] = -INFINITY;
  for (guint i = 0; i < n; i++)
    cross_columns (self, polygon[(i + n - 1) % n], polygon[i], low, high);
  for (int column = 0; column < self->columns; column++)
    for (double row = floor (row_of (self, low[column])); row <= row_of (self, high[column]); row++)
      mark (self, column, (int) row, weight);
}

void
plot_occupancy_add_band (PlotOccupancy *self, const GArray *band, float weight)
{
  const PlotPoint *points = (const PlotPoint *) (gpointer) band->data;
  guint start = 0;

  for (guint i = 0; i < band->len; i++)
    if (isnan (points[i].x))
      {
        add_polygon (self, points + start, i - start, weight);
        start = i + 1;
      }
}

void
plot_occupancy_add_rect (PlotOccupancy *self, PlotRect rect, float weight)
{
  for (double row = floor (row_of (self, rect.top)); row < row_of (self, rect.bottom); row++)
    for (double column = floor (column_of (self, rect.left)); column < column_of (self, rect.right);
         column++)
      mark (self, (int) column, (int) row, weight);
}

static void
add_cell (const PlotOccupancy *self, double *sum, int row, int column, double here)
{
  int stride = self->columns + 1;

  sum[(row + 1) * stride + column + 1] = here + sum[row * stride + column + 1]
                                         + sum[(row + 1) * stride + column]
                                         - sum[row * stride + column];
}

void
plot_occupancy_sum (PlotOccupancy *self)
{
  for (int row = 0; row < self->rows; row++)
    for (int column = 0; column < self->columns; column++)
      {
        float weight = self->weight[row * self->columns + column];

        add_cell (self, self->sum, row, column, weight);
        add_cell (self, self->lines, row, column, weight > LINE ? 1 : 0);
      }
}

/* The sum over the cells of a rectangle, and how many there are. */
static double
sum_under (const PlotOccupancy *self, const double *sum, PlotRect rect, int *cells)
{
  int stride = self->columns + 1;
  int left = CLAMP ((int) floor (column_of (self, rect.left)), 0, self->columns);
  int right = CLAMP ((int) ceil (column_of (self, rect.right)), left, self->columns);
  int top = CLAMP ((int) floor (row_of (self, rect.top)), 0, self->rows);
  int bottom = CLAMP ((int) ceil (row_of (self, rect.bottom)), top, self->rows);

  *cells = (right - left) * (bottom - top);
  return sum[bottom * stride + right] - sum[top * stride + right] - sum[bottom * stride + left]
         + sum[top * stride + left];
}

double
plot_occupancy_under (const PlotOccupancy *self, PlotRect rect)
{
  int cells;
  double sum = sum_under (self, self->sum, rect, &cells);

  return sum / MAX (1, cells);
}

double
plot_occupancy_lines_under (const PlotOccupancy *self, PlotRect rect)
{
  int cells;

  return sum_under (self, self->lines, rect, &cells);
}
