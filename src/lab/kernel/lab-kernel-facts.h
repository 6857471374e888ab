#pragma once

#include "lab-answer.h"

G_BEGIN_DECLS

/* What the kernel's figures say beside their series and fields. NaN: not known, or does not apply. */
typedef struct
{
  gboolean comparison;   /* a kernel without a network */
  gboolean zero;         /* the kernel is 0 at equal points, so that nothing can be divided by it */
  double least, least_angle; /* of `depth`: the least share of the value at angle 0, and where (degrees) */
  double limit;          /* what that share tends to with depth; known for some networks only */
  double constant;       /* C: the relative standard deviation at angle 0 is C/sqrt(m) to leading order */
  double deviation;      /* as measured over the networks, relative to the limit at angle 0 */
  double deviation_error; /* standard error of that, as of normal draws */
  int networks;          /* how many were measured */
  int n;                 /* points of a matrix */
} LabKernelFacts;

extern const LabFactsType lab_kernel_facts_type;
/* NULL of an answer of anything else. */
const LabKernelFacts *lab_kernel_facts (const LabAnswer *answer);

G_END_DECLS
