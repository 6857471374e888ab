/* What must be said about the numbers of double descent: cut-offs, domains of theory, what is not known. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "figures-double-descent-private.h"

static LabTheoryKind
theory_of (const LabSpec *spec)
{
  return lab_spec_model (spec)->theory;
}

static gboolean
is_minimum_norm (const LabSpec *spec)
{
  LabKey axis = lab_spec_axis (spec);

  return axis != LAB_TIME && isinf (lab_spec_real (spec, LAB_TIME)) && axis != LAB_RIDGE
         && lab_spec_real (spec, LAB_RIDGE) == 0;
}

static void
note_cutoff (GStrvBuilder *notes, const LabDescentFacts *f, const LabSpec *spec)
{
  gboolean one_place = lab_spec_axis (spec) == LAB_ENSEMBLE;
  g_autofree char *place = figures_double_descent_place (spec, f->cutoff_x, FALSE);
  /* Translators: "width 20" or "n = 100". */
  g_autofree char *at = one_place ? g_strdup ("") : g_strdup_printf (_(" (at %s)"), place);
  g_autofree char *cutoff = plot_format_number (lab_spec_real (spec, LAB_CUTOFF), 2);
  g_autofree char *first = g_strdup_printf (
    g_dngettext (
      GETTEXT_PACKAGE,
      /* Translators: %s is "10⁻¹⁰", the second " (at width 20)" or nothing. */
      "The cut-off decides: eigenvalues below %s of the largest count as zero, up to %d direction%s;",
      "The cut-off decides: eigenvalues below %s of the largest count as zero, up to %d directions%s;",
      f->max_cut),
    cutoff, f->max_cut, at);
  g_autofree char *note = g_strconcat (first, " ",
                                       isnan (f->peak_x)
                                         ? _("it sets the rank.")
                                         : _("it sets the rank and the height of the peak."),
                                       NULL);

  g_strv_builder_add (notes, note);
}

/* ---- Theory that is drawn ---- */

/* Error bars of theory depend on what it stands on. */
static void
note_finite (GStrvBuilder *notes, const LabSpec *spec)
{
  gboolean gaussian = lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_GAUSSIAN;

  if (theory_of (spec) == LAB_THEORY_FEATURES)
    return;
  if (theory_of (spec) == LAB_THEORY_KERNEL)
    g_strv_builder_add (notes, _("Mean-field theory gives the expected error, for data that fill "
                                  "the sphere evenly."));
  else if (gaussian && is_minimum_norm (spec))
    g_strv_builder_add (notes,
                        _("Theory is exact for the mean over draws, infinite where n and the "
                           "rank differ by one at most."));
  else if (is_minimum_norm (spec))
    g_strv_builder_add (notes,
                        _("Theory is the limit of many samples and coordinates, off by O(1/n), "
                           "and by more at the threshold."));
  else
    g_strv_builder_add (notes, _("Theory is the limit of many samples and coordinates, off by "
                                  "O(1/n)."));
}

/* ---- Theory that is asked for and not to be had ---- */

static const char *const whys[] = {
  [LAB_THEORY_NONE] = N_("No theory at finite D is known for the linearised network."),
  [LAB_THEORY_FEATURES] =
    N_("Theory at finite D is known for one hidden layer without biases, trained to the end "
        "on the sphere in D = 3 or more."),
  [LAB_THEORY_LINEAR] = N_("Theory of the linear model is known for the linear target."),
  [LAB_THEORY_KERNEL] = N_("Mean-field theory is known for the kernels of networks on the sphere in "
                            "D = 3 or more, with a ridge or stopped in time."),
};

static const char *
why_no_theory (const LabSpec *spec)
{
  return _(whys[theory_of (spec)]);
}

/* Series that are missing for a reason of their own; all others belong to the theory at finite
 * D. */
static const struct
{
  const char *id;
  const char *words;
} reasons[] = {
  { "tuned-ridge", N_("The best ridge is known for single models of random features, over width or "
                       "samples.") },
  { "lower-bound",
    N_("The lower bound holds for the noise of single finite models without ridge, trained to "
        "the end.") },
  { "asymptotic", N_("Theory for D → ∞ is known for one hidden layer without biases, trained to the end on "
       "the sphere, a linear target and, with both layers trained, a mirrored start.") },
  { "ensemble-limit", N_("The infinite ensemble is known for random features.") },
  { "limit",
    N_("The limit of infinite width is drawn for networks and random features; of these on "
        "the sphere, or with homogeneous activations.") },
};

/* Whether a curve that was asked for is not to be had; by default only those are shown that are. */
static gboolean
misses (const LabSpec *spec, const char *id)
{
  return !lab_spec_is_default (spec, LAB_SHOW) && lab_spec_shows (spec, id)
         && !lab_spec_can_show (spec, id);
}

static void
note_missing (GStrvBuilder *notes, const LabSpec *spec)
{
  gboolean features = theory_of (spec) == LAB_THEORY_FEATURES;
  gboolean theory = lab_spec_can_show (spec, "finite-d");

  if (misses (spec, "finite-d") || (features && lab_spec_shows (spec, "finite-d") && !theory))
    g_strv_builder_add (notes, why_no_theory (spec));
  else if (misses (spec, "bias") || misses (spec, "sampling") || misses (spec, "weights"))
    g_strv_builder_add (
      notes, features ? why_no_theory (spec)
                      : _("Bias, sampling and weights are told apart for random features "
                           "alone."));
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (misses (spec, reasons[i].id) && !(features && !theory))
      g_strv_builder_add (notes, _(reasons[i].words));
}

static void
note_ensemble (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec)
{
  if (lab_descent_facts (answer)->lifted > 0)
    g_strv_builder_add (notes, _("Where so few draws put the error of an ensemble below 0, it stands as "
                                  "0: take more seeds or test points."));
  if (lab_spec_is_ensemble (spec))
    g_strv_builder_add (notes,
                        lab_spec_axis (spec) == LAB_ENSEMBLE
                          ? _("From 32 models on each data set: E(K) = E(1)/K + (1 − 1/K) E(∞), "
                               "exact in the mean, uncertain where single errors scatter widely. K = 1 "
                               "is their mean on each data set, above the median of single models where "
                               "these scatter.")
                          : _("From 8 models on each data set: E(K) = E(1)/K + (1 − 1/K) E(∞), "
                               "exact in the mean, uncertain where single errors scatter widely."));
}

static gboolean
draws (const LabAnswer *answer, const LabSpec *spec, const char *id)
{
  return lab_spec_shows (spec, id) && lab_answer_find (answer, id) != NULL;
}

/* Whether the curve is left out at some places only. */
static gboolean
draws_some (const LabAnswer *answer, const LabSpec *spec, const char *id)
{
  const LabSeries *series = lab_answer_find (answer, id);

  for (int i = 0; draws (answer, spec, id) && i < series->n; i++)
    if (!isnan (series->y[i]))
      return TRUE;
  return FALSE;
}

void
figures_double_descent_notes (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec)
{
  if (is_minimum_norm (spec) && lab_descent_facts (answer)->max_cut > 0)
    note_cutoff (notes, lab_descent_facts (answer), spec);
  if (draws_some (answer, spec, "finite-d"))
    note_finite (notes, spec);
  if (draws (answer, spec, "lower-bound"))
    g_strv_builder_add (notes,
                        _("The lower bound holds for the mean part of the noise, without ridge, "
                           "whatever the features."));
  if (draws (answer, spec, "lower-bound") && lab_descent_facts (answer)->bound_ends)
    g_strv_builder_add (notes, _("The lower bound is left out where eigenvalues fall below the cut-off, "
                                  "or units are dead: the rank is not that of the features there."));
  note_ensemble (notes, answer, spec);
  figures_note_theory (notes, answer, spec);
  figures_double_descent_note_stack (notes, answer, spec);
  note_missing (notes, spec);
}
