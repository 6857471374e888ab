#include "app-pins.h"

typedef struct
{
  LabSpec *spec;
  LabResult *result;
  AppPins *pins;
} Fixture;

static LabResult *
compute (const LabSpec *spec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  LabResult *result = lab_job_run (spec, plan, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static LabSpec *
make_spec (const char *exhibit)
{
  static const char *const settings[] = { "n-train=20", "dim=4", "n-test=50", "to=40", "points=6", "seeds=3" };
  LabSpec *spec = lab_spec_new_named (exhibit, NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    lab_spec_assign (spec, settings[i], &error);
  lab_spec_parse (spec, LAB_FROM, "8", &error);
  g_assert_no_error (error);

  return spec;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->spec = make_spec ("double-descent");
  self->result = compute (self->spec);
  self->pins = app_pins_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->pins);
  lab_result_unref (self->result);
  lab_spec_free (self->spec);
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->pins));
}

/* Noise recombines: the same result serves. */
static gboolean
pin (Fixture *self, double noise, char **reason)
{
  g_autoptr (LabSpec) spec = lab_spec_copy (self->spec);

  lab_spec_set (spec, LAB_NOISE, (LabValue) { .real = noise }, NULL);

  return app_pins_add (self->pins, self->result, spec, reason);
}

static char *
label (Fixture *self, guint i)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->pins), i);
  char *text;

  g_object_get (item, "label", &text, NULL);
  return text;
}

static guint
number (Fixture *self, guint i)
{
  g_autoptr (AppPin) item = g_list_model_get_item (G_LIST_MODEL (self->pins), i);

  return app_pin_get_number (item);
}

static void
test_most (Fixture *self, gconstpointer data)
{
  g_autofree char *reason = NULL;

  for (guint i = 0; i < APP_PINS_MOST; i++)
    g_assert_true (pin (self, 0.1 * i, &reason));
  g_assert_null (reason);
  g_assert_false (pin (self, 2.9, &reason));
  g_assert_cmpstr (reason, ==, "No more than 20 pins: remove one first");
  g_assert_cmpuint (count (self), ==, APP_PINS_MOST);
}

/* The same curves once: neither the cursor nor what is shown makes others. */
static void
test_twice (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) spec = lab_spec_copy (self->spec);
  g_autofree char *reason = NULL;

  g_assert_true (pin (self, 1, &reason));
  g_assert_false (pin (self, 1, &reason));
  g_assert_cmpstr (reason, ==, "These curves are pinned already");
  g_clear_pointer (&reason, g_free);

  lab_spec_parse (spec, LAB_WIDTH, "17", NULL);
  lab_spec_parse (spec, LAB_NOISE, "1", NULL);
  lab_spec_parse (spec, LAB_SHOW, "test", NULL);
  g_assert_false (app_pins_add (self->pins, self->result, spec, &reason));
  g_assert_true (pin (self, 1.5, NULL));
}

/* Numbers stay, and the free ones are taken again. */
static void
test_remove (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    pin (self, i, NULL);
  app_pins_remove (self->pins, 2);
  g_assert_cmpuint (count (self), ==, 2);
  g_assert_cmpuint (number (self, 1), ==, 3);
  pin (self, 2.5, NULL);
  g_assert_cmpuint (number (self, 2), ==, 2);

  app_pins_clear (self->pins);
  g_assert_cmpuint (count (self), ==, 0);
  pin (self, 2, NULL);
  app_pins_restore (self->pins);
  /* Number 1 and noise 2 are taken. */
  g_assert_cmpuint (count (self), ==, 3);
  g_assert_cmpuint (number (self, 0) + number (self, 1) * number (self, 2), ==, 1 + 2 * 3);
  app_pins_restore (self->pins);
  g_assert_cmpuint (count (self), ==, 3);
}

static void
test_labels (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) present = lab_spec_copy (self->spec);
  g_autoptr (LabSpec) elsewhere = make_spec ("learning-curve");
  g_autofree char *same = NULL;
  g_autofree char *noise = NULL;
  g_autofree char *exhibit = NULL;
  g_autoptr (GObject) item = NULL;
  gboolean drawn;

  pin (self, 0.5, NULL);
  same = label (self, 0);
  g_assert_cmpstr (same, ==, "Nothing differs");

  lab_spec_parse (present, LAB_NOISE, "1", NULL);
  app_pins_follow (self->pins, self->result, present);
  noise = label (self, 0);
  g_assert_cmpstr (noise, ==, "σ = 0.5");
  item = g_list_model_get_item (G_LIST_MODEL (self->pins), 0);
  g_object_get (item, "drawn", &drawn, NULL);
  g_assert_true (drawn);
  app_pins_follow (self->pins, self->result, self->spec);
  g_object_get (item, "drawn", &drawn, NULL);
  g_assert_false (drawn);

  app_pins_follow (self->pins, self->result, elsewhere);
  exhibit = label (self, 0);
  g_assert_cmpstr (exhibit, ==, "Double descent");
  g_object_get (item, "drawn", &drawn, NULL);
  g_assert_false (drawn);
}

static int
count_seeds (Fixture *self)
{
  g_autoptr (LabAnswer) answer = lab_answer_new (self->result, self->spec);
  g_autoptr (LabSpec) other = lab_spec_copy (self->spec);
  g_autoptr (PlotFigure) figure = NULL;

  lab_spec_parse (other, LAB_NOISE, "1.5", NULL);
  figure = app_pins_build (self->pins, answer, other);

  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    if (g_str_equal (plot_figure_get_series (figure, i)->id, "pin-1"))
      return plot_figure_get_series (figure, i)->count[0];

  return 0;
}

/* Kept after one seed of three; the rest comes when it is there, from no other work. */
static void
test_refined (Fixture *self, gconstpointer data)
{
  g_autoptr (LabSpec) one = lab_spec_copy (self->spec);
  g_autoptr (LabSpec) other = lab_spec_copy (self->spec);
  g_autoptr (LabResult) early = NULL;
  g_autoptr (LabResult) elsewhere = NULL;

  lab_spec_parse (one, LAB_SEEDS, "1", NULL);
  early = compute (one);
  g_assert_true (app_pins_add (self->pins, early, self->spec, NULL));
  g_assert_cmpint (count_seeds (self), ==, 1);

  lab_spec_parse (other, LAB_DEPTH, "2", NULL);
  elsewhere = compute (other);
  app_pins_follow (self->pins, elsewhere, other);
  g_assert_cmpint (count_seeds (self), ==, 1);

  app_pins_follow (self->pins, self->result, self->spec);
  g_assert_cmpint (count_seeds (self), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  if (!lab_init (&error))
    g_error ("%s", error->message);

  g_test_add ("/app/pins/most", Fixture, NULL, set_up, test_most, tear_down);
  g_test_add ("/app/pins/twice", Fixture, NULL, set_up, test_twice, tear_down);
  g_test_add ("/app/pins/remove", Fixture, NULL, set_up, test_remove, tear_down);
  g_test_add ("/app/pins/labels", Fixture, NULL, set_up, test_labels, tear_down);
  g_test_add ("/app/pins/refined", Fixture, NULL, set_up, test_refined, tear_down);

  return g_test_run ();
}
