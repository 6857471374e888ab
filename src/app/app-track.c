#include "app-track.h"

#include <math.h>

/* Part of the track that belongs to 0 where the scale is logarithmic. */
#define ZERO_ROOM 0.05

/* Largest integer up to which all integers are doubles. */
#define EXACT 9007199254740992.0

static double
to_real (const LabParameter *parameter, LabValue value)
{
  return parameter->type == LAB_TYPE_INTEGER ? (double) value.integer : value.real;
}

static LabValue
from_real (const LabParameter *parameter, double real)
{
  LabValue value = { 0 };

  real = CLAMP (real, parameter->minimum, parameter->maximum);
  if (parameter->type == LAB_TYPE_INTEGER)
    value.integer = (gint64) llround (real);
  else
    value.real = real;

  return value;
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
app_track_exists (LabKey key)
{
  const LabParameter *parameter = lab_parameter (key);

  return (parameter->type == LAB_TYPE_REAL || parameter->type == LAB_TYPE_INTEGER)
         && parameter->maximum <= EXACT;
}

double
app_track_position (LabKey key, LabValue value)
{
  const LabParameter *parameter = lab_parameter (key);
  double real = to_real (parameter, value);
  double room = parameter->or_zero ? ZERO_ROOM : 0;
  double part;

  if (parameter->or_zero && real < parameter->minimum)
    return 0;

  if (parameter->scale == LAB_SCALE_LOG)
    part = log (real / parameter->minimum) / log (parameter->maximum / parameter->minimum);
  else
    part = (real - parameter->minimum) / (parameter->maximum - parameter->minimum);

  return room + (1 - room) * part;
}

LabValue
app_track_value (LabKey key, double position)
{
  const LabParameter *parameter = lab_parameter (key);
  double room = parameter->or_zero ? ZERO_ROOM : 0;
  double span = parameter->maximum - parameter->minimum;
  double part, real, unit;

  if (parameter->or_zero && position < room / 2)
    return (LabValue) { 0 };

  part = CLAMP ((position - room) / (1 - room), 0, 1);
  if (parameter->scale == LAB_SCALE_LOG)
    {
      real = parameter->minimum * pow (parameter->maximum / parameter->minimum, part);
      unit = real * 0.025;
    }
  else
    {
      real = parameter->minimum + span * part;
      unit = span / 300;
    }

  if (parameter->type == LAB_TYPE_INTEGER)
    unit = MAX (unit, 1);

  return from_real (parameter, snap (real, unit));
}

/* The step at `real`, and the grid on which it ends. */
static double
step_unit (const LabParameter *parameter, double real, int direction, gboolean coarse)
{
  gboolean integer = parameter->type == LAB_TYPE_INTEGER;
  double span = parameter->maximum - parameter->minimum;
  double below;

  if (parameter->scale == LAB_SCALE_LINEAR)
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

LabValue
app_track_step (LabKey key, LabValue value, int direction, gboolean coarse)
{
  const LabParameter *parameter = lab_parameter (key);
  double real = to_real (parameter, value);
  double unit, next;

  if (!app_track_exists (key))
    {
      gint64 by = coarse ? 10 : 1;

      if (direction > 0)
        value.integer = value.integer > G_MAXINT64 - by ? G_MAXINT64 : value.integer + by;
      else
        value.integer = MAX (value.integer - by, (gint64) parameter->minimum);
      return value;
    }

  if (parameter->or_zero && real < parameter->minimum)
    return direction > 0 ? from_real (parameter, parameter->minimum) : value;

  if (parameter->scale == LAB_SCALE_LOG && parameter->type == LAB_TYPE_REAL && coarse)
    {
      next = snap (leap (real, direction), real / 10);
    }
  else
    {
      unit = step_unit (parameter, real, direction, coarse);
      next = snap (real + direction * unit, unit);
      if (parameter->type == LAB_TYPE_INTEGER && fabs (next - real) < 0.5)
        next = real + direction;
    }

  if (parameter->or_zero && next < parameter->minimum * (1 - 1e-9))
    return (LabValue) { 0 };

  return from_real (parameter, next);
}
