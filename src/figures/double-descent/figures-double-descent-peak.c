/* What double descent over width or samples says in words. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures-double-descent-private.h"

static void
append_peak (GString *out, const LabDescentFacts *f, const LabSpec *spec)
{
  g_autofree char *times = figures_factor (f->peak_y, f->before_y);
  g_autofree char *before = plot_format_measured (f->before_y, FIGURES_SAID);
  g_autofree char *at = figures_double_descent_place (spec, f->peak_x, TRUE);
  g_autofree char *from = figures_double_descent_place (spec, f->before_x, FALSE);
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
}

static void
append_harm (GString *out, const LabDescentFacts *f, const LabSpec *spec)
{
  g_autofree char *from = figures_double_descent_place (spec, f->before_x, FALSE);
  g_autofree char *to = figures_double_descent_place (spec, f->peak_x, FALSE);

  if (lab_spec_axis (spec) == LAB_N_TRAIN)
    g_string_append_printf (out, _(" More data hurts between %s and %s."), from, to);
}

static void
append_descent (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabDescentFacts *f = lab_descent_facts (answer);
  g_autofree char *last = plot_format_measured (f->last_y, FIGURES_SAID);

  if (figures_double_descent_climb (out, answer, spec, f->peak_x))
    return;
  if (!figures_differ (f->last_y, f->before_y) && !figures_differ (f->before_y, f->last_y))
    g_string_append_printf (out, _(" The second descent ends where the first did, at <b>%s</b>."), last);
  else if (f->last_y < f->before_y)
    g_string_append_printf (out, _(" The second descent ends lower, at <b>%s</b>."), last);
  else
    g_string_append_printf (out, _(" The second descent ends at <b>%s</b>, not below the first."),
                            last);
}

/* What a random start leaves in the end. */
static void
append_start (GString *out, const LabDescentFacts *f)
{
  g_autofree char *percent = plot_format_measured (100 * f->initial_last, 2);

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

/* By theory of the mean: a ridge that there is already has removed nothing. */
static void
append_remedy (GString *out, const LabDescentFacts *f, const LabSpec *spec)
{
  g_autofree char *ridge = NULL;

  if (!(f->peak_ridge > lab_spec_real (spec, LAB_RIDGE)))
    return;
  ridge = plot_format_number (f->peak_ridge, 2);
  g_string_append_printf (out, _(" A ridge of <b>%s</b> removes the peak."), ridge);
}

static void
append_removed (GString *out, const LabDescentFacts *f, const LabSpec *spec)
{
  g_autofree char *ridge = plot_format_number (lab_spec_real (spec, LAB_RIDGE), 3);
  g_autofree char *time = isfinite (lab_spec_real (spec, LAB_TIME))
                            ? plot_format_number (lab_spec_real (spec, LAB_TIME), 3)
                            : NULL;

  if (f->removed == LAB_REMOVED_NEARLY)
    {
      g_autofree char *whole = plot_format_number (f->peak_ridge, 2);

      /* Translators: two ridges. */
      g_string_append_printf (out,
                              _("No peak to be seen: the ridge of <b>%s</b> leaves little of it, one of "
                                 "%s would remove it."),
                              ridge, whole);
    }
  else if (f->removed == LAB_REMOVED_BY_RIDGE)
    g_string_append_printf (out, _("No peak: the ridge of <b>%s</b> has removed it."), ridge);
  else if (f->removed == LAB_REMOVED_BY_TIME)
    g_string_append_printf (out, _("No peak: stopping at t = <b>%s</b> has removed it."), time);
  else
    g_string_append (out, _("No peak: averaging has removed that of single models."));
}

/* The range does not hold the threshold. */
static void
append_out_of_range (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabDescentFacts *f = lab_descent_facts (answer);
  double first = f->rank[0], last = f->rank[f->n_ranks - 1];
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
      out, _("No peak in this range: at its end, %s, the rank is <b>%.0f</b>, below n = %d."), to,
      floor (last), f->n);
  else if (lab_spec_is_infinite (spec) && last >= f->last_x)
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
                               "points than the rank, <b>%.0f</b>."),
                            from, ceil (first));
}

static void
append_meets (GString *out, const LabDescentFacts *f, const LabSpec *spec)
{
  g_autofree char *at = figures_double_descent_place (
    spec, figures_double_descent_threshold (f), FALSE);

  if (lab_spec_axis (spec) == LAB_WIDTH)
    /* Translators: n, "width 20" */
    g_string_append_printf (out, _("No peak, though the rank meets n = %d at %s."), f->n, at);
  else
    /* Translators: "n = 100" */
    g_string_append_printf (out, _("No peak, though n meets the rank at %s."), at);
}

/* The highest error is at an end of the range, and the threshold too. */
static gboolean
append_half_a_peak (GString *out, const LabDescentFacts *f, const LabSpec *spec)
{
  double end = f->top_y > FIGURES_LEAST_FACTOR * f->best_y ? f->top_x : NAN;
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
append_no_peak (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabDescentFacts *f = lab_descent_facts (answer);

  if (figures_double_descent_hump (out, answer, spec))
    ; /* what is seen comes before why nothing should be */
  else if (f->removed != LAB_REMOVED_BY_NOTHING)
    append_removed (out, f, spec);
  else if (append_half_a_peak (out, f, spec))
    ;
  else if (isnan (f->threshold))
    append_out_of_range (out, answer, spec);
  else if (answer->seeds_done < answer->seeds)
    /* What looks like one may be one: more seeds will tell. */
    g_string_append (out, _("No peak stands out of the scatter of the seeds yet."));
  else
    append_meets (out, f, spec);
  figures_double_descent_end (out, answer, spec);
}

void
figures_double_descent_peak (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabDescentFacts *f = lab_descent_facts (answer);

  if (isnan (f->peak_x))
    {
      append_no_peak (out, answer, spec);
      return;
    }
  append_peak (out, f, spec);
  figures_double_descent_parts (out, f, spec);
  append_harm (out, f, spec);
  append_remedy (out, f, spec);
  append_descent (out, answer, spec);
  append_start (out, f);
}
