/* Power laws and their labels, which stand where they cover least. */

#include "plot-guides-private.h"

#define FAR 3.5        /* from a line to its label, at most, in units of the type size */
#define LINE_WIDTH 1.3 /* pixels at scale 1 */

static double
line_value (const PlotLine *line, double x)
{
  return line->at_y * pow (x / line->at_x, line->slope);
}

#define CURVED 65 /* points of a power law where it is no straight line */

static GArray *
line_path (const PlotScene *self, const PlotLine *line)
{
  guint n = plot_on_log_paper (self) ? 2 : CURVED;
  double x[CURVED], y[CURVED];

  for (guint i = 0; i < n; i++)
    {
      x[i] = line->from * pow (line->to / line->from, i / (n - 1.0));
      y[i] = line_value (line, x[i]);
    }
  return plot_path_line (plot_scene_maps (self, line->panel), x, y, n);
}

/* Where a line is at the pixel x. */
static PlotPoint
line_point (const PlotScene *self, const PlotLine *line, double x)
{
  double value = plot_layout_to_data (&self->layout, line->panel, PLOT_X, x);

  return (PlotPoint){ x, plot_layout_to_pixel (&self->layout, line->panel, PLOT_Y,
                                               line_value (line, value)) };
}

typedef struct
{
  double along; /* 0 to 1 from its start to its end */
  double share; /* of the label that lies left of there */
  double away;  /* from the line, at right angles to it */
  gboolean below;
} Place;

static PlotRect
beside_line (const PlotScene *self, const PlotLine *line, double x, const Place *place,
             double width, double height)
{
  double left = x - place->share * width;
  double start = line_point (self, line, left).y, end = line_point (self, line, left + width).y;
  double away = place->away * self->size * hypot (1, (end - start) / width);
  double y = place->below ? MAX (start, end) + away : MIN (start, end) - away - height;

  return plot_guide_rect (left, y, width, height);
}

static const double alongs[] = { 0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9 };
static const double shares[] = { 0.5, 0, 1 };
static const double aways[] = { PLOT_GUIDE_NEAR,     2 * PLOT_GUIDE_NEAR, 3.5 * PLOT_GUIDE_NEAR,
                                5 * PLOT_GUIDE_NEAR, 7 * PLOT_GUIDE_NEAR, 10 * PLOT_GUIDE_NEAR };

#define N_PLACES (2 * G_N_ELEMENTS (alongs) * G_N_ELEMENTS (shares) * G_N_ELEMENTS (aways))

static Place
nth_place (guint i)
{
  guint rest = i / 2, along = rest % G_N_ELEMENTS (alongs);

  rest /= G_N_ELEMENTS (alongs);
  return (Place){ alongs[along], shares[rest % G_N_ELEMENTS (shares)],
                  aways[rest / G_N_ELEMENTS (shares)], i & 1 };
}

static double
distance_to_segment (PlotPoint point, PlotPoint a, PlotPoint b)
{
  double dx = b.x - a.x, dy = b.y - a.y;
  double t = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy);

  t = CLAMP (t, 0, 1);
  return hypot (point.x - a.x - t * dx, point.y - a.y - t * dy);
}

/* Between a rectangle and a segment that does not cross it, if no end faces a side. */
static double
gap_between (PlotRect rect, PlotPoint a, PlotPoint b)
{
  return MIN (MIN (distance_to_segment ((PlotPoint){ rect.left, rect.top }, a, b),
                   distance_to_segment ((PlotPoint){ rect.right, rect.top }, a, b)),
              MIN (distance_to_segment ((PlotPoint){ rect.left, rect.bottom }, a, b),
                   distance_to_segment ((PlotPoint){ rect.right, rect.bottom }, a, b)));
}

/* How far a label is from the line, and from its middle, which matters less; in units of the type
 * size. Infinite where it would no longer be seen to belong to the line. */
static double
distance (const PlotScene *self, PlotRect rect, PlotPoint a, PlotPoint b)
{
  double gap = gap_between (rect, a, b) / self->size;
  double off = hypot ((rect.left + rect.right - a.x - b.x) / 2,
                      (rect.top + rect.bottom - a.y - b.y) / 2)
               / self->size;

  return gap <= FAR ? gap + 0.25 * off : INFINITY;
}

#define COST_OF_DISTANCE 0.04 /* in weights of the occupancy */

/* Where the label was before; -1: nowhere. */
static int
last_place (const PlotScene *self, const PlotItem *item)
{
  for (guint i = 0; self->like != NULL && i < self->like->guides->len; i++)
    {
      const PlotGuideText *label = &g_array_index (self->like->guides, PlotGuideText, i);

      if (label->item->type == item->type && label->item->panel == item->panel
          && g_str_equal (label->item->id, item->id))
        return label->place;
    }
  return -1;
}

/* Near the line and its middle, and on as little as can be, or where it was; -1: nowhere. */
static int
find_place (const PlotScene *self, const PlotLine *line, int last, double width, double height,
            PlotRect *best)
{
  PlotRect frame = plot_rect_grow (self->layout.frames[line->panel],
                                   -PLOT_GUIDE_MARGIN * self->size);
  const PlotMap *maps = plot_scene_maps (self, line->panel);
  double from = MAX (frame.left, plot_map (&maps[PLOT_X], line->from));
  double to = MIN (frame.right, plot_map (&maps[PLOT_X], line->to)), least = INFINITY;
  PlotPoint start = line_point (self, line, from), end = line_point (self, line, to);
  int found = -1;

  for (guint i = 0; i < N_PLACES && from < to; i++)
    {
      Place place = nth_place (i);
      PlotRect rect = beside_line (self, line, from + place.along * (to - from), &place, width,
                                   height);
      double cost = plot_occupancy_under (&self->occupancies[line->panel], rect)
                    + COST_OF_DISTANCE * distance (self, rect, start, end);

      if (!plot_rect_contains (frame, rect) || !(cost < least || (int) i == last))
        continue;
      least = (int) i == last ? -INFINITY : cost;
      found = (int) i;
      *best = rect;
    }
  return found;
}

static void
place_label (PlotScene *self, const PlotItem *item)
{
  const PlotLine *line = item->data;
  PlotGuideText label = { .panel = line->panel, .style = line->style, .item = item };
  PlotRect rect;

  if (*line->label == '\0')
    return;
  label.text = plot_guide_text (self, line->label);
  label.place = find_place (self, line, last_place (self, item), plot_text_width (label.text),
                            plot_text_height (label.text), &rect);
  if (label.place >= 0)
    plot_guide_take_label (self, &label, rect);
  else
    g_object_unref (label.text);
}

static gpointer
trace (PlotScene *self, const PlotItem *item)
{
  const PlotLine *line = item->data;
  GArray *path = line_path (self, line);

  plot_occupancy_add_line (&self->occupancies[line->panel], path, 3);
  return path;
}

static void
free_trace (gpointer path)
{
  g_array_unref (path);
}

static void
draw_line (const PlotScene *self, const PlotItem *item, cairo_t *cr)
{
  const PlotLine *line = item->data;
  const GArray *path = plot_scene_trace_of (self, item);
  PlotRect clip = plot_rect_grow (self->layout.frames[line->panel], 20);

  for (guint i = 1; i < path->len; i++)
    {
      PlotPoint a = g_array_index (path, PlotPoint, i - 1), b = g_array_index (path, PlotPoint, i);

      if (isnan (a.x) || isnan (b.x) || !plot_path_clip (clip, &a, &b))
        continue;
      cairo_move_to (cr, a.x, a.y);
      cairo_line_to (cr, b.x, b.y);
    }
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, LINE_WIDTH * plot_pen (self));
  plot_set_color (cr, plot_guide_color (self, line->style), 1);
  cairo_stroke (cr);
}

/* What belongs to a series is drawn with it. */
static void
draw_orphan (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  for (guint i = 0; i < self->figure->series->len; i++)
    {
      const PlotSeries *series = plot_figure_get_series (self->figure, i);

      if (series->panel == panel && g_str_equal (item->id, series->id))
        return;
    }
  draw_line (self, item, cr);
}

const PlotItemType plot_line_type = {
  .name = "line",
  .trace = trace,
  .free_trace = free_trace,
  .place = place_label,
  .draw = { [PLOT_LAYER_GUIDES] = draw_orphan, [PLOT_LAYER_LABELS] = plot_guide_draw_labels },
  .draw_attached = draw_line,
};

void
plot_figure_add_line (PlotFigure *self, const PlotLine *line)
{
  PlotLine copy;
  gpointer data;

  g_return_if_fail (self != NULL && line != NULL && line->panel < self->n_panels);
  g_return_if_fail (line->style < PLOT_N_STYLES && isfinite (line->slope));
  g_return_if_fail (line->from > 0 && line->from < line->to && line->at_x > 0 && line->at_y > 0);

  copy = *line;
  data = plot_copy_with_texts (&copy, sizeof copy, &copy.id, &copy.label);
  plot_figure_add_item (self, &plot_line_type, (int) line->panel, PLOT_CLAIM_NONE, copy.id, data);
}
