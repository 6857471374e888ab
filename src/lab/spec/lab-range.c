/* What lies along the axis, and which values a parameter can have, given the others. */

#include "lab-spec-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-experiment.h"

LabKey
lab_spec_axis (const LabSpec *self)
{
  const LabExhibit *exhibit = self->exhibit;

  return exhibit->axes != NULL ? exhibit->axes[lab_spec_choice (self, LAB_AXIS)] : exhibit->axis;
}

/* The limits of the exhibit, or else of the table of parameters. */
static void
find_limits (const LabSpec *self, LabKey key, double *minimum, double *maximum)
{
  *minimum = lab_parameter (key)->minimum;
  *maximum = lab_parameter (key)->maximum;
  for (const LabLimit *l = self->exhibit->limits; l != NULL && l->key != LAB_N_KEYS; l++)
    if (l->key == key)
      {
        *minimum = l->minimum;
        *maximum = l->maximum;
      }
}

LabRange
lab_spec_range (const LabSpec *self, LabKey key)
{
  const LabParameter *p = lab_parameter (key);
  LabKey axis = lab_spec_axis (self);
  double minimum, maximum;

  if (p->minimum == 0 && p->maximum == 0 && key != axis && axis != LAB_N_KEYS)
    return lab_spec_range (self, axis);
  find_limits (self, key, &minimum, &maximum);
  return (LabRange){ minimum,
                     maximum,
                     p->or_zero && key != axis,
                     p->or_infinity && key != axis
                       && !(key == LAB_WIDTH && lab_exhibit_uses (self->exhibit, LAB_MODEL)),
                     p->type == LAB_TYPE_INTEGER || p->type == LAB_TYPE_INTEGERS,
                     p->scale };
}

LabEffect
lab_spec_effect (const LabSpec *self, LabKey key)
{
  LabEffect (*effect) (const LabSpec *, LabKey) = lab_spec_work (self)->effect;

  if (effect != NULL)
    return effect (self, key);
  return key == lab_spec_axis (self) ? LAB_EFFECT_CURSOR : lab_parameter (key)->effect;
}

char *
lab_spec_range_text (const LabSpec *self, LabKey key)
{
  const LabParameter *p = lab_parameter (key);
  LabRange range = lab_spec_range (self, key);

  if (p->type == LAB_TYPE_CHOICE || p->type == LAB_TYPE_VIEW)
    return lab_exhibit_list_choices (self->exhibit, key);
  if (p->type == LAB_TYPE_SET)
    return g_strdup ("a comma list of series");
  if (p->type == LAB_TYPE_PAIRS)
    return lab_pairs_range_text (p);
  if (p->type == LAB_TYPE_FILE)
    return g_strdup ("a path");
  if (key == LAB_SEED)
    return g_strdup_printf ("0..%" G_GINT64_FORMAT, G_MAXINT64);
  return g_strdup_printf ("%s%g..%g%s", range.or_zero ? "0, " : "", range.minimum, range.maximum,
                          range.or_infinity ? ", inf" : "");
}

static gboolean
in_range (const LabRange *range, double x)
{
  return (range->or_zero && x == 0) || (range->or_infinity && x == INFINITY)
         || (x >= range->minimum && x <= range->maximum);
}

/* The first of several values that is out of range, or NaN. */
static gboolean
find_outside (const LabSpec *self, LabKey key, LabValue value, double *outside)
{
  LabRange range = lab_spec_range (self, key);
  guint count = lab_parameter (key)->type == LAB_TYPE_INTEGERS ? value.integers.count : 1;

  for (guint i = 0; i < count; i++)
    {
      *outside = count > 1 ? value.integers.item[i] : lab_value_to_number (key, value);
      if (!in_range (&range, *outside))
        return TRUE;
    }
  return FALSE;
}

static gboolean
refuse (const LabSpec *self, LabKey key, double x, GError **error)
{
  const LabParameter *p = lab_parameter (key);
  g_autofree char *range = lab_spec_range_text (self, key);

  if (isinf (x))
    g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE, _("%s must be in %s, not infinite"), p->key,
                 range);
  else if (p->type == LAB_TYPE_REAL)
    g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE, _("%s must be in %s, not %g"), p->key, range, x);
  else
    g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE, _("%s must be in %s, not %.0f"), p->key, range,
                 x);
  return FALSE;
}

gboolean
lab_spec_accepts (const LabSpec *self, LabKey key, LabValue value, GError **error)
{
  const LabParameter *p = lab_parameter (key);
  double x = 0;

  if (p->type == LAB_TYPE_SET || p->type == LAB_TYPE_FILE)
    return TRUE;
  if (p->type == LAB_TYPE_PAIRS)
    return lab_pairs_check (value.pairs, p, error);
  if (p->type == LAB_TYPE_CHOICE || p->type == LAB_TYPE_VIEW)
    return value.choice < lab_exhibit_n_choices (self->exhibit, key)
           || refuse (self, key, value.choice, error);
  if (key == LAB_SEED)
    return value.integer >= 0 || refuse (self, key, value.integer, error);
  if (find_outside (self, key, value, &x))
    return refuse (self, key, x, error);
  if (p->type == LAB_TYPE_REAL && lab_spec_range (self, key).whole && value.real != rint (value.real))
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE,
                   _("%s must be a whole number along the axis %s, not %g"), p->key,
                   lab_parameter (lab_spec_axis (self))->key, value.real);
      return FALSE;
    }
  return TRUE;
}
