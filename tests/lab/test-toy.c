/* An exhibit that only this test knows: a heat map of sin(x) sin(y) times the noise. Nothing in lab but its row and
 * its experiment is needed to compute it, to draw it anew without a job, and to refuse what it has no use for. */

#include <lab.h>
#include <math.h>

#include "lab-answer-private.h"
#include "lab-experiment.h"
#include "lab-plan-private.h"
#include "lab-result-private.h"

#define SIDE 5

typedef struct
{
  double sine[SIDE];
} Piece;

typedef struct
{
  double largest;
} Facts;

static const LabFactsType facts_type = { sizeof (Facts) };

static gsize
piece_size (const LabSpec *spec)
{
  return sizeof (Piece);
}

static GArray *
grid (const LabSpec *spec, double from, double to, int points)
{
  GArray *x = g_array_new (FALSE, FALSE, sizeof (double));

  for (double i = 0; i < SIDE; i++)
    g_array_append_val (x, i);
  return x;
}

static double
memory (const LabSpec *spec)
{
  return sizeof (Piece);
}

static double
cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  return plan->n_x;
}

static gboolean
run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, void *pieces,
     GCancellable *cancellable, GError **error)
{
  Piece *piece = pieces;

  for (int i = 0; i < plan->n_x; i++)
    piece->sine[i] = sin (plan->x[i]);
  return TRUE;
}

static LabAnswer *
combine (const LabResult *result, const LabSpec *spec)
{
  const Piece *piece = lab_result_piece (result, 0, 0);
  LabAnswer *answer = lab_answer_alloc (result, spec);
  Facts *facts = lab_answer_add_facts (answer, &facts_type);
  LabField *field = lab_field_new (answer, spec, "product", SIDE, SIDE);

  for (int j = 0; j < SIDE; j++)
    for (int i = 0; i < SIDE; i++)
      {
        field->z[j * SIDE + i] = lab_spec_real (spec, LAB_NOISE) * piece->sine[i] * piece->sine[j];
        facts->largest = MAX (facts->largest, field->z[j * SIDE + i]);
      }
  return answer;
}

static const LabExperiment work = {
  .first_seed_alone = TRUE,
  .smaller = "nothing",
  .largest = LAB_NOISE,
  .grid = grid,
  .piece_size = piece_size,
  .n_pieces = lab_one_piece,
  .memory = memory,
  .units = lab_one_unit,
  .cost = cost,
  .run = run,
  .combine = combine,
};

/* By default the noise follows the model, which the width decides here. */
static LabValue
default_noise (const LabSpec *spec, LabKey key)
{
  return lab_value_from_number (key, lab_spec_is_infinite (spec) ? 2 : 1);
}

static const LabKey keys[] = { LAB_WIDTH, LAB_NOISE, LAB_SHOW, LAB_VIEW, LAB_N_KEYS };
static const LabRule rules[] = { { LAB_NOISE, default_noise }, { LAB_N_KEYS, NULL } };
static const LabSeriesType fields[] = { { "product", "product", TRUE }, { NULL } };
static const LabView views[] = { { "map", "Map", FALSE, fields, &work }, { NULL } };

static const LabExhibit toy = {
  .id = "toy",
  .title = "Toy",
  .summary = "A heat map",
  .keys = keys,
  .rules = rules,
  .views = views,
  .axis = LAB_N_KEYS,
  .max_panels = 1,
};

static void
test_map (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new (&toy);
  g_autoptr (LabSpec) louder = lab_spec_copy (spec);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabPlan) plan = NULL;
  g_autoptr (LabResult) result = NULL;
  g_autoptr (LabAnswer) answer = NULL, loud = NULL;
  const LabField *field;
  LabReading reading;

  g_assert_true (lab_spec_assign (louder, "noise=3", NULL));
  g_assert_true (lab_spec_same_work (spec, louder));
  g_assert_true (lab_spec_check (spec, NULL, &error));
  g_assert_no_error (error);
  plan = lab_plan_new (spec);
  result = lab_job_run (spec, plan, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  answer = lab_answer_new (result, spec);
  loud = lab_answer_new (result, louder);
  field = lab_answer_find_field (loud, "product");
  g_assert_nonnull (field);
  g_assert_cmpfloat (fabs (field->z[2 * SIDE + 1] - 3 * sin (1) * sin (2)), <, 1e-15);
  g_assert_true (answer->facts_type == &facts_type);
  g_assert_cmpfloat (((Facts *) loud->facts)->largest, ==, field->z[2 * SIDE + 2]);
  g_assert_null (lab_descent_facts (answer));
  g_assert_null (lab_learning_facts (answer));
  g_assert_null (lab_kernel_facts (answer));
  g_assert_null (lab_look_of (answer));
  g_assert_false (lab_answer_read (answer, spec, 1, &reading));
  g_assert_null (lab_descent_reading (&reading));
}

static void
test_row (void)
{
  g_autoptr (LabSpec) spec = lab_spec_new (&toy);
  g_autofree char *text = lab_spec_parameters_to_text (spec);

  g_assert_cmpint (lab_spec_axis (spec), ==, LAB_N_KEYS);
  g_assert_cmpfloat (lab_spec_real (spec, LAB_NOISE), ==, 1);
  g_assert_true (lab_spec_assign (spec, "width=inf", NULL));
  g_assert_cmpfloat (lab_spec_real (spec, LAB_NOISE), ==, 2);
  g_assert_true (lab_spec_can_show (spec, "product"));
  g_assert_false (lab_spec_can_show (spec, "test"));
  g_assert_false (lab_exhibit_is_chief (&toy, LAB_NOISE));
  g_assert_false (lab_spec_assign (spec, "depth=7", NULL));
  g_assert_nonnull (strstr (text, "\"noise\""));
  g_assert_null (strstr (text, "\"depth\""));
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/lab/toy/map", test_map);
  g_test_add_func ("/lab/toy/row", test_row);
  return g_test_run ();
}
