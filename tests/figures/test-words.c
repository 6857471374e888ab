/* Sentences on facts that are written in by hand: each threshold from both sides. */

#include <figures-private.h>
#include <math.h>
#include <pango/pango.h>

#include "lab-case.h"

#include "../lab/view-test.h"

#define SMALL "n-train=20 dim=3 n-test=4 points=5 seeds=2"
#define WIDTHS SMALL " from=1 to=100"

typedef struct
{
  gsize member;
  double value;
} Change;

#define CHANGE(fact, value) { G_STRUCT_OFFSET (LabDescentFacts, fact), value }

/* A peak at width 20 that nothing is said of but where it is and how high. */
static const LabDescentFacts peak = { .threshold = 20,
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

/* The measured curve as a straight line between its ends, each place with so many seeds that all stand
 * within a percent. */
static void
draw_line (Case *made, double first, double last)
{
  LabSeries *test = (LabSeries *) lab_answer_find (made->answer, "test");

  for (int i = 0; i < test->n; i++)
    {
      test->y[i] = first * pow (last / first, (double) i / (test->n - 1));
      test->low[i] = 0.99 * test->y[i];
      test->high[i] = 1.01 * test->y[i];
      test->count[i] = 20;
    }
}

static char *
say (Case *made, const Change *changes, gsize n)
{
  LabDescentFacts *facts = (LabDescentFacts *) lab_descent_facts (made->answer);

  /* Its ranks stay. */
  memcpy (facts, &peak, G_STRUCT_OFFSET (LabDescentFacts, n_ranks));
  for (gsize i = 0; i < n && changes[i].member + changes[i].value != 0; i++)
    G_STRUCT_MEMBER (double, facts, changes[i].member) = changes[i].value;
  draw_line (made, facts->first_y, facts->last_y);
  return figures_verdict (made->answer, made->spec);
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
  { WIDTHS, { CHANGE (noise_share, NAN), CHANGE (weights_share, 0.51) }, "Most of it comes from the draw", "noise" },
  { WIDTHS, { CHANGE (noise_share, NAN), CHANGE (weights_share, 0.49) }, "Peak", "Most of" },
  { WIDTHS, { CHANGE (noise_share, NAN), CHANGE (initial_share, 0.2) }, "The initial function makes up 20 %.",
    "noise" },
  { WIDTHS, { CHANGE (initial_share, NAN) }, "A fifth of it is noise.", "initial" },
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
  { WIDTHS, { CHANGE (last_y, 0.97) }, "The second descent ends lower, at 0.97.", "not below" },
  { WIDTHS, { CHANGE (last_y, 0.99) }, "The second descent ends where the first did, at 0.99.", "lower" },
  { WIDTHS, { CHANGE (last_y, 1.01) }, "The second descent ends where the first did, at 1.0.", "below" },
  { WIDTHS, { CHANGE (last_y, 1.03) }, "ends at 1.0, not below the first.", "lower" },
  { WIDTHS, { CHANGE (peak_ridge, 0.01) }, "A ridge of 0.01 removes the peak.", NULL },
  { WIDTHS " ridge=0.011", { CHANGE (peak_ridge, 0.01) }, "Peak", "removes" },
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
  { WIDTHS, { NO_PEAK, CHANGE (threshold, 19.2) }, "No peak, though the rank meets n = 20 at width 20.", NULL },
  { WIDTHS, { NO_PEAK, CHANGE (top_x, 20) }, "No peak, though the rank meets n = 20 at width 20.",
    "would be" },
  /* over time */
  { SMALL " axis=time", { NO_PEAK, CHANGE (last_y, 0.509) }, "training on does no harm", "costs" },
  { SMALL " axis=time", { NO_PEAK, CHANGE (last_y, 0.511) }, "Training on costs", "no harm" },
  { SMALL " axis=time", { NO_PEAK, CHANGE (best_y, 1), CHANGE (last_y, 1.03) },
    "the error is least, 1.00, at t = 100. Training on costs: it ends at 1.03, 3.0 % above the least.", NULL },
  { SMALL " axis=time", { NO_PEAK, CHANGE (best_x, 1), CHANGE (last_y, 5) },
    "The error rises from the beginning", "Training on" },
  { SMALL " axis=time", { CHANGE (after_y, 0.99) }, "falls again", "does not end below" },
  { SMALL " axis=time", { CHANGE (after_y, 1.01) }, "The second descent does not end below the first.",
    NULL },
  { SMALL " axis=time", { NO_PEAK, CHANGE (top_y, 0.519) }, "The error hardly changes with time", "descent" },
  { SMALL " axis=time", { CHANGE (before_x, 1) }, "The error rises from 1.00 at t = 1 to 30.0", "falls to" },
  { SMALL " axis=time", { CHANGE (last_y, 0.521) }, "It rises once more, to 0.521 at the end.", NULL },
  { SMALL " axis=time", { CHANGE (last_y, 0.519) }, "falls again", "once more" },
  { SMALL " axis=time", { CHANGE (noise_share, 0.011) }, "Noise makes up 1.1 % of the maximum.", NULL },
  { SMALL " axis=time", { CHANGE (noise_share, 0.009) }, "falls again", "Noise" },
  /* over the ridge */
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (first_y, 0.76), CHANGE (best_x, 10) }, "The best ridge is 10,",
    "larger" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (first_y, 0.76) },
    "The larger the ridge the better: at the largest one, 100, the error is 0.50.", "best ridge" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (top_y, 0.519) }, "The ridge hardly matters", "better" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (top_y, 0.521) }, "better", "hardly" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (first_y, 0.509), CHANGE (best_x, 10), CHANGE (last_y, 5) },
    "A small ridge makes no difference here: the error is 0.50 with the best, 10, and within 2 % of that with "
    "the smallest, 1. A large one costs: the error ends at 5.0, 10 times the best.", "above" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (first_y, 0.509), CHANGE (best_x, 10) }, "A small ridge makes no",
    "large one" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (best_y, 1), CHANGE (first_y, 1.03), CHANGE (best_x, 10) },
    "with an error of 1.00. At the smallest one, 1, the error is 1.03: 3.0 % above the best.", "no difference" },
  { SMALL " axis=ridge", { CHANGE (best_x, 1) }, "The smallest ridge, 1, is the best", "smaller" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (first_y, 0.76) }, "A fifth of it is noise", "peak along" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (first_y, 0.74) }, "48 % above the best", "noise" },
  { SMALL " axis=ridge", { NO_PEAK, CHANGE (best_x, 1) }, "The smaller the ridge the better", "best ridge" },
  { SMALL " axis=ridge", { CHANGE (first_y, 2) }, "There is a peak along the ridge too: 30 at 20.", NULL },
  /* over the ensemble */
  { SMALL " axis=ensemble", { NO_PEAK, CHANGE (infinite_y, 0.1) }, "Single models have an error of 2.0 in the mean.", NULL },
  { SMALL " axis=ensemble", { NO_PEAK, CHANGE (infinite_y, 0.1), CHANGE (first_x, 2) },
    "The mean of 2 models has an error of 2.0.", "ingle" },
  { SMALL " axis=ensemble", { NO_PEAK, CHANGE (infinite_y, 0.1) }, "(single ones 4.0 times that)", NULL },
  { SMALL " axis=ensemble", { NO_PEAK, CHANGE (infinite_y, 0.1), CHANGE (last_y, 1.97) },
    "The mean of 100 models has 2.0; infinitely many would have 0.10.", "that" },
  { SMALL " axis=ensemble", { NO_PEAK, CHANGE (infinite_y, 0.51) }, "The mean of 100 models has 0.50.",
    "infinitely" },
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
  g_autoptr (LabSpec) spec = spec_of_view (made.spec, "fit");
  g_autoptr (LabAnswer) answer = curves_of_view (made.spec, "fit", 50, NULL, NULL);
  LabLook *look = lab_look_of (answer);

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *sentence = NULL;

      look->noise_rms = 1;
      look->weak_rms = looks[i].weak;
      look->rank = looks[i].rank;
      sentence = figures_verdict (answer, spec);
      g_test_message ("%s", sentence);
      g_assert_cmpint (strstr (sentence, "smallest eigenvalue alone") != NULL, ==, looks[i].alone);
    }
}

/* Learned are directions with eigenvalues above the level, damped are all others. */
static void
test_look_levels (void)
{
  g_auto (Case) made = case_parse ("double-descent", 1, WIDTHS);
  g_autoptr (LabSpec) spec = spec_of_view (made.spec, "fit");
  g_autoptr (LabAnswer) answer = curves_of_view (made.spec, "fit", 50, NULL, NULL);
  LabLook *look = lab_look_of (answer);
  g_autofree char *damped = NULL, *learned = NULL;

  look->ridge_level = look->eigenvalues[4];
  damped = figures_verdict (answer, spec);
  g_assert_nonnull (strstr (damped, "which damps 16 of 20 directions"));
  look->time_level = look->eigenvalues[4];
  learned = figures_verdict (answer, spec);
  g_assert_nonnull (strstr (learned, "4 of 20 directions are learned by now"));
}

/* No line can end between an opening bracket and the closing one. */
static void
assert_whole_brackets (const char *markup)
{
  g_autofree char *text = figures_strip_markup (markup);
  glong n = g_utf8_strlen (text, -1);
  g_autofree PangoLogAttr *breaks = g_new (PangoLogAttr, n + 1);
  gboolean within = FALSE;
  const char *p = text;

  pango_get_log_attrs (text, -1, -1, pango_language_get_default (), breaks, n + 1);
  for (glong i = 0; i < n; i++, p = g_utf8_next_char (p))
    {
      if (within && breaks[i].is_line_break)
        g_error ("“%s” may be broken at “%s”", text, p);
      within = *p == '(' || (within && *p != ')');
    }
}

/* Two seeds have no band worth a word. */
static void
test_reading (void)
{
  g_auto (Case) made = case_parse ("double-descent", 1, WIDTHS);
  LabReading reading;
  LabDescentReading *own;

  g_assert_true (lab_answer_read (made.answer, made.spec, 10, &reading));
  reading.y[0] = 0.2461;
  own = (LabDescentReading *) lab_descent_reading (&reading);
  own->low = 0.2;
  own->high = 2.3;
  own->parameters = 123456;
  for (reading.seeds = 2; reading.seeds <= 3; reading.seeds++)
    {
      g_autofree char *text = figures_reading (&reading, made.spec, 0);

      g_test_message ("%s", text);
      g_assert_cmpint (strstr (text, "3\u2060\u00a0seeds") != NULL, ==, reading.seeds == 3);
      g_assert_null (strstr (text, "2\u2060\u00a0seeds"));
      g_assert_nonnull (strstr (text, "test <b>0.246</b>"));
      g_assert_cmpint (strstr (text, "(0.200\u2060\u00a0–\u2060\u00a02.30,\u2060\u00a03\u2060\u00a0seeds)") != NULL, ==, reading.seeds == 3);
      g_assert_nonnull (strstr (text, "<i>P</i> = 123456"));
      assert_whole_brackets (text);
    }
}

/* Without a sure peak the sentence says what the eye sees: shapes by five errors, and their scatter. */
static void
test_shapes (void)
{
  static const struct
  {
    double y[5], scatter;
    int seeds;
    const char *says, *not_says;
  } shapes[] = {
    { { 1, 0.02, 0.1, 1, 4 }, 0.1, 20, "The error climbs to 4.0 at the end, 200 times its least (0.020 at ",
      "sure" },
    { { 1, 1, 1, 1, 1.14 }, 0.01, 20, "The error ends at 1.1.", "climbs" },
    { { 1, 1, 1, 1, 1.16 }, 0.01, 20, "climbs to 1.2 at the end, 16 % above its least (1.0", NULL },
    { { 1, 1, 1, 1, 1.16 }, 0.8, 20, "The error ends at 1.2.", "climbs" },
    { { 1, 1, 1, 1, 1.45 }, 0.01, 3, "The error ends at 1.4.", "climbs" },
    { { 1, 1, 1, 1, 1.55 }, 0.01, 3, "climbs to 1.6 at the end, 1.6 times its least", NULL },
    { { 3, 2, 1, 0.9, 0.8 }, 0.1, 20, "The error falls to 0.80 at the end.", "climbs" },
    { { 1, 0.5, 0.8, 0.5, 0.4 }, 0.1, 5,
      "No sure peak: a hump at width 10 is 1.6 times the best error before it (0.50 at width 3), with 5 "
      "seeds not beyond their scatter. The error falls to 0.40",
      "No peak" },
    { { 1, 0.5, 0.8, 0.5, 0.4 }, 0.1, 1, "and 1 seed does not tell whether that is chance.", "scatter" },
    { { 1, 0.5, 0.74, 0.5, 0.4 }, 0.1, 5, "No peak", "hump" },
    { { 1, 0.5, 0.8, 0.52, 0.4 }, 0.1, 5, "hump", "No peak" },
  };
  g_auto (Case) made = case_parse ("double-descent", 1, WIDTHS);
  LabSeries *test = (LabSeries *) lab_answer_find (made.answer, "test");

  g_assert_cmpint (test->n, ==, 5);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *first = say (&made, &(Change) NO_PEAK, 1), *sentence = NULL;

      for (int k = 0; k < 5; k++)
        {
          test->y[k] = shapes[i].y[k];
          test->low[k] = shapes[i].y[k] * exp (-shapes[i].scatter);
          test->high[k] = shapes[i].y[k] * exp (shapes[i].scatter);
          test->count[k] = shapes[i].seeds;
        }
      sentence = figures_verdict (made.answer, made.spec);
      g_test_message ("%s", sentence);
      if (strstr (sentence, shapes[i].says) == NULL)
        g_error ("shape %d: “%s” does not say “%s”", (int) i, sentence, shapes[i].says);
      if (shapes[i].not_says != NULL && strstr (sentence, shapes[i].not_says) != NULL)
        g_error ("shape %d: “%s” says “%s”", (int) i, sentence, shapes[i].not_says);
    }
}

/* With all blanks alike; in place. */
static const char *
words_of (char *sentence)
{
  for (char *at = strstr (sentence, "\u00a0"); at != NULL; at = strstr (at, "\u00a0"))
    {
      *at = ' ';
      memmove (at + 1, at + 2, strlen (at + 2) + 1);
    }
  return sentence;
}

/* Letters that stand for numbers are in italics, and no others. */
static void
test_symbols (void)
{
  static const char *const rows[][2] = {
    { "at n = 5", "at <i>n</i> = 5" },
    { "E(K) = O(1/n)", "<i>E</i>(<i>K</i>) = <i>O</i>(1/<i>n</i>)" },
    { "n/t and nλ", "<i>n</i>/<i>t</i> and <i>n</i>λ" },
    { "<b>n</b> <i>n</i> <i>a n</i>", "<b><i>n</i></b> <i>n</i> <i>a n</i>" },
    { "a&amp;n &lt;", "a&amp;<i>n</i> &lt;" },
    { "n-train, an NTK, n’est, d’n, A I", "n-train, an NTK, n’est, d’n, A I" },
    { "n", "<i>n</i>" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *set = figures_set_symbols (rows[i][0]);

      g_assert_cmpstr (set, ==, rows[i][1]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Case) made = case_parse ("double-descent", 1, cases[i].settings);
      g_autofree char *sentence = say (&made, cases[i].changes, G_N_ELEMENTS (cases[i].changes));
      g_autofree char *markup = figures_verdict_markup (made.answer, made.spec);
      g_autofree char *plain = NULL;

      g_assert_false (g_regex_match_simple ("(?<![a-z>-])[nmtKLDNP](?![a-z<-])", markup, G_REGEX_CASELESS, 0));
      g_assert_false (g_regex_match_simple ("[a-z-]<i>|</i>[a-z-]|<i>.[^<]|<i>a<", markup, 0, 0));
      g_assert_true (pango_parse_markup (markup, -1, 0, NULL, &plain, NULL, NULL));
      /* But for blanks where no line may end. */
      g_assert_false (g_regex_match_simple (" [%±]|± ", plain, 0, 0));
      g_assert_cmpstr (words_of (plain), ==, words_of (sentence));
      g_assert_cmpint (strstr (sentence, "n = ") != NULL, ==, strstr (markup, "<i>n</i> = ") != NULL);
    }
}

/* Between whole numbers there is no place where the rank could meet n. */
static void
test_threshold (void)
{
  static const struct
  {
    double threshold;
    const char *marker;
  } rows[] = { { 8.59, "\"x\": 9, \"label\": \"rank = n at m = 9\"" },
               { 9, "\"x\": 9, \"label\": \"rank = n at m = 9\"" },
               { 9.0000000001, "\"x\": 9, " },
               { 123456, "at m = 123456\"" } };
  g_auto (Case) made = case_parse ("double-descent", 1, WIDTHS);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = NULL;

      ((LabDescentFacts *) lab_descent_facts (made.answer))->threshold = rows[i].threshold;
      json = figures_to_json (made.answer, made.spec, -1);
      if (strstr (json, rows[i].marker) == NULL)
        g_error ("%g: not “%s” in %s", rows[i].threshold, rows[i].marker, strstr (json, "\"markers"));
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
  g_test_add_func ("/figures/words/shapes", test_shapes);
  g_test_add_func ("/figures/words/symbols", test_symbols);
  g_test_add_func ("/figures/words/threshold", test_threshold);
  g_test_add_func ("/figures/words/reading", test_reading);
  return g_test_run ();
}
