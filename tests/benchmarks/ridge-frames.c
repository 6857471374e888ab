/* From a move of ridge or time to the picture, once the eigenbases are there: errors at every place
 * and seed, curves, figure, layout and pixels. Medians beside a frame of a screen. */

#include "bench.h"

#include <figures.h>

#define WIDTH 1400
#define HEIGHT 900
#define MOVES 41
#define FRAME (1e3 / 60)

static void
wait_until_idle (LabRunner *runner)
{
  while (lab_runner_get_busy (runner))
    g_main_context_iteration (NULL, TRUE);
}

static void
draw (LabRunner *runner, const LabSpec *spec, cairo_surface_t *surface)
{
  g_autoptr (LabAnswer) answer = lab_answer_new (lab_runner_get_result (runner), spec);
  g_autoptr (PlotFigure) figure = figures_build (answer, spec);
  cairo_t *cr = cairo_create (surface);

  plot_render (figure, plot_theme_find ("light"), NULL, cr, WIDTH, HEIGHT);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
}

static void
run (const char *name, LabKey key, double from, double to)
{
  g_autoptr (LabRunner) runner = lab_runner_new ();
  g_autoptr (LabSpec) spec = lab_spec_new_named (name, NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  double errors[MOVES], all[MOVES], start;

  lab_runner_submit (runner, spec);
  wait_until_idle (runner);
  for (int i = -2; i < MOVES; i++)
    {
      double value = from * pow (to / from, MAX (i, 0) / (MOVES - 1.0)) * (i < 0 ? 1 - 0.1 * i : 1);

      lab_spec_set (spec, key, lab_value_from_number (key, value), NULL);
      start = bench_now ();
      lab_runner_submit (runner, spec);
      wait_until_idle (runner);
      while (!lab_runner_has_spectra (runner))
        g_main_context_iteration (NULL, FALSE);
      errors[MAX (i, 0)] = (bench_now () - start) * 1e3;
      draw (runner, spec, surface);
      all[MAX (i, 0)] = (bench_now () - start) * 1e3;
    }
  cairo_surface_destroy (surface);
  start = bench_median (all, MOVES);
  printf ("%-32s %-6s errors %5.2f ms, with the picture %5.2f ms: %.2f of a frame\n", name,
          lab_parameter (key)->key, bench_median (errors, MOVES), start, start / FRAME);
}

int
main (void)
{
  GError *error = NULL;

  if (!lab_init (&error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  run ("double-descent", LAB_RIDGE, 1e-8, 1);
  run ("double-descent", LAB_TIME, 1, 1e6);
  run ("random-features-double-descent", LAB_RIDGE, 1e-8, 1);
  run ("epoch-wise-linear", LAB_RIDGE, 1e-6, 1);
  run ("ridge-at-peak", LAB_TIME, 1, 1e6);
  return 0;
}
