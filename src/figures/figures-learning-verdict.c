/* What learning curves say in words. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "figures-private.h"

/* An interval of less is none. */
#define LEAST_HALF 0.0005

char *
figures_slope (const LabFit *fit)
{
  if (isnan (fit->slope))
    return NULL;
  if (isnan (fit->high))
    return plot_format_fixed (fit->slope, 2);
  /* of a curve that is the same in all trials, as a flat one */
  if (fit->high - fit->low < 2 * LEAST_HALF)
    return plot_format_fixed (fit->slope, 3);
  return plot_format_uncertain (fit->slope, (fit->high - fit->low) / 2);
}

static int
common_divisor (int a, int b)
{
  return b == 0 ? a : common_divisor (b, a % b);
}

/* As a fraction where it is one: all limits are, over d or one of few sums with it. */
char *
figures_exponent (const LabFit *fit, const LabCurves *curves)
{
  int d = curves->dims[fit->panel] - 1;
  const int denominators[] = { d, d + 3, 3 * d + 2, 3 * d + 6 };

  for (gsize i = 0; i < G_N_ELEMENTS (denominators); i++)
    {
      int numerator = lround (fabs (fit->limit) * denominators[i]);
      int divisor = common_divisor (numerator, denominators[i]);

      if (fabs (fabs (fit->limit) * denominators[i] - numerator) > 1e-9)
        continue;
      if (divisor == denominators[i])
        return plot_format_fixed (fit->limit, 0);
      return g_strdup_printf ("%s%d/%d", fit->limit < 0 ? "−" : "", numerator / divisor,
                              denominators[i] / divisor);
    }
  return plot_format_fixed (fit->limit, 2);
}

/* Factors below are no difference worth a sentence. */
#define NO_DIFFERENCE 1.05

/* What a random start costs where the measurement ends. */
static void
append_ratio (GString *out, const LabCurves *curves, guint panel)
{
  const LabSeries *mirrored = lab_curves_find_in (curves, "mirrored", panel),
                  *standard = lab_curves_find_in (curves, "standard", panel);
  int last = mirrored->n - 1;
  g_autofree char *zero = plot_format_measured (mirrored->y[last], FIGURES_SAID), *random = NULL, *times = NULL;

  if (standard == NULL)
    {
      /* Translators: n, error. */
      g_string_append_printf (out, _("At n = %.0f the error is <b>%s</b>."), mirrored->x[last],
                              zero);
      return;
    }
  random = plot_format_measured (standard->y[last], FIGURES_SAID);
  if (mirrored->y[last] == 0)
    {
      if (standard->y[last] == 0)
        /* Translators: n. */
        g_string_append_printf (out, _("At n = %.0f both starts are exact to rounding."),
                                mirrored->x[last]);
      else
        /* Translators: n, error. */
        g_string_append_printf (out,
                                _("At n = %.0f a mirrored start is exact to rounding, and a random "
                                   "one has an error of <b>%s</b>."),
                                mirrored->x[last], random);
      return;
    }
  if (standard->y[last] < NO_DIFFERENCE * mirrored->y[last])
    {
      /* Translators: n, error, error. */
      g_string_append_printf (out,
                              _("At n = %.0f a mirrored start is no better than a random one (%s "
                                 "against %s)."),
                              mirrored->x[last], zero, random);
      return;
    }
  times = plot_format_measured (standard->y[last] / mirrored->y[last], 2);
  /* Translators: n, factor, error, error. */
  g_string_append_printf (out,
                          _("At n = %.0f a mirrored start is <b>%s times</b> better than a random "
                             "one (%s against %s)."),
                          mirrored->x[last], times, zero, random);
}

/* What is below rounding where the measurement ends has no slope. */
static gboolean
is_exact (const LabCurves *curves, guint panel)
{
  const LabSeries *mirrored = lab_curves_find_in (curves, "mirrored", panel);

  return mirrored->y[mirrored->n - 1] == 0;
}

static void
append_slopes (GString *out, const LabCurves *curves, guint panel)
{
  const LabFit *mirrored = lab_curves_find_fit (curves, "mirrored", panel),
               *standard = lab_curves_find_fit (curves, "standard", panel);
  g_autofree char *zero = figures_slope (mirrored), *random = NULL;

  if (zero == NULL || (standard != NULL && isnan (standard->slope)) || is_exact (curves, panel))
    return;
  if (standard == NULL)
    {
      g_string_append_printf (out, _(" Its slope is <b>%s</b>."), zero);
      return;
    }
  random = figures_slope (standard);
  /* Translators: two slopes on log-log paper. */
  g_string_append_printf (out, _(" Slopes: mirrored <b>%s</b>, standard <b>%s</b>."), zero,
                          random);
}

/* How far the mean-field curve has come at the end of its reach. */
static void
append_drift (GString *out, const LabCurves *curves, const LabFit *fit)
{
  const LabSeries *theory = lab_curves_find_in (curves, "mean-field-standard", fit->panel);
  g_autofree char *here = NULL, *there = NULL, *far = NULL;
  double slope;
  int n;

  if (theory == NULL || isnan (fit->theory) || theory->n < 3)
    return;
  n = theory->n;
  slope = log (theory->y[n - 1] / theory->y[n - 2]) / log (theory->x[n - 1] / theory->x[n - 2]);
  if (isnan (slope))
    return;
  here = plot_format_fixed (fit->theory, 2);
  there = plot_format_fixed (slope, 2);
  far = plot_format_number (theory->x[n - 1], 2);
  /* Translators: slope, slope, number of samples. */
  g_string_append_printf (out, _(" Theory has %s here for the standard one, and %s at n = %s."),
                          here, there, far);
}

/* Why the slope tells nothing yet, and what would help. */
static const char *
uncertainty (const LabFit *fit)
{
  if (fit->points < 3)
    return _(" The window of the fit is too short: fewer than three points are in it.");
  if (isnan (fit->low))
    return _(" A single seed gives no interval: average over more.");
  if (fit->high - fit->low > 0.2)
    return _(" The window of the fit is too short for its interval: widen it, or average over "
              "more seeds.");
  return _(" The window of the fit is too short: it spans less than a factor of four in n.");
}

/* What the slopes are worth. */
static void
append_judgement (GString *out, const LabCurves *curves, guint panel)
{
  const LabFit *mirrored = lab_curves_find_fit (curves, "mirrored", panel),
               *standard = lab_curves_find_fit (curves, "standard", panel);
  g_autofree char *zero = figures_exponent (mirrored, curves), *random = NULL;

  if (is_exact (curves, panel))
    return;
  if (mirrored->too_short || (standard != NULL && standard->too_short))
    {
      g_string_append (out, uncertainty (mirrored->too_short ? mirrored : standard));
      return;
    }
  if (standard == NULL || !standard->pre_asymptotic)
    {
      if (mirrored->pre_asymptotic)
        /* Translators: an exponent, "−1". */
        g_string_append_printf (out,
                                _(" The mirrored slope is <b>pre-asymptotic</b>: its limit is %s, "
                                   "far beyond these n."),
                                zero);
      return;
    }
  random = figures_exponent (standard, curves);
  if (mirrored->pre_asymptotic)
    /* Translators: two exponents, "−3/2" and "−3/8". */
    g_string_append_printf (out,
                            _(" Both are <b>pre-asymptotic</b>: their limits are %s and %s, far "
                               "beyond these n."),
                            zero, random);
  else
    /* Translators: an exponent, "−3/8". */
    g_string_append_printf (out,
                            _(" The standard slope is <b>pre-asymptotic</b>: its limit is %s, far "
                               "beyond these n."),
                            random);
  append_drift (out, curves, standard);
}

static gboolean
fits_noise (const LabSpec *spec)
{
  return lab_spec_choice (spec, LAB_STOP) == LAB_STOP_END && lab_spec_real (spec, LAB_NOISE) > 0;
}

/* What becomes of the noise that is fitted, of one panel in numbers. */
static void
append_noise (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  const LabNoiseCost *cost = &curves->noise[0];
  gboolean numbers = curves->n_panels == 1 && !isnan (cost->share);
  g_autofree char *limit = plot_format_measured (cost->limit, 2), *share = plot_format_measured (cost->share, 2);

  if (cost->kind == LAB_OVERFITTING_BENIGN)
    g_string_append (out, _(" With the ridge overfitting is <b>benign</b>: what noise costs goes to "
                            "zero as n grows."));
  else if (lab_spec_real (spec, LAB_RIDGE) > 0)
    return;
  else if (cost->kind == LAB_OVERFITTING_CATASTROPHIC)
    g_string_append (out, _(" Trained to the end the noise is fitted too, and overfitting is "
                            "<b>catastrophic</b>: but for the cut-off, what noise costs would grow "
                            "without bound."));
  else if (cost->kind == LAB_OVERFITTING_TEMPERED && numbers && !isnan (cost->limit))
    /* Translators: a number, "0.2". */
    g_string_append_printf (out,
                            _(" Trained to the end the noise is fitted too, and overfitting is "
                              "<b>tempered</b>: noise costs %s σ² in the limit."),
                            limit);
  else if (cost->kind == LAB_OVERFITTING_TEMPERED)
    g_string_append (out, _(" Trained to the end the noise is fitted too, and overfitting is "
                            "<b>tempered</b>: noise costs a finite multiple of σ² in the limit."));
  else
    g_string_append (
      out, _(" Trained to the end the noise is fitted too: the error does not go to zero."));
  if (numbers && cost->kind != LAB_OVERFITTING_UNKNOWN)
    /* Translators: n, a number. */
    g_string_append_printf (out, _(" At n = %g it costs %s σ²."), cost->n, share);
}

static void
append_one (GString *out, const LabCurves *curves)
{
  append_ratio (out, curves, 0);
  append_slopes (out, curves, 0);
  append_judgement (out, curves, 0);
}

/* One line for each of several panels. */
static void
append_line (GString *out, const LabCurves *curves, guint panel)
{
  const LabSeries *mirrored = lab_curves_find_in (curves, "mirrored", panel),
                  *standard = lab_curves_find_in (curves, "standard", panel);
  const LabFit *zero_fit = lab_curves_find_fit (curves, "mirrored", panel),
               *random_fit = lab_curves_find_fit (curves, "standard", panel);
  int last = mirrored->n - 1;
  g_autofree char *zero = figures_slope (zero_fit), *times = NULL, *random = NULL;

  g_string_append_printf (out, "%s<i>D</i> = %d: ", panel > 0 ? "\n" : "", curves->dims[panel]);
  if (standard == NULL)
    {
      /* Translators: a slope. */
      g_string_append_printf (out, zero != NULL ? _("slope <b>%s</b>.") : _("no slope."), zero);
      return;
    }
  times = plot_format_measured (standard->y[last] / mirrored->y[last], 2);
  random = figures_slope (random_fit);
  if (mirrored->y[last] == 0)
    /* Translators: n. */
    g_string_append_printf (out, _("mirrored exact to rounding at n = %.0f"), mirrored->x[last]);
  else if (standard->y[last] < NO_DIFFERENCE * mirrored->y[last])
    /* Translators: n. */
    g_string_append_printf (out, _("mirrored no better at n = %.0f"), mirrored->x[last]);
  else
    /* Translators: factor, n. */
    g_string_append_printf (out, _("mirrored <b>%s times</b> better at n = %.0f"), times,
                            mirrored->x[last]);
  if (zero != NULL && random != NULL && !is_exact (curves, panel))
    /* Translators: two slopes on log-log paper. */
    g_string_append_printf (out, _("; slopes: mirrored <b>%s</b>, standard <b>%s</b>"), zero,
                            random);
  if (!isnan (zero_fit->limit) && !isnan (random_fit->limit) && !is_exact (curves, panel))
    {
      g_autofree char *zero_limit = figures_exponent (zero_fit, curves);
      g_autofree char *random_limit = figures_exponent (random_fit, curves);

      /* Translators: two exponents, "−1" and "−3/8". */
      g_string_append_printf (out, _(" (limits %s, %s)"), zero_limit, random_limit);
    }
  g_string_append_c (out, '.');
}

/* What all the panels' slopes are worth. */
static void
append_common_judgement (GString *out, const LabCurves *curves)
{
  gboolean pre_asymptotic = FALSE;

  for (guint i = 0; i < curves->fits->len; i++)
    {
      const LabFit *fit = &g_array_index (curves->fits, LabFit, i);

      if (fit->too_short)
        {
          g_string_append (out, uncertainty (fit));
          return;
        }
      pre_asymptotic = pre_asymptotic || fit->pre_asymptotic;
    }
  if (pre_asymptotic)
    g_string_append (out, _(" <b>Pre-asymptotic</b>: the limits are far beyond these n."));
}

void
figures_learning_verdict (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  if (lab_curves_find (curves, "mirrored")->n == 0)
    return;
  if (curves->n_panels == 1)
    append_one (out, curves);
  else
    {
      for (guint panel = 0; panel < curves->n_panels; panel++)
        append_line (out, curves, panel);
      append_common_judgement (out, curves);
    }
  if (fits_noise (spec))
    append_noise (out, curves, spec);
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
note_left_out (GStrvBuilder *notes, const LabCurves *curves)
{
  int most = 0;
  g_autofree char *note = NULL;

  for (guint i = 0; i < curves->fits->len; i++)
    most = MAX (most, g_array_index (curves->fits, LabFit, i).left_out);
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
lacks_mean_field (const LabCurves *curves)
{
  for (guint panel = 0; panel < curves->n_panels; panel++)
    if (lab_curves_find_in (curves, "mean-field-mirrored", panel) == NULL)
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
figures_learning_notes (GStrvBuilder *notes, const LabCurves *curves, const LabSpec *spec)
{
  gboolean theory = lab_spec_shows (spec, "mean-field-mirrored")
                    || lab_spec_shows (spec, "mean-field-standard");

  if (curves->max_dropped > 0)
    note_dropped (notes, curves->max_dropped, spec);
  note_left_out (notes, curves);
  if (!theory)
    return;
  if (!lab_spec_can_show (spec, "mean-field-mirrored"))
    g_strv_builder_add (notes,
                        _("The mean-field curve is known in D = 3 or more, and with a ridge only "
                           "when trained to the end."));
  else if (is_cut_off (spec))
    g_strv_builder_add (notes, _("What is simulated of the RBF kernel without ridge is set by the "
                                  "cut-off, which acts as a ridge; theory has none."));
  else if (lacks_mean_field (curves))
    g_strv_builder_add (notes, _("No mean-field curve: the spectrum of this kernel is not known "
                                  "well enough."));
  else if (!lab_spec_is_infinite (spec))
    g_strv_builder_add (notes, _("The curves of infinite width are mean field: they are of another "
                                  "model than these networks, to compare with."));
  figures_note_theory (notes, curves, spec);
}
