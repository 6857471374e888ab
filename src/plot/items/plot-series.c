/* A line with its marks and its band. */

#include "plot-area-private.h"
#include "plot-series-private.h"

#include <string.h>

static const PlotItem *
find_nth (const PlotFigure *figure, guint nth)
{
  for (guint i = 0; i < figure->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (figure->items, i);

      if (item->type == &plot_series_type && item->nth == nth)
        return item;
    }
  return NULL;
}

const GArray *
plot_series_line (const PlotScene *self, guint nth)
{
  const PlotItem *item = find_nth (self->figure, nth);

  return item != NULL && self->traces[item->index] != NULL
           ? ((const PlotSeriesTrace *) self->traces[item->index])->line
           : NULL;
}

static PlotBounds
bounds_of (const PlotSeries *series, const PlotQuestion *question, const double *values)
{
  PlotBounds bounds = { INFINITY, -INFINITY };

  for (guint i = 0; i < series->n && values != NULL; i++)
    if (plot_question_reaches (question, series->x[i]))
      plot_bounds_add (&bounds, question->scale->forward (values[i]));
  return bounds;
}

static void
measure (const PlotItem *item, const PlotQuestion *question, PlotExtent *extent)
{
  const PlotSeries *series = item->data;

  if (question->axis == PLOT_X)
    {
      for (guint i = 0; i < series->n; i++)
        if (isfinite (series->y[i]))
          plot_bounds_add (&extent->whole, question->scale->forward (series->x[i]));
      return;
    }
  if (plot_series_is_area (series, question->scale))
    {
      plot_area_measure (item, question, extent);
      return;
    }
  extent->whole = bounds_of (series, question, series->y);
  extent->low = bounds_of (series, question, series->low);
  extent->high = bounds_of (series, question, series->high);
  extent->x = series->x;
  extent->y = series->y;
  extent->n = series->n;
}

static gboolean
takes_log (const PlotItem *item, PlotAxis axis, gboolean *any)
{
  const PlotSeries *series = item->data;

  for (guint i = 0; i < series->n; i++)
    {
      double at = axis == PLOT_X ? series->x[i] : series->y[i];

      if (!isfinite (series->y[i]))
        continue;
      if (axis == PLOT_X ? at <= 0 : at < 0)
        return FALSE;
      *any |= at > 0;
    }
  return TRUE;
}

static gboolean
is_below (const PlotItem *item, double floor)
{
  const PlotSeries *series = item->data;

  for (guint i = 0; i < series->n; i++)
    if (series->y[i] >= 0 && series->y[i] < floor)
      return TRUE;
  return FALSE;
}

static void
write_rows (const PlotItem *item, const PlotTable *table)
{
  const PlotSeries *series = item->data;

  for (guint i = 0; i < series->n; i++)
    plot_table_add (table, item, series->id,
                    &(PlotTableRow){ .x = series->x[i],
                                     .y = series->y[i],
                                     .low = series->low != NULL ? series->low[i] : NAN,
                                     .high = series->high != NULL ? series->high[i] : NAN,
                                     .z = NAN,
                                     .count = series->count != NULL ? series->count[i] : -1 });
}

/* --- where it is --- */

double
plot_layout_height_of (const PlotLayout *self, guint series, guint point)
{
  const PlotScene *scene = (const PlotScene *) self;
  const PlotItem *item;
  g_autofree double *stacked = NULL;

  g_return_val_if_fail (self != NULL && series < scene->figure->series->len, NAN);
  item = find_nth (scene->figure, series);
  g_return_val_if_fail (point < ((const PlotSeries *) item->data)->n, NAN);

  return plot_series_edges (scene, item, &stacked).y[point];
}

static gpointer
trace (PlotScene *self, const PlotItem *item)
{
  const PlotSeries *series = item->data;
  const PlotMap *maps = plot_scene_maps (self, series->panel);
  PlotOccupancy *occupancy = &self->occupancies[series->panel];
  g_autofree double *stacked = NULL;
  PlotEdges edges = plot_series_edges (self, item, &stacked);
  PlotSeriesTrace *made = g_new (PlotSeriesTrace, 1);

  made->line = plot_path_line (maps, series->x, edges.y, series->n);
  made->band = plot_path_band (maps, series->x, edges.low, edges.high,
                               edges.low != NULL ? series->n : 0,
                               plot_rect_grow (self->layout.frames[series->panel], 20));
  plot_occupancy_add_line (occupancy, made->line, plot_style_is_accent (series->style) ? 1.5f : 3);
  plot_occupancy_add_band (occupancy, made->band, 0.4f);
  return made;
}

static void
free_trace (gpointer trace)
{
  PlotSeriesTrace *self = trace;

  g_array_unref (self->line);
  g_array_unref (self->band);
  g_free (self);
}

/* Whether a curve, or a mark of one that has no line, is in the rectangle. */
static gboolean
covers (const PlotScene *self, const PlotItem *item, PlotRect rect)
{
  const GArray *path = ((const PlotSeriesTrace *) plot_scene_trace_of (self, item))->line;
  gboolean points = ((const PlotSeries *) item->data)->points;

  for (guint i = points ? 0 : 1; i < path->len; i++)
    {
      PlotPoint b = g_array_index (path, PlotPoint, i);
      PlotPoint a = points ? b : g_array_index (path, PlotPoint, i - 1);

      if (!isnan (a.x) && !isnan (b.x) && plot_path_clip (rect, &a, &b))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_curve (const PlotItem *item, guint part)
{
  const PlotSeries *series = item->data;

  for (guint i = 0; i < series->n; i++)
    if (isfinite (series->x[i]) && isfinite (series->y[i]))
      return TRUE;
  return FALSE;
}

static void
hit (const PlotScene *self, const PlotItem *item, double px, double py, double *nearest, PlotHit *hit)
{
  const PlotSeries *series = item->data;
  const PlotMap *maps = plot_scene_maps (self, series->panel);
  g_autofree double *stacked = NULL;
  PlotEdges edges = plot_series_edges (self, item, &stacked);

  for (guint i = 0; i < series->n; i++)
    {
      double x = plot_map (&maps[PLOT_X], series->x[i]), y = plot_map (&maps[PLOT_Y], edges.y[i]);
      double distance = hypot (x - px, y - py);

      if (distance > *nearest || !plot_rect_has (self->layout.frames[series->panel], x, y, 1))
        continue;
      *nearest = distance;
      *hit = (PlotHit){ (int) item->nth, i, x, y, series->panel };
    }
}

const PlotItemType plot_series_type = {
  .name = "series",
  .measure = measure,
  .takes_log = takes_log,
  .is_below = is_below,
  .columns = PLOT_COLUMNS_BAND,
  .write = write_rows,
  .trace = trace,
  .free_trace = free_trace,
  .covers = covers,
  .has_curve = has_curve,
  .draw_sample = plot_series_draw_sample,
  .draw = { [PLOT_LAYER_GROUND] = plot_series_draw_ground,
            [PLOT_LAYER_BANDS] = plot_series_draw_band,
            [PLOT_LAYER_PINS] = plot_series_draw_pin,
            [PLOT_LAYER_CURVES] = plot_series_draw_other },
  .hit = hit,
};

static PlotSeries *
copy_series (const PlotSeries *series)
{
  g_autofree char *label = plot_clean_text (series->label);
  const char *id = series->id != NULL ? series->id : "";
  gsize numbers = series->n * sizeof (double), counts = series->n * sizeof (int);
  gsize text = strlen (id) + strlen (label) + 2;
  PlotSeries *copy = g_malloc (sizeof *copy + 4 * numbers + counts + text);
  char *end = (char *) (copy + 1);

  *copy = *series;
  copy->x = plot_put (&end, series->x, numbers);
  copy->y = plot_put (&end, series->y, numbers);
  copy->low = plot_put (&end, series->low, numbers);
  copy->high = plot_put (&end, series->high, numbers);
  copy->count = plot_put (&end, series->count, counts);
  copy->id = plot_put (&end, id, strlen (id) + 1);
  copy->label = plot_put (&end, label, strlen (label) + 1);
  return copy;
}

void
plot_figure_add_series (PlotFigure *self, const PlotSeries *series)
{
  PlotSeries *copy;

  g_return_if_fail (self != NULL && series->style < PLOT_N_STYLES);
  g_return_if_fail (series->panel < self->n_panels);
  g_return_if_fail (series->n == 0 || (series->x != NULL && series->y != NULL));
  g_return_if_fail ((series->low == NULL) == (series->high == NULL));

  copy = copy_series (series);
  plot_figure_add_item (self, &plot_series_type, (int) copy->panel, copy->claim, copy->id, copy);
  plot_figure_add_curve (self, &(PlotCurve){ copy->id, copy->label, copy->indent, copy->style,
                                             copy->faded, copy->panel });
  g_ptr_array_add (self->series, copy);
}

guint
plot_figure_get_n_series (const PlotFigure *self)
{
  return self->series->len;
}

const PlotSeries *
plot_figure_get_series (const PlotFigure *self, guint i)
{
  g_return_val_if_fail (i < self->series->len, NULL);

  return g_ptr_array_index (self->series, i);
}
