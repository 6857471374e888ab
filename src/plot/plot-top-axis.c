/* A second scale along the top edge of the frame, for another name of the same place: the number
 * of parameters above the width. */

#include <math.h>

#include "plot-draw-private.h"

/* Height of its row of numbers, and how far its tick marks rise, in units of the type size. */
#define ROW 1.75
#define RISE 0.32
#define GAP 0.9 /* between numbers */

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

double
plot_scene_top_pixel (const PlotScene *self, guint panel, double value)
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

  return plot_text_width (plot_scene_tick_text (self, label)) + GAP * self->size;
}

/* The axis label stands left of the frame, or reaches into it where it is long. */
static double
label_left (const PlotScene *self)
{
  return MAX (0.3 * self->size,
              self->layout.left - 0.7 * self->size - plot_text_width (self->top_label.text));
}

/* Takes the label of ticks that would stand out of the frame on the left, where the axis label is,
 * or too far on the right, or over the one before; FALSE if there was such an overlap. The second
 * scale is bent: what is far enough apart in its numbers may not be so on paper. */
static gboolean
clear_overlaps (PlotScene *self)
{
  const PlotLayout *layout = &self->layout;
  PlotRect frame = layout->frames[0];
  double limit = frame.right + layout->width - layout->right;
  double start = MAX (frame.left, label_left (self) + plot_text_width (self->top_label.text)
                                    + GAP * self->size);
  double end = start;
  gboolean overlap = FALSE;

  if (layout->n_panels > 1)
    limit = MIN (limit, layout->frames[1].left);
  for (guint i = 0; i < self->top_ticks->len; i++)
    {
      PlotTick *tick = &g_array_index (self->top_ticks, PlotTick, i);
      double at = plot_scene_top_pixel (self, 0, tick->value), half;

      if (tick->label == NULL)
        continue;
      half = plot_text_width (plot_scene_tick_text (self, tick->label)) / 2;
      overlap |= end > start && at - half < end + GAP * self->size;
      if (at - half < end + (end > start ? GAP * self->size : 0) || at + half > limit)
        g_clear_pointer (&tick->label, g_free);
      else
        end = at + half;
    }
  return !overlap;
}

/* Fewer numbers until they stand apart. */
void
plot_scene_locate_top (PlotScene *self)
{
  static const double shares[] = { 1, 0.8, 0.6, 0.45, 0.3 };
  const PlotLayout *layout = &self->layout;
  const PlotScale *scale = layout->view.scale[PLOT_X] == &plot_scale_log ? &plot_scale_log
                                                                         : &plot_scale_linear;
  double lo = MAX (layout->view.lo[PLOT_X], 0), hi = layout->view.hi[PLOT_X];
  double from, to, length;
  gboolean apart = FALSE;

  g_clear_pointer (&self->top_ticks, g_array_unref);
  if (self->top_label.text == NULL || !(lo < hi))
    return;
  from = top_value (self, lo);
  to = top_value (self, hi);
  length = plot_layout_to_pixel (layout, 0, PLOT_X, hi)
           - plot_layout_to_pixel (layout, 0, PLOT_X, lo);
  if (!isfinite (scale->forward (from)) || !isfinite (to) || !(from < to))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (shares) && !apart; i++)
    {
      g_clear_pointer (&self->top_ticks, g_array_unref);
      self->top_ticks = scale->locate (from, to, shares[i] * length, extent, self);
      apart = clear_overlaps (self);
    }
}

static void
draw_mark (const PlotScene *self, PlotRect frame, double at, const char *label, cairo_t *cr)
{
  PangoLayout *text = g_hash_table_lookup (self->tick_texts, label);

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
          draw_mark (self, layout->frames[panel], plot_scene_top_pixel (self, panel, tick->value),
                     tick->label, cr);
      }
  plot_set_color (cr, self->theme->foreground, 1);
  plot_text_draw_baseline (cr, label, label_left (self), layout->top - (RISE + 0.3) * self->size);
}
