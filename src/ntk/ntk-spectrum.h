#pragma once

#include "ntk-error-parts.h"
#include "ntk-network.h"

G_BEGIN_DECLS

/* Spectrum of the kernel E[phi(h(x)) phi(h(x'))] of one hidden layer with rows on the
 * sphere, on inputs on the sphere of radius sqrt(D): s_k with multiplicity m_k per degree
 * k = 0..n_degrees-1, and what they leave over in one block of `tail_count` equal
 * eigenvalues (docs/theory.md, section 4). sigma_w, sigma_b and sigma_v are included in phi,
 * so that sum_k m_k s_k + tail = E[f_0^2] = sigma_v^2 E[phi^2]. */
typedef struct
{
  int n_degrees;
  double *s, *multiplicity;
  double tail;       /* sum of the eigenvalues in the tail block */
  double tail_count; /* 1e9 */
} NtkSpectrum;

NtkSpectrum *ntk_spectrum_new (const NtkArchitecture *arch, int max_degree, GError **error);
void ntk_spectrum_free (NtkSpectrum *self);

/* Gegenbauer polynomials with P_k(1) = 1 for the sphere in D dimensions, k = 0..max_degree. */
void ntk_gegenbauer (int dim, double t, int max_degree, double *P);

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkSpectrum, ntk_spectrum_free)

G_END_DECLS
