#include "app-track.h"

#include <math.h>

/* Parts of the track that belong to 0 and to infinity. */
#define ZERO_ROOM 0.05
#define INFINITY_ROOM 0.05

/* Largest integer up to which all integers are doubles. */
#define EXACT 9007199254740992.0

static LabValue
clamp_to_range (LabKey key, const LabRange *range, double real)
{
  return lab_value_from_number (key, CLAMP (real, range->minimum, range->maximum));
}

/* Rounds to the largest of 1, 2, 5 times a power of ten that is at most `unit`. Dividing by an
 * integer, rather than multiplying by its inverse, gives the double next to the decimal number. */
static double
snap (double real, double unit)
{
  double decade = floor (log10 (unit) + 1e-9);
  double mantissa = unit / pow (10, decade);

  mantissa = mantissa > 4.999 ? 5 : mantissa > 1.999 ? 2 : 1;
  if (decade < 0)
    {
      double inverse = pow (10, -decade) / mantissa;

      return round (real * inverse) / inverse;
    }

  unit = mantissa * pow (10, decade);
  return round (real / unit) * unit;
}

gboolean
app_track_exists (const LabSpec *spec, LabKey key)
{
  LabType type = lab_parameter (key)->type;

  return lab_type_is_number (type) && lab_spec_range (spec, key).maximum <= EXACT;
}

double
app_track_position (const LabSpec *spec, LabKey key, LabValue value)
{
  const LabRange range = lab_spec_range (spec, key);
  double real = lab_value_to_number (key, value);
  double low = range.or_zero ? ZERO_ROOM : 0, high = range.or_infinity ? 1 - INFINITY_ROOM : 1;
  double part;

  if (range.or_zero && real < range.minimum)
    return 0;
  if (isinf (real))
    return 1;

  if (range.scale == LAB_SCALE_LOG)
    part = log (real / range.minimum) / log (range.maximum / range.minimum);
  else
    part = (real - range.minimum) / (range.maximum - range.minimum);

  return low + (high - low) * part;
}

static LabValue
value_at (const LabSpec *spec, LabKey key, double position)
{
  const LabRange range = lab_spec_range (spec, key);
  double low = range.or_zero ? ZERO_ROOM : 0, high = range.or_infinity ? 1 - INFINITY_ROOM : 1;
  double span = range.maximum - range.minimum;
  double part, real, unit;

  if (range.or_zero && position < low / 2)
    return lab_value_from_number (key, 0);
  if (range.or_infinity && position > (1 + high) / 2)
    return lab_value_from_number (key, INFINITY);

  part = CLAMP ((position - low) / (high - low), 0, 1);
  if (range.scale == LAB_SCALE_LOG)
    {
      real = range.minimum * pow (range.maximum / range.minimum, part);
      unit = real * 0.025;
    }
  else
    {
      real = range.minimum + span * part;
      unit = span / 300;
    }

  if (range.whole)
    unit = MAX (unit, 1);

  return clamp_to_range (key, &range, snap (real, unit));
}

/* The step at `real`, and the grid on which it ends. */
static double
step_unit (const LabRange *range, double real, int direction, gboolean coarse)
{
  gboolean integer = range->whole;
  double span = range->maximum - range->minimum;
  double below;

  if (range->scale == LAB_SCALE_LINEAR)
    return coarse ? MAX (span / 30, integer) : MAX (span / 300, integer);

  if (integer)
    return coarse ? MAX (real / 10, 1) : 1;

  /* The second significant digit; just below a power of ten, that of the decade underneath. */
  below = direction < 0 ? real * (1 - 1e-9) : real * (1 + 1e-9);
  return pow (10, floor (log10 (below)) - 1);
}

/* The next of 1, 2, 5 times a power of ten. */
static double
leap (double real, int direction)
{
  static const double mantissas[] = { 0.5, 1, 2, 5, 10 };
  double decade = pow (10, floor (log10 (real) + 1e-9));
  double mantissa = real / decade;

  if (direction > 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (mantissas); i++)
        if (mantissas[i] > mantissa * (1 + 1e-9))
          return mantissas[i] * decade;
    }
  else
    {
      for (guint i = G_N_ELEMENTS (mantissas); i-- > 0;)
        if (mantissas[i] < mantissa * (1 - 1e-9))
          return mantissas[i] * decade;
    }

  return real;
}

/* Numbers beyond the reach of doubles. */
static LabValue
step_exact (LabKey key, LabValue value, int direction, gboolean coarse)
{
  gint64 by = coarse ? 10 : 1;

  if (direction > 0)
    value.integer = value.integer > G_MAXINT64 - by ? G_MAXINT64 : value.integer + by;
  else
    value.integer = MAX (value.integer - by, (gint64) lab_parameter (key)->minimum);
  return value;
}

static LabValue
step_from (const LabSpec *spec, LabKey key, LabValue value, int direction, gboolean coarse)
{
  const LabRange range = lab_spec_range (spec, key);
  double real = lab_value_to_number (key, value);
  double unit, next;

  if (!app_track_exists (spec, key))
    return step_exact (key, value, direction, coarse);

  if (range.or_zero && real < range.minimum)
    return direction > 0 ? clamp_to_range (key, &range, range.minimum) : value;
  if (isinf (real))
    return direction < 0 ? clamp_to_range (key, &range, range.maximum) : value;
  if (range.or_infinity && direction > 0 && real >= range.maximum)
    return lab_value_from_number (key, INFINITY);

  if (range.scale == LAB_SCALE_LOG && !range.whole && coarse)
    {
      next = snap (leap (real, direction), real / 10);
    }
  else
    {
      unit = step_unit (&range, real, direction, coarse);
      next = snap (real + direction * unit, unit);
      if (range.whole && fabs (next - real) < 0.5)
        next = real + direction;
    }

  if (range.or_zero && next < range.minimum * (1 - 1e-9))
    return lab_value_from_number (key, 0);

  return clamp_to_range (key, &range, next);
}

/* What begins a range and what ends it. */
static const struct
{
  LabKey low, high;
} spans[] = {
  { LAB_FROM, LAB_TO },
  { LAB_SLOPE_FROM, LAB_SLOPE_TO },
};

/* Each end of a range stays a step away from the other, as far as there is room for it. */
static LabValue
keep_order (const LabSpec *spec, LabKey key, LabValue value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      gboolean low = key == spans[i].low;
      LabKey other = low ? spans[i].high : spans[i].low;
      LabValue last;

      if (!low && key != spans[i].high)
        continue;

      last = step_from (spec, key, lab_spec_value (spec, other), low ? -1 : 1, FALSE);
      if ((lab_value_to_number (key, value) > lab_value_to_number (key, last)) == low)
        return last;
    }

  return value;
}

LabValue
app_track_value (const LabSpec *spec, LabKey key, double position)
{
  return keep_order (spec, key, value_at (spec, key, position));
}

LabValue
app_track_step (const LabSpec *spec, LabKey key, LabValue value, int direction, gboolean coarse)
{
  return keep_order (spec, key, step_from (spec, key, value, direction, coarse));
}
