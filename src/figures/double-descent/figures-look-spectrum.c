/* The eigenvalues of the kernel matrix of the model at the cursor. */

#include "figures-look-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
add_level (PlotFigure *figure, const LabLook *look, const char *id, const char *label,
           PlotStyle style, double level)
{
  const double x[] = { 1, look->n }, y[] = { level, level };

  plot_figure_add_series (
    figure, &(PlotSeries){ .id = id, .label = label, .style = style, .n = 2, .x = x, .y = y,
                           .claim = style == PLOT_STYLE_LIMIT ? PLOT_CLAIM_WHOLE
                                                              : PLOT_CLAIM_NEAR });
}

static void
add_eigenvalues (PlotFigure *figure, const LabLook *look)
{
  g_autofree double *index = g_new (double, MAX (look->rank, 1));

  for (int i = 0; i < look->rank; i++)
    index[i] = i + 1;
  plot_figure_add_series (figure, &(PlotSeries){ .id = "eigenvalues",
                                                 .label = _("eigenvalues of the kernel matrix"),
                                                 .style = PLOT_STYLE_PRIMARY,
                                                 .n = look->rank,
                                                 .x = index,
                                                 .y = look->eigenvalues });
}

static void
add_levels (PlotFigure *figure, const LabLook *look)
{
  if (look->ridge_level > 0)
    add_level (figure, look, "ridge", _("<i>n</i>λ: damped below"), PLOT_STYLE_ACCENT_1,
               look->ridge_level);
  if (look->time_level > 0)
    add_level (figure, look, "time", _("<i>n</i>/<i>t</i>: not learned yet below"),
               PLOT_STYLE_ACCENT_2, look->time_level);
  if (look->ridge_level == 0 && look->time_level == 0)
    add_level (figure, look, "cutoff", _("cut-off: zero below"), PLOT_STYLE_LIMIT, look->cutoff);
}

/* From the cut-off to the largest, in whole decades, so that the frame stays while eigenvalues move
 * in it. */
static void
set_decades (PlotFigure *figure, const LabLook *look)
{
  double lo = look->cutoff, hi = MAX (look->eigenvalues[0], look->ridge_level);

  if (look->ridge_level > 0)
    lo = MIN (lo, look->ridge_level);
  if (look->time_level > 0)
    {
      lo = MIN (lo, look->time_level);
      hi = MAX (hi, look->time_level);
    }
  plot_figure_set_reach (figure, PLOT_Y, pow (10, floor (log10 (lo))), pow (10, ceil (log10 (hi))));
}

static void
title_spectrum (GString *title, const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *place = figures_look_place (lab_look_of (answer));

  /* Translators: %s is "at m = 20" */
  g_string_append_printf (title, _("Spectrum %s"), place);
}

static char *
label_rank (const LabLook *look)
{
  if (look->rank < look->n)
    return g_strdup_printf (_("rank %d of <i>n</i> = %d, first seed"), look->rank, look->n);
  return g_strdup_printf (_("rank = <i>n</i> = %d"), look->n);
}

static void
fill_spectrum (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec)
{
  const LabLook *look = lab_look_of (answer);
  g_autofree char *label = label_rank (look);

  plot_figure_set_axis (figure, PLOT_X, _("index"), &plot_scale_linear);
  plot_figure_set_axis (figure, PLOT_Y, _("eigenvalue"), &plot_scale_log);
  if (look->n > 1)
    plot_figure_set_reach (figure, PLOT_X, 1, look->n);
  if (look->rank > 0)
    {
      set_decades (figure, look);
      add_eigenvalues (figure, look);
      add_levels (figure, look);
    }
  plot_figure_add_marker (figure, &(PlotMarker){ "rank", look->rank, label });
}

static void
write_rank (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *markup = label_rank (lab_look_of (answer)), *label = figures_strip_markup (markup);

  g_string_append_printf (out, "{\"id\": \"rank\", \"x\": %d, \"label\": \"%s\"}", lab_look_of (answer)->rank,
                          label);
}

const FiguresView figures_look_spectrum = {
  .exhibit = "double-descent",
  .id = "spectrum",
  .x_key = "index",
  .x_name = N_("index"),
  .x_scale = "linear",
  .write_title = title_spectrum,
  .fill = fill_spectrum,
  .verdict = figures_look_verdict,
  .tabulate = figures_look_tabulate,
  .write_markers = write_rank,
};
