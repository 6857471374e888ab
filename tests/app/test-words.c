/* Why values cannot be taken, in the words of the window. */

#include "app-words.h"

#include <locale.h>
#include <string.h>

static LabSpec *
make_spec (const char *exhibit, const char *const *settings)
{
  g_autoptr (GError) error = NULL;
  LabSpec *spec = lab_spec_new_named (exhibit, &error);

  lab_spec_assign_all (spec, settings, &error);
  g_assert_no_error (error);
  return spec;
}

/* No key of the command line, but for those that are words of the language. */
static void
assert_no_keys (const char *words)
{
  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    if (strpbrk (lab_parameter (key)->key, "-") != NULL)
      g_assert_null (strstr (words, lab_parameter (key)->key));
  g_assert_null (strchr (words, '='));
  g_assert_null (strstr (words, ".."));
}

static const struct
{
  LabKey key;
  const char *typed, *says;
} refusals[] = {
  { LAB_NOISE, "7.5", "“Noise” must be a number from 0 to 3" },
  { LAB_NOISE, "two", "“Noise” must be a number from 0 to 3" },
  { LAB_WIDTH, "0", "“Width” must be a whole number from 1 to 4096" },
  { LAB_WIDTH, "inf", "“Width” must be a whole number from 1 to 4096" },
  { LAB_RIDGE, "-1", "“Ridge” must be 0 or a number from 10⁻⁹ to 100" },
  { LAB_TIME, "0", "“Training time” must be a number from 0.01 to 100000000, or ∞" },
  { LAB_FROM, "9999", "“From” must be a whole number from 1 to 4096" },
  { LAB_N_TRAIN, "1e9", "“Samples” must be a whole number from 1 to 20000" },
  { LAB_SEED, "-1", "“Random seed” must be a whole number from 0 to 9223372036854775807" },
  { LAB_DIM, "6, 11", "“Input dimension” takes 1 number" },
};

static void
test_refusal (void)
{
  const char *const none[] = { NULL };
  g_autoptr (LabSpec) spec = make_spec ("double-descent", none);
  g_autoptr (LabSpec) learning = make_spec ("learning-curve", none);
  g_autofree char *width = app_words_refusal (learning, LAB_WIDTH, "0");
  g_autofree char *dim = app_words_refusal (learning, LAB_DIM, "1, 2, 3, 4, 5");

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (LabSpec) copy = lab_spec_copy (spec);
      g_autofree char *words = app_words_refusal (spec, refusals[i].key, refusals[i].typed);

      g_assert_false (lab_spec_parse (copy, refusals[i].key, refusals[i].typed, NULL));
      g_assert_cmpstr (words, ==, refusals[i].says);
      assert_no_keys (words);
    }
  g_assert_cmpstr (width, ==, "“Width” must be a whole number from 1 to 4096, or ∞");
  g_assert_cmpstr (dim, ==, "“Input dimension” takes up to 4 numbers");
}

static void
test_comma (void)
{
  const char *const none[] = { NULL };
  g_autoptr (LabSpec) spec = make_spec ("double-descent", none);
  g_autofree char *words = NULL;

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no locale with a comma");
      return;
    }
  words = app_words_refusal (spec, LAB_TIME, "0");
  g_assert_nonnull (strstr (words, "0,01"));
  setlocale (LC_NUMERIC, "C");
}

/* Everything that lab finds to contradict itself has words here. */
static const struct
{
  const char *exhibit;
  const char *settings[5]; /* NULL-terminated */
  LabKey blamed;
  const char *says;
} contradictions[] = {
  { "double-descent", { "axis=width", "model=infinite" }, LAB_AXIS,
    "What is infinitely wide has no width to sweep: choose another “Along the axis” or “Model”" },
  { "double-descent", { "axis=ensemble", "model=linear" }, LAB_AXIS,
    "An ensemble averages over random weights, and this model has none: choose another “Along the axis” "
    "or “Model”" },
  { "double-descent", { "from=1000" }, LAB_TO, "“To” must not be below “From”, which is 1000" },
  { "double-descent", { "dim=1", "target=quadratic" }, LAB_TARGET,
    "The target “Quadratic” is constant in so few dimensions: choose another “Target” or a larger “Input "
    "dimension”" },
  { "double-descent", { "dim=1", "target=quadratic", "inputs=gaussian" }, LAB_TARGET,
    "The target “Quadratic” is constant in so few dimensions: choose another “Target” or a larger “Input "
    "dimension”" },
  { "double-descent", { "target=quadratic", "inputs=two-scale" }, LAB_TARGET,
    "There is no target “Quadratic” with the inputs “Two scales”: choose another “Target” or “Inputs”" },
  { "double-descent", { "target=published", "inputs=gaussian" }, LAB_TARGET,
    "There is no target “Published” with the inputs “Gaussian”: choose another “Target” or “Inputs”" },
  { "double-descent", { "inputs=two-scale", "dim=4" }, LAB_SLOW_DIMS,
    "“Slow coordinates” must not be above “Input dimension”, which is 4" },
  { "double-descent", { "inputs=two-scale", "slow-dims=0" }, LAB_SLOW_POWER,
    "“Slow power” must be 0: there are no coordinates that could bring it" },
  { "double-descent", { "inputs=two-scale", "slow-dims=9", "dim=9", "fast-power=1" }, LAB_FAST_POWER,
    "“Fast power” must be 0: there are no coordinates that could bring it" },
  { "learning-curve", { "fit-from=500", "fit-to=100" }, LAB_SLOPE_TO,
    "“Slope to” must not be below “Slope from”, which is 500" },
  { "learning-curve", { "width=16", "kernel=laplace" }, LAB_WIDTH,
    "“Laplace” is a kernel of infinite width: set “Width” to ∞ or “Kernel” to “NTK”" },
};

static void
test_contradiction (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (contradictions); i++)
    {
      g_autoptr (LabSpec) spec = make_spec (contradictions[i].exhibit, contradictions[i].settings);
      g_autoptr (GError) error = NULL;
      g_autofree char *words = NULL;
      LabKey blamed;

      g_assert_false (lab_spec_check (spec, &blamed, &error));
      g_assert_error (error, LAB_ERROR, LAB_ERROR_CONTRADICTION);
      g_assert_cmpuint (blamed, ==, contradictions[i].blamed);
      words = app_words_error (spec, blamed, error);
      g_assert_cmpstr (words, ==, contradictions[i].says);
      assert_no_keys (words);
    }
}

/* What takes too much memory names the rows that would be smaller. */
static void
test_size (void)
{
  static const struct
  {
    const char *exhibit;
    const char *settings[6];
    const char *rows;
  } cases[] = {
    { "double-descent", { "n-train=20000", "n-test=20000", "axis=n-train", "to=20000" },
      "“Samples”, “Test points” or “To”" },
    { "learning-curve", { "to=20000", "n-test=20000", "seeds=1" }, "“To” or “Test points”" },
    { "learning-curve", { "seeds=1000", "points=400", "n-test=20000" }, "“Seeds”, “Points” or “To”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LabSpec) spec = make_spec (cases[i].exhibit, cases[i].settings);
      g_autoptr (GError) error = NULL;
      g_autofree char *words = NULL;
      LabKey blamed;

      if (lab_spec_check (spec, &blamed, &error))
        continue;
      g_assert_error (error, LAB_ERROR, LAB_ERROR_SIZE);
      words = app_words_error (spec, blamed, error);
      g_test_message ("%s", words);
      g_assert_nonnull (strstr (words, cases[i].rows));
      assert_no_keys (words);
    }
}

static gboolean
can_choose (const LabSpec *spec, LabKey key, guint choice)
{
  g_autofree char *reason = NULL;
  gboolean good = app_words_can_choose (spec, key, choice, &reason);

  g_assert_cmpint (good, ==, reason == NULL);
  return good;
}

static void
test_can_choose (void)
{
  const char *const ensemble[] = { "axis=ensemble", NULL };
  const char *const linear[] = { "model=linear", NULL };
  const char *const wrong[] = { "from=1000", NULL };
  g_autoptr (LabSpec) by_ensemble = make_spec ("double-descent", ensemble);
  g_autoptr (LabSpec) of_linear = make_spec ("double-descent", linear);
  g_autoptr (LabSpec) already_wrong = make_spec ("double-descent", wrong);

  g_assert_false (can_choose (by_ensemble, LAB_MODEL, LAB_MODEL_LINEAR));
  g_assert_false (can_choose (by_ensemble, LAB_MODEL, LAB_MODEL_INFINITE));
  g_assert_true (can_choose (by_ensemble, LAB_MODEL, LAB_MODEL_RANDOM_FEATURES));
  g_assert_true (can_choose (by_ensemble, LAB_MODEL, LAB_MODEL_LINEARISED));
  g_assert_false (can_choose (of_linear, LAB_AXIS, 4));
  for (guint axis = 0; axis < 4; axis++)
    g_assert_true (can_choose (of_linear, LAB_AXIS, axis));
  for (guint model = 0; model <= LAB_MODEL_INFINITE; model++)
    g_assert_true (can_choose (already_wrong, LAB_MODEL, model));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  if (!lab_init (&error))
    g_error ("%s", error->message);
  g_test_add_func ("/app/words/refusal", test_refusal);
  g_test_add_func ("/app/words/comma", test_comma);
  g_test_add_func ("/app/words/contradiction", test_contradiction);
  g_test_add_func ("/app/words/size", test_size);
  g_test_add_func ("/app/words/can-choose", test_can_choose);
  return g_test_run ();
}
