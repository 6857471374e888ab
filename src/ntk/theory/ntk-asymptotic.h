#pragma once

#include "ntk-spectrum.h"

G_BEGIN_DECLS

/* The limit of Mei and Montanari (2022, theorem 2): n, N and D to infinity at fixed psi1 = N/D,
 * psi2 = n/D, for random features with one hidden layer and no biases. There a kernel has two
 * levels, degree 1 with mu_1^2/D in each of D directions, and mu_*^2 spread over infinitely many,
 *   mu_1 = E[G phi (G)],  mu_*^2 = E phi (G)^2 - (E phi (G))^2 - mu_1^2,  G ~ N(0, 1),
 * sigma_w and sigma_v taken into phi; ntk_finite_d() of this spectrum is their theorem. Only the
 * degrees 0 and 1 of a target's power are told apart: degree 0 costs nothing in this limit, what is
 * above degree 1 acts as noise (their F_*^2).
 *
 * Their ridge is lambda_MM = D R/n for this phi; for ReLU written without sigma_w^2 = 2 it is half
 * of that. Off by O(1/D): without ridge V is 10 % low at D = 100, psi1 = 24, psi2 = 3. The initial
 * function, own form as in ntk_finite_d(), is without its constant part, which is learnt.
 * NTK_ERROR_DOMAIN with biases, more than one hidden layer or a variance beyond an activation's
 * reach. Free with ntk_spectrum_free(). */
NtkSpectrum *ntk_spectrum_new_asymptotic (const NtkArchitecture *arch, GError **error);

/* The same limit with both layers trained, the linearised network of one hidden layer without biases
 * (setting of Adlam and Pennington 2020, own form; docs/theory.md, section 4): n samples, width N,
 * R = n lambda, linear target of unit power. V is 28 % low at D = 40, 7 % at D = 200. Training the
 * first layer acts as a ridge, so that little is left of the peak at N = n; the one where the rank
 * reaches n, at a width near n/D, lies outside. NTK_ERROR_DOMAIN for N < n/2, for even activations
 * and as above. */
gboolean ntk_asymptotic_linearised (const NtkArchitecture *arch, double n, double N, double R,
                                    double *B, double *V, GError **error);

G_END_DECLS
