#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Polynomials and integrals on the sphere. */

/* Gegenbauer polynomials with P_k(1) = 1 for the sphere in D dimensions, k = 0..max_degree. */
void ntk_gegenbauer (int dim, double t, int max_degree, double *P);
/* One degree further at `count` places t at once: P and before are P_k and P_{k-1} there (before is not read where
 * k = 0), and become P_{k+1} and P_k. */
void ntk_gegenbauer_next (int dim, int k, int count, const double *t, double *before, double *P);

/* Number of harmonics of degree k = 0..n_degrees-1; 0 beyond the range of double. */
void ntk_sphere_multiplicities (int dim, int n_degrees, double *m);

/* Integrals over the sphere in D dimensions of functions of one coordinate t in [-1, 1],
 * sum_i w_i g(t_i) = E g(t): Gauss-Legendre in the angle on both sides of `kink`, where g may
 * have one; sum_i w_i = 1. `order` is 128, 256, 512 or 1024 points a side; t, w: 2 * order
 * numbers. Returns how many are used (2 in one dimension, where the sphere is {-1, 1}). */
int ntk_sphere_quadrature (int dim, double kink, int order, double *t, double *w);

/* The order that resolves polynomials up to max_degree, at most NTK_MAX_DEGREE. */
int ntk_sphere_quadrature_order (int max_degree);

#define NTK_MAX_DEGREE 400

G_END_DECLS
