/* A second scale along the top edge of the frame, for another name of the same place: the number
 * of parameters above the width. */

#include <math.h>

#include "plot-draw-private.h"

/* Height of its row of numbers, and how far its tick marks rise, in units of the type size. */
#define ROW 1.75
#define RISE 0.32

/* Line through the two table entries next to `at`, continued beyond the ends. */
static double
interpolate (const GArray *from, const GArray *to, double at)
{
  const double *x = (const double *) from->data, *y = (const double *) to->data;
  guint i = 1;

  while (i < from->len - 1 && at > x[i])
    i++;
  return y[i - 1] + (at - x[i - 1]) / (x[i] - x[i - 1]) * (y[i] - y[i - 1]);
}

/* Nothing at x = 0 and below, where a linear axis may begin. */
static double
top_value (const PlotScene *self, double x)
{
  return x <= 0 ? 0 : exp (interpolate (self->figure->top_x, self->figure->top_value, log (x)));
}

static double
top_pixel (const PlotScene *self, guint panel, double value)
{
  double x = exp (interpolate (self->figure->top_value, self->figure->top_x, log (value)));

  return plot_layout_to_pixel (&self->layout, panel, PLOT_X, x);
}

double
plot_scene_top_row (const PlotScene *self)
{
  return self->top_label.text != NULL ? ROW * self->size : 0;
}

static double
extent (const char *label, gpointer data)
{
  PlotScene *self = data;

  return plot_text_width (plot_scene_tick_text (self, label)) + 0.9 * self->size;
}

void
plot_scene_locate_top (PlotScene *self)
{
  const PlotLayout *layout = &self->layout;
  double lo = MAX (layout->view.lo[PLOT_X], 0), hi = layout->view.hi[PLOT_X];
  const PlotScale *scale = layout->view.scale[PLOT_X];
  double from, to, length;

  g_clear_pointer (&self->top_ticks, g_array_unref);
  if (self->top_label.text == NULL || !(lo < hi))
    return;
  from = top_value (self, lo);
  to = top_value (self, hi);
  length = plot_layout_to_pixel (layout, 0, PLOT_X, hi)
           - plot_layout_to_pixel (layout, 0, PLOT_X, lo);
  if (isfinite (scale->forward (from)) && isfinite (to) && from < to)
    self->top_ticks = scale->locate (from, to, length, extent, self);
}

static void
draw_mark (const PlotScene *self, PlotRect frame, double at, const char *label, cairo_t *cr)
{
  PangoLayout *text = g_hash_table_lookup (self->tick_texts, label);

  if (at - plot_text_width (text) / 2 < frame.left) /* the axis label's place */
    return;
  cairo_move_to (cr, floor (at) + 0.5, frame.top);
  cairo_line_to (cr, floor (at) + 0.5, frame.top - RISE * self->size);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  plot_text_draw_baseline (cr, text, at - plot_text_width (text) / 2,
                           frame.top - (RISE + 0.3) * self->size);
}

void
plot_draw_top_axis (const PlotScene *self, cairo_t *cr)
{
  const PlotLayout *layout = &self->layout;
  PangoLayout *label = self->top_label.text;

  if (label == NULL || self->top_ticks == NULL)
    return;
  plot_set_color (cr, self->theme->dim, 1);
  for (guint panel = 0; panel < layout->n_panels; panel++)
    for (guint i = 0; i < self->top_ticks->len; i++)
      {
        const PlotTick *tick = &g_array_index (self->top_ticks, PlotTick, i);

        if (tick->label != NULL)
          draw_mark (self, layout->frames[panel], top_pixel (self, panel, tick->value), tick->label,
                     cr);
      }
  plot_set_color (cr, self->theme->foreground, 1);
  plot_text_draw_baseline (cr, label, layout->left - 0.7 * self->size - plot_text_width (label),
                           layout->top - (RISE + 0.3) * self->size);
}
