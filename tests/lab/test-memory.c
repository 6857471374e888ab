/* What happens where memory is short: what is said to be free, and every allocation refused in turn. */

#include <glib/gstdio.h>
#include <lab.h>
#include <math.h>
#include <ntk-memory-private.h>
#include <ntk.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab-check-private.h"
#include "lab-experiment.h"
#include "lab-kernel-private.h"
#include "lab-memory.h"
#include "lab-plan-private.h"
#include "lab-result-private.h"
#include "lab-spec-ntk.h"
#include "lab-spectra.h"
#include "lab-decomposition.h"
#include "view-test.h"

/* ---- What is free ---- */

/* A folder that stands for /, with the lines of `files`: path, blank, text. */
static char *
make_root (const char *const *files)
{
  char *root = g_dir_make_tmp ("tangent-lab-XXXXXX", NULL);

  g_assert_nonnull (root);
  for (gsize i = 0; files[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (files[i], " ", 2);
      g_autofree char *path = g_build_filename (root, parts[0], NULL);
      g_autofree char *folder = g_path_get_dirname (path);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, parts[1], -1, NULL));
    }
  return root;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

#define GROUP "sys/fs/cgroup"
#define PLENTY "proc/meminfo MemTotal: 9 kB\nMemFree:  2 kB\nMemAvailable:   8000 kB\n"

static void
test_free (void)
{
  static const struct
  {
    const char *files[9];
    double want;
  } cases[] = {
    { { NULL }, G_MAXDOUBLE },
    { { PLENTY }, 8000 * 1024. },
    /* The second version: the group, the one above it, and the root; of two limits the lower. */
    { { PLENTY, "proc/self/cgroup 0::/a/b\n", GROUP "/a/b/memory.max 5000000\n",
        GROUP "/a/b/memory.current 1000000\n" },
      4e6 },
    { { PLENTY, "proc/self/cgroup 0::/a/b\n", GROUP "/a/b/memory.max max\n",
        GROUP "/a/memory.max 3000000\n", GROUP "/a/memory.current 1000000\n" },
      2e6 },
    { { PLENTY, "proc/self/cgroup 0::/a/b\n", GROUP "/a/b/memory.max 7000000\n",
        GROUP "/a/b/memory.high 6000000\n", GROUP "/a/b/memory.current 1000000\n",
        GROUP "/memory.max 5000000\n", GROUP "/memory.current 4500000\n" },
      5e5 },
    /* Caches of files are given up. */
    { { PLENTY, "proc/self/cgroup 0::/\n", GROUP "/memory.max 5000000\n",
        GROUP "/memory.current 4900000\n",
        GROUP "/memory.stat anon 10\ninactive_file 1900000\nactive_file 5\n" },
      2e6 },
    /* Over its limit. */
    { { PLENTY, "proc/self/cgroup 0::/\n", GROUP "/memory.high 5000000\n",
        GROUP "/memory.current 5900000\n" },
      0 },
    /* The first version, beside the second, which has no memory controller. */
    { { PLENTY, "proc/self/cgroup 9:name=systemd:/x\n4:cpu,memory:/a\n0::/\n",
        GROUP "/memory/a/memory.limit_in_bytes 9223372036854771712\n",
        GROUP "/memory/memory.limit_in_bytes 3000000\n",
        GROUP "/memory/memory.usage_in_bytes 2900000\n",
        GROUP "/memory/memory.stat inactive_file 7\ntotal_inactive_file 900000\n" },
      1e6 },
    { { PLENTY, "proc/self/cgroup 0::/a\n", GROUP "/unified/a/memory.max 1000\n" }, 1000 },
    /* A group outside of what a container sees; no numbers where they should be. */
    { { PLENTY, "proc/self/cgroup 0::/../../a\nnothing\n", GROUP "/memory.max 1000\n" }, 1000 },
    { { "proc/meminfo MemAvailable", "proc/self/cgroup 0::/a\n", GROUP "/a/memory.max \n" },
      G_MAXDOUBLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *root = make_root (cases[i].files);

      g_assert_cmpfloat (lab_memory_free_under (root), ==, cases[i].want);
      remove_all (root);
    }
  g_assert_cmpfloat (lab_memory_free_under (""), <, G_MAXDOUBLE);
}

/* What is stored grows with the seeds, and is refused with what would help. */
static void
test_stored (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("learning-curve", NULL);
  g_autoptr (LabPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  double one;

  lab_spec_assign (spec, "stop=best", NULL);
  plan = lab_plan_new (spec);
  plan->n_seeds = 1;
  one = lab_plan_stored_memory (plan, spec);
  g_assert_cmpfloat (one, >=, plan->n_x * 41 * sizeof (NtkGram));
  plan->n_seeds = 1000;
  g_assert_cmpfloat (lab_plan_stored_memory (plan, spec), ==, 1000 * one);

  g_assert_false (lab_check_memory (1e30, "thing", &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_SIZE);
  g_assert_nonnull (strstr (error->message, "smaller thing"));
}

/* ---- Refused in turn ---- */

typedef struct
{
  const char *name, *settings;
  gboolean (*run) (const LabSpec *spec, GChecksum *sum, GError **error);
} Kind;

static gboolean
sum_result (LabResult *result, GChecksum *sum)
{
  if (result == NULL)
    return FALSE;
  for (int s = 0; s < lab_result_seeds_done (result); s++)
    g_checksum_update (sum, lab_result_piece (result, s, 0), result->pieces->row);
  lab_result_unref (result);
  return TRUE;
}

static gboolean
run_job (const LabSpec *spec, GChecksum *sum, GError **error)
{
  g_autoptr (LabPlan) plan = lab_plan_new (spec);

  return sum_result (lab_job_run (spec, plan, 2, NULL, NULL, NULL, error), sum);
}

/* What a view of fields shows: its piece is where they are kept. */
static gboolean
run_fields (const LabSpec *spec, GChecksum *sum, GError **error)
{
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  g_autoptr (LabResult) result = lab_job_run (spec, plan, 2, NULL, NULL, NULL, error);
  g_autoptr (LabAnswer) answer = result != NULL ? lab_answer_new (result, spec) : NULL;

  if (answer == NULL)
    return FALSE;
  for (guint i = 0; i < answer->fields->len; i++)
    {
      const LabField *field = g_ptr_array_index (answer->fields, i);

      g_checksum_update (sum, (const guchar *) field->z, (gssize) field->nx * field->ny * sizeof (double));
    }
  return TRUE;
}

/* With eigenbases, which are kept. */
static gboolean
run_spectra (const LabSpec *spec, GChecksum *sum, GError **error)
{
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  double bytes;
  int n = lab_spec_work (spec)->spectra (spec, plan, &bytes);

  plan->spectra = lab_spectra_new (plan->n_seeds, n);
  return sum_result (lab_job_run (spec, plan, 1, NULL, NULL, NULL, error), sum)
         && sum_result (lab_job_run (spec, plan, 1, NULL, NULL, NULL, error), sum);
}

static gboolean
run_look (const LabSpec *spec, GChecksum *sum, GError **error)
{
  g_autoptr (LabLook) look = look_of (spec, 9, NULL, error);

  if (look == NULL)
    return FALSE;
  g_checksum_update (sum, (const guchar *) look->parts, look->n_angles * sizeof (double));
  return TRUE;
}

static gboolean
run_kernel (const LabSpec *spec, GChecksum *sum, GError **error)
{
  const double points[] = { 1, 2, 3, -1, 0.5, 0.25 };
  g_autofree double *kernel = lab_kernel_compute (spec, LAB_KERNEL_NTK, 2, points, 3, NULL, 0, 2,
                                                  error);

  if (kernel == NULL)
    return FALSE;
  g_checksum_update (sum, (const guchar *) kernel, 9 * sizeof (double));
  return TRUE;
}

/* The axis comes before its range. */
#define DESCENT "n-train=12 n-test=8 dim=4 seeds=2 points=3 from=4 to=20 "
#define LEARNING "n-test=8 dim=2 seeds=2 from=4 to=20 fit-from=4 fit-to=20 reach=100 "

static const Kind kinds[] = {
  { "double-descent", "model=linear " DESCENT, run_job },
  { "double-descent", "model=linear inputs=gaussian time=3 " DESCENT, run_job },
  { "double-descent", "model=random-features show=test,asymptotic,lower-bound " DESCENT, run_job },
  { "double-descent", "model=random-features activation=tanh ridge=0.1 " DESCENT, run_job },
  { "double-descent", "model=linearised " DESCENT, run_job },
  { "double-descent", "model=linearised activation=swish inputs=gaussian " DESCENT, run_job },
  { "double-descent", "model=linearised depth=2 target=teacher " DESCENT, run_job },
  { "double-descent", "model=infinite axis=n-train " DESCENT, run_job },
  { "double-descent", "model=infinite axis=n-train activation=tanh inputs=gaussian ridge=1 " DESCENT, run_job },
  { "double-descent", "axis=n-train width=6 " DESCENT, run_job },
  { "double-descent", DESCENT "axis=time from=1 to=100", run_job },
  { "double-descent", DESCENT "axis=ridge from=0.01 to=1 model=random-features", run_job },
  { "double-descent", DESCENT "axis=ensemble from=1 to=8", run_job },
  { "double-descent", "ensemble=2 time=10 " DESCENT, run_job },
  { "double-descent", "ridge=0.01 " DESCENT, run_spectra },
  { "double-descent", "axis=n-train model=infinite " DESCENT, run_spectra },
  { "learning-curve", LEARNING, run_job },
  { "learning-curve", LEARNING "average=expected stop=ridge", run_job },
  { "learning-curve", LEARNING "points=3 stop=best average=expected", run_job },
  { "learning-curve", LEARNING "points=3 width=8 stop=time time=2", run_job },
  { "learning-curve", LEARNING "dim=3 points=2 seeds=1", run_job },
  { "learning-curve", LEARNING "kernel=laplace points=3", run_job },
  { "kernel", "width=6 depth=2 seeds=2", run_job },
  { "kernel", "width=6 activation=tanh kernel=nngp seeds=1", run_job },
  { "kernel", "kernel=laplace seeds=1", run_job },
  { "kernel", "view=matrix n-train=6 width=5 depth=2", run_fields },
  { "kernel", "view=matrix n-train=6 width=5 kernel=nngp dim=2", run_fields },
  { "double-descent", "model=linearised " DESCENT, run_look },
  { "double-descent", "model=infinite axis=n-train " DESCENT, run_look },
  { "double-descent", "activation=tanh depth=2", run_kernel },
};

static LabSpec *
make_spec (const Kind *kind)
{
  g_auto (GStrv) settings = g_strsplit_set (kind->settings, " ", 0);
  LabSpec *spec = lab_spec_new_named (kind->name, NULL);
  GError *error = NULL;

  for (gsize i = 0; settings[i] != NULL; i++)
    if (*settings[i] != '\0' && !lab_spec_assign (spec, settings[i], &error))
      g_error ("%s: %s", settings[i], error->message);
  return spec;
}

/* The digest of what comes out where nothing fails. */
static char *
succeed (const Kind *kind, const LabSpec *spec)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) error = NULL;

  if (!kind->run (spec, sum, &error))
    g_error ("%s %s: %s", kind->name, kind->settings, error->message);
  return g_strdup (g_checksum_get_string (sum));
}

/* One error of one line; an error set over another is a warning, which ends a test. */
static void
fail_at (const Kind *kind, const LabSpec *spec, guint k, guint count)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) error = NULL;

  ntk_memory_fail (k, count);
  if (kind->run (spec, sum, &error))
    g_error ("%s %s: the loss of allocation %u went unnoticed", kind->name, kind->settings, k);
  g_assert_error (error, NTK_ERROR, NTK_ERROR_MEMORY);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_true (g_str_has_prefix (error->message, "No memory for "));
}

/* One allocation, and all from it on. Every one with -m thorough; else the first ones, and then ever fewer. */
static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const Kind *kind = &kinds[i];
      g_autoptr (LabSpec) spec = make_spec (kind);
      g_autofree char *before = NULL, *after = NULL;
      guint calls, tried = 0;

      ntk_memory_fail (0, 0);
      before = succeed (kind, spec);
      calls = ntk_memory_fail (0, 0);
      g_assert_cmpuint (calls, >, 0);
      for (guint k = 1; k <= calls; k += g_test_thorough () ? 1 : 1 + k / 2, tried++)
        {
          fail_at (kind, spec, k, 1);
          fail_at (kind, spec, k, G_MAXUINT);
        }
      ntk_memory_fail (0, 0);
      after = succeed (kind, spec);
      g_assert_cmpstr (before, ==, after);
      g_test_message ("%s %s: %u of %u", kind->name, kind->settings, tried, calls);
    }
}

/* ---- Peaks ---- */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED TRUE
#else
#define SANITIZED FALSE
#endif

/* Of /proc/self/status, in bytes. */
static double
read_status (const char *key)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, key);
  g_assert_nonnull (line);
  return 1024 * g_ascii_strtod (line + strlen (key), NULL);
}

/* What the peak of memory was above what was there before, by a process of its own. */
static double
measure (const Kind *kind, const LabSpec *spec)
{
  int ends[2];
  double growth = 0;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autofree char *digest = NULL;
      double before;

      before = read_status ("VmRSS:");
      digest = succeed (kind, spec);
      growth = read_status ("VmHWM:") - before;
      _exit (write (ends[1], &growth, sizeof growth) == sizeof growth ? 0 : 1);
    }
  g_assert_cmpint (read (ends[0], &growth, sizeof growth), ==, sizeof growth);
  close (ends[0]);
  close (ends[1]);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  return growth;
}

#define BIG 1500
static gboolean
run_big_kernel (const LabSpec *spec, GChecksum *sum, GError **error)
{
  const int n = g_test_thorough () ? 4 * BIG : BIG;
  g_autofree double *points = g_new (double, 3 * n), *kernel = NULL;

  for (int i = 0; i < 3 * n; i++)
    points[i] = sin (i * (gsize) i);
  kernel = lab_kernel_compute (spec, LAB_KERNEL_NTK, 3, points, n, NULL, 0, 2, error);
  return kernel != NULL;
}

static double
estimate (const Kind *kind, const LabSpec *spec)
{
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  g_autoptr (GArray) units = lab_spec_work (spec)->units (spec, plan);
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  arch.dim = 3;
  if (kind->run == run_look)
    return lab_decomposition_memory (spec);
  if (kind->run == run_big_kernel)
    return lab_kernel_memory (&arch, g_test_thorough () ? 4 * BIG : BIG, 0);
  return lab_plan_stored_memory (plan, spec)
         + lab_plan_worker_memory (spec) * lab_plan_workers (plan, spec, 2, units->len);
}

/* Small in the short form, and of hundreds of MiB with -m thorough. */
static const Kind big[] = {
  { "double-descent", "n-train=700 n-test=300 seeds=1 points=2 from=600 to=900", run_job },
  { "double-descent", "activation=tanh", run_big_kernel },
  { "learning-curve", "seeds=400 points=400 n-test=2 dim=2 stop=best from=4 to=20", run_job },
};
static const Kind huge[] = {
  { "double-descent", "model=linear n-train=1500 dim=1000 seeds=1 points=2 from=600 to=900", run_job },
  { "double-descent", "model=random-features n-train=1500 seeds=2 points=2 from=1000 to=2000", run_job },
  { "double-descent", "n-train=1500 seeds=2 points=2 from=600 to=900", run_job },
  { "double-descent", "n-train=1000 depth=3 seeds=2 points=2 from=600 to=900", run_job },
  { "double-descent", "axis=n-train width=700 seeds=2 points=2 from=1200 to=1500", run_job },
  { "double-descent", "axis=n-train model=infinite seeds=2 points=2 from=1200 to=1500", run_job },
  { "double-descent", "axis=ridge n-train=1300 seeds=2 points=2 from=0.1 to=1", run_job },
  { "double-descent", "axis=ensemble n-train=1300 seeds=2 points=2 from=1 to=2", run_job },
  { "learning-curve", "seeds=2 to=1500 dim=3", run_job },
  { "learning-curve", "seeds=2 to=1300 dim=3 average=expected stop=ridge points=2", run_job },
  { "learning-curve", "seeds=2 to=1200 dim=3 stop=best points=2", run_job },
  { "learning-curve", "seeds=2 to=1300 dim=3 width=500 points=2", run_job },
  { "learning-curve", "seeds=2 to=1500 dim=3 kernel=laplace points=2", run_job },
  { "double-descent", "n-train=1500 width=500", run_look },
  { "double-descent", "n-train=1300 model=infinite axis=ridge", run_look },
};

/* What takes this much is not to be put down for more than twice as much. */
#define LARGE 0x1p28

static void
hold (const Kind *kinds_, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (LabSpec) spec = make_spec (&kinds_[i]);
      double said = estimate (&kinds_[i], spec), is = measure (&kinds_[i], spec);

      g_test_message ("%s %s: %.0f MiB, %.0f estimated", kinds_[i].name, kinds_[i].settings,
                      is / 0x1p20, said / 0x1p20);
      if (is > said || (is > LARGE && said > 2 * is))
        g_test_fail ();
    }
}

static void
test_peak (void)
{
  if (SANITIZED)
    {
      g_test_skip ("sanitizers have memory of their own");
      return;
    }
  hold (big, G_N_ELEMENTS (big));
  if (g_test_thorough ())
    hold (huge, G_N_ELEMENTS (huge));
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/memory/free", test_free);
  g_test_add_func ("/lab/memory/stored", test_stored);
  g_test_add_func ("/lab/memory/refused", test_refused);
  g_test_add_func ("/lab/memory/peak", test_peak);
  return g_test_run ();
}
