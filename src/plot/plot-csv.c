#include "plot-export-private.h"
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

static void
append_series (GString *out, const PlotFigure *figure, const PlotSeries *series)
{
  g_autofree char *panel = panel_name (figure, series->panel);

  for (guint i = 0; i < series->n; i++)
    {
      if (figure->n_panels > 1)
        {
          append_field (out, panel);
          g_string_append_c (out, ',');
        }
      append_field (out, series->id);
      append_number (out, series->x[i]);
      append_number (out, series->y[i]);
      append_number (out, series->low != NULL ? series->low[i] : NAN);
      append_number (out, series->high != NULL ? series->high[i] : NAN);
      g_string_append_c (out, ',');
      if (series->count != NULL)
        g_string_append_printf (out, "%d", series->count[i]);
      g_string_append_c (out, '\n');
    }
}

GBytes *
plot_export_csv (const PlotJob *job, GError **error)
{
  const PlotFigure *figure = job->figure;
  GString *out = g_string_new (NULL);
  g_autofree char *title = plot_text_plain (figure->title);

  append_comment (out, "title", title);
  append_comment (out, "description", figure->description);
  for (guint i = 0; i < figure->metadata->len; i++)
    {
      const PlotEntry *entry = &g_array_index (figure->metadata, PlotEntry, i);

      append_comment (out, entry->key, entry->value);
    }
  g_string_append (out, figure->n_panels > 1 ? "panel," : "");
  g_string_append (out, "series,x,y,low,high,count\n");
  for (guint i = 0; i < figure->series->len; i++)
    if (!plot_figure_hides (figure, job->view->hidden, i))
      append_series (out, figure, plot_figure_get_series (figure, i));
  return g_string_free_to_bytes (out);
}
