/* Parts of a whole: on a linear axis series that are stacked are areas, each on those added after it. */

#include "plot-area-private.h"

#include "plot-colormap.h"
#include "plot-draw-private.h"

#include <math.h>
#include <string.h>

/* How far a part's fill is from the background in lightness (CIELAB), by the part's style: the same whichever others
 * there are. Steps of 6 tell any two apart without their hues, and lines above stand out from all. */
static const struct
{
  PlotStyle style;
  double depth;
} fills[] = {
  { PLOT_STYLE_ACCENT_5, 14 },  { PLOT_STYLE_ACCENT_2, 20.2 }, { PLOT_STYLE_ACCENT_4, 26.4 },
  { PLOT_STYLE_ACCENT_1, 32.6 }, { PLOT_STYLE_ACCENT_3, 38.8 },
};

#define FADED 0.42 /* of it is background */

#define OUTLINE 1.3 /* pixels at scale 1 */

static gboolean
is_part (const PlotItem *item, int panel)
{
  return item->type == &plot_series_type && item->panel == panel
         && ((const PlotSeries *) item->data)->stacked;
}

gboolean
plot_series_is_area (const PlotSeries *self, const PlotScale *scale)
{
  return self->stacked && scale == &plot_scale_linear;
}

/* The next part of a panel from index *at on that is seen. */
static const PlotItem *
next_part (const PlotFigure *figure, guint64 hidden, int panel, guint *at)
{
  while (*at < figure->items->len)
    {
      const PlotItem *item = g_ptr_array_index (figure->items, (*at)++);

      if (is_part (item, panel) && !plot_item_is_hidden (figure, hidden, item))
        return item;
    }
  return NULL;
}

/* Whether an earlier series is of the same part, which may be drawn in several. */
static gboolean
continues (const PlotFigure *figure, const PlotItem *item)
{
  for (guint i = 0; i < item->index; i++)
    {
      const PlotItem *other = g_ptr_array_index (figure->items, i);

      if (is_part (other, item->panel) && g_str_equal (other->id, item->id))
        return TRUE;
    }
  return FALSE;
}

/* How high a part is, by whichever of its series says so. */
static double
height_of (const PlotFigure *figure, const PlotItem *first, guint i)
{
  for (guint k = first->index; k < figure->items->len; k++)
    {
      const PlotItem *item = g_ptr_array_index (figure->items, k);
      const PlotSeries *series = item->data;

      if (is_part (item, first->panel) && i < series->n && isfinite (series->y[i])
          && g_str_equal (item->id, first->id))
        return series->y[i];
    }
  return NAN;
}

/* The lower and the upper edge, n values each: NaN where any part that is seen has none. A part that is
 * hidden takes no room. */
static void
stack (const PlotFigure *figure, guint64 hidden, const PlotItem *item, double *low,
       double *high)
{
  const PlotSeries *series = item->data;
  const PlotItem *part;
  g_autofree double *all = g_new0 (double, series->n + 1);

  memset (low, 0, series->n * sizeof *low);
  for (guint at = 0; (part = next_part (figure, hidden, item->panel, &at)) != NULL;)
    {
      gboolean below = part->index > item->index && !g_str_equal (part->id, item->id);

      if (continues (figure, part))
        continue;
      for (guint i = 0; i < series->n; i++)
        {
          double height = height_of (figure, part, i);

          all[i] += height;
          low[i] += below ? height : 0;
        }
    }
  for (guint i = 0; i < series->n; i++)
    {
      high[i] = isfinite (all[i]) ? low[i] + series->y[i] : NAN;
      low[i] = isfinite (high[i]) ? low[i] : NAN;
    }
}

PlotEdges
plot_series_edges (const PlotScene *self, const PlotItem *item, double **made)
{
  const PlotSeries *series = item->data;

  if (!plot_series_is_area (series, self->layout.view.scale[PLOT_Y]))
    return (PlotEdges){ series->low, series->high, series->y };
  *made = g_new (double, 2 * series->n + 1);
  stack (self->figure, self->layout.view.hidden, item, *made, *made + series->n);
  return (PlotEdges){ *made, *made + series->n, *made + series->n };
}

void
plot_area_measure (const PlotItem *item, const PlotQuestion *question, PlotExtent *extent)
{
  const PlotSeries *series = item->data;
  double *low = extent->made = g_new (double, 2 * series->n + 1), *high = low + series->n;

  stack (question->figure, question->hidden, item, low, high);
  for (guint i = 0; i < series->n; i++)
    if (plot_question_reaches (question, series->x[i]))
      {
        plot_bounds_add (&extent->whole, question->scale->forward (low[i]));
        plot_bounds_add (&extent->whole, question->scale->forward (high[i]));
      }
  extent->x = series->x;
  extent->y = high;
  extent->n = series->n;
  /* It says nothing while its foot is out of sight or it is a streak; the lowest stands on the axis. */
  extent->claim = PLOT_CLAIM_LEADS;
  extent->leads_alone = TRUE;
  extent->tight_lo = TRUE;
}

/* --- drawing --- */

static double
depth_of (PlotStyle style)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fills); i++)
    if (fills[i].style == style)
      return fills[i].depth;
  return fills[0].depth;
}

/* The colour with so much of the background that it is that far from it; all of a colour that is nearer. */
static PlotColor
blend (PlotColor color, PlotColor background, double depth)
{
  double ground = plot_color_lightness (background), less = 0, more = 1;

  for (int i = 0; i < 12; i++)
    {
      double half = (less + more) / 2;
      PlotColor mixed = plot_color_mix (color, background, half);

      if (fabs (plot_color_lightness (mixed) - ground) > depth)
        less = half;
      else
        more = half;
    }
  return plot_color_mix (color, background, less);
}

static PlotColor
fill_of (const PlotScene *self, const PlotItem *item)
{
  const PlotSeries *series = item->data;
  PlotColor background = self->theme->background;
  PlotColor fill = blend (plot_style_look (self, series->style, 0).color, background, depth_of (series->style));

  return series->faded ? plot_color_mix (fill, background, FADED) : fill;
}

/* In its own colour and dash: what says it again where fills are alike. */
static void
draw_outline (const PlotScene *self, const PlotItem *item, cairo_t *cr)
{
  PlotLook look = plot_series_look (self, item->data);

  look.width = OUTLINE;
  plot_set_pen (self, &look, cr);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

void
plot_area_draw (const PlotScene *self, const PlotItem *item, const GArray *band, const GArray *top,
                cairo_t *cr)
{
  const PlotSeries *series = item->data;

  plot_trace_polygons (band, cr);
  plot_set_color (cr, fill_of (self, item), 1);
  cairo_fill (cr);
  plot_trace_line (top, plot_rect_grow (self->layout.frames[series->panel], 20), cr);
  draw_outline (self, item, cr);
}

void
plot_area_draw_sample (const PlotScene *self, const PlotItem *item, double x, double y, cairo_t *cr)
{
  double half = 0.42 * self->size;

  cairo_rectangle (cr, x, y - half, self->legend_sample, 2 * half);
  plot_set_color (cr, fill_of (self, item), 1);
  cairo_fill_preserve (cr);
  draw_outline (self, item, cr);
}

gboolean
plot_area_is_in (const PlotScene *self, int panel)
{
  guint at = 0;

  return self->layout.view.scale[PLOT_Y] == &plot_scale_linear
         && next_part (self->figure, self->layout.view.hidden, panel, &at) != NULL;
}
