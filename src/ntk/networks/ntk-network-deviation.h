#pragma once

#include "ntk-architecture.h"

G_BEGIN_DECLS

/* How far the empirical kernel of a network of width m is from its mean: the constants C(u) in
 *   sd Theta_m(u) = C(u) Theta(0)/sqrt(m),
 * over networks, at `count` angles u between points of the sphere of radius sqrt(D) (radians); Theta(0) is
 * the kernel of infinite width at equal points. ntk, nngp (of the readout alone): count, either may be NULL.
 *
 * One hidden layer, exactly, at every m, for any activation and biases (docs/theory.md, section 6): with S
 * the covariance S_1 of the inputs, phi and psi = phi' at a Gaussian pair of these covariances,
 *   C^2 Theta(0)^2 = E[phi^2 phi'^2] + 2 S E[phi phi' psi psi'] + 3 S^2 E[psi^2 psi'^2] - Theta(u)^2
 * (here a prime is the other point's) times sigma_v^4, and of the NNGP the first and the last term. Closed
 * forms where phi is piecewise linear, else the series of ntk-hermite.h. 0 where the variance is below 1e-14
 * of the mean square, which is rounding.
 *
 * Deeper, for piecewise linear activations without biases at equal points (u = 0 exactly), to leading order
 * in 1/m: with kappa = 2 (a^4 + b^4)/(a^2 + b^2)^2, which is 2 for ReLU,
 *   C^2 = L ((7 kappa - 3) L + 5 kappa - 3)/(3 (L + 1)),  ReLU: L (11 L + 7)/(3 (L + 1));  NNGP: (3 kappa - 1) L.
 * Of 1000 simulated ReLU networks each (L = 1..10; leaky ReLU alike) the deviation was larger than this by up to
 * 5 % at m = 32 L, by some 8 % (sampling left 13 % at L = 6) at 16 L, 16 % at 8 L and 27 % at 4 L: what is beyond
 * leading order makes it more, so that below NTK_NETWORK_DEVIATION_REACH L units this is a lower bound.
 *
 * NaN elsewhere: deeper networks at other angles, with biases or smooth activations, whose constant is not
 * derived. Random features, whose first layer is no Gaussian one, are NTK_ERROR_DOMAIN, as are variances out
 * of reach of the series. */
#define NTK_NETWORK_DEVIATION_REACH 16
gboolean ntk_network_deviation (const NtkArchitecture *arch, const double *angle, int count,
                                double *ntk, double *nngp, GError **error);

G_END_DECLS
