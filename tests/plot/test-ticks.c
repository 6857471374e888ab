/* What holds for the ticks of any axis: random ranges, lengths and labels, on bare scales and in
 * whole layouts with the type they are drawn in. */

#include "plot-layout-private.h"
#include "plot-samples.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONG_ENOUGH 6 /* times the widest label: what plot-scale.h promises */

/* --- labels --- */

/* The number a person reads. */
static double
parse_label (const char *label)
{
  g_auto (GStrv) minus = g_strsplit (label, "−", -1);
  g_autofree char *plain = g_strjoinv ("-", minus);
  char *times = strstr (plain, " × "), *power = strstr (plain, "10<sup>"), *end;
  g_autofree char *number = NULL;
  double value;

  if (power == NULL)
    {
      value = g_ascii_strtod (plain, &end);
      g_assert_true (end > plain && (*end == '\0' || g_str_equal (end, "°")));
      return value;
    }
  if (times != NULL)
    g_assert_true (times + strlen (" × ") == power);
  else
    g_assert_true (power == plain || (power == plain + 1 && *plain == '-'));
  number = g_strdup_printf ("%.*se%d", (int) (times != NULL ? times - plain : power - plain), plain,
                            atoi (power + strlen ("10<sup>")));
  if (times == NULL)
    {
      g_free (number);
      number = g_strdup_printf ("%s1e%d", *plain == '-' ? "-" : "",
                                atoi (power + strlen ("10<sup>")));
    }
  value = g_ascii_strtod (number, &end);
  g_assert_true (*end == '\0');
  return value;
}

/* --- axes --- */

typedef double (*Extent) (const char *label, gpointer data);

typedef struct
{
  const PlotScale *scale;
  double lo, hi, length;
  Extent extent;
  gpointer data;
} Axis;

static double
position (const Axis *axis, double value)
{
  double lo = axis->scale->forward (axis->lo), hi = axis->scale->forward (axis->hi);

  return (axis->scale->forward (value) - lo) / (hi - lo) * axis->length;
}

/* Distance to the nearest labelled neighbour. */
static double
spacing_at (GArray *ticks, guint i)
{
  double nearest = INFINITY, value = g_array_index (ticks, PlotTick, i).value;

  for (guint k = 0; k < ticks->len; k++)
    if (k != i && g_array_index (ticks, PlotTick, k).label != NULL)
      nearest = MIN (nearest, fabs (g_array_index (ticks, PlotTick, k).value - value));
  return nearest;
}

/* The widest of the labels that were chosen if labels took no room. */
static double
widest_wanted (const Axis *axis)
{
  g_autoptr (GArray) ticks = axis->scale->locate (axis->lo, axis->hi, axis->length, NULL, NULL);
  double widest = 0;

  for (guint i = 0; i < ticks->len; i++)
    if (g_array_index (ticks, PlotTick, i).label != NULL)
      widest = MAX (widest, axis->extent (g_array_index (ticks, PlotTick, i).label, axis->data));
  return widest;
}

static void
describe (const Axis *axis, GArray *ticks)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    if (g_array_index (ticks, PlotTick, i).label != NULL)
      g_string_append_printf (all, " | %s", g_array_index (ticks, PlotTick, i).label);
  g_test_message ("%s %.17g..%.17g over %g pixels%s", axis->scale->name, axis->lo, axis->hi,
                  axis->length, all->str);
  g_string_free (all, TRUE);
}

static void
check_label (const Axis *axis, GArray *ticks, guint i)
{
  const PlotTick *tick = &g_array_index (ticks, PlotTick, i);
  double said = parse_label (tick->label), spacing = spacing_at (ticks, i);

  if (isfinite (spacing))
    g_assert_cmpfloat (fabs (said - tick->value), <=, 1e-3 * spacing);
  g_assert_cmpfloat (fabs (position (axis, said) - position (axis, tick->value)), <=, 0.5);
}

/* Everything but their number, which is returned. */
static guint
check_ticks (const Axis *axis, GArray *ticks)
{
  double last = -INFINITY, end = -INFINITY, slack = 1e-6 * (axis->hi - axis->lo);
  const char *before = "";
  guint n = 0;

  for (guint i = 0; i < ticks->len; i++)
    {
      const PlotTick *tick = &g_array_index (ticks, PlotTick, i);
      double at = position (axis, tick->value), half;

      if (!(tick->value >= axis->lo - slack && tick->value <= axis->hi + slack && at >= -0.01))
        describe (axis, ticks);
      g_assert_cmpfloat (tick->value, >, last);
      g_assert_cmpfloat (tick->value, >=, axis->lo - slack);
      g_assert_cmpfloat (tick->value, <=, axis->hi + slack);
      g_assert_cmpfloat (at, >=, -0.01);
      g_assert_cmpfloat (at, <=, axis->length + 0.01);
      last = tick->value;
      if (tick->label == NULL)
        continue;
      half = axis->extent (tick->label, axis->data) / 2;
      g_assert_cmpfloat (at - half, >=, end - 1e-6);
      g_assert_cmpstr (tick->label, !=, before);
      check_label (axis, ticks, i);
      end = at + half;
      before = tick->label;
      n++;
    }
  g_assert_cmpuint (n, <=, 12);
  return n;
}

static double
log_uniform (GRand *rand, double from, double to)
{
  return pow (10, g_rand_double_range (rand, from, to));
}

/* Ranges of every kind a zoom may come to, down to the narrowest that is promised. */
static void
random_linear (GRand *rand, Axis *axis)
{
  double size = log_uniform (rand, -12, 12) * (g_rand_boolean (rand) ? 1 : -1), span;

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0: /* across zero */
      axis->lo = -log_uniform (rand, -12, 12);
      axis->hi = log_uniform (rand, -12, 12);
      return;
    case 1: /* a window around a value, of any width */
      span = fabs (size) * log_uniform (rand, log10 (PLOT_NARROWEST), 3);
      break;
    case 2: /* round ends */
      size = g_rand_int_range (rand, -20, 20) * pow (10, g_rand_int_range (rand, -8, 8));
      span = g_rand_int_range (rand, 1, 20) * pow (10, g_rand_int_range (rand, -8, 8));
      span = MAX (span, 2 * fabs (size) * PLOT_NARROWEST);
      break;
    default: span = fabs (size) * log_uniform (rand, -1, 1);
    }
  axis->lo = size - span * g_rand_double (rand);
  axis->hi = axis->lo + span;
}

static void
random_log (GRand *rand, Axis *axis)
{
  axis->lo = log_uniform (rand, -12, 12);
  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0: axis->hi = axis->lo * (1 + log_uniform (rand, log10 (PLOT_NARROWEST), 0)); break;
    case 1: axis->hi = axis->lo * (1.05 + 9 * g_rand_double (rand)); break;
    case 2:
      axis->lo = log_uniform (rand, -300, 0);
      axis->hi = axis->lo * log_uniform (rand, 0.1, 300);
      break;
    case 3: /* round ends */
      axis->lo = g_rand_int_range (rand, 1, 10) * pow (10, g_rand_int_range (rand, -6, 6));
      axis->hi = axis->lo * g_rand_int_range (rand, 2, 200);
      break;
    default: axis->hi = axis->lo * log_uniform (rand, 0, 6);
    }
}

static Axis
random_axis (GRand *rand)
{
  Axis axis = { .length = log_uniform (rand, log10 (20), log10 (3840)) };

  axis.scale = g_rand_boolean (rand)   ? &plot_scale_log
               : g_rand_boolean (rand) ? &plot_scale_linear
                                       : &plot_scale_degrees;
  if (axis.scale == &plot_scale_log)
    random_log (rand, &axis);
  else
    random_linear (rand, &axis);
  return axis;
}

/* --- extents --- */

typedef struct
{
  double letter, gap;
} Letters;

static double
letters_extent (const char *label, gpointer data)
{
  const Letters *letters = data;
  double n = g_utf8_strlen (label, -1) - (strstr (label, "</sup>") != NULL ? 11 : 0);

  return letters->letter * n + letters->gap;
}

/* Along y: the height of a line, whatever is in it. */
static double
line_extent (const char *label, gpointer data)
{
  return 1.3 * ((const Letters *) data)->letter;
}

typedef struct
{
  PangoContext *context;
  const PlotTheme *theme;
  double size;
} Type;

static double
type_extent (const char *label, gpointer data)
{
  const Type *type = data;
  g_autoptr (PangoLayout)
    text = plot_text_new (type->context, type->theme, label, type->size, PANGO_WEIGHT_NORMAL);

  return plot_text_width (text) + 0.9 * type->size;
}

static gboolean
check_axis (const Axis *axis)
{
  g_autoptr (GArray)
    ticks = axis->scale->locate (axis->lo, axis->hi, axis->length, axis->extent, axis->data);
  gboolean long_enough = axis->length >= LONG_ENOUGH * widest_wanted (axis);
  guint n = check_ticks (axis, ticks);

  if (long_enough && n < 3)
    describe (axis, ticks);
  if (long_enough)
    g_assert_cmpuint (n, >=, 3);
  return long_enough;
}

static void
test_any_axis (void)
{
  GRand *rand = g_rand_new_with_seed (20221107);
  Type type = { plot_text_context (), plot_theme_find ("light"), 13 };
  const int n_axes = g_test_thorough () ? 10000 : 3000;
  int n_long = 0;

  for (int i = 0; i < n_axes; i++)
    {
      Axis axis = random_axis (rand);
      Letters letters = { g_rand_double_range (rand, 4, 14), g_rand_double_range (rand, 4, 14) };

      axis.extent = i % 10 == 0 ? type_extent : i % 3 == 0 ? line_extent : letters_extent;
      axis.data = i % 10 == 0 ? (gpointer) &type : &letters;
      type.size = 13 * (1 + i % 7 / 4.0);
      n_long += check_axis (&axis);
    }
  g_test_message ("%d of %d axes long enough for three labels", n_long, n_axes);
  g_assert_cmpint (n_long, >, n_axes / 2);
  g_object_unref (type.context);
  g_rand_free (rand);
}

/* --- in whole figures --- */

static PlotFigure *
random_figure (GRand *rand)
{
  static const PlotScale *const scales[] = { &plot_scale_linear, &plot_scale_log,
                                             &plot_scale_degrees };
  const double x[] = { 1, 2, 4 }, widths[] = { 1, 10, 1e4 }, counts[] = { 3, 120, 4e8 };
  PlotFigure *figure = plot_figure_new (g_rand_boolean (rand) ? "Title" : NULL);

  plot_figure_set_panels (figure, g_rand_int_range (rand, 1, PLOT_MAX_PANELS + 1), NULL);
  plot_figure_set_axis (figure, PLOT_X, g_rand_boolean (rand) ? "<i>m</i>" : NULL,
                        scales[g_rand_int_range (rand, 0, 3)]);
  plot_figure_set_axis (figure, PLOT_Y, g_rand_boolean (rand) ? "error" : NULL,
                        scales[g_rand_int_range (rand, 0, 2)]);
  if (g_rand_boolean (rand))
    plot_figure_set_top_axis (figure, "parameters", 3, widths, counts);
  plot_figure_add_series (figure, &(PlotSeries){ "a", "a", 0, PLOT_STYLE_PRIMARY, 3, x, x });
  return figure;
}

static PlotLayout *
random_layout (GRand *rand, const PlotFigure *figure)
{
  PlotLimits view;

  plot_limits_init (&view, figure);
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      Axis range = { .scale = plot_figure_get_scale (figure, axis) };

      if (range.scale == &plot_scale_log)
        random_log (rand, &range);
      else
        random_linear (rand, &range);
      view.lo[axis] = range.lo;
      view.hi[axis] = range.hi;
    }
  view.type_scale = g_rand_boolean (rand) ? 1 : 1.8;
  return plot_layout_new (figure, plot_theme_find (g_rand_boolean (rand) ? "light" : "paper"),
                          &view, log_uniform (rand, log10 (300), log10 (3840)),
                          log_uniform (rand, log10 (180), log10 (2160)));
}

static double
text_width (const PlotScene *scene, const char *label)
{
  PangoLayout *text = g_hash_table_lookup (scene->tick_texts, label);

  g_assert_nonnull (text);
  return plot_text_width (text);
}

typedef struct
{
  const PlotScene *scene;
  double per_line;
} Drawn;

static double
drawn_extent (const char *label, gpointer data)
{
  const Drawn *drawn = data;

  return drawn->per_line > 0 ? drawn->per_line
                             : text_width (drawn->scene, label) + 0.3 * drawn->scene->size;
}

static void
check_axis_of (const PlotLayout *layout, PlotAxis which)
{
  const PlotLimits *view = &layout->view;
  Drawn drawn = { (const PlotScene *) layout, 0 };
  Axis axis = { view->scale[which], view->lo[which],
                view->hi[which],    layout->frames[0].right - layout->frames[0].left,
                drawn_extent,       &drawn };

  if (which == PLOT_Y)
    {
      axis.length = layout->bottom - layout->top;
      drawn.per_line = 1.1 * drawn.scene->size;
    }
  check_ticks (&axis, layout->ticks[which]);
}

/* Along the bottom, labels stay on the sheet and off those of the next panel. */
static void
check_row (const PlotLayout *layout)
{
  double end = 0;

  for (guint panel = 0; panel < layout->n_panels; panel++)
    for (guint i = 0; i < layout->ticks[PLOT_X]->len; i++)
      {
        const PlotTick *tick = &g_array_index (layout->ticks[PLOT_X], PlotTick, i);
        double at = plot_layout_to_pixel (layout, panel, PLOT_X, tick->value), half;

        if (tick->label == NULL)
          continue;
        half = text_width ((const PlotScene *) layout, tick->label) / 2;
        if (!(at - half >= end - 1e-6 && at + half <= layout->width))
          g_test_message ("%g x %g, panel %u of %u: %s at %g +- %g after %g", layout->width,
                          layout->height, panel, layout->n_panels, tick->label, at, half, end);
        g_assert_cmpfloat (at - half, >=, end - 1e-6);
        g_assert_cmpfloat (at + half, <=, layout->width);
        end = at + half;
      }
}

/* Numbers of the upper axis stand where their widths are. */
static guint
check_top (const PlotLayout *layout)
{
  const PlotScene *scene = (const PlotScene *) layout;
  guint n = 0;

  for (guint panel = 0; panel < layout->n_panels && scene->top_ticks != NULL; panel++)
    {
      double end = -INFINITY;

      for (guint i = 0; i < scene->top_ticks->len; i++)
        {
          const PlotTick *tick = &g_array_index (scene->top_ticks, PlotTick, i);
          double at = plot_scene_top_pixel (scene, panel, tick->value), half;

          g_assert_cmpfloat (at, >=, layout->frames[panel].left - 0.1);
          g_assert_cmpfloat (at, <=, layout->frames[panel].right + 0.1);
          if (tick->label == NULL)
            continue;
          half = text_width (scene, tick->label) / 2;
          g_assert_cmpfloat_with_epsilon (
            plot_scene_top_pixel (scene, panel, parse_label (tick->label)), at, 0.5);
          g_assert_cmpfloat (at - half, >=, end);
          g_assert_cmpfloat (at + half, <=,
                             panel + 1 < layout->n_panels ? layout->frames[panel + 1].left
                                                          : layout->width);
          end = at + half;
          n++;
        }
    }
  return n;
}

static void
test_any_figure (void)
{
  GRand *rand = g_rand_new_with_seed (17);
  const int n_figures = g_test_thorough () ? 1000 : 300;
  int n_top = 0;

  for (int i = 0; i < n_figures; i++)
    {
      g_autoptr (PlotFigure) figure = random_figure (rand);
      g_autoptr (PlotLayout) layout = random_layout (rand, figure);

      for (int axis = 0; axis < PLOT_N_AXES; axis++)
        check_axis_of (layout, axis);
      check_row (layout);
      n_top += check_top (layout);
    }
  g_assert_cmpint (n_top, >, 3 * n_figures / 10);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/ticks/any-axis", test_any_axis);
  g_test_add_func ("/plot/ticks/any-figure", test_any_figure);
  return g_test_run ();
}
