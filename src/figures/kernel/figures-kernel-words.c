/* What is said of kernels. */

#include "figures-kernel-private.h"

#include <glib/gi18n-lib.h>
#include <float.h>
#include <math.h>

/* A kernel that falls by no more than a tenth hardly tells directions apart. */
#define HARDLY 0.9

/* How near to its limit the least share has to be to count as near it. */
#define NEAR_LIMIT 0.1

/* A fall below this is rounding. */
#define SAME 1e-14

const char *
figures_kernel_name (const LabSpec *spec)
{
  return _(lab_parameter (LAB_KERNEL)->choice_labels[lab_spec_choice (spec, LAB_KERNEL)]);
}

char *
figures_kernel_title (const LabSpec *spec)
{
  if (lab_spec_matters (spec, LAB_ACTIVATION))
    return g_strdup (figures_kernel_name (spec));
  /* Translators: of a kernel that is no network's, "Laplace kernel" */
  return g_strdup_printf (_("%s kernel"), figures_kernel_name (spec));
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
  g_autofree char *title = figures_kernel_title (spec);

  if (lab_spec_choice (spec, LAB_NORMALISED) == 0)
    return g_steal_pointer (&title);
  /* Translators: a kernel, "NTK", divided by its value at the angle 0 */
  return g_strdup_printf (_("%s, over that at 0°"), title);
}

/* ---- Sentences ---- */

static char *
percent (double share)
{
  g_autofree char *number = plot_format_measured (100 * share, FIGURES_SAID);

  return g_strdup_printf ("%s %%", number);
}

/* What the kernel falls to is named with as many digits as tell it from 1. */
static void
say_fall (GString *out, const LabKernelFacts *facts, const LabSpec *spec)
{
  const int depth = lab_spec_integer (spec, LAB_DEPTH);
  g_autofree char *least = plot_format_measured (facts->least, figures_digits (1, facts->least, FIGURES_SAID));
  g_autofree char *angle = plot_format_number (round (facts->least_angle), 3);

  if (facts->least == 0)
    g_string_append_printf (
      out,
      /* Translators: "At depth 1 the NNGP falls from 1 to 0, to rounding, of its value at angle 0, first at 180°" */
      _("At depth %d the %s falls from 1 to <b>0</b>, to rounding, of its value at angle 0, first at %s°"), depth,
      figures_kernel_name (spec), angle);
  else if (facts->least < HARDLY)
    g_string_append_printf (
      out,
      /* Translators: "At depth 1 the NTK falls from 1 to −0.068 of its value at angle 0, at 143°" */
      _("At depth %d the %s falls from 1 to <b>%s</b> of its value at angle 0, at %s°"), depth,
      figures_kernel_name (spec), least, angle);
  else
    g_string_append_printf (
      out,
      /* Translators: "At depth 10 the NNGP hardly tells directions apart: 0.92…1 of its value at angle 0" */
      _("At depth %d the %s hardly tells directions apart: <b>%s…1</b> of its value at angle 0"), depth,
      figures_kernel_name (spec), least);
}

/* How much of its value at angle 0 the kernel keeps at least. */
static void
say_least (GString *out, const LabKernelFacts *facts, const LabSpec *spec)
{
  if (1 - facts->least < SAME)
    {
      g_string_append_printf (out, _("At depth %d the %s is the same at every angle, to rounding."),
                              (int) lab_spec_integer (spec, LAB_DEPTH), figures_kernel_name (spec));
      return;
    }
  say_fall (out, facts, spec);
  if (fabs (facts->least - facts->limit) < NEAR_LIMIT)
    {
      g_autofree char *limit = plot_format_number (facts->limit, 2);

      g_string_append_printf (out, _("; with depth it tends to %s at every angle but 0."), limit);
    }
  else
    g_string_append_c (out, '.');
}

/* What the root mean square is over all networks, whatever those drawn have. */
static void
say_law (GString *out, const LabKernelFacts *facts, const LabSpec *spec)
{
  g_autofree char *law = percent (facts->constant / sqrt (lab_spec_integer (spec, LAB_WIDTH)));
  g_autofree char *constant = plot_format_measured (facts->constant, 3);

  g_string_append_printf (out,
                          lab_kernel_deviation_is_exact (spec)
                            /* Translators: the root mean square, "; over all networks it is exactly 1.73/√m, 22 %" */
                            ? _("; over all networks it is exactly %s/√m, %s")
                            /* Translators: likewise, "it is 6.32/√m, 56 %, to leading order" */
                            : _("; over all networks it is %s/√m, %s, to leading order"),
                          constant, law);
}

/* Measured over the networks drawn, and the law where it is known. */
static void
say_deviation (GString *out, const LabKernelFacts *facts, const LabSpec *spec)
{
  const int width = lab_spec_integer (spec, LAB_WIDTH);
  g_autofree char *share = percent (facts->deviation);

  if (isnan (facts->deviation))
    return;
  g_string_append_printf (out, g_dngettext (GETTEXT_PACKAGE, " %d unit: ", " %d units: ", width), width);
  if (facts->deviation == 0)
    {
      g_string_append_printf (out, _("the kernels of %d networks are the limit at angle 0, to rounding."),
                              facts->networks);
      return;
    }
  g_string_append_printf (
    out,
    /* Translators: behind "64 units: " */
    _("<b>%s off</b> the limit at angle 0, the root mean square of %d networks"), share, facts->networks);
  if (facts->constant > 0)
    say_law (out, facts, spec);
  g_string_append_c (out, '.');
}

/* Values too small for a normal number are 0, or have lost digits. */
static void
say_comparison (GString *out, double last, const LabSpec *spec)
{
  g_autofree char *number = plot_format_measured (last, FIGURES_SAID);
  g_autofree char *title = figures_kernel_title (spec);

  if (fabs (last) < DBL_MIN)
    g_string_append_printf (out, _("%s: from 1 at angle 0 to <b>0</b>, to rounding, at 180°."), title);
  else
    /* Translators: "Laplace kernel: from 1 at angle 0 to 0.14 at 180°." */
    g_string_append_printf (out, _("%s: from 1 at angle 0 to <b>%s</b> at 180°."), title, number);
}

void
figures_kernel_profile_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabKernelFacts *facts = lab_kernel_facts (answer);

  if (facts->comparison)
    {
      const LabSeries *series = lab_answer_find (answer, "comparison");

      say_comparison (out, series->y[series->n - 1], spec);
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

/* What is off the diagonal: how much of its value at angle 0 the kernel has of two points. */
static void
say_pairs (GString *out, const LabKernelFacts *facts, const LabSpec *spec)
{
  g_autofree char *title = figures_kernel_title (spec);
  g_autofree char *least = plot_format_measured (facts->least, FIGURES_SAID);
  g_autofree char *most = plot_format_measured (facts->most, figures_digits (1, facts->most, FIGURES_SAID));

  if (g_str_equal (least, most))
    /* Translators: "Between any two points the NTK has 0.29 of its value at angle 0." */
    g_string_append_printf (out, _("Between any two points the %s has <b>%s</b> of its value at angle 0."), title,
                            least);
  else
    /* Translators: "Between two of the 100 points the NTK has from 0.27 to 0.41 of its value at angle 0." */
    g_string_append_printf (
      out, _("Between two of the %d points the %s has from <b>%s</b> to <b>%s</b> of its value at angle 0."),
      facts->n, title, least, most);
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
      say_pairs (out, facts, spec);
      return;
    }
  if (facts->deviation == 0)
    {
      g_string_append (out, _("The matrix of the network is its limit, to rounding."));
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

/* Widths per layer up to which the leading order is more than a few percent too small. */
#define NARROW 16

static void
note_networks (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec)
{
  const int depth = lab_spec_integer (spec, LAB_DEPTH), width = lab_spec_integer (spec, LAB_WIDTH);

  if (lab_answer_find (answer, "deviation") == NULL || lab_kernel_deviation_is_exact (spec))
    return;
  g_strv_builder_add (
    notes, width > NARROW * depth
             ? _("The standard deviation is to leading order in 1/m; networks scatter a little more.")
             : _("So narrow and deep, networks scatter more than the leading order says, by a few that are far "
                 "off and that small numbers of networks miss."));
}

static void
note_reach (GStrvBuilder *notes, const LabKernelFacts *facts)
{
  g_autofree char *note
    = g_strdup_printf (_("From depth %d on no curve is drawn: the variance of a layer is too large for the "
                         "kernel's series."),
                       facts->out_of_reach);

  if (facts->out_of_reach > 0)
    g_strv_builder_add (notes, note);
}

void
figures_kernel_notes (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec)
{
  const LabKernelFacts *facts = lab_kernel_facts (answer);

  note_networks (notes, answer, spec);
  note_reach (notes, facts);
  if (facts->zero && lab_spec_choice (spec, LAB_NORMALISED) != 0)
    g_strv_builder_add (notes, _("The kernel is 0 at angle 0, so that nothing can be divided by it."));
  if (facts->n > 0)
    g_strv_builder_add (notes, lab_spec_integer (spec, LAB_DIM) == 2
                                 ? _("Points in the order of their angles on the circle.")
                                 : _("Points in the order of their first principal direction."));
}
