#include "cli.h"

#include <string.h>

static char *
to_table (const LabAnswer *curves, const LabSpec *spec, double seconds)
{
  return figures_to_table (curves, spec);
}

static char *
to_csv (const LabAnswer *curves, const LabSpec *spec, double seconds)
{
  return figures_to_csv (curves, spec);
}

typedef struct
{
  const char *name; /* and the end of a file's name */
  char *(*write) (const LabAnswer *curves, const LabSpec *spec, double seconds);
} Format;

static const Format table = { "table", to_table };
static const Format formats[] = { { "json", figures_to_json }, { "csv", to_csv } };

static const Format *
find_format (const char *name)
{
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strcasecmp (name, formats[i].name) == 0)
      return &formats[i];
  return NULL;
}

/* Asked for, or as the file's name says, or what suits standard output. */
static const Format *
choose_format (const char *output, const char *asked, GError **error)
{
  const char *dot = cli_is_stdout (output) ? NULL : strrchr (output, '.');
  const Format *by_name = find_format (dot != NULL ? dot + 1 : NULL);
  const Format *format = find_format (asked);
  g_autofree char *quoted = lab_quote (output != NULL ? output : "");

  if (asked != NULL && format == NULL)
    g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE, "--format must be csv or json");
  else if (format != NULL && by_name != NULL && by_name != format)
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "%s says .%s, but --format says %s", quoted,
                 by_name->name, format->name);
  else if (format == NULL && by_name == NULL && !cli_is_stdout (output))
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                 "%s: `run` writes .csv or .json; `render` writes pictures", quoted);
  else if (format != NULL || by_name != NULL)
    return format != NULL ? format : by_name;
  else
    return output == NULL ? &table : &formats[0];
  return NULL;
}

static GBytes *
make_figure (const CliJob *job, const LabAnswer *curves, const LabSpec *spec, const char *path,
             GError **error)
{
  g_autoptr (PlotFigure) figure = figures_build (curves, spec);
  PlotLimits view;

  cli_job_limits (job, figure, &view);
  return plot_export (figure, plot_theme_find ("light"), &view, plot_format_for_path (path), 1200,
                      800, 96, error);
}

static gboolean
check_outputs (const CliJob *job, const char *figure, GError **error)
{
  if (figure != NULL && plot_format_for_path (figure) == NULL)
    {
      g_autofree char *quoted = lab_quote (figure);

      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "%s: a figure is a .png, .svg or .pdf",
                   quoted);
      return FALSE;
    }
  return cli_check_output (job->output, job->force, error)
         && cli_check_output (figure, job->force, error)
         && cli_check_distinct (figure, job->output, error);
}

gboolean
cli_run (int argc, char **argv, GError **error)
{
  g_auto (CliJob) job = { 0 };
  g_autofree char *figure = NULL, *asked = NULL;
  gboolean reproducible = FALSE;
  const GOptionEntry entries[] = {
    { "parameter", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &job.assignments, "Set a parameter",
      "KEY=VALUE" },
    { "view", 0, 0, G_OPTION_ARG_STRING, &job.view, "Which of the exhibit's figures (view=ID)", "ID" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &job.output,
      "Write .csv or .json (“-”: to stdout) instead of a table", "FILE" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &asked, "Where no name says it (json)", "csv|json" },
    { "figure", 0, 0, G_OPTION_ARG_FILENAME, &figure, "Draw the figure too (.png, .svg or .pdf)",
      "FILE" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &job.threads, "Workers (0: one per processor)", "N" },
    { "reproducible", 0, 0, G_OPTION_ARG_NONE, &reproducible,
      "Leave out the time taken: same spec, same bytes", NULL },
    { "force", 0, 0, G_OPTION_ARG_NONE, &job.force, "Replace existing files", NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &job.quiet, "No progress", NULL },
    { NULL },
  };
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabResult) result = NULL;
  g_autoptr (LabAnswer) curves = NULL;
  g_autoptr (GBytes) bytes = NULL, picture = NULL;
  const Format *format;
  char *word, *text;

  if (!cli_parse (entries, &argc, argv, 1, &word, "run EXHIBIT|PRESET|FILE", error))
    return FALSE;
  job.what = g_strdup (word);
  if ((format = choose_format (job.output, asked, error)) == NULL
      || !check_outputs (&job, figure, error) || (spec = cli_job_spec (&job, error)) == NULL
      || (result = cli_job_result (&job, spec, error)) == NULL)
    return FALSE;

  curves = lab_answer_new (result, spec);
  text = format->write (curves, spec, reproducible ? -1 : lab_result_seconds (result));
  bytes = g_bytes_new_take (text, strlen (text));
  /* Both are there before one is written. */
  if (figure != NULL && (picture = make_figure (&job, curves, spec, figure, error)) == NULL)
    return FALSE;
  return cli_write (job.output, bytes, job.force, error)
         && (figure == NULL || cli_write (figure, picture, job.force, error));
}
