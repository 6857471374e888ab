/* Defaults of double descent that follow model and axis. */

#include "lab-double-descent.h"

#include <math.h>

/* Against samples the rank is met in the middle of the range. */
#define SAMPLES_WIDTH 20

/* A linear model has its peak in sight where its coordinates and the points can be as many. */
#define LINEAR_POINTS 100
#define LINEAR_COORDINATES 400 /* of which more and more are seen */

static LabValue
fallback (LabKey key)
{
  return lab_parameter_fallback (lab_parameter (key));
}

/* What is infinitely wide has no width to sweep: its axis is the second choice, the samples. */
static LabValue
default_axis (const LabSpec *self, LabKey key)
{
  return (LabValue){ .choice = lab_spec_is_infinite (self) ? 1 : 0 };
}

static LabValue
default_samples (const LabSpec *self, LabKey key)
{
  if (!lab_spec_model (self)->has_layers)
    return lab_value_from_number (key, LINEAR_POINTS);
  return fallback (key);
}

static LabValue
default_dim (const LabSpec *self, LabKey key)
{
  gboolean linear = !lab_spec_model (self)->has_layers;

  if (linear && lab_spec_axis (self) == LAB_WIDTH)
    return lab_value_from_number (key, LINEAR_COORDINATES);
  return default_samples (self, key);
}

static LabValue
default_width (const LabSpec *self, LabKey key)
{
  if (!lab_spec_model (self)->has_layers)
    return lab_value_from_number (key, lab_spec_integer (self, LAB_DIM));
  if (lab_spec_axis (self) == LAB_N_TRAIN)
    return lab_value_from_number (key, SAMPLES_WIDTH);
  return fallback (key);
}

/* In the order of the choices of `axis`. */
const LabKey lab_descent_axes[] = { LAB_WIDTH, LAB_N_TRAIN, LAB_TIME, LAB_RIDGE, LAB_ENSEMBLE, LAB_N_KEYS };

/* Of `from`, `to` or `points`, in the same order. */
static double
axis_default (const LabSpec *self, LabKey key)
{
  static const struct
  {
    double from, to, points;
  } axes[] = { { 2, 400, 40 }, { 10, 1000, 40 }, { 0.1, 1e5, 61 }, { 1e-6, 10, 61 }, { 1, 100, 40 } };
  guint axis = lab_spec_choice (self, LAB_AXIS);

  return key == LAB_FROM ? axes[axis].from : key == LAB_TO ? axes[axis].to : axes[axis].points;
}

static LabValue
default_range (const LabSpec *self, LabKey key)
{
  return lab_value_from_number (key, axis_default (self, key));
}

/* In the middle of the axis, rounded to one digit. */
static double
middle_of_axis (const LabSpec *self)
{
  double middle = sqrt (axis_default (self, LAB_FROM) * axis_default (self, LAB_TO));
  double unit = pow (10, floor (log10 (middle) + 1e-9));

  return round (middle / unit) * unit;
}

/* A cursor that its usual value would take off the axis stands in the middle. */
static LabValue
default_cursor (const LabSpec *self, LabKey key)
{
  double x = lab_parameter (key)->fallback;
  LabRange range;

  if (key != lab_spec_axis (self))
    return fallback (key);
  range = lab_spec_range (self, key);
  if (x < range.minimum || x > range.maximum || key == LAB_ENSEMBLE)
    x = middle_of_axis (self);
  return lab_value_from_number (key, x);
}

const LabRule lab_descent_rules[] = {
  { LAB_AXIS, default_axis },
  { LAB_DIM, default_dim },
  { LAB_N_TRAIN, default_samples },
  { LAB_WIDTH, default_width },
  { LAB_FROM, default_range },
  { LAB_TO, default_range },
  { LAB_POINTS, default_range },
  { LAB_TIME, default_cursor },
  { LAB_RIDGE, default_cursor },
  { LAB_ENSEMBLE, default_cursor },
  { LAB_N_KEYS, NULL },
};
