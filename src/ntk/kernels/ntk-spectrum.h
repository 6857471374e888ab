#pragma once

#include "ntk-architecture.h"

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkSpectrum, ntk_spectrum_free)

G_END_DECLS
