#include "app-slope-range.h"

#include <math.h>

gboolean
app_slope_range_is_set (const LabSpec *spec)
{
  return lab_exhibit_uses (lab_spec_exhibit (spec), LAB_SLOPE_FROM)
         && (lab_spec_is_set (spec, LAB_SLOPE_FROM) || lab_spec_is_set (spec, LAB_SLOPE_TO));
}

static void
set_edge (LabSpec *spec, LabKey key, double at)
{
  gint64 n = llround (at);

  if (n == lab_spec_real (spec, key == LAB_SLOPE_FROM ? LAB_FROM : LAB_TO))
    lab_spec_unset (spec, key);
  else
    lab_spec_set (spec, key, (LabValue) { .integer = n }, NULL);
}

void
app_slope_range_move (LabDraft *draft, const char *handle, double x, double end)
{
  gboolean whole = g_str_equal (handle, FIGURES_SLOPE_RANGE);
  gboolean moves_from = whole || g_str_equal (handle, FIGURES_SLOPE_RANGE_FROM);
  double lo = x, hi = whole ? end : x;
  g_autoptr (LabSpec) spec = lab_spec_copy (lab_draft_get_spec (draft));
  double from = lab_spec_real (spec, LAB_FROM), to = lab_spec_real (spec, LAB_TO);

  g_return_if_fail (lo > 0 && hi > 0);

  if (!whole && moves_from)
    lo = MAX (from, MIN (lo, lab_spec_integer (spec, LAB_SLOPE_TO) - 1));
  else if (!whole)
    hi = MIN (to, MAX (hi, lab_spec_integer (spec, LAB_SLOPE_FROM) + 1));
  else
    {
      double back = lo < from ? from / lo : hi > to ? to / hi : 1;

      lo = MAX (from, lo * back);
      hi = MIN (to, hi * back);
    }

  if (moves_from)
    set_edge (spec, LAB_SLOPE_FROM, lo);
  if (whole || !moves_from)
    set_edge (spec, LAB_SLOPE_TO, hi);
  lab_draft_set_spec (draft, spec);
}

void
app_slope_range_reset (LabDraft *draft)
{
  g_autoptr (LabSpec) spec = lab_spec_copy (lab_draft_get_spec (draft));

  lab_spec_unset (spec, LAB_SLOPE_FROM);
  lab_spec_unset (spec, LAB_SLOPE_TO);
  lab_draft_set_spec (draft, spec);
}
