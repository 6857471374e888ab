/* The bar that says what colours mean, right of the last panel. */

#include "plot-draw-private.h"
#include "plot-image-private.h"

/* In units of the type size. */
#define GAP 1.3    /* from the frame to the bar */
#define WIDTH 1.05 /* of the bar */
#define TICK 0.3   /* length of its marks */
#define TICK_GAP 0.6
#define LABEL_GAP 0.5
#define END 0.7          /* from the outermost text to the sheet's edge */
#define LEAST_SHEET 20   /* there is no bar on what is narrower */
#define LEAST_LABELLED 30 /* and no label */

static double
extent (const char *label, gpointer data)
{
  return 1.3 * ((PlotScene *) data)->size;
}

static double
widest_number (PlotScene *self)
{
  double widest = 0;

  for (guint i = 0; i < self->bar.ticks->len; i++)
    {
      const char *label = g_array_index (self->bar.ticks, PlotTick, i).label;

      if (label != NULL)
        widest = MAX (widest, plot_text_width (plot_scene_tick_text (self, label)));
    }
  return widest;
}

/* That of the first image that has one. */
static const char *
find_label (const PlotFigure *figure)
{
  for (guint i = 0; i < figure->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (figure->items, i);

      if (item->type == &plot_image_type && *((const PlotImage *) item->data)->label != '\0')
        return ((const PlotImage *) item->data)->label;
    }
  return NULL;
}

void
plot_colorbar_clear (PlotScene *self)
{
  g_clear_pointer (&self->bar.ticks, g_array_unref);
  g_clear_object (&self->bar.label.text);
}

gboolean
plot_colorbar_is_left_out (const PlotScene *self)
{
  PlotColorRange range;
  gboolean labelled = self->bar.label.text != NULL
                      && !pango_layout_is_ellipsized (self->bar.label.text);

  return plot_figure_find_colors (self->figure, &range)
         && (self->bar.ticks == NULL || (find_label (self->figure) != NULL && !labelled));
}

double
plot_colorbar_measure (PlotScene *self, double height)
{
  const char *label = find_label (self->figure);
  PlotColorRange range;
  double width;

  plot_colorbar_clear (self);
  if (!plot_figure_find_colors (self->figure, &range) || self->layout.width < LEAST_SHEET * self->size)
    return 0;
  self->bar.ticks = plot_scale_linear.locate (range.lo, range.hi, height, extent, self);
  width = (GAP + WIDTH + TICK_GAP + END) * self->size + widest_number (self);
  if (label == NULL || self->layout.width < LEAST_LABELLED * self->size)
    return width;
  self->bar.label.text = plot_text_new (self->context, self->theme, label, 1.06 * self->size,
                                        PANGO_WEIGHT_NORMAL);
  plot_text_wrap (self->bar.label.text, height, 1);
  return width + LABEL_GAP * self->size + plot_text_height (self->bar.label.text);
}

void
plot_colorbar_place (PlotScene *self)
{
  const PlotLayout *layout = &self->layout;
  double left = layout->right + GAP * self->size;

  if (self->bar.ticks == NULL)
    return;
  self->bar.rect = (PlotRect){ floor (left), layout->top, floor (left + WIDTH * self->size),
                               layout->bottom };
  if (self->bar.label.text == NULL)
    return;
  self->bar.label.x = self->bar.rect.right + (TICK_GAP + LABEL_GAP) * self->size + widest_number (self);
  self->bar.label.y = (layout->top + layout->bottom + plot_text_width (self->bar.label.text)) / 2;
}

/* Smooth: as many stops as shades would be seen as steps in some viewers. */
static void
draw_shades (const PlotScene *self, PlotColormap map, cairo_t *cr)
{
  PlotRect rect = self->bar.rect;
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, rect.bottom, 0, rect.top);
  PlotColor shades[PLOT_N_SHADES];

  plot_scene_get_shades (self, map, shades);
  for (guint i = 0; i < PLOT_N_SHADES; i += 5)
    cairo_pattern_add_color_stop_rgb (pattern, i / (PLOT_N_SHADES - 1.0), shades[i].r, shades[i].g,
                                      shades[i].b);
  cairo_rectangle (cr, rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

static double
tick_at (const PlotScene *self, const PlotColorRange *range, double value)
{
  PlotRect rect = self->bar.rect;

  return rect.bottom - (value - range->lo) / (range->hi - range->lo) * (rect.bottom - rect.top);
}

static void
draw_ticks (const PlotScene *self, const PlotColorRange *range, cairo_t *cr)
{
  double right = self->bar.rect.right;

  for (guint i = 0; i < self->bar.ticks->len; i++)
    {
      const PlotTick *tick = &g_array_index (self->bar.ticks, PlotTick, i);
      double at = tick_at (self, range, tick->value);

      if (tick->label == NULL)
        continue;
      plot_set_color (cr, self->theme->frame, 1);
      cairo_move_to (cr, right, plot_crisp (at));
      cairo_line_to (cr, right + TICK * self->size, plot_crisp (at));
      cairo_set_line_width (cr, MAX (0.8, plot_pen (self)));
      cairo_stroke (cr);
      plot_set_color (cr, self->theme->dim, 1);
      plot_text_draw_baseline (cr, g_hash_table_lookup (self->tick_texts, tick->label),
                               right + TICK_GAP * self->size, at + 0.36 * self->size);
    }
}

void
plot_colorbar_draw (const PlotScene *self, cairo_t *cr)
{
  PlotRect rect = self->bar.rect;
  PlotColorRange range;

  if (self->bar.ticks == NULL || !plot_figure_find_colors (self->figure, &range))
    return;
  draw_shades (self, range.map, cr);
  cairo_rectangle (cr, plot_crisp (rect.left), plot_crisp (rect.top), rect.right - rect.left,
                   rect.bottom - rect.top);
  cairo_set_line_width (cr, MAX (0.8, plot_pen (self)));
  plot_set_color (cr, self->theme->frame, 1);
  cairo_stroke (cr);
  draw_ticks (self, &range, cr);
  if (self->bar.label.text == NULL)
    return;
  plot_set_color (cr, self->theme->foreground, 1);
  cairo_save (cr);
  cairo_translate (cr, self->bar.label.x, self->bar.label.y);
  cairo_rotate (cr, -G_PI / 2);
  plot_text_draw (cr, self->bar.label.text, 0, 0);
  cairo_restore (cr);
}
