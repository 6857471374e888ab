/* Zoom, pan and box: new limits from the present ones. */

#include "plot-limits.h"

#include "plot-item-private.h"

#include <math.h>

#define WIDEST 1e300
#define LEAST 1e-300

static const PlotScale *
get_scale (const PlotLimits *self, const PlotFigure *figure, PlotAxis axis)
{
  return self->scale[axis] != NULL ? self->scale[axis] : plot_figure_get_scale (figure, axis);
}

static gboolean
is_sound (const PlotScale *scale, double lo, double hi)
{
  double larger = MAX (fabs (lo), fabs (hi));

  return isfinite (lo) && isfinite (hi) && isfinite (scale->forward (lo)) && larger <= WIDEST
         && hi - lo <= WIDEST && hi - lo >= MAX (PLOT_NARROWEST * larger, LEAST)
         && (scale != &plot_scale_log || lo >= LEAST);
}

/* The part from `from` to `to` of what is seen (0 and 1: all of it) becomes the whole. */
static void
take_part (PlotLimits *self, const PlotFigure *figure, PlotAxis axis, double from, double to)
{
  const PlotScale *scale = get_scale (self, figure, axis);
  double base = scale->forward (self->lo[axis]);
  double span = scale->forward (self->hi[axis]) - base;
  double lo = scale->inverse (base + from * span), hi = scale->inverse (base + to * span);

  if ((from == 0 && to == 1) || !is_sound (scale, lo, hi))
    return;
  self->lo[axis] = lo;
  self->hi[axis] = hi;
}

/* The frame under or above a pixel; between two, the nearer one. */
static PlotRect
nearest_frame (const PlotLayout *layout, double px)
{
  guint panel = 0;

  while (panel + 1 < layout->n_panels
         && px > (layout->frames[panel].right + layout->frames[panel + 1].left) / 2)
    panel++;
  return layout->frames[panel];
}

/* How far along y a pixel is, 0 to 1. */
static double
share_of_y (const PlotFigure *figure, PlotRect frame, double py)
{
  double share = (frame.bottom - py) / (frame.bottom - frame.top);

  return figure->downwards ? 1 - share : share;
}

void
plot_limits_zoom (PlotLimits *self, const PlotFigure *figure, const PlotLayout *layout, double px,
                double py, double factor_x, double factor_y)
{
  PlotRect frame;
  double x, y;

  g_return_if_fail (self != NULL && figure != NULL && layout != NULL);
  g_return_if_fail (factor_x > 0 && factor_y > 0);

  frame = nearest_frame (layout, px);
  x = (px - frame.left) / (frame.right - frame.left);
  y = share_of_y (figure, frame, py);
  if (factor_x != 1)
    take_part (self, figure, PLOT_X, x - x * factor_x, x + (1 - x) * factor_x);
  if (factor_y != 1)
    take_part (self, figure, PLOT_Y, y - y * factor_y, y + (1 - y) * factor_y);
}

void
plot_limits_pan (PlotLimits *self, const PlotFigure *figure, const PlotLayout *layout, double dx,
               double dy)
{
  PlotRect frame;
  double x, y;

  g_return_if_fail (self != NULL && figure != NULL && layout != NULL);

  frame = layout->frames[0];
  x = dx / (frame.right - frame.left);
  y = (figure->downwards ? dy : -dy) / (frame.bottom - frame.top);
  take_part (self, figure, PLOT_X, -x, 1 - x);
  take_part (self, figure, PLOT_Y, -y, 1 - y);
}

void
plot_limits_box (PlotLimits *self, const PlotFigure *figure, const PlotLayout *layout, guint panel,
               PlotRect box)
{
  PlotRect frame;
  double width, from, to;

  g_return_if_fail (self != NULL && figure != NULL && layout != NULL);
  g_return_if_fail (panel < layout->n_panels);

  frame = layout->frames[panel];
  width = frame.right - frame.left;
  from = share_of_y (figure, frame, box.bottom);
  to = share_of_y (figure, frame, box.top);
  take_part (self, figure, PLOT_X, (box.left - frame.left) / width,
             (box.right - frame.left) / width);
  take_part (self, figure, PLOT_Y, MIN (from, to), MAX (from, to));
}

/* The end of the row of numbers, and of the label under it. */
static double
strip_below (const PlotScene *self)
{
  const PlotText *label = &self->labels[PLOT_X];

  if (label->text != NULL)
    return label->y + plot_text_height (label->text);
  return self->layout.bottom + 2 * self->size;
}

int
plot_layout_axis_hit (const PlotLayout *self, double px, double py)
{
  double half;

  g_return_val_if_fail (self != NULL, -1);

  /* the numbers at the ends stand out by half */
  half = ((const PlotScene *) self)->size / 2;
  if (py > self->bottom && py <= strip_below ((const PlotScene *) self)
      && px >= self->left - half && px <= self->right + half)
    return PLOT_X;
  if (px >= 0 && px < self->left && py >= self->top - half && py <= self->bottom + half)
    return PLOT_Y;
  return -1;
}

gboolean
plot_figure_takes_scale (const PlotFigure *self, PlotAxis axis, const PlotScale *scale)
{
  gboolean any = FALSE;

  g_return_val_if_fail (self != NULL && axis < PLOT_N_AXES && scale != NULL, FALSE);

  if (scale != &plot_scale_log)
    return TRUE;
  if (self->axes[axis].scale == &plot_scale_index)
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (self->items, i);

      if (item->type->takes_log != NULL && !item->type->takes_log (item, axis, &any))
        return FALSE;
    }
  return any;
}

gboolean
plot_limits_set_scale (PlotLimits *self, const PlotFigure *figure, PlotAxis axis, const PlotScale *scale)
{
  const PlotScale *own = plot_figure_get_scale (figure, axis);

  g_return_val_if_fail (self != NULL, FALSE);

  if (!plot_figure_takes_scale (figure, axis, scale))
    return FALSE;
  self->scale[axis] = scale == &plot_scale_linear && own != &plot_scale_log ? own : scale;
  plot_limits_frame (self, figure);
  return TRUE;
}
