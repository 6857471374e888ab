#include "lab-test.h"

/* What a runner published, with the spec it was for. */
typedef struct
{
  LabRunner *runner;
  int published;
  gint64 last_depth;
  gboolean complete;
  gboolean one_spec; /* then what is shown never has fewer seeds than before */
  int seeds;
} Log;

static void
log_result (LabRunner *runner, GParamSpec *pspec, Log *log)
{
  LabResult *result = lab_runner_get_result (runner);

  log->published++;
  log->last_depth = lab_spec_integer (lab_result_spec (result), LAB_DEPTH);
  log->complete = lab_result_complete (result);
  g_assert_cmpint (lab_result_seeds_done (result), >, 0);
  if (log->one_spec)
    g_assert_cmpint (lab_result_seeds_done (result), >=, log->seeds);
  log->seeds = lab_result_seeds_done (result);
}

static void
iterate_until_idle (LabRunner *runner)
{
  while (lab_runner_get_busy (runner))
    g_main_context_iteration (NULL, TRUE);
}

static LabSpec *
small_spec (const char *assignment)
{
  LabSpec *spec = lab_spec_new_named ("double-descent", NULL);

  lab_spec_assign (spec, "n-train=60", NULL);
  lab_spec_assign (spec, "to=60", NULL);
  lab_spec_assign (spec, "seeds=6", NULL);
  lab_spec_assign (spec, "n-test=200", NULL);
  if (assignment != NULL)
    lab_spec_assign (spec, assignment, NULL);
  return spec;
}

/* A preview first, then seed by seed, then the whole: the same as a job run by hand. */
static void
test_refines (void)
{
  g_autoptr (LabRunner) runner = lab_runner_new ();
  g_autoptr (LabSpec) spec = small_spec (NULL);
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  g_autoptr (LabResult) whole = lab_job_run (spec, plan, 0, NULL, NULL, NULL, NULL);
  g_autoptr (LabAnswer) want = lab_answer_new (whole, spec), got = NULL;
  Log log = { runner, .one_spec = TRUE };

  g_signal_connect (runner, "notify::result", G_CALLBACK (log_result), &log);
  lab_runner_submit (runner, spec);
  g_assert_true (lab_runner_get_busy (runner));
  iterate_until_idle (runner);
  g_assert_cmpint (log.published, >=, 2);
  g_assert_true (log.complete);
  g_assert_true (lab_runner_is_current (runner));
  g_assert_cmpfloat (lab_runner_get_progress (runner), ==, 1);

  got = lab_answer_new (lab_runner_get_result (runner), spec);
  g_assert_cmpmem (lab_answer_find (got, "test")->y, plan->n_x * sizeof (double),
                   lab_answer_find (want, "test")->y, plan->n_x * sizeof (double));
}

/* Noise, initialization, cursor and overlays never start a job. */
static void
test_recombining_starts_nothing (void)
{
  static const char *const settings[] = { "noise=2",        "noise=0", "init=standard",
                                          "init-scale=0.3", "width=7", "show=test" };
  g_autoptr (LabRunner) runner = lab_runner_new ();
  g_autoptr (LabSpec) spec = small_spec (NULL);
  guint jobs;

  lab_runner_submit (runner, spec);
  iterate_until_idle (runner);
  jobs = lab_runner_get_jobs (runner);
  g_assert_cmpint (jobs, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_assert_true (lab_spec_assign (spec, settings[i], NULL));
      lab_runner_submit (runner, spec);
      g_assert_false (lab_runner_get_busy (runner));
    }
  g_assert_cmpint (lab_runner_get_jobs (runner), ==, jobs);
}

/* Many changes in a row: the last one wins, and nothing older follows it. */
static void
test_newest_wins (void)
{
  g_autoptr (LabRunner) runner = lab_runner_new ();
  Log log = { runner };

  g_signal_connect (runner, "notify::result", G_CALLBACK (log_result), &log);
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *assignment = g_strdup_printf ("depth=%d", 1 + i % 7);
      g_autoptr (LabSpec) spec = small_spec (assignment);

      lab_runner_submit (runner, spec);
      g_main_context_iteration (NULL, FALSE);
    }
  iterate_until_idle (runner);
  g_assert_cmpint (log.last_depth, ==, 1 + 39 % 7);
  g_assert_true (log.complete);
}

/* While the hand moves there is always a newer change than the one that is computed: it comes as soon as
 * a job starts. Each preview is shown all the same, before the next one starts, unless the machine is so
 * busy that it takes longer than anybody waits for. */
#define CHANGES 20

typedef struct
{
  Log log;
  int changes, given_up;
  gint64 start; /* of the job before */
} Drag;

static void
drag_on (Drag *drag)
{
  g_autofree char *assignment = g_strdup_printf ("n-train=%d", 100 + drag->changes++);
  g_autoptr (LabSpec) spec = lab_spec_new_named ("double-descent", NULL);

  g_assert_true (lab_spec_assign (spec, assignment, NULL));
  g_assert_true (lab_spec_assign (spec, "n-test=300", NULL));
  lab_runner_submit (drag->log.runner, spec);
}

static void
job_started (LabRunner *runner, GParamSpec *pspec, Drag *drag)
{
  const gint64 now = g_get_monotonic_time ();
  const int missing = (int) lab_runner_get_jobs (runner) - 1 - drag->log.published;

  if (drag->changes == CHANGES)
    return;
  if (missing > drag->given_up && now - drag->start >= LAB_RUNNER_PATIENCE * 1000)
    drag->given_up++;
  g_assert_cmpint (missing, ==, drag->given_up);
  drag->start = now;
  drag_on (drag);
}

static void
test_drag (void)
{
  g_autoptr (LabRunner) runner = lab_runner_new ();
  Drag drag = { { runner } };

  g_signal_connect (runner, "notify::result", G_CALLBACK (log_result), &drag.log);
  g_signal_connect (runner, "notify::jobs", G_CALLBACK (job_started), &drag);
  drag_on (&drag);
  iterate_until_idle (runner);
  g_assert_cmpint (drag.changes, ==, CHANGES);
  g_assert_cmpint (drag.log.published, >=, CHANGES - drag.given_up);
  g_assert_cmpint (lab_spec_integer (lab_result_spec (lab_runner_get_result (runner)), LAB_N_TRAIN),
                   ==, 100 + CHANGES - 1);
  g_assert_true (drag.log.complete);
}

static void
test_stop (void)
{
  g_autoptr (LabRunner) runner = lab_runner_new ();
  g_autoptr (LabSpec) spec = small_spec ("seeds=1000");
  Log log = { runner, .one_spec = TRUE };

  g_signal_connect (runner, "notify::result", G_CALLBACK (log_result), &log);
  lab_runner_submit (runner, spec);
  while (log.published < 2)
    g_main_context_iteration (NULL, TRUE);
  lab_runner_stop (runner);
  g_assert_false (lab_runner_get_busy (runner));
  g_assert_nonnull (lab_runner_get_result (runner));
  g_assert_false (lab_result_complete (lab_runner_get_result (runner)));
}

/* An impossible spec is an error of the runner, and the old result stays. */
static void
test_error (void)
{
  g_autoptr (LabRunner) runner = lab_runner_new ();
  g_autoptr (LabSpec) good = small_spec (NULL), bad = small_spec ("from=4000");

  lab_runner_submit (runner, good);
  iterate_until_idle (runner);
  lab_runner_submit (runner, bad);
  iterate_until_idle (runner);
  g_assert_error (lab_runner_get_error (runner), LAB_ERROR, LAB_ERROR_CONTRADICTION);
  g_assert_nonnull (lab_runner_get_result (runner));
  g_assert_false (lab_runner_is_current (runner));
  lab_runner_submit (runner, good);
  g_assert_null (lab_runner_get_error (runner));
  iterate_until_idle (runner);
  g_assert_true (lab_runner_is_current (runner));
}

/* All seeds at one place, newest place last. */
static void
test_at (void)
{
  g_autoptr (LabRunner) runner = lab_runner_new ();
  g_autoptr (LabSpec) spec = small_spec (NULL);

  for (int x = 5; x <= 30; x++)
    lab_runner_submit_at (runner, spec, x);
  iterate_until_idle (runner);
  g_assert_cmpint (lab_result_plan (lab_runner_get_result (runner))->n_x, ==, 1);
  g_assert_cmpfloat (lab_result_plan (lab_runner_get_result (runner))->x[0], ==, 30);
  g_assert_cmpint (lab_result_seeds_done (lab_runner_get_result (runner)), ==, 6);
}

/* Threads of jobs, and of their helpers, which have their name. */
static gboolean
any_job_runs (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "comm", NULL);
      g_autofree char *name = NULL;

      /* One may have ended since it was listed. */
      if (g_file_get_contents (path, &name, NULL, NULL) && g_str_equal (name, "lab-job\n"))
        return TRUE;
    }
  return FALSE;
}

/* A runner may go while its job runs: at once, after its preview, after the first seeds. What the job
 * leaves then is for nobody. */
static void
test_dispose (void)
{
  for (int i = 0; i < 21; i++)
    {
      g_autoptr (LabRunner) runner = lab_runner_new ();
      g_autoptr (LabSpec) spec = small_spec (NULL);
      Log log = { runner };

      g_signal_connect (runner, "notify::result", G_CALLBACK (log_result), &log);
      lab_runner_submit (runner, spec);
      while (log.published < i % 3)
        g_main_context_iteration (NULL, TRUE);
    }
  while (any_job_runs ())
    g_usleep (1000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Ridge and time from eigenbases that were kept: to rounding what a job by hand finds. */
static void
assert_same_curves (const LabResult *result, const LabSpec *spec)
{
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  g_autoptr (LabResult) whole = lab_job_run (spec, plan, 0, NULL, NULL, NULL, NULL);
  g_autoptr (LabAnswer) want = lab_answer_new (whole, spec), got = lab_answer_new (result, spec);

  g_assert_cmpint (want->series->len, ==, got->series->len);
  for (guint i = 0; i < want->series->len; i++)
    {
      const LabSeries *a = g_ptr_array_index (want->series, i),
                      *b = g_ptr_array_index (got->series, i);

      g_assert_cmpint (a->n, ==, b->n);
      for (int j = 0; j < a->n; j++)
        if (a->y[j] > 1e-9)
          g_assert_cmpfloat (fabs (a->y[j] - b->y[j]), <, 1e-6 * a->y[j]);
    }
}

static void
test_spectra (void)
{
  static const char *const changes[] = { "ridge=0.01", "time=30", "ridge=0", "time=inf" };
  g_autoptr (LabRunner) runner = lab_runner_new ();
  g_autoptr (LabSpec) spec = small_spec (NULL);
  guint jobs;

  lab_runner_submit (runner, spec);
  iterate_until_idle (runner);
  g_assert_false (lab_runner_has_spectra (runner));
  lab_spec_assign (spec, "ridge=0.001", NULL);
  lab_runner_submit (runner, spec);
  while (!lab_runner_has_spectra (runner) || lab_runner_get_busy (runner))
    g_main_context_iteration (NULL, TRUE);

  jobs = lab_runner_get_jobs (runner);
  for (gsize k = 0; k < G_N_ELEMENTS (changes); k++)
    {
      g_assert_true (lab_spec_assign (spec, changes[k], NULL));
      lab_runner_submit (runner, spec);
      iterate_until_idle (runner);
      g_assert_cmpint (lab_runner_get_jobs (runner), ==, ++jobs);
      g_assert_true (lab_result_complete (lab_runner_get_result (runner)));
      assert_same_curves (lab_runner_get_result (runner), spec);
    }

  lab_spec_assign (spec, "depth=2", NULL);
  lab_runner_submit (runner, spec);
  g_assert_false (lab_runner_has_spectra (runner));
  iterate_until_idle (runner);
}

/* What takes a frame from eigenbases that are there runs to its end, however fast the hand moves: no
 * run is given up for a newer one, unless it takes half a second. */
static void
test_prompt (void)
{
  g_autoptr (LabRunner) runner = lab_runner_new ();
  g_autoptr (LabSpec) spec = small_spec ("ridge=0.001");
  const int changes = 40;
  Log log = { runner };
  guint jobs;

  lab_runner_submit (runner, spec);
  lab_spec_assign (spec, "ridge=0.002", NULL);
  lab_runner_submit (runner, spec);
  while (!lab_runner_has_spectra (runner) || lab_runner_get_busy (runner))
    g_main_context_iteration (NULL, TRUE);

  jobs = lab_runner_get_jobs (runner);
  g_signal_connect (runner, "notify::result", G_CALLBACK (log_result), &log);
  for (int i = 1; i <= changes; i++)
    {
      g_autofree char *assignment = g_strdup_printf ("ridge=%g", 0.01 * i);

      g_assert_true (lab_spec_assign (spec, assignment, NULL));
      lab_runner_submit (runner, spec);
    }
  iterate_until_idle (runner);
  g_test_message ("%u jobs", lab_runner_get_jobs (runner) - jobs);
  /* The first and the last; a machine that stands still for a while may add a few. */
  g_assert_cmpuint (lab_runner_get_jobs (runner) - jobs, <, changes / 2);
  g_assert_cmpint (log.published, >=, 2);
  assert_same_curves (lab_runner_get_result (runner), spec);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/runner/refines", test_refines);
  g_test_add_func ("/lab/runner/recombining-starts-nothing", test_recombining_starts_nothing);
  g_test_add_func ("/lab/runner/newest-wins", test_newest_wins);
  g_test_add_func ("/lab/runner/drag", test_drag);
  g_test_add_func ("/lab/runner/stop", test_stop);
  g_test_add_func ("/lab/runner/error", test_error);
  g_test_add_func ("/lab/runner/at", test_at);
  g_test_add_func ("/lab/runner/dispose", test_dispose);
  g_test_add_func ("/lab/runner/spectra", test_spectra);
  g_test_add_func ("/lab/runner/prompt", test_prompt);
  return g_test_run ();
}
