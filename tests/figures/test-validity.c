/* What is drawn in full, pale or not at all, and what is said of it, against the measurements of
 * docs/validity.md. Nothing is simulated. */

#include <figures.h>
#include <lab-double-descent.h>
#include <math.h>
#include <string.h>

#include "lab-domain.h"

#define DRAWN 40

/* A row of the document. */
typedef struct
{
  char *theory;  /* heading of its table */
  char *command; /* "run double-descent -p ..." */
  char *options;
  gboolean standard;
  double x;
  LabDomain measured, ruled;
} Row;

static void
row_clear (gpointer data)
{
  Row *row = data;

  g_free (row->theory);
  g_free (row->command);
  g_free (row->options);
}

static LabDomain
read_class (const char *cell)
{
  return g_str_has_prefix (cell, "5 %")    ? LAB_DOMAIN_CLOSE
         : g_str_has_prefix (cell, "20 %") ? LAB_DOMAIN_NEAR
                                           : LAB_DOMAIN_OUT;
}

/* What stands between the first two backquotes. */
static char *
between_quotes (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "`", 3);

  return g_strdup (parts[1]);
}

static void
read_row (GArray *rows, const char *line, const char *theory, const char *plain,
          const char *with_model)
{
  g_auto (GStrv) cells = g_strsplit (line, " | ", -1);
  Row row = { .theory = g_strdup (theory), .options = between_quotes (cells[0]) };
  gboolean model = strstr (row.options, "model=") != NULL && with_model != NULL;

  g_assert_cmpuint (g_strv_length (cells), ==, 8);
  row.command = g_strdup (model ? with_model : plain);
  row.standard = g_str_has_suffix (cells[0], "standard");
  row.x = g_ascii_strtod (strchr (cells[1], ' '), NULL);
  row.measured = read_class (cells[6]);
  row.ruled = read_class (cells[7]);
  g_array_append_val (rows, row);
}

static GArray *
read_rows (const char *path)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autofree char *text = NULL, *theory = NULL, *plain = NULL, *with_model = NULL;
  g_auto (GStrv) lines = NULL;
  GError *error = NULL;

  g_array_set_clear_func (rows, row_clear);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "## "))
        {
          g_free (theory);
          theory = g_strdup (lines[i] + 3);
          g_clear_pointer (&with_model, g_free);
        }
      else if (g_str_has_prefix (lines[i], "Rows are of"))
        {
          g_free (plain);
          plain = between_quotes (lines[i]);
        }
      else if (g_str_has_prefix (lines[i], "Rows that name a model"))
        with_model = between_quotes (lines[i]);
      else if (g_str_has_prefix (lines[i], "| `-p"))
        read_row (rows, lines[i], theory, plain, with_model);
    }
  return rows;
}

static const char *
series_of (const Row *row)
{
  if (g_str_has_prefix (row->command, "run learning-curve"))
    return row->standard ? "mean-field-standard" : "mean-field-mirrored";
  if (strstr (row->theory, "∞") != NULL)
    return "asymptotic";
  if (strstr (row->theory, "nsembles") != NULL)
    return "ensemble-limit";
  return strstr (row->theory, "bound") != NULL ? "lower-bound" : "finite-d";
}

/* The first word but one names the exhibit, what follows "-p" is set. */
static LabSpec *
make_spec (const Row *row)
{
  g_autofree char *all = g_strconcat (row->command, " ", row->options, NULL);
  g_auto (GStrv) words = g_strsplit (all, " ", -1);
  g_autofree char *show = g_strdup_printf ("show=%s", series_of (row));
  GError *error = NULL;
  LabSpec *spec = lab_spec_new_named (words[1], &error);

  g_assert_no_error (error);
  for (int i = 2; words[i] != NULL; i++)
    if (strcmp (words[i], "-p") != 0 && *words[i] != '\0')
      {
        lab_spec_assign (spec, words[i], &error);
        g_assert_no_error (error);
      }
  lab_spec_assign (spec, show, &error);
  g_assert_no_error (error);
  return spec;
}

/* Curves of one seed that has nothing but all the rank that there can be. */
static LabAnswer *
make_curves (const LabSpec *spec, double x, gboolean learning)
{
  const LabExperiment *experiment = lab_spec_work (spec);
  g_autoptr (LabPlan) plan = learning ? lab_plan_new (spec) : lab_plan_new_at (spec, x);
  g_autoptr (LabResult) result = NULL;
  GError *error = NULL;
  LabPieces *pieces;

  plan->n_seeds = 1;
  pieces = lab_pieces_new (spec, plan, &error);
  g_assert_no_error (error);
  result = lab_result_new (spec, plan, pieces);
  lab_pieces_unref (pieces);
  result->seeds[0] = 0;
  result->seeds_done = 1;
  result->theory = experiment->theory (spec, plan, &error);
  g_assert_no_error (error);
  for (int i = 0; !learning && i < plan->n_x; i++)
    ((LabPiece *) lab_result_piece (result, 0, i))->rank = G_MAXINT;
  return lab_answer_new (result, spec);
}

static int
nearest (const LabSeries *series, double x)
{
  int at = 0;

  for (int i = 0; i < series->n; i++)
    if (fabs (log (series->x[i] / x)) < fabs (log (series->x[at] / x)))
      at = i;
  return at;
}

/* Whether a part of the curve, in full or pale, has a point there of its own. */
static gboolean
draws (const PlotFigure *figure, const char *id, gboolean pale, double x)
{
  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    {
      const PlotSeries *series = plot_figure_get_series (figure, i);

      if (strcmp (series->id, id) != 0 || series->faded != pale)
        continue;
      for (guint j = 0; j < series->n; j++)
        if (series->x[j] == x && !isnan (series->y[j]))
          return TRUE;
    }
  return FALSE;
}

static void
assert_said (const LabAnswer *answer, const LabSpec *spec, const char *id, LabDomain domain)
{
  const gboolean bound = strcmp (id, "lower-bound") == 0;
  const char *const said[] = { bound ? "The lower bound holds" : "within 5 %", "within 20 %", "left out" };
  g_auto (GStrv) notes = figures_notes (answer, spec);
  g_autofree char *all = g_strjoinv ("\n", notes);

  if (strstr (all, said[domain]) == NULL)
    g_error ("“%s” is not said in “%s”", said[domain], all);
}

static void
check_row (const Row *row)
{
  const char *id = series_of (row);
  gboolean learning = g_str_has_prefix (row->command, "run learning-curve");
  g_autoptr (LabSpec) spec = make_spec (row);
  g_autoptr (LabAnswer) answer = make_curves (spec, row->x, learning);
  g_autoptr (PlotFigure) figure = NULL;
  const LabSeries *series = lab_answer_find (answer, id);
  LabDomain domain;
  double x;
  int at;

  g_test_message ("%s, %s at %g", row->theory, row->options, row->x);
  g_assert_cmpint (row->ruled, >=, row->measured);
  g_assert_cmpint (lab_domain (spec, id, row->x), ==, row->ruled);
  g_assert_nonnull (series);
  at = nearest (series, row->x);
  x = series->x[at];
  if (!learning)
    g_assert_cmpfloat (x, ==, row->x);
  if (isnan (series->everywhere[at]))
    return;
  domain = lab_domain (spec, id, x);
  g_assert_true (isnan (series->y[at]) == (domain == LAB_DOMAIN_OUT));
  figure = figures_build (answer, spec);
  g_assert_true (draws (figure, id, FALSE, x) == (domain == LAB_DOMAIN_CLOSE));
  if (domain != LAB_DOMAIN_CLOSE)
    g_assert_true (draws (figure, id, TRUE, x) == (domain == LAB_DOMAIN_NEAR));
  assert_said (answer, spec, id, domain);
}

/* At least 300 settings, and of each theory 15 on either side of its border. */
static void
test_size (gconstpointer data)
{
  g_autoptr (GArray) rows = read_rows (data);
  g_autoptr (GHashTable) inside = g_hash_table_new (g_str_hash, g_str_equal),
                         outside = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer theory;

  g_assert_cmpuint (rows->len, >=, 300);
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);
      GHashTable *side = row->measured == LAB_DOMAIN_CLOSE ? inside : outside;

      g_hash_table_insert (
        side, row->theory,
        GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (side, row->theory)) + 1));
    }
  g_assert_cmpuint (g_hash_table_size (inside), ==, 8);
  g_hash_table_iter_init (&iter, inside);
  while (g_hash_table_iter_next (&iter, &theory, NULL))
    {
      g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (inside, theory)), >=, 15);
      g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (outside, theory)), >=, 15);
    }
}

static void
test_drawn (gconstpointer data)
{
  g_autoptr (GArray) rows = read_rows (data);
  GRand *rand = g_rand_new_with_seed (1);

  for (int i = 0; i < DRAWN; i++)
    check_row (&g_array_index (rows, Row, g_rand_int_range (rand, 0, rows->len)));
  g_rand_free (rand);
}

/* Every row by the rule alone. */
static void
test_rules (gconstpointer data)
{
  g_autoptr (GArray) rows = read_rows (data);

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      g_autoptr (LabSpec) spec = make_spec (row);

      g_test_message ("%s, %s at %g", row->theory, row->options, row->x);
      g_assert_cmpint (row->ruled, >=, row->measured);
      g_assert_cmpint (lab_domain (spec, series_of (row), row->x), ==, row->ruled);
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_data_func ("/figures/validity/size", argv[1], test_size);
  g_test_add_data_func ("/figures/validity/rules", argv[1], test_rules);
  g_test_add_data_func ("/figures/validity/drawn", argv[1], test_drawn);
  return g_test_run ();
}
