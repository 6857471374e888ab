/* What learning curves say in words. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "figures-learning-private.h"

/* Half of the narrowest interval that is written beside a slope. */
#define LEAST_HALF 0.0005

char *
figures_slope (const LabSlope *slope)
{
  if (isnan (slope->slope))
    return NULL;
  if (isnan (slope->high))
    return plot_format_fixed (slope->slope, 2);
  /* of a curve that is the same in all trials, as a flat one */
  if (slope->high - slope->low < 2 * LEAST_HALF)
    return plot_format_fixed (slope->slope, 3);
  return plot_format_uncertain (slope->slope, (slope->high - slope->low) / 2);
}

static int
common_divisor (int a, int b)
{
  return b == 0 ? a : common_divisor (b, a % b);
}

/* As a fraction where it is one. All limits are: their denominator is d or one of a few sums
 * with it. */
char *
figures_exponent (const LabSlope *slope, const LabAnswer *answer)
{
  int d = answer->dims[slope->panel] - 1;
  const int denominators[] = { d, d + 3, 3 * d + 2, 3 * d + 6 };

  if (isnan (slope->limit))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (denominators); i++)
    {
      int numerator = lround (fabs (slope->limit) * denominators[i]);
      int divisor = common_divisor (numerator, denominators[i]);

      if (fabs (fabs (slope->limit) * denominators[i] - numerator) > 1e-9)
        continue;
      if (divisor == denominators[i])
        return plot_format_fixed (slope->limit, 0);
      return g_strdup_printf ("%s%d/%d", slope->limit < 0 ? "−" : "", numerator / divisor,
                              denominators[i] / divisor);
    }
  return plot_format_fixed (slope->limit, 2);
}

/* Factors below are no difference worth a sentence, nor is what is written as the same number. */
#define NO_DIFFERENCE 1.05

static gboolean
is_better (double mirrored, double standard)
{
  g_autofree char *zero = plot_format_measured (mirrored, FIGURES_SAID);
  g_autofree char *random = plot_format_measured (standard, FIGURES_SAID);

  return standard >= NO_DIFFERENCE * mirrored && strcmp (zero, random) != 0;
}

/* Whether a curve ends with a ridge or time that is not the best one but the last one tried. */
static gboolean
is_at_edge (const LabAnswer *answer, guint panel)
{
  const LabSlope *mirrored = lab_answer_find_slope (answer, "mirrored", panel),
               *standard = lab_answer_find_slope (answer, "standard", panel);

  return mirrored->at_edge || (standard != NULL && standard->at_edge);
}

static void
append_edge (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  double n = lab_answer_find_in (answer, "mirrored", 0)->x[lab_answer_find_in (answer, "mirrored", 0)->n - 1];

  if (lab_spec_choice (spec, LAB_STOP) == LAB_STOP_RIDGE)
    /* Translators: n. */
    g_string_append_printf (out,
                            _("At n = %.0f the best ridge lies at the edge of those tried: the error may "
                               "be lower beyond it, and slopes and factors tell of the search."),
                            n);
  else
    /* Translators: n. */
    g_string_append_printf (out,
                            _("At n = %.0f the best time lies at the edge of those tried: the error may "
                               "be lower beyond it, and slopes and factors tell of the search."),
                            n);
}

/* What a random start costs where the measurement ends. */
static void
append_ratio (GString *out, const LabAnswer *answer, guint panel)
{
  const LabSeries *mirrored = lab_answer_find_in (answer, "mirrored", panel),
                  *standard = lab_answer_find_in (answer, "standard", panel);
  int last = mirrored->n - 1;
  g_autofree char *zero = plot_format_measured (mirrored->y[last], FIGURES_SAID), *random = NULL, *times = NULL;

  if (standard == NULL)
    {
      /* Translators: n, error. */
      g_string_append_printf (out, _("At n = %.0f the error is <b>%s</b>."), mirrored->x[last],
                              zero);
      return;
    }
  random = plot_format_measured (standard->y[last], FIGURES_SAID);
  if (mirrored->y[last] == 0)
    {
      if (standard->y[last] == 0)
        /* Translators: n. */
        g_string_append_printf (out, _("At n = %.0f both starts are exact to rounding."),
                                mirrored->x[last]);
      else
        /* Translators: n, error. */
        g_string_append_printf (out,
                                _("At n = %.0f a mirrored start is exact to rounding, and a random "
                                   "one has an error of <b>%s</b>."),
                                mirrored->x[last], random);
      return;
    }
  if (!is_better (mirrored->y[last], standard->y[last]))
    {
      /* Translators: n, error, error. */
      g_string_append_printf (out,
                              _("At n = %.0f a mirrored start is no better than a random one (%s "
                                 "against %s)."),
                              mirrored->x[last], zero, random);
      return;
    }
  times = plot_format_measured (standard->y[last] / mirrored->y[last], 2);
  /* Translators: n, factor, error, error. */
  g_string_append_printf (out,
                          _("At n = %.0f a mirrored start is <b>%s times</b> better than a random "
                             "one (%s against %s)."),
                          mirrored->x[last], times, zero, random);
}

/* What is below rounding where the measurement ends has no slope. */
static gboolean
is_exact (const LabAnswer *answer, guint panel)
{
  const LabSeries *mirrored = lab_answer_find_in (answer, "mirrored", panel);

  return mirrored->y[mirrored->n - 1] == 0;
}

static void
append_slopes (GString *out, const LabAnswer *answer, guint panel)
{
  const LabSlope *mirrored = lab_answer_find_slope (answer, "mirrored", panel),
               *standard = lab_answer_find_slope (answer, "standard", panel);
  g_autofree char *zero = figures_slope (mirrored), *random = NULL;

  if (zero == NULL || (standard != NULL && isnan (standard->slope)) || is_exact (answer, panel))
    return;
  if (standard == NULL)
    {
      g_string_append_printf (out, _(" Its slope is <b>%s</b>."), zero);
      return;
    }
  random = figures_slope (standard);
  /* Translators: two slopes on log-log paper. */
  g_string_append_printf (out, _(" Slopes: mirrored <b>%s</b>, standard <b>%s</b>."), zero,
                          random);
}

/* How far the mean-field curve has come at the end of its reach. */
static void
append_drift (GString *out, const LabAnswer *answer, const LabSlope *slope)
{
  const LabSeries *theory = lab_answer_find_in (answer, "mean-field-standard", slope->panel);
  g_autofree char *here = NULL, *there = NULL, *far = NULL;
  double local;
  int n;

  if (theory == NULL || isnan (slope->theory) || theory->n < 3)
    return;
  n = theory->n;
  local = log (theory->y[n - 1] / theory->y[n - 2]) / log (theory->x[n - 1] / theory->x[n - 2]);
  if (isnan (local))
    return;
  here = plot_format_fixed (slope->theory, 2);
  there = plot_format_fixed (local, 2);
  far = plot_format_number (theory->x[n - 1], 2);
  /* Translators: slope, slope, number of samples. */
  g_string_append_printf (out, _(" Theory has %s here for the standard one, and %s at n = %s."),
                          here, there, far);
}

/* Why a slope tells nothing yet, and what would help: more seeds come by themselves while there are fewer than
 * there will be, and a range that is the whole axis cannot be widened. */
static const char *
uncertainty (const LabSlope *slope, const LabAnswer *answer, const LabSpec *spec)
{
  gboolean whole = slope->from <= lab_spec_real (spec, LAB_FROM) && slope->to >= lab_spec_real (spec, LAB_TO);
  gboolean coming = answer->seeds_done < answer->seeds;

  if (slope->points < 3 && slope->left_out > 0)
    return _(" No slope can be told: fewer than three errors in its range are above rounding.");
  if (slope->points < 3)
    return whole ? _(" The axis has fewer than three points, too few for a slope: take more points.")
                 : _(" The range of the slope is too short: fewer than three points are in it.");
  if (isnan (slope->low) || slope->high - slope->low > 0.2)
    {
      if (coming)
        return _(" The interval of a slope is wide with so few seeds.");
      if (isnan (slope->low))
        return _(" A single seed gives no interval: average over more.");
      return whole ? _(" The interval of a slope is wide: average over more seeds, or take a longer axis.")
                   : _(" The range of the slope is too short for its interval: widen it, or average over "
                        "more seeds.");
    }
  return whole ? _(" The axis is too short for a slope: it spans less than a factor of four in n.")
               : _(" The range of the slope is too short: it spans less than a factor of four in n.");
}

/* Each slope is judged by itself, in one panel and in several. */
static gboolean
is_pre_asymptotic (const LabSlope *slope)
{
  return slope != NULL && !isnan (slope->slope) && !slope->too_short && slope->pre_asymptotic;
}

static void
append_limits (GString *out, const LabAnswer *answer, guint panel)
{
  const LabSlope *mirrored = lab_answer_find_slope (answer, "mirrored", panel),
               *standard = lab_answer_find_slope (answer, "standard", panel);
  gboolean zero = is_pre_asymptotic (mirrored), random = is_pre_asymptotic (standard);
  g_autofree char *of_zero = figures_exponent (mirrored, answer);
  g_autofree char *of_random = standard != NULL ? figures_exponent (standard, answer) : NULL;

  if (zero && standard == NULL)
    /* Translators: an exponent, "−1". */
    g_string_append_printf (
      out, _(" It is <b>pre-asymptotic</b>: the limit of the slope is %s, far beyond these n."), of_zero);
  else if (zero && random && strcmp (of_zero, of_random) == 0)
    /* Translators: an exponent, "−3/8". */
    g_string_append_printf (
      out, _(" Both are <b>pre-asymptotic</b>: the limit of either is %s, far beyond these n."), of_zero);
  else if (zero && random)
    /* Translators: two exponents, "−3/2" and "−3/8". */
    g_string_append_printf (out,
                            _(" Both are <b>pre-asymptotic</b>: their limits are %s and %s, far "
                               "beyond these n."),
                            of_zero, of_random);
  else if (zero)
    /* Translators: an exponent, "−1". */
    g_string_append_printf (out,
                            _(" The mirrored slope is <b>pre-asymptotic</b>: its limit is %s, "
                               "far beyond these n."),
                            of_zero);
  else if (random)
    /* Translators: an exponent, "−3/8". */
    g_string_append_printf (out,
                            _(" The standard slope is <b>pre-asymptotic</b>: its limit is %s, far "
                               "beyond these n."),
                            of_random);
  if (random)
    append_drift (out, answer, standard);
}

/* The first slope that tells nothing yet; NULL: all do. */
static const LabSlope *
find_unsure (const LabAnswer *answer, guint panel)
{
  const LabSlope *mirrored = lab_answer_find_slope (answer, "mirrored", panel),
               *standard = lab_answer_find_slope (answer, "standard", panel);

  if (mirrored->too_short)
    return mirrored;
  return standard != NULL && standard->too_short ? standard : NULL;
}

/* What the slopes are worth. */
static void
append_judgement (GString *out, const LabAnswer *answer, const LabSpec *spec, guint panel)
{
  const LabSlope *unsure = find_unsure (answer, panel);

  if (is_exact (answer, panel))
    return;
  append_limits (out, answer, panel);
  if (unsure != NULL)
    g_string_append (out, uncertainty (unsure, answer, spec));
}

static void
append_one (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  if (is_at_edge (answer, 0))
    {
      append_edge (out, answer, spec);
      return;
    }
  append_ratio (out, answer, 0);
  append_slopes (out, answer, 0);
  append_judgement (out, answer, spec, 0);
}

/* " (pre-asymptotic, limit −3/8)", of one slope or of both; nothing where no limit is known. */
static void
append_limit (GString *out, gboolean pre_asymptotic, gboolean both, const char *limit)
{
  if (both && pre_asymptotic)
    /* Translators: an exponent, "−3/8". */
    g_string_append_printf (out, _(" (both <b>pre-asymptotic</b>, limit %s)"), limit);
  else if (both)
    g_string_append_printf (out, _(" (limit of both %s)"), limit);
  else if (pre_asymptotic)
    g_string_append_printf (out, _(" (<b>pre-asymptotic</b>, limit %s)"), limit);
  else
    g_string_append_printf (out, _(" (limit %s)"), limit);
}

static void
append_panel_slopes (GString *out, const LabAnswer *answer, const LabSlope *zero_fit, const LabSlope *random_fit)
{
  g_autofree char *zero = figures_slope (zero_fit), *random = figures_slope (random_fit);
  g_autofree char *zero_limit = figures_exponent (zero_fit, answer);
  g_autofree char *random_limit = figures_exponent (random_fit, answer);
  gboolean zero_early = is_pre_asymptotic (zero_fit), random_early = is_pre_asymptotic (random_fit);
  gboolean known = !isnan (zero_fit->limit), both = known && !isnan (random_fit->limit)
                                                    && strcmp (zero_limit, random_limit) == 0
                                                    && zero_early == random_early;

  if (zero == NULL || random == NULL)
    return;
  /* Translators: a slope on log-log paper. */
  g_string_append_printf (out, _("; slopes: mirrored <b>%s</b>"), zero);
  if (known && !both)
    append_limit (out, zero_early, FALSE, zero_limit);
  /* Translators: a slope on log-log paper. */
  g_string_append_printf (out, _(", standard <b>%s</b>"), random);
  if (!isnan (random_fit->limit))
    append_limit (out, random_early, both, random_limit);
}

/* One line for each of several panels. */
static void
append_line (GString *out, const LabAnswer *answer, const LabSpec *spec, guint panel)
{
  const LabSeries *mirrored = lab_answer_find_in (answer, "mirrored", panel),
                  *standard = lab_answer_find_in (answer, "standard", panel);
  const LabSlope *zero_fit = lab_answer_find_slope (answer, "mirrored", panel),
               *random_fit = lab_answer_find_slope (answer, "standard", panel);
  int last = mirrored->n - 1;
  g_autofree char *zero = figures_slope (zero_fit), *zero_limit = figures_exponent (zero_fit, answer), *times = NULL;

  g_string_append_printf (out, "%s<i>D</i> = %d: ", panel > 0 ? "\n" : "", answer->dims[panel]);
  if (is_at_edge (answer, panel))
    {
      g_string_append (out, lab_spec_choice (spec, LAB_STOP) == LAB_STOP_RIDGE
                              ? _("the best ridge lies at the edge of those tried.")
                              : _("the best time lies at the edge of those tried."));
      return;
    }
  if (standard == NULL)
    {
      /* Translators: a slope. */
      g_string_append_printf (out, zero != NULL ? _("slope <b>%s</b>") : _("no slope"), zero);
      if (zero != NULL && !isnan (zero_fit->limit))
        append_limit (out, is_pre_asymptotic (zero_fit), FALSE, zero_limit);
      g_string_append_c (out, '.');
      return;
    }
  times = plot_format_measured (standard->y[last] / mirrored->y[last], 2);
  if (mirrored->y[last] == 0)
    /* Translators: n. */
    g_string_append_printf (out, _("mirrored exact to rounding at n = %.0f"), mirrored->x[last]);
  else if (!is_better (mirrored->y[last], standard->y[last]))
    /* Translators: n. */
    g_string_append_printf (out, _("mirrored no better at n = %.0f"), mirrored->x[last]);
  else
    /* Translators: factor, n. */
    g_string_append_printf (out, _("mirrored <b>%s times</b> better at n = %.0f"), times,
                            mirrored->x[last]);
  if (!is_exact (answer, panel))
    append_panel_slopes (out, answer, zero_fit, random_fit);
  g_string_append_c (out, '.');
}

/* Why slopes of some panel tell nothing yet. */
static void
append_common_doubt (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  for (guint panel = 0; panel < answer->n_panels; panel++)
    {
      const LabSlope *unsure = find_unsure (answer, panel);

      if (unsure == NULL || is_exact (answer, panel) || is_at_edge (answer, panel))
        continue;
      g_string_append (out, uncertainty (unsure, answer, spec));
      return;
    }
}

void
figures_learning_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  if (lab_answer_find (answer, "mirrored")->n == 0)
    return;
  if (answer->n_panels == 1)
    append_one (out, answer, spec);
  else
    {
      for (guint panel = 0; panel < answer->n_panels; panel++)
        append_line (out, answer, spec, panel);
      append_common_doubt (out, answer, spec);
    }
  figures_learning_noise (out, answer, spec);
}
