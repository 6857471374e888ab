#include "cli.h"

#include <stdio.h>
#include <string.h>

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
  "  tangent-lab-cli run EXHIBIT|PRESET|FILE [-p KEY=VALUE]... [-o data.csv|data.json] [--figure "
  "FILE]\n"
  "                  [--threads N] [--reproducible] [--force] [--quiet]\n"
  "  tangent-lab-cli render EXHIBIT|PRESET|FILE [-p KEY=VALUE]... -o figure.(png|svg|pdf) [--size "
  "WxH]\n"
  "                  [--dpi N] [--theme NAME] [--threads N] [--force] [--quiet]\n"
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
  "Exit status: 0 done; 1 could not; 2 unknown, unparsable or out of range.\n";

gboolean
cli_parse (const GOptionEntry *entries, int *argc, char **argv, int n_words, char **words,
           const char *usage, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) cause = NULL;
  int count;

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

static int
exit_status (const GError *error)
{
  if (g_error_matches (error, CLI_ERROR, CLI_ERROR_USAGE) || g_error_matches (error, LAB_ERROR, LAB_ERROR_UNKNOWN)
      || g_error_matches (error, LAB_ERROR, LAB_ERROR_SYNTAX)
      || g_error_matches (error, LAB_ERROR, LAB_ERROR_RANGE))
    return CLI_USAGE;
  return CLI_FAILED;
}

static int
fail (const GError *error)
{
  fprintf (stderr, "tangent-lab-cli: %s\n", error->message);
  return exit_status (error);
}

static int
run_command (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return lab_init (&error) && commands[i].command (argc - 1, argv + 1, &error) ? CLI_DONE
                                                                                   : fail (error);

  fprintf (stderr, "tangent-lab-cli: unknown command “%s”; there are list, run, render, kernel\n", argv[1]);
  return CLI_USAGE;
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      fputs (help, stderr);
      return CLI_USAGE;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("%s\n", figures_program ());
      return CLI_DONE;
    }
  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    if (strcmp (argv[i], "--help") == 0 || strcmp (argv[i], "-h") == 0)
      {
        fputs (help, stdout);
        return CLI_DONE;
      }
  return run_command (argc, argv);
}
