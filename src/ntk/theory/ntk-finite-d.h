#pragma once

#include "ntk-error-parts.h"
#include "ntk-spectrum.h"

G_BEGIN_DECLS

/* Results of ntk_finite_d(). */
typedef NtkErrorParts NtkFiniteD;

/* Deterministic equivalent of random-feature ridge regression at finite D, n and N
 * (Defilippis, Loureiro, Misiakiewicz 2024), averaged over data, features and noise; init is
 * v1^2 N chi/(1 - U), own form. n samples, N features (INFINITY: the kernel itself), R = n lambda
 * in the units of ntk_fit() (0: minimum norm); power: n_degrees numbers of ntk_target_power().
 * NTK_ERROR_DOMAIN without ridge at N = n, where the error is infinite, and where neither is below
 * the number of directions of the spectrum. */
gboolean ntk_finite_d (const NtkSpectrum *spectrum, const double *power, double n, double N,
                       double R, NtkErrorParts *out, GError **error);

G_END_DECLS
