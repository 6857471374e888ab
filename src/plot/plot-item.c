/* What a figure is made of. */

#include "plot-item-private.h"

#include <string.h>

const PlotItemType *const plot_item_types[] = {
  &plot_image_type,    &plot_series_type, &plot_marker_type, &plot_range_type,
  &plot_triangle_type, &plot_line_type,   &plot_handle_type,
};
const guint plot_n_item_types = G_N_ELEMENTS (plot_item_types);

void
plot_item_free (gpointer item)
{
  PlotItem *self = item;

  g_free (self->data);
  g_free (self);
}

static guint
count_of_type (const PlotFigure *self, const PlotItemType *type)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += ((const PlotItem *) g_ptr_array_index (self->items, i))->type == type ? 1 : 0;
  return n;
}

PlotItem *
plot_figure_add_item (PlotFigure *self, const PlotItemType *type, int panel, PlotClaim claim,
                      const char *id, gpointer data)
{
  PlotItem *item = g_new (PlotItem, 1);

  *item = (PlotItem){ .type = type,
                      .index = self->items->len,
                      .nth = count_of_type (self, type),
                      .panel = panel,
                      .claim = claim,
                      .id = id,
                      .first_curve = self->curves->len,
                      .data = data };
  g_ptr_array_add (self->items, item);
  return item;
}

gpointer
plot_put (char **end, gconstpointer bytes, gsize size)
{
  gpointer start = *end;

  if (bytes == NULL)
    return NULL;
  memcpy (start, bytes, size);
  *end += size;
  return start;
}

gpointer
plot_copy_with_texts (gconstpointer value, gsize size, const char **id, const char **label)
{
  const char *old_id = *id != NULL ? *id : "";
  g_autofree char *clean = plot_clean_text (*label);
  gsize id_size = strlen (old_id) + 1, label_size = strlen (clean) + 1;
  char *block = g_malloc (size + id_size + label_size), *end = block + size;

  *id = plot_put (&end, old_id, id_size);
  *label = plot_put (&end, clean, label_size);
  return memcpy (block, value, size);
}

/* --- curves --- */

/* The first curve that differs by its panel or its paleness alone has the legend's entry. */
static guint
find_leader (const PlotFigure *self, const PlotCurve *curve)
{
  guint i;

  for (i = 0; i < self->curves->len; i++)
    {
      const PlotCurve *other = plot_figure_get_curve (self, i);

      if ((other->panel != curve->panel || other->faded != curve->faded)
          && other->style == curve->style && g_str_equal (other->id, curve->id)
          && g_str_equal (other->label, curve->label))
        break;
    }
  return i < self->curves->len ? g_array_index (self->leaders, guint, i) : i;
}

void
plot_figure_add_curve (PlotFigure *self, const PlotCurve *curve)
{
  PlotItem *item = g_ptr_array_index (self->items, self->items->len - 1);

  g_array_append_vals (self->leaders, &(guint){ find_leader (self, curve) }, 1);
  g_array_append_vals (self->curves, curve, 1);
  item->n_curves++;
}

guint
plot_figure_get_n_curves (const PlotFigure *self)
{
  return self->curves->len;
}

const PlotCurve *
plot_figure_get_curve (const PlotFigure *self, guint i)
{
  g_return_val_if_fail (i < self->curves->len, NULL);

  return &g_array_index (self->curves, PlotCurve, i);
}

const PlotItem *
plot_figure_item_of (const PlotFigure *self, guint curve)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (self->items, i);

      if (curve >= item->first_curve && curve < item->first_curve + item->n_curves)
        return item;
    }
  return NULL;
}

static gboolean
has_bit (guint64 bits, guint i)
{
  return i < 64 && (bits >> i & 1) != 0;
}

gboolean
plot_figure_hides (const PlotFigure *self, guint64 hidden, guint curve)
{
  return has_bit (hidden, curve) || has_bit (hidden, g_array_index (self->leaders, guint, curve));
}

gboolean
plot_figure_hides_id (const PlotFigure *self, guint64 hidden, const char *id)
{
  for (guint i = 0; i < self->curves->len && hidden != 0 && *id != '\0'; i++)
    if (g_str_equal (plot_figure_get_curve (self, i)->id, id) && plot_figure_hides (self, hidden, i))
      return TRUE;
  return FALSE;
}

/* An item that has curves is hidden once all of them are. */
gboolean
plot_item_is_hidden (const PlotFigure *figure, guint64 hidden, const PlotItem *item)
{
  if (item->n_curves == 0)
    return plot_figure_hides_id (figure, hidden, item->id);
  for (guint i = 0; i < item->n_curves; i++)
    if (!plot_figure_hides (figure, hidden, item->first_curve + i))
      return FALSE;
  return TRUE;
}

const PlotItem *
plot_figure_find_item (const PlotFigure *self, const PlotItemType *type)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (self->items, i);

      if (item->type == type)
        return item;
    }
  return NULL;
}

/* --- layouts and pictures --- */

/* The next item of a type from index *at on that is to be drawn in a panel (-1: in any). */
static const PlotItem *
next_item (const PlotScene *self, const PlotItemType *type, int panel, guint *at)
{
  while (*at < self->figure->items->len)
    {
      const PlotItem *item = g_ptr_array_index (self->figure->items, (*at)++);

      if (item->type == type && (panel < 0 || item->panel < 0 || item->panel == panel)
          && !plot_item_is_hidden (self->figure, self->layout.view.hidden, item))
        return item;
    }
  return NULL;
}

gpointer
plot_scene_trace_of (const PlotScene *self, const PlotItem *item)
{
  return self->traces[item->index];
}

/* Of the item of the same type, panel and id in the layout before; NULL: there is none. */
gconstpointer
plot_scene_last_trace_of (const PlotScene *self, const PlotItem *item)
{
  const PlotFigure *figure = self->like != NULL ? self->like->figure : NULL;

  for (guint i = 0; figure != NULL && i < figure->items->len; i++)
    {
      const PlotItem *other = g_ptr_array_index (figure->items, i);

      if (other->type == item->type && other->panel == item->panel && g_str_equal (other->id, item->id))
        return self->like->traces[i];
    }
  return NULL;
}

void
plot_scene_clear_traces (PlotScene *self)
{
  for (guint i = 0; i < self->n_traces; i++)
    {
      const PlotItem *item = g_ptr_array_index (self->figure->items, i);

      if (self->traces[i] != NULL)
        item->type->free_trace (self->traces[i]);
      self->traces[i] = NULL;
    }
}

void
plot_items_arrange (PlotScene *self)
{
  const PlotItem *item;

  plot_scene_clear_traces (self);
  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    {
      plot_occupancy_clear (&self->occupancies[panel]);
      plot_occupancy_init (&self->occupancies[panel], self->layout.frames[panel]);
    }
  for (guint t = 0; t < plot_n_item_types; t++)
    for (guint at = 0; plot_item_types[t]->trace != NULL
                       && (item = next_item (self, plot_item_types[t], -1, &at)) != NULL;)
      self->traces[item->index] = item->type->trace (self, item);
  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    plot_occupancy_sum (&self->occupancies[panel]);
  for (guint t = 0; t < plot_n_item_types; t++)
    for (guint at = 0; plot_item_types[t]->place != NULL
                       && (item = next_item (self, plot_item_types[t], -1, &at)) != NULL;)
      item->type->place (self, item);
}

gboolean
plot_items_cover (const PlotScene *self, guint panel, PlotRect rect)
{
  const PlotItem *item;

  for (guint t = 0; t < plot_n_item_types; t++)
    for (guint at = 0; plot_item_types[t]->covers != NULL
                       && (item = next_item (self, plot_item_types[t], (int) panel, &at)) != NULL;)
      if (item->type->covers (self, item, rect))
        return TRUE;
  return FALSE;
}

void
plot_items_draw (const PlotScene *self, int panel, PlotLayer layer, cairo_t *cr)
{
  const PlotItem *item;

  for (guint t = 0; t < plot_n_item_types; t++)
    for (guint at = 0; plot_item_types[t]->draw[layer] != NULL
                       && (item = next_item (self, plot_item_types[t], panel, &at)) != NULL;)
      item->type->draw[layer](self, item, (guint) MAX (0, panel >= 0 ? panel : item->panel), cr);
}

static gboolean
is_attached (const PlotItem *item, const PlotItem *owner)
{
  return item->type->draw_attached != NULL && item->panel == owner->panel
         && g_str_equal (item->id, owner->id);
}

void
plot_items_draw_attached (const PlotScene *self, const PlotItem *owner, cairo_t *cr)
{
  for (guint i = 0; i < self->figure->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (self->figure->items, i);

      if (is_attached (item, owner)
          && !plot_item_is_hidden (self->figure, self->layout.view.hidden, item))
        item->type->draw_attached (self, item, cr);
    }
}

PlotHit
plot_layout_hit (const PlotLayout *layout, const PlotFigure *figure, double px, double py,
                 double radius)
{
  const PlotScene *self = (const PlotScene *) layout;
  PlotHit hit = { .series = -1 };
  double nearest = radius;
  const PlotItem *item;

  for (guint t = 0; t < plot_n_item_types; t++)
    for (guint at = 0; plot_item_types[t]->hit != NULL
                       && (item = next_item (self, plot_item_types[t], -1, &at)) != NULL;)
      item->type->hit (self, item, px, py, &nearest, &hit);
  return hit;
}
