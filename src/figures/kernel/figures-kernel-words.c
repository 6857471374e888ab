/* What is said of kernels. */

#include "figures-kernel-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A kernel whose least value is above this share of its greatest hardly tells directions apart; below zero
 * it tells them apart well whatever the share. */
#define HARDLY 0.2

/* How near to its limit the least share has to be to count as near it. */
#define NEAR_LIMIT 0.1

const char *
figures_kernel_name (const LabSpec *spec)
{
  return _(lab_parameter (LAB_KERNEL)->choice_labels[lab_spec_choice (spec, LAB_KERNEL)]);
}

static void
append_value (GString *title, const LabSpec *spec, LabKey key)
{
  g_autofree char *value = NULL;

  if (lab_spec_is_default (spec, key))
    return;
  value = plot_format_number (lab_spec_real (spec, key), 3);
  g_string_append_printf (title, ", %s = %s", lab_parameter (key)->symbol, value);
}

void
figures_kernel_append_network (GString *title, const LabSpec *spec)
{
  if (!lab_spec_matters (spec, LAB_ACTIVATION))
    return;
  g_string_append_printf (title, ", %s",
                          _(lab_parameter (LAB_ACTIVATION)
                              ->choice_labels[lab_spec_choice (spec, LAB_ACTIVATION)]));
  append_value (title, spec, LAB_SIGMA_W2);
  append_value (title, spec, LAB_SIGMA_B2);
}

char *
figures_kernel_label (const LabSpec *spec)
{
  if (lab_spec_choice (spec, LAB_NORMALISED) == 0)
    return g_strdup (figures_kernel_name (spec));
  /* Translators: a kernel, "NTK", divided by its value at the angle 0 */
  return g_strdup_printf (_("%s, over that at 0°"), figures_kernel_name (spec));
}

/* ---- Sentences ---- */

static char *
percent (double share)
{
  g_autofree char *number = plot_format_measured (100 * share, FIGURES_SAID);

  return g_strdup_printf ("%s %%", number);
}

/* How much of its value at angle 0 the kernel keeps at least. */
static void
say_least (GString *out, const LabKernelFacts *facts, const LabSpec *spec)
{
  const int depth = lab_spec_integer (spec, LAB_DEPTH);
  g_autofree char *least = plot_format_measured (facts->least, FIGURES_SAID);
  g_autofree char *angle = plot_format_number (round (facts->least_angle), 3);
  g_autofree char *limit = isnan (facts->limit) ? NULL : plot_format_number (facts->limit, 2);

  if (facts->least <= HARDLY)
    g_string_append_printf (
      out,
      /* Translators: "At depth 1 the NTK falls from 1 to −0.068 of its value at angle 0, at 143°." */
      _("At depth %d the %s falls from 1 to <b>%s</b> of its value at angle 0, at %s°."), depth,
      figures_kernel_name (spec), least, angle);
  else
    g_string_append_printf (
      out,
      /* Translators: "At depth 10 the NTK hardly tells directions apart: 0.29…1 of its value at angle 0" */
      _("At depth %d the %s hardly tells directions apart: <b>%s…1</b> of its value at angle 0"), depth,
      figures_kernel_name (spec), least);
  if (facts->least <= HARDLY)
    return;
  if (limit != NULL && fabs (facts->least - facts->limit) < NEAR_LIMIT)
    g_string_append_printf (out, _("; with depth it tends to %s at every other angle."), limit);
  else
    g_string_append_c (out, '.');
}

/* Measured over the networks, and the law where it is known and the measurement agrees. */
static void
say_deviation (GString *out, const LabKernelFacts *facts, const LabSpec *spec)
{
  const int width = lab_spec_integer (spec, LAB_WIDTH);
  double expected = facts->constant / sqrt (width);
  g_autofree char *share = NULL, *constant = NULL;

  if (isnan (facts->deviation))
    return;
  share = percent (facts->deviation);
  g_string_append_printf (out,
                          g_dngettext (GETTEXT_PACKAGE, " %d unit: <b>%s off</b> at angle 0",
                                       " %d units: <b>%s off</b> at angle 0", width),
                          width, share);
  if (!isnan (expected) && fabs (facts->deviation - expected) < 2 * facts->deviation_error)
    {
      g_autofree char *law = percent (expected);

      constant = plot_format_measured (facts->constant, 3);
      /* Translators: the standard deviation of a kernel of m units: "1.73/√m is 17 %" */
      g_string_append_printf (out, _("; %s/√m is %s."), constant, law);
    }
  else
    g_string_append_c (out, '.');
}

void
figures_kernel_profile_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabKernelFacts *facts = lab_kernel_facts (answer);
  const LabSeries *series;

  if (facts->comparison)
    {
      g_autofree char *last = NULL;

      series = lab_answer_find (answer, "comparison");
      last = plot_format_measured (series->y[series->n - 1], FIGURES_SAID);
      /* Translators: "Laplace kernel: from 1 at angle 0 to 0.14 at 180°." */
      g_string_append_printf (out, _("%s kernel: from 1 at angle 0 to <b>%s</b> at 180°."),
                              figures_kernel_name (spec), last);
      return;
    }
  if (facts->zero || isnan (facts->least))
    {
      g_string_append (out, _("The kernel is zero: no signal passes through the layers."));
      return;
    }
  say_least (out, facts, spec);
  say_deviation (out, facts, spec);
}

void
figures_kernel_matrix_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabKernelFacts *facts = lab_kernel_facts (answer);
  g_autofree char *share = NULL;

  if (facts->zero)
    {
      g_string_append (out, _("The kernel is zero: no signal passes through the layers."));
      return;
    }
  if (isnan (facts->deviation))
    {
      g_string_append_printf (out, _("The matrix of %d points, neighbours beside each other."), facts->n);
      return;
    }
  share = percent (facts->deviation);
  g_string_append_printf (out,
                          g_dngettext (GETTEXT_PACKAGE,
                                       "The matrix of a network of %d unit is <b>%s</b> from its limit.",
                                       "The matrix of a network of %d units is <b>%s</b> from its limit.",
                                       lab_spec_integer (spec, LAB_WIDTH)),
                          (int) lab_spec_integer (spec, LAB_WIDTH), share);
}

/* ---- Notes ---- */

static void
note_networks (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec)
{
  const int depth = lab_spec_integer (spec, LAB_DEPTH), width = lab_spec_integer (spec, LAB_WIDTH);

  if (lab_answer_find (answer, "empirical") != NULL && depth > 1 && !isnan (lab_kernel_facts (answer)->constant) && width < 16 * depth)
    g_strv_builder_add (notes, _("So narrow and deep, networks scatter more than the leading order says."));
}

void
figures_kernel_notes (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec)
{
  const LabKernelFacts *facts = lab_kernel_facts (answer);

  note_networks (notes, answer, spec);
  if (facts->zero && lab_spec_choice (spec, LAB_NORMALISED) != 0)
    g_strv_builder_add (notes, _("The kernel is 0 at angle 0, so that nothing can be divided by it."));
  if (facts->n > 0)
    g_strv_builder_add (notes, lab_spec_integer (spec, LAB_DIM) == 2
                                 ? _("Points in the order of their angles on the circle.")
                                 : _("Points in the order of their first principal direction."));
}
