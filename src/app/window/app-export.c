#include "app-export.h"

typedef struct
{
  PlotFigure *figure;
  AppExportOptions options;
  char *path;
  gboolean replace;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  plot_figure_unref (job->figure);
  g_free (job->path);
  g_free (job);
}

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  const AppExportOptions *options = &job->options;
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  bytes = plot_export (job->figure, options->theme, &options->view, options->format, options->width,
                       options->height, options->dpi, &error);

  if (bytes != NULL && plot_write_file (job->path, bytes, job->replace, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
app_export_async (PlotFigure *figure, const AppExportOptions *options, const char *path,
                  gboolean replace, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Job *job = g_new0 (Job, 1);

  job->figure = plot_figure_ref (figure);
  job->options = *options;
  job->path = g_strdup (path);
  job->replace = replace;
  g_task_set_source_tag (task, app_export_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, export_thread);
}

gboolean
app_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

char *
app_export_complete_name (const char *name, const PlotFormat *format)
{
  if (plot_format_for_path (name) != NULL)
    return g_strdup (name);

  return g_strconcat (name, ".", format->name, NULL);
}
