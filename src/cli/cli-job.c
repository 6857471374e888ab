#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void
cli_job_clear (CliJob *self)
{
  g_free (self->what);
  g_strfreev (self->assignments);
  g_free (self->view);
  g_free (self->output);
}

const char *
cli_input (const char *path)
{
  return g_strcmp0 (path, "-") == 0 ? "/dev/stdin" : path;
}

gboolean
cli_is_stdout (const char *path)
{
  return path == NULL || strcmp (path, "-") == 0;
}

/* A word with a dot or a slash, or that names a file, is a file unless it names an exhibit. */
static LabSpec *
find_spec (const char *what, const PlotScale **drawn, GError **error)
{
  if (strcmp (what, "-") == 0)
    return figures_read_drawn (cli_input (what), drawn, error);
  if (lab_exhibit_find (what) == NULL && lab_preset_find (what) == NULL
      && (strpbrk (what, "./") != NULL || g_file_test (what, G_FILE_TEST_EXISTS)))
    return figures_read_drawn (what, drawn, error);
  return lab_spec_new_named (what, error);
}

gboolean
cli_check_threads (int threads, GError **error)
{
  if (threads >= 0 && threads <= 1024)
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
               "--threads must be in 0..1024 (0: one per processor), not %d", threads);
  return FALSE;
}

/* Why a value that is set changes nothing, or NULL. */
static char *
why_ignored (const LabSpec *spec, LabKey key)
{
  if (lab_spec_changes_view (spec, key))
    return NULL;
  if (!lab_spec_matters (spec, key))
    return g_strdup ("it means nothing beside the other values");
  if (lab_spec_axis (spec) == key && !lab_spec_view (spec)->follows_cursor)
    return g_strdup ("it lies along the axis, which goes from = ... to = ...");
  return g_strdup_printf ("it changes nothing in the view “%s”", lab_spec_view (spec)->id);
}

/* Tells of values that were given and change nothing. */
static void
tell_ignored (const CliJob *self, const LabSpec *spec)
{
  for (int i = 0; self->assignments != NULL && self->assignments[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (self->assignments[i], strcspn (self->assignments[i], "="));
      LabKey key;
      g_autofree char *why = lab_parameter_find (name, &key, NULL) ? why_ignored (spec, key) : NULL;

      if (why != NULL)
        fprintf (stderr, "tangent-lab-cli: %s is ignored: %s\n", name, why);
    }
}

LabSpec *
cli_job_spec (CliJob *self, GError **error)
{
  g_autoptr (LabSpec) spec = find_spec (self->what, self->drawn, error);
  const LabView *view;

  if (spec == NULL)
    return NULL;
  view = lab_spec_view (spec);
  if (!cli_check_threads (self->threads, error))
    return NULL;
  if (!lab_spec_assign_all (spec, (const char *const *) self->assignments, error))
    return NULL;
  if (self->view != NULL && !lab_spec_parse (spec, LAB_VIEW, self->view, error))
    return NULL;
  if (!lab_spec_check (spec, NULL, error))
    return NULL;
  /* Another view has axes of its own. */
  if (lab_spec_view (spec) != view)
    memset (self->drawn, 0, sizeof self->drawn);
  tell_ignored (self, spec);
  return g_steal_pointer (&spec);
}

void
cli_job_limits (const CliJob *self, const PlotFigure *figure, PlotLimits *view)
{
  plot_limits_init (view, figure);
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    if (self->drawn[axis] != NULL)
      plot_limits_set_scale (view, figure, axis, self->drawn[axis]);
}

static void
show_progress (LabResult *partial, gpointer data)
{
  fprintf (stderr, "\r%d of %d seeds", lab_result_seeds_done (partial),
           lab_result_plan (partial)->n_seeds);
}

LabResult *
cli_job_result (const CliJob *self, const LabSpec *spec, GError **error)
{
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  gboolean talk = !self->quiet && isatty (STDERR_FILENO);
  LabResult *result;

  plan->shown_only = TRUE;
  result = lab_job_run (spec, plan, self->threads, NULL, talk ? show_progress : NULL, NULL, error);
  if (talk)
    fputs ("\r                    \r", stderr);
  return result;
}

gboolean
cli_check_output (const char *path, gboolean force, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (cli_is_stdout (path) || plot_check_file (path, force, &cause))
    return TRUE;
  g_set_error (error, cause->domain, cause->code, "%s%s", cause->message,
               g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_EXISTS) ? "; --force replaces it"
                                                                      : "");
  return FALSE;
}

gboolean
cli_check_distinct (const char *output, const char *other, GError **error)
{
  g_autofree char *quoted = NULL;

  if (cli_is_stdout (output) || cli_is_stdout (other) || !plot_same_file (output, other))
    return TRUE;
  quoted = lab_quote (other);
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
               "%s would be overwritten, being named twice; give each file a name of its own",
               quoted);
  return FALSE;
}

gboolean
cli_fill (const char *path, PlotFill fill, gpointer data, gboolean force, GError **error)
{
  return plot_fill_file (cli_is_stdout (path) ? "/dev/stdout" : path, fill, data, force, error);
}

gboolean
cli_write (const char *path, GBytes *bytes, gboolean force, GError **error)
{
  return plot_write_file (cli_is_stdout (path) ? "/dev/stdout" : path, bytes, force, error);
}
