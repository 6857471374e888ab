/* How long the figure takes on the screen's way: an image surface of 1400 x 900, rasterisation
 * included. Medians in milliseconds beside what each kind of frame may take. */

#include "bench.h"
#include "plot-samples.h"

#define WIDTH 1400
#define HEIGHT 900
#define FRAMES 60

typedef struct
{
  PlotFigure *figure;
  const PlotTheme *theme;
  cairo_surface_t *surface, *settled; /* what is drawn, and the figure as it was left */
  PlotLayout *layout;
  PlotLimits view;
} Bench;

static cairo_surface_t *
surface_new (void)
{
  return cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
}

static void
draw (Bench *self, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);

  plot_layout_render (self->layout, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
}

static void
arrange (Bench *self)
{
  PlotLayout *last = g_steal_pointer (&self->layout);

  self->view.like = last;
  self->layout = plot_layout_new (self->figure, self->theme, &self->view, WIDTH, HEIGHT);
  plot_layout_free (last);
}

/* The pointer moves over the test error: crosshair and read-out on top of a settled figure. */
static void
hover (Bench *self, int i)
{
  const PlotSeries *series = plot_figure_get_series (self->figure, 0);
  guint at = i % series->n;
  g_autofree char *markup = g_strdup_printf (
    "width <b>%g</b>   test <b>%.3f</b>  (0.35 – 0.64, 20 seeds)\ntheory 0.440   κ(Φ) %d   ‖a‖ 3.9",
    series->x[at], series->y[at], i);
  PlotCrosshair crosshair = { series->x[at], series->y[at], markup, PLOT_STYLE_PRIMARY };
  cairo_t *cr = cairo_create (self->surface);

  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface (cr, self->settled, 0, 0);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  plot_render_crosshair (self->figure, self->theme, self->layout, &crosshair, cr);
  cairo_destroy (cr);
  cairo_surface_flush (self->surface);
}

/* Each frame another view: along both axes and a little closer. */
static void
pan (Bench *self, int i)
{
  PlotLimits fit;

  plot_limits_init (&fit, self->figure);
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      double lo = log (fit.lo[axis]), span = log (fit.hi[axis]) - lo;

      lo += span * (0.3 * i / FRAMES - 0.1);
      self->view.lo[axis] = exp (lo);
      self->view.hi[axis] = exp (lo + span * (1 - 0.5 * i / FRAMES));
    }
  arrange (self);
  draw (self, self->surface);
}

/* The same view again, as after a new result. */
static void
redraw (Bench *self, int i)
{
  g_clear_pointer (&self->layout, plot_layout_free);
  arrange (self);
  draw (self, self->surface);
}

static double
median_of (Bench *self, void (*frame) (Bench *self, int i))
{
  double times[FRAMES];

  for (int i = 0; i < 5; i++)
    frame (self, i);
  for (int i = 0; i < FRAMES; i++)
    {
      double start = bench_now ();

      frame (self, i);
      times[i] = (bench_now () - start) * 1e3;
    }
  return bench_median (times, FRAMES);
}

static gboolean
report (Bench *self, const char *what, void (*frame) (Bench *self, int i), double limit)
{
  double median = median_of (self, frame);

  printf ("%-6s %-42s %6.2f ms, at most %4.0f: %.2f of it\n", self->theme->name, what, median,
          limit, median / limit);
  return median <= limit;
}

static gboolean
run (const char *theme)
{
  Bench self = { .figure = plot_sample_busy (), .theme = plot_theme_find (theme) };
  gboolean passed = TRUE;

  self.surface = surface_new ();
  self.settled = surface_new ();
  plot_limits_init (&self.view, self.figure);
  arrange (&self);
  draw (&self, self.settled);
  passed &= report (&self, "hover: crosshair and read-out", hover, 4);
  passed &= report (&self, "pan or zoom: 9 series", pan, 12);
  g_clear_pointer (&self.layout, plot_layout_free);
  plot_figure_unref (self.figure);
  self.figure = plot_sample_pins (20);
  plot_limits_init (&self.view, self.figure);
  passed &= report (&self, "20 pins of 400 points: all anew", redraw, 16);
  passed &= report (&self, "20 pins of 400 points: pan or zoom", pan, 16);
  plot_layout_free (self.layout);
  plot_figure_unref (self.figure);
  cairo_surface_destroy (self.surface);
  cairo_surface_destroy (self.settled);
  return passed;
}

int
main (void)
{
  gboolean light = run ("light"), dark = run ("dark");

  return light && dark ? EXIT_SUCCESS : EXIT_FAILURE;
}
