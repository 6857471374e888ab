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

static void
append_peak (GString *out, const LabFacts *f)
{
  g_autofree char *times = figures_number (f->peak_y / f->before_y, 2);
  g_autofree char *before = figures_number (f->before_y, 2);

  if (fabs (f->peak_x - f->threshold) < 1)
    /* Translators: width, n, factor, error, width. */
    g_string_append_printf (out,
                            _("Peak at width <b>%g</b>, where the rank meets n = %d: <b>%s "
                               "times</b> the best error before it (%s at width %g)."),
                            f->peak_x, f->n, times, before, f->before_x);
  else
    g_string_append_printf (out,
                            _("Peak at width <b>%g</b> (n = %d): <b>%s times</b> the best error "
                               "before it (%s at width %g)."),
                            f->peak_x, f->n, times, before, f->before_x);
}

static void
append_parts (GString *out, const LabFacts *f, const LabSpec *spec)
{
  if (lab_spec_real (spec, LAB_NOISE) > 0)
    g_string_append_printf (out, " %s", noise_words (f->noise_share));
  if (f->initial_share >= 0.05)
    {
      g_autofree char *percent = figures_number (100 * f->initial_share, 2);

      g_string_append_printf (out, _(" The initial function makes up %s %%."), percent);
    }
}

static void
append_end (GString *out, const LabFacts *f)
{
  g_autofree char *last = figures_number (f->last_y, 2);

  if (f->last_y < f->before_y)
    g_string_append_printf (out, _(" The second descent ends lower, at <b>%s</b>."), last);
  else
    g_string_append_printf (out, _(" The second descent ends at <b>%s</b>, not below the first."),
                            last);
}

static void
append_no_peak (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  const LabFacts *f = &curves->facts;
  g_autofree char *last = figures_number (f->last_y, 2);
  double rank = curves->rank[curves->n_ranks - 1];

  if (lab_spec_real (spec, LAB_RIDGE) > 0)
    {
      g_autofree char *ridge = figures_number (lab_spec_real (spec, LAB_RIDGE), 2);

      g_string_append_printf (
        out, _("No peak: the ridge of <b>%s</b> has removed it. The error ends at <b>%s</b>."),
        ridge, last);
    }
  else if (isnan (f->threshold))
    g_string_append_printf (out,
                            _("No peak in this range: at its end, width %g, the rank is "
                               "<b>%g</b>, below n = %d. The error ends at <b>%s</b>."),
                            f->last_x, rank, f->n, last);
  else if (curves->rank[0] >= f->n)
    g_string_append_printf (out,
                            _("No peak in this range: from its beginning, width %g, the model "
                               "interpolates all n = %d points. The error ends at <b>%s</b>."),
                            curves->rank_x[0], f->n, last);
  else
    g_string_append_printf (
      out, _("No peak, though the rank meets n = %d at width %.3g. The error ends at <b>%s</b>."),
      f->n, f->threshold, last);
}

void
figures_double_descent_verdict (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  const LabFacts *f = &curves->facts;

  if (isnan (f->peak_x))
    append_no_peak (out, curves, spec);
  else
    {
      append_peak (out, f);
      append_parts (out, f, spec);
      append_end (out, f);
    }
}

static void
note_cutoff (GStrvBuilder *notes, const LabFacts *f)
{
  g_autofree char *note = g_strdup_printf (
    g_dngettext (
      GETTEXT_PACKAGE,
      "Minimum norm beyond the threshold: up to %d direction (at width %g) with an eigenvalue "
      "below 10⁻¹⁰ of the largest is left out; the cut-off sets the height of the peak.",
      "Minimum norm beyond the threshold: up to %d directions (at width %g) with eigenvalues "
      "below 10⁻¹⁰ of the largest are left out; the cut-off sets the height of the peak.",
      f->max_dropped),
    f->max_dropped, f->cutoff_x);

  g_strv_builder_add (notes, note);
}

/* Whether eigenvalues of random features fall below the cut-off away from the threshold too. */
static gboolean
loses_rank (const LabCurves *curves)
{
  for (int i = 0; i < curves->n_ranks; i++)
    if (curves->rank[i] < 0.98 * MIN (curves->rank_x[i], curves->facts.n))
      return TRUE;
  return FALSE;
}

/* The domain of theory at finite D. */
static void
note_theory (GStrvBuilder *notes, const LabCurves *curves, gboolean ridgeless)
{
  if (lab_curves_find (curves, "finite-d") == NULL)
    g_strv_builder_add (
      notes,
      _("Theory at finite D is known for one hidden layer without biases, in D = 3 or more."));
  else if (ridgeless && loses_rank (curves))
    g_strv_builder_add (notes,
                        _("Eigenvalues below 10⁻¹⁰ of the largest are left out, which works "
                           "like a ridge; theory knows no such cut-off."));
  else if (ridgeless && isfinite (curves->facts.threshold))
    g_strv_builder_add (
      notes,
      /* xgettext:no-c-format */
      _("Without ridge, theory at finite D is 5 to 30 % low within 10 % of the threshold."));
}

void
figures_double_descent_notes (GStrvBuilder *notes, const LabCurves *curves, const LabSpec *spec)
{
  gboolean ridgeless = lab_spec_real (spec, LAB_RIDGE) == 0;

  if (ridgeless && curves->facts.max_dropped > 0)
    note_cutoff (notes, &curves->facts);
  if (lab_spec_shows (spec, "finite-d") && lab_spec_choice (spec, LAB_MODEL) == LAB_MODEL_RANDOM_FEATURES)
    note_theory (notes, curves, ridgeless);
}
