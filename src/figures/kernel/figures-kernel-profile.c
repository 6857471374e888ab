/* Kernels against the angle as a picture and a table. */

#include "figures-kernel-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define TABLE_STEP 15 /* degrees between rows */

/* What a pin keeps: the curve at the depth chosen. */
static const char *const main_series[] = {
  "ntk-depth-1",  "ntk-depth-2",  "ntk-depth-3",  "ntk-depth-4",  "ntk-depth-5",
  "ntk-depth-6",  "ntk-depth-7",  "ntk-depth-8",  "ntk-depth-9",  "ntk-depth-10",
  "nngp-depth-1", "nngp-depth-2", "nngp-depth-3", "nngp-depth-4", "nngp-depth-5",
  "nngp-depth-6", "nngp-depth-7", "nngp-depth-8", "nngp-depth-9", "nngp-depth-10",
  "comparison",   NULL,
};

/* Of "ntk-depth-3"; 0: the curve is not of a depth. */
static int
depth_of (const char *id)
{
  const char *found = strstr (id, "-depth-");

  return found != NULL ? atoi (found + strlen ("-depth-")) : 0;
}

const LabKey figures_kernel_beside[] = { LAB_N_TRAIN, LAB_MAX_DEPTH, LAB_N_KEYS };

static gboolean
keeps (const LabSpec *pinned, const char *id)
{
  return depth_of (id) == 0 || depth_of (id) == lab_spec_integer (pinned, LAB_DEPTH);
}

static void
write_title (GString *title, const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *kernel = figures_kernel_title (spec);

  /* Translators: "NTK against the angle, ReLU" */
  g_string_append_printf (title, _("%s against the angle"), kernel);
  figures_kernel_append_network (title, spec);
  if (lab_answer_find (answer, "empirical") != NULL)
    g_string_append_printf (title, ", <i>m</i> = %d", (int) lab_spec_integer (spec, LAB_WIDTH));
}

static void
add_depth (PlotFigure *figure, const LabSeries *series, const LabSpec *spec, int depth)
{
  const gboolean chosen = depth == lab_spec_integer (spec, LAB_DEPTH);

  plot_figure_add_series (figure,
                          &(PlotSeries){ .id = series->type->id,
                                         .label = _(series->type->label),
                                         .style = PLOT_STYLE_PRIMARY,
                                         .n = series->n,
                                         .x = series->x,
                                         .y = series->y,
                                         .muted = !chosen,
                                         .claim = PLOT_CLAIM_LEADS,
                                         .order = depth,
                                         .n_orders = MAX (lab_spec_integer (spec, LAB_MAX_DEPTH),
                                                          lab_spec_integer (spec, LAB_DEPTH)) });
}

static void
add_comparison (PlotFigure *figure, const LabSeries *series, const LabSpec *spec)
{
  g_autofree char *label = figures_kernel_title (spec);

  plot_figure_add_series (figure, &(PlotSeries){ .id = series->type->id,
                                                 .label = label,
                                                 .style = PLOT_STYLE_PRIMARY,
                                                 .n = series->n,
                                                 .x = series->x,
                                                 .y = series->y,
                                                 .claim = PLOT_CLAIM_LEADS,
                                                 .order = 1,
                                                 .n_orders = 1 });
}

/* "20 networks, mean and 10–90 %" */
static void
add_networks (PlotFigure *figure, const LabSeries *series)
{
  const int count = series->count[0];
  g_autofree char *label
    = count > 2 ? g_strdup_printf (_("%d networks, mean and 10–90 %%"), count)
                : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d network", "%d networks, mean", count),
                                   count);

  plot_figure_add_series (figure, &(PlotSeries){ .id = series->type->id,
                                                 .label = label,
                                                 .style = PLOT_STYLE_CONTRAST,
                                                 .n = series->n,
                                                 .x = series->x,
                                                 .y = series->y,
                                                 .low = count > 2 ? series->low : NULL,
                                                 .high = count > 2 ? series->high : NULL,
                                                 .count = series->count,
                                                 .claim = PLOT_CLAIM_LEADS });
}

static const char *
label_of (const LabSeriesType *type, const LabSpec *spec)
{
  if (strcmp (type->id, "deviation") != 0)
    return type->label;
  return lab_kernel_deviation_is_exact (spec) ? N_("± standard deviation, exact")
                                              : N_("± standard deviation, to leading order");
}

/* The edges of a range: the second has no entry of its own and is hidden with the first. They have ids of their
 * own, since y of "deviation" is the limit. */
static void
add_deviation (PlotFigure *figure, const LabSeries *series, const LabSpec *spec)
{
  const struct
  {
    const char *id, *label;
    const double *y;
  } edges[] = {
    { "deviation-high", _(label_of (series->type, spec)), series->high },
    { "deviation-low", "", series->low },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    plot_figure_add_series (figure, &(PlotSeries){ .id = edges[i].id,
                                                   .label = edges[i].label,
                                                   .indent = 1,
                                                   .style = PLOT_STYLE_CONTRAST_THEORY,
                                                   .n = series->n,
                                                   .x = series->x,
                                                   .y = edges[i].y,
                                                   .points = series->n == 1,
                                                   .claim = PLOT_CLAIM_WHOLE });
}

static void
add_one (PlotFigure *figure, const LabSeries *series, const LabSpec *spec)
{
  const int depth = depth_of (series->type->id);

  if (!lab_spec_shows (spec, series->type->id))
    return;
  if (depth > 0)
    add_depth (figure, series, spec, depth);
  else if (strcmp (series->type->id, "comparison") == 0)
    add_comparison (figure, series, spec);
  else if (strcmp (series->type->id, "empirical") == 0)
    add_networks (figure, series);
  else
    add_deviation (figure, series, spec);
}

static void
fill (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *label = figures_kernel_label (spec);

  plot_figure_set_axis (figure, PLOT_X, _("angle between the inputs"), &plot_scale_degrees);
  plot_figure_set_axis (figure, PLOT_Y, label, &plot_scale_linear);
  plot_figure_set_reach (figure, PLOT_X, 0, 180);
  for (guint i = 0; i < answer->series->len; i++)
    add_one (figure, g_ptr_array_index (answer->series, i), spec);
}

static double
value_at (const LabSeries *series, double angle)
{
  for (int i = 0; i < series->n; i++)
    if (series->x[i] == angle)
      return series->y[i];
  return NAN;
}

/* A column for each curve. */
static void
tabulate (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  g_string_append_printf (out, "%6s", "angle");
  for (guint i = 0; i < answer->series->len; i++)
    {
      const LabSeries *series = g_ptr_array_index (answer->series, i);

      if (lab_spec_shows (spec, series->type->id) && strcmp (series->type->id, "deviation") != 0)
        g_string_append_printf (out, " %13s", series->type->id);
    }
  g_string_append_c (out, '\n');
  for (int angle = 0; angle <= 180; angle += TABLE_STEP)
    {
      g_string_append_printf (out, "%6d", angle);
      for (guint i = 0; i < answer->series->len; i++)
        {
          const LabSeries *series = g_ptr_array_index (answer->series, i);

          if (!lab_spec_shows (spec, series->type->id) || strcmp (series->type->id, "deviation") == 0)
            continue;
          g_string_append (out, "  ");
          figures_append_cell (out, value_at (series, angle));
        }
      g_string_append_c (out, '\n');
    }
}

const FiguresView figures_kernel_profile = {
  .exhibit = "kernel",
  .id = "profile",
  .x_key = "angle",
  .x_scale = "linear",
  .x_name = N_("angle"),
  .write_title = write_title,
  .fill = fill,
  .verdict = figures_kernel_profile_verdict,
  .notes = figures_kernel_notes,
  .tabulate = tabulate,
  .main = main_series,
  .label = label_of,
  .keeps = keeps,
  .beside = figures_kernel_beside,
};

const FiguresView *const figures_kernel_views[] = { &figures_kernel_profile, &figures_kernel_matrix, NULL };
