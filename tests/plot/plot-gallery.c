/* Draws the sample figures in many sizes and themes, to be looked at:
 *
 *   plot-gallery FOLDER
 */

#include "plot-samples.h"

#include <math.h>
#include <stdlib.h>

typedef struct
{
  const char *sample;
  const char *theme;
  double width, height, type_scale, dpi;
  gboolean dimmed;
  double crosshair; /* at this x, 0: none */
} Picture;

static const Picture pictures[] = {
  { "double-descent", "light", 1020, 780, 1, 96, FALSE, 0 },
  { "double-descent", "dark", 1020, 780, 1, 96, FALSE, 219 },
  { "double-descent", "light", 1400, 900, 1, 96, FALSE, 219 },
  { "double-descent", "light", 1920, 1080, 1.5, 96, FALSE, 90 },
  { "double-descent", "dark", 700, 900, 1, 96, FALSE, 0 },
  { "double-descent", "light", 360, 300, 1, 192, FALSE, 0 },
  { "double-descent", "light", 260, 200, 1, 192, FALSE, 0 },
  { "double-descent", "paper", 321, 240, 1, 288, FALSE, 0 },
  { "double-descent", "paper", 680, 460, 1, 192, FALSE, 0 },
  { "double-descent", "paper-gray", 680, 460, 1, 192, FALSE, 0 },
  { "double-descent", "light", 1020, 780, 1, 97, TRUE, 0 },
  { "interpolation", "light", 1020, 680, 1, 96, FALSE, 0 },
  { "interpolation", "dark", 420, 340, 1, 192, FALSE, 0 },
  { "learning-curve", "light", 1400, 900, 1, 96, FALSE, 200 },
  { "learning-curve", "dark", 1280, 720, 1, 96, FALSE, 0 },
  { "learning-curve", "light", 700, 900, 1, 96, FALSE, 0 },
  { "learning-curve", "paper", 321, 260, 1, 288, FALSE, 0 },
  { "learning-curve", "paper-gray", 680, 460, 1, 192, FALSE, 0 },
  { "learning-panels", "light", 1400, 900, 1, 96, FALSE, 200 },
  { "learning-panels", "dark", 1280, 720, 1.3, 96, FALSE, 0 },
  { "learning-panels", "light", 700, 900, 1, 96, FALSE, 0 },
  { "learning-panels", "paper", 680, 360, 1, 192, FALSE, 0 },
  { "learning-four", "light", 1400, 900, 1, 96, FALSE, 0 },
  { "learning-four", "dark", 700, 900, 1, 96, FALSE, 0 },
  { "learning-near", "light", 1280, 720, 1, 96, FALSE, 0 },
  { "learning-near", "light", 420, 340, 1, 192, FALSE, 0 },
  { "learning-dense", "light", 1280, 720, 1, 96, FALSE, 0 },
  { "learning-dense", "dark", 1280, 720, 1, 96, FALSE, 0 },
  { "linear", "light", 900, 600, 1, 96, FALSE, 0 },
  { "function", "light", 900, 500, 1, 96, FALSE, 0 },
  { "function", "dark", 700, 260, 1, 96, FALSE, 0 },
  { "long", "light", 1000, 600, 1, 96, FALSE, 0 },
  { "pins-1", "light", 1280, 720, 1, 96, FALSE, 0 },
  { "pins-5", "light", 1280, 720, 1, 96, FALSE, 0 },
  { "pins-20", "light", 1280, 720, 1, 96, FALSE, 0 },
  { "pins-1", "dark", 1280, 720, 1, 96, FALSE, 0 },
  { "pins-5", "dark", 1280, 720, 1, 96, FALSE, 0 },
  { "pins-20", "dark", 1280, 720, 1, 96, FALSE, 0 },
  { "pins-1", "paper", 680, 460, 1, 192, FALSE, 0 },
  { "pins-5", "paper", 680, 460, 1, 192, FALSE, 0 },
  { "pins-20", "paper", 680, 460, 1, 192, FALSE, 0 },
  { "pins-1", "paper-gray", 680, 460, 1, 192, FALSE, 0 },
  { "pins-5", "paper-gray", 680, 460, 1, 192, FALSE, 0 },
  { "pins-20", "paper-gray", 680, 460, 1, 192, FALSE, 0 },
  { "pins-1", "light", 700, 900, 1, 96, FALSE, 0 },
  { "pins-5", "light", 700, 900, 1, 96, FALSE, 0 },
  { "pins-20", "light", 700, 900, 1, 96, FALSE, 0 },
  { "pins-1", "dark", 700, 900, 1, 96, FALSE, 0 },
  { "pins-5", "dark", 700, 900, 1, 96, FALSE, 0 },
  { "pins-20", "dark", 700, 900, 1, 96, FALSE, 0 },
  { "angles", "light", 500, 260, 1, 192, FALSE, 0 },
  { "angles", "light", 380, 220, 1, 192, FALSE, 0 },
  { "angles", "light", 300, 180, 1, 192, FALSE, 0 },
  { "angles", "dark", 500, 260, 1, 192, FALSE, 0 },
  { "spectrum", "light", 500, 260, 1, 192, FALSE, 0 },
  { "spectrum", "light", 380, 220, 1, 192, FALSE, 0 },
  { "spectrum", "light", 300, 180, 1, 192, FALSE, 0 },
  { "spectrum", "dark", 500, 260, 1, 192, FALSE, 0 },
  { "matrix", "light", 1400, 900, 1, 96, FALSE, 0 },
  { "matrix", "dark", 700, 500, 1, 96, FALSE, 0 },
  { "matrix", "light", 400, 250, 1, 192, FALSE, 0 },
  { "matrix", "paper-gray", 450, 350, 1, 192, FALSE, 0 },
  { "fields", "light", 1400, 900, 1, 96, FALSE, 0 },
  { "fields", "dark", 700, 500, 1, 96, FALSE, 0 },
  { "fields", "light", 400, 250, 1, 192, FALSE, 0 },
  { "areas", "light", 1400, 900, 1, 96, FALSE, 0 },
  { "areas", "dark", 700, 500, 1, 96, FALSE, 0 },
  { "areas", "paper-gray", 680, 460, 1, 192, FALSE, 0 },
  { "busy", "light", 1400, 900, 1, 96, FALSE, 0 },
  { "busy", "light", 360, 300, 1, 192, FALSE, 0 },
  { "empty", "light", 800, 500, 1, 96, FALSE, 0 },
};

static PlotFigure *
make_sample (const char *name)
{
  guint n;
  const PlotSample *samples = plot_samples (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (samples[i].name, name))
      return samples[i].make ();
  return NULL;
}

static void
draw (const Picture *picture, const char *folder)
{
  g_autoptr (PlotFigure) figure = make_sample (picture->sample);
  const PlotTheme *theme = plot_theme_find (picture->theme);
  double scale = picture->dpi / 96, best = INFINITY;
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_RGB24, (int) (picture->width * scale), (int) (picture->height * scale));
  cairo_t *cr = cairo_create (surface);
  g_autofree char *path = g_strdup_printf ("%s/%s-%s-%gx%g@%g.png", folder, picture->sample,
                                           picture->theme, picture->width, picture->height,
                                           picture->dpi);
  PlotLimits view;
  double layout_time;

  plot_limits_init (&view, figure);
  view.type_scale = picture->type_scale;
  view.dimmed = picture->dimmed;
  view.handles = picture->dpi == 96;
  cairo_scale (cr, scale, scale);
  for (int i = 0; i < 20; i++)
    {
      gint64 start = g_get_monotonic_time ();

      plot_render (figure, theme, &view, cr, picture->width, picture->height);
      best = MIN (best, (double) (g_get_monotonic_time () - start) / 1000);
    }
  {
    gint64 start = g_get_monotonic_time ();
    g_autoptr (PlotLayout)
      layout = plot_layout_new (figure, theme, &view, picture->width, picture->height);

    layout_time = (double) (g_get_monotonic_time () - start) / 1000;
    PlotHit hit = { 0 };
    const PlotSeries *first = picture->crosshair > 0 ? plot_figure_get_series (figure, 0) : NULL;

    for (guint i = 0; first != NULL && i < first->n; i++)
      if (first->x[i] <= picture->crosshair)
        hit.point = i;
    if (first != NULL)
      plot_render_crosshair (
        figure, theme, layout,
        &(PlotCrosshair){ first->x[hit.point], first->y[hit.point],
                          "width <b>219</b>   test <b>0.445</b>  (0.35 – 0.64, 20 "
                          "seeds)\ntheory 0.440   κ(Φ) 61   ‖a‖ 3.9",
                          PLOT_STYLE_PRIMARY, FALSE },
        cr);
  }
  cairo_surface_write_to_png (surface, path);
  g_print ("%-16s %-11s %5g x %-5g %6.2f ms, layout %5.2f ms\n", picture->sample, picture->theme,
           picture->width, picture->height, best, layout_time);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  const char *folder = argc > 1 ? argv[1] : ".";

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    draw (&pictures[i], folder);
  return EXIT_SUCCESS;
}
