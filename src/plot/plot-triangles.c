/* Slope triangles. */

#include "plot-guides-private.h"

#include <string.h>

#define MIN_RUN 1.4 /* in units of the type size, of a triangle that says its run is 1 */

static PlotPoint
pixel_of (const PlotScene *self, guint panel, double x, double y)
{
  const PlotMap *maps = plot_scene_maps (self, panel);

  return (PlotPoint){ plot_map (&maps[PLOT_X], x), plot_map (&maps[PLOT_Y], y) };
}

/* The rectangles of its two labels with the right angle at one of two corners. */
static void
label_rects (const PlotScene *self, const PlotShape *shape, PangoLayout *const texts[2],
             PlotRect rects[2])
{
  double gap = PLOT_GUIDE_NEAR * self->size;
  double width[2] = { plot_text_width (texts[0]), plot_text_width (texts[1]) };
  double height[2] = { plot_text_height (texts[0]), plot_text_height (texts[1]) };
  gboolean at_left = shape->corner.x == shape->from.x;
  PlotPoint other = at_left ? shape->from : shape->to; /* the far end of the upright leg */
  gboolean at_bottom = shape->corner.y > other.y;

  rects[0] = plot_guide_rect (at_left ? shape->corner.x - gap - width[0] : shape->corner.x + gap,
                              (shape->from.y + shape->to.y - height[0]) / 2, width[0], height[0]);
  rects[1] = plot_guide_rect ((shape->from.x + shape->to.x - width[1]) / 2,
                              at_bottom ? shape->corner.y + gap / 4
                                        : shape->corner.y - gap / 4 - height[1],
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
  PlotRect frame = plot_rect_grow (self->layout.frames[panel], -PLOT_GUIDE_MARGIN * self->size);
  double cost = 2
                * plot_occupancy_under (
                  occupancy, plot_guide_rect (x - width / 2, y - height / 2, width, height));

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

/* How the triangle stood before, or NULL. */
static const PlotShape *
last_shape (const PlotScene *self, guint index)
{
  for (guint i = 0; self->like != NULL && i < self->like->shapes->len; i++)
    if (g_array_index (self->like->shapes, PlotShape, i).index == index)
      return &g_array_index (self->like->shapes, PlotShape, i);
  return NULL;
}

static void
place_triangle (PlotScene *self, guint index)
{
  const PlotTriangle *triangle = g_ptr_array_index (self->figure->triangles, index);
  double end = triangle->y * pow (triangle->x1 / triangle->x0, triangle->slope);
  guint panel = triangle->panel;
  PlotShape shape = { .index = index }, mirrored;
  const PlotShape *last;
  PangoLayout *texts[2];
  PlotRect rects[2], mirrored_rects[2];

  shape.from = pixel_of (self, panel, triangle->x0, triangle->y);
  shape.to = pixel_of (self, panel, triangle->x1, end);
  if (!in_sight (self, panel, &shape))
    return;
  mirrored = shape;
  shape.corner = (PlotPoint){ shape.from.x, shape.to.y };
  mirrored.corner = (PlotPoint){ shape.to.x, shape.from.y };
  texts[0] = plot_guide_text (self, triangle->label);
  texts[1] = plot_guide_text (self, "1");
  label_rects (self, &shape, texts, rects);
  label_rects (self, &mirrored, texts, mirrored_rects);
  last = last_shape (self, index);
  if (last != NULL ? last->corner.x == last->to.x
                   : shape_cost (self, panel, &mirrored, mirrored_rects)
                       < shape_cost (self, panel, &shape, rects) - 1e-6)
    {
      shape = mirrored;
      memcpy (rects, mirrored_rects, sizeof rects);
    }
  g_array_append_val (self->shapes, shape);
  for (int i = 0; i < 2; i++)
    if (*triangle->label != '\0' && (i == 0 || shape.to.x - shape.from.x > MIN_RUN * self->size))
      plot_guide_take_label (
        self, &(PlotGuideText){ texts[i], .panel = panel, .style = triangle->style, .line = -1 },
        rects[i]);
    else
      g_object_unref (texts[i]);
  plot_occupancy_add_rect (&self->occupancies[panel],
                           (PlotRect){ shape.from.x, MIN (shape.from.y, shape.to.y), shape.to.x,
                                       MAX (shape.from.y, shape.to.y) },
                           3);
  plot_occupancy_sum (&self->occupancies[panel]);
}

void
plot_triangles_place (PlotScene *self)
{
  const PlotFigure *figure = self->figure;

  for (guint i = 0; i < figure->triangles->len && plot_on_log_paper (self); i++)
    {
      const PlotTriangle *triangle = g_ptr_array_index (figure->triangles, i);

      if (!plot_figure_hides_id (figure, self->layout.view.hidden, triangle->id))
        place_triangle (self, i);
    }
}

static void
draw_triangle (const PlotScene *self, const PlotShape *shape, const PlotTriangle *triangle,
               cairo_t *cr)
{
  PlotColor color = plot_guide_color (self, triangle->style);

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

void
plot_draw_triangles (const PlotScene *self, guint panel, cairo_t *cr)
{
  for (guint i = 0; i < self->shapes->len; i++)
    {
      const PlotShape *shape = &g_array_index (self->shapes, PlotShape, i);
      const PlotTriangle *triangle = g_ptr_array_index (self->figure->triangles, shape->index);

      if (triangle->panel == panel)
        draw_triangle (self, shape, triangle, cr);
    }
}
