/* Images and areas: a kernel matrix, a field with gaps, two fields beside each other, a stack. */

#include "plot-samples.h"

#include <math.h>

/* Of points on a circle, sorted by angle. */
static double
kernel (double angle)
{
  double c = cos (angle), s = sqrt (MAX (0, 1 - c * c)), theta = acos (CLAMP (c, -1, 1));

  return (s + (G_PI - theta) * c) / G_PI;
}

static PlotFigure *
matrix (guint n, double disorder, const char *title)
{
  PlotFigure *figure = plot_figure_new (title);
  g_autofree double *at = g_new (double, n), *z = g_new (double, (gsize) n * n);

  plot_figure_set_axis (figure, PLOT_X, "column <i>j</i>", &plot_scale_index);
  plot_figure_set_axis (figure, PLOT_Y, "row <i>i</i>", &plot_scale_index);
  plot_figure_set_square (figure, TRUE);
  plot_figure_set_downwards (figure, TRUE);
  for (guint i = 0; i < n; i++)
    {
      at[i] = i + 1.0;
      for (guint j = 0; j < n; j++)
        z[(gsize) i * n + j] = kernel (2 * G_PI * ((double) i - j) / n + disorder * sin (3.0 * i)
                                       - disorder * sin (3.0 * j));
    }
  plot_figure_add_image (figure, &(PlotImage){ .id = "kernel",
                                               .label = "kernel <i>K</i><sub><i>ij</i></sub>",
                                               .nx = n,
                                               .ny = n,
                                               .x = at,
                                               .y = at,
                                               .z = z,
                                               .centres = TRUE });
  return figure;
}

PlotFigure *
plot_sample_matrix (void)
{
  return matrix (24, 0.5, "Kernel matrix, <i>n</i> = 24");
}

PlotFigure *
plot_sample_large_matrix (void)
{
  return matrix (72, 0.03, "Kernel matrix, <i>n</i> = 72");
}

/* Two panels that share the bar: one goes below zero, the other has no value in a corner. */
PlotFigure *
plot_sample_fields (void)
{
  enum
  {
    NX = 18,
    NY = 12
  };
  static const char *const titles[] = { "covariance", "with a corner unknown" };
  PlotFigure *figure = plot_figure_new ("Two fields, one bar");
  double x[NX + 1], y[NY + 1], z[NX * NY];

  plot_figure_set_panels (figure, 2, titles);
  plot_figure_set_axis (figure, PLOT_X, "width <i>m</i>", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "angle γ", &plot_scale_degrees);
  for (guint i = 0; i <= NX; i++)
    x[i] = 10 * pow (10, i / 9.0);
  for (guint j = 0; j <= NY; j++)
    y[j] = 15.0 * j;
  for (guint panel = 0; panel < 2; panel++)
    {
      for (guint k = 0; k < NX * NY; k++)
        z[k] = panel == 1 && k % NX > 12 && k / NX > 7
                 ? NAN
                 : cos ((k / NX + 0.5) * G_PI / 12) * exp (-(double) (k % NX) / (6 + 6 * panel));
      plot_figure_add_image (figure, &(PlotImage){ .id = panel ? "second" : "first",
                                                   .label = "covariance",
                                                   .panel = panel,
                                                   .nx = NX,
                                                   .ny = NY,
                                                   .x = x,
                                                   .y = y,
                                                   .z = z,
                                                   .diverging = TRUE });
    }
  return figure;
}

PlotFigure *
plot_sample_areas (void)
{
  enum
  {
    COUNT = 60
  };
  static const PlotStyle styles[] = { PLOT_STYLE_ACCENT_1, PLOT_STYLE_ACCENT_3, PLOT_STYLE_ACCENT_4 };
  static const char *const names[] = { "noise", "sampling", "bias" };
  PlotFigure *figure = plot_figure_new ("The error as a sum");
  double x[COUNT], y[3][COUNT], sum[COUNT];

  plot_figure_set_axis (figure, PLOT_X, "width <i>m</i>", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "excess test error", &plot_scale_linear);
  for (guint i = 0; i < COUNT; i++)
    {
      x[i] = 5 * pow (320, i / (COUNT - 1.0));
      y[2][i] = 0.75 / (1 + pow (x[i] / 25, 1.4));
      y[1][i] = 0.3 * exp (-pow (log (x[i] / 40), 2));
      y[0][i] = 6 / (6 + fabs (x[i] - 100)) * 0.8;
      sum[i] = y[0][i] + y[1][i] + y[2][i];
    }
  for (guint k = 0; k < 3; k++)
    plot_figure_add_series (figure, &(PlotSeries){ .id = names[k],
                                                   .label = names[k],
                                                   .style = styles[k],
                                                   .n = COUNT,
                                                   .x = x,
                                                   .y = y[k],
                                                   .stacked = TRUE });
  plot_figure_add_series (figure,
                          &(PlotSeries){ "test", "test error", 0, PLOT_STYLE_PRIMARY, COUNT, x, sum });
  plot_figure_add_handle (figure, &(PlotHandle){ .id = "peak", .shape = PLOT_HANDLE_POINT, .x = 100,
                                                 .y = 0.6, .free_x = TRUE, .free_y = TRUE,
                                                 .panel = 0, .label = "peak" });
  return figure;
}
