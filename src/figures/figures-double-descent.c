/* Double descent as a picture, a read-out and a table. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures-private.h"

/* What a series means decides how it looks. */
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
static void
write_title (GString *title, const LabSpec *spec)
{
  const LabParameter *model = lab_parameter (LAB_MODEL);
  g_autofree char *noise = figures_number (lab_spec_real (spec, LAB_NOISE), 3);

  g_string_append (title, _(model->choice_labels[lab_spec_choice (spec, LAB_MODEL)]));
  figures_append_network (title, spec);
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

static void
fill (PlotFigure *figure, const LabCurves *curves, const LabSpec *spec)
{
  plot_figure_set_axis (figure, PLOT_X, _("width <i>m</i>"), &plot_scale_log);
  for (gsize row = 0; row < G_N_ELEMENTS (styles); row++)
    {
      const LabSeries *series = lab_curves_find (curves, styles[row].id);

      if (series != NULL)
        add_series (figure, series, spec, row);
    }
  add_threshold (figure, &curves->facts);
  if (curves->n_ranks > 1 && lab_spec_choice (spec, LAB_MODEL) != LAB_MODEL_RANDOM_FEATURES)
    plot_figure_set_top_axis (figure, "<i>P</i>", curves->n_ranks, curves->rank_x,
                              curves->parameters);
}

static void
write_markers (GString *out, const LabCurves *curves)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *label = NULL;

  if (!isfinite (curves->facts.threshold))
    return;
  label = figures_number (curves->facts.threshold, 3);
  g_string_append_printf (out,
                          "{\"id\": \"threshold\", \"x\": %s, \"label\": \"rank = n at m = %s\"}",
                          g_ascii_formatd (x, sizeof x, "%.17g", curves->facts.threshold), label);
}

static void
append_value (GString *out, const char *name, double value)
{
  g_autofree char *number = NULL;

  if (isnan (value))
    return;
  number = plot_format_number (value, 3);
  g_string_append_printf (
    out, "%s%s %s", out->len > 0 && out->str[out->len - 1] != '\n' ? "   " : "", name, number);
}

static void
write_reading (GString *out, const LabReading *r, const LabSpec *spec, guint panel)
{
  g_autofree char *test = plot_format_number (r->test, 3);
  g_autofree char *low = plot_format_number (r->low, 2);
  g_autofree char *high = plot_format_number (r->high, 2);
  int n = lab_spec_integer (spec, LAB_N_TRAIN);

  g_string_append_printf (out, _("width <b>%g</b>   test <b>%s%s</b>"), r->x, r->exact ? "" : "≈ ",
                          test);
  if (r->seeds > 2)
    /* Translators: the 10 to 90 % range over seeds. */
    g_string_append_printf (
      out, g_dngettext (GETTEXT_PACKAGE, "  (%s – %s, %d seed)", "  (%s – %s, %d seeds)", r->seeds),
      low, high, r->seeds);
  g_string_append_c (out, '\n');
  append_value (out, _("training"), r->train);
  append_value (out, _("theory"), r->theory);
  append_value (out, _("infinite width"), r->limit);
  g_string_append_c (out, '\n');
  g_string_append_printf (out, _("rank %.0f of <i>n</i> = %d"), round (r->rank), n);
  if (r->dropped > 0)
    g_string_append_printf (out, _(", %.0f dropped"), round (r->dropped));
  g_string_append_printf (out, "   <i>P</i> = %.0f", r->parameters);
}

static void
tabulate (GString *out, const LabCurves *curves, const LabSpec *spec)
{
  const LabSeries *test = lab_curves_find (curves, "test");

  g_string_append_printf (out, "%6s %10s %10s %10s %10s %10s %6s %8s\n", "width", "test", "10 %",
                          "90 %", "training", "theory", "rank", "dropped");
  for (int i = 0; i < test->n; i++)
    {
      LabReading r;

      lab_curves_read (curves, spec, test->x[i], &r);
      g_string_append_printf (out, "%6.0f", r.x);
      figures_append_cell (out, r.test);
      figures_append_cell (out, r.low);
      figures_append_cell (out, r.high);
      figures_append_cell (out, r.train);
      figures_append_cell (out, r.theory);
      g_string_append_printf (out, " %6.0f %8.0f\n", r.rank, r.dropped);
    }
}

const FiguresExhibit figures_double_descent = {
  .id = "double-descent",
  .write_title = write_title,
  .fill = fill,
  .verdict = figures_double_descent_verdict,
  .notes = figures_double_descent_notes,
  .read = write_reading,
  .tabulate = tabulate,
  .write_markers = write_markers,
};
