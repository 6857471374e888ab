#include "plot-item-private.h"

#include <math.h>

/* Distances in units of the tick labels' type size. */
typedef struct
{
  double text, sample, gap, indent, row;
} Metrics;

static const Metrics roomy = { 0.95, 2.3, 0.75, 0.95, 1.6 };
static const Metrics compact = { 0.88, 1.9, 0.6, 0.7, 1.4 };

#define COLUMN_GAP 1.4
#define INSET 0.7   /* from the frame's edge to the box */
#define MARGIN 0.55 /* from the box to its entries */

/* Weight of data (see plot-occupancy) that a legend or label may lie on. */
#define FREE_ENOUGH 0.045

static double
indent_of (const PlotCurve *curve, const Metrics *metrics)
{
  return CLAMP (curve->indent, 0, 3) * metrics->indent;
}

/* Whether anything of it is drawn, in any panel. */
static gboolean
is_drawn (const PlotScene *self, guint leader)
{
  for (guint i = leader; i < self->figure->curves->len; i++)
    {
      const PlotItem *item;

      if (g_array_index (self->figure->leaders, guint, i) != leader)
        continue;
      item = plot_figure_item_of (self->figure, i);
      if (item->type->has_curve (item, i - item->first_curve))
        return TRUE;
    }
  return FALSE;
}

/* On screens a hidden curve keeps its entry, which brings it back; in files it leaves no trace. */
static gboolean
has_entry (const PlotScene *self, guint index)
{
  const PlotLimits *view = &self->layout.view;

  return *plot_figure_get_curve (self->figure, index)->label != '\0' && is_drawn (self, index)
         && g_array_index (self->figure->leaders, guint, index) == index
         && (view->handles || !plot_figure_hides (self->figure, view->hidden, index));
}

static void
measure (PlotScene *self, const Metrics *metrics)
{
  if (self->legend_metrics == metrics)
    return;
  self->legend_metrics = metrics;
  plot_entries_clear (self->legend);
  self->legend_row = metrics->row * self->size;
  self->legend_sample = metrics->sample * self->size;
  for (guint i = 0; i < self->figure->curves->len; i++)
    {
      const PlotCurve *curve = plot_figure_get_curve (self->figure, i);
      PlotEntryText entry = { .index = i };

      if (!has_entry (self, i))
        continue;
      entry.text = plot_text_new (self->context, self->theme, curve->label,
                                  metrics->text * self->size, PANGO_WEIGHT_NORMAL);
      plot_text_wrap (entry.text, MAX (8 * self->size, self->layout.width * 0.6), 1);
      entry.width = (metrics->sample + metrics->gap + indent_of (curve, metrics)) * self->size
                    + plot_text_width (entry.text);
      g_array_append_val (self->legend, entry);
    }
}

static double
widest_entry (const PlotScene *self)
{
  double widest = 0;

  for (guint i = 0; i < self->legend->len; i++)
    widest = MAX (widest, g_array_index (self->legend, PlotEntryText, i).width);
  return widest;
}

static void
set_box (PlotScene *self, PlotRect box)
{
  self->layout.legend_x = box.left;
  self->layout.legend_y = box.top;
  self->layout.legend_width = box.right - box.left;
  self->layout.legend_height = box.bottom - box.top;
}

/* One column, from the top left corner of the box on. */
static void
fill_box (PlotScene *self, PlotRect box, double margin)
{
  set_box (self, box);
  for (guint i = 0; i < self->legend->len; i++)
    {
      PlotEntryText *entry = &g_array_index (self->legend, PlotEntryText, i);

      entry->x = box.left + margin;
      entry->y = box.top + margin + (i + 0.5) * self->legend_row;
    }
}

/* Places along the frame, dearest first: corners, edges, then the inside. */
static const double places[][2] = {
  { 1, 0 },      { 0, 0 },       { 1, 1 },       { 0, 1 },       { 1, 0.5 },
  { 0, 0.5 },    { 0.5, 0 },     { 0.5, 1 },     { 0.75, 0 },    { 0.25, 0 },
  { 0.75, 1 },   { 0.25, 1 },    { 1, 0.25 },    { 1, 0.75 },    { 0, 0.25 },
  { 0, 0.75 },   { 0.75, 0.5 },  { 0.25, 0.5 },  { 0.5, 0.5 },   { 0.5, 0.25 },
  { 0.5, 0.75 }, { 0.75, 0.25 }, { 0.25, 0.75 }, { 0.75, 0.75 }, { 0.25, 0.25 },
};

static PlotRect
rect_at (PlotRect room, double width, double height, const double place[2])
{
  double x = room.left + place[0] * (room.right - room.left - width);
  double y = room.top + place[1] * (room.bottom - room.top - height);

  return (PlotRect){ x, y, x + width, y + height };
}

typedef struct
{
  PlotRect rect;
  PlotCorner corner;
  double cost;
} Place;

static gboolean
was_at (const PlotScene *self, guint panel, guint place)
{
  const PlotScene *like = self->like;

  return like != NULL && like->layout.legend_width > 0 && like->legend_inside
         && like->legend_corner.panel == panel && like->legend_corner.place == place;
}

static gboolean
fits_panel (const PlotScene *self, guint panel, double width, double height)
{
  PlotRect frame = self->layout.frames[panel];

  return width <= 0.6 * (frame.right - frame.left) - 2 * INSET * self->size
         && height <= 0.75 * (frame.bottom - frame.top) - 2 * INSET * self->size;
}

/* Widens the choice by the places in one panel: none that is on a curve, of the others the freest. */
static void
try_panel (const PlotScene *self, guint panel, double width, double height, Place *best)
{
  PlotRect room = plot_rect_grow (self->layout.frames[panel], -INSET * self->size);

  if (!fits_panel (self, panel, width, height))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      PlotRect rect = rect_at (room, width, height, places[i]);
      double cost = was_at (self, panel, i)
                      ? -1
                      : plot_occupancy_under (&self->occupancies[panel], rect);

      if (cost < best->cost - 1e-6 && (cost < 0 || !plot_items_cover (self, panel, plot_rect_grow (rect, 2))))
        *best = (Place){ rect, { panel, i }, cost };
    }
}

static gboolean
was_above (const PlotScene *self)
{
  const PlotScene *like = self->like;

  return like != NULL && like->layout.legend_width > 0 && !like->legend_inside;
}

/* The size of the box around one column of entries. */
static void
box_size (const PlotScene *self, double *width, double *height)
{
  double margin = MARGIN * self->size;

  *width = widest_entry (self) + 2 * margin;
  *height = self->legend->len * self->legend_row + 2 * margin;
}

gboolean
plot_legend_may_be_inside (PlotScene *self)
{
  double width, height;

  measure (self, &roomy);
  box_size (self, &width, &height);
  return self->legend->len == 0 || (!was_above (self) && fits_panel (self, 0, width, height));
}

gboolean
plot_legend_place_inside (PlotScene *self)
{
  double margin = MARGIN * self->size, width, height;
  Place best = { .cost = INFINITY };

  box_size (self, &width, &height);
  for (guint panel = self->layout.n_panels; panel-- > 0;)
    try_panel (self, panel, width, height, &best);
  if (!(best.cost <= FREE_ENOUGH))
    return FALSE;
  fill_box (self, best.rect, margin);
  self->legend_inside = TRUE;
  self->legend_over = plot_items_cover (self, best.corner.panel, plot_rect_grow (best.rect, 2));
  self->legend_corner = best.corner;
  plot_occupancy_add_rect (&self->occupancies[best.corner.panel], best.rect, 4);
  plot_occupancy_sum (&self->occupancies[best.corner.panel]);
  return TRUE;
}

void
plot_legend_omit (PlotScene *self)
{
  self->legend_omitted = self->legend->len > 0;
  plot_entries_clear (self->legend);
}

/* Columns of `rows` entries side by side, each as wide as its widest; returns their width. With
 * `place`, puts the entries there. */
static double
set_columns (PlotScene *self, guint rows, const PlotRect *place)
{
  double x = 0;

  for (guint start = 0; start < self->legend->len; start += rows)
    {
      double widest = 0;

      for (guint i = start; i < MIN (start + rows, self->legend->len); i++)
        {
          PlotEntryText *entry = &g_array_index (self->legend, PlotEntryText, i);

          widest = MAX (widest, entry->width);
          if (place == NULL)
            continue;
          entry->x = place->left + x;
          entry->y = place->top + (i - start + 0.5) * self->legend_row;
        }
      x += widest + COLUMN_GAP * self->size;
    }
  return x - COLUMN_GAP * self->size;
}

/* The fewest rows that fit the width. */
static guint
rows_for (PlotScene *self, double width)
{
  guint rows = 1;

  while (rows < self->legend->len && set_columns (self, rows, NULL) > width)
    rows++;
  return rows;
}

#define LEAST_TEXT 7 /* in units of the type size: a label cut to less says nothing */

/* Width of columns whose entries are cut to `most`. */
static double
cut_width (const PlotScene *self, guint rows, double most)
{
  double sum = 0;

  for (guint start = 0; start < self->legend->len; start += rows)
    {
      double widest = 0;

      for (guint i = start; i < MIN (start + rows, self->legend->len); i++)
        widest = MAX (widest, g_array_index (self->legend, PlotEntryText, i).width);
      sum += MIN (widest, most) + COLUMN_GAP * self->size;
    }
  return sum - COLUMN_GAP * self->size;
}

/* Cuts the longest labels, as little as lets `rows` rows fit the width; FALSE if too little were
 * left of them. */
static gboolean
cut_labels (PlotScene *self, guint rows, double width)
{
  double most = 0;

  for (double step = width / 2; step > 0.5; step /= 2)
    if (cut_width (self, rows, most + step) <= width)
      most += step;
  for (guint i = 0; i < self->legend->len; i++)
    {
      PlotEntryText *entry = &g_array_index (self->legend, PlotEntryText, i);
      double text = plot_text_width (entry->text), rest = most - (entry->width - text);

      if (entry->width <= most)
        continue;
      if (rest < LEAST_TEXT * self->size)
        return FALSE;
      plot_text_wrap (entry->text, rest, 1);
      entry->width += plot_text_width (entry->text) - text;
    }
  return TRUE;
}

/* Roomy where that fits, else compact, else with labels cut. */
double
plot_legend_columns_height (PlotScene *self, double width, double room)
{
  double gap = 0.7 * self->size;
  guint most, rows;

  measure (self, self->layout.height < 40 * self->size ? &compact : &roomy);
  rows = rows_for (self, width);
  if (rows * self->legend_row + gap <= room && set_columns (self, rows, NULL) <= width)
    return rows * self->legend_row + gap;
  measure (self, &compact);
  most = (guint) MAX (0, (room - gap) / self->legend_row);
  rows = rows_for (self, width);
  rows = MIN (rows, most);
  if (most == 0 || (set_columns (self, rows, NULL) > width && !cut_labels (self, rows, width)))
    return 0;
  return rows * self->legend_row + gap;
}

void
plot_legend_place_columns (PlotScene *self, double x, double y, double width)
{
  guint rows = rows_for (self, width);
  double used = set_columns (self, rows, NULL);
  PlotRect box = { .top = y, .bottom = y + rows * self->legend_row };

  /* in line with the frame where that leaves room */
  box.left = CLAMP (self->layout.left, x, MAX (x, x + width - used));
  box.right = box.left + used;
  set_columns (self, rows, &box);
  set_box (self, box);
}
