#include <figures.h>
#include <math.h>
#include <pango/pango.h>
#include <stdlib.h>
#include <string.h>

#include "../lab/view-test.h"

typedef struct
{
  LabSpec *spec;
  LabLook *look;
  PlotFigure *fit, *spectrum;
  char *sentence;
} Case;

static Case
make_case (double x, const char *const *settings)
{
  Case made = { .spec = lab_spec_new_named ("double-descent", NULL) };
  g_autoptr (LabSpec) fit_spec = NULL, spectrum_spec = NULL;
  g_autoptr (LabAnswer) fit = NULL, spectrum = NULL;
  GError *error = NULL;

  for (gsize i = 0; settings[i] != NULL; i++)
    lab_spec_assign (made.spec, settings[i], &error);
  g_assert_no_error (error);
  lab_spec_set (made.spec, lab_spec_axis (made.spec), lab_value_from_number (lab_spec_axis (made.spec), x),
                &error);
  g_assert_no_error (error);
  fit_spec = spec_of_view (made.spec, "fit");
  spectrum_spec = spec_of_view (made.spec, "spectrum");
  fit = curves_of_view (made.spec, "fit", x, NULL, &error);
  g_assert_no_error (error);
  spectrum = curves_of_view (made.spec, "spectrum", x, NULL, &error);
  g_assert_no_error (error);
  made.look = lab_look_ref (lab_look_of (fit));
  made.fit = figures_build (fit, fit_spec);
  made.spectrum = figures_build (spectrum, spectrum_spec);
  made.sentence = figures_verdict (fit, fit_spec);
  return made;
}

static void
case_clear (Case *self)
{
  lab_spec_free (self->spec);
  lab_look_unref (self->look);
  plot_figure_unref (self->fit);
  plot_figure_unref (self->spectrum);
  g_free (self->sentence);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static const PlotSeries *
find (const PlotFigure *figure, const char *id)
{
  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    if (g_str_equal (plot_figure_get_series (figure, i)->id, id))
      return plot_figure_get_series (figure, i);
  return NULL;
}

/* A number after some words, as people write it: "4.7 × 10⁹". */
static double
read_number (const char *sentence, const char *after)
{
  static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  const char *start = strstr (sentence, after), *power;
  char *end;
  double x;
  int exponent = 0, sign = 1;

  if (start == NULL)
    g_error ("“%s” does not say “%s”", sentence, after);
  x = g_ascii_strtod (start + strlen (after), &end);
  if (!g_str_has_prefix (end, "\u00a0×\u00a010"))
    return x;
  power = end + strlen ("\u00a0×\u00a010");
  if (g_str_has_prefix (power, "⁻"))
    {
      sign = -1;
      power += strlen ("⁻");
    }
  for (int digit = 0; digit < 10; digit++)
    if (g_str_has_prefix (power, raised[digit]))
      {
        exponent = 10 * exponent + digit;
        power += strlen (raised[digit]);
        digit = -1;
      }
  return x * pow (10, sign * exponent);
}

static void
assert_close (double got, double want, double relative, const char *sentence)
{
  if (!(fabs (got / want - 1) <= relative))
    g_error ("%g is not %g in “%s”", got, want, sentence);
}

static double
miss (const Case *made)
{
  g_autofree double *fit = g_new (double, made->look->n_angles);
  double sum = 0;

  lab_look_fit (made->look, made->spec, fit);
  for (int i = 0; i < made->look->n_angles; i++)
    sum += (fit[i] - made->look->target[i]) * (fit[i] - made->look->target[i]);
  return sqrt (sum / made->look->n_angles);
}

/* The numbers in the sentence are those of the look. */
static void
test_sentence (void)
{
  static const char *const plain[] = { NULL }, *const silent[] = { "noise=0", NULL };
  g_auto (Case) below = make_case (10, plain), peak = make_case (20, plain),
                wide = make_case (400, silent);

  g_test_message ("%s\n%s\n%s", below.sentence, peak.sentence, wide.sentence);
  assert_close (read_number (below.sentence, "Condition number "), below.look->condition, 0.05,
                below.sentence);
  g_assert_cmpfloat (read_number (below.sentence, "solution norm "), ==,
                     round (10 * lab_look_norm (below.look, below.spec)) / 10);
  g_assert_nonnull (strstr (below.sentence, " 100 of 200 directions dropped."));
  assert_close (read_number (below.sentence, "multiplied by "), below.look->noise_rms, 0.05,
                below.sentence);
  g_assert_null (strstr (below.sentence, "alone"));
  assert_close (read_number (below.sentence, "smallest kept eigenvalue "),
                below.look->eigenvalues[99], 0.05, below.sentence);

  assert_close (read_number (peak.sentence, "Condition number "), peak.look->condition, 0.05,
                peak.sentence);
  g_assert_cmpfloat (peak.look->condition, >, 1e6);
  g_assert_nonnull (strstr (peak.sentence, " 0 of 200 directions dropped."));
  assert_close (read_number (peak.sentence, ", by "), peak.look->weak_rms, 0.05, peak.sentence);
  assert_close (read_number (peak.sentence, "smallest kept eigenvalue "),
                peak.look->eigenvalues[199], 0.05, peak.sentence);

  g_assert_null (strstr (wide.sentence, "noise"));
  assert_close (read_number (wide.sentence, "misses the target by "), miss (&wide), 0.05,
                wide.sentence);
}

static int
count_below (const LabLook *look, double level)
{
  int count = 0;

  for (int i = 0; i < look->n; i++)
    count += look->eigenvalues[i] <= level;
  return count;
}

static void
test_levels (void)
{
  static const char *const ridge[] = { "ridge=1e-3", "init-scale=1", NULL };
  static const char *const dead[] = { "sigma-v2=0", NULL };
  g_auto (Case) damped = make_case (20, ridge), zero = make_case (20, dead);
  const PlotSeries *line = find (damped.spectrum, "ridge");
  g_autofree char *says = NULL;

  says = g_strdup_printf ("which damps %d of 200 directions", count_below (damped.look, 0.2));
  g_test_message ("%s\n%s", damped.sentence, zero.sentence);
  g_assert_nonnull (strstr (damped.sentence, says));
  assert_close (read_number (damped.sentence, "below nλ = "), 0.2, 1e-9, damped.sentence);
  assert_close (line->y[0], 0.2, 1e-12, "");
  assert_close (line->y[1], 0.2, 1e-12, "");
  g_assert_null (find (damped.spectrum, "cutoff"));
  g_assert_nonnull (find (damped.fit, "initial"));
  g_assert_cmpstr (zero.sentence, ==, "The kernel is zero: nothing of this model can be trained.");
  g_assert_cmpint (plot_figure_get_n_series (zero.spectrum), ==, 0);
}

/* The figures draw what the look says; above the threshold the fit goes through the points. */
static void
test_figures (void)
{
  static const char *const plain[] = { "n-train=60", NULL };
  g_auto (Case) below = make_case (4, plain), above = make_case (40, plain);
  const PlotSeries *fit = find (above.fit, "fit"), *points = find (above.fit, "on-circle"),
                   *beside = find (above.fit, "beside");
  int met = 0;

  g_assert_cmpint (points->n, ==, 2);
  g_assert_cmpint (beside->n, ==, 12);
  for (guint p = 0; p < points->n; p++)
    for (guint i = 0; i < fit->n; i++)
      if (fabs (fit->x[i] - points->x[p]) < 1e-9)
        {
          g_assert_cmpfloat (fabs (fit->y[i] - points->y[p]), <, 1e-6);
          met++;
        }
  g_assert_cmpint (met, ==, 2);
  g_assert_cmpint (find (below.spectrum, "eigenvalues")->n, ==, 40);
  g_assert_cmpint (find (above.spectrum, "eigenvalues")->n, ==, 60);
  assert_close (find (below.spectrum, "cutoff")->y[0], 1e-10 * below.look->eigenvalues[0], 1e-9,
                "");
  g_assert_null (find (above.fit, "initial"));
  g_assert_nonnull (strstr (plot_figure_get_title (below.fit), "at <i>m</i> = 4"));
  g_assert_cmpstr (plot_figure_get_description (above.fit), ==, above.sentence);
  g_assert_cmpstr (plot_figure_get_description (above.spectrum), ==, above.sentence);
}

/* Target and labels stay in sight while the fit goes wild, and the title says how wild. */
static void
test_range (void)
{
  static const char *const loud[] = { "noise=3", NULL };
  g_auto (Case) peak = make_case (20, loud), wide = make_case (400, loud);
  const PlotSeries *fit = find (peak.fit, "fit"), *target = find (peak.fit, "target");
  double lo, hi, least = INFINITY, most = -INFINITY;
  g_autofree char *low = NULL, *says = NULL;

  plot_figure_frame (peak.fit, PLOT_Y, &lo, &hi);
  for (guint i = 0; i < fit->n; i++)
    {
      least = MIN (least, fit->y[i]);
      most = MAX (most, fit->y[i]);
      g_assert_true (target->y[i] > lo && target->y[i] < hi);
    }
  g_assert_true (least < lo || most > hi);
  low = plot_format_number (least, 2);
  says = g_strdup_printf ("with <i>f</i> from %s to ", low);
  g_test_message ("%s", plot_figure_get_title (peak.fit));
  g_assert_nonnull (strstr (plot_figure_get_title (peak.fit), says));
  g_assert_null (strstr (plot_figure_get_title (wide.fit), "from"));
  plot_figure_frame (wide.fit, PLOT_Y, &lo, &hi);
  for (guint i = 0; i < fit->n; i++)
    g_assert_true (find (wide.fit, "fit")->y[i] > lo && find (wide.fit, "fit")->y[i] < hi);
}

/* A saved figure says for which place it was made. */
static void
test_metadata (void)
{
  static const char *const plain[] = { "n-train=30", "width=7", NULL };
  g_auto (Case) made = make_case (12, plain);
  g_autofree char *folder = g_dir_make_tmp ("figures-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "fit.svg", NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LabSpec) back = NULL;
  GError *error = NULL;
  PlotLimits view;

  plot_limits_init (&view, made.fit);
  bytes = plot_export (made.fit, plot_theme_find ("paper"), &view, plot_format_find ("svg"), 600,
                       400, 96, &error);
  g_assert_no_error (error);
  g_assert_true (plot_write_file (path, bytes, FALSE, NULL));
  back = figures_read_spec (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lab_spec_integer (back, LAB_WIDTH), ==, 12);
  g_assert_cmpint (lab_spec_integer (back, LAB_N_TRAIN), ==, 30);
  remove (path);
  remove (folder);
}

/* No look ends in numbers that are none. */
static void
test_corners (void)
{
  static const char *const settings[][4] = { { "n-train=1" },
                                             { "dim=1", "n-train=9" },
                                             { "dim=2", "n-train=30" },
                                             { "n-train=1", "noise=0" },
                                             { "sigma-v2=0", "n-train=5" },
                                             { "sigma-v2=0", "n-train=5", "ridge=0.1" } };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_auto (Case) made = make_case (3, settings[i]);
      PlotFigure *figures[] = { made.fit, made.spectrum };
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 200);
      cairo_t *cr = cairo_create (surface);

      g_test_message ("%s", made.sentence);
      g_assert_null (strstr (made.sentence, "nan"));
      g_assert_null (strstr (made.sentence, "–"));
      for (int k = 0; k < 2; k++)
        {
          plot_render (figures[k], plot_theme_find ("light"), NULL, cr, 400, 200);
          g_assert_null (strstr (plot_figure_get_title (figures[k]), "nan"));
        }
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  if (!lab_init (&error))
    g_error ("%s", error->message);
  g_test_add_func ("/look/sentence", test_sentence);
  g_test_add_func ("/look/levels", test_levels);
  g_test_add_func ("/look/figures", test_figures);
  g_test_add_func ("/look/range", test_range);
  g_test_add_func ("/look/metadata", test_metadata);
  g_test_add_func ("/look/corners", test_corners);
  return g_test_run ();
}
