/* The exhibit `kernel` against numbers found elsewhere: closed forms, exact deviations, simulated means. */

#include "lab-test.h"

#include <string.h>

static const char *golden_dir;

/* Rows of a table, each a GStrv, without its heading. */
static GPtrArray *
read_rows (const char *name)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *path = g_build_filename (golden_dir, name, NULL), *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines + 1; line[0] != NULL; line++)
    if (g_strstrip (line[0])[0] != '\0')
      g_ptr_array_add (rows, g_strsplit (line[0], ",", -1));
  g_assert_cmpuint (rows->len, >, 0);
  return rows;
}

static double
number (GPtrArray *rows, guint row, guint column)
{
  return g_ascii_strtod (((char **) rows->pdata[row])[column], NULL);
}

static const char *
text (GPtrArray *rows, guint row, guint column)
{
  return ((char **) rows->pdata[row])[column];
}

/* The curves of a spec; @settings are separated by blanks. */
static LabAnswer *
curves_of (const char *settings, LabSpec **spec)
{
  g_auto (GStrv) each = g_strsplit (settings, " ", -1);
  g_autoptr (LabPlan) plan = NULL;
  g_autoptr (LabResult) result = NULL;
  GError *error = NULL;

  *spec = lab_spec_new_named ("kernel", NULL);
  lab_spec_assign_all (*spec, (const char *const *) each, &error);
  g_assert_no_error (error);
  g_assert_true (lab_spec_check (*spec, NULL, &error));
  plan = lab_plan_new (*spec);
  result = lab_job_run (*spec, plan, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return lab_answer_new (result, *spec);
}

/* Where a series is at an angle in degrees; -1: nowhere. */
static int
index_at (const LabSeries *series, double angle)
{
  for (int i = 0; i < series->n; i++)
    if (fabs (series->x[i] - angle) < 1e-9)
      return i;
  return -1;
}

static void
assert_profile (const LabAnswer *answer, GPtrArray *rows, guint row, guint column, const char *stem)
{
  g_autofree char *id = g_strdup_printf ("%s-depth-%s", stem, text (rows, row, 5));
  const LabSeries *series = lab_answer_find (answer, id);
  const double angle = number (rows, row, 4) * 180 / G_PI, want = number (rows, row, column);
  int i;

  g_assert_nonnull (series);
  i = index_at (series, angle);
  if (i >= 0)
    g_assert_cmpfloat_with_epsilon (series->y[i], want, 1e-12 * series->y[0] + 1e-12 * fabs (want));
}

/* Every depth, angle, activation and bias of the table. */
static void
test_profile (void)
{
  g_autoptr (GPtrArray) rows = read_rows ("kernel_profile.csv");
  g_autofree char *before = g_strdup ("");
  LabAnswer *ntk = NULL, *nngp = NULL, *normalised = NULL;

  for (guint row = 0; row < rows->len; row++)
    {
      g_autofree char *settings
        = g_strdup_printf ("width=inf max-depth=10 activation=%s sigma-w2=%s sigma-b2=%s", text (rows, row, 0),
                           text (rows, row, 1), text (rows, row, 2));
      g_autofree char *other = g_strconcat (settings, " kernel=nngp", NULL);
      g_autofree char *unit = g_strconcat (settings, " normalised=yes", NULL);
      g_autoptr (LabSpec) a = NULL, b = NULL, c = NULL;

      if (!g_str_equal (settings, before))
        {
          g_clear_pointer (&ntk, lab_answer_free);
          g_clear_pointer (&nngp, lab_answer_free);
          g_clear_pointer (&normalised, lab_answer_free);
          ntk = curves_of (settings, &a);
          nngp = curves_of (other, &b);
          normalised = curves_of (unit, &c);
          g_free (before);
          before = g_strdup (settings);
        }
      assert_profile (ntk, rows, row, 6, "ntk");
      assert_profile (nngp, rows, row, 7, "nngp");
      assert_profile (normalised, rows, row, 8, "ntk");
    }
  g_assert_null (lab_answer_find (ntk, "empirical"));
  g_assert_cmpint (ntk->seeds, ==, 0);
  lab_answer_free (ntk);
  lab_answer_free (nngp);
  lab_answer_free (normalised);
}

/* The exact deviation of one layer, at any angle. */
static void
test_constant (void)
{
  g_autoptr (GPtrArray) rows = read_rows ("finite_width_constant.csv");

  for (guint row = 0; row < rows->len; row++)
    {
      g_autofree char *settings
        = g_strdup_printf ("width=25 seeds=2 activation=%s sigma-w2=%s sigma-b2=%s", text (rows, row, 0),
                           text (rows, row, 1), text (rows, row, 2));
      const double angle = 180 * number (rows, row, 3), want = sqrt (number (rows, row, 5) / 25);
      g_autoptr (LabSpec) spec = NULL;
      g_autoptr (LabAnswer) answer = curves_of (settings, &spec);
      const LabSeries *series = lab_answer_find (answer, "deviation");
      int i = index_at (series, angle);

      g_assert_cmpint (i, >=, 0);
      g_assert_cmpfloat_with_epsilon ((series->high[i] - series->low[i]) / 2, want, 2e-6);
      g_assert_cmpfloat_with_epsilon (series->y[i], number (rows, row, 4), 1e-9);
    }
}

/* Means and deviations of networks, beside those of other networks: within four standard errors. */
static void
test_networks (void)
{
  enum
  {
    SEEDS = 120
  };
  g_autoptr (GPtrArray) rows = read_rows ("finite_width_kernel.csv");
  int compared = 0;

  for (guint row = 0; row < rows->len; row++)
    {
      const double theirs = number (rows, row, 5), sd = number (rows, row, 9), limit = number (rows, row, 6);
      g_autofree char *settings = NULL;
      g_autoptr (LabSpec) spec = NULL;
      g_autoptr (LabAnswer) answer = NULL;
      const LabSeries *series;
      double se;

      if (number (rows, row, 3) != 64 || number (rows, row, 2) > 3 || number (rows, row, 4) != 0)
        continue;
      settings = g_strdup_printf ("width=64 depth=%s activation=%s sigma-b2=%s seeds=%d max-depth=1",
                                  text (rows, row, 2), text (rows, row, 0), text (rows, row, 1), SEEDS);
      answer = curves_of (settings, &spec);
      series = lab_answer_find (answer, "empirical");
      se = sd * sqrt (1.0 / SEEDS + 1.0 / theirs);
      g_assert_cmpint (series->count[0], ==, SEEDS);
      g_assert_cmpfloat (fabs (series->y[0] - number (rows, row, 7)), <, 4 * se);
      g_assert_cmpfloat (series->low[0], <, series->y[0]);
      g_assert_cmpfloat (series->high[0], >, series->y[0]);
      /* heavy tails: the deviation scatters more than that of normal numbers */
      g_assert_cmpfloat (fabs (lab_kernel_facts (answer)->deviation / (sd / limit) - 1), <, 4 * sqrt (1.0 / SEEDS));
      g_assert_nonnull (lab_answer_find (answer, series->type->id));
      compared++;
    }
  g_assert_cmpint (compared, >=, 3);
}

/* How far networks are from the limit, not from one another: those that are all dead are off by all of it, and
 * those that all have the limit by nothing, whatever rounding leaves. */
static void
test_distance (void)
{
  static const struct
  {
    const char *settings;
    double least, most;
  } cases[] = {
    { "width=1 depth=10 seeds=5", 1, 1 },
    { "activation=gelu width=1 depth=10 seeds=50", 0.99, 1 },
    { "activation=cos sigma-w2=0", 0, 0 },
    { "activation=cos sigma-w2=0 view=matrix n-train=9", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LabSpec) spec = NULL;
      g_autoptr (LabAnswer) answer = curves_of (cases[i].settings, &spec);
      const LabKernelFacts *facts = lab_kernel_facts (answer);

      g_assert_cmpfloat (facts->deviation, >=, cases[i].least);
      g_assert_cmpfloat (facts->deviation, <=, cases[i].most);
      if (cases[i].most == 0)
        g_assert_false (facts->constant > 0);
    }
}

/* phi = sin + cos: K and Kdot are exp (r - p), of which no digit is lost however small they are, so that the
 * NTK has those of K (1 + T). */
static void
test_small_values (void)
{
  const double w = 10;
  g_autoptr (LabSpec) spec = NULL, other = NULL;
  g_autoptr (LabAnswer) ntk = curves_of ("width=inf activation=rbf sigma-w2=10 depth=10", &spec);
  g_autoptr (LabAnswer) nngp = curves_of ("width=inf activation=rbf sigma-w2=10 depth=10 kernel=nngp", &other);
  const double *theta = lab_answer_find (ntk, "ntk-depth-10")->y, *k = lab_answer_find (nngp, "nngp-depth-10")->y;
  double least = 1;

  for (int i = 0; i <= 180; i++)
    {
      const double half = sin (i * G_PI / 360);
      double K = exp (-2 * w * half * half), T = w * cos (i * G_PI / 180);

      for (int l = 2; l <= 10; l++)
        {
          const double S = w * K;

          T = S + w * K * T;
          K = exp (S - w);
        }
      g_assert_cmpfloat_with_epsilon (k[i] / K, 1, 1e-10);
      g_assert_cmpfloat_with_epsilon (theta[i], K * (1 + T), 1e-10 * K * (1 + fabs (T)));
      least = MIN (least, theta[i] / theta[0]);
    }
  g_assert_cmpfloat (least, <, 1e-14);
  g_assert_cmpfloat_with_epsilon (lab_kernel_facts (ntk)->least / 4.09e-15, 1, 0.01);
}

/* Depths beyond the one that is asked about may be out of reach: theirs are the only curves that are missing. */
static void
test_reach (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("width=inf sigma-w2=5 activation=swish", &spec);

  g_assert_cmpint (lab_kernel_facts (answer)->out_of_reach, ==, 6);
  g_assert_nonnull (lab_answer_find (answer, "ntk-depth-5"));
  g_assert_null (lab_answer_find (answer, "ntk-depth-6"));
}

/* What is nothing but rounding is 0: an odd function at the right angle. */
static void
test_zero_values (void)
{
  static const char *const activations[] = { "sin", "erf", "tanh", "leaky-relu leak=1" };

  for (gsize a = 0; a < G_N_ELEMENTS (activations); a++)
    for (int depth = 1; depth <= 3; depth++)
      {
        g_autofree char *settings = g_strdup_printf ("width=inf sigma-w2=8 activation=%s depth=%d", activations[a], depth);
        g_autofree char *id = g_strdup_printf ("ntk-depth-%d", depth);
        g_autoptr (LabSpec) spec = NULL;
        g_autoptr (LabAnswer) answer = curves_of (settings, &spec);
        const double *y = lab_answer_find (answer, id)->y;

        g_assert_cmpfloat (y[90], ==, 0);
        g_assert_cmpfloat (y[89], >, 0);
        g_assert_cmpfloat (y[91], <, 0);
      }
}

/* Opposite points, of which one or the other dies. */
static void
test_opposite (void)
{
  g_autoptr (LabSpec) spec = NULL, other = NULL;
  g_autoptr (LabAnswer) ntk = curves_of ("width=inf", &spec), nngp = curves_of ("width=inf kernel=nngp", &other);

  g_assert_cmpfloat (lab_answer_find (ntk, "ntk-depth-1")->y[180], ==, 0);
  g_assert_cmpfloat (lab_answer_find (nngp, "nngp-depth-1")->y[180], ==, 0);
  g_assert_cmpfloat (lab_kernel_facts (nngp)->least, ==, 0);
  g_assert_cmpfloat (lab_kernel_facts (nngp)->least_angle, ==, 180);
}

/* The mean over all angles, not that at 0 alone. */
static void
test_angles (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("width=1024 seeds=60 depth=1", &spec);
  const LabSeries *mean = lab_answer_find (answer, "empirical"), *exact = lab_answer_find (answer, "deviation");

  for (int i = 0; i < mean->n; i++)
    {
      const int j = index_at (exact, mean->x[i]);
      const double sd = exact->high[j] - exact->y[j];

      g_assert_cmpfloat (fabs (mean->y[i] - exact->y[j]), <=, 4.5 * sd / sqrt (60) + 1e-12);
    }
}

/* A chosen depth is drawn even beyond the greatest, and no depth between. */
static void
test_depths (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("width=inf depth=9 max-depth=2", &spec);

  g_assert_nonnull (lab_answer_find (answer, "ntk-depth-2"));
  g_assert_nonnull (lab_answer_find (answer, "ntk-depth-9"));
  g_assert_null (lab_answer_find (answer, "ntk-depth-3"));
  g_assert_true (lab_spec_can_show (spec, "ntk-depth-9"));
  g_assert_false (lab_spec_can_show (spec, "ntk-depth-3"));
  g_assert_false (lab_spec_can_show (spec, "nngp-depth-1"));
  g_assert_cmpfloat (lab_answer_find (answer, "ntk-depth-9")->y[0], ==, 10);
}

static double
laplace (double angle, double length)
{
  return exp (-2 * sin (angle * G_PI / 360) / length);
}

static void
test_comparison (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("kernel=laplace length-scale=0.7", &spec);
  const LabSeries *series = lab_answer_find (answer, "comparison");

  g_assert_cmpuint (answer->series->len, ==, 1);
  for (int i = 0; i < series->n; i++)
    g_assert_cmpfloat_with_epsilon (series->y[i], laplace (series->x[i], 0.7), 1e-14);
  g_assert_false (lab_spec_matters (spec, LAB_WIDTH));
  g_assert_false (lab_spec_matters (spec, LAB_ACTIVATION));
  g_assert_false (lab_spec_matters (spec, LAB_SEEDS));
  g_assert_true (lab_spec_matters (spec, LAB_KERNEL));
  g_assert_true (lab_spec_matters (spec, LAB_LENGTH_SCALE));
}

/* Both views keep what is small, and neither calls it a network's. */
static void
test_small_comparison (void)
{
  g_autoptr (LabSpec) spec = NULL, other = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("kernel=laplace length-scale=0.01", &spec);
  g_autoptr (LabAnswer) matrix = curves_of ("kernel=laplace length-scale=0.01 view=matrix n-train=9", &other);
  const LabSeries *series = lab_answer_find (answer, "comparison");
  const LabField *field = lab_answer_find_field (matrix, "comparison");

  for (int i = 0; i < series->n; i++)
    g_assert_cmpfloat_with_epsilon (series->y[i] / laplace (series->x[i], 0.01), 1, 1e-12);
  g_assert_cmpfloat (series->y[180], <, 1e-86);
  for (int i = 0; i < 81; i++)
    g_assert_cmpfloat_with_epsilon (field->z[i] / laplace (field->place[i], 0.01), 1, 1e-10);
  g_assert_null (lab_answer_find_field (matrix, "infinite"));
}

/* Each entry of the matrix is the profile at the angle of its cell, of networks nearly, with a relative
 * standard deviation of C/sqrt (2048) at equal points. */
static void
check_matrix (int depth, double constant)
{
  g_autofree char *settings = g_strdup_printf ("view=matrix dim=3 n-train=30 width=2048 depth=%d", depth);
  g_autofree char *limit = g_strdup_printf ("width=inf depth=%d", depth);
  g_autofree char *id = g_strdup_printf ("ntk-depth-%d", depth);
  g_autoptr (LabSpec) spec = NULL, other = NULL;
  g_autoptr (LabAnswer) answer = curves_of (settings, &spec), profile = curves_of (limit, &other);
  const LabSeries *series = lab_answer_find (profile, id);
  const LabField *infinite = lab_answer_find_field (answer, "infinite"),
                 *finite = lab_answer_find_field (answer, "finite");
  double worst = 0;

  g_assert_cmpint (infinite->nx, ==, 30);
  g_assert_cmpint (infinite->ny, ==, 30);
  for (int i = 0; i < 30; i++)
    for (int j = 0; j < 30; j++)
      {
        const double angle = infinite->place[i * 30 + j];
        const int below = MIN ((int) angle, 179);
        const double t = angle - below, want = (1 - t) * series->y[below] + t * series->y[below + 1];

        g_assert_cmpfloat (infinite->z[i * 30 + j], ==, infinite->z[j * 30 + i]);
        g_assert_cmpfloat (finite->z[i * 30 + j], ==, finite->z[j * 30 + i]);
        g_assert_cmpfloat_with_epsilon (infinite->z[i * 30 + j], want, 1e-4);
        worst = MAX (worst, fabs (finite->z[i * 30 + j] - infinite->z[i * 30 + j]));
      }
  g_assert_cmpfloat (worst, <, 5 * (depth + 1) * constant / sqrt (2048));
  g_assert_cmpfloat (worst, >, 0.01);
}

static void
test_matrix (void)
{
  check_matrix (1, 1.73);
  check_matrix (2, 2.54);
}

/* The readout's part alone: near the NNGP for a wide network, and no NTK. */
static void
test_nngp_matrix (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("view=matrix kernel=nngp dim=3 n-train=20 width=2048 depth=2", &spec);
  const LabField *infinite = lab_answer_find_field (answer, "infinite"),
                 *finite = lab_answer_find_field (answer, "finite");

  for (int i = 0; i < 400; i++)
    g_assert_cmpfloat_with_epsilon (finite->z[i], infinite->z[i], 5 * sqrt (10.0 / 2048));
  g_assert_cmpfloat_with_epsilon (infinite->z[0], 1, 1e-12);
}

/* On the circle neighbours in the matrix are neighbours in the angle, all the way round. */
static void
test_order (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("view=matrix dim=2 n-train=50 width=inf", &spec);
  const LabField *field = lab_answer_find_field (answer, "infinite");
  double round = 0;

  g_assert_null (lab_answer_find_field (answer, "finite"));
  for (int i = 0; i < 50; i++)
    round += field->place[i * 50 + (i + 1) % 50];
  g_assert_cmpfloat_with_epsilon (round, 360, 1e-4);
}

/* In more dimensions points near the beginning are far from those near the end. */
static void
test_principal_order (void)
{
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (LabAnswer) answer = curves_of ("view=matrix dim=3 n-train=60 width=inf", &spec);
  const LabField *field = lab_answer_find_field (answer, "infinite");
  double near = 0, far = 0;

  for (int i = 0; i < 20; i++)
    for (int j = 0; j < 20; j++)
      {
        near += field->place[i * 60 + j] / 400;
        far += field->place[i * 60 + 40 + j] / 400;
      }
  g_assert_cmpfloat (near + 25, <, far);
}

/* With fewer points than dimensions and with more, places along the first eigenvector of the points' products,
 * here found by powers of their matrix, only ascend or only descend. */
static void
test_eigenvector_order (void)
{
  static const char *const settings[] = { "view=matrix dim=5 n-train=40 width=inf",
                                          "view=matrix dim=60 n-train=40 width=inf" };

  for (gsize s = 0; s < G_N_ELEMENTS (settings); s++)
    {
      g_autoptr (LabSpec) spec = NULL;
      g_autoptr (LabAnswer) answer = curves_of (settings[s], &spec);
      const LabField *field = lab_answer_find_field (answer, "infinite");
      double v[40], next[40];
      int ascents = 0;

      for (int i = 0; i < 40; i++)
        v[i] = i + 1;
      for (int k = 0; k < 1500; k++)
        {
          double norm = 0;

          for (int i = 0; i < 40; i++)
            {
              next[i] = 0;
              for (int j = 0; j < 40; j++)
                next[i] += cos (field->place[i * 40 + j] * G_PI / 180) * v[j];
              norm += next[i] * next[i];
            }
          for (int i = 0; i < 40; i++)
            v[i] = next[i] / sqrt (norm);
        }
      for (int i = 1; i < 40; i++)
        ascents += v[i] > v[i - 1] ? 1 : 0;
      g_assert_true (ascents == 0 || ascents == 39);
    }
}

/* There is no parameter along x, and ranges are the exhibit's. */
static void
test_spec (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("kernel", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (lab_spec_axis (spec), ==, LAB_N_KEYS);
  g_assert_cmpint (lab_spec_integer (spec, LAB_WIDTH), ==, 64);
  g_assert_false (lab_spec_assign (spec, "n-train=401", &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (lab_spec_assign (spec, "dim=1", &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (lab_spec_assign (spec, "dim=2,3", &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (lab_spec_assign (spec, "ridge=1", &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_true (lab_spec_assign (spec, "width=inf", &error));
  g_assert_false (lab_spec_matters (spec, LAB_SEEDS));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  golden_dir = g_getenv ("GOLDEN_DIR");
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/kernel-exhibit/profile", test_profile);
  g_test_add_func ("/kernel-exhibit/constant", test_constant);
  g_test_add_func ("/kernel-exhibit/networks", test_networks);
  g_test_add_func ("/kernel-exhibit/distance", test_distance);
  g_test_add_func ("/kernel-exhibit/small-values", test_small_values);
  g_test_add_func ("/kernel-exhibit/zero-values", test_zero_values);
  g_test_add_func ("/kernel-exhibit/reach", test_reach);
  g_test_add_func ("/kernel-exhibit/opposite", test_opposite);
  g_test_add_func ("/kernel-exhibit/small-comparison", test_small_comparison);
  g_test_add_func ("/kernel-exhibit/angles", test_angles);
  g_test_add_func ("/kernel-exhibit/depths", test_depths);
  g_test_add_func ("/kernel-exhibit/comparison", test_comparison);
  g_test_add_func ("/kernel-exhibit/matrix", test_matrix);
  g_test_add_func ("/kernel-exhibit/nngp-matrix", test_nngp_matrix);
  g_test_add_func ("/kernel-exhibit/order", test_order);
  g_test_add_func ("/kernel-exhibit/principal-order", test_principal_order);
  g_test_add_func ("/kernel-exhibit/eigenvector-order", test_eigenvector_order);
  g_test_add_func ("/kernel-exhibit/spec", test_spec);
  return g_test_run ();
}
