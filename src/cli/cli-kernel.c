#include "cli.h"

#include <string.h>

/* Options that are parameters: their text is read, and refused, as everywhere else. */
typedef struct
{
  const char *option;
  LabKey key;
  char *text;
} Setting;

static LabSpec *
read_spec (const Setting *settings, gsize n_settings, GError **error)
{
  guint n_exhibits;
  g_autoptr (LabSpec) spec = lab_spec_new (lab_exhibits (&n_exhibits)[0]);

  for (gsize i = 0; i < n_settings; i++)
    if (settings[i].text != NULL
        && !lab_spec_parse (spec, settings[i].key, settings[i].text, error))
      return NULL;
  return g_steal_pointer (&spec);
}

static gboolean
parse_kind (const char *text, LabKernelKind *kind, GError **error)
{
  *kind = g_strcmp0 (text, "nngp") == 0 ? LAB_KERNEL_NNGP : LAB_KERNEL_NTK;
  if (text == NULL || strcmp (text, "ntk") == 0 || *kind == LAB_KERNEL_NNGP)
    return TRUE;
  g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE, "--kind must be ntk or nngp");
  return FALSE;
}

static double *
read_other (const char *path, const char *points, int dim, int *n, GError **error)
{
  int other_dim;
  g_autofree double *values = lab_csv_read (path, &other_dim, n, error);

  if (values == NULL)
    return NULL;
  if (other_dim != dim)
    {
      g_autofree char *name = lab_quote (path), *other_name = lab_quote (points);

      g_set_error (error, LAB_ERROR, LAB_ERROR_FILE, "the points of %s have dimension %d, those of %s %d",
                   name, other_dim, other_name, dim);
      return NULL;
    }
  return g_steal_pointer (&values);
}

static gboolean
compute (const LabSpec *spec, LabKernelKind kind, const char *path, const char *other_path,
         const CliJob *job, GError **error)
{
  int dim, n, n_others;
  g_autofree double *points = lab_csv_read (path, &dim, &n, error);
  g_autofree double *others = NULL, *kernel = NULL;

  if (points == NULL)
    return FALSE;
  if (other_path != NULL && (others = read_other (other_path, path, dim, &n_others, error)) == NULL)
    return FALSE;
  if (others == NULL)
    n_others = n;
  kernel = lab_kernel_compute (spec, kind, dim, points, n, others, n_others, job->threads, error);
  return kernel != NULL
         && cli_write_table (job->output, kernel, n, n_others, job->threads, job->force, error);
}

static gboolean
is_picture (const char *path)
{
  const PlotFormat *format = plot_format_for_path (path);

  return format != NULL && format->picture;
}

/* The points would be lost. */
static gboolean
check_files (const char *output, const char *points, const char *others, gboolean force,
             GError **error)
{
  if (g_strcmp0 (points, "-") == 0 && g_strcmp0 (others, "-") == 0)
    {
      g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE,
                           "standard input can only be read once, for the points or for --with");
      return FALSE;
    }
  if (output != NULL && (g_str_has_suffix (output, ".json") || is_picture (output)))
    {
      g_autofree char *quoted = lab_quote (output);

      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "%s: kernel writes a table, .csv", quoted);
      return FALSE;
    }
  return cli_check_distinct (output, cli_input (points), error)
         && cli_check_distinct (output, cli_input (others), error)
         && cli_check_output (output, force, error);
}

gboolean
cli_kernel (int argc, char **argv, GError **error)
{
  g_auto (CliJob) job = { 0 };
  g_autofree char *kind_text = NULL, *other = NULL;
  Setting settings[] = {
    { "activation", LAB_ACTIVATION }, { "leak", LAB_LEAK },         { "depth", LAB_DEPTH },
    { "sigma-w2", LAB_SIGMA_W2 },     { "sigma-b2", LAB_SIGMA_B2 }, { "sigma-v2", LAB_SIGMA_V2 },
  };
  GOptionEntry entries[G_N_ELEMENTS (settings) + 6] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind_text, "Which kernel (ntk)", "ntk|nngp" },
    { "with", 0, 0, G_OPTION_ARG_FILENAME, &other, "Columns: these points", "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &job.output, "Instead of stdout (“-”)", "FILE" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &job.threads, "Workers (0: one per processor)", "N" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &job.force, "Replace an existing file", NULL },
  };
  g_autoptr (LabSpec) spec = NULL;
  LabKernelKind kind;
  gboolean done;
  char *word;

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    entries[5 + i] = (GOptionEntry){ settings[i].option, 0,    0,  G_OPTION_ARG_STRING,
                                     &settings[i].text,  NULL, "X" };
  done = cli_parse (entries, &argc, argv, 1, &word, "kernel POINTS.csv", error)
         && parse_kind (kind_text, &kind, error) && cli_check_threads (job.threads, error)
         && (spec = read_spec (settings, G_N_ELEMENTS (settings), error)) != NULL
         && check_files (job.output, word, other, job.force, error)
         && compute (spec, kind, cli_input (word), cli_input (other), &job, error);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    g_free (settings[i].text);
  return done;
}
