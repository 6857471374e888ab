#pragma once

#include "lab-spec.h"

struct _LabSpec
{
  const LabExhibit *exhibit;
  LabValue values[LAB_N_KEYS]; /* of every key: set, or settled */
  gboolean set[LAB_N_KEYS];
  gboolean matters[LAB_N_KEYS];
};

/* Brings the values that are not set, and what matters, up to date with those that are. */
void lab_spec_settle (LabSpec *self);
/* What the value is, or would be, unless it is set; a value of its own, for the caller to unref. */
LabValue lab_spec_default (const LabSpec *self, LabKey key);
