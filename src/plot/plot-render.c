#include "plot-draw-private.h"

#include <math.h>

/* Thin straight lines lie on whole pixels of the figure, whatever the surface. */
static double
crisp (double pixel)
{
  return floor (pixel) + 0.5;
}

static void
trace_grid (const PlotScene *self, PlotAxis axis, gboolean major, cairo_t *cr)
{
  const PlotLayout *layout = &self->layout;

  for (guint i = 0; i < layout->ticks[axis]->len; i++)
    {
      const PlotTick *tick = &g_array_index (layout->ticks[axis], PlotTick, i);
      double at = crisp (plot_layout_to_pixel (layout, 0, axis, tick->value));

      if ((tick->label != NULL) != major)
        continue;
      cairo_move_to (cr, axis == PLOT_X ? at : layout->left, axis == PLOT_X ? layout->top : at);
      cairo_line_to (cr, axis == PLOT_X ? at : layout->right, axis == PLOT_X ? layout->bottom : at);
    }
}

static void
draw_grid (const PlotScene *self, cairo_t *cr)
{
  cairo_set_line_width (cr, 1);
  for (int major = 0; major < 2; major++)
    {
      trace_grid (self, PLOT_X, major, cr);
      trace_grid (self, PLOT_Y, major, cr);
      plot_set_color (cr, major ? self->theme->grid : self->theme->minor_grid, 1);
      cairo_stroke (cr);
    }
}

static void
draw_frame (const PlotScene *self, cairo_t *cr)
{
  const PlotLayout *layout = &self->layout;

  cairo_move_to (cr, crisp (layout->left), layout->top);
  cairo_line_to (cr, crisp (layout->left), crisp (layout->bottom));
  cairo_line_to (cr, layout->right, crisp (layout->bottom));
  cairo_set_line_width (cr, MAX (0.8, plot_pen (self)));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  plot_set_color (cr, self->theme->frame, 1);
  cairo_stroke (cr);
}

/* Figures are centred on their tick by cap height, so that exponents do not shift them. */
static void
draw_tick_label (const PlotScene *self, PlotAxis axis, const PlotTick *tick, cairo_t *cr)
{
  const PlotLayout *layout = &self->layout;
  PangoLayout *text = g_hash_table_lookup (self->tick_texts, tick->label);
  double at = plot_layout_to_pixel (layout, 0, axis, tick->value), width;

  if (text == NULL)
    return;
  width = plot_text_width (text);
  if (axis == PLOT_X)
    plot_text_draw_baseline (cr, text, at - width / 2, layout->bottom + 1.55 * self->size);
  else
    plot_text_draw_baseline (cr, text, layout->left - 0.7 * self->size - width,
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
draw_texts (const PlotScene *self, cairo_t *cr)
{
  const PlotTheme *theme = self->theme;

  plot_set_color (cr, theme->dim, 1);
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    for (guint i = 0; i < self->layout.ticks[axis]->len; i++)
      {
        const PlotTick *tick = &g_array_index (self->layout.ticks[axis], PlotTick, i);

        if (tick->label != NULL)
          draw_tick_label (self, axis, tick, cr);
      }
  plot_draw_top_axis (self, cr);
  draw_text (&self->title, theme->foreground, FALSE, cr);
  draw_text (&self->labels[PLOT_X], theme->foreground, FALSE, cr);
  draw_text (&self->labels[PLOT_Y], theme->foreground, TRUE, cr);
  draw_text (&self->notes, theme->dim, FALSE, cr);
}

/* Dotted lines, under the data. */
static void
draw_marker_lines (const PlotScene *self, cairo_t *cr)
{
  const PlotLayout *layout = &self->layout;
  double pen = MAX (0.8, plot_pen (self));
  const double dots[] = { 1.2 * pen, 3.2 * pen };

  for (guint i = 0; i < self->figure->markers->len; i++)
    {
      const PlotMarker *marker = g_ptr_array_index (self->figure->markers, i);
      double at = crisp (plot_layout_to_pixel (layout, 0, PLOT_X, marker->x));

      if (!(at >= layout->left && at <= layout->right + 1))
        continue;
      cairo_move_to (cr, at, layout->top);
      cairo_line_to (cr, at, layout->bottom);
    }
  cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  cairo_set_line_width (cr, 1.25 * pen);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  plot_set_color (cr, self->theme->dim, 1);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_marker_labels (const PlotScene *self, cairo_t *cr)
{
  for (guint i = 0; i < self->markers->len; i++)
    {
      const PlotEntryText *label = &g_array_index (self->markers, PlotEntryText, i);

      cairo_rectangle (cr, label->x - 2, label->y, label->width + 4,
                       plot_text_height (label->text));
      plot_set_color (cr, self->theme->background, 0.8);
      cairo_fill (cr);
      plot_set_color (cr, self->theme->dim, 1);
      plot_text_draw (cr, label->text, label->x, label->y);
    }
}

static void
clip_to_frame (const PlotScene *self, cairo_t *cr)
{
  const PlotLayout *layout = &self->layout;

  cairo_rectangle (cr, layout->left, layout->top, layout->right - layout->left,
                   layout->bottom - layout->top);
  cairo_clip (cr);
}

void
plot_render (const PlotFigure *figure, const PlotTheme *theme, const PlotView *view, cairo_t *cr,
             double width, double height)
{
  PlotScene *self;

  g_return_if_fail (figure != NULL && theme != NULL && cr != NULL);

  self = plot_scene_new (figure, theme, view, width, height);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, self->layout.width, self->layout.height);
  cairo_clip (cr);
  plot_set_color (cr, theme->background, 1);
  cairo_paint (cr);
  draw_grid (self, cr);
  cairo_save (cr);
  clip_to_frame (self, cr);
  draw_marker_lines (self, cr);
  plot_draw_series (self, cr);
  cairo_restore (cr);
  draw_frame (self, cr);
  draw_marker_labels (self, cr);
  plot_draw_legend (self, cr);
  draw_texts (self, cr);
  cairo_restore (cr);
  plot_layout_free (&self->layout);
}
