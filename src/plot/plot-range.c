/* A shaded range of x. */

#include "plot-draw-private.h"
#include "plot-item-private.h"

#define EDGE_WEIGHT 3 /* weight in the occupancy: so much that no legend is put across an edge */

gboolean
plot_locate_span (const PlotScene *self, guint panel, double from, double to, PlotRect *span)
{
  const PlotLayout *layout = &self->layout;

  *span = layout->frames[panel];
  span->left = plot_layout_to_pixel (layout, panel, PLOT_X, from);
  span->right = plot_layout_to_pixel (layout, panel, PLOT_X, to);
  if (isnan (span->left)) /* zero on a log axis */
    span->left = -INFINITY;
  return span->right > layout->frames[panel].left && span->left < layout->frames[panel].right;
}

gboolean
plot_edge_in_sight (const PlotScene *self, guint panel, double edge)
{
  return edge >= self->layout.frames[panel].left - 1 && edge <= self->layout.frames[panel].right + 1;
}

static void
occupy_edge (PlotScene *self, guint panel, double edge)
{
  PlotRect frame = self->layout.frames[panel];

  if (plot_edge_in_sight (self, panel, edge))
    plot_occupancy_add_rect (&self->occupancies[panel],
                             (PlotRect){ edge - 1, frame.top, edge + 1, frame.bottom }, EDGE_WEIGHT);
}

/* What labels had better not cross. */
static gpointer
trace (PlotScene *self, const PlotItem *item)
{
  const PlotRange *range = item->data;
  PlotRect span;

  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    if ((item->panel < 0 || item->panel == (int) panel)
        && plot_locate_span (self, panel, range->lo, range->hi, &span))
      {
        occupy_edge (self, panel, span.left);
        occupy_edge (self, panel, span.right);
      }
  return NULL;
}

void
plot_trace_edge (const PlotScene *self, guint panel, double edge, cairo_t *cr)
{
  if (!plot_edge_in_sight (self, panel, edge))
    return;
  cairo_move_to (cr, plot_crisp (edge), self->layout.frames[panel].top);
  cairo_line_to (cr, plot_crisp (edge), self->layout.frames[panel].bottom);
}

static void
draw (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  const PlotRange *range = item->data;
  PlotRect frame = self->layout.frames[panel], span;
  double left, right;

  if (!plot_locate_span (self, panel, range->lo, range->hi, &span))
    return;
  left = MAX (span.left, frame.left);
  right = MIN (span.right, frame.right);
  cairo_rectangle (cr, left, frame.top, right - left, frame.bottom - frame.top);
  plot_set_color (cr, self->theme->foreground, 0.055);
  cairo_fill (cr);
  plot_trace_edge (self, panel, span.left, cr);
  plot_trace_edge (self, panel, span.right, cr);
  cairo_set_line_width (cr, MAX (0.8, plot_pen (self)));
  plot_set_color (cr, self->theme->dim, 0.45);
  cairo_stroke (cr);
}

const PlotItemType plot_range_type = {
  .name = "range",
  .trace = trace,
  .draw = { [PLOT_LAYER_GROUND] = draw },
};

void
plot_figure_add_range (PlotFigure *self, const PlotRange *range)
{
  PlotRange copy;
  const char *no_label = NULL;
  gpointer data;

  g_return_if_fail (self != NULL && range != NULL && range->lo < range->hi);
  g_return_if_fail (range->panel < (int) self->n_panels);

  copy = *range;
  data = plot_copy_with_texts (&copy, sizeof copy, &copy.id, &no_label);
  plot_figure_add_item (self, &plot_range_type, range->panel, PLOT_CLAIM_NONE, copy.id, data);
}

void
plot_figure_add_movable_range (PlotFigure *self, const char *id, double lo, double hi)
{
  g_autofree char *from = g_strconcat (id, "-from", NULL), *to = g_strconcat (id, "-to", NULL);

  g_return_if_fail (self != NULL && id != NULL && lo < hi);

  plot_figure_add_range (self, &(PlotRange){ id, -1, lo, hi });
  plot_figure_add_handle (self, &(PlotHandle){ .id = from, .panel = -1, .shape = PLOT_HANDLE_EDGE,
                                               .x = lo, .free_x = TRUE });
  plot_figure_add_handle (self, &(PlotHandle){ .id = to, .panel = -1, .shape = PLOT_HANDLE_EDGE,
                                               .x = hi, .free_x = TRUE });
  plot_figure_add_handle (self, &(PlotHandle){ .id = id, .panel = -1, .shape = PLOT_HANDLE_SPAN,
                                               .x = lo, .y = hi, .free_x = TRUE });
}
