#pragma once

#include "lab-spec.h"

struct _LabSpec
{
  const LabExhibit *exhibit;
  LabValue values[LAB_N_KEYS]; /* of the keys that are set */
  gboolean set[LAB_N_KEYS];
};
