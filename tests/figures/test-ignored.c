/* Which values change what a view shows: those that are said to change nothing change no byte, and those of which
 * nothing is said change some. */

#include <figures.h>
#include <string.h>

/* Some values of each key, of which at least one differs from what it is. */
static const struct
{
  const char *key;
  const char *values[3];
} alternatives[] = {
  { "width", { "37", "inf" } },
  { "depth", { "2" } },
  { "noise", { "0.7" } },
  { "init-scale", { "0.5" } },
  { "kernel", { "nngp", "laplace" } },
  { "length-scale", { "2" } },
  { "activation", { "erf" } },
  { "leak", { "0.3" } },
  { "sigma-w2", { "1.3" } },
  { "sigma-b2", { "0.2" } },
  { "sigma-v2", { "1.7" } },
  { "dim", { "7" } },
  { "inputs", { "gaussian" } },
  { "slow-dims", { "3" } },
  { "slow-scale", { "0.3" } },
  { "n-train", { "9", "17" } },
  { "n-test", { "15" } },
  { "target", { "quadratic" } },
  { "time", { "5", "50" } },
  { "ridge", { "0.02" } },
  { "stop", { "end" } },
  { "from", { "4", "12" } },
  { "to", { "40", "64" } },
  { "points", { "6" } },
  { "center", { "mean", "median" } },
  { "ensemble", { "3" } },
  { "seeds", { "5" } },
  { "seed", { "5" } },
  { "show", { "test", "mirrored", "ntk-depth-1" } },
  { "max-depth", { "2" } },
  { "fit-from", { "20" } },
  { "average", { "drawn" } },
  { "reach", { "200" } },
};

#define DESCENT "seeds=3", "points=4", "n-train=12", "n-test=10", "from=5"

static const struct
{
  const char *exhibit;
  const char *settings[12];
} bases[] = {
  { "double-descent", { DESCENT, "to=50" } },
  { "double-descent", { DESCENT, "to=50", "activation=leaky-relu", "view=fit", "width=20" } },
  { "double-descent", { DESCENT, "to=50", "view=spectrum", "width=20" } },
  { "double-descent", { DESCENT, "to=50", "axis=n-train", "width=20" } },
  { "double-descent", { DESCENT, "to=50", "axis=n-train", "width=20", "view=fit" } },
  { "double-descent", { "model=infinite", "kernel=laplace", DESCENT, "to=50", "axis=time", "view=fit", "time=10" } },
  { "double-descent", { "model=linear", "dim=30", DESCENT, "to=25" } },
  { "double-descent", { "model=linear", "dim=30", DESCENT, "to=25", "view=spectrum", "width=20" } },
  { "double-descent", { "model=random-features", DESCENT, "from=1", "to=4", "axis=ensemble", "view=fit", "width=20" } },
  { "learning-curve", { "from=8", "to=24", "points=3", "seeds=3", "n-test=10", "reach=100", "stop=time", "time=20" } },
  { "kernel", { "n-train=8", "seeds=3", "max-depth=3", "width=20" } },
  { "kernel", { "n-train=8", "max-depth=3", "width=inf" } },
  { "kernel", { "n-train=8", "kernel=laplace" } },
  { "kernel", { "n-train=8", "seeds=3", "view=matrix", "width=20" } },
  { "kernel", { "n-train=8", "view=matrix", "width=inf" } },
  { "kernel", { "n-train=8", "view=matrix", "kernel=laplace" } },
};

static LabSpec *
make_spec (const char *exhibit, const char *const *settings)
{
  g_autoptr (GError) error = NULL;
  LabSpec *spec = lab_spec_new (lab_exhibit_find (exhibit));

  lab_spec_assign_all (spec, settings, &error);
  g_assert_no_error (error);
  return spec;
}

/* All that `run` and `render` write but the parameters themselves. */
static char *
write_all (const LabSpec *spec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  g_autoptr (LabResult) result = NULL;
  g_autoptr (LabAnswer) answer = NULL;
  g_autoptr (PlotFigure) figure = NULL;
  g_autoptr (GBytes) drawn = NULL;
  g_autofree char *csv = NULL, *table = NULL;
  GString *out = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  plan->shown_only = TRUE;
  result = lab_job_run (spec, plan, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  answer = lab_answer_new (result, spec);
  figure = figures_build (answer, spec);
  drawn = plot_export (figure, NULL, NULL, plot_format_find ("csv"), 0, 0, 96, &error);
  g_assert_no_error (error);
  csv = figures_to_csv (answer, spec);
  g_string_append (out, csv);
  g_string_append_len (out, g_bytes_get_data (drawn, NULL), g_bytes_get_size (drawn));
  lines = g_strsplit (out->str, "\n", -1);
  g_string_truncate (out, 0);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (!g_str_has_prefix (lines[i], "# tangent-lab-spec"))
      g_string_append_printf (out, "%s\n", lines[i]);
  table = figures_to_table (answer, spec);
  g_string_append (out, table);
  return g_string_free (out, FALSE);
}

/* The spec with another value, or NULL where it takes none such, or has it already. */
static LabSpec *
change (const LabSpec *spec, LabKey key, const char *value)
{
  g_autoptr (LabSpec) other = lab_spec_copy (spec);

  if (!lab_spec_parse (other, key, value, NULL) || !lab_spec_check (other, NULL, NULL)
      || lab_value_equal (key, lab_spec_value (other, key), lab_spec_value (spec, key)))
    return NULL;
  return g_steal_pointer (&other);
}

static void
check_key (const LabSpec *spec, const char *before, gsize row, guint base)
{
  gboolean any = FALSE, tried = FALSE;
  LabKey key;

  g_assert_true (lab_parameter_find (alternatives[row].key, &key, NULL));
  if (!lab_exhibit_uses (lab_spec_exhibit (spec), key))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (alternatives[row].values) && alternatives[row].values[i] != NULL; i++)
    {
      g_autoptr (LabSpec) other = change (spec, key, alternatives[row].values[i]);
      g_autofree char *after = NULL;

      if (other == NULL)
        continue;
      /* What another value would change is a question of the value that is there then. */
      if (!lab_spec_changes_view (spec, key) && lab_spec_changes_view (other, key))
        continue;
      after = write_all (other);
      tried = TRUE;
      any |= !g_str_equal (before, after);
    }
  if (tried && any != lab_spec_changes_view (spec, key))
    g_error ("base %u (%s, %s): %s %s", base, lab_spec_exhibit (spec)->id, lab_spec_view (spec)->id,
             alternatives[row].key, any ? "changes what it is said not to change" : "changes nothing, and nobody says so");
}

static void
test_ignored (gconstpointer data)
{
  guint base = GPOINTER_TO_UINT (data);
  g_autoptr (LabSpec) spec = make_spec (bases[base].exhibit, bases[base].settings);
  g_autofree char *before = write_all (spec);

  for (gsize row = 0; row < G_N_ELEMENTS (alternatives); row++)
    check_key (spec, before, row, base);
}

/* Every view of every exhibit is looked at. */
static void
test_all_views (void)
{
  guint n;
  const LabExhibit *const *exhibits = lab_exhibits (&n);

  for (guint i = 0; i < n; i++)
    for (const LabView *view = exhibits[i]->views; view->id != NULL; view++)
      {
        gboolean found = FALSE;

        for (gsize k = 0; k < G_N_ELEMENTS (bases); k++)
          {
            g_autoptr (LabSpec) spec = make_spec (bases[k].exhibit, bases[k].settings);

            found |= lab_spec_view (spec) == view;
          }
        g_assert_true (found);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!lab_init (NULL))
    return 1;
  g_test_add_func ("/figures/ignored/all-views", test_all_views);
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/figures/ignored/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_ignored);
    }
  return g_test_run ();
}
