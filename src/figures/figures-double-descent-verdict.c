/* What double descent says in words. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures-private.h"

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

/* "33 times the best error before it", "48 % above the best error before it": a factor reads well from
 * one and a half on. */
#define LEAST_FACTOR 1.5

static char *
factor (double ratio)
{
  g_autofree char *number = figures_number (ratio >= LEAST_FACTOR ? ratio : 100 * (ratio - 1), 2);

  if (ratio >= LEAST_FACTOR)
    /* Translators: followed by an error that is so many times smaller. */
    return g_strdup_printf (_("<b>%s times</b>"), number);
  /* Translators: followed by an error that is so much smaller. */
  return g_strdup_printf (_("<b>%s %%</b> above"), number);
}

static const char *
main_source (const LabFacts *f)
{
  double rest = 1 - f->noise_share - f->initial_share;

  if (f->weights_share > rest / 2)
    return _("the draw of the weights");
  if (f->sampling_share > rest / 2)
    return _("the sampling of the data");
  return f->unseen_share > rest / 2 ? _("the coordinates left out, which act as noise") : NULL;
}

/* What the error just named is made of. */
static void
append_parts (GString *out, const LabFacts *f, const LabSpec *spec)
{
  const char *source = main_source (f);
  gboolean noise = lab_spec_real (spec, LAB_NOISE) > 0, initial = f->initial_share >= 0.05;

  if (isnan (f->noise_share))
    return;
  if (noise)
    g_string_append_printf (out, " %s", noise_words (f->noise_share));
  if (initial)
    {
      g_autofree char *percent = figures_number (100 * f->initial_share, 2);

      g_string_append_printf (out, _(" The initial function makes up %s %%."), percent);
    }
  if (source == NULL || f->noise_share + f->initial_share > 0.95)
    return;
  if (noise || initial)
    /* Translators: of the error; "the draw of the weights" */
    g_string_append_printf (out, _(" Most of the rest comes from %s."), source);
  else
    g_string_append_printf (out, _(" Most of it comes from %s."), source);
}

/* ---- Over width and samples ---- */

static void
append_peak (GString *out, const LabFacts *f, const LabSpec *spec)
{
  g_autofree char *times = factor (f->peak_y / f->before_y);
  g_autofree char *before = figures_number (f->before_y, 2);
  g_autofree char *at = figures_double_descent_place (spec, f->peak_x, TRUE);
  g_autofree char *from = figures_double_descent_place (spec, f->before_x, FALSE);
  g_autofree char *to = figures_double_descent_place (spec, f->peak_x, FALSE);
  gboolean samples = lab_spec_axis (spec) == LAB_N_TRAIN;

  if (samples && fabs (f->peak_x - f->threshold) < 1)
    /* Translators: "n = 100", "33 times" or "48 % above", error, "n = 50". */
    g_string_append_printf (
      out, _("Peak at %s, where n meets the rank: %s the best error before it (%s at %s)."), at,
      times, before, from);
  else if (samples)
    g_string_append_printf (out, _("Peak at %s: %s the best error before it (%s at %s)."), at,
                            times, before, from);
  else if (fabs (f->peak_x - f->threshold) < 1)
    /* Translators: "width 20", n, "33 times" or "48 % above", error, "width 9". */
    g_string_append_printf (
      out, _("Peak at %s, where the rank meets n = %d: %s the best error before it (%s at %s)."),
      at, f->n, times, before, from);
  else
    g_string_append_printf (out, _("Peak at %s (n = %d): %s the best error before it (%s at %s)."),
                            at, f->n, times, before, from);
  if (samples)
    g_string_append_printf (out, _(" More data hurts between %s and %s."), from, to);
}

static void
append_descent (GString *out, const LabFacts *f)
{
  g_autofree char *last = figures_number (f->last_y, 2);

  if (f->last_y < f->before_y)
    g_string_append_printf (out, _(" The second descent ends lower, at <b>%s</b>."), last);
  else
    g_string_append_printf (out, _(" The second descent ends at <b>%s</b>, not below the first."),
                            last);
}

/* What a random start leaves in the end. */
static void
append_start (GString *out, const LabFacts *f)
{
  g_autofree char *percent = figures_number (100 * f->initial_last, 2);

  if (!(f->initial_last >= 0.05))
    return;
  if (f->initial_before < 1e-6)
    g_string_append_printf (out,
                            _(" The initial function costs nothing before the peak, and makes up "
                               "<b>%s %%</b> of the error at the end."),
                            percent);
  else
    g_string_append_printf (
      out, _(" The initial function makes up <b>%s %%</b> of the error at the end."), percent);
}

static void
append_remedy (GString *out, const LabFacts *f)
{
  g_autofree char *ridge = NULL;

  if (isnan (f->peak_ridge))
    return;
  ridge = figures_power (f->peak_ridge, 2);
  g_string_append_printf (out, _(" A ridge of <b>%s</b> removes it."), ridge);
}

static void
append_removed (GString *out, const LabFacts *f, const LabSpec *spec)
{
  g_autofree char *ridge = figures_power (lab_spec_real (spec, LAB_RIDGE), 2);
  g_autofree char *time = isfinite (lab_spec_real (spec, LAB_TIME))
                            ? figures_power (lab_spec_real (spec, LAB_TIME), 2)
                            : NULL;

  if (f->removed == LAB_REMOVED_BY_RIDGE)
    g_string_append_printf (out, _("No peak: the ridge of <b>%s</b> has removed it."), ridge);
  else if (f->removed == LAB_REMOVED_BY_TIME)
    g_string_append_printf (out, _("No peak: stopping at t = <b>%s</b> has removed it."), time);
  else
    g_string_append (out, _("No peak: averaging has removed it, which one model alone has."));
}

/* The range does not hold the threshold. */
static void
append_out_of_range (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  const LabFacts *f = &curves->facts;
  double first = curves->rank[0], last = curves->rank[curves->n_ranks - 1];
  g_autofree char *from = figures_double_descent_place (spec, f->first_x, FALSE);
  g_autofree char *to = figures_double_descent_place (spec, f->last_x, FALSE);

  if (lab_spec_axis (spec) == LAB_WIDTH && first >= f->n)
    /* Translators: "width 20" */
    g_string_append_printf (out,
                            _("No peak in this range: from its beginning, %s, the model "
                               "interpolates all n = %d points."),
                            from, f->n);
  else if (lab_spec_axis (spec) == LAB_WIDTH)
    /* Translators: "width 20" */
    g_string_append_printf (
      out, _("No peak in this range: at its end, %s, the rank is <b>%g</b>, below n = %d."), to,
      last, f->n);
  else if (lab_spec_choice (spec, LAB_MODEL) == LAB_MODEL_INFINITE && last >= f->last_x)
    g_string_append (out, _("No peak: at infinite width the rank is n, however many points there "
                             "are."));
  else if (last >= f->last_x)
    /* Translators: "n = 80" */
    g_string_append_printf (out,
                            _("No peak in this range: up to its end, %s, the model interpolates "
                               "all points."),
                            to);
  else
    /* Translators: "n = 200" */
    g_string_append_printf (out,
                            _("No peak in this range: from its beginning, %s, there are more "
                               "points than the rank, <b>%g</b>."),
                            from, first);
}

static void
append_meets (GString *out, const LabFacts *f, const LabSpec *spec)
{
  g_autofree char *at = figures_double_descent_place (spec, rint (f->threshold), FALSE);

  if (lab_spec_axis (spec) == LAB_WIDTH)
    /* Translators: n, "width 20" */
    g_string_append_printf (out, _("No peak, though the rank meets n = %d at %s."), f->n, at);
  else
    /* Translators: "n = 100" */
    g_string_append_printf (out, _("No peak, though n meets the rank at %s."), at);
}

/* The highest error is at an end of the range, and the threshold too. */
static gboolean
append_half_a_peak (GString *out, const LabFacts *f, const LabSpec *spec)
{
  double end = f->top_y > LEAST_FACTOR * f->best_y ? f->top_x : NAN;
  g_autofree char *at = figures_double_descent_place (spec, end, FALSE);

  if (!(fabs (end / f->threshold - 1) < 0.02) || !(end == f->first_x || end == f->last_x))
    return FALSE;
  if (end == f->last_x)
    /* Translators: "width 20" */
    g_string_append_printf (out,
                            _("The range ends where the peak would be: at %s the rank meets the "
                               "number of points."),
                            at);
  else
    g_string_append_printf (out,
                            _("The range begins where the peak would be: at %s the rank meets "
                               "the number of points."),
                            at);
  return TRUE;
}

static void
append_no_peak (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  const LabFacts *f = &curves->facts;
  g_autofree char *last = figures_number (f->last_y, 2);

  if (f->removed != LAB_REMOVED_BY_NOTHING)
    append_removed (out, f, spec);
  else if (!append_half_a_peak (out, f, spec))
    {
      if (isnan (f->threshold))
        append_out_of_range (out, curves, spec);
      else
        append_meets (out, f, spec);
    }
  g_string_append_printf (out, _(" The error ends at <b>%s</b>."), last);
}

static void
write_threshold (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  const LabFacts *f = &curves->facts;

  if (isnan (f->peak_x))
    {
      append_no_peak (out, curves, spec);
      return;
    }
  append_peak (out, f, spec);
  append_parts (out, f, spec);
  append_remedy (out, f);
  append_descent (out, f);
  append_start (out, f);
}

/* ---- Over training time ---- */

static void
append_two_descents (GString *out, const LabFacts *f, const LabSpec *spec)
{
  g_autofree char *first = figures_number (f->before_y, 3), *top = figures_number (f->peak_y, 3),
                  *second = figures_number (f->after_y, 3);
  g_autofree char *t1 = figures_double_descent_place (spec, f->before_x, FALSE);
  g_autofree char *t2 = figures_double_descent_place (spec, f->peak_x, FALSE);
  g_autofree char *t3 = figures_double_descent_place (spec, f->after_x, FALSE);
  g_autofree char *noise = figures_number (100 * f->noise_share, 2);

  /* Translators: thrice an error and "t = 60". */
  g_string_append_printf (out,
                          _("The error falls to <b>%s</b> at %s, rises to <b>%s</b> at %s and "
                             "falls again, to <b>%s</b> at %s."),
                          first, t1, top, t2, second, t3);
  if (f->after_y >= f->before_y)
    g_string_append (out, _(" The second descent ends not below the first."));
  if (f->noise_share >= 0.01)
    g_string_append_printf (out, _(" Noise makes up %s %% of the maximum."), noise);
}

static void
write_time (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  const LabFacts *f = &curves->facts;
  g_autofree char *best = figures_number (f->best_y, 2), *last = figures_number (f->last_y, 2);
  g_autofree char *times = factor (f->last_y / f->best_y);
  g_autofree char *at = figures_double_descent_place (spec, f->best_x, FALSE);

  if (!isnan (f->peak_x))
    append_two_descents (out, f, spec);
  else if (f->last_y <= 1.01 * f->best_y)
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

static void
write_ridge (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  const LabFacts *f = &curves->facts;
  g_autofree char *best = figures_number (f->best_y, 2), *first = figures_number (f->first_y, 2);
  g_autofree char *times = factor (f->first_y / f->best_y);
  g_autofree char *ridge = figures_power (f->best_x, 2), *least = figures_power (f->first_x, 2);

  if (f->best_x == f->first_x)
    /* Translators: ridge, error. */
    g_string_append_printf (out,
                            _("The smaller the ridge the better: at the smallest one, %s, the "
                               "error is <b>%s</b>."),
                            least, best);
  else
    /* Translators: ridge, error, ridge, error, "33 times" or "48 % above". */
    g_string_append_printf (out,
                            _("The best ridge is <b>%s</b>, with an error of <b>%s</b>. At the "
                               "smallest one, %s, the error is %s: %s the best."),
                            ridge, best, least, first, times);
  if (f->first_y > LEAST_FACTOR * f->best_y)
    append_parts (out, f, spec);
  if (!isnan (f->peak_x))
    {
      g_autofree char *top = figures_number (f->peak_y, 2), *at = figures_power (f->peak_x, 2);

      /* Translators: error, ridge. */
      g_string_append_printf (out, _(" There is a peak along the ridge too: %s at %s."), top, at);
    }
}

/* ---- Over the ensemble ---- */

static void
write_ensemble (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  const LabFacts *f = &curves->facts;
  g_autofree char *first = figures_number (f->first_y, 2), *last = figures_number (f->last_y, 2),
                  *all = figures_number (f->infinite_y, 2);
  g_autofree char *few = figures_double_descent_place (spec, f->first_x, FALSE);
  g_autofree char *many = figures_double_descent_place (spec, f->last_x, FALSE);
  g_autofree char *times = factor (f->first_y / f->last_y);

  if (f->first_x == 1)
    g_string_append_printf (out, _("A single model has an error of <b>%s</b>."), first);
  else
    /* Translators: "8 models", error. */
    g_string_append_printf (out, _("The mean of %s has an error of <b>%s</b>."), few, first);
  append_parts (out, f, spec);
  /* Translators: "100 models", error, "33 times" or "48 % above", error. */
  g_string_append_printf (out,
                          _(" The mean of %s has <b>%s</b> (the first is %s that); infinitely "
                             "many would have <b>%s</b>."),
                          many, last, times, all);
}

void
figures_double_descent_verdict (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  switch ((int) lab_spec_axis (spec))
    {
    case LAB_TIME: write_time (out, curves, spec); break;
    case LAB_RIDGE: write_ridge (out, curves, spec); break;
    case LAB_ENSEMBLE: write_ensemble (out, curves, spec); break;
    default: write_threshold (out, curves, spec);
    }
}
