/* What power laws and slope triangles have in common. */

#include "plot-guides-private.h"

#define LABEL_SIZE 0.95 /* in units of the type size */

void
plot_guides_clear (PlotScene *self)
{
  for (guint i = 0; i < self->guides->len; i++)
    g_object_unref (g_array_index (self->guides, PlotGuideText, i).text);
  g_array_set_size (self->guides, 0);
}

gboolean
plot_on_log_paper (const PlotScene *self)
{
  return self->layout.view.scale[PLOT_X] == &plot_scale_log
         && self->layout.view.scale[PLOT_Y] == &plot_scale_log;
}

PangoLayout *
plot_guide_text (const PlotScene *self, const char *markup)
{
  return plot_text_new (self->context, self->theme, markup, LABEL_SIZE * self->size,
                        PANGO_WEIGHT_NORMAL);
}

static PlotRect
rect_of (double x, double y, PangoLayout *text)
{
  return plot_guide_rect (x, y, plot_text_width (text), plot_text_height (text));
}

gboolean
plot_guide_is_under (const PlotScene *self, guint panel, PlotRect rect)
{
  for (guint i = 0; i < self->guides->len; i++)
    {
      const PlotGuideText *label = &g_array_index (self->guides, PlotGuideText, i);

      if (label->panel == panel && plot_rect_meets (rect, rect_of (label->x, label->y, label->text)))
        return TRUE;
    }
  return FALSE;
}

gboolean
plot_scene_next_label (const PlotScene *self, guint panel, guint *at, PlotRect *rect)
{
  for (; *at < self->guides->len; ++*at)
    {
      const PlotGuideText *label = &g_array_index (self->guides, PlotGuideText, *at);

      if (label->panel != panel)
        continue;
      *rect = rect_of (label->x, label->y, label->text);
      ++*at;
      return TRUE;
    }
  if (*at - self->guides->len < self->markers->len)
    {
      const PlotEntryText *label
        = &g_array_index (self->markers, PlotEntryText, *at - self->guides->len);

      *rect = rect_of (label->x, label->y, label->text);
      ++*at;
      return TRUE;
    }
  return FALSE;
}

/* Whether another label is there already. */
static gboolean
is_taken (const PlotScene *self, guint panel, PlotRect rect)
{
  PlotRect label;

  for (guint at = 0; plot_scene_next_label (self, panel, &at, &label);)
    if (plot_rect_meets (rect, label))
      return TRUE;
  return FALSE;
}

void
plot_guide_take_label (PlotScene *self, const PlotGuideText *label, PlotRect rect)
{
  PlotOccupancy *occupancy = &self->occupancies[label->panel];
  PlotGuideText placed = *label;

  if (!plot_rect_contains (
        plot_rect_grow (self->layout.frames[label->panel], -PLOT_GUIDE_MARGIN * self->size), rect)
      || is_taken (self, label->panel, rect))
    {
      g_object_unref (label->text);
      return;
    }
  placed.x = rect.left;
  placed.y = rect.top;
  g_array_append_val (self->guides, placed);
  plot_occupancy_add_rect (occupancy, rect, 8);
  plot_occupancy_sum (occupancy);
}

/* --- drawing --- */

PlotColor
plot_guide_color (const PlotScene *self, PlotStyle style)
{
  return plot_color_mix (plot_style_look (self, style, 0).color, self->theme->foreground,
                         self->layout.view.dimmed ? 0 : 0.5);
}

/* Their own outline in the background's colour keeps grid and bands off the letters. */
static void
draw_label (const PlotScene *self, const PlotGuideText *label, cairo_t *cr)
{
  cairo_move_to (cr, label->x, label->y);
  pango_cairo_layout_path (cr, label->text);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 0.3 * self->size);
  plot_set_color (cr, self->theme->background, 0.8);
  cairo_stroke (cr);
  plot_set_color (cr, plot_guide_color (self, label->style), 1);
  plot_text_draw (cr, label->text, label->x, label->y);
}

void
plot_guide_draw_labels (const PlotScene *self, const PlotItem *item, guint panel, cairo_t *cr)
{
  for (guint i = 0; i < self->guides->len; i++)
    {
      const PlotGuideText *label = &g_array_index (self->guides, PlotGuideText, i);

      if (label->item == item)
        draw_label (self, label, cr);
    }
}
