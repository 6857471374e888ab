#pragma once

#include "ntk-finite-d.h"

G_BEGIN_DECLS

/* The deterministic equivalent of ntk_finite_d(): `rest` is the target's power in the tail block.
 * R is -1 where v2 is too small for any; v2 of R is 0 where the kernel has no more directions than
 * there are samples and features, without ridge. parts: FALSE where the error is infinite. Borrows
 * its arguments. */
typedef struct
{
  const NtkSpectrum *spectrum;
  const double *power;
  double rest, n, N;
} NtkEquivalent;

NtkEquivalent ntk_equivalent (const NtkSpectrum *spectrum, const double *power, double n, double N);
double ntk_equivalent_ridge (const NtkEquivalent *self, double v2);
double ntk_equivalent_solve (const NtkEquivalent *self, double R);
gboolean ntk_equivalent_parts (const NtkEquivalent *self, double v2, gboolean ridge,
                               NtkErrorParts *out);
gboolean ntk_equivalent_at (const NtkEquivalent *self, double R, NtkErrorParts *out,
                            GError **error);

G_END_DECLS
