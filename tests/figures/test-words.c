/* Sentences on facts that are written in by hand: each threshold from both sides. */

#include <figures.h>
#include <math.h>

#include "lab-case.h"

#define SMALL "n-train=20 dim=3 n-test=4 points=5 seeds=2"
#define WIDTHS SMALL " from=1 to=100"

typedef struct
{
  gsize member;
  double value;
} Change;

#define CHANGE(fact, value) { G_STRUCT_OFFSET (LabFacts, fact), value }

/* A peak at width 20 that nothing is said of but where it is and how high. */
static const LabFacts peak = { .threshold = 20,
                               .peak_x = 20,
                               .peak_y = 30,
                               .before_x = 5,
                               .before_y = 1,
                               .after_x = 100,
                               .after_y = 0.5,
                               .first_x = 1,
                               .first_y = 2,
                               .last_x = 100,
                               .last_y = 0.5,
                               .best_x = 100,
                               .best_y = 0.5,
                               .top_x = 20,
                               .top_y = 30,
                               .noise_share = 0.2,
                               .peak_ridge = NAN,
                               .n = 20 };

static char *
say (Case *made, const Change *changes, gsize n)
{
  LabFacts *facts = &made->curves->facts;

  *facts = peak;
  for (gsize i = 0; i < n && changes[i].member + changes[i].value != 0; i++)
    G_STRUCT_MEMBER (double, facts, changes[i].member) = changes[i].value;
  return figures_verdict (made->curves, made->spec);
}

#define NO_PEAK CHANGE (peak_x, NAN)

static const struct
{
  const char *settings;
  Change changes[6];
  const char *says, *not_says;
} cases[] = {
  /* what the rest comes from: more than half of what noise and start leave */
  { WIDTHS, { CHANGE (weights_share, 0.41) }, "Most of the rest comes from the draw of the weights", NULL },
  { WIDTHS, { CHANGE (weights_share, 0.39) }, "Peak", "Most of" },
  { WIDTHS, { CHANGE (sampling_share, 0.41) }, "rest comes from the sampling of the data", NULL },
  { WIDTHS, { CHANGE (sampling_share, 0.39) }, "Peak", "Most of" },
  { WIDTHS, { CHANGE (unseen_share, 0.41) }, "rest comes from the coordinates left out", NULL },
  { WIDTHS, { CHANGE (unseen_share, 0.39) }, "Peak", "Most of" },
  { WIDTHS, { CHANGE (weights_share, 0.31), CHANGE (initial_share, 0.2) }, "Most of the rest", NULL },
  { WIDTHS, { CHANGE (weights_share, 0.29), CHANGE (initial_share, 0.2) }, "Peak", "Most of" },
  { WIDTHS, { CHANGE (weights_share, 0.06), CHANGE (noise_share, 0.94) }, "Most of the rest", NULL },
  { WIDTHS, { CHANGE (weights_share, 0.04), CHANGE (noise_share, 0.96) }, "Peak", "Most of" },
  { WIDTHS, { CHANGE (weights_share, 0.04), CHANGE (noise_share, 0.76), CHANGE (initial_share, 0.2) },
    "Peak", "Most of" },
  { WIDTHS " noise=0", { CHANGE (noise_share, 0), CHANGE (weights_share, 0.6) },
    "Most of it comes from the draw of the weights", "noise" },
  { WIDTHS, { CHANGE (noise_share, NAN), CHANGE (weights_share, 0.6) }, "Peak", "Most of" },
  /* a start that is worth a word */
  { WIDTHS, { CHANGE (initial_share, 0.051) }, "The initial function makes up 5.1 %.", NULL },
  { WIDTHS, { CHANGE (initial_share, 0.049) }, "Peak", "initial function" },
  { WIDTHS, { CHANGE (initial_last, 0.051) },
    "The initial function costs nothing before the peak, and makes up 5.1 %", NULL },
  { WIDTHS, { CHANGE (initial_last, 0.049) }, "Peak", "initial function" },
  { WIDTHS, { CHANGE (initial_last, 0.2), CHANGE (initial_before, 2e-6) },
    "The initial function makes up 20 % of the error at the end", "costs nothing" },
  { WIDTHS, { CHANGE (initial_last, 0.2), CHANGE (initial_before, 5e-7) }, "costs nothing", NULL },
  /* where the peak is, how high, and what follows */
  { WIDTHS, { CHANGE (peak_x, 20.9) }, "where the rank meets n = 20", NULL },
  { WIDTHS, { CHANGE (peak_x, 21.1) }, "(n = 20)", "meets" },
  { WIDTHS, { CHANGE (peak_x, 18.9) }, "(n = 20)", "meets" },
  { WIDTHS, { CHANGE (peak_y, 1.6) }, "1.6 times the best error before it", "above" },
  { WIDTHS, { CHANGE (peak_y, 1.4) }, "40 % above the best error before it", "times" },
  { WIDTHS, { CHANGE (last_y, 0.99) }, "The second descent ends lower, at 0.99.", "not below" },
  { WIDTHS, { CHANGE (last_y, 1.01) }, "ends at 1, not below the first.", "lower" },
  { WIDTHS, { CHANGE (peak_ridge, 0.01) }, "A ridge of 0.01 removes the peak.", NULL },
  { WIDTHS, { CHANGE (peak_x, 20) }, "Peak at width 20", "More data hurts" },
  { SMALL " axis=n-train from=2 to=100", { CHANGE (peak_x, 20.9) }, "where n meets the rank", NULL },
  { SMALL " axis=n-train from=2 to=100", { CHANGE (peak_x, 21.1) },
    "More data hurts between n = 5 and n = 21.", "meets" },
  /* half a peak at an end of the range */
  { WIDTHS, { NO_PEAK, CHANGE (threshold, 100), CHANGE (top_x, 100), CHANGE (top_y, 0.76) },
    "The range ends where the peak would be: at width 100", NULL },
  { WIDTHS, { NO_PEAK, CHANGE (threshold, 100), CHANGE (top_x, 100), CHANGE (top_y, 0.74) }, "No peak",
    "would be" },
  { WIDTHS, { NO_PEAK, CHANGE (threshold, 98.1), CHANGE (top_x, 100) }, "The range ends where", NULL },
  { WIDTHS, { NO_PEAK, CHANGE (threshold, 97.9), CHANGE (top_x, 100) }, "No peak", "would be" },
  { WIDTHS, { NO_PEAK, CHANGE (threshold, 1), CHANGE (top_x, 1) }, "The range begins where the peak would be",
    NULL },
  { WIDTHS, { NO_PEAK, CHANGE (top_x, 20) }, "No peak, though the rank meets n = 20 at width 20.",
    "would be" },
  /* over time */
  { SMALL " axis=time", { NO_PEAK, CHANGE (last_y, 0.504) }, "training on does no harm", "costs" },
  { SMALL " axis=time", { NO_PEAK, CHANGE (last_y, 0.506) }, "Training on costs", "no harm" },
  { SMALL " axis=time", { NO_PEAK, CHANGE (best_x, 1), CHANGE (last_y, 5) },
    "The error rises from the beginning", "Training on" },
  { SMALL " axis=time", { CHANGE (after_y, 0.99) }, "falls again", "does not end below" },
  { SMALL " axis=time", { CHANGE (after_y, 1.01) }, "The second descent does not end below the first.",
    NULL },
  { SMALL " axis=time", { CHANGE (noise_share, 0.011) }, "Noise makes up 1.1 % of the maximum.", NULL },
  { SMALL " axis=time", { CHANGE (noise_share, 0.009) }, "falls again", "Noise" },
  /* over the ridge */
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (first_y, 0.76) }, "The best ridge is 100", NULL },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (first_y, 0.76) }, "A fifth of it is noise", "peak along" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (first_y, 0.74) }, "48 % above the best", "noise" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (best_x, 1) }, "The smaller the ridge the better", "best ridge" },
  { SMALL " axis=ridge", { CHANGE (first_y, 2) }, "There is a peak along the ridge too: 30 at 20.", NULL },
  /* over the ensemble */
  { SMALL " axis=ensemble", { NO_PEAK, CHANGE (infinite_y, 0.1) }, "A single model has an error of 2.", NULL },
  { SMALL " axis=ensemble", { NO_PEAK, CHANGE (infinite_y, 0.1), CHANGE (first_x, 2) },
    "The mean of 2 models has an error of 2.", "A single model has" },
};

static void
test_thresholds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Case) made = case_parse ("double-descent", 1, cases[i].settings);
      g_autofree char *sentence = say (&made, cases[i].changes, G_N_ELEMENTS (cases[i].changes));

      g_test_message ("%s", sentence);
      if (strstr (sentence, cases[i].says) == NULL)
        g_error ("case %d: “%s” does not say “%s”", (int) i, sentence, cases[i].says);
      if (cases[i].not_says != NULL && strstr (sentence, cases[i].not_says) != NULL)
        g_error ("case %d: “%s” says “%s”", (int) i, sentence, cases[i].not_says);
    }
}

/* The share of noise in words, at most so much off: the nearer word of two. */
static void
test_noise_words (void)
{
  static const struct
  {
    double from;
    const char *words;
  } shares[] = {
    { 0, "Almost none of" },    { 0.05, "A tenth of" },        { 0.15, "A fifth of" },
    { 0.225, "A quarter of" },  { 0.29, "A third of" },        { 0.365, "Two fifths of" },
    { 0.45, "Half of" },        { 0.55, "Three fifths of" },   { 0.635, "Two thirds of" },
    { 0.71, "Three quarters of" }, { 0.775, "Four fifths of" }, { 0.85, "Nine tenths of" },
    { 0.95, "Almost all of" },
  };
  g_auto (Case) made = case_parse ("double-descent", 1, WIDTHS);

  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      const double ends[] = { shares[i].from + 1e-9,
                              (i + 1 < G_N_ELEMENTS (shares) ? shares[i + 1].from : 1) - 1e-9 };

      for (int k = 0; k < 2; k++)
        {
          g_autofree char *sentence = say (&made, &(Change) CHANGE (noise_share, ends[k]), 1);
          g_autofree char *want = g_strconcat (" ", shares[i].words, " it is noise.", NULL);

          if (strstr (sentence, want) == NULL)
            g_error ("%g: “%s” does not say “%s”", ends[k], sentence, want);
        }
    }
}

/* One direction that carries half of the noise is worth a word, unless there is but one. */
static void
test_look (void)
{
  static const struct
  {
    double weak;
    int rank;
    gboolean alone;
  } looks[] = { { 0.49, 20, FALSE }, { 0.51, 20, TRUE }, { 0.9, 1, FALSE }, { 0.9, 2, TRUE } };
  g_auto (Case) made = case_parse ("double-descent", 1, WIDTHS " noise=1");
  g_autoptr (LabLook) look = lab_look_new (made.spec, 50, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *sentence = NULL;

      look->noise_rms = 1;
      look->weak_rms = looks[i].weak;
      look->rank = looks[i].rank;
      sentence = figures_look_sentence (look, made.spec);
      g_test_message ("%s", sentence);
      g_assert_cmpint (strstr (sentence, "smallest eigenvalue alone") != NULL, ==, looks[i].alone);
    }
}

/* Learned are directions with eigenvalues above the level, damped are all others. */
static void
test_look_levels (void)
{
  g_auto (Case) made = case_parse ("double-descent", 1, WIDTHS);
  g_autoptr (LabLook) look = lab_look_new (made.spec, 50, NULL, NULL);
  g_autofree char *damped = NULL, *learned = NULL;

  look->ridge_level = look->eigenvalues[4];
  damped = figures_look_sentence (look, made.spec);
  g_assert_nonnull (strstr (damped, "which damps 16 of 20 directions"));
  look->time_level = look->eigenvalues[4];
  learned = figures_look_sentence (look, made.spec);
  g_assert_nonnull (strstr (learned, "4 of 20 directions are learned by now"));
}

/* Two seeds have no band worth a word. */
static void
test_reading (void)
{
  g_auto (Case) made = case_parse ("double-descent", 1, WIDTHS);
  LabReading reading;

  g_assert_true (lab_curves_read (made.curves, made.spec, 10, &reading));
  for (reading.seeds = 2; reading.seeds <= 3; reading.seeds++)
    {
      g_autofree char *text = figures_reading (&reading, made.spec, 0);

      g_test_message ("%s", text);
      g_assert_cmpint (strstr (text, "3 seeds") != NULL, ==, reading.seeds == 3);
      g_assert_null (strstr (text, "2 seeds"));
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/figures/words/thresholds", test_thresholds);
  g_test_add_func ("/figures/words/noise", test_noise_words);
  g_test_add_func ("/figures/words/look", test_look);
  g_test_add_func ("/figures/words/look-levels", test_look_levels);
  g_test_add_func ("/figures/words/reading", test_reading);
  return g_test_run ();
}
