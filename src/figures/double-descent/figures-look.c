/* What the model at the cursor looks like: its fit along a circle, its spectrum, a sentence. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pango.h>
#include <string.h>

#include "figures-private.h"

#define BESIDE 12 /* training points shown that lie beside the circle */

/* "at m = 20", with markup; of an ensemble it is one model that is looked at. */
static char *
describe_place (const LabLook *look)
{
  const LabParameter *axis = lab_parameter (lab_spec_axis (look->spec));
  g_autofree char *x = plot_format_number (look->x, look->x == rint (look->x) ? 15 : 4);

  if (lab_spec_axis (look->spec) == LAB_ENSEMBLE)
    return g_strdup (_("of the first model"));
  if (lab_spec_is_ensemble (look->spec))
    return g_strdup_printf (_("of the first model at %s = %s"), axis->symbol, x);
  /* Translators: at a place of the axis, "m = 20" */
  return g_strdup_printf (_("at %s = %s"), axis->symbol, x);
}

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
  g_autofree char *place = describe_place (look), *lo = NULL, *hi = NULL;
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
  g_autofree char *place = describe_place (lab_look_of (answer));

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

/* Eigenvalues above a level. */
static int
count_above (const LabLook *look, double level)
{
  int count = 0;

  while (count < look->n && look->eigenvalues[count] > level)
    count++;
  return count;
}

static void
append_solution (GString *out, const LabLook *look, const LabSpec *spec)
{
  g_autofree char *norm = plot_format_measured (lab_look_norm (look, spec), 3);
  g_autofree char *condition = plot_format_measured (look->condition, 2);

  if (look->time_level > 0)
    {
      g_autofree char *level = plot_format_measured (look->time_level, 2);

      g_string_append_printf (
        out,
        _("<b>%d of %d</b> directions are learned by now, those with eigenvalues "
           "above n/t = %s; solution norm <b>%s</b>."),
        count_above (look, look->time_level), look->n, level, norm);
    }
  else if (look->ridge_level > 0)
    {
      g_autofree char *level = plot_format_measured (look->ridge_level, 2);

      g_string_append_printf (out,
                              _("Condition number <b>%s</b> with the ridge, which damps <b>%d of "
                                 "%d</b> directions, those "
                                 "with eigenvalues below nλ = %s; solution norm <b>%s</b>."),
                              condition, look->n - count_above (look, look->ridge_level), look->n,
                              level, norm);
    }
  else
    {
      g_autofree char *least = plot_format_measured (look->eigenvalues[look->rank - 1], 2);

      g_string_append_printf (
        out,
        g_dngettext (
          GETTEXT_PACKAGE,
          "Condition number <b>%s</b>, smallest kept eigenvalue <b>%s</b>, solution norm "
          "<b>%s</b>, <b>%d of %d</b> direction dropped.",
          "Condition number <b>%s</b>, smallest kept eigenvalue <b>%s</b>, solution norm "
          "<b>%s</b>, <b>%d of %d</b> directions dropped.",
          look->n),
        condition, least, norm, look->dropped, look->n);
    }
}

/* One direction that carries at least half of it is worth a word. */
static void
append_noise (GString *out, const LabLook *look)
{
  g_autofree char *times = plot_format_measured (look->noise_rms, 2);
  g_autofree char *weak = plot_format_measured (look->weak_rms, 2);

  if (look->weak_rms < 0.5 * look->noise_rms || look->rank < 2)
    g_string_append_printf (out, _(" On the circle noise comes back multiplied by <b>%s</b>."),
                            times);
  else
    g_string_append_printf (out,
                            _(" On the circle noise comes back multiplied by <b>%s</b>, by %s "
                               "along the direction of the smallest eigenvalue alone."),
                            times, weak);
}

/* Of the target's root mean square: less is rounding. */
#define LEAST_MISS 1e-10

static void
append_miss (GString *out, const LabLook *look, const LabSpec *spec)
{
  g_autofree double *fit = g_new (double, look->n_angles);
  g_autofree char *text = NULL;
  double sum = 0, target = 0;

  lab_look_fit (look, spec, fit);
  for (int i = 0; i < look->n_angles; i++)
    {
      sum += pow (fit[i] - look->target[i], 2);
      target += pow (look->target[i], 2);
    }
  if (sqrt (sum) <= LEAST_MISS * sqrt (target))
    {
      g_string_append (out, _(" On the circle the fit is the target but for rounding."));
      return;
    }
  text = plot_format_measured (sqrt (sum / look->n_angles), 2);
  g_string_append_printf (
    out, _(" On the circle the fit misses the target by <b>%s</b> (root mean square)."), text);
}

static void
verdict (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabLook *look = lab_look_of (answer);

  if (look->rank == 0)
    {
      g_string_append (out, _("The kernel is zero: nothing of this model can be trained."));
      return;
    }
  append_solution (out, look, spec);
  if (lab_spec_real (spec, LAB_NOISE) > 0)
    append_noise (out, look);
  else
    append_miss (out, look, spec);
}

static void
notes (GStrvBuilder *builder, const LabAnswer *answer, const LabSpec *spec)
{
}

/* There is no cursor of its own. */
static void
read_at (GString *out, const LabReading *reading, const LabSpec *spec, guint panel)
{
}

static void
no_markers (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
}

static void
write_rank (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *markup = label_rank (lab_look_of (answer)), *label = figures_strip_markup (markup);

  g_string_append_printf (out, "{\"id\": \"rank\", \"x\": %d, \"label\": \"%s\"}", lab_look_of (answer)->rank,
                          label);
}

/* One series after the other: their places differ. */
static void
tabulate (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  for (guint i = 0; i < answer->series->len; i++)
    {
      const LabSeries *series = g_ptr_array_index (answer->series, i);

      for (int j = 0; j < series->n; j++)
        {
          g_string_append_printf (out, "%12s", series->type->id);
          figures_append_cell (out, series->x[j]);
          figures_append_cell (out, series->y[j]);
          g_string_append_c (out, '\n');
        }
    }
}

static const char *const no_pins[] = { NULL };

const FiguresView figures_fit = {
  .exhibit = "double-descent",
  .id = "fit",
  .x_key = "angle",
  .x_name = N_("angle"),
  .x_scale = "linear",
  .write_title = title_fit,
  .fill = fill_fit,
  .verdict = verdict,
  .notes = notes,
  .read = read_at,
  .tabulate = tabulate,
  .write_markers = no_markers,
  .main = no_pins,
};

const FiguresView figures_spectrum = {
  .exhibit = "double-descent",
  .id = "spectrum",
  .x_key = "index",
  .x_name = N_("index"),
  .x_scale = "linear",
  .write_title = title_spectrum,
  .fill = fill_spectrum,
  .verdict = verdict,
  .notes = notes,
  .read = read_at,
  .tabulate = tabulate,
  .write_markers = write_rank,
  .main = no_pins,
};
