/* Whole experiments, small ones: a spec is run, and its result written and drawn. */

#include "fuzz.h"

#include <json-glib/json-glib.h>
#include <plot.h>
#include <string.h>

#define MOST_SETTINGS 12
#define MOST_OPERATIONS 3e6

/* Before what the input asks for. */
static const char *const small[] = {
  "n-train=8", "n-test=7", "seeds=2", "points=3", "dim=3", "from=2", "to=12",
};
/* Left as they are: they would make it slow. */
static const LabKey kept[] = { LAB_SEEDS, LAB_N_TEST, LAB_POINTS };

static void
assign (LabSpec *spec, LabKey key, const char *value)
{
  g_autoptr (GError) error = NULL;
  const gboolean taken = lab_spec_parse (spec, key, value, &error);

  fuzz_check_outcome (taken, error);
}

static LabSpec *
draw_spec (FuzzBytes *bytes)
{
  guint n_presets, n_keys = 0;
  const LabPreset *presets = lab_presets (&n_presets);
  LabSpec *spec = lab_spec_new_named (presets[fuzz_below (bytes, n_presets)].id, NULL);
  const LabKey *keys = lab_spec_exhibit (spec)->keys;

  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    {
      g_autoptr (GError) error = NULL;
      const gboolean taken = lab_spec_assign (spec, small[i], &error);

      fuzz_check_outcome (taken, error);
    }
  /* The view, which is the last, is no part of a job. */
  while (keys[n_keys] != LAB_VIEW)
    n_keys++;
  for (int i = 0; i < MOST_SETTINGS && bytes->size > 0; i++)
    {
      const LabKey key = keys[fuzz_below (bytes, n_keys)];
      g_autofree char *value = fuzz_value (bytes, spec, key);
      gboolean is_kept = FALSE;

      for (gsize k = 0; k < G_N_ELEMENTS (kept); k++)
        is_kept = is_kept || kept[k] == key;
      if (!is_kept)
        assign (spec, key, value);
    }
  return spec;
}

static void
check_words (const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *json = figures_to_json (answer, spec, -1), *csv = figures_to_csv (answer, spec);
  g_autofree char *table = figures_to_table (answer, spec);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (csv, -1, NULL));
  g_assert_true (g_utf8_validate (table, -1, NULL));
}

static void
check_picture (const LabAnswer *answer, const LabSpec *spec, const char *format)
{
  g_autoptr (PlotFigure) figure = figures_build (answer, spec);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  PlotLimits view;

  plot_limits_init (&view, figure);
  bytes = plot_export (figure, plot_theme_find ("light"), &view, plot_format_find (format), 640,
                       400, 96, &error);
  g_assert_no_error (error);
  title = plot_read_metadata (bytes, "title", &error);
  g_assert_no_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  static const char *const formats[] = { "svg", "pdf", "png" };
  FuzzBytes bytes = { data, size };
  const char *format = formats[fuzz_below (&bytes, G_N_ELEMENTS (formats))];
  g_autoptr (LabSpec) spec = draw_spec (&bytes);
  g_autoptr (LabPlan) plan = NULL;
  g_autoptr (LabResult) result = NULL;
  g_autoptr (LabAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (!lab_spec_check (spec, NULL, &error))
    {
      fuzz_check_outcome (FALSE, error);
      return 0;
    }
  plan = lab_plan_new (spec);
  if (plan->n_x > 40 || lab_plan_cost (plan, spec, 1) > MOST_OPERATIONS)
    return 0;
  result = lab_job_run (spec, plan, 1, NULL, NULL, NULL, &error);
  fuzz_check_outcome (result != NULL, error);
  if (result == NULL)
    return 0;
  answer = lab_answer_new (result, spec);
  check_words (answer, spec);
  check_picture (answer, spec, format);
  return 0;
}
