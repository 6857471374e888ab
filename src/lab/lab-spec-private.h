#pragma once

#include "lab-spec.h"

struct _LabSpec
{
  const LabExhibit *exhibit;
  LabValue values[LAB_N_KEYS]; /* of the keys that are set */
  gboolean set[LAB_N_KEYS];
};

/* Default of `from`, `to` or `points`, where the axis can be chosen. */
double lab_axis_default (const LabSpec *self, LabKey key);
