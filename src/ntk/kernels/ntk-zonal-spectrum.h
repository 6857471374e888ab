#pragma once

/* Private to the layer. */

#include "ntk-architecture.h"

G_BEGIN_DECLS

/* Eigenvalues of the infinite-width NTK and NNGP on the sphere of radius sqrt(D), each counted
 * N_k times, for degrees 0..max_degree, computed in binary128 with an absolute error of about
 * NTK_ZONAL_FLOOR times the kernel at equal points, which *_total are: sum_k N_k lambda_k over all
 * degrees. arch->model is not read. NTK_ERROR_DOMAIN for activations without closed form. */
#define NTK_ZONAL_DEGREE 70
#define NTK_ZONAL_DIM 1000
#define NTK_ZONAL_FLOOR 1e-33
gboolean ntk_zonal_spectrum (const NtkArchitecture *arch, int max_degree, double *ntk, double *nngp,
                             double *ntk_total, double *nngp_total, GError **error);

/* The same for the kernels of the distance but the Gaussian, whose sum over all degrees is 1;
 * `twice_nu`: their kink is |x - x'|^{2 nu}, so that eigenvalues fall as k^{-(D - 1) - 2 nu}. */
gboolean ntk_zonal_radial (const char *name, double length_scale, int dim, int max_degree,
                           double *lambda, int *twice_nu, GError **error);

/* Eigenvalues of the Gaussian kernel of degrees 0..n_degrees - 1, all that doubles hold; g_free(). */
double *ntk_zonal_gauss (int dim, double length_scale, int *n_degrees);

G_END_DECLS
