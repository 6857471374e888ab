/* What the model at the cursor has learned: its fit along a circle through training points. */

#include "figures-look-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define BESIDE 12 /* training points shown that lie beside the circle */

static void
add_curve (PlotFigure *figure, const LabLook *look, const char *id, const char *label,
           PlotStyle style, const double *y)
{
  plot_figure_add_series (figure, &(PlotSeries){ .id = id,
                                                 .label = label,
                                                 .style = style,
                                                 .n = look->n_angles,
                                                 .x = look->angle,
                                                 .y = y,
                                                 .points = look->n_angles == 2,
                                                 .claim = style == PLOT_STYLE_PRIMARY
                                                            ? PLOT_CLAIM_LEADS
                                                            : PLOT_CLAIM_WHOLE });
}

static int
count_on_circle (const LabLook *look)
{
  int count = 0;

  while (count < look->n && look->points[count].on_circle)
    count++;
  return count;
}

/* Training points that are drawn: those on the circle, and some of the nearest beside it. */
static int
count_shown (const LabLook *look)
{
  const int on = count_on_circle (look);

  return on + MIN (look->n - on, BESIDE);
}

/* Labels of the points from `first` on, nearest first. */
static void
add_points (PlotFigure *figure, const LabLook *look, const LabSpec *spec, int first, int count,
            const char *id, const char *label)
{
  g_autofree double *x = g_new (double, MAX (count, 1)), *y = g_new (double, MAX (count, 1));

  for (int i = 0; i < count; i++)
    {
      x[i] = look->points[first + i].angle;
      y[i] = lab_look_label (&look->points[first + i], spec);
    }
  plot_figure_add_series (figure, &(PlotSeries){ .id = id,
                                                 .label = label,
                                                 .style = PLOT_STYLE_CONTRAST,
                                                 .n = count,
                                                 .x = x,
                                                 .y = y,
                                                 .points = TRUE,
                                                 .faded = first > 0,
                                                 .muted = first > 0 });
}

typedef struct
{
  double lo, hi;
} Span;

static void
span_add (Span *self, double y)
{
  self->lo = MIN (self->lo, y);
  self->hi = MAX (self->hi, y);
}

/* Target and labels are always in the middle, where they stay while the fit goes wild: it may
 * leave the frame a span above and below them, and the title says how far it goes. */
typedef struct
{
  Span shown, fit;
  gboolean leaves;
} Range;

static Range
find_range (const LabLook *look, const LabSpec *spec, const double *fit, int n_points)
{
  Range range = { { INFINITY, -INFINITY }, { INFINITY, -INFINITY }, FALSE };
  Span most;
  double margin;

  for (int i = 0; i < look->n_angles; i++)
    {
      span_add (&range.shown, look->target[i]);
      span_add (&range.fit, fit[i]);
    }
  for (int i = 0; i < n_points; i++)
    span_add (&range.shown, lab_look_label (&look->points[i], spec));
  margin = range.shown.hi - range.shown.lo;
  most = (Span){ range.shown.lo - margin, range.shown.hi + margin };
  range.leaves = range.fit.lo < most.lo || range.fit.hi > most.hi;
  span_add (&range.shown, MAX (range.fit.lo, most.lo));
  span_add (&range.shown, MIN (range.fit.hi, most.hi));
  return range;
}

static void
title_fit (GString *title, const LabAnswer *answer, const LabSpec *spec)
{
  const LabLook *look = lab_look_of (answer);
  g_autofree char *place = figures_look_place (look), *lo = NULL, *hi = NULL;
  g_autofree double *fit = g_new (double, look->n_angles);
  Range range;

  lab_look_fit (look, spec, fit);
  range = find_range (look, spec, fit, count_shown (look));
  lo = plot_format_measured (range.fit.lo, 2);
  hi = plot_format_measured (range.fit.hi, 2);
  if (range.leaves)
    /* Translators: %s is "at m = 20"; the fit f leaves the frame, and runs between these numbers */
    g_string_append_printf (title, _("Fit %s, with <i>f</i> from %s to %s"), place, lo, hi);
  else
    /* Translators: %s is "at m = 20" */
    g_string_append_printf (title, _("Fit %s"), place);
}

static void
add_beside (PlotFigure *figure, const LabLook *look, const LabSpec *spec, int first, int count)
{
  g_autofree char *label = NULL;

  if (count == 0)
    return;
  /* Translators: how far training points are from the circle drawn */
  label = g_strdup_printf (_("up to %.0f° beside the circle"),
                           ceil (look->points[first + count - 1].distance));
  add_points (figure, look, spec, first, count, "beside", label);
}

/* Nothing is drawn where the start is zero, as mirrored ones are and those of kernels without a network. */
static void
add_initial (PlotFigure *figure, const LabLook *look, const LabSpec *spec)
{
  const double alpha = lab_spec_real (spec, LAB_INIT_SCALE);
  g_autofree double *initial = g_new (double, look->n_angles);
  gboolean any = FALSE;

  for (int i = 0; i < look->n_angles; i++)
    {
      initial[i] = alpha * look->initial[i];
      any = any || initial[i] != 0;
    }
  if (any)
    add_curve (figure, look, "initial", _("at the start"), PLOT_STYLE_LIMIT, initial);
}

static void
fill_fit (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec)
{
  const LabLook *look = lab_look_of (answer);
  g_autofree double *fit = g_new (double, look->n_angles);
  const int on = count_on_circle (look), shown = count_shown (look);
  Range range;

  lab_look_fit (look, spec, fit);
  range = find_range (look, spec, fit, shown);
  plot_figure_set_axis (figure, PLOT_X,
                        look->one_training_point ? _("angle along a circle through one training point")
                                                 : _("angle along a circle through two training points"),
                        &plot_scale_degrees);
  plot_figure_set_axis (figure, PLOT_Y, "<i>f</i>", &plot_scale_linear);
  plot_figure_set_reach (figure, PLOT_X, -180, 180);
  if (range.shown.lo < range.shown.hi)
    plot_figure_set_reach (figure, PLOT_Y, range.shown.lo, range.shown.hi);
  add_curve (figure, look, "fit", _("fit"), PLOT_STYLE_PRIMARY, fit);
  add_curve (figure, look, "target", _("target"), PLOT_STYLE_THEORY, look->target);
  add_initial (figure, look, spec);
  add_beside (figure, look, spec, on, shown - on);
  add_points (figure, look, spec, 0, on, "on-circle", _("training points"));
}

const FiguresView figures_look_fit = {
  .exhibit = "double-descent",
  .id = "fit",
  .x_key = "angle",
  .x_name = N_("angle"),
  .x_scale = "linear",
  .write_title = title_fit,
  .fill = fill_fit,
  .verdict = figures_look_verdict,
  .tabulate = figures_look_tabulate,
};
