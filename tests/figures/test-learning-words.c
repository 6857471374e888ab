/* Sentences and read-outs of learning curves on slopes and errors that are written in by hand. */

#include <figures-private.h>
#include <math.h>

#include "lab-case.h"

#define SMALL "from=16 to=64 points=3 n-test=10 seeds=2"

/* What is written into a curve: its last error, and its slope. */
typedef struct
{
  double last, slope, half, limit;
} Written;

typedef struct
{
  const char *settings;
  Written mirrored, standard; /* a last error of 0: as it was computed */
  int seeds_done, dropped;
  gboolean at_edge;
  const char *says, *not_says;
} Row;

#define PLAIN { 0.1, -1, 0.01, -1 }, { 0.4, -0.6, 0.01, -0.375 }

static const Row rows[] = {
  /* each slope by itself, equal limits once */
  { SMALL, { 0.1, -1, 0.01, -1 }, { 0.4, -0.6, 0.01, -0.375 }, 2, 0, FALSE,
    "The standard slope is pre-asymptotic: its limit is −3/8", "Both" },
  { SMALL, { 0.1, -1.07, 0.01, -1 }, { 0.4, -0.38, 0.01, -0.375 }, 2, 0, FALSE,
    "The mirrored slope is pre-asymptotic: its limit is −1", "standard slope" },
  { SMALL, { 0.1, -0.7, 0.01, -0.375 }, { 0.4, -0.6, 0.01, -0.375 }, 2, 0, FALSE,
    "Both are pre-asymptotic: the limit of either is −3/8, far", "−3/8 and" },
  { SMALL, { 0.1, -1.5, 0.15, -1 }, { 0.4, -0.6, 0.01, -0.375 }, 2, 0, FALSE,
    "The standard slope is pre-asymptotic", "Both" },
  { SMALL " dim=6,11", { 0.1, -1.07, 0.01, -1 }, { 0.4, -0.38, 0.01, -0.375 }, 2, 0, FALSE,
    "mirrored −1.070 ± 0.010 (pre-asymptotic, limit −1), standard −0.380 ± 0.010 (limit −3/8).", "limits" },
  { SMALL " dim=6,11", { 0.1, -0.7, 0.01, -0.375 }, { 0.4, -0.6, 0.01, -0.375 }, 2, 0, FALSE,
    "mirrored −0.700 ± 0.010, standard −0.600 ± 0.010 (both pre-asymptotic, limit −3/8).", "limits" },
  { SMALL " dim=6,11", { 0.1, -0.38, 0.01, -0.375 }, { 0.4, -0.37, 0.01, -0.375 }, 2, 0, FALSE,
    "standard −0.370 ± 0.010 (limit of both −3/8).", "pre-asymptotic" },
  /* advice that can be followed */
  { SMALL, { 0.1, -1, 0.15, -1 }, { 0.4, -0.6, 0.15, -0.375 }, 1, 0, FALSE,
    "The interval of a slope is wide with so few seeds.", "widen" },
  { SMALL, { 0.1, -1, 0.15, -1 }, { 0.4, -0.6, 0.15, -0.375 }, 2, 0, FALSE,
    "wide: average over more seeds, or take a longer axis.", "widen" },
  { SMALL " points=4 fit-from=20", { 0.1, -1, 0.15, -1 }, { 0.4, -0.6, 0.15, -0.375 }, 2, 0, FALSE,
    "too short for its interval: widen it, or average over more seeds.", "longer axis" },
  /* a factor between numbers that are told apart */
  { SMALL, { 0.0995, -1, 0.01, -1 }, { 0.10449, -0.6, 0.01, -0.375 }, 2, 0, FALSE,
    "no better than a random one (0.10 against 0.10)", "times" },
  { SMALL, PLAIN, 2, 0, FALSE, "4.0 times better than a random one (0.10 against 0.40)", "no better" },
  /* a search that ends too early */
  { SMALL, PLAIN, 2, 0, TRUE, "the best time lies at the edge of those tried", "better" },
  { SMALL " stop=ridge", PLAIN, 2, 0, TRUE, "the best ridge lies at the edge of those tried", "better" },
  { SMALL " dim=6,11", PLAIN, 2, 0, TRUE, "D = 9: the best time lies at the edge of those tried.", "better" },
  /* what is cut off is not fitted */
  { SMALL " stop=end width=8", PLAIN, 2, 0, FALSE, "the noise is fitted too: the error does not go to zero.", NULL },
  { SMALL " stop=end width=8", PLAIN, 2, 1, FALSE, "times better", "fitted" },
  { SMALL " stop=end", PLAIN, 2, 0, FALSE, "tempered: noise costs 0.19 σ² in the limit. At n = 64 it costs",
    "cut-off" },
  { SMALL " stop=end", PLAIN, 2, 1, FALSE,
    "would be tempered but for the cut-off: noise would cost 0.19 σ² in the limit. At n = 64 it costs", "fitted" },
  { SMALL " stop=end activation=erf", PLAIN, 2, 0, FALSE, "fitted too, and overfitting is catastrophic", NULL },
  { SMALL " stop=end activation=erf", PLAIN, 2, 1, FALSE, "would be catastrophic but for the cut-off", "fitted" },
  /* without a network nothing is mirrored */
  { SMALL " kernel=laplace", { 0.1, -2, 0.01, -1 }, { 0 }, 2, 0, FALSE,
    "Its slope is −2.000 ± 0.010. It is pre-asymptotic: the limit of the slope is −1", "mirrored" },
};

static void
write_curve (Case *made, const char *id, const Written *written, gboolean at_edge)
{
  for (guint panel = 0; panel < made->answer->n_panels; panel++)
    {
      LabSeries *series = (LabSeries *) lab_answer_find_in (made->answer, id, panel);
      LabSlope *fit = (LabSlope *) lab_answer_find_slope (made->answer, id, panel);

      if (written->last == 0)
        return;
      /* limits are fractions of the dimension */
      made->answer->dims[panel] = 9;
      series->y[series->n - 1] = written->last;
      fit->slope = written->slope;
      fit->low = written->slope - written->half;
      fit->high = written->slope + written->half;
      fit->limit = written->limit;
      fit->too_short = written->half > 0.1;
      fit->pre_asymptotic = fabs (written->slope - written->limit) > 0.05;
      fit->at_edge = at_edge;
    }
}

static char *
say (const Row *row)
{
  g_auto (Case) made = case_parse ("learning-curve", 1, row->settings);

  write_curve (&made, "mirrored", &row->mirrored, row->at_edge);
  write_curve (&made, "standard", &row->standard, FALSE);
  made.answer->seeds_done = row->seeds_done;
  ((LabLearningFacts *) lab_learning_facts (made.answer))->max_dropped = row->dropped;
  return figures_verdict (made.answer, made.spec);
}

static void
test_sentences (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sentence = say (&rows[i]);

      g_test_message ("%s", sentence);
      if (strstr (sentence, rows[i].says) == NULL)
        g_error ("row %d: “%s” does not say “%s”", (int) i, sentence, rows[i].says);
      if (rows[i].not_says != NULL && strstr (sentence, rows[i].not_says) != NULL)
        g_error ("row %d: “%s” says “%s”", (int) i, sentence, rows[i].not_says);
    }
}

/* The search is too short for kernels that are small, and long enough as the program comes. */
static void
test_edge (void)
{
  static const struct
  {
    const char *settings;
    gboolean edge;
  } cases[] = {
    { SMALL, FALSE },
    { SMALL " noise=0", FALSE },
    { SMALL " stop=ridge", FALSE },
    { SMALL " stop=end", FALSE },
    { SMALL " sigma-v2=1e-6 sigma-w2=0.01 stop=ridge n-test=200 seeds=3", TRUE },
    { SMALL " sigma-v2=1e-6 sigma-w2=0.01 n-test=200 seeds=3", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Case) made = case_parse ("learning-curve", 1, cases[i].settings);

      g_test_message ("%s", cases[i].settings);
      g_assert_cmpint (lab_answer_find_slope (made.answer, "mirrored", 0)->at_edge, ==, cases[i].edge);
    }
}

/* Each line says whose it is. */
static void
test_reading (void)
{
  g_auto (Case) made = case_parse ("learning-curve", 1, SMALL), other = case_parse ("learning-curve", 1, SMALL " kernel=laplace");
  LabReading reading;
  g_autofree char *at = NULL, *between = NULL, *beyond = NULL, *kernel = NULL;

  g_assert_true (lab_answer_read (made.answer, made.spec, 32, &reading));
  at = figures_reading (&reading, made.spec, 0);
  g_assert_true (g_str_has_prefix (at, "<i>n</i> = <b>32</b>   2\u00a0seeds\nstandard <b>"));
  g_assert_nonnull (strstr (at, "\n\u2003mean field "));
  g_assert_nonnull (strstr (at, "(slope\u2060\u00a0−"));
  g_assert_true (lab_answer_read (made.answer, made.spec, 40, &reading));
  between = figures_reading (&reading, made.spec, 0);
  g_assert_true (g_str_has_prefix (between, "<i>n</i> = <b>40</b>, between points   2\u00a0seeds\n"));
  g_assert_true (lab_answer_read (made.answer, made.spec, 4000, &reading));
  beyond = figures_reading (&reading, made.spec, 0);
  g_assert_nonnull (strstr (beyond, "\nmean field, standard "));
  g_assert_nonnull (strstr (beyond, "\nmean field, mirrored "));
  g_assert_true (lab_answer_read (other.answer, other.spec, 32, &reading));
  kernel = figures_reading (&reading, other.spec, 0);
  g_assert_nonnull (strstr (kernel, "\nerror <b>"));
  g_assert_null (strstr (kernel, "mirrored"));
}

/* Kernels of the distance have no initialization to speak of, in no name. */
static void
test_names (void)
{
  g_auto (Case) made = case_parse ("learning-curve", 1, SMALL " kernel=laplace"), network = case_parse ("learning-curve", 1, SMALL);
  g_autofree char *json = figures_to_json (made.answer, made.spec, -1);
  g_autofree char *table = figures_to_table (made.answer, made.spec);
  g_autoptr (PlotFigure) figure = figures_build (made.answer, made.spec);
  g_autoptr (PlotFigure) beside = figures_build_with (
    network.answer, network.spec, &(FiguresPin){ 1, made.answer, made.spec }, 1);

  g_assert_nonnull (strstr (json, "\"label\": \"kernel regression\""));
  g_assert_null (strstr (json, "initialization\""));
  g_assert_null (strstr (table, "mirrored"));
  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    g_assert_null (strstr (plot_figure_get_series (figure, i)->label, "mirrored"));
  for (guint i = 0; i < plot_figure_get_n_series (beside); i++)
    {
      const PlotSeries *series = plot_figure_get_series (beside, i);

      if (g_str_has_prefix (series->id, "pin"))
        g_assert_cmpstr (series->label, ==, "Laplace");
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/figures/learning-words/sentences", test_sentences);
  g_test_add_func ("/figures/learning-words/edge", test_edge);
  g_test_add_func ("/figures/learning-words/reading", test_reading);
  g_test_add_func ("/figures/learning-words/names", test_names);
  return g_test_run ();
}
