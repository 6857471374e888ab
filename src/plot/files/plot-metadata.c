#include "plot-export-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
append_encoded (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (strchr ("%;=", *p) != NULL || (guchar) *p < 0x20)
      g_string_append_printf (out, "%%%02X", (guchar) *p);
    else
      g_string_append_c (out, *p);
}

static const char *const scale_keys[PLOT_N_AXES] = { [PLOT_X] = PLOT_X_SCALE_KEY, [PLOT_Y] = PLOT_Y_SCALE_KEY };

GArray *
plot_collect_metadata (const PlotFigure *figure, const PlotLimits *view)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (PlotEntry));

  g_array_append_vals (entries, figure->metadata->data, figure->metadata->len);
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    {
      const PlotScale *scale = view->scale[axis];
      PlotEntry entry = { (char *) scale_keys[axis], scale != NULL ? (char *) scale->name : NULL };

      if (scale != NULL && scale != figure->axes[axis].scale)
        g_array_append_val (entries, entry);
    }
  return entries;
}

char *
plot_join_metadata (const PlotJob *job)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < job->metadata->len; i++)
    {
      const PlotEntry *entry = &g_array_index (job->metadata, PlotEntry, i);

      g_string_append (out, i > 0 ? "; " : "");
      append_encoded (out, entry->key);
      g_string_append_c (out, '=');
      append_encoded (out, entry->value);
    }
  return g_string_free (out, FALSE);
}

char *
plot_find_joined (const char *joined, const char *key)
{
  g_auto (GStrv) entries = g_strsplit (joined, ";", -1);

  for (guint i = 0; entries[i] != NULL; i++)
    {
      const char *entry = entries[i] + (i > 0 && entries[i][0] == ' ' ? 1 : 0);
      const char *equals = strchr (entry, '=');
      g_autofree char *name = NULL;

      if (equals == NULL)
        continue;
      name = g_uri_unescape_segment (entry, equals, NULL);
      if (g_strcmp0 (name, key) == 0)
        return g_uri_unescape_string (equals + 1, NULL);
    }
  return NULL;
}

static gboolean
starts_with (const guint8 *data, gsize size, const char *magic)
{
  return size >= strlen (magic) && memcmp (data, magic, strlen (magic)) == 0;
}

/* XML may have a mark of the byte order in front, and an SVG blanks. */
static void
skip_front (const guint8 **data, gsize *size)
{
  gsize front = starts_with (*data, *size, "\xef\xbb\xbf") ? 3 : 0;

  while (front < *size && g_ascii_isspace ((*data)[front]))
    front++;
  *data += front;
  *size -= front;
}

char *
plot_read_metadata (GBytes *file, const char *key, GError **error)
{
  gsize size;
  const guint8 *data;
  char *value = NULL;

  g_return_val_if_fail (file != NULL && key != NULL, NULL);

  data = g_bytes_get_data (file, &size);
  skip_front (&data, &size);
  if (starts_with (data, size, "\211PNG\r\n\032\n"))
    value = plot_read_png (data, size, key);
  else if (starts_with (data, size, "%PDF-"))
    value = plot_read_pdf (data, size, key);
  else if (starts_with (data, size, "<"))
    value = plot_read_svg (data, size, key);
  else
    {
      g_set_error_literal (error, PLOT_ERROR, PLOT_ERROR_FORMAT,
                           _("This is neither a PNG nor an SVG nor a PDF file"));
      return NULL;
    }
  if (value == NULL)
    g_set_error (error, PLOT_ERROR, PLOT_ERROR_FORMAT,
                 _("The picture does not carry “%s”: it was not made by this program, or another "
                    "one has removed it"),
                 key);
  return value;
}

void
plot_read_scales (GBytes *file, const PlotScale **scales)
{
  g_return_if_fail (file != NULL && scales != NULL);

  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    {
      g_autofree char *name = plot_read_metadata (file, scale_keys[axis], NULL);

      scales[axis] = plot_scale_find (name);
    }
}
