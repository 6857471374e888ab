/* Specs read back from anything the program wrote. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "figures-private.h"

#define PARAMETERS "# " FIGURES_SPEC_KEY ": "

static const char *const scale_comments[PLOT_N_AXES] = {
  [PLOT_X] = "# " PLOT_X_SCALE_KEY ": ",
  [PLOT_Y] = "# " PLOT_Y_SCALE_KEY ": ",
};

/* What fields are separated by when a spreadsheet has written a table. */
#define SEPARATORS ",;\t"

/* One field of a line and what follows its separator; NULL behind the last. */
static const char *
append_field (GString *out, const char *at)
{
  gboolean quoted = *at == '"';

  for (at += quoted; *at != '\0'; at++)
    {
      if (quoted && at[0] == '"' && at[1] != '"')
        break;
      if (!quoted && strchr (SEPARATORS, *at) != NULL)
        break;
      at += quoted && at[0] == '"';
      g_string_append_c (out, *at);
    }
  at += quoted && *at == '"';
  return *at != '\0' ? at + 1 : NULL;
}

/* A spreadsheet has put a line into quotes that has some in it, perhaps cut it at the commas, and filled
 * it up to as many fields as others have. */
static char *
join_fields (const char *line)
{
  GString *out = g_string_new (NULL);

  for (const char *at = line; at != NULL;)
    {
      g_string_append (out, at > line ? "," : "");
      at = append_field (out, at);
    }
  return g_string_free (out, FALSE);
}

/* What a comment line says behind its name, or NULL where it has another one. */
static char *
read_comment (const char *line, const char *name)
{
  g_autofree char *whole = *line == '"' ? join_fields (line) : g_strdup (line);
  gsize length = strlen (whole);

  if (!g_str_has_prefix (whole, name))
    return NULL;
  while (strchr (SEPARATORS " ", whole[length - 1]) != NULL)
    whole[--length] = '\0';
  return g_strdup (whole + MIN (length, strlen (name)));
}

/* The first comment of this name, or NULL. */
static char *
find_comment (const char *text, const char *name)
{
  for (const char *line = text; *line != '\0'; line += strspn (line, "\r\n"))
    {
      gsize length = strcspn (line, "\r\n");
      gboolean comment = *line == '#' || g_str_has_prefix (line, "\"#");
      g_autofree char *copy = comment ? g_strndup (line, length) : NULL;
      char *value = comment ? read_comment (copy, name) : NULL;

      if (value != NULL)
        return value;
      line += length;
    }
  return NULL;
}

static LabSpec *
parse_table (const char *text, const PlotScale **scales, GError **error)
{
  g_autofree char *parameters = find_comment (text, PARAMETERS);

  for (int axis = 0; axis < PLOT_N_AXES && parameters != NULL; axis++)
    {
      g_autofree char *name = find_comment (text, scale_comments[axis]);

      scales[axis] = plot_scale_find (name);
    }
  if (parameters != NULL)
    return lab_spec_from_text (parameters, error);
  g_set_error_literal (error, LAB_ERROR, LAB_ERROR_FILE,
                       _("this table has no line “# tangent-lab-spec: …”, which names the parameters"));
  return NULL;
}

static LabSpec *
parse_picture (GBytes *bytes, const PlotScale **scales, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *parameters = plot_read_metadata (bytes, FIGURES_SPEC_KEY, &cause);

  if (parameters != NULL)
    {
      plot_read_scales (bytes, scales);
      return lab_spec_from_text (parameters, error);
    }
  g_set_error_literal (error, LAB_ERROR, LAB_ERROR_FILE, cause->message);
  return NULL;
}

static const struct
{
  const char *begin;
  const char *name; /* NULL: one that the program writes */
} binaries[] = {
  { "\211PNG\r\n\032\n", NULL },
  { "%PDF-", NULL },
  { "\xff\xd8\xff", N_("this is a JPEG picture; PNG, SVG and PDF carry parameters") },
  { "GIF8", N_("this is a GIF picture; PNG, SVG and PDF carry parameters") },
  { "RIFF", N_("this is a WebP picture; PNG, SVG and PDF carry parameters") },
  { "PK\003\004", N_("this is an archive or a workbook: save it as CSV, or unpack it") },
  { "\037\213", N_("this is compressed: unpack it") },
};

/* FALSE where it is none of them. */
static gboolean
parse_binary (GBytes *bytes, const PlotScale **scales, LabSpec **spec, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < G_N_ELEMENTS (binaries); i++)
    {
      gsize length = strlen (binaries[i].begin);

      if (size < length || memcmp (data, binaries[i].begin, length) != 0)
        continue;
      if (binaries[i].name == NULL)
        *spec = parse_picture (bytes, scales, error);
      else
        g_set_error_literal (error, LAB_ERROR, LAB_ERROR_FILE, _(binaries[i].name));
      return TRUE;
    }
  return FALSE;
}

static LabSpec *
parse_text (const char *text, const PlotScale **scales, GError **error)
{
  text += strspn (text, " \t\r\n\f\v");
  if (*text == '{' || *text == '[')
    return lab_spec_from_text (text, error);
  if (*text == '#' || g_str_has_prefix (text, "\"#"))
    return parse_table (text, scales, error);
  if (*text == '<')
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

      return parse_picture (bytes, scales, error);
    }
  /* Sorted by a spreadsheet, comments may come last. */
  if (strstr (text, PARAMETERS) != NULL)
    return parse_table (text, scales, error);
  if (*text == '\0')
    g_set_error_literal (error, LAB_ERROR, LAB_ERROR_FILE, _("there is nothing in this file"));
  else
    {
      g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));
      g_autofree char *quoted = lab_quote (line);

      g_set_error (error, LAB_ERROR, LAB_ERROR_FILE,
                   _("this begins with “%s” and is none of what this program writes: JSON, CSV, PNG, "
                     "SVG or PDF"),
                   quoted);
    }
  return NULL;
}

LabSpec *
figures_parse_drawn (GBytes *bytes, const PlotScale **scales, GError **error)
{
  const PlotScale *found[PLOT_N_AXES] = { NULL };
  g_autofree char *text = NULL;
  LabSpec *spec = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (!parse_binary (bytes, found, &spec, error))
    {
      text = lab_file_decode (bytes, error);
      spec = text != NULL ? parse_text (text, found, error) : NULL;
    }
  if (scales != NULL)
    memcpy (scales, found, sizeof found);
  return spec;
}

LabSpec *
figures_parse_spec (GBytes *bytes, GError **error)
{
  return figures_parse_drawn (bytes, NULL, error);
}

LabSpec *
figures_read_drawn (const char *path, const PlotScale **scales, GError **error)
{
  g_autoptr (GBytes) bytes = lab_file_read (path, FIGURES_MOST_BYTES, error);
  LabSpec *spec;

  if (bytes == NULL)
    return NULL;
  spec = figures_parse_drawn (bytes, scales, error);
  if (spec == NULL)
    {
      g_autofree char *quoted = lab_quote (path);

      g_prefix_error (error, "%s: ", quoted);
    }
  return spec;
}

LabSpec *
figures_read_spec (const char *path, GError **error)
{
  return figures_read_drawn (path, NULL, error);
}
