#include "figures.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pango.h>
#include <string.h>

#include "figures-private.h"

const char *
figures_program (void)
{
  return "tangent-lab " PROGRAM_VERSION;
}

/* What a series means decides how it looks, in every exhibit. */
static const struct
{
  const char *id;
  PlotStyle style;
  gboolean part; /* of the theory curve, set in under it */
} styles[] = {
  { "test", PLOT_STYLE_PRIMARY },
  { "train", PLOT_STYLE_SECONDARY },
  { "limit", PLOT_STYLE_LIMIT },
  { "finite-d", PLOT_STYLE_THEORY },
  { "noise", PLOT_STYLE_ACCENT_1, TRUE },
  { "weights", PLOT_STYLE_ACCENT_2, TRUE },
  { "sampling", PLOT_STYLE_ACCENT_3, TRUE },
  { "bias", PLOT_STYLE_ACCENT_4, TRUE },
  { "initial-function", PLOT_STYLE_ACCENT_5, TRUE },
};

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
  int magnitude = x != 0 ? floor (log10 (fabs (x))) : 0;
  double unit = pow (10, magnitude - digits + 1);

  if (magnitude < digits || magnitude > 5)
    g_snprintf (format, sizeof format, "%%.%dg", digits);
  else
    {
      g_snprintf (format, sizeof format, "%%.0f");
      x = round (x / unit) * unit;
    }
  return g_strdup (g_ascii_formatd (text, sizeof text, format, x));
}

static void
append_initialization (GString *title, const LabSpec *spec)
{
  double alpha = lab_spec_real (spec, LAB_INIT_SCALE);

  if (alpha == 0)
    g_string_append (title, _("mirrored"));
  else if (alpha == 1)
    g_string_append (title, _("standard"));
  else
    {
      g_autofree char *text = figures_number (alpha, 3);

      g_string_append_printf (title, "α = %s", text);
    }
}

/* "Linearised network, erf, L = 3, D = 10, n = 200, σ = 0.5, ridgeless, mirrored" */
static char *
make_title (const LabSpec *spec)
{
  const LabParameter *model = lab_parameter (LAB_MODEL),
                     *activation = lab_parameter (LAB_ACTIVATION);
  GString *title = g_string_new (_(model->choice_labels[lab_spec_choice (spec, LAB_MODEL)]));
  g_autofree char *noise = figures_number (lab_spec_real (spec, LAB_NOISE), 3);

  if (lab_spec_choice (spec, LAB_ACTIVATION) != 0)
    g_string_append_printf (title, ", %s",
                            _(activation->choice_labels[lab_spec_choice (spec, LAB_ACTIVATION)]));
  if (lab_spec_integer (spec, LAB_DEPTH) > 1)
    g_string_append_printf (title, ", <i>L</i> = %d", (int) lab_spec_integer (spec, LAB_DEPTH));
  g_string_append_printf (title, ", <i>D</i> = %d, <i>n</i> = %d, σ = %s, ",
                          (int) lab_spec_integer (spec, LAB_DIM),
                          (int) lab_spec_integer (spec, LAB_N_TRAIN), noise);
  if (lab_spec_real (spec, LAB_RIDGE) == 0)
    g_string_append (title, _("ridgeless"));
  else
    {
      g_autofree char *ridge = plot_format_number (lab_spec_real (spec, LAB_RIDGE), 3);

      g_string_append_printf (title, "λ = %s", ridge);
    }
  g_string_append (title, ", ");
  append_initialization (title, spec);
  return g_string_free (title, FALSE);
}

static gboolean
all_zero (const LabSeries *series)
{
  for (int i = 0; i < series->n; i++)
    if (series->y[i] != 0)
      return FALSE;
  return TRUE;
}

static void
add_series (PlotFigure *figure, const LabSeries *series, const LabSpec *spec, gsize row)
{
  gboolean band = series->low != NULL && series->count[0] > 2
                  && styles[row].style == PLOT_STYLE_PRIMARY;
  PlotSeries drawn = {
    .id = series->type->id,
    .label = _(series->type->label),
    .indent = styles[row].part && lab_spec_shows (spec, "finite-d"),
    .style = styles[row].style,
    .n = series->n,
    .x = series->x,
    .y = series->y,
    .low = band ? series->low : NULL,
    .high = band ? series->high : NULL,
    .count = series->count,
  };

  if (lab_spec_shows (spec, series->type->id) && !(styles[row].part && all_zero (series)))
    plot_figure_add_series (figure, &drawn);
}

static void
add_threshold (PlotFigure *figure, const LabFacts *facts)
{
  g_autofree char *label = NULL;

  if (isnan (facts->threshold))
    return;
  /* Translators: m is the width; the place where the rank of the kernel meets n. */
  label = g_strdup_printf (_("rank = <i>n</i> at <i>m</i> = %.3g"), facts->threshold);
  plot_figure_add_marker (figure, &(PlotMarker){ "threshold", facts->threshold, label });
}

PlotFigure *
figures_build (const LabCurves *curves, const LabSpec *spec)
{
  g_autofree char *title = make_title (spec);
  g_autofree char *verdict = figures_verdict (curves, spec);
  g_autofree char *text = lab_spec_to_text (spec);
  g_auto (GStrv) notes = figures_notes (curves, spec);
  PlotFigure *figure = plot_figure_new (title);

  plot_figure_set_axis (figure, PLOT_X, _("width <i>m</i>"), &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, _("mean squared error"), &plot_scale_log);
  for (gsize row = 0; row < G_N_ELEMENTS (styles); row++)
    {
      const LabSeries *series = lab_curves_find (curves, styles[row].id);

      if (series != NULL)
        add_series (figure, series, spec, row);
    }
  add_threshold (figure, &curves->facts);
  if (curves->n_ranks > 1 && lab_spec_choice (spec, LAB_MODEL) != 0)
    plot_figure_set_top_axis (figure, "<i>P</i>", curves->n_ranks, curves->rank_x, curves->parameters);
  for (gsize i = 0; notes[i] != NULL; i++)
    plot_figure_add_note (figure, notes[i]);
  plot_figure_set_description (figure, verdict);
  plot_figure_set_metadata (figure, "software", figures_program ());
  plot_figure_set_metadata (figure, FIGURES_SPEC_KEY, text);
  return figure;
}
