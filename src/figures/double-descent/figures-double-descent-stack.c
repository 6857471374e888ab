/* The parts of the error as a stack. */

#include "figures-double-descent-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What parts add up to and theory's error are the same within this share of it: the rest is rounding. */
#define ROUNDING 1e-9

/* From the top. What changes least along the axis lies at the bottom, where its height is seen best. */
static const char *const parts[] = { "noise", "initial-function", "weights", "sampling", "bias" };

gboolean
figures_double_descent_is_part (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (id, parts[i]))
      return TRUE;
  return FALSE;
}

/* A part that theory tells and that is shown; NULL: there is none of this name. */
static const LabSeries *
find_part (const LabAnswer *answer, const LabSpec *spec, const char *id)
{
  const LabSeries *series = lab_spec_shows (spec, id) ? lab_answer_find (answer, id) : NULL;

  return series != NULL && series->low == NULL ? series : NULL;
}

/* What the parts that are shown add up to at place i. */
static double
add_up (const LabAnswer *answer, const LabSpec *spec, int i)
{
  double sum = 0;

  for (gsize k = 0; k < G_N_ELEMENTS (parts); k++)
    {
      const LabSeries *part = find_part (answer, spec, parts[k]);

      sum += part != NULL ? part->y[i] : 0;
    }
  return sum;
}

static gboolean
has_parts (const LabAnswer *answer, const LabSpec *spec)
{
  for (gsize k = 0; k < G_N_ELEMENTS (parts); k++)
    if (find_part (answer, spec, parts[k]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_negative_part (const LabAnswer *answer, const LabSpec *spec)
{
  for (gsize k = 0; k < G_N_ELEMENTS (parts); k++)
    {
      const LabSeries *part = find_part (answer, spec, parts[k]);

      for (int i = 0; part != NULL && i < part->n; i++)
        if (part->y[i] < -ROUNDING * fabs (add_up (answer, spec, i)))
          return TRUE;
    }
  return FALSE;
}

gboolean
figures_double_descent_is_stacked (const LabAnswer *answer, const LabSpec *spec)
{
  return has_parts (answer, spec) && !has_negative_part (answer, spec);
}

/* Whether parts are missing, hidden or unknown to this theory. */
static gboolean
is_below_theory (const LabAnswer *answer, const LabSpec *spec)
{
  const LabSeries *theory = lab_answer_find (answer, "finite-d");

  for (int i = 0; theory != NULL && i < theory->n; i++)
    if (add_up (answer, spec, i) < (1 - ROUNDING) * theory->y[i])
      return TRUE;
  return FALSE;
}

void
figures_double_descent_note_stack (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec)
{
  if (!has_parts (answer, spec))
    return;
  if (has_negative_part (answer, spec))
    g_strv_builder_add (notes, _("On a linear axis the parts of the error are not stacked: some of them are "
                                 "below zero."));
  else if (is_below_theory (answer, spec))
    g_strv_builder_add (notes, _("On a linear axis the parts of the error are stacked; those shown add up to "
                                 "less than theory says of the whole."));
}
