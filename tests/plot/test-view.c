#include "plot-samples.h"

#include <math.h>

#define SIDE_X 900
#define SIDE_Y 600

static PlotLayout *
lay_out (const PlotFigure *figure, const PlotLimits *view)
{
  return plot_layout_new (figure, plot_theme_find ("light"), view, SIDE_X, SIDE_Y);
}

static void
assert_same_range (const PlotLimits *a, const PlotLimits *b, PlotAxis axis, double tolerance)
{
  double span = a->hi[axis] - a->lo[axis];

  g_assert_cmpfloat (fabs (a->lo[axis] - b->lo[axis]), <=, tolerance * span);
  g_assert_cmpfloat (fabs (a->hi[axis] - b->hi[axis]), <=, tolerance * span);
}

/* Where `value` is drawn in a frame by a view, from the scale alone. */
static double
pixel_of (const PlotLimits *view, PlotRect frame, PlotAxis axis, double value)
{
  const PlotScale *scale = view->scale[axis];
  double lo = scale->forward (view->lo[axis]), hi = scale->forward (view->hi[axis]);
  double part = (scale->forward (value) - lo) / (hi - lo);

  return axis == PLOT_X ? frame.left + part * (frame.right - frame.left)
                        : frame.bottom - part * (frame.bottom - frame.top);
}

typedef PlotFigure *(*Make) (void);

static const Make makes[] = { plot_sample_double_descent, plot_sample_linear, plot_sample_function,
                              plot_sample_learning_panels };

static void
test_zoom_keeps_the_place (void)
{
  static const double factors[] = { 0.5, 0.83, 1.2, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (makes); i++)
    {
      g_autoptr (PlotFigure) figure = makes[i] ();
      g_autoptr (PlotLayout) layout = lay_out (figure, NULL);

      for (guint panel = 0; panel < layout->n_panels; panel++)
        for (guint k = 0; k < G_N_ELEMENTS (factors); k++)
          {
            PlotRect frame = layout->frames[panel];
            double px = frame.left + 0.3 * (frame.right - frame.left);
            double py = frame.top + 0.2 * (frame.bottom - frame.top);
            double x = plot_layout_to_data (layout, panel, PLOT_X, px);
            double y = plot_layout_to_data (layout, panel, PLOT_Y, py);
            PlotLimits view = layout->view, back;

            plot_limits_zoom (&view, figure, layout, px, py, factors[k], factors[k]);
            g_assert_cmpfloat_with_epsilon (pixel_of (&view, frame, PLOT_X, x), px, 1e-6);
            g_assert_cmpfloat_with_epsilon (pixel_of (&view, frame, PLOT_Y, y), py, 1e-6);
            g_assert_cmpfloat (view.lo[PLOT_X], !=, layout->view.lo[PLOT_X]);
            g_assert_cmpfloat (view.hi[PLOT_Y], !=, layout->view.hi[PLOT_Y]);

            /* less of the axis where the factor is less */
            g_assert_cmpint (view.lo[PLOT_X] > layout->view.lo[PLOT_X], ==, factors[k] < 1);
            g_assert_cmpint (view.hi[PLOT_Y] < layout->view.hi[PLOT_Y], ==, factors[k] < 1);

            /* in and out again */
            back = view;
            plot_limits_zoom (&back, figure, layout, px, py, 1 / factors[k], 1 / factors[k]);
            assert_same_range (&layout->view, &back, PLOT_X, 1e-12);
            assert_same_range (&layout->view, &back, PLOT_Y, 1e-12);
          }
    }
}

/* The factor is that of the span on paper: decades on a log axis. */
static void
test_zoom_factor (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autoptr (PlotLayout) layout = lay_out (figure, NULL);
  PlotLimits view = layout->view;
  double decades = log10 (view.hi[PLOT_X] / view.lo[PLOT_X]);

  plot_limits_zoom (&view, figure, layout, layout->left, layout->top, 0.25, 1);
  g_assert_cmpfloat_with_epsilon (log10 (view.hi[PLOT_X] / view.lo[PLOT_X]), decades / 4, 1e-12);
  g_assert_cmpfloat_with_epsilon (view.lo[PLOT_X], layout->view.lo[PLOT_X], 1e-9);
  /* the other axis to the last bit */
  g_assert_cmpfloat (view.lo[PLOT_Y], ==, layout->view.lo[PLOT_Y]);
  g_assert_cmpfloat (view.hi[PLOT_Y], ==, layout->view.hi[PLOT_Y]);
}

static void
test_pan (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (makes); i++)
    {
      g_autoptr (PlotFigure) figure = makes[i] ();
      g_autoptr (PlotLayout) layout = lay_out (figure, NULL);
      PlotRect frame = layout->frames[0];
      double px = frame.left + 50, py = frame.bottom - 80;
      double x = plot_layout_to_data (layout, 0, PLOT_X, px);
      double y = plot_layout_to_data (layout, 0, PLOT_Y, py);
      PlotLimits view = layout->view;

      plot_limits_pan (&view, figure, layout, 37, -21);
      g_assert_cmpfloat_with_epsilon (pixel_of (&view, frame, PLOT_X, x), px + 37, 1e-6);
      g_assert_cmpfloat_with_epsilon (pixel_of (&view, frame, PLOT_Y, y), py - 21, 1e-6);
      plot_limits_pan (&view, figure, layout, -37, 21);
      assert_same_range (&layout->view, &view, PLOT_X, 1e-12);
      assert_same_range (&layout->view, &view, PLOT_Y, 1e-12);

      plot_limits_pan (&view, figure, layout, 0, 12);
      assert_same_range (&layout->view, &view, PLOT_X, 1e-12);
    }
}

static void
test_box (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (makes); i++)
    {
      g_autoptr (PlotFigure) figure = makes[i] ();
      g_autoptr (PlotLayout) layout = lay_out (figure, NULL);
      guint panel = layout->n_panels - 1;
      PlotRect frame = layout->frames[panel];
      PlotRect box = { frame.left + 30, frame.top + 40, frame.left + 130, frame.top + 90 };
      PlotLimits view = layout->view;
      struct
      {
        double got, at;
        PlotAxis axis;
      } edges[] = { { 0, box.left, PLOT_X },   { 0, box.right, PLOT_X },
                    { 0, box.bottom, PLOT_Y }, { 0, box.top, PLOT_Y } };

      plot_limits_box (&view, figure, layout, panel, box);
      edges[0].got = view.lo[PLOT_X];
      edges[1].got = view.hi[PLOT_X];
      edges[2].got = view.lo[PLOT_Y];
      edges[3].got = view.hi[PLOT_Y];
      for (guint k = 0; k < G_N_ELEMENTS (edges); k++)
        g_assert_cmpfloat_with_epsilon (
          plot_layout_to_pixel (layout, panel, edges[k].axis, edges[k].got), edges[k].at, 1e-6);

      /* all of the frame is what is seen already */
      view = layout->view;
      plot_limits_box (&view, figure, layout, panel, frame);
      assert_same_range (&layout->view, &view, PLOT_X, 1e-12);
      assert_same_range (&layout->view, &view, PLOT_Y, 1e-12);
    }
}

/* However long somebody turns the wheel, there is something that can be drawn. */
static void
test_limits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (makes); i++)
    for (int way = 0; way < 2; way++)
      {
        g_autoptr (PlotFigure) figure = makes[i] ();
        g_autoptr (PlotLayout) layout = lay_out (figure, NULL), last = NULL;
        PlotLimits view = layout->view;
        double factor = way == 0 ? 0.5 : 2;

        for (int turn = 0; turn < 3000; turn++)
          {
            plot_limits_zoom (&view, figure, layout, 400, 200, factor, factor);
            for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
              {
                double lo = view.lo[axis], hi = view.hi[axis];

                g_assert_true (isfinite (lo) && isfinite (hi) && lo < hi);
                g_assert_cmpfloat (hi - lo, <=, 1e300);
                g_assert_cmpfloat (hi - lo, >=, 1e-9 * MAX (fabs (lo), fabs (hi)));
                g_assert_true (view.scale[axis] != &plot_scale_log || lo > 0);
              }
          }
        for (int turn = 0; turn < 300; turn++)
          plot_limits_pan (&view, figure, layout, 500, way == 0 ? 500 : -500);

        /* and drawn it is, as it stands */
        last = lay_out (figure, &view);
        g_assert_cmpfloat (last->view.lo[PLOT_X], ==, view.lo[PLOT_X]);
        g_assert_cmpfloat (last->view.hi[PLOT_Y], ==, view.hi[PLOT_Y]);
        /* there is a way back */
        plot_limits_zoom (&view, figure, layout, 400, 200, 1 / factor, 1 / factor);
        g_assert_cmpfloat (last->view.lo[PLOT_X], !=, view.lo[PLOT_X]);
      }
}

static void
test_axis_hit (void)
{
  static const Make figures[] = { plot_sample_double_descent, plot_sample_learning_panels };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_autoptr (PlotFigure) figure = figures[i] ();
      g_autoptr (PlotLayout) layout = lay_out (figure, NULL);
      double middle_x = (layout->left + layout->right) / 2;
      double middle_y = (layout->top + layout->bottom) / 2;

      g_assert_cmpint (plot_layout_axis_hit (layout, middle_x, layout->bottom + 10), ==, PLOT_X);
      g_assert_cmpint (plot_layout_axis_hit (layout, middle_x, layout->bottom + 30), ==, PLOT_X);
      g_assert_cmpint (plot_layout_axis_hit (layout, layout->left - 10, middle_y), ==, PLOT_Y);
      g_assert_cmpint (plot_layout_axis_hit (layout, 5, middle_y), ==, PLOT_Y);
      for (guint panel = 0; panel < layout->n_panels; panel++)
        {
          PlotRect frame = layout->frames[panel];

          g_assert_cmpint (plot_layout_axis_hit (layout, frame.left + 1, frame.bottom - 1), ==, -1);
          g_assert_cmpint (plot_layout_axis_hit (layout, frame.right - 1, frame.bottom + 10), ==,
                           PLOT_X);
        }
      /* title, corner, small print */
      g_assert_cmpint (plot_layout_axis_hit (layout, middle_x, 5), ==, -1);
      g_assert_cmpint (plot_layout_axis_hit (layout, 5, 5), ==, -1);
      g_assert_cmpint (plot_layout_axis_hit (layout, 5, SIDE_Y - 5), ==, -1);
      g_assert_cmpint (plot_layout_axis_hit (layout, middle_x, SIDE_Y + 1), ==, -1);
    }
}

/* Without a label under them, the numbers' own line is the axis. */
static void
test_bare_axis_hit (void)
{
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL);
  const double x[] = { 1, 2, 3 };
  g_autoptr (PlotLayout) layout = NULL;
  double middle;

  plot_figure_add_series (figure, &(PlotSeries){ .id = "a", .n = 3, .x = x, .y = x });
  layout = lay_out (figure, NULL);
  middle = (layout->left + layout->right) / 2;
  g_assert_cmpint (plot_layout_axis_hit (layout, middle, layout->bottom + 1), ==, PLOT_X);
  g_assert_cmpint (plot_layout_axis_hit (layout, middle, layout->bottom + 15), ==, PLOT_X);
  g_assert_cmpint (plot_layout_axis_hit (layout, middle, layout->bottom + 60), ==, -1);
}

/* Between two panels the place that is kept is that of the nearer one. */
static void
test_zoom_between_panels (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_learning_panels ();
  g_autoptr (PlotLayout) layout = lay_out (figure, NULL);
  const double end = layout->frames[0].right, begin = layout->frames[1].left;

  g_assert_cmpfloat (begin - end, >, 4);
  g_assert_true (layout->view.scale[PLOT_X] == &plot_scale_log);
  for (guint panel = 0; panel < 2; panel++)
    {
      const double px = (end + begin) / 2 + (panel == 0 ? -1 : 1);
      const double width = layout->frames[panel].right - layout->frames[panel].left,
                   part = (px - layout->frames[panel].left) / width;
      PlotLimits view = layout->view;
      double before, after;

      plot_limits_zoom (&view, figure, layout, px, layout->top + 10, 0.8, 1);
      before = layout->view.lo[PLOT_X] * pow (layout->view.hi[PLOT_X] / layout->view.lo[PLOT_X], part);
      after = view.lo[PLOT_X] * pow (view.hi[PLOT_X] / view.lo[PLOT_X], part);
      g_assert_cmpfloat_with_epsilon (after / before, 1, 1e-9);
    }
}

static void
add_line (PlotFigure *figure, double y0, double y1)
{
  const double x[] = { 1, 2, 3 }, y[] = { y0, y1, NAN };

  plot_figure_add_series (figure, &(PlotSeries){ .id = "a", .n = 3, .x = x, .y = y });
}

static void
test_scales (void)
{
  g_autoptr (PlotFigure) figure = plot_figure_new (NULL), zeros = plot_figure_new (NULL);
  const double x[] = { 0, 1 }, y[] = { NAN, 1 }, finite[] = { 1, 1 };

  /* nothing, then zeros alone, are no ground for a log axis */
  g_assert_false (plot_figure_takes_scale (zeros, PLOT_Y, &plot_scale_log));
  add_line (zeros, 0, 0);
  g_assert_false (plot_figure_takes_scale (zeros, PLOT_Y, &plot_scale_log));
  g_assert_true (plot_figure_takes_scale (zeros, PLOT_X, &plot_scale_log));
  add_line (zeros, 0, 1e-9);
  g_assert_true (plot_figure_takes_scale (zeros, PLOT_Y, &plot_scale_log));

  add_line (figure, 1, 2);
  g_assert_true (plot_figure_takes_scale (figure, PLOT_Y, &plot_scale_log));
  add_line (figure, 1, -1e-9);
  g_assert_false (plot_figure_takes_scale (figure, PLOT_Y, &plot_scale_log));
  g_assert_true (plot_figure_takes_scale (figure, PLOT_Y, &plot_scale_linear));

  /* zero on x counts where something is drawn at it */
  plot_figure_add_series (figure, &(PlotSeries){ .id = "b", .n = 2, .x = x, .y = y });
  g_assert_true (plot_figure_takes_scale (figure, PLOT_X, &plot_scale_log));
  plot_figure_add_series (figure, &(PlotSeries){ .id = "c", .n = 2, .x = x, .y = finite });
  g_assert_false (plot_figure_takes_scale (figure, PLOT_X, &plot_scale_log));
}

/* What is hidden can be brought back on a screen, and is not spoken of in a file. */
static void
test_hidden_entry (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autoptr (PlotLayout) whole = lay_out (figure, NULL), screen = NULL, file = NULL;
  PlotLimits view = whole->view;

  view.hidden = 2;
  file = lay_out (figure, &view);
  view.handles = TRUE;
  screen = lay_out (figure, &view);
  g_assert_cmpfloat (screen->legend_height, ==, whole->legend_height);
  g_assert_cmpfloat (file->legend_height, <, whole->legend_height);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/view/zoom-keeps-the-place", test_zoom_keeps_the_place);
  g_test_add_func ("/plot/view/zoom-factor", test_zoom_factor);
  g_test_add_func ("/plot/view/pan", test_pan);
  g_test_add_func ("/plot/view/box", test_box);
  g_test_add_func ("/plot/view/limits", test_limits);
  g_test_add_func ("/plot/view/axis-hit", test_axis_hit);
  g_test_add_func ("/plot/view/bare-axis-hit", test_bare_axis_hit);
  g_test_add_func ("/plot/view/zoom-between-panels", test_zoom_between_panels);
  g_test_add_func ("/plot/view/scales", test_scales);
  g_test_add_func ("/plot/view/hidden-entry", test_hidden_entry);
  return g_test_run ();
}
