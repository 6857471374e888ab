#include "plot-draw-private.h"
#include "plot-item-private.h"

static void
trace_grid (const PlotScene *self, guint panel, PlotAxis axis, gboolean major, cairo_t *cr)
{
  const PlotLayout *layout = &self->layout;
  PlotRect frame = layout->frames[panel];

  for (guint i = 0; i < layout->ticks[axis]->len; i++)
    {
      const PlotTick *tick = &g_array_index (layout->ticks[axis], PlotTick, i);
      double at = plot_crisp (plot_layout_to_pixel (layout, panel, axis, tick->value));

      if ((tick->label != NULL) != major)
        continue;
      cairo_move_to (cr, axis == PLOT_X ? at : frame.left, axis == PLOT_X ? frame.top : at);
      cairo_line_to (cr, axis == PLOT_X ? at : frame.right, axis == PLOT_X ? frame.bottom : at);
    }
}

static void
draw_grid (const PlotScene *self, guint panel, cairo_t *cr)
{
  cairo_set_line_width (cr, 1);
  for (int major = 0; major < 2; major++)
    {
      trace_grid (self, panel, PLOT_X, major, cr);
      trace_grid (self, panel, PLOT_Y, major, cr);
      plot_set_color (cr, major ? self->theme->grid : self->theme->minor_grid, 1);
      cairo_stroke (cr);
    }
}

#define TICK 0.3 /* of the type size */

/* Where an image hides the grid. */
static void
trace_ticks (const PlotScene *self, guint panel, PlotAxis axis, cairo_t *cr)
{
  const GArray *ticks = self->layout.ticks[axis];
  PlotRect frame = self->layout.frames[panel];

  for (guint i = 0; i < ticks->len; i++)
    {
      const PlotTick *tick = &g_array_index (ticks, PlotTick, i);
      double at = plot_crisp (plot_layout_to_pixel (&self->layout, panel, axis, tick->value));

      if (tick->label == NULL)
        continue;
      cairo_move_to (cr, axis == PLOT_X ? at : frame.left, axis == PLOT_X ? frame.bottom : at);
      cairo_line_to (cr, axis == PLOT_X ? at : frame.left - TICK * self->size,
                     axis == PLOT_X ? frame.bottom + TICK * self->size : at);
    }
}

static void
trace_box (const PlotScene *self, guint panel, cairo_t *cr)
{
  PlotRect frame = self->layout.frames[panel];

  trace_ticks (self, panel, PLOT_X, cr);
  trace_ticks (self, panel, PLOT_Y, cr);
  cairo_move_to (cr, frame.right, plot_crisp (frame.bottom));
  cairo_line_to (cr, plot_crisp (frame.right), plot_crisp (frame.bottom));
  cairo_line_to (cr, plot_crisp (frame.right), plot_crisp (frame.top));
  cairo_line_to (cr, plot_crisp (frame.left), plot_crisp (frame.top));
}

static void
draw_frame (const PlotScene *self, guint panel, cairo_t *cr)
{
  PlotRect frame = self->layout.frames[panel];

  if (plot_figure_find_item (self->figure, &plot_image_type) != NULL)
    trace_box (self, panel, cr);
  cairo_move_to (cr, plot_crisp (frame.left), frame.top);
  cairo_line_to (cr, plot_crisp (frame.left), plot_crisp (frame.bottom));
  cairo_line_to (cr, frame.right, plot_crisp (frame.bottom));
  cairo_set_line_width (cr, MAX (0.8, plot_pen (self)));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  plot_set_color (cr, self->theme->frame, 1);
  cairo_stroke (cr);
}

/* Figures are centred on their tick by cap height, so that exponents do not shift them. */
static void
draw_tick_label (const PlotScene *self, guint panel, PlotAxis axis, const PlotTick *tick,
                 cairo_t *cr)
{
  const PlotLayout *layout = &self->layout;
  PlotRect frame = layout->frames[panel];
  PangoLayout *text = g_hash_table_lookup (self->tick_texts, tick->label);
  double at = plot_layout_to_pixel (layout, panel, axis, tick->value), width;

  if (text == NULL)
    return;
  width = plot_text_width (text);
  if (axis == PLOT_X)
    plot_text_draw_baseline (cr, text, at - width / 2, frame.bottom + 1.55 * self->size);
  else
    plot_text_draw_baseline (cr, text, frame.left - 0.7 * self->size - width,
                             at + 0.36 * self->size);
}

static void
draw_text (const PlotText *text, PlotColor color, gboolean upwards, cairo_t *cr)
{
  if (text->text == NULL)
    return;
  plot_set_color (cr, color, 1);
  cairo_save (cr);
  cairo_translate (cr, text->x, text->y);
  if (upwards)
    cairo_rotate (cr, -G_PI / 2);
  plot_text_draw (cr, text->text, 0, 0);
  cairo_restore (cr);
}

static void
draw_tick_labels (const PlotScene *self, guint panel, PlotAxis axis, cairo_t *cr)
{
  plot_set_color (cr, self->theme->dim, 1);
  for (guint i = 0; i < self->layout.ticks[axis]->len; i++)
    {
      const PlotTick *tick = &g_array_index (self->layout.ticks[axis], PlotTick, i);

      if (tick->label != NULL)
        draw_tick_label (self, panel, axis, tick, cr);
    }
}

static void
draw_texts (const PlotScene *self, cairo_t *cr)
{
  const PlotTheme *theme = self->theme;

  draw_tick_labels (self, 0, PLOT_Y, cr);
  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    {
      draw_tick_labels (self, panel, PLOT_X, cr);
      draw_text (&self->panel_titles[panel], theme->foreground, FALSE, cr);
    }
  plot_draw_top_axis (self, cr);
  plot_colorbar_draw (self, cr);
  draw_text (&self->title, theme->foreground, FALSE, cr);
  draw_text (&self->labels[PLOT_X], theme->foreground, FALSE, cr);
  draw_text (&self->labels[PLOT_Y], theme->foreground, TRUE, cr);
  draw_text (&self->notes, theme->dim, FALSE, cr);
}

static void
draw_panel (const PlotScene *self, guint panel, cairo_t *cr)
{
  PlotRect frame = self->layout.frames[panel];

  draw_grid (self, panel, cr);
  cairo_save (cr);
  cairo_rectangle (cr, frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top);
  cairo_clip (cr);
  for (int layer = 0; layer < PLOT_N_PANEL_LAYERS; layer++)
    plot_items_draw (self, (int) panel, layer, cr);
  cairo_restore (cr);
  draw_frame (self, panel, cr);
}

void
plot_layout_render (const PlotLayout *layout, cairo_t *cr)
{
  const PlotScene *self = (const PlotScene *) layout;

  g_return_if_fail (layout != NULL && cr != NULL);

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, self->layout.width, self->layout.height);
  cairo_clip (cr);
  plot_set_color (cr, self->theme->background, 1);
  cairo_paint (cr);
  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    draw_panel (self, panel, cr);
  plot_items_draw (self, -1, PLOT_LAYER_LABELS, cr);
  plot_draw_legend (self, cr);
  for (guint panel = 0; panel < self->layout.n_panels && self->layout.view.handles; panel++)
    plot_items_draw (self, (int) panel, PLOT_LAYER_GRIPS, cr);
  draw_texts (self, cr);
  cairo_restore (cr);
}

void
plot_render_legend (const PlotLayout *layout, cairo_t *cr)
{
  g_return_if_fail (layout != NULL && cr != NULL);

  plot_draw_legend ((const PlotScene *) layout, cr);
}

void
plot_render (const PlotFigure *figure, const PlotTheme *theme, const PlotLimits *view, cairo_t *cr,
             double width, double height)
{
  PlotLayout *layout;

  g_return_if_fail (figure != NULL && theme != NULL && cr != NULL);

  layout = plot_layout_new (figure, theme, view, width, height);
  plot_layout_render (layout, cr);
  plot_layout_free (layout);
}
