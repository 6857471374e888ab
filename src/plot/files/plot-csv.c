#include "plot-export-private.h"
#include "plot-item-private.h"
#include "plot-text-private.h"

#include <math.h>
#include <string.h>

static void
append_number (GString *out, double x)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (out, ',');
  if (isinf (x))
    g_string_append (out, x < 0 ? "-inf" : "inf");
  else if (!isnan (x))
    g_string_append (out, g_ascii_formatd (digits, sizeof digits, "%.17g", x));
}

/* A field in quotes where it needs them. */
static void
append_field (GString *out, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL && *text != '#')
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/* A comment is one line whatever it says. */
static void
append_comment (GString *out, const char *key, const char *value)
{
  g_autofree char *line = NULL;

  if (*value == '\0')
    return;
  g_string_append (out, "# ");
  line = g_strdup_printf ("%s: %s", key, value);
  for (const char *p = line; *p != '\0'; p++)
    switch (*p)
      {
      case '\n': g_string_append (out, "\\n"); break;
      case '\r': g_string_append (out, "\\r"); break;
      case '\\': g_string_append (out, "\\\\"); break;
      default: g_string_append_c (out, *p);
      }
  g_string_append_c (out, '\n');
}

/* The panel's title, or its number from 1 where it has none. */
static char *
panel_name (const PlotFigure *figure, guint panel)
{
  const char *title = figure->panel_titles[panel];

  return title != NULL && *title != '\0' ? plot_text_plain (title)
                                         : g_strdup_printf ("%u", panel + 1);
}

void
plot_table_add (const PlotTable *self, const PlotItem *item, const char *id, const PlotTableRow *row)
{
  if (self->figure->n_panels > 1)
    {
      g_autofree char *panel = panel_name (self->figure, (guint) MAX (0, item->panel));

      append_field (self->out, panel);
      g_string_append_c (self->out, ',');
    }
  append_field (self->out, id);
  append_number (self->out, row->x);
  append_number (self->out, row->y);
  if ((self->columns & PLOT_COLUMNS_BAND) != 0)
    {
      append_number (self->out, row->low);
      append_number (self->out, row->high);
      g_string_append_c (self->out, ',');
      if (row->count >= 0)
        g_string_append_printf (self->out, "%d", row->count);
    }
  if ((self->columns & PLOT_COLUMNS_Z) != 0)
    append_number (self->out, row->z);
  g_string_append_c (self->out, '\n');
}

/* The columns of all items, seen or not; of a figure without items those of a curve. */
static PlotColumns
find_columns (const PlotFigure *figure)
{
  PlotColumns columns = 0;

  for (guint i = 0; i < figure->items->len; i++)
    columns |= ((const PlotItem *) g_ptr_array_index (figure->items, i))->type->columns;
  return columns != 0 ? columns : PLOT_COLUMNS_BAND;
}

GBytes *
plot_export_csv (const PlotJob *job, GError **error)
{
  const PlotFigure *figure = job->figure;
  GString *out = g_string_new (NULL);
  g_autofree char *title = plot_text_plain (figure->title);
  PlotTable table = { out, figure, find_columns (figure), job->view->hidden };

  append_comment (out, "title", title);
  append_comment (out, "description", figure->description);
  for (guint i = 0; i < job->metadata->len; i++)
    {
      const PlotEntry *entry = &g_array_index (job->metadata, PlotEntry, i);

      append_comment (out, entry->key, entry->value);
    }
  g_string_append_printf (out, "%sseries,x,y%s%s\n", figure->n_panels > 1 ? "panel," : "",
                          (table.columns & PLOT_COLUMNS_BAND) != 0 ? ",low,high,count" : "",
                          (table.columns & PLOT_COLUMNS_Z) != 0 ? ",z" : "");
  for (guint i = 0; i < figure->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (figure->items, i);

      if (item->type->write != NULL && !plot_item_is_hidden (figure, table.hidden, item))
        item->type->write (item, &table);
    }
  return g_string_free_to_bytes (out);
}
