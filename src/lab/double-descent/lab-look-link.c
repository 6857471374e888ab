/* Which place of the axis an eigenvalue belongs to, and which eigenvalue a place. */

#include <math.h>

#include "lab-double-descent.h"
#include "lab-look.h"

/* The value of `to` where `from`, which ascends, first reaches a value; linear between points. */
static double
interpolate (const double *from, const double *to, int n, double value)
{
  int i = 0;

  if (n == 0 || value < from[0])
    return NAN;
  while (i < n && from[i] < value)
    i++;
  if (i == n)
    return NAN;
  if (i == 0 || from[i] == value)
    return to[i];
  return to[i - 1] + (to[i] - to[i - 1]) * (value - from[i - 1]) / (from[i] - from[i - 1]);
}

static double
rank_at (const LabDescentFacts *facts, double x)
{
  return interpolate (facts->rank_x, facts->rank, facts->n_ranks, x);
}

static double
place_of_rank (const LabDescentFacts *facts, double rank)
{
  return interpolate (facts->rank, facts->rank_x, facts->n_ranks, rank);
}

static double
count_above (const LabLook *self, double level)
{
  int count = 0;

  while (count < self->n && self->eigenvalues[count] > level)
    count++;
  return count;
}

double
lab_look_index_at (const LabLook *self, const LabAnswer *answer, double x)
{
  switch (lab_spec_axis (self->spec))
    {
    case LAB_RIDGE: return count_above (self, self->n * x);
    case LAB_TIME: return count_above (self, self->n / x);
    case LAB_WIDTH:
    case LAB_N_TRAIN: return rank_at (lab_descent_facts (answer), x);
    default: return NAN;
    }
}

double
lab_look_place_of (const LabLook *self, const LabAnswer *answer, double index)
{
  const LabKey axis = lab_spec_axis (self->spec);
  double eigenvalue;

  if (axis == LAB_WIDTH || axis == LAB_N_TRAIN)
    return place_of_rank (lab_descent_facts (answer), index);
  if ((axis != LAB_RIDGE && axis != LAB_TIME) || !(index >= 1 && index <= self->rank))
    return NAN;
  eigenvalue = self->eigenvalues[(int) index - 1];
  return axis == LAB_RIDGE ? eigenvalue / self->n : self->n / eigenvalue;
}

double
lab_spectrum_place_of (const LabAnswer *self, const LabAnswer *main, double index)
{
  return lab_look_place_of (lab_look_of (self), main, index);
}

double
lab_spectrum_index_at (const LabAnswer *self, const LabAnswer *main, double x)
{
  return lab_look_index_at (lab_look_of (self), main, x);
}
