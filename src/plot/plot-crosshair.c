#include "plot-draw-private.h"

#include <math.h>

#define GAP 12.0   /* pixels between the line or dot and the box */
#define CLEAR 7.0 /* and between the box and other curves: a mark and some air */

typedef struct
{
  double x, y; /* the line, and the dot or a place where one might be */
  double other; /* x of another line, or NaN */
  double width, height;
  guint panel;
} Box;

/* Places tried along each axis: before and behind the point, and from end to end of the frame. */
#define PLACES_X 12
#define PLACES_Y 26

static double
place_at (double point, double size, double lo, double hi, int i, int places)
{
  double at = lo + (hi - lo - size) * (i - 2) / (places - 3);

  if (i < 2)
    at = i == 0 ? point + GAP : point - GAP - size;
  return CLAMP (at, lo, MAX (lo, hi - size));
}

static PlotRect
box_at (const PlotScene *self, const Box *box, int column, int row)
{
  PlotRect frame = plot_rect_grow (self->layout.frames[box->panel], -4);
  double x = place_at (box->x, box->width, frame.left, frame.right, column, PLACES_X);
  double y = place_at (box->y, box->height, frame.top, frame.bottom, row, PLACES_Y);

  return (PlotRect){ x, y, x + box->width, y + box->height };
}

static double
distance (double at, double lo, double hi)
{
  return MAX (0, MAX (lo - at, at - hi));
}

/* In units of the type size away from the line, along which it counts half: the line leads the eye.
 * A box had better be far than on a curve, a label or the legend. Where the only free places are far, or
 * there is none, it may lie on the line, which goes on at both sides of it, but never on the dot. */
#define COST_OF_LINES 4 /* of a cell of them */
#define COST_OF_GUIDE 400 /* of its label: a curve goes on behind the box, but half a number says nothing */
#define COST_OF_GRIP 40 /* of what is taken hold of, which has to be seen */
#define COST_OF_BANDS 10
#define COST_OF_LINE 12
#define COST_OF_OTHER 60
#define COST_OF_DOT 1000

static double
cost_of (const PlotScene *self, const Box *box, PlotRect rect)
{
  const PlotOccupancy *occupancy = &self->occupancies[box->panel];
  PlotRect around = plot_rect_grow (rect, CLEAR);
  double away = MAX (0, distance (box->x, rect.left, rect.right) - GAP)
                + 0.5 * distance (box->y, rect.top, rect.bottom);
  gboolean on_line = rect.left < box->x && rect.right > box->x;
  gboolean on_dot = on_line && rect.top < box->y && rect.bottom > box->y;
  gboolean on_other = around.left < box->other && around.right > box->other;

  return away / self->size + COST_OF_LINES * plot_occupancy_lines_under (occupancy, around)
         + (plot_grip_is_under (self, box->panel, rect) ? COST_OF_GRIP : 0)
         + (plot_guide_is_under (self, box->panel, plot_rect_grow (rect, 1)) ? COST_OF_GUIDE : 0)
         + COST_OF_BANDS * plot_occupancy_under (occupancy, rect) + (on_line ? COST_OF_LINE : 0)
         + (on_other ? COST_OF_OTHER : 0) + (on_dot ? COST_OF_DOT : 0);
}

static PlotRect
choose_place (const PlotScene *self, const Box *box)
{
  PlotRect best = { 0 };
  double least = INFINITY;

  for (int column = 0; column < PLACES_X; column++)
    for (int row = 0; row < PLACES_Y; row++)
      {
        PlotRect rect = box_at (self, box, column, row);
        double cost = cost_of (self, box, rect);

        if (cost < least)
          {
            least = cost;
            best = rect;
          }
      }
  return best;
}

/* Beside everything, where frames are narrower than the sheet: there it hides nothing. FALSE: there is no room. */
static gboolean
choose_beside (const PlotScene *self, const Box *box, PlotRect *rect)
{
  const PlotLayout *layout = &self->layout;
  double top = CLAMP (box->y - box->height / 2, layout->top, MAX (layout->top, layout->bottom - box->height));
  double x = 2 * box->x < layout->left + layout->right ? self->shift - box->width : layout->width - self->shift;

  *rect = (PlotRect){ x, top, x + box->width, top + box->height };
  return box->width + GAP <= self->shift && rect->bottom < layout->height;
}

static void
trace_rounded (PlotRect rect, double radius, cairo_t *cr)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, rect.right - radius, rect.top + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, rect.right - radius, rect.bottom - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, rect.left + radius, rect.bottom - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, rect.left + radius, rect.top + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* What is wider than this part of the frame leaves no place beside a peak in its middle. */
#define WIDEST 0.46
#define MOST_LINES 9

static void
draw_box (const PlotScene *self, guint panel, const PlotCrosshair *crosshair, const char *markup,
          double x, double y, cairo_t *cr)
{
  double margin = 0.6 * self->size;
  double widest = WIDEST * (self->layout.frames[panel].right - self->layout.frames[panel].left);
  PangoLayout *text = plot_text_new (self->context, self->theme, markup, 0.95 * self->size,
                                     PANGO_WEIGHT_NORMAL);
  PlotRect rect;
  Box box = { x, y, .other = NAN, .panel = panel };

  plot_text_set_spacing (text, 0.25 * self->size);
  if (crosshair->bare)
    widest = MAX (widest, self->shift - GAP - 2 * margin);
  if (plot_text_width (text) > widest)
    plot_text_wrap (text, widest, MOST_LINES);
  box.width = plot_text_width (text) + 2 * margin;
  box.height = plot_text_height (text) + 2 * margin;
  if (crosshair->other != NULL)
    box.other = plot_layout_to_pixel (&self->layout, panel, PLOT_X, *crosshair->other);
  if (!crosshair->bare || !choose_beside (self, &box, &rect))
    rect = choose_place (self, &box);
  trace_rounded (rect, 0.35 * self->size, cr);
  plot_set_color (cr, self->theme->background, 0.94);
  cairo_fill_preserve (cr);
  plot_set_color (cr, self->theme->grid, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  plot_set_color (cr, self->theme->foreground, 1);
  plot_text_draw (cr, text, rect.left + margin, rect.top + margin);
  g_object_unref (text);
}

/* Where a line at x that is at y meets a label; *behind is where it goes on. */
static double
find_label (const PlotScene *self, guint panel, double x, double y, double *behind)
{
  PlotRect label;
  double end = self->layout.frames[panel].bottom;

  *behind = end;
  for (guint at = 0; plot_scene_next_label (self, panel, &at, &label);)
    if (x > label.left - 1 && x < label.right + 1 && label.bottom > y && label.top < end)
      {
        end = MAX (y, label.top);
        *behind = label.bottom;
      }
  return end;
}

/* It stops before a label and goes on behind it. */
static void
draw_line (const PlotScene *self, guint panel, const PlotCrosshair *crosshair, double x, cairo_t *cr)
{
  PlotRect frame = self->layout.frames[panel];
  const double dash[] = { 4, 3 };
  double at = floor (x) + 0.5;

  cairo_set_dash (cr, dash, crosshair->dashed ? 2 : 0, 0);
  for (double y = frame.top, behind; y < frame.bottom; y = behind)
    {
      double end = find_label (self, panel, at, y, &behind);

      cairo_move_to (cr, at, y);
      cairo_line_to (cr, at, end);
    }
  cairo_set_line_width (cr, MAX (1, plot_pen (self)));
  plot_set_color (cr, self->theme->frame, 1);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_dot (const PlotScene *self, const PlotCrosshair *crosshair, double x, double y, cairo_t *cr)
{
  cairo_arc (cr, x, y, 5.2 * plot_pen (self), 0, 2 * G_PI);
  plot_set_color (cr, self->theme->looks[crosshair->style].color, 1);
  cairo_fill (cr);
}

static void
draw_in_panel (const PlotScene *self, guint panel, const PlotCrosshair *crosshair,
               const char *markup, cairo_t *cr)
{
  PlotRect frame = self->layout.frames[panel];
  double x = plot_layout_to_pixel (&self->layout, panel, PLOT_X, crosshair->x);
  double y = plot_layout_to_pixel (&self->layout, panel, PLOT_Y, crosshair->y);

  if (!(x >= frame.left - 1 && x <= frame.right + 1))
    return;
  if (!crosshair->bare)
    draw_line (self, panel, crosshair, x, cr);
  if (!crosshair->bare && y >= frame.top - 1 && y <= frame.bottom + 1)
    draw_dot (self, crosshair, x, y, cr);
  if (markup != NULL && *markup != '\0')
    draw_box (self, panel, crosshair, markup, x,
              isfinite (y) ? CLAMP (y, frame.top, frame.bottom)
                           : frame.top + 0.25 * (frame.bottom - frame.top),
              cr);
}

void
plot_render_crosshair (const PlotFigure *figure, const PlotTheme *theme, const PlotLayout *layout,
                       const PlotCrosshair *crosshair, cairo_t *cr)
{
  const PlotScene *self = (const PlotScene *) layout;

  g_return_if_fail (theme != NULL && layout != NULL && crosshair != NULL && cr != NULL);
  g_return_if_fail (crosshair->style < PLOT_N_STYLES);
  g_return_if_fail (crosshair->panel < (int) layout->n_panels);

  cairo_save (cr);
  for (int panel = 0; panel < (int) layout->n_panels; panel++)
    if (crosshair->panel < 0 || panel == crosshair->panel)
      draw_in_panel (self, panel, crosshair,
                     panel == MAX (0, crosshair->panel) ? crosshair->markup : NULL, cr);
  cairo_restore (cr);
}
