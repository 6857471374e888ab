/* Slope triangles. */

#include "plot-guides-private.h"

#include <string.h>

/* In pixels. */
typedef struct
{
  PlotPoint from, to, corner; /* ends of the hypotenuse, right angle */
  guint places[2];            /* of its labels: which of those tried */
} Shape;

#define MIN_RUN 1.4 /* in units of the type size, of a triangle that says its run is 1 */

static PlotPoint
pixel_of (const PlotScene *self, guint panel, double x, double y)
{
  const PlotMap *maps = plot_scene_maps (self, panel);

  return (PlotPoint){ plot_map (&maps[PLOT_X], x), plot_map (&maps[PLOT_Y], y) };
}

/* Along a leg from its middle, and away from it in units of the usual gap. */
static const struct
{
  double along, away;
} places[] = { { 0.5, 1 },  { 0.25, 1 }, { 0.75, 1 }, { 0.5, 2 }, { 0, 1 },
               { 1, 1 },    { 0.25, 2 }, { 0.75, 2 }, { 0, 2 },   { 1, 2 },
               { 0.5, 3.5 }, { 0, 3.5 },  { 1, 3.5 },  { 0.5, 5 }, { 0, 5 },
               { 1, 5 } };

/* A label beside the upright leg: all that is beyond the leg's end is away from the triangle too. */
static PlotRect
rect_beside (const PlotScene *self, const Shape *shape, PangoLayout *text, guint place)
{
  double gap = PLOT_GUIDE_NEAR * self->size * places[place].away;
  double width = plot_text_width (text), height = plot_text_height (text);
  gboolean at_left = shape->corner.x == shape->from.x;
  double y = shape->from.y + places[place].along * (shape->to.y - shape->from.y);

  return plot_guide_rect (at_left ? shape->corner.x - gap - width : shape->corner.x + gap,
                          y - height / 2, width, height);
}

/* And one beside the level leg. */
static PlotRect
rect_below (const PlotScene *self, const Shape *shape, PangoLayout *text, guint place)
{
  double gap = PLOT_GUIDE_NEAR * self->size * (places[place].away - 0.75);
  double width = plot_text_width (text), height = plot_text_height (text);
  gboolean at_left = shape->corner.x == shape->from.x;
  PlotPoint other = at_left ? shape->from : shape->to; /* the far end of the upright leg */
  double x = shape->from.x + places[place].along * (shape->to.x - shape->from.x);

  return plot_guide_rect (x - width / 2,
                          shape->corner.y > other.y ? shape->corner.y + gap
                                                    : shape->corner.y - gap - height,
                          width, height);
}

static PlotRect
label_rect (const PlotScene *self, const Shape *shape, PangoLayout *const texts[2], int label,
            guint place)
{
  return label == 0 ? rect_beside (self, shape, texts[0], place)
                    : rect_below (self, shape, texts[1], place);
}

/* A label is on no curve, and else near its leg's middle. */
static double
label_cost (const PlotScene *self, guint panel, PlotRect rect, guint place)
{
  const PlotOccupancy *occupancy = &self->occupancies[panel];
  PlotRect frame = plot_rect_grow (self->layout.frames[panel], -PLOT_GUIDE_MARGIN * self->size);

  return plot_occupancy_under (occupancy, rect) + plot_occupancy_lines_under (occupancy, rect)
         + (plot_rect_contains (frame, rect) ? 0 : 5) + 0.05 * place;
}

/* Sets the places of both labels; returns what they cost. */
static double
place_labels (const PlotScene *self, guint panel, Shape *shape, PangoLayout *const texts[2])
{
  double sum = 0;

  for (int label = 0; label < 2; label++)
    {
      double least = INFINITY;

      for (guint place = 0; place < G_N_ELEMENTS (places); place++)
        {
          double cost = label_cost (self, panel, label_rect (self, shape, texts, label, place), place);

          if (cost >= least - 1e-6)
            continue;
          least = cost;
          shape->places[label] = place;
        }
      sum += least;
    }
  return sum;
}

static double
shape_cost (const PlotScene *self, guint panel, const Shape *shape)
{
  double x = (shape->from.x + shape->to.x + shape->corner.x) / 3;
  double y = (shape->from.y + shape->to.y + shape->corner.y) / 3;
  double width = fabs (shape->to.x - shape->from.x) / 3;
  double height = fabs (shape->to.y - shape->from.y) / 3;

  return 2
         * plot_occupancy_under (&self->occupancies[panel],
                                 plot_guide_rect (x - width / 2, y - height / 2, width, height));
}

static gboolean
in_sight (const PlotScene *self, guint panel, const Shape *shape)
{
  PlotPoint from = shape->from, to = shape->to;

  return isfinite (from.x) && isfinite (from.y) && isfinite (to.x) && isfinite (to.y)
         && plot_path_clip (self->layout.frames[panel], &from, &to);
}

/* Its right angle on the side where less is drawn, or where it was. */
static Shape
choose_shape (const PlotScene *self, const PlotItem *item, PlotPoint from, PlotPoint to,
              PangoLayout *const texts[2])
{
  Shape shape = { from, to, { from.x, to.y } }, mirrored = shape;
  const Shape *last = plot_scene_last_trace_of (self, item);
  guint panel = (guint) item->panel;
  double cost = shape_cost (self, panel, &shape) + place_labels (self, panel, &shape, texts);
  double other;

  mirrored.corner = (PlotPoint){ to.x, from.y };
  other = shape_cost (self, panel, &mirrored) + place_labels (self, panel, &mirrored, texts);
  if (last == NULL)
    return other < cost - 1e-6 ? mirrored : shape;
  if (last->corner.x == last->to.x)
    shape = mirrored;
  memcpy (shape.places, last->places, sizeof shape.places);
  return shape;
}

static void
take_labels (PlotScene *self, const PlotItem *item, const Shape *shape, PangoLayout *const texts[2])
{
  const PlotTriangle *triangle = item->data;
  PlotRect rects[] = { label_rect (self, shape, texts, 0, shape->places[0]),
                       label_rect (self, shape, texts, 1, shape->places[1]) };

  for (int i = 0; i < 2; i++)
    if (*triangle->label != '\0' && (i == 0 || shape->to.x - shape->from.x > MIN_RUN * self->size))
      plot_guide_take_label (self,
                             &(PlotGuideText){ texts[i], .panel = triangle->panel,
                                               .style = triangle->style, .item = item },
                             rects[i]);
    else
      g_object_unref (texts[i]);
}

static void
place (PlotScene *self, const PlotItem *item)
{
  const PlotTriangle *triangle = item->data;
  double end = triangle->y * pow (triangle->x1 / triangle->x0, triangle->slope);
  guint panel = triangle->panel;
  Shape shape = { .from = pixel_of (self, panel, triangle->x0, triangle->y),
                  .to = pixel_of (self, panel, triangle->x1, end) };
  PangoLayout *texts[2];

  if (!plot_on_log_paper (self) || !in_sight (self, panel, &shape))
    return;
  texts[0] = plot_guide_text (self, triangle->label);
  texts[1] = plot_guide_text (self, "1");
  shape = choose_shape (self, item, shape.from, shape.to, texts);
  self->traces[item->index] = g_memdup2 (&shape, sizeof shape);
  take_labels (self, item, &shape, texts);
  plot_occupancy_add_rect (&self->occupancies[panel],
                           (PlotRect){ shape.from.x, MIN (shape.from.y, shape.to.y), shape.to.x,
                                       MAX (shape.from.y, shape.to.y) },
                           3);
  plot_occupancy_sum (&self->occupancies[panel]);
}

static void
draw (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  const PlotTriangle *triangle = item->data;
  const Shape *shape = plot_scene_trace_of (self, item);
  PlotColor color = plot_guide_color (self, triangle->style);

  if (shape == NULL)
    return;
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

const PlotItemType plot_triangle_type = {
  .name = "triangle",
  .place = place,
  .free_trace = g_free,
  .draw = { [PLOT_LAYER_GUIDES] = draw, [PLOT_LAYER_LABELS] = plot_guide_draw_labels },
};

void
plot_figure_add_triangle (PlotFigure *self, const PlotTriangle *triangle)
{
  PlotTriangle copy;
  gpointer data;

  g_return_if_fail (self != NULL && triangle != NULL && triangle->panel < self->n_panels);
  g_return_if_fail (triangle->style < PLOT_N_STYLES && isfinite (triangle->slope));
  g_return_if_fail (triangle->x0 > 0 && triangle->x0 < triangle->x1 && triangle->y > 0);

  copy = *triangle;
  data = plot_copy_with_texts (&copy, sizeof copy, &copy.id, &copy.label);
  plot_figure_add_item (self, &plot_triangle_type, (int) triangle->panel, PLOT_CLAIM_NONE, copy.id,
                        data);
}
