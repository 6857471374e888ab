/* Double descent as a picture and a table. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures-double-descent-private.h"

/* What a series means decides how it looks. Parts of the theory curve come last, as they lie on each other
 * in a stack from the top, and are set in under it. */
static const struct
{
  const char *id;
  PlotStyle style;
  PlotClaim claim;
} styles[] = {
  { "test", PLOT_STYLE_PRIMARY, PLOT_CLAIM_LEADS },
  { "train", PLOT_STYLE_SECONDARY, PLOT_CLAIM_NEAR },
  { "limit", PLOT_STYLE_LIMIT, PLOT_CLAIM_WHOLE },
  { "ensemble-limit", PLOT_STYLE_ACCENT_6, PLOT_CLAIM_NEAR },
  { "tuned-ridge", PLOT_STYLE_CONTRAST_THEORY, PLOT_CLAIM_WHOLE },
  { "lower-bound", PLOT_STYLE_ACCENT_7, PLOT_CLAIM_NEAR },
  { "asymptotic", PLOT_STYLE_PRIMARY_THEORY, PLOT_CLAIM_WHOLE },
  { "finite-d", PLOT_STYLE_THEORY, PLOT_CLAIM_WHOLE },
  { "noise", PLOT_STYLE_ACCENT_1, PLOT_CLAIM_NEAR },
  { "initial-function", PLOT_STYLE_ACCENT_5, PLOT_CLAIM_NEAR },
  { "weights", PLOT_STYLE_ACCENT_2, PLOT_CLAIM_NEAR },
  { "sampling", PLOT_STYLE_ACCENT_3, PLOT_CLAIM_NEAR },
  { "bias", PLOT_STYLE_ACCENT_4, PLOT_CLAIM_NEAR },
};

static const char *const main_series[] = { "test", NULL };

static gboolean
all_zero (const LabSeries *series)
{
  for (int i = 0; i < series->n; i++)
    if (series->y[i] != 0)
      return FALSE;
  return TRUE;
}

/* Parts that no formula tells were measured: these have seeds. */
static void
add_series (PlotFigure *figure, const LabSeries *series, const LabSpec *spec, gsize row, gboolean stacked)
{
  gboolean part = figures_double_descent_is_part (series->type->id), told = series->low == NULL;
  gboolean band = series->low != NULL && series->count[0] > 2
                  && styles[row].style == PLOT_STYLE_PRIMARY;
  PlotSeries drawn = {
    .id = series->type->id,
    .label = _(figures_double_descent_label (series->type, spec)),
    .indent = part && told && lab_spec_shows (spec, "finite-d"),
    .style = styles[row].style,
    .n = series->n,
    .x = series->x,
    .y = series->y,
    .low = band ? series->low : NULL,
    .high = band ? series->high : NULL,
    .count = series->count,
    .claim = styles[row].claim,
    .stacked = part && told && stacked,
  };

  if (lab_spec_shows (spec, series->type->id) && !(part && all_zero (series)))
    figures_add_series (figure, series, &drawn);
}

double
figures_double_descent_threshold (const LabDescentFacts *facts)
{
  return ceil (facts->threshold * (1 - 1e-9));
}

/* "rank = n at m = 20" */
static char *
threshold_label (const LabDescentFacts *facts, const LabSpec *spec)
{
  g_autofree char *number = plot_format_number (figures_double_descent_threshold (facts), 15);
  const char *symbol = lab_parameter (lab_spec_axis (spec))->symbol;

  /* Translators: the place where the rank of the kernel meets n, "m = 20" (the width) or "n = 100". */
  return g_strdup_printf (_("rank = <i>n</i> at %s = %s"), symbol, number);
}

static void
add_threshold (PlotFigure *figure, const LabDescentFacts *facts, const LabSpec *spec)
{
  g_autofree char *label = NULL;

  if (isnan (facts->threshold))
    return;
  label = threshold_label (facts, spec);
  plot_figure_add_marker (figure, &(PlotMarker){ "threshold", figures_double_descent_threshold (facts), label });
}

static const char *
axis_label (const LabSpec *spec)
{
  switch ((int) lab_spec_axis (spec))
    {
    case LAB_N_TRAIN: return _("training points <i>n</i>");
    case LAB_TIME: return _("training time <i>t</i>");
    case LAB_RIDGE: return _("ridge λ");
    case LAB_ENSEMBLE: return _("models averaged <i>K</i>");
    default:
      return lab_spec_model (spec)->has_layers ? _("width <i>m</i>") : _("coordinates seen <i>m</i>");
    }
}

/* The number of parameters P along the top, where it is neither the width itself nor always the
 * same. */
static void
add_parameters (PlotFigure *figure, const LabDescentFacts *facts, const LabSpec *spec)
{
  if (facts->n_ranks > 1 && lab_spec_axis (spec) == LAB_WIDTH
      && lab_spec_model (spec)->many_parameters)
    plot_figure_set_top_axis (figure, "<i>P</i>", facts->n_ranks, facts->rank_x,
                              facts->parameters);
}

static void
fill (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec)
{
  gboolean stacked = figures_double_descent_is_stacked (answer, spec);

  plot_figure_set_axis (figure, PLOT_X, axis_label (spec), &plot_scale_log);
  for (gsize row = 0; row < G_N_ELEMENTS (styles); row++)
    {
      const LabSeries *series = lab_answer_find (answer, styles[row].id);

      if (series != NULL)
        add_series (figure, series, spec, row, stacked);
    }
  add_threshold (figure, lab_descent_facts (answer), spec);
  add_parameters (figure, lab_descent_facts (answer), spec);
}

static void
write_markers (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *markup = NULL, *label = NULL;

  if (!isfinite (lab_descent_facts (answer)->threshold))
    return;
  markup = threshold_label (lab_descent_facts (answer), spec);
  label = figures_strip_markup (markup);
  g_string_append_printf (out, "{\"id\": \"threshold\", \"x\": %s, \"label\": \"%s\"}",
                          g_ascii_formatd (x, sizeof x, "%.17g", figures_double_descent_threshold (lab_descent_facts (answer))), label);
}

static void
tabulate (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabSeries *test = lab_answer_find (answer, "test");

  g_string_append_printf (out, "%10s %11s %11s %11s %11s %11s %6s %8s\n",
                          lab_parameter (lab_spec_axis (spec))->key, "test", "10 %", "90 %",
                          "training", "theory", "rank", "dropped");
  for (int i = 0; i < test->n; i++)
    {
      char x[G_ASCII_DTOSTR_BUF_SIZE];
      const LabDescentReading *own;
      LabReading r;

      lab_answer_read (answer, spec, test->x[i], &r);
      own = lab_descent_reading (&r);
      g_string_append_printf (out, "%10s", g_ascii_formatd (x, sizeof x, "%.5g", r.x));
      figures_append_cell (out, r.y[0]);
      figures_append_cell (out, own->low);
      figures_append_cell (out, own->high);
      figures_append_cell (out, own->train);
      figures_append_cell (out, own->theory);
      g_string_append_printf (out, " %6.0f %8.0f\n", own->rank, own->dropped);
    }
}

static const FiguresView curve = {
  .exhibit = "double-descent",
  .id = "curve",
  .write_title = figures_double_descent_title,
  .fill = fill,
  .verdict = figures_double_descent_verdict,
  .notes = figures_double_descent_notes,
  .read = figures_double_descent_read,
  .tabulate = tabulate,
  .write_markers = write_markers,
  .label = figures_double_descent_label,
  .main = main_series,
  .bound = "lower-bound",
};

const FiguresView *const figures_double_descent_views[] = {
  &curve,
  &figures_look_fit,
  &figures_look_spectrum,
  NULL,
};
