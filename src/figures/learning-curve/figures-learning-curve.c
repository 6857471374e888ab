/* Learning curves as a picture, a read-out and a table. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "figures-learning-private.h"

/* Where along the range of the slopes the triangles stand, and how far from their curve. */
#define TRIANGLE_FROM 0.62
#define TRIANGLE_TO 0.92
#define TRIANGLE_AWAY 1.7

/* Rows of the table where every n is known. */
#define MOST_ROWS 12

/* The two families: what is drawn of each, and on which side of its curve there is room. */
static const struct
{
  const char *id, *mean_field, *guide;
  PlotStyle style, theory;
  gboolean above;
} families[] = {
  { "standard", "mean-field-standard", "guide-standard", PLOT_STYLE_CONTRAST,
    PLOT_STYLE_CONTRAST_THEORY, TRUE },
  { "mirrored", "mean-field-mirrored", "guide-mirrored", PLOT_STYLE_PRIMARY,
    PLOT_STYLE_PRIMARY_THEORY, FALSE },
};

static const char *const main_series[] = { "standard", "mirrored", NULL };
static const char *const main_names[] = { N_("standard"), N_("mirrored"), NULL };

/* "Infinite-width NTK, L = 3, D = 6, σ = 0.3, target: Linear, stop: Best time" */
static void
write_title (GString *title, const LabAnswer *answer, const LabSpec *spec)
{
  const LabParameter *kernel = lab_parameter (LAB_KERNEL), *stop = lab_parameter (LAB_STOP),
                     *target = lab_parameter (LAB_TARGET);
  g_autofree char *noise = plot_format_number (lab_spec_real (spec, LAB_NOISE), 3);

  if (!lab_spec_is_infinite (spec))
    g_string_append_printf (title, _("Linearised network, <i>m</i> = %d"),
                            (int) lab_spec_integer (spec, LAB_WIDTH));
  else
    /* Translators: "NTK" or "NNGP"; of a kernel that no network has, "Laplace kernel". */
    g_string_append_printf (
      title, lab_spec_matters (spec, LAB_ACTIVATION) ? _("Infinite-width %s") : _("%s kernel"),
      kernel->choice_labels[lab_spec_choice (spec, LAB_KERNEL)]);
  if (lab_spec_matters (spec, LAB_ACTIVATION))
    figures_append_network (title, spec);
  if (lab_spec_n_panels (spec) == 1)
    g_string_append_printf (title, ", <i>D</i> = %d", (int) lab_spec_integer (spec, LAB_DIM));
  /* Translators: the target that is learnt, "Linear", "Quadratic", as a part of a title */
  g_string_append_printf (title, _(", σ = %s, target: %s, stop: %s"), noise,
                          _(target->choice_labels[lab_spec_choice (spec, LAB_TARGET)]),
                          _(stop->choice_labels[lab_spec_choice (spec, LAB_STOP)]));
}

/* Without a network there is nothing to initialize. */
static const struct
{
  const char *id, *label;
} startless[] = {
  { "mirrored", N_("kernel regression") },
  { "mean-field-mirrored", N_("mean field") },
  { "guide-mirrored", N_("exponent in the limit") },
};

const char *
figures_learning_label (const LabSeriesType *type, const LabSpec *spec)
{
  gboolean standard = g_str_has_suffix (type->id, "standard");

  /* Beside networks of finite width the mean field is a curve of another model. */
  if (!lab_spec_is_infinite (spec) && g_str_has_prefix (type->id, "mean-field"))
    return standard ? N_("infinite width, standard") : N_("infinite width, mirrored");
  for (gsize i = 0; i < G_N_ELEMENTS (startless) && !lab_spec_can_show (spec, "standard"); i++)
    if (strcmp (startless[i].id, type->id) == 0)
      return startless[i].label;
  return type->label;
}

static char *
make_label (const LabSeries *series, const LabSpec *spec)
{
  double alpha = lab_spec_real (spec, LAB_INIT_SCALE);
  const char *label = _ (figures_learning_label (series->type, spec));
  g_autofree char *text = NULL;

  if (strcmp (series->type->id, "standard") != 0 || alpha == 0 || alpha == 1)
    return g_strdup (label);
  text = plot_format_number (alpha, 3);
  return g_strdup_printf ("%s, α = %s", label, text);
}

static void
add_series (PlotFigure *figure, const LabSeries *series, const LabSpec *spec, PlotStyle style,
            gboolean muted)
{
  g_autofree char *label = make_label (series, spec);
  gboolean band = series->low != NULL && series->n > 0 && series->count[0] > 2;

  figures_add_series (figure, series,
                      &(PlotSeries){
                        .id = series->type->id,
                        .label = label,
                        .indent = series->low == NULL,
                        .style = style,
                        .n = series->n,
                        .x = series->x,
                        .y = series->y,
                        .low = band ? series->low : NULL,
                        .high = band ? series->high : NULL,
                        .count = series->count,
                        .panel = series->panel,
                        .muted = muted,
                        .claim = series->low != NULL ? PLOT_CLAIM_LEADS : PLOT_CLAIM_WHOLE,
                      });
}

static void
add_slope (PlotFigure *figure, const LabSlope *slope, PlotStyle style)
{
  g_autofree char *text = NULL, *label = NULL;

  if (isnan (slope->slope))
    return;
  text = figures_slope (slope);
  /* Translators: the slope of a straight line on log-log paper */
  label = g_strdup_printf (_("slope %s"), text);
  plot_figure_add_line (figure, &(PlotLine){ .id = slope->type->id,
                                             .panel = slope->panel,
                                             .from = slope->from,
                                             .to = slope->to,
                                             .slope = slope->slope,
                                             .at_x = slope->at_x,
                                             .at_y = slope->at_y,
                                             .label = label,
                                             .style = style });
}

static void
add_triangle (PlotFigure *figure, const LabAnswer *answer, const LabSlope *slope, gsize family)
{
  double factor = slope->to / slope->from;
  double x0 = slope->from * pow (factor, TRIANGLE_FROM), x1 = slope->from * pow (factor, TRIANGLE_TO);
  /* The hypotenuse stays clear of the line at the end that is nearer to it. */
  double near = families[family].above == (slope->slope < slope->limit) ? x0 : x1;
  double y = slope->at_y * pow (near / slope->at_x, slope->slope)
             * (families[family].above ? TRIANGLE_AWAY : 1 / TRIANGLE_AWAY);
  g_autofree char *label = NULL;

  if (isnan (slope->slope) || isnan (slope->limit))
    return;
  label = figures_exponent (slope, answer);
  plot_figure_add_triangle (figure, &(PlotTriangle){ .id = families[family].guide,
                                                     .panel = slope->panel,
                                                     .slope = slope->limit,
                                                     .x0 = x0,
                                                     .x1 = x1,
                                                     .y = y * pow (x0 / near, slope->limit),
                                                     .label = label,
                                                     .style = families[family].style });
}

static void
add_family (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec, guint panel,
            gsize family)
{
  const LabSeries *points = lab_answer_find_in (answer, families[family].id, panel),
                  *theory = lab_answer_find_in (answer, families[family].mean_field, panel);
  const LabSlope *slope = lab_answer_find_slope (answer, families[family].id, panel);
  gboolean standard = lab_spec_real (spec, LAB_INIT_SCALE) > 0;

  if (points != NULL && lab_spec_shows (spec, families[family].id))
    {
      add_series (figure, points, spec, families[family].style,
                  standard != families[family].above && lab_spec_can_show (spec, "standard"));
      add_slope (figure, slope, families[family].style);
    }
  if (theory != NULL && lab_spec_shows (spec, families[family].mean_field))
    add_series (figure, theory, spec, families[family].theory, FALSE);
  if (slope != NULL && lab_spec_shows (spec, families[family].guide))
    add_triangle (figure, answer, slope, family);
}

static void
set_panels (PlotFigure *figure, const LabAnswer *answer)
{
  const char *titles[LAB_MAX_PANELS];

  if (answer->n_panels == 1)
    return;
  for (guint i = 0; i < answer->n_panels; i++)
    titles[i] = g_strdup_printf ("<i>D</i> = %d", answer->dims[i]);
  plot_figure_set_panels (figure, answer->n_panels, titles);
  for (guint i = 0; i < answer->n_panels; i++)
    g_free ((char *) titles[i]);
}

/* From where the simulation or theory begins to where either ends. */
static void
set_reach (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec)
{
  double lo = lab_spec_real (spec, LAB_FROM), hi = lab_spec_real (spec, LAB_TO);

  for (guint i = 0; i < answer->series->len; i++)
    {
      const LabSeries *series = g_ptr_array_index (answer->series, i);

      if (series->n == 0 || !lab_spec_shows (spec, series->type->id))
        continue;
      lo = MIN (lo, series->x[0]);
      hi = MAX (hi, series->x[series->n - 1]);
    }
  if (lo < hi)
    plot_figure_set_reach (figure, PLOT_X, lo, hi);
}

static void
fill (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec)
{
  double lo = lab_spec_integer (spec, LAB_SLOPE_FROM), hi = lab_spec_integer (spec, LAB_SLOPE_TO);

  plot_figure_set_axis (figure, PLOT_X, _("training points <i>n</i>"), &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, _("excess test error"), &plot_scale_log);
  set_panels (figure, answer);
  set_reach (figure, answer, spec);
  if (lo < hi)
    plot_figure_add_movable_range (figure, FIGURES_SLOPE_RANGE, lo, hi);
  for (guint panel = 0; panel < answer->n_panels; panel++)
    for (gsize family = 0; family < G_N_ELEMENTS (families); family++)
      add_family (figure, answer, spec, panel, family);
}

/* "mirrored 0.0016 (slope −1.00)" */
static void
append_reading (GString *out, const char *before, const char *name, double y, double slope, gboolean bold)
{
  g_autofree char *value = NULL, *text = NULL;

  if (isnan (y))
    return;
  value = plot_format_measured (y, FIGURES_READ);
  g_string_append_printf (out, bold ? "%s%s <b>%s</b>" : "%s%s %s", before, name, value);
  if (!isnan (slope))
    {
      text = plot_format_fixed (slope, 2);
      /* Translators: the local slope of a curve on log-log paper, in the read-out */
      g_string_append_printf (out, _(" (slope %s)"), text);
    }
}

/* The points and the mean field of a family. Where there are no points, the mean field says of which it is. */
static void
append_family (GString *out, const char *name, const char *whole, double y, double slope, double theory,
               double theory_slope)
{
  append_reading (out, "\n", name, y, slope, TRUE);
  if (isnan (y))
    append_reading (out, "\n", whole, theory, theory_slope, FALSE);
  else
    append_reading (out, "\n\u2003", _("mean field"), theory, theory_slope, FALSE);
}

/* A narrow column: it stands beside curves that cross the frame. */
static void
write_reading (GString *out, const LabReading *reading, const LabSpec *spec, guint panel)
{
  const LabLearningReading *r = lab_learning_reading (reading, panel);
  /* Small panels have no room for theory where there are points. */
  gboolean theory = lab_spec_n_panels (spec) == 1 || isnan (r->mirrored);
  gboolean starts = lab_spec_can_show (spec, "standard");
  gboolean infinite = lab_spec_is_infinite (spec);
  g_autofree char *n = plot_format_number (round (reading->x), 10);

  g_string_append_printf (out, "<i>n</i> = <b>%s</b>%s", n,
                          reading->exact || isnan (r->mirrored) ? "" : _(", between points"));
  if (!isnan (r->mirrored))
    g_string_append_printf (
      out, g_dngettext (GETTEXT_PACKAGE, "   %d seed", "   %d seeds", reading->seeds),
      reading->seeds);
  append_family (out, _("standard"),
                 infinite ? _("mean field, standard") : _("infinite width, standard"), r->standard, r->standard_slope,
                 theory ? r->standard_theory : NAN, r->standard_theory_slope);
  append_family (out, starts ? _("mirrored") : _("error"), !infinite ? _("infinite width, mirrored")
                  : starts  ? _("mean field, mirrored")
                            : _("mean field"),
                 r->mirrored, r->mirrored_slope, theory ? r->mirrored_theory : NAN, r->mirrored_theory_slope);
  if (figures_differ (r->standard, r->mirrored) && r->mirrored > 0)
    {
      g_autofree char *ratio = plot_format_measured (r->standard / r->mirrored, 2);

      /* Translators: the error of the standard initialization over that of the mirrored one */
      g_string_append_printf (out, _("\nstandard is %s times mirrored"), ratio);
    }
}

static void
append_band (GString *out, const LabSeries *series, int i)
{
  figures_append_cell (out, series != NULL ? series->y[i] : NAN);
  figures_append_cell (out, series != NULL ? series->low[i] : NAN);
  figures_append_cell (out, series != NULL ? series->high[i] : NAN);
}

static void
tabulate_panel (GString *out, const LabAnswer *answer, const LabSpec *spec, guint panel)
{
  const LabSeries *mirrored = lab_answer_find_in (answer, "mirrored", panel),
                  *standard = lab_answer_find_in (answer, "standard", panel);
  double next = 0,
         factor = pow (mirrored->x[mirrored->n - 1] / mirrored->x[0], 1.0 / (MOST_ROWS - 1));

  for (int i = 0; i < mirrored->n; i++)
    {
      LabReading r;

      if (mirrored->n > MOST_ROWS && mirrored->x[i] < next * (1 - 1e-9) && i < mirrored->n - 1)
        continue;
      next = mirrored->x[i] * factor;
      lab_answer_read (answer, spec, mirrored->x[i], &r);
      g_string_append_printf (out, "%4d %6.0f", answer->dims[panel], mirrored->x[i]);
      append_band (out, mirrored, i);
      append_band (out, standard, i);
      figures_append_cell (out, lab_learning_reading (&r, panel)->mirrored_theory);
      figures_append_cell (out, lab_learning_reading (&r, panel)->standard_theory);
      g_string_append_c (out, '\n');
    }
}

static void
tabulate (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const gboolean starts = lab_spec_can_show (spec, "standard");
  const char *theory = lab_spec_is_infinite (spec) ? "mean field" : "inf. width";

  g_string_append_printf (out, "%4s %6s %11s %11s %11s %11s %11s %11s %11s %11s\n", "D", "n",
                          starts ? "mirrored" : "error", "10 %", "90 %", "standard", "10 %", "90 %", theory, "standard");
  for (guint panel = 0; panel < answer->n_panels; panel++)
    tabulate_panel (out, answer, spec, panel);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < answer->slopes->len; i++)
    {
      const LabSlope *slope = &g_array_index (answer->slopes, LabSlope, i);
      g_autofree char *text = figures_slope (slope);

      if (text != NULL)
        g_string_append_printf (out, "D = %d, %s: slope %s for n from %.0f to %.0f\n",
                                answer->dims[slope->panel], starts ? slope->type->id : "error", text, slope->from, slope->to);
    }
}

/* The slopes' range and how far the mean field is drawn. */
static const LabKey beside[] = { LAB_SLOPE_FROM, LAB_SLOPE_TO, LAB_REACH, LAB_N_KEYS };

static const FiguresView curve = {
  .exhibit = "learning-curve",
  .id = "curve",
  .write_title = write_title,
  .fill = fill,
  .verdict = figures_learning_verdict,
  .notes = figures_learning_notes,
  .read = write_reading,
  .tabulate = tabulate,
  .label = figures_learning_label,
  .main = main_series,
  .main_names = main_names,
  .beside = beside,
};

const FiguresView *const figures_learning_curve_views[] = { &curve, NULL };
