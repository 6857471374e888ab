/* What sets one spec apart from another, in a few words. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures-private.h"

gboolean
figures_can_compare (const LabSpec *pinned, const LabSpec *present)
{
  return lab_spec_exhibit (pinned) == lab_spec_exhibit (present)
         && lab_spec_axis (pinned) == lab_spec_axis (present);
}

static gboolean
is_beside (const LabSpec *spec, LabKey key)
{
  const LabKey *beside = figures_view (spec)->beside;

  while (beside != NULL && *beside != LAB_N_KEYS && *beside != key)
    beside++;
  return beside != NULL && *beside == key;
}

static gboolean
decides_curves (const LabSpec *spec, LabKey key)
{
  return key != lab_spec_axis (spec) && key != LAB_SHOW && key != LAB_VIEW && !is_beside (spec, key)
         && lab_spec_changes_view (spec, key);
}

static gboolean
differs (const LabSpec *pinned, const LabSpec *present, LabKey key)
{
  return decides_curves (pinned, key)
         && (lab_spec_is_set (pinned, key) || lab_spec_is_set (present, key))
         && !lab_value_equal (key, lab_spec_value (pinned, key), lab_spec_value (present, key));
}

/* With as few digits as make it differ from the other value. */
static char *
format_real (double x, double other)
{
  for (int digits = 3; digits < 17; digits++)
    {
      g_autofree char *text = plot_format_number (x, digits);
      g_autofree char *against = plot_format_number (other, digits);

      if (!g_str_equal (text, against))
        return g_steal_pointer (&text);
    }
  return plot_format_number (x, 17);
}

static char *
format_value (const LabSpec *spec, const LabSpec *other, LabKey key)
{
  const LabParameter *parameter = lab_parameter (key);

  if (parameter->type == LAB_TYPE_CHOICE)
    return g_markup_escape_text (_(parameter->choice_labels[lab_spec_choice (spec, key)]), -1);
  if (parameter->type == LAB_TYPE_REAL)
    return format_real (lab_spec_real (spec, key), lab_spec_real (other, key));
  if (isinf (lab_value_to_number (key, lab_spec_value (spec, key))))
    return plot_format_number (INFINITY, 1);
  return lab_spec_format (spec, key);
}

/* Choices whose words say which parameter they belong to. */
static gboolean
speaks_for_itself (LabKey key)
{
  return key == LAB_MODEL || key == LAB_ACTIVATION || key == LAB_KERNEL;
}

static void
append_value (GString *out, const LabSpec *spec, const LabSpec *other, LabKey key)
{
  const LabParameter *parameter = lab_parameter (key);
  /* Where “mirrored” and “standard” name curves, they cannot name initial scales too. */
  gboolean named = figures_view (spec)->main_names == NULL;
  g_autofree char *value = format_value (spec, other, key);

  if (key == LAB_INIT_SCALE && named)
    figures_append_initialization (out, spec);
  else if (key == LAB_RIDGE && lab_spec_real (spec, key) == 0)
    g_string_append (out, _("ridgeless"));
  else if (key == LAB_NORMALISED)
    g_string_append (out, lab_spec_choice (spec, key) == 0 ? _("not normalised") : _("normalised"));
  else if (speaks_for_itself (key))
    g_string_append (out, value);
  else if (*parameter->symbol != '\0')
    g_string_append_printf (out, "%s = %s", parameter->symbol, value);
  else
    /* Translators: a parameter and its value, "Seeds: 5" */
    g_string_append_printf (out, _("%s: %s"), _(parameter->label), value);
}

char *
figures_difference (const LabSpec *pinned, const LabSpec *present)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (figures_can_compare (pinned, present), NULL);
  for (const LabKey *key = lab_spec_exhibit (pinned)->keys; *key != LAB_N_KEYS; key++)
    if (differs (pinned, present, *key))
      {
        g_string_append (out, out->len > 0 ? ", " : "");
        append_value (out, pinned, present, *key);
      }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
