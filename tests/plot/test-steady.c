/* What does not change: a picture drawn from a layout, text drawn twice, places while the view moves. */

#include "plot-draw-private.h"
#include "plot-item-private.h"
#include "plot-pixels.h"
#include "plot-samples.h"

#include <math.h>

static const PlotMarker *
nth_marker (const PlotFigure *figure, guint n)
{
  for (guint i = 0; i < figure->items->len; i++)
    {
      const PlotItem *item = g_ptr_array_index (figure->items, i);

      if (item->type == &plot_marker_type && item->nth == n)
        return item->data;
    }
  return NULL;
}

static cairo_surface_t *
draw_layout (const PlotLayout *layout)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) layout->width,
                                                         (int) layout->height);
  cairo_t *cr = cairo_create (surface);

  plot_layout_render (layout, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* From one layout as often as one likes, and as plot_render does it. */
static void
test_from_layout (void)
{
  const PlotRect all = { 0, 0, 900, 600 };
  guint n;
  const PlotSample *samples = plot_samples (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PlotFigure) figure = samples[i].make ();
      g_autoptr (PlotLayout)
        layout = plot_layout_new (figure, plot_theme_find ("dark"), NULL, 900, 600);
      cairo_surface_t *want = pixels_draw (figure, "dark", NULL, 900, 600);

      for (int again = 0; again < 2; again++)
        {
          cairo_surface_t *got = draw_layout (layout);

          g_assert_cmpuint (pixels_changed (want, got, all, NULL), ==, 0);
          cairo_surface_destroy (got);
        }
      cairo_surface_destroy (want);
    }
}

static gpointer
draw_in_thread (gpointer figure)
{
  return pixels_draw (figure, "light", NULL, 700, 500);
}

/* Masks of text change nothing: neither those of other texts, sizes and places, more of them than are
 * kept, nor none at all, as in a thread of its own. */
static void
test_masks (void)
{
  const PlotRect all = { 0, 0, 700, 500 };
  g_autoptr (PlotFigure) figure = plot_sample_busy ();
  cairo_surface_t *first = pixels_draw (figure, "light", NULL, 700, 500), *again, *fresh;

  for (int i = 0; i < 30; i++)
    cairo_surface_destroy (
      pixels_draw (figure, i % 2 ? "dark" : "paper", NULL, 650 + 7 * i, 500 + i));
  again = pixels_draw (figure, "light", NULL, 700, 500);
  fresh = g_thread_join (g_thread_new ("draw", draw_in_thread, figure));
  g_assert_cmpuint (pixels_changed (first, again, all, NULL), ==, 0);
  g_assert_cmpuint (pixels_changed (first, fresh, all, NULL), ==, 0);
  cairo_surface_destroy (first);
  cairo_surface_destroy (again);
  cairo_surface_destroy (fresh);
}

/* Pixels with ink of a text at (8, 8) of a picture that is scaled in its user space, or all of it. */
static guint
ink (const char *markup, double scale, double device_scale, PangoWeight weight)
{
  PlotColor black = { 0, 0, 0, 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 100);
  PangoContext *context = plot_text_context ();
  PangoLayout *text = plot_text_new (context, plot_theme_find ("light"), markup, 16, weight);
  cairo_t *cr;
  guint n;

  cairo_surface_set_device_scale (surface, device_scale, device_scale);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  plot_set_color (cr, black, 1);
  plot_text_draw (cr, text, 8, 8);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_object_unref (text);
  g_object_unref (context);
  n = 400 * 100 - pixels_count (surface, (PlotColor){ 1, 1, 1, 1 }, 0, 0, 400, 100);
  cairo_surface_destroy (surface);
  return n;
}

/* Text of another scale, weight or wording has a mask of its own. */
static void
test_mask_keys (void)
{
  guint one = ink ("random features", 1, 1, PANGO_WEIGHT_NORMAL);

  g_assert_cmpuint (one, >, 300);
  g_assert_cmpuint (ink ("random features", 2, 1, PANGO_WEIGHT_NORMAL), >, 2 * one);
  g_assert_cmpuint (ink ("random features", 1, 2, PANGO_WEIGHT_NORMAL), ==,
                    ink ("random features", 2, 1, PANGO_WEIGHT_NORMAL));
  g_assert_cmpuint (ink ("random features", 1, 1, PANGO_WEIGHT_BOLD), >, 1.05 * one);
  g_assert_cmpuint (ink ("random", 1, 1, PANGO_WEIGHT_NORMAL), <, 0.6 * one);
  g_assert_cmpuint (ink ("random features", 1, 1, PANGO_WEIGHT_NORMAL), ==, one);
}

/* A small step along both axes. */
static void
move (PlotLimits *view, double by)
{
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      const PlotScale *scale = view->scale[axis];
      double lo = scale->forward (view->lo[axis]), hi = scale->forward (view->hi[axis]);

      view->lo[axis] = scale->inverse (lo + by * (hi - lo));
      view->hi[axis] = scale->inverse (hi + by * (hi - lo));
    }
}

/* How far a marker's label is from its line. */
static double
label_offset (const PlotLayout *layout, const PlotFigure *figure, guint index, gboolean *shown)
{
  const PlotScene *scene = (const PlotScene *) layout;
  const PlotMarker *marker = nth_marker (figure, index);

  *shown = FALSE;
  for (guint i = 0; i < scene->markers->len; i++)
    {
      const PlotEntryText *label = &g_array_index (scene->markers, PlotEntryText, i);

      if (label->index != index)
        continue;
      *shown = TRUE;
      return label->x - plot_layout_to_pixel (layout, 0, PLOT_X, marker->x);
    }
  return 0;
}

/* One way and back over half of the picture: the legend stays at its corner, the frame's edges never
 * retreat, and labels stay on their side as long as there is room. */
static guint
pan (const PlotFigure *figure, gboolean held, guint *n_flips, guint *n_shrinks)
{
  PlotLimits view;
  PlotLayout *last;
  guint n_jumps = 0;

  plot_limits_init (&view, figure);
  last = plot_layout_new (figure, plot_theme_find ("light"), &view, 1000, 700);
  for (int i = 0; i < 40; i++)
    {
      PlotLayout *next;

      move (&view, i < 20 ? 0.025 : -0.025);
      view.like = held ? last : NULL;
      next = plot_layout_new (figure, plot_theme_find ("light"), &view, 1000, 700);
      g_assert_null (next->view.like);
      /* the box follows its corner if the frame narrows by a digit */
      n_jumps += fabs (next->legend_x - last->legend_x) > 30
                 || fabs (next->legend_y - last->legend_y) > 30;
      *n_shrinks += next->left < last->left || next->right > last->right;
      for (guint m = 0; nth_marker (figure, m) != NULL; m++)
        {
          gboolean was, is;
          double before = label_offset (last, figure, m, &was);
          double after = label_offset (next, figure, m, &is);

          *n_flips += was && is && fabs (before - after) > 30;
        }
      plot_layout_free (last);
      last = next;
    }
  plot_layout_free (last);
  return n_jumps;
}

static void
test_pan (void)
{
  guint n, jumps = 0, flips = 0, shrinks = 0, free_jumps = 0, free_flips = 0, free_shrinks = 0;
  const PlotSample *samples = plot_samples (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PlotFigure) figure = samples[i].make ();

      jumps += pan (figure, TRUE, &flips, &shrinks);
      /* Until there is enough to see that there is something to hold. */
      if (free_jumps <= 5 || free_shrinks <= 5)
        free_jumps += pan (figure, FALSE, &free_flips, &free_shrinks);
    }
  g_test_message ("held: legend %u, labels %u, frame %u; free: %u, %u, %u", jumps, flips, shrinks,
                  free_jumps, free_flips, free_shrinks);
  g_assert_cmpuint (jumps, ==, 0);
  g_assert_cmpuint (shrinks, ==, 0);
  /* a label that has no room left of its line any more goes to the right, once */
  g_assert_cmpuint (flips, <=, 12);
  g_assert_cmpuint (free_jumps, >, 5);
  g_assert_cmpuint (free_shrinks, >, 5);
}

/* A layout of another size says nothing. */
static void
test_other_size (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_busy ();
  const PlotTheme *theme = plot_theme_find ("light");
  g_autoptr (PlotLayout) small = plot_layout_new (figure, theme, NULL, 500, 400);
  g_autoptr (PlotLayout) want = plot_layout_new (figure, theme, NULL, 1000, 700), got = NULL;
  PlotLimits view;

  plot_limits_init (&view, figure);
  view.like = small;
  got = plot_layout_new (figure, theme, &view, 1000, 700);
  g_assert_cmpfloat (got->legend_x, ==, want->legend_x);
  g_assert_cmpfloat (got->left, ==, want->left);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/steady/from-layout", test_from_layout);
  g_test_add_func ("/plot/steady/masks", test_masks);
  g_test_add_func ("/plot/steady/mask-keys", test_mask_keys);
  g_test_add_func ("/plot/steady/pan", test_pan);
  g_test_add_func ("/plot/steady/other-size", test_other_size);
  return g_test_run ();
}
