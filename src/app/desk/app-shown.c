#include "app-shown.h"

#include <figures.h>
#include <glib/gi18n.h>
#include <math.h>

gboolean
app_shown_find_cursor (const LabSpec *spec, LabKey *key)
{
  *key = lab_spec_axis (spec);
  return lab_exhibit_uses (lab_spec_exhibit (spec), *key);
}

LabSpec *
app_shown_spec (const LabSpec *draft, const LabResult *result)
{
  const LabSpec *done = lab_result_spec (result);
  LabSpec *spec;

  if (lab_spec_exhibit (draft) != lab_spec_exhibit (done))
    return lab_spec_copy (done);
  if (lab_spec_same_work (draft, done))
    return lab_spec_copy (draft);

  spec = lab_spec_copy (done);
  lab_spec_set (spec, LAB_VIEW, lab_spec_value (draft, LAB_VIEW), NULL);
  if (lab_spec_axis (draft) != lab_spec_axis (done))
    return spec;
  for (const LabKey *key = lab_spec_exhibit (done)->keys; *key != LAB_N_KEYS; key++)
    if (lab_spec_effect (done, *key) >= LAB_EFFECT_RECOMBINE)
      lab_spec_set (spec, *key, lab_spec_value (draft, *key), NULL);

  return spec;
}

gboolean
app_shown_same_but_cursor (const LabSpec *a, const LabSpec *b)
{
  g_autoptr (LabSpec) moved = NULL;
  LabKey key;

  if (lab_spec_exhibit (a) != lab_spec_exhibit (b))
    return FALSE;
  if (!app_shown_find_cursor (b, &key))
    return lab_spec_equal (a, b);

  moved = lab_spec_copy (a);
  if (lab_spec_is_set (b, key))
    lab_spec_set (moved, key, lab_spec_value (b, key), NULL);
  else
    lab_spec_unset (moved, key);

  return lab_spec_equal (moved, b);
}

gboolean
app_shown_can_probe (const LabSpec *spec, double x)
{
  return lab_spec_axis (spec) == LAB_WIDTH
         || (x >= lab_spec_real (spec, LAB_FROM) && x <= lab_spec_real (spec, LAB_TO));
}

char *
app_shown_status (const LabAnswer *answer, const LabResult *result)
{
  double seconds = lab_result_seconds (result);
  g_autofree char *seeds = NULL;
  g_autofree char *time = NULL;

  if (seconds < 0.9995)
    time = g_strdup_printf (_("%.0f ms"), MAX (1, seconds * 1000));
  else
    time = g_strdup_printf (_("%.1f s"), seconds);
  if (answer->seeds == 0)
    return g_steal_pointer (&time);

  /* Translators: how many random draws of the experiment are done, "3 of 20 seeds" */
  seeds = g_strdup_printf (ngettext ("%d of %d seed", "%d of %d seeds", answer->seeds),
                           answer->seeds_done, answer->seeds);
  return g_strdup_printf ("%s\u2003%s", seeds, time);
}

void
app_shown_move_cursor (LabDraft *draft, double x)
{
  const LabSpec *spec = lab_draft_get_spec (draft);
  LabRange range;
  LabKey key;

  if (isnan (x) || !app_shown_find_cursor (spec, &key))
    return;

  range = lab_spec_range (spec, key);
  x = CLAMP (x, range.minimum, range.maximum);
  lab_draft_set_value (draft, key, lab_value_from_number (key, x), NULL);
}

void
app_shown_clear (AppShown *self)
{
  g_clear_pointer (&self->figure, plot_figure_unref);
  g_clear_pointer (&self->answer, lab_answer_free);
  g_clear_pointer (&self->result, lab_result_unref);
  g_clear_pointer (&self->spec, lab_spec_free);
}

PlotFigure *
app_shown_build (const AppShown *self, AppPins *pins)
{
  return pins != NULL ? app_pins_build (pins, self->answer, self->spec) : figures_build (self->answer, self->spec);
}

static gboolean
is_shown (const AppShown *self, LabResult *result, const LabSpec *spec)
{
  if (self->result != result)
    return FALSE;
  return lab_spec_view (spec)->follows_cursor ? lab_spec_equal (self->spec, spec)
                                              : app_shown_same_but_cursor (self->spec, spec);
}

gboolean
app_shown_take (AppShown *self, LabResult *result, const LabSpec *draft, AppPins *pins, gboolean anew)
{
  g_autoptr (LabSpec) spec = app_shown_spec (draft, result);

  if (!anew && is_shown (self, result, spec))
    {
      g_clear_pointer (&self->spec, lab_spec_free);
      self->spec = g_steal_pointer (&spec);
      return FALSE;
    }

  lab_result_ref (result);
  app_shown_clear (self);
  self->result = result;
  self->spec = g_steal_pointer (&spec);
  self->answer = lab_answer_new (result, self->spec);
  if (pins != NULL)
    app_pins_follow (pins, result, self->spec);
  self->figure = app_shown_build (self, pins);
  return TRUE;
}
