#include "cli.h"

#include <string.h>

static char *
format_result (const char *output, const LabCurves *curves, const LabSpec *spec, double seconds)
{
  if (output == NULL)
    return figures_to_table (curves, spec);
  if (g_str_has_suffix (output, ".csv"))
    return figures_to_csv (curves, spec);
  return figures_to_json (curves, spec, seconds);
}

static gboolean
write_figure (const LabCurves *curves, const LabSpec *spec, const char *path, gboolean force,
              GError **error)
{
  g_autoptr (PlotFigure) figure = figures_build (curves, spec);
  g_autoptr (GBytes) bytes = NULL;
  PlotView view;

  plot_view_init (&view, figure);
  bytes = plot_export (figure, plot_theme_find ("light"), &view, plot_format_for_path (path), 1200,
                       800, 96, error);
  return bytes != NULL && cli_write (path, bytes, force, error);
}

static gboolean
check_outputs (const CliJob *job, const char *figure, GError **error)
{
  gboolean known = job->output == NULL || strcmp (job->output, "-") == 0
                   || g_str_has_suffix (job->output, ".csv")
                   || g_str_has_suffix (job->output, ".json");

  if (!known)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                   "%s: `run` writes .csv or .json; `render` writes pictures", job->output);
      return FALSE;
    }
  if (figure != NULL && plot_format_for_path (figure) == NULL)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "%s: a figure is a .png, .svg or .pdf",
                   figure);
      return FALSE;
    }
  return (job->output == NULL || strcmp (job->output, "-") == 0
          || cli_check_output (job->output, job->force, error))
         && (figure == NULL || cli_check_output (figure, job->force, error));
}

gboolean
cli_run (int argc, char **argv, GError **error)
{
  g_auto (CliJob) job = { 0 };
  g_autofree char *figure = NULL;
  gboolean reproducible = FALSE;
  const GOptionEntry entries[] = {
    { "parameter", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &job.assignments, "Set a parameter",
      "KEY=VALUE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &job.output,
      "Write .csv or .json (“-”: JSON on stdout) instead of a table", "FILE" },
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
  g_autoptr (LabCurves) curves = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *word, *text;

  if (!cli_parse (entries, &argc, argv, 1, &word, "run EXHIBIT|PRESET|FILE", error))
    return FALSE;
  job.what = g_strdup (word);
  if (!check_outputs (&job, figure, error) || (spec = cli_job_spec (&job, error)) == NULL
      || (result = cli_job_result (&job, spec, error)) == NULL)
    return FALSE;

  curves = lab_curves_new (result, spec);
  text = format_result (job.output, curves, spec, reproducible ? -1 : lab_result_seconds (result));
  bytes = g_bytes_new_take (text, strlen (text));
  return cli_write (job.output == NULL || strcmp (job.output, "-") == 0 ? NULL : job.output, bytes,
                    job.force, error)
         && (figure == NULL || write_figure (curves, spec, figure, job.force, error));
}
