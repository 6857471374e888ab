#include "plot-layout-private.h"

#include <math.h>

PlotLayout *
plot_layout_new (const PlotFigure *figure, const PlotTheme *theme, const PlotLimits *view,
                 double width, double height)
{
  g_return_val_if_fail (figure != NULL && theme != NULL, NULL);

  return &plot_scene_new (figure, theme, view, width, height)->layout;
}

void
plot_layout_free (PlotLayout *layout)
{
  PlotScene *self = (PlotScene *) layout;

  if (self == NULL)
    return;
  g_clear_object (&self->title.text);
  g_clear_object (&self->notes.text);
  g_clear_object (&self->top_label.text);
  g_clear_pointer (&self->top_ticks, g_array_unref);
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      g_clear_object (&self->labels[axis].text);
      g_array_unref (layout->ticks[axis]);
    }
  for (guint panel = 0; panel < layout->n_panels; panel++)
    {
      g_clear_object (&self->panel_titles[panel].text);
      plot_occupancy_clear (&self->occupancies[panel]);
    }
  plot_colorbar_clear (self);
  plot_guides_clear (self);
  g_array_unref (self->guides);
  plot_scene_clear_traces (self);
  g_free (self->traces);
  plot_entries_clear (self->markers);
  plot_entries_clear (self->legend);
  g_array_unref (self->markers);
  g_array_unref (self->legend);
  g_hash_table_unref (self->tick_texts);
  g_object_unref (self->context);
  plot_figure_unref ((PlotFigure *) self->figure);
  g_free (self);
}

double
plot_layout_to_pixel (const PlotLayout *layout, guint panel, PlotAxis axis, double value)
{
  g_return_val_if_fail (panel < layout->n_panels, NAN);

  return plot_map (&plot_scene_maps ((const PlotScene *) layout, panel)[axis], value);
}

double
plot_layout_to_data (const PlotLayout *layout, guint panel, PlotAxis axis, double pixel)
{
  const PlotMap *map;

  g_return_val_if_fail (panel < layout->n_panels, NAN);

  map = &plot_scene_maps ((const PlotScene *) layout, panel)[axis];
  return map->scale->inverse ((pixel - map->origin) / map->gain + map->base);
}

int
plot_layout_panel_at (const PlotLayout *self, double px, double py)
{
  for (guint panel = 0; panel < self->n_panels; panel++)
    if (plot_rect_has (self->frames[panel], px, py, 0))
      return (int) panel;
  return -1;
}

/* The entry whose row a pixel of the box is in; the margins belong to the rows at their side. */
static int
entry_in_box (const PlotScene *self, double px, double py)
{
  const PlotLayout *layout = &self->layout;
  const PlotEntryText *first = &g_array_index (self->legend, PlotEntryText, 0);
  int row = (int) floor ((py - first->y) / self->legend_row + 0.5);

  if (px < layout->legend_x || px > layout->legend_x + layout->legend_width || py < layout->legend_y
      || py > layout->legend_y + layout->legend_height)
    return -1;
  return (int) g_array_index (self->legend, PlotEntryText, CLAMP (row, 0, (int) self->legend->len - 1))
    .index;
}

int
plot_layout_legend_hit (const PlotLayout *layout, double px, double py)
{
  const PlotScene *self = (const PlotScene *) layout;

  if (layout->legend_width <= 0 || self->legend->len == 0)
    return -1;
  if (self->legend_inside)
    return entry_in_box (self, px, py);
  for (guint i = 0; i < self->legend->len; i++)
    {
      const PlotEntryText *entry = &g_array_index (self->legend, PlotEntryText, i);

      if (px >= entry->x - 2 && px <= entry->x + entry->width + 2
          && fabs (py - entry->y) <= self->legend_row / 2)
        return (int) entry->index;
    }
  return -1;
}
