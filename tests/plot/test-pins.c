/* Pinned curves, hidden ones, and legends of many entries. */

#include "plot-item-private.h"
#include "plot-pixels.h"
#include "plot-samples.h"

#include <math.h>
#include <stdlib.h>

static const char *const theme_names[] = { "light", "dark", "paper", "paper-gray" };
static const double sizes[][2] = { { 1400, 900 }, { 1280, 720 }, { 700, 900 }, { 680, 460 } };
static const guint counts[] = { 1, 5, 20 };

/* Each is thinner than the present curve and without marks; after twenty they begin again. */
static void
test_styles (void)
{
  for (guint t = 0; t < G_N_ELEMENTS (theme_names); t++)
    {
      const PlotTheme *theme = plot_theme_find (theme_names[t]);

      for (guint i = 0; i < PLOT_N_PINS; i++)
        {
          const PlotLook *look = &theme->looks[plot_style_pin (i)];

          g_assert_cmpint (look->mark, ==, PLOT_MARK_NONE);
          g_assert_cmpfloat (look->width, <, 0.7 * theme->looks[PLOT_STYLE_PRIMARY].width);
          g_assert_cmpint (look->n_dash, >, 0);
        }
    }
  g_assert_cmpint (plot_style_pin (PLOT_N_PINS), ==, plot_style_pin (0));
  g_assert_cmpint (plot_style_pin (PLOT_N_PINS - 1), ==, PLOT_STYLE_PIN_20);
}

/* Where both run along the same line, the present curve is what is seen, whichever was added last. */
static void
test_below (void)
{
  const double x[] = { 0, 1 }, y[] = { 0.5, 0.5 };
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
  g_autoptr (PlotLayout) layout = NULL;
  cairo_surface_t *surface;
  double row;

  plot_figure_add_series (figure, &(PlotSeries){ "a", "", 0, PLOT_STYLE_PRIMARY, 2, x, y });
  plot_figure_add_series (figure, &(PlotSeries){ "pin", "", 0, plot_style_pin (0), 2, x, y });
  layout = plot_layout_new (figure, theme, NULL, 400, 300);
  surface = pixels_draw (figure, "light", NULL, 400, 300);
  row = plot_layout_to_pixel (layout, 0, PLOT_Y, 0.5);
  g_assert_cmpuint (
    pixels_count (surface, theme->looks[PLOT_STYLE_PRIMARY].color, 0, row - 2, 400, row + 2), >,
    250);
  g_assert_cmpuint (
    pixels_count (surface, theme->looks[plot_style_pin (0)].color, 0, row - 2, 400, row + 2), ==,
    0);
  cairo_surface_destroy (surface);
}

/* A pin is as much to be seen as the present curve. */
static void
test_range (void)
{
  const double x[] = { 1, 10 }, y[] = { 1, 2 }, low[] = { 1e-4, 2e-4 };
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
  double lo, hi;

  plot_figure_set_axis (figure, PLOT_Y, NULL, &plot_scale_log);
  plot_figure_add_series (figure, &(PlotSeries){ "a", "a", 0, PLOT_STYLE_PRIMARY, 2, x, y });
  plot_figure_add_series (figure, &(PlotSeries){ "pin", "p", 0, plot_style_pin (3), 2, x, low });
  plot_figure_frame (figure, PLOT_Y, &lo, &hi);
  g_assert_cmpfloat (lo, <, 1e-4);
  g_assert_cmpfloat (lo, >, 1e-5);
}

static PlotRect
entry_rect (const PlotScene *scene, guint i)
{
  const PlotEntryText *entry = &g_array_index (scene->legend, PlotEntryText, i);

  return (PlotRect){ entry->x, entry->y - scene->legend_row / 2, entry->x + entry->width,
                     entry->y + scene->legend_row / 2 };
}

static gboolean
overlap (PlotRect a, PlotRect b)
{
  return a.left < b.right - 0.01 && b.left < a.right - 0.01 && a.top < b.bottom - 0.01
         && b.top < a.bottom - 0.01;
}

static guint
points_under (const PlotLayout *layout, const PlotFigure *figure, PlotRect rect)
{
  guint n = 0;

  for (guint s = 0; s < plot_figure_get_n_series (figure); s++)
    {
      const PlotSeries *series = plot_figure_get_series (figure, s);

      for (guint i = 0; i < series->n; i++)
        {
          double x = plot_layout_to_pixel (layout, 0, PLOT_X, series->x[i]);
          double y = plot_layout_to_pixel (layout, 0, PLOT_Y, series->y[i]);

          n += plot_rect_has (layout->frames[0], x, y, 0) && plot_rect_has (rect, x, y, 0);
        }
    }
  return n;
}

/* All entries, on the sheet, apart from each other and from the curves, wide enough to be read, and
 * found where they are. */
static void
check_legend (const PlotFigure *figure, const char *theme, double width, double height)
{
  g_autoptr (PlotLayout)
    layout = plot_layout_new (figure, plot_theme_find (theme), NULL, width, height);
  const PlotScene *scene = (const PlotScene *) layout;
  PlotRect box = { layout->legend_x, layout->legend_y, layout->legend_x + layout->legend_width,
                   layout->legend_y + layout->legend_height };

  g_assert_cmpuint (scene->legend->len, ==, plot_figure_get_n_series (figure));
  g_assert_cmpuint (points_under (layout, figure, box), ==, 0);
  for (guint i = 0; i < scene->legend->len; i++)
    {
      const PlotEntryText *entry = &g_array_index (scene->legend, PlotEntryText, i);
      PlotRect rect = entry_rect (scene, i);
      double text = plot_text_width (entry->text);

      g_assert_true (plot_rect_contains (plot_rect_grow (box, 0.01), rect));
      g_assert_cmpfloat (rect.left, >=, 0);
      g_assert_cmpfloat (rect.right, <=, width);
      g_assert_cmpfloat (rect.top, >=, 0);
      if (pango_layout_is_ellipsized (entry->text))
        g_assert_cmpfloat (text, >, 5.5 * scene->size);
      for (guint k = 0; k < i; k++)
        g_assert_false (overlap (rect, entry_rect (scene, k)));
      for (int at = 0; at < 3; at++)
        g_assert_cmpint (
          plot_layout_legend_hit (layout, rect.left + at * (rect.right - rect.left) / 2, entry->y),
          ==, (int) entry->index);
    }
}

static void
test_legend (void)
{
  for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
    {
      g_autoptr (PlotFigure) figure = plot_sample_pins (counts[c]);

      for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
        for (guint t = 0; t < G_N_ELEMENTS (theme_names); t++)
          check_legend (figure, theme_names[t], sizes[s][0], sizes[s][1]);
    }
}

/* The legend shows what the curve looks like: the pin's colour, in its own row. */
static void
test_sample (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_pins (20);

  for (guint t = 0; t < G_N_ELEMENTS (theme_names); t++)
    {
      const PlotTheme *theme = plot_theme_find (theme_names[t]);
      g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, NULL, 1280, 720);
      const PlotScene *scene = (const PlotScene *) layout;
      cairo_surface_t *surface = pixels_draw (figure, theme_names[t], NULL, 1280, 720);

      for (guint i = 0; i < scene->legend->len; i++)
        {
          const PlotEntryText *entry = &g_array_index (scene->legend, PlotEntryText, i);
          PlotStyle style = plot_figure_get_series (figure, entry->index)->style;
          cairo_surface_t *line;
          const guint32 background = pixels_rgb (theme->background);
          double strongest = 0, r = theme->looks[style].color.r - theme->background.r;

          if (style < PLOT_STYLE_PIN_1)
            continue;
          line = surface;
          for (int y = (int) entry->y - 3; y <= (int) entry->y + 3; y++)
            for (int x = (int) entry->x; x < entry->x + scene->legend_sample; x++)
              strongest = MAX (strongest,
                               ((double) (pixels_get (line, x, y) >> 16) - (background >> 16)) / 255
                                 / r);
          /* a line thinner than a pixel covers half of two */
          g_assert_cmpfloat (strongest, >, 0.4);
          g_assert_cmpfloat (strongest, <, 1.05);
        }
      cairo_surface_destroy (surface);
    }
}

/* --- hidden --- */

static PlotFigure *
guided_figure (void)
{
  const double x[] = { 10, 100, 1000 }, y[] = { 1, 0.1, 0.01 }, z[] = { 0.5, 0.2, 0.1 };
  PlotFigure *figure = plot_figure_new ("Hidden");

  plot_figure_set_axis (figure, PLOT_X, "<i>n</i>", &plot_scale_log);
  plot_figure_set_axis (figure, PLOT_Y, "error", &plot_scale_log);
  plot_figure_add_series (figure, &(PlotSeries){ "test", "test", 0, PLOT_STYLE_PRIMARY, 3, x, y });
  plot_figure_add_series (figure,
                          &(PlotSeries){ "pin-1", "pinned", 0, plot_style_pin (0), 3, x, z });
  plot_figure_add_line (
    figure, &(PlotLine){ "pin-1", 0, 20, 500, -0.35, 100, 0.2, "slope −0.35", plot_style_pin (0) });
  plot_figure_add_marker (figure, &(PlotMarker){ "m", 100, "threshold" });
  plot_figure_add_marker (figure, &(PlotMarker){ "pin-1", 50, "its threshold" });
  return figure;
}

/* Grid lines shine faintly through the legend's ground. */
static gboolean
stands_out (cairo_surface_t *surface, int x, int y, guint32 background)
{
  return abs ((int) (pixels_get (surface, x, y) >> 16) - (int) (background >> 16)) > 50;
}

/* Nothing is left of a hidden pin but its struck entry: not its line, nor the line fitted to it, nor
 * the marker named after it. The others stay. */
static void
test_hidden (void)
{
  g_autoptr (PlotFigure) figure = guided_figure ();
  PlotLimits view;

  plot_limits_init (&view, figure);
  view.hidden = 2;
  view.handles = TRUE;
  for (guint t = 0; t < G_N_ELEMENTS (theme_names); t++)
    {
      const PlotTheme *theme = plot_theme_find (theme_names[t]);
      g_autoptr (PlotLayout) layout = plot_layout_new (figure, theme, &view, 600, 400);
      const PlotScene *scene = (const PlotScene *) layout;
      const PlotEntryText *entry = &g_array_index (scene->legend, PlotEntryText, 1);
      cairo_surface_t *surface = pixels_draw (figure, theme_names[t], &view, 600, 400);
      PlotColor pin = theme->looks[plot_style_pin (0)].color;
      guint stroke = 0, background = pixels_rgb (theme->background);
      double text = entry->x + entry->width - plot_text_width (entry->text);

      if (t < 3) /* grays are everywhere */
        g_assert_cmpuint (pixels_count (surface, pin, 0, 0, 600, 400), <=, 3);
      g_assert_cmpuint (scene->guides->len, ==, 0);
      g_assert_null (plot_scene_trace_of (scene, plot_figure_find_item (figure, &plot_line_type)));
      g_assert_cmpuint (scene->markers->len, ==, 1);
      g_assert_cmpuint (g_array_index (scene->markers, PlotEntryText, 0).index, ==, 0);
      g_assert_cmpint (plot_layout_legend_hit (layout, entry->x + 3, entry->y), ==, 1);
      /* the stroke runs through all of the text */
      for (int x = (int) ceil (text); x < entry->x + entry->width - 1; x++)
        stroke += stands_out (surface, x, (int) round (entry->y), background);
      g_assert_cmpuint (stroke + 2, >=, (guint) plot_text_width (entry->text));
      /* and no sample stands before it */
      for (int x = (int) entry->x; x < (int) (entry->x + scene->legend_sample); x++)
        g_assert_false (stands_out (surface, x, (int) round (entry->y), background));
      cairo_surface_destroy (surface);
    }
}

/* --- small panes --- */

/* Without a title the frame takes its place, and everything stays on the sheet. */
static void
test_small (void)
{
  static const double panes[][2] = { { 500, 260 }, { 380, 220 }, { 300, 180 } };
  static PlotFigure *(*const makers[]) (void) = { plot_sample_angles, plot_sample_spectrum };

  for (guint m = 0; m < G_N_ELEMENTS (makers); m++)
    for (guint p = 0; p < G_N_ELEMENTS (panes); p++)
      {
        g_autoptr (PlotFigure) figure = makers[m]();
        g_autoptr (PlotLayout) layout = plot_layout_new (figure, plot_theme_find ("light"), NULL,
                                                         panes[p][0], panes[p][1]);
        const PlotScene *scene = (const PlotScene *) layout;
        double share = (layout->right - layout->left) * (layout->bottom - layout->top)
                       / (panes[p][0] * panes[p][1]);
        guint labelled[PLOT_N_AXES] = { 0 };

        g_assert_null (scene->title.text);
        g_assert_nonnull (scene->labels[PLOT_X].text);
        g_assert_nonnull (scene->labels[PLOT_Y].text);
        g_assert_cmpfloat (share, >, 0.38);
        g_assert_cmpuint (scene->legend->len, ==, plot_figure_get_n_series (figure));
        check_legend (figure, "light", panes[p][0], panes[p][1]);
        for (int axis = 0; axis < PLOT_N_AXES; axis++)
          for (guint i = 0; i < layout->ticks[axis]->len; i++)
            labelled[axis] += g_array_index (layout->ticks[axis], PlotTick, i).label != NULL;
        g_assert_cmpuint (labelled[PLOT_X], >=, 3);
        g_assert_cmpuint (labelled[PLOT_Y], >=, 3);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/pins/styles", test_styles);
  g_test_add_func ("/plot/pins/below", test_below);
  g_test_add_func ("/plot/pins/range", test_range);
  g_test_add_func ("/plot/pins/legend", test_legend);
  g_test_add_func ("/plot/pins/sample", test_sample);
  g_test_add_func ("/plot/pins/hidden", test_hidden);
  g_test_add_func ("/plot/pins/small", test_small);
  return g_test_run ();
}
