/* Learning curves: error against n for the mirrored and the standard initialization, in one or more
 * dimensions. */

#include "plot-samples.h"

#include <math.h>

#define N 9
#define FINE 120

typedef struct
{
  double amount, slope;
} Power;

/* Of 1 / n and of n^(-1/2), with exponents that depend on the dimension. */
static const Power mirrored[] = { { 0.85, -1 }, { 0.62, -0.82 }, { 0.55, -0.71 }, { 0.5, -0.66 } };
static const Power standard[] = {
  { 0.42, -0.5 }, { 0.4, -0.375 }, { 0.41, -0.3 }, { 0.43, -0.24 }
};

static double
wobble (guint i)
{
  double s = sin (12.9898 * (i + 1)) * 43758.5453;

  return s - floor (s) - 0.5;
}

static double
eval (Power power, double n)
{
  return power.amount * pow (n, power.slope);
}

static void
add_simulated (PlotFigure *figure, const char *id, const char *label, PlotStyle style, guint panel,
               Power power, gboolean muted)
{
  double x[N], y[N], low[N], high[N];

  for (guint i = 0; i < N; i++)
    {
      x[i] = round (64 * pow (2, i / 2.0));
      y[i] = eval (power, x[i]) * exp (0.12 * wobble (i + 7 * style + 31 * panel));
      low[i] = y[i] * (0.82 - 0.1 * fabs (wobble (i)));
      high[i] = y[i] * (1.2 + 0.15 * fabs (wobble (i + 3)));
    }
  plot_figure_add_series (figure, &(PlotSeries){ id, label, 0, style, N, x, y, low, high,
                                                 .panel = panel, .muted = muted });
}

/* The mean field bends into its exponent late. */
static void
add_mean_field (PlotFigure *figure, const char *id, const char *label, PlotStyle style, guint panel,
                Power power)
{
  double x[FINE], y[FINE];

  for (guint i = 0; i < FINE; i++)
    {
      x[i] = 10 * pow (1e4, i / (FINE - 1.0));
      y[i] = 0.93 * eval (power, x[i]) / (1 + 4 / x[i]);
    }
  plot_figure_add_series (figure, &(PlotSeries){ id, label, 1, style, FINE, x, y, .panel = panel,
                                                 .claim = plot_sample_claim (style) });
}

static void
add_guides (PlotFigure *figure, const char *id, PlotStyle style, guint panel, Power power,
            double above, const char *exponent)
{
  g_autofree char *slope = g_strdup_printf ("slope −%.2f ± 0.02", -power.slope);

  plot_figure_add_line (
    figure, &(PlotLine){ id, panel, 128, 724, power.slope, 300, eval (power, 300), slope, style });
  plot_figure_add_triangle (figure, &(PlotTriangle){ id, panel, power.slope, 1600, 5000,
                                                     above * eval (power, 1600), exponent, style });
}

static PlotFigure *
learning_curves (guint n_panels)
{
  static const char *const titles[] = { "<i>D</i> = 6", "<i>D</i> = 12", "<i>D</i> = 20",
                                        "<i>D</i> = 40" };
  static const char *const exponents[][2] = {
    { "−1", "−1/2" }, { "−9/11", "−3/8" }, { "−5/7", "−3/10" }, { "−2/3", "−1/4" }
  };
  PlotFigure *figure = plot_figure_new (
    n_panels > 1 ? "Infinite width, target of degree 2, <i>σ</i> = 0.3, best stopping time"
                 : "Infinite width, <i>D</i> = 6, target of degree 2, <i>σ</i> = 0.3, best "
                   "stopping time");

  if (n_panels > 1)
    plot_figure_set_panels (figure, n_panels, titles);
  plot_figure_set_axis (figure, PLOT_X, "training points <i>n</i>", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "excess test error", &plot_scale_log);
  plot_figure_add_movable_range (figure, "fit", 128, 724);
  for (guint panel = 0; panel < n_panels; panel++)
    {
      add_simulated (figure, "mirrored", "mirrored, median and 10–90 %", PLOT_STYLE_PRIMARY, panel,
                     mirrored[panel], FALSE);
      add_mean_field (figure, "mirrored-theory", "mean field", PLOT_STYLE_PRIMARY_THEORY, panel,
                      mirrored[panel]);
      add_simulated (figure, "standard", "standard, median and 10–90 %", PLOT_STYLE_CONTRAST, panel,
                     standard[panel], FALSE);
      add_mean_field (figure, "standard-theory", "mean field", PLOT_STYLE_CONTRAST_THEORY, panel,
                      standard[panel]);
      add_guides (figure, "mirrored", PLOT_STYLE_PRIMARY, panel, mirrored[panel], 0.62,
                  exponents[panel][0]);
      add_guides (figure, "standard", PLOT_STYLE_CONTRAST, panel, standard[panel], 1.5,
                  exponents[panel][1]);
    }
  return figure;
}

PlotFigure *
plot_sample_learning_curve (void)
{
  return learning_curves (1);
}

PlotFigure *
plot_sample_learning_panels (void)
{
  return learning_curves (2);
}

PlotFigure *
plot_sample_learning_four (void)
{
  return learning_curves (4);
}

/* The simulated range alone: the theory leaves through the right edge. */
PlotFigure *
plot_sample_learning_near (void)
{
  PlotFigure *figure = learning_curves (1);

  plot_figure_set_reach (figure, PLOT_X, 64, 1024);
  return figure;
}

/* Every n from 64 to 2048. */
PlotFigure *
plot_sample_learning_dense (void)
{
  enum
  {
    COUNT = 2048 - 64 + 1
  };
  static const struct
  {
    const char *id;
    PlotStyle style;
    Power power;
    gboolean muted;
  } curves[] = { { "mirrored", PLOT_STYLE_PRIMARY, { 0.85, -1 }, FALSE },
                 { "standard", PLOT_STYLE_CONTRAST, { 0.42, -0.5 }, FALSE },
                 { "before", PLOT_STYLE_PRIMARY, { 0.8, -0.8 }, TRUE } };
  PlotFigure *figure = plot_figure_new ("Every <i>n</i> from 64 to 2048");
  g_autofree double *numbers = g_new (double, 4 * COUNT);
  double *x = numbers, *y = x + COUNT, *low = y + COUNT, *high = low + COUNT;

  plot_figure_set_axis (figure, PLOT_X, "training points <i>n</i>", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "excess test error", &plot_scale_log);
  for (guint c = 0; c < G_N_ELEMENTS (curves); c++)
    {
      for (guint i = 0; i < COUNT; i++)
        {
          x[i] = 64 + i;
          y[i] = eval (curves[c].power, x[i]) * exp (0.06 * wobble (i + c) + 0.05 * sin (i / 40.0));
          low[i] = y[i] * 0.8;
          high[i] = y[i] * 1.25;
        }
      plot_figure_add_series (figure,
                              &(PlotSeries){ curves[c].id, curves[c].id, 0, curves[c].style, COUNT,
                                             x, y, low, high, .muted = curves[c].muted });
    }
  return figure;
}
