#pragma once

#include "ntk-asymptotic.h"

G_BEGIN_DECLS

/* One hidden layer in the limit of large dimension (docs/theory.md, section 4): of the trained readout
 * mu_1^2 and mu_*^2; of the trained first layer what its kernel has along x.x'/D and on the
 * diagonal, both 0 for random features. FALSE where the error is infinite. */
typedef struct
{
  double mu1_2, mu_star_2, linear, diagonal;
} NtkLevels;

gboolean ntk_two_layer_limit (const NtkLevels *levels, double psi1, double psi2, double R,
                              double *B, double *V);

G_END_DECLS
