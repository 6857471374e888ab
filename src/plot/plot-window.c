/* The window of a fit: a shaded band whose edges, and whose strip along the top, can be taken hold
 * of. */

#include "plot-draw-private.h"

#define REACH 8.0 /* pixels beside an edge that still are the edge */

/* In units of the type size. */
#define STRIP 1.1 /* height of what moves the whole */
#define GRIP_WIDTH 0.5
#define GRIP_HEIGHT 2.2
#define BAR_WIDTH 2.4
#define BAR_HEIGHT 0.3

#define EDGE_WEIGHT 3 /* in the occupancy: a legend across an edge is not free enough */

typedef struct
{
  PlotRect frame;
  double lo, hi; /* pixels */
} Window;

/* Where the window is in a panel; FALSE if there is none in sight. */
static gboolean
locate (const PlotScene *self, PlotSpan span, guint panel, Window *window)
{
  const PlotLayout *layout = &self->layout;

  if (!plot_span_is_set (span))
    return FALSE;
  window->frame = layout->frames[panel];
  window->lo = plot_layout_to_pixel (layout, panel, PLOT_X, span.lo);
  window->hi = plot_layout_to_pixel (layout, panel, PLOT_X, span.hi);
  if (isnan (window->lo)) /* zero on a log axis */
    window->lo = -INFINITY;
  return window->hi > window->frame.left && window->lo < window->frame.right;
}

static gboolean
edge_in_sight (const Window *window, double edge)
{
  return edge >= window->frame.left - 1 && edge <= window->frame.right + 1;
}

PlotWindowPart
plot_layout_window_hit (const PlotLayout *layout, const PlotFigure *figure, double px, double py)
{
  const PlotScene *self = (const PlotScene *) layout;
  int panel = plot_layout_panel_at (layout, px, py);
  double to_lo, to_hi, reach;
  gboolean in_strip;
  Window window;

  if (panel < 0 || !locate (self, figure->window, panel, &window))
    return PLOT_WINDOW_NONE;
  in_strip = py <= window.frame.top + STRIP * self->size && px > window.lo && px < window.hi;
  /* however narrow the window, a third of its strip is left to the body */
  reach = in_strip ? MIN (REACH, (window.hi - window.lo) / 3) : REACH;
  to_lo = edge_in_sight (&window, window.lo) ? fabs (px - window.lo) : INFINITY;
  to_hi = edge_in_sight (&window, window.hi) ? fabs (px - window.hi) : INFINITY;
  if (MIN (to_lo, to_hi) <= reach)
    return to_lo < to_hi ? PLOT_WINDOW_LO : PLOT_WINDOW_HI;
  return in_strip ? PLOT_WINDOW_BODY : PLOT_WINDOW_NONE;
}

static void
occupy_edge (PlotScene *self, guint panel, const Window *window, double edge)
{
  if (edge_in_sight (window, edge))
    plot_occupancy_add_rect (
      &self->occupancies[panel],
      (PlotRect){ edge - 1, window->frame.top, edge + 1, window->frame.bottom }, EDGE_WEIGHT);
}

void
plot_occupy_window (PlotScene *self)
{
  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    {
      Window window;

      if (!locate (self, self->figure->window, panel, &window))
        continue;
      occupy_edge (self, panel, &window, window.lo);
      occupy_edge (self, panel, &window, window.hi);
      plot_occupancy_sum (&self->occupancies[panel]);
    }
}

static void
trace_edge (const Window *window, double edge, cairo_t *cr)
{
  if (!edge_in_sight (window, edge))
    return;
  cairo_move_to (cr, plot_crisp (edge), window->frame.top);
  cairo_line_to (cr, plot_crisp (edge), window->frame.bottom);
}

void
plot_draw_window (const PlotScene *self, guint panel, cairo_t *cr)
{
  Window window;
  double left, right;

  if (!locate (self, self->figure->window, panel, &window))
    return;
  left = MAX (window.lo, window.frame.left);
  right = MIN (window.hi, window.frame.right);
  cairo_rectangle (cr, left, window.frame.top, right - left,
                   window.frame.bottom - window.frame.top);
  plot_set_color (cr, self->theme->foreground, 0.055);
  cairo_fill (cr);
  trace_edge (&window, window.lo, cr);
  trace_edge (&window, window.hi, cr);
  cairo_set_line_width (cr, MAX (0.8, plot_pen (self)));
  plot_set_color (cr, self->theme->dim, 0.45);
  cairo_stroke (cr);
}

static void
trace_pill (double x, double y, double width, double height, cairo_t *cr)
{
  double radius = MIN (width, height) / 2, dx = width / 2 - radius, dy = height / 2 - radius;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + dx, y - dy, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + dx, y + dy, radius, 0, G_PI / 2);
  cairo_arc (cr, x - dx, y + dy, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x - dx, y - dy, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* By the axis, where a slider is looked for and curves rarely are. */
static double
grip_middle (const PlotScene *self, const Window *window)
{
  return MAX (window->frame.bottom - 2 * self->size,
              (window->frame.top + window->frame.bottom) / 2);
}

static void
draw_grip (const PlotScene *self, const Window *window, double edge, gboolean strong, cairo_t *cr)
{
  if (!edge_in_sight (window, edge))
    return;
  trace_pill (plot_crisp (edge), grip_middle (self, window), GRIP_WIDTH * self->size,
              GRIP_HEIGHT * self->size, cr);
  plot_set_color (cr, strong ? self->theme->foreground : self->theme->background, 1);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, MAX (1, plot_pen (self)));
  plot_set_color (cr, strong ? self->theme->foreground : self->theme->dim, 1);
  cairo_stroke (cr);
}

/* Short where the band is narrow, and in the middle of what is in sight of it. */
static void
draw_bar (const PlotScene *self, const Window *window, gboolean strong, cairo_t *cr)
{
  double left = MAX (window->lo, window->frame.left), right = MIN (window->hi, window->frame.right);

  trace_pill ((left + right) / 2, window->frame.top + STRIP * self->size / 2,
              MIN (BAR_WIDTH * self->size, (right - left) / 2), BAR_HEIGHT * self->size, cr);
  plot_set_color (cr, strong ? self->theme->foreground : self->theme->dim, strong ? 1 : 0.7);
  cairo_fill (cr);
}

void
plot_draw_window_grips (const PlotScene *self, cairo_t *cr)
{
  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    {
      Window window;

      if (!locate (self, self->figure->window, panel, &window))
        continue;
      draw_grip (self, &window, window.lo, FALSE, cr);
      draw_grip (self, &window, window.hi, FALSE, cr);
      draw_bar (self, &window, FALSE, cr);
    }
}

static void
draw_part (const PlotScene *self, const Window *window, PlotWindowPart part, cairo_t *cr)
{
  double edge = part == PLOT_WINDOW_LO ? window->lo : window->hi;

  if (part == PLOT_WINDOW_BODY)
    {
      draw_bar (self, window, TRUE, cr);
      return;
    }
  trace_edge (window, edge, cr);
  cairo_set_line_width (cr, 2 * MAX (0.8, plot_pen (self)));
  plot_set_color (cr, self->theme->dim, 1);
  cairo_stroke (cr);
  draw_grip (self, window, edge, TRUE, cr);
}

void
plot_render_window_part (const PlotFigure *figure, const PlotTheme *theme, const PlotLayout *layout,
                         PlotWindowPart part, cairo_t *cr)
{
  const PlotScene *self = (const PlotScene *) layout;

  g_return_if_fail (figure != NULL && theme != NULL && layout != NULL && cr != NULL);

  cairo_save (cr);
  for (guint panel = 0; panel < layout->n_panels && part != PLOT_WINDOW_NONE; panel++)
    {
      Window window;

      if (locate (self, figure->window, panel, &window))
        draw_part (self, &window, part, cr);
    }
  cairo_restore (cr);
}
