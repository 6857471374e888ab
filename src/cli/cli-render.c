#include "cli.h"

typedef struct
{
  const PlotFormat *format;
  const PlotTheme *theme;
  int width, height;
  double dpi;
  char *scale_names[PLOT_N_AXES]; /* that are asked for, or NULL */
  const PlotScale *scales[PLOT_N_AXES];
} Picture;

static const char *const scale_options[PLOT_N_AXES] = { [PLOT_X] = "--x-scale", [PLOT_Y] = "--y-scale" };

/* Asked for, or as the file's name says. */
static gboolean
choose_format (Picture *self, const char *output, const char *asked, GError **error)
{
  const PlotFormat *by_name = cli_is_stdout (output) ? NULL : plot_format_for_path (output);
  g_autofree char *quoted = lab_quote (output != NULL ? output : "");

  self->format = asked != NULL ? plot_format_find (asked) : by_name;
  if (output == NULL)
    g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE,
                         "render needs -o FILE.png, .svg or .pdf, or -o - with --format");
  else if (asked != NULL && self->format == NULL)
    g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE,
                         "--format must be png, svg, pdf or csv");
  else if (by_name != NULL && by_name != self->format)
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "%s says .%s, but --format says %s", quoted,
                 by_name->name, self->format->name);
  else if (self->format == NULL && cli_is_stdout (output))
    g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE,
                         "on standard output render needs --format png, svg, pdf or csv");
  else if (self->format == NULL)
    g_set_error (
      error, CLI_ERROR, CLI_ERROR_USAGE,
      "%s: unknown format; render writes .png, .svg and .pdf (and .csv of what is drawn)", quoted);
  else
    return TRUE;
  return FALSE;
}

static gboolean
parse_size (Picture *self, const char *size, GError **error)
{
  g_auto (GStrv) sides = g_strsplit (size, "x", 3);
  guint64 width, height;
  g_autofree char *quoted = lab_quote (size);

  if (g_strv_length (sides) == 2
      && g_ascii_string_to_unsigned (sides[0], 10, 1, PLOT_MAX_SIDE, &width, NULL)
      && g_ascii_string_to_unsigned (sides[1], 10, 1, PLOT_MAX_SIDE, &height, NULL))
    {
      self->width = (int) width;
      self->height = (int) height;
      return TRUE;
    }
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
               "--size must be WIDTHxHEIGHT in pixels, each in 1..%d, like 1200x800, not “%s”",
               PLOT_MAX_SIDE, quoted);
  return FALSE;
}

static gboolean
parse_look (Picture *self, const char *theme, GError **error)
{
  g_autofree char *quoted = lab_quote (theme);

  self->theme = plot_theme_find (theme);
  if (self->theme == NULL)
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "unknown theme “%s”; “list themes” shows all",
                 quoted);
  else if (!(self->dpi >= 10 && self->dpi <= 4800))
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "--dpi must be in 10..4800, not %g", self->dpi);
  else
    return TRUE;
  return FALSE;
}

static gboolean
parse_scales (Picture *self, GError **error)
{
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    {
      const char *name = self->scale_names[axis];
      g_autofree char *quoted = lab_quote (name != NULL ? name : "");

      self->scales[axis] = plot_scale_find (name);
      if (name == NULL || self->scales[axis] != NULL)
        continue;
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "%s must be log or linear, not “%s”",
                   scale_options[axis], quoted);
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_scales (const Picture *self, const PlotFigure *figure, PlotLimits *view, GError **error)
{
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    if (self->scales[axis] != NULL && !plot_limits_set_scale (view, figure, axis, self->scales[axis]))
      {
        g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                     "%s log: not all that lies along this axis is positive, or it counts or names places; "
                     "leave it linear",
                     scale_options[axis]);
        return FALSE;
      }
  return TRUE;
}

static void
clear_names (Picture *self)
{
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    g_free (self->scale_names[axis]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, clear_names)

/* A picture may be too small for all that belongs to it. */
static void
tell_left_out (const Picture *self, const PlotFigure *figure, const PlotLimits *view)
{
  PlotLayout *layout;
  g_autofree char *words = NULL;

  if (!self->format->picture)
    return;
  layout = plot_layout_new (figure, self->theme, view, self->width, self->height);
  words = plot_layout_left_out (layout);
  plot_layout_free (layout);
  if (words != NULL)
    g_printerr ("tangent-lab-cli: at %dx%d there is no room for %s: take a larger --size\n", self->width,
                self->height, words);
}

gboolean
cli_render (int argc, char **argv, GError **error)
{
  g_auto (CliJob) job = { 0 };
  g_autofree char *size = NULL, *theme = NULL, *asked = NULL;
  g_auto (Picture) picture = { .dpi = 96 };
  const GOptionEntry entries[] = {
    { "parameter", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &job.assignments, "Set a parameter",
      "KEY=VALUE" },
    { "view", 0, 0, G_OPTION_ARG_STRING, &job.view, "Which of the exhibit's figures (view=ID)", "ID" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &job.output, "The picture, .png, .svg or .pdf",
      "FILE" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &asked, "Where no name says it", "png|svg|pdf|csv" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "In pixels of 1/96 inch (1200x800)", "WxH" },
    { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &picture.dpi, "Resolution of a PNG (96)", "N" },
    { "x-scale", 0, 0, G_OPTION_ARG_STRING, &picture.scale_names[PLOT_X],
      "Of the axis, where it is not the figure's own", "log|linear" },
    { "y-scale", 0, 0, G_OPTION_ARG_STRING, &picture.scale_names[PLOT_Y],
      "Of the axis, where it is not the figure's own", "log|linear" },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &theme, "“list themes” shows all (light)", "NAME" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &job.threads, "Workers (0: one per processor)", "N" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &job.force, "Replace an existing file", NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &job.quiet, "No progress", NULL },
    { NULL },
  };
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = NULL;
  g_autoptr (LabAnswer) curves = NULL;
  g_autoptr (PlotFigure) figure = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PlotLimits view;
  char *word;

  if (!cli_parse (entries, &argc, argv, 1, &word, "render EXHIBIT|PRESET|FILE", error))
    return FALSE;
  job.what = g_strdup (word);
  if (!choose_format (&picture, job.output, asked, error)
      || !parse_size (&picture, size != NULL ? size : "1200x800", error)
      || !parse_look (&picture, theme != NULL ? theme : "light", error)
      || !parse_scales (&picture, error) || !cli_check_output (job.output, job.force, error)
      || (spec = cli_job_spec (&job, error)) == NULL
      || (result = cli_job_result (&job, spec, error)) == NULL)
    return FALSE;

  curves = lab_answer_new (result, spec);
  figure = figures_build (curves, spec);
  cli_job_limits (&job, figure, &view);
  if (!take_scales (&picture, figure, &view, error))
    return FALSE;
  bytes = plot_export (figure, picture.theme, &view, picture.format, picture.width, picture.height,
                       picture.dpi, error);
  if (bytes == NULL || !cli_write (job.output, bytes, job.force, error))
    return FALSE;
  tell_left_out (&picture, figure, &view);
  return TRUE;
}
