#include "figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pango.h>
#include <stdlib.h>
#include <string.h>

const char *
figures_program (void)
{
  return "tangent-lab " PROGRAM_VERSION;
}

static const FiguresExhibit *const exhibits[] = {
  &figures_double_descent,
  &figures_learning_curve,
};

const FiguresExhibit *
figures_exhibit (const LabSpec *spec)
{
  const char *id = lab_spec_exhibit (spec)->id;

  for (gsize i = 0; i < G_N_ELEMENTS (exhibits); i++)
    if (strcmp (exhibits[i]->id, id) == 0)
      return exhibits[i];
  g_return_val_if_reached (exhibits[0]);
}

char *
figures_strip_markup (const char *markup)
{
  char *text = NULL;

  if (!pango_parse_markup (markup, -1, 0, NULL, &text, NULL, NULL))
    return g_strdup (markup);
  return text;
}

/* "0.5", "180", "1.2e-05"; '.' in any locale, like the ticks of the figure. */
char *
figures_number (double x, int digits)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  int magnitude;

  /* 99.9 with two digits is a 100. */
  g_snprintf (format, sizeof format, "%%.%de", digits - 1);
  x = g_ascii_strtod (g_ascii_formatd (text, sizeof text, format, x), NULL);
  magnitude = x != 0 ? floor (log10 (fabs (x)) + 1e-9) : 0;
  if (magnitude < digits || magnitude > 5)
    g_snprintf (format, sizeof format, "%%.%dg", digits);
  else
    g_snprintf (format, sizeof format, "%%.0f");
  return g_strdup (g_ascii_formatd (text, sizeof text, format, x));
}

/* A power of ten that needs no markup. */
static void
append_exponent (GString *out, int exponent)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  g_autofree char *text = g_strdup_printf ("%d", exponent);

  g_string_append (out, "10");
  for (const char *p = text; *p != '\0'; p++)
    g_string_append (out, *p == '-' ? "⁻" : digits[*p - '0']);
}

/* What plot_format_number() writes, with no tags and no break in it. */
char *
figures_plain_number (double x, int digits)
{
  g_autofree char *markup = plot_format_number (x, digits);
  char *power = strstr (markup, "10<sup>");
  const char *exponent;
  GString *out;

  if (power == NULL)
    return g_steal_pointer (&markup);
  out = g_string_new_len (markup, power - markup);
  g_string_replace (out, " ", "\u00a0", 0);
  exponent = power + strlen ("10<sup>");
  append_exponent (out, g_str_has_prefix (exponent, FIGURES_MINUS)
                          ? -atoi (exponent + strlen (FIGURES_MINUS))
                          : atoi (exponent));
  return g_string_free (out, FALSE);
}

char *
figures_power (double x, int digits)
{
  int exponent = x > 0 ? floor (log10 (x) + 1e-9) : 0;
  double mantissa = x / pow (10, exponent);
  GString *out;

  if (exponent >= -4 && exponent < 5)
    return figures_number (x, digits);
  out = g_string_new (NULL);
  if (fabs (mantissa - 1) > 0.5 * pow (10, 1 - digits))
    {
      g_autofree char *front = figures_number (mantissa, digits);

      g_string_append_printf (out, "%s × ", front);
    }
  append_exponent (out, exponent);
  return g_string_free (out, FALSE);
}

char *
figures_signed (double x, int decimals)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];

  g_snprintf (format, sizeof format, "%%.%df", decimals);
  g_ascii_formatd (text, sizeof text, format, fabs (x));
  /* What rounds to zero has no sign. */
  return g_strconcat (x < 0 && strpbrk (text, "123456789") != NULL ? FIGURES_MINUS : "", text,
                      NULL);
}

/* ", erf, L = 3": what is not as usual. */
void
figures_append_network (GString *title, const LabSpec *spec)
{
  const LabParameter *activation = lab_parameter (LAB_ACTIVATION);

  if (lab_spec_choice (spec, LAB_ACTIVATION) != 0)
    g_string_append_printf (title, ", %s",
                            _(activation->choice_labels[lab_spec_choice (spec, LAB_ACTIVATION)]));
  if (lab_spec_integer (spec, LAB_DEPTH) > 1)
    g_string_append_printf (title, ", <i>L</i> = %d", (int) lab_spec_integer (spec, LAB_DEPTH));
}

void
figures_append_initialization (GString *out, const LabSpec *spec)
{
  double alpha = lab_spec_real (spec, LAB_INIT_SCALE);

  if (alpha == 0)
    g_string_append (out, _("mirrored"));
  else if (alpha == 1)
    g_string_append (out, _("standard"));
  else
    {
      g_autofree char *text = figures_number (alpha, 3);

      g_string_append_printf (out, "α = %s", text);
    }
}

PlotFigure *
figures_build (const LabCurves *curves, const LabSpec *spec)
{
  return figures_build_with (curves, spec, NULL, 0);
}

PlotFigure *
figures_build_with (const LabCurves *curves, const LabSpec *spec, const FiguresPin *pins,
                    guint n_pins)
{
  const FiguresExhibit *exhibit = figures_exhibit (spec);
  g_autoptr (GString) title = g_string_new (NULL);
  g_autofree char *verdict = figures_verdict (curves, spec);
  g_autofree char *text = lab_spec_to_text (spec);
  g_auto (GStrv) notes = figures_notes (curves, spec);
  PlotFigure *figure;

  exhibit->write_title (title, spec);
  figure = plot_figure_new (title->str);
  plot_figure_set_axis (figure, PLOT_Y, _("mean squared error"), &plot_scale_log);
  exhibit->fill (figure, curves, spec);
  figures_add_pins (figure, curves, spec, pins, n_pins);
  for (gsize i = 0; notes[i] != NULL; i++)
    plot_figure_add_note (figure, notes[i]);
  plot_figure_set_description (figure, verdict);
  plot_figure_set_metadata (figure, "software", figures_program ());
  plot_figure_set_metadata (figure, FIGURES_SPEC_KEY, text);
  return figure;
}

char *
figures_seeds_so_far (const LabCurves *curves)
{
  if (curves->preview || curves->seeds_done >= curves->seeds)
    return NULL;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d of %d seed", "%d of %d seeds",
                                       curves->seeds),
                          curves->seeds_done, curves->seeds);
}

char *
figures_so_far (const LabCurves *curves)
{
  g_autofree char *seeds = figures_seeds_so_far (curves);

  if (curves->preview)
    return g_strdup (_("A preview so far, of fewer points and seeds."));
  /* Translators: "5 of 20 seeds" */
  return seeds != NULL ? g_strdup_printf (_("%s so far."), seeds) : NULL;
}

char *
figures_verdict_markup (const LabCurves *curves, const LabSpec *spec)
{
  g_autofree char *so_far = figures_so_far (curves);
  GString *out;

  /* A few points of one seed are no ground for a sentence. */
  if (curves->preview)
    return g_steal_pointer (&so_far);
  out = g_string_new (so_far);
  if (so_far != NULL)
    g_string_append_c (out, ' ');
  figures_exhibit (spec)->verdict (out, curves, spec);
  return g_string_free (out, FALSE);
}

char *
figures_verdict (const LabCurves *curves, const LabSpec *spec)
{
  g_autofree char *markup = figures_verdict_markup (curves, spec);

  return figures_strip_markup (markup);
}

char **
figures_notes (const LabCurves *curves, const LabSpec *spec)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();

  figures_exhibit (spec)->notes (notes, curves, spec);
  return g_strv_builder_end (notes);
}

char *
figures_reading (const LabReading *reading, const LabSpec *spec, guint panel)
{
  GString *out = g_string_new (NULL);

  figures_exhibit (spec)->read (out, reading, spec, panel);
  return g_string_free (out, FALSE);
}
