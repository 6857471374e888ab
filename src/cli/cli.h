#pragma once

/* The command-line program: one file a command. */

#include <figures.h>

G_BEGIN_DECLS

/* Exit statuses. */
enum
{
  CLI_DONE = 0,
  CLI_FAILED = 1, /* files, memory, numerics */
  CLI_USAGE = 2,  /* unknown, unparsable, out of range or contradictory */
};

#define CLI_ERROR (cli_error_quark ())

typedef enum
{
  CLI_ERROR_USAGE,
  CLI_ERROR_MEMORY,
} CliError;

GQuark cli_error_quark (void);

/* Each gets its words, without the program's name and the command's, and prints its results on
 * stdout; an error becomes one line and the exit status. */
typedef gboolean (*CliCommand) (int argc, char **argv, GError **error);

gboolean cli_list (int argc, char **argv, GError **error);
gboolean cli_run (int argc, char **argv, GError **error);
gboolean cli_render (int argc, char **argv, GError **error);
gboolean cli_kernel (int argc, char **argv, GError **error);

/* Reads options that stand among the words; what is left must be @n_words words, put into
 * words (borrowed from argv). */
gboolean cli_parse (const GOptionEntry *entries, int *argc, char **argv, int n_words, char **words,
                    const char *usage, GError **error);

/* Refuses what GOption lets pass: unknown words that look like options, values where none
 * belong, numbers in other notations, an option given twice. */
gboolean cli_check_options (const GOptionEntry *entries, int argc, char **argv, GError **error);

/* What the commands that compute have in common. */
typedef struct
{
  char *what; /* exhibit, preset or file */
  char **assignments;
  char *view; /* or NULL */
  char *output;
  int threads;
  gboolean force, quiet;
  const PlotScale *drawn[PLOT_N_AXES]; /* of the axes of a figure that `what` is, by cli_job_spec() */
} CliJob;

void cli_job_clear (CliJob *self);

/* The spec with its assignments, checked. */
LabSpec *cli_job_spec (CliJob *self, GError **error);
/* All of a figure, on the scales that the file had it on where there is a place for it. */
void cli_job_limits (const CliJob *self, const PlotFigure *figure, PlotLimits *view);
/* Runs it, with progress on a terminal. */
LabResult *cli_job_result (const CliJob *self, const LabSpec *spec, GError **error);
gboolean cli_check_threads (int threads, GError **error);

/* "-" is standard input, and standard output, as NULL is. */
const char *cli_input (const char *path);
gboolean cli_is_stdout (const char *path);
/* Fails at once, before anything is computed, where the file could not be written later. */
gboolean cli_check_output (const char *path, gboolean force, GError **error);
/* Fails if a file that is to be written is another one of the same command. NULL is none. */
gboolean cli_check_distinct (const char *output, const char *other, GError **error);
gboolean cli_write (const char *path, GBytes *bytes, gboolean force, GError **error);
gboolean cli_fill (const char *path, PlotFill fill, gpointer data, gboolean force, GError **error);
/* Numbers with all their digits, n_columns of them in each of n_rows lines, which are never all in
 * memory. */
gboolean cli_write_table (const char *path, const double *values, int n_rows, int n_columns,
                          int threads, gboolean force, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliJob, cli_job_clear)

G_END_DECLS
