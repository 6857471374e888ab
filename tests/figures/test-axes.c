/* Double descent in words, along every axis. */

#include <figures.h>
#include <math.h>
#include <pango/pango.h>

#include "lab-case.h"

static Case
run (const char *name, const char *settings)
{
  return case_parse (name, 0, settings);
}

/* What the sentences must and must not say. */
static const struct
{
  const char *name, *settings;
  const char *says[5];
  const char *not_says[3];
} verdicts[] = {
  /* presets */
  { "random-features-double-descent",
    "n-test=200 show=test,finite-d",
    { "Peak at width 100, where the rank meets n = 100: ", " times the best error before it",
      "A ridge of 0.00021 removes the peak.",
      "ends lower, at 0.20." } },
  { "small-ridge",
    "n-test=50 points=25",
    { "Peak at width 89 (n = 100): 3", " % above the best error before it",
      "A ridge of 0.00021 removes the peak.", "ends lower" } },
  { "ridge-removes-peak", "seeds=8 n-test=100", { "No peak: the ridge of 0.003 has removed it.", "falls to 0.09" } },
  { "ridge-at-peak",
    "n-test=200",
    { "The best ridge is 0.00", "At the smallest one, 10⁻⁸, the error is ", " times the best.",
      "Four fifths of it is noise." },
    { "width", "rank", "No peak" } },
  { "ensemble-at-peak",
    "n-test=100",
    { "Single models have an error of ", " of it is noise.", "The mean of 100 models has 0.2",
      "infinitely many would have 0.1" },
    { "width", "rank", "peak" } },
  { "samples-linear",
    "n-test=100 to=200 seeds=30",
    { "Peak at n = 100, where n meets the rank: ", "More data hurts between n = 3", " and n = 100.",
      "Almost all of it is noise.", "ends lower" },
    { "width" } },
  { "coordinates-linear",
    "n-test=100",
    { "Peak at 100 coordinates, where the rank meets n = 100",
      "Most of it comes from the coordinates left out, which act as noise.", "ends lower" },
    /* without noise the peak of the medians is no lower */
    { "width", "is noise" } },
  { "epoch-wise-linear",
    "",
    { "The error falls to 1.27 at t = 63, rises to 1.87 at t = 1600 and falls again, to 0.573 at "
      "t = 2.5\u00a0×\u00a010⁵.",
      "Noise makes up 26 % of the maximum." },
    { "width", "rank", "n = " } },
  { "epoch-wise-kernel",
    "",
    { "The error falls to 2.18 at t = 100, rises to 2.47 at t = 790 and falls again, to 1.17" },
    { "width", "rank" } },
  { "initial-function-error",
    "seeds=8 n-test=100 show=test,initial-function",
    { "Peak at width 20", "The initial function costs nothing before the peak, and makes up 9" } },
  /* width */
  { "double-descent",
    "show=test seeds=5 n-test=200 n-train=100 time=10",
    { "No peak: stopping at t = 10 has removed it." } },
  { "double-descent",
    "show=test seeds=5 n-test=200 to=20",
    { "The range ends where the peak would be: at width 20 the rank meets" } },
  { "double-descent",
    "show=test seeds=5 n-test=200 from=20",
    { "The range begins where the peak would be: at width 20 the rank meets" } },
  { "double-descent",
    "show=test seeds=5 n-test=200 from=25",
    { "No peak in this range: from its beginning, width 25, the model interpolates" } },
  { "double-descent",
    "show=test seeds=5 n-test=200 model=linear dim=60",
    { "No peak in this range: at its end, 400 coordinates, the rank is 60, below n = 100." } },
  { "random-features-double-descent",
    "show=test seeds=5 n-test=200 ensemble=1000 ridge=1e-6 points=20 to=800",
    { "No peak: averaging has removed that of single models." },
    { "ridge of" } },
  /* samples */
  { "double-descent",
    "show=test seeds=5 n-test=200 axis=n-train width=30 to=80",
    { "No peak in this range: up to its end, n = 80, the model interpolates all points." } },
  { "double-descent",
    "show=test seeds=5 n-test=200 axis=n-train width=4 from=50 to=100",
    { "No peak in this range: from its beginning, n = 50, there are more points than the rank, "
      "40." } },
  { "double-descent",
    "show=test seeds=5 n-test=200 model=linear dim=50 axis=n-train noise=0 ridge=0.1 to=200",
    { "No peak, though n meets the rank at n = 50." },
    { "removed" } },
  { "double-descent",
    "show=test seeds=5 n-test=200 model=infinite noise=0 to=60",
    { "No peak: at infinite width the rank is n, however many points there are." } },
  /* time */
  { "double-descent",
    "show=test seeds=5 n-test=200 axis=time n-train=100",
    { "One descent: the error is least, ", "Training on costs: it ends at " },
    { "width", "rank" } },
  { "double-descent",
    "show=test seeds=5 n-test=200 axis=time n-train=100 noise=0 to=1000",
    { "One descent: the error falls to ", ", and training on does no harm." } },
  { "double-descent",
    "show=test seeds=5 n-test=200 axis=time n-train=100 noise=3 from=100",
    { "The error rises from the beginning, " } },
  /* ridge */
  { "double-descent",
    "show=test seeds=5 n-test=200 axis=ridge n-train=50 noise=0 from=0.1 to=10",
    { "The smaller the ridge the better: at the smallest one, 0.1, the error is " } },
  /* ensemble */
  { "double-descent",
    "show=test seeds=5 n-test=200 axis=ensemble n-train=50 from=4 to=20 points=5",
    { "The mean of 4 models has an error of ", "The mean of 20 models has " } },
};

static void
test_verdicts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_auto (Case) made = run (verdicts[i].name, verdicts[i].settings);
      g_autofree char *verdict = figures_verdict (made.answer, made.spec);
      g_autofree char *markup = figures_verdict_markup (made.answer, made.spec);

      g_test_message ("%s %s: %s", verdicts[i].name, verdicts[i].settings, verdict);
      for (int j = 0; j < 5 && verdicts[i].says[j] != NULL; j++)
        if (strstr (verdict, verdicts[i].says[j]) == NULL)
          g_error ("“%s” does not say “%s”", verdict, verdicts[i].says[j]);
      for (int j = 0; j < 3 && verdicts[i].not_says[j] != NULL; j++)
        if (strstr (verdict, verdicts[i].not_says[j]) != NULL)
          g_error ("“%s” says “%s”", verdict, verdicts[i].not_says[j]);
      g_assert_null (strstr (verdict, "nan"));
      g_assert_null (strstr (verdict, "inf "));
      g_assert_false (
        g_regex_match_simple ("[0-9]e[-+]?[0-9]|(?<![.0-9])1(\\.[0-4])? times", verdict, 0, 0));
      g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL));
    }
}

/* Title, axis, read-out and markers speak of what is swept, and of nothing else. */
static const struct
{
  const char *name, *title, *axis, *marker, *reading;
  double x;

} pictures[] = {
  { "double-descent", "Linearised network, D = 10, n = 200, σ = 0.5, ridgeless, mirrored",
    "width <i>m</i>", "rank = n at m = 20", "width <b>20</b>", 20 },
  { "ridge-at-peak", "Random features, D = 20, m = 105, n = 100, σ = 0.5, mirrored", "ridge λ",
    NULL, "ridge <b>0.01</b>", 0.01 },
  { "ensemble-at-peak", "Random features, D = 20, m = 112, n = 100, σ = 0.5, ridgeless, mirrored",
    "models averaged <i>K</i>", NULL, "<b>10</b> models", 10 },
  { "samples-linear", "Linear, Gaussian inputs, D = 100, σ = 0.5, ridgeless, mirrored",
    "training points <i>n</i>", "rank = n at n = 100", "<i>n</i> = <b>150</b>", 150 },
  { "coordinates-linear", "Linear, Gaussian inputs, D = 400, n = 100, σ = 0.3, ridgeless, mirrored",
    "coordinates seen <i>m</i>", "rank = n at m = 100", "<b>40</b> coordinates", 40 },
  { "epoch-wise-linear",
    "Linear, inputs of two scales, D = 110, n = 300, σ = 1, ridgeless, mirrored",
    "training time <i>t</i>", NULL, "<i>t</i> = <b>1000</b>", 1000 },
  { "epoch-wise-kernel",
    "Infinite width, NNGP, erf, inputs of two scales, D = 103, n = 300, σ = 1, ridgeless, mirrored",
    "training time <i>t</i>", NULL, "<i>t</i> = <b>1000</b>", 1000 },
};

static void
test_pictures (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_auto (Case) made = run (pictures[i].name, "seeds=3 n-test=50");
      g_autoptr (PlotFigure) figure = figures_build (made.answer, made.spec);
      g_autofree char *json = figures_to_json (made.answer, made.spec, -1);
      g_autofree char *title = NULL, *reading = NULL, *table = NULL;
      LabReading r;

      pango_parse_markup (plot_figure_get_title (figure), -1, 0, NULL, &title, NULL, NULL);
      g_assert_cmpstr (title, ==, pictures[i].title);
      g_assert_cmpstr (plot_figure_get_label (figure, PLOT_X), ==, pictures[i].axis);
      if (pictures[i].marker != NULL)
        g_assert_nonnull (strstr (json, pictures[i].marker));
      else
        g_assert_null (strstr (json, "rank = n"));
      g_assert_true (lab_answer_read (made.answer, made.spec, pictures[i].x, &r));
      reading = figures_reading (&r, made.spec, 0);
      g_assert_nonnull (strstr (reading, pictures[i].reading));
      g_assert_null (strstr (reading, "nan"));
      g_assert_true (pango_parse_markup (reading, -1, 0, NULL, NULL, NULL, NULL));
      table = figures_to_table (made.answer, made.spec);
      g_assert_nonnull (strstr (table, lab_parameter (lab_spec_axis (made.spec))->key));
    }
}

/* Domains are said, and so is what is asked for in vain. */
static const struct
{
  const char *name, *settings, *says, *not_says;
} notes[] = {
  { "samples-linear", "seeds=2", "Theory is exact for the mean over draws", "asked" },
  { "samples-linear", "seeds=2 ridge=0.1", "off by O(1/n).", "exact" },
  { "samples-linear", "seeds=2 ridge=0.1",
    "The lower bound holds for the noise of single finite models", NULL },
  { "epoch-wise-linear", "seeds=2", "off by O(1/n).", "exact" },
  { "ensemble-at-peak", "seeds=2", "From 32 models on each data set", NULL },
  { "ensemble-at-peak", "seeds=2", "Theory is within 5 % of the simulated mean where it is drawn in full. Where it is pale it is within 20 %.",
    NULL },
  { "random-features-double-descent", "seeds=2 to=200 ensemble=4", "From 8 models on each data set",
    NULL },
  { "random-features-double-descent", "seeds=2 to=200 show=test,asymptotic",
    "Theory is pale: it is within 20 % of the simulated mean here.", "drawn in full" },
  { "random-features-double-descent", "seeds=2 to=200 inputs=gaussian",
    "trained to the end on the sphere", NULL },
  { "double-descent", "seeds=2 to=60", "", "theory" },
  /* whether medians are drawn is said once, with what theory is beside */
  { "coordinates-linear", "seeds=2 points=3",
    "it is left out. Medians are drawn, and lie below the mean where errors scatter.", "medians" },
  { "coordinates-linear", "seeds=2 points=3 center=mean", "Theory is within 5 %", "edians" },
  { "small-ridge", "seeds=2 points=3", "Medians are drawn", NULL },
  /* a bound is not near to anything */
  { "samples-linear", "seeds=2 points=3 show=test,lower-bound", "The lower bound holds", "within" },
  { "double-descent", "seeds=2 dim=3 n-train=20 to=10 points=2 activation=erf show=test,lower-bound",
    "is left out: it was not measured to hold here.", "within" },
  /* of a peak only where there is one */
  { "double-descent", "dim=3 n-train=60 from=5 to=40 points=3 seeds=2 activation=erf cutoff=1e-06",
    "it sets the rank.", "peak" },
  { "double-descent", "ensemble=inf n-test=2 seeds=1 n-train=30 model=random-features dim=5",
    "it stands as 0", NULL },
  { "double-descent", "ensemble=4 seeds=2 to=60 points=6", "From 8 models", "it stands as 0" },
  { "double-descent", "seeds=2 to=60 show=test,finite-d",
    "No theory at finite D is known for the linearised", NULL },
  { "double-descent", "seeds=2 to=60 model=infinite", "Mean-field theory gives the expected error",
    NULL },
  { "double-descent", "seeds=2 to=60 model=infinite show=test,weights,tuned-ridge",
    "Bias, sampling and weights are told apart for random features alone.\nThe best ridge is known "
    "for single models",
    NULL },
};

static void
test_notes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autofree char *settings = g_strconcat ("n-test=50 ", notes[i].settings, NULL);
      g_auto (Case) made = run (notes[i].name, settings);
      g_auto (GStrv) lines = figures_notes (made.answer, made.spec);
      g_autofree char *all = g_strjoinv ("\n", lines);

      if (strstr (all, notes[i].says) == NULL)
        g_error ("%s %s: “%s” is not in “%s”", notes[i].name, notes[i].settings, notes[i].says,
                 all);
      if (notes[i].not_says != NULL && strstr (all, notes[i].not_says) != NULL)
        g_error ("%s %s: “%s” is in “%s”", notes[i].name, notes[i].settings, notes[i].not_says,
                 all);
    }
}

/* Every series has a look of its own. */
static void
test_looks (void)
{
  g_auto (Case)
    made = run ("random-features-double-descent",
                "seeds=3 n-test=50 to=300 init-scale=1 show=test,train,finite-d,asymptotic,"
                "limit,ensemble-limit,tuned-ridge,lower-bound,bias,sampling,weights,"
                "initial-function,noise");
  g_autoptr (PlotFigure) figure = figures_build (made.answer, made.spec);
  guint n = plot_figure_get_n_series (figure);

  /* Pale parts have the style of their curve. */
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      {
        const PlotSeries *a = plot_figure_get_series (figure, i), *b = plot_figure_get_series (figure, j);

        g_assert_true ((a->style == b->style) == (strcmp (a->id, b->id) == 0));
      }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/figures/axes/verdicts", test_verdicts);
  g_test_add_func ("/figures/axes/pictures", test_pictures);
  g_test_add_func ("/figures/axes/notes", test_notes);
  g_test_add_func ("/figures/axes/looks", test_looks);
  return g_test_run ();
}
