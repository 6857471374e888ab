/* Dotted lines, and their labels, which stand where they cover least. */

#include "plot-draw-private.h"
#include "plot-item-private.h"

#include <math.h>

static gboolean
within (PlotRect inner, PlotRect outer)
{
  return inner.left >= outer.left && inner.right <= outer.right && inner.bottom <= outer.bottom;
}

#define N_PLACES 8 /* both sides of the line, then of lower rows */

static PlotRect
rect_at (const PlotScene *self, PlotRect frame, double at, double width, double height, int place)
{
  double gap = 0.55 * self->size;
  double x = place & 1 ? at + gap : at - gap - width;
  double y = frame.top + (0.35 + 1.3 * (place / 2)) * self->size;

  return (PlotRect){ x, y, x + width, y + height };
}

/* Where the label was before; -1: nowhere. */
static int
last_place (const PlotScene *self, guint index)
{
  for (guint i = 0; self->like != NULL && i < self->like->markers->len; i++)
    if (g_array_index (self->like->markers, PlotEntryText, i).index == index)
      return g_array_index (self->like->markers, PlotEntryText, i).place;
  return -1;
}

/* Whether another label is there already. */
static gboolean
is_taken (const PlotScene *self, PlotRect rect)
{
  for (guint i = 0; i < self->markers->len; i++)
    {
      const PlotEntryText *other = &g_array_index (self->markers, PlotEntryText, i);

      if (rect.left < other->x + other->width && rect.right > other->x
          && rect.top < other->y + plot_text_height (other->text) && rect.bottom > other->y)
        return TRUE;
    }
  return FALSE;
}

/* FALSE if the label fits nowhere. */
static gboolean
place_label (const PlotScene *self, guint panel, double at, double height, PlotEntryText *label)
{
  PlotRect frame = self->layout.frames[panel];
  int last = last_place (self, label->index);
  double least = INFINITY;

  for (int place = 0; place < N_PLACES; place++)
    {
      PlotRect rect = rect_at (self, frame, at, label->width, height, place);
      double cost = place == last
                      ? -1
                      : plot_occupancy_under (&self->occupancies[panel], rect) + 0.02 * (place / 2);

      if (!within (rect, frame) || is_taken (self, rect) || cost >= least - 1e-6)
        continue;
      least = cost;
      label->x = rect.left;
      label->y = rect.top;
      label->place = place;
    }
  return isfinite (least);
}

static void
add_label (PlotScene *self, const PlotItem *item, double at)
{
  const PlotMarker *marker = item->data;
  PlotRect frame = self->layout.frames[marker->panel];
  PlotEntryText label = { .index = item->nth };
  double height, room = MAX (at - frame.left, frame.right - at) - 0.8 * self->size;

  if (room < 5 * self->size)
    return;
  label.text = plot_text_new (self->context, self->theme, marker->label, 0.92 * self->size,
                              PANGO_WEIGHT_NORMAL);
  if (plot_text_width (label.text) > room)
    plot_text_wrap (label.text, room, 2);
  label.width = plot_text_width (label.text);
  height = plot_text_height (label.text);
  if (pango_layout_is_ellipsized (label.text)
      || !place_label (self, marker->panel, at, height, &label))
    {
      g_object_unref (label.text);
      return;
    }
  g_array_append_val (self->markers, label);
  plot_occupancy_add_rect (&self->occupancies[marker->panel],
                           (PlotRect){ label.x, label.y, label.x + label.width, label.y + height },
                           8);
}

static void
place (PlotScene *self, const PlotItem *item)
{
  const PlotMarker *marker = item->data;
  PlotOccupancy *occupancy = &self->occupancies[marker->panel];
  PlotRect frame = self->layout.frames[marker->panel];
  double at = plot_layout_to_pixel (&self->layout, marker->panel, PLOT_X, marker->x);

  if (!(at >= frame.left && at <= frame.right))
    return;
  if (*marker->label != '\0')
    add_label (self, item, at);
  plot_occupancy_add_rect (occupancy, (PlotRect){ at - 1, frame.top, at + 1, frame.bottom }, 1);
  plot_occupancy_sum (occupancy);
}

static void
draw (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  const PlotMarker *marker = item->data;
  PlotRect frame = self->layout.frames[panel];
  double at = plot_crisp (plot_layout_to_pixel (&self->layout, panel, PLOT_X, marker->x));
  double pen = MAX (0.8, plot_pen (self));
  const double dots[] = { 1.2 * pen, 3.2 * pen };

  if (!(at >= frame.left && at <= frame.right + 1))
    return;
  cairo_move_to (cr, at, frame.top);
  cairo_line_to (cr, at, frame.bottom);
  cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  cairo_set_line_width (cr, 1.25 * pen);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  plot_set_color (cr, self->theme->dim, 1);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_label (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  for (guint i = 0; i < self->markers->len; i++)
    {
      const PlotEntryText *label = &g_array_index (self->markers, PlotEntryText, i);

      if (label->index != item->nth)
        continue;
      cairo_rectangle (cr, label->x - 2, label->y, label->width + 4,
                       plot_text_height (label->text));
      plot_set_color (cr, self->theme->background, 0.8);
      cairo_fill (cr);
      plot_set_color (cr, self->theme->dim, 1);
      plot_text_draw (cr, label->text, label->x, label->y);
    }
}

const PlotItemType plot_marker_type = {
  .name = "marker",
  .place = place,
  .draw = { [PLOT_LAYER_RULES] = draw, [PLOT_LAYER_LABELS] = draw_label },
};

void
plot_figure_add_marker (PlotFigure *self, const PlotMarker *marker)
{
  PlotMarker copy;
  gpointer data;

  g_return_if_fail (self != NULL && marker != NULL && marker->panel < self->n_panels);

  copy = *marker;
  data = plot_copy_with_texts (&copy, sizeof copy, &copy.id, &copy.label);
  plot_figure_add_item (self, &plot_marker_type, (int) marker->panel, PLOT_CLAIM_NONE, copy.id,
                        data);
}
