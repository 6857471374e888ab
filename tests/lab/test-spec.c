#include <lab.h>

static LabSpec *
new_named (const char *name)
{
  GError *error = NULL;
  LabSpec *spec = lab_spec_new_named (name, &error);

  g_assert_no_error (error);
  return spec;
}

static LabSpec *
new_spec (void)
{
  return new_named ("double-descent");
}

static void
assert_row (const LabExhibit *exhibit, LabKey key)
{
  const LabParameter *p = lab_parameter (key);
  g_autoptr (LabSpec) spec = lab_spec_new (exhibit);
  LabRange range = lab_spec_range (spec, key);
  g_autofree char *text = lab_spec_range_text (spec, key);

  g_assert_cmpstr (text, !=, "");
  if (!lab_type_is_number (p->type))
    return;
  g_assert_cmpfloat (range.minimum, <, range.maximum);
  if (p->scale == LAB_SCALE_LOG)
    g_assert_cmpfloat (range.minimum, >, 0);
}

/* The table is what everything is made from: it must be whole. */
static void
test_table (void)
{
  guint n_exhibits;
  const LabExhibit *const *exhibits = lab_exhibits (&n_exhibits);

  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    {
      const LabParameter *p = lab_parameter (key);
      gboolean used = FALSE;
      LabKey found;

      g_assert_nonnull (p->key);
      g_assert_nonnull (p->label);
      g_assert_nonnull (p->tooltip);
      g_assert_nonnull (p->symbol);
      g_assert_true (lab_parameter_find (p->key, &found, NULL));
      g_assert_cmpint (found, ==, key);
      for (guint i = 0; i < n_exhibits; i++)
        if (lab_exhibit_uses (exhibits[i], key))
          {
            used = TRUE;
            assert_row (exhibits[i], key);
          }
      g_assert_true (used);
    }
}

/* The defaults that the parameter table documents. */
static void
test_defaults (void)
{
  g_autoptr (LabSpec) spec = new_spec ();
  g_autoptr (LabSpec) preset = lab_spec_new_named ("random-features-double-descent", NULL);
  g_autofree char *text = lab_spec_parameters_to_text (spec);

  g_assert_cmpstr (
    text, ==,
    "{\"model\": \"linearised\", \"width\": 100, \"depth\": 1, \"noise\": 0.5, \"init-scale\": 0, "
    "\"kernel\": \"ntk\", \"length-scale\": 1, \"activation\": \"relu\", \"leak\": 0.1, "
    "\"sigma-w2\": 2, \"sigma-b2\": 0, \"sigma-v2\": 1, "
    "\"dim\": 10, \"inputs\": \"sphere\", \"slow-dims\": 10, \"slow-scale\": 0.05, "
    "\"slow-power\": 1, \"fast-power\": 0, \"n-train\": 200, \"n-test\": 1000, "
    "\"target\": \"linear\", \"time\": \"inf\", \"ridge\": 0, \"cutoff\": 1e-10, \"axis\": "
    "\"width\", "
    "\"from\": 2, \"to\": 400, \"points\": null, \"center\": \"median\", \"ensemble\": 1, "
    "\"seeds\": 20, \"seed\": 1, "
    "\"show\": \"test,train,finite-d,limit\"}");
  g_assert_cmpint (lab_spec_integer (preset, LAB_DIM), ==, 20);
  g_assert_cmpint (lab_spec_integer (preset, LAB_N_TRAIN), ==, 100);
  g_assert_cmpfloat (lab_spec_real (preset, LAB_TO), ==, 1600);
  g_assert_cmpstr (lab_spec_choice_name (preset, LAB_MODEL), ==, "random-features");
}

/* sigma-w2 follows the activation until it is set. */
static void
test_dependent_default (void)
{
  g_autoptr (LabSpec) spec = new_spec ();

  g_assert_true (lab_spec_assign (spec, "activation=erf", NULL));
  g_assert_cmpfloat (lab_spec_real (spec, LAB_SIGMA_W2), ==, 1);
  g_assert_true (lab_spec_assign (spec, "activation=leaky-relu", NULL));
  g_assert_true (lab_spec_assign (spec, "leak=0.5", NULL));
  g_assert_cmpfloat_with_epsilon (lab_spec_real (spec, LAB_SIGMA_W2), 1.6, 1e-15);
  g_assert_true (lab_spec_assign (spec, "sigma-w2=3", NULL));
  g_assert_true (lab_spec_assign (spec, "activation=erf", NULL));
  g_assert_cmpfloat (lab_spec_real (spec, LAB_SIGMA_W2), ==, 3);
}

static const struct
{
  const char *assignment;
  LabError code;
  const char *message;
} refused[] = {
  { "depth=0", LAB_ERROR_RANGE, "depth must be in 1..10, not 0" },
  { "depth=2.5", LAB_ERROR_SYNTAX, "depth must be a whole number in 1..10, not “2.5”" },
  { "noise=4", LAB_ERROR_RANGE, "noise must be in 0..3, not 4" },
  { "noise=", LAB_ERROR_SYNTAX, "noise must be a number in 0..3, not “”" },
  { "noise=nan", LAB_ERROR_SYNTAX, "noise must be a number in 0..3, not “nan”" },
  { "noise=inf", LAB_ERROR_SYNTAX, "noise must be a number in 0..3, not “inf”" },
  { "noise=1e999", LAB_ERROR_SYNTAX, "noise must be a number in 0..3, not “1e999”" },
  { "noise=0,5", LAB_ERROR_SYNTAX, "noise must be a number in 0..3, not “0,5”" },
  { "ridge=1e-10", LAB_ERROR_RANGE, "ridge must be in 0, 1e-09..100, not 1e-10" },
  { "n-train=99999999999999999999", LAB_ERROR_SYNTAX,
    "n-train must be a whole number in 1..20000, not “99999999999999999999”" },
  { "seed=-1", LAB_ERROR_RANGE, "seed must be in 0..9223372036854775807, not -1" },
  { "activation=sigmoid", LAB_ERROR_UNKNOWN,
    "activation must be one of relu, leaky-relu, abs, erf, gelu, sin, cos, rbf, tanh, swish, not "
    "“sigmoid”" },
  { "nois=1", LAB_ERROR_UNKNOWN, "unknown parameter “nois”; did you mean “noise”?" },
  { "zzzzzz=1", LAB_ERROR_UNKNOWN, "unknown parameter “zzzzzz”; “list parameters” shows all" },
  { "depth", LAB_ERROR_SYNTAX, "“depth” is not of the form KEY=VALUE" },
  { "init=random", LAB_ERROR_UNKNOWN, "init must be one of mirrored, standard, not “random”" },
  { "show=test,spline", LAB_ERROR_UNKNOWN,
    "show takes any of test, train, finite-d, asymptotic, limit, "
      "ensemble-limit, tuned-ridge, lower-bound, bias, sampling, weights, initial-function, "
    "noise, not “spline”" },
};

/* Refused values say why and change nothing. */
static void
test_refused (void)
{
  g_autoptr (LabSpec) spec = new_spec ();
  g_autoptr (LabSpec) before = lab_spec_copy (spec);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (lab_spec_assign (spec, refused[i].assignment, &error));
      g_assert_error (error, LAB_ERROR, (int) refused[i].code);
      g_assert_cmpstr (error->message, ==, refused[i].message);
      g_assert_true (lab_spec_equal (spec, before));
    }
}

static void
test_accepted (void)
{
  g_autoptr (LabSpec) spec = new_spec ();
  g_autofree char *noise = NULL, *seed = NULL;

  g_assert_true (lab_spec_assign (spec, " noise = 0.1 ", NULL));
  noise = lab_spec_format (spec, LAB_NOISE);
  g_assert_cmpstr (noise, ==, "0.1");
  g_assert_true (lab_spec_assign (spec, "seed=9223372036854775807", NULL));
  seed = lab_spec_format (spec, LAB_SEED);
  g_assert_cmpstr (seed, ==, "9223372036854775807");
  g_assert_true (lab_spec_assign (spec, "init=standard", NULL));
  g_assert_cmpfloat (lab_spec_real (spec, LAB_INIT_SCALE), ==, 1);
  g_assert_true (lab_spec_assign (spec, "ridge=0", NULL));
}

/* Infinity and lists are values like any other where an exhibit knows them. */
static void
test_infinity_and_lists (void)
{
  static const struct
  {
    const char *exhibit, *assignment, *message;
  } outside[] = {
    { "double-descent", "width=inf", "width must be in 1..4096, not infinite" },
    { "double-descent", "dim=5,10", "dim takes 1 number in double-descent" },
    { "double-descent", "depth=inf", "depth must be a whole number in 1..10, not “inf”" },
    { "learning-curve", "dim=5,6,7,8,9", "dim takes up to 4 numbers in learning-curve" },
    { "learning-curve", "dim=5,2000", "dim must be in 1..1000, not 2000" },
    { "learning-curve", "dim=5,", "dim must be a whole number in 1..1000, not “”" },
    { "learning-curve", "n-train=inf", "n-train must be a whole number in 1..20000, not “inf”" },
    { "learning-curve", "time=-inf", "time must be in 0.01..1e+08, inf, not infinite" },
    { "learning-curve", "noise=inf", "noise must be a number in 0..3, not “inf”" },
    { "learning-curve", "from=30000", "from must be in 1..20000, not 30000" },
    { "learning-curve", "model=network",
      "model must be one of linearised, infinite in learning-curve, not “network”" },
  };
  g_autoptr (LabSpec) spec = new_named ("learning-curve");
  g_autofree char *dims = NULL, *width = NULL;

  g_assert_cmpint (lab_spec_integer (spec, LAB_WIDTH), ==, LAB_INFINITE);
  g_assert_true (lab_spec_assign (spec, "model=linearised", NULL));
  g_assert_cmpint (lab_spec_integer (spec, LAB_WIDTH), ==, 100);
  g_assert_true (lab_spec_assign (spec, "width=7", NULL));
  g_assert_true (lab_spec_assign (spec, "model=linearised", NULL));
  g_assert_cmpint (lab_spec_integer (spec, LAB_WIDTH), ==, 7);
  g_assert_true (lab_spec_assign (spec, "model=infinite", NULL));
  width = lab_spec_format (spec, LAB_WIDTH);
  g_assert_cmpstr (width, ==, "inf");

  g_assert_true (lab_spec_assign (spec, "dim= 6,11 ", NULL));
  dims = lab_spec_format (spec, LAB_DIM);
  g_assert_cmpstr (dims, ==, "6, 11");
  g_assert_cmpuint (lab_spec_n_panels (spec), ==, 2);
  g_assert_cmpint (lab_spec_integer (spec, LAB_DIM), ==, 6);

  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_autoptr (LabSpec) other = new_named (outside[i].exhibit);
      g_autoptr (GError) error = NULL;

      g_assert_false (lab_spec_assign (other, outside[i].assignment, &error));
      g_assert_cmpstr (error->message, ==, outside[i].message);
    }
}

/* What the range of the slopes is unless it is set: the whole range, wherever that is. */
static void
test_window_default (void)
{
  g_autoptr (LabSpec) spec = new_named ("learning-curve");

  g_assert_cmpint (lab_spec_integer (spec, LAB_SLOPE_FROM), ==, 64);
  g_assert_true (lab_spec_assign (spec, "from=100", NULL));
  g_assert_true (lab_spec_assign (spec, "to=2000", NULL));
  g_assert_cmpint (lab_spec_integer (spec, LAB_SLOPE_FROM), ==, 100);
  g_assert_cmpint (lab_spec_integer (spec, LAB_SLOPE_TO), ==, 2000);
  g_assert_true (lab_spec_assign (spec, "fit-to=500", NULL));
  g_assert_cmpint (lab_spec_integer (spec, LAB_SLOPE_TO), ==, 500);
}

/* A parameter without meaning beside the others is hidden. */
static void
test_matters (void)
{
  static const struct
  {
    const char *setting;
    LabKey key;
    gboolean before, after;
  } cases[] = {
    { "activation=leaky-relu", LAB_LEAK, FALSE, TRUE },
    { "kernel=rbf", LAB_LENGTH_SCALE, FALSE, TRUE },
    { "kernel=rbf", LAB_DEPTH, TRUE, FALSE },
    { "kernel=rbf", LAB_INIT_SCALE, TRUE, FALSE },
    { "kernel=nngp", LAB_DEPTH, TRUE, TRUE },
    { "width=10", LAB_KERNEL, TRUE, FALSE },
    { "stop=time", LAB_TIME, FALSE, TRUE },
    { "stop=ridge", LAB_RIDGE, TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LabSpec) spec = new_named ("learning-curve");

      g_assert_true (lab_spec_matters (spec, cases[i].key) == cases[i].before);
      g_assert_true (lab_spec_assign (spec, cases[i].setting, NULL));
      g_assert_true (lab_spec_matters (spec, cases[i].key) == cases[i].after);
    }
}

static const struct
{
  const char *exhibit;
  const char *assignments[3];
  LabKey key;
  LabError code;
} contradictions[] = {
  { "double-descent", { "from=50", "to=20" }, LAB_TO, LAB_ERROR_CONTRADICTION },
  { "double-descent", { "dim=1", "target=quadratic" }, LAB_TARGET, LAB_ERROR_CONTRADICTION },
  { "learning-curve", { "dim=6,1", "target=quadratic" }, LAB_TARGET, LAB_ERROR_CONTRADICTION },
  { "learning-curve", { "from=50", "to=20" }, LAB_TO, LAB_ERROR_CONTRADICTION },
  { "learning-curve", { "fit-from=500", "fit-to=200" }, LAB_SLOPE_TO, LAB_ERROR_CONTRADICTION },
  { "learning-curve", { "kernel=laplace", "width=200" }, LAB_WIDTH, LAB_ERROR_CONTRADICTION },
};

static void
test_contradictions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (contradictions); i++)
    {
      g_autoptr (LabSpec) spec = new_named (contradictions[i].exhibit);
      g_autoptr (GError) error = NULL;
      LabKey key;

      for (int j = 0; contradictions[i].assignments[j] != NULL; j++)
        g_assert_true (lab_spec_assign (spec, contradictions[i].assignments[j], NULL));
      g_assert_false (lab_spec_check (spec, &key, &error));
      g_assert_error (error, LAB_ERROR, (int) contradictions[i].code);
      g_assert_cmpint (key, ==, contradictions[i].key);
    }
}

/* Any spec survives text, whatever is set. */
static void
test_round_trip (void)
{
  static const struct
  {
    const char *exhibit, *setting;
  } settings[] = {
    { "double-descent", "noise=0.1" },
    { "double-descent", "ridge=1e-9" },
    { "double-descent", "sigma-b2=0.30000000000000004" },
    { "double-descent", "seed=9007199254740993" },
    { "double-descent", "points=7" },
    { "double-descent", "points=40" },
    { "double-descent", "show=limit" },
    { "double-descent", "show=" },
    { "double-descent", "model=random-features" },
    { "double-descent", "target=cosine" },
    { "double-descent", "activation=leaky-relu" },
    { "learning-curve", "width=inf" },
    { "learning-curve", "width=12" },
    { "learning-curve", "dim=6,11,3" },
    { "learning-curve", "time=inf" },
    { "learning-curve", "time=1e8" },
    { "learning-curve", "fit-from=100" },
    { "learning-curve", "kernel=matern-3/2" },
    { "learning-curve", "reach=1e10" },
    { "published-d10", "stop=end" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (LabSpec) spec = new_named (settings[i].exhibit);
      g_autoptr (LabSpec) back = NULL;
      g_autofree char *text = NULL, *again = NULL;
      GError *error = NULL;

      g_assert_true (lab_spec_assign (spec, settings[i].setting, NULL));
      text = lab_spec_to_text (spec);
      back = lab_spec_from_text (text, &error);
      g_assert_no_error (error);
      again = lab_spec_to_text (back);
      g_assert_cmpstr (again, ==, text);
      g_assert_true (lab_spec_equal (spec, back));
    }
}

/* What a file gives as usual is left to the default, and follows what it depends on. */
static void
test_read_defaults (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("learning-curve", NULL);
  g_autoptr (LabSpec) back = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lab_spec_assign (spec, "noise=0.7", NULL));
  g_assert_true (lab_spec_assign (spec, "points=9", NULL));
  g_assert_true (lab_spec_assign (spec, "dim=6", NULL));
  text = lab_spec_to_text (spec);
  back = lab_spec_from_text (text, &error);
  g_assert_no_error (error);
  g_assert_true (lab_spec_equal (spec, back));
  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    g_assert_cmpint (lab_spec_is_set (back, key), ==, key == LAB_NOISE || key == LAB_POINTS);

  g_assert_true (lab_spec_assign (back, "from=100", &error));
  g_assert_true (lab_spec_assign (back, "activation=erf", &error));
  g_assert_cmpint (lab_spec_integer (back, LAB_SLOPE_FROM), ==, 100);
  g_assert_cmpfloat (lab_spec_real (back, LAB_SIGMA_W2), ==, 1);
}

/* The order of assignments decides nothing, however they are spaced. */
static void
test_order (void)
{
  static const char *const one[] = { "axis=time", "from=3", "to=300", NULL };
  static const char *const other[] = { "to = 300", " from=3", " axis = time", NULL };
  g_autoptr (LabSpec) a = new_spec (), b = new_spec ();

  g_assert_true (lab_spec_assign_all (a, one, NULL));
  g_assert_true (lab_spec_assign_all (b, other, NULL));
  g_assert_cmpfloat (lab_spec_real (a, LAB_FROM), ==, 3);
  g_assert_true (lab_spec_equal (a, b));
}

/* What is read as usual beside the others moves none of them. */
static void
test_read_axis (void)
{
  static const char *const axes[] = { "width", "n-train", "time", "ridge", "ensemble" };

  for (gsize i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      g_autofree char *axis = g_strconcat ("axis=", axes[i], NULL), *text = NULL;
      const char *const settings[] = { axis, "from=4", "to=40", NULL };
      g_autoptr (LabSpec) spec = new_spec (), back = NULL;

      lab_spec_assign_all (spec, settings, NULL);
      text = lab_spec_to_text (spec);
      back = lab_spec_from_text (text, NULL);
      g_assert_nonnull (back);
      g_assert_true (lab_spec_axis (back) == lab_spec_axis (spec));
      g_assert_cmpfloat (lab_spec_real (back, LAB_FROM), ==, lab_spec_real (spec, LAB_FROM));
      g_assert_cmpfloat (lab_spec_real (back, LAB_TO), ==, lab_spec_real (spec, LAB_TO));
      g_assert_true (lab_spec_equal (spec, back));
    }
}

/* Several values may be a list, too. */
static void
test_list_in_file (void)
{
  g_autoptr (LabSpec) spec = lab_spec_from_text (
    "{\"exhibit\": \"learning-curve\", \"parameters\": {\"dim\": [6, 11]}}", NULL);

  g_assert_nonnull (spec);
  g_assert_cmpuint (lab_spec_n_panels (spec), ==, 2);
}

static const char *const broken[] = {
  "",
  "[",
  "[]",
  "7",
  "{}",
  "{\"exhibit\": 7}",
  "{\"exhibit\": \"unknown\"}",
  "{\"exhibit\": \"double-descent\", \"parameters\": []}",
  "{\"exhibit\": \"double-descent\", \"parameters\": {\"depth\": 99}}",
  "{\"exhibit\": \"double-descent\", \"parameters\": {\"depth\": {}}}",
  "{\"exhibit\": \"double-descent\", \"parameters\": {\"depht\": 1}}",
  "{\"exhibit\": \"double-descent\", \"parameters\": {\"depth\": true}}",
  "{\"exhibit\": \"learning-curve\", \"parameters\": {\"dim\": [6, []]}}",
};

static void
test_broken_files (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lab_spec_from_text (broken[i], &error));
      g_assert_nonnull (error);
      g_assert_null (strchr (error->message, '\n'));
    }
}

/* What recombines is no new work; everything else is. */
static void
test_same_work (void)
{
  static const char *const free_of_work[] = { "noise=1", "init=standard", "width=7", "show=test" };
  static const char *const work[] = { "depth=2", "n-train=10", "points=40", "seed=2", "ridge=1" };
  g_autoptr (LabSpec) spec = new_spec ();

  for (gsize i = 0; i < G_N_ELEMENTS (free_of_work); i++)
    {
      g_autoptr (LabSpec) other = lab_spec_copy (spec);

      lab_spec_assign (other, free_of_work[i], NULL);
      g_assert_false (lab_spec_equal (spec, other));
      g_assert_true (lab_spec_same_work (spec, other));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (work); i++)
    {
      g_autoptr (LabSpec) other = lab_spec_copy (spec);

      lab_spec_assign (other, work[i], NULL);
      g_assert_false (lab_spec_same_work (spec, other));
    }
}

static int notified;

static void
count_notify (void)
{
  notified++;
}

/* One property a row; out of range leaves everything as it was; "spec" is notified once. */
static void
test_draft (void)
{
  g_autoptr (LabSpec) spec = new_spec ();
  g_autoptr (LabDraft) draft = lab_draft_new (spec);
  g_autoptr (GError) error = NULL;
  double noise, weight;
  gint64 depth;

  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    g_assert_nonnull (
      g_object_class_find_property (G_OBJECT_GET_CLASS (draft), lab_parameter (key)->key));

  g_signal_connect (draft, "notify::spec", G_CALLBACK (count_notify), NULL);
  g_object_set (draft, "noise", 1.25, NULL);
  g_assert_cmpint (notified, ==, 1);
  g_object_set (draft, "noise", 1.25, NULL);
  g_object_set (draft, "noise", 7.0, NULL);
  g_object_set (draft, "depth", (gint64) 0, NULL);
  g_assert_cmpint (notified, ==, 1);
  g_object_get (draft, "noise", &noise, "depth", &depth, NULL);
  g_assert_cmpfloat (noise, ==, 1.25);
  g_assert_cmpint (depth, ==, 1);

  g_assert_false (lab_draft_parse (draft, LAB_DEPTH, "11", &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_RANGE);
  g_assert_true (lab_draft_parse (draft, LAB_ACTIVATION, "erf", NULL));
  g_object_get (draft, "sigma-w2", &weight, NULL);
  g_assert_cmpfloat (weight, ==, 1);
  lab_draft_reset (draft, LAB_NOISE);
  lab_draft_reset (draft, LAB_ACTIVATION);
  g_assert_true (lab_spec_equal (lab_draft_get_spec (draft), spec));
}

/* The default range with the threshold in it, whole numbers, ascending. */
static void
test_plan (void)
{
  g_autoptr (LabSpec) spec = new_spec ();
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  g_autoptr (LabPlan) given = NULL;
  gboolean threshold = FALSE;

  g_assert_cmpfloat (lab_expected_threshold (spec), ==, 20);
  g_assert_cmpfloat (plan->x[0], ==, 2);
  g_assert_cmpfloat (plan->x[plan->n_x - 1], ==, 400);
  for (int i = 1; i < plan->n_x; i++)
    g_assert_cmpfloat (plan->x[i], >, plan->x[i - 1]);
  for (int i = 0; i < plan->n_x; i++)
    threshold = threshold || plan->x[i] == 20;
  g_assert_true (threshold);

  lab_spec_assign (spec, "points=2", NULL);
  given = lab_plan_new (spec);
  g_assert_cmpint (given->n_x, ==, 2);
}

/* No preview costs more than the plan it stands for; a larger budget buys more. */
static void
test_preview_plans (void)
{
  g_autoptr (LabSpec) spec = new_spec ();

  for (int depth = 1; depth <= 10; depth++)
    {
      g_autofree char *assignment = g_strdup_printf ("depth=%d", depth);
      g_autoptr (LabPlan) full = NULL, small = NULL, large = NULL;

      lab_spec_assign (spec, assignment, NULL);
      full = lab_plan_new (spec);
      small = lab_plan_new_preview (spec, 2, 1e8);
      large = lab_plan_new_preview (spec, 2, 1e10);
      g_assert_true (small->preview);
      g_assert_cmpint (small->n_x, >=, 4);
      g_assert_cmpint (small->n_x, <=, large->n_x);
      g_assert_cmpfloat (lab_plan_cost (small, spec, 2), <, lab_plan_cost (full, spec, 2));
    }
}

/* A range belongs to what is swept, and the cursor has to lie on it. */
static void
test_axis (void)
{
  g_autoptr (LabSpec) spec = new_spec ();

  g_assert_cmpint (lab_spec_axis (spec), ==, LAB_WIDTH);
  g_assert_true (lab_spec_assign (spec, "to=100", NULL));
  g_assert_true (lab_spec_assign (spec, "ridge=0", NULL));
  g_assert_true (lab_spec_assign (spec, "time=7", NULL));
  g_assert_true (lab_spec_assign (spec, "axis=time", NULL));
  g_assert_cmpfloat (lab_spec_real (spec, LAB_TO), ==, 1e5);
  g_assert_cmpfloat (lab_spec_real (spec, LAB_TIME), ==, 7);
  g_assert_false (lab_spec_assign (spec, "time=inf", NULL));
  g_assert_false (lab_spec_range (spec, LAB_TO).whole);
  g_assert_true (lab_spec_assign (spec, "axis=ridge", NULL));
  g_assert_false (lab_spec_is_set (spec, LAB_RIDGE));
  g_assert_cmpfloat_with_epsilon (lab_spec_real (spec, LAB_RIDGE), 0.003, 1e-15);
  g_assert_true (lab_spec_assign (spec, "axis=width", NULL));
  g_assert_true (lab_spec_assign (spec, "model=infinite", NULL));
  g_assert_false (lab_spec_check (spec, NULL, NULL));
  lab_spec_unset (spec, LAB_AXIS);
  g_assert_cmpint (lab_spec_axis (spec), ==, LAB_N_TRAIN);
  g_assert_true (lab_spec_check (spec, NULL, NULL));
}

/* What a change asks for: new kernels, their eigenvalues filtered anew, or nothing. */
static void
test_work (void)
{
  static const struct
  {
    const char *from, *to;
    gboolean same_work, same_spectra;
  } changes[] = {
    { "noise=0.5", "noise=1", TRUE, TRUE },          { "width=10", "width=20", TRUE, TRUE },
    { "ridge=0", "ridge=0.1", FALSE, TRUE },         { "time=inf", "time=3", FALSE, TRUE },
    { "depth=1", "depth=2", FALSE, FALSE },          { "ensemble=1", "ensemble=2", FALSE, FALSE },
    { "ensemble=2", "ensemble=inf", TRUE, TRUE },    { "axis=width", "axis=time", FALSE, FALSE },
    { "inputs=sphere", "inputs=gaussian", FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (LabSpec) a = new_spec (), b = new_spec ();

      g_test_message ("%s, %s", changes[i].from, changes[i].to);
      g_assert_true (lab_spec_assign (a, changes[i].from, NULL));
      g_assert_true (lab_spec_assign (b, changes[i].to, NULL));
      g_assert_true (lab_spec_same_work (a, b) == changes[i].same_work);
      g_assert_true (lab_spec_same_spectra (a, b) == changes[i].same_spectra);
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/spec/table", test_table);
  g_test_add_func ("/lab/spec/defaults", test_defaults);
  g_test_add_func ("/lab/spec/dependent-default", test_dependent_default);
  g_test_add_func ("/lab/spec/refused", test_refused);
  g_test_add_func ("/lab/spec/accepted", test_accepted);
  g_test_add_func ("/lab/spec/infinity-and-lists", test_infinity_and_lists);
  g_test_add_func ("/lab/spec/window-default", test_window_default);
  g_test_add_func ("/lab/spec/matters", test_matters);
  g_test_add_func ("/lab/spec/contradictions", test_contradictions);
  g_test_add_func ("/lab/spec/round-trip", test_round_trip);
  g_test_add_func ("/lab/spec/read-defaults", test_read_defaults);
  g_test_add_func ("/lab/spec/order", test_order);
  g_test_add_func ("/lab/spec/read-axis", test_read_axis);
  g_test_add_func ("/lab/spec/list-in-file", test_list_in_file);
  g_test_add_func ("/lab/spec/broken-files", test_broken_files);
  g_test_add_func ("/lab/spec/same-work", test_same_work);
  g_test_add_func ("/lab/draft", test_draft);
  g_test_add_func ("/lab/plan/full", test_plan);
  g_test_add_func ("/lab/plan/preview", test_preview_plans);
  g_test_add_func ("/lab/spec/axis", test_axis);
  g_test_add_func ("/lab/spec/work", test_work);
  return g_test_run ();
}
