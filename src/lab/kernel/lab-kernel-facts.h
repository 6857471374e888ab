#pragma once

#include "lab-answer.h"

G_BEGIN_DECLS

/* What the kernel's figures say beside their series and fields. NaN: not known, or does not apply. */
typedef struct
{
  gboolean comparison;   /* a kernel without a network */
  gboolean zero;         /* the kernel is 0 at equal points, so that nothing can be divided by it */
  double least, most;    /* shares of the value at angle 0. profile: the least at `depth`, 0 where it is no more
                          * than rounding; matrix: the least and the greatest of two points, with infinite width */
  double least_angle;    /* profile: where the least is first (degrees) */
  double limit;          /* what that share tends to with depth; known for some networks only */
  double constant;       /* C: over all networks the root mean square deviation from the limit at angle 0 is
                          * C/sqrt(m) of it: where it is known the mean is the limit */
  double deviation;      /* profile: that of the networks drawn, at least two; matrix: root mean square of the
                          * difference over that of the limit. 0 to rounding is 0 */
  int out_of_reach;      /* profile: the least depth that is not drawn, since a layer's variance is out of reach
                          * there; 0: none */
  int networks;          /* how many were measured */
  int n;                 /* points of a matrix */
} LabKernelFacts;

/* Whether C/sqrt(m) holds at every width m, as with one hidden layer, and not only to leading order in 1/m. */
gboolean lab_kernel_deviation_is_exact (const LabSpec *spec);

extern const LabFactsType lab_kernel_facts_type;
/* NULL of an answer of anything else. */
const LabKernelFacts *lab_kernel_facts (const LabAnswer *answer);

G_END_DECLS
