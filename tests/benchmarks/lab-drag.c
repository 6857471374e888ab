/* How fast the bench answers: drags of 120 events over 2 s from the defaults, as a hand would make
 * them, and what recombines. Prints medians; asserts nothing about time. */

#include "bench.h"

#include <lab.h>

#define EVENTS 120
#define DRAG_SECONDS 2.0

typedef struct
{
  LabRunner *runner;
  GMainLoop *loop;
  LabSpec *spec;
  LabKey key;
  double from, to; /* values at the ends of the drag */
  int event;
  char *values[EVENTS];   /* as submitted */
  gint64 at[EVENTS];      /* when */
  double latency[EVENTS]; /* until a curve of this value or a later one; ms */
  int answered;           /* events that have one */
  int published;
  double previews[EVENTS * 4]; /* durations of the previews, ms */
  int n_previews;
  gint64 last_tick;
  double worst_gap; /* of the main loop, ms */
} Drag;

static void
answer (LabRunner *runner, GParamSpec *pspec, Drag *drag)
{
  LabResult *result = lab_runner_get_result (runner);
  g_autofree char *value = lab_spec_format (lab_result_spec (result), drag->key);
  gint64 now = g_get_monotonic_time ();
  int i = drag->event - 1;

  if (lab_result_plan (result)->preview && drag->n_previews < EVENTS * 4)
    drag->previews[drag->n_previews++] = lab_result_seconds (result) * 1e3;
  if (drag->event < EVENTS)
    drag->published++;
  while (i >= 0 && g_strcmp0 (drag->values[i], value) != 0)
    i--;
  for (; drag->answered <= i; drag->answered++)
    drag->latency[drag->answered] = (now - drag->at[drag->answered]) * 1e-3;
}

static void
move (Drag *drag)
{
  const LabParameter *p = lab_parameter (drag->key);
  double u = 1 - fabs (1 - 2.0 * drag->event / (EVENTS - 1)); /* there and back */
  double value = p->scale == LAB_SCALE_LOG ? drag->from * pow (drag->to / drag->from, u)
                                           : drag->from + u * (drag->to - drag->from);

  if (p->type == LAB_TYPE_CHOICE)
    value = (drag->event / 8) % (guint) drag->to;
  lab_spec_set (drag->spec, drag->key, lab_value_from_number (drag->key, value), NULL);
  drag->values[drag->event] = lab_spec_format (drag->spec, drag->key);
  drag->at[drag->event++] = g_get_monotonic_time ();
  lab_runner_submit (drag->runner, drag->spec);
}

static gboolean
tick (gpointer data)
{
  Drag *drag = data;

  if (drag->event == EVENTS)
    {
      g_main_loop_quit (drag->loop);
      return G_SOURCE_REMOVE;
    }
  move (drag);
  return G_SOURCE_CONTINUE;
}

static gboolean
watch_gaps (gpointer data)
{
  Drag *drag = data;
  gint64 now = g_get_monotonic_time ();

  drag->worst_gap = MAX (drag->worst_gap, (now - drag->last_tick) * 1e-3);
  drag->last_tick = now;
  return G_SOURCE_CONTINUE;
}

static void
wait_until_idle (LabRunner *runner)
{
  while (lab_runner_get_busy (runner))
    g_main_context_iteration (NULL, TRUE);
}

/* Ridge and time, once the eigenbases are there. */
static void
prepare (LabRunner *runner, LabSpec *spec, LabKey key, double value)
{
  gint64 start = g_get_monotonic_time ();

  lab_spec_set (spec, key, lab_value_from_number (key, value), NULL);
  lab_runner_submit (runner, spec);
  while (lab_runner_get_busy (runner) || !lab_runner_has_spectra (runner))
    g_main_context_iteration (NULL, FALSE);
  printf ("eigenbases after %.2f s\n", (g_get_monotonic_time () - start) * 1e-6);
}

static void
run_drag (const char *exhibit, LabKey key, double from, double to)
{
  g_autoptr (LabRunner) runner = lab_runner_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LabSpec) spec = lab_spec_new_named (exhibit, NULL);
  g_autofree Drag *drag = g_new0 (Drag, 1);
  g_autofree char *last = NULL;
  gint64 end;
  guint watch;

  lab_runner_submit (runner, spec);
  wait_until_idle (runner);
  if (lab_spec_effect (spec, key) == LAB_EFFECT_FILTER)
    prepare (runner, spec, key, from);
  *drag = (Drag){
    .runner = runner, .loop = loop, .spec = spec, .key = key, .from = from, .to = to
  };
  drag->last_tick = g_get_monotonic_time ();
  g_signal_connect (runner, "notify::result", G_CALLBACK (answer), drag);
  watch = g_timeout_add (1, watch_gaps, drag);
  g_timeout_add (DRAG_SECONDS * 1000 / EVENTS, tick, drag);
  g_main_loop_run (loop);
  end = g_get_monotonic_time ();
  g_source_remove (watch);
  wait_until_idle (runner);
  if (drag->n_previews == 0) /* whole curves at once */
    drag->previews[drag->n_previews++] = NAN;
  last = lab_spec_format (lab_result_spec (lab_runner_get_result (runner)), key);
  printf ("%-11s %10d %14.1f %13.1f %10.1f %13.2f   %s %s\n", lab_parameter (key)->key,
          drag->published, bench_median (drag->previews, drag->n_previews),
          bench_median (drag->latency, drag->answered), drag->worst_gap,
          (g_get_monotonic_time () - end) * 1e-6, last,
          lab_result_complete (lab_runner_get_result (runner)) ? "complete" : "incomplete");
  for (int i = 0; i < drag->event; i++)
    g_free (drag->values[i]);
}

/* From nothing to the first curve. */
static void
time_first_picture (const char *exhibit)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named (exhibit, NULL);
  double times[5];

  for (int i = 0; i < 5; i++)
    {
      g_autoptr (LabRunner) runner = lab_runner_new ();
      gint64 start = g_get_monotonic_time ();

      lab_runner_submit (runner, spec);
      while (lab_runner_get_result (runner) == NULL)
        g_main_context_iteration (NULL, TRUE);
      times[i] = (g_get_monotonic_time () - start) * 1e-3;
      lab_runner_stop (runner);
    }
  printf ("first curve: median %.0f ms\n", bench_median (times, 5));
}

/* Noise, initialization, and the range of the slopes where there is one, on stored pieces. */
static void
time_recombination (const char *exhibit)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named (exhibit, NULL);
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  g_autoptr (LabResult) result = lab_job_run (spec, plan, 0, NULL, NULL, NULL, NULL);
  g_autoptr (LabRunner) runner = lab_runner_new ();
  gboolean window = lab_exhibit_uses (lab_spec_exhibit (spec), LAB_SLOPE_TO);
  double times[101];
  guint jobs;

  lab_runner_submit (runner, spec);
  wait_until_idle (runner);
  jobs = lab_runner_get_jobs (runner);
  for (int i = 0; i <= 100; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (LabAnswer) answer = NULL;

      lab_spec_set (spec, LAB_NOISE, (LabValue){ .real = i * 0.03 }, NULL);
      lab_spec_set (spec, LAB_INIT_SCALE, (LabValue){ .real = i * 0.04 }, NULL);
      if (window)
        lab_spec_set (spec, LAB_SLOPE_TO, (LabValue){ .integer = 500 + i }, NULL);
      lab_runner_submit (runner, spec);
      answer = lab_answer_new (result, spec);
      times[i] = (g_get_monotonic_time () - start) * 1e-3;
    }
  printf ("noise, initialization%s: %.3f ms to recombine, %u jobs started by 101 changes\n",
          window ? ", window" : "", bench_median (times, 101), lab_runner_get_jobs (runner) - jobs);
  printf ("complete defaults (%d seeds): %.2f s\n", plan->n_seeds, lab_result_seconds (result));
}

static void
begin (const char *exhibit)
{
  printf ("\n%s\n", exhibit);
  time_first_picture (exhibit);
  time_recombination (exhibit);
  printf (
    "drag        curves/2 s preview median event to curve  loop gap  full run after   ends on\n"
    "                                 ms     median ms        ms             s\n");
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
  begin ("double-descent");
  run_drag ("double-descent", LAB_DEPTH, 1, 10);
  run_drag ("double-descent", LAB_N_TRAIN, 50, 500);
  run_drag ("double-descent", LAB_DIM, 5, 50);
  run_drag ("double-descent", LAB_ACTIVATION, 0, 4);
  run_drag ("double-descent", LAB_TO, 100, 1000);
  run_drag ("double-descent", LAB_RIDGE, 1e-8, 1);
  run_drag ("double-descent", LAB_TIME, 1, 1e6);
  run_drag ("random-features-double-descent", LAB_RIDGE, 1e-8, 1);
  run_drag ("epoch-wise-linear", LAB_RIDGE, 1e-6, 1);
  run_drag ("ridge-at-peak", LAB_TIME, 1, 1e6);
  begin ("learning-curve");
  run_drag ("learning-curve", LAB_DEPTH, 1, 10);
  run_drag ("learning-curve", LAB_DIM, 4, 20);
  run_drag ("learning-curve", LAB_SIGMA_B2, 0, 4);
  run_drag ("learning-curve", LAB_TO, 200, 2000);
  return 0;
}
