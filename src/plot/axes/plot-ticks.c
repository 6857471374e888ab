#include "plot-number.h"
#include "plot-ticks-private.h"

#include <math.h>
#include <stdlib.h>

#define MAX_MAJOR 12
#define MAX_TRIALS 48
#define MIN_MINOR 5.0 /* pixels between minor ticks, where they crowd at the end of a decade */
#define MIN_LINEAR_MINOR 18.0 /* the same where they are equally spaced */

typedef double (*Extent) (const char *label, gpointer data);

typedef struct
{
  double lo, hi, length;
  double (*forward) (double x);
  Extent extent;
  gpointer data;
  const char *unit; /* behind each number */
  gboolean whole;   /* nothing is between whole numbers */
  GArray *ticks;    /* PlotTick, the result */
} Axis;

/* One way to put major ticks on an axis, with its merit: smaller is better. */
typedef struct
{
  guint n;
  double value[MAX_MAJOR];
  int digit[MAX_MAJOR]; /* value = digit * 10^exponent on a log axis */
  int exponent[MAX_MAJOR];
  double step; /* linear trials: 1, 2, 5 or another multiple of 10^power; 0: log */
  int power;
  int stride; /* decades between ticks, 0 where they have company within the decade */
  double badness;
} Trial;

static void
tick_clear (gpointer tick)
{
  g_free (((PlotTick *) tick)->label);
}

static double
times_power (double x, int power)
{
  /* dividing by an exact power of ten rounds once; multiplying by an inexact one rounds twice */
  return power >= 0     ? x * pow (10, power)
         : power > -300 ? x / pow (10, -power)
                        : x * pow (10, power);
}

static double
position (const Axis *axis, double value)
{
  double lo = axis->forward (axis->lo), hi = axis->forward (axis->hi);

  return (axis->forward (value) - lo) / (hi - lo) * axis->length;
}

static void
add_tick (Axis *axis, double value, char *label)
{
  PlotTick tick = { value, label };

  g_array_append_val (axis->ticks, tick);
}

static int
compare_ticks (const void *a, const void *b)
{
  double x = ((const PlotTick *) a)->value, y = ((const PlotTick *) b)->value;

  return (x > y) - (x < y);
}

/* --- merit --- */

/* Too few ticks are worse than too many; fewer than three do not show a scale. */
static double
badness (guint n, double wanted, double penalty)
{
  double off = n < wanted ? 2 * (wanted - n) : n - wanted;

  return off + penalty + (n < 3 ? 100.0 * (3 - n) : 0);
}

static int
compare_trials (const void *a, const void *b)
{
  double x = ((const Trial *) a)->badness, y = ((const Trial *) b)->badness;

  return (x > y) - (x < y);
}

/* --- labels --- */

static int
max_abs_exponent (const Trial *trial)
{
  double largest = MAX (fabs (trial->value[0]), fabs (trial->value[trial->n - 1]));

  return largest > 0 ? (int) floor (log10 (largest) + 1e-12) : 0;
}

/* Enough decimals for every multiple of the step, and no more. */
static int
step_decimals (const Trial *trial, int unit)
{
  int half = trial->step == floor (trial->step) ? 0 : 1;

  return MAX (0, unit - trial->power + half);
}

static char *
linear_label (const Trial *trial, guint i)
{
  int top = max_abs_exponent (trial);

  if (trial->value[i] == 0)
    return g_strdup ("0");
  if (top >= PLOT_LEAST_PLAIN && top <= PLOT_MOST_PLAIN)
    return plot_format_fixed (trial->value[i], step_decimals (trial, 0));
  return plot_print_power (times_power (trial->value[i], -top), step_decimals (trial, top), top);
}

/* One form for a whole axis: as plain numbers if all of them are easily read so. */
static gboolean
has_far_values (const Trial *trial)
{
  return trial->value[0] < pow (10, PLOT_LEAST_PLAIN) * (1 - 1e-9)
         || trial->value[trial->n - 1] > pow (10, PLOT_MOST_PLAIN + 1) * (1 - 1e-9);
}

/* Decades: 0.01, 0.1, 1, 10, 100, or else 10^-2, 10^0, 10^2, 10^4, 10^6. */
static char *
decade_label (const Trial *trial, guint i)
{
  gboolean plain = trial->exponent[0] >= -3 && trial->exponent[trial->n - 1] <= PLOT_MOST_PLAIN;

  return plain ? plot_format_fixed (trial->value[i], MAX (0, -trial->exponent[i]))
               : plot_print_power (1, 0, trial->exponent[i]);
}

static char *
number_label (const Trial *trial, guint i)
{
  if (trial->step > 0)
    return linear_label (trial, i);
  if (trial->stride > 0)
    return decade_label (trial, i);
  if (has_far_values (trial))
    return plot_print_power (trial->digit[i], 0, trial->exponent[i]);
  return plot_format_fixed (trial->value[i], MAX (0, -trial->exponent[i]));
}

static char *
tick_label (const Axis *axis, const Trial *trial, guint i)
{
  g_autofree char *number = number_label (trial, i);

  return g_strconcat (number, axis->unit, NULL);
}

/* Adds the major ticks of a trial; with `thin` those whose labels would overlap become minor ones.
 * Undoes everything and says FALSE where an overlap is not allowed or fewer than `least` are left. */
static gboolean
take_trial (Axis *axis, const Trial *trial, gboolean thin, guint least)
{
  gboolean overlap = FALSE;
  double end = -INFINITY;
  guint n = 0;

  for (guint i = 0; i < trial->n && (thin || !overlap); i++)
    {
      g_autofree char *label = tick_label (axis, trial, i);
      double half = axis->extent != NULL ? axis->extent (label, axis->data) / 2 : 0;
      double at = position (axis, trial->value[i]);

      overlap = !(at - half >= end) || 2 * half > axis->length;
      add_tick (axis, trial->value[i], overlap ? NULL : g_steal_pointer (&label));
      end = overlap ? end : at + half;
      n += overlap ? 0 : 1;
    }
  if ((!overlap || thin) && n >= least)
    return TRUE;
  g_array_set_size (axis->ticks, 0);
  return FALSE;
}

/* The best trial whose labels fit; where none fits, one of which three are left, or what is left. */
static const Trial *
choose (Axis *axis, Trial *trials, guint n)
{
  static const struct
  {
    gboolean thin;
    guint least;
  } passes[] = { { FALSE, 3 }, { TRUE, 3 }, { FALSE, 1 }, { TRUE, 0 } };

  qsort (trials, n, sizeof *trials, compare_trials);
  for (guint pass = 0; pass < G_N_ELEMENTS (passes); pass++)
    for (guint i = 0; i < n; i++)
      if (trials[i].n >= passes[pass].least
          && take_trial (axis, &trials[i], passes[pass].thin, passes[pass].least))
        return &trials[i];
  return NULL;
}

/* --- linear --- */

static gboolean
linear_trial (const Axis *axis, double step, int power, Trial *trial)
{
  double size = times_power (step, power);
  double slack = 1e-9 * (axis->hi - axis->lo); /* for ends that should be round */
  double first = ceil ((axis->lo - slack) / size), last = floor ((axis->hi + slack) / size);

  /* a step must be well above the spacing of doubles to be told apart */
  if (!(last - first < MAX_MAJOR) || last < first || fabs (first) > 1e14 || fabs (last) > 1e14)
    return FALSE;
  *trial = (Trial){ .step = step, .power = power };
  for (double i = first; i <= last; i++)
    trial->value[trial->n++] = times_power (i * step, power);
  return TRUE;
}

/* Steps 1, 2, 5; others only where those leave fewer than three ticks. */
static guint
linear_trials (const Axis *axis, double wanted, double penalty, Trial *trials, guint n)
{
  static const double steps[] = { 1, 2, 5, 2.5, 4, 3, 1.5 };
  int power = (int) floor (log10 (axis->hi - axis->lo));

  for (int p = power - 2; p <= power; p++)
    for (guint s = 0; s < G_N_ELEMENTS (steps) && n < MAX_TRIALS; s++)
      if ((!axis->whole || fmod (times_power (steps[s], p), 1) == 0)
          && linear_trial (axis, steps[s], p, &trials[n]))
        {
          trials[n].badness = badness (trials[n].n, wanted, penalty + (s < 3 ? 0 : 20));
          n++;
        }
  return n;
}

/* How many parts a step is divided into: fifths where there is room, else halves, else none. Steps
 * in degrees have parts that are such steps too. */
static int
minor_parts (double step, double pixels)
{
  gboolean thirds = step == 3 || step == 1.5 || step == 15 || step == 45 || step == 90;
  gboolean quarters = step == 2 || step == 4 || step == 180 || step == 360;
  int fine = quarters ? 4 : thirds ? 3 : step == 30 ? 2 : 5;
  int coarse = step == 1 || step == 30 || step == 90 || quarters ? 2 : 1;

  return pixels >= fine * MIN_LINEAR_MINOR     ? fine
         : pixels >= coarse * MIN_LINEAR_MINOR ? coarse
                                               : 1;
}

static void
linear_minor (Axis *axis, const Trial *trial)
{
  double size = times_power (trial->step, trial->power);
  /* the narrowest gap is at the upper end, whatever the scale */
  double pixels = position (axis, axis->hi) - position (axis, axis->hi - size);
  int parts = pixels >= 0 ? minor_parts (trial->step, pixels) : 1;
  double slack = 1e-9 * (axis->hi - axis->lo);
  double first = ceil ((axis->lo - slack) / size * parts);
  double last = floor ((axis->hi + slack) / size * parts);

  if (last - first > MAX_MAJOR * 8)
    return;
  for (double i = first; i <= last; i++)
    if (fmod (i, parts) != 0 && (!axis->whole || fmod (i * size, parts) == 0))
      add_tick (axis, times_power (i * trial->step / parts, trial->power), NULL);
}

static gboolean
axis_init (Axis *axis, double lo, double hi, double length, double (*forward) (double),
           Extent extent, gpointer data)
{
  *axis = (Axis){ lo, hi, length, forward, extent, data, "", FALSE, NULL };
  axis->ticks = g_array_new (FALSE, FALSE, sizeof (PlotTick));
  g_array_set_clear_func (axis->ticks, tick_clear);
  return isfinite (forward (lo)) && isfinite (forward (hi)) && isfinite (hi - lo)
         && forward (lo) < forward (hi) && length > 0;
}

static GArray *
linear_ticks (Axis *axis)
{
  Trial trials[MAX_TRIALS];
  guint n = linear_trials (axis, CLAMP (axis->length / 95, 3, 8), 0, trials, 0);
  const Trial *chosen = choose (axis, trials, n);

  if (chosen != NULL)
    linear_minor (axis, chosen);
  g_array_sort (axis->ticks, compare_ticks);
  return axis->ticks;
}

GArray *
plot_ticks_linear (double lo, double hi, double length, Extent extent, gpointer data)
{
  Axis axis;

  return axis_init (&axis, lo, hi, length, plot_scale_linear.forward, extent, data)
           ? linear_ticks (&axis)
           : axis.ticks;
}

GArray *
plot_ticks_index (double lo, double hi, double length, Extent extent, gpointer data)
{
  Axis axis;
  gboolean sound = axis_init (&axis, lo, hi, length, plot_scale_index.forward, extent, data);

  axis.whole = TRUE;
  return sound ? linear_ticks (&axis) : axis.ticks;
}

GArray *
plot_ticks_degrees (double lo, double hi, double length, Extent extent, gpointer data)
{
  static const double steps[] = { 15, 30, 45, 90, 180, 360 };
  double wanted = CLAMP (length / 75, 3, 9);
  Trial trials[MAX_TRIALS];
  const Trial *chosen;
  guint n = 0;
  Axis axis;

  if (!axis_init (&axis, lo, hi, length, plot_scale_degrees.forward, extent, data))
    return axis.ticks;
  axis.unit = plot_scale_degrees.unit;
  for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
    if (linear_trial (&axis, steps[s], 0, &trials[n]))
      {
        trials[n].badness = badness (trials[n].n, wanted, 0);
        n++;
      }
  /* decimal steps only where those leave fewer than three ticks */
  chosen = choose (&axis, trials, linear_trials (&axis, wanted, 40, trials, n));
  if (chosen != NULL)
    linear_minor (&axis, chosen);
  g_array_sort (axis.ticks, compare_ticks);
  return axis.ticks;
}

/* --- log --- */

/* Ticks at digits[] * 10^e, every `stride` decades. */
static gboolean
log_trial (const Axis *axis, const char *digits, int stride, Trial *trial)
{
  int first = (int) floor (log10 (axis->lo)), last = (int) ceil (log10 (axis->hi));

  *trial = (Trial){ .stride = digits[1] == '\0' ? stride : 0 };
  for (int e = first - ((first % stride) + stride) % stride; e <= last; e += stride)
    for (const char *d = digits; *d != '\0'; d++)
      {
        double value = times_power (*d - '0', e);

        if (value < axis->lo * (1 - 1e-12) || value > axis->hi * (1 + 1e-12) || value == 0)
          continue;
        if (trial->n == MAX_MAJOR)
          return FALSE;
        trial->digit[trial->n] = *d - '0';
        trial->exponent[trial->n] = e;
        trial->value[trial->n++] = value;
      }
  return trial->n > 0;
}

static guint
log_trials (const Axis *axis, double wanted, Trial *trials)
{
  static const struct
  {
    const char *digits;
    double penalty;
  } within[] = { { "125", 0 }, { "13", 4 }, { "15", 5 }, { "123456789", 2 } };
  static const int strides[] = { 1, 2, 3, 5, 10, 20, 25, 50, 100, 200 };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (strides); i++)
    if (log_trial (axis, "1", strides[i], &trials[n]))
      {
        trials[n].badness = badness (trials[n].n, wanted, 0);
        n++;
      }
  for (guint i = 0; i < G_N_ELEMENTS (within); i++)
    if (log_trial (axis, within[i].digits, 1, &trials[n]))
      {
        double far = has_far_values (&trials[n]) ? 3 : 0;
        trials[n].badness = badness (trials[n].n, wanted, within[i].penalty + far);
        n++;
      }
  /* within a decade nice steps read better than the few 1-2-5 that fall into it */
  if (axis->hi / axis->lo < 10)
    n = linear_trials (axis, wanted, axis->hi / axis->lo < 3 ? 0.5 : 2.5, trials, n);
  return n;
}

/* 2..9 within decades while there is room, then 2 and 5; between thinned decades, the decades. */
static void
log_minor (Axis *axis, const Trial *trial)
{
  double decade = axis->length / log10 (axis->hi / axis->lo);
  int first = (int) floor (log10 (axis->lo)), last = (int) floor (log10 (axis->hi));
  const char *digits = decade >= 24 * MIN_MINOR   ? "123456789"
                       : decade >= 10 * MIN_MINOR ? "125"
                                                  : "1";

  if (!(decade >= MIN_MINOR))
    return;
  for (int e = first; e <= last; e++)
    for (const char *d = digits; *d != '\0'; d++)
      {
        double value = times_power (*d - '0', e);
        gboolean taken = value < axis->lo || value > axis->hi;

        for (guint i = 0; i < trial->n && !taken; i++)
          taken = fabs (value - trial->value[i]) < 1e-9 * value;
        if (!taken)
          add_tick (axis, value, NULL);
      }
}

GArray *
plot_ticks_log (double lo, double hi, double length, Extent extent, gpointer data)
{
  Axis axis;
  Trial trials[MAX_TRIALS];
  const Trial *chosen;

  if (!axis_init (&axis, lo, hi, length, plot_scale_log.forward, extent, data))
    return axis.ticks;
  chosen = choose (&axis, trials, log_trials (&axis, CLAMP (length / 120, 3, 6), trials));
  if (chosen != NULL && chosen->step > 0)
    linear_minor (&axis, chosen);
  else if (chosen != NULL)
    log_minor (&axis, chosen);
  g_array_sort (axis.ticks, compare_ticks);
  return axis.ticks;
}
