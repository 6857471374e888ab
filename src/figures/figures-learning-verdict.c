/* What learning curves say in words. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "figures-private.h"

#define MINUS "−"

/* "−0.52", with the sign that figures use. */
static char *
signed_number (double x, int decimals)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];

  g_snprintf (format, sizeof format, "%%.%df", decimals);
  g_ascii_formatd (text, sizeof text, format, fabs (x));
  return g_strconcat (x < 0 ? MINUS : "", text, NULL);
}

char *
figures_slope (const LabFit *fit)
{
  g_autofree char *slope = NULL, *half = NULL;

  if (isnan (fit->slope))
    return g_strdup ("?");
  slope = signed_number (fit->slope, 2);
  if (isnan (fit->high))
    return g_steal_pointer (&slope);
  half = signed_number ((fit->high - fit->low) / 2, (fit->high - fit->low) / 2 < 0.01 ? 3 : 2);
  return g_strdup_printf ("%s ± %s", slope, half);
}

/* As a fraction over a small denominator where it is one. */
char *
figures_exponent (const LabFit *fit, const LabCurves *curves)
{
  int d = curves->dims[fit->panel] - 1;
  const int denominators[] = { 1, d, d + 3, 3 * d + 2, 3 * d + 6 };

  for (gsize i = 0; i < G_N_ELEMENTS (denominators); i++)
    {
      double numerator = fit->limit * denominators[i];

      if (denominators[i] < 1 || fabs (numerator - round (numerator)) > 1e-9)
        continue;
      if (denominators[i] == 1)
        return signed_number (fit->limit, 0);
      return g_strdup_printf ("%s%d/%d", numerator < 0 ? MINUS : "", abs ((int) round (numerator)),
                              denominators[i]);
    }
  return signed_number (fit->limit, 2);
}

/* What a random start costs where the measurement ends. */
static void
append_ratio (GString *out, const LabCurves *curves, guint panel)
{
  const LabSeries *mirrored = lab_curves_find_in (curves, "mirrored", panel),
                  *standard = lab_curves_find_in (curves, "standard", panel);
  int last = mirrored->n - 1;
  g_autofree char *zero = figures_number (mirrored->y[last], 2), *random = NULL, *times = NULL;

  if (standard == NULL)
    {
      /* Translators: n, error. */
      g_string_append_printf (out, _ ("At n = %g the error is <b>%s</b>."), mirrored->x[last],
                              zero);
      return;
    }
  random = figures_number (standard->y[last], 2);
  times = figures_number (standard->y[last] / mirrored->y[last], 2);
  /* Translators: n, factor, error, error. */
  g_string_append_printf (out,
                          _ ("At n = %g a mirrored start is <b>%s times</b> better than a random "
                             "one (%s against %s)."),
                          mirrored->x[last], times, zero, random);
}

static void
append_slopes (GString *out, const LabCurves *curves, guint panel)
{
  const LabFit *mirrored = lab_curves_find_fit (curves, "mirrored", panel),
               *standard = lab_curves_find_fit (curves, "standard", panel);
  g_autofree char *zero = figures_slope (mirrored), *random = NULL;

  if (isnan (mirrored->slope))
    return;
  if (standard == NULL)
    {
      g_string_append_printf (out, _ (" Its slope is <b>%s</b>."), zero);
      return;
    }
  random = figures_slope (standard);
  /* Translators: two slopes on log-log paper. */
  g_string_append_printf (out, _ (" Slopes: mirrored <b>%s</b>, standard <b>%s</b>."), zero,
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
  here = signed_number (fit->theory, 2);
  there = signed_number (slope, 2);
  far = plot_format_number (theory->x[n - 1], 1);
  /* Translators: slope, slope, number of samples. */
  g_string_append_printf (out, _ (" Theory has %s here and %s at n = %s."), here, there, far);
}

static void
append_judgement (GString *out, const LabCurves *curves, guint panel)
{
  const LabFit *fit = lab_curves_find_fit (curves, "standard", panel);
  g_autofree char *limit = NULL;

  if (fit == NULL)
    fit = lab_curves_find_fit (curves, "mirrored", panel);
  if (fit->too_short)
    {
      g_string_append (out, _ (" The window of the fit is too short to tell slopes: widen it."));
      return;
    }
  if (!fit->pre_asymptotic)
    return;
  limit = figures_exponent (fit, curves);
  /* Translators: an exponent, "−3/8". */
  g_string_append_printf (
    out, _ (" The standard slope is <b>pre-asymptotic</b>: its limit is %s, far beyond these n."),
    limit);
  append_drift (out, curves, fit);
}

static gboolean
fits_noise (const LabSpec *spec)
{
  return lab_spec_choice (spec, LAB_STOP) == LAB_STOP_END && lab_spec_real (spec, LAB_NOISE) > 0
         && lab_spec_real (spec, LAB_RIDGE) == 0;
}

void
figures_learning_verdict (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  for (guint panel = 0; panel < curves->n_panels; panel++)
    {
      const LabSeries *mirrored = lab_curves_find_in (curves, "mirrored", panel);

      if (mirrored->n == 0)
        continue;
      if (curves->n_panels > 1)
        g_string_append_printf (out, "%s<i>D</i> = %d: ", panel > 0 ? "\n" : "",
                                curves->dims[panel]);
      append_ratio (out, curves, panel);
      append_slopes (out, curves, panel);
      append_judgement (out, curves, panel);
    }
  if (fits_noise (spec))
    g_string_append (
      out, _ (" Trained to the end the noise is fitted too: the error does not go to zero."));
}

static void
note_dropped (GStrvBuilder *notes, int dropped)
{
  g_autofree char *note = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "Minimum norm: up to %d direction with an eigenvalue below 10⁻¹⁰ of the largest "
                 "is left out.",
                 "Minimum norm: up to %d directions with eigenvalues below 10⁻¹⁰ of the largest "
                 "are left out.",
                 dropped),
    dropped);

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

void
figures_learning_notes (GStrvBuilder *notes, const LabCurves *curves, const LabSpec *spec)
{
  gboolean theory = lab_spec_shows (spec, "mean-field-mirrored")
                    || lab_spec_shows (spec, "mean-field-standard");

  if (curves->max_dropped > 0)
    note_dropped (notes, curves->max_dropped);
  if (!theory)
    return;
  if (!lab_spec_can_show (spec, "mean-field-mirrored"))
    g_strv_builder_add (notes, _ ("The mean-field curve is known for the NTK and the NNGP in D = 3 "
                                  "or more, with a ridge when trained to the end."));
  else if (lacks_mean_field (curves))
    g_strv_builder_add (notes, _ ("No mean-field curve: the spectrum of this kernel is not known "
                                  "well enough."));
}
