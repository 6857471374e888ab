#include "plot-item-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Distances are in units of the tick labels' type size, so that everything grows with it. */
#define PAD PLOT_PAD
#define TICK_GAP 0.7
#define LABEL_GAP 0.45
#define TITLE_GAP 0.85
#define MIN_FRAME 5.0
#define LINE 1.3 /* height of a line of tick labels */
#define PANEL_ROW 1.75
#define PANEL_GAP 1.5 /* between frames, at least */

static gboolean
floor_in_sight (const PlotScene *self)
{
  double least = plot_scene_maps (self, 0)[PLOT_Y].floor;

  if (self->layout.view.lo[PLOT_Y] > least)
    return FALSE;
  for (guint i = 0; i < self->figure->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (self->figure->items, i);

      if (item->type->is_below != NULL && item->type->is_below (item, least)
          && !plot_item_is_hidden (self->figure, self->layout.view.hidden, item))
        return TRUE;
    }
  return FALSE;
}

static void
make_notes (PlotScene *self)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < self->figure->notes->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (self->figure->notes, i));
  if (floor_in_sight (self))
    g_string_append_printf (all, "%s%s", all->len > 0 ? "\n" : "",
                            /* Translators: small print under a figure with a log axis */
                            _("Values below 10⁻¹² of the largest are drawn at the floor."));
  if (all->len == 0)
    return;
  self->notes.text = plot_text_new (self->context, self->theme, all->str, 0.84 * self->size,
                                    PANGO_WEIGHT_NORMAL);
  plot_text_wrap (self->notes.text, self->layout.width - 2 * PAD * self->size, 4);
}

static PangoLayout *
make_text (const PlotScene *self, const char *markup, double size, PangoWeight weight)
{
  if (markup == NULL || *markup == '\0')
    return NULL;
  return plot_text_new (self->context, self->theme, markup, size * self->size, weight);
}

void
plot_scene_make_texts (PlotScene *self)
{
  const PlotFigure *figure = self->figure;

  self->title.text = make_text (self, figure->title, 1.15, PANGO_WEIGHT_SEMIBOLD);
  if (self->title.text != NULL)
    plot_text_wrap (self->title.text, self->layout.width - 2 * PAD * self->size, 2);
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    self->labels[axis].text = make_text (self, figure->axes[axis].label, 1.06, PANGO_WEIGHT_NORMAL);
  if (figure->top_label != NULL && self->layout.height > 24 * self->size)
    self->top_label.text = make_text (self, figure->top_label, 1.06, PANGO_WEIGHT_NORMAL);
  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    self->panel_titles[panel].text = make_text (self, figure->panel_titles[panel], 1.06,
                                                PANGO_WEIGHT_NORMAL);
  make_notes (self);
}

double
plot_scene_panel_row (const PlotScene *self)
{
  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    if (self->panel_titles[panel].text != NULL)
      return PANEL_ROW * self->size;
  return 0;
}

PangoLayout *
plot_scene_tick_text (PlotScene *self, const char *label)
{
  PangoLayout *text = g_hash_table_lookup (self->tick_texts, label);

  if (text == NULL)
    {
      text = plot_text_new (self->context, self->theme, label, self->size, PANGO_WEIGHT_NORMAL);
      g_hash_table_insert (self->tick_texts, g_strdup (label), text);
    }
  return text;
}

static double
text_height (const PlotText *text)
{
  return text->text != NULL ? plot_text_height (text->text) : 0;
}

static double
x_extent (const char *label, gpointer data)
{
  PlotScene *self = data;

  return plot_text_width (plot_scene_tick_text (self, label)) + 0.9 * self->size;
}

static double
y_extent (const char *label, gpointer data)
{
  return LINE * ((PlotScene *) data)->size;
}

static void
locate (PlotScene *self, PlotAxis axis, double length)
{
  PlotLimits *view = &self->layout.view;

  g_clear_pointer (&self->layout.ticks[axis], g_array_unref);
  self->layout.ticks[axis] = view->scale[axis]->locate (view->lo[axis], view->hi[axis], length,
                                                        axis == PLOT_X ? x_extent : y_extent, self);
}

static double
widest_y_label (PlotScene *self)
{
  double widest = 0;

  for (guint i = 0; i < self->layout.ticks[PLOT_Y]->len; i++)
    {
      const char *label = g_array_index (self->layout.ticks[PLOT_Y], PlotTick, i).label;

      if (label != NULL)
        widest = MAX (widest, plot_text_width (plot_scene_tick_text (self, label)));
    }
  return widest;
}

static double
height_above (const PlotScene *self)
{
  double title = text_height (&self->title);

  return PAD * self->size + (title > 0 ? title + TITLE_GAP * self->size : 0)
         + plot_scene_top_row (self) + plot_scene_panel_row (self);
}

static double
height_below (const PlotScene *self)
{
  double label = text_height (&self->labels[PLOT_X]), notes = text_height (&self->notes);

  return (TICK_GAP + LINE + 0.75 * PAD) * self->size
         + (label > 0 ? label + LABEL_GAP * self->size : 0)
         + (notes > 0 ? notes + LABEL_GAP * self->size : 0);
}

/* What does not fit is left out: the second axis, notes, then axis labels, the title, those of
 * the panels last. */
static void
drop_texts (PlotScene *self, double reserved)
{
  PlotText *panels = self->panel_titles;
  PlotText *order[] = { &self->top_label, &self->notes, &self->labels[PLOT_X],
                        &self->title,     panels,       panels + 1,
                        panels + 2,       panels + 3 };

  G_STATIC_ASSERT (PLOT_MAX_PANELS == 4);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (self->layout.height - height_above (self) - height_below (self) - reserved
        < MIN_FRAME * self->size)
      g_clear_object (&order[i]->text);
  if (self->layout.width < 16 * self->size)
    g_clear_object (&self->labels[PLOT_Y].text);
}

static double
width_left (PlotScene *self)
{
  double label = text_height (&self->labels[PLOT_Y]);

  return (0.75 * PAD + TICK_GAP) * self->size + widest_y_label (self)
         + (label > 0 ? label + LABEL_GAP * self->size : 0);
}

/* How far tick labels in x stand out of the frame on its right and on its left. */
static void
measure_overhang (PlotScene *self, double *right, double *left)
{
  PlotRect frame = self->layout.frames[0];

  *right = *left = 0;
  for (guint i = 0; i < self->layout.ticks[PLOT_X]->len; i++)
    {
      const PlotTick *tick = &g_array_index (self->layout.ticks[PLOT_X], PlotTick, i);
      double at, half;

      if (tick->label == NULL)
        continue;
      at = plot_layout_to_pixel (&self->layout, 0, PLOT_X, tick->value);
      half = plot_text_width (plot_scene_tick_text (self, tick->label)) / 2;
      *right = MAX (*right, at + half - frame.right);
      *left = MAX (*left, frame.left - (at - half));
    }
}

static void
set_maps (PlotScene *self, guint panel)
{
  const PlotLimits *view = &self->layout.view;
  PlotRect frame = self->layout.frames[panel];
  gboolean down = self->figure->downwards;
  const double origin[] = { frame.left, down ? frame.top : frame.bottom };
  const double length[] = { frame.right - frame.left,
                            down ? frame.bottom - frame.top : frame.top - frame.bottom };

  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      PlotMap *map = &self->maps[panel][axis];
      double hi = map->scale->forward (view->hi[axis]);

      map->base = map->scale->forward (view->lo[axis]);
      map->origin = origin[axis];
      map->gain = length[axis] / (hi - map->base);
    }
}

/* How high a frame is by its width; 0: as the sheet has it. */
static double
find_ratio (const PlotScene *self)
{
  double spans[PLOT_N_AXES];

  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      const PlotScale *scale = self->layout.view.scale[axis];

      spans[axis] = scale->forward (self->layout.view.hi[axis])
                    - scale->forward (self->layout.view.lo[axis]);
    }
  return self->figure->equal ? spans[PLOT_Y] / spans[PLOT_X] : self->figure->square ? 1 : 0;
}

/* Equal frames from `left` on with `gap` between them, and `room` right of the last, not below `lowest`.
 * Where they keep a ratio, what is left of the width lies on both sides. */
static void
set_columns (PlotScene *self, double start, double room, double gap, double lowest)
{
  PlotLayout *layout = &self->layout;
  guint n = layout->n_panels;
  double width = (layout->width - room - start - (n - 1) * gap) / n, ratio = find_ratio (self);
  double height = lowest - layout->top, rest;

  width = MAX (1, floor (width));
  gap = ceil (gap);
  if (ratio > 0)
    {
      rest = MAX (0, width - MAX (1, round (height / ratio)));
      width -= rest;
      self->shift = floor (n * rest / 2);
      layout->bottom = layout->top + MIN (height, MAX (1, round (width * ratio)));
    }
  layout->left = start + self->shift;
  for (guint panel = 0; panel < n; panel++)
    {
      double left = layout->left + panel * (width + gap);

      layout->frames[panel] = (PlotRect){ left, layout->top, left + width, layout->bottom };
      set_maps (self, panel);
    }
  layout->right = layout->frames[n - 1].right;
  locate (self, PLOT_X, width);
  plot_scene_locate_top (self);
}

/* Labels that the room beside the frames cannot take, since it is bounded, are left out. */
static void
clear_overhang (PlotScene *self, double right, double left)
{
  PlotRect frame = self->layout.frames[0];

  for (guint i = 0; i < self->layout.ticks[PLOT_X]->len; i++)
    {
      PlotTick *tick = &g_array_index (self->layout.ticks[PLOT_X], PlotTick, i);
      double at, half;

      if (tick->label == NULL)
        continue;
      at = plot_layout_to_pixel (&self->layout, 0, PLOT_X, tick->value);
      half = plot_text_width (plot_scene_tick_text (self, tick->label)) / 2;
      if (at + half > frame.right + right || at - half < frame.left - left)
        g_clear_pointer (&tick->label, g_free);
    }
}

/* Frame and ticks, with `reserved` pixels kept for a legend between title and frame. */
void
plot_scene_set_frame (PlotScene *self, double reserved)
{
  PlotLayout *layout = &self->layout;
  double room, gap = PANEL_GAP * self->size, right, left, start, lowest;
  const PlotLayout *like = self->like != NULL ? &self->like->layout : NULL;
  gboolean apart = FALSE;

  drop_texts (self, reserved);
  layout->top = ceil (height_above (self) + reserved);
  layout->bottom = floor (layout->height - height_below (self));
  layout->bottom = MAX (layout->top + 1,
                        like != NULL && find_ratio (self) == 0 ? MIN (layout->bottom, like->bottom)
                                                               : layout->bottom);
  lowest = layout->bottom;
  locate (self, PLOT_Y, layout->bottom - layout->top);
  room = MAX (1.8 * self->size, plot_colorbar_measure (self, layout->bottom - layout->top));
  start = ceil (MIN (width_left (self), layout->width - 1));
  if (like != NULL && find_ratio (self) == 0)
    {
      start = MAX (start, like->left);
      room = MAX (room, layout->width - like->right);
      if (layout->n_panels > 1)
        gap = MAX (gap, like->frames[1].left - like->frames[0].right);
    }
  /* other frames may have other ticks: until they agree */
  set_columns (self, start, room, gap, lowest);
  for (int i = 0; i < 4; i++)
    {
      measure_overhang (self, &right, &left);
      right += 0.3 * self->size;
      left += 0.3 * self->size;
      apart = layout->n_panels == 1 || left + right <= gap;
      if (apart && right <= room)
        break;
      room = CLAMP (right, room, MAX (room, layout->width / 4));
      gap = CLAMP (left + right, gap, MAX (gap, layout->width / 12));
      set_columns (self, start, room, gap, lowest);
    }
  clear_overhang (self, apart ? room : MIN (room, gap / 2), apart ? layout->left : gap / 2);
  if (layout->bottom < lowest)
    {
      locate (self, PLOT_Y, layout->bottom - layout->top);
      plot_colorbar_measure (self, layout->bottom - layout->top);
    }
  plot_colorbar_place (self);
}

static void
place_panel_titles (PlotScene *self)
{
  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    {
      PlotText *title = &self->panel_titles[panel];
      PlotRect frame = self->layout.frames[panel];

      if (title->text == NULL)
        continue;
      plot_text_wrap (title->text, frame.right - frame.left, 1);
      title->x = (frame.left + frame.right - plot_text_width (title->text)) / 2;
      title->y = frame.top - plot_scene_top_row (self) - plot_text_height (title->text)
                 - 0.3 * self->size;
    }
}

/* A label cut to less says nothing. */
#define LEAST_LABEL 0.6

/* The label beside the frame may be longer than this, as far as the sheet is free above and below. */
static void
place_upright (PlotScene *self, double below)
{
  const PlotLayout *layout = &self->layout;
  PlotText *label = &self->labels[PLOT_Y];
  gboolean columns = self->legend->len > 0 && !self->legend_inside;
  double lo = columns ? layout->top : PAD * self->size + text_height (&self->title);
  double hi = self->notes.text != NULL ? below : layout->height;
  double width = plot_text_width (label->text);

  plot_text_wrap (label->text, hi - lo, 1);
  if (hi - lo < LEAST_LABEL * width)
    {
      g_clear_object (&label->text);
      return;
    }
  width = plot_text_width (label->text);
  /* rotated: x is its top, y its start at the bottom */
  label->x = 0.6 * PAD * self->size + self->shift;
  label->y = CLAMP ((layout->top + layout->bottom + width) / 2, lo + width, hi);
}

void
plot_scene_place_texts (PlotScene *self)
{
  PlotLayout *layout = &self->layout;
  PangoLayout *title = self->title.text, *x = self->labels[PLOT_X].text,
              *y = self->labels[PLOT_Y].text;
  double under = layout->bottom + (TICK_GAP + LINE) * self->size;

  if (x != NULL)
    {
      plot_text_wrap (x, layout->width - PAD * self->size, 1);
      self->labels[PLOT_X].x = CLAMP ((layout->left + layout->right - plot_text_width (x)) / 2, 0,
                                      MAX (0, layout->width - plot_text_width (x)));
      self->labels[PLOT_X].y = under + LABEL_GAP * self->size;
      under = self->labels[PLOT_X].y + plot_text_height (x);
    }
  if (y != NULL)
    place_upright (self, under + (self->notes.text != NULL ? LABEL_GAP * self->size : 0));
  if (title != NULL)
    {
      gboolean fits = layout->left + plot_text_width (title) < layout->width - PAD * self->size;
      self->title.x = fits ? layout->left : PAD * self->size;
      self->title.y = PAD * self->size;
    }
  place_panel_titles (self);
  self->notes.x = PAD * self->size;
  self->notes.y = under + LABEL_GAP * self->size;
}
