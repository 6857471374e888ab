/* What must be said of the numbers of learning curves: cut-offs, points left out, what becomes of noise. */

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "figures-learning-private.h"

static gboolean
fits_noise (const LabSpec *spec)
{
  return lab_spec_choice (spec, LAB_STOP) == LAB_STOP_END && lab_spec_real (spec, LAB_NOISE) > 0;
}

/* What is cut off is not fitted: the law of large n holds but for the cut-off. */
static void
append_cut_noise (GString *out, const LabNoiseCost *cost, gboolean numbers)
{
  g_autofree char *limit = plot_format_measured (cost->limit, 2);

  if (cost->kind == LAB_OVERFITTING_CATASTROPHIC)
    g_string_append (out, _(" Trained to the end overfitting would be <b>catastrophic</b> but for the cut-off: "
                             "what noise costs would grow without bound."));
  else if (numbers && !isnan (cost->limit))
    /* Translators: a number, "0.2". */
    g_string_append_printf (out,
                            _(" Trained to the end overfitting would be <b>tempered</b> but for the cut-off: "
                               "noise would cost %s σ² in the limit."),
                            limit);
  else
    g_string_append (out, _(" Trained to the end overfitting would be <b>tempered</b> but for the cut-off: "
                             "noise would cost a finite multiple of σ² in the limit."));
}

/* Noise that is fitted whole, since nothing is cut off. */
static void
append_fitted_noise (GString *out, const LabNoiseCost *cost, gboolean numbers)
{
  g_autofree char *limit = plot_format_measured (cost->limit, 2);

  if (cost->kind == LAB_OVERFITTING_CATASTROPHIC)
    g_string_append (out, _(" Trained to the end the noise is fitted too, and overfitting is "
                            "<b>catastrophic</b>: but for the cut-off, what noise costs would grow "
                            "without bound."));
  else if (cost->kind == LAB_OVERFITTING_UNKNOWN)
    g_string_append (
      out, _(" Trained to the end the noise is fitted too: the error does not go to zero."));
  else if (numbers && !isnan (cost->limit))
    /* Translators: a number, "0.2". */
    g_string_append_printf (out,
                            _(" Trained to the end the noise is fitted too, and overfitting is "
                              "<b>tempered</b>: noise costs %s σ² in the limit."),
                            limit);
  else
    g_string_append (out, _(" Trained to the end the noise is fitted too, and overfitting is "
                            "<b>tempered</b>: noise costs a finite multiple of σ² in the limit."));
}

/* What becomes of the noise, of one panel in numbers. */
void
figures_learning_noise (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabLearningFacts *facts = lab_learning_facts (answer);
  const LabNoiseCost *cost = &facts->noise[0];
  gboolean numbers = answer->n_panels == 1 && !isnan (cost->share), cut = facts->max_dropped > 0;
  g_autofree char *share = plot_format_measured (cost->share, 2);

  if (!fits_noise (spec))
    return;
  for (guint panel = 1; panel < answer->n_panels; panel++)
    if (facts->noise[panel].kind != cost->kind)
      return;
  if (cost->kind == LAB_OVERFITTING_BENIGN)
    g_string_append (out, _(" With the ridge overfitting is <b>benign</b>: what noise costs goes to "
                            "zero as n grows."));
  else if (lab_spec_real (spec, LAB_RIDGE) > 0 || (cut && cost->kind == LAB_OVERFITTING_UNKNOWN))
    return;
  else if (cut)
    append_cut_noise (out, cost, numbers);
  else
    append_fitted_noise (out, cost, numbers);
  /* A cost that rounding of the error hides is none to speak of. */
  if (numbers && cost->kind != LAB_OVERFITTING_UNKNOWN && cost->share > DBL_EPSILON)
    /* Translators: n, a number. */
    g_string_append_printf (out, _(" At n = %g it costs %s σ²."), cost->n, share);
}

static void
note_dropped (GStrvBuilder *notes, int dropped, const LabSpec *spec)
{
  g_autofree char *cutoff = plot_format_number (lab_spec_real (spec, LAB_CUTOFF), 2);
  g_autofree char *note = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 /* Translators: "10⁻¹⁰" */
                 "The cut-off decides: eigenvalues below %s of the largest count as zero, up to %d "
                 "direction.",
                 "The cut-off decides: eigenvalues below %s of the largest count as zero, up to %d "
                 "directions.",
                 dropped),
    cutoff, dropped);

  g_strv_builder_add (notes, note);
}

/* Errors of 0 have no place on log-log paper. */
static void
note_left_out (GStrvBuilder *notes, const LabAnswer *answer)
{
  int most = 0;
  g_autofree char *note = NULL;

  for (guint i = 0; i < answer->slopes->len; i++)
    most = MAX (most, g_array_index (answer->slopes, LabSlope, i).left_out);
  if (most == 0)
    return;
  note = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "%d point is left out of a slope: its error is zero to rounding.",
                 "%d points are left out of a slope: their errors are zero to rounding.", most),
    most);
  g_strv_builder_add (notes, note);
}

static gboolean
lacks_mean_field (const LabAnswer *answer)
{
  for (guint panel = 0; panel < answer->n_panels; panel++)
    if (lab_answer_find_in (answer, "mean-field-mirrored", panel) == NULL)
      return TRUE;
  return FALSE;
}

/* Whether eigenvalues fall so fast that minimum norm is decided by its cut-off. */
static gboolean
is_cut_off (const LabSpec *spec)
{
  return strcmp (lab_spec_choice_name (spec, LAB_KERNEL), "rbf") == 0
         && lab_spec_choice (spec, LAB_STOP) == LAB_STOP_END && lab_spec_real (spec, LAB_RIDGE) == 0;
}

void
figures_learning_notes (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec)
{
  gboolean theory = lab_spec_shows (spec, "mean-field-mirrored")
                    || lab_spec_shows (spec, "mean-field-standard");

  if (lab_learning_facts (answer)->max_dropped > 0)
    note_dropped (notes, lab_learning_facts (answer)->max_dropped, spec);
  note_left_out (notes, answer);
  if (!theory)
    return;
  if (!lab_spec_can_show (spec, "mean-field-mirrored"))
    g_strv_builder_add (notes,
                        _("The mean-field curve is known in D = 3 or more, and with a ridge only "
                           "when trained to the end."));
  else if (is_cut_off (spec))
    g_strv_builder_add (notes, _("What is simulated of the RBF kernel without ridge is set by the "
                                  "cut-off, which acts as a ridge; theory has none."));
  else if (lacks_mean_field (answer))
    g_strv_builder_add (notes, _("No mean-field curve: the spectrum of this kernel is not known "
                                  "well enough."));
  else if (!lab_spec_is_infinite (spec))
    g_strv_builder_add (notes, _("The curves of infinite width are mean field: they are of another "
                                  "model than these networks, to compare with."));
  figures_note_theory (notes, answer, spec);
}
