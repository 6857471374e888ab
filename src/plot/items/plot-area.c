/* Parts of a whole, stacked: each lies on those behind it in the list. */

#include "plot-draw-private.h"
#include "plot-item-private.h"

#include <string.h>

#define N_FILLS 4

/* How much of a part's colour is background. Neighbours differ in lightness whatever their hues. */
static const double fills[N_FILLS] = { 0.35, 0.72, 0.5, 0.84 };

#define OUTLINE 1.3 /* pixels at scale 1 */

/* The lower and the upper edge of a part, n values each, NaN where any part that is seen has none. A
 * part that is hidden takes no room. */
static void
stack (const PlotFigure *figure, const PlotItem *item, guint64 hidden, guint part, double *low,
       double *high)
{
  const PlotArea *area = item->data;

  for (guint i = 0; i < area->n; i++)
    {
      double below = 0, all = 0;

      for (guint k = 0; k < area->n_parts; k++)
        {
          if (plot_figure_hides (figure, hidden, item->first_curve + k))
            continue;
          all += area->parts[k].y[i];
          if (k > part)
            below += area->parts[k].y[i];
        }
      low[i] = isfinite (all) ? below : NAN;
      high[i] = low[i] + area->parts[part].y[i];
    }
}

static gboolean
is_part_hidden (const PlotFigure *figure, const PlotItem *item, guint64 hidden, guint part)
{
  return plot_figure_hides (figure, hidden, item->first_curve + part);
}

static void
measure (const PlotItem *item, const PlotQuestion *question, PlotExtent *extent)
{
  const PlotArea *area = item->data;
  g_autofree double *low = g_new (double, 2 * area->n + 1);
  double *high = low + area->n;

  for (guint k = 0; k < area->n_parts; k++)
    {
      stack (question->figure, item, question->hidden, k, low, high);
      for (guint i = 0; i < area->n; i++)
        if (isfinite (high[i]) && !is_part_hidden (question->figure, item, question->hidden, k)
            && (question->axis == PLOT_X || plot_question_reaches (question, area->x[i])))
          {
            plot_bounds_add (&extent->whole, question->scale->forward (
                                               question->axis == PLOT_X ? area->x[i] : low[i]));
            plot_bounds_add (&extent->whole, question->scale->forward (
                                               question->axis == PLOT_X ? area->x[i] : high[i]));
          }
    }
  /* it stands on the axis */
  extent->tight_lo = question->axis == PLOT_Y;
}

/* Lengths have no place on a log axis. */
static gboolean
takes_log (const PlotItem *item, PlotAxis axis, gboolean *any)
{
  const PlotArea *area = item->data;

  *any = TRUE;
  return axis == PLOT_X && (area->n == 0 || area->x[0] > 0);
}

static void
write_rows (const PlotItem *item, const PlotTable *table)
{
  const PlotArea *area = item->data;
  g_autofree double *low = g_new (double, 2 * area->n + 1);
  double *high = low + area->n;

  for (guint k = 0; k < area->n_parts; k++)
    {
      if (is_part_hidden (table->figure, item, table->hidden, k))
        continue;
      stack (table->figure, item, table->hidden, k, low, high);
      for (guint i = 0; i < area->n; i++)
        plot_table_add (table, item, area->parts[k].id,
                        &(PlotTableRow){ area->x[i], area->parts[k].y[i], low[i], high[i], NAN, -1 });
    }
}

/* --- where it is --- */

/* Of one part: closed polygons, and their upper edge; empty where it is hidden. */
typedef struct
{
  GArray *band, *top; /* PlotPoint */
} Trace;

static void
clear_part (gpointer data)
{
  Trace *self = data;

  g_array_unref (self->band);
  g_array_unref (self->top);
}

/* An array of Trace. */
static gpointer
trace (PlotScene *self, const PlotItem *item)
{
  const PlotArea *area = item->data;
  guint64 hidden = self->layout.view.hidden;
  g_autofree double *low = g_new (double, 2 * area->n + 1);
  double *high = low + area->n;
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Trace));

  g_array_set_clear_func (parts, clear_part);
  for (guint k = 0; k < area->n_parts; k++)
    {
      guint n = is_part_hidden (self->figure, item, hidden, k) ? 0 : area->n;
      const PlotMap *maps = plot_scene_maps (self, area->panel);
      Trace part;

      stack (self->figure, item, hidden, k, low, high);
      part.band = plot_path_band (maps, area->x, low, high, n,
                                  plot_rect_grow (self->layout.frames[area->panel], 20));
      part.top = plot_path_line (maps, area->x, high, n);
      plot_occupancy_add_band (&self->occupancies[area->panel], part.band, 0.4f);
      g_array_append_val (parts, part);
    }
  return parts;
}

static void
free_trace (gpointer trace)
{
  g_array_unref (trace);
}

static gboolean
has_curve (const PlotItem *item, guint part)
{
  const PlotArea *area = item->data;

  for (guint i = 0; i < area->n; i++)
    if (isfinite (area->parts[part].y[i]))
      return TRUE;
  return FALSE;
}

/* --- drawing --- */

static PlotLook
look_of (const PlotScene *self, const PlotArea *area, guint part)
{
  PlotLook look = plot_style_look (self, area->parts[part].style, 0);

  look.width = OUTLINE;
  return look;
}

static PlotColor
fill_of (const PlotScene *self, const PlotArea *area, guint part)
{
  return plot_color_mix (look_of (self, area, part).color, self->theme->background,
                         fills[part % N_FILLS]);
}

/* In its own colour and dash: what says it again where fills are alike. */
static void
draw_outline (const PlotScene *self, const PlotArea *area, guint part, cairo_t *cr)
{
  PlotLook look = look_of (self, area, part);

  plot_set_pen (self, &look, cr);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  const PlotArea *area = item->data;
  const GArray *parts = plot_scene_trace_of (self, item);

  for (guint k = 0; k < area->n_parts; k++)
    {
      plot_trace_polygons (g_array_index (parts, Trace, k).band, cr);
      plot_set_color (cr, fill_of (self, area, k), 1);
      cairo_fill (cr);
    }
  for (guint k = 0; k < area->n_parts; k++)
    {
      plot_trace_line (g_array_index (parts, Trace, k).top,
                       plot_rect_grow (self->layout.frames[panel], 20), cr);
      draw_outline (self, area, k, cr);
    }
}

static void
draw_sample (const PlotScene *self, const PlotItem *item, guint part, double x, double y, cairo_t *cr)
{
  const PlotArea *area = item->data;
  double half = 0.42 * self->size;

  cairo_rectangle (cr, x, y - half, self->legend_sample, 2 * half);
  plot_set_color (cr, fill_of (self, area, part), 1);
  cairo_fill_preserve (cr);
  draw_outline (self, area, part, cr);
}

const PlotItemType plot_area_type = {
  .name = "area",
  .measure = measure,
  .takes_log = takes_log,
  .columns = PLOT_COLUMNS_BAND,
  .write = write_rows,
  .trace = trace,
  .free_trace = free_trace,
  .has_curve = has_curve,
  .draw_sample = draw_sample,
  .draw = { [PLOT_LAYER_BANDS] = draw },
};

/* One block: the value, its parts, their numbers and texts. */
static PlotArea *
copy_area (const PlotArea *area)
{
  gsize numbers = area->n * sizeof (double), parts = area->n_parts * sizeof (PlotPart), texts = 0;
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  PlotArea *copy;
  PlotPart *copies;
  char *end;

  for (guint k = 0; k < area->n_parts; k++)
    {
      g_ptr_array_add (labels, plot_clean_text (area->parts[k].label));
      texts += strlen (area->parts[k].id) + strlen (g_ptr_array_index (labels, k)) + 2;
    }
  copy = g_malloc (sizeof *copy + parts + (1 + area->n_parts) * numbers + texts);
  *copy = *area;
  end = (char *) (copy + 1);
  copy->parts = copies = plot_put (&end, area->parts, parts);
  copy->x = plot_put (&end, area->x, numbers);
  for (guint k = 0; k < area->n_parts; k++)
    copies[k].y = plot_put (&end, area->parts[k].y, numbers);
  for (guint k = 0; k < area->n_parts; k++)
    {
      const char *label = g_ptr_array_index (labels, k);

      copies[k].id = plot_put (&end, area->parts[k].id, strlen (area->parts[k].id) + 1);
      copies[k].label = plot_put (&end, label, strlen (label) + 1);
    }
  return copy;
}

void
plot_figure_add_area (PlotFigure *self, const PlotArea *area)
{
  PlotArea *copy;

  g_return_if_fail (self != NULL && area != NULL && area->panel < self->n_panels);
  g_return_if_fail (area->n_parts > 0 && area->parts != NULL && (area->n == 0 || area->x != NULL));
  for (guint k = 0; k < area->n_parts; k++)
    g_return_if_fail (area->parts[k].id != NULL && area->parts[k].style < PLOT_N_STYLES
                      && (area->n == 0 || area->parts[k].y != NULL));

  copy = copy_area (area);
  plot_figure_add_item (self, &plot_area_type, (int) area->panel, area->claim, "", copy);
  for (guint k = 0; k < area->n_parts; k++)
    plot_figure_add_curve (self, &(PlotCurve){ copy->parts[k].id, copy->parts[k].label, 0,
                                               copy->parts[k].style, FALSE, copy->panel });
}
