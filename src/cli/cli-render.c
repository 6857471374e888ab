#include "cli.h"

#include <stdio.h>

typedef struct
{
  const PlotFormat *format;
  const PlotTheme *theme;
  int width, height;
  double dpi;
} Picture;

static gboolean
parse_picture (Picture *self, const char *output, const char *size, const char *theme,
               GError **error)
{
  char rest;

  self->format = output != NULL ? plot_format_for_path (output) : NULL;
  self->theme = plot_theme_find (theme);
  if (output == NULL)
    g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE,
                         "render needs -o FILE.png, .svg or .pdf");
  else if (self->format == NULL)
    g_set_error (
      error, CLI_ERROR, CLI_ERROR_USAGE,
      "%s: unknown format; render writes .png, .svg and .pdf (and .csv of what is drawn)", output);
  else if (self->theme == NULL)
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "unknown theme “%s”; “list themes” shows all",
                 theme);
  else if (sscanf (size, "%dx%d%c", &self->width, &self->height, &rest) != 2 || self->width < 1
           || self->height < 1)
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                 "--size must be WIDTHxHEIGHT in pixels, like 1200x800, not “%s”", size);
  else if (!(self->dpi >= 10 && self->dpi <= 4800))
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "--dpi must be in 10..4800, not %g", self->dpi);
  else
    return TRUE;
  return FALSE;
}

gboolean
cli_render (int argc, char **argv, GError **error)
{
  g_auto (CliJob) job = { 0 };
  g_autofree char *size = NULL, *theme = NULL;
  Picture picture = { .dpi = 96 };
  const GOptionEntry entries[] = {
    { "parameter", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &job.assignments, "Set a parameter",
      "KEY=VALUE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &job.output, "The picture, .png, .svg or .pdf",
      "FILE" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "In pixels of 1/96 inch (1200x800)", "WxH" },
    { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &picture.dpi, "Resolution of a PNG (96)", "N" },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &theme, "“list themes” shows all (light)", "NAME" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &job.threads, "Workers (0: one per processor)", "N" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &job.force, "Replace an existing file", NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &job.quiet, "No progress", NULL },
    { NULL },
  };
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = NULL;
  g_autoptr (LabCurves) curves = NULL;
  g_autoptr (PlotFigure) figure = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PlotView view;
  char *word;

  if (!cli_parse (entries, &argc, argv, 1, &word, "render EXHIBIT|PRESET|FILE", error))
    return FALSE;
  job.what = g_strdup (word);
  if (!parse_picture (&picture, job.output, size != NULL ? size : "1200x800",
                      theme != NULL ? theme : "light", error)
      || !cli_check_output (job.output, job.force, error)
      || (spec = cli_job_spec (&job, error)) == NULL
      || (result = cli_job_result (&job, spec, error)) == NULL)
    return FALSE;

  curves = lab_curves_new (result, spec);
  figure = figures_build (curves, spec);
  plot_view_init (&view, figure);
  bytes = plot_export (figure, picture.theme, &view, picture.format, picture.width, picture.height,
                       picture.dpi, error);
  return bytes != NULL && cli_write (job.output, bytes, job.force, error);
}
