/* What double descent says in words. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "figures-double-descent-private.h"

/* Shares of a whole in words, by their upper ends. */
static const struct
{
  double below;
  const char *words;
} fractions[] = {
  { 0.05, N_("Almost none of it is noise.") },    { 0.15, N_("A tenth of it is noise.") },
  { 0.225, N_("A fifth of it is noise.") },       { 0.29, N_("A quarter of it is noise.") },
  { 0.365, N_("A third of it is noise.") },       { 0.45, N_("Two fifths of it is noise.") },
  { 0.55, N_("Half of it is noise.") },           { 0.635, N_("Three fifths of it is noise.") },
  { 0.71, N_("Two thirds of it is noise.") },     { 0.775, N_("Three quarters of it is noise.") },
  { 0.85, N_("Four fifths of it is noise.") },    { 0.95, N_("Nine tenths of it is noise.") },
  { INFINITY, N_("Almost all of it is noise.") },
};

static const char *
noise_words (double share)
{
  gsize i = 0;

  while (share >= fractions[i].below)
    i++;
  return _(fractions[i].words);
}

static double
known_share (double share)
{
  return isnan (share) ? 0 : share;
}

/* Of the whole, where noise and start have no share to speak of. */
static const char *
main_source (const LabDescentFacts *f)
{
  double rest = 1 - known_share (f->noise_share) - known_share (f->initial_share);

  if (f->weights_share > rest / 2)
    return _("the draw of the weights");
  if (f->sampling_share > rest / 2)
    return _("the sampling of the data");
  return f->unseen_share > rest / 2 ? _("the coordinates left out, which act as noise") : NULL;
}

void
figures_double_descent_parts (GString *out, const LabDescentFacts *f, const LabSpec *spec)
{
  const char *source = main_source (f);
  gboolean noise = lab_spec_real (spec, LAB_NOISE) > 0, initial = f->initial_share >= 0.05;

  if (noise && !isnan (f->noise_share))
    g_string_append_printf (out, " %s", noise_words (f->noise_share));
  if (initial)
    {
      g_autofree char *percent = plot_format_measured (100 * f->initial_share, 2);

      g_string_append_printf (out, _(" The initial function makes up %s %%."), percent);
    }
  if (source == NULL || known_share (f->noise_share) + known_share (f->initial_share) > 0.95)
    return;
  if ((noise && !isnan (f->noise_share)) || initial)
    /* Translators: of the error; "the draw of the weights" */
    g_string_append_printf (out, _(" Most of the rest comes from %s."), source);
  else
    g_string_append_printf (out, _(" Most of it comes from %s."), source);
}

/* ---- Over training time ---- */

/* Less is no change of a smooth curve (LabDescentFacts). */
#define FLAT 1.04

static gboolean
is_flat (const LabDescentFacts *f)
{
  return f->top_y <= FLAT * f->best_y;
}

static void
append_two_descents (GString *out, const LabDescentFacts *f, const LabSpec *spec)
{
  g_autofree char *first = plot_format_measured (f->before_y, FIGURES_READ);
  g_autofree char *top = plot_format_measured (f->peak_y, FIGURES_READ);
  g_autofree char *second = plot_format_measured (f->after_y, FIGURES_READ);
  g_autofree char *last = plot_format_measured (f->last_y, FIGURES_READ);
  g_autofree char *t1 = figures_double_descent_place (spec, f->before_x, FALSE);
  g_autofree char *t2 = figures_double_descent_place (spec, f->peak_x, FALSE);
  g_autofree char *t3 = figures_double_descent_place (spec, f->after_x, FALSE);
  g_autofree char *noise = plot_format_measured (100 * f->noise_share, 2);

  if (f->before_x == f->first_x)
    /* Translators: thrice an error and "t = 60". */
    g_string_append_printf (out,
                            _("The error rises from <b>%s</b> at %s to <b>%s</b> at %s and falls "
                               "after that, to <b>%s</b> at %s."),
                            first, t1, top, t2, second, t3);
  else
    /* Translators: thrice an error and "t = 60". */
    g_string_append_printf (out,
                            _("The error falls to <b>%s</b> at %s, rises to <b>%s</b> at %s and "
                               "falls again, to <b>%s</b> at %s."),
                            first, t1, top, t2, second, t3);
  if (f->last_y > FLAT * f->after_y)
    g_string_append_printf (out, _(" It rises once more, to <b>%s</b> at the end."), last);
  if (f->after_y >= f->before_y && f->before_x != f->first_x)
    g_string_append (out, _(" The second descent does not end below the first."));
  if (f->noise_share >= 0.01)
    g_string_append_printf (out, _(" Noise makes up %s %% of the maximum."), noise);
}

static void
write_time (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabDescentFacts *f = lab_descent_facts (answer);
  gboolean harm = figures_differ (f->last_y, f->best_y);
  int digits = harm ? figures_digits (f->best_y, f->last_y, FIGURES_SAID) : FIGURES_SAID;
  g_autofree char *best = plot_format_measured (f->best_y, digits);
  g_autofree char *last = plot_format_measured (f->last_y, digits);
  g_autofree char *times = figures_factor (f->last_y, f->best_y);
  g_autofree char *at = figures_double_descent_place (spec, f->best_x, FALSE);

  if (!isnan (f->peak_x))
    append_two_descents (out, f, spec);
  else if (is_flat (f))
    g_string_append_printf (out, _("The error hardly changes with time: it ends at <b>%s</b>."), last);
  else if (!harm)
    /* Translators: error, "t = 60". */
    g_string_append_printf (
      out, _("One descent: the error falls to <b>%s</b> at %s, and training on does no harm."),
      best, at);
  else if (f->best_x == f->first_x)
    g_string_append_printf (out,
                            _("The error rises from the beginning, <b>%s</b> at %s: it ends at "
                               "%s, %s that."),
                            best, at, last, times);
  else
    /* Translators: error, "t = 60", error, "33 times" or "48 % above". */
    g_string_append_printf (out,
                            _("One descent: the error is least, <b>%s</b>, at %s. Training on "
                               "costs: it ends at %s, %s the least."),
                            best, at, last, times);
}

/* ---- Over the ridge ---- */

/* The best ridge is as good as the smallest one; large ones may cost. */
static void
append_no_help (GString *out, const LabDescentFacts *f)
{
  g_autofree char *best = plot_format_measured (f->best_y, FIGURES_SAID);
  g_autofree char *last = plot_format_measured (f->last_y, FIGURES_SAID);
  g_autofree char *times = figures_factor (f->last_y, f->best_y);
  g_autofree char *ridge = plot_format_number (f->best_x, 2);
  g_autofree char *least = plot_format_number (f->first_x, 2);

  /* Translators: error, ridge, ridge. */
  g_string_append_printf (out,
                          /* xgettext:no-c-format */
                          _("A small ridge makes no difference here: the error is <b>%s</b> with the "
                             "best, %s, and within 2 %% of that with the smallest, %s."),
                          best, ridge, least);
  if (f->last_y > FIGURES_LEAST_FACTOR * f->best_y)
    /* Translators: error, "33 times". */
    g_string_append_printf (out, _(" A large one costs: the error ends at %s, %s the best."), last,
                            times);
}

static void
append_best_ridge (GString *out, const LabDescentFacts *f)
{
  gboolean helps = figures_differ (f->first_y, f->best_y);
  int digits = helps ? figures_digits (f->best_y, f->first_y, FIGURES_SAID) : FIGURES_SAID;
  g_autofree char *best = plot_format_measured (f->best_y, digits);
  g_autofree char *first = plot_format_measured (f->first_y, digits);
  g_autofree char *times = figures_factor (f->first_y, f->best_y);
  g_autofree char *ridge = plot_format_number (f->best_x, 2);
  g_autofree char *least = plot_format_number (f->first_x, 2);

  if (is_flat (f))
    /* Translators: error. */
    g_string_append_printf (out, _("The ridge hardly matters: the error is <b>%s</b> with the best."),
                            best);
  else if (f->best_x == f->first_x && isnan (f->peak_x))
    /* Translators: ridge, error. */
    g_string_append_printf (out,
                            _("The smaller the ridge the better: at the smallest one, %s, the "
                               "error is <b>%s</b>."),
                            least, best);
  else if (f->best_x == f->first_x)
    /* Translators: ridge, error. */
    g_string_append_printf (out, _("The smallest ridge, %s, is the best: the error is <b>%s</b>."),
                            least, best);
  else if (!helps)
    append_no_help (out, f);
  else if (f->best_x == f->last_x && isnan (f->peak_x))
    /* Translators: ridge, error, ridge, error, "33 times" or "48 % above". */
    g_string_append_printf (out,
                            _("The larger the ridge the better: at the largest one, %s, the error "
                               "is <b>%s</b>. At the smallest one, %s, it is %s: %s the best."),
                            ridge, best, least, first, times);
  else
    /* Translators: ridge, error, ridge, error, "33 times" or "48 % above". */
    g_string_append_printf (out,
                            _("The best ridge is <b>%s</b>, with an error of <b>%s</b>. At the "
                               "smallest one, %s, the error is %s: %s the best."),
                            ridge, best, least, first, times);
}

static void
write_ridge (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabDescentFacts *f = lab_descent_facts (answer);

  append_best_ridge (out, f);
  if (f->first_y > FIGURES_LEAST_FACTOR * f->best_y)
    figures_double_descent_parts (out, f, spec);
  if (!isnan (f->peak_x))
    {
      g_autofree char *top = plot_format_measured (f->peak_y, FIGURES_SAID);
      g_autofree char *at = plot_format_number (f->peak_x, 2);

      /* Translators: error, ridge. */
      g_string_append_printf (out, _(" There is a peak along the ridge too: %s at %s."), top, at);
    }
}

/* ---- Over the ensemble ---- */

/* Enough to tell the ends apart where a factor is said between them. */
static int
gain_digits (const LabDescentFacts *f)
{
  return figures_differ (f->first_y, f->last_y) ? figures_digits (f->first_y, f->last_y, FIGURES_SAID)
                                                : FIGURES_SAID;
}

static void
append_gain (GString *out, const LabDescentFacts *f, const LabSpec *spec)
{
  int digits = gain_digits (f);
  g_autofree char *last = plot_format_measured (f->last_y, digits);
  g_autofree char *all = plot_format_measured (f->infinite_y, digits);
  g_autofree char *many = figures_double_descent_place (spec, f->last_x, FALSE);
  g_autofree char *times = figures_factor (f->first_y, f->last_y);

  if (f->infinite_y > f->last_y)
    /* Few seeds that scatter widely do not tell the end.
     * Translators: "100 models", error. */
    g_string_append_printf (out, _(" The mean of %s has <b>%s</b>."), many, last);
  else if (f->first_x == 1 && f->last_x > 1 && figures_differ (f->first_y, f->last_y))
    /* Translators: "100 models", error, "33 times" or "48 % above", error. */
    g_string_append_printf (out,
                            _(" The mean of %s has <b>%s</b> (single ones %s that); infinitely "
                               "many would have <b>%s</b>."),
                            many, last, times, all);
  else
    /* Translators: "100 models", error, error. */
    g_string_append_printf (
      out, _(" The mean of %s has <b>%s</b>; infinitely many would have <b>%s</b>."), many, last, all);
}

static void
write_ensemble (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabDescentFacts *f = lab_descent_facts (answer);
  g_autofree char *first = plot_format_measured (f->first_y, gain_digits (f));
  g_autofree char *few = figures_double_descent_place (spec, f->first_x, FALSE);

  if (f->first_x == 1)
    g_string_append_printf (out, _("Single models have an error of <b>%s</b> in the mean."), first);
  else
    /* Translators: "8 models", error. */
    g_string_append_printf (out, _("The mean of %s has an error of <b>%s</b>."), few, first);
  figures_double_descent_parts (out, f, spec);
  append_gain (out, f, spec);
}

void
figures_double_descent_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  if (lab_descent_facts (answer)->top_y == 0)
    {
      g_string_append (out, _("The error is zero but for rounding."));
      return;
    }
  switch ((int) lab_spec_axis (spec))
    {
    case LAB_TIME: write_time (out, answer, spec); break;
    case LAB_RIDGE: write_ridge (out, answer, spec); break;
    case LAB_ENSEMBLE: write_ensemble (out, answer, spec); break;
    default: figures_double_descent_peak (out, answer, spec);
    }
}
