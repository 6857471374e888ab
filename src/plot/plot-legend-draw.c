/* What the legend looks like. */

#include "plot-draw-private.h"
#include "plot-item-private.h"

static void
draw_sample (const PlotScene *self, guint curve, double x, double y, cairo_t *cr)
{
  const PlotItem *item = plot_figure_item_of (self->figure, curve);

  item->type->draw_sample (self, item, curve - item->first_curve, x, y, cr);
}

static void
draw_entry (const PlotScene *self, const PlotEntryText *entry, cairo_t *cr)
{
  gboolean hidden = plot_figure_hides (self->figure, self->layout.view.hidden, entry->index);
  double text_x = entry->x + entry->width - plot_text_width (entry->text);
  double baseline = entry->y + 0.34 * self->size;

  if (!hidden)
    draw_sample (self, entry->index, entry->x, entry->y, cr);
  plot_set_color (cr,
                  hidden ? plot_color_mix (self->theme->dim, self->theme->background, 0.4)
                         : self->theme->foreground,
                  1);
  plot_text_draw_baseline (cr, entry->text, text_x, baseline);
  if (!hidden)
    return;
  cairo_move_to (cr, text_x, round (entry->y) + 0.5);
  cairo_line_to (cr, entry->x + entry->width, round (entry->y) + 0.5);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
plot_draw_legend (const PlotScene *self, cairo_t *cr)
{
  const PlotLayout *layout = &self->layout;

  if (layout->legend_width <= 0)
    return;
  cairo_rectangle (cr, layout->legend_x, layout->legend_y, layout->legend_width,
                   layout->legend_height);
  plot_set_color (cr, self->theme->background, self->legend_over ? 0.55 : 0.88);
  cairo_fill (cr);
  for (guint i = 0; i < self->legend->len; i++)
    draw_entry (self, &g_array_index (self->legend, PlotEntryText, i), cr);
}
