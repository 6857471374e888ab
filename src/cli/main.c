#include "cli.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_QUARK (cli - error - quark, cli_error)

static const struct
{
  const char *name;
  CliCommand command;
} commands[] = {
  { "list", cli_list },
  { "run", cli_run },
  { "render", cli_render },
  { "kernel", cli_kernel },
};

static const char help[] =
  "Usage:\n"
  "  tangent-lab-cli list [exhibits|presets|parameters|activations|themes] [--json]\n"
  "  tangent-lab-cli run EXHIBIT|PRESET|FILE [-p KEY=VALUE]... [--view ID] [-o data.csv|data.json]\n"
  "                  [--figure FILE] [--format csv|json] [--threads N] [--reproducible] [--force]\n"
  "                  [--quiet]\n"
  "  tangent-lab-cli render EXHIBIT|PRESET|FILE [-p KEY=VALUE]... [--view ID] -o "
  "figure.(png|svg|pdf)\n"
  "                  [--format png|svg|pdf|csv] [--size WxH] [--dpi N] [--theme NAME]\n"
  "                  [--x-scale log|linear] [--y-scale log|linear] [--threads N] [--force] [--quiet]\n"
  "  tangent-lab-cli kernel POINTS.csv [--with OTHER.csv] [--kind ntk|nngp] [--activation A] [--leak "
  "X]\n"
  "                  [--depth L] [--sigma-w2 X] [--sigma-b2 X] [--sigma-v2 X] [-o kernel.csv]\n"
  "                  [--threads N] [--force]\n"
  "  tangent-lab-cli --version | --help\n"
  "\n"
  "kernel writes the infinite-width kernel between the points (numbers, one point a line, perhaps "
  "below\n"
  "a header): a line for each, a column for each of them or of OTHER.\n"
  "FILE is anything the program wrote: it says with which parameters it was made.\n"
  "“-” is standard input, and for -o standard output, in the format of --format.\n"
  "Exit status: 0 done; 1 could not (files, memory, numerics); 2 unknown, unparsable, out of range or\n"
  "contradictory.\n";

gboolean
cli_parse (const GOptionEntry *entries, int *argc, char **argv, int n_words, char **words,
           const char *usage, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) cause = NULL;
  int count;

  if (!cli_check_options (entries, *argc, argv, error))
    return FALSE;
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (!g_option_context_parse (context, argc, &argv, &cause))
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "%s", cause->message);
      return FALSE;
    }
  count = *argc - 1;
  if (n_words >= 0 ? count != n_words : count > 1)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                   "usage: tangent-lab-cli %s ...; --help says more", usage);
      return FALSE;
    }
  for (int i = 0; i < count; i++)
    words[i] = argv[i + 1];
  return TRUE;
}

/* Mistakes in what was asked for. All other errors are of what could not be done: files, memory,
 * numerics. */
static const struct
{
  GQuark (*domain) (void);
  int code;
} mistakes[] = {
  { cli_error_quark, CLI_ERROR_USAGE },
  { lab_error_quark, LAB_ERROR_UNKNOWN },
  { lab_error_quark, LAB_ERROR_SYNTAX },
  { lab_error_quark, LAB_ERROR_RANGE },
  { lab_error_quark, LAB_ERROR_CONTRADICTION },
  { lab_error_quark, LAB_ERROR_FILE },
  { plot_error_quark, PLOT_ERROR_FORMAT },
  { plot_error_quark, PLOT_ERROR_SIZE },
};

static int
exit_status (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    if (g_error_matches (error, mistakes[i].domain (), mistakes[i].code))
      return CLI_USAGE;
  return CLI_FAILED;
}

/* One line, whatever a library has put into its message. */
static int
fail (const GError *error)
{
  g_auto (GStrv) lines = g_strsplit_set (error->message, "\n\r", -1);
  g_autofree char *line = g_strjoinv (" ", lines);
  g_autofree char *valid = g_utf8_make_valid (line, -1);

  fprintf (stderr, "tangent-lab-cli: %s\n", valid);
  return exit_status (error);
}

static gboolean
unknown_command (const char *word, GError **error)
{
  g_autofree char *quoted = lab_quote (word);

  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
               "unknown command “%s”; there are list, run, render, kernel", quoted);
  return FALSE;
}

static gboolean
run_command (int argc, char **argv, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return lab_init (error) && commands[i].command (argc - 1, argv + 1, error);
  return unknown_command (argv[1], error);
}

static gboolean
asks_for_help (int argc, char **argv)
{
  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    if (strcmp (argv[i], "--help") == 0 || strcmp (argv[i], "-h") == 0)
      return TRUE;
  return FALSE;
}

static gboolean
print (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return cli_write (NULL, bytes, FALSE, error);
}

/* A stream that is closed would give its number to the first file opened, and what is printed would go
 * there: something stands in that can neither be read nor written the way it should. */
static gboolean
fill_closed_streams (GError **error)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0
        && open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
      {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                             "a standard stream is closed, and there is no /dev/null");
        return FALSE;
      }
  return TRUE;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  if (!fill_closed_streams (error))
    return FALSE;
  plot_init ();
  if (strcmp (argv[1], "--version") == 0)
    return print (figures_program (), error) && print ("\n", error);
  if (asks_for_help (argc, argv))
    return print (help, error);
  return run_command (argc, argv, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc < 2)
    {
      fputs (help, stderr);
      return CLI_USAGE;
    }
  return run (argc, argv, &error) ? CLI_DONE : fail (error);
}
