#include "plot-samples.h"

#include <math.h>

#define N 42
#define FINE 300

static double
noise (guint i)
{
  /* fixed and wild enough for a median over seeds */
  double s = sin (12.9898 * (i + 1)) * 43758.5453;

  return s - floor (s) - 0.5;
}

/* Widths 5..1600 with more of them around the threshold at 100. */
static guint
widths (double *m)
{
  static const double near[] = { 88, 92, 95, 98, 100, 102, 105, 109, 114 };
  guint n = 0, k = 0;

  for (guint i = 0; i < N - G_N_ELEMENTS (near); i++)
    {
      double w = round (5 * pow (320, i / (N - 1.0 - G_N_ELEMENTS (near))));

      while (k < G_N_ELEMENTS (near) && near[k] < w)
        m[n++] = near[k++];
      if (n == 0 || m[n - 1] < w)
        m[n++] = w;
    }
  return n;
}

static double
variance (double m)
{
  return 0.5 * 0.25 * MIN (m, 100) / MAX (0.6, fabs (m - 100)) + 0.06 * m / (m + 100);
}

static double
bias (double m)
{
  return 0.75 / (1 + pow (m / 25, 2.6));
}

static double
weights (double m)
{
  return 0.33 * pow (m / 20, 0.5) / (1 + pow (m / 60, 2.2)) + 0.1 / MAX (0.2, fabs (m - 100) / 3);
}

static double
theory (double m)
{
  return bias (m) + variance (m) + 0.3 * weights (m) + 0.12;
}

typedef double (*Curve) (double m);

PlotClaim
plot_sample_claim (PlotStyle style)
{
  switch ((int) style)
    {
    case PLOT_STYLE_THEORY:
    case PLOT_STYLE_LIMIT:
    case PLOT_STYLE_PRIMARY_THEORY:
    case PLOT_STYLE_CONTRAST_THEORY: return PLOT_CLAIM_WHOLE;
    case PLOT_STYLE_PRIMARY:
    case PLOT_STYLE_CONTRAST: return PLOT_CLAIM_LEADS;
    default: return style >= PLOT_STYLE_PIN_1 ? PLOT_CLAIM_LEADS : PLOT_CLAIM_NEAR;
    }
}

static void
add_curve (PlotFigure *figure, const char *id, const char *label, int indent, PlotStyle style,
           Curve curve)
{
  double x[FINE], y[FINE];

  for (guint i = 0; i < FINE; i++)
    {
      x[i] = 5 * pow (320, i / (FINE - 1.0));
      y[i] = fabs (x[i] - 100) < 1.5 ? NAN : curve (x[i]);
    }
  plot_figure_add_series (figure, &(PlotSeries){ id, label, indent, style, FINE, x, y,
                                                 .claim = plot_sample_claim (style) });
}

static double
limit (double m)
{
  return 0.205;
}

static double
sampling (double m)
{
  return 0.016 * exp (-pow (log (m / 17), 2));
}

static void
add_test (PlotFigure *figure)
{
  double x[N], y[N], low[N], high[N];
  int count[N];
  guint n = widths (x);

  for (guint i = 0; i < n; i++)
    {
      double spread = 1.12 + 8 / (2 + fabs (x[i] - 100)) + 0.3 * fabs (noise (i));

      y[i] = theory (x[i]) * exp (0.12 * noise (i));
      low[i] = y[i] / (1 + (spread - 1) * 0.5);
      high[i] = y[i] * (x[i] == 100 ? 60 : spread);
      count[i] = 20;
    }
  plot_figure_add_series (figure, &(PlotSeries){ "test", "test error, median and 10–90 %", 0,
                                                 PLOT_STYLE_PRIMARY, n, x, y, low, high, count });
}

static PlotFigure *
start (const char *title, const char *x, const PlotScale *x_scale, const char *y,
       const PlotScale *y_scale)
{
  PlotFigure *figure = plot_figure_new (title);

  plot_figure_set_axis (figure, PLOT_X, x, x_scale);
  plot_figure_set_axis (figure, PLOT_Y, y, y_scale);
  plot_figure_set_description (figure,
                               "Peak at width 102 (n = 100), 33 times the best error before "
                               "it. A ridge of 0.003 removes it.");
  plot_figure_set_metadata (figure, "exhibit", "double-descent");
  plot_figure_set_metadata (figure, "noise", "0.5");
  return figure;
}

PlotFigure *
plot_sample_double_descent (void)
{
  PlotFigure *figure = start (
    "Random features, <i>D</i> = 20, <i>n</i> = 100, σ = 0.5, ridgeless, mirrored",
    "width <i>m</i>", &plot_scale_log, "excess test error", &plot_scale_log);

  add_test (figure);
  add_curve (figure, "finite-d", "theory, finite <i>D</i>", 0, PLOT_STYLE_THEORY, theory);
  add_curve (figure, "noise", "from noise", 1, PLOT_STYLE_ACCENT_1, variance);
  add_curve (figure, "weights", "from the weights drawn", 1, PLOT_STYLE_ACCENT_2, weights);
  add_curve (figure, "sampling", "from sampling", 1, PLOT_STYLE_ACCENT_3, sampling);
  add_curve (figure, "bias", "bias", 1, PLOT_STYLE_ACCENT_4, bias);
  plot_figure_add_marker (
    figure, &(PlotMarker){ "threshold", 100, "interpolation threshold <i>m</i> = <i>n</i>" });
  return figure;
}

PlotFigure *
plot_sample_interpolation (void)
{
  PlotFigure *figure = start (
    "Linearised network, <i>D</i> = 10, <i>n</i> = 200, σ = 0.5, ridgeless", "width <i>m</i>",
    &plot_scale_log, "mean squared error", &plot_scale_log);
  double x[N], y[N], low[N], high[N];
  guint n = widths (x);

  add_test (figure);
  for (guint i = 0; i < n; i++)
    {
      y[i] = x[i] < 100 ? 0.35 * (1 - x[i] / 100.5) : 1e-28 * (1 + x[i] / 100);
      low[i] = y[i] * 0.8;
      high[i] = y[i] * 1.25;
    }
  plot_figure_add_series (figure, &(PlotSeries){ "train", "training error", 0, PLOT_STYLE_SECONDARY,
                                                 n, x, y, low, high,
                                                 .claim = PLOT_CLAIM_NEAR });
  add_curve (figure, "limit", "infinite width", 0, PLOT_STYLE_LIMIT, limit);
  plot_figure_add_marker (figure, &(PlotMarker){ "threshold", 100, "rank = <i>n</i>" });
  plot_figure_add_note (figure,
                        "20 of 20 seeds. Eigenvalues below 1e-10 of the largest were dropped: "
                        "3 of 200 at width 98.");
  return figure;
}

static void
add_training (PlotFigure *figure)
{
  double x[N], y[N], low[N], high[N];
  guint n = widths (x);

  for (guint i = 0; i < n; i++)
    {
      y[i] = x[i] < 100 ? 0.35 * (1 - x[i] / 100.5) : 0.002;
      low[i] = y[i] * 0.8;
      high[i] = y[i] * 1.25;
    }
  plot_figure_add_series (figure, &(PlotSeries){ "train", "training error", 0, PLOT_STYLE_SECONDARY,
                                                 n, x, y, low, high,
                                                 .claim = PLOT_CLAIM_NEAR });
}

PlotFigure *
plot_sample_busy (void)
{
  const double x[] = { 5, 1600 }, parameters[] = { 105, 33600 };
  PlotFigure *figure = plot_sample_double_descent ();

  plot_figure_set_top_axis (figure, "parameters", 2, x, parameters);
  add_training (figure);
  add_curve (figure, "infinite", "theory, infinite <i>D</i>", 0, PLOT_STYLE_ACCENT_5, theory);
  add_curve (figure, "limit", "infinite width", 0, PLOT_STYLE_LIMIT, limit);
  plot_figure_add_marker (figure, &(PlotMarker){ "dimension", 20, "<i>m</i> = <i>D</i>" });
  plot_figure_add_note (figure,
                        "20 of 20 seeds. Eigenvalues below 1e-10 of the largest were dropped: "
                        "3 of 200 at width 98.");
  return figure;
}

#define PIN_POINTS 400

/* Peaks at other places: one point each at widths from 5 to 1600. */
static void
add_pin (PlotFigure *figure, guint i)
{
  g_autofree char *id = g_strdup_printf ("pin-%u", i);
  g_autofree char *label = g_strdup_printf (
    "pinned %u: <i>n</i> = %u, <i>D</i> = %u, σ = %.2f, depth %u", i + 1, 40 + 17 * i, 5 + i,
    0.1 * (i % 7 + 1), i % 4 + 1);
  double x[PIN_POINTS], y[PIN_POINTS], peak = 40 + 17 * i;

  for (guint k = 0; k < PIN_POINTS; k++)
    {
      x[k] = 5 * pow (320, k / (PIN_POINTS - 1.0));
      y[k] = 0.12 + 0.01 * i + bias (x[k]) + 0.02 * peak / (2 + fabs (x[k] - peak))
             + 0.004 * noise (k + 31 * i);
    }
  plot_figure_add_series (figure,
                          &(PlotSeries){ id, label, 0, plot_style_pin (i), PIN_POINTS, x, y });
}

PlotFigure *
plot_sample_pins (guint n)
{
  PlotFigure *figure = plot_sample_busy ();

  for (guint i = 0; i < n; i++)
    add_pin (figure, i);
  return figure;
}

static PlotFigure *
pins_1 (void)
{
  return plot_sample_pins (1);
}

static PlotFigure *
pins_5 (void)
{
  return plot_sample_pins (5);
}

static PlotFigure *
pins_20 (void)
{
  return plot_sample_pins (20);
}

PlotFigure *
plot_sample_linear (void)
{
  static const struct
  {
    const char *label;
    Curve curve;
  } parts[] = { { "bias", bias }, { "sampling", sampling }, { "noise", variance } };
  PlotFigure *figure = start ("The same error, taken apart", "width <i>m</i>", &plot_scale_linear,
                              "excess test error", &plot_scale_linear);
  double x[40], base[40] = { 0 }, top[40];

  for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
    {
      for (guint i = 0; i < 40; i++)
        {
          x[i] = 10 + 4.9 * i;
          top[i] = base[i] + MIN (parts[k].curve (x[i]), 3);
        }
      plot_figure_add_series (figure,
                              &(PlotSeries){ parts[k].label, parts[k].label, 0,
                                             PLOT_STYLE_ACCENT_1 + k, 40, x, top, base, top,
                                             .claim = PLOT_CLAIM_NEAR });
      for (guint i = 0; i < 40; i++)
        base[i] = top[i];
    }
  plot_figure_add_series (figure,
                          &(PlotSeries){ "test", "test error", 0, PLOT_STYLE_PRIMARY, 40, x, top });
  return figure;
}

PlotFigure *
plot_sample_function (void)
{
  PlotFigure *figure = start ("Fit along a great circle", "angle γ", &plot_scale_linear,
                              "<i>f</i>(γ)", &plot_scale_linear);
  double x[200], y[200], low[200], high[200], px[8], py[8];

  for (guint i = 0; i < 200; i++)
    {
      x[i] = -G_PI + 2 * G_PI * i / 199;
      y[i] = sin (2 * x[i]) + 0.3 * cos (5 * x[i]);
      low[i] = y[i] - 0.4 - 0.3 * cos (8 * x[i]);
      high[i] = y[i] + 0.4 + 0.3 * cos (8 * x[i]);
    }
  plot_figure_add_series (
    figure, &(PlotSeries){ "mean", "mean ± 2 sd", 0, PLOT_STYLE_PRIMARY, 200, x, y, low, high });
  for (guint i = 0; i < 8; i++)
    {
      px[i] = -3 + 0.8 * i;
      py[i] = sin (2 * px[i]) + 0.2 * noise (i);
    }
  plot_figure_add_series (figure, &(PlotSeries){ "data", "training points", 0, PLOT_STYLE_THEORY, 8,
                                                 px, py, .points = TRUE,
                                                 .claim = PLOT_CLAIM_WHOLE });
  return figure;
}

static double
fit_at (double angle)
{
  return 0.8 * sin (2 * angle) + 0.35 * cos (5 * angle);
}

PlotFigure *
plot_sample_angles (void)
{
  PlotFigure *figure = plot_figure_new (NULL);
  double x[361], y[361], mean[361], low[361], high[361], px[24], py[24];

  plot_figure_set_axis (figure, PLOT_X, "angle γ", &plot_scale_degrees);
  plot_figure_set_axis (figure, PLOT_Y, "output", &plot_scale_linear);
  for (guint i = 0; i < 361; i++)
    {
      x[i] = (double) i - 180;
      y[i] = sin (2 * x[i] * G_PI / 180);
      mean[i] = fit_at (x[i] * G_PI / 180);
      low[i] = mean[i] - 0.25;
      high[i] = mean[i] + 0.25;
    }
  plot_figure_add_series (figure, &(PlotSeries){ "fit", "fit, mean ± 1 sd", 0, PLOT_STYLE_PRIMARY,
                                                 361, x, mean, low, high });
  plot_figure_add_series (figure,
                          &(PlotSeries){ "target", "target", 0, PLOT_STYLE_THEORY, 361, x, y,
                                         .claim = PLOT_CLAIM_WHOLE });
  for (guint i = 0; i < 24; i++)
    {
      px[i] = 360 * noise (i);
      py[i] = fit_at (px[i] * G_PI / 180) + 0.3 * noise (i + 50);
    }
  plot_figure_add_series (figure, &(PlotSeries){ "data", "training points", 0, PLOT_STYLE_CONTRAST,
                                                 24, px, py, .points = TRUE });
  return figure;
}

PlotFigure *
plot_sample_spectrum (void)
{
  PlotFigure *figure = plot_figure_new ("");
  double x[200], y[200], z[200];

  plot_figure_set_axis (figure, PLOT_X, "index <i>k</i>", &plot_scale_linear);
  plot_figure_set_axis (figure, PLOT_Y, "eigenvalue", &plot_scale_log);
  for (guint i = 0; i < 200; i++)
    {
      x[i] = i + 1.0;
      y[i] = (i < 1 ? 30 : i < 21 ? 2 : 0.3 * pow (i / 20.0, -1.7)) * (1 + 0.2 * noise (i));
      z[i] = i < 1 ? 28 : i < 21 ? 1.9 : 0.31 * pow (i / 20.0, -1.7);
    }
  plot_figure_add_series (figure,
                          &(PlotSeries){ "kernel", "kernel", 0, PLOT_STYLE_PRIMARY, 200, x, y });
  plot_figure_add_series (
    figure, &(PlotSeries){ "limit", "infinite width", 0, PLOT_STYLE_LIMIT, 200, x, z,
                           .claim = PLOT_CLAIM_WHOLE });
  plot_figure_add_marker (figure, &(PlotMarker){ "rank", 100, "rank" });
  return figure;
}

PlotFigure *
plot_sample_long (void)
{
  PlotFigure *figure = start ("Four thousand points", "step", &plot_scale_linear, "loss",
                              &plot_scale_log);
  g_autofree double *x = g_new (double, 4000), *y = g_new (double, 4000);

  for (guint i = 0; i < 4000; i++)
    {
      x[i] = i;
      y[i] = exp (-(double) i / 900) * (1 + 0.5 * noise (i)) + 1e-3;
    }
  plot_figure_add_series (
    figure, &(PlotSeries){ "loss", "training loss", 0, PLOT_STYLE_PRIMARY, 4000, x, y });
  return figure;
}

PlotFigure *
plot_sample_empty (void)
{
  return start ("Nothing yet", "width <i>m</i>", &plot_scale_log, "excess test error",
                &plot_scale_log);
}

static const PlotSample samples[] = {
  { "double-descent", plot_sample_double_descent },
  { "busy", plot_sample_busy },
  { "pins-1", pins_1 },
  { "pins-5", pins_5 },
  { "pins-20", pins_20 },
  { "interpolation", plot_sample_interpolation },
  { "learning-curve", plot_sample_learning_curve },
  { "learning-panels", plot_sample_learning_panels },
  { "learning-four", plot_sample_learning_four },
  { "learning-near", plot_sample_learning_near },
  { "learning-dense", plot_sample_learning_dense },
  { "linear", plot_sample_linear },
  { "function", plot_sample_function },
  { "angles", plot_sample_angles },
  { "spectrum", plot_sample_spectrum },
  { "long", plot_sample_long },
  { "matrix", plot_sample_matrix },
  { "fields", plot_sample_fields },
  { "areas", plot_sample_areas },
  { "empty", plot_sample_empty },
};

const PlotSample *
plot_samples (guint *n_samples)
{
  *n_samples = G_N_ELEMENTS (samples);
  return samples;
}
