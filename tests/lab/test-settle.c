/* What follows from the values that are set, models, views and chief keys. */

#include <lab.h>
#include <string.h>

#include "../figures/random-spec.h"

/* ---- Settled values ---- */

/* The axis and the model first, whatever the order in which they were set. */
static LabSpec *
set_again (const LabSpec *spec)
{
  LabSpec *again = lab_spec_new (lab_spec_exhibit (spec));

  for (int pass = 0; pass < 2; pass++)
    for (LabKey key = LAB_N_KEYS; key-- > 0;)
      if ((key == LAB_MODEL || key == LAB_AXIS) == (pass == 0) && lab_spec_is_set (spec, key))
        g_assert_true (lab_spec_set (again, key, lab_spec_value (spec, key), NULL));
  return again;
}

/* A default is what the others say, whatever was set before and in which order. */
static void
test_settled (void)
{
  for (int seed = 0; seed < 400; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (LabSpec) spec = random_spec (rand, FALSE);
      g_autoptr (LabSpec) again = set_again (spec);
      g_autofree char *text = lab_spec_to_text (spec);

      g_test_message ("%s", text);
      for (LabKey key = 0; key < LAB_N_KEYS; key++)
        {
          g_assert_true (lab_spec_is_set (spec, key) || lab_spec_is_default (spec, key));
          g_assert_true (lab_spec_is_set (spec, key) == lab_spec_is_set (again, key));
          g_assert_true (lab_value_equal (key, lab_spec_value (spec, key), lab_spec_value (again, key)));
          g_assert_true (lab_spec_matters (spec, key) == lab_spec_matters (again, key));
        }
    }
}

/* A chain of defaults: model, axis, dim and width, and the ends of the range. */
static void
test_chain (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("double-descent", NULL);

  g_assert_true (lab_spec_assign (spec, "model=linear", NULL));
  g_assert_cmpint (lab_spec_integer (spec, LAB_DIM), ==, 400);
  g_assert_cmpint (lab_spec_integer (spec, LAB_WIDTH), ==, 400);
  g_assert_true (lab_spec_assign (spec, "axis=n-train", NULL));
  g_assert_cmpint (lab_spec_integer (spec, LAB_DIM), ==, 100);
  g_assert_cmpint (lab_spec_integer (spec, LAB_WIDTH), ==, 100);
  g_assert_cmpfloat (lab_spec_real (spec, LAB_TO), ==, 1000);
  g_assert_true (lab_spec_assign (spec, "dim=30", NULL));
  g_assert_cmpint (lab_spec_integer (spec, LAB_WIDTH), ==, 30);
  g_assert_true (lab_spec_assign (spec, "model=infinite", NULL));
  lab_spec_unset (spec, LAB_AXIS);
  g_assert_cmpint (lab_spec_axis (spec), ==, LAB_N_TRAIN);
  lab_spec_unset (spec, LAB_MODEL);
  g_assert_cmpint (lab_spec_axis (spec), ==, LAB_WIDTH);
  g_assert_cmpint (lab_spec_integer (spec, LAB_WIDTH), ==, 100);
}

/* ---- Models ---- */

/* Both ways to say infinite width mean the same model, and no other. */
static void
test_infinite (void)
{
  static const struct
  {
    const char *exhibit, *setting;
    gboolean infinite;
  } cases[] = {
    { "double-descent", "model=infinite", TRUE },  { "double-descent", "model=linearised", FALSE },
    { "double-descent", "model=linear", FALSE },   { "double-descent", "model=random-features", FALSE },
    { "learning-curve", "width=inf", TRUE },       { "learning-curve", "width=4096", FALSE },
    { "learning-curve", "model=infinite", TRUE },  { "learning-curve", "model=linearised", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LabSpec) spec = lab_spec_new_named (cases[i].exhibit, NULL);

      g_assert_true (lab_spec_assign (spec, cases[i].setting, NULL));
      g_assert_true (lab_spec_is_infinite (spec) == cases[i].infinite);
      g_assert_true (lab_spec_matters (spec, LAB_KERNEL) == cases[i].infinite);
      g_assert_true ((lab_spec_model (spec) == lab_model_type (LAB_MODEL_INFINITE)) == cases[i].infinite);
    }
}

/* A kernel that a finite width refuses can be set to another, which then has no meaning any more. */
static void
test_refused_kernel (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named ("learning-curve", NULL);
  g_autoptr (LabSpec) descent = lab_spec_new_named ("double-descent", NULL);

  g_assert_true (lab_spec_assign (spec, "kernel=laplace", NULL));
  g_assert_true (lab_spec_assign (spec, "width=50", NULL));
  g_assert_false (lab_spec_check (spec, NULL, NULL));
  g_assert_true (lab_spec_matters (spec, LAB_KERNEL));
  g_assert_true (lab_spec_matters (spec, LAB_WIDTH));
  g_assert_true (lab_spec_assign (spec, "kernel=ntk", NULL));
  g_assert_true (lab_spec_check (spec, NULL, NULL));
  g_assert_false (lab_spec_matters (spec, LAB_KERNEL));
  /* Where the model is a choice of its own nothing is refused. */
  g_assert_true (lab_spec_assign (descent, "kernel=laplace", NULL));
  g_assert_true (lab_spec_check (descent, NULL, NULL));
  g_assert_false (lab_spec_matters (descent, LAB_KERNEL));
}

static void
test_models (void)
{
  g_assert_cmpuint (g_strv_length ((char **) lab_parameter (LAB_MODEL)->choices), ==, LAB_N_MODELS);
  for (guint i = 0; i < LAB_N_MODELS; i++)
    {
      const LabModelType *model = lab_model_type (i);

      /* What is infinitely wide has neither parameters to count nor a limit. */
      g_assert_true (model->has_width || (!model->many_parameters && !model->has_limit));
      g_assert_true (model->has_limit || !model->weights_on_sphere);
      g_assert_true (model->has_layers || model->theory == LAB_THEORY_LINEAR);
    }
}

/* ---- Views ---- */

static void
assert_refused (const char *exhibit, const char *assignment, const char *message)
{
  g_autoptr (LabSpec) spec = lab_spec_new_named (exhibit, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (lab_spec_assign (spec, assignment, &error));
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpuint (lab_spec_choice (spec, LAB_VIEW), ==, 0);
}

static void
test_views (void)
{
  guint n;
  const LabExhibit *const *exhibits = lab_exhibits (&n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (lab_exhibit_uses (exhibits[i], LAB_VIEW));
      g_assert_false (exhibits[i]->views[0].follows_cursor);
      for (guint v = 0; v < lab_exhibit_n_choices (exhibits[i], LAB_VIEW); v++)
        {
          g_autoptr (LabSpec) spec = lab_spec_new (exhibits[i]), back = NULL;
          g_autofree char *text = NULL, *name = NULL;

          g_assert_nonnull (exhibits[i]->views[v].title);
          g_assert_true (lab_spec_parse (spec, LAB_VIEW, exhibits[i]->views[v].id, NULL));
          name = lab_spec_format (spec, LAB_VIEW);
          g_assert_cmpstr (name, ==, exhibits[i]->views[v].id);
          g_assert_cmpstr (lab_spec_choice_name (spec, LAB_VIEW), ==, name);
          text = lab_spec_to_text (spec);
          g_assert_true ((strstr (text, "\"view\"") != NULL) == (v > 0));
          back = lab_spec_from_text (text, NULL);
          g_assert_true (lab_spec_equal (spec, back));
          g_assert_cmpuint (lab_spec_choice (back, LAB_VIEW), ==, v);
        }
    }
  assert_refused ("double-descent", "view=spektrum",
                  "double-descent has no view “spektrum”; did you mean “spectrum”?");
  assert_refused ("learning-curve", "view=spectrum", "learning-curve has no view “spectrum”; there are curve");
}

/* Views share their work where it is the same, and are specs of their own nevertheless. */
static void
test_view_work (void)
{
  g_autoptr (LabSpec) curve = lab_spec_new_named ("double-descent", NULL);
  g_autoptr (LabSpec) fit = lab_spec_copy (curve), spectrum = lab_spec_copy (curve);
  g_autoptr (GError) error = NULL;
  LabKey blamed;

  g_assert_true (lab_spec_set (fit, LAB_VIEW, (LabValue){ .choice = 1 }, NULL));
  g_assert_true (lab_spec_set (spectrum, LAB_VIEW, (LabValue){ .choice = 2 }, NULL));
  g_assert_false (lab_spec_set (spectrum, LAB_VIEW, (LabValue){ .choice = 3 }, NULL));
  g_assert_cmpstr (lab_spec_choice_name (spectrum, LAB_VIEW), ==, "spectrum");
  g_assert_false (lab_spec_equal (fit, spectrum));
  g_assert_true (lab_spec_same_work (fit, spectrum));
  g_assert_false (lab_spec_same_work (curve, spectrum));
  g_assert_true (lab_spec_check (fit, &blamed, &error));
  g_assert_no_error (error);
}

/* What the model at the cursor looks like asks for new numbers at another width, but not for another ridge,
 * noise or number of seeds. */
static void
test_view_effects (void)
{
  static const struct
  {
    const char *change;
    gboolean same;
  } changes[] = { { "width=50", FALSE },     { "depth=2", FALSE }, { "n-train=100", FALSE },
                  { "cutoff=1e-8", FALSE },  { "ridge=0.1", TRUE }, { "time=10", TRUE },
                  { "noise=1", TRUE },       { "init-scale=1", TRUE }, { "seeds=3", TRUE },
                  { "to=100", TRUE },        { "center=mean", TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (LabSpec) spec = lab_spec_new_named ("double-descent", NULL), other = NULL;

      g_assert_true (lab_spec_assign (spec, "view=fit", NULL));
      other = lab_spec_copy (spec);
      g_assert_true (lab_spec_assign (other, changes[i].change, NULL));
      g_test_message ("%s", changes[i].change);
      g_assert_cmpint (lab_spec_same_work (spec, other), ==, changes[i].same);
    }
}

/* ---- Chief keys ---- */

/* Some of the exhibit's keys, in their order. */
static void
test_chief (void)
{
  guint n;
  const LabExhibit *const *exhibits = lab_exhibits (&n);

  for (guint i = 0; i < n; i++)
    {
      const LabKey *chief = exhibits[i]->chief;

      g_assert_cmpint (*chief, !=, LAB_N_KEYS);
      g_assert_false (lab_exhibit_is_chief (exhibits[i], LAB_SEED));
      for (const LabKey *key = exhibits[i]->keys; *key != LAB_N_KEYS; key++)
        if (*key == *chief)
          {
            g_assert_true (lab_exhibit_is_chief (exhibits[i], *key));
            chief++;
          }
      g_assert_cmpint (*chief, ==, LAB_N_KEYS);
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/settle/random", test_settled);
  g_test_add_func ("/lab/settle/chain", test_chain);
  g_test_add_func ("/lab/model/infinite", test_infinite);
  g_test_add_func ("/lab/model/refused-kernel", test_refused_kernel);
  g_test_add_func ("/lab/model/table", test_models);
  g_test_add_func ("/lab/view/names", test_views);
  g_test_add_func ("/lab/view/work", test_view_work);
  g_test_add_func ("/lab/view/effects", test_view_effects);
  g_test_add_func ("/lab/exhibit/chief", test_chief);
  return g_test_run ();
}
