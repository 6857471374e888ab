/* What `run` writes. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "figures-private.h"

static void
append_text (GString *out, const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (out, quoted);
}

/* 17 digits read back the same; infinity and missing values as the contract says. */
static const char *
number (char *buffer, double x, const char *infinite, const char *missing)
{
  if (isnan (x))
    return missing;
  if (isinf (x))
    return infinite;
  return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.17g", x);
}

static void
append_array (GString *out, const char *key, const double *values, int n)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (out, ", \"%s\": ", key);
  if (values == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  for (int i = 0; i < n; i++)
    g_string_append_printf (out, "%s%s", i == 0 ? "[" : ", ",
                            number (buffer, values[i], "\"inf\"", "null"));
  g_string_append_c (out, ']');
}

/* Where there are several panels, each thing says to which it belongs. */
static void
append_panel (GString *out, const LabAnswer *answer, guint panel)
{
  if (answer->n_panels > 1)
    g_string_append_printf (out, ", \"panel\": %u, \"dim\": %d", panel, answer->dims[panel]);
}

static void
append_number (GString *out, const char *key, double x)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (out, ", \"%s\": %s", key, number (buffer, x, "\"inf\"", "null"));
}

static void
append_slope (GString *out, const LabAnswer *answer, const LabSlope *slope, gboolean first)
{
  g_string_append_printf (out, "%s\n    {\"series\": \"%s\"", first ? "" : ",", slope->type->id);
  append_panel (out, answer, slope->panel);
  append_number (out, "slope", slope->slope);
  append_number (out, "low", slope->low);
  append_number (out, "high", slope->high);
  append_number (out, "from", slope->from);
  append_number (out, "to", slope->to);
  append_number (out, "theory", slope->theory);
  append_number (out, "limit", slope->limit);
  g_string_append_c (out, '}');
}

static void
append_series (GString *out, const LabAnswer *answer, const LabSeries *series,
               const LabSpec *spec)
{
  const FiguresView *view = figures_view (spec);
  const char *words = view->label ? view->label (series->type, spec) : series->type->label;
  g_autofree char *label = figures_strip_markup (_(words));

  g_string_append_printf (out, "    {\"id\": \"%s\", \"label\": ", series->type->id);
  append_text (out, label);
  append_panel (out, answer, series->panel);
  append_array (out, "x", series->x, series->n);
  append_array (out, "y", series->y, series->n);
  append_array (out, "low", series->low, series->n);
  append_array (out, "high", series->high, series->n);
  if (series->within != NULL)
    {
      append_array (out, "within", series->within, series->n);
      append_array (out, "everywhere", series->everywhere, series->n);
    }
  else if (series->low == NULL)
    g_string_append (out, ", \"within\": null");
  g_string_append (out, ", \"count\": ");
  for (int i = 0; i < series->n && series->count != NULL; i++)
    g_string_append_printf (out, "%s%d", i == 0 ? "[" : ", ", series->count[i]);
  g_string_append (out, series->count != NULL ? "]}" : "null}");
}

/* Rows of z from the first y to the last. */
static void
append_field (GString *out, const LabField *field)
{
  g_autofree char *label = figures_strip_markup (_(field->type->label));

  g_string_append_printf (out, "    {\"id\": \"%s\", \"label\": ", field->type->id);
  append_text (out, label);
  append_array (out, "x", field->x, field->nx);
  append_array (out, "y", field->y, field->ny);
  g_string_append (out, ", \"z\": [");
  for (int j = 0; j < field->ny; j++)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append (out, j == 0 ? "[" : ", [");
      for (int i = 0; i < field->nx; i++)
        g_string_append_printf (out, "%s%s", i == 0 ? "" : ", ",
                                number (buffer, field->z[(gsize) j * field->nx + i], "\"inf\"", "null"));
      g_string_append_c (out, ']');
    }
  g_string_append (out, "]}");
}

/* Only views that have fields have this key. */
static void
append_fields (GString *out, const LabAnswer *answer)
{
  if (answer->fields->len == 0)
    return;
  g_string_append (out, "],\n  \"fields\": [\n");
  for (guint i = 0; i < answer->fields->len; i++)
    {
      g_string_append (out, i == 0 ? "" : ",\n");
      append_field (out, g_ptr_array_index (answer->fields, i));
    }
  g_string_append (out, "\n  ");
}

static void
append_notes (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  g_auto (GStrv) notes = figures_notes (answer, spec);

  for (gsize i = 0; notes[i] != NULL; i++)
    {
      g_string_append (out, i == 0 ? "" : ", ");
      append_text (out, notes[i]);
    }
}

char *
figures_to_json (const LabAnswer *answer, const LabSpec *spec, double seconds)
{
  const LabExhibit *exhibit = lab_spec_exhibit (spec);
  const FiguresView *view = figures_view (spec);
  g_autofree char *parameters = lab_spec_parameters_to_text (spec);
  g_autofree char *verdict = figures_verdict (answer, spec);
  GString *out = g_string_new (NULL);
  gboolean first = TRUE;

  g_string_append_printf (
    out, "{\n  \"program\": \"%s\",\n  \"exhibit\": \"%s\",\n  \"parameters\": %s,\n",
    figures_program (), exhibit->id, parameters);
  g_string_append_printf (out, "  \"x\": {\"key\": \"%s\", \"scale\": \"%s\"},\n  \"series\": [",
                          view->x_key != NULL ? view->x_key : lab_parameter (lab_spec_axis (spec))->key,
                          view->x_key != NULL ? view->x_scale : "log");
  for (guint i = 0; i < answer->series->len; i++)
    {
      const LabSeries *series = g_ptr_array_index (answer->series, i);

      if (!lab_spec_shows (spec, series->type->id))
        continue;
      g_string_append (out, first ? "\n" : ",\n");
      append_series (out, answer, series, spec);
      first = FALSE;
    }
  g_string_append (out, "\n  ");
  append_fields (out, answer);
  g_string_append (out, "],\n  \"markers\": [");
  if (view->write_markers != NULL)
    view->write_markers (out, answer, spec);
  g_string_append (out, "],\n  \"fits\": [");
  for (guint i = 0; i < answer->slopes->len; i++)
    append_slope (out, answer, &g_array_index (answer->slopes, LabSlope, i), i == 0);
  g_string_append (out, "],\n  \"verdict\": ");
  append_text (out, verdict);
  g_string_append (out, ",\n  \"notes\": [");
  append_notes (out, answer, spec);
  g_string_append (out, "]");
  if (seconds >= 0)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (out, ",\n  \"seconds\": %s",
                              g_ascii_formatd (buffer, sizeof buffer, "%.3f", seconds));
    }
  g_string_append (out, "\n}\n");
  return g_string_free (out, FALSE);
}

static void
append_rows (GString *out, const LabAnswer *answer, const LabSeries *series)
{
  g_autofree char *end = answer->n_panels > 1 ? g_strdup_printf (",%u\n", series->panel)
                                              : g_strdup ("\n");

  char y[G_ASCII_DTOSTR_BUF_SIZE], low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE],
    x[G_ASCII_DTOSTR_BUF_SIZE];

  for (int i = 0; i < series->n; i++)
    {
      g_string_append_printf (out, "%s,%s,%s,", series->type->id,
                              number (x, series->x[i], "inf", ""),
                              number (y, series->y[i], "inf", ""));
      if (series->count != NULL)
        g_string_append_printf (out, "%s,%s,%d%s", number (low, series->low[i], "inf", ""),
                                number (high, series->high[i], "inf", ""), series->count[i], end);
      else if (series->low != NULL)
        g_string_append_printf (out, "%s,%s,%s", number (low, series->low[i], "inf", ""),
                                number (high, series->high[i], "inf", ""), end);
      else
        g_string_append_printf (out, ",,%s", end);
    }
}

/* A table of its own, behind that of the series if there is one. */
static void
append_cells (GString *out, const LabField *field)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE], z[G_ASCII_DTOSTR_BUF_SIZE];

  for (int j = 0; j < field->ny; j++)
    for (int i = 0; i < field->nx; i++)
      g_string_append_printf (out, "%s,%s,%s,%s\n", field->type->id, number (x, field->x[i], "inf", ""),
                              number (y, field->y[j], "inf", ""),
                              number (z, field->z[(gsize) j * field->nx + i], "inf", ""));
}

static void
append_slope_comment (GString *out, const LabAnswer *answer, const LabSlope *slope)
{
  char value[G_ASCII_DTOSTR_BUF_SIZE], low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (
    out, "# fit: %s, dim %d: slope %s, interval %s..%s, from %.0f to %.0f\n", slope->type->id,
    answer->dims[slope->panel], number (value, slope->slope, "inf", "unknown"),
    number (low, slope->low, "inf", "unknown"), number (high, slope->high, "inf", "unknown"), slope->from,
    slope->to);
}

char *
figures_to_csv (const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *text = lab_spec_to_text (spec);
  g_autofree char *verdict = figures_verdict (answer, spec);
  g_auto (GStrv) notes = figures_notes (answer, spec);
  GString *out = g_string_new (NULL);

  g_strdelimit (verdict, "\n", ' ');
  g_string_append_printf (out, "# %s\n# " FIGURES_SPEC_KEY ": %s\n# verdict: %s\n",
                          figures_program (), text, verdict);
  for (gsize i = 0; notes[i] != NULL; i++)
    g_string_append_printf (out, "# note: %s\n", notes[i]);
  for (guint i = 0; i < answer->slopes->len; i++)
    append_slope_comment (out, answer, &g_array_index (answer->slopes, LabSlope, i));
  if (answer->fields->len == 0 || answer->series->len > 0)
    g_string_append_printf (out, "series,x,y,low,high,count%s\n",
                            answer->n_panels > 1 ? ",panel" : "");
  for (guint i = 0; i < answer->series->len; i++)
    {
      const LabSeries *series = g_ptr_array_index (answer->series, i);

      if (lab_spec_shows (spec, series->type->id))
        append_rows (out, answer, series);
    }
  if (answer->fields->len > 0)
    g_string_append (out, "series,x,y,z\n");
  for (guint i = 0; i < answer->fields->len; i++)
    append_cells (out, g_ptr_array_index (answer->fields, i));
  return g_string_free (out, FALSE);
}

/* Characters of a cell. */
#define CELL 11

void
figures_append_cell (GString *out, double x)
{
  g_autofree char *text = isnan (x) ? g_strdup ("-") : plot_format_measured (x, FIGURES_READ);

  g_string_append_printf (out, " %*s%s", (int) MAX (0, CELL - g_utf8_strlen (text, -1)), "", text);
}

char *
figures_to_table (const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *verdict = figures_verdict (answer, spec);
  GString *out = g_string_new (NULL);

  figures_view (spec)->tabulate (out, answer, spec);
  g_string_append_printf (out, "\n%s\n", verdict);
  return g_string_free (out, FALSE);
}
