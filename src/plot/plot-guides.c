/* Fitted lines and slope triangles: where they are, and where their labels cover least. */

#include "plot-draw-private.h"

#include <string.h>

/* Distances in units of the type size. */
#define LABEL_SIZE 0.95
#define NEAR 0.4    /* from a line to its label */
#define FAR 6.0     /* from a line to the middle of its label, at most */
#define MARGIN 0.3  /* from a label to the frame */
#define MIN_RUN 1.4 /* of a triangle that says it is 1 */

#define LINE_WIDTH 1.3 /* pixels at scale 1 */

void
plot_guides_clear (PlotScene *self)
{
  for (guint i = 0; i < self->guides->len; i++)
    g_object_unref (g_array_index (self->guides, PlotGuideText, i).text);
  g_array_set_size (self->guides, 0);
  g_array_set_size (self->shapes, 0);
  g_ptr_array_set_size (self->guide_lines, 0);
}

static gboolean
on_log_paper (const PlotScene *self)
{
  return self->layout.view.scale[PLOT_X] == &plot_scale_log
         && self->layout.view.scale[PLOT_Y] == &plot_scale_log;
}

static PlotPoint
pixel_of (const PlotScene *self, guint panel, double x, double y)
{
  const PlotMap *maps = plot_scene_maps (self, panel);

  return (PlotPoint){ plot_map (&maps[PLOT_X], x), plot_map (&maps[PLOT_Y], y) };
}

static PlotRect
rect_of (double x, double y, double width, double height)
{
  return (PlotRect){ x, y, x + width, y + height };
}

static PangoLayout *
make_label (const PlotScene *self, const char *markup)
{
  return plot_text_new (self->context, self->theme, markup, LABEL_SIZE * self->size,
                        PANGO_WEIGHT_NORMAL);
}

/* Keeps a label there, if it is inside of the frame; takes the text. */
static void
take_label (PlotScene *self, guint panel, PlotStyle style, PangoLayout *text, PlotRect rect)
{
  PlotRect frame = plot_rect_grow (self->layout.frames[panel], -MARGIN * self->size);
  PlotGuideText label = { text, rect.left, rect.top, panel, style };

  if (!plot_rect_contains (frame, rect))
    {
      g_object_unref (text);
      return;
    }
  g_array_append_val (self->guides, label);
  plot_occupancy_add_rect (&self->occupancies[panel], rect, 8);
  plot_occupancy_sum (&self->occupancies[panel]);
}

/* --- lines --- */

static double
line_value (const PlotLine *line, double x)
{
  return line->at_y * pow (x / line->at_x, line->slope);
}

#define CURVED 65 /* points of a power law on other paper */

static GArray *
line_path (const PlotScene *self, const PlotLine *line)
{
  guint n = on_log_paper (self) ? 2 : CURVED;
  double x[CURVED], y[CURVED];

  if (plot_figure_hides_id (self->figure, self->layout.view.hidden, line->id))
    n = 0;
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
  double away;  /* from the line */
  gboolean below;
} Place;

static PlotRect
beside_line (const PlotScene *self, const PlotLine *line, double x, const Place *place,
             double width, double height)
{
  double left = x - place->share * width, away = place->away * self->size;
  double start = line_point (self, line, left).y, end = line_point (self, line, left + width).y;
  double y = place->below ? MAX (start, end) + away : MIN (start, end) - away - height;

  return rect_of (left, y, width, height);
}

static const double alongs[] = { 0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9 };
static const double shares[] = { 0.5, 0, 1 };
static const double aways[] = { NEAR, 2 * NEAR, 3.5 * NEAR, 5 * NEAR, 7 * NEAR, 10 * NEAR };

#define N_PLACES (2 * G_N_ELEMENTS (alongs) * G_N_ELEMENTS (shares) * G_N_ELEMENTS (aways))

static Place
nth_place (guint i)
{
  guint rest = i / 2, along = rest % G_N_ELEMENTS (alongs);

  rest /= G_N_ELEMENTS (alongs);
  return (Place){ alongs[along], shares[rest % G_N_ELEMENTS (shares)],
                  aways[rest / G_N_ELEMENTS (shares)], i & 1 };
}

/* How far a label is from the line, and along it from the middle, which matters less; in units of
 * the type size. Infinite where it would no longer be seen to belong to the line. */
static double
distance (const PlotScene *self, const PlotLine *line, PlotRect rect, double middle)
{
  PlotPoint at = line_point (self, line, middle), next = line_point (self, line, middle + 1);
  double slope = next.y - at.y, length = hypot (1, slope);
  double dx = (rect.left + rect.right) / 2 - at.x, dy = (rect.top + rect.bottom) / 2 - at.y;
  double off = fabs (dy - slope * dx) / length / self->size;
  double along = fabs (dx + slope * dy) / length / self->size;

  return off <= FAR ? off + 0.25 * along : INFINITY;
}

#define COST_OF_DISTANCE 0.04 /* in weights of the occupancy */

/* Near the line and its middle, and on as little as can be. */
static gboolean
find_place (const PlotScene *self, const PlotLine *line, double width, double height,
            PlotRect *best)
{
  PlotRect frame = plot_rect_grow (self->layout.frames[line->panel], -MARGIN * self->size);
  const PlotMap *maps = plot_scene_maps (self, line->panel);
  double from = MAX (frame.left, plot_map (&maps[PLOT_X], line->from));
  double to = MIN (frame.right, plot_map (&maps[PLOT_X], line->to)), least = INFINITY;

  for (guint i = 0; i < N_PLACES && from < to; i++)
    {
      Place place = nth_place (i);
      PlotRect rect = beside_line (self, line, from + place.along * (to - from), &place, width,
                                   height);
      double cost = plot_occupancy_under (&self->occupancies[line->panel], rect)
                    + COST_OF_DISTANCE * distance (self, line, rect, (from + to) / 2);

      if (!plot_rect_contains (frame, rect) || !(cost < least))
        continue;
      least = cost;
      *best = rect;
    }
  return isfinite (least);
}

static void
label_line (PlotScene *self, const PlotLine *line)
{
  PangoLayout *text = make_label (self, line->label);
  PlotRect rect;

  if (find_place (self, line, plot_text_width (text), plot_text_height (text), &rect))
    take_label (self, line->panel, line->style, text, rect);
  else
    g_object_unref (text);
}

/* --- triangles --- */

/* The rectangles of its two labels with the right angle at one of two corners. */
static void
label_rects (const PlotScene *self, const PlotShape *shape, PangoLayout *const texts[2],
             PlotRect rects[2])
{
  double gap = NEAR * self->size;
  double width[2] = { plot_text_width (texts[0]), plot_text_width (texts[1]) };
  double height[2] = { plot_text_height (texts[0]), plot_text_height (texts[1]) };
  gboolean at_left = shape->corner.x == shape->from.x;
  PlotPoint other = at_left ? shape->from : shape->to; /* the far end of the upright leg */
  gboolean at_bottom = shape->corner.y > other.y;

  rects[0] = rect_of (at_left ? shape->corner.x - gap - width[0] : shape->corner.x + gap,
                      (shape->from.y + shape->to.y - height[0]) / 2, width[0], height[0]);
  rects[1] = rect_of ((shape->from.x + shape->to.x - width[1]) / 2,
                      at_bottom ? shape->corner.y + gap / 4 : shape->corner.y - gap / 4 - height[1],
                      width[1], height[1]);
}

static double
shape_cost (const PlotScene *self, guint panel, const PlotShape *shape, const PlotRect rects[2])
{
  const PlotOccupancy *occupancy = &self->occupancies[panel];
  double x = (shape->from.x + shape->to.x + shape->corner.x) / 3;
  double y = (shape->from.y + shape->to.y + shape->corner.y) / 3;
  double width = fabs (shape->to.x - shape->from.x) / 3;
  double height = fabs (shape->to.y - shape->from.y) / 3;
  PlotRect frame = plot_rect_grow (self->layout.frames[panel], -MARGIN * self->size);
  double cost = 2
                * plot_occupancy_under (occupancy,
                                        rect_of (x - width / 2, y - height / 2, width, height));

  for (int i = 0; i < 2; i++)
    cost += plot_occupancy_under (occupancy, rects[i])
            + (plot_rect_contains (frame, rects[i]) ? 0 : 5);
  return cost;
}

static gboolean
in_sight (const PlotScene *self, guint panel, const PlotShape *shape)
{
  PlotPoint from = shape->from, to = shape->to;

  return isfinite (from.x) && isfinite (from.y) && isfinite (to.x) && isfinite (to.y)
         && plot_path_clip (self->layout.frames[panel], &from, &to);
}

static void
place_triangle (PlotScene *self, guint index)
{
  const PlotTriangle *triangle = g_ptr_array_index (self->figure->triangles, index);
  double end = triangle->y * pow (triangle->x1 / triangle->x0, triangle->slope);
  guint panel = triangle->panel;
  PlotShape shape = { .index = index }, mirrored;
  PangoLayout *texts[2];
  PlotRect rects[2], mirrored_rects[2];

  shape.from = pixel_of (self, panel, triangle->x0, triangle->y);
  shape.to = pixel_of (self, panel, triangle->x1, end);
  if (!in_sight (self, panel, &shape))
    return;
  mirrored = shape;
  shape.corner = (PlotPoint){ shape.from.x, shape.to.y };
  mirrored.corner = (PlotPoint){ shape.to.x, shape.from.y };
  texts[0] = make_label (self, triangle->label);
  texts[1] = make_label (self, "1");
  label_rects (self, &shape, texts, rects);
  label_rects (self, &mirrored, texts, mirrored_rects);
  if (shape_cost (self, panel, &mirrored, mirrored_rects)
      < shape_cost (self, panel, &shape, rects) - 1e-6)
    {
      shape = mirrored;
      memcpy (rects, mirrored_rects, sizeof rects);
    }
  g_array_append_val (self->shapes, shape);
  for (int i = 0; i < 2; i++)
    if (*triangle->label != '\0' && (i == 0 || shape.to.x - shape.from.x > MIN_RUN * self->size))
      take_label (self, panel, triangle->style, texts[i], rects[i]);
    else
      g_object_unref (texts[i]);
  plot_occupancy_add_rect (&self->occupancies[panel],
                           (PlotRect){ shape.from.x, MIN (shape.from.y, shape.to.y), shape.to.x,
                                       MAX (shape.from.y, shape.to.y) },
                           3);
  plot_occupancy_sum (&self->occupancies[panel]);
}

void
plot_scene_place_guides (PlotScene *self)
{
  const PlotFigure *figure = self->figure;
  guint64 hidden = self->layout.view.hidden;

  plot_guides_clear (self);
  plot_occupy_window (self);
  for (guint i = 0; i < figure->lines->len; i++)
    {
      const PlotLine *line = g_ptr_array_index (figure->lines, i);
      GArray *path = line_path (self, line);

      g_ptr_array_add (self->guide_lines, path);
      plot_occupancy_add_line (&self->occupancies[line->panel], path, 3);
      plot_occupancy_sum (&self->occupancies[line->panel]);
    }
  for (guint i = 0; i < figure->triangles->len && on_log_paper (self); i++)
    {
      const PlotTriangle *triangle = g_ptr_array_index (figure->triangles, i);

      if (!plot_figure_hides_id (figure, hidden, triangle->id))
        place_triangle (self, i);
    }
  for (guint i = 0; i < figure->lines->len; i++)
    {
      const PlotLine *line = g_ptr_array_index (figure->lines, i);

      if (*line->label != '\0' && !plot_figure_hides_id (figure, hidden, line->id))
        label_line (self, line);
    }
}

/* --- drawing --- */

/* Deeper than its curve, so that it is seen on it and its label can be read. */
static PlotColor
guide_color (const PlotScene *self, PlotStyle style)
{
  return plot_color_mix (plot_style_look (self, style, 0).color, self->theme->foreground,
                         self->layout.view.dimmed ? 0 : 0.5);
}

static void
draw_line (const PlotScene *self, guint index, cairo_t *cr)
{
  const PlotLine *line = g_ptr_array_index (self->figure->lines, index);
  const GArray *path = g_ptr_array_index (self->guide_lines, index);
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
  plot_set_color (cr, guide_color (self, line->style), 1);
  cairo_stroke (cr);
}

static void
draw_triangle (const PlotScene *self, const PlotShape *shape, const PlotTriangle *triangle,
               cairo_t *cr)
{
  PlotColor color = guide_color (self, triangle->style);

  cairo_move_to (cr, shape->from.x, shape->from.y);
  cairo_line_to (cr, shape->to.x, shape->to.y);
  cairo_line_to (cr, shape->corner.x, shape->corner.y);
  cairo_close_path (cr);
  plot_set_color (cr, color, 0.1);
  cairo_fill_preserve (cr);
  plot_set_color (cr, color, 1);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 1.1 * plot_pen (self));
  cairo_stroke (cr);
}

static gboolean
belongs (const PlotLine *line, const PlotSeries *series)
{
  return line->panel == series->panel && g_str_equal (line->id, series->id);
}

void
plot_draw_fits (const PlotScene *self, guint index, cairo_t *cr)
{
  for (guint i = 0; i < self->figure->lines->len; i++)
    if (belongs (g_ptr_array_index (self->figure->lines, i),
                 plot_figure_get_series (self->figure, index)))
      draw_line (self, i, cr);
}

static gboolean
is_orphan (const PlotScene *self, const PlotLine *line)
{
  for (guint i = 0; i < self->figure->series->len; i++)
    if (belongs (line, plot_figure_get_series (self->figure, i)))
      return FALSE;
  return TRUE;
}

void
plot_draw_guides (const PlotScene *self, guint panel, cairo_t *cr)
{
  for (guint i = 0; i < self->shapes->len; i++)
    {
      const PlotShape *shape = &g_array_index (self->shapes, PlotShape, i);
      const PlotTriangle *triangle = g_ptr_array_index (self->figure->triangles, shape->index);

      if (triangle->panel == panel)
        draw_triangle (self, shape, triangle, cr);
    }
  for (guint i = 0; i < self->figure->lines->len; i++)
    {
      const PlotLine *line = g_ptr_array_index (self->figure->lines, i);

      if (line->panel == panel && is_orphan (self, line))
        draw_line (self, i, cr);
    }
}

/* Their own outline in the background's colour keeps grid and bands off the letters. */
void
plot_draw_guide_labels (const PlotScene *self, cairo_t *cr)
{
  for (guint i = 0; i < self->guides->len; i++)
    {
      const PlotGuideText *label = &g_array_index (self->guides, PlotGuideText, i);

      cairo_move_to (cr, label->x, label->y);
      pango_cairo_layout_path (cr, label->text);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_line_width (cr, 0.3 * self->size);
      plot_set_color (cr, self->theme->background, 0.8);
      cairo_stroke (cr);
      plot_set_color (cr, guide_color (self, label->style), 1);
      plot_text_draw (cr, label->text, label->x, label->y);
    }
}
